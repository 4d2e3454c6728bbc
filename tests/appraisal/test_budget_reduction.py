"""What reduces today's budget, and what avoids growth that is not in it: worked by hand, at £1 a child a year."""

from __future__ import annotations

from typing import Any

import pytest
from budget_cases import case_of, cost, figures, saving
from plain_results import results, typed

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.plausibility import worked
from finmodel.report.mtfs_table import mtfs_table

Data = dict[str, Any]


def team(*benefits: Data, savings: tuple[Data, ...] = ()) -> Data:
    return {"id": "team", "costs": [cost("posts", 1)], "benefits": list(benefits), "savings": list(savings)}


def mtfs(appraisal: Appraisal, option: int = 0) -> Data:
    found: Data = results(appraisal)["options"][option]["mtfs"]
    return found


def by_part(appraisal: Appraisal, option: int = 0) -> dict[str, list[float]]:
    """The level of each part of the savings by year: changes to date, a saving above zero."""
    found = {}
    for part, given in mtfs(appraisal, option)["parts"].items():
        changes = given["changes"]
        found[part] = [pytest.approx(-sum(changes[: n + 1]), abs=1e-9) for n in range(len(changes))]
    return found


def test_a_saving_states_how_much_of_it_reduces_today_s_budget() -> None:
    """£100 and £200 a year, of which 60% reduces the budget: £60 and £120; £40 and £80 avoid growth."""
    appraisal = case_of(2, team({**saving("fewer", [100, 200]), "budget_reduction": "60%"}))
    assert by_part(appraisal) == {"reduction": [60, 120], "avoided_growth": [40, 80]}
    assert figures(appraisal, "options.team.cashable_saving") == pytest.approx([100, 200])
    assert appraisal.checks_hold


def test_a_share_may_change_by_year() -> None:
    appraisal = case_of(2, team({**saving("fewer", [100, 100]), "budget_reduction": ["0%", "100%"]}))
    assert by_part(appraisal) == {"reduction": [0, 100], "avoided_growth": [100, 0]}


def test_the_children_in_care_decide_what_is_growth() -> None:
    """10 today, then 12 and 14. Three fewer: all below today's ten; then 2 of the 12 avoid growth; then all 3 do."""
    appraisal = case_of(3, team(saving("fewer", 3)), children_in_care=[10, 12, 14])
    assert by_part(appraisal) == {"reduction": [3, 1, 0], "avoided_growth": [0, 2, 3]}


def test_children_are_counted_after_deadweight_and_optimism_bias() -> None:
    """Six claimed, half of them anyway, a third off for optimism: 6 × 50% × 2/3 = 2, who are all growth of 2 in year 2."""
    claim = {**saving("fewer", 6), "deadweight": "50%", "optimism_bias": 1 / 3}
    appraisal = case_of(2, team(claim), children_in_care=[10, 12])
    assert by_part(appraisal) == {"reduction": [2, 0], "avoided_growth": [0, 2]}


def test_two_claims_share_the_growth_in_proportion() -> None:
    """3 + 1 = 4 fewer against growth of 1: a quarter of each avoids growth."""
    appraisal = case_of(2, team(saving("fewer", 3), saving("more", 1)), children_in_care=[10, 11])
    found = [(line["part"], line["label"], line["changes"][1]) for line in mtfs(appraisal)["lines"] if line["part"]]
    assert found == [
        ("reduction", "Fewer", pytest.approx(0.75)),  # 3 − 0.75 is 0.75 less than 3, a pressure
        ("reduction", "More", pytest.approx(0.25)),
        ("avoided_growth", "Fewer: growth avoided", pytest.approx(-0.75)),
        ("avoided_growth", "More: growth avoided", pytest.approx(-0.25)),
    ]


def test_a_number_in_care_that_does_not_grow_makes_every_child_fewer_a_reduction() -> None:
    for number in (10, [10, 9, 8]):
        appraisal = case_of(3, team(saving("fewer", 3)), children_in_care=number)
        assert by_part(appraisal) == {"reduction": [3, 3, 3]}


def test_what_nothing_decides_is_printed_apart_and_income_is_not_asked() -> None:
    grant = {
        **{name: value for name, value in saving("grant", 0).items() if name not in ("children", "placements")},
        "kind": "income",
        "per": "year",
        "income": {"amount": 5, "price_base": "2015/16", "inflation": "none"},
    }
    appraisal = case_of(1, team(saving("fewer", 3), savings=(grant,)))
    assert by_part(appraisal) == {"reduction": [5], "not_stated": [3]}


