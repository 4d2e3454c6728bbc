"""Figures that may not change just as they like: some are read once a year, some once for the whole case."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.case.checks.claims import claims_of
from finmodel.case.checks.defined_names import Known, options_of
from finmodel.case.schema import Case
from finmodel.parsing.findings import Finding
from finmodel.parsing.places import Address
from finmodel.parsing.quantities import Quantity

_APRIL = 4


def yearly_figures(case: Case, _: Known) -> Iterator[Finding]:
    """Inflation, awards, discounting, placements' prices and mixes, and drop-off change in April alone."""
    first = case.first_year.first_month
    for address, quantity, since_ever in _yearly(case):
        for month, _value in quantity.steps:
            if month is not None and month.month != _APRIL and (since_ever or month > first):
                what = f"The figure changes in {month.words}, and it is read once a year, in April"
                remedy = f"Write it by year, like `by_year: {{{month.financial_year}: …}}`, with the year's average."
                yield Finding(address, what, remedy, "whole")
                break


def single_figures(case: Case, _: Known) -> Iterator[Finding]:
    """A fixed stay, and the cost that the authors state, are one number each."""
    for option_at, option in options_of(case):
        for place, benefit in enumerate(option.benefits):
            stay = benefit.stay.months if benefit.stay is not None else None
            if stay is not None and not stay.is_constant:
                address = (*option_at, "benefits", place, "stay", "months")
                remedy = "Write one number, or state a benefit for each length of stay."
                yield Finding(address, "A fixed stay is one number for the whole case", remedy, "whole")
        if option.stated_cost is not None and not option.stated_cost.amount.is_constant:
            address = (*option_at, "stated_cost", "amount")
            remedy = "Write one amount, that of the `year` beside it."
            yield Finding(address, "A stated cost is one amount", remedy, "whole")


def stated_years(case: Case, _: Known) -> Iterator[Finding]:
    """The year that the authors state a cost for is one of the case's."""
    years = case.horizon.years
    for option_at, option in options_of(case):
        if option.stated_cost is not None and option.stated_cost.year not in years:
            what = "The case does not cover this year, so there is nothing to compare the stated cost with"
            remedy = f"Write a year from {years[0]} to {years[-1]}, or remove `stated_cost`."
            yield Finding((*option_at, "stated_cost", "year"), what, remedy)


def _yearly(case: Case) -> Iterator[tuple[Address, Quantity, bool]]:
    """The figures that are read in April, with whether years before the case's first are read too."""
    for name, index in case.inflation.items():
        if isinstance(index, Quantity):
            yield ("inflation", name), index, True
    for name in ("percent", "pounds"):
        award = getattr(case.pay_awards, name)
        if award is not None:
            yield ("pay_awards", name), award, True
    if case.discounting.rate is not None:
        yield ("discounting", "rate"), case.discounting.rate, False
    for name, placement in case.placements.items():
        yield ("placements", name, "unit_cost"), placement.unit_cost, False
    for option_at, option in options_of(case):
        for place, benefit in enumerate(option.benefits):
            address = (*option_at, "benefits", place)
            for name, share in benefit.placements.items():
                yield (*address, "placements", name), share, False
    for address, claim in claims_of(case):
        if claim.drop_off is not None:
            yield (*address, "drop_off"), claim.drop_off, False
