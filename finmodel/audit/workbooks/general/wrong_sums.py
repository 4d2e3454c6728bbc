"""Totals that add the wrong cells: a year among the pounds, or the totals beside in place of the figures above."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.workbooks.contents import Position
from finmodel.audit.workbooks.general.analysis import Analysis, Area, Node
from finmodel.audit.workbooks.general.check import Check, Mark
from finmodel.audit.workbooks.general.headings import is_year_heading
from finmodel.audit.workbooks.general.labels import TOTAL, heading
from finmodel.audit.workbooks.general.sums import Added, Sums, sums_of
from finmodel.lines.cells import address

CHECK = Check(
    id="wrong-sum",
    title="Total of the wrong cells",
    why="AutoSum takes the numbers that stand nearest: a year above the pounds, or the totals to the left where the "
    "figures above were meant.",
    source="ICAEW principle 18 (test the workbook); ICAEW Code, Review and test your models",
    certainty="likely",
    remedy="Set the range to the figures that the total is named for.",
    false_alarms="A year is told by the years beside it, or by being called one; a lone figure such as 2,000 is none. "
    "Not reported: totals across where the column is made of row totals too, or is called a total.",
)
_FEWEST = 2  # figures above a total


def look(analysis: Analysis) -> Iterator[Mark]:
    """Each sum with a heading in it, and each that adds the totals beside it and leaves its own column out."""
    sums = analysis.once(sums_of)
    for node, added in sums.items():
        key = analysis.shapes[node[0]][node[1:]].key
        heading = next((found for area in added.added if (found := _heading(analysis, area)) is not None), None)
        if heading is not None:
            year = analysis.cell(heading)
            value = year.value if year is not None else ""
            what = (
                f"{analysis.formula(node[0], node[1:])} adds the year {value:g} in {analysis.named(heading, node[0])}"
            )
            yield Mark(node[0], node[1:], what, "likely", group=f"year {key}")
            continue
        own = _left_alone(analysis, sums, node, added)
        if own is not None:
            yield Mark(node[0], node[1:], _in_words(analysis, node, added.added[0], own), "likely", group=f"own {key}")


def _heading(analysis: Analysis, area: Area) -> Node | None:
    """The year at the beginning of a range of other figures; None where there is none."""
    if area.is_one_cell or (area.top < area.bottom and area.left < area.right):
        return None
    step = (1, 0) if area.top < area.bottom else (0, 1)
    first, second = (area.top, area.left), (area.top + step[0], area.left + step[1])
    sheet = analysis.sheets[area.sheet]
    cell, after = sheet.cells.get(first), sheet.cells.get(second)
    if cell is None or after is None or cell.kind != "number":
        return None
    across = (step[1], step[0])
    is_year = is_year_heading(sheet, first, across)
    return (area.sheet, *first) if is_year and not is_year_heading(sheet, second, across) else None


def _left_alone(analysis: Analysis, sums: Sums, node: Node, added: Added) -> Area | None:
    """The figures right above (or before) a sum of the totals beside it, which are totals of the lines of these."""
    if not added.is_plain or len(added.added) != 1:
        return None
    sheet, row, column = node
    area = added.added[0]
    if area.sheet != sheet or area.is_one_cell:
        return None
    if area.top == area.bottom == row and area.right == column - 1:
        beside = [(sheet, row, other) for other in range(area.left, column)]
        wanted = _column_of(sums, beside, True)
        own = wanted and Area(sheet, wanted[0], column, wanted[1], column)
    elif area.left == area.right == column and area.bottom == row - 1:
        beside = [(sheet, other, column) for other in range(area.top, row)]
        wanted = _column_of(sums, beside, False)
        own = wanted and Area(sheet, row, wanted[0], row, wanted[1])
    else:
        return None
    return own if own and _are_figures(analysis, own, node, len(beside)) else None


def _column_of(sums: Sums, beside: list[Node], down: bool) -> tuple[int, int] | None:
    """From where to where each of some totals adds its own column (or row): the same for all, else None."""
    found: set[tuple[int, int]] = set()
    for node in beside:
        added = sums.get(node)
        if added is None or not added.is_plain or len(added.added) != 1:
            return None
        area = added.added[0]
        if area.sheet != node[0] or ((area.left, area.right) != (node[2], node[2]) and down):
            return None
        if not down and (area.top, area.bottom) != (node[1], node[1]):
            return None
        found.add((area.top, area.bottom) if down else (area.left, area.right))
    return found.pop() if len(found) == 1 else None


def _are_figures(analysis: Analysis, own: Area, node: Node, beside: int) -> bool:
    """Whether the figures above are typed ones that are not the totals of their lines."""
    sheet = analysis.sheets[own.sheet]
    places = [(row, column) for row in range(own.top, own.bottom + 1) for column in range(own.left, own.right + 1)]
    typed = [
        place
        for place in places
        if (cell := sheet.cells.get(place)) and cell.kind == "number" and not cell.is_calculated
    ]
    if len(typed) < _FEWEST or any(place in analysis.shapes[own.sheet] for place in places):
        return False
    down = own.left == own.right
    if TOTAL.search(heading(sheet, (own.top, own.left), across=down)):
        return False
    step = (0, -1) if down else (-1, 0)
    return not all(_is_sum_beside(analysis, own.sheet, place, step, beside) for place in typed)


def _is_sum_beside(analysis: Analysis, number: int, place: Position, step: Position, count: int) -> bool:
    cells = analysis.sheets[number].cells
    near = [cells.get((place[0] + step[0] * far, place[1] + step[1] * far)) for far in range(1, count + 1)]
    values = [cell.value for cell in near if cell is not None and isinstance(cell.value, float)]
    own = cells[place].value
    return isinstance(own, float) and bool(values) and abs(sum(values) - own) < 1


def _in_words(analysis: Analysis, node: Node, area: Area, own: Area) -> str:
    cells = analysis.sheets[own.sheet].cells
    figures = [
        cell.value
        for row in range(own.top, own.bottom + 1)
        for column in range(own.left, own.right + 1)
        if (cell := cells.get((row, column))) is not None and isinstance(cell.value, float)
    ]
    what = f"{analysis.formula(node[0], node[1:])} adds the totals {address(area.top, area.left)}:"
    what += f"{address(area.bottom, area.right)} and not its own {address(own.top, own.left)}:"
    what += f"{address(own.bottom, own.right)}, as these do"
    cell = analysis.cell(node)
    if cell is not None and isinstance(cell.value, float):
        what += f": {cell.value:,.15g}, where its own figures make {sum(figures):,.15g}"
    return what
