"""Tables of quarters, as councils have them: which form one has, and each of its figures with its place.

Three forms are read, told apart by the header: long (`quarter, measure, section, value`), quarters down (a column
`quarter`, then one for each measure) and quarters across (a column of measures, then one for each quarter). Lines above
the header are titles. What stands for no figure is kept as the sign that it was: a hyphen is not taken for 0.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field

from finmodel.lines.cells import address
from finmodel.parsing.nearest import all_of
from finmodel.parsing.numbers import LONGEST_FIGURE, UnreadableError, number
from finmodel.parsing.places import as_written
from finmodel.parsing.problems import Problem, ProblemsError
from finmodel.parsing.text_files import CannotReadError, read_content, read_text, unsafe_characters
from finmodel.workload.quarters import Quarter, quarter_from, reads_as_quarter

WORKBOOKS = (".xlsx", ".xlsm")
_MOST_BYTES = 20_000_000
_TITLES = 30  # rows at most above a header
_NAMES = {
    "quarter": "quarter", "quarter ending": "quarter", "quarter end": "quarter", "quarter ended": "quarter",
    "period": "quarter", "date": "quarter", "as at": "quarter", "period ending": "quarter",
    "measure": "measure", "indicator": "measure", "description": "measure", "performance indicator": "measure",
    "section": "section", "team": "section", "service": "section", "area": "section", "sub-section": "section",
    "value": "value", "figure": "value", "number": "value", "result": "value", "outturn": "value",
    "unit": "unused", "source": "unused", "note": "unused", "notes": "unused", "group": "unused", "where": "unused",
    "quarter_end": "unused", "label": "unused", "kind": "unused", "base": "unused",
    "change_on_last_quarter": "unused", "change_on_last_year": "unused",
}  # fmt: skip
SIGNS = {
    "": "blank", "-": "-", "–": "–", "—": "—", ".": ".", "..": "..", ":": ":", "x": "x", "z": "z", "u": "u",
    "n/a": "n/a", "na": "n/a", "#n/a": "n/a", "nil return": "nil return", "not available": "not available",
    "missing": "missing", "tbc": "tbc", "c": "c", "*": "c", "suppressed": "c",
}  # fmt: skip
_BELOW = re.compile(r"<\s*[0-9]+|[0-9]+\s*(?:-|–|to)\s*[0-9]+")  # hidden at its source: `<5`, `1 to 5`
_PLAIN = re.compile(r"(?:0|[1-9][0-9]{0,6}|[1-9][0-9]{0,2},[0-9]{3})(?:\.([0-9]{1,4}))?")  # nearly every one
_TWO = re.compile(r"[0-9][0-9.,]*\s*%?\s*\(?\s*[0-9][0-9.,]*.*")
_FIGURES = "Write one figure a cell, in digits; leave it empty, or write x, c or -, where there is none."


class TablePlace(NamedTuple):
    """Where a figure stands. cell: of a workbook, `Data!C7`, "" in a CSV file."""

    file: str
    line: int
    cell: str = ""

    @property
    def words(self) -> str:
        """`quarters.csv, line 7`."""
        return f"{self.file}, {self.cell}" if self.cell else f"{self.file}, line {self.line}"


class Given(NamedTuple):
    """A figure as a table gives it. sign: what stands in its place where there is none, "" where there is one.

    places: decimals as written; percent: whether it was written with a percent sign, and so times 100.
    """

    quarter: Quarter
    measure: str
    section: str
    value: float | None
    sign: str
    places: int
    percent: bool
    place: TablePlace


class TableCell(NamedTuple):
    """What a cell holds. is_percentage: whether it shows its number as one; fault: why it has no value, "" else."""

    value: object
    is_percentage: bool = False
    fault: str = ""


_EMPTY = TableCell(None)


class _Grid(Struct, frozen=True):
    """The cells of a sheet, or of a CSV file, that hold anything, by row and column from 1."""

    name: str
    cells: dict[tuple[int, int], TableCell]

    def found(self, row: int, column: int) -> TableCell:
        return self.cells.get((row, column), _EMPTY)

    def text(self, row: int, column: int) -> str:
        """What a cell says, for names."""
        value = self.found(row, column).value
        return " ".join(value.split()) if isinstance(value, str) else "" if value is None else str(value)


def _cell_name(sheet: str, row: int, column: int) -> str:
    """`Data!C7`, with the sheet's name in quotation marks where it needs them."""
    quoted = sheet if sheet.isalnum() else "'" + sheet.replace("'", "''") + "'"
    return f"{quoted}!{address(row, column)}"


