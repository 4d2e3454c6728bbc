"""Where a part of something comes from: what it says of itself, else what the whole says."""

from __future__ import annotations

from typing import TypeAlias

from finmodel.parsing.fields import Sourced
from finmodel.parsing.quantities import Provenance

SaysWhere: TypeAlias = Sourced | Provenance


def inherited(part: SaysWhere, whole: SaysWhere) -> Provenance:
    """What a part says of where it comes from, if it names a source or a place; else that of the whole, and the rest of
    both, the part's own first."""
    other = part if part.source or part.where else whole
    return Provenance(
        source=other.source,
        where=other.where,
        owner=part.owner or other.owner,
        confidence=part.confidence or other.confidence,
        as_at=part.as_at or other.as_at,
        note=part.note or other.note,
    )
