"""Placements avoided: children fewer in care by month, and what their placements would have cost."""

from __future__ import annotations

from finmodel.basis.room import Room
from finmodel.benefits.effect import in_effect, persistence
from finmodel.benefits.reach import state_children
from finmodel.case.schema import Benefit
from finmodel.costing.placement_prices import COST_OF_A_YEAR, placement_cost
from finmodel.demand.ledger import draw, draws
from finmodel.lines.arithmetic import add_up
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.timing import at_year, previous, shifted


def placements_avoided(room: Room, benefit: Benefit) -> Expression:
    """Children fewer in care × what a month costs for the mix of placements avoided."""
    unit_cost = _cost_of_a_child(room, benefit)
    children = _children_fewer(room, benefit, in_effect(room, benefit), unit_cost)
    return room.a_month(children * at_year(unit_cost))


def _cost_of_a_child(room: Room, benefit: Benefit) -> Line:
    """What a year in care costs for the mix of placements avoided, £ a child, by year."""
    if not benefit.placements:
        raise ValueError(f"benefit {benefit.id} names no placement")
    types, mix = room.book.case.placements, benefit.placements
    shares = room.within("placements").shares_of_all(
        {name: (f"Share of {types[name].label}", share, None) for name, share in mix.items()}
    )
    parts = [share * placement_cost(room.book, name) for name, share in shares.items()]
    label = "A year's placement, for the mix avoided"
    return room.line("cost_of_a_child", label, literal(add_up(parts)), COST_OF_A_YEAR)


def _children_fewer(room: Room, benefit: Benefit, effect: Line, unit_cost: Line) -> Line:
    """Children fewer in care in each month, fractions and all."""
    lasting = persistence(room, benefit)
    if not draws(room.book):
        return _claimed(room, benefit, effect, lasting, "children", _FEWER)
    claimed = _claimed(room, benefit, effect, lasting, "children_claimed", f"{_FEWER}, as claimed")
    note = "No more than the baseline has left."
    return draw(room, "children", _FEWER, claimed, at_year(unit_cost), benefit.label, note)


_FEWER = "Children fewer in care"


def _claimed(room: Room, benefit: Benefit, effect: Line, lasting: Expression, name: str, called: str) -> Line:
    """What the benefit claims, before anything else that claims the same children."""
    if benefit.children is not None:
        label = f"{_FEWER}, {benefit.label}"
        stated = state_children(room, "children_stated", label, benefit.children)
        return room.monthly(name, called, stated * effect * lasting, "children")
    return _account_of_children(room, benefit, effect * lasting, name, called)


def _account_of_children(room: Room, benefit: Benefit, effect: Expression, name: str, called: str) -> Line:
    """Opening + entries avoided − those who would have left = closing; a child counts from the month of entry."""
    if benefit.entries_avoided is None or benefit.stay is None:
        raise ValueError(f"benefit {benefit.id} states neither children nor entries avoided with a stay")
    label = "Entries to care avoided in a month"
    stated = state_children(room, "entries_stated", label, benefit.entries_avoided)
    entries = room.monthly("entries_avoided", "Entries to care avoided", stated * effect, "children")
    closing = room.declare(
        f"monthly.{name}",
        called,
        "children",
        Timeline.MONTHS,
        "At the end of the month: a child counts from the month in which the entry is avoided.",
    )
    opening = room.monthly("opening_children", "Children fewer in care, opening", previous(closing), "children")
    leaving = room.monthly(
        "leaving", "Children who would have left by now", _leaving(room, benefit, opening, entries), "children"
    )
    return closing.define(opening + entries - leaving)


def _leaving(room: Room, benefit: Benefit, opening: Line, entries: Line) -> Expression:
    stay = benefit.stay
    if stay is not None and stay.months is not None:
        return shifted(entries, room.state("stay", "Length of stay, months", stay.months, "number"))
    if stay is not None and stay.average_months is not None:
        return opening / room.state("average_stay", "Average length of stay, months", stay.average_months, "number")
    raise ValueError(f"benefit {benefit.id} states no length of stay")
