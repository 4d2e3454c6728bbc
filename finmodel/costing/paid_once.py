"""Sums of the pay deal of 2014 to 2016 that were paid once, outside the spine, to those in post on 1 December 2014."""

from __future__ import annotations

from finmodel import reference
from finmodel.basis.room import Room
from finmodel.case.schema import Post
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.timing import look_up, previous


def paid_once(room: Room, post: Post, points: range, spine: str) -> Line | None:
    """£ for one FTE in the months of payment, by month; None where the case or the post has no such month.

    points: from the one that the post starts at to the last that it can climb to. room: that of its salary. A post that
    begins after December 2014 has none, nor has one that is priced on the new spine.
    """
    months, first = room.book.horizon.months, reference.in_post_for_sums_paid_once()
    if spine != "old" or (post.start or months[0]) > first:
        return None
    if not any(reference.njc_paid_once(month, point) for month in months for point in points):
        return None
    table = [_at_point(room, post, point) for point in points]
    rule: Expression = table[0]
    if "place_in_grade" in room:
        rule = look_up(previous(room["place_in_grade"], 1), table)  # the balance of April is at the point before
    return room.once.line(
        "paid_once", f"Paid once to one FTE, {post.title}", rule, "£ per FTE", over=Timeline.MONTHS, note=_NOTE
    )


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
