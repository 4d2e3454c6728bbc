"""Sums that stop short of the cells beside their range."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from finmodel.audit.workbooks.contents import Position, SheetCell
from finmodel.audit.workbooks.general.analysis import Analysis, Area, Node
from finmodel.audit.workbooks.general.check import Certainty, Check, Mark
from finmodel.audit.workbooks.general.cut_short import cut_short
from finmodel.audit.workbooks.general.headings import is_date, is_heading
from finmodel.audit.workbooks.general.labels import APART, TOTAL, heading
from finmodel.audit.workbooks.general.left_out import left_out
from finmodel.audit.workbooks.general.readers import Readers
from finmodel.audit.workbooks.general.shapes import RelativeReference
from finmodel.lines.cells import address

CHECK = Check(
    id="short-sum",
    title="Sum that misses a row or column",
    why="A row added below the last, or above the first, is not in the total.",
    source="ICAEW principle 18 (test the workbook); FAST 3.02-03 (no references to part of a range); ICAEW Code, "
    "Review and test your models",
    certainty="likely",
    remedy="Stretch the range over all rows, or to an empty row above the total, so that new rows fall within it.",
    false_alarms="Reported for sums right below, or to the right of, what they add, by range, plus signs or commas; "
    "elsewhere only where one like cell follows, which a running total reads, or which nothing reads. Not reported: "
    "running totals, rolling windows, headings with years, lines called a total or a memo, and what a formula adds "
    "together with the sum. Reported as possible: a cell unlike those in the range, a column before the first, the "
    "part of a ratio, and where most totals of the row leave out nothing.",
)
_SUMS = {"SUM", "AVERAGE", "MIN", "MAX", "COUNT", "COUNTA", "SUBTOTAL"}
_FEW = 3  # cells that may be forgotten
_GAP = 2  # empty cells before the total
_FAR = 100


def look(analysis: Analysis) -> Iterator[Mark]:
    """Each sum that leaves out a line: beside its range, between the cells it names, or at the end of one elsewhere."""
    told = set()
    for look_for in (_beside, left_out, cut_short):
        for mark in look_for(analysis):
            if (mark.sheet, mark.position) not in told:
                told.add((mark.sheet, mark.position))
                yield mark


def _beside(analysis: Analysis) -> Iterator[Mark]:
    """Each sum over part of a column or row with numbers left out between it and the sum, or before its first."""
    marks: list[tuple[Mark, int]] = []
    for number, place, shape in analysis.formulas():
        if not shape.functions & _SUMS:
            continue
        reads = analysis.reads[number, *place]
        for area in [area for use, area in reads if _is_summed(use) and area.sheet == number]:
            found = _missed(analysis, number, place, area)
            if found is None or any(each.sheet == number and each.holds(*found[0]) for _, each in reads):
                continue
            missed, certainty = found
            called = heading(analysis.sheets[number], missed, across=missed[0] == place[0])
            if APART.search(called) or TOTAL.match(called):
                continue
            if certainty == "likely" and _is_in_doubt(analysis, (number, *place), area, missed):
                certainty = "possible"
            if certainty == "likely" and _counted_elsewhere(analysis, (number, *place), (number, *missed)):
                continue
            what = f"{analysis.formula(number, place)} leaves out {address(*missed)}"
            line = place[1] if missed[0] == place[0] else -place[0]
            marks.append((Mark(number, place, what, certainty, group=f"{shape.key}"), line))
    yield from _weighed(analysis, marks)


def _weighed(analysis: Analysis, marks: list[tuple[Mark, int]]) -> Iterator[Mark]:
    """Marks as sure as the line of totals allows: where most totals of one formula leave out nothing, it is meant.

    marks: each with the column of its totals, or, below zero, their row.
    """
    likely = Counter((mark.sheet, line, mark.group) for mark, line in marks if mark.certainty == "likely")
    totals: Counter[tuple[int | None, int, str]] = Counter()
    for sheet in {sheet for sheet, _, _ in likely if sheet is not None}:
        for (row, column), shape in analysis.shapes[sheet].items():
            for line in (column, -row):
                totals[sheet, line, shape.key] += 1
    for mark, line in marks:
        key = (mark.sheet, line, mark.group)
        yield replace(mark, certainty="possible") if likely[key] * 2 < totals[key] else mark


def _is_in_doubt(analysis: Analysis, node: Node, area: Area, missed: Position) -> bool:
    """Whether what is left out is shown otherwise, is an empty line's zero, or the sum is a part of a ratio."""
    sheet = analysis.sheets[node[0]]
    cell, last = sheet.cells[missed], sheet.cells.get((area.bottom, area.right))
    if last is not None and ("%" in cell.style.number_format) != ("%" in last.style.number_format):
        return True
    if not cell.value and not any(near in sheet.cells for near in _line_before(missed, node[1:])):
        return True
    own = [each for _, each in analysis.reads[node] if each.is_one_cell and each.sheet == area.sheet]
    return "/" in analysis.shapes[node[0]][node[1:]].key and any(area.holds(*each[1:3]) for each in own)


def _line_before(missed: Position, total: Position) -> list[Position]:
    """The cells at the head of the line that is left out, where its name would stand."""
    row, column = missed
    return (
        [(row, at) for at in range(1, min(column, 4))] if column == total[1] else [(at, column) for at in range(1, row)]
    )


