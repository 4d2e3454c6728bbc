"""A council's own record: its number year by year, by how much it fell at most in a year, and its neighbours' falls.

Years are those published that ended by a day, ten changes at most. A fall is (before − after) ÷ before; where a number
never fell the largest fall is 0. The median is of the neighbours that have a number for each of the same years.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise
from statistics import median

from msgspec import Struct

from finmodel.reference.councils import Council, statistical_neighbours
from finmodel.reference.loader import rows_with
from finmodel.reference.rates import Confidence, weakest
from finmodel.reference.sourced import SourcedFact, provenance
from finmodel.reference.table import DataRow

MOST_CHANGES = 10
_DATASET, _YEAR = "looked_after_children", "year_ending_31_march"
COLUMNS = {"day_count": "number_31_march", "entries": "started_in_year"}  # by in what a claim is counted
_PLACES = 9


class NumberOfYear(SourcedFact, frozen=True):
    """A council's number at, or in the year to, 31 March of a year."""

    year: int
    value: float


class NeighboursFalls(Struct, frozen=True):
    """The largest fall in a year of each neighbour over the same years, a share: their median, how many there are."""

    median: float
    number: int
    each: tuple[tuple[str, float], ...]
    confidence: Confidence


class CouncilRecord(Struct, frozen=True):
    """A council's numbers of years that follow each other, the newest last."""

    counted_in: str
    numbers: tuple[NumberOfYear, ...]
    neighbours: NeighboursFalls | None


@cache
def council_record(council: Council, counted_in: str, by: date) -> CouncilRecord | None:
    """The record of a council by a day; None where no two years that follow each other are published, or one is 0."""
    column = COLUMNS.get(counted_in)
    if column is None:
        return None
    own = _series(council.dfe_code, column)
    years = _years([year for year in own if date(year, 3, 31) <= by])
    if len(years) < 2 or not all(own[year].number(column) for year in years):
        return None
    numbers = tuple(NumberOfYear(year=year, value=own[year].number(column), **provenance(own[year])) for year in years)
    return CouncilRecord(counted_in, numbers, _neighbours(council, column, years))


def _series(code: str, column: str) -> dict[int, DataRow]:
    return {int(row[_YEAR]): row for row in rows_with(_DATASET, "dfe_code", code) if row[column]}


def _years(published: list[int]) -> list[int]:
    """The newest years without a gap, for ten changes at most."""
    newest = sorted(published, reverse=True)
    unbroken = [year for place, year in enumerate(newest) if year == newest[0] - place]
    return unbroken[: MOST_CHANGES + 1][::-1]


def _neighbours(council: Council, column: str, years: list[int]) -> NeighboursFalls | None:
    falls, rows = [], []
    for like_it in statistical_neighbours(council):
        series = _series(like_it.dfe_code, column)
        if all(year in series for year in years):
            values = [series[year].number(column) for year in years]
            falls.append((like_it.name, round(largest_fall(values), _PLACES)))
            rows += [series[year] for year in years]
    if not falls:
        return None
    sure = weakest("derived", *(row.confidence for row in rows))
    return NeighboursFalls(median(fall for _, fall in falls), len(falls), tuple(falls), sure)


def largest_fall(values: list[float]) -> float:
    """The largest fall from one to the next as a share of the one; 0 where none falls."""
    return max([0.0, *((before - after) / before for before, after in pairwise(values) if before)])
