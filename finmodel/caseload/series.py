"""Workloads over time as a paper's table has them: the numbers there are, the gaps named, and first against last."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from finmodel.basis.inherited import inherited
from finmodel.basis.room import Room
from finmodel.case.schema_caseload import CaseloadSeries
from finmodel.caseload.teams import SECTION
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import literal
from finmodel.lines.line import Line
from finmodel.lines.outcomes import ratio
from finmodel.lines.periods import Month
from finmodel.parsing.partial_dates import PartialDate

TOGETHER = "together"
FROM_NOTHING = "it was zero at first"


class WrittenSeries(Struct, frozen=True):
    """A series: its days with their numbers, the change from first to last and that as a share; gaps: months without.

    mean: of those there are.

    Two series or more of the same days and unit have their sum as one more, `together`.
    """

    id: str
    label: str
    unit: str
    every: str
    dates: tuple[PartialDate, ...]
    numbers: tuple[Line, ...]
    gaps: tuple[Month, ...]
    change: Line
    share: Line
    mean: Line


def write_series(caseload: Room, stated: Sequence[CaseloadSeries]) -> tuple[WrittenSeries, ...]:
    """Write every series, and their sum where they have the same days and unit."""
    found = []
    for each in stated:
        room = caseload.within(f"series.{each.id}", each, f"{SECTION}: {each.label}")
        counts = sorted(each.counts, key=lambda count: count.date.last)
        numbers = [
            room.within(f"on-{count.date.last.isoformat()}", inherited(count, each)).state(
                "number", f"{each.label}, {period_of(count.date, each.every)}", count.number, "cases"
            )
            for count in counts
        ]
        dates = tuple(count.date for count in counts)
        found.append(_series(room, each.id, each.label, each.unit, dates, numbers, each.every))
    if len({(each.unit, each.dates) for each in found}) == 1 and len(found) > 1:
        room = caseload.within(f"series.{TOGETHER}", None, f"{SECTION}: the series together")
        label, dates = "Together", found[0].dates
        sums = [
            room.line(
                f"on-{date.last.isoformat()}.number",
                f"{label}, {period_of(date, stated[0].every)}",
                literal(add_up([each.numbers[place] for each in found])),
                "cases",
            )
            for place, date in enumerate(dates)
        ]
        found.append(_series(room, TOGETHER, label, found[0].unit, dates, sums, stated[0].every))
    return tuple(found)


def _series(
    room: Room, name: str, label: str, unit: str, dates: tuple[PartialDate, ...], numbers: Sequence[Line], every: str
) -> WrittenSeries:
    change = room.line("change", f"{label}: change from first to last", numbers[-1] - numbers[0], "cases")
    share = room.line(
        "share", f"{label}: change as a share of the first", ratio(change, numbers[0], FROM_NOTHING), "share"
    )
    held = room.fact("counted", f"{label}: how many there are", len(numbers))
    mean = room.line("mean", f"{label}: mean of those there are", literal(add_up(numbers)) / held, "cases")
    return WrittenSeries(name, label, unit, every, dates, tuple(numbers), gaps_of(dates, every), change, share, mean)


def period_of(date: PartialDate, every: str) -> str:
    """The month that a number is of, where there is one a month; else the day, as far as it is known."""
    return Month.containing(date.last).words if every == "month" else date.words


def gaps_of(dates: Sequence[PartialDate], every: str) -> tuple[Month, ...]:
    """The months between the first and the last that should have a number and have none."""
    step = {"month": 1, "quarter": 3, "year": 12}[every]
    held = {Month.containing(date.last) for date in dates}
    month, last, found = min(held), max(held), []
    while month < last:
        if month not in held:
            found.append(month)
        month += step
    return tuple(found)
