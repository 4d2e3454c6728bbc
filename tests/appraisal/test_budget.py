"""MTFS, funding, stages, real terms: worked by hand, and against the Wolverhampton paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import shipped_cases
from budget_cases import case_of, cost, figures, saving
from plain_results import results

from finmodel.appraisal.appraise import Appraisal

INPUTS = Path(__file__).parents[2] / "inputs"


@pytest.fixture(scope="module")
def wolverhampton() -> Appraisal:
    return shipped_cases.appraisal_of("wolverhampton-2015")


def near(expected: Any) -> Any:
    """Alike to far less than a penny: months are summed to years in binary fractions."""
    return pytest.approx(expected, abs=1e-6)


def team(
    costs: list[float], savings: list[float] | None = None, funding: dict[str, Any] | None = None
) -> dict[str, Any]:
    option: dict[str, Any] = {"id": "team", "costs": [cost("posts", costs)]}
    if savings:
        option["benefits"] = [saving("fewer", savings)]
    return option | ({"funding": funding} if funding else {})


def funded(costs: list[float], savings: list[float] | None, **funding: Any) -> tuple[Appraisal, dict[str, Any]]:
    appraisal = case_of(len(costs), team(costs, savings, funding))
    found = results(appraisal)["options"][0]["funding"]
    assert appraisal.checks_hold
    return appraisal, found


# Changes to the base budget


def test_a_one_off_cost_goes_in_and_comes_out_again() -> None:
    once = cost("laptops", 15_000, per="once", start="2016-05")
    appraisal = case_of(4, {"id": "team", "costs": [once]})
    assert figures(appraisal, "options.team.mtfs.costs.laptops.change") == near([0, 15_000, -15_000, 0])
    assert figures(appraisal, "options.team.mtfs.costs.laptops.all_years") == near([0])


def test_changes_to_date_are_the_year_s_net_cost() -> None:
    appraisal = case_of(3, team([30_000, 40_000, 40_000], [0, 50_000, 80_000]))
    assert figures(appraisal, "options.team.mtfs.net_change") == near([30_000, -40_000, -30_000])
    assert figures(appraisal, "options.team.mtfs.closing") == near([30_000, -10_000, -40_000])
    assert figures(appraisal, "options.team.mtfs.opening") == near([0, 30_000, -10_000])
    assert figures(appraisal, "options.team.net_saving") == near([-30_000, 10_000, 40_000])
    assert appraisal.checks_hold


def test_what_the_status_quo_costs_and_saves_falls_away() -> None:
    as_now = {"id": "as-now", "costs": [cost("agency", [100, 120])], "benefits": [saving("some", [5, 5])]}
    appraisal = case_of(2, as_now, team([300, 300], [50, 90]), status_quo="as-now")
    found = results(appraisal)["options"][1]["mtfs"]
    expected = [
        ("CS-01", "growth", [300, 0]),
        ("CS-02", "growth", [-100, -20]),
        ("CS-03", "saving", [-50, -40]),
        ("CS-04", "saving", [5, 0]),
    ]
    assert [(line["reference"], line["kind"]) for line in found["lines"]] == [row[:2] for row in expected]
    for line, (_, _, changes) in zip(found["lines"], expected, strict=True):
        assert line["changes"] == near(changes)
    assert found["lines"][1]["label"] == "Agency, as in business as usual, which falls away"
    assert found["cumulative"] == near([200 - 45, 180 - 85])
    assert results(appraisal)["options"][0]["mtfs"]["lines"] == []  # business as usual changes nothing
    assert appraisal.checks_hold


def test_references_go_on_from_option_to_option_with_the_case_s_own_letters() -> None:
    other = {"id": "other", "costs": [cost("more", 5), cost("less", 4)]}
    appraisal = case_of(1, team([10]), other, mtfs={"prefix": "CH"})
    found = [line["reference"] for option in results(appraisal)["options"] for line in option["mtfs"]["lines"]]
    assert found == ["CH-01", "CH-02", "CH-03"]


# Funding


def test_wolverhampton_pays_from_savings_and_otherwise_from_the_efficiency_reserve(wolverhampton: Appraisal) -> None:
    """Paragraph 4.2. Thirteen children save 520,000; what the posts cost beyond that comes from the reserve."""
    found = next(option for option in results(wolverhampton)["options"] if option["id"] == "peripatetic")
    costs, funding = found["by_year"]["cost"], found["funding"]
    savings, reserve = funding["sources"]
    assert [savings["label"], reserve["label"]] == [
        "Savings within the Looked After Children's Service",
        "Efficiency reserve",
    ]
    assert savings["draw"] == pytest.approx([min(amount, 520_000) for amount in costs])
    assert reserve["draw"] == pytest.approx([max(amount - 520_000, 0) for amount in costs])
    assert reserve["draw"][0] == 0
    assert reserve["limit"] is None
    assert "Efficiency reserve: limit not stated in the paper, so none is set." in funding["flags"]
    assert funding["total_shortfall"] == 0
    assert (funding["repaid_year"], funding["repaid_reason"]) == (None, "no repayment to the reserve is stated")


def test_wolverhampton_s_status_quo_needs_no_funding(wolverhampton: Appraisal) -> None:
    assert results(wolverhampton)["options"][3]["funding"] is None


RESERVE = {"id": "reserve", "label": "Reserve", "kind": "reserve"}
SAVINGS = {"id": "own", "label": "Own savings", "kind": "savings"}


def test_a_reserve_is_drawn_earns_interest_and_is_repaid_from_half_of_what_is_left() -> None:
    """Opening 1,000 at 2%; drawn 600; then half of the saving left, 400 and 800, until the 600 are back."""
    _, found = funded(
        [600, 600, 600],
        [0, 1_000, 1_400],
        sources=[SAVINGS, RESERVE | {"opening": 1_000, "interest": "2%"}],
        repayment={"rule": "share_of_net_saving", "share": "50%"},
    )
    assert found["sources"][0]["draw"] == near([0, 600, 600])
    account = found["reserve"]
    assert account["draw"] == near([600, 0, 0])
    assert account["repayment"] == pytest.approx([0, 200, 400])
    assert account["opening"] == pytest.approx([1_000, 420, 628.4])
    assert account["interest"] == pytest.approx([20, 8.4, 12.568])
    assert account["closing"] == pytest.approx([420, 628.4, 1_040.968])
    assert (found["repaid_year"], found["repaid_reason"]) == ("2017/18", None)
    assert found["lowest_balance"] == pytest.approx(420)
    assert found["flags"] == near([])


def test_a_reserve_that_runs_dry_leaves_a_shortfall_that_is_flagged() -> None:
    _, found = funded([600, 600], None, sources=[RESERVE | {"opening": 1_000}])
    assert found["reserve"]["draw"] == near([600, 400])
    assert found["reserve"]["closing"] == near([400, 0])
    assert found["shortfall"] == near([0, 200])
    assert found["total_shortfall"] == near(200)
    assert found["flags"][0] == "Shortfall: no source pays for £200 in 2016/17."
    assert "Reserve: its balance falls to £0." in found["flags"]


def test_sources_are_drawn_in_order_up_to_their_limits() -> None:
    """A grant of 500 in all and 300 a year; then 100 a year of others; the rest is short."""
    grant = {"id": "grant", "label": "Grant", "kind": "grant", "limit": 500, "limit_a_year": 300}
    other = {"id": "other", "label": "Other", "kind": "other", "limit_a_year": [100, 100, 0]}
    _, found = funded([350, 350, 350], None, sources=[grant, other])
    assert found["sources"][0]["draw"] == near([300, 200, 0])
    assert found["sources"][1]["draw"] == near([50, 100, 0])
    assert [source["total"] for source in found["sources"]] == near([500, 150])
    assert found["sources"][0]["limit"] == 500
    assert found["shortfall"] == near([0, 50, 350])
    assert found["reserve"] is None
    assert found["repaid_reason"] == "there is no reserve among the sources"


def test_a_fixed_repayment_begins_in_its_year_and_stops_when_all_is_back() -> None:
    """Drawn 500; 200 a year from the third: 200, 200, 100."""
    _, found = funded(
        [500, 0, 0, 0, 0],
        [0, 500, 500, 500, 500],
        sources=[RESERVE],
        repayment={"rule": "fixed", "amount": 200, "start": "2017/18"},
    )
    assert found["reserve"]["repayment"] == near([0, 0, 200, 200, 100])
    assert found["reserve"]["outstanding"] == near([500, 500, 300, 100, 0])
    assert found["reserve"]["closing"] is None  # its opening balance is not stated
    assert found["repaid_year"] == "2019/20"


def test_a_repayment_beyond_the_saving_is_flagged() -> None:
    _, found = funded([500, 0], [0, 150], sources=[RESERVE], repayment={"rule": "fixed", "amount": 200})
    assert found["reserve"]["repayment"] == near([200, 200])
    assert any(
        "beyond the saving that is left, by £200 in 2015/16 and £50 in 2016/17" in flag for flag in found["flags"]
    )
    assert found["repaid_year"] is None
    assert found["repaid_reason"] == "not repaid to the reserve in full within the years shown"
    assert "Reserve: £100 of what is drawn is not repaid within the years shown." in found["flags"]


def test_a_reserve_that_is_not_needed_says_so() -> None:
    _, found = funded([100], [100], sources=[SAVINGS, RESERVE], repayment={"rule": "fixed", "amount": 5})
    assert found["repaid_reason"] == "nothing is drawn from the reserve"


def test_what_is_drawn_and_repaid_in_one_year_is_repaid_in_that_year() -> None:
    _, found = funded([0, 100], [0, 300], sources=[RESERVE], repayment={"rule": "share_of_net_saving", "share": "100%"})
    assert found["reserve"]["repayment"] == near([0, 100])
    assert found["repaid_year"] == "2016/17"


def test_only_cashable_savings_pay() -> None:
    option = {"id": "team", "costs": [cost("posts", 100)], "benefits": [saving("fewer", 200, cashable=0.25)]}
    found = results(case_of(1, option, funding={"sources": [SAVINGS]}))["options"][0]["funding"]
    assert found["sources"][0]["draw"] == near([50])
    assert found["shortfall"] == near([50])


# Stages


def test_wolverhampton_s_stages_need_26_children_together(wolverhampton: Appraisal) -> None:
    """Paragraphs 2.2, 4.1 and 4.3: (527,000 + 500,000) ÷ 40,000 = 25.675."""
    found = results(wolverhampton)
    assert [stage["cost_full_year"] for stage in found["stages"]] == [527_000, 500_000]
    assert [stage["children_to_repay"] for stage in found["stages"]] == pytest.approx([13.175, 12.5])
    assert [stage["children_to_repay_whole"] for stage in found["stages"]] == [14, 13]
    together = found["stages_together"]
    assert together["cost_full_year"] == 1_027_000
    assert together["children_to_repay"] == pytest.approx(25.675)
    assert together["children_to_repay_whole"] == 26


@pytest.mark.parametrize(
    ("stated", "counts", "why"),
    [
        ({}, True, "It waits for nothing."),
        ({"passed": False}, False, "It is stated not to go ahead."),
        ({"gate": "Results"}, False, "Whether its gate was passed is not stated, so it does not count."),
        ({"gate": "Results", "passed": False}, False, "Its gate was not passed, so it does not count."),
        ({"gate": "Results", "passed": True}, True, "Its gate was passed."),
    ],
)
def test_a_stage_counts_only_if_its_gate_was_passed(stated: dict[str, Any], counts: bool, why: str) -> None:
    stages = [{"id": "one", "title": "One", "cost": 100}, {"id": "two", "title": "Two", "cost": 60, **stated}]
    found = results(case_of(1, {"id": "team"}, stages=stages, break_even_placement="pound"))
    assert (found["stages"][1]["stated"], found["stages"][1]["note"]) == (counts, why)
    assert found["stages_together"]["cost_full_year"] == (160 if counts else 100)
    assert found["stages_together"]["stages"] == (["one", "two"] if counts else ["one"])


def test_stages_without_a_placement_have_no_number_of_children() -> None:
    found = results(case_of(1, {"id": "team"}, stages=[{"id": "one", "title": "One", "cost": 100}]))
    assert found["stages"][0]["children_to_repay"] is None
    assert found["stages"][0]["reason"] == "the case names no placement to break even in"


# Real terms and value


def priced(price_base: str, **discounting: Any) -> Appraisal:
    return case_of(
        3,
        team([100, 100, 100], [0, 110, 121]),
        price_base=price_base,
        discounting=discounting or {"rate": 0, "deflator": "prices"},
        inflation={"prices": "10%"},
    )


def test_real_figures_are_cash_over_prices() -> None:
    """Prices rise by 10% a year: 110 in the second year are 100 of the first, 121 in the third are 100."""
    found = results(priced("2015/16"))["options"][0]
    assert found["real"]["price_base"] == "2015/16"
    assert found["real"]["cost"] == pytest.approx([100, 100 / 1.1, 100 / 1.21])
    assert found["real"]["cashable_saving"] == pytest.approx([0, 100, 100])
    assert found["real"]["net_saving"] == pytest.approx([-100, 100 - 100 / 1.1, 100 - 100 / 1.21])
    assert found["by_year"]["cost"] == pytest.approx([100, 100, 100])


def test_the_price_base_moves_real_figures_and_present_values_alike() -> None:
    """At the prices of two years before, everything real is ÷ 1.1²; nothing nominal moves."""
    now, before = results(priced("2015/16"))["options"][0], results(priced("2013/14"))["options"][0]
    assert before["real"]["price_base"] == "2013/14"
    assert before["real"]["net_saving"] == pytest.approx([value / 1.21 for value in now["real"]["net_saving"]])
    for name in (
        "net_present_budget_impact",
        "net_present_budget_impact_at_sensitivity",
        "net_present_budget_impact_at_green_book",
    ):
        assert before["measures"][name] == pytest.approx(now["measures"][name] / 1.21)
    assert before["by_year"] == now["by_year"]
    assert "In 2013/14 prices, by the prices." in results(priced("2013/14"))["present_value_basis"]


def test_present_values_at_3_percent_and_at_the_current_schedule_stand_beside() -> None:
    """Real flows −100, 100 − 100/1.1, 100 − 100/1.21, at 3.0% and 3.5%."""
    measures = results(priced("2015/16"))["options"][0]["measures"]
    flows = [-100, 100 - 100 / 1.1, 100 - 100 / 1.21]
    for name, rate in (("at_sensitivity", 0.03), ("at_green_book", 0.035)):
        expected = sum(flow / (1 + rate) ** year for year, flow in enumerate(flows))
        assert measures[f"net_present_budget_impact_{name}"] == pytest.approx(expected)
    assert measures["net_present_budget_impact"] == pytest.approx(sum(flows))


def test_without_a_deflator_nothing_real_is_made_of_cash() -> None:
    found = results(priced("2015/16", rate="3.5%"))["options"][0]
    assert found["real"] is None
    assert found["measures"]["net_present_budget_impact_at_sensitivity"] is None
    assert "no deflator" in found["measures"]["net_present_budget_impact_at_sensitivity_reason"]
    for account, name in (("public_sector", "net_present_public_value"), ("society", "net_present_social_value")):
        for figure in (name, "benefit_cost_ratio"):
            assert found["accounts"][account][figure] is None
            assert "no deflator" in found["accounts"][account][f"{figure}_reason"]
        assert found["accounts"][account]["lines"] == []


def test_the_public_account_counts_savings_that_release_no_cash_and_the_council_s_does_not() -> None:
    option = {
        "id": "team",
        "costs": [cost("posts", [100, 100])],
        "benefits": [saving("fewer", [150, 150], cashable=0.5)],
    }
    found = results(case_of(2, option, discounting={"rate": 0, "deflator": "none"}))["options"][0]
    council, public = found["accounts"]["council"], found["accounts"]["public_sector"]
    assert by_year(council, "net_saving") == near([-25, -25])
    assert by_year(public, "net") == near([50, 50])
    assert council["net_present_budget_impact"] == near(-50)
    assert public["net_present_public_value"] == near(100)
    assert public["benefit_cost_ratio"] == near(1.5)


def by_year(account: dict[str, Any], name: str) -> list[float]:
    """The line of an account by its name."""
    (found,) = (line["by_year"] for line in account["lines"] if line["name"] == name)
    return list(found)


# What business as usual costs


def test_what_business_as_usual_costs_and_saves_in_itself_stands_in_one_place(wolverhampton: Appraisal) -> None:
    as_now = {"id": "as-now", "costs": [cost("agency", [100, 120])], "benefits": [saving("some", [5, 5])]}
    found = results(case_of(2, as_now, team([300, 300]), status_quo="as-now"))["business_as_usual"]
    assert (found["option"], found["priced"]) == ("as-now", True)
    assert [*found["cost"]["by_year"], found["cost"]["total"]] == near([100, 120, 220])
    assert found["cost"]["present_value"] == pytest.approx(100 + 120 / 1.035)
    assert [*found["cashable_saving"]["by_year"], found["cashable_saving"]["total"]] == near([5, 5, 10])
    unpriced = results(wolverhampton)["business_as_usual"]
    assert unpriced["priced"] is False
    assert unpriced["cashable_saving"] is None
    assert "does not say that it costs nothing" in unpriced["note"]
    assert results(case_of(1, team([1])))["business_as_usual"] is None
