"""Costs that are not posts: every year, or once; capital and contributions in kind shown separately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from finmodel.basis.prices import at_prices
from finmodel.basis.room import Room
from finmodel.case.schema import OtherCost
from finmodel.costing.active import active_line
from finmodel.costing.capital import Borrowed, mrp_and_interest
from finmodel.lines.arithmetic import add_up, compare
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line

APART = {"capital": "Capital outlay, apart from revenue", "in_kind": "Contributions in kind, no cash of this council's"}


@dataclass(frozen=True, slots=True)
class PricedCost:
    """The lines of a cost: by month, by year, and its full-year effect where it recurs.

    monthly_cost, cost: what this council's revenue bears, MRP and interest included; None where it bears nothing.
    apart: by year, what is shown next to the cost and never in it: a capital outlay, or a contribution in kind; kind
    says which, by the names of `APART`. By month, £, each None where there is none: outlay, capital when it is spent,
    whoever pays for it; mrp and interest, the two parts of a borrowed outlay's `monthly_cost`; in_kind, what is given.
    """

    monthly_cost: Line | None
    cost: Line | None
    full_year_effect: Line | None
    kind: str = "revenue"
    apart: Line | None = None
    outlay: Line | None = None
    mrp: Line | None = None
    interest: Line | None = None
    in_kind: Line | None = None
    borrowed: Borrowed | None = None


def price_other_cost(option: Room, cost: OtherCost) -> PricedCost:
    """Write the lines of a cost of an option, at the prices of each year."""
    room = option.within(f"costs.{cost.id}", cost, f"Cost: {cost.label}")
    kind = "capital" if cost.capital is not None else "in_kind" if cost.in_kind is not None else "revenue"
    name = {"revenue": "cost", "capital": "outlay", "in_kind": "in_kind"}[kind]
    rule, full = _falling(room, cost)
    monthly = room.monthly(name, cost.label, rule)
    yearly = room.by_year(name, cost.label, monthly)
    if kind == "in_kind":
        return PricedCost(None, None, None, kind, yearly, in_kind=monthly)
    if cost.capital == "funded":
        return PricedCost(None, None, None, kind, yearly, outlay=monthly)
    if cost.capital == "borrowed":
        found = mrp_and_interest(room, cost, monthly)
        return PricedCost(
            found.monthly,
            found.yearly,
            found.full_year_effect,
            kind,
            yearly,
            outlay=monthly,
            mrp=found.mrp,
            interest=found.interest,
            borrowed=found,
        )
    effect = None if full is None else room.by_year("full_year_effect", f"Full-year effect, {cost.label}", full)
    return PricedCost(monthly, yearly, effect)


def _falling(room: Room, cost: OtherCost) -> tuple[Expression, Line | None]:
    """What falls in each month; and, where it recurs, what a full month costs."""
    once = cost.per == "once"
    label = f"{cost.label}, {cost.price_base} prices"
    amount = room.state("amount", label, cost.amount, "£" if once else "£ per year")
    price = at_prices(room.book, amount, cost.inflation, cost.price_base)
    if once:
        month = room.counted(
            "start",
            "Month in which it falls, counted from 1",
            room.book.month_number(cost.start, 1),
            note=f"{(cost.start or room.book.horizon.months[0]).words}.",
        )
        return price * compare(room.book.number_of(Timeline.MONTHS), "=", month), None
    full = room.monthly("full_cost", "Cost of a full month", room.a_month(price))
    return full * active_line(room, cost.start, cost.end, "Falls due"), full


def shown_apart(option: Room, costs: Sequence[PricedCost]) -> None:
    """Write the yearly sums of what an option needs besides: capital, and contributions in kind."""
    for kind, label in APART.items():
        found = [cost.apart for cost in costs if cost.kind == kind and cost.apart is not None]
        if found:
            option.under("Shown apart").line(kind, label, add_up(found), "£")
