"""What a printed saving implies: child-years at the unit cost, and how many children that is over so many months."""

from __future__ import annotations

from msgspec import Struct

from finmodel.basis.room import Room
from finmodel.case.schema_demand import PrintedClaim
from finmodel.demand.avoided import WrittenAvoided, two
from finmodel.demand.observed import Timed
from finmodel.lines.arithmetic import compare
from finmodel.lines.line import Line
from finmodel.lines.outcomes import if_number, ratio

NO_UNIT_COST = "the placement costs nothing"


class OverMonths(Struct, frozen=True):
    """Children over a number of months: level all along, or at the end of a steady rise from nothing."""

    months: int
    level: Line
    ramp: Line


class WrittenClaimOfPaper(Struct, frozen=True):
    """A printed claim: the amount, the child-years and child-months it implies, and the children over each period.

    on_average: children over the months counted; shown: 1 where they are more than the baseline is usually out.
    """

    claim: PrintedClaim
    amount: Line
    child_years: Line
    child_months: Line
    over: tuple[OverMonths, ...]
    on_average: Line
    shown: Line


def write_claims(
    avoided: WrittenAvoided, timed: Timed, claims: tuple[PrintedClaim, ...]
) -> tuple[WrittenClaimOfPaper, ...]:
    """Every printed claim at the unit cost of the first year counted."""
    return tuple(_write(avoided, timed.room, claim) for claim in claims)


def _write(avoided: WrittenAvoided, demand: Room, claim: PrintedClaim) -> WrittenClaimOfPaper:
    book = demand.book
    room = Room(book, f"demand.claims.{claim.id}", f"Demand: claim, {claim.label}", claim)
    amount = room.state("amount", claim.label, claim.amount, "£")
    years = room.line(
        "child_years", "Child-years implied", ratio(amount, avoided.unit_cost, NO_UNIT_COST), "child years"
    )
    value = room.line(
        "child_months",
        "Child-months implied",
        if_number(years, years * book.convention("months_in_a_year")),
        "children",
    )
    over = []
    for months in claim.months:
        at = room.within(f"over-{months}-months")
        n = at.fact("months", "Months", months, note="As stated.")
        level = at.line("level", f"Children over {months} months, level", if_number(value, value / n), "children")
        ramp = at.line(
            "ramp",
            f"Children at the end of {months} months, rising steadily from none",
            if_number(level, level * two(book)),
            "children",
        )
        over.append(OverMonths(months, level, ramp))
    average = room.line(
        "on_average",
        "Children on average over the months counted",
        if_number(value, value / avoided.months_counted),
        "children",
    )
    shown = room.line(
        "shown",
        "More than the error of the baseline",
        if_number(average, compare(average, ">", avoided.error)),
        "flag",
    )
    return WrittenClaimOfPaper(claim, amount, years, value, tuple(over), average, shown)
