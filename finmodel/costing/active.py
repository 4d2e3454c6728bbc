"""When something runs: a flag by month from its start to its end."""

from __future__ import annotations

from finmodel.basis.book import Book
from finmodel.lines.arithmetic import compare
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.lines.periods import Month


def active_line(book: Book, prefix: str, start: Month | None, end: Month | None, section: str, label: str) -> Line:
    """1 in the months from start to end, both included, otherwise 0; the whole case where they are not stated."""
    months = book.horizon.months
    first, last = book.month_number(start, 1), book.month_number(end, len(months))
    opening = book.counted(
        f"{prefix}.start",
        "First month, counted from 1",
        first,
        "number",
        section=section,
        note=f"{(start or months[0]).words}; {'as stated' if start else 'not stated: the first of the case'}.",
    )
    closing = book.counted(
        f"{prefix}.end",
        "Last month, counted from 1",
        last,
        "number",
        section=section,
        note=f"{(end or months[-1]).words}; {'as stated' if end else 'not stated: the last of the case'}.",
    )
    month = book.number_of(Timeline.MONTHS)
    rule = compare(month, ">=", opening) * compare(month, "<=", closing)
    return book.line(f"{prefix}.active", label, rule, "flag", section=section)
