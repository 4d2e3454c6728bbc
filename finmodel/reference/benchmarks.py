"""What is published of a council, of the councils most like it and of England: benchmarks, which no sum uses.

The period of each is the newest that the council's own row has by a day, so that an old proposal is set beside what was
known then. Neighbours are the ten of the Department for Education's newest model; the median, lowest and highest are of
those of them that have a figure for the same period.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from statistics import median

from msgspec import Struct

from finmodel.lines.periods import FinancialYear
from finmodel.reference.councils import Council, statistical_neighbours
from finmodel.reference.loader import rows_with
from finmodel.reference.rates import Confidence, weakest
from finmodel.reference.sourced import SourcedFact, provenance
from finmodel.reference.table import DataRow
from finmodel.reference.when import in_words

_ENGLAND = "E92000001"


class Published(SourcedFact, frozen=True):
    """A figure that is published of one place."""

    value: float


class Neighbours(Struct, frozen=True):
    """The published figures of the councils most like one, in its unit; number: how many have one."""

    median: float
    lowest: float
    highest: float
    number: int
    confidence: Confidence


class Benchmark(Struct, frozen=True):
    """One figure of a council for its newest period, beside its neighbours' and England's where they have one."""

    name: str
    label: str
    unit: str
    period: str  # in words
    council: Published
    neighbours: Neighbours | None
    england: Published | None
    caution: str = ""  # what a reader should know before comparing


class _Kind(Struct, frozen=True):
    """How periods are read from a data set: the column that names a row's, its last day, and its words."""

    year: str
    last_day: Callable[[DataRow], date]
    words: Callable[[DataRow], str]


def _last_of_march(row: DataRow) -> date:
    return date(int(row["year_ending_31_march"]), 3, 31)


def _census_day(row: DataRow) -> date:
    return date(int(row["year_ending_30_september"]), 9, 30)


def _end_of_year(row: DataRow) -> date:
    return FinancialYear.parse(row["financial_year"]).months[-1].last_day


_AT_31_MARCH = _Kind("year_ending_31_march", _last_of_march, lambda row: f"at {in_words(_last_of_march(row))}")
_IN_YEAR_TO_31_MARCH = _Kind(
    "year_ending_31_march", _last_of_march, lambda row: f"year to {in_words(_last_of_march(row))}"
)
_AT_CENSUS = _Kind("year_ending_30_september", _census_day, lambda row: f"at {in_words(_census_day(row))}")
_IN_FINANCIAL_YEAR = _Kind("financial_year", _end_of_year, lambda row: str(FinancialYear.parse(row["financial_year"])))

# name, what it is called, data set, column, unit, how its periods are read
_FIGURES: tuple[tuple[str, str, str, str, str, _Kind], ...] = (
    ("children", "Children looked after", "looked_after_children", "number_31_march", "children", _AT_31_MARCH),
    (
        "children_rate",
        "Children looked after for each 10,000 under 18",
        "looked_after_children",
        "rate_per_10000",
        "number",
        _AT_31_MARCH,
    ),
    (
        "started",
        "Children who started to be looked after",
        "looked_after_children",
        "started_in_year",
        "children",
        _IN_YEAR_TO_31_MARCH,
    ),
    (
        "looked_after_week",
        "A looked-after child, all placements, a week",
        "unit_costs_by_authority",
        "looked_after_week_gbp",
        "£",
        _IN_FINANCIAL_YEAR,
    ),
    (
        "residential_week",
        "A residential placement, a week",
        "unit_costs_by_authority",
        "residential_week_gbp",
        "£",
        _IN_FINANCIAL_YEAR,
    ),
    (
        "foster_week",
        "A foster placement, a week",
        "unit_costs_by_authority",
        "foster_week_gbp",
        "£",
        _IN_FINANCIAL_YEAR,
    ),
    ("caseload", "Cases for each social worker", "social_work_workforce", "caseload_fte", "number", _AT_CENSUS),
    ("turnover", "Social workers who left", "social_work_workforce", "turnover_rate_fte", "percent", _AT_CENSUS),
    ("agency", "Social workers from agencies", "social_work_workforce", "agency_rate_fte", "percent", _AT_CENSUS),
    ("vacancies", "Social workers' posts vacant", "social_work_workforce", "vacancy_rate_fte", "percent", _AT_CENSUS),
)


_CAUTIONS = {
    "looked_after_week": "It holds special guardianship, adoption and leaving care too, so one child fewer saves less.",
    "residential_week": "To 2015/16 by a wider count of children: not comparable with later years.",
}  # from the notes of the data


@cache
def benchmarks(council: Council, by: date) -> tuple[Benchmark, ...]:
    """What is published of a council for the newest period that ended by a day; a figure that it lacks is left out."""
    return tuple(_found(council, by))


def _found(council: Council, by: date) -> Iterator[Benchmark]:
    like_it = [each.dfe_code for each in statistical_neighbours(council)]
    for name, label, dataset, column, unit, kind in _FIGURES:
        known = (row for row in _with_figure(dataset, column, council.dfe_code) if kind.last_day(row) <= by)
        own = max(known, key=kind.last_day, default=None)
        if own is None:
            continue
        then = own[kind.year]
        of_england = rows_with(dataset, "ons_code", _ENGLAND)
        england = next((row for row in of_england if row[column] and row[kind.year] == then), None)
        near = (row for code in like_it for row in _with_figure(dataset, column, code) if row[kind.year] == then)
        yield Benchmark(
            name=name,
            label=label,
            unit=unit,
            period=kind.words(own),
            council=_published(own, column),
            neighbours=_neighbours(list(near), column),
            england=None if england is None else _published(england, column),
            caution=_CAUTIONS.get(name, ""),
        )


def _with_figure(dataset: str, column: str, dfe_code: str) -> list[DataRow]:
    return [row for row in rows_with(dataset, "dfe_code", dfe_code) if row[column]]


def _published(row: DataRow, column: str) -> Published:
    return Published(value=row.number(column), **provenance(row))


def _neighbours(rows: list[DataRow], column: str) -> Neighbours | None:
    if not rows:
        return None
    values = [row.number(column) for row in rows]
    sure = weakest("derived", *(row.confidence for row in rows))
    return Neighbours(round(median(values), 6), min(values), max(values), len(values), sure)
