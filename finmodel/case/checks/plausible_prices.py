"""Prices and pay that nobody pays: a year's for a week's, thousands for pounds, all posts' for one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from finmodel.case.checks.questions import StatedCase, above, below, either, money
from finmodel.case.fte import fte_of
from finmodel.case.schema import (
    AgencyCover,
    Ending,
    Grade,
    OneOff,
    PerFte,
    Placement,
    StatedCost,
    Supplement,
)
from finmodel.case.schema_budget import FundingSource, Repayment, Stage
from finmodel.case.schema_costs import OtherCost
from finmodel.case.schema_periods import ForAPeriod, article
from finmodel.case.schema_savings import (
    AgencyToPermanent,
    Allowance,
    Income,
    InHouseHome,
    LessSicknessCover,
    LessTurnover,
    PricedAmount,
    Process,
    YearlyAmount,
)
from finmodel.lines.periods import MONTHS_IN_A_YEAR, FinancialYear, Month
from finmodel.parsing.faults import Fault
from finmodel.parsing.fields import Stated
from finmodel.parsing.places import Address
from finmodel.parsing.quantities import Quantity
from finmodel.reference import (
    convention,
    last_published_pay,
    njc_points,
    njc_salary,
    njc_spine_in_force,
    pay_is_published,
    plausible_bound,
)

_THOUSAND = 1_000
_HOME = re.compile(r"children.?s home|residential", re.IGNORECASE)
_NO_HOME = re.compile(r"short|respite|break|parent|school|day", re.IGNORECASE)
_NOUGHTS = "Check the number of noughts, and that it is for one and not for all."


def placement_prices(asked: StatedCase) -> Iterator[Fault]:
    """What one child's placement costs a week, against what councils pay."""
    own_homes = {home.placement for _, home in asked.each(InHouseHome)}
    for name, item in asked.case.placements.items():
        for value in item.unit_cost.values:
            found = _placement(item, value, name in own_homes)
            if found is not None:
                yield Fault(("placements", name, "unit_cost"), *found)
                break


def _placement(item: Placement, value: float, own_home: bool) -> tuple[str, str] | None:
    """What is odd about a price, and the remedy; the running cost of a council's own home may be small."""
    weeks = convention("weeks_in_a_year").value
    week = of_a_week(item, item.per, value)
    most = plausible_bound("placement price", "highest")
    least = plausible_bound("placement price", "lowest")
    if _HOME.search(item.label) and not _NO_HOME.search(item.label):
        least = plausible_bound("children's home price", "lowest")
    if week > most.at(item.price_base):
        shown = most.shown_as
    elif 0 < week < least.value and not own_home:
        shown = least.shown_as
    else:
        return None
    stated = f"{money(value)} {article(item.per)}"
    other = f"{money(week * weeks)} a year" if item.per == "week" else f"{money(week)} a week"
    other_name = "year" if item.per == "week" else "week"
    as_other = value / weeks if item.per == "week" else value
    guesses = []
    if least.value <= as_other <= most.at(item.price_base):
        guesses.append(f"write `per: {other_name}` if {money(value)} is the price of a {other_name}")
    if least.value <= week * _THOUSAND <= most.at(item.price_base):
        guesses.append(f"write {value * _THOUSAND:.0f} if thousands of pounds are meant")
    return f"{stated} is {other} for one child, and {shown}", either(guesses, _NOUGHTS)


def of_a_week(part: ForAPeriod, per: str, value: float) -> float:
    """About what a figure for a period is in a week of the year, to hold it against bounds."""
    weeks = convention("weeks_in_a_year").value
    paid = max(part.weeks.values) if part.weeks is not None else weeks
    hours = max(part.per_week.values) if part.per_week is not None else 1.0
    return value * {"year": 1.0, "month": MONTHS_IN_A_YEAR, "week": paid, "hour": paid * hours}[per] / weeks


def salaries(asked: StatedCase) -> Iterator[Fault]:
    """What one full-time worker is paid a year, against the least in law and the most in councils."""
    year = asked.case.first_year
    for address, _grade, salary in asked.quantities(Grade, "salary"):
        yield from _pay(address, salary, year, "a year for a full-time worker", None)


