"""A published rate: a number that never travels without its unit, its dates, its source and how far to trust it."""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

from msgspec import Struct

Confidence = Literal["published", "derived", "unverified"]
"""How far to trust a figure, best first.

`published`: seen in the source named; `derived`: worked out from published figures; `unverified`: recalled, not seen.
"""

CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)


class RateNotFoundError(LookupError):
    """No published rate answers the question; the message says what exists and what to do."""


class Rate(Struct, frozen=True):
    """One published figure. Fractions are fractions (0.138), money is pounds; `unit` says which."""

    value: float
    unit: str  # "£ a year", "£ a week", "fraction", "index (2024 = 100)", ...
    label: str
    source: str  # the official publication; the note says through whom the figure reached us
    link: str
    confidence: Confidence
    effective: date  # the first day in force; date.min: always before `until`
    until: date | None  # the last day in force; None: no later rate was seen
    note: str
    dataset: str  # the file that it came from, without .csv
    row: int  # the line in that file, as a text editor counts


class Vintage(Struct, frozen=True):
    """A published figure that was used: the row it stands in, the days it was in force, and how far to trust it."""

    dataset: str  # the file, without .csv
    row: int
    confidence: Confidence
    effective: date | None = None  # None: always before `until`, or not a matter of days
    until: date | None = None  # None: no later rate was seen

    @classmethod
    def of(cls, rate: Rate) -> Vintage:
        """That of a rate."""
        effective = None if rate.effective == date.min else rate.effective
        return cls(rate.dataset, rate.row, rate.confidence, effective, rate.until)


def as_confidence(text: str) -> Confidence:
    """Read one of the three words; ValueError for anything else."""
    if text not in CONFIDENCES:
        raise ValueError(f"{text!r} is not a confidence: published, derived or unverified")
    return text


def weakest(*confidences: Confidence) -> Confidence:
    """The least trustworthy of several: a figure is no better than any part of it."""
    return max(confidences, key=CONFIDENCES.index)
