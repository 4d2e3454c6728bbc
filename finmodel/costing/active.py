"""When something runs: a flag by month from its start to its end."""

from __future__ import annotations

from finmodel.basis.room import Room
from finmodel.lines.arithmetic import compare
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.lines.periods import Month


def active_line(room: Room, start: Month | None, end: Month | None, label: str) -> Line:
    """1 in the months from start to end, both included, otherwise 0; the whole case where they are not stated."""
    book, months = room.book, room.book.horizon.months
    opening = room.counted(
        "start",
        "First month, counted from 1",
        book.month_number(start, 1),
        note=f"{(start or months[0]).words}; {'as stated' if start else 'not stated: the first of the case'}.",
    )
    closing = room.counted(
        "end",
        "Last month, counted from 1",
        book.month_number(end, len(months)),
        note=f"{(end or months[-1]).words}; {'as stated' if end else 'not stated: the last of the case'}.",
    )
    month = book.number_of(Timeline.MONTHS)
    return room.line("active", label, compare(month, ">=", opening) * compare(month, "<=", closing), "flag")
