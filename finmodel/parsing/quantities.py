"""A quantity that a user states: one number, a list by year, or values by year or month, with where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from finmodel.lines.periods import FinancialYear, Horizon, Month

Confidence = Literal["published", "derived", "unverified", "stated", "assumed", "illustrative"]
"""How far to trust a figure.

`published`: seen in the source named; `derived`: worked out from published figures; `unverified`: recalled, not seen;
`stated`: printed in the proposal's own paper; `assumed`: chosen by the case's authors; `illustrative`: made up to show
the method.
"""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a stated figure came from."""

    source: str = ""  # an id in the case's sources, "" when none was given
    where: str = ""  # paragraph, page, table
    owner: str = ""  # who answers for it (a role, not a person)
    confidence: Confidence | None = None
    as_at: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stated number over time. Values hold from their period until the next one named.

    steps: pairs (first month, value), in order; a single number has one step that starts at `None`, "always".
    A list by year has a step a year and `ends` after its last one. named: the years that `by_year` names; in the others
    a value is carried on, or zero where the case says so (`years_left_out: zero`).
    """

    steps: tuple[tuple[Month | None, float], ...]
    provenance: Provenance = Provenance()
    ends: FinancialYear | None = None  # the last year of a list by year
    named: frozenset[FinancialYear] = frozenset()

    @classmethod
    def constant(cls, value: float, provenance: Provenance | None = None) -> Quantity:
        """The same value always."""
        return cls(((None, float(value)),), provenance or Provenance())

    @property
    def is_constant(self) -> bool:
        """Whether one number serves every period."""
        return len(self.steps) == 1 and self.steps[0][0] is None

    @property
    def values(self) -> tuple[float, ...]:
        """The values as stated, in order."""
        return tuple(value for _, value in self.steps)

    def at(self, month: Month) -> float | None:
        """The value in a month; None where the statement says nothing of it."""
        if self.ends is not None and month.financial_year > self.ends:
            return None
        found = None
        for start, value in self.steps:
            if start is None or start <= month:
                found = value
        return found

    def carried_from(self, year: FinancialYear) -> FinancialYear | None:
        """The year whose value is carried on to a year that `by_year` leaves out; None where nothing is carried."""
        earlier = [named for named in self.named if named < year]
        return max(earlier, default=None) if self.named and year not in self.named else None

    def by_month(self, horizon: Horizon) -> list[float | None]:
        """The value in each month of the horizon."""
        return [self.at(month) for month in horizon.months]

    def by_year(self, horizon: Horizon) -> list[float | None]:
        """The value in April of each year of the horizon."""
        return [self.at(year.first_month) for year in horizon.years]
