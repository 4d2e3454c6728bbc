"""Tables as plain text: rows and cells, each with small print where it needs some."""

from __future__ import annotations

from dataclasses import dataclass

NO_FIGURE = "No figure"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, and small print below it."""

    text: str
    note: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what it is, small print below that, its cells. `kind`: "", "part", "total", or "group" for a heading."""

    header: str
    cells: tuple[Cell, ...] = ()
    note: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; `columns` are the headings after the first, each with small print below it."""

    id: str
    caption: str
    corner: str
    columns: tuple[Cell, ...]
    rows: tuple[Row, ...]
    note: str = ""
    figures: bool = True  # whether the cells are figures, which are set to the right
