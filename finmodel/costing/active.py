"""When something runs: a flag by month from its start to its end, later by a delay."""

from __future__ import annotations

from typing import Protocol

from msgspec.structs import replace

from finmodel.basis.book import NOT_LATE
from finmodel.basis.room import Room
from finmodel.lines.arithmetic import begun, compare
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.periods import Month
from finmodel.lines.timing import moved
from finmodel.parsing.quantities import Quantity

DELAY = "delay_months"
FIRST_MONTH, _LAST = "First month, counted from 1", "Last month, counted from 1"


class WithMonths(Protocol):
    """What the case states with months of its own: a post, a cost, a claim."""

    @property
    def start(self) -> Month | None:
        """The first month."""

    @property
    def end(self) -> Month | None:
        """The last month."""

    @property
    def delay_months(self) -> Quantity | None:
        """By how many months it comes later than it is stated."""


def delay_input(room: Room, label: str, stated: Quantity | None) -> Line:
    """By how many months something comes later than its months in the case say; none where it is not stated."""
    if stated is None:
        return room.input(DELAY, label, 0, "number", NOT_LATE)
    return room.state(DELAY, label, stated, "number")


def late_line(room: Room, timed: WithMonths, label: str = FIRST_MONTH) -> Line:
    """The months by which it comes later: its own delay and its option's; room: its own.

    What began before the case begins cannot come later, whatever its option does.
    """
    if "late" in room:
        return room["late"]
    start = first_month(room, timed.start, label)
    own = delay_input(room, "Delay of it alone, months", timed.delay_months)
    option = _delay_of_option(room)
    rule = (own if option is None else own + option) * compare(start, ">=", 1)
    delays = "Its own delay" if option is None else "Its own delay and its option's"
    note = f"{delays}; none of what began before the case does."
    return room.line("late", "Months later than stated", rule, "number", note=note)


def _delay_of_option(room: Room) -> Line | None:
    """The delay of the option that a room belongs to, made when its first part asks for it; None outside all options,
    as of a worker who is priced for a caseload.
    """
    root, name, *_ = room.at.split(".")
    if root != "options":
        return None
    option = next(each for each in room.book.case.options if each.id == name)
    whole = Room(room.book, f"options.{name}", "The option as a whole").once
    return delay_input(whole, "Delay of the option, months", option.delay_months)


def late_of(room: Room) -> Line:
    """The months by which that comes later to which the room belongs, be it a part of it."""
    at = room.at
    while f"{at}.late" not in room.book.model and "." in at:
        at = at.rpartition(".")[0]
    return replace(room, at=at)["late"]


def active_line(room: Room, timed: WithMonths, label: str) -> Line:
    """1 in the months from start to end, both included and both moved by the delay, otherwise 0.

    Of a month in which it begins or ends within the month, as a delay of 2.5 months has it, the part.
    """
    late = late_line(room, timed)
    return _active(room, room["start"], _last_month(room, timed.end), late, label)


def active_within(
    room: Room, start: Month | None, end: Month | None, label: str, otherwise: tuple[Line, Line] | None = None
) -> Line:
    """The same of a part that has months of its own, and comes later as what it belongs to does.

    otherwise: the first and the last month of what it belongs to, which hold where a month is not stated; without them
    those of the case.
    """
    opening, closing = (None, None) if otherwise is None else otherwise
    note = "Not stated: that of what it belongs to."
    if start is None and opening is not None:
        opening = room.line("start", FIRST_MONTH, opening, "number", note=note)
    else:
        opening = first_month(room, start)
    if end is None and closing is not None:
        closing = room.line("end", _LAST, closing, "number", note=note)
    else:
        closing = _last_month(room, end)
    return _active(room, opening, closing, late_of(room), label)


def _active(room: Room, start: Line, end: Line, late: Line, label: str) -> Line:
    month = room.book.number_of(Timeline.MONTHS)
    return room.line("active", label, begun(month, start + late) - begun(month, end + 1 + late), "flag")


def in_month(room: Room, month: Expression) -> Expression:
    """1 in a month, counted from 1, otherwise 0; of one that is not whole, its part in either month."""
    number = room.book.number_of(Timeline.MONTHS)
    return begun(number, month) - begun(number, month + 1)


def first_month(room: Room, start: Month | None, label: str = FIRST_MONTH) -> Line:
    """The number of the month in which something starts, or falls; the case's first where it is not stated."""
    months = room.book.horizon.months
    note = f"{(start or months[0]).words}; {'as stated' if start else 'not stated: the first of the case'}."
    return room.month("start", label, start, 1, note=note)


def _last_month(room: Room, end: Month | None) -> Line:
    months = room.book.horizon.months
    note = f"{(end or months[-1]).words}; {'as stated' if end else 'not stated: the last of the case'}."
    return room.month("end", _LAST, end, len(months), note=note)


def profile(room: Room, name: str, label: str, quantity: Quantity, unit: str) -> Line:
    """A figure month by month; a list counts its years from the case's first and comes later as its owner does.

    Figures by council year or by month stay in theirs, as prices do.
    """
    given = room.state(name, label, quantity, unit)
    if quantity.is_constant or quantity.ends is None or quantity.named:
        return given
    return room.monthly(f"{name}_later", f"{label}, with the delay", moved(given, late_of(room)), unit)
