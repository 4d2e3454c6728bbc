"""How old each data set is, and whether its publisher was expected to renew it by a given day."""

from __future__ import annotations

from datetime import date
from functools import cache

from finmodel.reference.loader import load
from finmodel.reference.sourced import SourcedFact, provenance


class Publication(SourcedFact, frozen=True):
    """When a data set was gathered, and when the next issue of it is expected."""

    of: str  # the file, without .csv
    as_at: date
    next_expected: date | None  # None: no date is known, or there will be no other
    publisher: str

    def is_stale(self, on: date) -> bool:
        """Whether a newer issue was expected by a day."""
        return self.next_expected is not None and self.next_expected <= on


@cache
def publications() -> tuple[Publication, ...]:
    """Every data set's, in the order of the documentation."""
    return tuple(
        Publication(
            of=row["dataset"],
            as_at=row.day("as_at"),
            next_expected=row.optional_day("next_expected"),
            publisher=row["publisher"],
            **provenance(row),
        )
        for row in load("publications")
    )


def stale(on: date) -> tuple[Publication, ...]:
    """The data sets of which a newer issue was expected by a day."""
    return tuple(each for each in publications() if each.is_stale(on))
