"""What the page of an audit prints: an answer, then sections of text, tables and hashes. Plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from finmodel.document.table import Cell, Row, Table

MOST_ROWS = 500  # of one table; the JSON has all
NOTHING = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class CertificateAnswer:
    """The verdict: its words, sentences that explain it, whether it is an alarm, and tables that belong to it."""

    title: str
    sentences: tuple[str, ...]
    alarm: bool
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditSection:
    """A section: a sentence or two, tables, things told by name, files with their SHA-256. looks: the tables' class."""

    id: str
    title: str
    text: str = ""
    tables: tuple[Table, ...] = ()
    looks: str = ""
    told: tuple[tuple[str, str], ...] = ()
    hashes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AuditPage:
    """The page of an audit."""

    answer: CertificateAnswer
    sections: tuple[AuditSection, ...]
    reading: tuple[tuple[str, str], ...]


def cut(rows: Sequence[Row]) -> tuple[tuple[Row, ...], str]:
    """As many rows as a page can bear, and a note where that is not all."""
    if len(rows) <= MOST_ROWS:
        return tuple(rows), ""
    return tuple(rows[:MOST_ROWS]), f"The first {MOST_ROWS:,} of {len(rows):,}; audit.json has all."


def table(name: str, caption: str, corner: str, columns: Sequence[str], rows: Sequence[Row], note: str = "") -> Table:
    """A table of words, cut where it is too long for a page."""
    shown, more = cut(rows)
    return Table(
        id=name,
        caption=caption,
        corner=corner,
        columns=tuple(map(Cell, columns)),
        rows=shown,
        note=" ".join(text for text in (note, more) if text),
        figures=False,
    )
