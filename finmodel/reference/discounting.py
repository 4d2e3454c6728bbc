"""Discount rates as schedules: real rates by year from the first, by edition of the Green Book."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from msgspec import Struct

from finmodel.lines.nearest import nearest
from finmodel.reference.loader import load
from finmodel.reference.rates import Confidence, RateNotFoundError
from finmodel.reference.table import DataRow

_STANDARD = "standard (social time preference rate)"
_GREEN_BOOK_2026 = "Green Book February 2026"
_SLUGS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "green-book-2026": (_GREEN_BOOK_2026, _STANDARD),
        "green-book-2026-health": (_GREEN_BOOK_2026, "health"),
        "green-book-2026-sensitivity": (_GREEN_BOOK_2026, "sensitivity test, horizons beyond 50 years"),
        "green-book-before-2026": ("Green Book before February 2026 (as described December 2025)", _STANDARD),
    }
)


class DiscountStep(Struct, frozen=True):
    """A rate for a run of years, counted from the first, which is year 0."""

    from_year: int
    to_year: int | None  # the last year of the run; None: for ever
    rate: float  # real, a fraction
    source: str
    link: str
    confidence: Confidence
    dataset: str  # the file, without .csv
    row: int  # the line in that file


class DiscountSchedule(Struct, frozen=True):
    """Steps that follow each other from year 0 without a gap; the last has no end."""

    name: str
    title: str
    steps: tuple[DiscountStep, ...]


def discount_schedules() -> dict[str, DiscountSchedule]:
    """Every complete schedule by name."""
    return dict(_schedules())


@cache
def _schedules() -> dict[str, DiscountSchedule]:
    return {name: _schedule(name, scheme, kind) for name, (scheme, kind) in _SLUGS.items()}


def discount_schedule(name: str) -> DiscountSchedule:
    """The schedule of a name; RateNotFoundError, with the nearest name, for any other."""
    schedules = discount_schedules()
    if name in schedules:
        return schedules[name]
    near = nearest(name, schedules)
    hint = f" Did you mean {near}?" if near is not None else ""
    raise RateNotFoundError(
        f"There is no discount schedule called {name!r}.{hint} There are: {', '.join(schedules)}. "
        "Or state a rate in the case."
    )


def _schedule(name: str, scheme: str, kind: str) -> DiscountSchedule:
    rows = [row for row in load("discount_rates") if (row["scheme"], row["kind"]) == (scheme, kind)]
    rows.sort(key=lambda row: int(row["from_year"]))
    return DiscountSchedule(name, f"{scheme}, {kind}", tuple(_step(row) for row in rows))


def _step(row: DataRow) -> DiscountStep:
    return DiscountStep(
        from_year=int(row["from_year"]),
        to_year=int(row["to_year"]) if row["to_year"] else None,
        rate=row.fraction("rate_percent"),
        source=row.source,
        link=row.link,
        confidence=row.confidence,
        dataset=row.dataset,
        row=row.line,
    )
