"""The FTE of a post as the case states them, in full or by hours and weeks, for checks; the model has its own lines."""

from __future__ import annotations

from finmodel import reference
from finmodel.case.schema import Case, Staffed
from finmodel.lines.periods import Month
from finmodel.parsing.quantities import Quantity

NONE = Quantity.constant(0)


def fte_of(case: Case, post: Staffed) -> Quantity:
    """FTE over time; zero where the case states neither FTE nor hours that make them."""
    if post.fte is not None:
        return post.fte
    found = {month: fte_at(case, post, month) for month in case.horizon.months}
    if len(set(found.values())) == 1:
        return Quantity.constant(next(iter(found.values())))
    return Quantity(tuple(found.items()))


def fte_at(case: Case, post: Staffed, month: Month) -> float:
    """FTE in a month: people × hours ÷ those of a full-time week × the share of a year that is paid."""
    if post.fte is not None:
        return post.fte.at(month) or 0.0
    if post.hours is None:
        return 0.0
    people = 1.0 if post.people is None else post.people.at(month) or 0.0
    worked = people * (post.hours.at(month) or 0.0) / full_time_hours_at(case, post, month)
    all_year = None if post.weeks is None else weeks_worked_all_year(post, month)
    if post.weeks is None or all_year is None:
        return worked
    return worked * (post.weeks.at(month) or 0.0) / all_year


def is_constant(post: Staffed) -> bool:
    """Whether the case states one number of FTE for all months."""
    stated = [each for each in (post.fte, post.hours, post.people, post.weeks) if each is not None]
    return all(each.is_constant for each in stated)


def full_time_hours_of(case: Case, post: Staffed) -> Quantity | None:
    """The hours of a full-time week that the post's grade states, or the case; None where neither does."""
    grade = case.grades.get(post.grade or "")
    own = None if grade is None else grade.full_time_hours
    return own or case.full_time_hours


def full_time_hours_at(case: Case, post: Staffed, month: Month) -> float:
    """The hours of a full-time week in a month: stated, or the national agreement's."""
    stated = full_time_hours_of(case, post)
    hours = None if stated is None else stated.at(month)
    return hours or reference.convention("full_time_week").value


def weeks_worked_all_year(post: Staffed, month: Month) -> float | None:
    """The weeks that who works all year does work: 365 ÷ 7, less leave and holidays; None where leave is not known."""
    leave = None if post.leave_days is None else post.leave_days.at(month)
    if leave is None:
        try:
            leave = reference.njc_leave(month).value
        except reference.RateNotFoundError:
            return None
    year = reference.convention("days_in_a_year").value / reference.convention("days_in_a_week").value
    return year - leave / reference.convention("days_worked_in_a_week").value
