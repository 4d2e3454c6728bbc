"""What an option must repay, and what one child fewer in care saves: the two sides of breaking even.

A saving that follows from a benefit of the option, such as the work that an avoided entry does not set off, comes with
the children and is a part of what each saves. Every other saving is taken off the cost first.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from finmodel.appraisal.options import OwnLines, WrittenOption
from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.benefits.claims import WrittenBenefit, folder_of, follows
from finmodel.benefits.deductions import WrittenClaim
from finmodel.costing.placement_prices import placement_cost
from finmodel.lines.arithmetic import add_up, compare, conditional
from finmodel.lines.expression import Expression, literal
from finmodel.lines.line import Line
from finmodel.lines.timing import at_period, at_year, total

_SECTION = "Break-even"
_CASH = "cashable_saving"


class SavingOfAChild(Struct, frozen=True):
    """What one child fewer in care in every month of the effect saves, £ a child.

    placement: a placement for the whole of the first year, before deductions; by_month: what can be cashed, with the
    savings that follow from the child; in_effect: the share of a child that is fewer in care in each month.
    """

    placement: Expression
    by_month: Line
    in_effect: Expression


def saving_of_a_child(written: WrittenOption) -> SavingOfAChild | None:
    """What one child fewer in care saves with an option's benefits; without any, in the placement that the case names.

    Several benefits are mixed as the option mixes them: each by its part of the child-months out of care.
    """
    benefits, room = written.own.benefits, written.room.under(_SECTION)
    if not benefits:
        return _named_placement(room.book)
    shares = _shares(room, benefits) if len(benefits) > 1 else [literal(1)]
    mixed = list(zip(shares, benefits, strict=True))
    placement = [share * _first_year(room.book, benefit.cost_of_a_child) for share, benefit in mixed]
    in_effect = [share * benefit.in_effect for share, benefit in mixed]
    found = SavingOfAChild(literal(add_up(placement)), _own_saving(room, mixed), literal(add_up(in_effect)))
    following = [claim for claim in written.own.ours if follows(claim)]
    return _with_what_follows(room, found, benefits, following) if following else found


def _own_saving(room: Room, mixed: Sequence[tuple[Expression, WrittenBenefit]]) -> Line:
    """The cashable saving of the placements alone, £ a child by month."""
    if len(mixed) == 1:
        return mixed[0][1].saving_per_child
    label = "Cashable saving of one child fewer in care, for the mix of benefits"
    rule = literal(add_up([share * benefit.saving_per_child for share, benefit in mixed]))
    return room.line("monthly.saving_per_child", label, rule, "£ per child")


def _with_what_follows(
    room: Room, found: SavingOfAChild, benefits: Sequence[WrittenBenefit], following: Sequence[WrittenClaim]
) -> SavingOfAChild:
    """The same with the savings that follow from the children, spread evenly over the child-months that bring them."""
    months = _child_months(room, benefits)
    saved = room.line(
        "saving_that_follows",
        "Cashable saving that follows from the children fewer in care",
        literal(add_up([total(claim.yearly[_CASH]) for claim in following])),
        "£",
    )
    child = room.book.definition("one_child", "One child", 1, "children")
    some = compare(months, ">", 0)
    each = room.line(
        "saving_that_follows_per_child",
        "The same, for one child fewer in a month",
        saved / conditional(some, months, child),
        "£ per child",
    )
    label = "Cashable saving of one child fewer in care, with what follows from it"
    whole = room.monthly("saving_with_what_follows", label, found.by_month + each * found.in_effect, "£ per child")
    return SavingOfAChild(found.placement, whole, found.in_effect)


def other_savings(written: WrittenOption, beyond: Line | None) -> Line:
    """What an option saves, cashable, apart from children fewer in care and what follows from them: £ by year.

    What business as usual saves by children of its own is given up, at its own price, so it is taken off. What the
    option's own children avoid beyond the growth in the base budget (`beyond`) is left out: it moves with their number.
    """
    rule: Expression = written.yearly[_CASH]
    own = [] if written.is_business_as_usual else _from_children(written.own)  # its saving is zero, of children too
    if own:
        rule = rule - add_up(own)
    if beyond is not None:
        rule = rule + beyond
    label = "Cashable saving from anything but children fewer in care"
    note = ""
    if given_up(written):
        note = "Less what business as usual saves by children of its own, which the option gives up."
    return written.room.under(_SECTION).yearly("other_savings", label, rule, note=note)


def given_up(written: WrittenOption) -> list[Line]:
    """What business as usual saves by children of its own, £ by year, a line for each benefit."""
    before = written.status_quo
    return [] if before is None or written.is_business_as_usual else _from_children(before)


def growth_of_children(written: WrittenOption) -> tuple[Line, Line] | None:
    """The growth that an option's children avoid, and what of it is beyond the growth in the base budget: £ by year.

    None where they avoid none, or where the case does not state the growth in its base budget.
    """
    if written.is_business_as_usual:
        return None
    return growth_of(written, _of_children(written.own), written.room.under(_SECTION))


def growth_of(written: WrittenOption, claims: Sequence[WrittenClaim], room: Room) -> tuple[Line, Line] | None:
    """The same of some claims; room: where the lines go. Each claim has its part of what the base budget holds."""
    split = written.own.split
    parts = [
        each.by_year["avoided_growth"]
        for each in split.splits
        if each.avoided is not None and each.by_year is not None and any(each.claim is claim for claim in claims)
    ]
    if split.share_beyond is None or not parts:
        return None
    avoided = room.yearly("growth_of_children", "Growth that they avoid", literal(add_up(list(parts))))
    label = "Growth that they avoid beyond what the base budget holds"
    return avoided, room.yearly("growth_of_children_beyond", label, avoided * split.share_beyond)


def _of_children(own: OwnLines) -> list[WrittenClaim]:
    """Children fewer in care, and what follows from them."""
    return [claim for claim in own.ours if isinstance(claim, WrittenBenefit) or follows(claim)]


def _from_children(own: OwnLines) -> list[Line]:
    return [claim.yearly[_CASH] for claim in _of_children(own)]


def _named_placement(book: Book) -> SavingOfAChild | None:
    """A placement of the type that the case names for breaking even, without deductions."""
    if book.case.break_even_placement is None:
        return None
    yearly = placement_cost(book, book.case.break_even_placement)
    room = Room(book, "placements.break_even", _SECTION).once
    label, rule = "A month's placement of one child", room.a_month(at_year(yearly))
    monthly = room.line("monthly", label, rule, "£ per child")
    return SavingOfAChild(_first_year(book, yearly), monthly, literal(1))


def _first_year(book: Book, yearly: Line) -> Expression:
    return at_period(yearly, literal(1)) * book.one_year


def _shares(room: Room, benefits: Sequence[WrittenBenefit]) -> list[Line]:
    """Each benefit's part of the child-months out of care; alike where there are none."""
    own = [room.within(folder_of(found.claim)) for found in benefits]
    every = _child_months(room, benefits)
    counts = [at["child_months"] for at in own]
    child = room.book.definition("one_child", "One child", 1, "children")
    some = compare(every, ">", 0)
    number = room.line("number_of_benefits", "Number of benefits", add_up([literal(1) for _ in benefits]), "number")
    return [
        at.line(
            "part_of_child_months",
            "Part of all child-months out of care",
            conditional(some, count / conditional(some, every, child), 1 / number),
            "share",
        )
        for at, count in zip(own, counts, strict=True)
    ]


def _child_months(room: Room, benefits: Sequence[WrittenBenefit]) -> Line:
    """The months in which a child is fewer in care, of each benefit and of all."""
    label, once = "Months in which a child is fewer in care", room.once
    counts = [
        once.within(folder_of(found.claim)).line("child_months", label, total(found.children), "children")
        for found in benefits
    ]
    return once.line("child_months", "The same, all benefits", literal(add_up(counts)), "children")
