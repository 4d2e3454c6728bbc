"""Options against the status quo, and each measure of an option, worked by hand."""

from __future__ import annotations

from typing import Any

import pytest
from small_cases import NO_DEDUCTIONS, Data, case_of, option_of, results_of

from finmodel.lines.evaluate import Results
from finmodel.lines.periods import Month
from tests.appraisal.oracle import discount_factors, net_present_value, payback

PLACEMENTS = {
    "foster": {
        "label": "Foster care",
        "unit_cost": 12_000,
        "per": "year",
        "price_base": "2015/16",
        "inflation": "none",
    },
    "kin": {"label": "Kin", "unit_cost": 6_000, "per": "year", "price_base": "2015/16", "inflation": "fees"},
}


def cost(amount: Any, per: str = "year", name: str = "cost", **names: Any) -> Data:
    return {"id": name, "label": "A cost", "amount": amount, "per": per, "price_base": "2015/16", "inflation": "none",
            **names}  # fmt: skip


def fewer(children: Any, name: str = "fewer", **names: Any) -> Data:
    return {"id": name, "label": "Fewer", "children": children, "placements": {"foster": "100%"}, **NO_DEDUCTIONS,
            **names}  # fmt: skip


def results(*options: Data, **names: Any) -> Results:
    return results_of(case_of(*options, **{"placements": PLACEMENTS, "inflation": {"fees": "5%"}, **names}))


def one(costs: list[Data], benefits: list[Data], **names: Any) -> Results:
    return results(option_of(costs=costs, benefits=benefits), **names)


def measure(found: Results, name: str, option: str = "team") -> float | None:
    return found.figure(f"options.{option}.measures.{name}")


def reason(found: Results, name: str, option: str = "team") -> str:
    return found.reason(f"options.{option}.measures.{name}")


def month(found: Results, name: str) -> Month | None:
    number = measure(found, name)
    return None if number is None else Month(2015, 4) + (int(number) - 1)


AS_NOW = option_of("as-now", costs=[cost(30_000)], benefits=[fewer(1)])
TEAM = option_of("team", costs=[cost(50_000)], benefits=[fewer(4)])


def test_an_option_is_the_change_from_a_status_quo_that_costs_and_saves() -> None:
    found = results(AS_NOW, TEAM, status_quo="as-now", years=2)
    # Cost 50,000 − 30,000; children 4 − 1; saving 3 × 12,000; net 36,000 − 20,000.
    assert found.figures("options.team.cost") == pytest.approx([20_000, 20_000])
    assert found.figures("options.team.children") == pytest.approx([3, 3])
    assert found.figures("options.team.cashable_saving") == pytest.approx([36_000, 36_000])
    assert found.figures("options.team.net_saving") == pytest.approx([16_000, 16_000])
    assert found.figures("options.team.cumulative_net_saving") == pytest.approx([16_000, 32_000])
    assert measure(found, "child_years") == pytest.approx(6)
    assert measure(found, "cost_per_child_year") == pytest.approx(40_000 / 6)
    # What it is in itself stays to be seen.
    assert found.figure("options.team.own.cost") == pytest.approx(50_000 / 12)


def test_business_as_usual_is_the_zero_line() -> None:
    found = results(AS_NOW, TEAM, status_quo="as-now")
    for line in ("cost", "cashable_saving", "net_saving", "cumulative_net_saving", "children"):
        assert found.figures(f"options.as-now.{line}") == [0]
    # What it costs and saves in itself stands in one place: £30,000 and one child at £12,000.
    assert found.figures("business_as_usual.cost") == pytest.approx([30_000])
    assert found.figures("business_as_usual.cashable_saving") == pytest.approx([12_000])


@pytest.mark.parametrize(
    "name",
    [
        "payback",
        "payback_month",
        "break_even_children",
        "break_even_children_over_horizon_whole",
        "margin_of_children",
        "cashable_saving_per_pound",
    ],
)
def test_no_question_of_children_or_payback_is_asked_of_business_as_usual(name: str) -> None:
    found = results(AS_NOW, TEAM, status_quo="as-now")
    assert measure(found, name, "as-now") is None
    assert reason(found, name, "as-now") == "it is what the others are compared with"


def test_without_a_status_quo_each_option_stands_for_itself() -> None:
    found = results(AS_NOW, TEAM)
    assert found.figures("options.team.cost") == pytest.approx([50_000])
    assert found.figures("options.team.children") == pytest.approx([4])


