"""Costs that are not posts: every year, or once."""

from __future__ import annotations

from dataclasses import dataclass

from finmodel.basis.book import Book
from finmodel.basis.prices import price_factor
from finmodel.case.schema import OtherCost
from finmodel.costing.active import active_line
from finmodel.lines.arithmetic import compare
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.timing import at_year, by_year


@dataclass(frozen=True, slots=True)
class PricedCost:
    """The lines of a cost: by month, by year, and its full-year effect where it recurs."""

    monthly_cost: Line
    cost: Line
    full_year_effect: Line | None


def price_other_cost(book: Book, cost: OtherCost, option: str) -> PricedCost:
    """Write the lines of a cost of an option, at the prices of each year."""
    prefix, section = f"options.{option}.costs.{cost.id}", f"Cost: {cost.label}"
    once = cost.per == "once"
    amount = book.state(
        f"{prefix}.amount",
        f"{cost.label}, {cost.price_base} prices",
        cost.amount,
        "£" if once else "£ per year",
        owner=cost,
        section=section,
    )
    factor = price_factor(book, cost.inflation, cost.price_base)
    price: Expression = book.monthly(amount) if factor is None else book.monthly(amount) * at_year(factor)
    if once:
        month = book.counted(
            f"{prefix}.start",
            "Month in which it falls, counted from 1",
            book.month_number(cost.start, 1),
            "number",
            section=section,
            note=f"{(cost.start or book.horizon.months[0]).words}.",
        )
        rule = price * compare(book.number_of(Timeline.MONTHS), "=", month)
        full_year = None
    else:
        full = book.line(
            f"{prefix}.monthly.full_cost",
            "Cost of a full month",
            price / book.convention("months_in_a_year"),
            "£",
            timeline=Timeline.MONTHS,
            section=section,
        )
        rule = full * active_line(book, prefix, cost.start, cost.end, section, "Falls due")
        full_year = book.line(
            f"{prefix}.full_year_effect", f"Full-year effect, {cost.label}", by_year(full), "£", section=section
        )
    monthly = book.line(f"{prefix}.monthly.cost", cost.label, rule, "£", timeline=Timeline.MONTHS, section=section)
    return PricedCost(
        monthly, book.line(f"{prefix}.cost", cost.label, by_year(monthly), "£", section=section), full_year
    )
