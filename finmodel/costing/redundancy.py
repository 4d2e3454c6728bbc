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
from finmodel.lines.arithmetic import add_up, compare, maximum, minimum, rounded_down
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
        _due(there, group, _weeks(there, room.once, stated, in_post), week, stated.capped)
        for in_post, group, there in _groups(room, staffing, people)
    ]
    return room.monthly("due", "Redundancy pay that is due", add_up(amounts))


def _groups(room: Room, staffing: Staffing, people: Present) -> Iterator[tuple[Line, Present, Room]]:
    """Complete years in the post at its end, the people who have served them, and where their lines go."""
    own, months = staffing.room, staffing.room["end"] - staffing.start + 1
    rule = rounded_down(months / room.convention("months_in_a_year"), room.convention("decimal_places_compared"))
    if not staffing.starts_differ:
        at_its_end = room.within("at_its_end")
        yield at_its_end.line("years_in_post", "Complete years in the post", rule, "years"), people, at_its_end
        return
    longer: Line | None = None
    first = None
    for years in range(_most_years(staffing), -1, -1):
        there = room.within(f"after_{years}_years")
        in_post = there.fact("years_in_post", "Complete years in the post", years, "years", note="Of this group.")
        here = _served(room, staffing, years, in_post)
        yield in_post, among(there, people, Band(longer, here), f", {years} years in post"), there
        longer, first = here, first or in_post
    if first is not None:
        own.follows("ending.redundancy.groups", "nobody serves longer than the groups of redundancy pay", rule, first)


def _most_years(staffing: Staffing) -> int:
    """Complete years in the post of who starts with it and stays to its end."""
    post, months = staffing.post, staffing.room.book.horizon.months
    return ((post.end or months[-1]) - (post.start or months[0]) + 1) // MONTHS_IN_A_YEAR


def _served(room: Room, staffing: Staffing, years: int, in_post: Line) -> Line:
    """FTE who have been in post for so many years by the end of the month, their first month counted."""
    if years == 0:
        return staffing.fte_in_post
    before = room.line(
        f"months_of_{years}_years",
        f"Months before the last of {years} years",
        in_post * room.convention("months_in_a_year") - 1,
        "number",
    )
    return staffing.after(years * MONTHS_IN_A_YEAR - 1, before)


def _weeks(room: Room, shared: Room, stated: Redundancy, in_post: Line) -> Line:
    """Weeks of pay for each person of a group: a half for each year, and a half more from either age."""
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
