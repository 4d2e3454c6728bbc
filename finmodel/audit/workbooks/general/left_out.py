"""Totals by plus signs or commas that leave out a line: `=B2+B3+B5`, `=SUM(B2,B3,B5)`."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.workbooks.contents import Position
from finmodel.audit.workbooks.general.analysis import Analysis, Node
from finmodel.audit.workbooks.general.check import Certainty, Mark
from finmodel.audit.workbooks.general.headings import is_date
from finmodel.audit.workbooks.general.labels import APART, TOTAL, heading
from finmodel.audit.workbooks.general.readers import Readers
from finmodel.audit.workbooks.general.sums import Added, sums_of
from finmodel.lines.cells import address

_FEWEST = 3  # cells added one by one, by which the line is seen
_MOST = 200
_GAP = 2  # empty cells before the total


def left_out(analysis: Analysis) -> Iterator[Mark]:
    """Each total at the end of a column or row that names all of its figures but one."""
    sums = analysis.once(sums_of)
    for node, added in sums.items():
        if not added.taken and len(added.added) > 1:
            found = _missed(analysis, node, added)
            if found is not None:
                missed, certainty = found
                what = f"{analysis.formula(node[0], node[1:])} leaves out {address(*missed)}, amid what it adds"
                yield Mark(node[0], node[1:], what, certainty, group=analysis.shapes[node[0]][node[1:]].key)


def _missed(analysis: Analysis, node: Node, added: Added) -> tuple[Position, Certainty] | None:
    """The one figure of the line that is not added, and how sure; None where there is none or more than one."""
    number, row, column = node
    areas = added.added
    if any(area.sheet != number for area in areas) or not _FEWEST <= added.cells <= _MOST:
        return None
    if all(area.left == area.right == column for area in areas):
        held = {(at, column) for area in areas for at in range(area.top, area.bottom + 1)}
        step, last = (1, 0), max(held)
        distance = row - last[0]
    elif all(area.top == area.bottom == row for area in areas):
        held = {(row, at) for area in areas for at in range(area.left, area.right + 1)}
        step, last = (0, 1), max(held)
        distance = column - last[1]
    else:
        return None
    cells = analysis.sheets[number].cells
    if distance < 1:
        return None
    line = [
        (min(held)[0] + step[0] * far, min(held)[1] + step[1] * far)
        for far in range(_length(held, step) + distance - 1)
    ]
    filled = [place for place in line if place in cells and cells[place].kind in ("number", "blank")]
    missed = [place for place in filled if place not in held]
    empty = sum(place not in cells for place in line if place > last)
    if len(missed) != 1 or empty > _GAP or len(filled) != len([place for place in line if place in cells]):
        return None
    return _judged(analysis, node, missed[0], held)


def _length(held: set[Position], step: Position) -> int:
    first, last = min(held), max(held)
    return last[0] - first[0] + 1 if step[0] else last[1] - first[1] + 1


def _judged(analysis: Analysis, node: Node, missed: Position, held: set[Position]) -> tuple[Position, Certainty] | None:
    """How sure it is that a figure was forgotten: a figure like its neighbours, which nothing else brings in."""
    number = node[0]
    sheet, shapes = analysis.sheets[number], analysis.shapes[number]
    near = [place for place in held if abs(place[0] - missed[0]) + abs(place[1] - missed[1]) == 1]
    called = heading(sheet, missed, across=missed[0] == node[1])
    if is_date(sheet.cells[missed]) or TOTAL.search(called) or APART.search(called) or not near:
        return None
    key = shapes[missed].key if missed in shapes else ""
    alike = all((shapes[place].key if place in shapes else "") == key for place in near)
    formats = {sheet.cells[place].style.number_format for place in near if place in sheet.cells}
    alike = alike and sheet.cells[missed].style.number_format in formats
    readers = analysis.once(Readers)
    reading = set(readers.of((number, *missed)))
    if reading & (set(readers.of(node)) | {(number, *place) for place in held}):
        return None  # a line of which another that is added is made, or that is added further on
    is_amid = min(held) < missed < max(held)
    if reading and (not is_amid or key):
        return missed, "possible"  # interest after a loan's opening balance, draw and repayment
    return missed, "likely" if alike else "possible"
