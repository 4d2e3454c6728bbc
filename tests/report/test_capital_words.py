"""Capital is named wherever an option is spoken for: the answer, the implications, the tables, the recommendation."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import home_case
import pytest
from docx import Document
from home_case import HOME
from small_cases import option_of, written

from finmodel.appraisal.appraise import Appraisal
from finmodel.case import LoadedCase, case_from_data
from finmodel.lines.evaluate import evaluate
from finmodel.report.capital_table import capital_table
from finmodel.report.capital_words import capital_sentences, rows_of, side_by_side
from finmodel.report.financial_implications import narrative_text
from finmodel.report.headline import cost_answer
from finmodel.report.page_tables import posts
from finmodel.report.paper import paper
from finmodel.report.terminal import summary_table
from finmodel.report.workbook import formula_cells
from finmodel.results.appraised import AppraisalResults, results

BORROWED = HOME | home_case.WAYS["borrowed"]
WAYS = {
    "receipts": "from capital receipts",
    "grant": "from a capital grant",
    "funded": "from capital receipts or a grant, which is not stated",
}


def appraised(*costs: dict[str, Any]) -> Appraisal:
    data = home_case.home_case(option_of(costs=list(costs)))
    model = written(data)
    return Appraisal(LoadedCase(case_from_data(data), Path(), ()), model, evaluate(model.model))


@cache
def borrowed() -> AppraisalResults:
    return results(appraised(BORROWED))


@pytest.mark.parametrize("way", WAYS)
def test_a_home_that_revenue_does_not_pay_for_is_never_said_to_add_no_cost(way: str) -> None:
    found = results(appraised(HOME | {"capital": way}))
    option = found.options[0]
    answer = cost_answer(option, found)
    assert (answer.large, answer.small) == ("£600,000", "of capital; nothing more of revenue")
    assert answer.sentences[0].startswith(f"Capital of £600,000 is spent in 2026/27, {WAYS[way]}.")
    assert "adds no cost" not in " ".join(answer.sentences)
    assert f"Capital of £600,000 is needed in 2026/27, {WAYS[way]}." in narrative_text(found, 10_000)


def test_capital_that_revenue_does_not_bear_stands_next_to_the_cost_of_a_year() -> None:
    run = {"id": "run", "label": "Running", "amount": 50_000, "per": "year", "price_base": "2026/27"}
    found = results(appraised(HOME | {"capital": "receipts"}, run | {"inflation": "none"}))
    answer = cost_answer(found.options[0], found)
    assert answer.large == "£50,000"
    assert answer.small.endswith(", and £600,000 of capital")


def test_borrowing_is_told_with_what_it_costs_in_the_years_shown_and_after() -> None:
    """72,000 + 116,400 within four years; 528,000 + 303,600 after, to 2051/52: 25 years from 2027/28."""
    said = capital_sentences(borrowed().options[0], borrowed().years)
    assert said[0].startswith("Capital of £600,000 is spent in 2026/27, from borrowing.")
    assert said[1] == (
        "Its borrowing costs revenue £72,000 of minimum revenue provision (MRP) and £116,400 of interest within the four "
        "years shown."
    )
    assert said[2].startswith(
        "After 2029/30 a further £831,600 of MRP and interest falls due, to 2051/52: £539,615 in "
    )
    assert set(said) <= set(cost_answer(borrowed().options[0], borrowed()).sentences)


def test_the_table_has_what_pays_and_what_revenue_bears() -> None:
    option = borrowed().options[0]
    table = capital_table([option], borrowed(), "1")
    assert table is not None
    assert {row.header: [cell.text for cell in row.cells] for row in table.rows} == {
        "Capital outlay": ["£600,000", "£0", "£0", "£0", "£600,000"],
        "Borrowing": ["£600,000", "£0", "£0", "£0", "£600,000"],
        "Minimum revenue provision (MRP)": ["£0", "£24,000", "£24,000", "£24,000", "£72,000"],
        "Interest on borrowing for capital": ["£30,000", "£30,000", "£28,800", "£27,600", "£116,400"],
    }
    assert "£831,600" in table.note
    assert rows_of(borrowed()) == ["outlay", "after"]
    assert side_by_side(option, "after") == ("£831,600", "£539,615 in present value")


def test_charges_after_the_years_shown_are_in_the_narrative_the_paper_and_the_workbook() -> None:
    """The charges after are 528,000 of MRP and 303,600 of interest, £539,615 in present value."""
    appraisal = appraised(BORROWED)
    found = results(appraisal)
    said = narrative_text(found, 10_000)
    document = Document(BytesIO(paper(found)))
    cells = " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "A further £832,000 of MRP and interest falls after " in said
    for amount in ("£831,600", "£539,615"):
        assert amount in cells
    summary = [value for sheet, _, value in formula_cells(appraisal) if sheet in ("Summary", "Measures")]
    numbers = [value for value in summary if isinstance(value, float)]
    assert any(value == pytest.approx(831_600) for value in numbers)
    assert any(value == pytest.approx(539_615, abs=1) for value in numbers)


def test_the_recommendation_names_the_capital_that_goes_with_it() -> None:
    data = home_case.home_case(option_of(costs=[HOME | {"capital": "receipts"}]), recommended="team")
    data |= {"recommendations": ["Approve the home."]}
    model = written(data)
    found = results(Appraisal(LoadedCase(case_from_data(data), Path(), ()), model, evaluate(model.model)))
    document = Document(BytesIO(paper(found)))
    recommended = [each.text for each in document.paragraphs if each.style.name == "Recommendation"]
    assert recommended[0] == "Approve the home."
    assert recommended[1].startswith("Note that capital of £600,000 is spent in 2026/27, from capital receipts")


def test_a_residual_value_is_told_and_in_no_budget() -> None:
    residual = {"amount": 504_000, "price_base": "2026/27", "inflation": "none"}
    found = results(appraised(HOME | {"capital": "receipts", "residual": residual}))
    said = capital_sentences(found.options[0], found.years)
    assert said[-1] == "Its residual value of £504,000 counts in public and social value, and in no budget."


def test_the_terminal_names_capital_and_what_falls_after() -> None:
    text = summary_table(appraised(BORROWED))
    assert "Capital outlay                      £600,000" in text
    assert "MRP and interest after              £831,600" in text


def test_nothing_is_said_of_capital_where_none_is_spent() -> None:
    found = results(appraised(HOME))
    assert found.options[0].capital is None
    assert capital_sentences(found.options[0], found.years) == []
    assert rows_of(found) == []
    assert capital_table(found.options, found, "1") is None


def test_optimism_bias_is_a_rung_of_its_own_in_the_table_of_costs() -> None:
    """24% of £600,000 is £144,000; a cost that states none has no such rows."""
    found = results(appraised(BORROWED | {"works": "standard-building"}))
    (table,) = posts(found)
    shown = {row.header: row.cells[0].text for row in table.rows if row.cells}
    assert shown["Before optimism bias"] == "£600,000"
    assert shown["Optimism bias added"] == "£144,000"
    assert shown["Capital outlay: not in the cost"] == "£744,000"
    (plain,) = posts(borrowed())
    assert "Before optimism bias" not in {row.header for row in plain.rows}
