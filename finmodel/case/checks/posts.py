"""Posts: FTE and the people who share it, points, pensions, and what comes with a post and when."""

from __future__ import annotations

import math
from collections.abc import Iterator

from finmodel import reference
from finmodel.case.checks.defined_names import Known
from finmodel.case.entries import posts_of
from finmodel.case.fte import is_constant, weeks_worked_all_year
from finmodel.case.schema import Case, ExistingPost, Post, Staffed, Supplement
from finmodel.lines.periods import MONTHS_IN_A_YEAR, Month
from finmodel.parsing.declared import whole_from_one
from finmodel.parsing.faults import Fault
from finmodel.parsing.places import Address

CLOSE = 1e-9
YOUNGEST = 16  # years, at which anybody may be employed


def people(case: Case, _: Known) -> Iterator[Fault]:
    """The people of a post, and of the posts that change with it, can fill its FTE."""
    for address, post in posts_of(case):
        yield from _people(case, post, address)
        for other_at, other in existing_of(post, address):
            yield from _people(case, other, other_at)


def weeks(case: Case, _: Known) -> Iterator[Fault]:
    """Who works some weeks of a year works fewer than who works all year."""
    for address, post in posts_of(case):
        for at, each in ((address, post), *existing_of(post, address)):
            yield from _weeks(case, each, at)


def _weeks(case: Case, post: Staffed, address: Address) -> Iterator[Fault]:
    if post.weeks is None or post.hours is None:
        return
    for month in case.horizon.months:
        most, worked = weeks_worked_all_year(post, month), post.weeks.at(month) or 0.0
        if most is None:
            what = f"The national agreement's leave is not known for {month.words}, and `weeks` needs it"
            yield Fault((*address, "leave_days"), what, "Add `leave_days: …`, days of leave and public holidays.")
            return
        if most <= 0:
            days = 0.0 if post.leave_days is None else post.leave_days.at(month) or 0.0
            what = f"Leave of {days:g} days is more than a year has"
            yield Fault((*address, "leave_days"), what, "Write the days of leave in a year, like 33.")
            return
        if worked > most + CLOSE:
            what = f"{worked:g} weeks worked are more than the {most:.1f} that who works all year does, leave taken off"
            remedy = "Write the weeks worked, without leave, or leave `weeks` out for a post that is paid all year."
            yield Fault((*address, "weeks"), what, remedy)
            return


def pay(case: Case, _: Known) -> Iterator[Fault]:
    """A point of the grade, increments to climb, and on-costs where there is pay that bears them."""
    for address, post in posts_of(case):
        if post.grade is not None:
            yield from _point(case, post.grade, post.point, (*address, "point"))
            yield from _increments(case, post, address)
        elif post.annual_cost is not None and post.on_costs is not None and not _has_grades(post):
            what = "`on_costs` has no effect next to `annual_cost`, which is all-in"
            yield Fault((*address, "on_costs"), what, "Remove `on_costs`, or price the post by `grade`.")
        for other_at, other in existing_of(post, address):
            if other.grade is not None and other.annual_cost is None:
                yield from _point(case, other.grade, other.point, (*other_at, "point"))


def pensions(case: Case, _: Known) -> Iterator[Fault]:
    """What is priced by grade needs a pension rate, or a flat rate for all on-costs."""
    for address, post in posts_of(case):
        on_costs = post.on_costs or case.on_costs
        if on_costs.flat_rate is not None or on_costs.employer_pension is not None:
            continue
        if post.grade is not None:
            own = (*address, "on_costs") if post.on_costs else ("on_costs",)
            yield _no_pension(post.id, (*own, "employer_pension"))
            continue
        for other_at, other in existing_of(post, address):
            if other.grade is not None:
                yield _no_pension(other.id, (*other_at, "grade"))


def starters(case: Case, _: Known) -> Iterator[Fault]:
    """Newly qualified starters are paid something else for a time; recruitment begins within the case."""
    first = case.horizon.months[0]
    for at, post in posts_of(case):
        new = post.newly_qualified
        if new is not None and post.grade is not None:
            if new.grade is None and new.point is None:
                what = "Newly qualified starters would be paid as all others are"
                remedy = "Name the `point` or the `grade` that they begin at."
                yield Fault((*at, "newly_qualified"), what, remedy, "whole")
            yield from _point(case, new.grade or post.grade, new.point, (*at, "newly_qualified", "point"))
        if post.recruited_per_month is not None and post.start is not None and post.start < first:
            what = f"Recruitment begins before the case does in {first.words}, and who came before is not known"
            yield Fault((*at, "recruited_per_month"), what, "Write a later `start`, or remove the line.")


