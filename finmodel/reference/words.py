"""Figures and dates as a finance officer reads them."""

from __future__ import annotations

from datetime import date

from finmodel.reference.when import in_words


def figure(value: float | None, unit: str) -> str:
    """`£43,149 a year`, `13.8%`, `17.7 cases`; a dash where the source has no number."""
    if value is None:
        return "–"
    if unit == "fraction":
        return f"{_plain(round(value * 100, 10))}%"
    if unit == "percent":
        return f"{_plain(value)}%"
    if unit.startswith("£"):
        return f"{money(value)} {unit[1:].strip()}".strip()
    if unit.startswith("index"):
        return _plain(value)
    return f"{_plain(value)} {unit}".strip()


def money(value: float) -> str:
    """Pounds, with pence only where there are some."""
    if value == round(value):
        return f"£{value:,.0f}"
    return f"£{value:,.2f}" if round(value, 2) == value else f"£{_plain(value)}"


def days(first: date | None, last: date | None) -> str:
    """`1 April 2013 to 31 December 2014`, `from 6 April 2017`, `at 31 March 2024`; blank when undated."""
    if first in (None, date.min):
        return "" if last is None else f"to {in_words(last)}"
    if last is None:
        return f"from {in_words(first)}"
    return f"at {in_words(first)}" if first == last else f"{in_words(first)} to {in_words(last)}"


def _plain(value: float) -> str:
    text = f"{value:,.10f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
