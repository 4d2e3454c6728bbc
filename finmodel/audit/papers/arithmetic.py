"""Arithmetic on intervals: the least range that holds every result, its ends in or out as those of the operands are.

After Moore, Kearfott and Cloud, Introduction to Interval Analysis (SIAM, 2009), sections 2.1 to 2.3.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from fractions import Fraction

from finmodel.quoting.interval import End, Interval

ZERO = Fraction(0)


class NoFigureError(ArithmeticError):
    """Something that has no figure, such as a division by nought: why, in words."""


def plus(a: Interval, b: Interval) -> Interval:
    """Sums."""
    return Interval(
        _add(a.low, b.low),
        _add(a.high, b.high),
        a.includes_low and b.includes_low,
        a.includes_high and b.includes_high,
    )


def negative(a: Interval) -> Interval:
    """The same with the other sign."""
    return Interval(-a.high, -a.low, a.includes_high, a.includes_low)


def minus(a: Interval, b: Interval) -> Interval:
    """Differences."""
    return plus(a, negative(b))


def times(a: Interval, b: Interval) -> Interval:
    """Products: the least and the greatest of the products of the ends. Nought times anything is nought."""
    products = [
        (_multiply(x, y), (with_x and with_y) or (x == 0 and with_x) or (y == 0 and with_y))
        for x, with_x in ((a.low, a.includes_low), (a.high, a.includes_high))
        for y, with_y in ((b.low, b.includes_low), (b.high, b.includes_high))
    ]
    return _from_ends(products)


def over(a: Interval, b: Interval) -> Interval:
    """Quotients; NoFigureError where the divisor may be nought."""
    return times(a, inverse(b))


def inverse(b: Interval) -> Interval:
    """One divided by each value; NoFigureError where one of them is nought. Towards nought, which is out, no limit."""
    if ZERO in b or b.low < 0 < b.high:
        raise NoFigureError("the divisor may be zero")
    low: End = _one_over(b.high) if b.high != 0 else -math.inf
    high: End = _one_over(b.low) if b.low != 0 else math.inf
    return Interval(low, high, b.includes_high and b.high != 0, b.includes_low and b.low != 0)


def ceiling(a: Interval) -> Interval:
    """Rounded up to whole numbers."""
    low = a.low if math.isinf(a.low) else Fraction(math.floor(a.low) + 1 if not a.includes_low else math.ceil(a.low))
    return _whole(low, _whole_end(a.high, math.ceil))


def floor(a: Interval) -> Interval:
    """Rounded down to whole numbers."""
    high = (
        a.high if math.isinf(a.high) else Fraction(math.ceil(a.high) - 1 if not a.includes_high else math.floor(a.high))
    )
    return _whole(_whole_end(a.low, math.floor), high)


def rounded(a: Interval) -> Interval:
    """Rounded to whole numbers, halves away from zero. Ends that are out are taken in, which is never too narrow."""
    return _whole(_whole_end(a.low, round_half_away), _whole_end(a.high, round_half_away))


def round_half_away(value: Fraction | float) -> int:
    """A number to the nearest whole, halves away from zero."""
    size = math.floor(abs(Fraction(value)) + Fraction(1, 2))
    return size if value >= 0 else -size


def greatest(parts: Iterable[Interval]) -> Interval:
    """The greatest of values, one from each interval."""
    given = list(parts)
    low = max((part.low, not part.includes_low) for part in given)
    high = max((part.high, part.includes_high) for part in given)
    return Interval(low[0], high[0], not low[1], high[1])


def least(parts: Iterable[Interval]) -> Interval:
    """The least of values, one from each interval."""
    return negative(greatest(negative(part) for part in parts))


def hull(parts: Iterable[Interval]) -> Interval:
    """The least interval that holds all of these."""
    given = list(parts)
    low = min((part.low, not part.includes_low) for part in given)
    high = max((part.high, part.includes_high) for part in given)
    return Interval(low[0], high[0], not low[1], high[1])


def _from_ends(ends: list[tuple[End, bool]]) -> Interval:
    low = min((value, not included) for value, included in ends)
    high = max((value, included) for value, included in ends)
    return Interval(low[0], high[0], not low[1], high[1])


def _add(x: End, y: End) -> End:
    if isinstance(x, float):
        return x
    return y if isinstance(y, float) else x + y


def _multiply(x: End, y: End) -> End:
    if x == 0 or y == 0:
        return ZERO
    if isinstance(x, float) or isinstance(y, float):
        return math.inf if (x > 0) == (y > 0) else -math.inf
    return x * y


def _one_over(x: End) -> End:
    return ZERO if isinstance(x, float) else 1 / x


def _whole(low: End, high: End) -> Interval:
    return Interval(low, high, not math.isinf(low), not math.isinf(high))


def _whole_end(end: End, to_whole: Callable[[End], int]) -> End:
    return end if isinstance(end, float) else Fraction(to_whole(end))
