"""What formulas read through one another: circles, and what a change reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from finmodel.audit.workbooks.general.analysis import Analysis, Area, Node, range_of
from finmodel.audit.workbooks.general.places import CellIndex
from finmodel.audit.workbooks.general.shapes import RelativeReference

Reads: TypeAlias = Mapping[Node, tuple[tuple[RelativeReference, Area], ...]]


def reads_with_arrays(analysis: Analysis) -> Reads:
    """What each formula reads, and each cell that an array formula fills: what that formula reads."""
    reads = dict(analysis.reads)
    for number, sheet in enumerate(analysis.sheets):
        for place, cell in sheet.cells.items():
            filled = range_of(number, cell.covered_by) if cell.covered_by and not cell.formula else None
            if filled is not None:
                reads[number, *place] = analysis.reads.get(filled[:3], ())
    return reads


def needs_a_circle(reads: Reads, places: CellIndex, node: Node) -> bool:
    """Whether a formula needs, through however many others, one that needs itself; places: where the formulas are."""
    done: set[Node] = set()
    way, on_the_way = [(node, _formulas_read(reads, places, node))], {node}
    while way:
        here, ahead = way[-1]
        there = next(ahead, None)
        if there is None:
            way.pop()
            on_the_way.discard(here)
            done.add(here)
        elif there in on_the_way:
            return True
        elif there not in done:
            way.append((there, _formulas_read(reads, places, there)))
            on_the_way.add(there)
    return False


def _formulas_read(reads: Reads, places: CellIndex, node: Node) -> Iterator[Node]:
    for _, area in reads[node]:
        for column in places.columns(area):
            first, last = places.span(area, column)
            yield from ((area.sheet, row, column) for row in places.rows(area.sheet, column)[first:last])


def reading_of(analysis: Analysis, roots: set[Node], among: Iterable[Node]) -> set[Node]:
    """The cells among some that read a root, or another of them that does: others moved by rounding alone."""
    reached, waiting = set(roots), [node for node in among if node not in roots]
    while True:
        places, before = CellIndex(reached), len(reached)
        for node in waiting:
            if any(
                area[:3] in reached if area.is_one_cell else places.any_in(area) for _, area in analysis.reads[node]
            ):
                reached.add(node)
        waiting = [node for node in reversed(waiting) if node not in reached]
        if len(reached) == before:
            return reached
