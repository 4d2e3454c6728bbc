"""A move from one figure to another, shared among the changes that made it: one after the other, and averaged.

Averaged means: over every order in which the changes could have been made, what each moves the figure by when its
turn comes (Shapley, A Value for n-Person Games, 1953). The shares add up to the whole move; a change that makes no
difference gets nothing; two that do the same get the same; what two do only together is halved between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import factorial, fsum, sqrt
from random import Random
from statistics import stdev

MOST_EXACT = 10  # changes; 1,024 sets of them
PAIRS = 100  # of orders, each with its reverse, where the changes are more
SEED = 20150120

Changes = frozenset[int]
Worth = Callable[[Sequence[Changes]], Sequence[float | None]]
NO_NUMBER = "in some order of the changes the figure has no number on the way"


@dataclass(frozen=True, slots=True)
class Shares:
    """What each change moved, averaged over orders; None, with the reason, where that cannot be said.

    parts: in the order of the changes; they add up to the move exactly. orders: how many were averaged; exact: whether
    these are all. errors: the standard error of each part, where orders were sampled.
    """

    parts: tuple[float, ...] | None
    orders: int
    exact: bool
    errors: tuple[float, ...] = ()
    reason: str = ""


def chain(count: int) -> list[Changes]:
    """Nothing changed, then one change after the other."""
    return [frozenset(range(made)) for made in range(count + 1)]


def moves(states: Sequence[float | None]) -> list[float | None]:
    """From each state to the next; None where one of the two has no number."""
    return [None if before is None or after is None else after - before for before, after in pairwise(states)]


def averaged(count: int, worth: Worth) -> Shares:
    """What each of `count` changes moves a figure by, averaged over orders.

    worth: the figure for each of many sets of changes. Up to ten changes every order counts; beyond, 200 orders are
    drawn, each with its reverse, always the same ones.
    """
    shares = _exact(count, worth) if count <= MOST_EXACT else _sampled(count, worth)
    if shares.parts is None:
        return shares
    start, end = worth([frozenset(), frozenset(range(count))])
    assert start is not None
    assert end is not None
    return Shares(closed(shares.parts, end - start), shares.orders, shares.exact, shares.errors)


def closed(parts: Sequence[float], total: float) -> tuple[float, ...]:
    """The parts with the rounding of floating point put where it can be held, so that they add up to the total.

    That rounding is a few units in the last binary place of the figures, and what is left of it is at most one such
    unit of the largest part: nothing, unless parts are far larger than the total. A part that is nil stays nil.
    """
    found = list(parts)
    for place in sorted((n for n, part in enumerate(found) if part), key=lambda n: -abs(found[n])):
        rest = fsum([total, *(-part for part in found)])
        if rest == 0:
            break
        found[place] += rest
    return tuple(found)


def _exact(count: int, worth: Worth) -> Shares:
    sets = [frozenset(chosen) for size in range(count + 1) for chosen in combinations(range(count), size)]
    found = dict(zip(sets, worth(sets), strict=True))
    figures = {chosen: figure for chosen, figure in found.items() if figure is not None}
    if len(figures) < len(found):
        return Shares(None, factorial(count), True, reason=NO_NUMBER)
    parts = []
    for change in range(count):
        marginal = [
            factorial(len(before)) * factorial(count - len(before) - 1) * (figures[before | {change}] - figures[before])
            for before in sets
            if change not in before
        ]
        parts.append(fsum(marginal) / factorial(count))
    return Shares(tuple(parts), factorial(count), True)


def _sampled(count: int, worth: Worth) -> Shares:
    orders = [order for pair in _pairs(count) for order in pair]
    sets = list(dict.fromkeys(frozenset(order[:made]) for order in orders for made in range(count + 1)))
    found = dict(zip(sets, worth(sets), strict=True))
    figures = {chosen: figure for chosen, figure in found.items() if figure is not None}
    if len(figures) < len(found):
        return Shares(None, len(orders), False, reason=NO_NUMBER)
    each: list[list[float]] = [[] for _ in range(count)]
    for order in orders:
        for made, change in enumerate(order):
            before = frozenset(order[:made])
            each[change].append(figures[before | {change}] - figures[before])
    parts = tuple(fsum(found) / len(orders) for found in each)
    errors = tuple(_error(found) for found in each)
    return Shares(parts, len(orders), False, errors)


def _pairs(count: int) -> Iterator[tuple[list[int], list[int]]]:
    """Orders drawn at random, each with its reverse, which takes out much of the chance."""
    random = Random(SEED)
    for _ in range(PAIRS):
        order = random.sample(range(count), count)
        yield order, order[::-1]


def _error(found: Sequence[float]) -> float:
    """The standard error of a mean over pairs, an order and its reverse."""
    pairs = [(one + other) / 2 for one, other in zip(found[::2], found[1::2], strict=True)]
    return stdev(pairs) / sqrt(len(pairs))
