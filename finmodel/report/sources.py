"""The workbook's list of sources: the case's documents, and every source that an input names."""

from __future__ import annotations

from finmodel.appraisal.appraise import Appraisal
from finmodel.document.table import Cell, Row, Table
from finmodel.lines.line import Origin

_COLUMNS = ("Where in it", "Confidence", "As at", "Inputs that rest on it", "Link", "Note")


def sources_table(appraisal: Appraisal) -> Table:
    """Every source that an input names, and the addresses of the inputs that rest on it."""
    rows = tuple(_row(origin, addresses) for origin, addresses in _by_origin(appraisal).items())
    return Table("sources", "Sources", "Source", tuple(map(Cell, _COLUMNS)), rows, figures=False)


def _row(origin: Origin, addresses: list[str]) -> Row:
    as_at = origin.as_at.isoformat() if origin.as_at else ""
    texts = (origin.where, origin.confidence, as_at, ", ".join(addresses), origin.link, origin.note)
    return Row(origin.source, tuple(map(Cell, texts)))


def _by_origin(appraisal: Appraisal) -> dict[Origin, list[str]]:
    found: dict[Origin, list[str]] = {}
    for line in appraisal.written.model:
        if line.origin is not None and line.is_input:
            found.setdefault(line.origin, []).append(line.address)
    return found
