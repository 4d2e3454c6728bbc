"""Real figures next to the nominal ones, present values at other rates, and value to the public.

Nominal cash ÷ index of prices = real money, at the prices of the case's `price_base`. The two never meet in one line.
Source: HM Treasury, The Green Book: appraisal is in real terms, at a real rate; affordability is in cash.
"""

from __future__ import annotations

from dataclasses import dataclass

from finmodel.appraisal.discounting import discounting_room, price_index, schedule_rates, yearly_factor
from finmodel.appraisal.options import COST, WrittenOption
from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import Expression
from finmodel.lines.line import Line
from finmodel.lines.outcomes import no_figure, ratio
from finmodel.lines.timing import present_value

SECTION = "Real terms"
VALUE_SECTION = "Value to the public"
CURRENT_SCHEDULE = "green-book-2026"
FLAT_RATE = 0.03
NO_DEFLATOR = "the case names no deflator, and a real rate cannot be used on cash that may hold inflation"
NO_COST = "there is no cost to set the saving against"


@dataclass(frozen=True, slots=True)
class OtherRates:
    """What is shared: the index of prices, and the present value of a pound at the two rates shown next to the case's.

    None where the case names no deflator. `index` is None too where its figures hold no inflation.
    """

    stated: bool
    index: Line | None
    schedule: Line | None
    flat: Line | None


@dataclass(frozen=True, slots=True)
class RealTerms:
    """Cost, cashable saving and net saving of an option in real money, £ a year; empty where no deflator is named."""

    yearly: dict[str, Line]


@dataclass(frozen=True, slots=True)
class PublicValue:
    """What an option is worth to the public, real: the year's saving to all bodies, and its present values."""

    saving: Line
    net: Line
    present_value_of_saving: Line
    net_present_value: Line
    benefit_cost_ratio: Line


def write_comparison(book: Book) -> OtherRates:
    """Write the index of prices and the two sets of discount factors that options share."""
    if book.case.discounting.deflator is None:
        return OtherRates(False, None, None, None)
    index, room = price_index(book), discounting_room(book)
    label = "Flat real rate, shown beside the case's own"
    flat = room.default("flat_rate", label, FLAT_RATE, "rate", "Shows how far the answer rests on the rate.")
    schedule = schedule_rates(room, "current_schedule_rate", CURRENT_SCHEDULE, "Current Green Book rate")
    return OtherRates(
        True,
        index,
        _present(room, "current_schedule", "current Green Book schedule", schedule, index),
        _present(room, "flat", "flat rate", flat, index),
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


def savings_to_all(written: WrittenOption) -> list[Line]:
    """The yearly lines, nominal £, of what an option saves anybody: cash or not, this council's and other bodies'.

    A saving counts in full for the public whether it releases cash or not, so it is taken before the cashable share.
    """
    if written.public_value is not None:
        return [written.public_value.public_saving]
    return [written.yearly["after_optimism_bias"]]


def write_public_value(
    written: WrittenOption, shared: OtherRates, factor: Line, present_value_of_cost: Line
) -> PublicValue:
    """Write an option's value to the public: real, discounted at the case's own rate, every body's saving counted.

    factor: what a pound of cash of each year counts for in a present value; the yearly lines are real only where the
    case names a deflator.
    """
    room = written.room.within("value", section=VALUE_SECTION)
    label = "Saving to all bodies, cashable or not, in cash"
    nominal = room.yearly("nominal_saving", label, add_up(list(savings_to_all(written))))
    net = room.line("nominal_net", "Net saving to all bodies, in cash", nominal - written.yearly[COST], "£")

    def real(line: Line) -> Expression:
        return line if shared.index is None else line / shared.index

    prices = f"real, {room.book.case.price_base} prices" if shared.stated else "in cash: no deflator is named"
    label = "Present value of the saving to all bodies"
    gained = room.line("present_value_of_saving", label, present_value(nominal, factor), "£")
    per_pound = ratio(gained, present_value_of_cost, NO_COST)
    return PublicValue(
        room.yearly("saving", f"Saving to all bodies, {prices}", real(nominal)),
        room.yearly("net_saving", f"Net saving to all bodies, {prices}", real(net)),
        gained,
        room.line("net_present_value", "Net present value to all bodies", present_value(net, factor), "£"),
        room.line("benefit_cost_ratio", "Benefit-cost ratio, all bodies", per_pound, "ratio"),
    )