def all_in_costs(asked: StatedCase) -> Iterator[Fault]:
    """What one FTE costs a year, against the least and the most that anybody is paid."""
    for address, post in asked.posts:
        if post.annual_cost is not None:
            year, at = post.price_base or asked.case.price_base, (*address, "annual_cost")
            yield from _pay(at, post.annual_cost, year, "a year for one FTE", max(fte_of(asked.case, post).values))
    for address, saving in asked.each(AgencyToPermanent):
        for field in ("agency_cost", "permanent_cost"):
            priced: YearlyAmount | None = getattr(saving, field)
            if priced is not None and priced.per == "year":
                at, words = (*address, field, "amount"), "a year for one FTE"
                yield from _pay(at, priced.amount, priced.price_base, words, max(saving.posts.values))


def _pay(address: Address, pay: Quantity, year: FinancialYear, words: str, fte: float | None) -> Iterator[Fault]:
    lowest, highest = plausible_bound("salary", "lowest"), plausible_bound("salary", "highest")
    least, most = lowest.value * _lowest_njc(year), highest.at(year)
    low, high = below(pay, least), above(pay, most)
    if low is not None:
        weeks = convention("weeks_in_a_year").value
        units = ((_THOUSAND, "thousands of pounds are meant"), (12, "it is a month's"), (weeks, "it is a week's"))
        guesses = [f"write {low * times:.0f} if {meant}" for times, meant in units if least <= low * times <= most]
        what = f"{money(low)} {words}; {lowest.shown_as}"
        yield Fault(address, what, either(guesses[:2], "Write pounds a year, in full."))
    elif high is not None:
        what = f"{money(high)} {words}; {highest.shown_as}"
        guesses = []
        if fte is not None and fte > 1 and least <= high / fte <= most:
            what = f"{money(high)} {words}, so {money(high * fte)} for {fte:g} FTE; {highest.shown_as}"
            guesses = [f"write {high / fte:.0f} if {money(high)} is for all {fte:g} FTE: the figure is for one"]
        yield Fault(address, what, either(guesses, _NOUGHTS))


def _lowest_njc(year: FinancialYear) -> float:
    """The lowest salary of the national spine in April of a year, pounds; of the last or first published, beyond."""
    month = max(year.first_month, Month(2009, 4))
    month = month if pay_is_published(month) else last_published_pay()
    spine = njc_spine_in_force(month)
    return njc_salary(month, njc_points(month, spine)[0], spine).value


def agency_rates(asked: StatedCase) -> Iterator[Fault]:
    """What an agency worker costs an hour or a day, against the minimum wage and what managers are charged at."""
    for address, cover, rate in asked.quantities(AgencyCover, "rate"):
        year = cover.price_base or asked.case.price_base
        least, most = _agency_range(year, cover.per)
        low, high = below(rate, least), above(rate, most)
        other = "day" if cover.per == "hour" else "hour"
        if low is not None or high is not None:
            value, bound = (low, "lowest") if low is not None else (high or 0.0, "highest")
            shown = plausible_bound("agency rate", "lowest" if bound == "lowest" else "highest").shown_as
            other_least, other_most = _agency_range(year, other)
            meant = f"write `per: {other}` if it is the rate of a {other}"
            guesses = [meant] if other_least <= value <= other_most else []
            what = f"{money(value)} for one {cover.per} of an agency worker; {shown}"
            yield Fault(address, what, either(guesses, "Check the rate: it is pounds for one worker."))
    for address, saving in asked.each(LessSicknessCover):
        yield from _day_cost((*address, "day_cost", "amount"), saving.day_cost)
    for address, cover in asked.each(AgencyCover):
        fee = cover.fee_amount
        if fee is not None and max(fee.values) > max(cover.rate.values):
            on = money(max(cover.rate.values))
            what = f"The agency's fee, {money(max(fee.values))}, is more than the rate it comes on, {on}"
            yield Fault((*address, "fee_amount"), what, f"Write the fee for one {cover.per}.")