class _Sheet(Struct):
    """A table's cells, row by row, with what can go wrong with them."""

    file: str
    grid: _Grid
    is_book: bool
    problems: list[Problem]
    rows: dict[int, list[int]] = field(default_factory=dict)  # the columns of each row that hold anything

    def __post_init__(self) -> None:
        for row, column in sorted(self.grid.cells):
            self.rows.setdefault(row, []).append(column)

    def place(self, row: int, column: int) -> TablePlace:
        return TablePlace(self.file, row, _cell_name(self.grid.name, row, column) if self.is_book else "")

    def wrong(self, row: int, column: int, what: str, remedy: str, header: str = "") -> None:
        at, found = self.place(row, column), self.grid.found(row, column).value
        where = f"{header or f'column {column}'}" if not at.cell else header
        self.problems.append(Problem(self.file, row, where, what, remedy, as_written(found), at.cell))

    def read(self, row: int, column: int, header: str) -> Quarter | None:
        try:
            return quarter_from(self.grid.found(row, column).value)
        except UnreadableError as error:
            self.wrong(row, column, error.what, error.remedy, header)
            return None


def read_tables(folder: Path, names: Sequence[str]) -> tuple[list[Given], list[Problem], dict[str, bytes]]:
    """Every figure of the tables, every problem with them, and the bytes of each file."""
    given: list[Given] = []
    problems: list[Problem] = []
    contents: dict[str, bytes] = {}
    for name in names:
        try:
            content = read_content(folder / name, name, _MOST_BYTES)
            contents[name] = content
            for sheet in sheets_of(content, name, problems):
                given += figures_of(sheet)
        except CannotReadError as error:
            problems += error.problems
        except ProblemsError as error:
            problems += error.problems
    return given, problems, contents


def sheets_of(content: bytes, name: str, problems: list[Problem]) -> Iterator[_Sheet]:
    """The table of a CSV file, or the sheets of a workbook that hold one."""
    if not name.lower().endswith(WORKBOOKS):
        yield _Sheet(name, _grid_of_text(content, name), False, problems)
        return
    sheets = [_Sheet(name, grid, True, problems) for grid in _grids_of_book(content, name)]
    tables = [sheet for sheet in sheets if _header(sheet)]
    if not tables:
        raise CannotReadError(Problem(name, None, "", "No sheet of this workbook holds a table of quarters", _FORMS))
    yield from tables


_FORMS = (
    "Begin a table with a row of names: `quarter, measure, section, value`; or `quarter` and then the measures; or "
    "`measure` and then the quarters."
)


def _grids_of_book(content: bytes, name: str) -> Iterator[_Grid]:
    from finmodel.case.workbook.reading import grids_of  # noqa: PLC0415 - heavy: the schema of a case, openpyxl

    for grid in grids_of(content, name):
        cells = {}
        for at, found in grid.cells.items():
            fault = "This cell shows an error" if found.is_error else "This formula has no stored value"
            is_faulty = found.is_error or found.uncalculated
            cells[at] = TableCell(found.value, found.is_percentage, fault if is_faulty else "")
        yield _Grid(grid.name, cells)


