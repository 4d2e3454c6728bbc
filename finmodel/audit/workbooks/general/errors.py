"""Errors: stored in cells, or written into formulas and names as references that are gone."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.workbooks.contents import Position
from finmodel.audit.workbooks.formulas import pieces
from finmodel.audit.workbooks.general.analysis import Analysis
from finmodel.audit.workbooks.general.check import Check, Mark
from finmodel.audit.workbooks.general.places import CellIndex
from finmodel.results.wording import capital, count

CHECK = Check(
    id="error",
    title="Error",
    why="An error in a cell makes every figure that reads it an error, or hides behind IFERROR as a zero.",
    source="ICAEW principle 18 (test the workbook); ICAEW Code, Include checks",
    certainty="certain",
    remedy="Mend the cells where the error begins; those that only pass it on mend themselves.",
    false_alarms="#N/A from NA() is often meant, to leave a gap in a chart: reported as possible. Names of cells "
    "that are gone and that nothing reads are one finding, possible.",
)
_SHOWN = 5


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
    yield from _names(analysis)


def _names(analysis: Analysis) -> Iterator[Mark]:
    """Names of cells that are gone: those that a formula reads one by one, the others together."""
    broken = [name for name in analysis.workbook.defined_names if "#REF!" in name.refers_to]
    used = _names_used(analysis) if broken else set()
    for name in broken:
        if name.name.casefold() in used:
            what = f"The name {name.name}, which is read, refers to cells that are gone (#REF!)"
            yield Mark(None, None, what, "certain")
    idle = [name.name for name in broken if name.name.casefold() not in used]
    if idle:
        shown = ", ".join(idle[:_SHOWN]) + (f" and {len(idle) - _SHOWN:,} more" if len(idle) > _SHOWN else "")
        names = f"{count(len(idle), 'name')} that nothing reads {'refers' if len(idle) == 1 else 'refer'}"
        what = f"{names} to cells that are gone (#REF!): {shown}"
        yield Mark(None, None, capital(what), "possible")


def _names_used(analysis: Analysis) -> set[str]:
    """The names, in lower case, that formulas, charts, rules and other names speak of."""
    used = {
        use.name.rpartition("!")[2].casefold()
        for shapes in analysis.shapes
        for shape in shapes.values()
        for use in shape.uses
    }
    texts = [*analysis.workbook.chart_references, *(name.refers_to for name in analysis.workbook.defined_names)]
    texts += [text for sheet in analysis.sheets for text in sheet.other_formulas]
    for text in texts:
        used |= {piece.text.rpartition("!")[2].casefold() for piece in pieces(text) if piece.kind == "name"}
    return used


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
