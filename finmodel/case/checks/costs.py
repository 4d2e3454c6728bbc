"""Costs that are no posts, and what the authors state that an option costs."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.case.checks.defined_names import Known
from finmodel.case.entries import options_of
from finmodel.case.schema import Case
from finmodel.case.schema_periods import ForAPeriod
from finmodel.parsing.declared_checks import parts
from finmodel.parsing.findings import Finding


def capital(case: Case, _: Known) -> Iterator[Finding]:
    """Capital is spent once."""
    for option_at, option in options_of(case):
        for place, cost in enumerate(option.costs):
            if cost.capital is not None and cost.per != "once":
                what = "Capital is spent once, in the month `start`"
                address = (*option_at, "costs", place, "per")
                yield Finding(address, what, "Write `per: once`; what recurs is revenue.")


def paid_weeks(case: Case, _: Known) -> Iterator[Finding]:
    """The weeks of a year that are paid are stated of a figure for a week or an hour."""
    for address, part in parts(case):
        per = getattr(part, "per", "")
        if isinstance(part, ForAPeriod) and part.weeks is not None and per not in ("week", "hour"):
            what = f"`weeks` has no effect next to `per: {per}`"
            yield Finding((*address, "weeks"), what, "Remove `weeks`, or write `per: week` or `per: hour`.")


def stated_years(case: Case, _: Known) -> Iterator[Finding]:
    """The year that the authors state a cost for is one of the case's."""
    years = case.horizon.years
    for option_at, option in options_of(case):
        if option.stated_cost is not None and option.stated_cost.year not in years:
            what = "The case does not cover this year, so there is nothing to compare the stated cost with"
            remedy = f"Write a year from {years[0]} to {years[-1]}, or remove `stated_cost`."
            yield Finding((*option_at, "stated_cost", "year"), what, remedy)
