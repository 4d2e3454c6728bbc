"""Real figures next to the nominal ones, and present values at other rates.

Nominal cash ÷ index of prices = real money, at the prices of the case's `price_base`. The two never meet in one line.
Source: HM Treasury, The Green Book: appraisal is in real terms, at a real rate; affordability is in cash.
"""

from __future__ import annotations

from msgspec import Struct

from finmodel.appraisal.discounting import discounting_room, price_index, schedule_rates, yearly_factor
from finmodel.appraisal.options import COST, WrittenOption
from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.lines.expression import Expression
from finmodel.lines.line import Line
from finmodel.lines.outcomes import no_figure
from finmodel.lines.timing import present_value

SECTION = "Real terms"
CURRENT_SCHEDULE = "green-book-2026"
SENSITIVITY_SCHEDULE = "green-book-2026-sensitivity"
NO_DEFLATOR = (
    "the case names no deflator and does not say, with `deflator: none`, that its cash holds no inflation, so nothing "
    "real can be made from it"
)


class OtherRates(Struct, frozen=True):
    """What is shared: the index of prices, and the present value of a pound at the two rates shown next to the case's.

    None where the case names no deflator. `index` is None too where its figures hold no inflation.
    """

    stated: bool
    index: Line | None
    schedule: Line | None
    sensitivity: Line | None


class RealTerms(Struct, frozen=True):
    """Cost, cashable saving and net saving of an option in real money, £ a year; empty where no deflator is named."""

    yearly: dict[str, Line]


def write_comparison(book: Book) -> OtherRates:
    """Write the index of prices and the two sets of discount factors that options share."""
    if book.case.discounting.deflator is None:
        return OtherRates(False, None, None, None)
    index, room = price_index(book), discounting_room(book)
    schedule = schedule_rates(room, "current_schedule_rate", CURRENT_SCHEDULE, "Current Green Book rate")
    test = schedule_rates(room, "sensitivity_rate", SENSITIVITY_SCHEDULE, "Green Book rate for sensitivity tests")
    return OtherRates(
        True,
        index,
        _present(room, "current_schedule", "current Green Book schedule", schedule, index),
        _present(room, "sensitivity", "Green Book sensitivity test", test, index),
    )


def _present(room: Room, name: str, label: str, rate: Line, index: Line | None) -> Line:
    factor = yearly_factor(room, f"{name}_factor", f"Discount factor, {label}", rate)
    if index is None:
        return factor
    note = f"In {room.book.case.price_base} prices."
    label = f"Present value of a pound of cash, {label}"
    return room.line(f"{name}_present_value", label, factor / index, "factor", note=note)


def write_real(written: WrittenOption, shared: OtherRates) -> RealTerms:
    """Write an option's yearly figures in real money."""
    if not shared.stated:
        return RealTerms({})
    room = written.room.within("real", section=SECTION)
    return RealTerms(
        {name: _real(room, name, written.yearly[name], shared) for name in (COST, "cashable_saving", "net_saving")}
    )


def _real(room: Room, name: str, nominal: Line, shared: OtherRates) -> Line:
    label = f"{nominal.label}, real, {room.book.case.price_base} prices"
    note = "The cash of the year ÷ prices of the year against those of the price base."
    return room.yearly(name, label, nominal if shared.index is None else nominal / shared.index, note=note)


def present_value_at(net: Line, factor: Line | None) -> Expression:
    """Net present value by another set of factors; none where the case names no deflator."""
    return no_figure(NO_DEFLATOR, "£") if factor is None else present_value(net, factor)
