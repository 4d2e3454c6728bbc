"""Council financial years and the months in them: the two timelines on which every line runs."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

from msgspec import Struct

MONTHS_IN_A_YEAR = 12
_APRIL = 4
_YEAR_PATTERN = re.compile(r"(\d{4})\s*[/-]\s*(\d{2}|\d{4})")
_MONTH_PATTERN = re.compile(r"(\d{4})-(\d{1,2})")


class FinancialYear(Struct, frozen=True, order=True):
    """A council financial year, 1 April to 31 March, named by the calendar year in which it starts."""

    start: int

    @classmethod
    def parse(cls, text: str) -> FinancialYear:
        """Read `2015/16`, `2015-16` or `2015/2016`; ValueError, in plain words, for anything else."""
        match = _YEAR_PATTERN.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not a financial year; write it like 2015/16")
        start, end = int(match[1]), match[2]
        expected = start + 1
        if int(end) != (expected % 100 if len(end) == 2 else expected):
            raise ValueError(f"{text!r} is not a financial year: 2 years that follow each other, like 2015/16")
        return cls(start)

    @classmethod
    def containing(cls, day: date) -> FinancialYear:
        """The financial year that `day` falls in."""
        return cls(day.year if day.month >= _APRIL else day.year - 1)

    @property
    def first_month(self) -> Month:
        """April of the year."""
        return Month(self.start, _APRIL)

    @property
    def months(self) -> tuple[Month, ...]:
        """April to March."""
        return tuple(self.first_month + n for n in range(MONTHS_IN_A_YEAR))

    def __add__(self, years: int) -> FinancialYear:
        """The year so many years later."""
        return FinancialYear(self.start + years)

    def __sub__(self, other: FinancialYear) -> int:
        """Years from `other` to this one."""
        return self.start - other.start

    def __str__(self) -> str:
        """`2015/16`."""
        return f"{self.start}/{(self.start + 1) % 100:02d}"


@lru_cache(maxsize=4096)
def _last_day(year: int, month: int) -> date:
    """Asked of every rate in every month."""
    return date(year, month, calendar.monthrange(year, month)[1])


@lru_cache(maxsize=4096)
def _month_words(year: int, month: int) -> str:
    """Asked of every figure of a month that is explained; the calendar makes the name anew each time."""
    return f"{calendar.month_name[month]} {year}"


class Month(Struct, frozen=True, order=True):
    """A calendar month."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `2015-09`; ValueError, in plain words, for anything else."""
        match = _MONTH_PATTERN.fullmatch(text.strip())
        if match is None or not 1 <= int(match[2]) <= MONTHS_IN_A_YEAR:
            raise ValueError(f"{text!r} is not a month; write it like 2015-09 for September 2015")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def containing(cls, day: date) -> Month:
        """The month that `day` falls in."""
        return cls(day.year, day.month)

    @property
    def financial_year(self) -> FinancialYear:
        """The council year that the month belongs to."""
        return FinancialYear.containing(self.first_day)

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month: the day on which rates are read for its pay."""
        return _last_day(self.year, self.month)

    @property
    def short(self) -> str:
        """`Sep 2015`."""
        return f"{calendar.month_abbr[self.month]} {self.year}"

    @property
    def words(self) -> str:
        """`September 2015`."""
        return _month_words(self.year, self.month)

    def __add__(self, months: int) -> Month:
        """The month so many months later."""
        count = self.year * MONTHS_IN_A_YEAR + self.month - 1 + months
        return Month(count // MONTHS_IN_A_YEAR, count % MONTHS_IN_A_YEAR + 1)

    def __sub__(self, other: Month) -> int:
        """Months from `other` to this one."""
        return (self.year - other.year) * MONTHS_IN_A_YEAR + self.month - other.month

    def __str__(self) -> str:
        """`2015-09`."""
        return f"{self.year}-{self.month:02d}"


class Horizon(Struct, frozen=True):
    """The years that a case covers, and their months."""

    first_year: FinancialYear
    number_of_years: int

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        """Every year, in order."""
        return _years(self.first_year, self.number_of_years)

    @property
    def months(self) -> tuple[Month, ...]:
        """Every month, April of the first year to March of the last."""
        return _months(self.first_year.first_month, self.number_of_years * MONTHS_IN_A_YEAR)

    @property
    def last_year(self) -> FinancialYear:
        """The last year."""
        return self.first_year + (self.number_of_years - 1)


@lru_cache(maxsize=16)
def _years(first: FinancialYear, count: int) -> tuple[FinancialYear, ...]:
    """So many years from the first on, likewise."""
    return tuple(first + n for n in range(count))


@lru_cache(maxsize=16)
def _months(first: Month, count: int) -> tuple[Month, ...]:
    """So many months from the first on: asked for with every figure, so made once."""
    return tuple(first + n for n in range(count))
