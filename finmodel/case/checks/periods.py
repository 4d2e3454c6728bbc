"""Starts and ends against the years of the case."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.case.checks.defined_names import Known
from finmodel.case.entries import claims_of, options_of
from finmodel.case.schema import Case
from finmodel.lines.periods import FinancialYear, Month
from finmodel.parsing.faults import Fault
from finmodel.parsing.places import Address

LATEST_FIRST_YEAR = FinancialYear(2100)


def first_year(case: Case, _: Known) -> Iterator[Fault]:
    """The first year is one that a case of today may begin in; what is published for it is asked of what uses it."""
    if case.first_year > LATEST_FIRST_YEAR:
        what = f"The first year is after {LATEST_FIRST_YEAR}"
        yield Fault(("first_year",), what, f"Write a year up to {LATEST_FIRST_YEAR}.")


def starts_and_ends(case: Case, _: Known) -> Iterator[Fault]:
    """What starts ends later, and has part in the years of the case."""
    for option_at, option in options_of(case):
        for place, post in enumerate(option.posts):
            yield from _period(case, (*option_at, "posts", place), post.start, post.end)
        for place, cost in enumerate(option.costs):
            yield from _period(case, (*option_at, "costs", place), cost.start, cost.end)
            if cost.per == "once" and cost.start is not None and cost.start < case.first_year.first_month:
                what = f"The cost is met before the case begins in {case.first_year.first_month.words}"
                yield Fault((*option_at, "costs", place, "start"), what, _WITHIN.format(case.horizon.years[0]))
    for address, claim in claims_of(case):
        yield from _period(case, address, claim.start, claim.end, claim.lag_months)


_WITHIN = "Write a month from April of {0} on."


def _period(case: Case, address: Address, start: Month | None, end: Month | None, lag: int = 0) -> Iterator[Fault]:
    first, last = case.horizon.months[0], case.horizon.months[-1]
    begins = (start or first) + lag
    if start is not None and end is not None and end < start:
        what = f"The end, {end.words}, is before the start, {start.words}"
        yield Fault((*address, "end"), what, "Write an end that is the start or later, or leave it out.")
    elif end is not None and end < first:
        what = f"It ends before the case begins in {first.words}"
        yield Fault((*address, "end"), what, "Write a later end, or remove the entry.")
    elif start is not None and start > last:
        what = f"It starts after the case ends in {last.words}"
        yield Fault((*address, "start"), what, "Write an earlier start, more `years`, or remove the entry.")
    elif lag and begins > min(last, end or last):
        what = f"With a lag of {lag} months it would begin in {begins.words}, after it ends"
        yield Fault((*address, "lag_months"), what, "Write a shorter lag, or more `years`.")
