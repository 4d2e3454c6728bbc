"""Sums, averages and present values, anywhere, of a row or column that goes on for one cell more."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.workbooks.contents import Position
from finmodel.audit.workbooks.general.analysis import Analysis, Area, Node
from finmodel.audit.workbooks.general.check import Mark
from finmodel.audit.workbooks.general.headings import is_heading
from finmodel.audit.workbooks.general.labels import APART, TOTAL, heading
from finmodel.audit.workbooks.general.readers import Readers
from finmodel.audit.workbooks.general.shapes import RelativeReference
from finmodel.lines.cells import address

_WHOLE = {"SUM", "AVERAGE", "MIN", "MAX", "NPV", "IRR", "MIRR", "SUMPRODUCT"}
_FEWEST = 3  # cells in a range by which it is a line


def cut_short(analysis: Analysis) -> Iterator[Mark]:
    """Each range of all but the last of the like cells of a line, where nothing reads that, or others read it all."""
    judged: dict[Area, tuple[Position, str] | None] = {}
    for node, reads in analysis.reads.items():
        areas = [area for use, area in reads if _is_range(use)]
        for area in areas:
            if max(area.bottom - area.top, area.right - area.left) + 1 < _FEWEST or _is_beside(area, node):
                continue
            if area not in judged:
                judged[area] = _judged(analysis, area)
            found = judged[area]
            if found is not None and not any(each.sheet == area.sheet and each.holds(*found[0]) for _, each in reads):
                missed, why = found
                what = f"{analysis.formula(node[0], node[1:])} stops before {address(*missed)}{why}"
                yield Mark(node[0], node[1:], what, "likely", group=f"cut {analysis.shapes[node[0]][node[1:]].key}")


def _is_range(use: RelativeReference) -> bool:
    """A range of which a function takes all, and no running total, which begins fixed and ends moving."""
    if use.function not in _WHOLE or use.reference is None or use.reference.is_one_cell:
        return False
    return not _is_running(use)


def _is_running(use: RelativeReference) -> bool:
    if use.reference is None or use.reference.is_one_cell:
        return False
    first, last = use.reference.first, use.reference.last
    return first.row_fixed != last.row_fixed or first.column_fixed != last.column_fixed


def _is_beside(area: Area, node: Node) -> bool:
    """Whether a formula stands in the line of its range, where the other check looks."""
    if area.sheet != node[0]:
        return False
    return (area.left == area.right == node[2]) or (area.top == area.bottom == node[1])


def _judged(analysis: Analysis, area: Area) -> tuple[Position, str] | None:
    """The one cell after a range that is like its last, and what speaks for its being meant too."""
    if area.top != area.bottom and area.left != area.right:
        return None
    step = (1, 0) if area.left == area.right else (0, 1)
    last = (area.bottom, area.right)
    missed, beyond = _next(last, step, 1), _next(last, step, 2)
    sheet = analysis.sheets[area.sheet]
    if not all(_alike(analysis, area.sheet, last, place) for place in (missed, _next(last, step, -1))):
        return None
    before = _next((area.top, area.left), step, -1)
    if _is_number(analysis, area.sheet, beyond) or _alike(analysis, area.sheet, last, before):
        return None
    called = heading(sheet, missed, across=bool(step[1]))
    if is_heading(sheet, missed) or TOTAL.search(called) or APART.search(called):
        return None
    readers = analysis.once(Readers)
    node = (area.sheet, *missed)
    if node[1:] in analysis.shapes[area.sheet] and not readers.any_of(node):
        return missed, ", which nothing reads"
    whole = Area(area.sheet, area.top, area.left, *missed)
    for other, nodes in readers.areas(node):
        if other == whole and (to_the_end := _running(analysis, nodes, whole)) is not None:
            formula = analysis.formula(to_the_end[0], to_the_end[1:])
            return missed, f", to which {analysis.named(to_the_end, area.sheet)} reads ({formula})"
    return None


def _running(analysis: Analysis, nodes: list[Node], whole: Area) -> Node | None:
    """A running total among some formulas that ends at the end of a line."""
    return next(
        (node for node in nodes if any(area == whole and _is_running(use) for use, area in analysis.reads[node])), None
    )


def _alike(analysis: Analysis, number: int, one: Position, other: Position) -> bool:
    """Whether two cells hold the same formula, or both a typed number of one format."""
    cells, shapes = analysis.sheets[number].cells, analysis.shapes[number]
    first, second = shapes.get(one), shapes.get(other)
    if first is not None or second is not None:
        return first is not None and second is not None and first.key == second.key
    here, there = cells.get(one), cells.get(other)
    if here is None or there is None or here.kind != "number" or there.kind != "number":
        return False
    return here.style.number_format == there.style.number_format


def _is_number(analysis: Analysis, number: int, place: Position) -> bool:
    cell = analysis.sheets[number].cells.get(place)
    return cell is not None and (cell.kind == "number" or bool(cell.formula))


def _next(place: Position, step: Position, distance: int) -> Position:
    return place[0] + step[0] * distance, place[1] + step[1] * distance
