"""Which formulas read a cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator

from finmodel.audit.workbooks.general.analysis import Analysis, Area, Node


class Readers:
    """What reads a cell: the formulas, and whether a chart, a rule or a name does."""

    def __init__(self, analysis: Analysis) -> None:
        self._one: dict[Node, list[Node]] = defaultdict(list)
        self._whole: dict[Area, list[Node]] = defaultdict(list)
        for node, reads in analysis.reads.items():
            for _, area in reads:
                if area.is_one_cell:
                    self._one[area[:3]].append(node)
                else:
                    self._whole[area].append(node)
        columns = [sorted({column for _, column in sheet.cells}) for sheet in analysis.sheets]
        self._areas: dict[tuple[int, int], list[Area]] = defaultdict(list)
        for area in self._whole:
            filled = columns[area.sheet]
            for column in filled[bisect_left(filled, area.left) : bisect_right(filled, area.right)]:
                self._areas[area.sheet, column].append(area)
        outside = [(formula, 0) for formula in analysis.workbook.chart_references]
        outside += [(formula, at) for at, sheet in enumerate(analysis.sheets) for formula in sheet.other_formulas]
        self._outside = [area for formula, sheet in outside for area in analysis.areas_in(formula, sheet)]

    def of(self, node: Node) -> Iterator[Node]:
        """Every formula that reads a cell, once for each way in which it does."""
        yield from self._one.get(node, ())
        for area, readers in self.areas(node):
            if area.holds(*node[1:]):
                yield from readers

    def areas(self, node: Node) -> Iterator[tuple[Area, list[Node]]]:
        """The ranges over a cell that formulas read, each with these formulas."""
        for area in self._areas.get((node[0], node[2]), ()):
            if area.top <= node[1] <= area.bottom:
                yield area, self._whole[area]

    def any_of(self, node: Node) -> bool:
        """Whether anything reads a cell: a formula, a chart, a rule."""
        return next(self.of(node), None) is not None or any(
            area.sheet == node[0] and area.holds(*node[1:]) for area in self._outside
        )
