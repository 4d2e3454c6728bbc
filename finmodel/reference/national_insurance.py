"""Employer's National Insurance: Class 1 secondary contributions on each worker's pay."""

from __future__ import annotations

from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from finmodel.lines.periods import Month
from finmodel.reference.loader import load
from finmodel.reference.rates import Confidence, Rate, RateNotFoundError
from finmodel.reference.sourced import provenance
from finmodel.reference.table import DataRow
from finmodel.reference.when import in_words, last_month_served, row_for


class EmployerNationalInsurance(Struct, frozen=True):
    """The rates that a month's pay bears.

    Pay above `secondary_threshold` bears `rate`. To 5 April 2016 pay of members of a contracted-out salary-related
    scheme, such as the Local Government Pension Scheme, from `lower_earnings_limit` to `upper_accrual_point` bore
    `rebate` less (Pension Schemes Act 1993, s. 41; ended by the Pensions Act 2014, s. 24).
    """

    rate: Rate  # fraction of pay
    secondary_threshold: Rate  # £ a year
    lower_earnings_limit: Rate  # £ a week
    upper_accrual_point: Rate | None  # £ a week; the upper earnings limit in 2008/09
    rebate: Rate | None  # fraction of the band


def employer_ni(month: Month) -> EmployerNationalInsurance:
    """The rates in force on the last day of a month: those of 6 April for April, of 6 November 2022 for November."""
    row = row_for(month, load("employer_nic"))
    if row is None:
        first, last = load("employer_nic")[0], last_published_ni()
        raise RateNotFoundError(
            f"There are no National Insurance rates for {month.words}: finmodel has those from "
            f"{in_words(first.day('from_date'))} to {last.words}. State the rates in the case."
        )
    return from_row(row)


def first_published_ni() -> Month:
    """The first month whose rates are known: that of their first day, for a month takes the rates of its last."""
    return Month.containing(load("employer_nic")[0].day("from_date"))


def last_published_ni() -> Month:
    """The last month whose rates are known."""
    last = load("employer_nic")[-1].optional_day("to_date")
    if last is None:
        raise RateNotFoundError("The last National Insurance rates have no last day.")
    return last_month_served(last)


@cache
def _rows_by_line() -> dict[int, EmployerNationalInsurance]:
    return {row.line: _build(row) for row in load("employer_nic")}


def from_row(row: DataRow) -> EmployerNationalInsurance:
    """The rates of one row of the data."""
    return _rows_by_line()[row.line]


def _build(row: DataRow) -> EmployerNationalInsurance:
    rebate = row.optional_fraction("contracted_out_salary_related_rebate_percent")
    point = row.optional("uap_weekly_gbp")
    annual = row.confidence_in("Annual")
    return EmployerNationalInsurance(
        rate=_rate(row, row.fraction("employer_rate_percent"), "fraction", "Employer's National Insurance rate"),
        secondary_threshold=_rate(
            row, row.number("secondary_threshold_annual_gbp"), "£ a year", "Secondary threshold", annual
        ),
        lower_earnings_limit=_rate(row, row.number("lel_weekly_gbp"), "£ a week", "Lower earnings limit"),
        upper_accrual_point=None if point is None else _rate(row, point, "£ a week", "Upper accrual point"),
        rebate=None if rebate is None else _rate(row, rebate, "fraction", "Contracted-out salary-related rebate"),
    )


def _rate(row: DataRow, value: float, unit: str, label: str, confidence: Confidence | None = None) -> Rate:
    found = Rate(
        value=value,
        unit=unit,
        label=label,
        effective=row.day("from_date"),
        until=row.optional_day("to_date"),
        **provenance(row),
    )
    return found if confidence is None else replace(found, confidence=confidence)
