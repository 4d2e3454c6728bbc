"""The workbook's list of sources: the case's documents, and every source that an input names."""

from __future__ import annotations

from xlsxwriter import Workbook

from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.line import Origin
from finmodel.report.line_sheets import LINE_HEIGHT, Formats, lines_of

SHEET = "Sources"
_HEADINGS = ("Source", "Where in it", "Confidence", "As at", "Link", "Note", "Inputs that rest on it")
_WIDTHS = (60, 30, 13, 12, 40, 60, 60)


def write_sources(book: Workbook, appraisal: Appraisal, formats: Formats) -> None:
    """Add the sources."""
    page = book.add_worksheet(SHEET)
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.freeze_panes(3, 1)
    page.write_string(0, 0, "Sources", formats.title)
    for column, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(2, column, heading, formats.heading)
    row = 3
    for origin, addresses in _by_origin(appraisal).items():
        as_at = origin.as_at.isoformat() if origin.as_at else ""
        texts = (origin.source, origin.where, origin.confidence, as_at, origin.link, origin.note, ", ".join(addresses))
        for column, text in enumerate(texts):
            page.write_string(row, column, text, formats.text)
        page.set_row(row, LINE_HEIGHT * max(map(lines_of, texts, _WIDTHS)))
        row += 1
    page.print_area(0, 0, row - 1, len(_HEADINGS) - 1)
    page.repeat_rows(2)


def _by_origin(appraisal: Appraisal) -> dict[Origin, list[str]]:
    found: dict[Origin, list[str]] = {}
    for line in appraisal.written.model:
        if line.origin is not None:
            found.setdefault(line.origin, []).append(line.address)
    return found
