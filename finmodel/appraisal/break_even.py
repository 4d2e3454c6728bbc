"""What one child fewer in care saves, for breaking even: the option's own mix of placements, or one that is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from finmodel.appraisal.options import WrittenOption
from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.benefits.claims import WrittenBenefit
from finmodel.benefits.placements import placement_cost
from finmodel.lines.arithmetic import add_up, compare, conditional
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.timing import at_period, at_year, by_year, total

_SECTION = "Break-even"


@dataclass(frozen=True, slots=True)
class SavingOfAChild:
    """What one child fewer in care saves, £ a child.

    placement: a placement for the whole of the first year; claimed: what of it can be claimed and cashed, None where
    the case makes no deductions; by_month: the cashable saving in each month of the effect.
    """

    placement: Expression
    claimed: Expression | None
    by_month: Line


def saving_of_a_child(written: WrittenOption) -> SavingOfAChild | None:
    """What one child fewer in care saves with an option's benefits; without any, in the placement that the case names.

    Several benefits are mixed as the option mixes them: each by its part of the child-months out of care.
    """
    benefits, room = written.own.benefits, written.room.under(_SECTION)
    if not benefits:
        return _named_placement(room.book)
    if len(benefits) == 1:
        (benefit,) = benefits
        placement = _first_year(room.book, benefit.cost_of_a_child)
        return SavingOfAChild(placement, placement * _kept_in_first_year(room, benefit), benefit.saving_per_child)
    mixed = list(zip(_shares(room, benefits), benefits, strict=True))
    gross = [share * _first_year(room.book, benefit.cost_of_a_child) for share, benefit in mixed]
    claimed = [part * _kept_in_first_year(room, benefit) for part, benefit in zip(gross, benefits, strict=True)]
    line = room.line(
        "monthly.saving_per_child",
        "Cashable saving of one child fewer in care, for the mix of benefits",
        literal(add_up([share * benefit.saving_per_child for share, benefit in mixed])),
        "£ per child",
    )
    return SavingOfAChild(literal(add_up(gross)), literal(add_up(claimed)), line)


def _named_placement(book: Book) -> SavingOfAChild | None:
    """A placement of the type that the case names for breaking even, without deductions."""
    if book.case.break_even_placement is None:
        return None
    yearly = placement_cost(book, book.case.break_even_placement)
    room = Room(book, "placements.break_even", _SECTION).once
    label, rule = "A month's placement of one child", room.a_month(at_year(yearly))
    monthly = room.line("monthly", label, rule, "£ per child")
    return SavingOfAChild(_first_year(book, yearly), None, monthly)


def _first_year(book: Book, yearly: Line) -> Expression:
    return at_period(yearly, literal(1)) * book.one_year


def _kept_in_first_year(room: Room, benefit: WrittenBenefit) -> Expression:
    """The share of the gross saving that is claimed, on average over the first year."""
    kept = benefit.kept_share
    if kept.timeline is Timeline.ONCE:
        return kept
    own = Room(room.book, kept.address.removesuffix(".kept_share"), kept.section).once
    yearly = own.line("kept_share_of_the_year", f"{kept.label}, average", by_year(kept, "average"), "share")
    return at_period(yearly, literal(1))


def _shares(room: Room, benefits: Sequence[WrittenBenefit]) -> list[Line]:
    """Each benefit's part of the child-months out of care; alike where there are none."""
    own = [room.within(f"benefits.{found.claim.id}") for found in benefits]
    counts = [
        at.line("child_months", "Months in which a child is fewer in care", total(found.children), "children")
        for at, found in zip(own, benefits, strict=True)
    ]
    child = room.book.definition("one_child", "One child", 1, "children")
    every = room.line("child_months", "The same, all benefits", literal(add_up(counts)), "children")
    some = compare(every, ">", 0)
    number = room.counted("number_of_benefits", "Number of benefits", len(benefits))
    return [
        at.line(
            "part_of_child_months",
            "Part of all child-months out of care",
            conditional(some, count / conditional(some, every, child), 1 / number),
            "share",
        )
        for at, count in zip(own, counts, strict=True)
    ]
