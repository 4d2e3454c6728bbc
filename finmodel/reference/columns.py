"""What a column of a data file may hold: a reader of one cell, which says in plain words what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from finmodel.lines.periods import FinancialYear
from finmodel.reference.rates import CONFIDENCES


class Column(Struct, frozen=True):
    """A column: its name, how a cell of it is checked (ValueError when wrong), and whether it may be blank."""

    name: str
    check: Callable[[str], object]
    blank: bool = False
    is_number: bool = False

    def problem(self, text: str) -> str | None:
        """What is wrong with a cell; None when nothing is."""
        if not text:
            return None if self.blank else f"{self.name} is blank"
        try:
            self.check(text)
        except ValueError as error:
            return f"{self.name}: {error}"
        return None


def or_blank(column: Column) -> Column:
    """The same column, which may be blank."""
    return replace(column, blank=True)


def text(name: str) -> Column:
    """Any words."""
    return Column(name, str)


def number(name: str, low: float, high: float) -> Column:
    """A number within sensible bounds: outside them it is more likely a slip of the keyboard than a fact."""

    def check(cell: str) -> None:
        try:
            value = float(cell)
        except ValueError:
            raise ValueError(f"{cell!r} is not a number") from None
        if not low <= value <= high:
            raise ValueError(f"{cell} is outside {low:,} to {high:,}")

    return Column(name, check, is_number=True)


def whole(name: str, low: int, high: int) -> Column:
    """A whole number within bounds."""
    bounds = number(name, low, high)

    def check(cell: str) -> None:
        bounds.check(cell)
        if not re.fullmatch(r"-?\d+", cell):
            raise ValueError(f"{cell!r} is not a whole number")

    return Column(name, check)


def day(name: str) -> Column:
    """A date, 2015-04-06."""

    def check(cell: str) -> None:
        try:
            date.fromisoformat(cell)
        except ValueError:
            raise ValueError(f"{cell!r} is not a date; write it like 2015-04-06") from None

    return Column(name, check)


def year(name: str) -> Column:
    """A financial year, 2015-16, or a calendar year, 2015."""

    def check(cell: str) -> None:
        if not re.fullmatch(r"(19|20)\d\d", cell):
            FinancialYear.parse(cell)

    return Column(name, check)


def choice(name: str, *allowed: str) -> Column:
    """One of a few words."""

    def check(cell: str) -> None:
        if cell not in allowed:
            raise ValueError(f"{cell!r} is not one of: {', '.join(allowed)}")

    return Column(name, check)


def _link(cell: str) -> None:
    for address in cell.split(" ; "):  # a row may be put together from two pages
        if not re.match(r"https?://\S+$", address):
            raise ValueError(f"{address!r} is not a web address")


STATUS = choice("status", "agreed", "offered", "in force", "ended", "in law", "announced, not yet law")

PROVENANCE: tuple[Column, ...] = (
    choice("confidence", *CONFIDENCES),
    text("source"),  # never blank: an unverified row says "Recalled"
    or_blank(Column("source_url", _link)),
    or_blank(text("note")),
)