def _grid_of_text(content: bytes, name: str) -> _Grid:
    text = read_text(content, name) if len(content) <= 5_000_000 else read_text(content[:5_000_001], name)
    unsafe = unsafe_characters(text, name)
    if unsafe:
        raise CannotReadError(*unsafe)
    cells: dict[tuple[int, int], TableCell] = {}
    line = 1
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=_mark(text))
        for record in reader:
            for column, cell in enumerate(record, 1):
                if cell and not cell.isspace():
                    cells[line, column] = TableCell(cell.strip())
            line = reader.line_num + 1
    except csv.Error:
        what = "The table cannot be read here: a quotation mark is not closed or out of place"
        raise CannotReadError(Problem(name, line, "", what, "Look at the quotation marks on this line.")) from None
    return _Grid(name, cells)


def _mark(text: str) -> str:
    """What parts the cells: the sign of these that the first lines have most of."""
    head = "\n".join(text.split("\n", _TITLES)[:_TITLES])
    return max((",", ";", "\t"), key=head.count)


class _Header(Struct, frozen=True):
    """A header: its row, and what each of its columns holds."""

    row: int
    names: dict[int, str]  # as written
    roles: dict[int, str]  # quarter, measure, section, value, unused; "figures" for a measure or a quarter
    form: str  # long, down or across


def _header(sheet: _Sheet) -> _Header | None:
    for row, columns in list(sheet.rows.items())[:_TITLES]:
        names = {column: sheet.grid.text(row, column) for column in columns}
        roles = {column: _NAMES.get(name.casefold().rstrip(":"), "") for column, name in names.items()}
        held = set(roles.values())
        if {"quarter", "measure", "value"} <= held:
            return _Header(row, names, roles, "long")
        if "quarter" in held and "measure" not in held and len(columns) > 1:
            return _Header(row, names, {column: role or "figures" for column, role in roles.items()}, "down")
        across = [
            column for column in columns if not roles[column] and reads_as_quarter(sheet.grid.found(row, column).value)
        ]
        if across and "quarter" not in held and ("measure" in held or min(across) > 1):
            return _Header(row, names, _across(names, roles, across), "across")
    return None


def _across(names: dict[int, str], roles: dict[int, str], across: Sequence[int]) -> dict[int, str]:
    """Where no column is called measure, the last one before the quarters is it."""
    found = {column: "figures" if column in across else role or "strange" for column, role in roles.items()}
    if "measure" not in found.values():
        before = [column for column in names if column < min(across) and found[column] == "strange"]
        found[max(before, default=min(across) - 1)] = "measure"
    return found


def figures_of(sheet: _Sheet) -> Iterator[Given]:
    """Every figure of a table, with signs where there is none; problems are added to the sheet's."""
    header = _header(sheet)
    if header is None:
        what = "This table has no row of names that is known"
        sheet.problems.append(Problem(sheet.file, 1, "", what, _FORMS))
        return
    doubled = [name for name in header.names.values() if list(header.names.values()).count(name) > 1]
    if doubled:
        what = f"The column `{as_written(doubled[0])}` is there twice"
        sheet.problems.append(Problem(sheet.file, header.row, "", what, "Keep one of the two."))
        return
    strange = [header.names[column] for column, role in header.roles.items() if role in ("strange", "")]
    if strange and header.form == "long":
        what = f"The column{'s' if len(strange) > 1 else ''} {all_of(strange)} would be left out"
        sheet.problems.append(Problem(sheet.file, header.row, "", what, "Remove it, or call it note."))
    yield from {"long": _long, "down": _down, "across": _across_figures}[header.form](sheet, header)


def _column(header: _Header, role: str) -> int:
    return next((column for column, held in header.roles.items() if held == role), 0)


def _below(sheet: _Sheet, header: _Header) -> Iterable[tuple[int, set[int]]]:
    return ((row, set(columns)) for row, columns in sheet.rows.items() if row > header.row)


