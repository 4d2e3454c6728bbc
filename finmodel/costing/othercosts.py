"""Costs that are not posts: every year, or once; capital and contributions in kind shown apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from finmodel.basis.book import Book
from finmodel.case.schema import OtherCost
from finmodel.costing.active import active_line
from finmodel.costing.capital import financing_charge
from finmodel.costing.prices import at_prices
from finmodel.lines.arithmetic import add_up, compare
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.timing import by_year

APART = {"capital": "Capital outlay, apart from revenue", "in_kind": "Contributions in kind, no cash of this council's"}


@dataclass(frozen=True, slots=True)
class PricedCost:
    """The lines of a cost: by month, by year, and its full-year effect where it recurs.

    They are what this council's revenue bears; None where it bears nothing. apart: by year, what is shown beside the
    cost and never in it: a capital outlay, or a contribution in kind; kind says which, by the names of `APART`.
    """

    monthly_cost: Line | None
    cost: Line | None
    full_year_effect: Line | None
    kind: str = "revenue"
    apart: Line | None = None


def price_other_cost(book: Book, cost: OtherCost, option: str) -> PricedCost:
    """Write the lines of a cost of an option, at the prices of each year."""
    prefix, section = f"options.{option}.costs.{cost.id}", f"Cost: {cost.label}"
    kind = "capital" if cost.capital is not None else "in_kind" if cost.in_kind is not None else "revenue"
    name = {"revenue": "cost", "capital": "outlay", "in_kind": "in_kind"}[kind]
    rule, full = _falling(book, cost, prefix, section)
    monthly = book.line(f"{prefix}.monthly.{name}", cost.label, rule, "£", timeline=Timeline.MONTHS, section=section)
    yearly = book.line(f"{prefix}.{name}", cost.label, by_year(monthly), "£", section=section)
    if kind == "in_kind":
        return PricedCost(None, None, None, kind, yearly)
    if cost.capital == "funded":
        return PricedCost(None, None, None, kind, yearly)
    if cost.capital == "borrowed":
        charge = financing_charge(book, cost, monthly, prefix, section)
        return PricedCost(charge.monthly, charge.yearly, charge.full_year_effect, kind, yearly)
    label = f"Full-year effect, {cost.label}"
    effect = None
    if full is not None:
        effect = book.line(f"{prefix}.full_year_effect", label, by_year(full), "£", section=section)
    return PricedCost(monthly, yearly, effect)


def _falling(book: Book, cost: OtherCost, prefix: str, section: str) -> tuple[Expression, Line | None]:
    """What falls in each month; and, where it recurs, what a full month costs."""
    once = cost.per == "once"
    amount = book.state(
        f"{prefix}.amount",
        f"{cost.label}, {cost.price_base} prices",
        cost.amount,
        "£" if once else "£ per year",
        owner=cost,
        section=section,
    )
    price = at_prices(book, book.monthly(amount), cost.inflation, cost.price_base)
    if once:
        month = book.counted(
            f"{prefix}.start",
            "Month in which it falls, counted from 1",
            book.month_number(cost.start, 1),
            "number",
            section=section,
            note=f"{(cost.start or book.horizon.months[0]).words}.",
        )
        return price * compare(book.number_of(Timeline.MONTHS), "=", month), None
    full = book.line(
        f"{prefix}.monthly.full_cost",
        "Cost of a full month",
        price / book.convention("months_in_a_year"),
        "£",
        timeline=Timeline.MONTHS,
        section=section,
    )
    return full * active_line(book, prefix, cost.start, cost.end, section, "Falls due"), full


def shown_apart(book: Book, option: str, costs: Sequence[PricedCost]) -> None:
    """Write the yearly sums of what an option needs beside its cost to revenue: capital, and contributions in kind."""
    for kind, label in APART.items():
        found = [cost.apart for cost in costs if cost.kind == kind and cost.apart is not None]
        if found:
            book.line(f"options.{option}.{kind}", label, add_up(found), "£", section="Shown apart")