def supplements(case: Case, _: Known) -> Iterator[Fault]:
    """A supplement is paid at some time while the post is there."""
    for at, post in posts_of(case):
        for n, supplement in enumerate(post.supplements):
            yield from _paid_in_post(case, post, supplement, (*at, "supplements", n))


def agency(case: Case, _: Known) -> Iterator[Fault]:
    """Agency workers have something to cover."""
    for at, post in posts_of(case):
        cover = post.agency_cover
        if cover is None:
            continue
        address = (*at, "agency_cover")
        start, end = cover.start or post.start, cover.end or post.end
        if start is not None and end is not None and end < start:
            what = f"Agency cover ends in {end.words}, before it starts in {start.words}"
            yield Fault((*address, "end"), what, "Write a later end.")
        opens = cover.start or post.start or case.horizon.months[0]
        before = opens < (post.start or case.horizon.months[0])
        after = cover.end is not None and post.end is not None and cover.end > post.end
        vacancies = cover.vacancies_too and post.vacancy_factor is not None
        if not (before or after or vacancies or post.recruited_per_month is not None):
            what = "Agency cover has no effect: the post is filled from its start"
            remedy = (
                "Add `start` before the post's, `recruited_per_month`, or `vacancies_too: yes` with a vacancy factor."
            )
            yield Fault(address, what, remedy, "whole")
        elif cover.vacancies_too and post.vacancy_factor is None:
            what = "`vacancies_too` needs the post's `vacancy_factor`"
            yield Fault((*address, "vacancies_too"), what, "Add `vacancy_factor: …%` to the post, or remove this.")


def endings(case: Case, _: Known) -> Iterator[Fault]:
    """The cost of ending a post falls in the month after its end, within the years of the case."""
    last = case.horizon.months[-1]
    for at, post in posts_of(case):
        if post.ending is None:
            continue
        if post.end is None:
            what = "The post has a cost of ending and no `end`"
            remedy = f"Add the last month in post, like `end: {last + -1}`."
            yield Fault((*at, "ending"), what, remedy, "whole")
        elif post.end >= last:
            what = f"The cost of ending falls in {(post.end + 1).words}, after the case ends in {last.words}"
            yield Fault((*at, "ending"), what, "Add a year to `years`, so that the cost is counted.", "whole")
        for name in ("weeks_of_pay", "redundancy"):
            stated = getattr(post.ending, name) is not None
            if stated and post.grade is None and post.annual_cost is not None:
                what = f"`{name}` needs a post priced by `grade`: an all-in cost does not show the pay"
                yield Fault((*at, "ending", name), what, "Write an `amount` for one FTE instead.", "whole")
        yield from _service(case, post, at)


def _service(case: Case, post: Post, at: Address) -> Iterator[Fault]:
    """Nobody has served since childhood."""
    redundancy = None if post.ending is None else post.ending.redundancy
    if redundancy is None or post.end is None:
        return
    try:
        reference.redundancy_week_cap(min(post.end, reference.last_published_redundancy_cap()))
    except reference.RateNotFoundError as error:
        if redundancy.capped:
            yield Fault((*at, "ending", "redundancy"), str(error), "Write `capped: no`, or an `amount`.", "whole")
    years = redundancy.service_before + years_in_post(case, post)
    if redundancy.age - years < YOUNGEST:
        what = f"{years} years of service at the age of {redundancy.age} would have begun at {redundancy.age - years}"
        yield Fault((*at, "ending", "redundancy", "age"), what, "Check the age, and `service_before`.")


