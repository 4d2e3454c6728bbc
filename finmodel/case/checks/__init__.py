"""How the values of a case must go together: each check is a function that yields what it finds."""

from __future__ import annotations

from typing import Any

from finmodel.case.schema import Case
from finmodel.case.words import Finding


def check(case: Case, data: dict[str, Any], doubtful: frozenset[str] = frozenset()) -> list[Finding]:
    """Everything that the checks find."""
    return []
