"""What one public body pays another nets to nothing in public value; what people gain counts for society alone."""

from __future__ import annotations

from typing import Any

import pytest
from small_cases import NO_DEDUCTIONS, case_of, option_of, results_of, written

from finmodel.case import ProblemsError
from finmodel.lines.evaluate import Results

INCOME: dict[str, Any] = {
    "id": "income",
    "label": "Income",
    "kind": "income",
    "per": "year",
    "income": {"amount": 40_000, "price_base": "2026/27", "inflation": "none"},
    **NO_DEDUCTIONS,
}
COST = {"id": "run", "label": "Running", "amount": 30_000, "per": "year", "price_base": "2026/27", "inflation": "none"}
WELLBEING = INCOME | {"id": "wellbeing", "label": "Wellbeing of families", "body": "people"}


def of(*savings: dict[str, Any], **names: Any) -> Results:
    discounting = {"rate": "0%", "deflator": "none"}
    option = option_of(costs=[COST], savings=list(savings))
    sources = {"study": {"title": "A study"}}
    return results_of(case_of(option, first_year="2026/27", years=2, discounting=discounting, sources=sources, **names))


def gain(found: Results, account: str) -> list[float | None]:
    return found.figures(f"options.team.accounts.{account}.net")


@pytest.mark.parametrize("payer", [{}, {"public_body": "yes"}, {"paid_by": "Home Office", "public_body": "yes"}])
def test_income_from_a_public_body_is_the_councils_and_nets_to_nothing_for_all(payer: dict[str, Any]) -> None:
    """£40,000 to the council, less £30,000 of cost; all public bodies and society only bear the £30,000."""
    found = of(INCOME | payer)
    assert found.figures("options.team.net_saving") == pytest.approx([10_000, 10_000])
    assert gain(found, "public_sector") == pytest.approx([-30_000, -30_000])
    assert gain(found, "society") == pytest.approx([-30_000, -30_000])


def test_income_that_others_pay_is_gained_by_the_public_sector_and_borne_by_them() -> None:
    found = of(INCOME | {"paid_by": "Tenants", "public_body": "no"})
    assert gain(found, "public_sector") == pytest.approx([10_000, 10_000])
    assert gain(found, "society") == pytest.approx([-30_000, -30_000])


def test_income_of_another_public_body_from_a_third_nets_to_nothing_too() -> None:
    found = of(INCOME | {"body": "NHS", "public_body": "yes"})
    assert found.figures("options.team.net_saving") == pytest.approx([-30_000, -30_000])
    assert gain(found, "public_sector") == pytest.approx([-30_000, -30_000])


def test_what_people_gain_counts_for_society_alone() -> None:
    """£40,000 of wellbeing, after 25% for optimism: £30,000."""
    found = of(WELLBEING | {"source": "study", "optimism_bias": "25%"})
    assert found.figures("options.team.net_saving") == pytest.approx([-30_000, -30_000])
    assert gain(found, "public_sector") == pytest.approx([-30_000, -30_000])
    assert gain(found, "society") == pytest.approx([0, 0])


def test_what_people_gain_without_a_source_is_a_problem() -> None:
    with pytest.raises(ProblemsError) as caught:
        written(case_of(option_of(savings=[WELLBEING]), first_year="2026/27"))
    (problem,) = caught.value.problems
    assert (problem.where, problem.what) == ("options.team.savings.wellbeing.body", "A benefit to people has no source")


def test_what_a_carer_bears_and_a_charity_gives_costs_society_and_what_a_trust_gives_all_public_bodies() -> None:
    costs = [
        COST | {"id": "carers", "amount": 1_000, "borne_by": "Carers"},
        COST | {"id": "charity", "amount": 200, "in_kind": "A charity", "public_body": "no"},
        COST | {"id": "nurse", "amount": 50, "in_kind": "NHS trust"},
    ]
    data = case_of(
        option_of(costs=costs), first_year="2026/27", years=1, discounting={"rate": "0%", "deflator": "none"}
    )
    found = results_of(data)
    assert found.figures("options.team.cost") == [0]
    assert gain(found, "public_sector") == pytest.approx([-50])
    assert gain(found, "society") == pytest.approx([-1_250])


def test_a_residual_value_counts_for_all_public_bodies_and_in_no_budget() -> None:
    """£600,000 from receipts, worth £504,000 at the end of four years: −600,000 + 504,000 at a rate of zero."""
    home = COST | {"id": "home", "amount": 600_000, "per": "once", "start": "2026-04", "capital": "receipts"}
    residual = {"amount": 504_000, "price_base": "2026/27", "inflation": "none"}
    data = case_of(
        option_of(costs=[home | {"residual": residual}]),
        first_year="2026/27",
        years=4,
        discounting={"rate": "0%", "deflator": "none"},
    )
    found = results_of(data)
    assert gain(found, "public_sector") == pytest.approx([-600_000, 0, 0, 504_000])
    assert found.figures("options.team.net_position") == pytest.approx([-600_000, 0, 0, 0])
