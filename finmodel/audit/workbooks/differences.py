"""Cell by cell: what a workbook holds against what the model writes there, rows and columns paired beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct, field

from finmodel.audit.workbooks.contents import Position, SheetCell
from finmodel.audit.workbooks.expected import (
    ADDRESS,
    HEADING,
    LABEL,
    PERIOD,
    RULE,
    STATED,
    TEXT,
    UNIT,
    VALUE,
    CellRole,
    Expected,
)
from finmodel.audit.workbooks.findings import Finding, FindingKind
from finmodel.audit.workbooks.recalculating import Value, plain
from finmodel.audit.workbooks.same_formula import difference, moved, relative, same
from finmodel.audit.workbooks.structure import SheetPair, Structure, is_empty
from finmodel.document.explanation import origin_text
from finmodel.lines.cells import address
from finmodel.lines.display import in_unit
from finmodel.lines.line import Line
from finmodel.report import case_sheet
from finmodel.report.line_sheets import is_month, month_of

_TEXT_KINDS = {
    LABEL: FindingKind.LABEL_CHANGED,
    UNIT: FindingKind.UNIT_CHANGED,
    RULE: FindingKind.RULE_CHANGED,
    ADDRESS: FindingKind.ADDRESS_CHANGED,
    PERIOD: FindingKind.PERIOD_CHANGED,
    HEADING: FindingKind.HEADING_CHANGED,
    TEXT: FindingKind.TEXT_CHANGED,
    VALUE: FindingKind.TEXT_CHANGED,
}
_FORMULA_KINDS = {
    "number": FindingKind.NUMBER_CHANGED,
    "reference": FindingKind.REFERENCE_CHANGED,
    "range": FindingKind.RANGE_CHANGED,
    "formula": FindingKind.FORMULA_CHANGED,
}
_OF_INPUTS = (FindingKind.INPUT_CHANGED, FindingKind.CONVENTION_CHANGED, FindingKind.FACT_CHANGED)
_CONVENTIONS = "conventions."  # the addresses of numbers such as the months in a year, which no case states
_WHAT = {
    FindingKind.TYPED_OVER: "A value is typed where the model has a formula.",
    FindingKind.FORMULA_GONE: "The formula is gone.",
    FindingKind.NUMBER_CHANGED: "The formula has another number.",
    FindingKind.REFERENCE_CHANGED: "The formula reads another cell.",
    FindingKind.RANGE_CHANGED: "The formula reads another range.",
    FindingKind.FORMULA_CHANGED: "The formula is another.",
    FindingKind.INPUT_CHANGED: "The input is not what the case states.",
    FindingKind.CONVENTION_CHANGED: "A convention of the method is another; no case states it.",
    FindingKind.FACT_CHANGED: "A fact of the case is another. The formulas are written for it and do not follow: "
    "change it in the case, and write the workbook again.",
    FindingKind.STATED_CHANGED: "The value of the case, to which the lever is reset, is another.",
    FindingKind.INPUT_SPOILT: "There is no typed number where an input belongs.",
    FindingKind.ADDED: "The model has nothing here.",
}


class CellDifference(Struct, frozen=True):
    """One cell that is not as the model writes it: where it is now, where the model has it, and both contents."""

    kind: FindingKind
    pair: SheetPair
    place: Position
    model_place: Position | None
    part: CellRole
    expected: SheetCell | None
    found: SheetCell | None


class Comparison(Struct):
    """The differences of all cells, and the formulas that only suffer from rows, columns or sheets that moved."""

    differences: list[CellDifference] = field(default_factory=list)
    suffering: list[CellDifference] = field(default_factory=list)


def compare(expected: Expected, structure: Structure, skipped: frozenset[tuple[str, Position]]) -> Comparison:
    """Every cell of every sheet that both have; `skipped` are cells of the model that are reported otherwise."""
    found = Comparison()
    for pair in structure.pairs:
        _compare_sheet(expected, structure, pair, skipped, found)
    return found


def _compare_sheet(
    expected: Expected,
    structure: Structure,
    pair: SheetPair,
    skipped: frozenset[tuple[str, Position]],
    into: Comparison,
) -> None:
    rows, columns = pair.moves.rows, pair.moves.columns
    cells, still = pair.now.cells, not pair.has_moved
    seen: set[Position] = set()
    for place, cell in pair.before.cells.items():
        row, column = (place[0], place[1]) if still else (rows.at(place[0]), columns.at(place[1]))
        if row is None or column is None:
            continue
        here = (row, column)
        seen.add(here)
        now = cells.get(here)
        if now is not None and not structure.moves and _letter_by_letter(cell, now):
            continue
        if (pair.before.name, place) in skipped:
            continue
        kind = _kind(cell, now, pair, structure, expected, place)
        if kind is None:
            continue
        made = CellDifference(kind, pair, here, place, expected.part(pair.before.name, place), cell, now)
        suffers = kind in _FORMULA_KINDS.values() and structure.moves and _suffers(cell, now, pair)
        (into.suffering if suffers else into.differences).append(made)
    for here, now in cells.items():
        if here not in seen and not is_empty(now) and not _inserted(pair, here):
            into.differences.append(CellDifference(FindingKind.ADDED, pair, here, None, CellRole(), None, now))


def _letter_by_letter(cell: SheetCell, now: SheetCell) -> bool:
    """Whether nothing has to be looked at more closely; 1 and TRUE are equal in Python and must not pass as one."""
    if cell.formula != now.formula or cell.covered_by != now.covered_by:
        return False
    return bool(now.formula) or (cell.kind == now.kind and cell.value == now.value)


def _inserted(pair: SheetPair, here: Position) -> bool:
    """Whether a cell stands in a row or column that was inserted, which is reported as a whole."""
    (row, column), rows, columns = here, pair.moves.rows, pair.moves.columns
    return (row <= rows.new_count and row not in rows.back) or (
        column <= columns.new_count and column not in columns.back
    )


def _suffers(cell: SheetCell, now: SheetCell | None, pair: SheetPair) -> bool:
    """Whether a formula is broken by what went, or did not follow what moved, and is otherwise as it was."""
    if now is None:
        return False
    return "#REF!" in now.formula or same(cell.formula, now.formula, pair.now.name)


def _kind(
    cell: SheetCell, now: SheetCell | None, pair: SheetPair, structure: Structure, expected: Expected, place: Position
) -> FindingKind | None:
    if is_empty(cell):
        return None if is_empty(now) else FindingKind.ADDED
    if cell.is_calculated:
        return _of_formula(cell, now, pair, structure)
    if isinstance(cell.value, str):
        return _of_text(cell.value, now, pair, expected, place)
    part = expected.part(pair.before.name, place)
    kind = _of_input(cell.value, now, part.line)
    return FindingKind.STATED_CHANGED if kind is not None and part.part == STATED else kind


def _of_formula(cell: SheetCell, now: SheetCell | None, pair: SheetPair, structure: Structure) -> FindingKind | None:
    if now is None or is_empty(now):
        return FindingKind.FORMULA_GONE
    if not now.formula or now.covered_by:
        return FindingKind.FORMULA_CHANGED if now.covered_by else FindingKind.TYPED_OVER
    wanted = moved(cell.formula, pair.before.name, structure.moves) if structure.moves else cell.formula
    if same(wanted, now.formula, pair.now.name):
        return None
    return _FORMULA_KINDS[difference(wanted, now.formula, pair.now.name)]


def _of_text(
    text: str, now: SheetCell | None, pair: SheetPair, expected: Expected, place: Position
) -> FindingKind | None:
    if now is not None and not now.is_calculated and isinstance(now.value, str) and plain(now.value) == plain(text):
        return None
    if pair.before.name == case_sheet.SHEET:
        return FindingKind.CASE_CHANGED
    return _TEXT_KINDS[expected.part(pair.before.name, place).part]


def _of_input(value: float | bool | None, now: SheetCell | None, line: Line | None) -> FindingKind | None:
    if now is None or now.is_calculated or isinstance(now.value, bool) or not isinstance(now.value, int | float):
        return FindingKind.INPUT_SPOILT
    if isinstance(value, int | float) and _same_number(value, now.value):
        return None
    if line is None or not line.is_fact:
        return FindingKind.INPUT_CHANGED
    return FindingKind.CONVENTION_CHANGED if line.address.startswith(_CONVENTIONS) else FindingKind.FACT_CHANGED


def _same_number(one: float, other: float) -> bool:
    """Programs store 15 digits or 17; nobody types a change in the fifteenth."""
    return abs(one - other) <= 2e-15 * max(abs(one), abs(other)) * 10


def groups(differences: Iterable[CellDifference]) -> Iterator[list[CellDifference]]:
    """Neighbours in a row that differ alike, so that a formula changed in 48 months is reported once."""
    ordered = sorted(differences, key=lambda d: (d.pair.now.name, d.place))
    for _, alike in groupby(ordered, key=lambda d: (d.pair.now.name, d.place[0], d.kind, _likeness(d))):
        run: list[CellDifference] = []
        for one in alike:
            if run and run[-1].place[1] + 1 != one.place[1]:
                yield run
                run = []
            run.append(one)
        yield run


def _likeness(one: CellDifference) -> object:
    if one.found is None:
        return None
    if one.found.formula:
        return relative(one.found.formula, one.pair.now.name, *one.place)
    if one.kind is FindingKind.TYPED_OVER:
        return "typed"
    return (str(one.found.value), str(one.expected.value) if one.expected and not one.expected.formula else "")


def as_finding(group: list[CellDifference]) -> Finding:
    """A group of differences as one finding."""
    first, last = group[0], group[-1]
    cells = address(*first.place) + (f":{address(*last.place)}" if len(group) > 1 else "")
    line = first.part.line
    period = first.part.period + (f" to {last.part.period}" if len(group) > 1 and last.part.period else "")
    more = f", and {len(group) - 1} more along the row" if len(group) > 1 else ""
    shown = _shown_input if first.kind in _OF_INPUTS else _shown
    return Finding(
        first.kind,
        first.pair.now.name,
        cells,
        _WHAT.get(first.kind, f"The text here is not the model's: {first.kind.value}."),
        shown(first.expected, first.part) + more if first.expected is not None and not is_empty(first.expected) else "",
        shown(first.found, first.part) + more if first.found is not None and not is_empty(first.found) else "",
        first.part.address,
        line.label if line else "",
        period,
        origin_text(line.origin) if line is not None and line.origin is not None else "",
    )


def _shown(cell: SheetCell | None, part: CellRole) -> str:
    """A cell's content as it is typed."""
    if cell is None:
        return ""
    return f"={cell.formula}" if cell.formula else typed(cell.value)


def _shown_input(cell: SheetCell | None, part: CellRole) -> str:
    if cell is None or part.line is None or isinstance(cell.value, str | bool) or cell.value is None:
        return _shown(cell, part)
    return month_of(cell.value) if is_month(part.line) else in_unit(cell.value, part.line.unit)


def typed(value: Value | None) -> str:
    """A value as somebody would type it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return f"{value:.15g}"
    return value or ""
