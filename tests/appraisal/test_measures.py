"""The one list of measures: each named once, and shown in every place that it names."""

from __future__ import annotations

from pathlib import Path

import pytest
from plain_results import results
from small_cases import NO_DEDUCTIONS, case_of, option_of, written

from finmodel.appraisal.appraise import appraise
from finmodel.appraisal.measure import Display
from finmodel.appraisal.measures import AT_OTHER_RATES, MEASURES, shown_in
from finmodel.case import LoadedCase, case_from_data

EVERY = (*MEASURES, *AT_OTHER_RATES)
AT = {"per": "year", "price_base": "2015/16", "inflation": "none"}
CASE = case_of(
    option_of(
        costs=[
            {"id": "cost", "label": "A cost", "amount": 50_000, **AT},
            {
                "id": "home",
                "label": "Home",
                "amount": 9_000,
                **AT,
                "per": "once",
                "start": "2015-04",
                "capital": "funded",
            },
        ],
        benefits=[{"id": "fewer", "label": "Fewer", "children": 2, "placements": {"home": "100%"}, **NO_DEDUCTIONS}],
    ),
    years=2,
    placements={"home": {"label": "Home", "unit_cost": 40_000, **AT}},
)


def test_every_measure_is_named_once() -> None:
    names = [measure.name for measure in EVERY]
    assert len(names) == len(set(names))
    assert {"net_present_budget_impact", "payback", "internal_rate_of_return"} <= set(names)


@pytest.mark.parametrize("place", Display)
def test_a_place_shows_every_measure_that_names_it_once(place: Display) -> None:
    naming = [measure.name for measure in EVERY for shown in measure.shown_in if shown.place is place]
    assert len(naming) >= 9
    assert sorted(measure.name for measure, _ in shown_in(place, [each.name for each in EVERY])) == sorted(naming)


def test_every_measure_is_a_line_of_the_option_by_its_name() -> None:
    measures = written(CASE).measures["team"]
    # Children of business as usual, and growth in the base budget: this case has neither.
    nowhere = {"saving_given_up", "growth_avoided_by_children", "growth_beyond_base_budget"}
    assert set(measures) == {measure.name for measure in EVERY} - nowhere
    for measure in (measure for measure in EVERY if measure.name not in nowhere):
        line = measures[measure.name]
        assert (line.address, line.label, line.unit) == (
            f"options.team.measures.{measure.name}",
            measure.label,
            measure.unit,
        )


def test_the_revenue_budget_has_a_payback_of_its_own_only_where_there_is_capital() -> None:
    (option,) = CASE["options"]
    without = {**CASE, "options": [{**option, "costs": option["costs"][:1]}]}
    apart = {name for name in written(CASE).measures["team"] if name.startswith("revenue_")} | {"total_money_spent"}
    assert {"revenue_payback", "revenue_discounted_payback", "revenue_peak_exposure"} <= apart
    assert apart.isdisjoint(written(without).measures["team"])


def test_results_hold_what_the_page_shows() -> None:
    case = case_from_data(CASE)
    (option,) = results(appraise(LoadedCase(case, Path(), ())))["options"]
    held = set(option["measures"])
    in_one = {
        "break_even_children_first_year",
        "break_even_children_over_horizon",
    }
    assert {measure.name for measure, _ in shown_in(Display.PAGE, held | in_one)} - in_one <= held
    assert {"over_horizon", "first_year", "full_year", "forecast", "margin", "words"} <= set(
        option["measures"]["break_even_children"]
    )