def _long(sheet: _Sheet, header: _Header) -> Iterator[Given]:
    quarter_at, measure_at, value_at = (_column(header, role) for role in ("quarter", "measure", "value"))
    section_at = _column(header, "section")
    for row, columns in _below(sheet, header):
        if measure_at not in columns or quarter_at not in columns:
            missing = "measure" if measure_at not in columns else "quarter"
            at = measure_at if missing == "measure" else quarter_at
            what = f"This row names no {missing}"
            sheet.wrong(row, at, what, "Write it, or remove the row.", header.names[at])
            continue
        quarter = sheet.read(row, quarter_at, header.names[quarter_at])
        section = sheet.grid.text(row, section_at) if section_at else ""
        name = sheet.grid.text(row, measure_at)
        yield from _figure(sheet, (row, value_at), header.names[value_at], quarter, (name, section))


def _down(sheet: _Sheet, header: _Header) -> Iterator[Given]:
    quarter_at, section_at = _column(header, "quarter"), _column(header, "section")
    figures = [column for column, role in header.roles.items() if role == "figures"]
    for row, columns in _below(sheet, header):
        if quarter_at not in columns:
            if columns & set(figures):
                sheet.wrong(row, quarter_at, "This row names no quarter", "Write it, or remove the row.", "quarter")
            continue
        quarter = sheet.read(row, quarter_at, header.names[quarter_at])
        section = sheet.grid.text(row, section_at) if section_at else ""
        for column in figures:
            yield from _figure(sheet, (row, column), header.names[column], quarter, (header.names[column], section))


def _across_figures(sheet: _Sheet, header: _Header) -> Iterator[Given]:
    measure_at, section_at = _column(header, "measure"), _column(header, "section")
    figures = [column for column, role in header.roles.items() if role == "figures"]
    quarters = {column: sheet.read(header.row, column, "") for column in figures}
    for row, columns in _below(sheet, header):
        if measure_at not in columns:
            if columns & set(figures):
                sheet.wrong(row, measure_at, "This row names no measure", "Write it, or remove the row.", "measure")
            continue
        section = sheet.grid.text(row, section_at) if section_at else ""
        name = sheet.grid.text(row, measure_at)
        if not columns & set(figures):
            continue  # a heading among the rows
        for column in figures:
            yield from _figure(sheet, (row, column), header.names[column], quarters[column], (name, section))


def _figure(
    sheet: _Sheet, at: tuple[int, int], header: str, quarter: Quarter | None, of: tuple[str, str]
) -> Iterator[Given]:
    """A figure with its place; a problem, and nothing, where it cannot be read or has no quarter."""
    cell = sheet.grid.found(*at)
    try:
        value, sign, places, percent = read_figure(cell)
    except UnreadableError as error:
        sheet.wrong(*at, error.what, error.remedy, header)
        return
    if quarter is not None:
        yield Given(quarter, *of, value, sign, places, percent, sheet.place(*at))


def read_figure(cell: TableCell) -> tuple[float | None, str, int, bool]:
    """A cell's figure, or the sign in its place; its decimals as written; whether it was a percentage (then × 100)."""
    if cell.fault:
        raise UnreadableError(cell.fault, "Open the workbook in Excel, put it right and save it again.")
    value = cell.value
    if value is None:
        return None, "blank", 0, False
    if isinstance(value, str) and (plain := _PLAIN.fullmatch(value)):
        return float(value.replace(",", "")), "", len(plain[1] or ""), False
    if isinstance(value, bool | date | datetime):
        raise UnreadableError("This is not a figure", _FIGURES)
    if isinstance(value, int | float):
        figure = number(value) * (100 if cell.is_percentage else 1)
        text = f"{figure:.10g}"
        return figure, "", len(text.partition(".")[2]) if "e" not in text else 4, cell.is_percentage
    text = " ".join(str(value).split())
    if text.casefold() in SIGNS:
        return None, SIGNS[text.casefold()], 0, False
    if _BELOW.fullmatch(text):
        return None, "c", 0, False
    percent = text.endswith("%")
    bare = text.removesuffix("%").strip()
    if "/" in bare or not bare or (_TWO.fullmatch(text) and " " in text):
        raise UnreadableError("This is not one figure", _FIGURES)
    if len(bare) > LONGEST_FIGURE:
        raise UnreadableError("This is not a figure", _FIGURES)
    return number(bare), "", len(bare.partition(".")[2]), percent
