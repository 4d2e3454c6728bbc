"""The sheets of two workbooks side by side: which is which, and where rows and columns have gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct

from finmodel.audit.workbooks.contents import Position, SheetCell, Workbook, Worksheet
from finmodel.audit.workbooks.findings import Finding, FindingKind
from finmodel.audit.workbooks.moves import AxisMoves, Key, Moves, line_up
from finmodel.lines.cells import column_letters

_ALIKE = 0.5  # the share of texts in common from which a sheet of another name is taken for the one that is missing
_MOST_EXTRA = 2_000  # rows or columns beyond those of the model that are laid side by side; more are only reported


class SheetPair(Struct, frozen=True):
    """A sheet as the model writes it, the same sheet now, and how it has moved."""

    before: Worksheet
    now: Worksheet
    moves: Moves

    @property
    def has_moved(self) -> bool:
        """Whether a reference to it reads differently now."""
        moves = self.moves
        return moves.name != self.before.name or not moves.rows.is_still or not moves.columns.is_still


class Structure(Struct, frozen=True, dict=True):
    """The sheets that both workbooks have, those that went, and those that came."""

    pairs: tuple[SheetPair, ...]
    deleted: tuple[Worksheet, ...]
    inserted: tuple[Worksheet, ...]

    @cached_property
    def moves(self) -> dict[str, Moves]:
        """How the model's sheets have moved, by name in lower case; only those that have."""
        found = {pair.before.name.casefold(): pair.moves for pair in self.pairs if pair.has_moved}
        gone = {sheet.name.casefold(): Moves(None, AxisMoves(), AxisMoves()) for sheet in self.deleted}
        return found | gone

    @cached_property
    def moves_back(self) -> dict[str, Moves]:
        """The way back, by the name that a sheet has now."""
        return {pair.now.name.casefold(): pair.moves.turned(pair.before.name) for pair in self.pairs if pair.has_moved}

    @cached_property
    def pair_of(self) -> dict[str, SheetPair]:
        """By the model's name of the sheet."""
        return {pair.before.name: pair for pair in self.pairs}


def lay_side_by_side(expected: Workbook, found: Workbook, addresses: frozenset[str]) -> Structure:
    """Pair sheets by name, then by what stands in them; rows and columns by their texts."""
    left = {sheet.name.casefold(): sheet for sheet in found.sheets}
    paired: dict[str, Worksheet] = {}
    for sheet in expected.sheets:
        if (same := left.pop(sheet.name.casefold(), None)) is not None:
            paired[sheet.name] = same
    missing = [sheet for sheet in expected.sheets if sheet.name not in paired]
    for sheet in list(missing):
        renamed = max(left.values(), key=lambda other: _in_common(sheet, other), default=None)
        if renamed is not None and _in_common(sheet, renamed) > _ALIKE:
            paired[sheet.name] = left.pop(renamed.name.casefold())
            missing.remove(sheet)
    pairs = tuple(_pair(sheet, paired[sheet.name], addresses) for sheet in expected.sheets if sheet.name in paired)
    return Structure(pairs, tuple(missing), tuple(left.values()))


def _in_common(one: Worksheet, other: Worksheet) -> float:
    texts, others = _texts(one), _texts(other)
    return len(texts & others) / max(1, len(texts | others))


def _texts(sheet: Worksheet) -> set[str]:
    return {text for cell in sheet.cells.values() if (text := typed_text(cell))}


def typed_text(cell: SheetCell) -> str:
    """The text that is typed into a cell; "" where there is none."""
    return cell.value if not cell.is_calculated and isinstance(cell.value, str) and cell.kind == "text" else ""


def is_empty(cell: SheetCell | None) -> bool:
    """Whether a cell holds nothing; an empty text is nothing."""
    return cell is None or (not cell.is_calculated and cell.value in (None, ""))


def _pair(before: Worksheet, now: Worksheet, addresses: frozenset[str]) -> SheetPair:
    if _placed_texts(before) == _placed_texts(now):
        last_row, last_column = _extent(before)
        return SheetPair(before, now, Moves(now.name, AxisMoves.still(last_row), AxisMoves.still(last_column)))

    def address_in(key: Key) -> object:
        return next((text for text in key if text in addresses), key)

    def first_of(key: Key) -> object:
        return key[:1]

    def first_three(key: Key) -> object:
        return key[:3]

    (old_rows, old_columns), (new_rows, new_columns) = _keys(before), _keys(now)
    rows = _line(old_rows, new_rows[: len(old_rows) + _MOST_EXTRA], (address_in, first_of))
    columns = _line(old_columns, new_columns[: len(old_columns) + _MOST_EXTRA], (first_three, first_of))
    return SheetPair(before, now, Moves(now.name, rows, columns))


def _line(old: list[Key], new: list[Key], weaker: tuple) -> AxisMoves:  # type: ignore[type-arg]
    """What is only added after the end has moved nothing."""
    if len(new) > len(old) and new[: len(old)] == old:
        return AxisMoves.still(len(old))
    return line_up(old, new, weaker)


