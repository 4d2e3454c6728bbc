"""What is said of payback where capital is spent: of all money spent and of the revenue budget, each in its own words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from home_case import HOME, ONE_CHILD, RUNNING, home, home_case
from msgspec.structs import replace
from small_cases import written

from finmodel.appraisal.appraise import Appraisal
from finmodel.case import LoadedCase, case_from_data
from finmodel.document.table import Cell
from finmodel.lines.evaluate import evaluate
from finmodel.report.cumulative_chart import cumulative
from finmodel.report.headline import payback_answer
from finmodel.report.page_tables import payback_cell
from finmodel.report.terminal import summary_table
from finmodel.report.workbook import formula_cells
from finmodel.results.appraised import results


def said(way: str, **names: Any) -> tuple[str, ...]:
    data = home_case(home(way, **names))
    model = written(data)
    found = results(Appraisal(LoadedCase(case_from_data(data), Path(), ()), model, evaluate(model.model)))
    return payback_answer(found.options[0], found).sentences


@pytest.mark.parametrize("way", ["receipts", "borrowed"])
def test_what_is_spent_is_not_called_the_cost_where_that_is_another_figure(way: str) -> None:
    """The borrowed home costs £104,000 and saves £100,000 from 2027/28 on; £80,000 is spent, which is less."""
    assert "From 2027/28 on it saves at least what is spent, but not enough" in said(way)[2]


def test_a_budget_that_is_never_out_of_pocket_and_worse_off_every_later_year_says_so() -> None:
    """20,000 in the first year, then −4,000, −2,800 and −1,600: never below nil in all, and no saving from 2027/28."""
    assert said("borrowed")[-1].endswith(
        "is never out of pocket within the years shown: "
        "in 2026/27 it saves £20,000 more than it costs, but from 2027/28 on it costs more than it saves."
    )
    assert said("receipts")[-1].endswith("is never out of pocket within the years shown.")


def test_where_nothing_but_revenue_is_spent_it_is_the_cost() -> None:
    assert "From 2027/28 on it saves at least what it costs" in said("revenue")[2]


LATER = HOME | {"start": "2027-04", "capital": "funded"}


def test_an_outlay_in_a_later_year_is_in_what_is_said_of_the_money_spent() -> None:
    """£50,000 in the first year and the last, and £650,000 in the year of the outlay, which is why it is not paid back."""
    assert (
        "The money spent is £50,000 in 2026/27, £650,000 in 2027/28 and £50,000 in 2029/30"
        in said("receipts", costs=[LATER, RUNNING], benefits=[ONE_CHILD])[1]
    )


def test_an_outlay_that_saves_nothing_is_spent_and_not_called_a_cost() -> None:
    assert said("receipts", costs=[LATER], benefits=[])[0] == (
        "No saving is claimed; so it does not pay back: £600,000 is spent, the capital outlay included, "
        "over the four years shown, 2026/27 to 2029/30."
    )


def test_a_payback_that_never_comes_due_is_said_so_wherever_it_is_shown() -> None:
    """The borrowed home is 20,000 up after a year, and its revenue never below nil: there is nothing to pay back."""
    data = home_case(home("borrowed"), home("revenue", benefits=[ONE_CHILD], costs=[]))
    model = written(data)
    appraisal = Appraisal(LoadedCase(case_from_data(data), Path(), ()), model, evaluate(model.model))
    found = results(appraisal)
    borrowed, free = found.options
    assert borrowed.measures.revenue_payback.never_out_of_pocket is True
    assert borrowed.measures.payback.never_out_of_pocket is False
    assert payback_cell("revenue_payback")(borrowed) == Cell("Never out of pocket")
    assert payback_cell("payback")(free) == Cell("Never out of pocket")
    assert payback_cell("payback")(replace(free, requirement=True)) == Cell(
        "Never out of pocket", "If what is required were reached: no forecast"
    )
    assert "Pays back in                    never out of pocket" in summary_table(appraisal)
    summary = {text for sheet, _, text in formula_cells(appraisal) if sheet == "Summary"}
    assert "never out of pocket" in summary
    answer = payback_answer(free, found)
    assert (answer.large, answer.figures[0].text) == ("From the first month", "never out of pocket")
    chart = cumulative(found)
    assert "£400,000 by the end of March 2030; never out of pocket." in chart.desc
    assert not any("paid back" in getattr(shape, "text", "") for shape in chart.shapes)


def test_what_is_first_out_of_pocket_is_paid_back_in_its_first_full_month_and_not_never() -> None:
    """£5,000 once in April, £100,000 ÷ 12 saved each month: ahead in April. £10,000: behind in April, paid back in May."""
    once = HOME | {"amount": 5_000}
    assert never(once) is True
    assert never(once | {"amount": 10_000}) is False


def never(cost: dict[str, Any]) -> bool:
    data = home_case(home("revenue", costs=[cost]))
    model = written(data)
    found = results(Appraisal(LoadedCase(case_from_data(data), Path(), ()), model, evaluate(model.model)))
    return found.options[0].measures.payback.never_out_of_pocket
