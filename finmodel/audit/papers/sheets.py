"""What a sheet of the auditor's workbooks is made of: texts, typed-in numbers, live formulas with their results."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from finmodel.lines.excel import column_letters
from finmodel.report.line_sheets import LINE_HEIGHT, Formats, lines_of
from finmodel.report.line_worksheet import LineWorksheet

GENERAL, PERCENT, POUNDS = "#,##0.######", "0.0###%", "#,##0.00"


class Text(Struct, frozen=True):
    """Words. style: `text`, `quiet`, `heading`, `section`, `title`, `stress`, or `plain`, which
    does not wrap."""

    text: str
    style: str = "text"


class TypedNumber(Struct, frozen=True):
    """A typed-in number."""

    value: float
    number_format: str = GENERAL


class Kept(Struct, frozen=True):
    """A number of finmodel's own, kept next to a formula so that the two can be held together. Not an input."""

    value: float
    number_format: str = GENERAL


class Live(Struct, frozen=True):
    """A formula, and what it gives."""

    formula: str
    result: float | str
    number_format: str = GENERAL


Entry = Text | TypedNumber | Kept | Live | None


class EntrySheet(Struct):
    """A sheet: rows of entries from the top, None for an empty cell. frozen: rows and columns that stay in view."""

    name: str
    widths: tuple[int, ...]
    rows: list[tuple[Entry, ...]] = field(default_factory=list)
    frozen: tuple[int, int] = (0, 0)
    landscape: bool = True

    def add(self, *entries: Entry) -> int:
        """Add a row; its number, counted from 1."""
        self.rows.append(entries)
        return len(self.rows)

    @property
    def formulas(self) -> Iterator[tuple[str, str, float | str]]:
        """Every formula cell: the sheet, the cell, and what it must show."""
        for row, entries in enumerate(self.rows, start=1):
            for column, entry in enumerate(entries):
                if isinstance(entry, Live):
                    yield self.name, f"{column_letters(column)}{row}", entry.result


def write_sheet(book: Workbook, sheet: EntrySheet, formats: Formats) -> None:
    """Add a sheet to a workbook, with its print set-up."""
    page = book.add_worksheet(sheet.name, LineWorksheet)
    styles = _Styles(book, formats)
    for row, entries in enumerate(sheet.rows):
        for column, entry in enumerate(entries):
            _write(page, row, column, entry, styles)
        page.set_row(row, LINE_HEIGHT * _height(sheet, entries))
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    page.hide_gridlines(2)
    if sheet.landscape:
        page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&RPage &P of &N")
    if any(sheet.frozen):
        page.freeze_panes(*sheet.frozen)
        page.repeat_rows(0, max(sheet.frozen[0] - 1, 0))
    page.print_area(0, 0, max(len(sheet.rows) - 1, 0), len(sheet.widths) - 1)


class _Styles:
    def __init__(self, book: Workbook, formats: Formats) -> None:
        self._book, self._formats = book, formats
        self._made: dict[tuple[str, str], Format] = {}

    def of_text(self, style: str) -> Format:
        return self._number(style, "") if style in {"stress", "plain"} else getattr(self._formats, style)

    def of_number(self, entry: TypedNumber | Kept | Live) -> Format:
        return self._number(type(entry).__name__, entry.number_format)

    def _number(self, kind: str, number_format: str) -> Format:
        if (kind, number_format) not in self._made:
            looks: dict[str, dict[str, object]] = {
                "TypedNumber": {"font_color": "#0000FF", "bg_color": "#FFFBE6", "border": 4, "align": "right"},
                "Kept": {"font_color": "#595959", "align": "right"},
                "Live": {"align": "right", "text_wrap": True},
                "plain": {"align": "left", "indent": 1},
                "stress": {"bold": True, "text_wrap": True, "align": "left", "indent": 1},
            }
            shown = {"num_format": number_format} if number_format else {}
            self._made[kind, number_format] = self._book.add_format({"valign": "top", **looks[kind], **shown})
        return self._made[kind, number_format]


def _write(page: Worksheet, row: int, column: int, entry: Entry, styles: _Styles) -> None:
    match entry:
        case Text(text, style):
            page.write_string(row, column, text, styles.of_text(style))
        case TypedNumber(value) | Kept(value):
            page.write_number(row, column, value + 0.0, styles.of_number(entry))
        case Live(formula, result):
            page.write_formula(row, column, formula, styles.of_number(entry), result)


def _height(sheet: EntrySheet, entries: tuple[Entry, ...]) -> int:
    wrapped = {"text", "heading", "stress"}
    texts = [
        (entry.text, width)
        for entry, width in zip(entries, sheet.widths, strict=False)
        if isinstance(entry, Text) and entry.style in wrapped
    ]
    return max((lines_of(text, width - 2) for text, width in texts), default=1)
