"""Discount factors of a case, by year."""

from __future__ import annotations

from finmodel.basis.book import Book
from finmodel.basis.prices import in_words, price_factor
from finmodel.basis.room import Room
from finmodel.case.schema import Case, Discounting
from finmodel.lines.arithmetic import compare, conditional
from finmodel.lines.display import in_unit
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line, Origin
from finmodel.lines.timing import previous
from finmodel.reference import discount_schedule
from finmodel.reference.rates import Vintage


def discount_factor(book: Book) -> Line:
    """What a pound of each year is worth in the year that is not discounted, at the case's own rate."""
    return yearly_factor(discounting_room(book), "factor", "Discount factor", _rate(book))


def discounting_room(book: Book) -> Room:
    """Where rates and factors go."""
    return Room(book, "discounting", "Discounting")


def yearly_factor(room: Room, name: str, label: str, rate: Line) -> Line:
    """What a pound of each year is worth in the year that is not discounted.

    Each year's factor is the one before ÷ (1 + the year's rate); with year 0 first, the first year's factor is 1.
    Source: HM Treasury, The Green Book, on discounting.
    """
    discounting = room.book.case.discounting
    factor = room.declare(name, label, "factor", Timeline.YEARS, timing(discounting))
    first: Expression | int = 1 / (1 + rate) if discounting.first_year else 1
    is_first = compare(room.book.number_of(Timeline.YEARS), "=", 1)
    return factor.define(conditional(is_first, first, previous(factor) / (1 + rate)))


def price_index(book: Book) -> Line | None:
    """Each year's prices ÷ those of the case's price base, by the deflator; None where cash holds no inflation.

    The one place that says in which year's prices real figures and present values are: `price_base` of the case.
    """
    return price_factor(book, book.case.discounting.deflator or "none", book.case.price_base)


def present_value_factor(book: Book) -> Line:
    """What a pound of cash in each year counts for in a present value.

    A real rate discounts real pounds: inflation is taken out first, by the deflator that the case names. Source: HM
    Treasury, The Green Book: real and nominal values are not mixed, and the discount rate is real.
    """
    factor = discount_factor(book)
    deflator = price_index(book)
    if deflator is None:
        return factor
    return discounting_room(book).line(
        "present_value_factor",
        "Present value of a pound of cash",
        factor / deflator,
        "factor",
        note=f"In {book.case.price_base} prices. {timing(book.case.discounting)}",
    )


def basis(case: Case) -> str:
    """On what basis present values are given, in a sentence or two, to be printed next to each."""
    deflated = (case.discounting.deflator or "none") != "none"
    prices = (
        f"In {case.price_base} prices, by the {in_words(case.discounting.deflator or '')}. "
        if deflated
        else "In cash terms. "
    )
    return _rates_in_words(case.discounting) + prices + timing(case.discounting)


def _rates_in_words(discounting: Discounting) -> str:
    if discounting.schedule is not None:
        edition = discount_schedule(discounting.schedule).title.partition(" (")[0]
        return f"Discounted at the real rates of the {edition}. "
    rate = discounting.rate
    if rate is None or not rate.is_constant:
        return "Discounted at the rate stated for each year. "
    return f"Discounted at {in_unit(rate.values[0], 'rate')} a year. "


def timing(discounting: Discounting) -> str:
    """The timing convention in a sentence, to be printed next to every present value."""
    if discounting.first_year:
        return "The first year is year 1 and is discounted by one year."
    return "The first year is year 0 and is not discounted."


def _rate(book: Book) -> Line:
    """The rate of each year; with a schedule, the rate of the number of years from the one not discounted."""
    stated, room = book.case.discounting, discounting_room(book)
    if stated.rate is not None:
        return room.state("rate", "Discount rate", stated.rate, "rate", over=Timeline.YEARS)
    return schedule_rates(room, "rate", stated.schedule or "", "Discount rate")


def schedule_rates(room: Room, name: str, schedule_name: str, label: str) -> Line:
    """The real rates of a published schedule, by year."""
    schedule, book = discount_schedule(schedule_name), room.book
    ahead = [book.case.discounting.first_year + year for year in range(book.horizon.number_of_years)]
    steps = [
        next(
            step for step in schedule.steps if step.from_year <= year and (step.to_year is None or year <= step.to_year)
        )
        for year in ahead
    ]
    origin = Origin(
        steps[0].source, where=schedule.title, link=steps[0].link, confidence=steps[0].confidence, note="A real rate."
    )
    found = tuple(Vintage(step.dataset, step.row, step.confidence) for step in dict.fromkeys(steps))
    book.published[room.address(name)] = found
    return room.input(name, label, [step.rate for step in steps], "rate", origin, over=Timeline.YEARS)