def _day_cost(address: Address, cost: PricedAmount) -> Iterator[Fault]:
    least, most = _agency_range(cost.price_base, "day")
    value = below(cost.amount, least) or above(cost.amount, most)
    if value is not None:
        bound = "lowest" if value < least else "highest"
        shown = plausible_bound("agency rate", "lowest" if bound == "lowest" else "highest").shown_as
        yield Fault(address, f"{money(value)} for one day of cover; {shown}", "Write what one day of cover costs.")


def _agency_range(year: FinancialYear, per: str) -> tuple[float, float]:
    """The least and the most for an hour or a day, pounds."""
    hours = plausible_bound("full-time week", "highest").value * convention("weeks_in_a_year").value
    least = plausible_bound("agency rate", "lowest").value * _lowest_njc(year) / hours
    most = plausible_bound("agency rate", "highest").at(year)
    if per == "hour":
        return least, most
    day = plausible_bound("hours in a day", "lowest"), plausible_bound("hours in a day", "highest")
    return least * day[0].value, most * day[1].value


_FOR_ONE = ((Supplement, "amount"), (OneOff, "amount"), (PerFte, "amount"), (Ending, "amount"), (Process, "cost"))
_ENTRIES = ((OtherCost, "amount"),)
_FUNDS = (
    (FundingSource, "limit"),
    (FundingSource, "limit_a_year"),
    (FundingSource, "opening"),
    (Repayment, "amount"),
    (Stage, "cost"),
    (StatedCost, "amount"),
)


def small_sums(asked: StatedCase) -> Iterator[Fault]:
    """Sums so small that thousands of pounds are meant."""
    yield from _small(asked, _FOR_ONE, "cost for one person")
    yield from _small(asked, _ENTRIES, "cost")
    yield from _small(asked, _FUNDS, "fund")
    for address, income in asked.each(Income):
        if income.per in ("year", "once"):
            yield from _one_small((*address, "income", "amount"), income.income.amount, "cost")
    for address, turnover in asked.each(LessTurnover):
        yield from _one_small((*address, "replacement_cost", "amount"), turnover.replacement_cost.amount, "cost")
    for address, home in asked.each(InHouseHome):
        if home.fixed_cost.per == "year":
            yield from _one_small((*address, "fixed_cost", "amount"), home.fixed_cost.amount, "home's fixed cost")
    for address, allowance in asked.each(Allowance):
        least, weeks = plausible_bound("cost for one person", "lowest"), convention("weeks_in_a_year").value
        low = below(allowance.amount, least.value / of_a_week(allowance, allowance.per, 1.0))
        if low is not None and allowance.per == "year":
            what = f"{money(low)} a year is {money(low / weeks)} a week for one child"
            yield Fault((*address, "amount"), what, f"Write `per: week` if {money(low)} is paid a week.")


def _small(asked: StatedCase, fields: Sequence[tuple[type[Stated], str]], quantity: str) -> Iterator[Fault]:
    for kind, field in fields:
        for address, part, amount in asked.quantities(kind, field):
            if isinstance(part, OtherCost) and (part.per not in ("year", "once") or part.units is not None):
                continue
            yield from _one_small(address, amount, quantity)


def _one_small(address: Address, amount: Quantity, quantity: str) -> Iterator[Fault]:
    bound = plausible_bound(quantity, "lowest")
    low = below(amount, bound.value)
    if low is not None and max(amount.values) < bound.value:
        remedy = f"Write {low * _THOUSAND:.0f} if thousands of pounds are meant."
        yield Fault(address, f"Only {money(low)}; {bound.shown_as}", remedy)


def large_sums(asked: StatedCase) -> Iterator[Fault]:
    """Sums for one person that are the sum of many."""
    bound = plausible_bound("replacement cost", "highest")
    sums = [
        *((address, part.amount) for address, part in asked.each(OneOff) if part.per != "post"),
        *((address, part.amount) for address, part in asked.each(PerFte) if part.amount is not None),
        *((address, part.amount) for address, part in asked.each(Supplement) if part.amount is not None),
        *(((*address, "replacement_cost"), part.replacement_cost.amount) for address, part in asked.each(LessTurnover)),
    ]
    for address, amount in sums:
        high = above(amount, bound.value)
        if high is not None:
            yield Fault((*address, "amount"), f"{money(high)} for one person; {bound.shown_as}", _NOUGHTS)
