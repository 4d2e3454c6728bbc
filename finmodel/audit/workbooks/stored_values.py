"""Stored values beside what the formulas give, worked out by an engine that is not ours; and values that are errors."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from finmodel.audit.workbooks.contents import Position, Stored
from finmodel.audit.workbooks.differences import typed
from finmodel.audit.workbooks.expected import CellRole, Expected
from finmodel.audit.workbooks.findings import Finding, FindingKind
from finmodel.audit.workbooks.recalculated import Engine
from finmodel.audit.workbooks.recalculating import Value, alike
from finmodel.audit.workbooks.structure import SheetPair, Structure
from finmodel.lines.cells import address


class StoredValues(Struct):
    """What looking through the stored values came to."""

    stale: list[Finding] = field(default_factory=list)
    from_before: list[Finding] = field(default_factory=list)  # the model's own values, from before a change
    errors: list[tuple[str, Position, str]] = field(default_factory=list)
    missing: int = 0  # formulas without a stored value

    def findings(self) -> Iterator[Finding]:
        """What is reported: values left over from before a change, and errors, once each."""
        yield from self.stale
        if self.from_before:
            what = (
                f"Stored values are those from before a change, in {_cells(self.from_before)}. Nobody worked them out."
            )
            yield replace(self.from_before[0], kind=FindingKind.FROM_BEFORE, what=what)
        if self.errors:
            sheet, place, text = self.errors[0]
            what = f"There is an error value, in {_cells(self.errors)}."
            yield Finding(FindingKind.ERROR, sheet, address(*place), what, "", text)

    def note(self) -> str:
        """What could not be checked; "" where all could."""
        if not self.missing:
            return ""
        return (
            f"{self.missing:,} formulas have no stored value, as after saving by a program that does not calculate. "
            "They were recalculated; there was nothing stored to check."
        )


def _cells(found: list[Finding] | list[tuple[str, Position, str]]) -> str:
    return "this cell alone" if len(found) == 1 else f"{len(found):,} cells of which this is the first"


def look_through(engine: Engine, structure: Structure, expected: Expected) -> StoredValues:
    """Every formula's stored value, and every cell for errors."""
    found = StoredValues()
    pairs = {pair.now.name: pair for pair in structure.pairs}
    for sheet in engine.workbook.sheets:
        for place, cell in sheet.cells.items():
            if not cell.formula:
                if cell.kind == "error":
                    found.errors.append((sheet.name, place, str(cell.value)))
                continue
            worked_out = engine.value(sheet.name, place)
            if isinstance(worked_out, str) and worked_out.startswith("#"):
                found.errors.append((sheet.name, place, worked_out))
            if cell.value is None:
                found.missing += 1
            elif not engine.gives(sheet.name, place, cell.value):
                part, was = _of_the_model(pairs.get(sheet.name), expected, place)
                into = found.from_before if was is not None and alike(cell.value, was) else found.stale
                into.append(_stale(sheet.name, place, part, cell.value, worked_out))
    return found


def _of_the_model(pair: SheetPair | None, expected: Expected, place: Position) -> tuple[CellRole, Stored]:
    """What a cell is for and what the model stores there; nothing where the model has no such cell."""
    if pair is None:
        return CellRole(), None
    row, column = pair.moves.rows.back.get(place[0]), pair.moves.columns.back.get(place[1])
    if row is None or column is None:
        return CellRole(), None
    cell = pair.before.cells.get((row, column))
    return expected.part(pair.before.name, (row, column)), cell.value if cell else None


def _stale(sheet: str, place: Position, part: CellRole, stored: Stored, worked_out: Value | None) -> Finding:
    return Finding(
        FindingKind.STALE, sheet, address(*place), "The stored value is not what the formula gives.",
        typed(worked_out), typed(stored), part.address, part.line.label if part.line else "", part.period,
    )  # fmt: skip
