"""What is taken off a claim, rung by rung: gross, after deadweight, after optimism bias, cashable."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from finmodel.basis.room import Room
from finmodel.benefits.optimism_bias import optimism_bias
from finmodel.case.entries import releases_no_cash
from finmodel.case.schema_savings import Claim
from finmodel.lines.expression import Expression
from finmodel.lines.line import Line

RUNGS = {
    "gross_saving": "Gross saving",
    "after_deadweight": "Saving after deadweight",
    "after_optimism_bias": "Saving after optimism bias",
    "cashable_saving": "Cashable saving",
}
_NO_CASH = "None of it, so it is not divided by the growth in children in care."
OTHER_CONVENTION = {"multiplicative": "subtractive", "subtractive": "multiplicative"}


class Deductions(Struct, frozen=True):
    """What is taken off the gross of a claim: shares."""

    convention: str
    deadweight: Line
    optimism: Line
    cashable: Line

    @property
    def other_convention(self) -> str:
        """The convention that the claim does not follow."""
        return OTHER_CONVENTION[self.convention]

    def kept(self, convention: str) -> Expression:
        """The share that is left after deadweight and optimism bias."""
        if convention == "multiplicative":
            return (1 - self.deadweight) * (1 - self.optimism)
        return 1 - self.deadweight - self.optimism

    def after_optimism(self, gross: Expression, after_deadweight: Expression) -> Expression:
        """What is left after deadweight and optimism bias: each off what the one before left, or both off the gross."""
        if self.convention == "multiplicative":
            return after_deadweight * (1 - self.optimism)
        return gross * self.kept("subtractive")


class Saved(Protocol):
    """The gross of a claim, from which deductions are taken: pounds, or what stands behind them."""

    def reduced(self, deductions: Deductions) -> tuple[tuple[Line, Line, Line], Expression]:
        """The first three rungs, £ a month; and the third had the deductions followed the other convention."""


class Pounds(Struct, frozen=True):
    """A gross saving, £ a month: each deduction is a share of its pounds."""

    room: Room
    gross: Line

    def reduced(self, deductions: Deductions) -> tuple[tuple[Line, Line, Line], Expression]:
        """The rungs, each a share of the one before or of the gross."""
        after = write_rung(self.room, "after_deadweight", self.gross * (1 - deductions.deadweight))
        biased = write_rung(self.room, "after_optimism_bias", deductions.after_optimism(self.gross, after))
        return (self.gross, after, biased), self.gross * deductions.kept(deductions.other_convention)


class WrittenClaim(Struct, frozen=True):
    """The lines of a claim, by month.

    rungs: by the names of `RUNGS`, £; yearly: the same by year. other_convention: by year, the cashable saving if
    deductions followed the other convention.
    """

    claim: Claim
    rungs: dict[str, Line]
    yearly: dict[str, Line]
    other_convention: Line


def state_deductions(room: Room, claim: Claim) -> Deductions:
    """The deductions of a claim as inputs; optimism bias may follow from the grade of its evidence."""
    label = "Deadweight: share that would have come about anyway"
    deadweight = room.state("deadweight", label, claim.deadweight, "share")
    optimism = optimism_bias(room, claim)
    label = "Share of the saving that releases cash"
    if releases_no_cash(room.book.case, claim):
        cashable = room.stated_fact("cashable", label, claim.cashable, "share", _NO_CASH)
    else:
        cashable = room.state("cashable", label, claim.cashable, "share")
    return Deductions(claim.deductions, deadweight, optimism, cashable)


def deductions_of(room: Room, claim: Claim) -> Deductions:
    """The deductions of a claim that is written already; room: the claim's own."""
    return Deductions(claim.deductions, room["deadweight"], room["optimism_bias"], room["cashable"])


def write_rung(room: Room, name: str, rule: Expression) -> Line:
    """A rung, £ a month."""
    return room.monthly(name, RUNGS[name], rule)


def write_deductions(room: Room, claim: Claim, saved: Saved, deductions: Deductions) -> WrittenClaim:
    """Every rung by month and by year, and the cashable saving had deductions followed the other convention."""
    rungs, otherwise = saved.reduced(deductions)
    cash = write_rung(room, "cashable_saving", rungs[-1] * deductions.cashable)
    monthly = dict(zip(RUNGS, (*rungs, cash), strict=True))
    yearly = {
        name: room.by_year(name, line.label, line, _who_gains(claim) if line is cash else "")
        for name, line in monthly.items()
    }
    name = f"cashable_saving_{deductions.other_convention}"
    label = f"Cashable saving, {deductions.other_convention} deductions"
    note = f"For comparison only; the case follows the {claim.deductions} convention."
    compared = room.monthly(name, label, otherwise * deductions.cashable, note=note)
    return WrittenClaim(claim, monthly, yearly, room.by_year(name, label, compared))


def _who_gains(claim: Claim) -> str:
    if "body" in claim.model_fields_set:
        return f"Gained by {claim.body}."
    return "The case does not say who gains, so it is taken to be this council."
