"""The growth that the base budget holds already: stated once, read by what avoids growth and by costs avoided."""

from __future__ import annotations

from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line

SECTION = "Budget reduction or avoided growth"


def growth_in_base_budget(book: Book) -> Line | None:
    """£ of each year above the budget before the first year; None where the case does not state it."""
    growth = book.case.growth_in_base_budget
    if growth is None:
        return None
    label = "Growth that the base budget holds already, above the budget before the first year"
    return Room(book, "base_budget", SECTION).once.state("growth", label, growth, "£", over=Timeline.YEARS)
