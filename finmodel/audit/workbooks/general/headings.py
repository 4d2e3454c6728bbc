"""Numbers that are headings: years, dates and counters, which are no inputs."""

from __future__ import annotations

import re

from finmodel.audit.workbooks.contents import Position, SheetCell, Worksheet

_DATE = re.compile(r"[dmyh]", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def is_date(cell: SheetCell) -> bool:
    """Whether a number is shown as a date or time."""
    shown = _LITERAL.sub("", cell.style.number_format)
    return shown != "General" and _DATE.search(shown) is not None


def is_heading(sheet: Worksheet, place: Position) -> bool:
    """Whether a number is a date, a year, or, typed, one of a row of numbers that count on by one."""
    cell = sheet.cells[place]
    if cell.kind != "number" or not isinstance(cell.value, float):
        return False
    if is_date(cell):
        return True
    if cell.value != int(cell.value):
        return False
    if 1950 <= cell.value <= 2100 and cell.style.number_format in ("General", "0"):
        return True
    return not cell.formula and any(_counts(sheet, place, cell.value, step) for step in ((0, 1), (1, 0)))


def _counts(sheet: Worksheet, place: Position, value: float, step: Position) -> bool:
    """Whether the cells before and after go one down and one up: at an end, the two next."""

    def at(distance: int) -> object:
        cell = sheet.cells.get((place[0] + step[0] * distance, place[1] + step[1] * distance))
        return cell.value if cell is not None and cell.kind == "number" else None

    return any(all(at(d) == value + d for d in pair) for pair in ((-1, 1), (1, 2), (-1, -2)))
