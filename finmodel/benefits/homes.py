"""A council's own homes: a fixed cost stops only when enough beds are empty, so the saving comes in steps.

The deductions are taken off the beds, and each rung counts the homes that its own empty beds can close: a share of the
pounds would close a part of a home.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from finmodel.basis.room import Room
from finmodel.benefits.amounts import priced_year
from finmodel.benefits.deductions import Deductions, write_rung
from finmodel.benefits.effect import effect
from finmodel.benefits.reach import state_children
from finmodel.case.schema_savings import InHouseHome
from finmodel.lines.arithmetic import minimum, rounded_down
from finmodel.lines.expression import Expression
from finmodel.lines.line import Line
from finmodel.lines.timing import each_month


class Beds(Struct, frozen=True):
    """Beds emptied in a month, from which deductions are taken before homes close."""

    room: Room
    saving: InHouseHome
    empty: Line

    def reduced(self, deductions: Deductions) -> tuple[tuple[Line, Line, Line], Expression]:
        """The rungs: what each rung's own beds can close."""
        close = _Closing(self.room, self.saving)
        after = self._left("after_deadweight", "after deadweight", self.empty * (1 - deductions.deadweight))
        rule = deductions.after_optimism(self.empty, after)
        biased = self._left("after_optimism_bias", "after optimism bias", rule)
        rungs = (
            write_rung(self.room, "gross_saving", close.saved("gross_saving", self.empty)),
            write_rung(self.room, "after_deadweight", close.saved("after_deadweight", after)),
            write_rung(self.room, "after_optimism_bias", close.saved("after_optimism_bias", biased)),
        )
        other = deductions.other_convention
        left = self._left(other, f"{other} deductions", self.empty * deductions.kept(other))
        return rungs, close.saved(other, left)

    def _left(self, name: str, what: str, rule: Expression) -> Line:
        return self.room.monthly(f"beds_{name}", f"Empty beds, {what}", rule, "beds")


class _Closing:
    """From empty beds to the fixed cost that stops."""

    def __init__(self, room: Room, saving: InHouseHome) -> None:
        self.room = room
        label = "Beds that must be empty for a home to close"
        self.needed = room.state("beds_to_close", label, saving.beds_to_close, "beds per home")
        self.homes = room.state("homes", "Homes that there are", saving.homes, "homes")
        self.cost = priced_year(room, "fixed_cost", "Fixed cost of one home, a year", saving.fixed_cost, "£ per home")

    def saved(self, name: str, beds: Line) -> Expression:
        """What stops in a month: whole homes that the empty beds can close, at most all × a month's fixed cost."""
        whole = rounded_down(beds / self.needed, self.room.convention("decimal_places_compared"))
        closed = self.room.line(
            f"monthly.homes_closed_{name}",
            f"Homes closed: {beds.label.lower()}",
            minimum(whole, self.homes),
            "homes",
            note="Whole homes only, and no more than there are.",
        )
        return self.room.a_month(closed * self.cost)


def beds_emptied(room: Room, saving: InHouseHome) -> Beds:
    """Beds emptied in a month: the children of a benefit who would have lived there, or as stated."""
    bed = room.book.definition("one_bed", "A bed for each child", 1, "beds per child")
    if saving.benefit is not None:
        benefit = benefit_of(room, saving.benefit)
        share = each_month(benefit[f"placements.{saving.placement}"])
        return Beds(
            room, saving, room.line("monthly.beds", "Empty beds", benefit["monthly.children"] * share * bed, "beds")
        )
    if saving.beds_emptied is None:
        raise ValueError(f"saving {saving.id} states neither a benefit nor the beds emptied")
    there = effect(room, saving)
    given = state_children(room, "beds_emptied", "Children fewer in the homes", saving.beds_emptied)
    return Beds(room, saving, room.line("monthly.beds", "Empty beds", given * bed * there, "beds"))


def benefit_of(saving: Room, name: str) -> Room:
    """The room of a benefit of the option that a saving belongs to."""
    option, _, _ = saving.at.partition(".savings.")
    return replace(saving, at=f"{option}.benefits.{name}")
