"""Which one printed figure, read otherwise, would make a working true: one at a time, the others as printed."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from msgspec import Struct

from finmodel.audit.papers.arithmetic import NoFigureError, greatest, minus, negative, over, plus, times
from finmodel.audit.papers.ranges import Box, names, plain_range, range_of, value_of
from finmodel.audit.papers.steps import Extreme, Spread, Step, Two, Whole
from finmodel.quoting.interval import Interval, rounded_at
from finmodel.quoting.printed import Reading, Sense
from finmodel.quoting.working import Name, Number

_HALF = Fraction(1, 2)
_DOUBLINGS = 24  # from a thousandth of the figure to some sixteen thousand times it
_HALVINGS = 60


class NearestFix(Struct, frozen=True):
    """The values as printed, from the lowest to the highest, that would do."""

    low: Fraction
    high: Fraction
    nearest: Fraction


def nearest_fix(step: Step, name: str, readings: dict[str, Reading], wanted: Interval) -> NearestFix | None:
    """What would have to be printed for a figure so that the working comes into `wanted`; None where nothing would do.

    Only figures printed as one number are tried, and only with the sign that they have.
    """
    reading = readings[name]
    place = reading.number.place
    if (
        reading.value is None
        or not place
        or reading.printed.sense in (Sense.OVER, Sense.AT_LEAST, Sense.UP_TO, Sense.UNDER)
    ):
        return None
    place = reading.place or place
    box = {other: found.known for other, found in readings.items()}
    try:
        found = _within(step, name, reading, box, wanted, place)
    except NoFigureError:
        return None
    return found


def _within(step: Step, name: str, reading: Reading, box: Box, wanted: Interval, place: Fraction) -> NearestFix | None:
    assert reading.value is not None
    if list(names(step)).count(name) == 1:
        values = back(step, name, box, wanted)
        ends = None if values is None else _printable(values, place, reading)
    else:
        near = _search(step, name, box, reading.value, wanted, place / 8)
        ends = None if near is None else ((near / place).__floor__(), (near / place).__ceil__())
    if ends is None:
        return None
    low, high = ends

    def does(printed: int) -> bool:
        if printed * reading.value <= 0:  # type: ignore[operator]
            return False
        value = _as_read(printed * place, place, reading)
        try:
            return range_of(step, {**box, name: value}).range.overlaps(wanted)
        except NoFigureError:
            return False

    here = reading.value / place
    lowest = next((n for n in range(low, min(low + 3, high + 1)) if does(n)), None)
    highest = next((n for n in range(high, max(high - 3, low - 1), -1) if does(n)), None)
    if lowest is None or highest is None:
        return None
    nearest = min((lowest, highest), key=lambda n: abs(n - here))
    return NearestFix(lowest * place, highest * place, nearest * place)


def _as_read(value: Fraction, place: Fraction, reading: Reading) -> Interval:
    """What another number, printed to the same digit, would stand for."""
    return Interval.only(value) if reading.counted or reading.place == 0 else rounded_at(value, place)


def _printable(values: Interval, place: Fraction, reading: Reading) -> tuple[int, int] | None:
    """The lowest and highest number of last digits that may print one of these values, of the sign printed."""
    assert reading.value is not None
    slack = Fraction(0) if reading.counted or reading.place == 0 else place / 2
    here = int(reading.value / place)
    low = math.ceil((values.low - slack) / place) if math.isfinite(values.low) else None
    high = math.floor((values.high + slack) / place) if math.isfinite(values.high) else None
    if reading.value > 0:
        low, high = max(low if low is not None else 1, 1), high if high is not None else max(here, low or 1)
    else:
        high, low = min(high if high is not None else -1, -1), low if low is not None else min(here, high or -1)
    return (low, high) if low <= high else None


def back(step: Step, name: str, box: Box, wanted: Interval) -> Interval | None:
    """The values of a figure, which comes once, that let the working come into `wanted`; None if there are none."""
    match step:
        case Name():
            return wanted
        case Number() | Spread():  # the names in a spread come twice, and are searched for
            return None
        case Whole(to, of):
            inner = _before_made_whole(to, wanted)
            return None if inner is None else back(of, name, box, inner)
        case Extreme(is_greatest, of):
            return _back_from_extreme(is_greatest, of, name, box, wanted)
        case Two(symbol, left, right):
            if name in set(names(left)):
                return back(left, name, box, _BACK_LEFT[symbol](wanted, plain_range(right, box)))
            return back(right, name, box, _BACK_RIGHT[symbol](wanted, plain_range(left, box)))


_Back = Callable[[Interval, Interval], Interval]
_BACK_LEFT: dict[str, _Back] = {"+": minus, "-": plus, "*": over, "/": times}
_BACK_RIGHT: dict[str, _Back] = {
    "+": minus,
    "-": lambda wanted, left: minus(left, wanted),
    "*": over,
    "/": lambda wanted, left: over(left, wanted),
}


def _before_made_whole(to: str, wanted: Interval) -> Interval | None:
    low = -math.inf if math.isinf(wanted.low) else _first_whole(wanted)
    high = math.inf if math.isinf(wanted.high) else -_first_whole(negative(wanted))
    if low > high:
        return None
    if to == "ceiling":
        return Interval(low - 1, high, includes_low=False)
    if to == "floor":
        return Interval(low, high + 1, includes_high=False)
    return Interval(low - _HALF, high + _HALF)


def _first_whole(wanted: Interval) -> Fraction:
    first = math.ceil(wanted.low)
    return Fraction(first if wanted.includes_low or first != wanted.low else first + 1)


def _back_from_extreme(
    is_greatest: bool, parts: tuple[Step, ...], name: str, box: Box, wanted: Interval
) -> Interval | None:
    if not is_greatest:
        turned = tuple(Two("-", Number(Fraction(0), "0"), part) for part in parts)
        return _back_from_extreme(True, turned, name, box, negative(wanted))
    with_name = next(part for part in parts if name in set(names(part)))
    others = [plain_range(part, box) for part in parts if part is not with_name]
    if not others:
        return back(with_name, name, box, wanted)
    rest = greatest(others)
    if rest.low > wanted.high:
        return None
    low = -math.inf if rest.overlaps(wanted) else wanted.low
    return back(with_name, name, box, Interval(low, wanted.high, True, wanted.includes_high))


def _search(step: Step, name: str, box: Box, printed: Fraction, wanted: Interval, closely: Fraction) -> Fraction | None:
    """For a figure that comes more than once: the value nearest the printed one, the others at their middles."""
    if printed == 0 or any(not box[other].is_bounded for other in box if other != name):
        return None
    values = {other: (found.low + found.high) / 2 for other, found in box.items() if found.is_bounded}

    def result(value: Fraction) -> Fraction | None:
        try:
            return value_of(step, {**values, name: value})  # type: ignore[dict-item]
        except NoFigureError:
            return None

    found = [_towards(result, printed, direction, wanted, closely) for direction in (1, -1)]
    near = [value for value in found if value is not None]
    return min(near, key=lambda value: abs(value - printed), default=None)


def _towards(
    result: Callable[[Fraction], Fraction | None],
    printed: Fraction,
    direction: int,
    wanted: Interval,
    closely: Fraction,
) -> Fraction | None:
    """Step away from the printed value, twice as far each time, until the result passes into or over `wanted`."""
    start = result(printed)
    if start is None:
        return None
    below = start < wanted.low or (start == wanted.low and not wanted.includes_low)
    here, stride = printed, abs(printed) / 1024
    for _ in range(_DOUBLINGS):
        there = here + direction * stride
        value = result(there)
        if value is None:
            return None
        if value in wanted or (value > wanted.low) == below:
            return _between(result, (here, there), wanted, below, closely)
        here, stride = there, stride * 2
    return None


def _between(
    result: Callable[[Fraction], Fraction | None],
    ends: tuple[Fraction, Fraction],
    wanted: Interval,
    below: bool,
    closely: Fraction,
) -> Fraction | None:
    """Halve the way until the first value that does is found closely enough."""
    outside, beyond = ends
    for _ in range(_HALVINGS):
        if abs(beyond - outside) < closely:
            break
        middle = ((outside + beyond) / 2).limit_denominator(10**12)
        value = result(middle)
        if value is None:
            return None
        still_outside = value not in wanted and (value < wanted.low) == below
        outside, beyond = (middle, beyond) if still_outside else (outside, middle)
    return beyond
