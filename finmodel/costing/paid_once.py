"""Sums of the pay deal of 2014 to 2016 that were paid once, outside the spine, to those in post on 1 December 2014."""

from __future__ import annotations

from math import ceil

from msgspec.structs import replace

from finmodel import reference
from finmodel.basis.room import Room
from finmodel.case.schema import Post
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.periods import Month
from finmodel.lines.timing import look_up, previous


def paid_once(room: Room, post: Post, points: range, spine: str) -> Line | None:
    """£ for one FTE in the months of payment, by month; None where the case or the post has no such month.

    points: from the one that the post starts at to the last that it can climb to. room: that of its salary. A post that
    begins after December 2014 has none, nor has one that is priced on the new spine.
    """
    months, last = room.book.horizon.months, reference.in_post_for_sums_paid_once()
    if spine != "old" or not any(reference.njc_paid_once(month, point) for month in months for point in points):
        return None
    if not _in_time(room, post, last):
        return None
    table = [_at_point(room, post, point) for point in points]
    rule: Expression = table[0]
    if "place_in_grade" in room:
        rule = look_up(previous(room["place_in_grade"], 1), table)  # the balance of April is at the point before
    return room.once.line(
        "paid_once", f"Paid once to one FTE, {post.title}", rule, "£ per FTE", over=Timeline.MONTHS, note=_NOTE
    )


def _in_time(room: Room, post: Post, last: Month) -> bool:
    """Whether the post begins in time for the sums, by the last month; a check keeps its start there."""
    begins, label = _begins(room, post), f"Number of the month, {last.words}"
    own = replace(room, at=".".join(room.at.split(".")[:4])).once  # of the post, whose group or other post this may be
    number = own.fact("in_post_for_paid_once", label, room.book.month_number(last, 1), note="Set by the pay deal.")
    in_time, start = begins <= last, own["start"] + own["late"]
    when = "by then" if in_time else "later"
    what = f"{post.title}: the sums paid once go to who was in post in {last.words}, and it starts {when}"
    low, high = (start, number) if in_time else (number + 1, start)
    own.follows("paid_once_as_written", what, low, high)
    return in_time


def _begins(room: Room, post: Post) -> Month:
    """The month in which a post begins, with the delays that the case states; what began before the case has none."""
    first = room.book.horizon.months[0]
    begins = post.start or first
    option = next(each for each in room.book.case.options if each.id == room.at.split(".")[1])
    delays = [each.values[0] for each in (option.delay_months, post.delay_months) if each is not None]
    return begins if begins < first else begins + ceil(sum(delays))


_NOTE = "Non-consolidated sums of the pay deal of 2014 to 2016; no later pay rests on them."


def _at_point(room: Room, post: Post, point: int) -> Line:
    """What a point has, by month: zero but in the months of payment."""
    grade = room.book.case.grades[post.grade or ""]
    own = Room(room.book, f"grades.{post.grade}", f"Grade: {grade.label}", grade)
    name, label = f"point_{point}.paid_once", f"Paid once at spinal column point {point}"
    if name in own:
        return own[name]
    found = [reference.njc_paid_once(month, point) for month in room.book.horizon.months]
    origin = room.book.origin_of_published(own.address(name), [rate for rate in found if rate is not None])
    values = [0.0 if rate is None else rate.value for rate in found]
    return own.input(name, label, values, "£ per FTE", origin, over=Timeline.MONTHS)
