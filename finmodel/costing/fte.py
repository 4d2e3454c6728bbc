"""FTE of a post: stated, or people × hours ÷ those of a full-time week × the share of a year that is paid."""

from __future__ import annotations

from msgspec.structs import replace

from finmodel import reference
from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.case.schema import ExistingPost, Post
from finmodel.case.schema_caseload import SizedBy
from finmodel.costing.active import profile
from finmodel.costing.people import stated_people
from finmodel.lines.expression import Expression, literal
from finmodel.lines.line import Line
from finmodel.parsing.quantities import Quantity

_HOURS = "hours per week per FTE"
_NOTE = "Not stated in the case: the national agreement's."


def fte_line(room: Room, post: Post | ExistingPost) -> Line:
    """FTE of a post."""
    label = f"FTE, {post.title}"
    if post.fte is not None:
        return profile(room, "fte", label, post.fte, "FTE")
    if isinstance(post, Post) and post.sized_by is not None:
        return _sized(room, label, post.sized_by)
    if post.hours is None:
        raise ValueError(f"post {post.id} states neither FTE nor hours")
    label_of_hours = f"Hours a week of one person, {post.title}"
    hours = profile(room, "hours", label_of_hours, post.hours, "hours per week per person")
    rule: Expression = stated_people(room, post) * hours / full_time_hours(room.book, post.grade)
    if post.weeks is not None:
        rule = rule * _paid_share(room, post, post.weeks)
    return room.line("fte", label, rule, "FTE")


def _sized(room: Room, label: str, by: SizedBy) -> Line:
    """What the team lacks of the target, as the caseload has it."""
    exact, whole = room.book.lacking[by.team, by.target]
    return room.line("fte", label, literal(whole if by.whole else exact), "FTE", note="As the caseload target has it.")


def full_time_hours(book: Book, grade: str | None) -> Line:
    """Hours of a full-time week: those that the grade states, else the case, else the national agreement."""
    named = book.case.grades.get(grade or "")
    if named is not None and named.full_time_hours is not None:
        own = Room(book, f"grades.{grade}", f"Grade: {named.label}", named)
        return own.once.state(
            "full_time_hours", f"Hours of a full-time week, {named.label}", named.full_time_hours, _HOURS
        )
    pay, label = Room(book, "pay", "Pay").once, "Hours of a full-time week"
    if book.case.full_time_hours is not None:
        return pay.state("full_time_hours", label, book.case.full_time_hours, _HOURS)
    published = reference.convention("full_time_week")
    origin = book.origin_of_published(pay.address("full_time_hours"), [published])
    origin = replace(origin, note=f"{_NOTE} {origin.note}".strip())
    return pay.input("full_time_hours", label, published.value, _HOURS, origin)


def weeks_in_a_year_of_pay(room: Room) -> Expression:
    """365 ÷ 7, by which the National Joint Council turns a year's pay into a week's."""
    return room.convention("days_in_a_year") / room.convention("days_in_a_week")


def _paid_share(room: Room, post: Post | ExistingPost, weeks: Quantity) -> Line:
    """The share of a full year's pay of who works some weeks of it: those weeks and leave in proportion ÷ the year's.

    So the ratio of leave to work is that of who works all year: weeks worked ÷ (365 ÷ 7 − weeks of leave).
    Source: National Agreement on Pay and Conditions of Service (Green Book), Part 4.12.
    """
    year = room.line("weeks_in_a_year_of_pay", "Weeks in a year of pay", weeks_in_a_year_of_pay(room), "weeks per year")
    worked = room.state("weeks", f"Weeks worked in a year, {post.title}", weeks, "weeks per year")
    days = _leave(room, post) / room.convention("days_worked_in_a_week")
    leave = room.line(
        "weeks_of_leave", "Weeks of leave and public holidays of who works all year", days, "weeks per year"
    )
    paid = room.line(
        "paid_weeks",
        f"Weeks paid in a year, leave in proportion, {post.title}",
        worked * year / (year - leave),
        "weeks per year",
    )
    return room.line("paid_share", f"Share of a full year that is paid, {post.title}", paid / year, "share")


def _leave(room: Room, post: Post | ExistingPost) -> Line:
    """Days of leave and public holidays in a year of who works all year."""
    label = "Days of leave and public holidays of who works all year"
    if post.leave_days is not None:
        return room.state("leave_days", label, post.leave_days, "days per year")
    pay = Room(room.book, "pay", "Pay").once
    return pay.rates_by_month(
        "leave_days", f"{label}, least in the national agreement", reference.njc_leave, "days per year"
    )
