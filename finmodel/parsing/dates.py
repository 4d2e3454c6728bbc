"""Financial years, months and days from what was written; UnreadableError for anything else."""

from __future__ import annotations

import re
from datetime import date

from finmodel.lines.periods import FinancialYear, Month
from finmodel.parsing.numbers import UnreadableError

EARLIEST_YEAR = 1901  # years and months outside these are slips of the pen
LATEST_YEAR = 2150
EARLIEST_DATE = 1901  # the first year of whose days every spreadsheet program counts alike
LONGEST_PERIOD_TEXT = 20
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_IN_WORDS = re.compile(
    r"(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[ -])?(?P<month>[a-z]{3,9})\.?,?[ -]'?(?P<year>[0-9]{4}|[0-9]{2})",
    re.IGNORECASE,
)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip


def year_from(given: object, like: FinancialYear | None = None) -> FinancialYear:
    """A financial year; UnreadableError for anything else. `like`: one to show in the message, of the same file."""
    form = "as YYYY/YY" if like is None else f"like {like}"
    remedy = f"Write a council financial year {form}."
    if not isinstance(given, str) or len(given) > LONGEST_PERIOD_TEXT or not given.isascii():
        raise UnreadableError("This is not a financial year", remedy)
    try:
        year = FinancialYear.parse(given)
    except ValueError:
        raise UnreadableError("This is not a financial year", f"{remedy} The two years follow each other.") from None
    _within_reason(year.start, "year")
    return year


def month_from(given: object, like: Month | None = None) -> Month:
    """A month; UnreadableError for anything else. `like`: one to show in the message, of the same file."""
    form = "as YYYY-MM" if like is None else f"like {like}, for {like.words}"
    remedy = f"Write a month {form}."
    if not isinstance(given, str) or len(given) > LONGEST_PERIOD_TEXT or not given.isascii():
        raise UnreadableError("This is not a month", remedy)
    try:
        month = Month.parse(given)
    except ValueError:
        meant = day_in_words(given)
        raise UnreadableError("This is not a month", f"Write {meant[:7]}." if meant else remedy) from None
    _within_reason(month.year, "month")
    return month


def day_in_words(given: str) -> str:
    """`14 March 2026` as `2026-03-14` and `Sept 26` as `2026-09`; empty for anything else."""
    found = _IN_WORDS.fullmatch(given.strip()) if len(given) <= LONGEST_PERIOD_TEXT else None
    months = [n for n, name in enumerate(_MONTHS, 1) if found and name.startswith(found["month"].lower())]
    if found is None or len(months) != 1:
        return ""
    year = found["year"] if len(found["year"]) == len("YYYY") else f"20{found['year']}"
    day = f"-{int(found['day']):02}" if found["day"] else ""
    try:
        date.fromisoformat(f"{year}-{months[0]:02}{day or '-01'}")
    except ValueError:
        return ""
    return f"{year}-{months[0]:02}{day}"


def _within_reason(year: int, kind: str) -> None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise UnreadableError(f"This {kind} is outside {EARLIEST_YEAR} to {LATEST_YEAR}", f"Check the {kind}.")


def date_from(given: object) -> date:
    """A day; UnreadableError for anything else."""
    remedy = "Write the year, the month and the day in figures, as YYYY-MM-DD."
    if not isinstance(given, str) or not _DATE.fullmatch(given.strip()):
        meant = day_in_words(given) if isinstance(given, str) else ""
        raise UnreadableError("This is not a date", f"Write {meant}." if len(meant) > len("YYYY-MM") else remedy)
    try:
        day = date.fromisoformat(given.strip())
    except ValueError:
        raise UnreadableError("There is no such day", remedy) from None
    if not EARLIEST_DATE <= day.year <= LATEST_YEAR:
        raise UnreadableError(f"This date is outside {EARLIEST_DATE} to {LATEST_YEAR}", "Check the year.")
    return day
