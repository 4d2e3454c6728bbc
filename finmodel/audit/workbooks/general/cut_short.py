"""Sums, averages and present values, anywhere, of a row or column that goes on for one cell more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from finmodel.audit.workbooks.contents import Position
from finmodel.audit.workbooks.general.analysis import Analysis, Area, Node
from finmodel.audit.workbooks.general.check import Mark
from finmodel.audit.workbooks.general.headings import is_heading
from finmodel.audit.workbooks.general.labels import APART, TOTAL, heading
from finmodel.audit.workbooks.general.readers import Readers
from finmodel.audit.workbooks.general.shapes import RelativeReference
from finmodel.audit.workbooks.general.sums import sums_of
from finmodel.lines.cells import address

_WHOLE = {"SUM", "AVERAGE", "MIN", "MAX", "NPV", "IRR", "MIRR", "SUMPRODUCT"}
_NEAR = 12  # lines to look at for totals
_FEWEST = 3  # cells in a range by which it is a line


class _Missed(NamedTuple):
    """The one cell after a range that is like its last, and what speaks for its being meant too: a running total."""

    place: Position
    read_by: Node | None


def cut_short(analysis: Analysis) -> Iterator[Mark]:
    """Each range of all but the last of the like cells of a line, where a running total reads that, or nothing does."""
    plain = {node for node, added in analysis.once(sums_of).items() if added.is_plain}
    judged: dict[Area, _Missed | None] = {}
    for node, reads in analysis.reads.items():
        for area in [area for use, area in reads if _is_range(use)]:
            if max(area.bottom - area.top, area.right - area.left) + 1 < _FEWEST or _is_beside(area, node):
                continue
            if area not in judged:
                judged[area] = _judged(analysis, area)
            missed = judged[area]
            if missed is None or any(each.sheet == area.sheet and each.holds(*missed.place) for _, each in reads):
                continue
            if missed.read_by is not None or node in plain:  # an average may leave the last out on purpose
                what = f"{analysis.formula(node[0], node[1:])} stops before {address(*missed.place)}, "
                what += _why(analysis, missed, area.sheet)
                yield Mark(node[0], node[1:], what, "likely", group=f"cut {analysis.shapes[node[0]][node[1:]].key}")


def _why(analysis: Analysis, missed: _Missed, sheet: int) -> str:
    if missed.read_by is None:
        return "which nothing reads"
    formula = analysis.formula(missed.read_by[0], missed.read_by[1:])
    return f"to which {analysis.named(missed.read_by, sheet)} reads ({formula})"


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


def _judged(analysis: Analysis, area: Area) -> _Missed | None:
    if area.top != area.bottom and area.left != area.right:
        return None
    step = (1, 0) if area.left == area.right else (0, 1)
    missed = _next((area.bottom, area.right), step, 1)
    if not _goes_on_once(analysis, area, step) or _is_of_totals(analysis, area, missed):
        return None
    sheet = analysis.sheets[area.sheet]
    called = heading(sheet, missed, across=bool(step[1]))
    if is_heading(sheet, missed) or TOTAL.search(called) or APART.search(called):
        return None
    readers, node = analysis.once(Readers), (area.sheet, *missed)
    if missed in analysis.shapes[area.sheet] and not readers.any_of(node):
        return _Missed(missed, None)
    whole = Area(area.sheet, area.top, area.left, *missed)
    nodes = (reader for other, nodes in readers.areas(node) if other == whole for reader in nodes)
    running = next(
        (each for each in nodes if any(area == whole and _is_running(use) for use, area in analysis.reads[each])), None
    )
    return _Missed(missed, running) if running is not None else None


def _goes_on_once(analysis: Analysis, area: Area, step: Position) -> bool:
    """Whether one cell like the last two of a range follows it, no number after that, and none like it before."""
    first, last = (area.top, area.left), (area.bottom, area.right)
    if not all(_alike(analysis, area.sheet, last, _next(last, step, far)) for far in (1, -1)):
        return False
    return not (_is_number(analysis, area.sheet, _next(last, step, 2))) and not _alike(
        analysis, area.sheet, last, _next(first, step, -1)
    )


def _is_of_totals(analysis: Analysis, area: Area, missed: Position) -> bool:
    """Whether the other line of a cell holds totals across the range: it is a column of totals, and no more periods."""
    sums = analysis.once(sums_of)
    down = area.top == area.bottom
    for far in range(-_NEAR, _NEAR + 1):
        place = (missed[0] + far, missed[1]) if down else (missed[0], missed[1] + far)
        added = sums.get((area.sheet, *place))
        across = [(each.left, each.right) if down else (each.top, each.bottom) for each in added.added] if added else []
        if ((area.left, area.right) in across and down) or ((area.top, area.bottom) in across and not down):
            return True
    return False


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
