"""A price for an hour, a week or a month, and how many weeks a year has: the sums are shown next to each."""

from __future__ import annotations

from typing import Any

import pytest
from savings_cases import amount, of_savings, saving
from small_cases import NO_DEDUCTIONS, Data, case_of, option_of, results_of, written

from finmodel.case import ProblemsError, case_from_data
from finmodel.case.checks.plausibility import plausibility

PRICED: Data = {"price_base": "2026/27", "inflation": "none"}


def cost_of(figure: Any, per: str, **names: Any) -> Data:
    cost = {"id": "run", "label": "Running", "amount": figure, "per": per, **PRICED}
    case = names.pop("case", {})
    return case_of(option_of(costs=[{**cost, **names}]), first_year="2026/27", years=2, **case)


@pytest.mark.parametrize(
    ("data", "a_year"),
    [
        (cost_of(500, "month"), 500 * 12),
        (cost_of(100, "week"), 100 * 52.18),
        (cost_of(100, "week", case={"weeks_in_a_year": 52}), 100 * 52),
        (cost_of(100, "week", case={"weeks_in_a_year": "52.14"}), 100 * 52.14),
        (cost_of(100, "week", weeks=39), 100 * 39),
        (cost_of(20, "hour", per_week="32.5"), 20 * 32.5 * 52.18),
        (cost_of(20, "hour", per_week=10, weeks=[38, 39]), 20 * 10 * 38),
    ],
)
def test_a_cost_for_a_period_comes_to_a_years(data: Data, a_year: float) -> None:
    found = results_of(data)
    assert found.figures("options.team.cost")[0] == pytest.approx(a_year)
    # It recurs, so the month has a twelfth and the full year is the same.
    assert found.figures("options.team.full_year_effect")[0] == pytest.approx(a_year)


def test_a_cost_by_week_starts_in_its_month() -> None:
    # October to March: 6 of 12 months of 100 × 52.
    found = results_of(cost_of(100, "week", start="2026-10", case={"weeks_in_a_year": 52}))
    assert found.figures("options.team.cost") == pytest.approx([2_600, 5_200])


def placement(unit_cost: float, per: str, **names: Any) -> Data:
    home = {"label": "Home", "unit_cost": unit_cost, "per": per, "price_base": "2025/26", "inflation": "fees", **names}
    benefit = {"id": "one", "label": "One", "children": 1, "placements": {"home": "100%"}, **NO_DEDUCTIONS}
    case = {"inflation": {"fees": "10%"}, "placements": {"home": home}}
    return case_of(option_of(benefits=[benefit]), first_year="2026/27", years=2, **case)


@pytest.mark.parametrize(
    ("data", "first"),
    [
        (placement(5_000, "month"), 5_000 * 12 * 1.1),
        (placement(1_000, "week", weeks=52), 1_000 * 52 * 1.1),
        (placement(4_000, "week", weeks=38), 4_000 * 38 * 1.1),
        (placement(30, "hour", per_week=168, weeks=52), 30 * 168 * 52 * 1.1),
    ],
)
def test_a_placement_for_a_period(data: Data, first: float) -> None:
    assert results_of(data).figures("options.team.cashable_saving") == pytest.approx([first, first * 1.1])


def test_a_weekly_price_stays_weekly_at_each_years_prices() -> None:
    found = results_of(placement(1_000, "week"))
    assert found.figures("placements.home.price") == pytest.approx([1_100, 1_210])
    assert found.figures("placements.home.cost_of_a_year") == pytest.approx([1_100 * 52.18, 1_210 * 52.18])


@pytest.mark.parametrize(
    ("one", "a_year"),
    [
        ({**saving("income", income=amount(300), per="month")}, 300 * 12),
        ({**saving("income", income=amount(25), per="hour", per_week=4, weeks=40)}, 25 * 4 * 40),
        (
            saving(
                "agency_to_permanent",
                posts=1,
                agency_cost={**amount(40), "per": "hour", "per_week": 37, "weeks": 46},
                permanent_cost={**amount(4_000), "per": "month"},
            ),
            40 * 37 * 46 - 4_000 * 12,
        ),
        (
            saving(
                "in_house_home",
                beds_emptied=1,
                beds_to_close=1,
                homes=1,
                fixed_cost={**amount(9_000), "per": "week", "weeks": 52},
            ),
            9_000 * 52,
        ),
    ],
)
def test_savings_and_income_for_a_period(one: Data, a_year: float) -> None:
    assert results_of(of_savings(one)).figures("options.team.cashable_saving")[0] == pytest.approx(a_year)


def test_an_allowance_by_the_month() -> None:
    one = saving(
        "earlier_permanence",
        children=12,
        per="year",
        months_earlier=12,
        placement="own-home",
        allowance={**amount(100), "per": "month"},
    )
    data = of_savings(one, placements={**_OWN, "own-home": {**_OWN["own-home"], "unit_cost": 2_400}})
    # One more child each month, so 1 to 12 in the first year: 78 child-months at (2,400 − 1,200) ÷ 12.
    assert results_of(data).figures("options.team.gross_saving")[0] == pytest.approx(78 * 100)


_OWN: Data = {
    "own-home": {"label": "Own home", "unit_cost": 0, "per": "year", "price_base": "2015/16", "inflation": "none"}
}


def test_the_weeks_of_the_case_are_its_own_figure() -> None:
    line = written(cost_of(1, "week", case={"weeks_in_a_year": {"value": 52, "note": "As the ledger counts."}})).model
    origin = line["conventions.weeks_in_a_year"].origin
    assert origin is not None
    assert origin.note == "As the ledger counts."


@pytest.mark.parametrize(
    ("data", "where", "what"),
    [
        (cost_of(20, "hour"), "per_week", "which `per: hour` needs"),
        (cost_of(20, "week", per_week=4), "per_week", "only used with `per: hour`"),
        (cost_of(20, "year", weeks=39), "weeks", "no effect next to `per: year`"),
        (cost_of(20, "once", weeks=39, start="2026-04"), "weeks", "no effect next to `per: once`"),
        (cost_of(20, "week", weeks=365), "weeks", "no more than 53"),
        (cost_of(20, "hour", per_week=0), "per_week", "more than 0 hours"),
    ],
)
def test_what_does_not_go_together_is_a_problem(data: Data, where: str, what: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        case_from_data(data)
    (problem,) = caught.value.problems
    assert problem.where == f"options.team.costs.run.{where}"
    assert what in problem.what


@pytest.mark.parametrize("weeks", [51, 54, "5.2"])
def test_a_year_has_52_weeks_and_a_day_or_two(weeks: Any) -> None:
    with pytest.raises(ProblemsError) as caught:
        case_from_data(cost_of(1, "year", case={"weeks_in_a_year": weeks}))
    assert [problem.where for problem in caught.value.problems] == ["weeks_in_a_year"]


def test_a_price_for_an_hour_is_not_asked_whether_thousands_are_meant() -> None:
    def asked(data: Data) -> list[str]:
        return [each.what for each in plausibility(case_from_data(data)) if "only £25" in each.what]

    assert asked(cost_of(25, "hour", per_week=10)) == []
    assert len(asked(cost_of(25, "year"))) == 1
