"""When the effect of a claim begins, how long it is there, and how much of it lasts."""

from __future__ import annotations

from finmodel.basis.room import Room
from finmodel.case.schema_savings import Claim
from finmodel.costing.active import active_line
from finmodel.lines.arithmetic import begun, compare, conditional, maximum, minimum
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.timing import at_year, moved, previous
from finmodel.parsing.quantities import Provenance, Quantity


def effect(room: Room, claim: Claim) -> Expression:
    """The share of the saving that there is in a month: zero before it begins, then less what is lost over time."""
    return in_effect(room, claim) * persistence(room, claim)


def in_effect(room: Room, claim: Claim) -> Line:
    """1 in the months in which the effect lasts: from the start, moved later by the lag, to the end."""
    active = active_line(room, claim, "Month from start to end")
    rule = room["start"] + lag(room, claim) + room["late"]
    begins = room.line("effect_begins", "Month in which the effect begins, counted from 1", rule, "number")
    there = minimum(active, begun(room.book.number_of(Timeline.MONTHS), begins))
    return room.line("in_effect", "Effect in the month, after the lag", there, "flag")


def stated(room: Room, at: Room, name: str, label: str, quantity: Quantity, unit: str) -> Line:
    """A figure of the effect, month by month, as an input of `at`; a list counts its years from its beginning.

    A start and a lag move a list as a whole, so that its first figure is that of the first twelve months of the effect
    whenever they come; figures by council year or by month stay in theirs. room: that of the claim, which has
    `effect_begins`.
    """
    if quantity.is_constant:
        return at.state(name, label, quantity, unit)
    if quantity.ends is None:
        said = "by council year" if quantity.named else "by month"
        return at.state(name, f"{label}, {said}", quantity, unit)
    given = at.state(name, f"{label}, by year of the effect", quantity, unit)
    return at.monthly(
        f"{name}_moved", label, moved(given, _moved(room)), unit, "From the month in which the effect begins."
    )


def _moved(room: Room) -> Line:
    label = "Months from the first of the case to the one in which the effect begins"
    note = "None where it began before."
    return room.once.line("moved", label, maximum(room["effect_begins"] - 1, 0), "number", note=note)


def lag(room: Room, claim: Claim) -> Line:
    """How many months after the start the effect begins."""
    label = "Months before the effect begins"
    if "lag_months" in claim.model_fields_set:
        return room.input("lag_months", label, claim.lag_months, "number", room.book.origin(Provenance(), claim))
    return room.default("lag_months", label, claim.lag_months, "number", "No lag is assumed.")


def persistence(room: Room, claim: Claim) -> Expression:
    """The share of the effect that lasts: 1 in the year in which it begins, less the drop-off each year after."""
    label = "Share of the effect lost each year"
    if claim.drop_off is None:
        drop_off = room.default("drop_off", label, 0, "share", "No drop-off is assumed.")
    else:
        drop_off = room.state("drop_off", label, claim.drop_off, "share", over=Timeline.YEARS)
    rule = maximum(room.book.year_of(room["effect_begins"]), 1)
    note = "The first, where it began before."
    label = "Number of the year in which the effect begins"
    first = room.line("first_year_of_effect", label, rule, "number", note=note)
    lasting = room.declare("lasting", "Share of the effect that lasts", "share", Timeline.YEARS)
    began = compare(room.book.number_of(Timeline.YEARS), "<=", first)
    lasting.define(conditional(began, 1, previous(lasting) * (1 - drop_off)))
    return at_year(lasting)
