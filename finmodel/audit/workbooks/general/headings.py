"""Numbers that are headings: years, dates and counters, which are no inputs."""

from __future__ import annotations

import re
from functools import lru_cache

from finmodel.audit.workbooks.contents import Position, SheetCell, Worksheet
from finmodel.audit.workbooks.general.labels import counts_things

_DATE = re.compile(r"[dmyh]", re.IGNORECASE)
_YEAR = re.compile(r"\byears?\b", re.IGNORECASE)
_IS_YEAR = re.compile(
    r"(fy|year|yr)?\s*(19|20)\d\d\b|year\s*\d+|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|q[1-4]\b",
    re.IGNORECASE,
)
_CENTURY = 100
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def is_date(cell: SheetCell) -> bool:
    """Whether a number is shown as a date or time."""
    return _shows_dates(cell.style.number_format)


@lru_cache(maxsize=4096)
def _shows_dates(number_format: str) -> bool:
    shown = _LITERAL.sub("", number_format)
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

    cells, (row, column), (down, right) = sheet.cells, place, step

    def counts_on(distance: int) -> bool:
        cell = cells.get((row + down * distance, column + right * distance))
        return cell is not None and cell.kind == "number" and cell.value == value + distance

    if counts_on(-1):
        return counts_on(1) or counts_on(-2)
    return counts_on(1) and counts_on(2)


def is_year_heading(sheet: Worksheet, place: Position, along: Position) -> bool:
    """Whether a number is a year or a date by itself and by the headings beside it: the next along counts on by one.

    along: the step from one heading to the next, (0, 1) in a row of headings. A lone one must be called a year.
    """
    cell = sheet.cells.get(place)
    if cell is None or cell.kind != "number" or not isinstance(cell.value, float) or cell.value != int(cell.value):
        return False
    if not 1950 <= cell.value <= 2100 or cell.style.number_format not in ("General", "0"):
        return False
    near = [sheet.cells.get((place[0] + along[0] * far, place[1] + along[1] * far)) for far in (-1, 1)]
    steps = [each.value - cell.value for each in near if each is not None and isinstance(each.value, float)]
    beside = sheet.cells.get((place[0] - along[0], place[1] - along[1]))
    if 1.0 in [abs(step) for step in steps]:
        return all(abs(step) == 1 or abs(step) > _CENTURY for step in steps)
    called = beside is not None and beside.kind == "text" and _YEAR.search(str(beside.value)) is not None
    return not steps and called


def is_input_that_counts(sheet: Worksheet, place: Position) -> bool:
    """Whether a number that counts on by one is an input all the same: under years, in a line called something else.

    `Children kept home: 1, 2, 3, 4` under 2025, 2026, 2027, 2028 is a phasing and no numbering.
    """
    cell = sheet.cells[place]
    if is_date(cell) or (isinstance(cell.value, float) and 1950 <= cell.value <= 2100):
        return False
    for step in ((0, 1), (1, 0)):
        if isinstance(cell.value, float) and _counts(sheet, place, cell.value, step):
            return not counts_things(_called(sheet, place, step)) and _is_under_years(sheet, place, step)
    return False


def _called(sheet: Worksheet, place: Position, step: Position) -> str:
    """The text before a run of numbers, with nothing but empty cells between; "" where there is none."""
    at, before = (place[0] - step[0], place[1] - step[1]), sheet.cells[place].value
    while at[0] > 0 and at[1] > 0:
        cell = sheet.cells.get(at)
        if cell is not None and cell.kind == "text":
            return str(cell.value).strip()
        if cell is not None and (not isinstance(cell.value, float) or cell.value + 1 != before):
            return ""
        at, before = (at[0] - step[0], at[1] - step[1]), cell.value if cell is not None else None
    return ""


def _is_under_years(sheet: Worksheet, place: Position, along: Position) -> bool:
    """Whether a line of years or dates heads the line that runs along a step."""
    back = (-along[1], -along[0])
    at = (place[0] + back[0], place[1] + back[1])
    while at[0] > 0 and at[1] > 0:
        cell = sheet.cells.get(at)
        if cell is not None and cell.kind == "number" and (is_date(cell) or is_year_heading(sheet, at, along)):
            return True
        if cell is not None and cell.kind == "text" and _IS_YEAR.match(str(cell.value).strip()):
            return True
        at = (at[0] + back[0], at[1] + back[1])
    return False
