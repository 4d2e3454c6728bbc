"""A cost without a full year says why: it is met once, or it follows those who enter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from home_case import HOME, RUNNING, home_case
from small_cases import option_of, written

from finmodel.appraisal.appraise import Appraisal
from finmodel.case import LoadedCase, case_from_data
from finmodel.lines.evaluate import evaluate
from finmodel.report.headline import answers, cost_answer
from finmodel.report.page_tables import posts
from finmodel.results.appraised import AppraisalResults, results

Data = dict[str, Any]
COHORTS: Data = {
    **RUNNING,
    "id": "support",
    "label": "Support",
    "amount": 1_000,
    "units": {"name": "families", "entering": 10, "per": "year", "shares": ["100%", "50%"]},
}
ONCE = "Costs that are met once are in that total, not in the full year."
ENTER = "Costs that follow those who enter, year by year, are in that total too: no year is a full one."


def found(*costs: Data, **names: Any) -> AppraisalResults:
    data = home_case(option_of(costs=list(costs)), **names)
    model = written(data)
    return results(Appraisal(LoadedCase(case_from_data(data), Path(), ()), model, evaluate(model.model)))


@pytest.mark.parametrize(
    ("costs", "said"), [([HOME], [ONCE]), ([COHORTS], [ENTER]), ([HOME, COHORTS], [ONCE, ENTER]), ([], [])]
)
def test_the_answer_says_what_is_not_in_the_full_year(costs: list[Data], said: list[str]) -> None:
    given = found(RUNNING, *costs)
    sentences = cost_answer(given.options[0], given).sentences
    assert [text for text in sentences if text in (ONCE, ENTER)] == said


def test_the_table_and_the_results_have_the_reason_in_place_of_the_figure() -> None:
    given = found(HOME, COHORTS)
    assert [cost.full_year_effect_reason for cost in given.options[0].costs] == [
        "it is met once",
        "it follows those who enter, year by year since they did, so no year of it is a full one",
    ]
    rows = [row for row in posts(given)[0].rows if row.header == "Full-year effect"]
    assert [(row.cells[0].text, row.note.split(",")[0]) for row in rows] == [
        ("No figure", "It is met once."),
        ("No figure", "It follows those who enter"),
    ]


def test_cohorts_alone_are_not_said_to_be_no_cost_that_recurs() -> None:
    given = found(COHORTS)
    said = cost_answer(given.options[0], given).sentences
    assert "No cost recurs." not in said
    assert "What recurs follows those who enter, so no year is a full one." in said


def test_the_lead_has_what_it_is_worth_to_the_budget_and_to_the_public_sector() -> None:
    """£600,000 in April 2026, at 3.5% from the year after: −£600,000 to both; without a deflator none to the second."""
    given = found(HOME)
    said = answers(given.options[0], given)[2].sentences[-1]
    assert said == (
        "In present values it changes this council’s revenue budget by −£600,000, and is worth −£600,000 to the public "
        "sector as a whole."
    )
    given = found(HOME, discounting={"rate": "3.5%"})
    option = given.options[0]
    said = answers(option, given)[2].sentences[-1]
    assert "what it is worth to the public sector has no figure: " in said
    assert option.measures.reason("net_present_public_value") in said
