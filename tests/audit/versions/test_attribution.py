"""Shares of a move: closed forms, and the properties that define the average over orders."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from math import fsum, ulp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finmodel.audit.versions.attribution import Changes, Worth, averaged, chain, closed, moves


def worth_of(figure: dict[Changes, float | None]) -> Worth:
    return lambda chosen: [figure[each] for each in chosen]


def product_of(old: Sequence[float], new: Sequence[float]) -> Worth:
    def one(made: Changes) -> float:
        found = 1.0
        for number, (before, after) in enumerate(zip(old, new, strict=True)):
            found *= after if number in made else before
        return found

    return lambda chosen: [one(each) for each in chosen]


def test_a_product_halves_what_the_two_do_together() -> None:
    """2 × 3 = 6 becomes 5 × 7 = 35: 3 × 3 = 9 by the first alone, 2 × 4 = 8 by the second, 3 × 4 = 12 together."""
    worth = product_of([2, 3], [5, 7])
    shares = averaged(2, worth)
    assert shares.parts == (9 + 12 / 2, 8 + 12 / 2)
    assert (shares.orders, shares.exact) == (2, True)
    assert moves(worth(chain(2))) == [9, 5 * 4]  # in order: the second is made when the first is there


def test_three_factors_by_hand() -> None:
    """1 × 1 × 1 to 2 × 3 × 4 = 24: of the 23, alone 1, 2, 3; in pairs 2, 3, 6 (halved); all three 6 (thirds)."""
    shares = averaged(3, product_of([1, 1, 1], [2, 3, 4]))
    assert shares.parts == pytest.approx((1 + 2 / 2 + 3 / 2 + 2, 2 + 2 / 2 + 6 / 2 + 2, 3 + 3 / 2 + 6 / 2 + 2))


def test_what_only_adds_is_the_same_in_every_order() -> None:
    def worth(chosen: Sequence[Changes]) -> list[float]:
        return [10.0 + 4 * (0 in each) - 7 * (1 in each) for each in chosen]

    assert averaged(2, worth).parts == (4, -7)
    assert moves(worth(chain(2))) == [4, -7]


def test_nothing_changed_gives_nothing() -> None:
    assert averaged(0, worth_of({frozenset(): 5.0})).parts == ()


def test_a_figure_without_a_number_on_the_way_has_no_averages_and_a_chain_with_gaps() -> None:
    both = frozenset([0, 1])
    worth = worth_of({frozenset(): 30.0, frozenset([0]): None, frozenset([1]): 28.0, both: 31.0})
    shares = averaged(2, worth)
    assert shares.parts is None
    assert "no number on the way" in shares.reason
    assert moves(worth(chain(2))) == [None, None]


FIGURES = st.integers(-(10**11), 10**11).map(lambda pence: pence / 100)
GAMES = st.integers(1, 4).flatmap(
    lambda count: st.tuples(st.just(count), st.lists(FIGURES, min_size=2**count, max_size=2**count))
)


def game(figures: Sequence[float]) -> Worth:
    """A figure for every set of changes, by the bits of its number."""
    return lambda chosen: [figures[sum(1 << number for number in each)] for each in chosen]


@given(GAMES)
def test_the_parts_are_the_mean_over_all_orders_and_add_up_exactly(made: tuple[int, list[float]]) -> None:
    count, figures = made
    worth = game(figures)
    shares = averaged(count, worth)
    assert shares.parts is not None
    assert near(shares.parts, figures[-1] - figures[0])
    orders = list(permutations(range(count)))
    for change in range(count):
        turns = []
        for order in orders:
            before = frozenset(order[: order.index(change)])
            start, end = worth([before, before | {change}])
            assert start is not None
            assert end is not None
            turns.append(end - start)
        assert shares.parts[change] == pytest.approx(fsum(turns) / len(orders), abs=1e-5)


@given(GAMES)
def test_back_again_is_the_same_with_the_other_sign(made: tuple[int, list[float]]) -> None:
    count, figures = made
    there, back = averaged(count, game(figures)), averaged(count, game(figures[::-1]))
    assert there.parts == pytest.approx([-part for part in back.parts or ()], abs=1e-5)


@given(st.lists(FIGURES, min_size=4, max_size=4))
def test_two_that_do_the_same_get_the_same_and_one_that_does_nothing_nothing(figures: list[float]) -> None:
    """Only how many of the changes 0 and 1 are made matters; change 2 never does."""

    def worth(chosen: Sequence[Changes]) -> list[float]:
        return [figures[len(each & {0, 1})] for each in chosen]

    shares = averaged(3, worth)
    assert shares.parts is not None
    assert shares.parts[2] == 0
    assert shares.parts[0] == pytest.approx(shares.parts[1], abs=1e-5)


def test_of_many_changes_orders_are_sampled_and_the_parts_still_add_up() -> None:
    """Twelve factors: by symmetry of equal factors each share is the same, a twelfth of the move."""
    shares = averaged(12, product_of([1.0] * 12, [1.1] * 12))
    move = 1.1**12 - 1
    assert shares.parts is not None
    assert (shares.exact, shares.orders) == (False, 200)
    assert fsum(shares.parts) == pytest.approx(move)
    for part, error in zip(shares.parts, shares.errors, strict=True):
        assert abs(part - move / 12) < 5 * error + 1e-9
    assert averaged(12, product_of([1.0] * 12, [1.1] * 12)) == shares


def test_sampled_orders_are_exact_where_at_most_pairs_interact() -> None:
    """An order and its reverse together put each of a pair first once, which halves what the pair does together."""
    weights = range(1, 12)

    def one(made: Changes) -> float:
        return float(sum(made)) + 6.0 * ({0, 1} <= made)

    shares = averaged(len(weights), lambda chosen: [one(each) for each in chosen])
    assert shares.parts == pytest.approx([0 + 3, 1 + 3, *range(2, 11)])
    assert max(shares.errors) == pytest.approx(0, abs=1e-12)


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
