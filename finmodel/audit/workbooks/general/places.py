"""Chosen cells of a workbook, ready to be asked which of them lie in a range."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable

from finmodel.audit.workbooks.general.analysis import Area, Node


class CellIndex:
    """Cells by sheet and column, their rows in order: a range is searched by halves, however large it is."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._rows: dict[tuple[int, int], list[int]] = defaultdict(list)
        for sheet, row, column in sorted(nodes):
            self._rows[sheet, column].append(row)
        self._columns: dict[int, list[int]] = defaultdict(list)
        for sheet, column in sorted(self._rows):
            self._columns[sheet].append(column)

    def columns(self, area: Area) -> list[int]:
        """The columns of an area that hold chosen cells."""
        columns = self._columns.get(area.sheet, [])
        return columns[bisect_left(columns, area.left) : bisect_right(columns, area.right)]

    def rows(self, sheet: int, column: int) -> list[int]:
        """The rows of a column that are chosen, in order."""
        return self._rows[sheet, column]

    def span(self, area: Area, column: int) -> tuple[int, int]:
        """The chosen rows of a column that an area holds: from which to before which in their order."""
        rows = self._rows[area.sheet, column]
        return bisect_left(rows, area.top), bisect_right(rows, area.bottom)

    def any_in(self, area: Area) -> bool:
        """Whether an area holds a chosen cell."""
        return any(first < last for first, last in (self.span(area, column) for column in self.columns(area)))
