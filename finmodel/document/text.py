"""Parts of a document as plain text, for a terminal, a file or a screen reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from finmodel.document.table import Table

WIDTH = 100


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
            yield from table_lines(part)
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


def table_lines(table: Table) -> Iterator[str]:
    """A table: its caption, and its columns set below each other, figures to the right."""
    heads = (table.corner, *(column.text for column in table.columns))
    rows = [(row.header, *(cell.text for cell in row.cells)) for row in table.rows]
    widths = [max(len(row[place]) for row in (heads, *rows) if place < len(row)) for place in range(len(heads))]
    yield table.caption
    for row in (heads, *rows):
        cells = (
            text.rjust(width) if table.figures and place else text.ljust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=False))
        )
        yield "  ".join(cells).rstrip()
    if table.note:
        yield table.note
