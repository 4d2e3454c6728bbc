"""The workbook's sheet of assurance: what is blank or expired, the logs, the limits, the sources. Text alone."""

from __future__ import annotations

from xlsxwriter import Workbook

from finmodel.appraisal.appraise import Appraisal
from finmodel.document.table import Row, Table
from finmodel.report.assurance_tables import assurance_tables
from finmodel.report.financial_implications import left_blank
from finmodel.report.line_sheets import LARGE, Formats, set_up_page
from finmodel.report.sheet_tables import write_text_table
from finmodel.report.sources import sources_table
from finmodel.results.appraised import AppraisalResults
from finmodel.results.wording import capital

SHEET = "Assurance"
_WIDTHS = (36, 68, 16, 20, 18, 14, 14, 12, 12, 20, 18, 30)
_NOT_PRINTED = "For the screen, not printed: the assumptions log and the sources, which stand beside each input too"
_PRINTED = 9  # columns, which the tables that are printed need at most
_FOR_SCREEN = {"assurance-assumptions", "sources"}  # long, and beside each input of the sheets of inputs too


def write_assurance(book: Workbook, appraisal: Appraisal, found: AppraisalResults, formats: Formats) -> None:
    """Add the assurance pack."""
    page = book.add_worksheet(SHEET)
    set_up_page(page, LARGE)
    page.write_string(0, 0, "Assurance pack", formats.title)
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    row = 2
    tables = (*assurance_tables(found.assurance), *_left_out(found), sources_table(appraisal))
    for table in tables:
        if table.id not in _FOR_SCREEN:
            row = write_text_table(page, row, table, _WIDTHS, formats)
    page.print_area(0, 0, row - 2, _PRINTED - 1)
    page.write_string(row, 0, _NOT_PRINTED, formats.quiet)
    row += 2
    for table in tables:
        if table.id in _FOR_SCREEN:
            row = write_text_table(page, row, table, _WIDTHS, formats)


def _left_out(found: AppraisalResults) -> tuple[Table, ...]:
    """What the case leaves blank, so that the paper does not say it; none where it leaves nothing blank."""
    rows = tuple(Row(capital(text)) for text in left_blank(found))
    return (Table("left-out", "Left out of the paper", "What the case does not state", (), rows),) if rows else ()
