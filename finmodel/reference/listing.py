"""What there is: each data set with its span and how far it can be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from finmodel.lines.periods import FinancialYear
from finmodel.reference.answer import RateAnswer
from finmodel.reference.answers import periods
from finmodel.reference.dataset import Dataset
from finmodel.reference.datasets import DATASETS
from finmodel.reference.loader import load
from finmodel.reference.named_periods import calendar_year
from finmodel.reference.when import last_month_served


class DatasetInfo(Struct, frozen=True):
    """A data set in one line."""

    name: str  # the file, without .csv
    alias: str  # what a user types
    title: str
    what: str
    rows: int
    first: str  # the first year it speaks of, "" when it is undated
    last: str
    published: int  # rows of each confidence
    derived: int
    unverified: int
    missing: str


def catalogue() -> list[DatasetInfo]:
    """Every data set, in the order of the documentation."""
    return [_info(dataset) for dataset in DATASETS]


def _info(dataset: Dataset) -> DatasetInfo:
    rows = load(dataset.name)
    counts = Counter(row.confidence for row in rows)
    first, last = span(periods(dataset.name))
    return DatasetInfo(
        name=dataset.name,
        alias=dataset.alias,
        title=dataset.title,
        what=dataset.what,
        rows=len(rows),
        first=first,
        last=last,
        published=counts["published"],
        derived=counts["derived"],
        unverified=counts["unverified"],
        missing=dataset.missing,
    )


def span(found: Iterable[RateAnswer]) -> tuple[str, str]:
    """The first and the last year that some answers speak of; blank when they are undated."""
    spans = [(answer.first, answer.last or answer.first) for answer in found if answer.first is not None]
    if not spans:
        return "", ""
    earliest = min(spans, key=lambda span: span[0])
    latest = max(spans, key=lambda span: span[1] or span[0])
    return _year(earliest[0], earliest), _year(latest[1] or latest[0], latest)


def _year(day: date, span: tuple[date, date | None]) -> str:
    if span == calendar_year(day.year):
        return str(day.year)
    month = last_month_served(day) if day == span[1] and day != span[0] else None
    return str(FinancialYear.containing(day) if month is None else month.financial_year)
