"""Between what figures the world has seen the things that a case states: what lies outside is asked about.

A bound is never used in a sum, and nothing outside it is refused: it decides which questions a case is asked.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from finmodel.lines.periods import FinancialYear
from finmodel.reference.loader import load
from finmodel.reference.prices import gdp_deflator
from finmodel.reference.rates import RateNotFoundError
from finmodel.reference.sourced import SourcedFact, provenance

BoundName = Literal["lowest", "highest"]


class Bound(SourcedFact, frozen=True):
    """The lowest or the highest figure that raises no question."""

    quantity: str
    bound: BoundName
    value: float  # a fraction where the unit is a percentage
    unit: str
    price_base: FinancialYear | None  # of pounds that prices raise
    shown_as: str  # what was published, in words for a warning

    def at(self, year: FinancialYear) -> float:
        """The bound at the prices of a year: raised by the GDP deflator as far as it is known, and never lowered."""
        return self.value if self.price_base is None else self.value * _risen(self.price_base, year)


@cache
def _risen(base: FinancialYear, year: FinancialYear) -> float:
    """How much prices had risen from one year to another, as far as the deflator is known; 1 where they had not."""
    for last in range(year.start, base.start, -1):
        try:
            return max(1.0, gdp_deflator(FinancialYear(last)).value / gdp_deflator(base).value)
        except RateNotFoundError:
            continue
    return 1.0


def plausible_bound(quantity: str, bound: BoundName) -> Bound:
    """The bound of a quantity by name: `placement price`, `salary`, …; KeyError where the data has none."""
    return _bounds()[quantity, bound]


@cache
def _bounds() -> dict[tuple[str, str], Bound]:
    return {
        (row["quantity"], row["bound"]): Bound(
            quantity=row["quantity"],
            bound="lowest" if row["bound"] == "lowest" else "highest",
            value=row.fraction("value") if row["unit"].startswith("percent") else row.number("value"),
            unit=row["unit"],
            price_base=FinancialYear.parse(row["price_base"]) if row["price_base"] else None,
            shown_as=row["shown_as"],
            **provenance(row),
        )
        for row in load("plausible_ranges")
    }
