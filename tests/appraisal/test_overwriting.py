"""A number typed over a formula turns the master check to 0, in an engine that knows nothing of finmodel."""

from __future__ import annotations

from pathlib import Path

from typed_over import type_over

from finmodel.appraisal.appraise import appraise
from finmodel.case import load_case
from finmodel.lines.standing import LeastOfRows, StandsAsRuled

CASE = Path(__file__).parents[2] / "inputs" / "darlington-2010"


def test_whatever_moves_the_summary_fails_a_check() -> None:
    tried = list(type_over(appraise(load_case(CASE)), 120))
    moved = [each for each in tried if each.moved]
    assert len(moved) > 60
    # Inputs restates a lever, and counts a month that is typed as a date: a number typed there is the input itself,
    # which turns amber and which `finmodel audit` reports.
    assert [each for each in moved if each.holds and not each.place.startswith("Inputs!")] == []


def test_every_row_with_a_rule_is_seen_once() -> None:
    model = appraise(load_case(CASE)).written.model
    seen = [line for row in model if isinstance(row.expression, StandsAsRuled) for line in row.expression.checked]
    rows = [
        line
        for line in model
        if line.expression is not None
        and not line.address.startswith("checks.")
        and ".standing." not in f".{line.address}"
    ]
    assert sorted(line.address for line in seen) == sorted(line.address for line in rows)
    gathered = [
        line for check in model if isinstance(check.expression, LeastOfRows) for line in check.expression.lines()
    ]
    assert {line.address for line in gathered} == {line.address for line in model if ".standing." in f".{line.address}"}
