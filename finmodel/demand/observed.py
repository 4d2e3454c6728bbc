"""Observations at dated days as lines: each number, and each day as a count of days from the first of the case."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from finmodel.basis.room import Room
from finmodel.case.dated_counts import Clock, Dated, Reading
from finmodel.lines.line import Line
from finmodel.lines.periods import Month
from finmodel.parsing.partial_dates import day_in_words


class Timed(Struct, frozen=True):
    """Observations of one subject as lines: the room, the days in order."""

    room: Room
    days: tuple[Dated, ...]

    def children(self, day: Dated) -> Line:
        """How many there were, as an input."""
        label = f"Children on {day.name}"
        return self._of(day).once.state("children", label, day.used.children, "children")

    def place(self, day: Dated, clock: Clock, reading: Reading) -> Line:
        """When that was: days from the day before the case's first, or months, its first being 1."""
        room, when = self._of(day).once, day.day(reading)
        said = f"{day_in_words(when)}."
        if clock == "days":
            suffix = "" if reading == "known" else f"_{reading}"
            label = f"Day of {day.name}, counted from {day_in_words(day_zero(self.room))}"
            return room.fact(f"day{suffix}", label, days_to(self.room, when), "days", said)
        label = f"Month of {day.name}, counted from 1"
        number = self.room.book.month_number(Month.containing(when), 1)
        return room.fact("month", label, number, "number", said)

    def until(self, place: int) -> Timed:
        """The same up to one of them, as if no later one were known."""
        return Timed(self.room, self.days[: place + 1])

    @property
    def base(self) -> Dated:
        """The last of them."""
        return self.days[-1]

    def _of(self, day: Dated) -> Room:
        return self.room.within(day.id, day.used)


def day_zero(room: Room) -> date:
    """The day before the case's first, from which days are counted."""
    return room.book.horizon.first_year.first_month.first_day - timedelta(days=1)


def days_to(room: Room, day: date) -> int:
    """Days from the day before the case's first."""
    return (day - day_zero(room)).days


def missing_periods(days: Sequence[Dated], every: str | None) -> tuple[str, ...]:
    """Months, quarters or years between the first and the last day that have no observation, in words."""
    if every is None or not days:
        return ()
    step = {"month": 1, "quarter": 3, "year": 12}[every]
    months = [Month.containing(day.used.date.last) for day in days]
    held, month, found = set(months), months[0], []
    while month < months[-1]:
        if month not in held:
            found.append(f"{calendar.month_name[month.month]} {month.year}")
        month += step
    return tuple(found)
