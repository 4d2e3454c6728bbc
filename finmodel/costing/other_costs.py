"""Costs that are not posts: every year, or once; capital, gifts in kind and what others bear shown separately."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from finmodel.basis.prices import at_prices
from finmodel.basis.room import Room
from finmodel.basis.yearly import of_a_year, unit_of
from finmodel.case.schema_costs import OtherCost, Residual
from finmodel.case.schema_units import Units
from finmodel.costing.active import FIRST_MONTH, active_line, in_month, late_line, profile
from finmodel.costing.capital import Borrowed, mrp_and_interest
from finmodel.costing.optimism_bias import with_optimism_bias
from finmodel.costing.units import counting, entering, number_entering, number_of, once_in_the_year, per_one
from finmodel.lines.arithmetic import compare
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line

Kind = Literal["revenue", "capital", "in_kind", "to_others"]
_NAMES: dict[Kind, str] = {"revenue": "cost", "capital": "outlay", "in_kind": "in_kind", "to_others": "to_others"}

_MONTH_OF_IT = "Month in which it falls, counted from 1"

# Why a cost has no full-year effect
MET_ONCE = "it is met once"
BY_COHORT = "it follows those who enter, year by year since they did, so no year of it is a full one"
BY_COHORT_ALONE = "what recurs follows those who enter, year by year since they did, so no year of it is a full one"
BY_COHORT_ALONE_AS_USUAL = f"of business as usual, {BY_COHORT_ALONE}"


class PricedCost(Struct, frozen=True):
    """The lines of a cost: by month, by year, and its full-year effect where it recurs.

    monthly_cost, cost: what this council's revenue bears, MRP and interest included; None where it bears nothing.
    apart: by year, what is shown next to the cost and never in it; kind says what.

    By month, £, each None where there is none. outlay: capital when it is spent, whoever pays for it. mrp and interest:
    the two parts of a borrowed outlay's `monthly_cost`. in_kind: what another public body gives or bears; to_others:
    what anybody else does. residual: what the asset is still worth, in the month in which it counts. optimism_bias: the
    part of the cost that is added for it. paid_from: what pays for an outlay, as the case writes it.
    """

    monthly_cost: Line | None
    cost: Line | None
    full_year_effect: Line | None
    kind: Kind = "revenue"
    apart: Line | None = None
    outlay: Line | None = None
    mrp: Line | None = None
    interest: Line | None = None
    in_kind: Line | None = None
    to_others: Line | None = None
    residual: Line | None = None
    optimism_bias: Line | None = None
    borrowed: Borrowed | None = None
    paid_from: str = ""


def kind_of(cost: OtherCost) -> Kind:
    """Whether this council's revenue bears it, or what it is instead."""
    if cost.capital is not None:
        return "capital"
    if cost.in_kind is not None:
        return "in_kind"
    return "revenue" if cost.borne_by is None else "to_others"


def why_no_full_year(cost: OtherCost) -> str:
    """Why a cost that has no full-year effect has none."""
    return BY_COHORT if follows_those_who_enter(cost) else MET_ONCE


def follows_those_who_enter(cost: OtherCost) -> bool:
    """Whether it comes cohort by cohort."""
    return cost.units is not None and cost.units.entering is not None


def of_public_body(cost: OtherCost) -> bool:
    """Whether what is given, or borne by others, is a public body's: stated, or else so of what is given."""
    return cost.in_kind is not None if cost.public_body is None else cost.public_body


def price_other_cost(option: Room, cost: OtherCost) -> PricedCost:
    """Write the lines of a cost of an option, at the prices of each year."""
    room = option.within(f"costs.{cost.id}", cost, f"Cost: {cost.label}")
    kind = kind_of(cost)
    rule, full = _falling(room, cost)
    biased = with_optimism_bias(room, cost, rule, full)
    if biased is not None:
        rule, full = biased.whole, biased.full
    monthly = room.monthly(_NAMES[kind], cost.label, rule)
    yearly = room.by_year(_NAMES[kind], cost.label, monthly)
    priced = PricedCost(
        None,
        None,
        None,
        kind,
        optimism_bias=None if biased is None else biased.added,
        residual=None if cost.residual is None else _residual(room, cost, cost.residual),
    )
    if kind == "capital":
        return _capital(room, cost, replace(priced, apart=yearly, outlay=monthly, paid_from=cost.capital or ""))
    if kind != "revenue":
        public = of_public_body(cost)
        return replace(priced, apart=yearly, in_kind=monthly if public else None, to_others=None if public else monthly)
    effect = None if full is None else room.by_year("full_year_effect", f"Full-year effect, {cost.label}", full)
    return replace(priced, monthly_cost=monthly, cost=yearly, full_year_effect=effect)


def _capital(room: Room, cost: OtherCost, priced: PricedCost) -> PricedCost:
    """An outlay, with what revenue bears of it where it is borrowed."""
    if cost.capital != "borrowed" or priced.outlay is None:
        return priced
    found = mrp_and_interest(room, cost, priced.outlay)
    return replace(
        priced,
        monthly_cost=found.monthly,
        cost=found.yearly,
        full_year_effect=found.full_year_effect,
        mrp=found.mrp,
        interest=found.interest,
        borrowed=found,
    )


def _residual(room: Room, cost: OtherCost, residual: Residual) -> Line:
    """What the asset is still worth, £, in the month in which it counts."""
    own = room.within("residual_value", residual)
    label = f"Residual value, {cost.label}"
    amount = own.state("amount", f"{label}, {residual.price_base} prices", residual.amount, "£")
    months = room.book.horizon.months
    at = residual.month or months[-1]
    stated = "as stated" if residual.month else "not stated: the last of the case"
    label_of_month, note = "Month in which it counts, counted from 1", f"{at.words}; {stated}."
    month = own.month("month", label_of_month, at, len(months), note)
    price = at_prices(room.book, amount, residual.inflation, residual.price_base)
    note = "No cash of this council's within the years shown: it counts in public and social value alone."
    monthly = room.monthly(
        "residual", label, price * compare(room.book.number_of(Timeline.MONTHS), "=", month), note=note
    )
    room.by_year("residual", label, monthly)
    return monthly


def _falling(room: Room, cost: OtherCost) -> tuple[Expression, Line | None]:
    """What falls in each month; and, where it recurs, what a full month costs."""
    once, units = cost.per == "once", cost.units
    late = late_line(room, cost, _MONTH_OF_IT if once and not follows_those_who_enter(cost) else FIRST_MONTH)
    label = f"{cost.label}, {cost.price_base} prices"
    amount = profile(room, "amount", label, cost.amount, unit_of("£" if units is None else per_one(units), cost.per))
    year = of_a_year(room, "amount", amount, cost, cost.per)
    price = at_prices(room.book, year, cost.inflation, cost.price_base)
    if units is not None:
        at = room.within("units", units)
        if units.entering is not None:
            return _by_cohort(room, at, cost, units, price), None
        price = price * number_of(at, units)
    if once:
        return price * in_month(room, room["start"] + late), None
    full = room.monthly("full_cost", "Cost of a full month", room.a_month(price))
    return full * active_line(room, cost, "Falls due"), full


def _by_cohort(room: Room, at: Room, cost: OtherCost, units: Units, price: Expression) -> Expression:
    """Once for each that enters, or by year since entry for the share that counts then."""
    there = active_line(room, cost, "Any enter")
    enter = entering(at, units, number_entering(at, units), there)
    if units.shares is None:
        return enter * price
    of_all = counting(at, units, enter) * price
    return once_in_the_year(room, of_all) if cost.per == "once" else room.a_month(of_all)
