"""One value between the text that a case holds and the cell that a person sees: percentages, pounds, months, days.

A cell holds a number or a date where it can be read back as the same text, and the text itself where it cannot. What a
person types is read generously where it can mean one thing only; what can mean two is left for the case's own checks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from msgspec import Struct

from finmodel.case.workbook.kinds import FieldShape, Kind
from finmodel.lines.periods import FinancialYear, Month
from finmodel.parsing.dates import date_from, day_in_words
from finmodel.parsing.numbers import UnreadableError

Held: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None

_FIGURES = frozenset([Kind.MONEY, Kind.SHARE, Kind.CHANGE, Kind.NUMBER, Kind.WHOLE])
_PERCENTAGES = frozenset([Kind.SHARE, Kind.CHANGE])
_LENGTH_OF_A_MONTH = 7  # characters: four of the year, a hyphen, two
_MOST_DIGITS = 15  # that every spreadsheet program keeps
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,12})(?:\.[0-9]*[1-9])?")
_SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")
_YES_NO = {"yes": "yes", "y": "yes", "no": "no", "n": "no", "true": "true", "false": "false", "on": "on", "off": "off"}
_SHOWN_YES_NO: dict[str, str | bool] = {"yes": "Yes", "no": "No", "true": True, "false": False}
_MINUS_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-"})


class AskedError(UnreadableError):
    """A cell that may mean two things, or nothing: what is wrong with it and what to do."""


class Found(Struct, frozen=True):
    """What a cell holds: its stored value, its number format, and whether it is an error or a formula without value."""

    value: Held
    number_format: str = "General"
    is_error: bool = False
    uncalculated: bool = False

    @property
    def is_percentage(self) -> bool:
        """Whether the cell shows its number as a percentage."""
        return "%" in self._shown

    @property
    def shows_day(self) -> bool:
        """Whether the cell shows the day of its date, which `mmm yyyy` does not."""
        return "d" in self._shown.casefold() or "y" not in self._shown.casefold()

    @property
    def shows_month(self) -> bool:
        """Whether the cell shows the month of its date, which `yyyy` does not."""
        return self.shows_day or "m" in self._shown.casefold()

    @property
    def _shown(self) -> str:
        """The number format without what it prints as it stands."""
        return re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", self.number_format)


# --- from the case to the cell


def held(text: str, shape: FieldShape) -> str | float | bool | date:
    """What the cell of a text holds: a number, a date, or the text where nothing else gives it back."""
    kind = shape.kind or Kind.TEXT
    for make in _MADE.get(kind, ()):
        value = make(text)
        if value is not None and text_of(_as_read(value, kind), shape) == text:
            return value
    return in_words(text) if kind is Kind.WORD and text in shape.words else text


def survives(text: str, shape: FieldShape) -> bool:
    """Whether the cell of a text gives it back: `TRUE` would come back as `true`."""
    kind = shape.kind or Kind.TEXT
    try:
        return text_of(_as_read(held(text, shape), kind), shape) == text
    except AskedError:
        return False


def _as_read(value: str | float | bool | date, kind: Kind) -> Found:
    if isinstance(value, date):
        return Found(datetime(value.year, value.month, value.day))
    percentage = kind in _PERCENTAGES and not isinstance(value, str)
    return Found(value, "0.0%" if percentage else "General")


def _number(text: str) -> float | None:
    if not _PLAIN.fullmatch(text) or len(text.replace(".", "").lstrip("-")) > _MOST_DIGITS:
        return None
    return float(text)


def _percentage(text: str) -> float | None:
    number = _number(text.removesuffix("%")) if text.endswith("%") else None
    return None if number is None else float(Decimal(text[:-1]) / 100)


def _month(text: str) -> date | None:
    try:
        month = Month.parse(text)
    except ValueError:
        return None
    return date(month.year, month.month, 1) if month.year > 1900 else None


def _day(text: str) -> date | None:
    try:
        return date_from(text)
    except UnreadableError:
        return None


def _yes_no(text: str) -> str | bool | None:
    return _SHOWN_YES_NO.get(text)


_Make: TypeAlias = Callable[[str], str | float | bool | date | None]
_MADE: dict[Kind, tuple[_Make, ...]] = {
    Kind.MONEY: (_number,),
    Kind.NUMBER: (_number,),
    Kind.WHOLE: (_number,),
    Kind.SHARE: (_percentage,),
    Kind.CHANGE: (_percentage,),
    Kind.MONTH: (_month,),
    Kind.DATE: (_day,),
    Kind.YES_NO: (_yes_no,),
}


def in_words(word: str) -> str:
    """A word of the schema as a drop-down offers it: `do_minimum` as `do minimum`."""
    return word.replace("_", " ")


# --- from the cell to the case


def text_of(found: Found, shape: FieldShape) -> str:
    """The text that a cell stands for, "" for an empty one; AskedError where that cannot be told."""
    value, kind = found.value, shape.kind or Kind.TEXT
    if found.uncalculated:
        what = "The cell holds a formula, and no value is stored with it"
        raise AskedError(what, "Open the workbook in Excel or LibreOffice and save it, or type the value.")
    if found.is_error:
        raise AskedError("The cell shows an error", "Put the formula right, or type the value.")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _figure(value, found, kind)
    if isinstance(value, date | datetime | time | timedelta):
        return _of_time(value, kind) if kind is not Kind.PART_OF_DATE else _part_of(value, found)
    return "" if value is None else _typed(tidy(value), shape)


def tidy(text: str) -> str:
    """Without spaces around it, and with plain ones for those that only look so; line breaks stay."""
    lines = [re.sub(r"[ \t\u00a0\u2007\u202f]+", " ", line).strip() for line in text.replace("\r\n", "\n").split("\n")]
    return "\n".join(lines).strip() if "\u00a0" in text or text != text.strip() or "\r" in text else text


def _figure(value: float, found: Found, kind: Kind) -> str:
    number = in_full(value)
    if kind in _PERCENTAGES and found.is_percentage:
        return f"{in_full(Decimal(number) * 100)}%"
    if found.is_percentage and kind in _FIGURES:
        return f"{in_full(Decimal(number) * 100)}%"  # shown as a percentage where none belongs: the checks say so
    if kind in (Kind.MONTH, Kind.DATE):
        raise AskedError("This is a number where a date is needed", "Type it as a date: day, month and year.")
    return number


def in_full(value: float | Decimal) -> str:
    """A number in figures as a spreadsheet shows it at its fullest: fifteen digits, no exponent."""
    try:
        number = Decimal(format(value, ".15g")) if isinstance(value, float) else Decimal(value)
    except InvalidOperation:
        return str(value)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _of_time(value: date | datetime | time | timedelta, kind: Kind) -> str:
    if isinstance(value, time | timedelta):
        raise AskedError(
            "This is a time of day", "Type the value again; set the cell's format to General or Text first."
        )
    day = value.date() if isinstance(value, datetime) else value
    if kind is Kind.DATE:
        return day.isoformat()
    if kind is Kind.MONTH:
        return _first_of(day)
    if kind is Kind.YEAR:
        return _year_taken_for_a_date(day)
    if kind is Kind.TEXT:
        return f"{day.day} {day:%B %Y}"
    what = f"Excel has made a date of what was typed here, {day.day} {day:%B %Y}"
    raise AskedError(what, "Set the cell's format to Text and type it again.")


def _part_of(value: date | datetime | time | timedelta, found: Found) -> str:
    """As much of a date as the cell shows: Excel stores `March 2014` as the first of the month."""
    if isinstance(value, time | timedelta) or found.shows_day:
        return _of_time(value, Kind.DATE)
    return f"{value:%B %Y}" if found.shows_month else f"{value:%Y}"


def _first_of(day: date) -> str:
    if day.day != 1:
        month = Month(day.year, day.month)
        raise AskedError(f"This is a day, {day.day} {day:%B %Y}, and the model runs by whole months",
                         f"Write {month.words} or {(month + 1).words}.")  # fmt: skip
    return f"{day.year}-{day.month:02d}"


def _year_taken_for_a_date(day: date) -> str:
    """`2011/12`, which Excel takes for December 2011, is that year; no other date is one."""
    if day.day == 1 and day.month == (day.year + 1) % 100:
        return str(FinancialYear(day.year))
    what = f"This is a date, {day.day} {day:%B %Y}, and a council year is needed"
    raise AskedError(what, f"Write {FinancialYear.containing(day)} if the year with that day is meant, as text.")


def _typed(text: str, shape: FieldShape) -> str:
    kind = shape.kind or Kind.TEXT
    if kind in (Kind.TEXT, Kind.NAME):
        return text
    text = _SPACES.sub(" ", text)
    if kind is Kind.WORD:
        return _word(text, shape.words)
    if kind in _FIGURES:
        return text.translate(_MINUS_SIGNS)
    read = _READ.get(kind)
    return read(text) if read is not None else text


def _month_typed(text: str) -> str:
    day = _day_typed(text)
    return _first_of(day) if day else day_in_words(text)[:7] or text


def _date_typed(text: str) -> str:
    day = _day_typed(text)
    return day.isoformat() if day else text


def _year_typed(text: str) -> str:
    return text.replace(" ", "") if re.fullmatch(r"[0-9]{4} ?[/–-] ?[0-9]{2,4}", text) else text


def _yes_no_typed(text: str) -> str:
    return _YES_NO.get(text.casefold(), text)


_READ: dict[Kind, Callable[[str], str]] = {
    Kind.YES_NO: _yes_no_typed,
    Kind.MONTH: _month_typed,
    Kind.DATE: _date_typed,
    Kind.PART_OF_DATE: _date_typed,
    Kind.YEAR: _year_typed,
}


def _day_typed(text: str) -> date | None:
    """`1/4/2026`, day first as in Britain, or `1 April 2026`."""
    found = _DAY_FIRST.fullmatch(text)
    written = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}" if found else day_in_words(text)
    return _day(written) if len(written) > _LENGTH_OF_A_MONTH else None


def _word(text: str, words: tuple[str, ...]) -> str:
    like = {plain(word): word for word in words}
    return like.get(plain(text), text)


def plain(text: str) -> str:
    """A name or a word without what two people write differently: case, hyphens, underscores, spaces."""
    return re.sub(r"[\s_\-\u2010-\u2015]+", " ", text).strip().casefold()
