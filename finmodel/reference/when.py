"""Which row serves a month or a year: the rule of the last day, written once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from finmodel.lines.periods import FinancialYear, Month
from finmodel.reference.table import DataRow

DAY = timedelta(days=1)


def serves(month: Month, first: date, last: date | None) -> bool:
    """Whether a rate in force from `first` to `last` is the one for a month: the one of the month's last day.

    Council staff are usually paid at the end of the month, and National Insurance is due on the day of payment (Social
    Security Contributions and Benefits Act 1992, s. 6), so the rate of 6 April serves all of April's pay.
    """
    return first <= month.last_day and (last is None or month.last_day <= last)


def serves_year(year: FinancialYear, first: date, last: date | None) -> bool:
    """Whether a rate is the one for some month of a financial year."""
    return any(serves(month, first, last) for month in year.months)


def row_for(month: Month, rows: Iterable[DataRow]) -> DataRow | None:
    """The row, dated by `from_date` and `to_date`, that serves a month."""
    for row in rows:
        if serves(month, row.day("from_date"), row.optional_day("to_date")):
            return row
    return None


def last_month_served(last: date) -> Month:
    """The last month that a rate ending on `last` serves."""
    month = Month.containing(last)
    return month if month.last_day == last else month + -1


def year_dates(year: FinancialYear) -> tuple[date, date]:
    """1 April and 31 March."""
    return year.first_month.first_day, year.months[-1].last_day


def in_words(day: date) -> str:
    """`6 April 2016`."""
    return f"{day.day} {Month.containing(day).words}"
