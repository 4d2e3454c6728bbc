"""What a sheet calls a cell: the words to its left and above it."""

from __future__ import annotations

import re

from finmodel.audit.workbooks.contents import Position, Worksheet

_FURTHEST = 400  # rows or columns to look back
TOTAL = re.compile(r"\b(sub-?)?totals?\b|\bsum\b", re.IGNORECASE)
"""Words that call a line a total."""
APART = re.compile(r"\b(of which|memo|memorandum|not included|excluded|excl)\b", re.IGNORECASE)
"""Words that keep a line out of the total on purpose."""
_NAMING = re.compile(
    r"\b(code|codes|id|ids|ref|reference|identifier|ledger|nominal|account|acct|cost cent(?:re|er)|objective|postcode|"
    r"phone|tel|urn|uprn|key|serial|index|rank|version)\b|\b(no|nr|num|number)\.?\s*$|^#$",
    re.IGNORECASE,
)
_COUNTING = re.compile(
    r"\b(years?|yrs?|periods?|months?|weeks?|quarters?|days?|dates?|hours?|nos?|nr|number|id|rank|ranking|line|row|item|"
    r"items|step|stage|phase|point|spine|grade|band|level|age|tier|round|question|ref|code|index|count|counter|n|t|s|sl|sn|sr|"
    r"serial|position|order|priority|option|scenario|case|column|sequence|time|class|lot|run|trial|day)\b|#|№",
    re.IGNORECASE,
)


def left_of(sheet: Worksheet, place: Position) -> str:
    """The text nearest to the left in the row; "" where there is none."""
    row, column = place
    for other in range(column - 1, max(0, column - _FURTHEST), -1):
        cell = sheet.cells.get((row, other))
        if cell is not None and cell.kind == "text" and str(cell.value).strip():
            return str(cell.value).strip()
    return ""


def above(sheet: Worksheet, place: Position) -> str:
    """The text nearest above in the column; "" where there is none."""
    row, column = place
    for other in range(row - 1, max(0, row - _FURTHEST), -1):
        cell = sheet.cells.get((other, column))
        if cell is not None and cell.kind == "text" and str(cell.value).strip():
            return str(cell.value).strip()
    return ""


def heading(sheet: Worksheet, place: Position, across: bool) -> str:
    """What a cell of a line is called: above it in a row (across), to its left in a column."""
    return above(sheet, place) if across else left_of(sheet, place)


def names_things(text: str) -> bool:
    """Whether a heading is one of codes and numbers that name things."""
    return bool(_NAMING.search(text))


def counts_things(text: str) -> bool:
    """Whether a heading, or none, is one of years, periods or numbers that count lines."""
    return not text or bool(_COUNTING.search(text) or _NAMING.search(text))
