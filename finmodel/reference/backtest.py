"""How far projections of children looked after were out, over all councils and by the size of the council."""

from __future__ import annotations

from functools import cache

from finmodel.reference.loader import load
from finmodel.reference.sourced import SourcedFact, provenance

MOST_YEARS_AHEAD = 3


class BacktestError(SourcedFact, frozen=True):
    """The mean error of a method so many years ahead, as a share of the count that came.

    children_from, children_below: the sizes of the councils that it is of; None for no upper limit. origins: how many
    projections it is the mean of.
    """

    method: str
    years_ahead: int
    children_from: int
    children_below: int | None
    mean_error: float
    origins: int


@cache
def backtest_errors(method: str) -> tuple[BacktestError, ...]:
    """The errors of a method by years ahead and size, the row of all councils first for each."""
    return tuple(
        BacktestError(
            method=row["method"],
            years_ahead=int(row["years_ahead"]),
            children_from=int(row["children_from"]),
            children_below=int(row["children_below"]) if row["children_below"] else None,
            mean_error=row.number("mean_error"),
            origins=int(row["origins"]),
            **provenance(row),
        )
        for row in load("demand_backtest")
        if row["method"] == method
    )
