"""Parts of a document as plain text, for a terminal, a file or a screen reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

from finmodel.document.chart_shapes import Chart
from finmodel.document.parts import (
    Article,
    Bullets,
    Columns,
    Figure,
    Fold,
    Gauge,
    Heading,
    Keys,
    Link,
    Markup,
    Notice,
    Pairs,
    Paragraph,
    Part,
    Quote,
    Section,
    Tally,
    nested,
)
from finmodel.document.table import Row, Table

WIDTH = 100
_NARROWEST = 16  # to which a column of a wide table is narrowed


def section_text(section: Section, width: int = WIDTH) -> str:
    """A section: its heading, and its parts below one another. Charts are left to the media that draw."""
    return "\n".join((section.heading, "=" * len(section.heading), "", *text_lines(section.parts, width)))


def text_lines(parts: Sequence[Part], width: int = WIDTH) -> Iterator[str]:
    """The lines of parts, an empty one after each."""
    for part in parts:
        found = list(_lines(part, width))
        yield from found
        if found:
            yield ""


def _lines(part: Part, width: int) -> Iterator[str]:
    match part:
        case Columns() | Article():
            yield from text_lines(nested(part), width)
        case Fold():
            yield f"{part.summary} {part.inside}".strip()
            yield from text_lines(part.parts, width)
        case Table():
            yield from table_lines(part, width)
        case Bullets():
            yield from _bullets(part, width)
        case Pairs() | Keys() | Tally():
            for name, text in part.rows:
                yield from wrap(f"{name}: {text}" if text else name, width, subsequent_indent="  ")
        case Chart() | Markup() | Link():
            pass  # only media that draw can show them; a chart's figures are in a table too
        case _:
            yield from wrap(_words(part), width)


def _words(part: Heading | Paragraph | Quote | Gauge | Notice | Figure) -> str:
    match part:
        case Heading():
            return f"{part.text} ({part.tag})" if part.tag else part.text
        case Quote() | Figure():
            return part.line
        case Notice():
            return " ".join((f"{part.title}:" if part.sentences else part.title, *part.sentences))
        case _:
            return part.text


def _bullets(bullets: Bullets, width: int) -> Iterator[str]:
    if bullets.title:
        yield bullets.title
    for item in bullets.items:
        yield from wrap(item, width, initial_indent="- ", subsequent_indent="  ")


def table_lines(table: Table, width: int = WIDTH) -> Iterator[str]:
    """A table: its caption, and its columns set below each other, figures to the right, small print below each row.

    Where it is wider than `width`, its widest columns break their texts into lines.
    """
    heads = (table.corner, *(column.text for column in table.columns))
    rows = [(heads, ())] + [
        ((row.header, *(cell.text for cell in row.cells)), _notes(table, row)) for row in table.rows
    ]
    widths = _widths([row for row, _ in rows], width)
    if table.caption:
        yield table.caption
    for row, notes in rows:
        broken = [_broken(text, most) for text, most in zip(row, widths, strict=False)]
        for line in zip_longest(*broken, fillvalue=""):
            cells = (
                text.rjust(most) if table.figures and place else text.ljust(most)
                for place, (text, most) in enumerate(zip(line, widths, strict=False))
            )
            yield "  ".join(cells).rstrip()
        for note in notes:
            yield from wrap(note, width, initial_indent="    ", subsequent_indent="    ")
    if table.note:
        yield from wrap(table.note, width)


def _notes(table: Table, row: Row) -> tuple[str, ...]:
    """The small print of a row, and that of its cells: once where all say the same."""
    notes = {cell.note for cell in row.cells if cell.note}
    own = (row.note,) if row.note else ()
    if len(notes) == 1:
        return (*own, *notes)
    named = zip(table.columns, row.cells, strict=False)
    return (*own, *(f"{column.text}: {cell.note}" for column, cell in named if cell.note))


def _widths(rows: Sequence[tuple[str, ...]], most: int) -> list[int]:
    """How wide each column is: as its widest text, less where all together would be wider than `most`."""
    widths = [max(len(row[place]) for row in rows if place < len(row)) for place in range(len(rows[0]))]
    while sum(widths) + 2 * (len(widths) - 1) > most and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _broken(text: str, width: int) -> list[str]:
    if len(text) <= width:
        return [text]  # with the spaces at its head
    return wrap(text, width) or [""]
