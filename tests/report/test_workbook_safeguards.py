"""What keeps a reader of the workbook from slips: levers, limits, protection, the check in every head."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

import openpyxl
import pytest
import shipped_cases
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from recalculation import Values, by_formualizer, by_ironcalc

from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.explain import explain
from finmodel.report.named_figure import named_figure

INPUTS = Path(__file__).parents[2] / "inputs"
PRICE = "placements.average.unit_cost"


@cache
def appraisal(case: str = "wolverhampton-2015") -> Appraisal:
    return shipped_cases.appraisal_of(case)


@cache
def content(case: str = "wolverhampton-2015") -> bytes:
    return shipped_cases.workbook_of(case)


def opened(folder: Path, case: str = "wolverhampton-2015") -> openpyxl.Workbook:
    path = folder / "report.xlsx"
    path.write_bytes(content(case))
    return openpyxl.load_workbook(path)


def row_of(page: Worksheet, address: str, column: int = 4) -> int:
    return next(row for row in range(1, page.max_row + 1) if page.cell(row, column).value == address)


def recalculated(book: openpyxl.Workbook, folder: Path, engine: Callable[[Path], Values] = by_ironcalc) -> Values:
    path = folder / "changed.xlsx"
    book.save(path)
    return engine(path)


@pytest.mark.parametrize("engine", [by_ironcalc, by_formualizer])
def test_a_lever_is_the_input_and_says_that_it_differs(engine: Callable[[Path], Values], tmp_path: Path) -> None:
    book = opened(tmp_path)
    levers = book["Levers"]
    row = row_of(levers, PRICE, 7)
    assert (levers.cell(row, 3).value, levers.cell(row, 4).value) == (40_000, 40_000)
    levers.cell(row, 3).value = 45_000
    found = recalculated(book, tmp_path, engine)
    assert found["Inputs", f"E{row_of(book['Inputs'], PRICE)}"] == 45_000
    assert found["Levers", f"E{row}"] == "differs"
    assert found["Levers", f"E{row + 1}"] == "as in the case"
    assert found["Levers", "A3"] == found["Summary", "B2"] == "Levers that differ from the case: 1"


def test_a_lever_is_asked_for_by_its_cell(tmp_path: Path) -> None:
    row = row_of(opened(tmp_path)["Levers"], PRICE, 7)
    found = named_figure(appraisal(), f"Levers!C{row}")
    assert found == named_figure(appraisal(), PRICE)
    assert explain(appraisal().results, found.line, found.period).value == 40_000


def test_a_month_is_typed_as_a_month(tmp_path: Path) -> None:
    """June 2015 is the third month from April 2015."""
    book = opened(tmp_path)
    page = book["Inputs"]
    row = row_of(page, "options.peripatetic.posts.social-workers.start")
    assert page.cell(row, 6).value == datetime(2015, 4, 1)
    page.cell(row, 6).value = datetime(2015, 6, 15)
    found = recalculated(book, tmp_path)
    assert found["Inputs", f"E{row}"] == 3
    active = row_of(book["Months"], "options.peripatetic.posts.social-workers.active")
    assert [found["Months", f"{column}{active}"] for column in "FGH"] == [0, 0, 1]


@pytest.mark.parametrize("case", ["wolverhampton-2015", "darlington-2010"])
def test_what_may_be_typed_is_open_and_limited_and_all_else_is_locked(case: str, tmp_path: Path) -> None:
    book = opened(tmp_path, case)
    opened_on: set[str] = set()
    for page in book.worksheets:
        open_cells = {cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked}
        rules = page.data_validations.dataValidation
        limited = {
            f"{get_column_letter(column)}{row}"
            for rule in rules
            for cells in rule.sqref.ranges
            for row, column in cells.cells
        }
        assert open_cells == {each for each in limited if not page[each].protection.locked}
        assert not any(page[cell].data_type == "f" for cell in open_cells)
        protected = page.title not in ("Cover", "Sensitivity", "Assurance", "Case")
        assert page.protection.sheet == protected
        assert page.protection.password is None
        if open_cells:
            opened_on.add(page.title)
    assert {"Inputs", "Levers"} <= opened_on  # of inputs by month or year there may be facts alone
    assert all(title.startswith(("Inputs", "Levers")) for title in opened_on)


def test_limits_are_those_of_the_unit_and_name_unit_and_source(tmp_path: Path) -> None:
    book = opened(tmp_path)
    page = book["Inputs"]
    rules = {f"{each.title}!{rule.sqref}": rule for each in book for rule in each.data_validations.dataValidation}

    def rule_of(address: str) -> DataValidation:
        """That of the cell in which it is typed: here, or among the levers."""
        cell = f"E{row_of(page, address)}"
        typed = str(page[cell].value)
        return rules[typed[1:].replace("$", "") if typed.startswith("=Levers!") else f"Inputs!{cell}"]

    share = rule_of("options.peripatetic.benefits.fewer-in-care.cashable")
    assert (share.type, float(share.formula1), float(share.formula2)) == ("decimal", 0, 1)
    assert share.prompt.startswith("A number between 0% and 100% (share). Source: ")
    amount = rule_of("options.peripatetic.stated_cost")
    assert float(amount.formula1) == 0
    month = rules[f"Inputs!F{row_of(page, 'options.peripatetic.posts.social-workers.start')}"]
    assert month.type == "date"


def test_every_head_says_that_a_check_fails(tmp_path: Path) -> None:
    book = opened(tmp_path)
    assert {page["A2"].value.partition("=1,")[2] for page in book} == {
        '"All checks hold","A check fails: see Checks")',
    }
    months = book["Months"]
    months.cell(row_of(months, "options.peripatetic.monthly.cost"), 8).value = 30_000
    years = book["Years"]
    years.cell(row_of(years, "options.peripatetic.cost"), 6).value = 1
    found = recalculated(book, tmp_path)
    assert {found[page.title, "A2"] for page in book} == {"A check fails: see Checks"}


@pytest.mark.parametrize("sheet", ["Years", "Months", "Measures"])
def test_each_block_of_money_says_nominal_or_real(sheet: str, tmp_path: Path) -> None:
    """And so does the head of the summary, of its tables."""
    book = opened(tmp_path)
    assert "Cash of the year (nominal)" in book["Summary"]["A3"].value
    heading, of_money = "", set()
    for row in book[sheet].iter_rows(min_row=8, max_col=2):
        label, unit = row[0].value, row[1].value
        heading = label if label and not unit else heading
        of_money |= {heading} if unit and unit.startswith("£") else set()
    assert len(of_money) > 2
    assert not [text for text in of_money if "cash of the year" not in text and "real" not in text.lower()]


def test_the_do_minimum_is_marked_on_the_summary(tmp_path: Path) -> None:
    """In the 2026 example it is naming a link worker in every school."""
    page = opened(tmp_path, "example-2026")["Summary"]
    marked = [cell.value for row in page.iter_rows() for cell in row if "(do minimum)" in str(cell.value)]
    assert marked == ["Name a link worker in every school (do minimum)"]


PAPERS = {"8": (841.9, 1190.6), "9": (595.3, 841.9)}  # A3, A4, standing, in points
WIDER = 1.36  # than with Calibri are columns with DejaVu Sans, which LibreOffice takes where Calibri is missing


def as_printed(page: Worksheet) -> tuple[float, float]:
    """The size in points of the smallest letters on paper, and how many pages a sheet takes, from its set-up alone."""
    setup, margins = page.page_setup, page.page_margins
    first, top, last, bottom = range_boundaries(page.print_area.rpartition("!")[2].replace("$", ""))
    columns = set(range(first, last + 1)) | ({1, 2} if page.print_title_cols else set())
    widths: dict[int, float] = {}
    for each in page.column_dimensions.values():
        widths |= dict.fromkeys(range(each.min, each.max + 1), each.width * 7 * 0.75 * WIDER)
    across, down = PAPERS[str(setup.paperSize)][:: -1 if setup.orientation == "landscape" else 1]
    across, down = across - 72 * (margins.left + margins.right), down - 72 * (margins.top + margins.bottom)
    heights = [page.row_dimensions[row].height or 15 for row in range(top, bottom + 1)]
    head = sum(heights[:7]) if page.print_title_rows else 0
    breaks = len(page.col_breaks.brk)
    if breaks:
        scale = setup.scale / 100
        assert sum(widths[column] for column in {1, 2, *range(first, first + 12)}) * scale <= across
    else:
        scale = min(1, across / sum(widths[column] for column in columns))
    rows_break = {each.id for each in page.row_breaks.brk}
    if rows_break:
        assert setup.scale / 100 <= scale
        scale = setup.scale / 100
    elif setup.fitToHeight is None and not breaks:
        scale = min(scale, down / sum(heights))
    if page.title == "Sensitivity":
        assert_charts_are_whole(page, heights, down / scale, rows_break)
    letters = [cell.font.sz for row in page.iter_rows(top, bottom) for cell in row
               if cell.column in columns and cell.value not in (None, "")]  # fmt: skip
    return min(letters) * scale, (breaks + 1) * max(1, (sum(heights) - head) / (down / scale - head))


def assert_charts_are_whole(page: Worksheet, heights: list[float], high: float, breaks: set[int]) -> None:
    """No page ends within a chart. breaks: the rows after which a page ends, others where it is full."""
    taken, starts = 0.0, {0}
    for row, height in enumerate(heights):
        if row in breaks or taken + height > high:
            starts.add(row)
            taken = 0.0
        taken += height
    for chart in page._charts:  # type: ignore[attr-defined]
        within = range(chart.anchor._from.row + 1, chart.anchor.to.row + 1)
        assert not starts & set(within), f"the chart in rows {within} is on two pages"


@pytest.mark.parametrize(("case", "pages"), [("wolverhampton-2015", 50), ("example-2026", 100)])
def test_what_is_printed_can_be_read_and_is_no_ream(case: str, pages: int, tmp_path: Path) -> None:
    found = {page.title: as_printed(page) for page in opened(tmp_path, case)}
    assert not {sheet: size for sheet, (size, _) in found.items() if size < 7.995}
    assert sum(taken for _, taken in found.values()) < pages


def test_the_summary_is_one_landscape_page(tmp_path: Path) -> None:
    page = opened(tmp_path)["Summary"]
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight or 1) == (1, 1)
    assert (page.page_setup.orientation, str(page.page_setup.paperSize)) == ("landscape", "8")
    figures = [cell for row in page.iter_rows(min_row=4) for cell in row if cell.data_type == "f"]
    assert figures and not [cell for row in page.iter_rows() for cell in row if cell.data_type == "n" and cell.value]
