"""Increments: a point more after six months' service or in April, whichever is later, then every April to the top.

Source: National Agreement on Pay and Conditions of Service (Green Book), Part 2, paragraph 5: who has served less than
six months by 1 April has the first increment six months after the start.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from finmodel.basis.room import Room
from finmodel.case.schema import Post
from finmodel.costing.people import one_fte
from finmodel.costing.staffing import started_before
from finmodel.lines.arithmetic import compare, conditional, minimum
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.timing import at_year, look_up, previous, shifted


def with_increments(room: Room, post: Post, table: Sequence[Line], points: tuple[int, int]) -> Expression:
    """The salary of a post all of which starts at once; points: the first and the last of the table."""
    label = f"Points from {points[0]} to the top, {points[1]}, both counted"
    top = room.fact("points_to_top", label, len(table), note="The points of the grade, from the one that it starts on.")
    book, served = room.book, room.convention("increment_service_months")
    before = started_before(room, post)
    begins = room["start"] + room["late"]
    rule = book.year_of(begins, within=not before)
    note = "No increment falls in it."
    started = room.line("year_of_start", "Number of the year in which the post starts", rule, "number", note=note)
    year = at_year(book.number_of(Timeline.YEARS))
    rule = compare(book.number_of(Timeline.MONTHS), ">=", begins + served) * (year - started)
    if before:
        rule = rule - room.line(
            "increments_before",
            "Increments earned by the first month of the case",
            compare(1, ">=", begins + served) * (1 - started),
            "number",
            note="The point of a post that was there before the case is the one that it is paid at in the first month.",
        )
    earned = room.line("increments", "Increments earned", rule, "number")
    place = room.line("place_in_grade", "Place in the grade", minimum(1 + earned, top), "number")
    return look_up(place, table)


def average_with_increments(room: Room, table: Sequence[Line], filled: Line) -> Expression:
    """The average salary of those in post, each of whom climbs from a start of their own; filled: FTE in post by month.

    Those with a first increment are, from April to September, who had started six months before; with a further one,
    who had the one before it in March. Where FTE leave, those who came last go first.
    """
    served, months = room.convention("increment_service_months"), Timeline.MONTHS
    year = room.book.shared(
        "calendar.year_of_month",
        lambda: room.book.line(
            "calendar.year_of_month",
            "Number of the year, by month",
            at_year(room.book.number_of(Timeline.YEARS)),
            "number",
            section="Calendar",
        ),
    )
    climbs = room.monthly(
        "climbs",
        "Month in which six months' service began in the year before",
        compare(shifted(year, served), "<", year),
        "flag",
    )
    april = room.monthly("april", "April", compare(previous(year), "<", year), "flag")
    divisor = conditional(compare(filled, ">", 0), filled, one_fte(room))
    average: Expression = table[0]
    before: Line | None = None
    for number, (lower, higher) in enumerate(pairwise(table), 1):
        name, label = (
            f"monthly.fte_with_{number}_increments",
            f"FTE with {number} increment{'s' * (number > 1)} or more",
        )
        there = room.declare(name, label, "FTE", months)
        reached = shifted(filled, served) if before is None else previous(before)
        when = climbs if before is None else april
        there.define(minimum(filled, conditional(when, reached, previous(there))))
        average = average + there / divisor * (higher - lower)
        before = there
    return average
