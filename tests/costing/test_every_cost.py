"""A case with every kind of cost: the workbook, recalculated by others, agrees; parts come to wholes; readers see it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from plain_results import found_once, results
from recalculation import Values, by_formualizer, by_ironcalc, by_libreoffice, disagreements

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.case import load_case
from finmodel.report.page import render_page
from finmodel.report.workbook import formula_cells, render_workbook
from finmodel.results.plain import as_json

CASE = Path(__file__).parents[1] / "case" / "cases" / "every-cost"


@cache
def appraisal() -> Appraisal:
    return appraise(load_case(CASE))


@cache
def workbook() -> bytes:
    return render_workbook(appraisal(), found_once(appraisal()))


@pytest.mark.parametrize("engine", [by_ironcalc, by_formualizer, by_libreoffice])
def test_every_formula_cell_equals_python(engine: Callable[[Path], Values], tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(workbook())
    assert disagreements(formula_cells(appraisal()), engine(path)) == []


def test_every_check_holds_and_nothing_is_missing() -> None:
    assert appraisal().checks_hold
    found = results(appraisal())
    team = found["options"][1]
    for year in range(4):
        for post in team["posts"]:
            assert sum(values[year] for values in post["components"].values()) == pytest.approx(post["cost"][year])
        parts = [post["cost"][year] for post in team["posts"]] + [cost["cost"][year] for cost in team["costs"]]
        assert sum(parts) - found["business_as_usual"]["cost"]["by_year"][year] == pytest.approx(
            team["by_year"]["cost"][year]
        )
    assert [item["kind"] for item in team["apart"]] == ["capital", "capital", "capital", "in_kind", "to_others"]
    assert team["apart"][3]["given_by"] == "NHS trust"
    assert team["apart"][4]["borne_by"] == "Carers"
    assert [cost["id"] for cost in team["costs"]] == ["training", "house", "van"]


def test_no_input_is_left_unread_and_each_says_where_it_comes_from() -> None:
    model = appraisal().written.model
    read = {needed.address for line in model if line.expression for needed in line.expression.lines()}
    for line in model:
        assert line.section, line.address
        if line.is_input:
            assert line.address in read, line.address
            assert line.origin is not None, line.address
            assert line.origin.source, line.address


def test_the_results_and_the_page_show_what_stands_apart() -> None:
    text = as_json(results(appraisal()))
    assert "NaN" not in text
    page = render_page(appraisal(), found_once(appraisal()))
    assert "In kind, from NHS trust: not in the cost" in page
    assert "Vacancy saving assumed" in page
