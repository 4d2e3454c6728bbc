"""A worksheet for lines: the cells of a row that share a formula are kept as one strip, and written as one.

XlsxWriter keeps a tuple for every cell and asks of each what it is, where it stands and whether it needs escaping.
A workbook of many months has millions of cells, and nearly all of them are strips. The file is the same, byte by byte:
`tests/lines/test_lines_workbook.py` writes it cell by cell too.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.worksheet import CellBlankTuple, CellFormulaTuple, CellNumberTuple, CellStringTuple

from finmodel.lines.excel import HERE, column_letters, in_column, in_columns
from finmodel.report.sheet_text import TextWorksheet

_ROWS_OF_A_SPAN = 16  # XlsxWriter says of so many rows together how far they reach


class _Strip(NamedTuple):
    """Cells side by side: their formula for any column, or "" where they are numbers alone, and their numbers."""

    columns: range
    formula: str
    style: Format
    values: Sequence[float]


class LineWorksheet(TextWorksheet):
    """A worksheet whose formulas use no function younger than Excel 2007, and whose rows and columns are numbers.

    XlsxWriter looks through every formula with 29 patterns for younger functions, which need a prefix in the file, and
    with one more for those that spill; that took most of the time to write a workbook. The line language has none.
    """

    def write_strip(self, row: int, columns: range, formula: str, style: Format, values: Sequence[float]) -> None:
        """Write numbers side by side, each with the formula of its column; as inputs where the formula is "".

        formula: for any column, with its equals sign (`formula_in_any_column`). IndexError outside a sheet.
        """
        if self._check_dimensions(row, columns[0]) or self._check_dimensions(row, columns[-1]):
            raise IndexError(f"a sheet has no row {row + 1} with a column {columns[-1] + 1}")
        self.table[row][columns[0]] = _Strip(columns, formula.removeprefix("="), style, values)

    def write_string(self, row: int, col: int, string: str, cell_format: Format | None = None) -> int:
        """Write a text. Returns 0, and −1 outside a sheet."""
        return int(self._write_string(row, col, string, cell_format))

    def _write_formula(self, row: int, col: int, formula: str, cell_format: Any = None, value: Any = 0) -> int:
        if self._check_dimensions(row, col):
            return -1
        self.table[row][col] = CellFormulaTuple(formula.removeprefix("="), cell_format, value)
        return 0

    def _get_range_data(self, row_start: int, col_start: int, row_end: int, col_end: int) -> Any:
        """What a chart draws, which XlsxWriter looks up cell by cell: few rows are drawn, and these become cells."""
        for row in self.table.keys() & set(range(row_start, row_end + 1)):
            for strip in [cell for cell in self.table[row].values() if type(cell) is _Strip]:
                self.table[row].update(_as_cells(strip))
        return super()._get_range_data(row_start, col_start, row_end, col_end)

    def _calculate_spans(self) -> None:
        reach: dict[int, tuple[int, int]] = {}
        for row, cells in self.table.items():
            if cells:
                last = max(cell.columns[-1] if type(cell) is _Strip else column for column, cell in cells.items())
                first, block = min(cells), row // _ROWS_OF_A_SPAN
                before = reach.get(block, (first, last))
                reach[block] = (min(first, before[0]), max(last, before[1]))
        self.row_spans = {block: f"{first + 1}:{last + 1}" for block, (first, last) in reach.items()}

    def _write_rows(self) -> None:
        self._calculate_spans()
        for row in sorted(self.row_info.keys() | {row for row, cells in self.table.items() if cells}):
            cells = self.table.get(row, {})
            span = self.row_spans.get(row // _ROWS_OF_A_SPAN)
            self._write_row(row, span, self.row_info.get(row), empty_row=not cells)
            for column in sorted(cells):
                self._write_cell(row, column, cells[column])
            if cells:
                self._xml_end_tag("row")

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        kind = type(cell)
        if kind is _Strip:
            self.fh.write(_written(row, cell))
        elif kind is CellStringTuple and cell.format:
            place = f'r="{column_letters(col)}{row + 1}" s="{cell.format._get_xf_index()}"'
            self.fh.write(f'<c {place} t="s"><v>{cell.string}</v></c>')
        elif kind is CellBlankTuple and cell.format:
            self.fh.write(f'<c r="{column_letters(col)}{row + 1}" s="{cell.format._get_xf_index()}"/>')
        else:
            super()._write_cell(row, col, cell)


def _as_cells(strip: _Strip) -> dict[int, CellFormulaTuple | CellNumberTuple]:
    """The cells of a strip as XlsxWriter keeps them, by their columns."""
    numbers = {column: value + 0.0 for column, value in zip(strip.columns, strip.values, strict=True)}
    if not strip.formula:
        return {column: CellNumberTuple(value, strip.style) for column, value in numbers.items()}
    return {
        column: CellFormulaTuple(in_column(strip.formula, column), strip.style, value)
        for column, value in numbers.items()
    }


def _written(row: int, strip: _Strip) -> str:
    """The cells of a strip as the file has them."""
    cell = f'<c r="{HERE}{row + 1}" s="{strip.style._get_xf_index()}">'
    if not strip.formula:
        beginnings = zip(in_columns(cell, strip.columns), strip.values, strict=True)
        return "".join([f"{begun}<v>{value + 0.0:.16G}</v></c>" for begun, value in beginnings])
    cell += f"<f>{escape(strip.formula, quote=False)}</f>"
    beginnings = zip(in_columns(cell, strip.columns), strip.values, strict=True)
    return "".join([f"{begun}<v>{value + 0.0}</v></c>" for begun, value in beginnings])  # never minus zero
