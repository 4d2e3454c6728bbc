"""Capital: an outlay shown separately from revenue, and the charge that revenue bears where it is borrowed."""

from __future__ import annotations

from dataclasses import dataclass

from finmodel.basis.room import Room
from finmodel.case.schema import Financing, OtherCost
from finmodel.lines.arithmetic import compare, conditional, power
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.lines.timing import at_year, total
from finmodel.parsing.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Charge:
    """What a borrowed outlay costs revenue, £: by month, by year, and in a full year."""

    monthly: Line
    yearly: Line
    full_year_effect: Line


def financing_charge(room: Room, cost: OtherCost, outlay: Line) -> Charge:
    """Equal yearly sums of principal and interest over the life of the asset, from the year after it is bought.

    Outlay × rate ÷ (1 − (1 + rate)^−life); outlay ÷ life at a rate of zero. Source: annuity method of minimum revenue
    provision (statutory guidance, Local Government Act 2003), with the interest; by its practice the charge begins in
    the year after the outlay.
    """
    if cost.financing is None:
        raise ValueError(f"cost {cost.id} states no financing")
    life, factor = _annuity(room, cost.financing)
    months = room.convention("months_in_a_year")
    yearly = room.line(
        "charge_of_a_year",
        f"Yearly charge on {cost.label}",
        total(outlay) * factor,
        "£ per year",
        note="Principal and interest in equal sums.",
    )
    bought = room.counted(
        "year_of_outlay",
        "Number of the year of the outlay",
        (room.book.month_number(cost.start, 1) - 1) // 12 + 1,
        note="Counted from the month of the outlay; the charge begins in the year after.",
    )
    year = at_year(room.book.number_of(Timeline.YEARS))
    due = compare(year, ">", bought) * compare(year - bought, "<=", life / room.book.one_year)
    charged = room.monthly("charged", "The charge falls due", due, "flag")
    full = room.monthly("full_charge", "Charge of a full month", yearly / months)
    monthly = room.monthly("cost", f"Financing charge, {cost.label}", full * charged)
    by_year = room.by_year("cost", monthly.label, monthly)
    room.line("charges_after", "Charges that fall after the years shown", yearly * life - total(by_year), "£")
    return Charge(monthly, by_year, room.by_year("full_year_effect", f"Full-year effect, {cost.label}", full))


def _annuity(room: Room, financing: Financing) -> tuple[Line, Line]:
    """The life in years, and the yearly charge on £1."""
    life = room.state("life", "Years over which it is repaid", Quantity.constant(financing.life_years), "years")
    rate = room.state("rate", "Interest rate on borrowing", financing.rate, "rate")
    span = room.book.one_year
    repaid = room.line(
        "share_by_interest",
        "1 less what £1 at the end of the life is worth now",
        1 - power(1 + rate, -(life / span)),
        "share",
    )
    divisor = conditional(compare(repaid, "=", 0), 1, repaid)
    factor = room.line(
        "annuity_factor",
        "Yearly charge on £1",
        conditional(compare(repaid, "=", 0), 1 / life, rate / divisor / span),
        "per year",
        note="At a rate of nil, 1 ÷ the years of its life.",
    )
    return life, factor
