"""What the children fewer in care save, and how much of it is claimed, worked by hand."""

from __future__ import annotations

from typing import Any

import pytest
from small_cases import NO_DEDUCTIONS, case_of, option_of, results_of, written

from finmodel.lines.evaluate import Results

BENEFIT = "options.team.benefits.fewer"
FOSTER = {"label": "Foster care", "unit_cost": 30_000, "per": "year", "price_base": "2015/16", "inflation": "none"}
HOME = {"label": "Home", "unit_cost": 3_000, "per": "week", "price_base": "2014/15", "inflation": "homes"}


def with_benefit(years: int = 1, placements: dict[str, Any] | None = None, **names: Any) -> Results:
    mix = placements or {"foster": "100%"}
    benefit = {"id": "fewer", "label": "Fewer", "children": 10, "placements": mix, **NO_DEDUCTIONS, **names}
    case = case_of(
        option_of(benefits=[benefit]),
        years=years,
        inflation={"fees": "4%", "homes": {"by_year": {"2015/16": "5%", "2016/17": "10%"}}},
        placements={"foster": FOSTER, "home": HOME, "kin": FOSTER | {"unit_cost": 10_000, "inflation": "fees"}},
    )
    return results_of(case)


def test_a_weekly_price_is_for_52_18_weeks_and_each_type_has_its_own_inflation() -> None:
    results = with_benefit(years=2, placements={"foster": "50%", "home": "30%", "kin": "20%"})
    # Home: £3,000 × 52.18 = £156,540 at 2014/15 prices; × 1.05 = £164,367 in 2015/16; × 1.10 = £180,803.70 in 2016/17.
    # Kin: £10,000, then £10,400. Foster care: £30,000 in both.
    first = 0.5 * 30_000 + 0.3 * 164_367 + 0.2 * 10_000  # £66,310.10
    second = 0.5 * 30_000 + 0.3 * 180_803.70 + 0.2 * 10_400  # £71,321.11
    assert results.figures(f"{BENEFIT}.cost_of_a_child") == pytest.approx([first, second])
    assert results.figures("options.team.gross_saving") == pytest.approx([10 * first, 10 * second])


def test_a_unit_cost_may_be_stated_for_each_year() -> None:
    benefit = {"id": "fewer", "label": "Fewer", "children": 2, "placements": {"home": "100%"}, **NO_DEDUCTIONS}
    homes = {"home": FOSTER | {"unit_cost": [30_000, 33_000]}}
    results = results_of(case_of(option_of(benefits=[benefit]), years=2, placements=homes))
    assert results.figures(f"{BENEFIT}.gross_saving") == pytest.approx([60_000, 66_000])


def test_a_mix_that_changes_by_year() -> None:
    mix = {"foster": ["100%", "80%"], "kin": ["0%", "20%"]}
    results = with_benefit(years=2, placements=mix)
    # 2016/17: 80% × 30,000 + 20% × 10,400 = 26,080.
    assert results.figures(f"{BENEFIT}.cost_of_a_child") == pytest.approx([30_000, 26_080])


RATES = {"deadweight": "20%", "optimism_bias": "15%", "cashable": "60%"}


def test_the_ladder_takes_each_deduction_off_what_the_one_before_left() -> None:
    results = with_benefit(**RATES)
    # £300,000; × 0.80 = £240,000; × 0.85 = £204,000; × 0.60 = £122,400.
    assert results.figure("options.team.gross_saving") == pytest.approx(300_000)
    assert results.figure("options.team.after_deadweight") == pytest.approx(240_000)
    assert results.figure("options.team.after_optimism_bias") == pytest.approx(204_000)
    assert results.figure("options.team.cashable_saving") == pytest.approx(122_400)
    # Subtractive, beside: £300,000 × (1 − 0.20 − 0.15) × 0.60 = £117,000.
    assert results.figure(f"{BENEFIT}.cashable_saving_subtractive") == pytest.approx(117_000)


def test_the_subtractive_ladder_takes_each_off_the_gross() -> None:
    results = with_benefit(deductions="subtractive", **RATES)
    # £300,000; − £60,000; − £45,000 = £195,000; × 0.60 = £117,000. Multiplicative, beside: £122,400.
    assert results.figure("options.team.after_deadweight") == pytest.approx(240_000)
    assert results.figure("options.team.after_optimism_bias") == pytest.approx(195_000)
    assert results.figure("options.team.cashable_saving") == pytest.approx(117_000)
    assert results.figure(f"{BENEFIT}.cashable_saving_multiplicative") == pytest.approx(122_400)
    assert results.figure("checks.all") == 1


def test_the_share_that_is_claimed_follows_the_convention_of_the_deductions() -> None:
    # 0.80 × 0.85 × 0.60 = 0.408; (1 − 0.20 − 0.15) × 0.60 = 0.39.
    assert with_benefit(**RATES).figure(f"{BENEFIT}.kept_share") == pytest.approx(0.408)
    assert with_benefit(deductions="subtractive", **RATES).figure(f"{BENEFIT}.kept_share") == pytest.approx(0.39)


def test_a_benefit_s_lines_are_handed_on_by_name() -> None:
    benefit = {"id": "fewer", "label": "Fewer", "children": 10, "placements": {"foster": "100%"}, **RATES}
    option = written(case_of(option_of(benefits=[benefit]), placements={"foster": FOSTER})).options[0]
    [found] = option.own.benefits
    names = ("gross_saving", "after_deadweight", "after_optimism_bias", "cashable_saving", "children")
    assert {name: line.address for name, line in found.yearly.items()} == {name: f"{BENEFIT}.{name}" for name in names}
    assert found.other_convention.address == f"{BENEFIT}.cashable_saving_subtractive"


def test_deductions_may_change_over_time() -> None:
    results = with_benefit(
        years=2, cashable=["0%", "50%"], deadweight={"by_month": {"2015-04": "0%", "2016-10": "40%"}}
    )
    # 2016/17: half a year without deadweight, half with 40%: 300,000 × (1 − 0.20) = 240,000; half of it in cash.
    assert results.figures("options.team.after_deadweight") == pytest.approx([300_000, 240_000])
    assert results.figures("options.team.cashable_saving") == pytest.approx([0, 120_000])


def test_benefits_add_up() -> None:
    one = {"id": "one", "label": "One", "children": 2, "placements": {"foster": "100%"}, **NO_DEDUCTIONS}
    two = one | {"id": "two", "children": 0.5, "cashable": "50%"}
    results = results_of(case_of(option_of(benefits=[one, two]), placements={"foster": FOSTER}))
    assert results.figures("options.team.children") == pytest.approx([2.5])
    assert results.figures("options.team.gross_saving") == pytest.approx([75_000])
    assert results.figures("options.team.cashable_saving") == pytest.approx([67_500])


def test_a_case_of_thirty_years_runs_to_its_end() -> None:
    results = with_benefit(years=30, placements={"kin": "100%"})
    # £10,000 raised by 4% 29 times.
    assert results.figures(f"{BENEFIT}.cost_of_a_child")[-1] == pytest.approx(10_000 * 1.04**29)
