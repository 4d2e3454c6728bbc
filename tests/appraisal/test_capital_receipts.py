"""Capital receipts pay for the cost of reform in the years of a direction and up to what qualifies, and not after."""

from __future__ import annotations

from typing import Any

import pytest
from small_cases import case_of, option_of, results_of, written

from finmodel.case import ProblemsError
from finmodel.lines.periods import FinancialYear
from finmodel.reference import flexible_receipts, last_flexible_year

COST = {
    "id": "change",
    "label": "Change team",
    "amount": 100_000,
    "per": "year",
    "price_base": "2028/29",
    "inflation": "none",
}
RECEIPTS = {"id": "receipts", "label": "Capital receipts", "kind": "flexible_receipts", "limit_a_year": 60_000}
RESERVE = {"id": "reserve", "label": "Reserve", "kind": "reserve"}


def case(source: dict[str, Any], first_year: str = "2028/29") -> dict[str, Any]:
    cost = COST | {"price_base": first_year}
    funding = {"sources": [source, RESERVE]}
    return case_of(option_of(costs=[cost], funding=funding), first_year=first_year, years=4)


def test_receipts_pay_up_to_what_qualifies_until_the_direction_ends() -> None:
    """£60,000 of £100,000 in 2028/29 and 2029/30; the direction covers years that begin by 1 April 2029."""
    found = results_of(case(RECEIPTS))
    sources = "options.team.funding.sources"
    assert found.figures(f"{sources}.receipts.draw") == pytest.approx([60_000, 60_000, 0, 0])
    assert found.figures(f"{sources}.reserve.draw") == pytest.approx([40_000, 40_000, 100_000, 100_000])
    assert found.figures("options.team.cost") == pytest.approx([100_000] * 4)


def test_receipts_without_a_limit_are_a_problem() -> None:
    with pytest.raises(ProblemsError) as caught:
        written(case({name: value for name, value in RECEIPTS.items() if name != "limit_a_year"}))
    (problem,) = caught.value.problems
    assert problem.where.endswith("funding.sources.receipts.kind")
    assert "set-up cost of reform" in problem.what


@pytest.mark.parametrize(
    ("year", "allowed"),
    [("2015/16", 0), ("2016/17", 1), ("2024/25", 1), ("2025/26", 1), ("2029/30", 1), ("2030/31", 0)],
)
def test_the_years_are_those_that_the_directions_name(year: str, allowed: int) -> None:
    rate = flexible_receipts(FinancialYear.parse(year))
    assert rate.value == allowed
    assert rate.confidence == "published"
    assert "31 March 2030" in rate.note or allowed


def test_the_last_year_is_the_last_that_begins_under_the_direction_of_2025() -> None:
    assert str(last_flexible_year()) == "2029/30"
