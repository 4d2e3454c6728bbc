"""The workbooks of the shipped cases, recalculated by programs that are not ours, cell by cell."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import shipped_cases
from recalculation import Values, as_stored, by_formualizer, by_ironcalc, by_libreoffice, disagreements

from finmodel.appraisal.appraise import appraise
from finmodel.case import load_case
from finmodel.report.workbook import formula_cells, render_workbook
from finmodel.uncertainty.grid import STEPS

INPUTS = Path(__file__).parents[2] / "inputs"
CASES = ("wolverhampton-2015", "darlington-2010")
MOST_SHEETS = 14


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def workbook(case: str, tmp_path: Path) -> Path:
    path = tmp_path / "report.xlsx"
    path.write_bytes(shipped_cases.workbook_of(case))
    return path


@pytest.mark.parametrize("engine", [by_ironcalc, by_formualizer, by_libreoffice])
def test_every_formula_cell_equals_python(case: str, workbook: Path, engine: Callable[[Path], Values]) -> None:
    assert disagreements(formula_cells(shipped_cases.appraisal_of(case)), engine(workbook)) == []


def test_every_formula_in_the_file_is_one_that_is_compared(case: str, workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    written = {
        (page.title, cell.coordinate)
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    compared = {(sheet, cell) for sheet, cell, _ in formula_cells(shipped_cases.appraisal_of(case))}
    assert written == compared
    assert len(written) > 1_000


def test_results_are_stored_beside_the_formulas(case: str, workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook, data_only=True)
    for sheet, cell, expected in formula_cells(shipped_cases.appraisal_of(case)):
        stored = as_stored(book[sheet][cell].value)
        if isinstance(expected, str):
            assert stored == expected
        else:
            assert abs(stored - expected) <= max(1e-12, 1e-12 * abs(expected)), (sheet, cell)


def test_nothing_is_hidden_and_numbers_are_typed_on_input_sheets_alone(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    for page in book.worksheets:
        assert page.sheet_state == "visible"
        assert not any(row.hidden for row in page.row_dimensions.values())
        assert not any(column.hidden for column in page.column_dimensions.values())
        if not page.title.startswith("Inputs") and page.title != "Levers":
            typed = [
                cell.coordinate for row in page.iter_rows() for cell in row if cell.data_type == "n" and cell.value
            ]
            if page.title == "Grid":  # the steps of its tables alone, across and down
                typed = sorted({page[cell].value for cell in typed} - set(STEPS))
            assert typed == [], page.title


def test_the_sheets_come_in_the_order_of_reading(workbook: Path) -> None:
    names = openpyxl.load_workbook(workbook).sheetnames
    assert names[:4] == ["Summary", "Cover", "Levers", "Inputs"]
    tried = ["Grid", "Sensitivity"] if "Grid" in names else ["Sensitivity"]
    assert names[-6 - len(tried) :] == ["Years", "Months", "Measures", "Checks", *tried, "Assurance", "Case"]
    assert len(names) <= MOST_SHEETS


def test_the_same_case_gives_the_same_bytes(case: str) -> None:
    assert shipped_cases.workbook_of(case) == render_workbook(appraise(load_case(INPUTS / case)))


def test_the_chart_says_in_words_what_it_shows(workbook: Path) -> None:
    with zipfile.ZipFile(workbook) as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
        assert any(name.startswith("xl/charts/") for name in archive.namelist())
    assert 'descr="Line chart of saved less all money spent to date, by month: ' in drawing


def test_changing_an_input_moves_the_result_as_the_model_does(tmp_path: Path) -> None:
    """The workbook lives: £45,000 typed over £40,000 gives 500,000 ÷ 45,000 = 11.1, so 12 children."""
    path = tmp_path / "report.xlsx"
    path.write_bytes(shipped_cases.workbook_of("wolverhampton-2015"))
    book = openpyxl.load_workbook(path)
    page = book["Levers"]
    rows = {page.cell(row, 7).value: row for row in range(1, page.max_row + 1)}
    page.cell(rows["placements.average.unit_cost"], 3).value = 45_000
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    found = by_ironcalc(changed)
    measures = book["Measures"]
    places = {measures.cell(row, 4).value: row for row in range(1, measures.max_row + 1)}
    address = "options.peripatetic.measures.break_even_children"
    assert found["Measures", f"E{places[address]}"] == pytest.approx(500_000 / 45_000)
    assert found["Measures", f"E{places[address + '_whole']}"] == 12
