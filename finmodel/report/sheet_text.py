"""What a cell can hold: longer text is cut with a mark, never in silence, and rows have a sheet's height at most."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from finmodel.report.streamed_workbook import StreamedWorkbook

LONGEST_IN_A_CELL = 32_767  # UTF-16 units, of which a character has one or two. Source: Excel specifications and limits
TALLEST_ROW = 409  # points, from there too
USUAL_ROW = 15.0  # points
CUT = " … [cut here: a cell holds no more]"
_BYTES_A_UNIT = 2


def fitting(text: str) -> str:
    """Text that a cell can hold: all of it, or its beginning and a mark."""
    if len(text) * 2 <= LONGEST_IN_A_CELL or _units(text) <= LONGEST_IN_A_CELL:
        return text
    room = (LONGEST_IN_A_CELL - _units(CUT)) * _BYTES_A_UNIT
    return text.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore") + CUT


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // _BYTES_A_UNIT


class TextWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A worksheet that says where it cuts a text, which XlsxWriter does in silence, and knows how high its rows are."""

    def __init__(self) -> None:
        super().__init__()
        self._heights: dict[int, float] = {}

    def _write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> Any:
        return super()._write_string(row, col, fitting(string), cell_format)

    def set_row(self, row: int, height: float | None = None, *others: Any, **named: Any) -> Any:
        """Set a row's height, no taller than a sheet allows."""
        if height is None:
            return super().set_row(row, height, *others, **named)
        self._heights[row] = min(height, TALLEST_ROW)
        return super().set_row(row, self._heights[row], *others, **named)

    def height(self, row: int) -> float:
        """How high a row is, in points."""
        return self._heights.get(row, USUAL_ROW)


class TextWorkbook(StreamedWorkbook):
    """A workbook of such worksheets."""

    def add_worksheet(self, name: str | None = None, worksheet_class: type[TextWorksheet] | None = None) -> Worksheet:
        """A new worksheet, after those there are."""
        return super().add_worksheet(name, worksheet_class or TextWorksheet)
