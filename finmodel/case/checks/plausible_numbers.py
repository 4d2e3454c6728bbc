"""Numbers of people, children, hours and months beyond any council's."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.case.checks.questions import StatedCase, above, below
from finmodel.case.fte import fte_of, is_constant
from finmodel.case.schema import AgencyCover, Benefit, Ending, NewlyQualified, Post, Staffed, Stay
from finmodel.case.schema_savings import (
    AgencyToPermanent,
    EarlierPermanence,
    InHouseHome,
    LessSicknessCover,
    LessTurnover,
    ProcessCosts,
    StepDown,
)
from finmodel.lines.periods import MONTHS_IN_A_YEAR
from finmodel.parsing.faults import Fault
from finmodel.parsing.places import Address
from finmodel.parsing.quantities import Quantity
from finmodel.reference import convention, plausible_bound

_NOUGHTS = "Check the number of noughts."
_DAYS_IN_A_MONTH = 365.25 / MONTHS_IN_A_YEAR


def posts(asked: StatedCase) -> Iterator[Fault]:
    """More posts than a council has, or so many people that each has next to no hours."""
    most, sharing = plausible_bound("posts", "highest"), plausible_bound("people for one FTE", "highest")
    for address, post in asked.posts:
        fte = max(fte_of(asked.case, post).values)
        if fte > most.value:
            yield Fault((*address, "fte"), f"{fte:,.0f} FTE of one post; {most.shown_as}", _NOUGHTS)
        people = max(post.people.values) if post.people is not None else 0
        yield from _long_week(post, address)
        if people > 1 and post.fte is not None and people > fte * sharing.value:
            each = fte / people * plausible_bound("full-time week", "highest").value
            what = f"{people:,.0f} people share {fte:g} FTE, {_hours(each)}; {sharing.shown_as} would be few"
            yield Fault((*address, "people"), what, f"Write {max(1, round(fte)):g} if each is full-time.")


def _long_week(post: Staffed, address: Address) -> Iterator[Fault]:
    """Contracted hours beyond any week's."""
    bound = plausible_bound("hours in a week", "highest")
    long = None if post.hours is None else above(post.hours, bound.value)
    if long is not None:
        what = f"{long:g} hours a week for one person; {bound.shown_as}"
        remedy = "Write the hours of one person in a week; `people` says how many there are."
        yield Fault((*address, "hours"), what, remedy)


def _hours(hours: float) -> str:
    minutes = hours * 60
    return f"{minutes:.0f} minutes a week each" if minutes >= 1 else "less than a minute a week each"


def recruitment(asked: StatedCase) -> Iterator[Fault]:
    """Recruitment so slow that the posts are never all filled."""
    months = asked.case.horizon.months
    for address, post in asked.each(Post):
        pace = post.recruited_per_month
        if pace is None or not is_constant(post):
            continue
        open_to = [m for m in months if (post.start or months[0]) <= m <= (post.end or months[-1])]
        started = sum(pace.at(month) or 0 for month in open_to)
        fte = fte_of(asked.case, post).values[0]
        if 0 < started < fte * (1 - 1e-9):
            what = f"Only {started:g} of {fte:g} FTE start in the {len(open_to)} months of the post"
            yield Fault((*address, "recruited_per_month"), what, "Write FTE a month, not a year, or lower the `fte`.")


def agency_weeks(asked: StatedCase) -> Iterator[Fault]:
    """Hours, days and weeks that a year does not have."""
    in_a_year = convention("weeks_in_a_year").value
    fewest, hours = plausible_bound("weeks covered", "lowest"), plausible_bound("hours in a week", "highest")
    for address, cover in asked.each(AgencyCover):
        long, short = above(cover.weeks, in_a_year + 1), below(cover.weeks, fewest.value)
        if long is not None:
            what = f"{long:g} paid weeks of agency cover in a year, which has {in_a_year:.0f}"
            yield Fault((*address, "weeks"), what, "Write the weeks of one year that are paid, like 44.")
        elif short is not None:
            what = f"{short:g} paid weeks of agency cover in a year, less than {fewest.shown_as}"
            remedy = "Write the paid weeks of a whole year, like 44; `start` and `end` say which months are covered."
            yield Fault((*address, "weeks"), what, remedy)
        yield from _week(cover, address, hours.value, hours.shown_as)


def _week(cover: AgencyCover, address: Address, most: float, shown: str) -> Iterator[Fault]:
    days = plausible_bound("hours in a week", "lowest").value
    at, stated = (*address, "per_week"), max(cover.per_week.values)
    if cover.per == "day" and stated > days:
        what = f"{stated:g} days a week for one FTE, and a week has seven"
        yield Fault(at, what, "Write days, like 5, or `per: hour` with an hour's rate.")
    elif cover.per == "hour" and 0 < stated <= days:
        what = f"{stated:g} hours a week for one FTE, as many as a week has days"
        yield Fault(at, what, "Write hours, like 37, or `per: day` with a day's rate.")
    elif cover.per == "hour" and stated > most:
        yield Fault(at, f"{stated:g} hours a week for one FTE; {shown}", "Write the hours of one FTE, like 37.")


def children(asked: StatedCase) -> Iterator[Fault]:
    """More children than any council has in care."""
    bound = plausible_bound("children in care", "highest")
    in_care = asked.case.children_in_care
    found: list[tuple[Address, Quantity]] = [] if in_care is None else [(("children_in_care",), in_care)]
    if in_care is None:
        for kind in (Benefit, StepDown, EarlierPermanence):
            found += [(address, number) for address, _, number in asked.quantities(kind, "children")]
    for address, number in found:
        high = above(number, bound.value)
        if high is not None:
            yield Fault(address, f"{high:,.0f} children; {bound.shown_as}", _NOUGHTS)


