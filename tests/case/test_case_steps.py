"""Figures that are read once a year, or once: a change that would be passed over is a problem instead."""

from __future__ import annotations

import pytest

# fmt: off
MID_YEAR = [
    ("inflation", {21: "  fees: {by_month: {2015-04: 2%, 2016-10: 3%}}"}, 21, "inflation.fees", "October 2016"),
    ("inflation before the case", {21: "  fees: {by_month: {2014-09: 2%}}"}, 21, "inflation.fees", "September 2014"),
    ("an award", {19: "  employer_pension: 17.5%\npay_awards: {percent: {by_month: {2015-04: 2%, 2017-07: 3%}}}"}, 20, "pay_awards.percent", "July 2017"),
    ("an award in pounds", {19: "  employer_pension: 17.5%\npay_awards: {pounds: {by_month: {2017-07: 300}}}"}, 20, "pay_awards.pounds", "July 2017"),
    ("the discount rate", {6: "discounting: {rate: {by_month: {2015-04: 3%, 2016-01: 4%}}}"}, 6, "discounting.rate", "January 2016"),
    ("a placement's price", {25: "    unit_cost: {by_month: {2015-04: 40000, 2015-10: 42000}}"}, 25, "placements.fostering.unit_cost", "October 2015"),
    ("drop-off", {60: "        optimism_bias: 15%\n        drop_off: {by_month: {2015-04: 0%, 2016-05: 5%}}"}, 61, "options.team.benefits.fewer.drop_off", "May 2016"),
]
# fmt: on


@pytest.mark.parametrize(
    ("edits", "line", "where", "month"), [row[1:] for row in MID_YEAR], ids=[r[0] for r in MID_YEAR]
)
def test_a_change_within_a_year_of_a_yearly_figure_is_a_problem(spoil, edits, line, where, month) -> None:
    (problem,) = spoil(edits)
    assert (problem.line, problem.where) == (line, where)
    assert f"changes in {month}" in problem.what
    assert "by_year" in problem.remedy


def test_a_mix_of_placements_that_changes_within_a_year_is_a_problem(spoil) -> None:
    second = "    inflation: fees\n  residential: {label: Home, unit_cost: 150000, per: year, price_base: 2015/16, inflation: fees}"
    mix = (
        "          fostering: {by_month: {2015-04: 100%, 2015-11: 80%}}\n"
        "          residential: {by_month: {2015-04: 0%, 2015-11: 20%}}"
    )
    problems = spoil({28: second, 58: mix})
    assert [problem.where for problem in problems] == [
        "options.team.benefits.fewer.placements.fostering",
        "options.team.benefits.fewer.placements.residential",
    ]


def test_changes_in_april_and_changes_before_the_case_are_sound(spoil) -> None:
    assert spoil({25: "    unit_cost: {by_month: {2014-10: 40000, 2016-04: 42000}}"}) == ()
    assert spoil({21: "  fees: {by_month: {2015-04: 2%, 2016-04: 3%}}"}) == ()
    assert spoil({60: "        optimism_bias: {by_month: {2015-04: 15%, 2015-09: 10%}}"}) == ()


def test_a_fixed_stay_is_one_number(spoil) -> None:
    edits = {56: "        entries_avoided: 1\n        stay: {months: [12, 12, 12, 12, 6]}"}
    (problem,) = spoil(edits)
    assert (problem.line, problem.where) == (57, "options.team.benefits.fewer.stay.months")
    assert "one number" in problem.what


def test_a_stated_cost_is_one_amount_for_a_year_of_the_case(spoil) -> None:
    amounts = "        cashable: 50%\n    stated_cost: {amount: [1, 2, 3, 4, 5], year: 2015/16}"
    (problem,) = spoil({61: amounts})
    assert (problem.line, problem.where) == (62, "options.team.stated_cost.amount")
    (problem,) = spoil({61: "        cashable: 50%\n    stated_cost: {amount: 500000, year: 2020/21}"})
    assert (problem.line, problem.where) == (62, "options.team.stated_cost.year")
    assert "2015/16 to 2019/20" in problem.remedy


def test_increments_from_the_top_of_a_grade_are_a_problem(spoil) -> None:
    (problem,) = spoil({38: "        grade: social-worker\n        increments: true"})
    assert (problem.line, problem.where) == (39, "options.team.posts.social-workers.increments")
    assert "point: bottom" in problem.remedy
    assert spoil({38: "        grade: social-worker\n        increments: true\n        point: 36"}) == ()


def test_children_avoided_follow_an_average_stay_that_grows(spoil) -> None:
    """Two a month: with stays of 5 months they tend to 10; with 50 from April 2016 on they grow towards 100."""
    stay = "        entries_avoided: 2\n        stay: {average_months: [5, 50, 50, 50, 50]}"
    (problem,) = spoil({7: "children_in_care: 60", 56: stay})
    assert "and 60 are in care" in problem.what
    assert spoil({7: "children_in_care: 60", 56: stay.replace("[5, 50, 50, 50, 50]", "5")}) == ()
