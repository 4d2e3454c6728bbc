"""Formulas that read an empty cell."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.workbooks.contents import Position
from finmodel.audit.workbooks.general.analysis import Analysis, Area
from finmodel.audit.workbooks.general.check import Check, Mark

CHECK = Check(
    id="blank-reference",
    title="Formula that reads an empty cell",
    why="An empty cell counts as nought: the figure is wrong without any sign. Mostly the reference slipped by a row.",
    source="ICAEW Code, Build traceable references; ICAEW principle 18 (test the workbook)",
    certainty="possible",
    remedy="Point the formula at the cell that was meant, or write the nought into the cell.",
    false_alarms="Not told: cells tested for being empty, cells in functions that take blanks (IF, COUNT, lookups), "
    "merged cells, the column before the first period, and copies of a formula that mostly reads filled cells.",
)
_PLAIN = {"", "SUM", "ROUND", "MIN", "MAX", "ABS", "PRODUCT"}


def look(analysis: Analysis) -> Iterator[Mark]:
    """Each formula that reads a lone empty cell in plain arithmetic, unless copies of it read filled ones."""
    filled: dict[tuple[int, str, int], int] = {}
    empty: list[tuple[int, Position, str, Area]] = []
    for number, place, shape in analysis.formulas():
        for at, (use, area) in enumerate(analysis.reads[number, *place]):
            if not area.is_one_cell or use.function not in _PLAIN or use.tested or shape.functions & _TESTING:
                continue
            if analysis.cell(area[:3]) is None:
                if not _is_merged(analysis, area):
                    empty.append((number, place, shape.key, area))
            else:
                filled[number, shape.key, at] = 1
    seen = {(number, key) for number, key, _ in filled}
    fixed = _counts(empty)
    for number, place, key, area in empty:
        if (number, key) in seen and fixed[number, key, area] == 1:
            continue  # the first of a row, reading the column before
        what = f"{analysis.formula(number, place)} reads {analysis.named(area[:3], number)}, which is empty"
        yield Mark(number, place, what, "possible", group=key)


_TESTING = {"ISBLANK", "IFERROR", "COUNTA", "N"}


def _counts(empty: list[tuple[int, Position, str, Area]]) -> dict[tuple[int, str, Area], int]:
    """How many copies of a formula read the same empty cell: several, where the reference is fixed."""
    counts: dict[tuple[int, str, Area], int] = {}
    for number, _, key, area in empty:
        counts[number, key, area] = counts.get((number, key, area), 0) + 1
    return counts


def _is_merged(analysis: Analysis, area: Area) -> bool:
    return any(
        inside.holds(area.top, area.left)
        for merged in analysis.sheets[area.sheet].merged
        for inside in analysis.areas_in(merged, area.sheet)
    )
