"""The functions of workings, each as a few steps that have an interval, a slope and a way back."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce

from msgspec import Struct

from finmodel.quoting.working import Call, Name, Negative, Number, Operation, Working


class Whole(Struct, frozen=True):
    """Made whole: `to` is `ceiling`, `floor` or `rounded`."""

    to: str
    of: Step


class Extreme(Struct, frozen=True):
    """The greatest, or the least, of several."""

    greatest: bool
    of: tuple[Step, ...]


class Spread(Struct, frozen=True):
    """Something from one value to another, no more being known."""

    low: Step
    high: Step


class Two(Struct, frozen=True):
    """Two things added, subtracted, multiplied or divided."""

    symbol: str
    left: Step
    right: Step


Step = Number | Name | Two | Whole | Extreme | Spread


def steps_of(working: Working) -> Step:
    """A working in steps."""
    match working:
        case Number() | Name():
            return working
        case Negative(of):
            return Two("-", number(0), steps_of(of))
        case Operation(symbol, left, right):
            return Two(symbol, steps_of(left), steps_of(right))
        case Call(function, given):
            return _FUNCTIONS[function](tuple(map(steps_of, given)))


def number(value: int) -> Number:
    """A whole number that a rule brings along."""
    return Number(Fraction(value), str(value))


def _sum(given: tuple[Step, ...]) -> Step:
    return reduce(lambda left, right: Two("+", left, right), given)


def _average(given: tuple[Step, ...]) -> Step:
    return Two("/", _sum(given), number(len(given)))


def _share(given: tuple[Step, ...]) -> Step:
    return Two("/", *given)


def _remaining_share(given: tuple[Step, ...]) -> Step:
    return Two("-", number(1), Two("/", *given))


def _rate_per_10000(given: tuple[Step, ...]) -> Step:
    return Two("*", Two("/", *given), number(10_000))


def _growth(given: tuple[Step, ...]) -> Step:
    old, new = given
    return Two("-", Two("/", new, old), number(1))


def _break_even(given: tuple[Step, ...]) -> Step:
    return Whole("ceiling", Two("/", *given))


def _any_of(given: tuple[Step, ...]) -> Step:
    """Those in one group or more, where groups may share members: the largest group at least, all of them at most."""
    return Spread(Extreme(True, given), _sum(given))


def _stock(given: tuple[Step, ...]) -> Step:
    opening, starts, ends = given
    return Two("-", Two("+", opening, starts), ends)


def _weighted_average(given: tuple[Step, ...]) -> Step:
    values, weights = given[::2], given[1::2]
    products = tuple(Two("*", value, weight) for value, weight in zip(values, weights, strict=True))
    return Two("/", _sum(products), _sum(weights))


_FUNCTIONS: dict[str, Callable[[tuple[Step, ...]], Step]] = {
    "sum": _sum,
    "average": _average,
    "share": _share,
    "remaining_share": _remaining_share,
    "rate_per_10000": _rate_per_10000,
    "population": _rate_per_10000,  # the same way round: children / rate x 10,000
    "growth": _growth,
    "break_even": _break_even,
    "ceiling": lambda given: Whole("ceiling", *given),
    "floor": lambda given: Whole("floor", *given),
    "rounded": lambda given: Whole("rounded", *given),
    "minimum": lambda given: Extreme(False, given),
    "maximum": lambda given: Extreme(True, given),
    "any_of": _any_of,
    "stock": _stock,
    "weighted_average": _weighted_average,
}