def _counted_elsewhere(analysis: Analysis, total: Node, missed: Node) -> bool:
    """Whether a formula reads both the sum and what it leaves out: a subtotal of some lines, of a total of all."""
    readers = analysis.once(Readers)
    both = set(readers.of(total)) & set(readers.of(missed))
    return bool(both - {total})


def _is_rolling(analysis: Analysis, number: int, place: Position, step: Position) -> bool:
    """Whether the cell before or after a sum along its line has the same formula: a window that moves along."""
    shapes = analysis.shapes[number]
    key = shapes[place].key
    near = (shapes.get(_next(place, step, far)) for far in (-1, 1))
    return any(shape is not None and shape.key == key for shape in near)


def _is_summed(use: RelativeReference) -> bool:
    """A range as a whole in a sum; one that begins fixed and ends moving is a running total."""
    if use.function not in _SUMS or use.reference is None or use.reference.is_one_cell:
        return False
    first, last = use.reference.first, use.reference.last
    return first.row_fixed == last.row_fixed and first.column_fixed == last.column_fixed


def _missed(analysis: Analysis, number: int, place: Position, area: Area) -> tuple[Position, Certainty] | None:
    """The first cell left out, and how sure; None where there is none."""
    row, column = place
    if area.left == area.right == column and row > area.bottom:
        step, ends, distance = (1, 0), ((area.top, column), (area.bottom, column)), row - area.bottom
    elif area.top == area.bottom == row and column > area.right:
        step, ends, distance = (0, 1), ((row, area.left), (row, area.right)), column - area.right
    else:
        return None
    first, last = ends
    after = _items(analysis, number, last, step)
    if not 0 <= distance - 1 - after <= _GAP or _is_rolling(analysis, number, place, step):
        return None  # a sum of part of a list, further away, or a window that moves along
    size = area.bottom - area.top + area.right - area.left + 1
    if after:
        missed = _next(last, step, 1)
        return (missed, _sure(analysis, number, missed, last)) if after <= min(_FEW, size) else None
    return _missed_before(analysis, number, place, first, step, size)


def _missed_before(
    analysis: Analysis, number: int, place: Position, first: Position, step: Position, size: int
) -> tuple[Position, Certainty] | None:
    """The cell before the first of a range, where it is of the same kind."""
    before = _items(analysis, number, first, (-step[0], -step[1]))
    missed = _next(first, step, -1)
    held = analysis.sheets[number].cells
    if not before or first not in held or _kind(analysis, number, missed) != _kind(analysis, number, first):
        return None
    if before > min(_FEW, size) or (step == (0, 1) and not _is_added_beside(analysis, number, place, missed)):
        return missed, "possible"  # a column before the first period, or the last three years of more
    return missed, _sure(analysis, number, missed, first)


def _is_added_beside(analysis: Analysis, number: int, place: Position, missed: Position) -> bool:
    """Whether a total above or below one adds the column that the one leaves out."""
    for near in ((place[0] - 1, place[1]), (place[0] + 1, place[1])):
        if near in analysis.shapes[number] and any(
            area.sheet == number and area.holds(near[0], missed[1]) for _, area in analysis.reads[number, *near]
        ):
            return True
    return False


def _next(place: Position, step: Position, distance: int) -> Position:
    return place[0] + step[0] * distance, place[1] + step[1] * distance


def _items(analysis: Analysis, number: int, end: Position, step: Position) -> int:
    """How many numbers like those added follow the end of a range without a break."""
    shape = analysis.shapes[number].get(end)
    count = min(analysis.once(_Streaks).after(number, end, step, shape.key if shape else ""), _FAR)
    is_before = min(step) < 0
    if is_before and count == 1 and is_heading(analysis.sheets[number], _next(end, step, 1)):
        return 0
    return count


class _Streaks:
    """How many numbers that may be added follow a cell, each cell looked at once for all the sums near it."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._known: dict[tuple[int, Position, str], dict[Position, int]] = {}

    def after(self, number: int, end: Position, step: Position, key: str) -> int:
        """The numbers after a cell along a step; totals are among them where their key is this one."""
        known = self._known.setdefault((number, step, key), {})
        at, walked = end, []
        while at not in known:
            following = _next(at, step, 1)
            if not _is_item(self._analysis, number, following, key):
                known[at] = 0
                break
            walked.append(at)
            at = following
        count = known[at]
        for place in reversed(walked):
            count += 1
            known[place] = count
        return known[end]


def _is_item(analysis: Analysis, number: int, place: Position, key: str) -> bool:
    """Whether a cell is a number that may be added: no total, unless those added are totals of the same kind (key)."""
    sheet = analysis.sheets[number]
    cell: SheetCell | None = sheet.cells.get(place)
    if cell is None or (cell.kind != "number" and not (cell.formula and cell.kind == "blank")):
        return False
    if is_date(cell):
        return False
    shape = analysis.shapes[number].get(place)
    return shape is None or shape.key == key or not shape.functions & _SUMS


def _kind(analysis: Analysis, number: int, place: Position) -> str:
    cell = analysis.sheets[number].cells.get(place)
    if cell is not None and cell.covered_by:
        return cell.covered_by  # of a data table, whose heading is none of it
    return "typed" if place not in analysis.shapes[number] else "formula"


def _sure(analysis: Analysis, number: int, missed: Position, beside: Position) -> Certainty:
    one, other = analysis.shapes[number].get(missed), analysis.shapes[number].get(beside)
    if one is not None and other is not None:
        return "likely" if one.key == other.key else "possible"
    return "likely" if one is other else "possible"