def test_children_repay_what_an_option_costs_more_than_the_status_quo() -> None:
    found = results(AS_NOW, TEAM, status_quo="as-now", years=2)
    assert measure(found, "full_year_cost") == pytest.approx(20_000)
    # A full year as papers have it: £20,000 ÷ £12,000 = 1.67, so 2.
    assert measure(found, "break_even_children") == pytest.approx(20 / 12)
    assert measure(found, "break_even_children_whole") == 2
    # Over two years it costs £40,000 more, and gives up the child that is fewer already, £24,000: 2.67 of its own four.
    assert measure(found, "break_even_children_over_horizon") == pytest.approx(64 / 24)
    assert measure(found, "forecast_children") == pytest.approx(4)
    assert measure(found, "margin_of_children") == pytest.approx(4 - 64 / 24)
    assert measure(found, "full_year_cost", "as-now") == 0


def test_an_option_that_costs_less_than_the_status_quo_needs_no_child_to_repay_it() -> None:
    leaner = option_of("team", costs=[cost(10_000)], benefits=[fewer(1)])
    found = results(AS_NOW, leaner, status_quo="as-now")
    assert measure(found, "total_cost") == pytest.approx(-20_000)
    assert measure(found, "break_even_children") == 0
    assert measure(found, "break_even_children_over_horizon_whole") == 0
    for name in ("cashable_saving_per_pound", "net_return_on_investment"):
        assert measure(found, name) is None
        assert reason(found, name) == "there is no cost to set the saving against"


def test_fewer_placements_avoided_than_with_the_status_quo_give_no_cost_per_child_year() -> None:
    worse = option_of("team", costs=[cost(10_000)], benefits=[fewer(0.5)])
    found = results(AS_NOW, worse, status_quo="as-now")
    assert measure(found, "child_years") == pytest.approx(-0.5)
    assert measure(found, "cost_per_child_year") is None
    assert reason(found, "cost_per_child_year") == "no child is kept out of care"


# £100,000 in April 2015; five children fewer from April 2016: £60,000 a year.
OUTLAY, LATER = [cost(100_000, "once", start="2015-04")], [fewer([0, 5, 5])]


def test_measures_of_an_outlay_and_two_years_savings() -> None:
    found = one(OUTLAY, LATER, years=3)
    # −100,000 + 60,000 ÷ 1.035 + 60,000 ÷ 1.071225 = −100,000 + 57,971.0145 + 56,010.6420
    assert measure(found, "net_present_budget_impact") == pytest.approx(13_981.6565, abs=1e-3)
    assert measure(found, "present_value_of_saving") == pytest.approx(113_981.6565, abs=1e-3)
    assert measure(found, "cashable_saving_per_pound") == pytest.approx(1.139816565)
    assert measure(found, "gross_return_on_investment") == pytest.approx(1.20)  # 120,000 ÷ 100,000
    assert measure(found, "net_return_on_investment") == pytest.approx(0.20)  # (120,000 − 100,000) ÷ 100,000
    # 100 x² = 60 x + 60: x = (60 + √27,600) ÷ 200.
    assert measure(found, "internal_rate_of_return") == pytest.approx((60 + 27_600**0.5) / 200 - 1, abs=1e-9)
    # Running total −100,000, −40,000, +20,000: 1 + 40,000 ÷ 60,000.
    assert measure(found, "payback") == pytest.approx(1 + 2 / 3)
    # Discounted: −100,000, −42,028.99, +13,981.66: 1 + 42,028.9855 ÷ 56,010.6420.
    assert measure(found, "discounted_payback") == pytest.approx(1 + 42_028.9855 / 56_010.6420)
    assert measure(found, "cost_per_child_year") == pytest.approx(10_000)  # 100,000 ÷ 10


def test_payback_month_and_years_from_the_start() -> None:
    found = one(OUTLAY, LATER, years=3)
    # £5,000 a month from April 2016: 100,000 ÷ 5,000 = 20 months, the last being November 2017, month 32.
    assert month(found, "payback_month") == Month(2017, 11)
    assert measure(found, "payback_from_start") == pytest.approx(32 / 12)
    # Discounted, £5,000 is £4,830.92 in 2016/17 and £4,667.55 in 2017/18: 42,028.99 ÷ 4,667.55 = 9.004 months of 2017/18.
    assert month(found, "discounted_payback_month") == Month(2018, 1)
    assert measure(found, "discounted_payback_from_start") == pytest.approx((24 + 42_028.9855 / 4_667.5535) / 12)


