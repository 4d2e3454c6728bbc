"""The workbook's sheet of printed figures: every number in it is typed in, and everything else refers to it."""

from __future__ import annotations

from collections.abc import Mapping

from finmodel.audit.papers.sheets import GENERAL, PERCENT, POUNDS, Entry, EntrySheet, Text, TypedNumber
from finmodel.audit.papers.verification import PrintedFigure, Range, Verification
from finmodel.lines.excel import column_letters
from finmodel.quoting.units import is_money, is_percentage

SHEET = "Figures"
NO_LIMIT = "no limit"
_COLUMNS = (
    ("Figure", 34),
    ("Name in workings", 22),
    ("Printed", 15),
    ("Unit", 16),
    ("Where", 24),
    ("As at", 10),
    ("Read as", 32),
    ("Value", 15),
    ("Least, where others are worked out from it", 15),
    ("Greatest, where others are worked out from it", 15),
    ("Least that is printed so", 15),
    ("Greatest that is printed so", 15),
    ("Least is one of them (1 yes, 0 no)", 11),
    ("Greatest is one of them (1 yes, 0 no)", 11),
    ("Worth of its last digit", 12),
    ("Used in checks", 12),
    ("Note", 34),
)
VALUE, _, _, LOW, HIGH, LOW_IN, HIGH_IN, PLACE = range(7, 15)
_FIRST_ROW = 5  # counted from 1


def figures_sheet(found: Verification) -> EntrySheet:
    """The sheet of printed figures."""
    sheet = EntrySheet(SHEET, tuple(width for _, width in _COLUMNS), frozen=(_FIRST_ROW - 1, 1))
    sheet.add(Text("The figures as printed", "title"))
    sheet.add(
        Text("The numbers on yellow are typed in, and stand for what the paper prints. Change one and see.", "quiet")
    )
    sheet.add()
    sheet.add(*(Text(heading, "heading") for heading, _ in _COLUMNS))
    for figure in found.figures:
        sheet.add(*_row(figure))
    return sheet


def number_format(unit: str) -> str:
    """How numbers of a unit are shown."""
    return PERCENT if is_percentage(unit) else POUNDS if is_money(unit) else GENERAL


def cell_of(found: Verification) -> Mapping[str, Mapping[int, str]]:
    """Where each figure's numbers stand, by its name and the column: `Figures!$H$5`."""
    columns = range(VALUE, PLACE + 1)
    return {
        figure.name: {column: f"{SHEET}!${column_letters(column)}${row}" for column in columns}
        for row, figure in enumerate(found.figures, start=_FIRST_ROW)
    }


def cells_in_workings(found: Verification) -> dict[str, str]:
    """Where each figure's value stands, for the workings that use it."""
    return {name: cells[VALUE] for name, cells in cell_of(found).items()}


def _row(figure: PrintedFigure) -> tuple[Entry, ...]:
    shown, result = number_format(figure.unit), figure.printed_so
    of = f"{figure.unit}, of {figure.of}" if figure.of else figure.unit
    used = ", ".join(str(number) for number in figure.checks)
    texts = (figure.label or figure.name, figure.name, figure.printed, of, figure.where, figure.as_at, figure.reading)
    return (
        *(Text(text, "quiet" if column == 1 else "text") for column, text in enumerate(texts)),
        Text("none", "quiet") if figure.range.value is None else TypedNumber(figure.range.value, shown),
        *_ends(figure.range, shown),
        *_ends(result, shown),
        TypedNumber(float(result.includes_low), "0"),
        TypedNumber(float(result.includes_high), "0"),
        TypedNumber(figure.place, shown),
        Text(used),
        Text(figure.note),
    )


def _ends(of: Range, shown: str) -> tuple[Entry, Entry]:
    low, high = (Text(NO_LIMIT, "quiet") if end is None else TypedNumber(end, shown) for end in (of.low, of.high))
    return low, high