def test_growth_is_cashable_up_to_what_the_base_budget_holds() -> None:
    """Growth avoided £0, £2 and £3 (as above) against £0, £1 and £5 in the budget: £1 of year 2 releases no cash."""
    given = {"children_in_care": [10, 12, 14], "growth_in_base_budget": [0, 1, 5]}
    appraisal = case_of(3, team(saving("fewer", 3)), **given)
    assert figures(appraisal, "options.team.cashable_saving") == pytest.approx([3, 2, 3])
    assert figures(appraisal, "options.team.own.beyond_base_budget") == pytest.approx([0, 1, 0])
    assert by_part(appraisal) == {"reduction": [3, 1, 0], "avoided_growth": [0, 1, 3]}
    assert mtfs(appraisal)["lines"][-1]["label"] == "Growth avoided beyond what the base budget holds"
    assert appraisal.checks_hold
    # It is saved all the same: whoever counts what is not cash counts it.
    assert figures(appraisal, "options.team.accounts.public_sector.saving") == pytest.approx([3, 3, 3])


def test_the_limit_is_that_of_the_year_and_not_of_a_month() -> None:
    """£100 a year from October: £50 in the year, £40 in the budget. Each of the six months keeps 40 ÷ 50 of its £8.33."""
    claim = {**saving("fewer", 100), "start": "2015-10", "budget_reduction": "0%"}
    appraisal = case_of(1, team(claim), growth_in_base_budget=40)
    assert figures(appraisal, "options.team.cashable_saving") == pytest.approx([40])
    months = figures(appraisal, "options.team.monthly.cashable_saving")
    assert months == pytest.approx([0] * 6 + [100 / 12 * 0.8] * 6)


def test_without_the_growth_in_the_budget_nothing_is_limited_and_it_is_asked_for() -> None:
    """Growth avoided: 2 × £250,000 in the second year."""
    price = {"label": "Care", "unit_cost": 250_000, "per": "year", "price_base": "2015/16", "inflation": "none"}
    given: Data = {"children_in_care": [10, 12], "placements": {"pound": price}}
    appraisal = case_of(2, team(saving("fewer", 3)), **given)
    assert figures(appraisal, "options.team.cashable_saving") == pytest.approx([750_000, 750_000])
    asked = [finding for finding in worked(appraisal) if "avoids growth" in finding.what]
    assert [finding.address for finding in asked] == [("options", 0)]
    assert "£500,000 of its cashable saving avoids growth" in asked[0].what
    assert "`growth_in_base_budget`" in asked[0].remedy
    stated = case_of(2, team(saving("fewer", 3)), **given, growth_in_base_budget=[0, 600_000])
    assert not [finding for finding in worked(stated) if "avoids growth" in finding.what]


def test_what_business_as_usual_saves_falls_away_in_its_own_part() -> None:
    """As now saves £5, of which £2 avoids growth; the team saves £9 that reduces the budget."""
    as_now = {"id": "as-now", "benefits": [{**saving("some", 5), "budget_reduction": "60%"}]}
    other = team({**saving("fewer", 9), "budget_reduction": "100%"})
    appraisal = case_of(1, as_now, other, status_quo="as-now")
    assert by_part(appraisal, 1) == {"reduction": [9 - 3], "avoided_growth": [-2]}
    assert appraisal.checks_hold


def test_the_table_prints_the_parts_with_a_total_each() -> None:
    appraisal = case_of(2, team({**saving("fewer", [1000, 2000]), "budget_reduction": "60%"}))
    table = mtfs_table(typed(results(appraisal)).options[0].mtfs, ["2015/16", "2016/17"])
    assert [(row.reference, row.label, row.cells, row.total) for row in table.rows if row.kind != "growth"] == [
        ("", "Growth", ("1", "0"), "1"),
        ("CS-02", "Fewer", ("(600)", "(600)"), "(1,200)"),
        ("", "Savings and income that reduce today's budget", ("(600)", "(600)"), "(1,200)"),
        ("CS-03", "Fewer: growth avoided", ("(400)", "(400)"), "(800)"),
        ("", "Growth avoided", ("(400)", "(400)"), "(800)"),
        ("", "Savings", ("(1,000)", "(1,000)"), "(2,000)"),
        ("", "Net change", ("(999)", "(1,000)"), "(1,999)"),
        ("", "Cumulative change", ("(999)", "(1,999)"), ""),
    ]
    assert table.note == ""
