"""From the plain data of a case to the rows of the sheets: every value has one place; without a cell it is Advanced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from finmodel.case.workbook.cells import survives
from finmodel.case.workbook.tables import (
    EACH,
    NAME,
    NAMED,
    PROVENANCE,
    VALUE,
    FieldPath,
    Form,
    SheetColumn,
    SheetTable,
    forms,
    tables,
)
from finmodel.parsing.places import Address, address_in_words
from finmodel.parsing.quantity_forms import LEFT_OUT, PROVENANCE_FIELDS, SHAPES
from finmodel.parsing.yaml_writing import as_yaml

SEE_YEARS, SEE_MONTHS, SEE_ADVANCED = "see By year", "see By month", "see Advanced"
BY_YEAR, LISTED = "council years", "one after another"
BETWEEN = " / "
_LONGEST = 32_000  # characters that a cell holds, and some to spare


class SheetRow(Struct):
    """A row of a sheet: whose it is (the names of its parents), its texts by field, and its address in the case."""

    owners: tuple[str, ...]
    texts: dict[FieldPath, str]
    address: Address = ()


class CellFigure(Struct, frozen=True):
    """A figure in a cell: its sheet, the row by name, and the heading of its column."""

    sheet: str
    row: str
    column: str


class Yearly(Struct, frozen=True):
    """What a figure is by year: in council years, or one value after another. left_out: of the years between."""

    figure: CellFigure
    how: str
    values: tuple[tuple[str, str], ...]
    left_out: str = ""


class CaseSpread(Struct):
    """The case on its sheets."""

    forms: dict[str, dict[FieldPath, str]] = field(default_factory=dict)
    rows: dict[str, list[SheetRow]] = field(default_factory=dict)
    sourced: list[tuple[CellFigure, Mapping[str, str]]] = field(default_factory=list)
    yearly: list[Yearly] = field(default_factory=list)
    monthly: list[tuple[CellFigure, str, str]] = field(default_factory=list)
    advanced: list[tuple[str, str]] = field(default_factory=list)


class _Spreading:
    """The data being spread; `left` is what no sheet has taken yet."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.result = CaseSpread()
        self.taken: set[Address] = set()  # values and lists that stand on a sheet

    def whole(self) -> CaseSpread:
        for form in forms():
            self.form(form)
        for table in tables():
            found = self.result.rows.setdefault(table.sheet, [])
            for address, entry, owners in _entries(self.data, table.pattern):
                found += (
                    self.texts(table, address, entry, owners)
                    if table.texts
                    else self.row(table, address, entry, owners)
                )
        for address, value in _not_in(self.data, (), self.taken):
            self.result.advanced.append((address_in_words(address, self.data), as_yaml(value, in_one_line=True)))
            self.point_to_it(address)
        return self.result

    def point_to_it(self, address: Address) -> None:
        """Say in the cell of a value that has one that it stands on the sheet Advanced."""
        for table in tables():
            for row in self.result.rows[table.sheet]:
                path = address[len(row.address) :]
                if address[: len(row.address)] == row.address and table.column(path) is not None:  # type: ignore[arg-type]
                    row.texts.setdefault(path, SEE_ADVANCED)  # type: ignore[arg-type]
        for form in forms():
            if any(column.path == address for column in form.columns):
                self.result.forms[form.sheet].setdefault(address, SEE_ADVANCED)  # type: ignore[arg-type]

    def form(self, form: Form) -> None:
        texts = self.result.forms.setdefault(form.sheet, {})
        for column in form.columns:
            at, value = _value_for(self.data, column)
            text = self.cell(value, column, at, CellFigure(form.sheet, "", column.heading))
            if text is not None:
                texts[column.path] = text

    def texts(self, table: SheetTable, address: Address, entry: Any, owners: tuple[str, ...]) -> Iterator[SheetRow]:
        owners = (*owners, _name(entry, address)) if address else ()
        for column in table.texts:
            at = (*address, *column.path)
            found = _below(entry, column.path)
            if isinstance(found, list) and found and all(_fits(text) for text in found):
                self.taken.add(at)
                for text in found:
                    yield SheetRow(owners, {("<which>",): column.heading, ("<text>",): text}, at)

    def row(self, table: SheetTable, address: Address, entry: Any, owners: tuple[str, ...]) -> Iterator[SheetRow]:
        """The row of an entry; none where it has no cell at all, and so is Advanced as a whole."""
        key = str(address[-1])
        name = key if table.is_named else _name(entry, address)
        parents = owners
        if table.is_named and not _fits(key):
            return
        row = SheetRow(parents, {NAME: key} if table.is_named else {}, address)
        words = BETWEEN.join((*owners, name))
        for column in table.columns:
            if column.path == NAME:
                continue
            if VALUE in {c.path for c in table.columns}:
                text = self.of_a_figure(table, entry, column, address, words)
            else:
                at, value = _value_for(entry, column)
                text = self.cell(value, column, (*address, *at), CellFigure(table.sheet, words, column.heading))
            if text is not None:
                row.texts[column.path] = text
        if table.column(VALUE) is not None and not {VALUE, ("published",)} & set(row.texts):
            self.taken = {each for each in self.taken if each[: len(address)] != address}
            return
        yield row

    def of_a_figure(
        self, table: SheetTable, entry: Any, column: SheetColumn, address: Address, words: str
    ) -> str | None:
        """A cell of an entry that is itself a figure, or names a published one."""
        if column.path == VALUE:
            if isinstance(entry, dict) and not set(SHAPES) & set(entry):
                return None
            return self.cell(entry, column, address, CellFigure(table.sheet, words, column.heading), sourced=False)
        found = entry.get(column.path[0]) if isinstance(entry, dict) else None
        if (
            isinstance(found, str)
            and _fits(found)
            and (column.path[0] == "published" or self.provenance_is_whole(entry))
        ):
            self.taken.add((*address, column.path[0]))
            return found
        return None

    def provenance_is_whole(self, entry: Mapping[str, Any]) -> bool:
        return all(isinstance(entry[name], str) and _fits(entry[name]) for name in PROVENANCE if name in entry)

    def cell(
        self, value: Any, column: SheetColumn, at: Address, figure: CellFigure, sourced: bool = True
    ) -> str | None:
        """What stands in the cell of a value; None where it has none."""
        if isinstance(value, str):
            if not _fits(value) or not survives(value, column.shape):
                return None
            self.taken.add(at)
            return value
        if not column.shape.figure:
            return None
        if isinstance(value, list) and value and all(map(_fits, value)):
            self.taken.add(at)
            return self.in_years(figure, LISTED, [(str(n + 1), text) for n, text in enumerate(value)])
        return self.with_source(value, figure, at, sourced) if isinstance(value, dict) else None

    def with_source(self, value: Mapping[str, Any], figure: CellFigure, at: Address, sourced: bool) -> str | None:
        """A figure that says where it comes from, or what it is by year or by month."""
        source = {name: value[name] for name in PROVENANCE_FIELDS if name in value}
        shape = {name: value[name] for name in value if name not in source}
        if not (source or "value" not in shape) or not all(map(_fits, source.values())):
            return None
        text = self.shaped(shape, figure)
        if text is None:
            return None
        self.taken.add(at)
        if source and sourced:
            self.result.sourced.append((figure, source))
        return text

    def shaped(self, shape: Mapping[str, Any], figure: CellFigure) -> str | None:
        names = set(shape)
        if names == {"value"}:
            value = shape["value"]
            if isinstance(value, list) and value and all(map(_fits, value)):
                return self.in_years(figure, LISTED, [(str(n + 1), text) for n, text in enumerate(value)])
            return value if _fits(value) else None
        steps = shape.get("by_year") or shape.get("by_month")
        if not isinstance(steps, dict) or not steps or not all(map(_fits, steps.values())):
            return None
        if names - {LEFT_OUT} == {"by_year"} and _fits(shape.get(LEFT_OUT, "zero")) and _are_years(steps):
            return self.in_years(figure, BY_YEAR, list(steps.items()), shape.get(LEFT_OUT, ""))
        if names == {"by_month"} and all(map(_fits, steps)):
            self.result.monthly += [(figure, month, text) for month, text in steps.items()]
            return SEE_MONTHS
        return None

    def in_years(self, figure: CellFigure, how: str, values: list[tuple[str, str]], left_out: str = "") -> str:
        self.result.yearly.append(Yearly(figure, how, tuple(values), left_out))
        return SEE_YEARS


