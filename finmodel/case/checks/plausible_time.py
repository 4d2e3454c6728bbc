"""Figures of a claim in years that its start and its lag do not go with, and delays of options without parts."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.case.checks.questions import StatedCase
from finmodel.case.entries import claims_of, moved_months
from finmodel.case.schema import Case
from finmodel.case.schema_savings import Claim, Reach
from finmodel.lines.display import plain_number
from finmodel.lines.periods import MONTHS_IN_A_YEAR
from finmodel.parsing.faults import Fault
from finmodel.parsing.places import Address
from finmodel.parsing.quantities import Quantity

# What a claim states of its effect itself, and not of a price or of a share that is taken off.
_OF_THE_EFFECT = ("children", "entries_avoided", "beds_emptied", "posts", "leavers_avoided", "days_avoided")


def moved_lists(asked: StatedCase) -> Iterator[Fault]:
    """A list that begins with zero and is moved on all the same; years that a start or a lag leaves without effect."""
    for address, claim in claims_of(asked.case):
        months = moved_months(asked.case, claim)
        for at, given in _of_the_effect(address, claim) if months else ():
            yield from _begins_with_zero(asked.case, months, at, given)
            yield from _cut_off(asked.case, months, at, given)


def idle_delays(asked: StatedCase) -> Iterator[Fault]:
    """A delay of an option that has nothing which could be late."""
    for place, option in enumerate(asked.case.options):
        late = option.delay_months
        if late is None or not late.values[0] or option.posts or option.costs or option.benefits or option.savings:
            continue
        months = plain_number(late.values[0])
        what = f"It has no post, cost, benefit or saving, so a delay of {months} months moves nothing"
        remedy = f"Leave `delay_months` out, or add to {option.id} what comes late."
        yield Fault(("options", place, "delay_months"), what, remedy, "whole")


def _of_the_effect(address: Address, claim: Claim) -> Iterator[tuple[Address, Quantity]]:
    for field in _OF_THE_EFFECT:
        given = getattr(claim, field, None)
        if isinstance(given, Quantity):
            yield (*address, field), given
        elif isinstance(given, Reach):
            yield (*address, field, "need"), given.need


def _begins_with_zero(case: Case, months: int, address: Address, given: Quantity) -> Iterator[Fault]:
    if given.ends is not None and not given.values[0] and any(given.values):
        begins = (case.first_year.first_month + months).words
        what = f"The list begins with 0, and its first year is counted from {begins}, when the effect begins"
        remedy = "Leave the 0 out and move the other figures up, or state them by council year with `by_year`."
        yield Fault(address, what, remedy, "whole")


def _cut_off(case: Case, months: int, address: Address, given: Quantity) -> Iterator[Fault]:
    """Figures by council year, of years that are over when the effect begins."""
    over = case.horizon.years[: months // MONTHS_IN_A_YEAR]
    lost = [year for year in over if year in given.named and given.at(year.first_month)]
    if lost:
        figure = plain_number(given.at(lost[0].first_month) or 0.0)
        what = (
            f"{figure} is stated for {lost[0]}, and the effect begins in {(case.first_year.first_month + months).words}"
        )
        remedy = (
            "Write a list if these are the years of the effect, which `start` and `lag_months` then move as a whole."
        )
        yield Fault(address, what, remedy, "whole")
