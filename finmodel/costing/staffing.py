"""How much of a post is filled in each month: from when, how fast, and who has been in it for how long."""

from __future__ import annotations

from msgspec import Struct

from finmodel.basis.room import Room
from finmodel.case.fte import is_constant
from finmodel.case.schema import Post
from finmodel.costing.active import active_line, profile
from finmodel.costing.people import fte_to_divide_by
from finmodel.lines.arithmetic import begun, compare, maximum, minimum
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.timing import previous, running_total, shifted


class Staffing(Struct, frozen=True):
    """Who is in a post, by month.

    room: of the post; in_post: 1 from its start to its end; share: of its FTE, the part in post.
    """

    room: Room
    post: Post
    fte: Line
    in_post: Line
    share: Line

    @property
    def started_before(self) -> bool:
        """Whether the post was filled before the case begins."""
        return started_before(self.room, self.post)

    @property
    def fills_over_time(self) -> bool:
        """Whether its FTE start bit by bit, so that a part of them may be in post."""
        return self.post.recruited_per_month is not None

    @property
    def starts_differ(self) -> bool:
        """Whether its people start in different months, all of them within the case."""
        return self.fills_over_time or not (is_constant(self.post) or self.started_before)

    @property
    def start(self) -> Line:
        """The number of the first month in post as stated, before any delay; below 1 before the case."""
        return self.room["start"]

    @property
    def begins(self) -> Expression:
        """The number of the first month in post, the delay added."""
        return self.start + self.room["late"]

    @property
    def ends(self) -> Expression:
        """The number of the last month in post, the delay added."""
        return self.room["end"] + self.room["late"]

    @property
    def fte_in_post(self) -> Line:
        """FTE in post."""
        return self.room.once.monthly("fte_in_post", "FTE in post", self.fte * self.in_post, "FTE")

    def share_of_fte(self, name: str, label: str, figure: Line) -> Line:
        """FTE as a share of the post's, by month; zero where the post has none."""
        return self.room.once.monthly(name, label, figure / fte_to_divide_by(self.room, self.fte), "share")

    def after(self, months: int, stated: Line) -> Line:
        """FTE who have been in post for so many full months; `stated` is that number as a line."""
        here = self.fte_in_post
        if self.started_before:
            rule = here * begun(self.room.book.number_of(Timeline.MONTHS), self.start + stated)
        else:
            rule = minimum(here, shifted(here, stated))
        label = f"FTE in post for {months} months or more"
        return self.room.once.monthly(f"fte_after_{months}_months", label, rule, "FTE")

    @property
    def starters(self) -> Line:
        """FTE who start in the month; those in post before the case are not among them."""
        rule: Expression = maximum(self.fte_in_post - previous(self.fte_in_post), 0)
        if self.started_before:
            rule = rule * compare(self.room.book.number_of(Timeline.MONTHS), ">", 1)
        return self.room.once.monthly("fte_starting", "FTE who start in the month", rule, "FTE")


def started_before(room: Room, post: Post) -> bool:
    """Whether a post was filled before the case begins. Other rules hold for it, so a check keeps its start there."""
    before = post.start is not None and post.start < room.book.horizon.months[0]
    where, start = ("before the first month" if before else "within the years shown"), room["start"]
    low, high = (start, literal(0)) if before else (literal(1), start)
    room.once.follows("starts_as_written", f"{post.title}: starts {where}, as its formulas take it", low, high)
    return before


def staffing_of(room: Room, post: Post, fte: Line) -> Staffing:
    """Write when a post is filled, and how much of it."""
    in_post = active_line(room, post, "In post")
    if post.recruited_per_month is None:
        return Staffing(room, post, fte, in_post, in_post)
    label = f"FTE who start each month, {post.title}"
    pace = profile(room, "recruited_per_month", label, post.recruited_per_month, "FTE")
    starting = room.monthly("fte_recruited", "FTE recruited in the month", pace * in_post, "FTE")
    so_far = room.monthly("fte_recruited_so_far", "FTE recruited so far", running_total(starting), "FTE")
    note = "All who have been recruited, up to the post's FTE."
    over = begun(room.book.number_of(Timeline.MONTHS), room["end"] + 1 + room["late"])
    here = room.monthly("fte_in_post", "FTE in post", minimum(fte, so_far) * (1 - over), "FTE", note)
    share = room.monthly("share_in_post", "Share of the FTE in post", here / fte_to_divide_by(room, fte), "share")
    return Staffing(room, post, fte, in_post, share)


def vacancy_factor(staffing: Staffing) -> Line:
    """The share of the time that filled posts stand empty."""
    post, label = staffing.post, "Vacancy factor: share of the time that filled posts stand empty"
    if post.vacancy_factor is None:
        raise ValueError(f"post {post.id} has no vacancy factor")
    return staffing.room.once.state("vacancy_factor", label, post.vacancy_factor, "share")
