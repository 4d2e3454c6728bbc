"""Employer's National Insurance, person by person, and the contracted-out rebate while there was one."""

from __future__ import annotations

from collections.abc import Callable

from finmodel.basis.room import Room
from finmodel.costing.people import Present
from finmodel.lines.arithmetic import add_up, compare, maximum, minimum
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.periods import Month
from finmodel.reference import EmployerNationalInsurance, Rate, employer_ni, last_published_ni

NAME = "employer_national_insurance"
_NI = "Employer's National Insurance"
PER_PERSON_YEAR = "£ per person per year"
PER_PERSON_WEEK = "£ per person per week"
Groups = dict[str, tuple[Line, Line]]  # pay and people of those who work alike, by month; by name


def national_insurance(room: Room, groups: Groups, contracted_out: bool, name: str = NAME, label: str = _NI) -> Line:
    """£ a month: rate × pay above the secondary threshold, person by person, less the contracted-out rebate.

    Those who work alike can be taken together: max(pay − threshold, 0) summed over n of them is
    max(n × pay − n × threshold, 0).
    Source: Social Security Contributions and Benefits Act 1992, section 9; Pension Schemes Act 1993, section 41 (the
    rebate, on pay between the lower earnings limit and the upper accrual point, to 5 April 2016).
    """
    published = Room(room.book, "rates.employer_national_insurance", _NI).once
    rate = published.rates_by_month("rate", f"{_NI}, rate", lambda month: _in_force(month).rate, "rate")
    threshold = _threshold(published)
    rebated = contracted_out and any(_in_force(month).rebate for month in room.book.horizon.months)
    parts: list[Expression] = []
    for group, (pay, people) in groups.items():
        said = f"Pay above the secondary threshold ({group.replace('_', ' ')})"
        above = room.monthly(f"ni_pay_{group}", said, maximum(pay - threshold * people, 0))
        parts.append(rate * above - _rebate(room, published, group, pay, people) if rebated else rate * above)
    return room.monthly(name, label, add_up(parts))


def insurance_in_post(room: Room, people: Present, pay: Line, contracted_out: bool, when: str, of: str = "") -> Line:
    """£ a month for those who are there, each with a threshold of their own; pay: of one FTE in a year.

    when: such as `in_post`; of: what to say of a group of the post's staff.
    """
    groups = groups_in_post(room, people, pay, when, of)
    label = f"{_NI}, {when.replace('_', ' ')}{of}"
    return national_insurance(room, groups, contracted_out, f"{NAME}_{when}", label)


def insurance_on_more(room: Room, groups: Groups, rise: Expression) -> Expression:
    """£ a month on a rise of pay, a share of it, of those who are paid above the secondary threshold."""
    published = Room(room.book, "rates.employer_national_insurance", _NI).once
    rate, threshold = published["rate"], _threshold(published)
    more = [pay * rise * compare(pay, ">", threshold * people) for pay, people in groups.values()]
    return rate * literal(add_up(more))


def groups_in_post(room: Room, people: Present, pay: Line, when: str, of: str = "") -> Groups:
    """Those who are there, by whether they work a whole share, with their pay; what the words mean: see above."""
    groups: Groups = {}
    kinds = zip(people.kinds, ((people.whole_fte, people.whole), (people.rest_fte, people.rest)), strict=True)
    for kind, (fte, number) in kinds:
        group, said = f"{kind}_{when}", f"{kind} {when}".replace("_", " ")
        label = f"Gross pay ({said}){of}"
        groups[group] = (room.once.monthly(f"pay_{group}", label, room.a_month(fte * pay)), number)
    return groups


def _rebate(room: Room, published: Room, group: str, pay: Line, people: Line) -> Expression:
    """The rebate on pay between the lower earnings limit and the upper accrual point."""
    lower, upper, rebate = _rebate_lines(published)
    band = room.monthly(
        f"rebate_pay_{group}",
        f"Pay in the rebate's band ({group.replace('_', ' ')})",
        minimum(maximum(pay - lower * people, 0), (upper - lower) * people),
    )
    return rebate * band


def _in_force(month: Month) -> EmployerNationalInsurance:
    """The rates of a month; after the last that are published those go on, of which the reader of the case warns."""
    return employer_ni(min(month, last_published_ni()))


def _threshold(published: Room) -> Line:
    """The secondary threshold of a month: a twelfth of the year's."""
    yearly = published.rates_by_month(
        "secondary_threshold_of_a_year",
        "Secondary threshold of a year",
        lambda month: _in_force(month).secondary_threshold,
        PER_PERSON_YEAR,
    )
    label = "Secondary threshold of a month"
    return published.line("secondary_threshold", label, published.a_month(yearly), "£ per person")


def _rebate_lines(published: Room) -> tuple[Line, Line, Line]:
    """Lower earnings limit and upper accrual point of a month, and the contracted-out rebate."""
    if "rebate" in published:
        return published["lower_limit"], published["upper_point"], published["rebate"]
    found = [_in_force(month) for month in published.book.horizon.months]
    # After contracting out ended there is no upper accrual point; the last one is kept under a rebate of zero.
    last_point = [ni.upper_accrual_point for ni in found if ni.upper_accrual_point is not None][-1]
    lower = _month_of_weeks(
        published, "lower_limit", "Lower earnings limit", lambda month: _in_force(month).lower_earnings_limit
    )
    upper = _month_of_weeks(
        published,
        "upper_point",
        "Upper accrual point",
        lambda month: _in_force(month).upper_accrual_point or last_point,
    )
    rebates = [ni.rebate for ni in found if ni.rebate is not None]
    rebate = published.input(
        "rebate",
        "Contracted-out rebate, to 5 April 2016",
        [ni.rebate.value if ni.rebate else 0.0 for ni in found],
        "rate",
        published.book.origin_of_published(published.address("rebate"), rebates),
        over=Timeline.MONTHS,
    )
    return lower, upper, rebate


def _month_of_weeks(published: Room, name: str, label: str, of: Callable[[Month], Rate]) -> Line:
    """A weekly limit as a month's: × 52 ÷ 12, as HMRC's own annual limits are 52 weeks."""
    stated = published.rates_by_month(f"{name}_weekly", f"{label} of a week", of, PER_PERSON_WEEK)
    rule = published.a_month(stated * published.convention("ni_weeks_in_a_year"))
    return published.line(name, f"{label} of a month", rule, "£ per person", over=Timeline.MONTHS)
