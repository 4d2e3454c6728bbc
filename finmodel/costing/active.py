"""When something runs: a flag by month from its start to its end."""

from __future__ import annotations

from finmodel.basis.room import Room
from finmodel.lines.arithmetic import compare
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.lines.periods import Month


def active_line(
    room: Room, start: Month | None, end: Month | None, label: str, otherwise: tuple[Line, Line] | None = None
) -> Line:
    """1 in the months from start to end, both included, otherwise 0.

    otherwise: the first and the last month of what it belongs to, which hold where a month is not stated; without them
    those of the case.
    """
    book, first, last = room.book, "First month, counted from 1", "Last month, counted from 1"
    opening, closing = (None, None) if otherwise is None else otherwise
    if start is None and opening is not None:
        opening = room.line("start", first, opening, "number", note="Not stated: that of what it belongs to.")
    else:
        opening = first_month(room, start)
    if end is None and closing is not None:
        closing = room.line("end", last, closing, "number", note="Not stated: that of what it belongs to.")
    else:
        months = book.horizon.months
        note = f"{(end or months[-1]).words}; {'as stated' if end else 'not stated: the last of the case'}."
        closing = room.month("end", last, end, len(months), note=note)
    month = book.number_of(Timeline.MONTHS)
    return room.line("active", label, compare(month, ">=", opening) * compare(month, "<=", closing), "flag")


def first_month(room: Room, start: Month | None, label: str = "First month, counted from 1") -> Line:
    """The number of the month in which something starts, or falls; the case's first where it is not stated."""
    months = room.book.horizon.months
    note = f"{(start or months[0]).words}; {'as stated' if start else 'not stated: the first of the case'}."
    return room.month("start", label, start, 1, note=note)
