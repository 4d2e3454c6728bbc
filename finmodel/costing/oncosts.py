"""What the employer pays on top of pay: National Insurance, pension, apprenticeship levy, or a flat rate."""

from __future__ import annotations

from dataclasses import dataclass

from finmodel.basis.book import Book
from finmodel.case.schema import OnCosts
from finmodel.lines.arithmetic import add_up, maximum, minimum
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.lines.periods import Month
from finmodel.parsing.quantities import Quantity
from finmodel.reference import (
    EmployerNationalInsurance,
    Rate,
    apprenticeship_levy,
    employer_ni,
    last_published_ni,
    lgps_average_rate,
)

_NI = "Employer's National Insurance"
PER_PERSON_YEAR = "£ per person per year"
PER_PERSON_WEEK = "£ per person per week"


@dataclass(frozen=True, slots=True)
class Payroll:
    """What on-costs are worked out from, by month: pay in pounds, and the people it is paid to.

    groups: pay and people of those who work alike, by name; National Insurance is due person by person, and alike
    people can be taken together: max(pay − threshold, 0) summed over n of them is max(n × pay − n × threshold, 0).
    """

    gross_pay: Line
    pensionable_pay: Line
    groups: dict[str, tuple[Line, Line]]


def on_cost_lines(book: Book, on_costs: OnCosts, payroll: Payroll, prefix: str, rates: str, section: str) -> list[Line]:
    """The on-costs of a post in a full month, each a line of its own.

    prefix: address of the post; rates: address under which stated rates go, the case's or the post's own.
    """
    if on_costs.flat_rate is not None:
        share = _stated(book, f"{rates}.flat_rate", "On-costs, share of pay", on_costs.flat_rate)
        rule = payroll.gross_pay * share
        return [book.line(f"{prefix}.monthly.on_costs", "On-costs", rule, "£", section=section)]
    lines = []
    if on_costs.national_insurance:
        lines.append(_national_insurance(book, on_costs, payroll, prefix, section))
    if on_costs.employer_pension is not None:
        rate = _pension_rate(book, on_costs, rates)
        rule = payroll.pensionable_pay * book.monthly(rate)
        lines.append(
            book.line(
                f"{prefix}.monthly.employer_pension", "Employer's pension contribution", rule, "£", section=section
            )
        )
    levy = _levy(book) if on_costs.apprenticeship_levy else None
    if levy is not None:
        rule = payroll.gross_pay * levy
        lines.append(
            book.line(f"{prefix}.monthly.apprenticeship_levy", "Apprenticeship levy", rule, "£", section=section)
        )
    return lines


def _stated(book: Book, address: str, label: str, quantity: Quantity) -> Line:
    return book.shared(address, lambda: book.state(address, label, quantity, "share", section="On-costs"))


def _pension_rate(book: Book, on_costs: OnCosts, rates: str) -> Line:
    """The employer's contribution, share of pensionable pay: the case's, or the average of the funds."""
    stated, label = on_costs.employer_pension, "Employer's pension contribution, share of pensionable pay"
    if isinstance(stated, Quantity):
        return _stated(book, f"{rates}.employer_pension", label, stated)
    address = f"{rates}.employer_pension"
    return book.shared(
        address,
        lambda: book.rates(
            address,
            f"{label} (average of the funds)",
            [lgps_average_rate(year) for year in book.horizon.years],
            "share",
            over=Timeline.YEARS,
            section="On-costs",
        ),
    )


def _levy(book: Book) -> Line | None:
    """The levy's rate by month; None where it is nil throughout.

    The £15,000 allowance is not set against new posts: the council's other pay uses it up.
    """
    rates = [apprenticeship_levy(month) for month in book.horizon.months]
    if not any(rate.value for rate in rates):
        return None
    address = "rates.apprenticeship_levy"
    return book.shared(
        address,
        lambda: book.rates(
            address, "Apprenticeship levy, share of pay", rates, "share", over=Timeline.MONTHS, section="On-costs"
        ),
    )


