"""Spinal points as a user writes them: a policy (top, bottom, middle), a point, or a range of points."""

from __future__ import annotations

import re

from finmodel.parsing import numbers
from finmodel.parsing.faults import Fault, or_refuse, refuse
from finmodel.parsing.nearest import did_you_mean, one_of
from finmodel.parsing.numbers import UnreadableError

POINT_POLICIES = ("top", "bottom", "middle")
_POINT_RANGE = re.compile(r"([0-9]{1,3})(?:\s*(?:-|–|to)\s*([0-9]{1,3}))?")


def read_point(given: object) -> str | int:
    """A policy on points, or a spinal point."""
    if isinstance(given, str) and given.strip() in POINT_POLICIES:
        return given.strip()
    try:
        return _point(given)
    except UnreadableError:
        remedy = f"Write {one_of(POINT_POLICIES)}, or a spinal point."
        guess = did_you_mean(given, POINT_POLICIES)
        refuse([Fault((), "This is neither a policy on points nor a spinal point", guess + remedy)])


def read_point_range(given: object) -> tuple[int, int]:
    """The lowest and the highest point of a grade: `32-37`, or one point."""
    return or_refuse(_point_range, given)


def _point(given: object) -> int:
    point = numbers.whole_number(given)
    if not 1 <= point <= 999:
        raise UnreadableError("This is not a spinal point", "Write a spinal point, a whole number.")
    return point


def _point_range(given: object) -> tuple[int, int]:
    remedy = "Write the lowest and the highest spinal point with a hyphen between."
    ends = list(given) if isinstance(given, list | tuple) else [given]
    if len(ends) == 1 and isinstance(ends[0], str):
        found = _POINT_RANGE.fullmatch(ends[0].strip())
        ends = [found[1], found[2] or found[1]] if found else []
    elif len(ends) == 1:
        ends *= 2
    if len(ends) != 2:
        raise UnreadableError("This is not a range of spinal points", remedy)
    lowest, highest = _point(ends[0]), _point(ends[1])
    if lowest > highest:
        raise UnreadableError("The lowest point is above the highest", remedy)
    return lowest, highest
