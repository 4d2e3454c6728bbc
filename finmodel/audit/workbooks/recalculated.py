"""A workbook as the engine works it out: every cell of it, or one already worked out with the cells that differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct

from finmodel.audit.workbooks.contents import Position, SheetCell, Workbook
from finmodel.audit.workbooks.magnitudes import Magnitudes
from finmodel.audit.workbooks.recalculating import EngineWorkbook, Value

_WORD = re.compile(r"[^\W\d][\w.]*")


class Engine(Struct, frozen=True, dict=True):
    """A workbook beside its recalculation."""

    workbook: Workbook
    recalculation: EngineWorkbook

    def value(self, sheet: str, place: Position) -> Value | None:
        """What a cell gives."""
        return self.recalculation.value(sheet, place)

    @cached_property
    def _magnitudes(self) -> Magnitudes:
        return Magnitudes(self.workbook, self.value)

    def gives(self, sheet: str, place: Position, stored: object) -> bool:
        """Whether a cell gives what is stored, within what rounding may leave of what was added up for it."""
        found = self.value(sheet, place)
        return self._magnitudes.same(stored, "" if found is None else found, sheet, place)


def engine_of(workbook: Workbook, alike: Engine | None = None) -> Engine:
    """A workbook recalculated; raises RecalculationError where the engine cannot.

    alike: another workbook with the same sheets, already in the engine. Then only the cells whose formula or value is
    written differently, letter by letter, are put in, which comes to the same and is many times faster.
    """
    recalculation = _changed(workbook, alike) if alike is not None and _same_sheets(workbook, alike.workbook) else None
    if recalculation is None:
        cells = [(sheet.name, place, cell) for sheet in workbook.sheets for place, cell in sheet.cells.items()]
        used = _words(cell for _, _, cell in cells)
        names = {name.name: name.refers_to for name in workbook.defined_names if name.name in used}
        recalculation = EngineWorkbook((sheet.name for sheet in workbook.sheets), names)
        for sheet, place, cell in cells:
            _put(recalculation, sheet, place, cell)
    recalculation.evaluate()
    return Engine(workbook, recalculation)


def _changed(workbook: Workbook, alike: Engine) -> EngineWorkbook | None:
    """The other workbook with what differs put in; None where a formula uses a name, which must be known before."""
    differing = list(_differing(workbook, alike.workbook))
    if {name.name for name in workbook.defined_names} & _words(cell for _, _, cell in differing if cell is not None):
        return None
    recalculation = alike.recalculation.copy()
    for sheet, place, cell in differing:
        _put(recalculation, sheet, place, cell)
    return recalculation


def _put(recalculation: EngineWorkbook, sheet: str, place: Position, cell: SheetCell | None) -> None:
    if cell is None:
        recalculation.put(sheet, place, None, None)
    else:
        recalculation.put(sheet, place, cell.formula or None, cell.value)


def _same_sheets(one: Workbook, other: Workbook) -> bool:
    return [sheet.name for sheet in one.sheets] == [sheet.name for sheet in other.sheets]


def _differing(found: Workbook, base: Workbook) -> Iterator[tuple[str, Position, SheetCell | None]]:
    for sheet, before in zip(found.sheets, base.sheets, strict=True):
        for place, cell in sheet.cells.items():
            was = before.cells.get(place)
            if was is None or cell.formula != was.formula or (not cell.formula and cell.value != was.value):
                yield sheet.name, place, cell
        for place in before.cells.keys() - sheet.cells.keys():
            yield sheet.name, place, None


def _words(cells: Iterable[SheetCell]) -> set[str]:
    """Every word in the formulas of cells, defined names among them."""
    return {word for cell in cells if cell.formula for word in _WORD.findall(cell.formula)}
