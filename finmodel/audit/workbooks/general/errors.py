"""Errors: stored in cells, or written into formulas and names as references that are gone."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.workbooks.contents import Position
from finmodel.audit.workbooks.general.analysis import Analysis
from finmodel.audit.workbooks.general.check import Check, Mark
from finmodel.audit.workbooks.general.places import CellIndex

CHECK = Check(
    id="error",
    title="Error",
    why="An error in a cell makes every figure that reads it an error, or hides behind IFERROR as a zero.",
    source="ICAEW principle 18 (test the workbook); ICAEW Code, Include checks",
    certainty="certain",
    remedy="Mend the cells where the error begins; those that only pass it on mend themselves.",
    false_alarms="#N/A from NA() is often meant, to leave a gap in a chart: reported as possible.",
)


def look(analysis: Analysis) -> Iterator[Mark]:
    """Each stored error, those where it begins first in words; then what is broken outside cells."""
    wrong = [{place for place, cell in sheet.cells.items() if cell.kind == "error"} for sheet in analysis.sheets]
    known = CellIndex((number, *place) for number, places in enumerate(wrong) for place in places)
    for number, sheet in enumerate(analysis.sheets):
        for place in sorted(wrong[number] | _broken(analysis, number)):
            yield _mark(analysis, number, place, known)
        if any("#REF!" in formula for formula in sheet.other_formulas):
            what = "A validation rule or a conditional format refers to cells that are gone (#REF!)"
            yield Mark(number, None, what, "certain")
    for name in analysis.workbook.defined_names:
        if "#REF!" in name.refers_to:
            yield Mark(None, None, f"The name {name.name} refers to cells that are gone (#REF!)", "certain")


def _broken(analysis: Analysis, number: int) -> set[Position]:
    return {place for place, shape in analysis.shapes[number].items() if shape.is_broken}


def _mark(analysis: Analysis, number: int, place: Position, known: CellIndex) -> Mark:
    cell, shape = analysis.sheets[number].cells[place], analysis.shapes[number].get(place)
    if shape is None:
        return Mark(number, place, f"{cell.value} stands in the cell", "certain")
    formula = analysis.formula(number, place)
    if shape.is_broken:
        return Mark(number, place, f"#REF! in {formula}: cells it read are gone", "certain", f"broken {shape.key}")
    if cell.value == "#N/A" and "NA" in shape.functions:
        return Mark(number, place, f"#N/A, made by {formula}", "possible", f"meant {shape.key}")
    if any(known.any_in(area) for _, area in analysis.reads[number, *place]):
        return Mark(number, place, f"{cell.value}, passed on by {formula}", "certain", f"{cell.value} passed on")
    return Mark(number, place, f"{cell.value} begins here: {formula}", "certain", f"{cell.value} {shape.key}")