def entries(asked: StatedCase) -> Iterator[Fault]:
    """As many entries avoided in a year as there are: a year's number given for a month's."""
    bound, in_care = plausible_bound("entries in a year", "highest"), asked.case.children_in_care
    most = max(in_care.values) if in_care is not None else plausible_bound("children in care", "highest").value
    claims: list[tuple[Address, Benefit | ProcessCosts]] = [*asked.each(Benefit), *asked.each(ProcessCosts)]
    for address, claim in claims:
        stated = claim.entries_avoided
        if stated is None:
            continue
        a_month = max((stated.at(month) or 0 for month in asked.case.horizon.months), default=0)
        if a_month * MONTHS_IN_A_YEAR > bound.value * most:
            what = f"{a_month:g} entries avoided in each month are {a_month * MONTHS_IN_A_YEAR:,.0f} a year"
            if in_care is not None:
                what += f", with {most:,.0f} children in care"
            remedy = f"Write {a_month / MONTHS_IN_A_YEAR:.2g} if {a_month:g} is the number of a year."
            yield Fault((*address, "entries_avoided"), f"{what}; {bound.shown_as}", remedy, "whole")


def stays(asked: StatedCase) -> Iterator[Fault]:
    """Stays in care in years, weeks or days for months."""
    shortest, longest = plausible_bound("stay", "lowest"), plausible_bound("stay", "highest")
    for address, _stay, months in asked.quantities(Stay, "months", "average_months"):
        low, high = below(months, shortest.value / _DAYS_IN_A_MONTH), above(months, longest.value)
        if low is not None:
            what = f"A stay of {low:g} months, {low * _DAYS_IN_A_MONTH:.0f} days; {shortest.shown_as}"
            yield Fault(address, what, f"Write {low * MONTHS_IN_A_YEAR:g} if {low:g} years are meant.")
        elif high is not None:
            what = f"A stay of {high:g} months is {high / MONTHS_IN_A_YEAR:.0f} years; {longest.shown_as}"
            yield Fault(address, what, f"Write {high / _DAYS_IN_A_MONTH:.0f} if days are meant.")
    bound = plausible_bound("months earlier", "highest")
    for address, _saving, months in asked.quantities(EarlierPermanence, "months_earlier"):
        high = above(months, bound.value)
        if high is not None:
            what = f"{high:g} months earlier is {high / MONTHS_IN_A_YEAR:.0f} years; {bound.shown_as}"
            yield Fault(address, what, f"Write {max(1, high / _DAYS_IN_A_MONTH):.0f} if days are meant.")


def staff(asked: StatedCase) -> Iterator[Fault]:
    """Leavers, days of sickness and agency posts beyond any council's, or beyond what so few posts can do."""
    bounds = (
        (LessTurnover, "leavers_avoided", "leavers in a year", "leavers avoided a year"),
        (LessSicknessCover, "days_avoided", "days of sickness", "days of cover avoided a year"),
        (AgencyToPermanent, "posts", "agency posts", "agency posts made permanent"),
    )
    for kind, field, quantity, words in bounds:
        bound = plausible_bound(quantity, "highest")
        for address, _saving, number in asked.quantities(kind, field):
            fte = _fte(asked, address)
            high, many = above(number, bound.value), max(number.values)
            for_each = plausible_bound("leavers for one FTE", "highest")
            by = f" by {fte:g} FTE" if fte else ""
            if high is not None:
                what = f"{high:,.0f} {words}{by}; {bound.shown_as}"
                yield Fault(address, what, _NOUGHTS)
            elif kind is LessTurnover and fte and many > fte * for_each.value:
                what = f"{many:,.0f} {words}{by}, {many / fte:,.0f} for each; {for_each.shown_as}"
                yield Fault(address, what, "Write the leavers of one year whom these posts keep.")


def _fte(asked: StatedCase, address: Address) -> float:
    """The most FTE of the option that a saving belongs to; 0 where it has other costs too, which may do the work."""
    option = asked.case.options[int(address[1])]
    return 0.0 if option.costs else sum(max(fte_of(asked.case, post).values) for post in option.posts)


def other_numbers(asked: StatedCase) -> Iterator[Fault]:
    """Beds, weeks of pay and months of newly qualified staff beyond what there is."""
    bounds = (
        (InHouseHome, "beds_to_close", "beds in a home", "beds of one home", "Write the beds of one home, not of all."),
        (Ending, "weeks_of_pay", "weeks of pay", "weeks of pay for one FTE", "Write weeks, not pounds."),
    )
    for kind, field, quantity, words, remedy in bounds:
        bound = plausible_bound(quantity, "highest")
        for address, _part, number in asked.quantities(kind, field):
            high = above(number, bound.value)
            if high is not None:
                yield Fault(address, f"{high:,.0f} {words}; {bound.shown_as}", remedy)
    bound = plausible_bound("months newly qualified", "highest")
    for address, starters in asked.each(NewlyQualified):
        if starters.months > bound.value:
            what = f"Starters are newly qualified for {starters.months} months; {bound.shown_as}"
            weeks = convention("weeks_in_a_year").value / MONTHS_IN_A_YEAR
            yield Fault((*address, "months"), what, f"Write {starters.months / weeks:.0f} if weeks are meant.")
