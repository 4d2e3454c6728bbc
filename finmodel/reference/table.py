"""Reading a data file: lines of text that know their file and their place in it. Nothing is judged here."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable

from msgspec import Struct

from finmodel.reference.official import split_source
from finmodel.reference.rates import Confidence, as_confidence, weakest


def data_folder() -> Traversable:
    """The folder of data files that ships with finmodel."""
    return files("finmodel.reference") / "data"


class DataRow(Struct, frozen=True):
    """One line of a data file."""

    dataset: str
    line: int  # in the file, as a text editor counts; the header is line 1
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The text of a cell."""
        return self.cells[column]

    def number(self, column: str) -> float:
        """The number in a cell that must hold one."""
        return float(self.cells[column])

    def optional(self, column: str) -> float | None:
        """The number in a cell, None where it is blank."""
        return float(self.cells[column]) if self.cells[column] else None

    def fraction(self, column: str) -> float:
        """A percentage as a fraction, exact to the digits printed: 23.6 is 0.236."""
        return float(Decimal(self.cells[column]) / 100)

    def optional_fraction(self, column: str) -> float | None:
        """A percentage as a fraction, None where it is blank."""
        return self.fraction(column) if self.cells[column] else None

    def day(self, column: str) -> date:
        """The date in a cell that must hold one."""
        return date.fromisoformat(self.cells[column])

    def optional_day(self, column: str) -> date | None:
        """The date in a cell, None where it is blank."""
        return self.day(column) if self.cells[column] else None

    @property
    def confidence(self) -> Confidence:
        """How far to trust the row."""
        return as_confidence(self.cells["confidence"])

    def confidence_in(self, word: str) -> Confidence:
        """How far to trust one figure of the row, where the note says `Annual = weekly x 52 (derived)` and the like."""
        worked = re.search(rf"\b{word}( threshold)? = [^=]*\(derived\)", self.note)
        return weakest(self.confidence, "derived") if worked else self.confidence

    @property
    def source(self) -> str:
        """The official publication that the figure is in."""
        return split_source(self.cells["source"])[0]

    @property
    def link(self) -> str:
        """The address of that page, often blank for an unverified row."""
        return self.cells["source_url"]

    @property
    def note(self) -> str:
        """What else a reader should know, and through whom the figure reached us where that was not the publisher."""
        how = split_source(self.cells["source"])[1]
        return f"{self.cells['note']} Seen {how}.".strip() if how else self.cells["note"]


class DataTable(Struct, frozen=True):
    """A data file as read."""

    header: tuple[str, ...]
    rows: tuple[DataRow, ...]
    ragged: tuple[int, ...]  # lines with too few or too many cells, which are not in `rows`


def data_text(dataset: str, folder: Traversable | None = None) -> str:
    """The text of one file, as it is."""
    return ((folder or data_folder()) / f"{dataset}.csv").read_text(encoding="utf-8")


def read_table(dataset: str, folder: Traversable | None = None) -> DataTable:
    """Read one file; blanks at the ends of cells are dropped."""
    return table_of(dataset, data_text(dataset, folder))


def table_of(dataset: str, text: str) -> DataTable:
    """The rows of a file's text; blanks at the ends of cells are dropped."""
    rows: list[DataRow] = []
    ragged: list[int] = []
    reader = csv.reader(io.StringIO(text))
    header = tuple(next(reader, []))
    width = len(header)
    for cells in reader:
        if len(cells) == width:
            rows.append(DataRow(dataset, reader.line_num, dict(zip(header, map(str.strip, cells), strict=True))))
        else:
            ragged.append(reader.line_num)
    return DataTable(header, tuple(rows), tuple(ragged))
