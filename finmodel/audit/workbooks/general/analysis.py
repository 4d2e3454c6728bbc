"""A workbook made ready for the checks: the shape of every formula, and the cells that each one reads."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeAlias, TypeVar, cast

from finmodel.audit.workbooks.contents import NamedTable, Position, SheetCell, Workbook, Worksheet
from finmodel.audit.workbooks.formulas import Corner, Reference, sheet_name
from finmodel.audit.workbooks.general.filled import FilledFormulas, Form
from finmodel.audit.workbooks.general.shapes import RelativeReference, Shape, key_of, shape_of
from finmodel.lines.cells import LAST_COLUMN, LAST_ROW, address, position
from finmodel.parsing.problems import Problem, ProblemsError

Node: TypeAlias = tuple[int, int, int]
"""Sheet number, row and column of a cell."""
_Made = TypeVar("_Made")
_DEEPEST_NAME = 6
_WIDEST = 20_000_000  # columns of all different ranges together
_SHOWN = 90


class Area(NamedTuple):
    """A rectangle of cells on a sheet, both ends in it."""

    sheet: int
    top: int
    left: int
    bottom: int
    right: int

    @property
    def is_one_cell(self) -> bool:
        """One cell."""
        return self.top == self.bottom and self.left == self.right

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell of the same sheet is in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


_Plan: TypeAlias = tuple[tuple[RelativeReference, int, Corner, Corner | None], ...]
"""For each reference of a formula: the sheet, its first and its last corner, None for one cell."""


class Analysis:
    """A workbook and what can be said of its formulas before any check."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.sheets = workbook.sheets
        self._numbers = {sheet.name.casefold(): number for number, sheet in enumerate(self.sheets)}
        self.ends = [sheet.dimensions for sheet in self.sheets]
        self.furthest: Position = (max([1, *(end[0] for end in self.ends)]), max([1, *(end[1] for end in self.ends)]))
        self._tables = {table.name.casefold(): table for sheet in self.sheets for table in sheet.tables}
        self._known: dict[str, Shape] = {}
        self._filled = FilledFormulas()
        self._forms: dict[Form, tuple[int, Shape]] = {}
        self._shared: dict[Area, Area] = {}
        self._names = {(name.sheet.casefold(), name.name.casefold()): name.refers_to for name in workbook.defined_names}
        self._name_shapes: dict[str, Shape] = {}
        self.forms: list[int | None] = []
        """For each formula in the order of `reads` a number that its copies share; None where that cannot be said."""
        self.shapes: list[dict[Position, Shape]] = [self._shapes_of(sheet) for sheet in self.sheets]
        self._plans: dict[tuple[str, int], _Plan | None] = {}
        self.reads: dict[Node, tuple[tuple[RelativeReference, Area], ...]] = {
            (number, *place): self._read(number, place, shape)
            for number, shapes in enumerate(self.shapes)
            for place, shape in shapes.items()
        }
        self._typed: dict[int, list[tuple[Position, SheetCell]]] = {}
        self._made: dict[Callable[[Analysis], object], object] = {}
        self._refuse_endless_ranges()

    def once(self, make: Callable[[Analysis], _Made]) -> _Made:
        """What is made of the workbook for several checks, made when the first asks."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast("_Made", self._made[make])

    def _shapes_of(self, sheet: Worksheet) -> dict[Position, Shape]:
        """The shape of each formula, in the order of the cells."""
        shapes: dict[Position, Shape] = {}
        form_of, forms, numbers = self._filled.form_of, self._forms, self.forms
        places = [place for place, cell in sheet.cells.items() if cell.formula]
        for place in sorted(places):
            formula = sheet.cells[place].formula
            form = form_of(formula, place)
            known = forms.get(form) if form is not None else None
            if known is None:
                shape = self._shape(formula, place)
                if form is not None and self._filled.is_clear(form, formula):
                    forms[form] = known = (len(forms), shape)
            numbers.append(known[0] if known else None)
            shapes[place] = known[1] if known else shape
        return shapes

    def _shape(self, formula: str, place: Position) -> Shape:
        key, found = key_of(formula, place)
        shape = self._known.get(key)
        if shape is None:
            shape = self._known[key] = shape_of(key, found, place)
        return shape

    def _refuse_endless_ranges(self) -> None:
        """Ranges are followed column by column; a workbook made to waste time could have millions of wide ones."""
        filled = [sorted({column for _, column in sheet.cells}) for sheet in self.sheets]
        widths = (
            bisect_right(filled[area.sheet], area.right) - bisect_right(filled[area.sheet], area.left - 1)
            for area in self._shared
            if area.left != area.right
        )
        if sum(widths) > _WIDEST:
            what = "The formulas read too many wide ranges to be followed in reasonable time"
            remedy = "Audit it in parts: a few sheets at a time."
            raise ProblemsError([Problem(self.workbook.name, None, "", what, remedy)])

    def cell(self, node: Node) -> SheetCell | None:
        """The cell, None where it is empty."""
        return self.sheets[node[0]].cells.get(node[1:])

    def formula(self, sheet: int, place: Position) -> str:
        """The formula of a cell for showing: with `=`, and cut where it is long."""
        text = "=" + self.sheets[sheet].cells[place].formula
        return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"

    def named(self, node: Node, beside: int | None = None) -> str:
        """The address of a cell, with its sheet unless that is `beside`."""
        local = address(*node[1:])
        return local if node[0] == beside else f"{self.sheets[node[0]].name}!{local}"

    def formulas(self) -> Iterator[tuple[int, Position, Shape]]:
        """Every formula: sheet number, place and shape, in the order of sheets and cells."""
        for number, shapes in enumerate(self.shapes):
            for place, shape in shapes.items():
                yield number, place, shape

    def typed_numbers(self, number: int) -> list[tuple[Position, SheetCell]]:
        """Every cell of a sheet with a number typed in."""
        if number not in self._typed:
            cells = self.sheets[number].cells.items()
            self._typed[number] = [
                (place, cell)
                for place, cell in cells
                if cell.kind == "number" and not cell.formula and not cell.covered_by
            ]
        return self._typed[number]

    def areas_in(self, formula: str, sheet: int) -> Iterator[Area]:
        """The areas that a formula outside the cells reads: of a name, a chart, a rule."""
        for _, area in self._areas(sheet, (1, 1), self._shape(formula.removeprefix("="), (1, 1))):
            yield area

    def areas_at(self, text: str, sheet: int, place: Position) -> Iterator[Area]:
        """The areas that a piece of a formula means in a cell: a reference, a name, a structured reference."""
        for _, area in self._areas(sheet, place, self._shape(text, place)):
            yield area

    def filled_in(self, area: Area) -> Iterator[Node]:
        """The cells of an area that hold something."""
        cells = self.sheets[area.sheet].cells
        if (area.bottom - area.top + 1) * (area.right - area.left + 1) <= len(cells):
            places = ((r, c) for r in range(area.top, area.bottom + 1) for c in range(area.left, area.right + 1))
            yield from ((area.sheet, *place) for place in places if place in cells)
        else:
            yield from ((area.sheet, *place) for place in cells if area.holds(*place))

    def would_read_a_gap(self, number: int, usual: Position, place: Position) -> bool:
        """Whether the formula of a cell would read an empty cell in another where it now reads a filled one."""
        shape = self.shapes[number][usual]
        # The same uses in both; one that would leave the sheet is in neither or ends them.
        pairs = zip(self._areas(number, usual, shape), self._areas(number, place, shape))  # noqa: B905
        return any(
            here.is_one_cell
            and self.cell((here.sheet, here.top, here.left)) is not None
            and self.cell((there.sheet, there.top, there.left)) is None
            for (_, here), (_, there) in pairs
        )

    def _read(self, number: int, place: Position, shape: Shape) -> tuple[tuple[RelativeReference, Area], ...]:
        """What the formula of a cell reads: by a plan for all its copies on a sheet, where it has plain references."""
        key = (shape.key, number)
        if key not in self._plans:
            self._plans[key] = self._planned(shape, number)
        plan = self._plans[key]
        if plan is None:
            return tuple(self._areas(number, place, shape))
        row, column = place
        shared = self._shared
        found = []
        for use, sheet, (top, left, top_fixed, left_fixed), last in plan:
            one_row, one_column = top if top_fixed else top + row, left if left_fixed else left + column
            if last is None:
                if one_row > LAST_ROW or one_column > LAST_COLUMN:
                    continue
                area = Area(sheet, one_row, one_column, one_row, one_column)
                found.append((use, shared.setdefault(area, area)))
            elif use.reference is not None and (ranged := self._area(sheet, use.reference, place)) is not None:
                found.append((use, ranged))
        return tuple(found)

    def _planned(self, shape: Shape, number: int) -> _Plan | None:
        """How to find what a formula reads in any cell of a sheet; None where it is more than cells and ranges."""
        plan: list[tuple[RelativeReference, int, Corner, Corner | None]] = []
        for use in shape.uses:
            sheets = tuple(self.sheets_named(use.reference.sheet, number)) if use.reference is not None else ()
            if use.reference is None or len(sheets) != 1:
                return None
            first, last = use.reference.first, use.reference.last
            if (first.row_fixed and not first.row) or (first.column_fixed and not first.column):
                return None
            plan.append((use, sheets[0], first, None if use.reference.is_one_cell else last))
        return tuple(plan)

    def _areas(
        self, number: int, place: Position, shape: Shape, depth: int = 0
    ) -> Iterator[tuple[RelativeReference, Area]]:
        for use in shape.uses:
            if use.reference is not None:
                for sheet in self.sheets_named(use.reference.sheet, number):
                    area = self._area(sheet, use.reference, place)
                    if area is not None:
                        yield use, area
            elif "[" in use.name:
                for area in self._structured(use.name, number, place):
                    yield use, area
            elif depth < _DEEPEST_NAME:
                named = self._named_shape(use.name, number)
                if named is not None:
                    for _, area in self._areas(number, place, named, depth + 1):
                        yield use, area

    def sheets_named(self, name: str, here: int) -> Iterable[int]:
        """The sheets that a prefix names: a formula's own, another, or all from one to another (`Jan:Dec`)."""
        if not name:
            return (here,)
        if name.casefold() in self._numbers:
            return (self._numbers[name.casefold()],)
        first, _, last = name.partition(":")
        start, stop = self._numbers.get(first.casefold()), self._numbers.get(last.casefold())
        return range(min(start, stop), max(start, stop) + 1) if start is not None and stop is not None else ()

    def _area(self, sheet: int, reference: Reference, place: Position) -> Area | None:
        one, other = _placed(reference.first, place), _placed(reference.last, place)
        if one is None or other is None:
            return None
        rows, columns = sorted((one[0], other[0])), sorted((one[1], other[1]))
        last_row, last_column = self.ends[sheet]
        rows = [1, max(last_row, 1)] if rows[1] == 0 else _as_filled(rows, last_row)
        columns = [1, max(last_column, 1)] if columns[1] == 0 else _as_filled(columns, last_column)
        area = Area(sheet, rows[0], columns[0], rows[1], columns[1])
        return self._shared.setdefault(area, area)

    def name_defined(self, name: str, number: int) -> str | None:
        """What a name stands for on a sheet: a name of the sheet goes before one of the book; None for no name."""
        prefix, _, local = name.rpartition("!")
        sheet = sheet_name(prefix) if prefix else self.sheets[number].name
        return self._names.get((sheet.casefold(), local.casefold()), self._names.get(("", local.casefold())))

    def _named_shape(self, name: str, number: int) -> Shape | None:
        prefix, _, local = name.rpartition("!")
        text = self.name_defined(name, number)
        if text is not None:
            if text not in self._name_shapes:
                self._name_shapes[text] = self._shape(text, (1, 1))
            return self._name_shapes[text]
        table = self._tables.get(local.casefold())
        return self._shape(f"{table.name}[]", (1, 1)) if table is not None and not prefix else None

    def _structured(self, text: str, number: int, place: Position) -> Iterator[Area]:
        """The cells of a structured reference: the columns it names, of its own row where it says so."""
        name, _, inside = text.partition("[")
        table = self._tables.get(name.casefold()) if name else self._table_around(number, place)
        if table is None:
            return
        whole = range_of(self._numbers[table.sheet.casefold()], table.reference)
        if whole is None:
            return
        named = [at for at, column in enumerate(table.columns) if _speaks_of(inside, column)]
        left, right = (whole.left + min(named), whole.left + max(named)) if named else (whole.left, whole.right)
        top, bottom = whole.top + table.header_rows, whole.bottom - table.totals_rows
        if "@" in inside or "#this row" in inside.casefold():
            top = bottom = place[0]
        elif "#all" in inside.casefold() or "#totals" in inside.casefold():
            top, bottom = whole.top, whole.bottom
        if top <= bottom:
            yield Area(whole.sheet, top, left, bottom, right)

    def _table_around(self, number: int, place: Position) -> NamedTable | None:
        for table in self.sheets[number].tables:
            area = range_of(number, table.reference)
            if area is not None and area.holds(*place):
                return table
        return None


