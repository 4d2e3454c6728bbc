"""Statutory redundancy pay of those whose posts end: by age, complete years of service and a week's pay, capped.

Source: Employment Rights Act 1996, sections 155 (two years' service), 162 (half, one or one and a half week's pay for
each of the last twenty years, by age in it) and 227 (the cap on a week's pay, that of the day on which the post ends).
"""

from __future__ import annotations

from collections.abc import Iterator

from finmodel import reference
from finmodel.basis.room import Room
from finmodel.case.schema import Redundancy
from finmodel.costing.fte import weeks_in_a_year_of_pay
from finmodel.costing.people import Band, Present, among, present
from finmodel.costing.staffing import Staffing
from finmodel.lines.arithmetic import add_up, compare, maximum, minimum
from finmodel.lines.expression import Expression
from finmodel.lines.line import Line
from finmodel.lines.periods import MONTHS_IN_A_YEAR
from finmodel.parsing.quantities import Quantity


def redundancy_pay(room: Room, staffing: Staffing, stated: Redundancy, pay: Line) -> Line:
    """£ by month: what would be due if the post ended with the month. pay: of one FTE in a year.

    Who has served for less than two years, the years before the post counted, is due nothing. Each person's own week is
    capped, so a part-timer's is seldom.
    """
    people = present(staffing.room, "in_post", staffing.post, staffing.fte, staffing.fte_in_post)
    week = room.monthly("week", "A week's pay of one FTE", pay / weeks_in_a_year_of_pay(room), "£ per FTE per week")
    amounts = [
        _due(there, group, _weeks(there, room.once, stated, years), week, stated.capped)
        for years, group, there in _groups(room, staffing, people)
    ]
    return room.monthly("due", "Redundancy pay that is due", add_up(amounts))


def _groups(room: Room, staffing: Staffing, people: Present) -> Iterator[tuple[int, Present, Room]]:
    """Complete years in the post at its end, the people who have served them, and where their lines go."""
    months = staffing.room.book.horizon.months
    post = staffing.post
    served = ((post.end or months[-1]) - (post.start or months[0]) + 1) // MONTHS_IN_A_YEAR
    if not staffing.starts_differ:
        yield served, people, room.within(f"after_{served}_years")
        return
    longer: Line | None = None
    for years in range(served, -1, -1):
        here = _served(room, staffing, years)
        group = among(room.within(f"after_{years}_years"), people, Band(longer, here), f", {years} years in post")
        yield years, group, room.within(f"after_{years}_years")
        longer = here


def _served(room: Room, staffing: Staffing, years: int) -> Line:
    """FTE who have been in post for so many years by the end of the month, their first month counted."""
    if years == 0:
        return staffing.fte_in_post
    months = years * MONTHS_IN_A_YEAR - 1  # before the month itself
    stated = room.counted(f"months_of_{years}_years", f"Months before the last of {years} years", months)
    return staffing.after(months, stated)


def _weeks(room: Room, shared: Room, stated: Redundancy, years: int) -> Line:
    """Weeks of pay for each person of a group: a half for each year, and a half more from either age."""
    note = "Counted from its months."
    in_post = room.counted("years_in_post", "Complete years in the post", years, "years", note=note)
    before = shared.state(
        "years_before", "Years of service before the post", Quantity.constant(stated.service_before), "years"
    )
    age = shared.state("age", "Age when the post ends", Quantity.constant(stated.age), "years")
    service = room.line("service", "Complete years of service", in_post + before, "years")
    most = room.convention("redundancy_most_years")
    counted = room.line("years_counted", "Years that count", minimum(service, most), "years")
    older: Expression = counted
    for name in ("redundancy_age_of_one_week", "redundancy_age_of_more"):
        older = older + maximum(minimum(age - room.convention(name), counted), 0)
    qualifies = compare(service, ">=", room.convention("redundancy_qualifying_years"))
    return room.line(
        "weeks",
        "Weeks of redundancy pay for one person",
        room.convention("redundancy_half_week") * older * qualifies,
        "weeks",
        note="None for less than two years of service.",
    )


def _due(room: Room, people: Present, weeks: Line, week: Line, capped: bool) -> Line:
    """What a group is due: each person's week of pay, capped, × weeks."""
    whole: Expression = week * people.share
    rest: Expression = week * people.rest_share
    if capped:
        cap = _cap(room)
        whole, rest = minimum(whole, cap), minimum(rest, cap)
    return room.monthly("due", "Redundancy pay due to these", (whole * people.whole + rest * people.rest) * weeks)


def _cap(room: Room) -> Line:
    """The cap on a week's pay; after the last published that one goes on, of which the reader of the case warns."""
    last = reference.last_published_redundancy_cap()
    shared = Room(room.book, "rates", "On-costs").once
    return shared.rates_by_month(
        "redundancy_week_cap",
        "Statutory redundancy, cap on a week's pay",
        lambda month: reference.redundancy_week_cap(min(month, last)),
        "£ per person per week",
    )
