"""What holds of the budget whatever the figures: the table foots, the account closes, nothing is drawn twice."""

from __future__ import annotations

import math
from typing import Any

import pytest
from budget_cases import case_of, cost, saving
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_results import results, typed

from finmodel.report.mtfs_table import mtfs_table

YEARS = 4
amounts = st.lists(st.integers(0, 2_000_000_00).map(lambda pence: pence / 100), min_size=YEARS, max_size=YEARS)
items = st.lists(amounts, max_size=3)


@st.composite
def an_option(draw: st.DrawFn, name: str) -> dict[str, Any]:
    costs = [cost(f"cost-{place}", values) for place, values in enumerate(draw(items))]
    if draw(st.booleans()):
        month = f"{2015 + draw(st.integers(0, YEARS - 1))}-{draw(st.integers(4, 12)):02d}"
        costs.append(cost("once", draw(st.integers(1, 100_000)), per="once", start=month))
    cashable = draw(st.sampled_from([1, 0.5, 0.3]))
    # Children are ten million at most, so a saving at £1 a child stays below that.
    benefits = [saving(f"saving-{place}", values, cashable) for place, values in enumerate(draw(items))]
    return {"id": name, "costs": costs, "benefits": benefits}


@st.composite
def fundings(draw: st.DrawFn) -> dict[str, Any]:
    maybe = st.none() | st.integers(0, 1_000_000)
    kinds = draw(st.permutations(["savings", "reserve", "grant", "other"]))[: draw(st.integers(1, 4))]
    sources = []
    for kind in kinds:
        source: dict[str, Any] = {"id": kind, "label": kind.capitalize(), "kind": kind}
        stated = {"limit": draw(maybe), "limit_a_year": draw(maybe)}
        if kind == "reserve":
            stated |= {"opening": draw(maybe), "interest": draw(st.sampled_from([None, "2%"]))}
        sources.append(source | {key: value for key, value in stated.items() if value is not None})
    found: dict[str, Any] = {"sources": sources}
    if "reserve" in kinds:
        rules = [
            {"rule": "none"},
            {"rule": "share_of_net_saving", "share": "60%"},
            {"rule": "fixed", "amount": 120_000, "start": "2016/17"},
        ]
        found["repayment"] = draw(st.sampled_from(rules))
    return found


@settings(max_examples=20, deadline=None)
@given(an_option("as-now"), an_option("team"), st.booleans())
def test_mtfs_lines_foot_to_the_yearly_figures(as_now: dict[str, Any], team: dict[str, Any], status_quo: bool) -> None:
    appraisal = case_of(YEARS, as_now, team, **({"status_quo": "as-now"} if status_quo else {}))
    found = results(appraisal)
    assert appraisal.checks_hold
    for option in found["options"]:
        mtfs, by_year = option["mtfs"], option["by_year"]
        for kind, figure, sign in (("growth", "cost", 1), ("saving", "cashable_saving", -1)):
            lines = [line["changes"] for line in mtfs["lines"] if line["kind"] == kind]
            for year in range(YEARS):
                to_date = math.fsum(change for changes in lines for change in changes[: year + 1])
                assert to_date == pytest.approx(sign * by_year[figure][year], abs=1e-5)
        for line in mtfs["lines"]:
            assert line["total"] == pytest.approx(math.fsum(line["changes"]), abs=1e-6)
        assert mtfs["cumulative"] == pytest.approx([-value for value in by_year["net_saving"]], abs=1e-5)
        assert mtfs["total"]["total"] == pytest.approx(mtfs["cumulative"][-1], abs=1e-5)
        bridge = mtfs["bridge"]
        for year in range(YEARS):
            closing = bridge["opening"][year] + bridge["growth"][year] + bridge["saving"][year]
            assert bridge["closing"][year] == pytest.approx(closing, abs=1e-5)


@settings(max_examples=20, deadline=None)
@given(an_option("team"), st.sampled_from(["pounds", "thousands"]), st.booleans())
def test_a_table_foots_as_printed_or_says_that_it_does_not(
    team: dict[str, Any], shown_in: str, total_as_printed: bool
) -> None:
    found = results(case_of(YEARS, team))
    table = mtfs_table(typed(found).options[0].mtfs, found["years"], shown_in, total_as_printed=total_as_printed)

    def read(text: str) -> int:
        digits = int(text.strip("()").replace(",", ""))
        return -digits if text.startswith("(") else digits

    for row in table.rows:
        if row.total and sum(map(read, row.cells)) != read(row.total):
            assert table.note == "Figures may not sum because of rounding."
    for place, year in enumerate(found["years"]):
        subtotals = sum(read(row.cells[place]) for row in table.rows if row.kind == "subtotal")
        net = next(row for row in table.rows if row.kind == "total")
        if subtotals != read(net.cells[place]):
            assert table.note == "Figures may not sum because of rounding.", year


@settings(max_examples=30, deadline=None)
@given(an_option("team"), fundings())
def test_funding_comes_to_the_cost_and_the_reserve_closes_each_year(
    team: dict[str, Any], funding: dict[str, Any]
) -> None:
    appraisal = case_of(YEARS, team | {"funding": funding})
    assert appraisal.checks_hold
    option = results(appraisal)["options"][0]
    found, by_year = option["funding"], option["by_year"]
    for year in range(YEARS):
        drawn = math.fsum(source["draw"][year] for source in found["sources"])
        assert drawn + found["shortfall"][year] == pytest.approx(by_year["cost"][year], abs=1e-5)
    for source, stated in zip(found["sources"], funding["sources"], strict=True):
        assert min(source["draw"]) >= 0
        assert source["total"] <= stated.get("limit", math.inf) + 1e-5
        assert max(source["draw"]) <= stated.get("limit_a_year", math.inf) + 1e-5
        if stated["kind"] == "savings":
            assert all(d <= s + 1e-5 for d, s in zip(source["draw"], by_year["cashable_saving"], strict=True))
    assert (found["total_shortfall"] > 0.005) == any(flag.startswith("Shortfall") for flag in found["flags"]) or (
        found["total_shortfall"] < 0.05
    )
    account = found["reserve"]
    if account is None:
        return
    stated = next(source for source in funding["sources"] if source["kind"] == "reserve")
    owed = 0.0
    for year in range(YEARS):
        owed += account["draw"][year] - account["repayment"][year]
        assert account["outstanding"][year] == pytest.approx(owed, abs=1e-5)
        assert account["repayment"][year] >= 0
        assert account["outstanding"][year] >= -1e-6
    if "opening" not in stated:
        assert account["opening"] is account["closing"] is found["lowest_balance"] is None
    else:
        balance = stated["opening"]
        for year in range(YEARS):
            assert account["opening"][year] == pytest.approx(balance, abs=1e-5)
            balance += account["interest"][year] - account["draw"][year] + account["repayment"][year]
            assert account["closing"][year] == pytest.approx(balance, abs=1e-5)
            assert account["closing"][year] >= -1e-5
        assert found["lowest_balance"] == pytest.approx(min(account["closing"]))
    assert (found["repaid_year"] is None) == bool(found["repaid_reason"])
