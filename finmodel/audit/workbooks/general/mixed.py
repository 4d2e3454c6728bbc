"""Sheets on which inputs stand among the calculations."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.workbooks.contents import Position
from finmodel.audit.workbooks.general.analysis import Analysis, Coverage
from finmodel.audit.workbooks.general.check import Check, Mark
from finmodel.audit.workbooks.general.headings import is_heading
from finmodel.lines.cells import address

CHECK = Check(
    id="mixed-sheet",
    title="Inputs mixed with calculations",
    why="A reader cannot see what was stated from what was worked out, nor find all that may be changed.",
    source="ICAEW principle 10 (separate and clearly identify inputs); ICAEW Code, Make inputs easy to find; "
    "FAST 1.01-01",
    certainty="possible",
    remedy="Move the inputs to a sheet of their own, or give them all a colour that no formula has.",
    false_alarms="Not reported where every input has a font colour that no formula on the sheet has, nor of years, "
    "dates and counters. A small model on one sheet is often sound.",
)
_FEW = 5
_SHOWN = 4


def look(analysis: Analysis) -> Iterator[Mark]:
    """Each sheet with formulas and, among them, typed numbers that formulas read."""
    read = Coverage(analysis)
    for reads in analysis.reads.values():
        for _, area in reads:
            read.add(area)
    for number, sheet in enumerate(analysis.sheets):
        formulas = analysis.shapes[number]
        inputs = [
            place
            for place, _ in analysis.typed_numbers(number)
            if read.holds(number, *place) and not is_heading(sheet, place)
        ]
        if len(formulas) < _FEW or not inputs or len(inputs) > len(formulas) or _coloured(analysis, number, inputs):
            continue
        shown = ", ".join(address(*place) for place in sorted(inputs)[:_SHOWN])
        more = f" and {len(inputs) - _SHOWN:,} more" if len(inputs) > _SHOWN else ""
        typed = "1 typed number" if len(inputs) == 1 else f"{len(inputs):,} typed numbers"
        what = f"{typed} that formulas read among {len(formulas):,} formulas: {shown}{more}"
        yield Mark(number, None, what, "possible")


def _coloured(analysis: Analysis, number: int, inputs: list[Position]) -> bool:
    cells = analysis.sheets[number].cells
    of_inputs = {cells[place].style.font_colour for place in inputs}
    return of_inputs.isdisjoint(cells[place].style.font_colour for place in analysis.shapes[number])
