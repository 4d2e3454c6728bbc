"""Capital where business as usual spends some too: what the option spends in itself, and then the change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from home_case import HOME, home_case
from small_cases import option_of, written

from finmodel.appraisal.appraise import Appraisal
from finmodel.case import LoadedCase, case_from_data
from finmodel.lines.evaluate import evaluate
from finmodel.report.capital_words import spent
from finmodel.report.financial_implications import narrative_text
from finmodel.report.headline import cost_answer
from finmodel.results.appraised import AppraisalResults, results
from finmodel.results.capital import CapitalResult

Data = dict[str, Any]
NO_PART = "The outlay itself is no part of the cost to revenue."


def home(amount: int, start: str = "2026-04", capital: str = "receipts") -> Data:
    return HOME | {"amount": amount, "start": start, "capital": capital}


def found(own: Data, usual: Data | None) -> AppraisalResults:
    before = option_of("usual", role="business_as_usual", **({} if usual is None else {"costs": [usual]}))
    data = home_case(option_of(costs=[own]), before)
    model = written(data)
    return results(Appraisal(LoadedCase(case_from_data(data), Path(), ()), model, evaluate(model.model)))


def capital_of(given: AppraisalResults) -> CapitalResult:
    capital = given.options[0].capital
    assert capital is not None
    return capital


@pytest.mark.parametrize(
    ("own", "usual", "said"),
    [
        # 600,000 − 500,000 is 100,000 more.
        (home(600_000), home(500_000), "The change from business as usual is £100,000 more in 2026/27"),
        # 600,000 in the first year, 500,000 not spent in the second.
        (
            home(600_000),
            home(500_000, "2027-04"),
            "The change from business as usual is £600,000 more in 2026/27 and £500,000 less in 2027/28, "
            "£100,000 more in all",
        ),
        # The same home a year sooner: nothing in all.
        (
            home(600_000),
            home(600_000, "2027-04"),
            "The change from business as usual is £600,000 more in 2026/27 and £600,000 less in 2027/28, nothing in all",
        ),
    ],
)
def test_the_options_own_capital_stands_before_the_change(own: Data, usual: Data, said: str) -> None:
    given = found(own, usual)
    assert spent(capital_of(given), given.years) == (
        f"Capital of £600,000 is spent in 2026/27. {said}, from capital receipts. {NO_PART}"
    )


def test_an_option_that_spends_less_says_that_it_spends_none() -> None:
    given = found(home(600_000) | {"amount": 0}, home(500_000))
    assert spent(capital_of(given), given.years) == (
        "No capital is spent. The change from business as usual is £500,000 less in 2026/27, from capital receipts. "
        f"{NO_PART}"
    )


def test_two_sources_of_which_one_falls_are_more_and_less() -> None:
    given = found(home(600_000, capital="grant"), home(500_000))
    assert "£500,000 less from capital receipts and £600,000 more from a capital grant" in spent(
        capital_of(given), given.years
    )


def test_without_capital_of_business_as_usual_the_change_is_not_named() -> None:
    given = found(home(600_000), None)
    assert (
        spent(capital_of(given), given.years)
        == f"Capital of £600,000 is spent in 2026/27, from capital receipts. {NO_PART}"
    )
    assert "Capital of £600,000 is needed in 2026/27, from capital receipts." in narrative_text(given, 10_000)


def test_answer_and_funding_say_which_of_the_two_they_give() -> None:
    given = found(home(600_000), home(500_000))
    option = given.options[0]
    assert cost_answer(option, given).large == "£600,000"
    expected = "Capital of £100,000 more than would otherwise be spent is needed in 2026/27, from capital receipts."
    assert expected in narrative_text(given, 10_000)
