"""Numbers as readers see them: the one place where figures are rounded, half up, as Excel does."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

_ANY_FLOAT = Context(prec=400)  # digits: the largest float has 309 before its point
NO_NUMBER = "no figure"
_MOST_FIGURES = 3  # of an amount that is read at a glance


def inside(text: str) -> str:
    """A text inside a sentence: its first letter small, unless an abbreviation begins with it."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def rounded(value: float, places: int = 0) -> Decimal:
    """`value` to so many decimal places, halves away from zero, as Excel's ROUND and its number formats do.

    The 15 significant digits that a spreadsheet shows are taken first, so that 1.005 rounds as it reads.
    """
    digits = Decimal(f"{value:.15g}")
    return digits.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_ANY_FLOAT)


@lru_cache(maxsize=20_000)  # a page shows the same few thousand figures ten times over
def number(value: float, places: int = 0) -> str:
    """`1,234.5`, with a true minus sign; -0 is 0."""
    figure = rounded(value, places)
    text = f"{figure.copy_abs():,}"
    return f"\N{MINUS SIGN}{text}" if figure < 0 else text


def pounds(value: float, places: int = 0) -> str:
    """`£1,234`; below zero `−£1,234`."""
    text = number(value, places)
    return f"\N{MINUS SIGN}£{text[1:]}" if text.startswith("\N{MINUS SIGN}") else f"£{text}"


def short_pounds(value: float) -> str:
    """An amount to about three figures, for an answer that is read at a glance: `£980`, `£505k`, `£1.58m`, `£12.6m`."""
    for places, unit, name in ((0, 1.0, ""), (0, 1e3, "k"), (2, 1e6, "m"), (1, 1e6, "m")):
        text = number(value / unit, places)
        if len(text.strip("\N{MINUS SIGN}").replace(".", "")) <= _MOST_FIGURES:
            return pounds(value / unit, places) + name
    return pounds(value / 1e6) + "m"


def signed(text: str) -> str:
    """A written amount with a plus sign where it has no minus sign."""
    return text if text.startswith("\N{MINUS SIGN}") else f"+{text}"


def signed_pounds(value: float) -> str:
    """An amount at a glance with its sign: `+£140k`, `−£15k`; `£0` where it comes to nothing at the penny."""
    text = short_pounds(value)
    return text if rounded(value, 2) == 0 else signed(text)


def percent(value: float, places: int = 1) -> str:
    """A share as a percentage: 0.138 is `13.8%`."""
    return f"{number(value * 100, places)}%"


def plain_number(value: float, places: int = 4) -> str:
    """A number with no more decimals than it needs: `13`, `12.5`, `0.9662`."""
    text = number(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=20_000)
def in_unit(value: float | None, unit: str) -> str:
    """A value with its unit, as the explanations print it: money to the penny, shares as percentages."""
    if value is None or math.isnan(value):
        return NO_NUMBER
    if unit == "£" or unit.startswith("£ "):
        return pounds(value, 2)
    if unit in {"share", "rate"}:
        return f"{plain_number(value * 100, 4)}%"
    if unit == "factor":
        return plain_number(value, 6)
    if unit == "flag":
        return "yes" if value else "no"
    return plain_number(value, 4)
