"""Which tables and forms stand on a sheet, and where: by the words of their headings, wherever these have moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct, field

from finmodel.case.workbook.grids import Grid
from finmodel.case.workbook.headings import IGNORED, bare, recognised
from finmodel.case.workbook.tables import Form, Parent, SheetColumn, SheetTable, forms, tables

OWN = "Start", "Check", "Lists"  # sheets of the workbook that hold nothing of the case
ANSWER = "Answer"


class Listing(Struct, frozen=True):
    """A sheet of the workbook's own whose rows are about figures of other sheets; its columns by heading."""

    sheet: str
    headings: tuple[str, ...]
    years: bool = False  # whether its other columns are years


WHERE = ("Sheet", "Row", "Column")
HOW, LEFT_OUT, FROM, VALUE, ADDRESS, YAML = (
    "How", "Years left out", "From month", "Value", "Address", "Value in YAML",
)  # fmt: skip
SOURCED = Listing(
    "Assumptions and sources",
    (*WHERE, "Source", "Where in the source", "Owner", "Confidence", "As at", "Note"),
)
BY_YEAR = Listing("By year", (*WHERE, HOW, LEFT_OUT), years=True)
BY_MONTH = Listing("By month", (*WHERE, FROM, VALUE))
ADVANCED = Listing("Advanced", (ADDRESS, YAML))
LISTINGS = (SOURCED, BY_YEAR, BY_MONTH, ADVANCED)
WHICH, TEXT = "Which", "Text"

_LONGEST_HEADING = 80
_LEAST_OF_ANOTHER = 3  # headings by which a table is known on a sheet that is not called after it

Kind = SheetTable | Form | Listing
Head = SheetColumn | Parent | str


class Block(Struct):
    """A table on a sheet: what it is, the row of its headings, what stands in which column, and its rows."""

    grid: Grid
    kind: SheetTable | Listing
    header: int
    columns: dict[int, Head]
    unknown: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


@cache
def heads_of(kind: SheetTable | Listing) -> Mapping[str, Head]:
    """What the columns of a table may be headed, bare."""
    if isinstance(kind, Listing):
        return {bare(heading): heading for heading in kind.headings}
    known: dict[str, Head] = {}
    for column in kind.columns:
        for name in (".".join(column.path), column.path[-1] if len(column.path) == 1 else ""):
            if name:
                known.setdefault(bare(name), column)
    if kind.texts:
        known |= {bare(WHICH): WHICH, bare(TEXT): TEXT}
    known |= {bare(column.heading): column for column in kind.columns}
    return known | {bare(parent.heading): parent for parent in kind.parents if bare(parent.heading) not in known}


def kind_named(sheet: str) -> Kind | None:
    """What stands on a sheet of that name, or of nearly that name."""
    return recognised(sheet, {bare(kind.sheet): kind for kind in every_kind()})


@cache
def every_kind() -> tuple[Kind, ...]:
    """Whatever may stand on a sheet."""
    kinds: list[Kind] = [*forms(), *tables(), *LISTINGS]
    return tuple(kinds)


def blocks_in(grid: Grid, named: SheetTable | Listing | None) -> Iterator[Block]:
    """The tables on a sheet, one below the other; that of the sheet's own name goes before those like it."""
    block: Block | None = None
    for row in grid.rows:
        begun = _begun(grid, row, named, block)
        if begun is not None:
            if block is not None:
                yield block
            block = begun
        elif block is not None:
            block.rows.append(row)
    if block is not None:
        yield block


def _begun(grid: Grid, row: int, named: SheetTable | Listing | None, before: Block | None) -> Block | None:
    """The table whose headings a row holds; None where it holds none."""
    texts = {
        column: text
        for column in grid.columns_of(row)
        if isinstance(grid.found(row, column).value, str) and len(text := grid.text(row, column)) <= _LONGEST_HEADING
    }
    if len(texts) < 2:
        return None
    own = None if named is None else _with_headings(grid, row, named, texts, near=True)
    like_headings = sum(bare(text) in _every_heading() for text in texts.values())
    if (own is not None and not own.unknown) or (like_headings < _LEAST_OF_ANOTHER and before is not None):
        return own
    near = named is None and before is None
    kinds: list[SheetTable | Listing] = [*tables(), *LISTINGS]
    others = [
        _with_headings(grid, row, kind, texts, near, least=_LEAST_OF_ANOTHER) for kind in kinds if kind is not named
    ]
    return max(filter(None, [own, *others]), key=lambda block: len(block.columns), default=None)


@cache
def _every_heading() -> frozenset[str]:
    kinds: list[SheetTable | Listing] = [*tables(), *LISTINGS]
    return frozenset(heading for kind in kinds for heading in heads_of(kind))


def _with_headings(
    grid: Grid, row: int, kind: SheetTable | Listing, texts: Mapping[int, str], near: bool, least: int = 2
) -> Block | None:
    """A row as the headings of a kind of table; None where too few of them are. near: also those nearly so."""
    known = heads_of(kind)
    found = {
        column: head
        for column, text in texts.items()
        if (head := recognised(text, known) if near else known.get(bare(text))) is not None
    }
    distinct = len({id(head) for head in found.values()})
    by_years = isinstance(kind, Listing) and kind.years
    if distinct < least or (distinct * 2 < len(texts) and not by_years):
        return None
    unknown = [column for column in grid.columns_of(row) if column not in found]
    return Block(grid, kind, row, found, [c for c in unknown if bare(grid.text(row, c)) not in IGNORED])


class FormLine(Struct, frozen=True):
    """A line of a form: its column, and where its answer stands."""

    column: SheetColumn
    row: int
    answer: int


def lines_in(grid: Grid, form: Form) -> Iterator[FormLine]:
    """The lines of a form that are there, in the order of the sheet."""
    known = {bare(".".join(column.path)): column for column in form.columns}
    known |= {bare(column.heading): column for column in form.columns}
    answers = _answers(grid)
    for row in grid.rows:
        for column in grid.columns_of(row)[:2]:
            found = (
                recognised(grid.text(row, column), known) if isinstance(grid.found(row, column).value, str) else None
            )
            if found is not None:
                yield FormLine(found, row, answers or column + 1)
                break


def _answers(grid: Grid) -> int:
    """The column headed `Answer`; 0 where there is none."""
    for row in grid.rows[:20]:
        for column in grid.columns_of(row):
            if bare(grid.text(row, column)) == bare(ANSWER):
                return column
    return 0
