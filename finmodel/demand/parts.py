"""The counts by group, such as age or placement: each part, what they come to, and by how many they miss the count."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from finmodel.basis.room import Room
from finmodel.case.dated_counts import Dated
from finmodel.case.schema_demand import PartOfCount
from finmodel.demand.observed import Timed
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import literal
from finmodel.lines.line import Line
from finmodel.parsing.partial_dates import day_in_words

NO_COUNT = "there is no count of that day"


class PartsOfDay(Struct, frozen=True):
    """One day by group. name: the day in words. parts: children by group, in no group twice; total: of them all.

    gap: children by which the day's count differs from the total, None where no count is of that day.
    """

    name: str
    parts: dict[str, Line]
    total: Line
    gap: Line | None


class Breakdown(Struct, frozen=True):
    """The counts by one kind of group. by: what the groups are of; names: every group, in the order of the case."""

    by: str
    names: tuple[str, ...]
    days: tuple[PartsOfDay, ...]


def write_parts(timed: Timed, stated: Sequence[PartOfCount]) -> tuple[Breakdown, ...]:
    """Every kind of group that a case states, each with its days in order."""
    kinds = list(dict.fromkeys(each.by for each in stated))
    return tuple(
        _breakdown(timed, number, [each for each in stated if each.by == by]) for number, by in enumerate(kinds, 1)
    )


def _breakdown(timed: Timed, number: int, stated: Sequence[PartOfCount]) -> Breakdown:
    by, names = stated[0].by, tuple(dict.fromkeys(each.part for each in stated))
    room = Room(timed.room.book, f"demand.parts.by-{number}", f"Demand: by {by.lower()}")
    lasts = sorted({each.date.last for each in stated})
    days = [[each for each in stated if each.date.last == last] for last in lasts]
    return Breakdown(by, names, tuple(_of_day(room, timed, names, day) for day in days))


def _of_day(room: Room, timed: Timed, names: Sequence[str], stated: Sequence[PartOfCount]) -> PartsOfDay:
    when = stated[0].date
    name = day_in_words(when.last)
    own, parts = room.within(f"on-{when.last.isoformat()}"), {}
    for each in stated:
        at = own.within(f"part-{names.index(each.part) + 1}", each)
        parts[each.part] = at.state("children", f"{each.part}, {name}", each.children, "children")
    whole = own.line(
        "total", f"By {stated[0].by.lower()}, {name}: together", literal(add_up(list(parts.values()))), "children"
    )
    count = _count_of(timed, stated[0])
    if count is None:
        return PartsOfDay(name, parts, whole, None)
    label = f"Count of {name} less its parts by {stated[0].by.lower()}"
    gap = own.line(
        "gap", label, timed.children(count) - whole, "children", note="0 where the parts close with the count."
    )
    return PartsOfDay(name, parts, whole, gap)


def _count_of(timed: Timed, part: PartOfCount) -> Dated | None:
    """The count of the same day: of the very day, else the latest that may be of it."""
    exact = [day for day in timed.days if day.used.date.last == part.date.last]
    may_be = [day for day in timed.days if day.first <= part.date.last and part.date.first <= day.last]
    return next(iter([*exact, *reversed(may_be)]), None)
