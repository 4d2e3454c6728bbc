"""From a figure for an hour, a week or a month to that of a year."""

from __future__ import annotations

from finmodel.basis.room import Room
from finmodel.case.schema_periods import ForAPeriod
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line


def unit_of(unit: str, per: str) -> str:
    """The unit of a figure for a period: `£ per child` and `week` make `£ per child per week`.

    What falls once or in a month has the bare unit, as a monthly line has.
    """
    return unit if per in ("once", "month") else f"{unit} per {per}"


def of_a_year(
    room: Room, name: str, figure: Line, part: ForAPeriod, per: str, over: Timeline = Timeline.MONTHS
) -> Expression:
    """A year's figure: × months; × weeks that are paid; or × hours a week × weeks. Of one met once, itself.

    The lines of hours and weeks are those of the room whose names begin with `name`.
    """
    if per in ("once", "year"):
        return figure
    if per == "month":
        return figure * room.convention("months_in_a_year")
    weeks = _weeks(room, name, part, over)
    if per == "week":
        return figure * weeks
    if part.per_week is None:
        raise ValueError(f"{room.at} states no hours a week")
    hours = room.state(f"{name}_per_week", "Hours a week", part.per_week, "hours per week", over=over)
    return figure * hours * weeks


def _weeks(room: Room, name: str, part: ForAPeriod, over: Timeline) -> Line:
    if part.weeks is None:
        return room.convention("weeks_in_a_year")
    return room.state(f"{name}_weeks", "Weeks of a year that are paid", part.weeks, "weeks per year", over=over)
