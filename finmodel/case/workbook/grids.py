"""The cells of a workbook by sheet, as they were found: nothing is known here of what they mean."""

from __future__ import annotations

from msgspec import Struct, field

from finmodel.case.workbook.cells import Found
from finmodel.lines.cells import address

Position = tuple[int, int]  # row and column, from 1


class Grid(Struct):
    """A sheet. merged: ranges of merged cells, first and last position."""

    name: str
    cells: dict[Position, Found]
    merged: list[tuple[Position, Position]] = field(default_factory=list)

    def found(self, row: int, column: int) -> Found:
        """The cell at a position, an empty one where there is none."""
        return self.cells.get((row, column), Found(None))

    def text(self, row: int, column: int) -> str:
        """What a cell shows, for headings: its text, tidied; "" for anything else."""
        value = self.found(row, column).value
        return " ".join(value.split()) if isinstance(value, str) else "" if value is None else str(value)

    @property
    def rows(self) -> list[int]:
        """The rows that hold anything, in order."""
        return sorted({row for (row, _), cell in self.cells.items() if not is_empty(cell)})

    def columns_of(self, row: int) -> list[int]:
        """The columns of a row that hold anything."""
        return sorted(column for (at, column), cell in self.cells.items() if at == row and not is_empty(cell))

    def above(self, row: int, column: int) -> Position:
        """The position whose value a cell shows: the first one of the range that it was merged into, or its own."""
        for (top, left), (bottom, right) in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return row, column


def is_empty(cell: Found) -> bool:
    """Whether a cell holds nothing that anybody sees."""
    return not cell.is_error and not cell.uncalculated and (cell.value is None or not str(cell.value).strip())


def cell_name(sheet: str, row: int, column: int) -> str:
    """`Posts!C7`, with the sheet's name in quotation marks where it needs them."""
    named = sheet if sheet.isalnum() else "'" + sheet.replace("'", "''") + "'"
    return f"{named}!{address(row, column)}"
