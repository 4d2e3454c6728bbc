"""Every input of a workbook, changed there and in the case, gives the same figures; what cannot is a fact of the case.

Every figure of a case is changed in some of a few rounds, each figure in rounds of its own, so that it is seen from the
rounds in which an input moved which figure moved it. In each round the model of the changed case must have the rules of
the unchanged one, and every line must be what the unchanged model makes of the changed inputs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import combinations, count
from math import comb
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from case_changes import changed, knobs
from msgspec.structs import replace
from recalculation import Values, by_formualizer, by_ironcalc, disagreements

from finmodel.appraisal.appraise import WrittenModel, appraise, write_model
from finmodel.case import case_from_data, load_case
from finmodel.lines.evaluate import Results, evaluate
from finmodel.lines.structure import rules_of
from finmodel.reference.dataset import Dataset
from finmodel.reference.table import DataRow
from finmodel.report.workbook import formula_cells, render_workbook

ROOT = Path(__file__).parents[2]
CASES = (
    "inputs/darlington-2010",
    "inputs/wolverhampton-2015",
    "inputs/example-2026",
    "tests/case/cases/every-cost",
    "tests/case/cases/savings.yaml",
)


@pytest.mark.parametrize("case", CASES)
def test_every_input_is_followed(case: str) -> None:
    loaded = load_case(ROOT / case)
    before = write_model(loaded.case, loaded.places)
    rules = rules_of(before.model)
    every = knobs(loaded.data, before, loaded.places.first)
    rounds = _rounds(len(every))
    codes = dict(zip(_codes(rounds), every, strict=False))
    moved_in: dict[str, list[int]] = {}
    for number in range(rounds):
        turned = [knob for code, knob in codes.items() if number in code]
        after = write_model(case_from_data(changed(loaded.data, turned)), loaded.places)
        assert rules_of(after.model) == rules
        moved = _moved(before, after)
        for address in moved:
            moved_in.setdefault(address, []).append(number)
        if number in (0, rounds - 1):  # with the same rules, one proof would do
            _alike(before, moved, after)
    by: dict[str, str] = {}
    for address, numbers in moved_in.items():
        knob = codes.get(tuple(numbers))
        assert knob is not None, f"{address} is moved by several figures of the case, in rounds {numbers}"
        by[address] = knob.name
    several = {address: name for address, name in by.items() if list(by.values()).count(name) > 1}
    assert several == {}, "a figure of the case moves several inputs"
    looked_up = {address for address in before.published if not before.model[address].is_fact}
    inputs = {line.address for line in before.model if line.is_input and not line.is_fact}
    assert sorted(inputs - looked_up - set(by) - _beside(inputs)) == []
    assert [address for address in by if before.model[address].is_fact] == []


def _beside(inputs: set[str]) -> set[str]:
    """The published figures that stand beside a claim, and on which no figure of the case rests.

    And the months of the worker whom a caseload prices: a full year's cost has none that a case could state.
    """
    return {address for address in inputs if address.startswith(("evidence.", "record.", "caseload.posts."))}


def _alike(before: WrittenModel, moved: dict[str, Any], after: WrittenModel) -> None:
    """Every line is the same with the inputs typed in as with the case changed."""
    typed, stated = evaluate(before.model, moved), evaluate(after.model)
    for line in before.model:
        assert np.allclose(typed[line], stated[line.address], rtol=1e-9, atol=1e-9, equal_nan=True), line.address


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


@pytest.fixture
def other_rates(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Makes every published figure another: figures that are alike stay alike, and series change their growth."""

    def change() -> None:
        for name in ("number", "optional", "fraction", "optional_fraction"):
            monkeypatch.setattr(DataRow, name, _another(getattr(DataRow, name)))
        monkeypatch.setattr(Dataset, "problems", lambda _self, _table: [])  # growth is not what two years' figures make
        _forget()

    yield change
    monkeypatch.undo()
    _forget()


def _another(read: Callable[[DataRow, str], float | None]) -> Callable[[DataRow, str], float | None]:
    def changed_one(row: DataRow, column: str) -> float | None:
        value = read(row, column)
        counted = value is None or row.dataset == "conventions" or column.endswith("_year") or column == "grade"
        return value if counted else float(np.sign(value) * abs(value) ** 1.001)

    return changed_one


def _forget() -> None:
    """The figures that are kept once they are read."""
    for name, module in list(sys.modules.items()):
        if name.startswith("finmodel.reference"):
            for kept in vars(module).values():
                if hasattr(kept, "cache_clear"):
                    kept.cache_clear()


@pytest.mark.parametrize("case", CASES)
def test_every_published_figure_is_followed(case: str, other_rates: Callable[[], None]) -> None:
    loaded = load_case(ROOT / case)
    before = write_model(loaded.case, loaded.places)
    other_rates()
    after = write_model(loaded.case, loaded.places)
    assert rules_of(after.model) == rules_of(before.model)
    moved = _moved(before, after)
    assert set(moved) - _beside(set(moved)) <= set(before.published)
    inputs = {address for address in before.published if before.model[address].is_input}
    still = {address for address in inputs if not before.model[address].is_fact} - set(moved)
    some = {address for address in still if not set(np.unique(before.model[address].value())) <= {0.0, 1.0}}
    assert some <= {"conventions.weeks_in_a_year"}
    assert [address for address in moved if before.model[address].is_fact] == []
    _alike(before, moved, after)


@pytest.mark.parametrize(
    ("case", "engine"), [("inputs/example-2026", by_ironcalc), ("inputs/darlington-2010", by_formualizer)]
)
def test_engines_that_are_not_ours_follow_too(case: str, engine: Callable[[Path], Values], tmp_path: Path) -> None:
    loaded = load_case(ROOT / case)
    before = appraise(loaded)
    half = knobs(loaded.data, before.written, loaded.places.first)[::2]
    data = {
        name: part for name, part in loaded.data.items() if name != "uncertainty"
    }  # its central figures are the old
    after = appraise(replace(loaded, case=case_from_data(changed(data, half))))
    typed = {**before.results.values, **_moved(before.written, after.written)}
    workbook = tmp_path / "typed.xlsx"
    workbook.write_bytes(render_workbook(replace(before, results=Results(before.written.model, typed))))
    levers = {("Levers", "A3"), ("Summary", "B2"), *(("Levers", f"E{row}") for row in range(6, 16))}
    expected = [each for each in formula_cells(after) if each[:2] not in levers]  # typed levers differ from their case
    assert disagreements(expected, engine(workbook)) == []
