"""What is said of the number of children where its bounds need a word: the cap on growth, averages, nothing to repay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small_cases import NO_DEDUCTIONS, Data, case_of, option_of, written

from finmodel.appraisal.appraise import Appraisal
from finmodel.case import LoadedCase, case_from_data
from finmodel.document.table import Cell
from finmodel.lines.evaluate import evaluate
from finmodel.report.break_even_words import claims_table
from finmodel.report.children_words import children_answer
from finmodel.report.page_tables import comparison
from finmodel.report.terminal import summary_table
from finmodel.results.appraised import AppraisalResults, results

AT: Data = {"price_base": "2025/26", "inflation": "none"}
CARE = {"care": {"label": "Care", "unit_cost": 100_000, "per": "year", **AT}}


def fewer(children: Any, **names: Any) -> Data:
    given = {"id": "fewer", "label": "Fewer", "children": children, "placements": {"care": "100%"}, **NO_DEDUCTIONS}
    return given | names


def reported(
    benefit: Data, *others: Data, spent: int = 50_000, savings: Any = (), **names: Any
) -> tuple[AppraisalResults, str]:
    """What was found of one option, and the terminal's table."""
    running = {"id": "run", "label": "Running", "amount": spent, "per": "year", **AT}
    plan = option_of("plan", costs=[running], benefits=[benefit], savings=list(savings))
    case = case_of(plan, *others, **{"first_year": "2025/26", "years": 4, "placements": CARE, **names})
    model = written(case)
    appraisal = Appraisal(LoadedCase(case_from_data(case), Path(), ()), model, evaluate(model.model))
    return results(appraisal), summary_table(appraisal)


def row(found: AppraisalResults, header: str) -> tuple[Cell, ...]:
    return next((each.cells for each in comparison(found).rows if each.header == header), ())


def growing(held: list[int], spent: int) -> tuple[AppraisalResults, str]:
    return reported(
        fewer([2, 4, 6, 8], cashable="80%"), spent=spent, children_in_care=[100, 102, 103, 104],
        growth_in_base_budget=held,
    )  # fmt: skip


def test_growth_that_the_budget_does_not_hold_is_told_wherever_the_number_stands() -> None:
    found, terminal = growing([0, 50_000, 100_000, 1_000_000], 50_000)
    option = found.options[0]
    # £200,000 ÷ (4 × £80,000) = 0.625; of (2 + 3 + 4) × £80,000 = £720,000 avoided, £250,000 is not in the budget.
    words = "needs 0.6, rounded up to 1; forecasts 5.0 on average: 4.4 more than needed; growth avoided counted in full"
    assert words in terminal
    said = " ".join(children_answer(option, found).sentences)
    assert (
        "This counts growth avoided in full, so it holds only as far as the base budget holds it: of £720,000 that the "
        "children stated avoid, £250,000 is not in it and releases no cash." in said
    )
    assert "loses otherwise" not in said
    assert row(found, "Children fewer in care to break even") == (
        Cell("0.6, rounded up to 1", "Growth avoided counted in full."),
    )
    table = claims_table([option], 1)
    assert table is not None and "also what the base budget does not hold" in table.note


def test_a_margin_that_the_cap_belies_says_that_it_does() -> None:
    found, _ = growing([0, 0, 0, 0], 300_000)
    # £1,200,000 ÷ £320,000 = 3.75 of 5; but of £1,600,000 saved, £720,000 is in no budget: £320,000 short.
    assert found.options[0].by_year["cumulative_net_position"][-1] == pytest.approx(-320_000)
    assert (
        "Even so it is not repaid: the base budget does not hold all the growth that the children forecast avoid."
        in children_answer(found.options[0], found).sentences
    )


def test_growth_that_the_budget_holds_needs_no_word() -> None:
    found, terminal = growing([1_000_000] * 4, 50_000)
    assert "counted in full" not in terminal
    assert row(found, "Children fewer in care to break even") == (Cell("0.6, rounded up to 1"),)


def test_children_of_business_as_usual_are_told_as_given_up() -> None:
    usual = option_of("usual", role="business_as_usual", benefits=[fewer(1)])
    found, _ = reported(fewer(2), usual)
    said = " ".join(children_answer(found.options[0], found).sentences)
    # (4 × £50,000 + 4 × £100,000) ÷ £400,000 = 1.5, of 2 of its own.
    assert "It needs 1.5, rounded up to 2; forecasts 2.0 on average: 0.5 more than needed." in said
    assert (
        "£600,000, which is all money spent, £200,000, and £400,000 that business as usual saves by its own children, "
        "which is given up. The numbers are of the option’s own children." in said
    )
    assert said.count("£400,000") == 1


def test_other_savings_of_business_as_usual_that_are_given_up_too_are_named_apart() -> None:
    grant = {"id": "grant", "label": "Grant", "kind": "income", "income": {"amount": 10_000, **AT}, "per": "year"}
    usual = option_of("usual", role="business_as_usual", benefits=[fewer(1)], savings=[grant | NO_DEDUCTIONS])
    found, _ = reported(fewer(2), usual)
    said = " ".join(children_answer(found.options[0], found).sentences)
    # 4 × £100,000 of its children and 4 × £10,000 of its grant.
    assert "and £440,000 by which its other savings are below those of business as usual" in said
    assert "what business as usual saves by its own, £400,000, is given up" in said


def test_the_options_table_has_the_average_needed_where_the_effect_is_not_there_throughout() -> None:
    # £200,000 ÷ (3 × £100,000) = 0.67 for three of four years, 0.5 on average; 1.5 are forecast, 1.0 more.
    found, _ = reported(fewer(2, start="2026-04"))
    assert row(found, "Children to break even, on average")[0].text == "0.5"
    assert row(found, "Children forecast")[0].text == "1.5"
    assert row(found, "Forecast above what is needed")[0].text == "1.0 more than needed"
    headers = [each.header for each in comparison(found).rows]
    assert headers.index("Children forecast") == headers.index("Children to break even, on average") + 1
    # Throughout, it would say the same twice.
    assert not row(reported(fewer(2))[0], "Children to break even, on average")


def test_a_cost_that_other_savings_more_than_repay_is_no_cost_below_zero() -> None:
    grant = {"id": "grant", "label": "Grant", "kind": "income", "income": {"amount": 60_000, **AT}, "per": "year"}
    found, terminal = reported(fewer(2), savings=[grant | NO_DEDUCTIONS])
    # 4 × (£50,000 − £60,000) = −£40,000.
    assert "Whole cost to repay             nothing: other savings are more than all money spent" in terminal
    assert row(found, "Whole cost to repay")[0].text == "Nothing: other savings are more than all money spent"
