"""Each kind of saving against a sum worked by hand."""

from __future__ import annotations

from typing import Any

import pytest
from savings_cases import amount, of_savings, saving
from small_cases import NO_DEDUCTIONS, results_of

from finmodel.lines.evaluate import Results

PENNY = 0.001


def gross(found: Results, name: str = "it", option: str = "team") -> list[float | None]:
    return found.figures(f"options.{option}.savings.{name}.gross_saving")


def worked(*values: float) -> Any:
    return pytest.approx(list(values), abs=PENNY)


def of(kind: str, years: int = 3, **names: Any) -> list[float | None]:
    return gross(results_of(of_savings(saving(kind, **names), years=years)))


# Step-down. Home: £4,000 a week × 52.18 = £208,720 a year, then 4% a year. Fostering: £40,000 at 2014/15
# prices × 1.02 = £40,800 in 2015/16, then 2% a year.
HOME = [208_720 * 1.04**year for year in range(3)]
FOSTERING = [40_800 * 1.02**year for year in range(3)]


def test_step_down_is_the_difference_of_the_placements_each_with_its_own_inflation() -> None:
    found = of("step_down", children=2, from_placement="home", to_placement="fostering")
    # 2 × (208,720 − 40,800) = 335,840; 2 × (217,068.80 − 41,616) = 350,905.60; 2 × (225,751.552 − 42,448.32)
    assert found == worked(335_840.00, 350_905.60, 366_606.464)
    assert found == worked(*(2 * (HOME[year] - FOSTERING[year]) for year in range(3)))


def test_step_down_begins_after_the_lag_ends_and_drops_off() -> None:
    names = {"from_placement": "home", "to_placement": "fostering", "start": "2015-07", "lag_months": 3}
    # From October 2015: 6 of 12 months; all of 2016/17, of which a tenth is lost; to September 2017: 6 months at 0.9².
    found = of("step_down", children=2, end="2017-09", drop_off="10%", **names)
    full = [2 * (HOME[year] - FOSTERING[year]) for year in range(3)]
    assert found[0] == pytest.approx(full[0] / 2, abs=PENNY)
    assert found[1] == pytest.approx(full[1] * 0.9, abs=PENNY)


def test_no_child_who_steps_down_is_counted_as_one_fewer_in_care() -> None:
    found = results_of(of_savings(saving("step_down", children=2, from_placement="home", to_placement="fostering")))
    assert found.figures("options.team.children") == [0, 0, 0]
    assert found.figure("options.team.measures.child_years") == 0


def test_children_may_be_stated_in_four_steps() -> None:
    steps = {"need": 40, "engagement": "50%", "retention": "80%", "impact": "25%"}  # 40 × 0.5 × 0.8 × 0.25 = 4
    data = of_savings(saving("step_down", children=steps, from_placement="home", to_placement="fostering"))
    found = results_of(data)
    assert found.figure("options.team.savings.it.children_stated") == pytest.approx(4, abs=1e-12)
    assert gross(found) == worked(*(4 * (HOME[year] - FOSTERING[year]) for year in range(3)))


# Earlier permanence: 1 child a month, each 3 months earlier. Those who would still be there: 1, 2, 3, 3, …
# First year: 1 + 2 + 10 × 3 = 33 child-months; then 36 a year.


def test_earlier_permanence_counts_each_child_for_the_months_that_it_is_earlier() -> None:
    found = of("earlier_permanence", children=1, per="month", months_earlier=3, placement="fostering")
    assert found == worked(33 * 40_800 / 12, 36 * 41_616 / 12, 36 * 42_448.32 / 12)
    assert found[:2] == worked(112_200.00, 124_848.00)


def test_the_allowance_that_follows_is_taken_off_with_its_own_inflation() -> None:
    allowance = {**amount(200, "fees"), "per": "week"}
    found = of(
        "earlier_permanence", children=12, per="year", months_earlier=3, placement="fostering", allowance=allowance
    )
    # £200 × 52.18 = £10,436 a year, then 4% more: 33 ÷ 12 × (40,800 − 10,436) = 83,501.00;
    # 36 ÷ 12 × (41,616 − 10,853.44) = 92,287.68; 36 ÷ 12 × (42,448.32 − 11,287.5776) = 93,482.2272
    assert found == worked(83_501.00, 92_287.68, 93_482.2272)


def test_children_go_on_counting_after_the_last_month_in_which_one_leaves() -> None:
    allowance = {**amount(4_800), "per": "year"}
    names = {"per": "month", "months_earlier": 4, "placement": "fostering", "allowance": allowance}
    # Two children leave in April 2015 alone; each counts for four months: 8 child-months × (40,800 − 4,800) ÷ 12.
    assert of("earlier_permanence", years=1, children=2, end="2015-04", **names) == worked(24_000)


