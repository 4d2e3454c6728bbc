"""Capital that is borrowed: the outlay apart from revenue, and what revenue bears, which is MRP and interest.

Minimum revenue provision (MRP) sets the outlay against revenue over the life of the asset, from the year after it.
Source: Local Authorities (Capital Finance and Accounting) (England) Regulations 2003, regulations 27 and 28, and the
statutory guidance on minimum revenue provision under section 21(1A) of the Local Government Act 2003: option 3, asset
life, by equal instalments or by the annuity method.
"""

from __future__ import annotations

from msgspec import Struct

from finmodel.basis.room import Room
from finmodel.case.schema_costs import Financing, OtherCost
from finmodel.lines.arithmetic import begun, compare, conditional, maximum, minimum, power, rounded_down
from finmodel.lines.expression import Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.timing import at_period, at_year, previous, running_total, total
from finmodel.parsing.quantities import Quantity


class Terms(Struct, frozen=True):
    """On what terms an outlay is borrowed.

    outlay: £ in all; life: years; rate: of interest; first: MRP of the year after the outlay, £ a year, which is every
    later year's too unless it is by the annuity method.
    """

    financing: Financing
    outlay: Line
    life: Line
    rate: Line
    first: Line

    @property
    def by_annuity(self) -> bool:
        """Whether MRP and interest together are the same every year, so that MRP rises as interest falls."""
        return self.financing.mrp == "annuity"


class After(Struct, frozen=True):
    """What falls after the years shown: for how many years, and how much MRP and interest, £."""

    years: Line
    mrp: Line
    interest: Line
    charges: Line


class Borrowed(Struct, frozen=True):
    """What a borrowed outlay costs revenue, £: MRP and interest by month, and both together by month and by year.

    full_year_effect: by year, MRP and interest of the first full year, which are on the whole outlay. room: where the
    lines of the cost go.
    """

    room: Room
    terms: Terms
    mrp: Line
    interest: Line
    monthly: Line
    yearly: Line
    full_year_effect: Line
    after: After


def mrp_and_interest(room: Room, cost: OtherCost, outlay: Line) -> Borrowed:
    """MRP from the year after the outlay, and interest on what MRP has not yet repaid.

    outlay: £ by month. Interest of a month is a twelfth of the rate on the year's opening balance, plus the outlay from
    its month.
    """
    if cost.financing is None:
        raise ValueError(f"cost {cost.id} states no financing")
    label, terms = cost.label, _terms(room, cost, cost.financing, outlay)
    note = "MRP begins in the year after."
    rule = _year_of_outlay(room)
    bought = room.line("year_of_outlay", "Number of the year of the outlay", rule, "number", note=note)
    mrp = room.monthly("mrp", f"MRP, {label}", room.a_month(_instalment(room, terms, bought)))
    repaid = room.line("mrp_to_date", f"MRP to date, {label}", running_total(room.by_year("mrp", mrp.label, mrp)), "£")
    interest = _interest(room, terms, outlay, repaid)
    monthly = room.monthly("cost", f"MRP and interest, {label}", mrp + interest)
    full = room.monthly(
        "full_charge",
        f"MRP and interest of a full month, {label}",
        room.a_month(_first_full_year(room, terms)),
        note="Of the first full year, the year after the outlay.",
    )
    return Borrowed(
        room,
        terms,
        mrp,
        interest,
        monthly,
        room.by_year("cost", monthly.label, monthly),
        room.by_year("full_year_effect", f"Full-year effect, {label}", full),
        _after(room, terms, bought, repaid),
    )


def _year_of_outlay(room: Room) -> Expression:
    """The number of the year of the outlay; of one that a delay divides between two years, the part is of the later."""
    late, places = room["late"], room.convention("decimal_places_compared")
    whole = room.line("whole_months_late", "Whole months later than stated", rounded_down(late, places), "number")
    month, part = room["start"] + whole, late - whole
    return room.book.year_of(month) * (1 - part) + room.book.year_of(month + 1) * part


