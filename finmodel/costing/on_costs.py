"""What the employer pays on top of pay: National Insurance, pension, apprenticeship levy, or a flat rate."""

from __future__ import annotations

from dataclasses import dataclass

from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.case.schema import OnCosts, PublishedRate
from finmodel.costing.national_insurance import Groups, national_insurance
from finmodel.lines.line import Line
from finmodel.lines.timing import each_month
from finmodel.parsing.quantities import Quantity
from finmodel.reference import apprenticeship_levy, lgps_average_rate

ON_COSTS = "On-costs"


@dataclass(frozen=True, slots=True)
class Payroll:
    """What on-costs are worked out from, by month: pay in pounds, and the people it is paid to.

    groups: pay and people of those who work alike, by name, from whom National Insurance is due; None where it is
    not due, or is worked out from those in post.
    """

    gross_pay: Line
    pensionable_pay: Line
    groups: Groups | None


def on_cost_lines(room: Room, on_costs: OnCosts, payroll: Payroll, rates: Room) -> list[Line]:
    """The on-costs of a post in a full month, each a line of its own.

    room: of the post; rates: where stated rates go, the case's or the post's own.
    """
    if on_costs.flat_rate is not None:
        share = rates.once.state("flat_rate", "On-costs, share of pay", on_costs.flat_rate, "share")
        return [room.monthly("on_costs", "On-costs", payroll.gross_pay * share)]
    lines = []
    if payroll.groups is not None:
        lines.append(national_insurance(room, payroll.groups, on_costs.contracted_out))
    if on_costs.employer_pension is not None:
        rule = payroll.pensionable_pay * each_month(_pension_rate(rates, on_costs.employer_pension))
        lines.append(room.monthly("employer_pension", "Employer's pension contribution", rule))
    levy = _levy(room.book) if on_costs.apprenticeship_levy else None
    if levy is not None:
        lines.append(room.monthly("apprenticeship_levy", "Apprenticeship levy", payroll.gross_pay * levy))
    return lines


def _pension_rate(rates: Room, stated: Quantity | PublishedRate) -> Line:
    """The employer's contribution, share of pensionable pay: the case's, or the average of the funds."""
    label = "Employer's pension contribution, share of pensionable pay"
    if isinstance(stated, Quantity):
        return rates.once.state("employer_pension", label, stated, "share")
    label = f"{label} (average of the funds)"
    return rates.once.rates_by_year("employer_pension", label, lgps_average_rate, "share")


def _levy(book: Book) -> Line | None:
    """The levy's rate by month; None where it is zero throughout.

    The £15,000 allowance is not set against new posts: the council's other pay uses it up.
    """
    if not any(apprenticeship_levy(month).value for month in book.horizon.months):
        return None
    label = "Apprenticeship levy, share of pay"
    return Room(book, "rates", ON_COSTS).once.rates_by_month("apprenticeship_levy", label, apprenticeship_levy, "share")