def _speaks_of(inside: str, column: str) -> bool:
    pattern = re.escape(column)
    return re.search(rf"(^|[\[@:,\s]){pattern}(\]|$)", inside, re.IGNORECASE) is not None


def range_of(sheet: int, reference: str) -> Area | None:
    """The area of a reference without sheet, such as `$A$1:B4`; None where it is none."""
    first, _, last = reference.replace("$", "").partition(":")
    start, stop = position(first), position(last or first)
    return Area(sheet, *start, *stop) if start and stop else None


def _as_filled(ends: list[int], last: int) -> list[int]:
    """The ends of a range no further than the sheet is filled, where it begins within."""
    return [ends[0], min(ends[1], last)] if ends[0] <= last else ends


def _placed(corner: Corner, place: Position) -> Position | None:
    row = corner.row if corner.row_fixed else corner.row + place[0]
    column = corner.column if corner.column_fixed else corner.column + place[1]
    return (row, column) if 0 <= row <= LAST_ROW and 0 <= column <= LAST_COLUMN else None


class Coverage:
    """Which cells a set of areas covers: intervals of rows by column, joined when first asked."""

    def __init__(self, analysis: Analysis) -> None:
        self._columns = [sorted({column for _, column in sheet.cells}) for sheet in analysis.sheets]
        self._intervals: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        self._seen: set[Area] = set()
        self._starts: dict[tuple[int, int], list[int]] | None = None

    def add(self, area: Area) -> None:
        """Cover an area."""
        if area in self._seen:
            return
        self._seen.add(area)
        self._starts = None
        columns = self._columns[area.sheet]
        if area.left == area.right:
            self._intervals[area.sheet, area.left].append((area.top, area.bottom))
            return
        for at in range(bisect_right(columns, area.left - 1), bisect_right(columns, area.right)):
            self._intervals[area.sheet, columns[at]].append((area.top, area.bottom))

    def holds(self, sheet: int, row: int, column: int) -> bool:
        """Whether a cell is covered."""
        if self._starts is None:
            self._join()
        starts = (self._starts or {}).get((sheet, column))
        if not starts:
            return False
        at = bisect_right(starts, row) - 1
        return at >= 0 and row <= self._intervals[sheet, column][at][1]

    def _join(self) -> None:
        for line, intervals in self._intervals.items():
            joined: list[tuple[int, int]] = []
            for top, bottom in sorted(intervals):
                if joined and top <= joined[-1][1] + 1:
                    joined[-1] = (joined[-1][0], max(bottom, joined[-1][1]))
                else:
                    joined.append((top, bottom))
            self._intervals[line] = joined
        self._starts = {line: [top for top, _ in intervals] for line, intervals in self._intervals.items()}


def covered(analysis: Analysis) -> Coverage:
    """The cells that formulas read."""
    read = Coverage(analysis)
    for reads in analysis.reads.values():
        for _, area in reads:
            read.add(area)
    return read
