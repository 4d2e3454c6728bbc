"""Tables as plain text: rows and cells, each with small print where it needs some."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

NO_FIGURE, NONE = "No figure", "–"


class Cell(Struct, frozen=True):
    """A cell: its text, and small print below it. looks: its class on a page; the text says the same in words."""

    text: str
    note: str = ""
    link: str = ""
    looks: str = ""


class Row(Struct, frozen=True):
    """A row: what it is, small print below that, its cells. `kind`: "", "part", "total", or "group" for a heading."""

    header: str
    cells: tuple[Cell, ...] = ()
    note: str = ""
    kind: str = ""


class Table(Struct, frozen=True):
    """A table with its caption; `columns` are the headings after the first, each with small print below it."""

    id: str
    caption: str
    corner: str
    columns: tuple[Cell, ...]
    rows: tuple[Row, ...]
    note: str = ""
    figures: bool = True  # whether the cells are figures, which are set to the right
    looks: str = ""  # the class of the table on a page: how its columns share the width
    shares: tuple[float, ...] = ()  # of the width that each column takes on paper; () for what fits
    moved: Row | None = None  # first on a page that shows other figures than are stated
    cards: bool = False  # on a phone a card a column: what is compared is read one by one there

    @property
    def scrolls(self) -> bool:
        """Whether it is wider than a phone: words are, unless their looks say that they fit, and three figures are."""
        return "fits" not in self.looks.split() and (len(self.columns) > 2 or not self.figures)

    def columns_in(self, places: Sequence[int]) -> Table:
        """The table with some of its columns only, for a medium that is too narrow for all."""
        rows = tuple(
            row if row.kind == "group" else replace(row, cells=tuple(row.cells[place] for place in places))
            for row in self.rows
        )
        return replace(self, columns=tuple(self.columns[place] for place in places), rows=rows, shares=())

    def parts(self, most: int) -> tuple[Table, ...]:
        """The table, or tables of at most so many columns, each with an id and a caption of its own."""
        if len(self.columns) <= most:
            return (self,)
        firsts = range(0, len(self.columns), most)
        return tuple(
            replace(
                self.columns_in(range(first, min(first + most, len(self.columns)))),
                id=f"{self.id}-part-{number}",
                caption=f"{self.caption}{' (continued)' if number > 1 else ''}",
                note=self.note if first == firsts[-1] else "",
            )
            for number, first in enumerate(firsts, 1)
        )
