"""Payback as lines: the final crossing of the cumulative net saving, in years, and as the month reached."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from finmodel.basis.book import Book
from finmodel.lines.arithmetic import compare, conditional
from finmodel.lines.expression import Array, Cells, Timeline, Wording
from finmodel.lines.line import Line
from finmodel.lines.outcomes import Measure, if_number, period_name, quoted
from finmodel.lines.periods import MONTHS_IN_A_YEAR
from finmodel.lines.timing import largest, running_total
from finmodel.lines.units import Dimension

NOTHING_SPENT = "nothing to pay back: it neither costs nor saves anything"
NOT_PAID_BACK = "not paid back within the years shown"
LOST_AGAIN = "ahead for a time, then lost again: not paid back within the years shown"


@dataclass(frozen=True, slots=True)
class Crossing:
    """A series of net savings, its running total, and the last period in which that is below nil (0: in none)."""

    net: Line
    cumulative: Line
    last_deficit: Line
    tolerance: Line

    @property
    def rows(self) -> tuple[Line, ...]:
        """What a measure of the crossing is worked out from, in the order of `_outcome`."""
        return (self.net, self.cumulative, self.last_deficit, self.tolerance)


def crossing(book: Book, prefix: str, net: Line, section: str) -> Crossing:
    """Write the lines in which a payback can be seen: running total, period while in deficit, the last of these."""
    cumulative_address = net.address.replace("net_saving", "cumulative_net_saving")
    cumulative = book.shared(
        cumulative_address,
        lambda: book.line(
            cumulative_address,
            f"Cumulative {net.label[0].lower()}{net.label[1:]}",
            running_total(net),
            "£",
            section=section,
        ),
    )
    tolerance = book.convention("tolerance")
    below = compare(cumulative, "<", 0 - tolerance)
    in_deficit = book.line(
        f"{net.address}.period_in_deficit",
        f"Number of the {net.timeline.one}, while the running total is below nil",
        conditional(below, book.number_of(net.timeline), 0),
        "number",
        section=section,
    )
    last = book.line(
        f"{prefix}.last_deficit",
        f"Last {net.timeline.one} below nil, counted from 1 ({net.label[0].lower()}{net.label[1:]})",
        largest(in_deficit),
        "number",
        section=section,
    )
    return Crossing(net, cumulative, last, tolerance)


def _outcome(rows: Sequence[Array], found: Callable[[int], float]) -> float | str:
    """The figure found after the last period in deficit; or why there is none."""
    net, cumulative, last, tolerance = rows
    if not np.any(net):
        return NOTHING_SPENT
    if int(last[0]) < len(net):
        return found(int(last[0]))
    return LOST_AGAIN if cumulative.max() > tolerance[0] else NOT_PAID_BACK


def payback_years(book: Book, address: str, label: str, at: Crossing, section: str) -> Line:
    """Years to the final crossing, each year's flow at its end and the first year as year 0 (`measures.payback`)."""

    def years(*rows: Array) -> float | str:
        net, cumulative = rows[:2]

        def found(period: int) -> float:
            return period - 1 - cumulative[period - 1] / net[period] if period else 0.0

        return _outcome(rows, found)

    def write(cells: Cells) -> str:
        last, net, total = cells.write(at.last_deficit), cells.row(at.net), cells.row(at.cumulative)
        crossed = f"{last}-1-INDEX({total},{last})/INDEX({net},{last}+1)"
        return _formula(cells, at, f"IF({last}=0,0,{crossed})")

    def say(wording: Wording) -> str:
        return (
            f"years from year 0 until the running total of {wording.row(at.net)} is at or above nil for good, "
            "within the year in proportion"
        )

    measure = Measure(at.rows, function=years, write=write, say=say, dimension=Dimension.of("years"))
    return book.line(address, label, measure, "years", section=section)


def _formula(cells: Cells, at: Crossing, found: str) -> str:
    net, last = cells.row(at.net), cells.write(at.last_deficit)
    ahead = f"MAX({cells.row(at.cumulative)})>{cells.write(at.tolerance)}"
    behind = f"IF({ahead},{quoted(LOST_AGAIN)},{quoted(NOT_PAID_BACK)})"
    return f"IF(SUMSQ({net})=0,{quoted(NOTHING_SPENT)},IF({last}=COUNT({net}),{behind},{found}))"


def payback_month(book: Book, address: str, label: str, at: Crossing, section: str) -> tuple[Line, Line]:
    """The month in which the running total of monthly net savings is at or above nil for good: its number, its name."""

    def number(*rows: Array) -> float | str:
        return _outcome(rows, lambda period: period + 1.0)

    def write(cells: Cells) -> str:
        return _formula(cells, at, f"{cells.write(at.last_deficit)}+1")

    def say(wording: Wording) -> str:
        last = wording.say(at.last_deficit)
        return f"{last} + 1: the month after the last in which the running total of {at.net.label} is below nil"

    measure = Measure(at.rows, function=number, write=write, say=say)
    count = book.line(f"{address}_number", f"{label}, counted from 1", measure, "number", section=section)
    return count, book.line(address, label, period_name(count, Timeline.MONTHS), "number", section=section)


def payback_from_start(book: Book, address: str, label: str, at: Crossing, section: str) -> Line:
    """Years from 1 April of the first year to the crossing, by monthly cash, within the month in proportion."""

    def months(*rows: Array) -> float | str:
        net, cumulative = rows[:2]

        def found(period: int) -> float:
            return period - cumulative[period - 1] / net[period] if period else 0.0

        return _outcome(rows, found)

    def write(cells: Cells) -> str:
        last, net, total = cells.write(at.last_deficit), cells.row(at.net), cells.row(at.cumulative)
        return _formula(cells, at, f"IF({last}=0,0,{last}-INDEX({total},{last})/INDEX({net},{last}+1))")

    def say(wording: Wording) -> str:
        return f"months until the running total of {at.net.label} is at or above nil for good, the last in proportion"

    measure = Measure(at.rows, function=months, write=write, say=say, dimension=Dimension.of("months"))
    in_months = book.line(f"{address}_months", f"{label}, in months", measure, "months", section=section)
    twelve = book.definition("twelve", "Twelve months to the year", MONTHS_IN_A_YEAR, "months per year")
    return book.line(address, label, if_number(in_months, in_months / twelve), "years", section=section)
