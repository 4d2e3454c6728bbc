"""Costs that are no posts, and what the authors state that an option costs."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.case.checks.defined_names import Known
from finmodel.case.entries import costs_of, options_of
from finmodel.case.schema import Case
from finmodel.case.schema_periods import ForAPeriod
from finmodel.parsing.declared_checks import parts
from finmodel.parsing.faults import Fault


def capital(case: Case, _: Known) -> Iterator[Fault]:
    """Capital is spent once."""
    for address, cost in costs_of(case):
        if cost.capital is not None and cost.per != "once":
            what = "Capital is spent once, in the month `start`"
            yield Fault((*address, "per"), what, "Write `per: once`; what recurs is revenue.")


def others(case: Case, _: Known) -> Iterator[Fault]:
    """Whether a body is a public one is asked of those who give or bear something, and of nobody else."""
    for address, cost in costs_of(case):
        if cost.public_body is not None and cost.in_kind is None and cost.borne_by is None:
            what = "`public_body` is only used with `in_kind` or `borne_by`"
            yield Fault((*address, "public_body"), what, "Remove it, or say who gives or bears this.")


def residuals(case: Case, _: Known) -> Iterator[Fault]:
    """What an asset is still worth counts in a month of the case, after it is bought."""
    last = case.horizon.months[-1]
    for address, cost in costs_of(case):
        month = None if cost.residual is None else cost.residual.month
        if month is None:
            continue
        at = (*address, "residual", "month")
        if month > last:
            what = f"The residual value is counted after the case ends in {last.words}"
            yield Fault(at, what, "Write a month of the case, or leave it out for the last.")
        elif cost.start is not None and month < cost.start:
            what = f"The residual value is counted in {month.words}, before the outlay in {cost.start.words}"
            yield Fault(at, what, "Write a later month, or leave it out for the last of the case.")


def paid_weeks(case: Case, _: Known) -> Iterator[Fault]:
    """The weeks of a year that are paid are stated of a figure for a week or an hour."""
    for address, part in parts(case):
        per = getattr(part, "per", "")
        if isinstance(part, ForAPeriod) and part.weeks is not None and per not in ("week", "hour"):
            what = f"`weeks` has no effect next to `per: {per}`"
            yield Fault((*address, "weeks"), what, "Remove `weeks`, or write `per: week` or `per: hour`.")


def stated_years(case: Case, _: Known) -> Iterator[Fault]:
    """The year that the authors state a cost for is one of the case's."""
    years = case.horizon.years
    for option_at, option in options_of(case):
        if option.stated_cost is not None and option.stated_cost.year not in years:
            what = "The case does not cover this year, so there is nothing to compare the stated cost with"
            remedy = f"Write a year from {years[0]} to {years[-1]}, or remove `stated_cost`."
            yield Fault((*option_at, "stated_cost", "year"), what, remedy)
