"""Costs at the prices of each year."""

from __future__ import annotations

from finmodel.basis.book import Book
from finmodel.basis.prices import price_factor
from finmodel.lines.expression import Expression
from finmodel.lines.periods import FinancialYear
from finmodel.lines.timing import at_year


def at_prices(book: Book, rule: Expression, inflation: str | None, base: FinancialYear | None) -> Expression:
    """A monthly cost at the prices of each year; the price base is the case's where none is stated."""
    factor = price_factor(book, inflation or "none", base or book.case.price_base)
    return rule if factor is None else rule * at_year(factor)
