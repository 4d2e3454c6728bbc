"""A quantity that a user states: one number, a list by year, or values by year or month, with where it came from."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from finmodel.lines.periods import FinancialYear, Horizon, Month

RangeShape = Literal["triangular", "pert", "uniform", "normal", "lognormal", "beta", "discrete"]
RangeStatedAs = Literal["figure", "factor", "change"]
Confidence = Literal["published", "derived", "unverified", "stated", "assumed", "illustrative"]
"""How far to trust a figure.

`published`: seen in the source named; `derived`: worked out from published figures; `unverified`: recalled, not seen;
`stated`: printed in the proposal's own paper; `assumed`: chosen by the case's authors; `illustrative`: made up to show
the method.
"""


class Provenance(Struct, frozen=True):
    """Where a stated figure came from."""

    source: str = ""  # an id in the case's sources, "" when none was given
    where: str = ""  # paragraph, page, table
    owner: str = ""  # who answers for it (a role, not a person)
    confidence: Confidence | None = None
    as_at: date | None = None
    note: str = ""


class StatedRange(Struct, frozen=True):
    """How far a figure may be from what is stated, written at the figure itself; its names are those of an input range.

    low, high and values are in what it is `stated_as`: the figure's own unit, or parts of it, or what is added to it.
    None and nothing where they are not written.
    """

    shape: RangeShape | None = None
    stated_as: RangeStatedAs | None = None
    low: float | None = None
    high: float | None = None
    deviation: float | None = None
    alpha: float | None = None
    beta: float | None = None
    values: tuple[float, ...] = ()
    chances: tuple[float, ...] = ()


class Quantity(Struct, frozen=True):
    """A stated number over time. Values hold from their period until the next one named.

    steps: pairs (first month, value), in order; a single number has one step that starts at `None`, "always".
    A list by year has a step a year and `ends` after its last one. named: the years that `by_year` names; in the others
    a value is carried on, or zero where the case says so (`years_left_out: zero`). range: how far it may be from that.
    """

    steps: tuple[tuple[Month | None, float], ...]
    provenance: Provenance = Provenance()
    ends: FinancialYear | None = None  # the last year of a list by year
    named: frozenset[FinancialYear] = frozenset()
    range: StatedRange | None = None

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
