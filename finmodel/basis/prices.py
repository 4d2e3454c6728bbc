"""Price levels: indices by name, and the factor that brings a price base to each year's prices."""

from __future__ import annotations

from finmodel.basis.book import Book, year_name
from finmodel.lines.arithmetic import compare, conditional
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.periods import FinancialYear
from finmodel.lines.timing import at_period, previous
from finmodel.parsing.quantities import Quantity
from finmodel.reference import Rate, cpi_change, gdp_deflator_change

_SECTION = "Price levels"
_PUBLISHED = {"cpi": cpi_change, "gdp-deflator": gdp_deflator_change}


def price_factor(book: Book, inflation: str, base: FinancialYear) -> Line | None:
    """Each year's prices ÷ those of the price base, by year; None where the case states no inflation."""
    if inflation == "none":
        return None
    index = _index(book, inflation)
    if base == book.horizon.first_year:
        return index
    address = f"prices.{inflation}.from_{year_name(base)}"
    return book.shared(
        address,
        lambda: book.line(
            address,
            f"Prices of the year ÷ prices of {base} ({inflation})",
            _up_to_first_year(book, inflation, base) * index,
            "factor",
            section=_SECTION,
        ),
    )


def _index(book: Book, inflation: str) -> Line:
    address = f"prices.{inflation}.index"
    return book.shared(address, lambda: _make_index(book, inflation, address))


def _make_index(book: Book, inflation: str, address: str) -> Line:
    index = book.model.declare(
        address,
        f"Prices of the year ÷ prices of {book.horizon.first_year} ({inflation})",
        "factor",
        Timeline.YEARS,
        section=_SECTION,
        note="1 in the first year; each later year is the one before, raised by the year's inflation.",
    )
    raised = previous(index) * (1 + _change(book, inflation))
    return index.define(conditional(compare(book.number_of(Timeline.YEARS), ">", 1), raised, 1))


def _change(book: Book, inflation: str) -> Line:
    """Inflation of the case's years."""
    stated = book.case.inflation[inflation]
    address, label = f"prices.{inflation}.change", f"Inflation: {inflation}"

    def make() -> Line:
        if isinstance(stated, Quantity):
            return book.state(address, label, stated, "rate", over=Timeline.YEARS, section=_SECTION)
        published = [_PUBLISHED[stated.published](year) for year in book.horizon.years]
        return book.rates(address, label, published, "rate", over=Timeline.YEARS, section=_SECTION)

    return book.shared(address, make)


def _change_up_to_first_year(book: Book, inflation: str, year: FinancialYear) -> Expression:
    """Inflation of a year up to the case's first: the same input as the case's years have, where it serves."""
    stated = book.case.inflation[inflation]
    if isinstance(stated, Quantity) and stated.is_constant:
        return _change(book, inflation)
    if year < book.horizon.first_year:
        return _change_before(book, inflation, year)
    change = _change(book, inflation)
    return change if change.timeline is Timeline.ONCE else at_period(change, literal(1))


def _change_before(book: Book, inflation: str, year: FinancialYear) -> Line:
    """Inflation of a year before the case's first, as one input."""
    stated = book.case.inflation[inflation]
    address = f"prices.{inflation}.change_{year_name(year)}"
    label = f"Inflation, {year}: {inflation}"
    if address in book.model:
        return book.model[address]
    if isinstance(stated, Quantity):
        value = stated.at(year.first_month)
        if value is None:
            raise ValueError(f"inflation {inflation} is not stated for {year}")
        return book.input(address, label, value, "rate", book.origin(stated.provenance), section=_SECTION)
    rate: Rate = _PUBLISHED[stated.published](year)
    return book.rates(address, label, [rate], "rate", over=Timeline.ONCE, section=_SECTION)


def _up_to_first_year(book: Book, inflation: str, base: FinancialYear) -> Line:
    """Prices of the first year ÷ prices of the base: the product of the changes between."""
    first = book.horizon.first_year
    changes = [_change_up_to_first_year(book, inflation, base + after) for after in range(1, first - base + 1)]
    product: Expression = 1 + changes[0]
    for change in changes[1:]:
        product = product * (1 + change)
    return book.line(
        f"prices.{inflation}.{year_name(base)}_to_{year_name(first)}",
        f"Prices of {first} ÷ prices of {base} ({inflation})",
        product,
        "factor",
        section=_SECTION,
    )
