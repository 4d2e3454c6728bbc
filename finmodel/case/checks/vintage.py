"""Rates that are older than the case, or recalled and not seen published: no mistake, but worth a look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from finmodel import reference
from finmodel.case.checks.defined_names import NO_INFLATION
from finmodel.case.entries import posts_of
from finmodel.case.schema import Case, PublishedRate
from finmodel.lines.periods import FinancialYear
from finmodel.parsing.declared_checks import parts
from finmodel.parsing.faults import Fault
from finmodel.parsing.places import Address
from finmodel.parsing.quantities import Provenance, Quantity

_RATES = ("inflation", "pay_awards", "on_costs")
_A_YEAR = 1
_YEARS_OLD = 3  # what councils publish of unit costs is two years old when it comes out


def old_prices(case: Case) -> Iterator[Fault]:
    """Figures at the prices of a year well before the first: they rest on an index for all the years between."""
    for address, part in parts(case):
        base: FinancialYear | None = getattr(part, "price_base", None)
        age = 0 if base is None else case.first_year - base
        if base is not None and age >= _YEARS_OLD:
            what = f"The price base is {age} years older than the case, which begins in {case.first_year}"
            yield Fault((*address, "price_base"), what, _raised_or_not(case, part, base))


def _raised_or_not(case: Case, part: object, base: FinancialYear) -> str:
    index = getattr(part, "inflation", None)
    if part is case:
        return f"Write `price_base: {case.first_year}` if that is the year of the figures."
    if index in (None, NO_INFLATION):
        return f"Restate the figure at the prices of {case.first_year}: no index raises it from those of {base}."
    return f"See that this price has risen by `{index}` since {base}, or restate it at the prices of {case.first_year}."


def vintage(case: Case) -> Iterator[Fault]:
    """Stated rates over a year older than the case, and rates that nobody has seen published."""
    for address, part in _rates(case):
        if isinstance(part, Quantity):
            yield from _old(case, part.provenance, address)
            if part.provenance.confidence == "unverified":
                yield Fault(address, f"{_name(address)} is from memory, no source", _CHECK, "whole")
        elif address[0] == "inflation":
            yield from _recalled_prices(case, part, address)
    yield from _recalled_national_insurance(case)


_CHECK = "Look the rate up, and name its source with `confidence: published`."


def _rates(case: Case) -> Iterator[tuple[Address, Quantity | PublishedRate]]:
    """Rates of inflation, pay awards and on-costs."""
    for address, part in parts(case):
        named = bool(address) and (address[0] in _RATES or "on_costs" in address)
        if named and isinstance(part, Quantity | PublishedRate):
            yield address, part


def _old(case: Case, provenance: Provenance, address: Address) -> Iterator[Fault]:
    """A rate dated over a year before the meeting, or before the first year where no meeting is named."""
    source = case.sources.get(provenance.source)
    dated = provenance.as_at or (source.date if source is not None else None)
    decided = case.meeting.date if case.meeting is not None else case.first_year.first_month.first_day
    if dated is not None and dated < _year_before(decided):
        what = f"{_name(address)} is dated {_words(dated)}, over a year before the case ({_words(decided)})"
        yield Fault(address, what, "Look for a newer one, or say next to it why this one serves.", "whole")


def _recalled_prices(case: Case, rate: PublishedRate, address: Address) -> Iterator[Fault]:
    change = {"cpi": reference.cpi_change, "gdp-deflator": reference.gdp_deflator_change}.get(rate.published)
    recalled = []
    for year in case.horizon.years:
        try:
            if change is not None and change(year).confidence == "unverified":
                recalled.append(year)
        except reference.RateNotFoundError:
            continue  # shown as a problem where a figure needs it
    yield from _recalled(_name(address), recalled, address)


def _recalled_national_insurance(case: Case) -> Iterator[Fault]:
    on_costs = [post.on_costs or case.on_costs for _, post in posts_of(case) if post.grade is not None]
    if any(part.national_insurance and part.flat_rate is None for part in on_costs):
        months = [month for month in case.horizon.months if month <= reference.last_published_ni()]
        recalled = {
            month.financial_year for month in months if reference.employer_ni(month).rate.confidence == "unverified"
        }
        yield from _recalled("Employer's National Insurance", sorted(recalled), ("first_year",))


def _recalled(name: str, years: list[FinancialYear], address: Address) -> Iterator[Fault]:
    if years:
        listed = ", ".join(map(str, years))
        what = f"{name} is from memory, no source, for {listed}"
        yield Fault(address, what, "Check it before the figures are used, or state a rate of your own.", "whole")


def _year_before(day: date) -> date:
    return date(day.year - _A_YEAR, day.month, min(day.day, 28))


def _name(address: Address) -> str:
    return f"The rate `{'.'.join(str(step) for step in address if isinstance(step, str))}`"


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
