"""Checks of rows that follow each other: no gap, no overlap, points in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import pairwise

from finmodel.lines.periods import FinancialYear
from finmodel.reference.table import DataRow

Check = Callable[[Sequence[DataRow]], Iterator[str]]
"""Reads the rows of one file, each cell of which is already known to be good; yields problems."""


def groups(rows: Iterable[DataRow], columns: Sequence[str]) -> dict[tuple[str, ...], list[DataRow]]:
    """Rows by what stands in some columns, in the order of the file."""
    found: dict[tuple[str, ...], list[DataRow]] = {}
    for row in rows:
        found.setdefault(tuple(row[column] for column in columns), []).append(row)
    return found


def dated(*group: str) -> Check:
    """`from_date` to `to_date` follow day by day. Rows without a first day are not part of a series."""

    def check(rows: Sequence[DataRow]) -> Iterator[str]:
        for series in groups((row for row in rows if row["from_date"]), group).values():
            series.sort(key=lambda row: row["from_date"])
            for row in series:
                if row["to_date"] and row["to_date"] < row["from_date"]:
                    yield f"line {row.line}: ends on {row['to_date']}, before it starts on {row['from_date']}"
            for before, after in pairwise(series):
                yield from _meet(before, after)

    return check


def _meet(before: DataRow, after: DataRow) -> Iterator[str]:
    end, start = before.optional_day("to_date"), after.day("from_date")
    if end is None or start <= end:
        yield f"line {after.line}: overlap, it starts on {start} while line {before.line} is still in force"
    elif start > end + timedelta(days=1):
        yield f"line {after.line}: gap, line {before.line} ends on {end} and this starts on {start}"


def yearly(column: str, *group: str) -> Check:
    """Every year from the first to the last is there."""

    def check(rows: Sequence[DataRow]) -> Iterator[str]:
        for key, series in groups(rows, group).items():
            years = sorted({start_year(row[column]) for row in series})
            for before, after in pairwise(years):
                if after > before + 1:
                    of = f" of {', '.join(key)}" if key else ""
                    yield f"gap in {column}{of}: nothing between {before} and {after}"

    return check


def start_year(text: str) -> int:
    """The calendar year in which `2015-16` or `2015` starts."""
    return FinancialYear.parse(text).start if len(text) > len("2015") else int(text)


def steps(*group: str, closed: frozenset[str] = frozenset()) -> Check:
    """`from_year` to `to_year` run from 0 and follow year by year; the last has no end.

    `closed`: the schemes (first column of the group) whose last step is known to have an end.
    """

    def check(rows: Sequence[DataRow]) -> Iterator[str]:
        for key, series in groups(rows, group).items():
            series.sort(key=lambda row: int(row["from_year"]))
            due: int | None = 0
            for row in series:
                if int(row["from_year"]) != due:
                    yield f"line {row.line}: gap or overlap, starts in year {row['from_year']}, not {due}"
                due = int(row["to_year"]) + 1 if row["to_year"] else None
            if due is not None and key[0] not in closed:
                yield f"line {series[-1].line}: the last step of {', '.join(key)} must have no end"

    return check


def spine(rows: Sequence[DataRow]) -> Iterator[str]:
    """One spine at a time, its points without a gap, each paid more than the one below and never less than before."""
    before: dict[tuple[str, int], float] = {}
    starts: dict[str, str] = {}
    for (start, name), series in sorted(groups(rows, ("year_from", "spine")).items()):
        if starts.setdefault(start, name) != name:
            yield f"line {series[0].line}: overlap, 2 spines start on {start}"
        series.sort(key=lambda row: int(row["scp"]))
        for lower, higher in pairwise(series):
            yield from _climb(lower, higher)
        for row in series:
            key = (name, int(row["scp"]))
            if row.number("annual_salary_gbp") < before.get(key, 0):
                yield f"line {row.line}: point {row['scp']} is paid less than on the spine before"
            before[key] = row.number("annual_salary_gbp")


def _climb(lower: DataRow, higher: DataRow) -> Iterator[str]:
    if int(higher["scp"]) > int(lower["scp"]) + 1:
        yield f"line {higher.line}: gap, no point between {lower['scp']} and {higher['scp']}"
    if higher.number("annual_salary_gbp") <= lower.number("annual_salary_gbp"):
        yield f"line {higher.line}: point {higher['scp']} is not paid more than point {lower['scp']}"
