"""What the budget's words keep apart: own cost and change, reduction and growth avoided, movements and balances."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from home_case import ONE_CHILD, RUNNING, home_case
from small_cases import Data, option_of

from finmodel.appraisal.appraise import appraise
from finmodel.case import LoadedCase, case_from_data
from finmodel.document.table import Cell
from finmodel.report.financial_implications import left_blank, narrative_text
from finmodel.report.headline import cost_answer
from finmodel.report.reserve_table import NO_BALANCE, note_on_balance, reserve_rows
from finmodel.results.appraised import AppraisalResults, results
from finmodel.results.funding import FundingResult


def found(*options: Data, **names: Any) -> AppraisalResults:
    return results(appraise(LoadedCase(case_from_data(home_case(*options, **names)), Path(), ())))


def test_a_stated_cost_beside_a_change_from_business_as_usual_says_which_is_which() -> None:
    """£50,000 a year in itself; £40,000 more than business as usual's £10,000; the authors state £45,000."""
    stated = {"amount": 45_000, "year": "2026/27"}
    usual = option_of("now", costs=[RUNNING | {"amount": 10_000}])
    given = found(usual, option_of(costs=[RUNNING], stated_cost=stated), status_quo="now")
    answer = cost_answer(given.options[1], given)
    assert answer.large == "£40,000"
    assert answer.sentences[:2] == (
        "The authors state £45,000; as priced here it is £50,000, £5,000 more.",
        "The £50,000 is the option’s own cost, at the rates of 2026/27; the £40,000 is the change from business as usual, "
        "at the rates of 2026/27.",
    )
    alone = found(option_of(costs=[RUNNING], stated_cost=stated))
    assert not any("own cost" in text for text in cost_answer(alone.options[0], alone).sentences)


def test_years_apart_are_named_where_there_is_no_business_as_usual() -> None:
    """The cost of £50,000 rises by 5%: £52,500 in the year that the authors state."""
    stated = {"amount": 45_000, "year": "2027/28"}
    rising = RUNNING | {"inflation": "g"}
    option = option_of(costs=[rising], stated_cost=stated)
    given = found(option, inflation={"g": "5%"}, discounting={"rate": "6%"})
    assert cost_answer(given.options[0], given).sentences[1] == (
        "The £52,500 is at the rates of 2027/28; the £50,000 is at the rates of 2026/27."
    )


def test_what_is_cashable_is_split_into_what_reduces_the_budget_and_what_avoids_growth() -> None:
    """£100,000 a year for four years, a quarter of which reduces today's budget: £100,000 and £300,000."""
    given = found(option_of(costs=[RUNNING], benefits=[ONE_CHILD | {"budget_reduction": "25%"}]))
    option = given.options[0]
    assert "Of this £100,000 reduces existing budgets and £300,000 avoids growth." in narrative_text(given, 10_000)
    parts = option.mtfs.parts
    assert sum(part.saved for part in parts.values()) == option.measures.value("total_saving")
    assert all(given.figure(part.saved_address) == part.saved for part in parts.values())
    undecided = found(option_of(costs=[RUNNING], benefits=[ONE_CHILD]))
    assert "reduces existing budgets" not in narrative_text(undecided, 10_000)
    assert "whether savings reduce existing budgets or avoid growth" in left_blank(undecided)


def reserve(**names: Any) -> FundingResult:
    source = {"id": "reserve", "label": "Reserve", "kind": "reserve", **names}
    given = found(option_of(costs=[RUNNING], funding={"sources": [source]}))
    funding = given.options[0].funding
    assert funding is not None
    return funding


def test_a_reserve_whose_balance_is_not_stated_shows_its_movements_and_no_balance() -> None:
    """£50,000 a year is drawn and none repaid: 50, 100, 150 and 200 thousand outstanding, of a balance nobody knows."""
    funding = reserve()
    account = funding.reserve
    assert account is not None
    assert [row.header for row in reserve_rows(account)] == [
        "Drawn",
        "Interest",
        "Repaid",
        "Drawn and not repaid, at the end of the year",
    ]
    assert list(reserve_rows(account))[-1].cells == (
        Cell("£50,000"),
        Cell("£100,000"),
        Cell("£150,000"),
        Cell("£200,000"),
    )
    assert note_on_balance(account) == NO_BALANCE
    assert account.opening is account.closing is funding.lowest_balance is None
    assert account.balance_reason == "the balance of the reserve is not stated"


def test_interest_on_a_balance_that_is_not_stated_has_no_figure() -> None:
    account = reserve(interest="2%").reserve
    assert account is not None
    assert account.interest is None
    assert "Interest" not in [row.header for row in reserve_rows(account)]
    stated = reserve(interest="2%", opening=1_000_000).reserve
    assert stated is not None
    assert stated.interest is not None
    assert stated.interest[0] == 20_000
    assert [row.header for row in reserve_rows(stated)][-1] == "Closing balance"
    assert note_on_balance(stated) == ""
