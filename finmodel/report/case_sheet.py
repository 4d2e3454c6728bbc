"""The workbook's last sheet: the files of the case, line by line, so that who has the workbook has the case.

`finmodel audit` rebuilds the model from it. What makes a file's bytes stands in cells that are seen: the lines as text,
how each line ends, and whether the file begins with a byte order mark. Cells of text survive being saved by Excel,
LibreOffice or openpyxl; the SHA-256 of each file says whether they did.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from xlsxwriter import Workbook

from finmodel import __version__
from finmodel.appraisal.appraise import Appraisal
from finmodel.reference.edition import edition
from finmodel.report.line_sheets import LANDSCAPE, Formats, set_up_page
from finmodel.results.evidence import code_edition

SHEET = "Case"
FILE_HEADINGS = ("File", "Begins with", "SHA-256")
LINE_HEADINGS = ("File", "Line", "Text", "Ends with")
MARK, NO_MARK = "byte order mark", "its text"
ENDS = {"\n": "line feed", "\r\n": "carriage return, line feed", "\r": "carriage return", "": "nothing more"}
CONTINUES = "the next row"  # a line too long for one cell goes on there
LONGEST_TEXT = 16_000  # characters, each of one or two of the 32,767 units that a cell holds
INTRODUCTION = (
    "The files of the case as they were read. `finmodel audit` rebuilds the model from them and compares every cell. "
    "Their lines, below, are for the screen and are not printed."
)
_WIDTHS = (24, 16, 90, 28)
_LIKE_AN_ESCAPE = re.compile("(?<=_x)(?=[0-9A-Fa-f]{4}_)")
_LINES = re.compile("([^\r\n]*)(\r\n|\r|\n|$)")


def write_case(book: Workbook, appraisal: Appraisal, formats: Formats) -> None:
    """Add the case; its lists are empty where it was made in Python and has no files."""
    contents = appraisal.loaded.contents
    page = book.add_worksheet(SHEET)
    set_up_page(page, LANDSCAPE)
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    page.write_string(0, 0, "The case in full", formats.title)
    page.write_string(2, 0, INTRODUCTION, formats.quiet)
    made = (("Made by", f"finmodel {__version__}"), ("Rates", edition()), ("Code", code_edition()))
    for row, (label, text) in enumerate(made, start=3):
        page.write_string(row, 0, label, formats.heading)
        page.write_string(row, 1, text, formats.written)
    row = 6
    for column, heading in enumerate(FILE_HEADINGS):
        page.write_string(row, column, heading, formats.heading)
    for name, content in contents:
        row += 1
        mark = MARK if content.startswith(b"\xef\xbb\xbf") else NO_MARK
        for column, text in enumerate((name, mark, hashlib.sha256(content).hexdigest())):
            page.write_string(row, column, text, formats.written)
    page.print_area(0, 0, row, len(FILE_HEADINGS) - 1)
    row += 2
    for column, heading in enumerate(LINE_HEADINGS):
        page.write_string(row, column, heading, formats.heading)
    page.freeze_panes(row + 1, 0)
    for name, content in contents:
        for number, text, end in lines_in(content.decode("utf-8-sig")):
            row += 1
            for column, shown in enumerate((name, str(number), text, end)):
                page.write_string(row, column, shown, formats.written)
    page.ignore_errors({"number_stored_as_text": f"A1:D{row + 1}"})


def lines_in(text: str) -> Iterator[tuple[int, str, str]]:
    """A file's lines: number, text and what it ends with. A line too long for a cell comes in pieces."""
    for number, match in enumerate(_LINES.finditer(text), start=1):
        line, end = match[1], match[2]
        if not line and not end and number > 1:
            return  # after the last line feed
        *pieces, last = _pieces(line)
        for piece in pieces:
            yield number, piece, CONTINUES
        yield number, last, ENDS[end]


def _pieces(line: str) -> list[str]:
    """A line cut where it is too long, and where programs would take what is written for an escape: `_x000D_`."""
    parts = _LIKE_AN_ESCAPE.split(line)
    return [part[start : start + LONGEST_TEXT] for part in parts for start in range(0, max(1, len(part)), LONGEST_TEXT)]