def spread(data: Mapping[str, Any]) -> CaseSpread:
    """The plain data of a case on the sheets of the workbook."""
    return _Spreading(data).whole()


def _fits(value: object) -> bool:
    """Whether a text can stand in a cell and be read as the same text."""
    return (
        isinstance(value, str)
        and value == value.strip()
        and 0 < len(value) < _LONGEST
        and "_x" not in value
        and "\r" not in value
        and "\u00a0" not in value
        and value not in (SEE_YEARS, SEE_MONTHS, SEE_ADVANCED)
    )


def _are_years(steps: Mapping[str, str]) -> bool:
    return all(_fits(year) for year in steps) and list(steps) == sorted(steps)


def _value_for(entry: Any, column: SheetColumn) -> tuple[Address, Any]:
    """Where the value of a column stands in an entry, and the value. What a mapping calls `name` may stand for it."""
    path = column.path
    found = _below(entry, path)
    if path == ("council",) and isinstance(found, dict):
        return (*path, "name"), found.get("name")
    if path == ("council", "name"):
        return path, None
    return path, found


def _below(entry: Any, path: FieldPath) -> Any:
    for step in path:
        entry = entry.get(step) if isinstance(entry, dict) else None
    return entry


def _name(entry: Any, address: Address) -> str:
    """By which a row is spoken of: its id, or its place counted from 1."""
    found = entry.get("id") if isinstance(entry, dict) else None
    return found if isinstance(found, str) and found else str(int(address[-1]) + 1)


def _entries(data: Any, pattern: tuple[str, ...]) -> Iterator[tuple[Address, Any, tuple[str, ...]]]:
    """Every entry that a pattern leads to, with the names of the entries that it is within."""
    yield from _found(data, pattern, (), ())


def _found(
    data: Any, pattern: tuple[str, ...], address: Address, owners: tuple[str, ...]
) -> Iterator[tuple[Address, Any, tuple[str, ...]]]:
    if not pattern:
        yield address, data, owners
        return
    step, rest = pattern[0], pattern[1:]
    if step == EACH:
        for place, entry in enumerate(data if isinstance(data, list) else ()):
            here = (*address, place)
            inner = (*owners, _name(entry, here)) if rest else owners
            yield from _found(entry, rest, here, inner)
    elif step == NAMED:
        for name, entry in data.items() if isinstance(data, dict) else ():
            yield from _found(entry, rest, (*address, name), owners)
    elif isinstance(data, dict) and step in data:
        yield from _found(data[step], rest, (*address, step), owners)


def _not_in(data: Any, address: Address, taken: set[Address]) -> Iterator[tuple[Address, Any]]:
    """What no sheet has taken: the largest parts of which nothing is."""
    if address in taken:
        return
    inner = any(each[: len(address)] == address for each in taken)
    if address and not inner:
        yield address, data
    elif isinstance(data, dict):
        for name, value in data.items():
            yield from _not_in(value, (*address, name), taken)
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from _not_in(value, (*address, place), taken)
