"""Parts of a document as plain text, for a terminal, a file or a screen reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

from finmodel.document.chart_shapes import Chart, TwoSided
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
from finmodel.parsing.problems import seen_in_one_line

WIDTH = 100
_NARROWEST = 16  # to which a column of a wide table is narrowed
_FAR_TOO_WIDE = 1.4  # times the width: a table of words is then written row by row
_DASH = "\N{EN DASH}-"  # a cell with nothing in it


def section_text(section: Section, width: int = WIDTH) -> str:
    """A section: its heading, and its parts below one another. Charts are left to the media that draw."""
    heading = wrap(seen_in_one_line(section.heading), width)
    return "\n".join((*heading, "=" * max(map(len, heading), default=0), "", *text_lines(section.parts, width)))


def text_lines(parts: Sequence[Part], width: int = WIDTH) -> Iterator[str]:
    """The lines of parts, an empty one after each."""
    for part in parts:
        found = [seen_in_one_line(line) for line in _lines(part, width)]
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
        case Notice():
            yield from wrap(part.title if part.title.endswith((".", "!", "?")) else f"{part.title}.", width)
            yield from wrap(" ".join(part.sentences), width)
        case Chart(bars=TwoSided()):
            yield from table_lines(part.table, width)
        case Chart() | Markup() | Link():
            pass  # only media that draw can show them; a chart's figures are in a table too
        case _:
            yield from wrap(_words(part), width)


def _words(part: Heading | Paragraph | Quote | Gauge | Figure) -> str:
    match part:
        case Heading():
            return f"{part.text} ({part.tag})" if part.tag else part.text
        case Quote() | Figure():
            return part.line
        case _:
            return part.text


def _bullets(bullets: Bullets, width: int) -> Iterator[str]:
    if bullets.title:
        yield bullets.title
    for item in bullets.items:
        yield from wrap(item, width, initial_indent="- ", subsequent_indent="  ")


def table_lines(table: Table, width: int = WIDTH) -> Iterator[str]:
    """A table: its caption, and its columns set below each other, figures to the right, small print below each row.

    Where it is wider than `width`, its widest columns break their texts into lines; one of words that is far wider is
    written a row after the other, each cell behind the name of its column.
    """
    heads = (table.corner, *(column.text for column in table.columns))
    rows = [(row.header, *(cell.text for cell in row.cells)) for row in table.rows]
    widths = [max(len(row[place]) for row in (heads, *rows) if place < len(row)) for place in range(len(heads))]
    if table.caption:
        yield table.caption
    if not table.figures and _across(widths) > _FAR_TOO_WIDE * width:
        yield from _one_by_one(table, width)
    else:
        widths = _narrowed(widths, width)
        yield from _set(heads, widths, table.figures)
        for row, texts in zip(table.rows, rows, strict=True):
            yield from _set(texts, widths, table.figures)
            for note in _notes(table, row):
                yield from wrap(note, width, initial_indent="    ", subsequent_indent="    ")
    if table.note:
        yield from wrap(table.note, width)


def _one_by_one(table: Table, width: int) -> Iterator[str]:
    for row in table.rows:
        yield from wrap(row.header, width)
        yield from wrap(row.note, width, initial_indent="    ", subsequent_indent="    ")
        for column, cell in zip(table.columns, row.cells, strict=False):
            if cell.text.strip(_DASH):
                yield from wrap(f"{column.text}: {cell.text}", width, initial_indent="  ", subsequent_indent="    ")
            yield from wrap(cell.note, width, initial_indent="    ", subsequent_indent="    ")


def _set(texts: Sequence[str], widths: Sequence[int], figures: bool) -> Iterator[str]:
    """A row of a table, in as many lines as its longest text takes."""
    broken = [_broken(text, width) for text, width in zip(texts, widths, strict=False)]
    for line in zip_longest(*broken, fillvalue=""):
        cells = (
            text.rjust(width) if figures and place else text.ljust(width)
            for place, (text, width) in enumerate(zip(line, widths, strict=False))
        )
        yield "  ".join(cells).rstrip()


def _notes(table: Table, row: Row) -> tuple[str, ...]:
    """The small print of a row, and that of its cells: once where all say the same."""
    notes = {cell.note for cell in row.cells if cell.note}
    own = (row.note,) if row.note else ()
    if len(notes) == 1:
        return (*own, *notes)
    named = zip(table.columns, row.cells, strict=False)
    return (*own, *(f"{column.text}: {cell.note}" for column, cell in named if cell.note))


def _across(widths: Sequence[int]) -> int:
    return sum(widths) + 2 * (len(widths) - 1)


def _narrowed(widths: Sequence[int], most: int) -> list[int]:
    """The widths of columns, the widest made narrower until all together are as wide as `most`."""
    found = list(widths)
    while _across(found) > most and max(found) > _NARROWEST:
        found[found.index(max(found))] -= 1
    return found


def _broken(text: str, width: int) -> list[str]:
    if len(text) <= width:
        return [text]  # with the spaces at its head
    return wrap(text, width) or [""]
