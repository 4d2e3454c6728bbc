"""Discount factors of a case, by year."""

from __future__ import annotations

from finmodel.basis.book import Book
from finmodel.basis.prices import price_factor
from finmodel.case.schema import Case, Discounting
from finmodel.lines.arithmetic import compare, conditional
from finmodel.lines.display import in_unit
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line, Origin
from finmodel.lines.timing import previous
from finmodel.reference import discount_schedule
from finmodel.reference.rates import Vintage

_SECTION = "Discounting"


def discount_factor(book: Book) -> Line:
    """What a pound of each year is worth in the year that is not discounted, at the case's own rate."""
    return yearly_factor(book, "discounting.factor", "Discount factor", _rate(book, book.case.discounting))


def yearly_factor(book: Book, address: str, label: str, rate: Line) -> Line:
    """What a pound of each year is worth in the year that is not discounted.

    Each year's factor is the one before ÷ (1 + the year's rate); with year 0 first, the first year's factor is 1.
    Source: HM Treasury, The Green Book, on discounting.
    """
    factor = book.model.declare(
        address,
        label,
        "factor",
        Timeline.YEARS,
        section=_SECTION,
        note=timing(book.case.discounting),
    )
    first = 1 / (1 + rate) if book.case.discounting.first_year else None
    later = previous(factor) / (1 + rate)
    return factor.define(
        conditional(compare(book.number_of(Timeline.YEARS), "=", 1), 1 if first is None else first, later)
    )


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
    return book.line(
        "discounting.present_value_factor",
        "Present value of a pound of cash",
        factor / deflator,
        "factor",
        section=_SECTION,
        note=f"In {book.case.price_base} prices. {timing(book.case.discounting)}",
    )


def basis(case: Case) -> str:
    """On what basis present values are given, in a sentence or two, to be printed beside each."""
    deflated = (case.discounting.deflator or "none") != "none"
    prices = f"In {case.price_base} prices, by the {case.discounting.deflator}. " if deflated else "In cash terms. "
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
    """The timing convention in a sentence, to be printed beside every present value."""
    if discounting.first_year:
        return "The first year is year 1 and is discounted by one year."
    return "The first year is year 0 and is not discounted."


def _rate(book: Book, discounting: Discounting) -> Line:
    """The rate of each year; with a schedule, the rate of the number of years from the one not discounted."""
    if discounting.rate is not None:
        return book.state(
            "discounting.rate", "Discount rate", discounting.rate, "rate", over=Timeline.YEARS, section=_SECTION
        )
    return schedule_rates(book, "discounting.rate", discounting.schedule or "", "Discount rate")


def schedule_rates(book: Book, address: str, name: str, label: str) -> Line:
    """The real rates of a published schedule, by year."""
    schedule = discount_schedule(name)
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
    book.published[address] = tuple(Vintage(step.dataset, step.row, step.confidence) for step in dict.fromkeys(steps))
    return book.input(
        address,
        label,
        [step.rate for step in steps],
        "rate",
        origin,
        timeline=Timeline.YEARS,
        section=_SECTION,
    )
