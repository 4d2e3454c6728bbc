"""Tables of words on the pages of an audit, cut where they are too long for a page."""

from __future__ import annotations

from collections.abc import Sequence

from finmodel.document.table import Cell, Row, Table

MOST_ROWS = 500  # of one table; the JSON has all
NOTHING = "\N{EN DASH}"


def cut(rows: Sequence[Row]) -> tuple[tuple[Row, ...], str]:
    """As many rows as a page can bear, and a note where that is not all."""
    if len(rows) <= MOST_ROWS:
        return tuple(rows), ""
    return tuple(rows[:MOST_ROWS]), f"The first {MOST_ROWS:,} of {len(rows):,}; audit.json has all."


def table(
    name: str,
    caption: str,
    corner: str,
    columns: Sequence[str],
    rows: Sequence[Row],
    note: str = "",
    looks: str = "",
) -> Table:
    """A table of words, cut where it is too long for a page. looks: how its columns share the width."""
    shown, more = cut(rows)
    return Table(
        id=name,
        caption=caption,
        corner=corner,
        columns=tuple(map(Cell, columns)),
        rows=shown,
        note=" ".join(text for text in (note, more) if text),
        figures=False,
        looks=f"audit {looks}".strip(),
    )
