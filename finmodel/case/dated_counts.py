"""Counts by day: several that may be of one day stand together, and the most exact of them serves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from finmodel.case.schema_demand import Observation
from finmodel.parsing.partial_dates import day_in_words

Clock = Literal["days", "months"]
Reading = Literal["known", "start", "end"]


class Dated(Struct, frozen=True):
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
            max(same, key=lambda group: group[0].date.last).append(each)
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
