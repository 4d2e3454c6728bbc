"""How many children repay the whole cost, beside how many are forecast; each sum stands in its test."""

from __future__ import annotations

from typing import Any

import pytest
from small_cases import NO_DEDUCTIONS, Data, case_of, option_of, results_of

from finmodel.lines.evaluate import Results

AT: Data = {"price_base": "2025/26", "inflation": "none"}
CARE = {"care": {"label": "Care", "unit_cost": 52_000, "per": "year", **AT}}
MEASURES = "options.plan.measures"
NEEDED = "break_even_children_over_horizon"


def cost(amount: int, per: str = "year", **names: Any) -> Data:
    name = f"cost-{amount}"
    return {"id": name, "label": "A cost", "amount": amount, "per": per, **AT, **names}


def fewer(children: Any, **names: Any) -> Data:
    given = {"id": "fewer", "label": "Fewer", "children": children, "placements": {"care": "100%"}, **NO_DEDUCTIONS}
    return given | names


def income(amount: int, **names: Any) -> Data:
    given = {"id": "grant", "label": "Grant", "kind": "income", "income": {"amount": amount, **AT}, "per": "year"}
    return given | NO_DEDUCTIONS | names


def of(*costs: Data, benefits: Any = (), savings: Any = (), years: int = 3, **names: Any) -> Results:
    option = option_of("plan", costs=list(costs), benefits=list(benefits), savings=list(savings))
    return results_of(case_of(option, **{"first_year": "2025/26", "years": years, "placements": CARE, **names}))


def figure(found: Results, name: str) -> float | None:
    return found.figure(f"{MEASURES}.{name}")


def reason(found: Results, name: str) -> str:
    return found.reason(f"{MEASURES}.{name}")


ONCE = cost(3_100_000, "once", start="2025-04")


def test_a_cost_that_is_met_once_is_repaid_by_children() -> None:
    found = of(ONCE, benefits=[fewer(30)])
    # £3,100,000 ÷ (3 × £52,000 = £156,000) = 19.9, so 20; 30 are forecast, 10.1 more.
    assert figure(found, NEEDED) == pytest.approx(3_100_000 / 156_000)
    assert figure(found, f"{NEEDED}_whole") == 20
    assert figure(found, "forecast_children") == pytest.approx(30)
    assert figure(found, "margin_of_children") == pytest.approx(30 - 3_100_000 / 156_000)
    # The first year alone: £3,100,000 ÷ £52,000 = 59.6.
    assert figure(found, "break_even_children_first_year_whole") == 60
    # No cost of a full year is there for the sum that papers print.
    assert figure(found, "break_even_children") is None
    assert "no cost recurs" in reason(found, "break_even_children")


@pytest.mark.parametrize("capital", [{}, {"capital": "funded"}])
def test_capital_is_repaid_whoever_pays_for_it(capital: Data) -> None:
    home = cost(600_000, "once", start="2025-04", **capital)
    found = of(home, cost(50_000), benefits=[fewer(1)], years=4)
    # (£600,000 + 4 × £50,000) ÷ (4 × £52,000) = 3.8, so 4: 2.8 short.
    assert figure(found, "cost_to_repay") == pytest.approx(800_000)
    assert figure(found, NEEDED) == pytest.approx(800_000 / 208_000)
    assert figure(found, "margin_of_children") == pytest.approx(1 - 800_000 / 208_000)


def test_other_savings_are_taken_off_the_cost_first() -> None:
    found = of(cost(104_000), benefits=[fewer(1)], savings=[income(26_000)])
    # £104,000 − £26,000 = £78,000 a year ÷ £52,000 = 1.5, so 2.
    assert figure(found, "cost_to_repay") == pytest.approx(234_000)
    assert figure(found, NEEDED) == pytest.approx(1.5)
    assert figure(found, "break_even_children_first_year") == pytest.approx(1.5)
    # The sum that papers print knows nothing of them: £104,000 ÷ £52,000.
    assert figure(found, "break_even_children") == pytest.approx(2)


def test_other_savings_that_cover_the_cost_leave_no_child_to_find() -> None:
    found = of(cost(104_000), benefits=[fewer(1)], savings=[income(130_000)])
    assert figure(found, NEEDED) == 0
    assert figure(found, "margin_of_children") == pytest.approx(1)


