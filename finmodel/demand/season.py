"""Whether the number moves with the season: each month's or quarter's count against its own trend.

Classical decomposition: the trend is the average of a whole cycle about the count, half weight at both ends, and the
season is the mean of count ÷ trend. So two full cycles without a gap are the least from which every season has a figure
(Macaulay 1931, *The Smoothing of Time Series*, National Bureau of Economic Research: *recalled, not seen*).
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence

from msgspec import Struct

from finmodel.basis.room import Room
from finmodel.case.dated_counts import Dated
from finmodel.demand.observed import Timed
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import literal
from finmodel.lines.line import Line
from finmodel.lines.periods import Month

_PERIODS = {"month": 12, "quarter": 4}  # of a full cycle
_FULL_CYCLES = 2
SECTION = "Demand: season"


class SeasonOfYear(Struct, frozen=True):
    """A month, or the month in which a quarter ends: how far its counts are above their trend, a share.

    cycles: of how many years it is the mean.
    """

    name: str
    cycles: int
    above: Line


class Season(Struct, frozen=True):
    """Every season of the year, from the calendar's first; none, with what is missing, where it cannot be checked."""

    seasons: tuple[SeasonOfYear, ...] = ()
    why_not: str = ""


def write_season(timed: Timed, every: str | None) -> Season:
    """The check of a case's counts."""
    if every not in _PERIODS:
        given = "the counts are yearly" if every == "year" else "how often they are made is not stated"
        return Season(why_not=f"it needs two full years of monthly or quarterly counts, and {given}")
    cycle = _PERIODS[every]
    run = _in_a_row(timed.days, 12 // cycle)
    if len(run) < _FULL_CYCLES * cycle:
        what = f"{_FULL_CYCLES * cycle} {every}s in a row up to the last count"
        return Season(why_not=f"it needs two full cycles, {what}, and there are {len(run)}")
    return Season(tuple(_seasons(timed, run, cycle)))


def _in_a_row(days: Sequence[Dated], step: int) -> Sequence[Dated]:
    """The last counts, as far back as each is so many months after the one before."""
    months = [Month.containing(day.day("known")) for day in days]
    first = len(days) - 1
    while first > 0 and months[first - 1] + step == months[first]:
        first -= 1
    return days[first:]


def _seasons(timed: Timed, run: Sequence[Dated], cycle: int) -> list[SeasonOfYear]:
    room = Room(timed.room.book, "demand.season", SECTION)
    half, counts = cycle // 2, [timed.children(day) for day in run]
    two = room.book.definition("half_weight", "Both ends of a cycle together count as one", 2, "number")
    number = room.fact("cycle", "Counts in a full cycle", cycle)
    ratios: dict[int, list[Line]] = {}
    for place in range(half, len(run) - half):
        own = room.within(run[place].id)
        inner, ends = counts[place - half + 1 : place + half], (counts[place - half], counts[place + half])
        rule = (literal(add_up(inner)) + literal(add_up(ends)) / two) / number
        trend = own.line("trend", f"{run[place].name}: average of the cycle about it", rule, "children")
        ratio = own.line("ratio", f"{run[place].name}: count ÷ trend", counts[place] / trend, "share")
        ratios.setdefault(run[place].day("known").month, []).append(ratio)
    return [_season(room, month, ratios[month]) for month in sorted(ratios)]


def _season(room: Room, month: int, ratios: Sequence[Line]) -> SeasonOfYear:
    name = calendar.month_name[month]
    own = room.within(name.lower())
    years = own.fact("cycles", f"{name}: years of which it is the mean", len(ratios))
    above = own.line("above", f"{name}: above its trend", literal(add_up(ratios)) / years - 1, "share")
    return SeasonOfYear(name, len(ratios), above)
