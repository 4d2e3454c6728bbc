"""Formulas that read an empty cell."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.workbooks.contents import Position
from finmodel.audit.workbooks.general.analysis import Analysis, Area, Node, range_of
from finmodel.audit.workbooks.general.check import Check, Mark

CHECK = Check(
    id="blank-reference",
    title="Formula that reads an empty cell",
    why="An empty cell counts as zero: the figure is wrong without any sign. Mostly the reference slipped by a row.",
    source="ICAEW Code, Build traceable references; ICAEW principle 18 (test the workbook)",
    certainty="possible",
    remedy="Point the formula at the cell that was meant, or write the zero into the cell.",
    false_alarms="Not reported: cells tested for being empty, or in functions that take blanks (IF, COUNT, lookups), "
    "merged cells, the column before the first period, and copies of a formula that mostly reads filled cells.",
)
_PLAIN = {"", "SUM", "ROUND", "MIN", "MAX", "ABS", "PRODUCT"}
_TESTING = {"ISBLANK", "IFERROR", "COUNTA", "N"}
_LARGE = 1_000  # cells of one merged cell


def look(analysis: Analysis) -> Iterator[Mark]:
    """Each formula that reads a lone empty cell in plain arithmetic, unless copies of it read filled ones."""
    merged = _merged(analysis)
    filled: set[tuple[int, str, int]] = set()
    empty: list[tuple[int, Position, str, int, Area]] = []
    for number, place, shape in analysis.formulas():
        for at, (use, area) in enumerate(analysis.reads[number, *place]):
            if not area.is_one_cell or use.function not in _PLAIN or use.tested or shape.functions & _TESTING:
                continue
            if analysis.cell(area[:3]) is not None:
                filled.add((number, shape.key, at))
            elif area[:3] not in merged:
                empty.append((number, place, shape.key, at, area))
    for number, place, key, at, area in empty:
        if (number, key, at) not in filled:  # else the first of a row, which reads the column before
            what = f"{analysis.formula(number, place)} reads {analysis.named(area[:3], number)}, which is empty"
            yield Mark(number, place, what, "possible", group=f"{at} {key}")


def _merged(analysis: Analysis) -> set[Node]:
    """The cells that a merged cell covers, as far as they are worth writing out."""
    areas = [
        area
        for number, sheet in enumerate(analysis.sheets)
        for merged in sheet.merged
        if (area := range_of(number, merged)) is not None
    ]
    return {
        (area.sheet, row, column)
        for area in areas
        if (area.bottom - area.top + 1) * (area.right - area.left + 1) <= _LARGE
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    }