def test_no_child_who_leaves_earlier_is_an_entry_avoided() -> None:
    data = of_savings(saving("earlier_permanence", children=1, per="month", months_earlier=3, placement="fostering"))
    assert results_of(data).figures("options.team.children") == [0, 0, 0]


# Agency to permanent.


def test_agency_posts_save_the_difference_each_with_its_own_inflation() -> None:
    posts = {"by_month": {"2015-04": 0, "2015-10": 2}}
    costs = {"agency_cost": amount(75_000, "fees"), "permanent_cost": amount(52_000, "pay", "2014/15")}
    # The permanent post: 52,000 × 1.02 = 53,040. 2 × 6/12 × (75,000 − 53,040) = 21,960;
    # 2 × (78,000 − 54,100.80) = 47,798.40; 2 × (81,120 − 55,182.816) = 51,874.368
    assert of("agency_to_permanent", posts=posts, **costs) == worked(21_960.00, 47_798.40, 51_874.368)


def test_a_permanent_post_of_the_option_is_not_taken_off_twice() -> None:
    post = {
        "id": "workers",
        "title": "Workers",
        "fte": 2,
        "annual_cost": 50_000,
        "price_base": "2015/16",
        "inflation": "none",
    }
    tied = saving("agency_to_permanent", posts=2, agency_cost=amount(75_000), permanent_post="workers")
    found = results_of(of_savings(tied, option={"posts": [post]}))
    # The option costs 2 × 50,000; the agency's 2 × 75,000 stops: the council is 50,000 a year better off, not −50,000.
    assert found.figures("options.team.cost") == worked(100_000, 100_000, 100_000)
    assert gross(found) == worked(150_000, 150_000, 150_000)
    assert found.figures("options.team.net_saving") == worked(50_000, 50_000, 50_000)


def test_the_two_ways_to_state_a_permanent_post_come_to_the_same() -> None:
    stated = saving("agency_to_permanent", posts=2, agency_cost=amount(75_000), permanent_cost=amount(50_000))
    assert results_of(of_savings(stated)).figures("options.team.net_saving") == worked(50_000, 50_000, 50_000)


# Workforce.


def test_less_turnover_is_leavers_avoided_times_the_cost_of_replacing_one() -> None:
    # 3 × 12,000 = 36,000; 36,720; 37,454.40
    assert of("less_turnover", leavers_avoided=3, replacement_cost=amount(12_000, "pay")) == worked(
        36_000, 36_720, 37_454.40
    )


def test_less_turnover_in_part_of_a_year_counts_its_months() -> None:
    by_year = {"by_year": {"2015/16": 0, "2016/17": 4, "2017/18": 8}}
    names = {"leavers_avoided": by_year, "replacement_cost": amount(12_000), "start": "2016-10"}
    assert of("less_turnover", **names) == worked(0, 4 * 12_000 / 2, 96_000)


def test_less_sickness_cover_is_days_times_the_cost_of_a_day() -> None:
    # 240 × £210 = 50,400; × 1.02 = 51,408; × 1.02² = 52,436.16
    assert of("less_sickness_cover", days_avoided=240, day_cost=amount(210, "pay")) == worked(50_400, 51_408, 52_436.16)


# Process costs.

ENTRIES = {
    "id": "fewer",
    "label": "Entries avoided",
    "entries_avoided": 2,
    "stay": {"months": 6},
    "start": "2015-10",
    "placements": {"fostering": "100%"},
    **NO_DEDUCTIONS,
}


def test_process_costs_take_the_published_unit_cost_at_its_own_price_base() -> None:
    # SS2.1: £700 at 2009/10 prices; SS6.4: £660. Six years at 3%: × 1.03⁶ = 1.194052296529.
    processes = [{"id": code, "code": code.upper(), "inflation": "flat"} for code in ("ss2-1", "ss6-4")]
    for process, code in zip(processes, ("SS2.1", "SS6.4"), strict=True):
        process["code"] = code
    data = of_savings(
        saving("process_costs", entries_avoided=2, processes=processes),
        years=2,
        inflation={"flat": "3%", "fees": "0%", "pay": "0%"},
    )
    # 2 a month × 12 × (700 + 660) × 1.194052 = 38,973.867; the next year × 1.03
    assert gross(results_of(data)) == worked(38_973.867, 40_143.083)


def test_process_costs_follow_the_entries_of_a_benefit() -> None:
    own = [{"id": "legal", "cost": 9_000, "price_base": "2015/16", "inflation": "none", "per_entry": 0.5}]
    data = of_savings(saving("process_costs", benefit="fewer", processes=own), option={"benefits": [ENTRIES]})
    # 2 entries a month from October: 6 months in 2015/16, then 12. Each sets off half of a £9,000 case: £4,500.
    assert gross(results_of(data)) == worked(2 * 6 * 4_500, 2 * 12 * 4_500, 2 * 12 * 4_500)


