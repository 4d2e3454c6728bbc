"""Which formulas need each other: circles among the cells, found without writing out what every range holds.

A cell that reads a range of a thousand formulas would need a thousand arrows; a column of running totals, half a
million. So the formulas of each column are a row of blocks, halved and halved again, and a range is an arrow to the few
blocks that make it up.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable

from finmodel.audit.workbooks.general.analysis import Analysis, Area, Node
from finmodel.audit.workbooks.general.order import PLACE_ONLY, sheets_in_doubt
from finmodel.audit.workbooks.general.places import CellIndex
from finmodel.lines.graphs import strongly_connected

_MOST_ARROWS = 20_000_000


def circles_of(analysis: Analysis) -> list[list[Node]]:
    """One shortest circle of each group of formulas that need each other; raises TooManyArrowsError."""
    return Graph(analysis, sheets_in_doubt(analysis)).circles()


class TooManyArrowsError(Exception):
    """The workbook's references cannot be searched for circles in reasonable time."""


class Graph:
    """The formulas of some sheets, and for each the nodes that it reads: formulas there, or blocks of them."""

    def __init__(self, analysis: Analysis, sheets: Collection[int]) -> None:
        self.cells: list[Node] = [node for node in analysis.reads if node[0] in sheets]
        self._number = {node: at for at, node in enumerate(self.cells)}
        self._places = CellIndex(self.cells)
        self.arrows: list[list[int]] = [[] for _ in self.cells]
        self._blocks: dict[tuple[int, int, int, int], int] = {}
        self._areas: dict[Area, list[int]] = {}
        self._count = 0
        for at, node in enumerate(self.cells):
            for use, area in analysis.reads[node]:
                if use.function not in PLACE_ONLY:
                    self._point(at, area)

    def _point(self, at: int, area: Area) -> None:
        if area.is_one_cell:
            target = self._number.get(area[:3])
            if target is not None:
                self.arrows[at].append(target)
            return
        if area not in self._areas:
            self._areas[area] = self._blocks_of(area)
        self.arrows[at].extend(self._areas[area])
        self._count += len(self._areas[area])
        if self._count > _MOST_ARROWS:
            raise TooManyArrowsError

    def _blocks_of(self, area: Area) -> list[int]:
        found: list[int] = []
        for column in self._places.columns(area):
            found.extend(self._blocks_between(area.sheet, column, *self._places.span(area, column)))
        return found

    def _blocks_between(self, sheet: int, column: int, first: int, last: int) -> Iterable[int]:
        """Blocks that together hold the formulas from `first` to before `last` of a column, largest first."""
        while first < last:
            size = first & -first if first else 1 << (last - first).bit_length()
            while first + size > last:
                size >>= 1
            yield self._block(sheet, column, first, size)
            first += size

    def _block(self, sheet: int, column: int, first: int, size: int) -> int:
        rows = self._places.rows(sheet, column)
        if size == 1:
            return self._number[sheet, rows[first], column]
        known = self._blocks.get((sheet, column, first, size))
        if known is not None:
            return known
        number = len(self.arrows)
        self._blocks[sheet, column, first, size] = number
        self.arrows.append([])
        half = size // 2
        self.arrows[number] = [
            self._block(sheet, column, start, half) for start in (first, first + half) if start < len(rows)
        ]
        return number

    def circles(self) -> list[list[Node]]:
        """One shortest circle of each group of formulas that need each other, in the order in which they are read."""
        found = []
        for group in strongly_connected(self.arrows):
            if len(group) == 1 and group[0] not in self.arrows[group[0]]:
                continue
            inside = set(group)
            start = min((at for at in group if at < len(self.cells)), key=lambda at: self.cells[at])
            found.append([self.cells[at] for at in self._round(start, inside) if at < len(self.cells)])
        return sorted(found)

    def _round(self, start: int, inside: set[int]) -> list[int]:
        """The shortest way from a node back to itself within its group."""
        before: dict[int, int] = {}
        waiting = deque([start])
        while waiting:
            at = waiting.popleft()
            for target in self.arrows[at]:
                if target == start:
                    way = [at]
                    while way[-1] != start:
                        way.append(before[way[-1]])
                    return way[::-1]
                if target in inside and target not in before:
                    before[target] = at
                    waiting.append(target)
        return [start]
