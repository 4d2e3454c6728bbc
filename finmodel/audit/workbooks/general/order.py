"""Sheets on which formulas may need each other, told from those that can be worked out in a plain order.

Most sheets look up, left and to other sheets only. Where all formulas that a sheet reads of its own stand before, row
by row or column by column, none of them can need itself; only the other sheets have to be searched cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.workbooks.general.analysis import Analysis, Area, Node
from finmodel.audit.workbooks.general.places import CellIndex
from finmodel.lines.graphs import strongly_connected

PLACE_ONLY = {"ROW", "ROWS", "COLUMN", "COLUMNS", "AREAS", "SHEET", "ISFORMULA", "FORMULATEXT"}
"""Functions that only ask where a cell is, and do not read it."""


def sheets_in_doubt(analysis: Analysis) -> frozenset[int]:
    """The sheets, by number, on which any circle must lie: in neither order, or in need of each other."""
    out_of_rows, out_of_columns = set(), set()
    others: list[set[int]] = [set() for _ in analysis.sheets]
    for node, area in _not_plainly_before(analysis, others):
        sheet, row, column = node
        if area.sheet != sheet:
            others[sheet].add(area.sheet)
            continue
        if (area.bottom, area.right) >= (row, column):
            out_of_rows.add(sheet)
        if (area.right, area.bottom) >= (column, row):
            out_of_columns.add(sheet)
    groups = strongly_connected([sorted(read) for read in others])
    return frozenset(out_of_rows & out_of_columns).union(*(group for group in groups if len(group) > 1))


def _not_plainly_before(analysis: Analysis, others: list[set[int]]) -> Iterator[tuple[Node, Area]]:
    """Each formula with an area of formulas that is neither above and left of it nor on a sheet known to be read."""
    formulas = CellIndex(analysis.reads)
    for node, pairs in analysis.reads.items():
        sheet, row, column = node
        for use, area in pairs:
            read, _, _, bottom, right = area
            if read != sheet:
                if read in others[sheet]:
                    continue
            elif bottom <= row and right <= column and (bottom < row or right < column):
                continue
            if use.function not in PLACE_ONLY and formulas.any_in(area):
                yield node, area
