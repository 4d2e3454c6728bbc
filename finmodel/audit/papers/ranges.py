"""What a working may come to, when each printed figure in it may be anything that rounds to what is printed.

A figure that comes twice in a working (`a / (a + b)`) would make plain interval arithmetic too wide, since both
would be varied apart. So the slope of the result in each figure is worked out as an interval too: where it has one sign
throughout, the least and the greatest result lie at that figure's ends, and are worked out there. Where it has not, the
range is left too wide, never too narrow, and that is said. (Moore, Kearfott and Cloud, 2009, section 6.4: the
monotonicity test.)
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from msgspec import Struct

from finmodel.audit.papers.arithmetic import (
    NoFigureError,
    ceiling,
    floor,
    greatest,
    hull,
    inverse,
    least,
    minus,
    over,
    plus,
    round_half_away,
    rounded,
    times,
)
from finmodel.audit.papers.steps import Extreme, Spread, Step, Two, Whole
from finmodel.quoting.interval import Interval
from finmodel.quoting.working import Name, Number

Box = Mapping[str, Interval]
MOST_REPEATED = 12  # figures that come more than once and whose slope is looked at; the range is too wide for the rest
_NOTHING = Interval.only(0)
_RISING = Interval(Fraction(0), math.inf, includes_high=False)
_WHOLE = {"ceiling": ceiling, "floor": floor, "rounded": rounded}
_VALUE_WHOLE: dict[str, Callable[[Fraction], int]] = {
    "ceiling": math.ceil,
    "floor": math.floor,
    "rounded": round_half_away,
}


class WorkedOut(Struct, frozen=True):
    """The range of a working; too_wide: whether it may be wider than it need be."""

    range: Interval
    too_wide: bool = False


def value_of(step: Step, values: Mapping[str, Fraction]) -> Fraction:
    """A working of single values; NoFigureError for a division by nought."""
    match step:
        case Number(value):
            return value
        case Name(name):
            return values[name]
        case Whole(to, of):
            return Fraction(_VALUE_WHOLE[to](value_of(of, values)))
        case Extreme(is_greatest, of):
            found = [value_of(part, values) for part in of]
            return max(found) if is_greatest else min(found)
        case Spread():
            raise NoFigureError("it gives a range and not to one value")
        case Two(symbol, left, right):
            return _of_two(symbol, value_of(left, values), value_of(right, values))


def _of_two(symbol: str, left: Fraction, right: Fraction) -> Fraction:
    if symbol == "+":
        return left + right
    if symbol == "-":
        return left - right
    if symbol == "*":
        return left * right
    if right == 0:
        raise NoFigureError("the divisor is zero")
    return left / right


def plain_range(step: Step, box: Box) -> Interval:
    """The range of a working in which no name comes twice; otherwise perhaps too wide."""
    match step:
        case Number(value):
            return Interval.only(value)
        case Name(name):
            return box[name]
        case Whole(to, of):
            return _WHOLE[to](plain_range(of, box))
        case Extreme(is_greatest, of):
            return (greatest if is_greatest else least)(plain_range(part, box) for part in of)
        case Spread(low, high):
            return hull((plain_range(low, box), plain_range(high, box)))
        case Two(symbol, left, right):
            return _TWO[symbol](plain_range(left, box), plain_range(right, box))


_TWO = {"+": plus, "-": minus, "*": times, "/": over}


def range_of(step: Step, box: Box) -> WorkedOut:
    """The range of a working; NoFigureError where a divisor may be nought."""
    counts = Counter(names(step))
    repeated = [name for name, count in counts.items() if count > 1 and not box[name].is_one_value]
    if not repeated:
        return WorkedOut(plain_range(step, box))
    each = _Slopes(box)
    slopes = {name: each.of(step, name) for name in repeated[:MOST_REPEATED]}
    low, high = dict(box), dict(box)
    too_wide = len(repeated) > MOST_REPEATED
    for name, rises in slopes.items():
        ends = _ends(box[name])
        if rises.low >= 0 and box[name].is_bounded:
            low[name], high[name] = ends
        elif rises.high <= 0 and box[name].is_bounded:
            high[name], low[name] = ends
        else:
            too_wide = True
    least_found, greatest_found = plain_range(step, low), plain_range(step, high)
    found = Interval(least_found.low, greatest_found.high, least_found.includes_low, greatest_found.includes_high)
    return WorkedOut(found, too_wide)


def _ends(interval: Interval) -> tuple[Interval, Interval]:
    """The lowest and the highest value, both taken in: at worst a hair too wide."""
    return Interval(interval.low, interval.low), Interval(interval.high, interval.high)


def names(step: Step) -> Iterator[str]:
    """Every name in the steps, as often as it is there."""
    match step:
        case Name(name):
            yield name
        case Whole(_, of):
            yield from names(of)
        case Extreme(_, of):
            for part in of:
                yield from names(part)
        case Two(_, left, right) | Spread(left, right):
            yield from names(left)
            yield from names(right)


class _Slopes:
    """Slopes in one box; the range of each part is worked out once."""

    def __init__(self, box: Box) -> None:
        self.box = box
        self.ranges: dict[int, Interval] = {}  # by part

    def of(self, step: Step, name: str) -> Interval:
        match step:
            case Number():
                return _NOTHING
            case Name(found):
                return Interval.only(1) if found == name else _NOTHING
            case Whole(_, of):
                return times(self.of(of, name), _RISING)
            case Extreme(_, of):
                return hull(self.of(part, name) for part in of)
            case Spread(low, high):
                return hull((self.of(low, name), self.of(high, name)))
            case Two(symbol, left, right):
                return self.of_two(symbol, left, right, name)

    def of_two(self, symbol: str, left: Step, right: Step, name: str) -> Interval:
        of_left, of_right = self.of(left, name), self.of(right, name)
        if of_left == of_right == _NOTHING or symbol in "+-":
            return _TWO["+" if symbol in "*/" else symbol](of_left, of_right)
        u, v = self.range(left), self.range(right)
        if symbol == "*":
            return plus(times(of_left, v), times(u, of_right))
        return times(minus(of_left, times(over(u, v), of_right)), inverse(v))

    def range(self, step: Step) -> Interval:
        """The plain range of a part, each of its own parts worked out once."""
        found = self.ranges.get(id(step))
        if found is None:
            if isinstance(step, Two):
                found = _TWO[step.symbol](self.range(step.left), self.range(step.right))
            else:
                found = plain_range(step, self.box)
            self.ranges[id(step)] = found
        return found
