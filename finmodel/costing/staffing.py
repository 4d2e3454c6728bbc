"""How much of a post is filled in each month: from when, how fast, and who has been in it for how long."""

from __future__ import annotations

from dataclasses import dataclass

from finmodel.basis.book import Book
from finmodel.case.schema import Post
from finmodel.costing.active import active_line
from finmodel.lines.arithmetic import compare, conditional, maximum, minimum
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.timing import previous, running_total, shifted


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who is in a post, by month.

    in_post: 1 from its start to its end; share: of its FTE, the part in post; phased: whether they start bit by bit.
    """

    book: Book
    post: Post
    fte: Line
    in_post: Line
    share: Line
    phased: bool
    prefix: str
    section: str

    @property
    def started_before(self) -> bool:
        """Whether the post was filled before the case begins."""
        return self.post.start is not None and self.post.start < self.book.horizon.months[0]

    @property
    def start(self) -> Line:
        """The number of the first month in post; below 1 before the case."""
        return self.book.model[f"{self.prefix}.start"]

    @property
    def fte_in_post(self) -> Line:
        """FTE in post."""
        address = f"{self.prefix}.monthly.fte_in_post"
        return self.book.shared(
            address,
            lambda: self.book.line(address, "FTE in post", self.fte * self.in_post, "FTE", section=self.section),
        )

    def divided_by_fte(self, figure: Line, address: str, label: str) -> Line:
        """FTE as a share of the post's; nil where the post has none."""
        return self.book.line(address, label, figure / _divisor(self.book, self), "share", section=self.section)

    def after(self, months: int, stated: Line) -> Line:
        """FTE who have been in post for so many full months; `stated` is that number as a line."""
        address = f"{self.prefix}.monthly.fte_after_{months}_months"
        if self.started_before:
            past = compare(self.book.number_of(Timeline.MONTHS), ">=", self.start + stated)
            rule: Expression = self.fte_in_post * past
        else:
            rule = minimum(self.fte_in_post, shifted(self.fte_in_post, stated))
        label = f"FTE in post for {months} months or more"
        return self.book.shared(address, lambda: self.book.line(address, label, rule, "FTE", section=self.section))

    @property
    def starters(self) -> Line:
        """FTE who start in the month; those in post before the case are not among them."""
        address = f"{self.prefix}.monthly.fte_starting"
        rule: Expression = maximum(self.fte_in_post - previous(self.fte_in_post), 0)
        if self.started_before:
            rule = rule * compare(self.book.number_of(Timeline.MONTHS), ">", 1)
        return self.book.shared(
            address, lambda: self.book.line(address, "FTE who start in the month", rule, "FTE", section=self.section)
        )

    @property
    def share_starting(self) -> Line:
        """Of the post's FTE, the share that starts in the month."""
        address = f"{self.prefix}.monthly.share_starting"
        label = "Share of the FTE who start in the month"
        return self.book.shared(address, lambda: self.divided_by_fte(self.starters, address, label))


def staffing_of(book: Book, post: Post, fte: Line, prefix: str, section: str) -> Staffing:
    """Write when a post is filled, and how much of it."""
    in_post = active_line(book, prefix, post.start, post.end, section, "In post")
    if post.recruited_per_month is None:
        return Staffing(book, post, fte, in_post, in_post, False, prefix, section)
    pace = book.state(
        f"{prefix}.recruited_per_month",
        f"FTE who start each month, {post.title}",
        post.recruited_per_month,
        "FTE",
        owner=post,
        section=section,
    )
    starting = book.line(
        f"{prefix}.monthly.fte_recruited", "FTE recruited in the month", pace * in_post, "FTE", section=section
    )
    so_far = book.line(
        f"{prefix}.monthly.fte_recruited_so_far",
        "FTE recruited so far",
        running_total(starting),
        "FTE",
        section=section,
    )
    here = book.line(
        f"{prefix}.monthly.fte_in_post",
        "FTE in post",
        minimum(fte, so_far) * in_post,
        "FTE",
        section=section,
        note="All who have been recruited, up to the post's FTE.",
    )
    share = book.line(
        f"{prefix}.monthly.share_in_post",
        "Share of the FTE in post",
        here / _write_divisor(book, fte, prefix, section),
        "share",
        section=section,
    )
    return Staffing(book, post, fte, in_post, share, True, prefix, section)


def vacancy_factor(staffing: Staffing) -> Line:
    """The share of the time that filled posts stand empty."""
    book, post, address = staffing.book, staffing.post, f"{staffing.prefix}.vacancy_factor"
    if post.vacancy_factor is None:
        raise ValueError(f"post {post.id} has no vacancy factor")
    factor, label = post.vacancy_factor, "Vacancy factor: share of the time that filled posts stand empty"
    return book.shared(
        address, lambda: book.state(address, label, factor, "share", owner=post, section=staffing.section)
    )


def _divisor(book: Book, staffing: Staffing) -> Line:
    return _write_divisor(book, staffing.fte, staffing.prefix, staffing.section)


def _write_divisor(book: Book, fte: Line, prefix: str, section: str) -> Line:
    """The post's FTE to divide by: one where it has none, since nothing can be divided by nil."""
    address = f"{prefix}.fte_to_divide_by"
    one = book.definition("one_fte", "One FTE", 1, "FTE")
    return book.shared(
        address,
        lambda: book.line(
            address,
            "FTE to divide by",
            conditional(compare(fte, ">", 0), fte, one),
            "FTE",
            section=section,
            note="One in months for which the post has no FTE.",
        ),
    )