def _terms(room: Room, cost: OtherCost, financing: Financing, outlay: Line) -> Terms:
    life = room.state("life", "Years over which it is repaid", Quantity.constant(financing.life_years), "years")
    rate = room.state("rate", "Interest rate on borrowing", financing.rate, "rate")
    whole = room.line("outlay_in_all", f"{outlay.label}, all years", total(outlay), "£")
    note = "Equal instalments over the life of the asset."
    rule = whole / life
    if financing.mrp == "annuity":
        note = "The annuity method: it rises each year by the rate, as the interest falls. At a rate of zero, 1 ÷ life."
        rule = whole * _first_share(room, life, rate)
    first = room.line("first_mrp", f"MRP of the year after the outlay, {cost.label}", rule, "£ per year", note=note)
    return Terms(financing, whole, life, rate, first)


def _first_share(room: Room, life: Line, rate: Line) -> Expression:
    """The part of an outlay that the first of equal payments repays: rate ÷ ((1 + rate)^life − 1)."""
    span = room.book.one_year
    label = "What £1 grows by over the life at the rate"
    grown = room.line("growth_over_life", label, power(1 + rate, life / span) - 1, "share")
    none = compare(grown, "=", 0)
    return conditional(none, 1 / life, rate / conditional(none, 1, grown) / span)


def _instalment(room: Room, terms: Terms, bought: Line) -> Expression:
    """MRP by month, £ a year: none before the year after the outlay, nor after the life."""
    number = at_year(room.book.number_of(Timeline.YEARS))
    since = room.monthly("years_since", "Years since that of the outlay", number - bought, "number")
    due = begun(since, literal(1)) - begun(since, terms.life / room.book.one_year + 1)
    charged = room.monthly("charged", "MRP falls due", due, "flag")
    if terms.by_annuity:
        return terms.first * power(1 + terms.rate, maximum(since - 1, 0)) * charged
    return terms.first * charged


def _interest(room: Room, terms: Terms, outlay: Line, repaid: Line) -> Line:
    """Interest by month, £: on the year's opening balance, plus the outlay from its month."""
    label = outlay.label
    before = room.line("mrp_before", f"MRP of the years before, {label}", previous(repaid), "£")
    balance = room.monthly(
        "balance",
        f"Balance that interest is paid on, {label}",
        room.monthly("borrowed", f"Borrowed to date, {label}", running_total(outlay)) - at_year(before),
        note="The year's opening balance, plus the outlay from its month.",
    )
    interest = room.monthly("interest", f"Interest, {label}", room.a_month(balance * terms.rate / room.book.one_year))
    room.by_year("interest", interest.label, interest)
    return interest


def _first_full_year(room: Room, terms: Terms) -> Expression:
    """MRP and interest of the year after the outlay, £ a year: by the annuity method, those of every year."""
    return terms.first + terms.outlay * terms.rate / room.book.one_year


def _after(room: Room, terms: Terms, bought: Line, repaid: Line) -> After:
    """What falls after the years shown.

    The interest of n equal instalments is rate × what is left × (n + 1) ÷ 2: the balances fall evenly, from all that is
    left to one instalment. By the annuity method it is the n equal payments less what is left.
    """
    book, last = room.book, room.book.number_of_years()
    life = terms.life / book.one_year
    years = room.line(
        "years_after",
        "Years after those shown in which MRP falls due",
        life - minimum(life, maximum(last - bought, 0)),
        "number",
    )
    left = room.line("mrp_after", "MRP that falls after the years shown", terms.outlay - at_period(repaid, last), "£")
    if terms.by_annuity:
        rule = _first_full_year(room, terms) * book.one_year * years - left
    else:
        half = book.definition("one_half", "One half", 0.5, "share")
        rule = left * terms.rate * (years + 1) * half
    interest = room.line("interest_after", "Interest that falls after the years shown", rule, "£")
    label = "MRP and interest that fall after the years shown"
    return After(years, left, interest, room.line("charges_after", label, left + interest, "£"))