def test_a_process_that_the_case_prices_goes_with_one_that_is_published() -> None:
    processes = [
        {"id": "deciding", "code": "SS2.1", "inflation": "none"},
        {"id": "legal", "cost": 300, "price_base": "2015/16", "inflation": "none", "per_entry": 2},
    ]
    # 1 × 12 × (700 + 2 × 300) = 15,600
    assert of("process_costs", years=1, entries_avoided=1, processes=processes) == worked(15_600)


def test_a_published_unit_cost_says_where_it_comes_from() -> None:
    process = {"id": "deciding", "code": "SS2.1", "inflation": "none"}
    found = results_of(of_savings(saving("process_costs", entries_avoided=1, processes=[process])))
    origin = found.model["rates.unit_costs.ss2-1"].origin
    assert origin is not None
    assert origin.confidence == "published"
    assert "Greater Manchester" in origin.source
    assert "SS2.1" in origin.where


# Income.


def test_income_of_a_year_comes_in_its_months() -> None:
    # 12,000 from October: half, then 12,240 and 12,484.80
    assert of("income", income=amount(12_000, "pay"), per="year", start="2015-10") == worked(6_000, 12_240, 12_484.80)


def test_income_once_comes_in_its_month_at_that_year_s_prices() -> None:
    found = results_of(
        of_savings(saving("income", income=amount(50_000, "pay"), per="once", start="2016-11", lag_months=2))
    )
    assert gross(found) == worked(0, 51_000, 0)
    monthly = found.figures("options.team.savings.it.monthly.gross_saving")
    assert [month for month, value in enumerate(monthly) if value] == [21]  # January 2017, the 22nd month


# Homes. 4 beds to a home, 2 homes, £600,000 a year each.


def home(**names: Any) -> dict[str, Any]:
    return saving("in_house_home", beds_to_close=4, homes=2, fixed_cost=amount(600_000), **names)


@pytest.mark.parametrize(("beds", "homes"), [(0, 0), (3.9, 0), (4, 1), (7.99, 1), (8, 2), (40, 2)])
def test_a_home_s_fixed_cost_stops_in_steps(beds: float, homes: int) -> None:
    found = results_of(of_savings(home(beds_emptied=beds), years=1))
    assert gross(found) == worked(600_000 * homes)


def test_homes_close_from_the_month_in_which_enough_beds_are_empty() -> None:
    found = results_of(of_savings(home(beds_emptied={"by_month": {"2015-04": 3, "2015-07": 4, "2016-01": 8}}), years=1))
    # April to June none; July to December one: 6 × 50,000; January to March two: 3 × 100,000.
    assert gross(found) == worked(600_000)


def test_deductions_are_taken_off_the_beds_and_each_rung_counts_whole_homes() -> None:
    ladder = {"deadweight": "20%", "optimism_bias": "25%", "cashable": "50%"}
    found = results_of(of_savings(home(beds_emptied=10, **ladder), years=1))
    # 10 beds: 2 homes. After deadweight 8 beds: 2 homes. After optimism bias 6 beds: 1 home. Half of it in cash.
    rungs = [
        found.figure(f"options.team.savings.it.{name}")
        for name in ("gross_saving", "after_deadweight", "after_optimism_bias", "cashable_saving")
    ]
    assert rungs == worked(1_200_000, 1_200_000, 600_000, 300_000)
    # Subtractive: 10 × (1 − 20% − 25%) = 5.5 beds: 1 home too.
    assert found.figure("options.team.savings.it.cashable_saving_subtractive") == pytest.approx(300_000, abs=PENNY)


def test_fees_stop_at_once_and_the_home_when_its_beds_are_empty() -> None:
    benefit = {
        "id": "fewer",
        "label": "Fewer",
        "children": {"by_month": {"2015-04": 4, "2015-10": 8}},
        "placements": {"own-home": "50%", "home": "50%"},
        **NO_DEDUCTIONS,
    }
    data = of_savings(home(benefit="fewer", placement="own-home"), years=1, option={"benefits": [benefit]})
    found = results_of(data)
    # Purchased: (2 × 6 + 4 × 6) child-months × £208,720 ÷ 12. The own home: 2 beds, then 4: 6 × £50,000.
    purchased = 36 * 208_720 / 12
    assert found.figures("options.team.benefits.fewer.gross_saving") == worked(purchased)
    assert gross(found) == worked(300_000)
    assert found.figures("options.team.cashable_saving") == pytest.approx([purchased + 300_000], abs=0.01)
    # The children are those of the benefit, counted once.
    assert found.figures("options.team.children") == [6]
