"""The end of every row: where the fact came from and how far to trust it."""

from __future__ import annotations

from typing import TypedDict

from msgspec import Struct

from finmodel.reference.rates import Confidence
from finmodel.reference.table import DataRow


class SourceFields(TypedDict):
    """The fields of `Sourced`, to pass on."""

    confidence: Confidence
    source: str
    link: str
    note: str
    dataset: str
    row: int


class SourcedFact(Struct, frozen=True, kw_only=True):
    """A fact with where it came from."""

    confidence: Confidence
    source: str
    link: str
    note: str
    dataset: str  # the file, without .csv
    row: int  # the line in that file


def provenance(row: DataRow) -> SourceFields:
    """The provenance of a row, as keyword arguments."""
    return SourceFields(
        confidence=row.confidence,
        source=row.source,
        link=row.link,
        note=row.note,
        dataset=row.dataset,
        row=row.line,
    )
