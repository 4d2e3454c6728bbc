"""Quarters of the financial year, and how people write them: `Q2 2018/19`, `30/09/2018`, `30th Sept 2018`, `June 2018`.

Quarter 1 is April to June. A day or a month must be the last of a quarter: what lies inside one is asked about, and so
is `Q3 2018`, which is October to December by the financial year and July to September by the calendar.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from finmodel.parsing.dates import EARLIEST_DATE, LATEST_YEAR, day_in_words
from finmodel.parsing.numbers import UnreadableError

_LONGEST = 60
_YEAR = r"(?P<first>(?:19|20)[0-9]{2})\s*(?:/|-|–|to)\s*(?P<last>[0-9]{4}|[0-9]{2})"
_NUMBER = r"(?:q|qtr|quarter)\.?\s*(?P<number>[1-4])"
_NAMED = (
    re.compile(rf"{_NUMBER}[\s,:-]*(?:of\s+)?(?:fy\s*)?{_YEAR}", re.IGNORECASE),
    re.compile(rf"(?:fy\s*)?{_YEAR}[\s,:-]*{_NUMBER}", re.IGNORECASE),
)
_CALENDAR = re.compile(rf"{_NUMBER}[\s,:-]*(?P<first>[0-9]{{4}})|(?P<year>[0-9]{{4}})[\s,:-]*q[1-4]", re.IGNORECASE)
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?(?:[T ]00:00(?::00)?)?")
_SLASHES = re.compile(r"(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4}|[0-9]{2})")
_SPAN = re.compile(
    r"(?P<from>[a-z]{3,9})\.?\s*(?:[0-9]{4})?\s*(?:-|–|to)\s*(?P<to>[a-z]{3,9}\.?,?\s*'?[0-9]{2,4})", re.IGNORECASE
)
_BEFORE = re.compile(
    r"(?:(?:the\s+)?(?:3 months|three months|quarter|qtr)\s+)?(?:ending|ended|end|to|as at|at)\s+", re.IGNORECASE
)
_REMEDY = "Write the last day (30/09/2018), its month (September 2018) or the quarter by financial year (Q2 2018/19)."


class Quarter(NamedTuple):
    """A quarter of a financial year. year: in which the financial year begins; number: 1 is April to June."""

    year: int
    number: int

    @classmethod
    def ending(cls, year: int, month: int) -> Quarter:
        """The quarter whose last month this is; ValueError for a month inside a quarter."""
        if month % 3:
            raise ValueError(month)
        return cls(year - 1, 4) if month == 3 else cls(year, month // 3 - 1)

    @property
    def place(self) -> int:
        """A number that rises by one from quarter to quarter."""
        return self.year * 4 + self.number - 1

    def before(self, quarters: int) -> Quarter:
        """So many quarters earlier."""
        return Quarter.at(self.place - quarters)

    @classmethod
    def at(cls, place: int) -> Quarter:
        """The quarter of a place."""
        year, number = divmod(place, 4)
        return cls(year, number + 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        month = (6, 9, 12, 3)[self.number - 1]
        year = self.year + (self.number == 4)
        return date(year, month, calendar.monthrange(year, month)[1])

    @property
    def words(self) -> str:
        """`30 September 2018`."""
        day = self.last_day
        return f"{day.day} {calendar.month_name[day.month]} {day.year}"

    @property
    def short(self) -> str:
        """`Sep 2018`, for a column or an axis."""
        day = self.last_day
        return f"{calendar.month_abbr[day.month]} {day.year}"

    @property
    def name(self) -> str:
        """`Q2 2018/19`."""
        return f"Q{self.number} {self.year}/{(self.year + 1) % 100:02}"


def every_quarter(found: Iterable[Quarter]) -> tuple[Quarter, ...]:
    """From the first to the last without a gap: a quarter that nobody gave is there, to be shown as missing."""
    places = [quarter.place for quarter in found]
    return tuple(Quarter.at(place) for place in range(min(places), max(places) + 1)) if places else ()


def reads_as_quarter(given: object) -> bool:
    """Whether something is written like a quarter, right or wrong, so that a column of that name is one of figures."""
    if isinstance(given, date | datetime):
        return True
    try:
        quarter_from(given)
    except UnreadableError as error:
        return error.what != _NOT_ONE
    return True


_NOT_ONE = "This is not a quarter"


def quarter_from(given: object) -> Quarter:
    """The quarter that is meant; UnreadableError with what is wrong and what to write."""
    if isinstance(given, date | datetime):
        return _of_day(given.year, given.month, given.day)
    text = " ".join(str(given).split()) if isinstance(given, str) else ""
    if not text or len(text) > _LONGEST:
        raise UnreadableError(_NOT_ONE, _REMEDY)
    if before := _BEFORE.match(text):
        text = text[before.end() :]
    for form in _NAMED:
        if found := form.fullmatch(text):
            return _named(found)
    if found := _CALENDAR.fullmatch(text):
        year = int(found["first"] or found["year"])
        what = "It is not said whether this quarter is of the calendar or of the financial year"
        raise UnreadableError(what, f"Write the financial year (Q2 {year}/{(year + 1) % 100:02}) or its last month.")
    if found := _ISO.fullmatch(text):
        return _of_day(int(found["year"]), int(found["month"]), int(found["day"] or 0))
    if found := _SLASHES.fullmatch(text):
        year = int(found["year"])
        return _of_day(year if year > 99 else 2000 + year, int(found["month"]), int(found["day"]))
    if (found := _SPAN.fullmatch(text)) and day_in_words(f"{found['from']} 2000"):
        return _of_words(found["to"], int(day_in_words(f"{found['from']} 2000")[5:7]))
    return _of_words(text)


def _named(found: re.Match[str]) -> Quarter:
    year, last = int(found["first"]), found["last"]
    if int(last) % 100 != (year + 1) % 100:
        raise UnreadableError("These two years do not follow each other", _REMEDY)
    return _within(Quarter(year, int(found["number"])))


def _of_words(text: str, first_month: int = 0) -> Quarter:
    """`30 September 2018`, `Sept 18`, and the end of `July to September 2018`."""
    iso = day_in_words(text.replace(",", ""))
    if not iso:
        raise UnreadableError(_NOT_ONE, _REMEDY)
    year, month, day = int(iso[:4]), int(iso[5:7]), int(iso[8:] or 0)
    if first_month and (month - first_month) % 12 != 2:
        raise UnreadableError("These months are not three", _REMEDY)
    return _of_day(year, month, day)


def _of_day(year: int, month: int, day: int) -> Quarter:
    if not 1 <= month <= 12:
        what = f"There is no month {month}"
        raise UnreadableError(what, "Write the day before the month, as in 30/09/2018.")
    last = calendar.monthrange(year, month)[1] if 1 <= year <= 9999 else 0
    if month % 3 or day not in (0, last):
        what = "This is not the end of a quarter"
        remedy = "Quarters end on 31 March, 30 June, 30 September and 31 December: use a table of those days."
        raise UnreadableError(what, remedy)
    return _within(Quarter.ending(year, month))


def _within(quarter: Quarter) -> Quarter:
    if not EARLIEST_DATE <= quarter.year <= LATEST_YEAR:
        raise UnreadableError(f"This is outside {EARLIEST_DATE} to {LATEST_YEAR}", "Check the year.")
    return quarter


def missing_between(there: Sequence[Quarter]) -> tuple[Quarter, ...]:
    """The quarters between the first and the last that are not there."""
    have = set(there)
    return tuple(each for each in every_quarter(there) if each not in have)
