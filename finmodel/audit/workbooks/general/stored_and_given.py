"""A stored value and what an engine gives instead: what counts as the same, how far apart, and how both are shown."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TypeGuard

from finmodel.audit.workbooks.contents import Stored
from finmodel.audit.workbooks.general.rounding_noise import DIGITS_KEPT
from finmodel.audit.workbooks.recalculating import RELATIVE, Value


def is_error(value: object) -> bool:
    """Whether it is an error such as #N/A."""
    return isinstance(value, str) and value.startswith("#")


def is_number(value: object) -> TypeGuard[float]:
    """Whether it is a number, and no truth."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def numbers_of(values: Iterable[Value | None]) -> list[float]:
    """The numbers among some values."""
    return [value for value in values if is_number(value)]


def near(one: float, other: float, noise: float, share: float) -> bool:
    """Whether two numbers are the same but for rounding; noise: its size; share: of the larger of the two."""
    apart, size = abs(one - other), max(abs(one), abs(other))
    return apart <= max(noise, DIGITS_KEPT, max(RELATIVE, share) * size, share)


def all_but_equal(numbers: list[float]) -> bool:
    """Whether two of the numbers differ, and by no more than rounding."""
    ordered = sorted(set(numbers))
    return any(0 < b - a <= RELATIVE * max(abs(a), abs(b)) for a, b in pairwise(ordered))


def is_hard(stored: Stored, value: Value | None) -> bool:
    """Whether one of the two is a number, and the other neither an error nor an empty text."""
    return (is_number(stored) or is_number(value)) and not (is_error(value) or is_error(stored) or stored == "")


def apart_by(stored: Stored, value: Value | None) -> str:
    """How far the stored value is from what the engines give: the difference, and its share of it."""
    if not (is_number(stored) and is_number(value)):
        return ""
    apart = stored - value
    share = f", {abs(apart / value):.2%}" if value else ""
    return f" ({abs(apart):,.6g} {'too much' if apart > 0 else 'too little'}{share})"


def as_shown(value: Value | Stored) -> str:
    """A value as a message prints it."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:,.15g}" if isinstance(value, int | float) else f"“{value}”"
