"""Observations at dated days as lines: each number, and each day as a count of days from the first of the case."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from finmodel.basis.room import Room
from finmodel.case.schema_demand import Observation
from finmodel.lines.line import Line
from finmodel.lines.periods import Month
from finmodel.parsing.partial_dates import day_in_words

Clock = Literal["days", "months"]
Reading = Literal["known", "start", "end"]


@dataclass(frozen=True, slots=True)
class Dated:
    """What is known of one day: the observation that serves, and others that may be of the same day.

    first, last: the days that it may be, over all of them.
    """

    used: Observation
    others: tuple[Observation, ...]
    first: date
    last: date

    def day(self, reading: Reading) -> date:
        """The day by a reading of the date: the most exact one known, or the first or last that it may be."""
        return {"known": self.used.date.last, "start": self.first, "end": self.last}[reading]

    @property
    def id(self) -> str:
        """The day as a part of an address."""
        return f"on-{self.used.date.last.isoformat()}"

    @property
    def name(self) -> str:
        """The day in words."""
        return day_in_words(self.used.date.last)


def dated(observations: Sequence[Observation]) -> tuple[Dated, ...]:
    """Observations by day; of several that may be of one day the most exact serves, and the first of equally exact."""
    exact = sorted((each for each in observations if each.date.is_exact), key=lambda each: each.date.last)
    vague = [each for each in observations if not each.date.is_exact]
    groups: list[list[Observation]] = []
    for each in exact:
        if groups and groups[-1][0].date.last == each.date.last:
            groups[-1].append(each)
        else:
            groups.append([each])
    for each in sorted(vague, key=lambda one: one.date.last):
        same = [group for group in groups if group[0].date.may_be(each.date)]
        if same:
            same[-1].append(each)
        else:
            groups.append([each])
    found = [
        Dated(
            group[0],
            tuple(group[1:]),
            min(each.date.first for each in group),
            max(each.date.last for each in group),
        )
        for group in groups
    ]
    return tuple(sorted(found, key=lambda each: each.used.date.last))


@dataclass(frozen=True, slots=True)
class Timed:
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
            return room.counted(f"day{suffix}", label, days_to(self.room, when), "days", said)
        label = f"Month of {day.name}, counted from 1"
        number = self.room.book.month_number(Month.containing(when), 1)
        return room.counted("month", label, number, "number", said)

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
