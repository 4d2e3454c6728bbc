"""The periods that sources name in their own way: `2012-13`, `2018`, `2021-07`, `2020-11 to 2022-06`."""

from __future__ import annotations

import re
from datetime import date

from finmodel.lines.periods import FinancialYear, Month
from finmodel.reference.when import year_dates

Period = tuple[date | None, date | None]  # the first and last day; None: not known

_YEAR = re.compile(r"(19|20)\d\d")
_JOINED = re.compile(r"\s+to\s+|(?<=/\d\d)-")


def named_year(text: str) -> Period:
    """The days of a year that a source names: `2009-10` is the financial year, never October 2009."""
    if _YEAR.fullmatch(text):
        return calendar_year(int(text))
    try:
        return year_dates(FinancialYear.parse(text))
    except ValueError:
        return None, None


def named_period(text: str) -> Period:
    """The days of a period that a source names; (None, None) where it names no day, such as `before 2005`.

    `2009-10` is October 2009 here, since a month may be meant: use `named_year` where it cannot be.
    """
    try:
        parts = [_part(part) for part in _JOINED.split(text.strip())]
    except ValueError:
        return None, None
    return parts[0][0], parts[-1][1]


def calendar_year(year: int) -> tuple[date, date]:
    """1 January and 31 December."""
    return date(year, 1, 1), date(year, 12, 31)


def _part(text: str) -> Period:
    if _YEAR.fullmatch(text):
        return calendar_year(int(text))
    for read in (_rule_from, _month, _year):
        try:
            return read(text)
        except ValueError:
            continue
    raise ValueError(text)


def _rule_from(text: str) -> Period:
    return date.fromisoformat(text), None  # a rule, in force from that day on


def _month(text: str) -> Period:
    month = Month.parse(text)
    return month.first_day, month.last_day


def _year(text: str) -> Period:
    return year_dates(FinancialYear.parse(text))
