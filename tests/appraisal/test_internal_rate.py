"""The rate that finmodel quotes: against published examples, and against the oracle, which finds every rate."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finmodel.appraisal.internal_rate import rate_of
from finmodel.appraisal.internal_rates import rates_of
from tests.appraisal.oracle import internal_rate_of_return

amounts = st.integers(1, 1_000_000_00).map(lambda pence: pence / 100)


def rate(flows: list[float]) -> float | None:
    return rate_of(np.array(flows, dtype=np.float64))


@pytest.mark.parametrize(
    ("flows", "expected"),
    [
        ([-100, 110], 0.10),
        ([-100, 0, 121], 0.10),  # 1.1 squared
        ([-100, 90], -0.10),
        ([-100, 50, 50], 0.0),
        ([0, 0, -100, 110, 0], 0.10),  # nil flows before the first and after the last change nothing
        ([-100, 60, 60], (60 + math.sqrt(27_600)) / 200 - 1),  # 100 x² = 60 x + 60
        ([-100, 200, 300], 2.0),  # 100 x² = 200 x + 300, x = 3
        ([-1_000_000, 100], -0.9999),
        ([-1e300, 1.1e300], 0.10),
        ([-1, 1 + 2**-30], 2**-30),  # a billionth, to its last digits
        ([-100, 110, -1e-11], 0.10),  # what float arithmetic leaves is no flow
    ],
)
def test_rates_worked_by_hand(flows: list[float], expected: float) -> None:
    assert rate(flows) == pytest.approx(expected, rel=1e-12, abs=0)


@pytest.mark.parametrize(
    ("flows", "expected", "digits"),
    [
        # numpy-financial's documentation, after Gitman, Principles of Managerial Finance
        ([-100, 39, 59, 55, 20], 0.28095, 5),
        ([-100, 0, 0, 74], -0.0955, 4),
        # Microsoft's documentation of Excel's IRR: four years -2.1%, five years 8.7%
        ([-70_000, 12_000, 15_000, 18_000, 21_000], -0.021, 3),
        ([-70_000, 12_000, 15_000, 18_000, 21_000, 26_000], 0.087, 3),
    ],
)
def test_published_examples(flows: list[float], expected: float, digits: int) -> None:
    found = rate(flows)
    assert found is not None
    assert round(found, digits) == expected


def test_many_series_have_the_rates_of_each_alone_and_none_where_that_has_none() -> None:
    """Series that pay first or save first, of every size, with nil flows; and some that change sign more than once."""
    draw = np.random.Generator(np.random.PCG64(1))
    turn = np.arange(12)[:, None] < draw.integers(0, 13, 300)
    flows = np.where(turn, -1, 1) * draw.choice([-1, 1], 300) * np.exp(draw.normal(0, 8, (12, 300)))
    flows *= draw.random((12, 300)) < 0.8
    flows[draw.integers(0, 12, 30), np.arange(30)] *= -1
    alone = [rate_of(series) for series in flows.T]
    found = rates_of(flows)
    assert np.isnan(found).tolist() == [each is None for each in alone]
    assert 50 < np.isnan(found).sum() < 250
    for one, many in zip(alone, found, strict=True):
        assert one is None or abs(one - many) <= 1e-12 * (1 + one)


def test_many_pairs_of_flows_have_the_rates_of_arithmetic() -> None:
    """−100 now and 100 × 1.1 ^ n after n years is 10% a year."""
    after = np.arange(1, 9)
    flows = np.zeros((9, 8))
    flows[0], flows[after, after - 1] = -100, 100 * 1.1**after
    assert rates_of(flows) == pytest.approx(np.full(8, 0.10), rel=1e-13)


@pytest.mark.parametrize("flows", [[], [0, 0], [-5, -3], [1, 2], [1, -1, 1], [-50, -100, 600, 300, -100]])
def test_flows_that_do_not_change_sign_just_once_have_no_rate_here(flows: list[float]) -> None:
    assert rate(flows) is None


@settings(deadline=None)
@given(
    st.lists(st.just(0.0) | amounts, max_size=20),
    st.lists(st.just(0.0) | amounts, max_size=20),
    amounts,
    amounts,
)
def test_it_is_the_oracles_one_rate(spent: list[float], saved: list[float], cost: float, saving: float) -> None:
    flows = [*(-amount for amount in spent), -cost, *saved, saving]
    assert rate(flows) == internal_rate_of_return(flows).value
