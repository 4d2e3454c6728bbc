"""What the employer pays on top of pay: National Insurance, pension, apprenticeship levy, or a flat rate."""

from __future__ import annotations

from msgspec import Struct

from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.case.pensions import PublishedPension, published_pension
from finmodel.case.schema import OnCosts
from finmodel.costing.national_insurance import Groups, national_insurance
from finmodel.lines.line import Line
from finmodel.lines.periods import FinancialYear
from finmodel.lines.timing import each_month
from finmodel.parsing.quantities import Quantity
from finmodel.reference import apprenticeship_levy

ON_COSTS = "On-costs"


class Payroll(Struct, frozen=True):
    """What on-costs are worked out from, by month: pay in pounds, and the people it is paid to.

    groups: pay and people of those who work alike, by name, from whom National Insurance is due; None where it is
    not due, or is worked out from those in post.
    """

    gross_pay: Line
    pensionable_pay: Line
    groups: Groups | None


class OnCostLines(Struct, frozen=True):
    """The on-costs of a full month, each a line.

    beyond_new_service: of the pension contribution, what is charged beyond the primary rate, the cost of pensions
    earned in the year; below zero where less is charged. None where both are one, or the case does not say.
    """

    lines: list[Line]
    beyond_new_service: Line | None = None


def on_cost_lines(room: Room, on_costs: OnCosts, payroll: Payroll, rates: Room) -> OnCostLines:
    """The on-costs of a post in a full month, each a line of its own.

    room: of the post; rates: where stated rates go, the case's or the post's own.
    """
    if on_costs.flat_rate is not None:
        share = rates.once.state("flat_rate", "On-costs, share of pay", on_costs.flat_rate, "share")
        return OnCostLines([room.monthly("on_costs", "On-costs", payroll.gross_pay * share)])
    lines: list[Line] = []
    beyond = None
    if payroll.groups is not None:
        lines.append(national_insurance(room, payroll.groups, on_costs.contracted_out))
    if on_costs.employer_pension is not None:
        charged, primary = _pension_rates(rates, on_costs)
        rule = payroll.pensionable_pay * each_month(charged)
        lines.append(room.monthly("employer_pension", "Employer's pension contribution", rule))
        if primary is not None:
            rule = payroll.pensionable_pay * (each_month(charged) - each_month(primary))
            label = "Employer's pension contribution beyond the cost of new service"
            beyond = room.monthly("pension_beyond_new_service", label, rule)
    levy = _levy(room.book) if on_costs.apprenticeship_levy else None
    if levy is not None:
        lines.append(room.monthly("apprenticeship_levy", "Apprenticeship levy", payroll.gross_pay * levy))
    return OnCostLines(lines, beyond)


def _pension_rates(rates: Room, on_costs: OnCosts) -> tuple[Line, Line | None]:
    """What is charged on pensionable pay, and of it the primary rate, shares: the case's own, or published.

    The primary rate is the cost of pensions earned in the year; the secondary, where it is a percentage of pay, makes
    good a deficit or gives a surplus back. A cash sum does not grow with a post and is in neither.
    Source: Local Government Pension Scheme Regulations 2013, regulations 62 and 67.
    """
    stated, once = on_costs.employer_pension, rates.once
    label, primary = "Employer's pension contribution, share of pensionable pay", "Of it, the primary rate"
    if isinstance(stated, Quantity):
        charged, own = once.state("employer_pension", label, stated, "share"), on_costs.employer_pension_primary
        return charged, None if own is None else once.state("employer_pension_primary", primary, own, "share")
    if stated is None:
        raise ValueError("no pension rate is stated")
    case, named = rates.book.case, stated.published
    found = [published_pension(case, named, year) for year in rates.book.horizon.years]
    whose = {"the council's certificate" if one.certificate else "average of the funds" for one in found}
    said = f"({' and '.join(sorted(whose, reverse=True))}; primary and secondary rate)"
    return (
        once.rates_by_year(
            "employer_pension", f"{label} {said}", lambda year: _of(rates, named, year).charged, "share"
        ),
        once.rates_by_year("employer_pension_primary", primary, lambda year: _of(rates, named, year).primary, "share"),
    )


def _of(rates: Room, named: str, year: FinancialYear) -> PublishedPension:
    return published_pension(rates.book.case, named, year)


def _levy(book: Book) -> Line | None:
    """The levy's rate by month; None where it is zero throughout.

    The £15,000 allowance is not set against new posts: the council's other pay uses it up.
    """
    if not any(apprenticeship_levy(month).value for month in book.horizon.months):
        return None
    label = "Apprenticeship levy, share of pay"
    return Room(book, "rates", ON_COSTS).once.rates_by_month("apprenticeship_levy", label, apprenticeship_levy, "share")
