"""Published figures to set beside a council's own: England, its region, and the median of its neighbours."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path
from statistics import median

from msgspec import Struct

from finmodel.reference.councils import Council, statistical_neighbours
from finmodel.reference.loader import load
from finmodel.reference.table import DataRow
from finmodel.reference.when import in_words

_ENGLAND = "E92000001"
_DAYS = {"year_ending_31_march": (3, 31), "year_ending_30_september": (9, 30)}


class Comparator(Struct, frozen=True):
    """A published figure of others, by the newest period that ended by the report's day.

    england, region, neighbours: in `unit`, None where none is published; number: of neighbours that have one.
    """

    name: str
    unit: str
    period: str
    england: float | None
    region: float | None
    region_name: str
    neighbours: float | None
    number: int
    caution: str
    source: str


class _PublishedColumn(Struct, frozen=True):
    dataset: str
    column: str
    unit: str
    caution: str


@cache
def kinds() -> dict[str, _PublishedColumn]:
    """What there is to compare with, by name."""
    with Path(__file__).with_name("comparators.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["name"]: _PublishedColumn(row["dataset"], row["column"], row["unit"], row["caution"])
            for row in csv.DictReader(file)
        }


def comparator(name: str, council: Council, by: date) -> Comparator | None:
    """The figures of a name for the newest period that has England's; None where there is none."""
    kind = kinds()[name]
    rows = [row for row in load(kind.dataset) if row[kind.column]]
    year = next(column for column in _DAYS if column in rows[0].cells)
    month, day = _DAYS[year]
    known = [row for row in rows if row["ons_code"] == _ENGLAND and date(int(row[year]), month, day) <= by]
    if not known:
        return None
    newest = max(known, key=lambda row: int(row[year]))
    then = [row for row in rows if row[year] == newest[year]]
    like_it = {each.dfe_code for each in statistical_neighbours(council)}
    near = [row.number(kind.column) for row in then if row["level"] == "authority" and row["dfe_code"] in like_it]
    region = next((row for row in then if row["level"] == "region" and row["area"] == council.region), None)
    return Comparator(
        name=name,
        unit=kind.unit,
        period=in_words(date(int(newest[year]), month, day)),
        england=newest.number(kind.column),
        region=_number(region, kind.column),
        region_name=council.region,
        neighbours=round(median(near), 6) if near else None,
        number=len(near),
        caution=kind.caution,
        source=newest.source,
    )


def _number(row: DataRow | None, column: str) -> float | None:
    return None if row is None else row.number(column)
