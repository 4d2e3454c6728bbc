"""A verification as JSON: the same values and texts as everywhere, in a shape that docs/verify.md gives."""

from __future__ import annotations

import json

from msgspec import to_builtins

from finmodel.audit.papers.verification import Verification

SCHEMA = "finmodel verification 1"


def as_text(verification: Verification) -> str:
    """The JSON, the same text for the same verification, in the order in which readers ask."""
    data = to_builtins(verification)
    for check, given in zip(verification.checks, data["checks"], strict=True):
        given["outcome"] = check.outcome
    found = {
        "schema": SCHEMA,
        "version": verification.version,
        "paper": data["paper"],
        "source": verification.source,
        "file": verification.file,
        "files": dict(verification.files),
        "follows": verification.follows,
        "counts": {verdict.value: count for verdict, count in verification.counts.items()},
        "checks": data["checks"],
        "findings": data["findings"],
        "implied": data["implied"],
        "figures": data["figures"],
    }
    return json.dumps(found, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def as_bytes(verification: Verification) -> bytes:
    """The JSON as a file holds it."""
    return as_text(verification).encode()