def test_a_saving_that_follows_from_the_children_grows_with_them() -> None:
    process = {
        "id": "work", "label": "Work", "kind": "in_house_home", "benefit": "fewer", "placement": "care",
        "beds_to_close": 1, "homes": 9, "fixed_cost": {"amount": 13_000, **AT}, **NO_DEDUCTIONS,
    }  # fmt: skip
    found = of(cost(104_000), benefits=[fewer(2)], savings=[process])
    # Each child empties a bed and closes a home: £52,000 + £13,000 = £65,000. £104,000 ÷ £65,000 = 1.6.
    assert figure(found, "cost_to_repay") == pytest.approx(312_000)
    assert figure(found, NEEDED) == pytest.approx(1.6)
    # With two forecast it repays: 2 × £65,000 is £26,000 a year more than it costs, 0.4 of a child.
    assert figure(found, "margin_of_children") == pytest.approx(0.4)


def test_both_numbers_are_averages_of_the_years_shown() -> None:
    found = of(cost(52_000), benefits=[fewer([1, 3, 3], start="2026-04")])
    # £156,000 is repaid in two years by 156 ÷ 104 = 1.5 while the effect lasts: 1.0 on average over three years.
    assert figure(found, NEEDED) == pytest.approx(1.5)
    assert figure(found, "break_even_children_average") == pytest.approx(1)
    # (0 + 1 + 3) ÷ 3 = 1.33 are forecast.
    assert figure(found, "forecast_children") == pytest.approx(4 / 3)
    assert figure(found, "margin_of_children") == pytest.approx(1 / 3)
    # And it is £52,000 to the good: a third of a child for three years.
    assert found.figures("options.plan.cumulative_net_position")[-1] == pytest.approx(52_000)
    assert "not there in every month of the first year" in reason(found, "break_even_children_first_year")


@pytest.mark.parametrize(
    "children",
    [{"by_year": {"2025/26": 0, "2026/27": 1, "2027/28": 3}}, {"by_month": {"2025-04": 0, "2026-04": 1, "2027-04": 3}}],
)
def test_months_that_are_stated_to_have_no_child_are_not_of_the_effect(children: Data) -> None:
    found = of(cost(52_000), benefits=[fewer(children)])
    # £156,000 ÷ (2 × £52,000) = 1.5 in the two years with children, so 2 and not 1; 1.0 on average over three.
    assert figure(found, NEEDED) == pytest.approx(1.5)
    assert figure(found, f"{NEEDED}_whole") == 2
    assert figure(found, "break_even_children_average") == pytest.approx(1)
    assert figure(found, "margin_of_children") == pytest.approx(4 / 3 - 1)
    assert "not there in every month of the first year" in reason(found, "break_even_children_first_year")


def test_where_no_child_is_ever_fewer_every_month_counts() -> None:
    found = of(cost(52_000), benefits=[fewer({"by_year": {"2025/26": 0, "2026/27": 0, "2027/28": 0}})])
    assert figure(found, NEEDED) == pytest.approx(1)
    assert figure(found, "forecast_children") == 0


def test_the_margin_is_of_the_forecast_before_deductions() -> None:
    found = of(cost(52_000), benefits=[fewer(3, deadweight="50%")])
    # Each leaves £26,000, so two are needed; three are forecast, not one and a half.
    assert figure(found, NEEDED) == pytest.approx(2)
    assert figure(found, "margin_of_children") == pytest.approx(1)


def test_a_requirement_has_no_forecast_and_no_margin() -> None:
    found = of(cost(52_000), benefits=[fewer(3, basis="requirement")])
    assert figure(found, NEEDED) == pytest.approx(1)
    for name in ("forecast_children", "margin_of_children"):
        assert figure(found, name) is None
        assert reason(found, name) == "the number is a requirement, of which no forecast is made"


def test_a_cashable_share_that_begins_later_still_repays() -> None:
    found = of(cost(52_000), benefits=[fewer(3, cashable=["0%", "50%", "50%"])])
    # Nothing in the first year, £26,000 in each of the next two: £156,000 ÷ £52,000 = 3.
    assert figure(found, NEEDED) == pytest.approx(3)
    assert figure(found, "break_even_children_first_year") is None
    assert reason(found, "break_even_children_first_year") == (
        "a child fewer in care saves nothing that can be cashed in the first year"
    )


@pytest.mark.parametrize(
    ("placements", "expected"),
    [
        ({}, "the case states no placement cost"),
        (CARE, "the option claims no child fewer in care, and the case names no placement to break even in"),
    ],
)
def test_a_missing_price_is_named_only_where_it_is_missing(placements: Data, expected: str) -> None:
    found = of(cost(52_000), savings=[income(60_000)], placements=placements)
    assert figure(found, NEEDED) is None
    assert reason(found, NEEDED) == expected
    assert reason(found, "forecast_children") == "no child fewer in care is claimed"


BASES = {
    name: {"label": name, "unit_cost": price, "per": "year", **AT} for name, price in (("a", 100_000), ("b", 40_000))
}


def placed(children: Any, name: str, **names: Any) -> Data:
    return fewer(children, placements={name: "100%"}, **names)


