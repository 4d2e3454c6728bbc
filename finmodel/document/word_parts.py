"""Parts of a document in a Word paper, in the styles of the paper's template."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import assert_never

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
from finmodel.document.word import NUMBERED, Paper
from finmodel.document.word_chart import two_sided
from finmodel.lines.display import inside

_LINES_A_BAR = 2  # of the room that a legend's line takes
_OF_THE_PAGE = 2  # the level of a section's heading on a page, which is level 1 in a paper


def write_section(paper: Paper, section: Section, *, appendix: bool = False, new_page: bool = False) -> None:
    """A section with its heading, which is numbered unless it heads an appendix."""
    paper.heading(section.heading, numbered=not appendix, new_page=new_page)
    write_parts(paper, section.parts, NUMBERED)


def write_parts(paper: Paper, parts: Sequence[Part], style: str = NUMBERED) -> None:
    """Parts one below the other; style: of their paragraphs. What only a page can show is left out."""
    for part, below in zip_longest(parts, parts[1:]):
        _write(paper, part, style, leads=isinstance(below, Bullets | Table))


def _write(paper: Paper, part: Part, style: str, *, leads: bool) -> None:
    match part:
        case Heading():
            text = f"{part.text} ({inside(part.tag)})" if part.tag else part.text
            paper.heading(text, level=max(2, part.level - _OF_THE_PAGE + 1))
        case Paragraph() | Gauge():
            paper.paragraph(part.text, style, leads=leads)
        case Quote() | Figure():
            paper.paragraph(part.line, style)
        case Bullets():
            paper.lead(part.title, part.items)
        case Notice():
            paper.paragraph(" ".join((f"{part.title}.", *part.sentences)), "Intense Quote")
        case Pairs() | Keys() | Tally():
            paper.facts(part.rows)
        case Columns() | Article():
            write_parts(paper, nested(part), style)
        case Fold():
            paper.heading(part.summary, level=2)
            write_parts(paper, part.parts, style)
        case Table():
            paper.table(part, part.shares)
        case Chart():
            _chart(paper, part)
        case Markup() | Link():
            pass
        case _:
            assert_never(part)


def _chart(paper: Paper, part: Chart) -> None:
    """A chart of bars as Word's own, with its figures below; of others the paper draws its own (`word_chart`)."""
    if part.bars is not None:
        description = f"Chart. {part.title}. {part.desc}"
        paper.chart(two_sided(part.bars), part.title, description, _LINES_A_BAR * len(part.bars.labels))
        paper.table(part.table, part.table.shares)
