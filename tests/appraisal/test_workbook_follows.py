"""Every input of a workbook, changed there and in the case, gives the same figures; what cannot is a fact of the case.

Every figure of a case is changed in some of a few rounds, each figure in rounds of its own, so that it is seen from the
rounds in which an input moved which figure moved it. In each round the model of the changed case must have the rules of
the unchanged one, and every line must be what the unchanged model makes of the changed inputs.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, count
from math import comb
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from case_changes import changed, knobs

from finmodel.appraisal.appraise import WrittenModel, write_model
from finmodel.case import case_from_data, load_case
from finmodel.lines.evaluate import evaluate
from finmodel.lines.structure import rules_of

ROOT = Path(__file__).parents[2]
CASES = ("inputs/darlington-2010", "inputs/wolverhampton-2015", "inputs/example-2026", "tests/case/cases/every-cost")


@pytest.mark.parametrize("case", CASES)
def test_every_input_is_followed(case: str) -> None:
    loaded = load_case(ROOT / case)
    before = write_model(loaded.case)
    rules = rules_of(before.model)
    every = knobs(loaded.data, before)
    rounds = _rounds(len(every))
    codes = dict(zip(_codes(rounds), every, strict=False))
    moved_in: dict[str, list[int]] = {}
    for number in range(rounds):
        turned = [knob for code, knob in codes.items() if number in code]
        after = write_model(case_from_data(changed(loaded.data, turned)))
        assert rules_of(after.model) == rules
        moved = _moved(before, after)
        for address in moved:
            moved_in.setdefault(address, []).append(number)
        typed = evaluate(before.model, moved)
        stated = evaluate(after.model)
        for line in before.model:
            assert np.allclose(typed[line], stated[line.address], rtol=1e-9, atol=1e-9, equal_nan=True), line.address
    by: dict[str, str] = {}
    for address, numbers in moved_in.items():
        knob = codes.get(tuple(numbers))
        assert knob is not None, f"{address} is moved by several figures of the case, in rounds {numbers}"
        by[address] = knob.name
    several = {address: name for address, name in by.items() if list(by.values()).count(name) > 1}
    assert several == {}, "a figure of the case moves several inputs"
    looked_up = {address for address in before.published if not before.model[address].is_fact}
    inputs = {line.address for line in before.model if line.is_input and not line.is_fact}
    assert sorted(inputs - looked_up - set(by)) == []
    assert [address for address in by if before.model[address].is_fact] == []


def _moved(before: WrittenModel, after: WrittenModel) -> dict[str, Any]:
    return {
        line.address: after.model[line.address].value()
        for line in before.model
        if line.is_input and not np.array_equal(line.value(), after.model[line.address].value())
    }


def _rounds(figures: int) -> int:
    """So many that every figure can be changed in another half of them."""
    return next(number for number in count(2) if comb(number, number // 2) >= figures)


def _codes(rounds: int) -> Iterator[tuple[int, ...]]:
    """Halves of the rounds. An input that two figures move is seen to move in more than half."""
    return combinations(range(rounds), rounds // 2)
