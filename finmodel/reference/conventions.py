"""Numbers that no council chooses, each defined once and named where it is used."""

from __future__ import annotations

from datetime import date
from functools import cache

from finmodel.reference.loader import load
from finmodel.reference.rates import Rate, RateNotFoundError
from finmodel.reference.sourced import provenance


@cache
def convention(name: str) -> Rate:
    """A convention by name: `months_in_a_year`, `weeks_in_a_year`, `ni_weeks_in_a_year`, ..."""
    for row in load("conventions"):
        if row["name"] == name:
            return Rate(
                value=row.number("value"),
                unit=row["unit"],
                label=row["meaning"],
                effective=date.min,
                until=None,
                **provenance(row),
            )
    names = ", ".join(row["name"] for row in load("conventions"))
    raise RateNotFoundError(f"There is no convention called {name!r}. There are: {names}.")
