"""What a data set is: its file, its names, its columns and the checks that every copy of it must pass."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from finmodel.reference.columns import PROVENANCE, Column
from finmodel.reference.series import Check
from finmodel.reference.table import DataRow, DataTable


class Dataset(Struct, frozen=True):
    """One data set: one file."""

    name: str  # the file, without .csv
    alias: str  # what a user types
    title: str
    what: str  # what it holds, in a sentence
    own_columns: tuple[Column, ...]
    key: tuple[str, ...]  # the columns that tell one fact from another
    checks: tuple[Check, ...] = ()
    missing: str = ""  # what a reader might look for and not find
    later_columns: tuple[Column, ...] = ()  # added since, after where each fact came from

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every column: its own, then where each fact came from, then what was added since."""
        return self.own_columns + PROVENANCE + self.later_columns

    def has(self, column: str) -> bool:
        """Whether the data set has a column of that name."""
        return any(own.name == column for own in (*self.own_columns, *self.later_columns))

    def problems(self, table: DataTable) -> list[str]:
        """Everything wrong with a file, each with its place; series are checked once every cell is good."""
        found = [f"{self.name}.csv: {problem}" for problem in self._shape(table)]
        if not found:
            found = [f"{self.name}.csv, {problem}" for problem in self._cells(table.rows)]
        if not found:
            found = [f"{self.name}.csv, {problem}" for problem in self._rows(table.rows)]
        return found

    def _shape(self, table: DataTable) -> Iterator[str]:
        expected = [column.name for column in self.columns]
        for name in expected:
            if name not in table.header:
                yield f"the column {name} is missing"
        for name in table.header:
            if name not in expected:
                yield f"the column {name} is not expected"
        for line in table.ragged:
            yield f"line {line} has more or fewer cells than the header"
        if not table.rows:
            yield "there are no rows"

    def _cells(self, rows: tuple[DataRow, ...]) -> Iterator[str]:
        for row in rows:
            for column in self.columns:
                problem = column.problem(row[column.name])
                if problem is not None:
                    yield f"line {row.line}: {problem}"

    def _rows(self, rows: tuple[DataRow, ...]) -> Iterator[str]:
        yield from self._duplicates(rows)
        for check in self.checks:
            yield from check(rows)

    def _duplicates(self, rows: tuple[DataRow, ...]) -> Iterator[str]:
        seen: dict[tuple[str, ...], int] = {}
        for row in rows:
            key = tuple(row[column] for column in self.key)
            first = seen.setdefault(key, row.line)
            if first != row.line:
                yield f"line {row.line}: the same fact as line {first} ({', '.join(part for part in key if part)})"