def test_peak_exposure_is_of_the_monthly_running_total_and_the_month_is_the_first_of_it() -> None:
    found = one([cost(60_000, "once", start="2015-06")], [fewer(5)], years=2)
    # +5,000, +10,000, then 60,000 less 15,000: 45,000 out of pocket in June 2015; nil again after nine more months.
    assert measure(found, "peak_exposure") == pytest.approx(45_000)
    assert month(found, "peak_exposure_month") == Month(2015, 6)
    assert month(found, "payback_month") == Month(2016, 3)
    flat = one([cost(10_000, "once", start="2015-06")], [], years=2)
    assert measure(flat, "peak_exposure") == pytest.approx(10_000)
    assert month(flat, "peak_exposure_month") == Month(2015, 6)


def test_an_option_that_is_never_out_of_pocket() -> None:
    found = one([cost(12_000)], [fewer(2)])
    assert measure(found, "peak_exposure") == 0
    assert reason(found, "peak_exposure_month") == "never out of pocket"
    assert measure(found, "payback") == 0
    assert measure(found, "payback_month_number") == 1
    assert reason(found, "payback_month") == "never out of pocket"


def test_dust_of_binary_fractions_is_no_exposure() -> None:
    # A third of £100 a month comes and goes alike, though 0.1 + 0.2 − 0.3 is not nil in binary fractions.
    costs = [cost(1_200, name="a"), cost(2_400, name="b")]
    found = one(costs, [fewer(0.1, name="a"), fewer(0.2, name="b")])
    assert measure(found, "peak_exposure_month") is None
    assert measure(found, "payback") in (None, 0)


@pytest.mark.parametrize(
    ("costs", "children", "words"),
    [
        ([10_000, 10_000], [0, 0], "never change sign"),
        ([0, 24_000], [1, 0], "the saving comes first and the cost after"),
        ([24_000, 0, 48_000], [0, 3, 0], "more than once"),
        ([0, 0], [0, 0], "never change sign"),
    ],
)
def test_no_internal_rate_without_one_change_from_cost_to_saving(
    costs: list[float], children: list[float], words: str
) -> None:
    found = one([cost(costs)], [fewer(children)], years=len(costs))
    assert measure(found, "internal_rate_of_return") is None
    assert words in reason(found, "internal_rate_of_return")


def test_a_loss_has_a_negative_internal_rate() -> None:
    found = one([cost([24_000, 0])], [fewer([0, 1])], years=2)
    # −24,000, +12,000: halved in a year.
    assert measure(found, "internal_rate_of_return") == pytest.approx(-0.5, abs=1e-9)


# Break-even


def test_break_even_before_and_after_deductions() -> None:
    found = one([cost(30_000)], [fewer(1, deadweight="20%", optimism_bias="10%", cashable="50%")])
    # The paper's sum: 30,000 ÷ 12,000 = 2.5. A child leaves 12,000 × 0.8 × 0.9 × 0.5 = £4,320: 30,000 ÷ 4,320 = 6.94.
    assert measure(found, "break_even_children") == pytest.approx(2.5)
    assert measure(found, "break_even_children_whole") == 3
    for name in ("break_even_children_over_horizon", "break_even_children_first_year"):
        assert measure(found, name) == pytest.approx(30_000 / 4_320)
        assert measure(found, f"{name}_whole") == 7


def test_deductions_that_change_are_counted_month_by_month() -> None:
    cashable = {"by_month": {"2015-04": "0%", "2015-10": "50%", "2016-04": "100%"}}
    found = one([cost(30_000)], [fewer(1, cashable=cashable)], years=2)
    # The first year: 6 × £1,000 × 50% = £3,000 for £30,000.
    assert measure(found, "break_even_children_first_year") == pytest.approx(10)
    # Throughout: £3,000 + 12 × £1,000 = £15,000 for two years' £60,000.
    assert measure(found, "break_even_children_over_horizon") == pytest.approx(4)


def test_the_number_over_the_horizon_brings_the_net_total_to_nil() -> None:
    details = {
        "placements": {"foster": "40%", "kin": "60%"}, "deadweight": "20%", "optimism_bias": ["10%", "15%", "20%"],
        "cashable": "70%", "start": "2015-07", "lag_months": 4, "end": "2017-12",
    }  # fmt: skip
    costs = [cost(30_000), cost(9_000, "once", name="laptops", start="2015-05")]
    needed = measure(one(costs, [fewer(3, **details)], years=3), "break_even_children_over_horizon")
    assert needed is not None
    again = one(costs, [fewer(needed, **details)], years=3)
    assert measure(again, "total_net_saving") == pytest.approx(0, abs=1e-6)
    # And a child fewer is not enough.
    assert (measure(one(costs, [fewer(needed - 1, **details)], years=3), "total_net_saving") or 0) < -1_000


