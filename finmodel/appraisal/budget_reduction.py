"""Which part of a saving reduces today's budget, and which avoids growth that is not in it yet.

A saving says so itself (`budget_reduction`). Where it does not, and children are kept out of care, the case's children
in care decide: those who would have come on top of today's number avoid growth; only those below today's number reduce
a budget. Income adds to the budget and avoids no growth. Growth avoided releases cash up to the growth that the base
budget holds already, and no further: a budget that was never given cannot be cut. The distinction is that of councils'
budget papers between savings and cost avoidance, as in the Wolverhampton paper of 20 January 2015, recommendation (ii).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from finmodel.basis.base_budget import SECTION, growth_in_base_budget
from finmodel.basis.room import Room
from finmodel.benefits.claims import WrittenBenefit, folder_of
from finmodel.benefits.deductions import WrittenClaim, deductions_of
from finmodel.case.entries import decided_by_children, grows, releases_no_cash
from finmodel.case.schema import Benefit
from finmodel.case.schema_savings import Claim, EarlierPermanence, Income
from finmodel.lines.arithmetic import add_up, compare, conditional, maximum, minimum
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.timing import at_period, at_year

How = Literal["stated", "children in care", "income", "not stated"]
CASHABLE = "cashable_saving"
_REDUCTION = "Cashable saving that reduces today's budget"
_ALL_OF_IT = "All of it, so the saving stands in one line; of less there would be two."


class Split(Struct, frozen=True):
    """A claim's cashable saving in two parts.

    how: what decides. avoided: £ a month that avoids growth; None where nothing does, or where nothing decides.
    by_year: £ a year, `reduction` and, where there can be some, `avoided_growth`; None where it is one part whole.
    """

    claim: WrittenClaim
    how: How
    avoided: Line | None = None
    by_year: dict[str, Line] | None = None


class BudgetSplit(Struct, frozen=True):
    """The split of each of this council's claims of an option, and what their growth avoided cannot release.

    avoided: £ a year, growth avoided before the limit; None where none is. beyond: £ a month, and by year, that is
    avoided beyond the growth in the base budget, and share_beyond its share of all avoided, by year; None where the
    case does not state that growth.
    """

    splits: tuple[Split, ...]
    avoided: Line | None
    beyond: Line | None = None
    beyond_by_year: Line | None = None
    share_beyond: Line | None = None


def split_of(room: Room, claims: Sequence[WrittenClaim]) -> BudgetSplit:
    """Write the split of an option's claims; room: where the lines of the option go."""
    grown = _share_that_avoids_growth(room, claims)
    splits = tuple(_split(room, found, grown) for found in claims)
    parts = [split.avoided for split in splits if split.avoided is not None]
    if not parts:
        return BudgetSplit(splits, None)
    own = room.within("own", section=SECTION)
    label = "Growth avoided by what would be cashable"
    monthly = own.monthly("avoided_growth", label, literal(add_up(list(parts))))
    avoided = own.by_year("avoided_growth", label, monthly)
    growth = growth_in_base_budget(room.book)
    if growth is None:
        return BudgetSplit(splits, avoided)
    label = "Growth avoided beyond what the base budget holds"
    yearly = own.yearly("beyond_base_budget", label, maximum(avoided - growth, 0), note="It releases no cash.")
    some = compare(avoided, ">", room.convention("tolerance"))
    pound = room.book.definition("one_pound", "One pound", 1, "£")
    rule = conditional(some, yearly / conditional(some, avoided, pound), 0)
    share = own.line("share_beyond_base_budget", f"{label}, as a share of it", rule, "share", over=Timeline.YEARS)
    beyond = own.monthly("beyond_base_budget", label, monthly * at_year(share))
    return BudgetSplit(splits, avoided, beyond, yearly, share)


def _split(option: Room, found: WrittenClaim, grown: Line | None) -> Split:
    claim, cash = found.claim, found.rungs[CASHABLE]
    room = option.within(folder_of(claim), claim, SECTION)
    if claim.budget_reduction is not None:
        label = "Share of the saving that reduces today's budget"
        if min(claim.budget_reduction.values) < 1:
            share = room.state("budget_reduction", label, claim.budget_reduction, "share")
            return _in_two(room, found, "stated", cash * (1 - share))
        share = room.stated_fact("budget_reduction", label, claim.budget_reduction, "share", _ALL_OF_IT)
        monthly = room.monthly("budget_reduction", _REDUCTION, cash * share)
        return Split(
            found, "stated", None, {"reduction": room.by_year("budget_reduction_of_the_year", _REDUCTION, monthly)}
        )
    if isinstance(claim, Income):
        return Split(found, "income")
    if not decided_by_children(option.book.case, claim):
        return Split(found, "not stated")
    if grown is None or releases_no_cash(option.book.case, claim):
        return Split(found, "children in care")
    return _in_two(room, found, "children in care", cash * grown)


def _in_two(room: Room, found: WrittenClaim, how: How, avoided: Expression) -> Split:
    cash = found.yearly[CASHABLE]
    monthly = room.monthly("avoided_growth", "Cashable saving that avoids growth", avoided)
    yearly = room.by_year("avoided_growth", monthly.label, monthly)
    reduction = room.yearly("budget_reduction_of_the_year", _REDUCTION, cash - yearly)
    return Split(found, how, monthly, {"reduction": reduction, "avoided_growth": yearly})


def _share_that_avoids_growth(room: Room, claims: Sequence[WrittenClaim]) -> Line | None:
    """Of the children kept out of care, the share who would have come on top of today's number; None where it is 0.

    The first month's number is today's. Children are counted after deadweight and optimism bias, as the cash is.
    """
    case = room.book.case
    decided = [found for found in claims if decided_by_children(case, found.claim) and _counts(found.claim)]
    if case.children_in_care is None or not grows(case) or not decided:
        return None
    shared = Room(room.book, "children_in_care", SECTION).once
    there = shared.state("number", "Children in care under business as usual", case.children_in_care, "children")
    rule = maximum(there - at_period(there, literal(1)), 0)
    growth = shared.monthly("growth", "Children in care on top of the first month's", rule, "children")
    own = room.within("own", section=SECTION)
    label = "Children fewer in care, after deadweight and optimism bias"
    fewer = own.monthly("children_kept", label, literal(add_up([_kept(room, found) for found in decided])), "children")
    child = room.book.definition("one_child", "One child", 1, "children")
    some = compare(fewer, ">", 0)
    rule = conditional(some, minimum(growth, fewer) / conditional(some, fewer, child), 0)
    return own.line("monthly.share_avoiding_growth", "Share of them who avoid growth", rule, "share")


def _counts(claim: Claim) -> bool:
    return isinstance(claim, Benefit | EarlierPermanence)


def _kept(option: Room, found: WrittenClaim) -> Expression:
    """The children of a claim after deadweight and optimism bias."""
    if isinstance(found, WrittenBenefit):
        return found.children_left
    room = option.within(folder_of(found.claim))
    return room["monthly.children"] * deductions_of(room, found.claim).kept(found.claim.deductions)
