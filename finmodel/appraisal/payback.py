"""Payback: when the running total of what an option nets comes up from below zero for the last time.

The one rule of payback, discounted payback, the month reached and the years from the start. Between two periods money
is taken to come in evenly. Money that is lost again has not been paid back.
Source: the usual rule of capital budgeting; to take the last crossing and not the first is this model's choice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.lines.arithmetic import compare, conditional
from finmodel.lines.expression import Array, Cells, Expression, Wording
from finmodel.lines.line import Line
from finmodel.lines.outcomes import OverRows, if_number, quoted
from finmodel.lines.periods import MONTHS_IN_A_YEAR
from finmodel.lines.timing import largest, running_total
from finmodel.lines.units import Dimension

NOTHING_SPENT = "nothing to pay back: it neither costs nor saves anything"
NOT_PAID_BACK = "not paid back within the years shown"
LOST_AGAIN = "ahead for a time, then lost again: not paid back within the years shown"


@dataclass(frozen=True, slots=True)
class Balance:
    """What an option nets, its running total, and the last period in which that is below zero (0: in none)."""

    net: Line
    cumulative: Line
    last_deficit: Line
    tolerance: Line


def crossing(room: Room, net: Line) -> Balance:
    """Write the lines in which a payback can be seen: running total, period while in deficit, the last of these.

    room: where the last period below zero goes.
    """
    book, label = room.book, f"{net.label[0].lower()}{net.label[1:]}"
    before, _, name = net.address.rpartition(".")
    flows = Room(book, before, room.section)
    total = flows.once.line(name.replace("net_", "cumulative_net_", 1), f"Cumulative {label}", running_total(net), "£")
    tolerance = book.convention("tolerance")
    below = compare(total, "<", 0 - tolerance)
    in_deficit = flows.line(
        f"{name}.period_in_deficit",
        f"Number of the {net.timeline.one}, while the running total is below nil",
        conditional(below, book.number_of(net.timeline), 0),
        "number",
    )
    what = f"Last {net.timeline.one} below nil, counted from 1 ({label})"
    return Balance(net, total, room.line("last_deficit", what, largest(in_deficit), "number"), tolerance)


def years_to(at: Balance) -> Expression:
    """Years to the final crossing, each year's flow at its end and the first year as year 0."""

    def say(wording: Wording) -> str:
        return (
            f"years from year 0 until the running total of {wording.row(at.net)} is at or above nil for good, "
            "within the year in proportion"
        )

    return _in_proportion(at, "years", 1, say)


def months_to(at: Balance) -> Expression:
    """Months from the start to the final crossing, within the month in proportion."""
    words = f"months until the running total of {at.net.label} is at or above nil for good, the last in proportion"
    return _in_proportion(at, "months", 0, lambda _: words)


def in_years(book: Book, months: Line) -> Expression:
    """Months as years, where there is a number of them."""
    twelve = book.definition("twelve", "Twelve months to the year", MONTHS_IN_A_YEAR, "months per year")
    return if_number(months, months / twelve)


def month_reached(at: Balance) -> Expression:
    """The number of the month in which the running total of monthly net savings is at or above zero for good."""

    def say(wording: Wording) -> str:
        last = wording.say(at.last_deficit)
        return f"{last} + 1: the month after the last in which the running total of {at.net.label} is below nil"

    return _crossed(at, "number", lambda last, _, __: last + 1.0, lambda last, _, __: f"{last}+1", say)


def _in_proportion(at: Balance, unit: str, before: int, say: Callable[[Wording], str]) -> Expression:
    """Periods to the crossing, counted from so many periods before the end of the first one."""

    def found(last: int, net: Array, total: Array) -> float:
        return last - before - total[last - 1] / net[last] if last else 0.0

    def formula(last: str, net: str, total: str) -> str:
        less = f"-{before}" if before else ""
        return f"IF({last}=0,0,{last}{less}-INDEX({total},{last})/INDEX({net},{last}+1))"

    return _crossed(at, unit, found, formula, say)


def _crossed(
    at: Balance,
    unit: str,
    found: Callable[[int, Array, Array], float],
    formula: Callable[[str, str, str], str],
    say: Callable[[Wording], str],
) -> Expression:
    """A figure of the crossing, or why there is none.

    found: the figure, from the last period in deficit, the flows and their running total; formula: the same in cells.
    """

    def value(net: Array, total: Array, last: Array, tolerance: Array) -> float | str:
        if not np.any(net):
            return NOTHING_SPENT
        if int(last[0]) < len(net):
            return found(int(last[0]), net, total)
        return LOST_AGAIN if total.max() > tolerance[0] else NOT_PAID_BACK

    def write(cells: Cells) -> str:
        last, net, total = cells.write(at.last_deficit), cells.row(at.net), cells.row(at.cumulative)
        ahead = f"MAX({total})>{cells.write(at.tolerance)}"
        behind = f"IF({ahead},{quoted(LOST_AGAIN)},{quoted(NOT_PAID_BACK)})"
        crossed = f"IF({last}=COUNT({net}),{behind},{formula(last, net, total)})"
        return f"IF(SUMSQ({net})=0,{quoted(NOTHING_SPENT)},{crossed})"

    rows = (at.net, at.cumulative, at.last_deficit, at.tolerance)
    return OverRows(rows, function=value, write=write, say=say, dimension=Dimension.of(unit))
