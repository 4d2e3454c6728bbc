"""A claim, from what the case states to its cashable saving: one path for every kind."""

from __future__ import annotations

from finmodel.basis.room import Room
from finmodel.benefits.deductions import (
    Deductions,
    Pounds,
    WrittenClaim,
    state_deductions,
    write_deductions,
    write_rung,
)
from finmodel.benefits.homes import Beds
from finmodel.benefits.savings import RULES
from finmodel.case.schema import Benefit
from finmodel.case.schema_savings import Claim
from finmodel.lines.arithmetic import compare, maximum
from finmodel.lines.line import Line
from finmodel.lines.timing import at_year, by_year, total
from finmodel.parsing.quantities import Quantity


class WrittenBenefit(WrittenClaim, frozen=True):
    """The lines of placements avoided, by month.

    yearly: also `children`. saving_per_child: what one child fewer in care in every month of the effect would save,
    cashable, £ a child. cost_of_a_child: by year. in_effect: 1 in the months of the effect. children_left: children
    less those who would have stayed out of care anyway and what optimism adds.
    """

    children: Line
    children_left: Line
    saving_per_child: Line
    cost_of_a_child: Line
    in_effect: Line


def folder_of(claim: Claim) -> str:
    """Where the lines of a claim go below its option's: a benefit and a saving may share an id."""
    return f"{'benefits' if isinstance(claim, Benefit) else 'savings'}.{claim.id}"


def follows(claim: WrittenClaim) -> bool:
    """Whether a saving follows from a benefit of its option."""
    return getattr(claim.claim, "benefit", None) is not None


def write_claim(option: Room, claim: Claim) -> WrittenClaim:
    """Write the lines of a claim of an option."""
    kind = "Benefit" if isinstance(claim, Benefit) else "Saving"
    room = option.within(folder_of(claim), claim, f"{kind}: {claim.label}")
    rule = RULES[type(claim)](room, claim)
    saved = rule if isinstance(rule, Beds) else Pounds(room, write_rung(room, "gross_saving", rule))
    deductions = state_deductions(room, claim)
    found = write_deductions(room, claim, saved, deductions)
    return _of_children(room, found, deductions) if isinstance(claim, Benefit) else found


def _of_children(room: Room, found: WrittenClaim, deductions: Deductions) -> WrittenBenefit:
    """What is said of placements avoided besides: the children, and the saving of each."""
    children, cost_of_a_child = room["monthly.children"], room["cost_of_a_child"]
    effect = _months_with_children(room, found.claim, children)
    left = room.monthly(
        "children_after_deductions",
        "Children fewer in care, after deadweight and optimism bias",
        children * deductions.kept(deductions.convention),
        "children",
    )
    rule = deductions.kept(deductions.convention) * deductions.cashable
    kept = room.line("kept_share", "Share of the gross saving that is claimed", rule, "share")
    fewer = room.line("children", "Children fewer in care", by_year(children, "average"), "children")
    per_child = room.monthly(
        "saving_per_child",
        "Cashable saving of one child fewer in care",
        room.a_month(at_year(cost_of_a_child)) * kept * effect,
        "£ per child",
    )
    return WrittenBenefit(
        found.claim,
        found.rungs,
        {**found.yearly, "children": fewer},
        found.other_convention,
        children=children,
        children_left=left,
        saving_per_child=per_child,
        cost_of_a_child=cost_of_a_child,
        in_effect=effect,
    )


def _months_with_children(room: Room, claim: Claim, children: Line) -> Line:
    """1 in the months of the effect in which any child is fewer; where there never is one, in all of them.

    A number by month or by year may begin with zeros, of months in which no child could be fewer: a number needed that
    counted them would be an average of months with the effect and months without.
    """
    lasting = room["in_effect"]
    stated = claim.children if isinstance(claim, Benefit) else None
    if isinstance(stated, Quantity) and stated.is_constant:
        return lasting
    never = compare(total(children), "<=", 0)
    label = "Month of the effect in which a child is fewer in care"
    note = "Every month of it, where there is never one."
    rule = lasting * maximum(compare(children, ">", 0), never)
    return room.line("children_in_effect", label, rule, "flag", note=note)