def _national_insurance(book: Book, on_costs: OnCosts, payroll: Payroll, prefix: str, section: str) -> Line:
    """Rate × pay above the secondary threshold, person by person, less the contracted-out rebate while there was one.

    Source: Social Security Contributions and Benefits Act 1992, section 9; Pension Schemes Act 1993, section 41 (the
    rebate, on pay between the lower earnings limit and the upper accrual point, to 5 April 2016).
    """
    rate, threshold = _ni_rate(book), _ni_threshold(book)
    rebated = on_costs.contracted_out and any(_in_force(month).rebate for month in book.horizon.months)
    parts: list[Expression] = []
    for group, (pay, people) in payroll.groups.items():
        above = book.line(
            f"{prefix}.monthly.ni_pay_{group}",
            f"Pay above the secondary threshold ({group.replace('_', ' ')})",
            maximum(pay - threshold * people, 0),
            "£",
            section=section,
        )
        parts.append(rate * above - _rebate(book, prefix, group, pay, people, section) if rebated else rate * above)
    due = add_up(parts)
    return book.line(f"{prefix}.monthly.employer_national_insurance", _NI, due, "£", section=section)


def _rebate(book: Book, prefix: str, group: str, pay: Line, people: Line, section: str) -> Expression:
    """The rebate on pay between the lower earnings limit and the upper accrual point."""
    lower, upper, rebate = _rebate_lines(book)
    band = book.line(
        f"{prefix}.monthly.rebate_pay_{group}",
        f"Pay in the rebate's band ({group.replace('_', ' ')})",
        minimum(maximum(pay - lower * people, 0), (upper - lower) * people),
        "£",
        section=section,
    )
    return rebate * band


def _in_force(month: Month) -> EmployerNationalInsurance:
    """The rates of a month; after the last that are published those go on, of which the reader of the case warns."""
    return employer_ni(min(month, last_published_ni()))


def _ni_rate(book: Book) -> Line:
    address = "rates.employer_national_insurance.rate"
    return book.shared(
        address,
        lambda: book.rates(
            address,
            f"{_NI}, rate",
            [_in_force(month).rate for month in book.horizon.months],
            "rate",
            over=Timeline.MONTHS,
            section=_NI,
        ),
    )


def _ni_threshold(book: Book) -> Line:
    """The secondary threshold of a month: a twelfth of the year's."""
    address = "rates.employer_national_insurance.secondary_threshold"

    def make() -> Line:
        yearly = book.rates(
            f"{address}_of_a_year",
            "Secondary threshold of a year",
            [_in_force(month).secondary_threshold for month in book.horizon.months],
            PER_PERSON_YEAR,
            over=Timeline.MONTHS,
            section=_NI,
        )
        rule = yearly / book.convention("months_in_a_year")
        return book.line(address, "Secondary threshold of a month", rule, "£ per person", section=_NI)

    return book.shared(address, make)


def _rebate_lines(book: Book) -> tuple[Line, Line, Line]:
    """Lower earnings limit and upper accrual point of a month, and the contracted-out rebate."""
    root = "rates.employer_national_insurance"
    if f"{root}.rebate" in book.model:
        return tuple(book.model[f"{root}.{name}"] for name in ("lower_limit", "upper_point", "rebate"))  # type: ignore[return-value]
    found = [_in_force(month) for month in book.horizon.months]
    # After contracting out ended there is no upper accrual point; the last one is kept under a rebate of nil.
    upper_points = [ni.upper_accrual_point for ni in found if ni.upper_accrual_point is not None]
    rebates = [ni.rebate for ni in found if ni.rebate is not None]
    lower = _month_of_weeks(
        book, f"{root}.lower_limit", "Lower earnings limit", [ni.lower_earnings_limit for ni in found]
    )
    upper = _month_of_weeks(
        book, f"{root}.upper_point", "Upper accrual point", [ni.upper_accrual_point or upper_points[-1] for ni in found]
    )
    rebate = book.input(
        f"{root}.rebate",
        "Contracted-out rebate, to 5 April 2016",
        [ni.rebate.value if ni.rebate else 0.0 for ni in found],
        "rate",
        book.origin_of_published(f"{root}.rebate", rebates),
        timeline=Timeline.MONTHS,
        section=_NI,
    )
    return lower, upper, rebate


def _month_of_weeks(book: Book, address: str, label: str, weekly: list[Rate]) -> Line:
    """A weekly limit as a month's: × 52 ÷ 12, as HMRC's own annual limits are 52 weeks."""
    stated = book.rates(
        f"{address}_weekly", f"{label} of a week", weekly, PER_PERSON_WEEK, over=Timeline.MONTHS, section=_NI
    )
    rule = stated * book.convention("ni_weeks_in_a_year") / book.convention("months_in_a_year")
    return book.line(address, f"{label} of a month", rule, "£ per person", timeline=Timeline.MONTHS, section=_NI)
