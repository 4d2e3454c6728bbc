"""Published corrections for optimism bias as inputs of a model."""

from __future__ import annotations

from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.lines.line import Line, Origin
from finmodel.reference import OptimismBiasCorrection
from finmodel.reference.rates import Vintage


def published_correction(
    book: Book, section: str, name: str, label: str, share: float, row: OptimismBiasCorrection, which: str = ""
) -> Line:
    """A row of the table as an input that options share: what it takes off or adds, with how far it can be trusted.

    which: what tells the row from the others of its data set.
    """
    shared = Room(book, "rates.optimism_bias", section).once
    note = " ".join(text for text in (f"{row.definition}.", row.note) if text)
    where = ", ".join(text for text in (row.dataset, which) if text)
    origin = Origin(source=row.source, where=where, link=row.link, confidence=row.confidence, note=note)
    book.published[shared.address(name)] = (Vintage(row.dataset, row.row, row.confidence),)
    return shared.input(name, label, share, "share", origin)
