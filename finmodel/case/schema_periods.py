"""Figures in pounds for an hour, a week, a month or a year."""

from typing import Annotated, ClassVar, Literal

from finmodel.parsing.declared import Holds, Needs, OnlyWith, Rule
from finmodel.parsing.fields import Number, Stated

Recurring = Literal["year", "month", "week", "hour"]
RecurringOrOnce = Literal["year", "month", "week", "hour", "once"]

WEEKS_IN_A_YEAR = 53  # at most: 366 days are 52 weeks and two days

Weeks = Annotated[
    Number,
    Holds(
        lambda weeks: min(weeks.values) > 0 and max(weeks.values) <= WEEKS_IN_A_YEAR,
        "A year has more than 0 weeks and no more than 53",
        "Write how many weeks of a year it is paid for, like 52.14 or 39.",
    ),
]
Hours = Annotated[
    Number,
    Holds(
        lambda hours: min(hours.values) > 0 and max(hours.values) <= 24 * 7,
        "A week has more than 0 hours and no more than 168",
        "Write how many hours a week it is paid for.",
    ),
]


class ForAPeriod(Stated):
    """What a figure in pounds is for: a `per` that each mapping has itself, and what brings it to a year.

    per_week: hours a week, of a figure for an hour. weeks: weeks of a year that are paid, of a figure for an hour or a
    week; those of the case's year where it is not stated.
    """

    RULES: ClassVar[tuple[Rule, ...]] = (
        Needs("per: hour", ("per_week",)),
        OnlyWith("per: hour", ("per_week",)),
    )

    per_week: Hours | None = None
    weeks: Weeks | None = None


def article(per: str) -> str:
    """`a week`, `an hour`."""
    return f"{'an' if per == 'hour' else 'a'} {per}"
