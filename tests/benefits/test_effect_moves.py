"""A list that a claim states of its effect moves as a whole with its start and its lag; council years stay in theirs."""

from __future__ import annotations

from typing import Any

import pytest
from savings_cases import amount, of_savings, saving
from small_cases import NO_DEDUCTIONS, Data, case_of, option_of, results_of, written

from finmodel.case import case_from_data
from finmodel.case.checks.plausibility import plausibility

RAMP = [2, 4, 6, 8, 10]
FLAT: Data = {
    "flat": {"label": "Placement", "unit_cost": 10_000, "per": "year", "price_base": "2026/27", "inflation": "none"}
}


def ramp(children: Any = RAMP, **names: Any) -> Data:
    """Five years of children fewer in care at £10,000 each."""
    benefit = {"id": "ramp", "label": "Fewer", "children": children, "placements": {"flat": "100%"}, **NO_DEDUCTIONS}
    return case_of(option_of(benefits=[{**benefit, **names}]), first_year="2026/27", years=5, placements=FLAT)


def saved(data: Data) -> list[float | None]:
    return results_of(data).figures("options.team.cashable_saving")


@pytest.mark.parametrize("late", [{"lag_months": 12}, {"start": "2027-04"}, {"start": "2026-10", "lag_months": 6}])
def test_a_ramp_that_starts_a_year_late_starts_from_its_first_figure(late: Data) -> None:
    # 0, 2, 4, 6, 8 = 20 child-years at £10,000.
    assert saved(ramp(**late)) == pytest.approx([0, 20_000, 40_000, 60_000, 80_000])


def test_a_ramp_moves_by_months() -> None:
    # From October: six months of 2; then six of 2 and six of 4; and so on: 1, 3, 5, 7, 9 children on average.
    assert saved(ramp(start="2026-10")) == pytest.approx([10_000, 30_000, 50_000, 70_000, 90_000])


def test_a_ramp_that_began_before_the_case_is_read_from_its_first_year() -> None:
    assert saved(ramp(start="2025-04")) == pytest.approx([20_000, 40_000, 60_000, 80_000, 100_000])
    # Begun in October 2025, a year's lag: the effect begins in October 2026.
    assert saved(ramp(start="2025-10", lag_months=12)) == pytest.approx(saved(ramp(start="2026-10")))


def test_an_end_does_not_move() -> None:
    assert saved(ramp(lag_months=12, end="2029-03")) == pytest.approx([0, 20_000, 40_000, 0, 0])


def test_figures_by_council_year_stay_in_their_years_and_say_so() -> None:
    data = ramp({"by_year": {f"{year}/{year - 1999}": RAMP[year - 2026] for year in range(2026, 2031)}}, lag_months=12)
    assert saved(data) == pytest.approx([0, 40_000, 60_000, 80_000, 100_000])
    label = written(data).model["options.team.benefits.ramp.children_stated"].label
    assert label.endswith("by council year")
    assert written(ramp()).model["options.team.benefits.ramp.children_stated"].label.endswith("by year of the effect")


def test_each_step_of_four_moves_too() -> None:
    reach = {"need": RAMP, "engagement": "100%", "retention": "100%", "impact": "50%"}
    assert saved(ramp(reach, lag_months=12)) == pytest.approx([0, 10_000, 20_000, 30_000, 40_000])


_LIST, _LATER = [1, 2, 3], [0, 1, 2]
_WHOLE = {"step_down": 1 / 12, "earlier_permanence": 1 / 12}
KINDS: dict[str, Data] = {
    "step_down": {"children": _LIST, "from_placement": "home", "to_placement": "own-home"},
    "agency_to_permanent": {"posts": _LIST, "agency_cost": amount(70_000), "permanent_cost": amount(50_000)},
    "less_turnover": {"leavers_avoided": _LIST, "replacement_cost": amount(9_000)},
    "less_sickness_cover": {"days_avoided": _LIST, "day_cost": amount(200)},
    "process_costs": {
        "entries_avoided": _LIST,
        "processes": [{"id": "assessment", "cost": 500, "price_base": "2015/16", "inflation": "none"}],
    },
    "income": {"income": {**amount(0), "amount": [1_000, 2_000, 3_000]}, "per": "year"},
    "in_house_home": {"beds_emptied": _LIST, "beds_to_close": 1, "homes": 3, "fixed_cost": amount(90_000)},
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_saving_moves_with_its_lag(kind: str) -> None:
    """A year late: nothing, then what the first year and the second would have had (no price changes in this case)."""
    names = {"inflation": {"fees": "0%", "pay": "0%", "deflator": "0%"}}
    now = saved(of_savings(saving(kind, **KINDS[kind]), **names))
    late = saved(of_savings(saving(kind, **KINDS[kind], lag_months=12), **names))
    assert (now[0] or 0) > 0
    assert late == pytest.approx([0, *now[:2]])


def questions(data: Data) -> list[str]:
    return [
        f"{each.what}. {each.remedy}" for each in plausibility(case_from_data(data)) if "effect begins" in each.what
    ]


def test_it_is_asked_about_years_that_do_not_go_with_the_start() -> None:
    (begins,) = questions(ramp([0, 2, 4, 6, 8], start="2027-04"))
    assert "begins with 0" in begins
    assert "April 2027" in begins
    (cut,) = questions(ramp({"by_year": {"2026/27": 2, "2027/28": 4}}, lag_months=12))
    assert "2 is stated for 2026/27" in cut
    assert questions(ramp([0, 2, 4, 6, 8])) == []
    assert questions(ramp(lag_months=12)) == []
    assert questions(ramp({"by_year": {"2026/27": 0, "2027/28": 4}}, lag_months=12)) == []
    assert questions(ramp({"by_year": {"2026/27": 2, "2027/28": 4}}, start="2026-09")) == []
