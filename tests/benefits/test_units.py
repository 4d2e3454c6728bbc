"""Savings and costs for each unit of the case's own naming: at any time, and cohort by cohort. Sums are shown."""

from __future__ import annotations

from typing import Any

import pytest
from savings_cases import amount, of_savings, saving
from small_cases import Data, case_of, option_of, results_of, written

from finmodel.case import ProblemsError, case_from_data
from finmodel.lines.units import Dimension, singular

NOW = {"by_month": {"2015-04": 20, "2015-05": 0}}  # twenty in April 2015, and nobody after


def per_unit(units: Data, given: Data | None = None, **names: Any) -> Data:
    if given is not None:
        names["amount"] = given
    return of_savings(saving("per_unit", units={"name": "families", **units}, **names), years=4)


def saved(data: Data) -> list[float | None]:
    return results_of(data).figures("options.team.cashable_saving")


def test_a_number_at_any_time_times_an_amount() -> None:
    # 10 × 1,200; 20 × 1,200; 30 × 1,200; 30 × 1,200.
    data = per_unit({"number": [10, 20, 30, 30]}, amount(1_200))
    assert saved(data) == pytest.approx([12_000, 24_000, 36_000, 36_000])
    # A year late the list moves as a whole, and prices rise by 2% a year: 0, 10 × 1,224, …
    late = per_unit({"number": [10, 20, 30, 30]}, amount(1_200, "pay"), lag_months=12)
    assert saved(late) == pytest.approx([0, 10 * 1_224, 20 * 1_248.48, 30 * 1_273.4496])


def test_an_amount_by_the_week() -> None:
    data = per_unit({"number": 3}, {**amount(50), "per": "week", "weeks": 40})
    assert saved(data)[0] == pytest.approx(3 * 50 * 40)


def test_amounts_by_year_since_entry_follow_each_cohort() -> None:
    """One family a month: 2,400 in its first year, 1,200 in its second, nothing after."""
    stated = {"amounts": [2_400, 1_200], "price_base": "2015/16", "inflation": "none"}
    data = per_unit({"entering": 12, "per": "year"}, by_year_since_entry=stated)
    # First years: 1 + 2 + … + 12 = 78 family-months at 200, then 12 families × 12 months = 144 at 200.
    # Second years: none; 78 at 100; 144 at 100.
    assert saved(data) == pytest.approx([78 * 200, 144 * 200 + 78 * 100, 144 * 300, 144 * 300])
    found = results_of(data)
    assert found.figures("options.team.savings.it.units.monthly.in_year_1")[:13] == [*range(1, 13), 12]


def test_re_entry_by_year_since_children_go_home() -> None:
    """Of twenty who go home in April 2015, 10%, 18% and 30% are in care again; with the team 5%, 9% and 15%."""
    units = {"entering": NOW, "per": "month", "shares": ["10%", "18%", "30%"], "shares_with_it": ["5%", "9%", "15%"]}
    # 20 × 5% × 12,000; 20 × 9% × 12,000; 20 × 15% × 12,000; then nothing is stated.
    assert saved(per_unit(units, amount(12_000))) == pytest.approx([12_000, 21_600, 36_000, 0])


def test_what_happens_once_to_a_share_of_women_in_each_year() -> None:
    """Of twenty women, 18% would have a child taken into care in the first year and 10% in the second."""
    units = {"name": "women", "entering": NOW, "per": "month", "shares": ["18%", "10%"]}
    once = {**amount(57_000), "per": "once"}
    # 20 × 18% × 57,000 = 205,200; 20 × 10% × 57,000 = 114,000.
    assert saved(per_unit(units, once)) == pytest.approx([205_200, 114_000, 0, 0])


def test_once_for_each_that_enters() -> None:
    # 24 a year, one amount each in the month of entry.
    assert saved(per_unit({"entering": 24, "per": "year"}, {**amount(500), "per": "once"}))[0] == pytest.approx(12_000)


def test_those_who_have_entered_count_on_after_the_end() -> None:
    units = {"entering": 1, "per": "month", "shares": ["100%"]}
    # One in April, one in May, each for twelve months at 100: 12 + 11 in the first year, one month in the second.
    data = per_unit(units, amount(1_200), end="2015-05")
    assert saved(data) == pytest.approx([2_300, 100, 0, 0])


