"""A move from one figure to another, shared among the changes that made it, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import fsum


def moves(states: Sequence[float | None]) -> list[float | None]:
    """From each state to the next; None where one of the two has no number."""
    return [None if before is None or after is None else after - before for before, after in pairwise(states)]


def closed(parts: Sequence[float], total: float) -> tuple[float, ...]:
    """The parts with the rounding of floating point put where it can be held, so that they add up to the total.

    That rounding is a few units in the last binary place of the figures, and what is left of it is at most one such
    unit of the largest part: nothing, unless parts are far larger than the total. A part that is zero stays zero.
    """
    found = list(parts)
    for place in sorted((n for n, part in enumerate(found) if part), key=lambda n: -abs(found[n])):
        rest = fsum([total, *(-part for part in found)])
        if rest == 0:
            break
        found[place] += rest
    return tuple(found)
