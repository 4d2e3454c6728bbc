"""From the cells of a workbook to the plain data of a case, each value with its place; `spread.py` goes back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Any

from msgspec import Struct, field

from finmodel.case.schema import Case
from finmodel.case.workbook import blocks
from finmodel.case.workbook.blocks import Block, FormLine, Listing, blocks_in, every_kind, kind_named, lines_in
from finmodel.case.workbook.cells import AskedError, Found, Held, plain, text_of, tidy
from finmodel.case.workbook.grids import Grid, cell_name, is_empty
from finmodel.case.workbook.headings import bare, is_scaled, recognised
from finmodel.case.workbook.kinds import FieldShape, Kind
from finmodel.case.workbook.spread import BETWEEN, BY_YEAR, LISTED, SEE_ADVANCED, SEE_MONTHS, SEE_YEARS
from finmodel.case.workbook.tables import (
    EACH,
    NAME,
    NAMED,
    PROVENANCE,
    VALUE,
    FieldPath,
    Form,
    Parent,
    SheetColumn,
    SheetTable,
    tables,
)
from finmodel.case.workbook.wording import WorkbookWording
from finmodel.lines.nearest import nearest
from finmodel.lines.periods import FinancialYear
from finmodel.parsing.dates import year_from
from finmodel.parsing.examples import name_of
from finmodel.parsing.nearest import one_of
from finmodel.parsing.numbers import UnreadableError
from finmodel.parsing.places import Address, FileLine, Places, as_written, value_at
from finmodel.parsing.problems import Problem
from finmodel.parsing.text_files import CannotReadError, TextFile
from finmodel.parsing.yaml_files import read_yaml

_IDENTIFIER = re.compile(r"[a-z][a-z0-9-]{0,39}")
_TEXT = FieldShape(Kind.TEXT)
_SEE = {plain(SEE_YEARS), plain(SEE_MONTHS)}


class _SheetEntry(Struct):
    """An entry of a table: where it is in the case, and what it is called: its short name, its name."""

    address: Address
    names: tuple[str, ...]
    words: str  # the names of those that it is within, and its own


class _CellRead(Struct, frozen=True):
    """A cell that is being read."""

    grid: Grid
    row: int
    column: int
    words: str  # what its row and column are called

    @property
    def name(self) -> str:
        return cell_name(self.grid.name, self.row, self.column)

    @property
    def found(self) -> Found:
        return (
            self.grid.found(*self.grid.above(self.row, self.column))
            if self.merged_down
            else self.grid.found(self.row, self.column)
        )

    @property
    def merged_down(self) -> bool:
        return self.grid.above(self.row, self.column) != (self.row, self.column)


class _Reference(Struct):
    """A name that stands in a cell, to be found among the entries of another sheet."""

    address: Address
    column: SheetColumn
    within: Address


class _Gathering(Struct):
    """A workbook being read."""

    file: str
    places: Places
    data: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    faulty: set[Address] = field(default_factory=set)
    entries: dict[str, list[_SheetEntry]] = field(default_factory=dict)  # by sheet
    references: list[_Reference] = field(default_factory=list)
    deferred: dict[Address, tuple[str, _CellRead]] = field(default_factory=dict)  # cells that say `see By year`
    figures: dict[Address, tuple[SheetColumn, _CellRead]] = field(default_factory=dict)
    shaped: set[Address] = field(default_factory=set)  # figures whose years or months were read

    # --- small things

    def problem(self, cell: _CellRead, what: str, remedy: str, given: str = "", address: Address | None = None) -> None:
        self.problems.append(Problem(self.file, cell.row, cell.words, what, remedy, given, cell.name))
        if address is not None:
            self.faulty.add(address)

    def place(self, address: Address, cell: _CellRead) -> None:
        self.places.known.setdefault(address, FileLine(self.file, cell.row, cell.name, cell.words))

    def put(self, address: Address, value: Any) -> None:
        """Put a value at an address, with the lists and mappings that it needs around it."""
        around: Any = self.data
        for step, following in pairwise(address):
            empty: Any = [] if isinstance(following, int) else {}
            if isinstance(around, list):
                while len(around) <= int(step):
                    around.append(empty)
                around = around[int(step)]
            else:
                if isinstance(around.get(step), str):  # a figure, and then a part of a mapping in its place
                    around[step] = {"name": around[step]} if step == "council" else {"value": around[step]}
                around = around.setdefault(step, empty)
        last = address[-1]
        if isinstance(around, list) and isinstance(last, int):
            around[last : last + 1] = [value]
        else:
            around[last] = value

    def text(self, cell: _CellRead, shape: FieldShape, address: Address) -> str:
        """The text of a cell; a problem, and nothing, where it cannot be told."""
        self.place(address, cell)
        try:
            return text_of(cell.found, shape)
        except AskedError as error:
            self.problem(cell, error.what, error.remedy, _as_shown(cell.found.value), address)
            return ""

    # --- the parts of a workbook

    def form(self, grid: Grid, form: Form) -> None:
        seen: dict[FieldPath, FormLine] = {}
        for line in lines_in(grid, form):
            cell = _CellRead(grid, line.row, line.answer, line.column.heading)
            if line.column.path in seen:
                first = cell_name(grid.name, seen[line.column.path].row, line.answer)
                if not is_empty(cell.found):
                    self.problem(
                        cell, f"“{line.column.heading}” is asked twice, first in {first}", "Keep one of the two."
                    )
                continue
            seen[line.column.path] = line
            for length in range(1, len(line.column.path)):
                self.place(line.column.path[:length], cell)
            self.value(line.column, cell, (), line.column.path)

    def value(
        self, column: SheetColumn, cell: _CellRead, entry: Address, path: FieldPath, within: Address = ()
    ) -> None:
        """A value of an entry, from its cell."""
        address = (*entry, *path)
        text = self.text(cell, column.shape, address)
        if column.shape.figure:
            self.figures[address] = (column, cell)
            if plain(text) in _SEE:
                self.deferred[address] = (text, cell)
                return
        if not text:
            return
        if plain(text) == plain(SEE_ADVANCED):
            self.deferred[address] = (text, cell)
            return
        if column.shape.refers:
            self.references.append(_Reference(address, column, within))
        self.put(address, text)

    def table(self, block: Block) -> None:
        table = block.kind
        assert isinstance(table, SheetTable)
        if len(table.pattern) == 2:
            self.place(
                (table.pattern[0],), _CellRead(block.grid, block.header, min(block.columns), f"the sheet {table.sheet}")
            )
        for row in block.rows:
            if table.texts:
                self.text_row(block, table, row)
            else:
                self.entry_row(block, table, row)

    def cells_of(self, block: Block, row: int, words: str) -> dict[Any, _CellRead]:
        """The cells of a row by what their column is."""
        found: dict[Any, _CellRead] = {}
        for column, head in block.columns.items():
            heading = head.heading if isinstance(head, SheetColumn | Parent) else head
            found[head] = _CellRead(block.grid, row, column, f"“{as_written(words)}”, {heading}" if words else heading)
        return found

    def owner(self, block: Block, table: SheetTable, cells: dict[Any, _CellRead], row: int) -> _SheetEntry | None:
        """The entry that a row belongs to; the top of the case, where its table has no parents."""
        found = _SheetEntry((), (), "")
        for parent in table.parents:
            cell = cells.get(parent)
            if cell is None:
                self.once(
                    block,
                    f"The column “{parent.heading}” is missing",
                    f"Add it: it says to which {parent.heading.lower()} each row belongs.",
                )
                return None
            try:
                given = text_of(cell.found, _TEXT)
            except AskedError as error:
                self.problem(cell, error.what, error.remedy)
                return None
            among = [
                entry
                for entry in self.entries.get(parent.sheet, [])
                if entry.address[: len(found.address)] == found.address
            ]
            match = [entry for entry in among if plain(given) in map(plain, entry.names)]
            if len(match) != 1:
                names = [entry.names[-1] for entry in among]
                what = f"There is no such row on the sheet {parent.sheet}" if given else f"“{parent.heading}” is empty"
                guess = nearest(given, names)
                remedy = f"Did you mean “{guess}”? " if guess and given else ""
                remedy += (
                    f"Choose {one_of(f'“{name}”' for name in names)}."
                    if names
                    else f"Fill in the sheet {parent.sheet} first."
                )
                self.problem(cell, what, remedy, given)
                return None
            found = match[0]
        return found

    def once(self, block: Block, what: str, remedy: str) -> None:
        """A problem of the headings, shown once."""
        cell = _CellRead(block.grid, block.header, min(block.columns), "")
        problem = Problem(self.file, cell.row, "the headings", what, remedy, "", cell.name)
        if problem not in self.problems:
            self.problems.append(problem)

    def text_row(self, block: Block, table: SheetTable, row: int) -> None:
        cells = self.cells_of(block, row, "")
        owner = self.owner(block, table, cells, row)
        which, text = cells.get(blocks.WHICH), cells.get(blocks.TEXT)
        if owner is None or which is None or text is None:
            if which is None or text is None:
                self.once(block, "The columns “Which” and “Text” are needed", "Add the one that is missing.")
            return
        known = {bare(column.heading): column for column in table.texts}
        given, said = (text_of(cell.found, _TEXT) if not cell.found.is_error else "" for cell in (which, text))
        column = recognised(given, known)
        if column is None:
            self.problem(which, "This does not say which list the text belongs to" if given else "“Which” is empty",
                         f"Choose {one_of(f'“{column.heading}”' for column in table.texts)}.", given)  # fmt: skip
            return
        if not said:
            self.problem(text, "“Text” is empty", "Write the text, or empty the whole row.")
            return
        at = (*owner.address, *column.path)
        number = len(value_at(self.data, at) or ())
        self.place(at, which)
        self.place((*at, number), text)
        self.text(text, _TEXT, (*at, number))
        self.put((*at, number), said)

    def entry_row(self, block: Block, table: SheetTable, row: int) -> None:
        label = self.label(block, table, row)
        cells = self.cells_of(block, row, label)
        owner = self.owner(block, table, cells, row)
        if owner is None:
            self.faulty.update(self.doubtful(table))
            return
        within = owner.address
        around = (*within, *_after(table, within))
        own = self.own_name(block, table, row, around)
        first = next(iter(cells.values()))
        whole = _CellRead(block.grid, row, first.column, label)
        if table.is_named:
            if own is None:
                self.problem(
                    whole,
                    "This row has no name",
                    f"Fill in “{(table.label or table.key or table.columns[0]).heading}”.",
                )
                return
            key, key_cell = own
            address = (*around, key)
            if value_at(self.data, address) is not None or address in self.places.known:
                self.problem(
                    key_cell, f"“{key}” is already given above", "Keep one of the two, or give it another name.", key
                )
                return
        else:
            address = (*around, len(value_at(self.data, around) or ()))
            self.put(address, {})
        value = table.column(VALUE)
        self.place(address, cells.get(value, whole) if value is not None else whole)
        if own is not None and not table.is_named:
            self.place((*address, "id"), own[1])
            self.put((*address, "id"), own[0])
        names = tuple(dict.fromkeys(name for name in (own[0] if own else str(int(address[-1]) + 1), label) if name))
        words = BETWEEN.join(filter(None, (owner.words, names[0])))
        self.entries.setdefault(table.sheet, []).append(_SheetEntry(address, names, words))
        if table.is_named and table.column(VALUE) is not None:
            self.figure_row(table, cells, address, within)
            return
        if table.is_named:
            self.put(address, {})
        for column in table.columns:
            if column in cells and column.path not in (NAME, ("id",)):
                self.value(column, cells[column], address, column.path, within)
            elif column.required and column not in cells and column.path != NAME:
                self.place((*address, *column.path), whole)

    def doubtful(self, table: SheetTable) -> Iterable[Address]:
        """What a row of no known owner may belong to: more of the case where other rows may name what it holds."""
        holder = table.pattern[2] if len(table.pattern) > 2 else ""
        if holder not in ("costs", "savings"):
            return [_beginning(table.pattern)]
        return [(*option.address, holder) for option in self.entries.get("Options", [])]

    def figure_row(self, table: SheetTable, cells: dict[Any, _CellRead], address: Address, within: Address) -> None:
        """A row whose entry is itself a figure, with where it comes from beside it."""
        if table.column(NAME) is not None and table.column(NAME).shape.refers:  # type: ignore[union-attr]
            self.references.append(_Reference(address, table.column(NAME), within))  # type: ignore[arg-type]
        given: dict[str, str] = {}
        for column in table.columns:
            if column.path not in (NAME, VALUE) and column in cells:
                text = self.text(cells[column], column.shape, (*address, *column.path))
                if text:
                    given[column.path[0]] = text
                    if column.shape.refers:
                        self.references.append(_Reference((*address, *column.path), column, within))
        value = table.column(VALUE)
        if value is not None and value in cells:
            self.value(value, cells[value], address, ())
        stated = value_at(self.data, address)
        if given and (stated is not None or address in self.deferred):
            self.put(address, {**({"value": stated} if stated is not None else {}), **given})
        elif given:
            self.put(address, given)
        elif stated is None and address not in self.deferred:
            self.put(address, None)

    def label(self, block: Block, table: SheetTable, row: int) -> str:
        """What a row is called."""
        for wanted in (table.label, table.column(("text",)), table.column(("what",)), table.key):
            for column, head in block.columns.items():
                if head is wanted and wanted is not None:
                    value = block.grid.found(row, column).value
                    return tidy(value) if isinstance(value, str) else "" if value is None else str(value)
        return ""

    def own_name(self, block: Block, table: SheetTable, row: int, around: Address) -> tuple[str, _CellRead] | None:
        """The short name of an entry, given or made from what it is called, and the cell that it comes from."""
        key = table.key
        if key is None:
            return None
        for wanted in (key, table.label):
            for column, head in block.columns.items():
                if head is not wanted or wanted is None:
                    continue
                cell = _CellRead(block.grid, row, column, wanted.heading)
                try:
                    text = text_of(cell.found, _TEXT)
                except AskedError:
                    continue
                if text and (key.shape.refers or key.kind is Kind.TEXT):
                    return (self.meant(key.shape.refers, text, ()) if key.shape.refers else text), cell
                if text:
                    made = text if _IDENTIFIER.fullmatch(text) else name_of(text)
                    if made and wanted is not key:
                        made = self.free(made, around)
                    return (made or text), cell
        return None

    def free(self, name: str, around: Address) -> str:
        """A short name that no entry has yet: the second of two alike gets a number."""
        found = value_at(self.data, around)
        taken = {entry.get("id") for entry in found} if isinstance(found, list) else set(found or ())
        number = 1
        made = name
        while made in taken:
            number += 1
            made = f"{name[:36]}-{number}"
        return made

    # --- names, once every sheet is read

    def meant(self, to: str, given: str, within: Address) -> str:
        """The short name of the entry that is meant by what was chosen or typed; what was typed, where none is."""
        matches = {
            str(entry.names[0])
            for table in tables()
            if table.pattern and _holder(table.pattern) == to
            for entry in self.entries.get(table.sheet, [])
            if entry.address[: len(within)] == within and plain(given) in map(plain, entry.names)
        }
        exact = given if given in matches else None
        if exact or len(matches) == 1:
            return exact or matches.pop()
        if not matches and to == "inflation" and plain(given) == "none":
            return "none"
        return given

    def resolve(self) -> None:
        for reference in self.references:
            to = reference.column.shape.refers
            if reference.column.path == NAME:
                continue  # of the placement mix: its key was resolved as it was read
            given = value_at(self.data, reference.address)
            if isinstance(given, str):
                within = reference.within if to in ("posts", "benefits") else ()
                self.put(reference.address, self.meant(to, given, within))

    # --- what stands on sheets of its own

    def figure_at(self, block: Block, row: int) -> tuple[Address, SheetColumn] | None:
        """The figure that a row of one of these sheets is about."""
        cells = self.cells_of(block, row, "")
        given = {}
        for name in blocks.WHERE:
            cell = cells.get(name)
            if cell is None:
                self.once(block, f"The column “{name}” is missing", "Add it: it says which figure each row is about.")
                return None
            given[name] = text_of(cell.found, _TEXT) if not (cell.found.is_error or cell.found.uncalculated) else ""
        sheet, entry_name, heading = given["Sheet"], given["Row"], given["Column"]
        kind = kind_named(sheet)
        if kind is None or isinstance(kind, Listing):
            known = [each.sheet for each in every_kind() if not isinstance(each, Listing)]
            self.problem(
                cells["Sheet"],
                "There is no such sheet" if sheet else "“Sheet” is empty",
                f"Choose the sheet that the figure stands on{_guess(sheet, known)}.",
                sheet,
            )
            return None
        column = recognised(heading, {bare(each.heading): each for each in kind.columns if each.shape.figure})
        if column is None:
            known = [each.heading for each in kind.columns if each.shape.figure]
            self.problem(
                cells["Column"],
                f"The sheet {kind.sheet} has no column of figures headed so" if heading else "“Column” is empty",
                f"Write the heading as it stands on that sheet{_guess(heading, known)}.",
                heading,
            )
            return None
        if isinstance(kind, Form):
            return column.path, column
        address = self.entry_named(kind, entry_name)
        if address is None:
            known = [entry.words for entry in self.entries.get(kind.sheet, [])]
            self.problem(
                cells["Row"],
                f"The sheet {kind.sheet} has no such row" if entry_name else "“Row” is empty",
                f"Write its short name, after those of what it belongs to{_guess(entry_name, known)}.",
                entry_name,
            )
            return None
        return (*address, *column.path), column

    def entry_named(self, table: SheetTable, given: str) -> Address | None:
        """The entry that is called so: by its short names from the top, or by its own name where only one has it."""
        among = self.entries.get(table.sheet, [])
        found = [entry for entry in among if plain(entry.words) == plain(given)]
        found = found or [entry for entry in among if plain(given) in map(plain, entry.names)]
        found = found or [
            entry
            for entry in among
            if plain(given.rpartition("/")[2]) in map(plain, entry.names) and self.within(entry, given)
        ]
        return found[0].address if len(found) == 1 else None

    def within(self, entry: _SheetEntry, given: str) -> bool:
        """Whether the names before the last are those of what the entry belongs to."""
        steps = [plain(step) for step in given.split("/")]
        named = {
            plain(name)
            for entries in self.entries.values()
            for other in entries
            if entry.address[: len(other.address)] == other.address
            for name in other.names
        }
        return all(step in named for step in steps)

    def years(self, block: Block) -> None:
        columns: dict[int, FinancialYear] = {}
        for column in block.unknown:
            try:
                shown = text_of(block.grid.found(block.header, column), FieldShape(Kind.YEAR))
                columns[column] = year_from(shown)
            except (UnreadableError, AskedError):
                if any(not is_empty(block.grid.found(row, column)) for row in block.rows):
                    cell = _CellRead(block.grid, block.header, column, "the headings")
                    self.problem(
                        cell,
                        "This heading is no council year",
                        "Head the column, as text, with the year, a stroke and the last two figures of the next.",
                        block.grid.text(block.header, column),
                    )
        for row in block.rows:
            figure = self.figure_at(block, row)
            if figure is not None:
                self.by_year(block, row, figure, columns)

    def by_year(
        self, block: Block, row: int, figure: tuple[Address, SheetColumn], columns: dict[int, FinancialYear]
    ) -> None:
        address, column = figure
        cells = self.cells_of(block, row, "")
        how, left_out = (
            text_of(cells[name].found, _TEXT) if name in cells else "" for name in (blocks.HOW, blocks.LEFT_OUT)
        )
        listed = plain(how) == plain(LISTED)
        if how and not listed and plain(how) != plain(BY_YEAR):
            self.problem(
                cells[blocks.HOW],
                "This does not say how the years are counted",
                f"Choose “{BY_YEAR}” or “{LISTED}”.",
                how,
            )
            return
        first = _first_year(self.data)
        values: list[tuple[FinancialYear, str]] = []
        for place, year in sorted(columns.items(), key=lambda each: each[1].start):
            cell = _CellRead(block.grid, row, place, f"{column.heading}, {year}")
            if listed and first is not None and year < first:
                if not is_empty(cell.found):
                    self.problem(cell, "This is before the first year of the case", f"Begin in the column {first}.")
                continue
            inner = (*address, len(values)) if listed else (*address, "by_year", str(year))
            if is_empty(cell.found):
                if listed:
                    values.append((year, ""))
                continue
            text = self.text(cell, column.shape, inner)
            values.append((year, text))
        while values and not values[-1][1]:
            values.pop()
        if any(not text for _, text in values) and listed:
            cell = _CellRead(block.grid, row, min(block.columns), column.heading)
            self.problem(cell, "A year between two others is empty", "Fill it in, 0 if there is none.")
            return
        shape: dict[str, Any] = {"by_year": {str(year): text for year, text in values}}
        if left_out:
            shape["years_left_out"] = plain(left_out)
        self.shape(block, row, address, [text for _, text in values] if listed else shape)

    def shape(self, block: Block, row: int, address: Address, shape: Any) -> None:
        """Put what a figure is by year or month in its place; its own cell must not hold another."""
        cell = _CellRead(block.grid, row, min(block.columns), "")
        stated = value_at(self.data, address)
        if isinstance(stated, dict) and not {"value", "by_year", "by_month"} & set(stated) and address in self.figures:
            if isinstance(shape, list):
                shape = {"value": shape}
            self.put(address, {**shape, **stated})
        elif stated is not None:
            own = self.figures[address][1].name if address in self.figures else ""
            self.problem(
                cell,
                f"The figure has a value of its own in {own}",
                f"Keep one of the two; write “{SEE_YEARS}” or “{SEE_MONTHS}” in {own} to keep this one.",
                address=address,
            )
        else:
            self.put(address, shape)
        self.shaped.add(address)

    def months(self, block: Block) -> None:
        found: dict[Address, dict[str, str]] = {}
        rows: dict[Address, int] = {}
        for row in block.rows:
            figure = self.figure_at(block, row)
            if figure is None:
                continue
            address, column = figure
            cells = self.cells_of(block, row, "")
            if blocks.FROM not in cells or blocks.VALUE not in cells:
                self.once(block, "The columns “From month” and “Value” are needed", "Add the one that is missing.")
                return
            month = self.text(cells[blocks.FROM], FieldShape(Kind.MONTH), (*address, "by_month"))
            value = self.text(cells[blocks.VALUE], column.shape, (*address, "by_month", month))
            if month in found.get(address, {}):
                self.problem(
                    cells[blocks.FROM], "This month is named twice for the figure", "Keep one of the values.", month
                )
            found.setdefault(address, {})[month] = value
            rows.setdefault(address, row)
        for address, steps in found.items():
            self.shape(block, rows[address], address, {"by_month": steps})

    def sourced(self, block: Block) -> None:
        for row in block.rows:
            figure = self.figure_at(block, row)
            if figure is None:
                continue
            address, _ = figure
            cells = self.cells_of(block, row, "")
            given: dict[str, str] = {}
            for name, heading in zip(PROVENANCE, _PROVENANCE_HEADINGS, strict=True):
                if heading in cells:
                    text = self.text(cells[heading], _provenance_shapes()[name], (*address, name))
                    if text:
                        given[name] = self.meant("sources", text, ()) if name == "source" else text
            stated = value_at(self.data, address)
            if stated is None and address not in self.deferred:
                cell = self.figures[address][1].name if address in self.figures else ""
                self.problem(cells["Column"], "This figure has no value", f"Fill in {cell}, or empty this row.")
            elif given:
                shape = stated if isinstance(stated, dict) else {"value": stated}
                self.put(address, {**{k: v for k, v in shape.items() if v is not None}, **given})

    def advanced(self, block: Block) -> None:
        for row in block.rows:
            cells = self.cells_of(block, row, "")
            if blocks.ADDRESS not in cells or blocks.YAML not in cells:
                self.once(block, "The columns “Address” and “Value in YAML” are needed", "Add the one that is missing.")
                return
            at, written = (text_of(cells[name].found, _TEXT) for name in (blocks.ADDRESS, blocks.YAML))
            address = self.spoken(at)
            if address is None:
                self.problem(
                    cells[blocks.ADDRESS],
                    "Nothing in this case has that address",
                    "Write it as in the case file, such as options.team.risks.",
                    at,
                )
                continue
            if value_at(self.data, address) is not None:
                self.problem(
                    cells[blocks.ADDRESS], "This has a value of its own on another sheet", "Keep one of the two.", at
                )
                continue
            try:
                read = read_yaml(f"value: {written}", self.file)
            except CannotReadError as error:
                for problem in error.problems:
                    self.problem(cells[blocks.YAML], problem.what, problem.remedy, written[:60], address)
                continue
            for problem in read.problems:
                self.problem(cells[blocks.YAML], problem.what, problem.remedy, "", address)
            if list(read.data) != ["value"]:
                self.problem(
                    cells[blocks.YAML],
                    "This is more than one value",
                    "Write one value, in brackets or braces if it has parts.",
                    written[:60],
                    address,
                )
                continue
            self.place(address, cells[blocks.YAML])
            self.put(address, read.data["value"])
            self.shaped.add(address)

    def spoken(self, words: str) -> Address | None:
        """An address as it is spoken, `options.team.risks`: by id in lists; a new name at its end."""
        address: Address = ()
        around: Any = self.data
        steps = [step for step in words.split(".") if step]
        for number, step in enumerate(steps):
            name, _, place = step.partition("[")
            if name:
                if isinstance(around, list):
                    ids = [entry.get("id") if isinstance(entry, dict) else None for entry in around]
                    if name not in ids:
                        return None
                    address = (*address, ids.index(name))
                    around = around[ids.index(name)]
                else:
                    address = (*address, name)
                    around = around.get(name) if isinstance(around, dict) else None
            if place:
                if not place.rstrip("]").isdecimal() or not isinstance(around, list):
                    return None
                at = int(place.rstrip("]")) - 1
                address = (*address, at)
                around = around[at] if 0 <= at < len(around) else None
            if around is None and number < len(steps) - 1:
                around = {}
        return address or None

    def finish(self) -> TextFile:
        for address, (text, cell) in self.deferred.items():
            if address not in self.shaped and address not in self.faulty:
                sheet = text[len("see ") :].strip()
                what = f"There is no row for this figure on the sheet {sheet}"
                self.problem(
                    cell,
                    what,
                    f"Add one there ({cell.grid.name}, the row, the heading), or write a figure here.",
                    text,
                    address,
                )
        ordered = {name: self.data[name] for name in Case.model_fields if name in self.data}
        self.data = {**ordered, **self.data}
        self.places.in_their_words = WorkbookWording(self.places, self.data)
        return TextFile(self.file, self.data, self.places, self.problems, self.faulty)


_PROVENANCE_HEADINGS = ("Source", "Where in the source", "Owner", "Confidence", "As at", "Note")


@cache
def _provenance_shapes() -> dict[str, FieldShape]:
    """Of what shape each cell is that says where a figure comes from."""
    return {column.path[0]: column.shape for column in tables()[2].columns if column.path[0] in PROVENANCE}


def gathered(file: str, grids: Sequence[Grid]) -> TextFile:
    """The plain data of the case that the sheets hold, with places and what cannot be read."""
    gathering = _Gathering(file, Places(file))
    found = _found_on(gathering, grids)
    by_kind: dict[str, list[Block]] = {}
    for block in found:
        by_kind.setdefault(block.kind.sheet, []).append(block)
    _unknown_columns(gathering, found)
    for table in tables():
        for block in by_kind.get(table.sheet, []):
            gathering.table(block)
    gathering.resolve()
    for listing, read in (
        (blocks.BY_YEAR, gathering.years),
        (blocks.BY_MONTH, gathering.months),
        (blocks.SOURCED, gathering.sourced),
        (blocks.ADVANCED, gathering.advanced),
    ):
        for block in by_kind.get(listing.sheet, []):
            read(block)
    return gathering.finish()


def _found_on(gathering: _Gathering, grids: Sequence[Grid]) -> list[Block]:
    """The tables of every sheet; forms are read at once."""
    found: list[Block] = []
    kinds = {grid.name: kind_named(grid.name) for grid in grids if grid.name not in blocks.OWN}
    for grid in grids:
        if grid.name in blocks.OWN:
            continue
        kind = kinds[grid.name]
        if isinstance(kind, Form):
            gathering.form(grid, kind)
        else:
            taken = {each.sheet for each in kinds.values() if each is not None}
            on_sheet = list(blocks_in(grid, kind))
            found += [block for block in on_sheet if kind is not None or block.kind.sheet not in taken]
            if not on_sheet and kind is not None and len(grid.rows) > 1:
                cell = _CellRead(grid, grid.rows[0], 1, "")
                gathering.problem(
                    cell,
                    f"The headings of the sheet {kind.sheet} are not found",
                    "Put them back as `finmodel new` writes them.",
                )
    return found


def _unknown_columns(gathering: _Gathering, found: Iterable[Block]) -> None:
    for block in found:
        for column, head in block.columns.items():
            heading = block.grid.text(block.header, column)
            is_money = isinstance(head, SheetColumn) and head.kind is Kind.MONEY
            if is_money and is_scaled(heading):
                cell = _CellRead(block.grid, block.header, column, "the headings")
                gathering.problem(
                    cell,
                    "The heading says that amounts are in thousands or millions",
                    "Write amounts in whole pounds, and take that out of the heading.",
                    heading,
                )
        twice: dict[int, int] = {}
        for column, head in block.columns.items():
            if id(head) in twice and any(not is_empty(block.grid.found(row, column)) for row in block.rows):
                cell = _CellRead(block.grid, block.header, column, "the headings")
                gathering.problem(
                    cell,
                    "This column is there twice",
                    f"Keep one; the other is {cell_name(block.grid.name, block.header, twice[id(head)])}.",
                    block.grid.text(block.header, column),
                )
            twice.setdefault(id(head), column)
        if isinstance(block.kind, Listing) and block.kind.years:
            continue
        for column in block.unknown:
            if any(not is_empty(block.grid.found(row, column)) for row in block.rows):
                known = [
                    head.heading if isinstance(head, SheetColumn | Parent) else str(head)
                    for head in blocks.heads_of(block.kind).values()
                ]
                cell = _CellRead(block.grid, block.header, column, "the headings")
                heading = block.grid.text(block.header, column)
                gathering.problem(
                    cell,
                    "This column is not known here, so what stands below it would not be read",
                    f"Rename it{_guess(heading, known)}; or head it Remarks, and it is left alone.",
                    heading,
                )


def _as_shown(value: Held) -> str:
    """What a cell holds, for a message."""
    if isinstance(value, datetime):
        return f"{value.day} {value:%B %Y}"
    return "" if value is None else as_written(str(value))


def _guess(given: str, known: Iterable[str]) -> str:
    guess = nearest(given, known) if given else ""
    return f" (did you mean “{guess}”?)" if guess else ""


def _first_year(data: dict[str, Any]) -> FinancialYear | None:
    try:
        return year_from(data.get("first_year"))
    except UnreadableError:
        return None


def _holder(pattern: tuple[str, ...]) -> str:
    """What a table is called in the case: `posts`."""
    return next(step for step in reversed(pattern) if step not in (EACH, NAMED))


def _beginning(pattern: tuple[str, ...]) -> Address:
    return (next(step for step in pattern if step not in (EACH, NAMED)),)


def _after(table: SheetTable, within: Address) -> Address:
    """The steps from the owner of an entry to the list or the mapping that it is in."""
    steps = table.pattern[len(within) : -1] if table.pattern else ()
    return tuple(steps)
