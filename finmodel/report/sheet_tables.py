"""A table of text on a sheet of the workbook, as the page has it: caption, headings, a row a row."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from finmodel.document.table import Cell, Table
from finmodel.report.line_sheets import LINE_HEIGHT, Formats, lines_of

_OF_A_HEADING = 0.75  # of a column's width, for its letters are wider


def write_text_table(page: Worksheet, row: int, table: Table, widths: Sequence[float], formats: Formats) -> int:
    """Write a table from a row on; returns the row on which the next may begin. widths: of the sheet's columns."""
    page.write_string(row, 0, table.caption, formats.section)
    row += 1
    headings = (table.corner, *(cell.text for cell in table.columns))
    for column, text in enumerate(headings):
        page.write_string(row, column, text, formats.heading)
    narrower = [int(width * _OF_A_HEADING) for width in widths]
    page.set_row(row, LINE_HEIGHT * max(map(lines_of, headings, narrower)))
    for entry in table.rows:
        row += 1
        texts = (entry.header, *map(_text, entry.cells))
        for column, text in enumerate(texts):
            page.write_string(row, column, text, formats.text)
        page.set_row(row, LINE_HEIGHT * max(map(lines_of, texts, map(int, widths))))
    return row + 2


def _text(cell: Cell) -> str:
    return f"{cell.text}, {cell.note}" if cell.text and cell.note else cell.text or cell.note
