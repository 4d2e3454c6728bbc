"""Notes that a table says once, below it: those that several cells share, and which rows have no figure at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from string import ascii_lowercase

from msgspec.structs import replace

from finmodel.document.table import NO_FIGURE, NONE, Cell, Row, Table
from finmodel.lines.display import inside

_SHORT = 24  # letters, up to which a note such as a month is sooner read in its cell than looked up


def notes_once(table: Table) -> Table:
    """The table with its shared notes lettered below it, and its rows without any figure as a line there."""
    empty = [row for row in table.rows if row.kind == "" and _is_empty(row)]
    kept = [row for row in table.rows if row not in empty]
    counted = Counter(cell.note for row in kept for cell in row.cells if len(cell.note) > _SHORT)
    shared = [note for note, times in counted.items() if times > 1][: len(ascii_lowercase)]
    letters = dict(zip(shared, ascii_lowercase, strict=False))
    rows = tuple(replace(row, cells=tuple(_lettered(cell, letters) for cell in row.cells)) for row in kept)
    notes = [f"({letter}) {note[:1].upper()}{note[1:].rstrip('.')}." for note, letter in letters.items()]
    return replace(table, rows=rows, note=" ".join(filter(None, (table.note, *notes, _without(empty)))))


def _is_empty(row: Row) -> bool:
    texts = {cell.text for cell in row.cells}
    return NO_FIGURE in texts and texts <= {NO_FIGURE, NONE}


def _lettered(cell: Cell, letters: dict[str, str]) -> Cell:
    letter = letters.get(cell.note)
    return cell if letter is None else replace(cell, text=f"{cell.text} ({letter})", note="")


def _without(rows: Sequence[Row]) -> str:
    """`No option has a figure for: payback (not paid back within the years shown).`"""
    by_reasons: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        reasons = tuple(dict.fromkeys(cell.note.rstrip(".") for cell in row.cells if cell.note))
        by_reasons.setdefault(reasons, []).append(inside(row.header))
    told = [
        ", ".join(headers) + (f" ({'; '.join(map(inside, reasons))})" if reasons else "")
        for reasons, headers in by_reasons.items()
    ]
    return f"No option has a figure for: {'; '.join(told)}." if told else ""
