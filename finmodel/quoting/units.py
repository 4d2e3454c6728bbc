"""The free words of a unit, as far as they matter: pounds, percentages, what is counted and what is measured."""

from __future__ import annotations

import re

_PERCENTAGE = re.compile(r"%|per ?cent\b|percentage(?! point)", re.IGNORECASE)
# A figure of these kinds is measured or worked out, so that a whole number of it was rounded to that.
_MEASURED = re.compile(
    r"£|%|\bper\b|/|\bpercent|\bFTEs?\b|\bfull[- ]time equivalents?\b|\baverage\b|\bmean\b|\bmedian\b|\brate\b"
    r"|\bratio\b|\bpoints?\b|\bindex\b|\bscore\b|\b(?:year|month|week|day|hour|minute)s?\b|\bmiles?\b",
    re.IGNORECASE,
)


def is_percentage(unit: str) -> bool:
    """Whether a unit is a percentage, so that a number without the sign is read as one: `%`, `% of staff`."""
    return bool(_PERCENTAGE.match(unit.strip()))


def is_money(unit: str) -> bool:
    """Whether a unit is pounds: `£`, `£ per child`."""
    return "£" in unit


def is_counted(unit: str) -> bool:
    """Whether what is meant comes in wholes and was counted: children, cases, people, posts; not FTE, £ or averages."""
    return not _MEASURED.search(unit)
