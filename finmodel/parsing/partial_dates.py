"""Days of which only a part is known: `2014`, `March 2014`, `late 2016`; with the range that is left.

A stock belongs to a day. Where only the month or the year is known the last day of what is known serves, as in
"at March", and the range says how far it may be out.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from msgspec import Struct

from finmodel.parsing.dates import EARLIEST_DATE, LATEST_YEAR, date_from
from finmodel.parsing.numbers import UnreadableError

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})")
_NAMED = re.compile(r"(?P<name>[a-z]{3,9})\.? (?P<year>[0-9]{4})", re.IGNORECASE)
_DAY = re.compile(r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)? (?P<name>[a-z]{3,9}) (?P<year>[0-9]{4})", re.IGNORECASE)
_YEAR = re.compile(r"[0-9]{4}")
_PART_OF_YEAR = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}  # first and last month
_REMEDY = "Write a day (YYYY-MM-DD), a month (March YYYY), a year (YYYY), or early, mid or late of a year (late YYYY)."
_LONGEST = 30


class PartialDate(Struct, frozen=True):
    """A day, or as much of one as is known. first, last: the days that it may be, the same where it is known."""

    first: date
    last: date

    @property
    def is_exact(self) -> bool:
        """Whether the day itself is known."""
        return self.first == self.last

    @property
    def words(self) -> str:
        """`1 September 2014`; `31 March 2014 (known: March 2014)` where only the month is."""
        said = day_in_words(self.last)
        return said if self.is_exact else f"{said} (known: {self._known})"

    @property
    def _known(self) -> str:
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return f"{calendar.month_name[self.last.month]} {self.last.year}"
        if self.first.month == 1 and self.last.month == 12:
            return str(self.last.year)
        return f"{day_in_words(self.first)} to {day_in_words(self.last)}"

    def may_be(self, other: PartialDate) -> bool:
        """Whether both may be the same day."""
        return self.first <= other.last and other.first <= self.last


def day_in_words(day: date) -> str:
    """`1 September 2014`."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def partial_date_from(given: object) -> PartialDate:
    """A day or as much of one as is known; UnreadableError for anything else."""
    text = str(given).strip() if isinstance(given, str | int) and not isinstance(given, bool) else ""
    if not text or len(text) > _LONGEST or not text.isascii():
        raise UnreadableError("This is not a date", _REMEDY)
    if _ISO.fullmatch(text):
        day = date_from(text)
        return PartialDate(day, day)
    try:
        found = _read(text)
    except ValueError:
        raise UnreadableError("There is no such day", _REMEDY) from None
    if found is None:
        raise UnreadableError("This is not a date", _REMEDY)
    if not EARLIEST_DATE <= found.first.year <= LATEST_YEAR:
        raise UnreadableError(f"This date is outside {EARLIEST_DATE} to {LATEST_YEAR}", "Check the year.")
    return found


def _read(text: str) -> PartialDate | None:
    if match := _DAY.fullmatch(text):
        month = _month_named(match["name"])
        day = date(int(match["year"]), month, int(match["day"])) if month else None
        return PartialDate(day, day) if day else None
    if match := _MONTH.fullmatch(text):
        return _months(int(match["year"]), int(match["month"]), int(match["month"]))
    if match := _NAMED.fullmatch(text):
        year, part, month = int(match["year"]), match["name"].lower(), _month_named(match["name"])
        if part in _PART_OF_YEAR:
            return _months(year, *_PART_OF_YEAR[part])
        return _months(year, month, month) if month else None
    return _months(int(text), 1, 12) if _YEAR.fullmatch(text) else None


def _months(year: int, first: int, last: int) -> PartialDate:
    start = date(year, first, 1)  # ValueError of a month that there is not, before the calendar is asked
    return PartialDate(start, date(year, last, calendar.monthrange(year, last)[1]))


def _month_named(name: str) -> int:
    """1 to 12; 0 for no month's name."""
    names = [each.lower() for each in calendar.month_name]
    found = [number for number, each in enumerate(names) if each and each.startswith(name.lower())]
    return found[0] if len(found) == 1 else 0