def years_in_post(case: Case, post: Post) -> int:
    """Complete years from a post's start to its end, the first and the last month counted."""
    months = case.horizon.months
    return max(0, ((post.end or months[-1]) - (post.start or months[0]) + 1) // MONTHS_IN_A_YEAR)


def one_offs(case: Case, _: Known) -> Iterator[Fault]:
    """What is met when a post starts falls within the case."""
    first = case.horizon.months[0]
    for at, post in posts_of(case):
        if post.start is None or post.start >= first or not is_constant(post):
            continue
        for n in range(len(post.one_off)):
            what = f"The post started before the case begins in {first.words}, so this falls outside it"
            yield Fault((*at, "one_off", n), what, "Remove it, or write it among the option's `costs`.", "whole")


def existing_of(post: Post, address: Address) -> Iterator[tuple[Address, ExistingPost]]:
    """The posts that change with a post."""
    for name in ("replaces", "backfill"):
        for place, other in enumerate(getattr(post, name)):
            yield (*address, name, place), other


def _has_grades(post: Post) -> bool:
    return any(other.grade is not None for other in (*post.replaces, *post.backfill))


def _no_pension(post: str, address: Address) -> Fault:
    what = f"The employer's pension rate is missing, which the post `{post}` needs"
    remedy = "Add `employer_pension: …%` to `on_costs`, your fund's rate, or give a `flat_rate` for all on-costs."
    return Fault(address, what, remedy)


def _people(case: Case, post: Post | ExistingPost, address: Address) -> Iterator[Fault]:
    """Each is at most one FTE, in every month."""
    if post.people is None or post.fte is None or not whole_from_one(post.people):
        return
    for month in case.horizon.months:
        fte, people = post.fte.at(month), post.people.at(month)
        if fte is not None and people is not None and fte > people + CLOSE:
            counted = f"{people:g} {'person' if people == 1 else 'people'}"
            what = f"{fte:g} FTE for {counted} in {month.words}, who can fill at most 1 FTE each"
            remedy = f"Write {math.ceil(fte - CLOSE)} people or more, or leave `people` out."
            yield Fault((*address, "people"), what, remedy)
            return


def _point(case: Case, name: str, point: str | int | None, address: Address) -> Iterator[Fault]:
    """A spinal point is one of the grade's."""
    grade = case.grades.get(name)
    if grade is None or point is None or (grade.points is None and grade.stated_pay is None):
        return  # shown where the grade is
    if grade.points is None:
        what = f"`point` needs a grade with points, and `{name}` has a stated salary"
        yield Fault(address, what, "Remove `point`, or give the grade `points`.")
    elif isinstance(point, int) and not grade.points[0] <= point <= grade.points[1]:
        lowest, highest = grade.points
        what = f"Point {point} is outside the grade `{name}`"
        yield Fault(address, what, f"Write a point from {lowest} to {highest}, or top, middle or bottom.")


def _increments(case: Case, post: Post, address: Address) -> Iterator[Fault]:
    """Increments need points to climb."""
    grade = case.grades.get(post.grade or "")
    if grade is None or not post.increments or (grade.points is None and grade.stated_pay is None):
        return
    at = (*address, "increments")
    if grade.points is None:
        what = f"`increments` needs a grade with points, and `{post.grade}` has a stated salary"
        yield Fault(at, what, "Remove `increments`, or give the grade `points`.")
    elif (post.point or case.point) in ("top", grade.points[1]):
        what = "The post is at the top of its grade, so there are no increments to climb"
        yield Fault(at, what, "Remove `increments`, or add a lower start like `point: bottom`.")


def _paid_in_post(case: Case, post: Post, supplement: Supplement, address: Address) -> Iterator[Fault]:
    first = max(post.start or case.horizon.months[0], case.horizon.months[0])
    last = min(post.end or case.horizon.months[-1], case.horizon.months[-1])
    starts, ends = supplement.start or first, supplement.end or last
    if supplement.start is not None and supplement.end is not None and ends < starts:
        what = f"The end, {ends.words}, is before the start, {starts.words}"
        yield Fault((*address, "end"), what, "Write an end that is the start or later, or leave it out.")
    elif not _overlap(starts, ends, first, last):
        name = "start" if supplement.start is not None and starts > last else "end"
        what = f"The supplement is not paid in any month in post, {first.words} to {last.words}"
        yield Fault((*address, name), what, "Change its months, or remove it.")


def _overlap(start: Month, end: Month, first: Month, last: Month) -> bool:
    return start <= last and end >= first
