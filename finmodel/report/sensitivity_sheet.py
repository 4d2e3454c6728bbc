"""The workbook's sheet of what a change of the inputs would do to the answer: tables of what was tried, and charts.

Its figures are text, at the case as it is stated, but for those that a tornado's bars are drawn from.
"""

from __future__ import annotations

from xlsxwriter import Workbook

from finmodel.document.chart_shapes import Chart
from finmodel.document.parts import Paragraph, every_part
from finmodel.document.table import Table
from finmodel.report.line_sheets import LANDSCAPE, LINE_HEIGHT, Formats, lines_of, points_wide, print_whole, set_up_page
from finmodel.report.sheet_tables import write_text_table
from finmodel.report.tornado_sheet import write_tornado
from finmodel.report.uncertainty_tables import sensitivity_parts, what_if_parts
from finmodel.results.appraised import AppraisalResults

SHEET = "Sensitivity"
_WIDTHS = (38, 16, 16, 16, 16, 16, 12, 12)
_PRINTED = 8
_HEAD_OF_TABLE = 3  # rows: its title, its headings and the first of it
_STILL = (
    "Worked out from the case as it is stated: what is typed into other sheets moves the model and not these tables."
)
_LIVE = "On the sheet Grid children and price together follow what is typed."
_IN_PART = "On the sheet Grid children and price together follow what is typed, but not for every option."
_AS_STATED = (
    "Children and price together are at the figures of the case: some rule between them and the net position cannot be "
    "written again for other children and prices."
)


def write_sensitivity(book: Workbook, found: AppraisalResults, formats: Formats, live: int) -> None:
    """Add what was tried, where anything was; live: how many options' grids follow the inputs, on a sheet."""
    if found.uncertainty is None:
        return
    page = book.add_worksheet(SHEET)
    set_up_page(page, LANDSCAPE)
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    page.write_string(0, 0, "How sure: what a change would do", formats.title)
    page.write_string(2, 0, _STILL, formats.quiet)
    grids = sum(option.grid is not None for option in found.uncertainty.options)
    if grids:
        page.write_string(3, 0, _LIVE if live == grids else _IN_PART if live else _AS_STATED, formats.quiet)
    page.freeze_panes(2, 0)
    row, together = 5, list[range]()
    for part in every_part((*what_if_parts(found), *sensitivity_parts(found))):
        if isinstance(part, Table):
            together.append(range(row, row + _HEAD_OF_TABLE))
            row = write_text_table(page, row, part, _WIDTHS, formats)
        if isinstance(part, Chart) and part.bars is not None:
            together += write_tornado(book, page, row, part, _WIDTHS, formats)
            row = together[-1].stop
        if isinstance(part, Paragraph):
            page.merge_range(row, 0, row, _PRINTED - 1, part.text, formats.text)
            page.set_row(row, LINE_HEIGHT * lines_of(part.text, sum(_WIDTHS)))
            row += 2
    page.print_area(0, 0, row, _PRINTED - 1)
    print_whole(page, points_wide(*_WIDTHS[:_PRINTED]), LANDSCAPE, together)
