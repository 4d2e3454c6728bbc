"""Terms of pay besides the spine: paid leave, sums paid once, and the cap on a week's pay in redundancy."""

from __future__ import annotations

from msgspec.structs import replace

from finmodel.lines.periods import Month
from finmodel.reference.loader import load
from finmodel.reference.njc import njc_salary
from finmodel.reference.rates import Rate, RateNotFoundError
from finmodel.reference.sourced import provenance
from finmodel.reference.table import DataRow
from finmodel.reference.when import in_words, row_for, year_dates

_LEAVE = ("leave_days", "extra_statutory_days", "public_holidays")


def njc_leave(month: Month) -> Rate:
    """Days of paid leave in a year, extra statutory days and public holidays counted: the national minimum."""
    rows = load("njc_leave")
    row = row_for(month, rows)
    if row is None:
        raise RateNotFoundError(f"There is no annual leave for {month.words} in the data. State it in the case.")
    label = "Paid leave and public holidays, days a year"
    return _rate(row, sum(row.number(name) for name in _LEAVE), "days a year", label)


def redundancy_week_cap(month: Month) -> Rate:
    """The most that counts as a week's pay in statutory redundancy on the last day of a month, £."""
    rows = load("redundancy_week_pay_cap")
    row = row_for(month, rows)
    if row is None:
        first = in_words(rows[0].day("from_date"))
        raise RateNotFoundError(f"There is no cap on a week's pay for {month.words}: finmodel has those from {first}.")
    return _rate(row, row.number("weeks_pay_cap_gbp"), "£ a week", "Statutory redundancy, cap on a week's pay")


def last_published_redundancy_cap() -> Month:
    """The last month of the year for which the cap is published; it changes every April."""
    starts = Month.containing(load("redundancy_week_pay_cap")[-1].day("from_date"))
    return Month.containing(year_dates(starts.financial_year)[1])


def njc_paid_once(month: Month, point: int) -> Rate | None:
    """£ for one full-time worker at a point of the old spine that a month's pay has once; None where it has none.

    In post on 1 December 2014 is who has it (`NON_CONSOLIDATED_IN_POST`). A share is of the salary of that month.
    """
    for row in load("njc_non_consolidated"):
        if Month.containing(row.day("paid_on")) == month and int(row["points_from"]) <= point <= int(row["points_to"]):
            return _paid_once(row, month, point)
    return None


def in_post_for_sums_paid_once() -> Month:
    """The month in which somebody has to be in post to have them: the first of their payment."""
    return Month.containing(min(row.day("paid_on") for row in load("njc_non_consolidated")))


def _paid_once(row: DataRow, month: Month, point: int) -> Rate:
    amount, share = row.optional("amount_gbp"), row.optional_fraction("percent_of_salary")
    label = f"Paid once to NJC point {point}, old spine"
    if amount is not None:
        return _rate(row, amount, "£", label)
    salary = njc_salary(month, point, "old")
    value = salary.value * (share or 0.0) - (row.optional("less_gbp") or 0.0)
    return replace(_rate(row, value, "£", label), confidence="derived")


def _rate(row: DataRow, value: float, unit: str, label: str) -> Rate:
    dated = "from_date" in row.cells
    return Rate(
        value=value,
        unit=unit,
        label=label,
        effective=row.day("from_date") if dated else row.day("paid_on"),
        until=row.optional_day("to_date") if dated else None,
        **provenance(row),
    )
