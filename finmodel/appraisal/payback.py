"""Payback: when the running total of what an option nets comes up from below zero for the last time.

The one rule of payback, discounted payback, the month reached and the years from the start. Between two periods money
is taken to come in evenly. Money that is lost again has not been paid back.
Source: the usual rule of capital budgeting; to take the last crossing and not the first is this model's choice.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from msgspec import Struct

from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.lines.arithmetic import compare, conditional
from finmodel.lines.expression import Array, Cells, Expression, Form, Script, Wording
from finmodel.lines.line import Line
from finmodel.lines.outcomes import OverRows, if_number, number_if
from finmodel.lines.periods import MONTHS_IN_A_YEAR
from finmodel.lines.timing import largest, running_total, total_size
from finmodel.lines.units import Dimension

NOTHING_SPENT = "nothing to pay back: it neither costs nor saves anything"
NOT_PAID_BACK = "not paid back within the years shown"
LOST_AGAIN = "ahead for a time, then lost again: not paid back within the years shown"


class Balance(Struct, frozen=True):
    """What an option nets, its running total, and the last period in which that is below zero (0: in none).

    before_payback has a number where it is paid back afterwards, and elsewhere the reason why it is not.
    """

    net: Line
    cumulative: Line
    before_payback: Line


def crossing(room: Room, net: Line) -> Balance:
    """Write the lines in which a payback can be seen: running total, period while in deficit, the last of these.

    room: where the last period below zero goes.
    """
    book, label = room.book, f"{net.label[0].lower()}{net.label[1:]}"
    before, _, name = net.address.rpartition(".")
    flows = Room(book, before, room.section)
    total = flows.once.line(name.replace("net_", "cumulative_net_", 1), f"Cumulative {label}", running_total(net), "£")
    below = compare(total, "<", 0 - book.convention("tolerance"))
    in_deficit = flows.line(
        f"{name}.period_in_deficit",
        f"Number of the {net.timeline.one}, while the running total is below zero",
        conditional(below, book.number_of(net.timeline), 0),
        "number",
    )
    what = f"Last {net.timeline.one} below zero, counted from 1 ({label})"
    last = room.line("last_deficit", what, largest(in_deficit), "number")
    return Balance(net, total, _before_payback(room, (net, total, last), what))


def _before_payback(room: Room, course: tuple[Line, Line, Line], what: str) -> Line:
    """The last period below zero, where it is paid back afterwards; course: what it nets, its total and that period."""
    net, total, last = course
    end, tolerance = largest(room.book.number_of(net.timeline)), room.book.convention("tolerance")
    not_lost = compare(last, "<", end) + compare(largest(total), "<=", tolerance)
    kept = room.line(
        "last_deficit_not_lost_again",
        f"{what}, unless it was ahead before",
        number_if(not_lost, last, LOST_AGAIN),
        "number",
    )
    label = f"{net.label} of all {net.timeline.value}, added up whatever its sign"
    moved = room.line("amounts", label, total_size(net), "£")
    paid_back = if_number(kept, number_if(compare(kept, "<", end), kept, NOT_PAID_BACK))
    return room.line(
        "last_deficit_before_payback",
        f"{what}, where it is paid back afterwards",
        number_if(compare(moved, ">", 0), paid_back, NOTHING_SPENT),
        "number",
    )


def years_to(at: Balance) -> Expression:
    """Years to the final crossing, each year's flow at its end and the first year as year 0."""

    def say(wording: Wording) -> str:
        return (
            f"years from year 0 until the running total of {wording.row(at.net)} is at or above zero for good, "
            "within the year in proportion"
        )

    return _in_proportion(at, "years", 1, say)


def months_to(at: Balance) -> Expression:
    """Months from the start to the final crossing, within the month in proportion."""
    words = f"months until the running total of {at.net.label} is at or above zero for good, the last in proportion"
    return _in_proportion(at, "months", 0, lambda _: words)


def in_years(book: Book, months: Line) -> Expression:
    """Months as years, where there is a number of them."""
    twelve = book.definition("twelve", "Twelve months to the year", MONTHS_IN_A_YEAR, "months per year")
    return if_number(months, months / twelve)


def month_reached(at: Balance) -> Expression:
    """The number of the month in which the running total of monthly net savings is at or above zero for good."""
    return if_number(at.before_payback, at.before_payback + 1)


def _in_proportion(at: Balance, unit: str, before: int, say: Callable[[Wording], str]) -> Expression:
    """Periods to the crossing, counted from so many periods before the end of the first one."""

    def value(net: Array, total: Array, last: Array) -> float:
        period = 0 if np.isnan(last[0]) else int(last[0])
        return period - before - total[period - 1] / net[period] if period else 0.0

    def write(cells: Cells) -> str:
        last, less = cells.write(at.before_payback), f"-{before}" if before else ""
        part = f"INDEX({cells.row(at.cumulative)},{last})/INDEX({cells.row(at.net)},{last}+1)"
        return f"IF({last}=0,0,{last}{less}-{part})"

    def script(script: Script) -> Form:
        net, total, last = map(script.of, rows)
        part: Form = ["/", ["at", total, last], ["at", net, ["+", last, "1"]]]
        return ["if", ["=", last, "0"], "0", ["-", ["-", last, str(before)], part]]

    rows = (at.net, at.cumulative, at.before_payback)
    found = OverRows(rows, function=value, write=write, say=say, script=script, dimension=Dimension.of(unit))
    return if_number(at.before_payback, found)
