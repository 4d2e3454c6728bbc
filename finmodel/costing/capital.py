"""Capital: an outlay shown apart from revenue, and the charge that revenue bears where it is borrowed."""

from __future__ import annotations

from dataclasses import dataclass

from finmodel.basis.book import Book
from finmodel.case.schema import Financing, OtherCost
from finmodel.lines.arithmetic import compare, conditional, power
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.lines.timing import at_year, by_year, total
from finmodel.parsing.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Charge:
    """What a borrowed outlay costs revenue, £: by month, by year, and in a full year."""

    monthly: Line
    yearly: Line
    full_year_effect: Line


def financing_charge(book: Book, cost: OtherCost, outlay: Line, prefix: str, section: str) -> Charge:
    """Equal yearly sums of principal and interest over the life of the asset, from the year after it is bought.

    Outlay × rate ÷ (1 − (1 + rate)^−life); outlay ÷ life at a rate of nil. Source: annuity method of minimum revenue
    provision (statutory guidance, Local Government Act 2003), with the interest; by its practice the charge begins in
    the year after the outlay.
    """
    financing = cost.financing
    if financing is None:
        raise ValueError(f"cost {cost.id} states no financing")
    life, factor = _annuity(book, cost, financing, prefix, section)
    months = book.convention("months_in_a_year")
    yearly = book.line(
        f"{prefix}.charge_of_a_year",
        f"Yearly charge on {cost.label}",
        total(outlay) * factor,
        "£ per year",
        section=section,
        note="Principal and interest in equal sums.",
    )
    bought = book.counted(
        f"{prefix}.year_of_outlay",
        "Number of the year of the outlay",
        (book.month_number(cost.start, 1) - 1) // 12 + 1,
        "number",
        section=section,
        note="Counted from the month of the outlay; the charge begins in the year after.",
    )
    year = at_year(book.number_of(Timeline.YEARS))
    span = book.definition("one_year", "One year", 1, "years")
    charged = book.line(
        f"{prefix}.monthly.charged",
        "The charge falls due",
        compare(year, ">", bought) * compare(year - bought, "<=", life / span),
        "flag",
        section=section,
    )
    full = book.line(
        f"{prefix}.monthly.full_charge",
        "Charge of a full month",
        yearly / months,
        "£",
        timeline=Timeline.MONTHS,
        section=section,
    )
    monthly = book.line(
        f"{prefix}.monthly.cost", f"Financing charge, {cost.label}", full * charged, "£", section=section
    )
    cost_line = book.line(f"{prefix}.cost", f"Financing charge, {cost.label}", by_year(monthly), "£", section=section)
    _charges_after(book, prefix, section, (yearly, life), cost_line)
    return Charge(
        monthly,
        cost_line,
        book.line(f"{prefix}.full_year_effect", f"Full-year effect, {cost.label}", by_year(full), "£", section=section),
    )


def _annuity(book: Book, cost: OtherCost, financing: Financing, prefix: str, section: str) -> tuple[Line, Line]:
    """The life in years, and the yearly charge on £1."""
    life = book.state(
        f"{prefix}.life",
        "Years over which it is repaid",
        Quantity.constant(financing.life_years),
        "years",
        owner=cost,
        section=section,
    )
    rate = book.state(
        f"{prefix}.rate", "Interest rate on borrowing", financing.rate, "rate", owner=cost, section=section
    )
    span = book.definition("one_year", "One year", 1, "years")
    repaid = book.line(
        f"{prefix}.share_by_interest",
        "1 less what £1 at the end of the life is worth now",
        1 - power(1 + rate, -(life / span)),
        "share",
        section=section,
    )
    divisor = conditional(compare(repaid, "=", 0), 1, repaid)
    factor = book.line(
        f"{prefix}.annuity_factor",
        "Yearly charge on £1",
        conditional(compare(repaid, "=", 0), 1 / life, rate / divisor / span),
        "per year",
        section=section,
        note="At a rate of nil, 1 ÷ the years of its life.",
    )
    return life, factor


def _charges_after(book: Book, prefix: str, section: str, charge: tuple[Line, Line], within: Line) -> None:
    """Charges that fall after the years shown."""
    yearly, life = charge
    book.line(
        f"{prefix}.charges_after",
        "Charges that fall after the years shown",
        yearly * life - total(within),
        "£",
        section=section,
    )
