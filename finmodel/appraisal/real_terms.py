"""Real figures beside the nominal ones, present values at other rates, and value to the public beside affordability.

Nominal cash ÷ index of prices = real money, at the prices of the case's `price_base`. The two never meet in one line.
Source: HM Treasury, The Green Book: appraisal is in real terms, at a real rate; affordability is in cash.
"""

from __future__ import annotations

from dataclasses import dataclass

from finmodel.appraisal.discounting import price_index, schedule_rates, yearly_factor
from finmodel.appraisal.options import COST, WrittenOption
from finmodel.basis.book import Book
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import Expression, Timeline
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
class Comparison:
    """What is shared: the index of prices, and the present value of a pound at the two rates shown beside the case's.

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


def write_comparison(book: Book) -> Comparison:
    """Write the index of prices and the two sets of discount factors that options share."""
    if book.case.discounting.deflator is None:
        return Comparison(False, None, None, None)
    index = price_index(book)
    flat = book.default(
        "discounting.flat_rate",
        "Flat real rate, shown beside the case's own",
        FLAT_RATE,
        "rate",
        section="Discounting",
        note="Shows how far the answer rests on the rate.",
    )
    schedule = schedule_rates(book, "discounting.current_schedule_rate", CURRENT_SCHEDULE, "Current Green Book rate")
    return Comparison(
        True,
        index,
        _present(book, "current_schedule", "current Green Book schedule", schedule, index),
        _present(book, "flat", "flat rate", flat, index),
    )


def _present(book: Book, name: str, label: str, rate: Line, index: Line | None) -> Line:
    factor = yearly_factor(book, f"discounting.{name}_factor", f"Discount factor, {label}", rate)
    if index is None:
        return factor
    return book.line(
        f"discounting.{name}_present_value",
        f"Present value of a pound of cash, {label}",
        factor / index,
        "factor",
        section="Discounting",
        note=f"In {book.case.price_base} prices.",
    )


def write_real(book: Book, written: WrittenOption, shared: Comparison) -> RealTerms:
    """Write an option's yearly figures in real money."""
    if not shared.stated:
        return RealTerms({})
    lines = {
        name: _real(book, written, name, written.yearly[name], shared)
        for name in (COST, "cashable_saving", "net_saving")
    }
    return RealTerms(lines)


def _real(book: Book, written: WrittenOption, name: str, nominal: Line, shared: Comparison) -> Line:
    return book.line(
        f"options.{written.option.id}.real.{name}",
        f"{nominal.label}, real, {book.case.price_base} prices",
        nominal if shared.index is None else nominal / shared.index,
        "£",
        timeline=Timeline.YEARS,
        section=SECTION,
        note="The cash of the year ÷ prices of the year against those of the price base.",
    )


def write_comparison_measures(book: Book, written: WrittenOption, shared: Comparison) -> dict[str, Line]:
    """Net present value at the current Green Book schedule and at the flat rate, whatever the case's own rate is."""
    net, prefix = written.yearly["net_saving"], f"options.{written.option.id}.measures"
    named = {
        "net_present_value_at_green_book": ("Net present value at the current Green Book schedule", shared.schedule),
        "net_present_value_at_3": ("Net present value at a flat 3.0% real", shared.flat),
    }
    return {
        name: book.line(
            f"{prefix}.{name}",
            label,
            no_figure(NO_DEFLATOR, "£") if factor is None else present_value(net, factor),
            "£",
            section="Measures",
        )
        for name, (label, factor) in named.items()
    }


def savings_to_all(written: WrittenOption) -> list[Line]:
    """The yearly lines, nominal £, of what an option saves anybody: cash or not, this council's and other bodies'.

    A saving counts in full for the public whether it releases cash or not, so it is taken before the cashable share.
    """
    if written.public_value is not None:
        return [written.public_value.public_saving]
    return [written.yearly["after_optimism_bias"]]


def write_public_value(book: Book, written: WrittenOption, shared: Comparison, factor: Line) -> PublicValue:
    """Write an option's value to the public: real, discounted at the case's own rate, every body's saving counted.

    factor: what a pound of cash of each year counts for in a present value; the yearly lines are real only where the
    case names a deflator.
    """
    root = f"options.{written.option.id}.value"
    nominal = book.line(
        f"{root}.nominal_saving",
        "Saving to all bodies, cashable or not, in cash",
        add_up(list(savings_to_all(written))),
        "£",
        timeline=Timeline.YEARS,
        section=VALUE_SECTION,
    )
    net_nominal = book.line(
        f"{root}.nominal_net",
        "Net saving to all bodies, in cash",
        nominal - written.yearly[COST],
        "£",
        section=VALUE_SECTION,
    )

    def put(name: str, label: str, rule: Expression, unit: str) -> Line:
        timeline = Timeline.YEARS if name in ("saving", "net_saving") else None
        return book.line(f"{root}.{name}", label, rule, unit, timeline=timeline, section=VALUE_SECTION)

    def real(line: Line) -> Expression:
        return line if shared.index is None else line / shared.index

    prices = f"real, {book.case.price_base} prices" if shared.stated else "in cash: no deflator is named"
    gained = put(
        "present_value_of_saving", "Present value of the saving to all bodies", present_value(nominal, factor), "£"
    )
    spent = book.model[f"options.{written.option.id}.measures.present_value_of_cost"]
    return PublicValue(
        put("saving", f"Saving to all bodies, {prices}", real(nominal), "£"),
        put("net_saving", f"Net saving to all bodies, {prices}", real(net_nominal), "£"),
        gained,
        put("net_present_value", "Net present value to all bodies", present_value(net_nominal, factor), "£"),
        put("benefit_cost_ratio", "Benefit-cost ratio, all bodies", ratio(gained, spent, NO_COST), "ratio"),
    )
