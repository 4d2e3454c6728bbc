"""Tables in CSV files next to the case: `posts: {csv: posts.csv}` reads as if its rows were written in the case.

A row is a mapping of the header's names to its cells; empty cells are left out; a name with dots (`stay.months`) goes
into a mapping. Entries of a table that go by name need a column `id`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, Protocol

from msgspec import Struct, field

from finmodel.parsing.places import Address, FileLine, Header, address_in_words, as_written
from finmodel.parsing.problems import Problem
from finmodel.parsing.text_files import (
    MOST_VALUES,
    CannotReadError,
    TextFile,
    read_content,
    read_text,
    unsafe_characters,
)


class TablesAllowed(Struct, frozen=True):
    """Where a file may refer to a table: lists, wherever they stand; mappings at the top, whose entries have names."""

    lists: frozenset[str]
    by_name: frozenset[str]

    def is_reference(self, value: object, address: Address) -> bool:
        """Whether a value refers to a table where one may stand."""
        if not isinstance(value, dict) or set(value) != {"csv"} or not isinstance(value["csv"], str):
            return False
        return address[-1] in self.lists or (len(address) == 1 and address[0] in self.by_name)


_OTHER_MARKS = {";": "semicolons", "\t": "tabs", "|": "upright lines"}


class _Row(Struct):
    line: int
    cells: dict[str, str]  # by column, empty ones left out


class NoTableError(Exception):
    """A table cannot be had; the message says why."""


class ReadsTables(Protocol):
    """Where tables come from."""

    def read(self, name: str) -> bytes:
        """The bytes of a table; raises NoTableError where there is none of that name."""


class FolderOfTables(Struct, frozen=True):
    """The tables in the folder of a case, and nothing outside it."""

    folder: Path

    def read(self, name: str) -> bytes:
        """The bytes of a file, which must lie in the case's folder, links followed."""
        windows = PureWindowsPath(name)
        outside = "The table must be in the folder of the case"
        if windows.anchor or PurePosixPath(name).is_absolute() or ".." in windows.parts or "\0" in name:
            raise NoTableError(outside)
        folder = self.folder.resolve()
        try:
            path = (folder / name).resolve()
            found = path.is_file()
        except (OSError, ValueError, RuntimeError):
            raise NoTableError("There is no such file") from None
        if not path.is_relative_to(folder):
            raise NoTableError(outside)
        if not found:
            raise NoTableError("There is no such file")
        return read_content(path, name)


class CarriedTables(Struct, frozen=True):
    """Tables that a workbook carries. No file is looked for."""

    contents: Mapping[str, bytes]

    def read(self, name: str) -> bytes:
        """The bytes carried under a name."""
        if name not in self.contents:
            raise NoTableError("The workbook does not carry this table")
        return self.contents[name]


