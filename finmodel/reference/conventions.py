"""Numbers that no council chooses, each defined once and named where it is used."""

from __future__ import annotations

from datetime import date

from finmodel.reference.loader import load
from finmodel.reference.rates import Rate, RateNotFoundError


def convention(name: str) -> Rate:
    """A convention by name: `months_in_a_year`, `weeks_in_a_year`, `ni_weeks_in_a_year`, ..."""
    for row in load("conventions"):
        if row["name"] == name:
            return Rate(
                value=row.number("value"),
                unit=row["unit"],
                label=row["meaning"],
                source=row.source,
                link=row.link,
                confidence=row.confidence,
                effective=date.min,
                until=None,
                note=row.note,
                dataset=row.dataset,
                row=row.line,
            )
    names = ", ".join(row["name"] for row in load("conventions"))
    raise RateNotFoundError(f"There is no convention called {name!r}. There are: {names}.")
