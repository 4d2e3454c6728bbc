"""The three accounts of an option, worked by hand on one home that is paid for in three ways."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from home_case import HOME, ONE_CHILD, RUNNING, WAYS, home, home_case
from plain_results import results
from small_cases import Data, option_of

from finmodel.appraisal.appraise import appraise
from finmodel.case import LoadedCase, case_from_data

FACTORS = [1, 1 / 1.035, 1 / 1.035**2, 1 / 1.035**3]
PENNY = 0.005


def found(data: Data) -> dict[str, Any]:
    return results(appraise(LoadedCase(case_from_data(data), Path(), ())))


def accounts(data: Data, which: int = 0) -> dict[str, Any]:
    """The accounts of an option, the first unless another is named."""
    given: dict[str, Any] = found(data)["options"][which]["accounts"]
    return given


@cache
def three_ways() -> dict[str, Any]:
    return {option["id"]: option for option in found(home_case())["options"]}


def by_year(account: dict[str, Any], name: str) -> list[float]:
    """A line of an account by its name."""
    (line,) = (line for line in account["lines"] if line["name"] == name)
    return list(line["by_year"])


def names(account: dict[str, Any]) -> list[str]:
    return [line["name"] for line in account["lines"]]


@pytest.mark.parametrize("way", WAYS)
def test_the_way_of_paying_moves_neither_public_nor_social_value(way: str) -> None:
    given = three_ways()[way]["accounts"]
    # 50,000 × (1 + 1/1.035 + 1/1.035² + 1/1.035³) − 600,000, and 100,000 × the same ÷ (600,000 + 50,000 × the same).
    value, ratio = 50_000 * sum(FACTORS) - 600_000, 100_000 * sum(FACTORS) / (600_000 + 50_000 * sum(FACTORS))
    assert (round(value), round(ratio, 2)) == (-409_918, 0.48)
    assert given["public_sector"]["net_present_public_value"] == pytest.approx(value, abs=PENNY)
    assert given["society"]["net_present_social_value"] == pytest.approx(value, abs=PENNY)
    for account in ("public_sector", "society"):
        assert given[account]["benefit_cost_ratio"] == pytest.approx(ratio)
        assert by_year(given[account], "cost") == pytest.approx([650_000, 50_000, 50_000, 50_000])
        assert by_year(given[account], "gain") == pytest.approx([100_000] * 4)
        assert by_year(given[account], "net") == pytest.approx([-550_000, 50_000, 50_000, 50_000])
        assert not {"mrp", "interest"} & set(names(given[account]))


def test_the_council_s_account_of_a_borrowed_home() -> None:
    council = three_ways()["borrowed"]["accounts"]["council"]
    # MRP 600,000 ÷ 25 from the second year; interest of 5% on 600,000, 600,000, 576,000 and 552,000.
    assert by_year(council, "mrp") == pytest.approx([0, 24_000, 24_000, 24_000], abs=PENNY)
    assert by_year(council, "interest") == pytest.approx([30_000, 30_000, 28_800, 27_600])
    assert by_year(council, "cost") == pytest.approx([80_000, 104_000, 102_800, 101_600])
    assert by_year(council, "net_saving") == pytest.approx([20_000, -4_000, -2_800, -1_600])
    # 20,000 − 4,000 ÷ 1.035 − 2,800 ÷ 1.035² − 1,600 ÷ 1.035³
    assert council["net_present_budget_impact"] == pytest.approx(12_078.33, abs=PENNY)
    # 600,000 + 80,000; then 80,000, 78,800 and 77,600: interest is spent, MRP is not.
    assert by_year(council, "money_spent") == pytest.approx([680_000, 80_000, 78_800, 77_600])
    assert by_year(council, "net_position") == pytest.approx([-580_000, 20_000, 21_200, 22_400])


@pytest.mark.parametrize(
    ("way", "cost", "impact"), [("receipts", 50_000, 190_081.85), ("revenue", 650_000, -409_918.15)]
)
def test_the_budget_bears_what_the_way_of_paying_puts_on_it(way: str, cost: float, impact: float) -> None:
    council = three_ways()[way]["accounts"]["council"]
    assert by_year(council, "cost") == pytest.approx([cost, 50_000, 50_000, 50_000])
    # 50,000 × 3.801637 = 190,081.85; less 600,000 where revenue pays for the home.
    assert council["net_present_budget_impact"] == pytest.approx(impact, abs=PENNY)


def test_in_no_way_of_paying_is_the_home_paid_back_in_four_years() -> None:
    for way, option in three_ways().items():
        council = option["accounts"]["council"]
        assert council["payback"]["month"] is None, way
        assert council["payback"]["reason"] == "not paid back within the years shown", way
        # The outlay in April and what else is spent in that month, less what is saved in it.
        interest = 30_000 / 12 if way == "borrowed" else 0
        assert council["peak_exposure"]["amount"] == pytest.approx(600_000 + 50_000 / 12 + interest - 100_000 / 12)
        assert council["peak_exposure"]["month"] == "2026-04"
    assert three_ways()["borrowed"]["accounts"]["council"]["revenue_payback"]["month"] == "2026-04"


def test_payback_is_of_all_money_spent_and_apart_of_the_revenue_budget() -> None:
    costs = [{**HOME, "amount": 120_000, "capital": "funded"}, {**RUNNING, "amount": 20_000}]
    (option,) = found(home_case(option_of("small", costs=costs, benefits=[ONE_CHILD])))["options"]
    # 100,000 − 20,000 is 6,666.67 a month: 120,000 is back at the end of month 18, September 2027.
    assert option["measures"]["payback"]["month"] == "2027-09"
    assert option["measures"]["payback"]["years_from_start"] == pytest.approx(1.5)
    assert option["measures"]["revenue_payback"]["month"] == "2026-04"
    assert option["measures"]["peak_exposure"]["amount"] == pytest.approx(120_000 - 80_000 / 12)
    assert option["measures"]["revenue_peak_exposure"]["amount"] == 0
    # By years, discounted: −40,000, then 80,000 ÷ 1.035: a part 40,000 × 1.035 ÷ 80,000 of the first year after year 0.
    assert option["measures"]["discounted_payback"]["years"] == pytest.approx(40_000 * 1.035 / 80_000)


def test_a_gift_in_kind_costs_the_public_sector_and_not_this_council() -> None:
    nurse = {**RUNNING, "id": "nurse", "label": "Nurse", "amount": 40_000, "in_kind": "NHS trust"}
    given = accounts(home_case(option_of("gift", costs=[RUNNING, nurse], benefits=[ONE_CHILD])))
    assert by_year(given["council"], "cost") == pytest.approx([50_000] * 4)
    assert by_year(given["public_sector"], "in_kind") == pytest.approx([40_000] * 4)
    # (100,000 − 50,000 − 40,000) × 3.801637
    assert given["public_sector"]["net_present_public_value"] == pytest.approx(10_000 * sum(FACTORS), abs=PENNY)


def test_a_saving_counts_for_the_public_sector_whoever_gains_it_and_whether_or_not_it_releases_cash() -> None:
    half = {**ONE_CHILD, "deadweight": "20%", "optimism_bias": "25%", "cashable": "50%"}
    theirs = {**half, "id": "theirs", "body": "NHS"}
    given = accounts(home_case(option_of("shared", costs=[RUNNING], benefits=[half, theirs])))
    # Each: 100,000 × 80% × 75% = 60,000, of which this council's 30,000 is cash.
    assert by_year(given["council"], "cashable_saving") == pytest.approx([30_000] * 4)
    assert by_year(given["public_sector"], "saving") == pytest.approx([120_000] * 4)
    assert given["public_sector"]["benefit_cost_ratio"] == pytest.approx(120_000 / 50_000)
    assert given["council"]["cashable_saving_per_pound"] == pytest.approx(30_000 / 50_000)


def test_the_real_accounts_take_inflation_out_and_the_council_s_does_not() -> None:
    dearer = {**RUNNING, "inflation": "prices"}
    case = home_case(
        option_of("rising", costs=[dearer], benefits=[ONE_CHILD]),
        years=2,
        inflation={"prices": "10%"},
        discounting={"rate": "5%", "deflator": "prices"},
    )
    given = accounts(case)
    assert by_year(given["council"], "cost") == pytest.approx([50_000, 55_000])
    assert by_year(given["public_sector"], "cost") == pytest.approx([50_000, 50_000])
    assert by_year(given["public_sector"], "gain") == pytest.approx([100_000, 100_000 / 1.1])
    # 50,000 + (100,000 ÷ 1.1 − 50,000) ÷ 1.05; the council's cash is discounted by 1.05 × 1.1, and so comes to the same.
    value = 50_000 + (100_000 / 1.1 - 50_000) / 1.05
    assert given["public_sector"]["net_present_public_value"] == pytest.approx(value, abs=PENNY)
    assert given["council"]["net_present_budget_impact"] == pytest.approx(50_000 + 45_000 / (1.05 * 1.1), abs=PENNY)


def test_every_account_is_the_change_from_the_status_quo() -> None:
    as_now = option_of("as-now", costs=[{**RUNNING, "amount": 30_000, "in_kind": "NHS trust"}])
    case = home_case(as_now, home("borrowed"), status_quo="as-now")
    # The gift that going on as now has falls away: 650,000 − 30,000, then 50,000 − 30,000.
    public = accounts(case, 1)["public_sector"]
    assert by_year(public, "cost") == pytest.approx([620_000, 20_000, 20_000, 20_000])


def test_drawing_on_a_reserve_and_repaying_it_are_in_no_account() -> None:
    funding = {
        "sources": [{"id": "reserve", "label": "Reserve", "kind": "reserve", "opening": 900_000}],
        "repayment": {"rule": "fixed", "amount": 10_000},
    }
    (drawn,) = found(home_case(home("revenue", funding=funding)))["options"]
    assert sum(drawn["funding"]["reserve"]["draw"]) == pytest.approx(800_000)
    assert sum(drawn["funding"]["reserve"]["repayment"]) > 0
    assert drawn["accounts"] == accounts(home_case(home("revenue")))
