"""Break-even of each saving and of any input, every expected figure by its sum; and the search for where a figure crosses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from savings_cases import amount, of_savings, saving
from small_cases import NO_DEDUCTIONS, Data, case_of, option_of, results_of, written

from finmodel.appraisal.appraise import appraise
from finmodel.appraisal.crossings import Crossing, Numbers, crossings
from finmodel.appraisal.solved import NotSolvableError, Solved, input_to_solve, solve, solve_for_options
from finmodel.case import LoadedCase, case_from_data
from finmodel.lines.evaluate import Results, evaluate
from finmodel.results.appraised import results
from finmodel.results.break_even import solved_words

AT: Data = {"price_base": "2015/16", "inflation": "none"}
FLAT: Data = {
    "dear": {"label": "Dear", "unit_cost": 50_000, "per": "year", **AT},
    "cheap": {"label": "Cheap", "unit_cost": 20_000, "per": "year", **AT},
}


def spent(pounds: float, **names: Any) -> Data:
    return {"id": "spent", "label": "Spent", "amount": pounds, "per": "year", **AT, **names}


def of(*savings: Data, costs: float = 60_000, years: int = 2, **names: Any) -> Data:
    option = {"costs": [spent(costs)], **names.pop("option", {})}
    return of_savings(*savings, years=years, option=option, placements=FLAT, **names)


def solved(found: Results, address: str, measure: str = "net_position") -> Solved:
    answer = solve(found, "team", input_to_solve(found.model, address), measure)
    assert answer is not None
    return answer


# What each saving must come to: costs £60,000 a year for two years, £120,000.
KINDS = [
    # Step-down: £60,000 ÷ (£50,000 − £20,000) = 2 children moved.
    (saving("step_down", children=3, from_placement="dear", to_placement="cheap"), "children_stated", 2.0),
    # Posts: £60,000 ÷ (£70,000 − £40,000) = 2 agency posts made permanent.
    (
        saving("agency_to_permanent", posts=1, agency_cost=amount(70_000), permanent_cost=amount(40_000)),
        "posts",
        2.0,
    ),
    # Leavers: £60,000 ÷ £12,000 = 5 a year.
    (saving("less_turnover", leavers_avoided=8, replacement_cost=amount(12_000)), "leavers_avoided", 5.0),
    # Days of cover: £60,000 ÷ £250 = 240 a year.
    (saving("less_sickness_cover", days_avoided=100, day_cost=amount(250)), "days_avoided", 240.0),
    # Income: £60,000 a year.
    (saving("income", income=amount(45_000), per="year"), "income", 60_000.0),
    # Half of the saving can be cashed: £60,000 ÷ (£30,000 × 50%) = 4.
    (
        saving("step_down", children=3, from_placement="dear", to_placement="cheap", cashable="50%"),
        "children_stated",
        4.0,
    ),
    # Families: need × 50% × 80% × 25% children; £60,000 ÷ £30,000 = 2 children, from 20 families.
    (
        saving(
            "step_down",
            children={"need": 30, "engagement": "50%", "retention": "80%", "impact": "25%"},
            from_placement="dear",
            to_placement="cheap",
        ),
        "children_stated.need",
        20.0,
    ),
    # The same by the share reached: 30 families × 80% × 25% = 6 children of all; 2 ÷ 6 = a third.
    (
        saving(
            "step_down",
            children={"need": 30, "engagement": "50%", "retention": "80%", "impact": "25%"},
            from_placement="dear",
            to_placement="cheap",
        ),
        "children_stated.engagement",
        1 / 3,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "number", "expected"), KINDS, ids=lambda given: str(given)[:30])
def test_the_number_of_each_kind_of_saving_that_repays(claim: Data, number: str, expected: float) -> None:
    found = results_of(of(claim))
    live = f"options.team.break_even.savings.it.{number}"
    assert found.figure(live) == pytest.approx(expected, rel=1e-12)
    # The search finds the same, and the figure put in leaves the net position at zero.
    answer = solved(found, f"options.team.savings.it.{number}")
    assert answer.figure == pytest.approx(expected, rel=1e-9)
    assert answer.rising
    again = evaluate(found.model, {answer.address: np.array([[answer.figure]])})
    assert again.figures("options.team.cumulative_net_position")[-1] == pytest.approx(0, abs=0.005)


def test_each_saving_is_set_against_what_the_others_leave() -> None:
    grant = saving("income", "grant", income=amount(45_000), per="year")
    moved = saving("step_down", "moved", children=3, from_placement="dear", to_placement="cheap")
    found = results_of(of(grant, moved))
    # £60,000 − £45,000 = £15,000 is half a child's £30,000; £60,000 − 3 × £30,000 is below zero: no grant is needed.
    assert found.figure("options.team.break_even.savings.moved.children_stated") == pytest.approx(0.5)
    assert found.figure("options.team.break_even.savings.moved.share") == pytest.approx(0.5 / 3)
    assert found.figure("options.team.break_even.savings.grant.income") == 0


def test_what_follows_from_a_benefit_grows_with_it() -> None:
    benefit = {"id": "fewer", "label": "Fewer", "children": 1, "placements": {"dear": "100%"}, **NO_DEDUCTIONS}
    home = saving(
        "in_house_home", benefit="fewer", placement="dear", beds_to_close=1, homes=9, fixed_cost=amount(10_000)
    )
    found = results_of(of(home, option={"costs": [spent(60_000)], "benefits": [benefit]}))
    # A child saves £50,000 and closes a home of £10,000: one is enough, and the home has no row of its own.
    assert found.figure("options.team.break_even.benefits.fewer.children_stated") == pytest.approx(1)
    assert "options.team.break_even.savings.it.share" not in found.model


def test_a_share_above_the_whole_is_no_answer() -> None:
    reach = {"need": 4, "engagement": "50%", "retention": "100%", "impact": "25%"}
    found = results_of(of(saving("step_down", children=reach, from_placement="dear", to_placement="cheap")))
    # All four families give one child, and two are needed.
    address = "options.team.break_even.savings.it.children_stated.engagement"
    assert found.figure(address) is None
    assert found.reason(address) == "not even all of them would be enough"
    answer = solved(found, "options.team.savings.it.children_stated.engagement")
    assert answer.figure is None
    assert answer.reason == "at any figure from 0% to 100% it stays below, by £60,000.00 at the nearest"


def test_a_saving_that_saves_nothing_has_a_reason() -> None:
    found = results_of(of(saving("income", income=amount(45_000), per="year", cashable="0%")))
    assert found.figure("options.team.break_even.savings.it.share") is None
    assert found.reason("options.team.break_even.savings.it.income") == (
        "it saves nothing that can be cashed within the years shown"
    )


def test_the_price_of_a_bed() -> None:
    found = results_of(of(saving("step_down", children=4, from_placement="dear", to_placement="cheap")))
    # £60,000 ÷ 4 = £15,000 above the cheap one's £20,000, or below the dear one's £50,000.
    assert solved(found, "placements.dear.unit_cost").figure == pytest.approx(35_000)
    cheap = solved(found, "placements.cheap.unit_cost")
    assert cheap.figure == pytest.approx(35_000)
    assert cheap.rising is False
    assert solved_words(cheap) == "breaks even at £35,000.00 or less; £20,000.00 is stated"


def test_a_rate_of_cost() -> None:
    found = results_of(of(saving("income", income=amount(45_000), per="year")))
    answer = solved(found, "options.team.costs.spent.amount")
    assert answer.figure == pytest.approx(45_000)
    assert answer.rising is False


def test_a_number_that_changes_is_moved_as_a_whole() -> None:
    moved = saving("step_down", children=[1, 2], from_placement="dear", to_placement="cheap")
    answer = solved(results_of(of(moved)), "options.team.savings.it.children_stated")
    # Three child-years save £90,000 of £120,000: a third more of both.
    assert answer.stated is None
    assert answer.figure == pytest.approx(4 / 3)
    assert solved_words(answer) == "breaks even at 1.333 times what is stated or more"


def test_a_measure_of_its_own() -> None:
    found = results_of(of(saving("income", income=amount(45_000), per="year")))
    # Present values at 3.5%: cost and income fall alike, so that what breaks even in cash does in present value.
    name = "net_present_budget_impact"
    assert solved(found, "options.team.savings.it.income", name).figure == pytest.approx(60_000)


def test_months_are_whole() -> None:
    earlier = saving("earlier_permanence", children=2, per="year", months_earlier=6, placement="dear")
    found = results_of(of(earlier, costs=10_000, years=3))
    answer = solved(found, "options.team.savings.it.months_earlier")
    assert answer.figure == int(answer.figure or 0.5)
    assert answer.step
    assert answer.reached is not None
    below = evaluate(found.model, {answer.address: np.array([[(answer.figure or 0) - 1]])})
    assert answer.reached > 0 > (below.figures("options.team.cumulative_net_position")[-1] or 0)


def test_a_home_that_closes_is_said_to_jump() -> None:
    home = saving("in_house_home", beds_emptied=2, beds_to_close=4, homes=1, fixed_cost=amount(90_000))
    answer = solved(results_of(of(home)), "options.team.savings.it.beds_emptied")
    # Four beds close the home: £90,000 a year for £60,000, two years.
    assert answer.figure == pytest.approx(4)
    assert answer.step
    assert answer.reached == pytest.approx(60_000)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("options.team.cost", "only what is put in can be solved for"),
        ("options.team.savings.it.start", "counted from dates or lists"),
        ("conventions.months_in_a_year", "holds by definition"),
        ("options.team.savings.it.lag_months", "Months move other figures"),
    ],
)
def test_what_cannot_be_solved_for(address: str, expected: str) -> None:
    found = results_of(of(saving("income", income=amount(45_000), per="year")))
    with pytest.raises(NotSolvableError, match=expected):
        input_to_solve(found.model, address)


def test_the_last_share_of_a_mix_is_what_the_others_leave() -> None:
    # A child's £50,000 × share + £20,000 × (1 − share) = £40,000, so the share is 20,000 ÷ 30,000.
    benefit = {
        "id": "fewer", "label": "Fewer", "children": 1, "placements": {"dear": "50%", "cheap": "50%"}, **NO_DEDUCTIONS,
    }  # fmt: skip
    found = results_of(of(option={"costs": [spent(40_000)], "benefits": [benefit]}))
    assert solved(found, "options.team.benefits.fewer.placements.dear").figure == pytest.approx(2 / 3)
    with pytest.raises(NotSolvableError, match="This figure is worked out"):
        input_to_solve(found.model, "options.team.benefits.fewer.placements.cheap")


def test_a_measure_that_no_option_has() -> None:
    found = results_of(of(saving("income", income=amount(45_000), per="year")))
    line = input_to_solve(found.model, "options.team.savings.it.income")
    with pytest.raises(NotSolvableError) as caught:
        solve(found, "team", line, "total_net_savings")
    assert "total_net_saving" in caught.value.remedy
    with pytest.raises(NotSolvableError, match="Nothing breaks even in years"):
        solve(found, "team", line, "payback")


def test_an_input_of_one_option_is_solved_for_that_option() -> None:
    grant = saving("income", income=amount(45_000), per="year")
    options = [option_of(name, costs=[spent(60_000)], savings=[grant]) for name in ("team", "other")]
    found = results_of(case_of(*options))
    answers = list(solve_for_options(found, ["team", "other"], "options.other.savings.it.income"))
    assert [(each.option, each.figure) for each in answers] == [("other", pytest.approx(60_000))]


def test_what_the_case_asks_stands_in_its_results() -> None:
    moved = saving("step_down", children=4, from_placement="dear", to_placement="cheap")
    data = of(moved) | {"break_even": {"of": ["placements.dear.unit_cost", "options.team.savings.it.children_stated"]}}
    found = results(appraise(LoadedCase(case_from_data(data), Path(), ())))
    assert [each.solved.figure for each in found.break_even] == pytest.approx([35_000, 2])
    assert found.break_even[0].words == "breaks even at £35,000.00 or more; £50,000.00 is stated"
    assert [abs(each.solved.reached or 0) < 0.005 for each in found.break_even] == [True, True]


def test_without_a_question_nothing_is_solved() -> None:
    data = of(saving("income", income=amount(45_000), per="year"))
    assert appraise(LoadedCase(case_from_data(data), Path(), ())).solved == ()
    assert written(data).case.break_even is None


# The search


def at_points(figure: Callable[[Numbers], Numbers], tolerance: float = 1e-6) -> list[Crossing]:
    return crossings(figure, np.linspace(-3, 3, 61), tolerance)


def test_every_crossing_is_found() -> None:
    # (x + 2)(x − 1)(x − √2), whose roots are its factors'.
    found = at_points(lambda x: (x + 2) * (x - 1) * (x - 2**0.5), 1e-9)
    assert [each.at for each in found] == pytest.approx([-2, 1, 2**0.5], abs=1e-8)
    assert [each.rising for each in found] == [True, False, True]
    assert not any(each.step for each in found)


def test_a_jump_is_told_from_a_crossing() -> None:
    (found,) = at_points(lambda x: np.where(x < 0.77, -5.0, 8.0))
    assert found.step
    assert (found.at, found.value) == (pytest.approx(0.77), 8.0)
    (falling,) = at_points(lambda x: np.where(x <= 0.77, 5.0, -8.0))
    assert (falling.rising, falling.value) == (False, 5.0)


def test_a_figure_that_touches_zero_and_turns_back_does_not_cross() -> None:
    assert at_points(lambda x: (x - 1) ** 2) == []


def test_places_without_a_figure_are_passed_over() -> None:
    (found,) = at_points(lambda x: np.where(x < -1, np.nan, x - 0.123))
    assert found.at == pytest.approx(0.123)
