"""Numbers and ranges of quoted figures as texts, in the figure's own unit and to as many digits as say something."""

from __future__ import annotations

import math
from fractions import Fraction

from finmodel.audit.papers.verification import Range
from finmodel.lines.display import plain_number
from finmodel.quoting.interval import End, Interval
from finmodel.quoting.units import is_money, is_percentage

LARGEST = Fraction(10**15)  # beyond this a figure has no meaning, and no float is exact anywhere near
LARGEST_SHOWN = 10**17  # what is larger is shown by its first digits
EXTRA_DIGITS = 2  # decimals shown beyond those of the printed figure
MOST_DECIMALS = 9


def decimals_of(place: Fraction, unit: str) -> int:
    """How many decimals a figure with such a last digit has, as printed in its unit."""
    shown = place * 100 if is_percentage(unit) else place
    if shown <= 0 or shown >= 1:
        return 0
    return min(math.ceil(-math.log10(float(shown)) - 1e-9), MOST_DECIMALS)


def text_of(value: End, unit: str, decimals: int = 4) -> str:
    """A value in its unit: `£1,234.5`, `12.5%`, `46.2`; without the words of the unit."""
    shown = float(value) * 100 if is_percentage(unit) else float(value)
    number = plain_number(shown, decimals) if abs(shown) < LARGEST_SHOWN else f"{shown:.6g}"
    if is_percentage(unit):
        return f"{number}%"
    if is_money(unit):
        return (
            number.replace("\N{MINUS SIGN}", "\N{MINUS SIGN}£", 1) if shown < 0 and number[0] != "0" else f"£{number}"
        )
    return number


def difference_text(difference: Fraction, unit: str, decimals: int) -> str:
    """A difference in a unit; between percentages in percentage points."""
    if is_percentage(unit):
        return f"{plain_number(float(difference) * 100, decimals)} percentage points"
    return text_of(difference, unit, decimals)


def range_text(interval: Interval, unit: str, decimals: int = 4) -> str:
    """`46.15 to under 46.25`, `more than 600`, `up to £1,100`; one number where both ends print alike."""
    low, high = interval.low, interval.high
    if math.isinf(low) and math.isinf(high):
        return "any value"
    if math.isinf(high):
        return f"{'at least' if interval.includes_low else 'more than'} {text_of(low, unit, decimals)}"
    if math.isinf(low):
        return f"{'at most' if interval.includes_high else 'less than'} {text_of(high, unit, decimals)}"
    first, last = text_of(low, unit, decimals), text_of(high, unit, decimals)
    if first == last:
        return first
    above = "" if interval.includes_low else "over "
    under = "" if interval.includes_high else "under "
    return f"{above}{first} to {under}{last}"


def as_range(interval: Interval, value: Fraction | None, unit: str, decimals: int = 4) -> Range:
    """An interval as plain numbers and text."""
    return Range(
        None if value is None else float(value),
        None if math.isinf(interval.low) else float(interval.low),
        None if math.isinf(interval.high) else float(interval.high),
        interval.includes_low,
        interval.includes_high,
        range_text(interval, unit, decimals),
        "" if value is None else text_of(value, unit, decimals),
    )


def too_large(interval: Interval) -> bool:
    """Whether an end is beyond what a figure can be."""
    return any(not math.isinf(end) and not -LARGEST <= end <= LARGEST for end in (interval.low, interval.high))


def place_text(place: Fraction, unit: str) -> str:
    """`the nearest £1,000`."""
    return f"the nearest {text_of(place, unit)}"