def test_what_business_as_usual_saves_is_given_up_at_its_own_price() -> None:
    usual = option_of("usual", role="business_as_usual", costs=[cost(20_000)], benefits=[placed(1, "b")])
    plan = option_of(
        "plan", costs=[cost(100_000), cost(117_500, "once", start="2025-04")], benefits=[placed([0, 1, 2, 2], "a")]
    )
    found = results_of(case_of(usual, plan, first_year="2025/26", years=4, placements=BASES))
    # 4 × (£100,000 − £20,000) + £117,500 = £437,500; business as usual's child is given up: 4 × £40,000 = £160,000.
    assert figure(found, "saving_given_up") == pytest.approx(160_000)
    assert figure(found, "cost_to_repay") == pytest.approx(597_500)
    # £597,500 ÷ (3 × £100,000) = 1.99 in the years with children, 1.49 on average; (0 + 1 + 2 + 2) ÷ 4 = 1.25 are forecast.
    assert figure(found, NEEDED) == pytest.approx(597_500 / 300_000)
    assert figure(found, "break_even_children_average") == pytest.approx(1.49375)
    assert figure(found, "forecast_children") == pytest.approx(1.25)
    # 0.24 short, at £400,000 a child: the £97,500 that the net position is below zero.
    assert figure(found, "margin_of_children") == pytest.approx(-97_500 / 400_000)
    assert found.figures("options.plan.cumulative_net_position")[-1] == pytest.approx(-97_500)
    # The share of the claim says the same: 1.49375 ÷ 1.25.
    assert found.figure("options.plan.break_even.benefits.fewer.share") == pytest.approx(1.195)
    # Business as usual is the change from itself: nothing is to be repaid.
    assert found.figure("options.usual.measures.cost_to_repay") == 0


def growing(*savings: Data) -> Results:
    benefits = [placed([2, 4, 6, 8], "a", cashable="80%")]
    return of(
        cost(50_000), benefits=benefits, savings=savings, years=4, placements=BASES,
        children_in_care=[100, 102, 103, 104], growth_in_base_budget=[0, 50_000, 100_000, 1_000_000],
    )  # fmt: skip


def test_growth_avoided_is_counted_in_full_and_what_no_budget_holds_is_told() -> None:
    found = growing()
    # Children on top of today's: 0, 2, 3, 4, at £80,000: £160,000, £240,000, £320,000 avoided, of which the budget
    # holds £50,000, £100,000 and all: £110,000 + £140,000 = £250,000 is beyond it.
    assert figure(found, "growth_avoided_by_children") == pytest.approx(720_000)
    assert figure(found, "growth_beyond_base_budget") == pytest.approx(250_000)
    # That is no loss elsewhere: 4 × £50,000 = £200,000 ÷ (4 × £80,000) = 0.625, of 5 forecast.
    assert figure(found, "total_other_saving") == pytest.approx(0, abs=1e-6)
    assert figure(found, "cost_to_repay") == pytest.approx(200_000)
    assert figure(found, NEEDED) == pytest.approx(0.625)
    # The share of the claim says the same: £200,000 ÷ (20 × £80,000) = 12.5%, and 12.5% × 5 = 0.625.
    assert found.figure("options.plan.break_even.benefits.fewer.share") == pytest.approx(0.125)


def test_growth_that_another_saving_avoids_beyond_the_budget_stays_off_that_saving() -> None:
    found = growing(income(40_000, budget_reduction="0%"))
    # Avoided by both: £40,000, £200,000, £280,000, £360,000; beyond it £40,000, £150,000, £180,000, nil. The children's
    # part: £150,000 × 160 ÷ 200 + £180,000 × 240 ÷ 280 = £274,285.71; the grant's £95,714.29 of its £160,000.
    beyond = 150_000 * 160 / 200 + 180_000 * 240 / 280
    assert figure(found, "growth_beyond_base_budget") == pytest.approx(beyond)
    assert figure(found, "total_other_saving") == pytest.approx(160_000 - (370_000 - beyond))


def test_a_price_that_begins_after_the_first_year_is_the_reason_and_not_that_a_child_saves_nothing() -> None:
    """£0 in 2025/26 and £52,000 after: a child saves £104,000 in three years, so £208,000 is repaid by two."""
    price = {"2025/26": 0, "2026/27": 52_000, "2027/28": 52_000}
    care = {"care": CARE["care"] | {"unit_cost": {"by_year": price}}}
    found = of(cost(208_000, "once", start="2025-04"), cost(1, "year"), benefits=[fewer(2)], placements=care)
    assert figure(found, NEEDED) == pytest.approx(208_003 / 104_000)
    assert found.reason(f"{MEASURES}.break_even_children") == (
        "a placement costs nothing in the first year, by whose price this sum divides"
    )
