"""Children fewer in care, worked by hand: stated averages, entries with fixed and average stays, lag, drop-off, end."""

from __future__ import annotations

from typing import Any

import pytest
from small_cases import NO_DEDUCTIONS, case_of, option_of, results_of

from finmodel.lines.evaluate import Results

PLACEMENTS = {
    "foster": {"label": "Foster care", "unit_cost": 12_000, "per": "year", "price_base": "2015/16", "inflation": "none"}
}


def with_benefit(years: int = 1, **names: Any) -> Results:
    benefit = {"id": "fewer", "label": "Fewer", "placements": {"foster": "100%"}, **NO_DEDUCTIONS, **names}
    return results_of(case_of(option_of(benefits=[benefit]), years=years, placements=PLACEMENTS))


def children(results: Results, name: str = "children") -> list[float | None]:
    return results.figures(f"options.team.benefits.fewer.{name}")


def test_average_children_by_year_and_what_they_save() -> None:
    results = with_benefit(years=3, children=[3, 6.5, 13])
    assert children(results) == pytest.approx([3, 6.5, 13])
    # £12,000 a year for each.
    assert results.figures("options.team.gross_saving") == pytest.approx([36_000, 78_000, 156_000])


def test_children_stay_fractional() -> None:
    results = with_benefit(children={"by_month": {"2015-04": 0, "2015-12": 0.3}})
    # 0.3 for four months: 0.3 × 4/12 = 0.1 on average; 0.3 × 4 × £1,000 = £1,200.
    assert children(results) == pytest.approx([0.1])
    assert results.figures("options.team.gross_saving") == pytest.approx([1_200])


def test_an_entry_avoided_each_month_with_a_stay_of_twelve_months_reaches_twelve_and_stays() -> None:
    results = with_benefit(years=3, entries_avoided=1, stay={"months": 12})
    monthly = children(results, "monthly.children")
    assert monthly == pytest.approx([*range(1, 13), *[12] * 24])
    # The first year's average: (1 + 2 + … + 12) ÷ 12 = 78 ÷ 12 = 6.5.
    assert children(results) == pytest.approx([6.5, 12, 12])


def test_a_child_counts_for_as_many_months_as_the_stay() -> None:
    entries = {"by_month": {"2015-04": 2, "2015-05": 0}}
    results = with_benefit(entries_avoided=entries, stay={"months": 3})
    assert children(results, "monthly.children") == pytest.approx([2, 2, 2] + [0] * 9)


def test_an_average_stay_tends_to_entries_times_average() -> None:
    results = with_benefit(years=30, entries_avoided=1.5, stay={"average_months": 10})
    monthly = children(results, "monthly.children")
    # After n months: 1.5 × (1 + 0.9 + … + 0.9ⁿ⁻¹) = 1.5 × 10 × (1 − 0.9ⁿ); in the end 15.
    assert monthly == pytest.approx([15 * (1 - 0.9**n) for n in range(1, 361)])
    assert monthly[-1] == pytest.approx(15)


def test_an_average_stay_that_changes_is_followed_month_by_month() -> None:
    stay = {"average_months": {"by_month": {"2015-04": 10, "2015-06": 4}}}
    monthly = children(with_benefit(entries_avoided=1, stay=stay), "monthly.children")
    # 1; 1 × 9/10 + 1 = 1.9; 1.9 × 3/4 + 1 = 2.425.
    assert monthly[:3] == pytest.approx([1, 1.9, 2.425])


def test_nothing_counts_before_the_start_and_the_lag() -> None:
    results = with_benefit(children=6, start="2015-07", lag_months=3)
    # October to March.
    assert children(results, "monthly.children") == pytest.approx([0] * 6 + [6] * 6)
    assert children(results) == pytest.approx([3])


def test_the_lag_does_not_move_the_end() -> None:
    results = with_benefit(children=6, start="2015-07", lag_months=3, end="2015-11")
    # October and November: the last month is the one stated.
    assert children(results, "monthly.children") == pytest.approx([0] * 6 + [6] * 2 + [0] * 4)


def test_a_start_and_lag_before_the_case_have_run_their_course() -> None:
    results = with_benefit(children=6, start="2014-10", lag_months=12)
    # From October 2015, twelve months after the start.
    assert children(results, "monthly.children") == pytest.approx([0] * 6 + [6] * 6)


def test_the_end_of_entries_is_not_the_end_of_the_stays_avoided() -> None:
    results = with_benefit(entries_avoided=1, stay={"months": 3}, end="2015-05")
    # Two entries, in April and May, each counted for three months.
    assert children(results, "monthly.children") == pytest.approx([1, 2, 2, 1] + [0] * 8)


def test_lag_moves_entries() -> None:
    results = with_benefit(entries_avoided=1, stay={"months": 2}, lag_months=2, end="2015-07")
    # Entries in June and July.
    assert children(results, "monthly.children") == pytest.approx([0, 0, 1, 2, 1] + [0] * 7)


def test_drop_off_takes_its_part_each_year_after_the_first_of_effect() -> None:
    results = with_benefit(years=4, children=10, start="2015-10", lag_months=6, drop_off="10%")
    # The effect begins in April 2016: nil in 2015/16, 10, then 9, then 8.1.
    assert children(results) == pytest.approx([0, 10, 9, 8.1])


def test_an_effect_that_begins_in_the_last_month_of_a_year_drops_off_from_the_next() -> None:
    results = with_benefit(years=3, children=10, lag_months=11, drop_off="10%")
    # From March 2016, the twelfth month: 10 ÷ 12 in 2015/16, then 9 and 8.1.
    assert children(results) == pytest.approx([10 / 12, 9, 8.1])
    # One month later it begins in the next year, in which nothing is lost yet.
    assert children(with_benefit(years=3, children=10, lag_months=12, drop_off="10%")) == pytest.approx([0, 10, 9])


def test_drop_off_by_year() -> None:
    results = with_benefit(years=4, children=10, drop_off=["50%", "10%", "0%", "20%"])
    # Nothing is lost in the first year, whatever is stated for it: 10; × 0.9; × 1; × 0.8.
    assert children(results) == pytest.approx([10, 9, 9, 7.2])


def test_drop_off_acts_on_entries() -> None:
    results = with_benefit(years=2, entries_avoided=1, stay={"months": 1}, drop_off="25%")
    assert children(results) == pytest.approx([1, 0.75])


def test_end_month() -> None:
    assert children(with_benefit(years=2, children=4, end="2016-06")) == pytest.approx([4, 1])