def test_several_benefits_break_even_in_the_mix_that_the_option_states() -> None:
    kin = {"placements": {"kin": "100%"}, "start": "2015-10", "cashable": "50%"}
    found = one([cost(30_000)], [fewer(3), fewer(2, name="kin", **kin)])
    # Child-months: 3 × 12 = 36 and 2 × 6 = 12, so three quarters and one. A placement: 9,000 + 1,500 = £10,500.
    assert measure(found, "break_even_children") == pytest.approx(30_000 / 10_500)
    # In the year: 9,000 + 1/4 × 6,000 × 6/12 × 50% = 9,375.
    needed = measure(found, "break_even_children_over_horizon")
    assert needed == pytest.approx(30_000 / 9_375)
    assert needed is not None
    again = one([cost(30_000)], [fewer(0.75 * needed), fewer(0.25 * needed, name="kin", **kin)])
    assert measure(again, "total_net_saving") == pytest.approx(0, abs=1e-6)


def test_several_benefits_without_a_child_count_alike() -> None:
    found = one([cost(30_000)], [fewer(0), fewer(0, name="kin", placements={"kin": "100%"})])
    assert measure(found, "break_even_children") == pytest.approx(30_000 / 9_000)


def test_an_option_without_benefits_breaks_even_in_the_placement_that_the_case_names() -> None:
    found = one([cost(30_000)], [], break_even_placement="kin", years=2)
    assert measure(found, "break_even_children") == pytest.approx(5)
    # £6,000 and £6,300 for two years' £60,000.
    assert measure(found, "break_even_children_over_horizon") == pytest.approx(60_000 / 12_300)


@pytest.mark.parametrize(
    "deductions",
    [
        {"cashable": "0%"},
        {"deadweight": "100%"},
        {"deadweight": "70%", "optimism_bias": "30%", "deductions": "subtractive"},
    ],
)
def test_a_child_that_saves_nothing_repays_nothing(deductions: Data) -> None:
    found = one([cost(30_000)], [fewer(1, **deductions)])
    assert measure(found, "break_even_children") == pytest.approx(2.5)
    for name in ("break_even_children_over_horizon", "break_even_children_over_horizon_whole", "margin_of_children"):
        assert measure(found, name) is None
        assert reason(found, name) == "a child fewer in care saves nothing that can be cashed within the years shown"


# Discounting


def test_a_real_schedule_discounts_cash_brought_to_the_first_year_s_prices() -> None:
    found = one(
        OUTLAY, LATER, years=3,
        discounting={"schedule": "green-book-before-2026", "deflator": "prices"},
        inflation={"fees": "5%", "prices": {"by_year": {"2015/16": "9%", "2016/17": "2%", "2017/18": "3%"}}},
    )  # fmt: skip
    # 3.5% real. Prices: 1, 1.02, 1.02 × 1.03 = 1.0506.
    by_hand = -100_000 + 60_000 / 1.02 / 1.035 + 60_000 / 1.0506 / 1.035**2
    assert measure(found, "net_present_budget_impact") == pytest.approx(by_hand)
    # The payback is in the same pounds: the deficit after 2016/17 over the flow of 2017/18.
    flows = [-100_000, 60_000 / 1.02 / 1.035, 60_000 / 1.0506 / 1.035**2]
    assert measure(found, "discounted_payback") == pytest.approx(1 + (100_000 - flows[1]) / flows[2])


def test_a_first_year_that_is_discounted() -> None:
    found = one(OUTLAY, LATER, years=3, discounting={"rate": "3.5%", "first_year": 1})
    assert found.figures("discounting.factor") == pytest.approx([1.035**-1, 1.035**-2, 1.035**-3])
    assert measure(found, "net_present_budget_impact") == pytest.approx(13_981.6565 / 1.035, abs=1e-3)


def test_rates_by_year_accumulate() -> None:
    found = one(OUTLAY, LATER, years=3, discounting={"rate": ["9%", "4%", "5%"]})
    # The first year is not discounted, whatever its rate.
    assert found.figures("discounting.factor") == pytest.approx([1, 1 / 1.04, 1 / 1.04 / 1.05])


@pytest.mark.parametrize("first_year", [0, 1])
def test_factors_are_those_of_the_measures_over_thirty_years(first_year: int) -> None:
    discounting = {"schedule": "green-book-2026", "deflator": "none", "first_year": first_year}
    found = one([cost(1_000)], [], years=30, discounting=discounting)
    expected = discount_factors("green-book-2026", range(first_year, first_year + 30))
    assert found.figures("discounting.factor") == pytest.approx(expected.tolist(), rel=1e-12)
    value = net_present_value([-1_000] * 30, "green-book-2026", first_flow_year=first_year)
    assert measure(found, "net_present_budget_impact") == pytest.approx(value, rel=1e-12)


