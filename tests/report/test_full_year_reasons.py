"""A cost without a full year says why: it is met once, or it follows those who enter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from home_case import HOME, RUNNING, home_case
from small_cases import option_of, results_of, written

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


ALONE = "what recurs follows those who enter, year by year since they did, so no year of it is a full one"


@pytest.mark.parametrize("others", [[], [HOME]])
def test_of_cohorts_alone_a_full_year_has_no_figure_and_nothing_made_from_it_has(others: list[Data]) -> None:
    """Ten families a year at £1,000: £10,000 in the long run, but in no year shown; zero would be false."""
    stated = {"amount": 10_000, "year": "2026/27", "where": "paragraph 4"}
    data = home_case(option_of(costs=[COHORTS, *others], stated_cost=stated), break_even_placement="flat")
    results_of_it = results_of(data)
    assert set(results_of_it.figures("options.team.full_year_effect")) == {None}
    for name in ("measures.full_year_cost", "stated_cost.priced", "stated_cost.difference"):
        assert results_of_it.figure(f"options.team.{name}") is None
        assert results_of_it.reason(f"options.team.{name}") == ALONE
    # The sum with the authors' own cost needs no full year as priced: £10,000 ÷ £100,000
    assert results_of_it.figure("options.team.measures.break_even_children") == pytest.approx(0.1)
    given = found(COHORTS, *others, break_even_placement="flat")
    measures = given.options[0].measures
    assert measures.value("full_year_cost") is None
    assert measures.full_year_cost_year is None
    assert measures.break_even_children.full_year is None
    assert measures.break_even_children.full_year_reason == ALONE
    said = cost_answer(given.options[0], given).sentences
    assert "No cost recurs." not in said
    assert f"W{ALONE[1:]}." in said


def test_cohorts_of_business_as_usual_alone_leave_no_change_of_a_full_year() -> None:
    """Set against none of it, a full year of what replaces it would be called the change: £50,000 for nothing known."""
    usual, new = option_of("now", costs=[COHORTS]), option_of(costs=[RUNNING])
    at = results_of(home_case(usual, new, status_quo="now"))
    assert at.figure("options.team.measures.full_year_cost") is None
    assert at.reason("options.team.measures.full_year_cost") == f"of business as usual, {ALONE}"
    assert at.reason("options.now.measures.full_year_cost") == "it is what the others are compared with"


def test_a_stated_cost_beside_cohorts_says_why_nothing_is_compared() -> None:
    stated = {"amount": 10_000, "year": "2026/27", "where": "paragraph 4"}
    data = home_case(option_of(costs=[COHORTS], stated_cost=stated))
    model = written(data)
    given = results(Appraisal(LoadedCase(case_from_data(data), Path(), ()), model, evaluate(model.model)))
    said = "The authors state £10,000 (paragraph 4); no full year as priced can be set beside it."
    assert said in cost_answer(given.options[0], given).sentences


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
