"""Small pieces of English that the page's sentences are made of: years, months, lists, figures or their absence."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from finmodel.lines.display import NO_NUMBER, number, plain_number, pounds, rounded
from finmodel.lines.periods import FinancialYear, Month

_MOST_PLACES = 9  # to which whole children are compared before they are rounded up
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


WHAT_A_SAVING_DOES = {  # to this council's budget, by the part of it
    "reduction": "reduces existing budgets",
    "avoided_growth": "avoids growth",
    "not_stated": "is not said to do either",
}


def count(number_of: int, one: str, several: str = "") -> str:
    """`one check`, `38 checks`."""
    words = _SMALL[number_of] if number_of < len(_SMALL) else f"{number_of:,}"
    return f"{words} {one if number_of == 1 else several or one + 's'}"


def capital(text: str) -> str:
    """The first letter large."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """A text as a sentence: a capital first, a full stop last."""
    text = capital(text.strip())
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def listed(items: Sequence[str]) -> str:
    """`a, b and c`."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def day_words(iso: str) -> str:
    """`20 January 2015`."""
    day = date.fromisoformat(iso)
    return f"{day.day} {month_name[day.month]} {day.year}"


def month_words(month: str) -> str:
    """`2019-03` as `March 2019`."""
    return Month.parse(month).words


def months_of(years: Sequence[str]) -> tuple[Month, ...]:
    """Every month of the years, April to March."""
    return _months_of(tuple(years))


@lru_cache(maxsize=64)
def _months_of(years: tuple[str, ...]) -> tuple[Month, ...]:
    """Asked of every rate that is shown."""
    return tuple(month for year in years for month in FinancialYear.parse(year).months)


def span(years: Sequence[str]) -> str:
    """`2015/16 to 2018/19`."""
    return years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"


def years_shown(years: Sequence[str]) -> str:
    """`the four years shown`."""
    return "the year shown" if len(years) == 1 else f"the {count(len(years), 'year')} shown"


def money(value: float | None) -> str:
    """Whole pounds, or that there is no figure."""
    return NO_NUMBER.capitalize() if value is None else pounds(value)


def children(value: float | None) -> str:
    """Children to one decimal place, or that there is no figure."""
    return NO_NUMBER.capitalize() if value is None else number(value, 1)


def whole_children(value: float) -> str:
    """`13 children`, `1 child`."""
    text = plain_number(value)
    return f"{text} child" if text == "1" else f"{text} children"


def children_and_whole(exact: float | None, whole: float | None) -> str:
    """`12.5, rounded up to 13`; just `13` where that is what one decimal place says; `1.04` where `1.0` would belie."""
    if exact is None or whole is None:
        return NO_NUMBER.capitalize()
    text = plain_number(whole)
    if number(exact, 1) == number(whole, 1):
        return text
    places = next((n for n in range(1, _MOST_PLACES) if number(exact, n) != number(whole - 1, n)), _MOST_PLACES)
    return f"{number(exact, places)}, rounded up to {text}"


def is_nil(value: float) -> bool:
    """Whether an amount of money comes to nothing at the penny."""
    return rounded(value, 2) == 0


def is_same(values: Sequence[float]) -> bool:
    """Whether amounts are all alike at the penny."""
    return len({rounded(value, 2) for value in values}) <= 1
