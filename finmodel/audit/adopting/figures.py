"""Figures as a case writes them, one or one a period, read as numbers and written anew in the same manner."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from finmodel.lines.expression import Timeline
from finmodel.lines.periods import MONTHS_IN_A_YEAR, FinancialYear, Horizon, Month
from finmodel.parsing import numbers
from finmodel.parsing.dates import month_from, year_from
from finmodel.parsing.numbers import UnreadableError
from finmodel.parsing.quantity_forms import ALWAYS, LEFT_OUT, SHAPES, read_yes_no

_PERCENT = re.compile(r"[+-]?[\d.]+\s*%")
_GROUPED = re.compile(r"£?\s*\d{1,3}(,\d{3})+(\.\d+)?")


def number_of(text: Any, horizon: Horizon) -> float | None:
    """The number by which a model knows what a case writes: 0.2 for `20%`, 13 for a month; None where it is none."""
    readers: tuple[Callable[[str], float], ...] = (
        lambda given: numbers.change(given) if given.endswith("%") else numbers.money(given),
        numbers.number,
        numbers.whole_number,
        numbers.change,
        lambda given: month_from(given) - horizon.first_year.first_month + 1,
        lambda given: year_from(given) - horizon.first_year + 1,
        lambda given: float(read_yes_no(given)),
    )
    if not isinstance(text, str):
        return None
    for read in readers:
        try:
            return float(read(text.strip()))
        except ValueError:  # of which both kinds of unreadable value are
            continue
    return None


def written_like(old: str, value: float, horizon: Horizon) -> str:
    """A number in the manner of what stood there: a percentage, a month, pounds with commas, yes or no."""
    text = old.strip()
    try:
        month_from(text)
        return str(horizon.first_year.first_month + (round(value) - 1))
    except UnreadableError:
        pass
    try:
        year_from(text)
        return str(horizon.first_year + (round(value) - 1))
    except UnreadableError:
        pass
    if text.lower() in ("yes", "no", "on", "off", "true", "false"):
        pair = next(pair for pair in (("yes", "no"), ("on", "off"), ("true", "false")) if text.lower() in pair)
        return pair[0] if value else pair[1]
    if _PERCENT.fullmatch(text):
        return percentage(value)
    plain = in_figures(value)
    if _GROUPED.fullmatch(text):
        whole, point, rest = plain.partition(".")
        plain = f"{int(whole):,}{point}{rest}"
    return f"£{plain}" if text.startswith("£") else plain


def percentage(value: float) -> str:
    """0.035 as `3.5%`; read again it is the same number."""
    return f"{_short(Decimal(repr(value)) * 100)}%"


def in_figures(value: float) -> str:
    """A number with the digits that it has, and no exponent."""
    return _short(Decimal(repr(value)))


def _short(value: Decimal) -> str:
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def over_periods(stated: Any, timeline: Timeline, horizon: Horizon) -> list[float] | None:
    """The figure in each period of what a case states as a list, by year or by month; None for anything else."""
    if isinstance(stated, dict):
        shape = next((shape for shape in SHAPES if shape in stated), None)
        if shape in ("by_year", "by_month") and isinstance(stated[shape], dict):
            return _stepped(stated, shape, timeline, horizon)
        return over_periods(stated[shape], timeline, horizon) if shape in ALWAYS else None
    if not isinstance(stated, list) or len(stated) != len(horizon.years):
        return None
    found = [number_of(item, horizon) for item in stated]
    return _spread([each for each in found if each is not None], len(found), timeline)


def _spread(by_year: Sequence[float], years: int, timeline: Timeline) -> list[float] | None:
    if len(by_year) < years:
        return None
    return [value for value in by_year for _ in range(MONTHS_IN_A_YEAR if timeline is Timeline.MONTHS else 1)]


def _stepped(stated: Mapping[str, Any], shape: str, timeline: Timeline, horizon: Horizon) -> list[float] | None:
    named: dict[Month, float] = {}
    for name, text in stated[shape].items():
        number = number_of(text, horizon)
        start = _start(name, shape)
        if number is None or start is None:
            return None
        named[start] = number
    months = horizon.months if timeline is Timeline.MONTHS else [year.first_month for year in horizon.years]
    return [_at(month, named, stated) for month in months]


def _start(name: str, shape: str) -> Month | None:
    try:
        return year_from(name).first_month if shape == "by_year" else month_from(name)
    except UnreadableError:
        return None


def _at(month: Month, named: Mapping[Month, float], stated: Mapping[str, Any]) -> float:
    """The figure in a month: of the last period named before it, or zero where years left out have that."""
    before = [start for start in named if start <= month]
    if not before:
        return 0.0
    if stated.get(LEFT_OUT) == "zero" and max(before).financial_year != month.financial_year:
        return 0.0
    return named[max(before)]


def restated(stated: Any, values: Sequence[float], timeline: Timeline, horizon: Horizon) -> Any:
    """What a case states over time with other figures, in the manner in which it was, where that can say them.

    A figure that changes within a year is stated by month where it was by year. Names that need no change keep what
    is written there.
    """
    shape = next((shape for shape in ALWAYS if isinstance(stated, dict) and shape in stated), None)
    if shape is not None:
        inner = restated(stated[shape], values, timeline, horizon)
        if isinstance(inner, list):
            return {**stated, shape: inner}
        return {**{name: item for name, item in stated.items() if name != shape}, **inner}
    by_year = _by_year(values, timeline)
    if isinstance(stated, list):
        if by_year is None:
            return {"by_month": _months_named(values, stated[0], horizon)}
        return [_kept(old, value, horizon) for old, value in zip(stated, by_year, strict=True)]
    return _restated_by_name(stated, values, by_year, horizon)


def _restated_by_name(
    stated: Mapping[str, Any], values: Sequence[float], by_year: Sequence[float] | None, horizon: Horizon
) -> dict[str, Any]:
    if "by_month" in stated:
        return {**stated, "by_month": _named(stated, "by_month", values, horizon.months, horizon)}
    if by_year is not None:
        return {**stated, "by_year": _named(stated, "by_year", by_year, horizon.years, horizon)}
    kept = {name: item for name, item in stated.items() if name not in ("by_year", LEFT_OUT)}
    manner = next(iter(stated["by_year"].values()))
    return {**kept, "by_month": _months_named(values, manner, horizon)}


def _by_year(values: Sequence[float], timeline: Timeline) -> list[float] | None:
    """A figure a year; None where one changes within a year."""
    if timeline is not Timeline.MONTHS:
        return list(values)
    years = [values[start : start + MONTHS_IN_A_YEAR] for start in range(0, len(values), MONTHS_IN_A_YEAR)]
    return [year[0] for year in years] if all(len(set(year)) == 1 for year in years) else None


def _kept(old: str, value: float, horizon: Horizon) -> str:
    return old if number_of(old, horizon) == value else written_like(old, value, horizon)


def _named(
    stated: Mapping[str, Any],
    shape: str,
    values: Sequence[float],
    periods: Sequence[FinancialYear | Month],
    horizon: Horizon,
) -> dict[str, str]:
    """The periods named, with those that need a name besides: a figure holds from its period until the next named."""
    found = dict(stated[shape])
    manner = next(iter(found.values()))
    for period, value in zip(periods, values, strict=True):
        if str(period) in found:
            found[str(period)] = _kept(found[str(period)], value, horizon)
            continue
        month = period.first_month if isinstance(period, FinancialYear) else period
        named = {_start(name, shape): number_of(text, horizon) for name, text in found.items()}
        known = {start: number for start, number in named.items() if start is not None and number is not None}
        if _at(month, known, stated) != value:
            found[str(period)] = written_like(manner, value, horizon)
    return dict(sorted(found.items()))


def _months_named(values: Sequence[float], manner: str, horizon: Horizon) -> dict[str, str]:
    found: dict[str, str] = {}
    before: float | None = None
    for month, value in zip(horizon.months, values, strict=True):
        if value != before:
            found[str(month)] = written_like(manner, value, horizon)
        before = value
    return found
