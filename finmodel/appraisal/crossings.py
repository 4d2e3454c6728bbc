"""Where a figure crosses zero as what it is made from moves: every crossing in a range, by search.

The range is searched at fixed points first; between two of them the figure is taken to cross once at most. A crossing
is then narrowed on a grid, with a straight line drawn between its ends, so that a figure in proportion is met at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
_GRID = 65
_ROUNDS = 12  # each narrows by 64: more than a float has digits


class Crossing(Struct, frozen=True):
    """A crossing: where; what the figure is there; whether it is above zero just after it.

    step: the figure jumps over zero here, and `at` is the first place on the far side at which it is not below zero.
    """

    at: float
    value: float
    rising: bool
    step: bool


class _Bracket(NamedTuple):
    low: float
    high: float
    below: float  # the figure at `low`
    above: float  # the figure at `high`


def crossings(figure: Callable[[Numbers], Numbers], points: Numbers, tolerance: float) -> list[Crossing]:
    """Every crossing between these points, in order; a figure within the tolerance of zero is zero.

    figure: takes many places at once; NaN where there is none. points: rising.
    """
    values = figure(points)
    known = np.isfinite(values)
    return list(_each(figure, points[known], values[known], tolerance))


def _each(
    figure: Callable[[Numbers], Numbers], points: Numbers, values: Numbers, tolerance: float
) -> Iterator[Crossing]:
    signs = np.where(np.abs(values) <= tolerance, 0, np.sign(values))
    others = np.flatnonzero(signs)  # the points at which it is not zero
    for before, after in pairwise(others):
        rising = bool(signs[after] > 0)
        if signs[before] == signs[after]:
            continue
        if after - before > 1:  # it is zero at a point between
            yield Crossing(float(points[before + 1]), float(values[before + 1]), rising, step=False)
        else:
            found = _Bracket(points[before], points[after], values[before], values[after])
            yield _narrowed(figure, found, tolerance, rising)


def _narrowed(figure: Callable[[Numbers], Numbers], bracket: _Bracket, tolerance: float, rising: bool) -> Crossing:
    for _ in range(_ROUNDS):
        low, high, below, above = bracket
        straight = low - below * (high - low) / (above - below)
        points = np.unique(np.append(np.linspace(low, high, _GRID), straight))
        values = figure(points)
        best = int(np.nanargmin(np.abs(values)))
        if abs(values[best]) <= tolerance / 1000:
            return Crossing(float(points[best]), float(values[best]), rising, step=False)
        narrower = _around(points, values, rising)
        if narrower is None or (narrower.low, narrower.high) == (low, high):
            break
        bracket = narrower
    low, high, below, above = bracket
    at, value = (high, above) if rising else (low, below)
    return Crossing(float(at), float(value), rising, step=bool(abs(above - below) > 2 * tolerance))


def _around(points: Numbers, values: Numbers, rising: bool) -> _Bracket | None:
    """The two points between which it first crosses."""
    beyond = values > 0 if rising else values < 0
    if not beyond[1:].any():
        return None
    place = int(np.argmax(beyond[1:])) + 1
    return _Bracket(points[place - 1], points[place], values[place - 1], values[place])
