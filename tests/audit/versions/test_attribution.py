"""Shares of a move in the order of the changes: the differences, and that they add up."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, ulp

from hypothesis import given
from hypothesis import strategies as st

from finmodel.audit.versions.attribution import closed, moves


def test_each_move_starts_where_the_one_before_it_ended() -> None:
    """2 × 3 = 6, 5 × 3 = 15, 5 × 7 = 35: 9, and then 20."""
    assert moves([6.0, 15.0, 35.0]) == [9, 20]
    assert moves([6.0]) == []


def test_a_figure_without_a_number_leaves_gaps() -> None:
    assert moves([30.0, None, 31.0, 33.0]) == [None, None, 2]


@given(st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=12), st.floats(-1e-3, 1e-3))
def test_rounding_is_put_where_the_sum_becomes_exact(parts: list[float], off: float) -> None:
    total = fsum(parts) + (off if any(parts) else 0)
    found = closed(parts, total)
    assert near(found, total)
    assert all(one != 0 or other == 0 for one, other in zip(parts, found, strict=True))


def test_a_few_units_in_the_last_place_are_closed() -> None:
    third = 100 / 3
    assert fsum((third, third, third)) == 100
    assert sum([0.1] * 3) != 0.3
    assert fsum(closed([0.1, 0.1, 0.1], 0.3)) == 0.3


def near(parts: Sequence[float], total: float) -> bool:
    """Whether they add up, but for what the largest part cannot hold in its last binary place."""
    return abs(total - fsum(parts)) <= max((ulp(part) for part in parts), default=0)