def test_deductions_and_drop_off_are_those_of_every_claim() -> None:
    data = per_unit(
        {"number": 10}, amount(1_000), deadweight="20%", optimism_bias="10%", cashable="50%", drop_off="10%"
    )
    # 10,000 × 80% × 90% × 50% = 3,600; the next year 90% of it.
    assert saved(data)[:2] == pytest.approx([3_600, 3_240])


def test_a_unit_has_its_own_name_in_the_lines() -> None:
    model = written(per_unit({"name": "women", "number": 10}, amount(1_000))).model
    assert model["options.team.savings.it.units.number"].unit == "women"
    assert model["options.team.savings.it.amount"].unit == "£ per woman per year"
    assert model["options.team.savings.it.amount"].label.startswith("For one woman, a year")


@pytest.mark.parametrize(
    ("name", "one"),
    [
        ("families", "family"),
        ("women", "woman"),
        ("cases", "case"),
        ("sibling groups", "sibling group"),
        ("children", "child"),
        ("staff", "staff"),
        ("classes", "classe"),  # not the word, but one unit all the same
    ],
)
def test_one_of_a_unit(name: str, one: str) -> None:
    assert singular(name) == one
    assert singular(one) == one
    assert str(Dimension.of(f"£ per {one}") * Dimension.of(name)) == "£"


def cost(units: Data, per: str = "year", **names: Any) -> list[float | None]:
    one = {"id": "run", "label": "Running", "amount": 1_200, "per": per, "price_base": "2015/16", "inflation": "none"}
    option = option_of(costs=[{**one, "units": {"name": "families", **units}, **names}])
    return results_of(case_of(option, years=3)).figures("options.team.cost")


@pytest.mark.parametrize(
    ("found", "worked"),
    [
        (lambda: cost({"number": [10, 20, 20]}), [12_000, 24_000, 24_000]),
        (lambda: cost({"number": 10}, start="2015-10"), [6_000, 12_000, 12_000]),
        (lambda: cost({"number": 10}, "once", start="2016-04"), [0, 12_000, 0]),
        # One a month, each for twelve months at 100: 78 family-months, then 144.
        (lambda: cost({"entering": 12, "per": "year", "shares": ["100%"]}), [7_800, 14_400, 14_400]),
        (lambda: cost({"entering": NOW, "per": "month", "shares": ["50%", "25%"]}), [12_000, 6_000, 0]),
        (lambda: cost({"entering": 12, "per": "year"}, "once", start="2015-04"), [14_400, 14_400, 14_400]),
    ],
)
def test_costs_for_each_unit(found: Any, worked: list[float]) -> None:
    assert found() == pytest.approx(worked)


ENTERING = {"entering": 12, "per": "year"}
ONCE = {**amount(500), "per": "once"}
BY_YEAR = {"amounts": [100], "price_base": "2015/16", "inflation": "none"}


@pytest.mark.parametrize(
    ("data", "where", "what"),
    [
        (per_unit({"number": 1, **ENTERING}, amount(1)), "units", "Both `number` and `entering` are given"),
        (per_unit({"entering": 1}, amount(1)), "units.per", "which `entering` needs"),
        (per_unit(ENTERING, amount(1)), "units.shares", "for how long"),
        (per_unit({"number": 1}, ONCE), "units.number", "saved once"),
        (per_unit({"number": 1}, by_year_since_entry=BY_YEAR), "units.number", "how many enter"),
        (per_unit({**ENTERING, "shares": ["10%"]}, by_year_since_entry=BY_YEAR), "units.shares", "no effect"),
        (per_unit({**ENTERING, "shares": ["60%", "50%"]}, ONCE), "units.shares", "total 110%"),
        (
            per_unit({**ENTERING, "shares": ["10%"], "shares_with_it": ["5%", "9%"]}, amount(1)),
            "units.shares_with_it",
            "2 of them for the 1 years",
        ),
        (
            per_unit({**ENTERING, "shares": ["10%"], "shares_with_it": ["12%"]}, amount(1)),
            "units.shares_with_it[1]",
            "More count with the proposal, 12%, than without it, 10%",
        ),
        (per_unit({"name": "years", "number": 1}, amount(1)), "units.name", "a meaning of its own"),
    ],
)
def test_what_does_not_go_together_is_one_problem(data: Data, where: str, what: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        case_from_data(data)
    assert [problem.where for problem in caught.value.problems] == [f"options.team.savings.it.{where}"]
    assert what in caught.value.problems[0].what