def _placed_texts(sheet: Worksheet) -> dict[Position, str]:
    return {place: text for place, cell in sheet.cells.items() if (text := typed_text(cell))}


def _extent(sheet: Worksheet) -> Position:
    held = [place for place, cell in sheet.cells.items() if not is_empty(cell)]
    return max((row for row, _ in held), default=0), max((column for _, column in held), default=0)


def _keys(sheet: Worksheet) -> tuple[list[Key], list[Key]]:
    """The texts of each row and of each column, in order."""
    rows, columns = _extent(sheet)
    by_row: list[list[str]] = [[] for _ in range(rows)]
    by_column: list[list[str]] = [[] for _ in range(columns)]
    for (row, column), text in sorted(_placed_texts(sheet).items()):
        by_row[row - 1].append(text)
        by_column[column - 1].append(text)
    return [tuple(texts) for texts in by_row], [tuple(texts) for texts in by_column]


def structure_findings(structure: Structure, expected: Workbook, found: Workbook) -> Iterator[Finding]:
    """What was inserted, deleted, moved or renamed: each reported once, where it is."""
    for sheet in structure.deleted:
        yield Finding(FindingKind.SHEET_DELETED, sheet.name, "", "The sheet is gone.", sheet.name, "")
    for sheet in structure.inserted:
        yield Finding(
            FindingKind.SHEET_INSERTED,
            sheet.name,
            "",
            f"The model has no such sheet; it holds {len(sheet.cells)} cells.",
        )
    for pair in structure.pairs:
        if pair.now.name != pair.before.name:
            yield Finding(
                FindingKind.SHEET_RENAMED,
                pair.now.name,
                "",
                "The sheet has another name.",
                pair.before.name,
                pair.now.name,
            )
        yield from _moved(pair)
    yield from _order(structure, expected, found)


def _order(structure: Structure, expected: Workbook, found: Workbook) -> Iterator[Finding]:
    names = {pair.now.name: pair.before.name for pair in structure.pairs}
    now = [names[sheet.name] for sheet in found.sheets if sheet.name in names]
    before = [sheet.name for sheet in expected.sheets if sheet.name in set(now)]
    if now != before:
        first = next(name for name, was in zip(now, before, strict=True) if name != was)
        yield Finding(
            FindingKind.SHEETS_MOVED, first, "", "Sheets stand in another order.", ", ".join(before), ", ".join(now)
        )


def _moved(pair: SheetPair) -> Iterator[Finding]:
    rows, columns = pair.moves.rows, pair.moves.columns
    for kinds, line, of_rows in (
        ((FindingKind.ROWS_INSERTED, FindingKind.ROWS_DELETED, FindingKind.ROWS_MOVED), rows, True),
        ((FindingKind.COLUMNS_INSERTED, FindingKind.COLUMNS_DELETED, FindingKind.COLUMNS_MOVED), columns, False),
    ):
        inserted, deleted, shifted = kinds
        for first, last in runs(line.inserted):
            yield Finding(
                inserted, pair.now.name, span(first, last, of_rows), "This was inserted.", "",
                _content(pair.now, first, last, of_rows),
            )  # fmt: skip
        for first, last in runs(line.deleted):
            here = next((line.at(place) for place in range(last + 1, line.old_count + 2) if line.at(place)), None)
            here = here or line.new_count + 1
            yield Finding(
                deleted, pair.now.name, span(here, here, of_rows), "Something was deleted before this.",
                f"{span(first, last, of_rows)}: {_content(pair.before, first, last, of_rows)}", "",
            )  # fmt: skip
        for old, new in line.shifted:
            yield Finding(
                shifted, pair.now.name, span(new, new, of_rows), "This stood elsewhere.",
                span(old, old, of_rows), _content(pair.now, new, new, of_rows),
            )  # fmt: skip


def span(first: int, last: int, of_rows: bool) -> str:
    """`12:14` for rows, `F:G` for columns."""
    return f"{first}:{last}" if of_rows else f"{column_letters(first)}:{column_letters(last)}"


def runs(places: Iterable[int]) -> list[tuple[int, int]]:
    """Places in order, neighbours together: the first and the last of each run."""
    found: list[tuple[int, int]] = []
    for place in sorted(places):
        if found and found[-1][1] == place - 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found


def _content(sheet: Worksheet, first: int, last: int, of_rows: bool) -> str:
    """What stands there, in brief."""
    axis = 0 if of_rows else 1
    held = [cell for place, cell in sorted(sheet.cells.items()) if first <= place[axis] <= last and not is_empty(cell)]
    texts = [text for cell in held if (text := typed_text(cell))]
    if texts:
        return "; ".join(texts[:4]) + (" …" if len(texts) > 4 else "")
    return f"{len(held)} cells with numbers or formulas" if held else "nothing"
