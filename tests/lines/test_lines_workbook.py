"""The second reading, and the sheets of lines: three engines agree with Python, one formula a row, no typed numbers."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from one_formula import formula
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from finmodel.lines.arithmetic import add_up
from finmodel.lines.evaluate import Results, evaluate
from finmodel.lines.excel import (
    HeadingRow,
    Layout,
    column_letters,
    defined_names,
    formulas,
    header_formulas,
    in_column,
    sheet_reference,
)
from finmodel.lines.expression import LineError
from finmodel.lines.line import Line, Origin
from finmodel.lines.outcomes import no_figure, period_name
from finmodel.lines.timing import look_up, previous
from finmodel.report import line_sheets
from finmodel.report.line_sheets import Formats, cells_of, new_workbook, write_defined_names, write_line_sheet
from tests.lines.relative import in_r1c1, numbers_in
from tests.lines.worked import MONTHS, ONCE, PAPER, YEARS, Bench, every_operation, laid_out
from tests.recalculation import (
    Values,
    as_stored,
    by_formualizer,
    by_ironcalc,
    by_libreoffice,
    disagreements,
    with_wrong_results,
)


class CellByCell(Worksheet):
    """XlsxWriter as it comes: each cell of a row for itself."""

    def write_strip(self, row: int, columns: range, formula: str, style: Format, values: list[float]) -> None:
        for column, value in zip(columns, values, strict=True):
            if formula:
                self.write_formula(row, column, in_column(formula, column), style, value + 0.0)
            else:
                self.write_number(row, column, value + 0.0, style)


CREATED = datetime(2026, 11, 1)


def written(target: Path | BytesIO, layout: Layout, results: Results) -> None:
    book = new_workbook(target, CREATED, "A test")
    formats = Formats(book)
    for sheet in layout.sheets:
        write_line_sheet(book, layout, sheet, results, formats)
    write_defined_names(book, layout)
    book.close()


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Layout, Results, Path]:
    model = every_operation()
    layout, results = laid_out(model), evaluate(model)
    path = tmp_path_factory.mktemp("worked") / "every-operation.xlsx"
    written(path, layout, results)
    return layout, results, path


@pytest.mark.parametrize("recalculate", [by_ironcalc, by_formualizer, by_libreoffice])
def test_an_independent_engine_finds_every_cell_of_every_operation(worked, recalculate) -> None:
    layout, results, path = worked
    expected = list(cells_of(layout, results))
    found: Values = recalculate(path)
    assert len(expected) > 300
    assert disagreements(expected, found) == []


def test_results_are_stored_beside_the_formulas(worked) -> None:
    layout, results, path = worked
    book = openpyxl.load_workbook(path, data_only=True)
    stored = {
        (page.title, cell.coordinate): as_stored(cell.value)
        for page in book
        for row in page.iter_rows()
        for cell in row
    }
    assert disagreements(cells_of(layout, results), stored, dust=0) == []


@pytest.mark.filterwarnings("ignore:Cell .* is marked as a date")
def test_the_wrong_results_that_are_planted_reach_every_formula(worked) -> None:
    layout, results, path = worked
    book = openpyxl.load_workbook(BytesIO(with_wrong_results(path)), data_only=True)
    first_days = {f"{column_letters(column)}2" for column in layout.columns(MONTHS)}  # no such day for openpyxl
    cells = [(sheet, cell) for sheet, cell, _ in cells_of(layout, results) if cell not in first_days]
    assert {book[sheet][cell].value for sheet, cell in cells} == {987654321}


def test_each_row_has_one_formula_and_no_number_but_nil_and_one(worked) -> None:
    layout, results, _ = worked
    for line in results.model:
        if line.expression is not None:
            columns, written = layout.columns(line.timeline), formulas(layout, line)
            relative = {in_r1c1(text, column) for text, column in zip(written, columns, strict=True)}
            assert len(relative) == 1, (line, relative)
            assert numbers_in(written[0]) <= {"0", "1"}, (line, written[0])
    for sheet in ("Years", "Option 1 months"):
        columns = layout.columns(layout.sheets[sheet].timeline)
        for row in header_formulas(layout, sheet, columns[0]):
            texts = {in_r1c1(header_formulas(layout, sheet, column)[row], column) for column in columns}
            assert len(texts) == 1


def test_no_formula_uses_a_function_that_needs_a_prefix(worked) -> None:
    layout, results, _ = worked
    page = Workbook(BytesIO()).add_worksheet()
    for line in results.model:
        if line.expression is not None:
            text = formula(layout, line, layout.columns(line.timeline)[0])
            assert page._prepare_formula(text, expand_future_functions=True) == text.removeprefix("=")


def test_writing_rows_at_once_without_a_search_for_younger_functions_changes_no_byte(worked, monkeypatch) -> None:
    layout, results, path = worked
    monkeypatch.setattr(line_sheets, "LineWorksheet", CellByCell)
    plain = BytesIO()
    written(plain, layout, results)
    assert plain.getvalue() == path.read_bytes()


def test_the_same_model_gives_the_same_bytes(worked) -> None:
    layout, results, path = worked
    again = BytesIO()
    written(again, layout, results)
    assert again.getvalue() == path.read_bytes()


def test_text_never_becomes_a_formula_a_number_or_a_link() -> None:
    bench = Bench()
    nasty = ["=1+1", "+1", "-1", "@SUM(A1)", "https://example.org", "12", "<b>&amp;"]
    for index, text in enumerate(nasty):
        origin = Origin(text, text, text, text, text, note=text)
        bench.input(f"a{index}", text, 1, "£", origin)
        bench.line(f"b{index}", text, 0, "£", note=text, section=text)
        bench.line(f"c{index}", text, 0, "£", note=text, timeline=YEARS, section=text)
    bench.put(no_figure("=reason", "£"))
    target = BytesIO()
    layout = laid_out(bench)
    written(target, layout, evaluate(bench))
    book = openpyxl.load_workbook(target)
    formulas = {(page.title, cell.coordinate) for page in book for row in page for cell in row if cell.data_type == "f"}
    assert formulas == {(sheet, cell) for sheet, cell, _ in cells_of(layout, evaluate(bench))}
    assert all(cell.hyperlink is None for page in book for row in page for cell in row)
    labels = [row[0].value for row in book["Inputs"].iter_rows(min_row=8)]
    assert set(nasty) <= set(labels)


def test_inputs_are_marked_by_words_and_not_by_colour_alone(worked) -> None:
    layout, _, path = worked
    book = openpyxl.load_workbook(path)
    for address, place in layout.places.items():
        text = book[place.sheet].cell(place.row, 3).value
        assert text.startswith("Input") == layout.lines[address].is_input
        assert text.startswith("= ") != layout.lines[address].is_input
    once = book["Inputs"]
    assert [cell.value for cell in once[7]][5:] == [
        "Month",
        "Source",
        "As at",
        "Confidence",
        "Where in it",
        "Owner",
        "Note",
    ]
    assert [cell.value for cell in once[8]][8:11] == ["high", "table 2", "Head of finance"]


def test_a_sheet_opens_and_prints_well(worked) -> None:
    _, _, path = worked
    book = openpyxl.load_workbook(path)
    for page in book:
        assert page.sheet_state == "visible"
        assert page.page_setup.orientation == ("portrait" if page.title == "Years" else "landscape")
        assert page.print_title_rows == "$1:$7"
        assert page.freeze_panes == ("B8" if page.title == "Inputs" else "C8")
    assert book["Years"]["F3"].value == book["Years"]["F4"].value == "2010/11"
    months = book["Option 1 months"]
    assert [months.cell(row, 6).value for row in (3, 4)] == ["2010/11", "Apr 2010"]
    assert [months.cell(row, 41).value for row in (3, 4)] == ["2012/13", "Mar 2013"]
    assert [months.cell(row, 1).value for row in range(1, 7)] == [
        "Option 1 months", "a test", "Financial year", "Month", "Month, counted from 1", "Year, counted from 1",
    ]  # fmt: skip


def test_every_line_has_a_defined_name_for_its_values(worked) -> None:
    layout, _, path = worked
    names = {name: value.attr_text for name, value in openpyxl.load_workbook(path).defined_names.items()}
    assert names["input.0"] == "Inputs!$E$8"
    assert names["input.8"] == "'Option 1 months'!$F$8:$AO$8"
    assert len(names) == len(layout.places)


def test_defined_names_are_legal_and_differ() -> None:
    addresses = ["cost", "COST", "a.b-c", "a.b c", "AB12", "r1c1", "R", "c", "2015.x", "é", "a" * 300, "a" * 301]
    names = defined_names(addresses)
    assert list(names) == addresses
    assert len({name.lower() for name in names.values()}) == len(addresses)
    assert names["cost"] == "cost"
    assert names["COST"] == "COST_2"
    assert [names[text] for text in ("AB12", "r1c1", "R", "c", "2015.x")] == ["_AB12", "_r1c1", "_R", "_c", "_2015.x"]
    book = Workbook(BytesIO())
    book.add_worksheet("S")
    assert all(book.define_name(name, "=S!$A$1") == 0 for name in names.values())
    assert defined_names(addresses) == names


def test_columns_and_sheet_names_as_excel_writes_them() -> None:
    assert [column_letters(column) for column in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    quoted = {name: sheet_reference(name) for name in ("Years", "Option 1", "It's", "AB12", "R1C1", "RC", "2015")}
    assert quoted == {
        "Years": "Years",
        "Option 1": "'Option 1'",
        "It's": "'It''s'",
        "AB12": "'AB12'",
        "R1C1": "'R1C1'",
        "RC": "'RC'",
        "2015": "'2015'",
    }


@pytest.mark.parametrize("name", ["", "a" * 32, "2015/16", "a[b]", "'quoted", "INPUTS"])
def test_sheet_names_that_excel_refuses_are_refused(name) -> None:
    layout = laid_out(Bench())
    with pytest.raises(LineError, match="cannot be called"):
        layout.add_sheet(name, ONCE)


def test_a_line_stands_once_on_a_sheet_of_its_own_timeline() -> None:
    bench = Bench()
    line = bench.given(1)
    layout = laid_out(bench)
    with pytest.raises(LineError, match="already"):
        layout.add(line, "Inputs")
    with pytest.raises(LineError, match="runs over once"):
        layout.add(Line("x", "X", "£", ONCE), "Years")


def test_sections_stand_above_their_lines_with_a_gap() -> None:
    bench = Bench()
    for address, section in (("a", "First"), ("b", "First"), ("c", "Second"), ("d", "")):
        bench.input(address, address, 1, "£", PAPER, section=section)
    rows = laid_out(bench).sheets["Inputs"].rows
    seen = [(row, found.text if isinstance(found, HeadingRow) else found.address) for row, found in rows]
    assert seen == [(8, "First"), (9, "a"), (10, "b"), (12, "Second"), (13, "c"), (14, "d")]


def test_months_need_a_sheet_of_years_for_their_header() -> None:
    layout = Layout({ONCE: 1, YEARS: 1, MONTHS: 12})
    layout.add_sheet("Months", MONTHS)
    with pytest.raises(LineError, match="a sheet over years is needed"):
        header_formulas(layout, "Months", 5)


def test_what_excel_cannot_hold_is_refused() -> None:
    bench = Bench()
    inputs = [bench.given(1) for _ in range(400)]
    with pytest.raises(LineError, match="1 to 254"):
        look_up(bench.given(1, "number"), inputs)
    long = bench.put(add_up(inputs), timeline=YEARS)
    layout = Layout({timeline: bench.periods(timeline) for timeline in (ONCE, YEARS, MONTHS)})
    layout.add_sheet("The inputs of a whole case", ONCE)
    layout.add_sheet("Years", YEARS)
    for line in bench:
        layout.add(line, "Years" if line.timeline is YEARS else "The inputs of a whole case")
    with pytest.raises(LineError, match="more than Excel takes"):
        formula(layout, long, 5)


def test_an_input_has_no_formula() -> None:
    bench = Bench()
    line = bench.given(1)
    with pytest.raises(LineError, match="is an input"):
        formula(laid_out(bench), line, 4)


def test_a_first_value_that_is_an_operation_reaches_the_workbook() -> None:
    bench = Bench()
    number = bench.given([5, 6], "number", YEARS)
    layout_of = {}
    for name, first in (("nil", 0), ("one", 1), ("sum", bench.given(2, "number") + 1)):
        layout_of[name] = bench.put(previous(number, first), "number")
    layout = laid_out(bench)
    assert formula(layout, layout_of["nil"], 5) == "=E8"
    assert formula(layout, layout_of["one"], 5) == "=IF(F$5=$F$5,1,E8)"
    assert formula(layout, layout_of["sum"], 6) == "=IF(G$5=$F$5,Inputs!$E$8+1,F8)"


def test_a_period_beyond_the_horizon_has_no_name() -> None:
    bench = Bench()
    bench.put(period_name(bench.given(25, "number"), MONTHS), "number")
    with pytest.raises(LineError, match="no month numbered 25"):
        list(cells_of(laid_out(bench), evaluate(bench)))


def test_the_tokeniser_of_these_tests_sees_numbers() -> None:
    assert numbers_in('=IF(A1>2.5,"3",MAX(B7:B9,0))') == {"2.5", "0"}
    assert in_r1c1("=SUM($F9:H9)+'A B12'!G$5", 7) == "SUM(R9C6:R9C[0])+'A B12'!R5C[-1]"