class Tables(Struct):
    """The CSV tables of a case, read as they are met."""

    at_hand: ReadsTables
    document: TextFile
    allowed: TablesAllowed
    contents: dict[str, bytes] = field(default_factory=dict)  # by file
    rows: dict[str, list[_Row]] = field(default_factory=dict)
    used: dict[tuple[str, int, str], Address] = field(default_factory=dict)  # where each cell was used first
    values: int = 0

    def fill_in(self) -> None:
        """Put rows in the place of every reference to a table."""
        self._within(self.document.data, ())

    def _within(self, data: Any, address: Address) -> None:
        """Look for references below an address; the case's own nesting is bounded, so this is."""
        items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
        for step, value in list(items):
            here = (*address, step)
            if self.allowed.is_reference(value, here):
                data[step] = self._table(value["csv"], here)
            else:
                self._within(value, here)

    def _table(self, name: str, address: Address) -> Any:
        try:
            rows = self._rows(name, address)
        except CannotReadError as error:
            self.document.problems += error.problems
            self.document.faulty.add(address)
            rows = []
        self.values += sum(len(row.cells) for row in rows)
        if self.values > MOST_VALUES:
            self._problem(address, f"The tables hold more than {MOST_VALUES:,} values", "Use smaller tables.")
            rows = []
        if address[-1] in self.allowed.by_name:
            return self._by_name(rows, name, address)
        return [self._mapping(row, name, (*address, place)) for place, row in enumerate(rows)]

    def _by_name(self, rows: list[_Row], name: str, address: Address) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for row in rows:
            key = row.cells.get("id")
            if key is None or key in result:
                what = "This row has no `id`" if key is None else f"`{as_written(key)}` is already given above"
                self._add(name, row.line, f"{address[-1]}", what, "Give every row its own name in the column `id`.")
            else:
                cells = {column: cell for column, cell in row.cells.items() if column != "id"}
                result[key] = self._mapping(_Row(row.line, cells), name, (*address, key))
        return result

    def _mapping(self, row: _Row, file: str, address: Address) -> dict[str, Any]:
        """A row's cells as a mapping, each with its place."""
        place = FileLine(file, row.line)
        self._place(address, place, "")
        result: dict[str, Any] = {}
        for column, cell in row.cells.items():
            *outer, last = column.split(".")
            inner = result
            for step in outer:
                following = inner.setdefault(step, {})
                inner = following if isinstance(following, dict) else {}
            inner[last] = cell
            self._place((*address, *outer, last), place, column)
        return result

    def _place(self, address: Address, place: FileLine, column: str) -> None:
        """Say where a row or one of its cells was written, and where it was used first."""
        places = self.document.places
        places.known[address] = place
        first = self.used.setdefault((place.file, place.line, column), address)
        if first != address:
            places.first[address] = first

    def _rows(self, name: str, address: Address) -> list[_Row]:
        if name not in self.rows:
            self.rows[name] = []  # a table that cannot be read is shown once
            try:
                content = self.at_hand.read(name)
            except NoTableError as error:
                remedy = "Name a CSV file in the folder of the case."
                raise CannotReadError(self._made(address, str(error), remedy, name)) from None
            self.contents[name] = content
            text = read_text(content, name)
            unsafe = unsafe_characters(text, name)
            if unsafe:
                raise CannotReadError(*unsafe)
            self.rows[name] = self._parse(text, name)
        return self.rows[name]

    def _parse(self, text: str, name: str) -> list[_Row]:
        records = self._records(text, name)
        if not records:
            what, remedy = "The table is empty", "Start with a row that names the columns."
            raise CannotReadError(Problem(name, 1, "", what, remedy))
        line, header = records[0]
        columns = _without_empty_end([cell.strip() for cell in header])
        if len(columns) == 1 and (mark := next((mark for mark in _OTHER_MARKS if mark in columns[0]), None)):
            what = f"The cells of the table are separated by {_OTHER_MARKS[mark]}, and not by commas"
            raise CannotReadError(
                Problem(
                    name,
                    line,
                    "",
                    what,
                    "Save it in Excel as “CSV UTF-8 (Comma delimited)”, or in \
LibreOffice as Text CSV with the comma as field delimiter.",
                )
            )
        self.document.places.headers[name] = Header(line, tuple(columns))
        self._check_header(columns, name, line)
        return [
            _Row(number, self._cells(record, columns, name, number))
            for number, record in records[1:]
            if any(cell.strip() for cell in record)
        ]

    def _records(self, text: str, name: str) -> list[tuple[int, list[str]]]:
        """Each record with the line on which it begins."""
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        records, line = [], 1
        try:
            for record in reader:
                if record:
                    records.append((line, record))
                line = reader.line_num + 1
        except csv.Error:
            remedy = "Look at the quotation marks and commas on this line, or save the table again as CSV (UTF-8)."
            why = f"a quotation mark is not closed or out of place, or a cell is longer than {csv.field_size_limit():,}"
            what = f"The table cannot be read here: {why} characters"
            raise CannotReadError(Problem(name, line, "", what, remedy)) from None
        return records

    def _check_header(self, columns: list[str], name: str, line: int) -> None:
        for position, column in enumerate(columns):
            if not column:
                what = f"Column {position + 1} has no name"
                self._add(name, line, "", what, "Name every column in the first row, or remove the column.")
            elif column in columns[:position]:
                what, remedy = f"The column `{as_written(column)}` is there twice", "Keep one of the two."
                self._add(name, line, "", what, remedy)

    def _cells(self, record: list[str], columns: list[str], name: str, line: int) -> dict[str, str]:
        if len(_without_empty_end(record)) > len(columns) or len(record) < len(columns):
            what = f"This row has {len(record)} cells, and the header has {len(columns)} columns"
            self._add(name, line, "", what, "Give every row one cell for each column; put text with commas in quotes.")
        cells: dict[str, str] = {}
        for column, cell in zip(columns, record, strict=False):
            if column and cell.strip():
                cells.setdefault(column, cell.strip())
        return cells

    def _problem(self, address: Address, what: str, remedy: str, given: str = "") -> None:
        self.document.problems.append(self._made(address, what, remedy, given))
        self.document.faulty.add(address)

    def _made(self, address: Address, what: str, remedy: str, given: str) -> Problem:
        place = self.document.places.find(address)
        where = address_in_words(address, self.document.data)
        file, line = (place.file, place.line) if place else (self.document.file, None)
        return Problem(file, line, where, what, remedy, as_written(given))

    def _add(self, file: str, line: int, where: str, what: str, remedy: str) -> None:
        self.document.problems.append(Problem(file, line, where, what, remedy))


def _without_empty_end(cells: list[str]) -> list[str]:
    """Without the empty cells that spreadsheets leave at the end of a row."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]
