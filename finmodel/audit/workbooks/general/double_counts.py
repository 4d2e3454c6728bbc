"""Sums that add a figure twice: a cell twice over, or a subtotal and what it is made of."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.workbooks.general.analysis import Analysis, Area, Node
from finmodel.audit.workbooks.general.check import Check, Mark
from finmodel.audit.workbooks.general.places import CellIndex
from finmodel.audit.workbooks.general.sums import Added, Sums, sums_of
from finmodel.lines.cells import address

CHECK = Check(
    id="double-count",
    title="Figure counted twice",
    why="A total that adds a line and then a subtotal of that line is too large by the line.",
    source="ICAEW principle 18 (test the workbook); ICAEW Code, Review and test your models; FAST 3.02-03",
    certainty="likely",
    remedy="Add the lines, or their subtotals, and not both.",
    false_alarms="Not reported: a sum that takes the subtotal away again or halves the whole, SUBTOTAL, which passes "
    "over its own kind, cumulative lines, and a cell added to itself alone (`=B2+B2`). Only formulas that add and "
    "subtract are read.",
)
_MOST_TERMS = 60
_MOST_SUMS = 400  # subtotals of one column that are looked at for one sum
_SHOWN = 3


def look(analysis: Analysis) -> Iterator[Mark]:
    """Each sum that adds a cell twice, or a subtotal with cells that the subtotal adds."""
    sums = analysis.once(sums_of)
    plain = {node for node, added in sums.items() if added.is_plain and added.cells > 1}
    places = CellIndex(plain)
    for node, added in sums.items():
        if len(added.added) > _MOST_TERMS:
            continue
        twice = _overlap(added)
        if twice is not None:
            what = f"{analysis.formula(node[0], node[1:])} counts {_area(analysis, twice, node)} twice"
            yield Mark(node[0], node[1:], what, "likely", group=f"twice {analysis.shapes[node[0]][node[1:]].key}")
            continue
        inner = _subtotals(sums, places, node, added)
        if inner:
            yield Mark(
                node[0],
                node[1:],
                _in_words(analysis, node, inner),
                "likely",
                group=f"subtotal {analysis.shapes[node[0]][node[1:]].key}",
            )


def _overlap(added: Added) -> Area | None:
    """What two of the areas that are added have in common; None where they have nothing, or all are one cell."""
    areas = added.added
    if len(areas) < 2 or len(set(areas)) == 1:
        return None
    for at, one in enumerate(areas):
        for other in areas[:at]:
            common = _common(one, other)
            if common is not None and not any(_common(common, area) for area in added.taken):
                return common
    return None


def _common(one: Area, other: Area) -> Area | None:
    top, left = max(one.top, other.top), max(one.left, other.left)
    bottom, right = min(one.bottom, other.bottom), min(one.right, other.right)
    return (
        Area(one.sheet, top, left, bottom, right)
        if one.sheet == other.sheet and top <= bottom and left <= right
        else None
    )


def _subtotals(sums: Sums, places: CellIndex, node: Node, added: Added) -> list[Node]:
    """The cells that a sum adds which are sums of cells that it adds too."""
    found: list[Node] = []
    for area in added.added:
        for column in places.columns(area):
            first, last = places.span(area, column)
            for row in places.rows(area.sheet, column)[first : min(last, first + _MOST_SUMS)]:
                inner = (area.sheet, row, column)
                if inner != node and _is_within(sums[inner], added) and not _is_taken(inner, added):
                    found.append(inner)
    return found


def _is_within(inner: Added, added: Added) -> bool:
    """Whether all that a subtotal adds lies in what the sum adds."""
    return all(any(_holds(whole, part) for whole in added.added) for part in inner.added)


def _is_taken(inner: Node, added: Added) -> bool:
    return any(area.sheet == inner[0] and area.holds(*inner[1:]) for area in added.taken)


def _holds(whole: Area, part: Area) -> bool:
    return (
        whole.sheet == part.sheet
        and whole.top <= part.top
        and part.bottom <= whole.bottom
        and whole.left <= part.left
        and part.right <= whole.right
    )


def _in_words(analysis: Analysis, node: Node, inner: list[Node]) -> str:
    shown = [f"{analysis.named(each, node[0])} ({analysis.formula(each[0], each[1:])})" for each in inner[:_SHOWN]]
    more = f" and {len(inner) - _SHOWN:,} more" if len(inner) > _SHOWN else ""
    what = (
        f"{analysis.formula(node[0], node[1:])} adds {', '.join(shown)}{more} and the cells that they are made of too"
    )
    if len(inner) == 1:
        what = what.replace("that they are made of", "that it is made of")
    values = [_value(analysis, each) for each in (node, *inner)]
    if all(value is not None for value in values):
        total, twice = values[0] or 0.0, sum(value or 0.0 for value in values[1:])
        what += f": {total:,.15g}, and {total - twice:,.15g} without"
    return what


def _value(analysis: Analysis, node: Node) -> float | None:
    cell = analysis.cell(node)
    return cell.value if cell is not None and isinstance(cell.value, float) else None


def _area(analysis: Analysis, area: Area, node: Node) -> str:
    first = analysis.named(area[:3], node[0])
    return first if area.is_one_cell else f"{first}:{address(area.bottom, area.right)}"
