"""What pay would be more if an award that is offered were one percentage point higher.

The offered spine is the agreed one before it × (1 + award), so a point more adds 0.01 ÷ (1 + award) of that pay.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.case.pay_years import rests_on_an_offer
from finmodel.case.schema import Post
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.periods import FinancialYear
from finmodel.lines.timing import at_year
from finmodel.reference import last_published_pay, offered_award

NAME = "if_award_one_point_higher"
_POUNDS = "spine_pounds"  # awards assumed after the spine, where they are in pounds


class Rise(Struct, frozen=True):
    """The share by which a point more in the offered award raises gross pay and pensionable pay, by month."""

    pay: Expression
    pensionable: Expression


class PayOfOne(Struct, frozen=True):
    """£ a year for one FTE: salary by the spine, supplements in the post's order, and the pensionable of them."""

    salary: Line
    supplements: Sequence[Line]
    pensionable: Sequence[Line]


def offered_year() -> FinancialYear:
    """The year whose award is the last one published."""
    return last_published_pay().financial_year


def label_of(what: str = "") -> str:
    """What the lines are called."""
    return f"More if the pay award of {offered_year()} were one point higher{what}"


def rise_of(own: Room, post: Post, one: PayOfOne) -> Rise | None:
    """The rise of a post that is paid by the spine; None where its pay does not rest on an offer."""
    book = own.book
    if book.case.grades[post.grade or ""].points is None or not rests_on_an_offer(book.case):
        return None
    follow = [line for each, line in zip(post.supplements, one.supplements, strict=True) if each.percent is not None]
    return Rise(
        _rise(own, "rise_of_pay", f"pay, {post.title}", one.salary, (follow, one.supplements)),
        _rise(
            own,
            "rise_of_pensionable_pay",
            f"pensionable pay, {post.title}",
            one.salary,
            ([line for line in follow if line in one.pensionable], one.pensionable),
        ),
    )


def _rise(
    own: Room, name: str, what: str, salary: Line, supplements: tuple[Sequence[Line], Sequence[Line]]
) -> Expression:
    """The share by which salary and supplements rise; supplements: those in percent, which rise with it, and all."""
    share, (follow, every) = _share(own.book), supplements
    awards = _awards_room(own.book)
    in_pounds = _POUNDS in awards
    if not in_pounds and len(follow) == len(every):
        return share
    rises: Expression = literal(add_up([salary, *follow]))
    if in_pounds:
        rises = rises * (salary - at_year(awards[_POUNDS])) / salary
    rule = share * rises / literal(add_up([salary, *every]))
    note = "Supplements and awards that are stated in pounds do not rise with the award."
    return own.monthly(name, f"Share that one point adds to {what}", rule, "rate", note)


def _awards_room(book: Book) -> Room:
    return Room(book, "pay", "Pay awards").once


def _share(book: Book) -> Line:
    """What a point more adds to pay by the spine, by month: zero before the offered award."""
    award = offered_award()
    if award is None:
        raise ValueError("no pay award is offered")
    room, first, year = _awards_room(book), last_published_pay(), offered_year()
    if "one_point_of_award" in room:
        return room["one_point_of_award"]
    offered = room.rates(
        "offered_award", f"Pay award offered for {year}, already in the spine", [award], "rate", Timeline.ONCE
    )
    rests = room.flag(
        "rests_on_offer",
        f"Month whose pay rests on the award offered for {year}",
        (month >= first for month in book.horizon.months),
        book.origin_of_published(room.address("rests_on_offer"), [award]),
        Timeline.MONTHS,
    )
    point = book.definition("one_percentage_point", "One percentage point", 0.01, "rate")
    label = f"Share that one point more in the award of {year} adds to pay by the spine"
    return room.line("one_point_of_award", label, rests * point / (1 + offered), "rate", over=Timeline.MONTHS)
