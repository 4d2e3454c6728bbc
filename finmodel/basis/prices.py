"""Price levels: indices by name, and the factor that brings a price base to each year's prices."""

from __future__ import annotations

from finmodel.basis.book import Book, year_name
from finmodel.basis.room import Room
from finmodel.lines.arithmetic import compare, conditional
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.periods import FinancialYear
from finmodel.lines.timing import at_period, at_year, previous
from finmodel.parsing.quantities import Quantity
from finmodel.reference import cpi_change, gdp_deflator_change

_MOST_YEARS = 8  # whose changes stand in one formula
_PUBLISHED = {"cpi": cpi_change, "gdp-deflator": gdp_deflator_change}


_IN_WORDS = {"cpi": "CPI", "gdp-deflator": "GDP deflator"}


def in_words(inflation: str) -> str:
    """A series of prices as readers know it: a published one by its name, another by what the case calls it."""
    return _IN_WORDS.get(inflation, inflation)


def at_prices(book: Book, rule: Expression, inflation: str | None, base: FinancialYear | None) -> Expression:
    """A figure of a month at the prices of its year; the price base is the case's where none is stated."""
    factor = price_factor(book, inflation or "none", base or book.case.price_base)
    return rule if factor is None else rule * at_year(factor)


def price_factor(book: Book, inflation: str, base: FinancialYear) -> Line | None:
    """Each year's prices ÷ those of the price base, by year; None where the case states no inflation."""
    if inflation == "none":
        return None
    room, name = Room(book, f"prices.{inflation}", "Price levels"), f"from_{year_name(base)}"
    index = _index(room, inflation)
    if base == book.horizon.first_year:
        return index
    if name in room:
        return room[name]
    rule = _up_to_first_year(room, inflation, base) * index
    return room.line(name, f"Prices of the year ÷ prices of {base} ({in_words(inflation)})", rule, "factor")


def _index(room: Room, inflation: str) -> Line:
    if "index" in room:
        return room["index"]
    label = f"Prices of the year ÷ prices of {room.book.horizon.first_year} ({in_words(inflation)})"
    note = "1 in the first year; each later year is the one before, raised by the year's inflation."
    index = room.declare("index", label, "factor", Timeline.YEARS, note)
    raised = previous(index) * (1 + _change(room, inflation))
    return index.define(conditional(compare(room.book.number_of(Timeline.YEARS), ">", 1), raised, 1))


def _change(room: Room, inflation: str) -> Line:
    """Inflation of the case's years."""
    stated, label = room.book.case.inflation[inflation], f"Inflation: {in_words(inflation)}"
    if isinstance(stated, Quantity):
        return room.once.state("change", label, stated, "rate", over=Timeline.YEARS)
    return room.once.rates_by_year("change", label, _PUBLISHED[stated.published], "rate")


def _change_up_to_first_year(room: Room, inflation: str, year: FinancialYear) -> Expression:
    """Inflation of a year up to the case's first: the same input as the case's years have, where it serves."""
    stated = room.book.case.inflation[inflation]
    if isinstance(stated, Quantity) and stated.is_constant:
        return _change(room, inflation)
    if year < room.book.horizon.first_year:
        return _change_before(room, inflation, year)
    change = _change(room, inflation)
    return change if change.timeline is Timeline.ONCE else at_period(change, literal(1))


def _change_before(room: Room, inflation: str, year: FinancialYear) -> Line:
    """Inflation of a year before the case's first, as one input."""
    stated, name = room.book.case.inflation[inflation], f"change_{year_name(year)}"
    label = f"Inflation, {year}: {in_words(inflation)}"
    if not isinstance(stated, Quantity):
        return room.once.rates(name, label, [_PUBLISHED[stated.published](year)], "rate", Timeline.ONCE)
    value = stated.at(year.first_month)
    if value is None:
        raise ValueError(f"inflation {inflation} is not stated for {year}")
    return room.once.input(name, label, value, "rate", room.book.origin_in(stated, year))


def _up_to_first_year(room: Room, inflation: str, base: FinancialYear) -> Line:
    """Prices of the first year ÷ prices of the base: the product of the changes between."""
    first = room.book.horizon.first_year
    return _product(room, inflation, base, first)


def _product(room: Room, inflation: str, base: FinancialYear, end: FinancialYear) -> Line:
    """Prices of a year ÷ prices of an earlier one, a long time in steps so that each formula can be read."""
    years = range(1, end - base + 1)
    near = years[-_MOST_YEARS:]
    product: Expression | int = 1
    if len(near) < len(years):
        product = _product(room.once, inflation, base, base + (near[0] - 1))
    for after in near:
        change = 1 + _change_up_to_first_year(room, inflation, base + after)
        product = change if product == 1 else product * change
    return room.line(
        f"{year_name(base)}_to_{year_name(end)}",
        f"Prices of {end} ÷ prices of {base} ({in_words(inflation)})",
        product,
        "factor",
    )
