"""An answer from the published data: a labelled figure with its dates, source and confidence."""

from __future__ import annotations

from datetime import date

from finmodel.lines.periods import FinancialYear
from finmodel.reference.rates import Rate
from finmodel.reference.sourced import SourcedFact
from finmodel.reference.when import serves_year
from finmodel.reference.words import days, figure


class RateAnswer(SourcedFact, frozen=True):
    """One figure that the data holds, ready to be read out."""

    label: str
    value: float | None  # None where the source states a rule or a date, not a number
    unit: str
    first: date | None = None  # the first day it holds; None: undated
    last: date | None = None  # the last
    said: str = ""  # the period as the source names it, where that is not its days
    point: int | None = None
    area: str = ""

    @property
    def words(self) -> str:
        """The figure as it is read."""
        return figure(self.value, self.unit)

    @property
    def when(self) -> str:
        """The period as it is read."""
        return self.said or days(self.first, self.last)

    def holds_in(self, year: FinancialYear) -> bool:
        """Whether the figure belongs to a financial year, by the rule of the last day of the month."""
        if self.first is None and self.last is None:
            return False
        if self.first is not None and self.first == self.last:
            return FinancialYear.containing(self.first) == year
        return serves_year(year, self.first or date.min, self.last)

    @classmethod
    def of(cls, rate: Rate, point: int | None = None) -> RateAnswer:
        """The answer that a rate gives."""
        return cls(
            label=rate.label,
            value=rate.value,
            unit=rate.unit,
            first=None if rate.effective == date.min else rate.effective,
            last=rate.until,
            point=point,
            confidence=rate.confidence,
            source=rate.source,
            link=rate.link,
            note=rate.note,
            dataset=rate.dataset,
            row=rate.row,
        )