FLOWS = [
    ([100_000, 0, 0], [0, 5, 5]),
    ([100_000, 0, 0], [0, 2, 2]),
    ([10_000, 40_000, 0, 0], [2, 1, 1, 4]),
    ([0, 60_000], [1, 1]),
    ([50_000] * 5, [0, 2, 5, 9, 9]),
    ([50_000] * 5, [9, 9, 5, 0, 0]),
    ([1_000] * 30, [0] * 10 + [1] * 20),
]


@pytest.mark.parametrize(("costs", "children"), FLOWS)
def test_the_lines_agree_with_the_measures(costs: list[float], children: list[float]) -> None:
    found = one([cost(costs)], [fewer(children)], years=len(costs))
    flows = [float(value or 0) for value in found.figures("options.team.net_saving")]
    for rate, name in ((0.0, "payback"), (0.035, "discounted_payback")):
        expected = payback(flows, rate).years
        assert measure(found, name) == (expected if expected is None else pytest.approx(expected, rel=1e-12, abs=1e-12))
    assert measure(found, "net_present_budget_impact") == pytest.approx(net_present_value(flows, 0.035), abs=1e-6)


def test_a_deficit_under_half_a_penny_at_the_end_is_paid_back_and_not_at_once() -> None:
    # −100.00, then +99.999: a tenth of a penny short, which is no deficit; it took the whole year.
    found = one([cost([100, 0])], [fewer([0, 99.999 / 12_000])], years=2)
    assert measure(found, "payback") == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("years", [1, 30])
def test_twenty_options_of_any_length_hold_their_checks(years: int) -> None:
    options = [
        option_of(f"option-{number}", costs=[cost(1_000 * number)], benefits=[fewer(number), fewer(1, name="more")])
        for number in range(20)
    ]
    found = results(*options, years=years, status_quo="option-3")
    assert found.figure("checks.all") == 1
    # Option 5 costs £2,000 more than option 3 and has two children more.
    assert found.figures("options.option-5.net_saving") == pytest.approx([24_000 - 2_000] * years)


def test_child_years_are_counted_after_deductions() -> None:
    claim = {**fewer(10), "deadweight": "90%"}
    found = one([cost(50_000)], [claim], years=4)
    # Ten children of whom nine would have stayed out of care anyway: 1 × 4 years; 4 × 50,000 ÷ 4.
    assert measure(found, "child_years") == pytest.approx(4)
    assert measure(found, "cost_per_child_year") == pytest.approx(50_000)
    # Optimism bias of 20% on what is left, or 5% off the gross by the other convention; cash is no matter of children.
    biased = {**claim, "optimism_bias": "20%", "cashable": "50%"}
    assert measure(one([], [biased], years=4), "child_years") == pytest.approx(4 * 10 * 0.1 * 0.8)
    subtractive = {**claim, "optimism_bias": "5%", "deductions": "subtractive"}
    assert measure(one([], [subtractive], years=4), "child_years") == pytest.approx(4 * 10 * (1 - 0.9 - 0.05))


def test_child_years_are_the_change_from_the_status_quo_after_deductions() -> None:
    half = option_of("as-now", benefits=[{**fewer(2), "deadweight": "50%"}])
    found = results(half, option_of("team", benefits=[fewer(4)]), status_quo="as-now")
    assert measure(found, "child_years") == pytest.approx(4 - 2 * 0.5)


def test_a_cost_that_recurs_from_the_second_year_on_is_a_cost_that_recurs() -> None:
    """50,000 a year from 2016/17, with business as usual's 10,000: 40,000 in a full year, at that year's rates."""
    later = option_of("team", costs=[cost([10_000, 60_000, 60_000])], benefits=[fewer(4)])
    found = results(option_of("as-now", costs=[cost(10_000)]), later, status_quo="as-now", years=3)
    assert measure(found, "full_year_cost") == pytest.approx(50_000)
    assert measure(found, "full_year_cost_year_number") == 2
    # At £12,000 a child: 50 ÷ 12.
    assert measure(found, "break_even_children") == pytest.approx(50 / 12)


def test_an_option_without_any_recurring_cost_has_none_in_a_full_year() -> None:
    found = one([cost(30_000, "once", start="2015-04")], [fewer(4)], years=2)
    assert measure(found, "full_year_cost") == 0
    assert measure(found, "full_year_cost_year_number") == 1
    assert reason(found, "break_even_children") == "no cost recurs, so there is no full year's cost to divide"
