"""Inputs that nothing reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from finmodel.audit.workbooks.contents import Position, Worksheet
from finmodel.audit.workbooks.general.analysis import Analysis, Coverage
from finmodel.audit.workbooks.general.check import Certainty, Check, Mark
from finmodel.audit.workbooks.general.headings import is_heading, is_input_that_counts
from finmodel.audit.workbooks.general.labels import above, names_things

CHECK = Check(
    id="unused-input",
    title="Input that nothing reads",
    why="Anyone who changes it expects the model to respond. Mostly a formula once read it, and was typed over or "
    "pointed elsewhere.",
    source="ICAEW principle 10 (inputs clearly identified); ICAEW Code, Build traceable references",
    certainty="likely",
    remedy="Find what should read it; if nothing should, delete it or mark it as information.",
    false_alarms="Not reported: years, dates, counters and codes, and sheets of which nothing is read at all, which "
    "hold information. Reported as likely only next to inputs read in the same row or column; where OFFSET or INDIRECT "
    "is used, all as possible.",
)

_CODE = 100


def look(analysis: Analysis) -> Iterator[Mark]:
    """Each typed number that no formula, name, chart or rule reads, on sheets of which something is read."""
    read = _read(analysis)
    blind = any(shape.functions & {"OFFSET", "INDIRECT"} for shapes in analysis.shapes for shape in shapes.values())
    for number, sheet in enumerate(analysis.sheets):
        typed = [place for place, _ in analysis.typed_numbers(number)]
        used = {place for place in typed if read.holds(number, *place)}
        if not used:
            continue
        rows, columns = Counter(row for row, _ in used), Counter(column for _, column in used)
        for place in typed:
            if place in used or _is_label(sheet, place):
                continue
            beside = _beside(place, used) or (rows[place[0]] > 1 or columns[place[1]] > 2)
            certainty: Certainty = "likely" if beside and not blind else "possible"
            yield Mark(number, place, "No formula, name, chart or rule reads this number", certainty)


def _is_label(sheet: Worksheet, place: Position) -> bool:
    """Whether a number is a heading, or names the line that it begins: an account code, a reference."""
    if names_things(above(sheet, place)) or _begins_line(sheet, place):
        return True
    return is_heading(sheet, place) and not is_input_that_counts(sheet, place)


def _begins_line(sheet: Worksheet, place: Position) -> bool:
    """Whether a whole number of three digits or more stands first in its line, right before the words that name it."""
    value = sheet.cells[place].value
    if not isinstance(value, float) or value != int(value) or abs(value) < _CODE:
        return False
    row, column = place
    if sheet.cells[place].style.number_format not in ("General", "0", "@"):
        return False
    across, down = sheet.cells.get((row, column + 1)), sheet.cells.get((row + 1, column))
    first_of_row = not any((row, other) in sheet.cells for other in range(1, column))
    first_of_column = not any((other, column) in sheet.cells for other in range(1, row))
    return (first_of_row and across is not None and across.kind == "text") or (
        first_of_column and down is not None and down.kind == "text"
    )


def _beside(place: Position, used: set[Position]) -> bool:
    row, column = place
    return any(near in used for near in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)))


def _read(analysis: Analysis) -> Coverage:
    read = Coverage(analysis)
    for reads in analysis.reads.values():
        for _, area in reads:
            read.add(area)
    outside = [(formula, 0) for formula in analysis.workbook.chart_references]
    outside += [(formula, at) for at, sheet in enumerate(analysis.sheets) for formula in sheet.other_formulas]
    for formula, sheet in outside:
        for area in analysis.areas_in(formula, sheet):
            read.add(area)
    return read
