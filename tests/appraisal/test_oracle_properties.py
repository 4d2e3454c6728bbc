"""What holds of the oracle of the measures whatever the flows."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.appraisal.oracle import (
    DiscountRate,
    benefit_cost_ratio,
    discount_factors,
    internal_rate_of_return,
    net_present_value,
    payback,
)

pounds = st.integers(-1_000_000_00, 1_000_000_00).map(lambda pence: pence / 100)
flows_in_pounds = st.lists(pounds, min_size=1, max_size=40)
rates = st.floats(-0.5, 1.0)
unhurried = settings(deadline=None)  # rates are searched for; a busy machine may take its time
costs = st.lists(st.integers(1, 10_000_000).map(float), min_size=1, max_size=20)


@st.composite
def schedules(draw: st.DrawFn) -> list[DiscountRate]:
    ends = sorted(draw(st.sets(st.integers(1, 60), min_size=1, max_size=4)))
    starts = [0, *(end + 1 for end in ends)]
    return [
        DiscountRate(start, end, draw(st.floats(-0.05, 0.2))) for start, end in zip(starts, [*ends, None], strict=True)
    ]


# Present values


@given(flows_in_pounds)
def test_a_rate_of_nil_discounts_nothing(flows: list[float]) -> None:
    assert net_present_value(flows, 0.0) == math.fsum(flows)


@given(flows_in_pounds, rates)
def test_net_present_value_is_the_sum_by_definition(flows: list[float], rate: float) -> None:
    terms = [flow / (1 + rate) ** year for year, flow in enumerate(flows)]
    assert net_present_value(flows, rate) == pytest.approx(math.fsum(terms), abs=1e-12 * sum(map(abs, terms)))


@given(flows_in_pounds, rates, st.integers(0, 30))
def test_flows_that_start_later_are_flows_after_nil_ones(flows: list[float], rate: float, years: int) -> None:
    later = net_present_value(flows, rate, first_flow_year=years)
    assert later == pytest.approx(net_present_value([0.0] * years + flows, rate), rel=1e-12, abs=1e-12)


@given(schedules(), st.integers(1, 100))
def test_each_year_of_a_schedule_loses_its_own_rate(schedule: list[DiscountRate], year: int) -> None:
    rate = next(step.rate for step in schedule if step.to_year is None or year <= step.to_year)
    factors = discount_factors(schedule, year + 1)
    assert factors[0] == 1.0
    assert factors[year - 1] / factors[year] == pytest.approx(1 + rate, rel=1e-12)


@given(rates, st.lists(st.integers(0, 100), max_size=20))
def test_a_schedule_of_one_rate_is_that_rate(rate: float, years: list[int]) -> None:
    halves = [DiscountRate(0, 30, rate), DiscountRate(31, None, rate)]
    assert discount_factors(halves, years).tolist() == pytest.approx(discount_factors(rate, years).tolist(), rel=1e-12)


# Internal rate of return


@unhurried
@example([-77_253.03, 0.01])
@given(flows_in_pounds)
def test_net_present_value_is_nil_at_every_internal_rate(flows: list[float]) -> None:
    found = internal_rate_of_return(flows)
    for rate in found.all:
        assert rate > -1
        # Multiplied through by (1 + r)^n where r is below nil, so that near -100% nothing grows too large.
        years = np.arange(len(flows))
        powers = -years if rate >= 0 else years[::-1]
        terms = np.array(flows) * (1 + rate) ** powers.astype(float)
        # A rate's last digit is 2⁻⁵³, which near -100% is much of 1 + r, and counts once in each year's power.
        last_digit = len(flows) * 2**-53 / (1 + rate)
        assert abs(math.fsum(terms)) <= (1e-10 + last_digit) * float(np.abs(terms).sum())


@unhurried
@given(flows_in_pounds)
def test_no_more_rates_than_changes_of_sign(flows: list[float]) -> None:
    found = internal_rate_of_return(flows)
    signs = [flow > 0 for flow in flows if flow]
    assert found.sign_changes == sum(a != b for a, b in pairwise(signs))
    assert len(found.all) <= found.sign_changes
    assert list(found.all) == sorted(found.all)
    if found.sign_changes == 1:
        assert len(found.all) == 1
        assert found.value == found.all[0]
    if found.value is None:
        assert found.reason
    else:
        assert found.all == (found.value,)


@unhurried
@given(flows_in_pounds, st.sampled_from([-1.0, 1e-6, 3.0, 1e6, 1e200]))
def test_rates_do_not_depend_on_the_unit_of_money(flows: list[float], scale: float) -> None:
    assume(separated(internal_rate_of_return(flows).all))
    scaled = internal_rate_of_return([scale * flow for flow in flows])
    assert scaled.all == pytest.approx(internal_rate_of_return(flows).all, rel=1e-8, abs=1e-8)


@unhurried
@given(flows_in_pounds, st.integers(0, 5), st.integers(0, 5))
def test_nil_flows_at_either_end_change_nothing(flows: list[float], before: int, after: int) -> None:
    assert internal_rate_of_return([0.0] * before + flows + [0.0] * after) == internal_rate_of_return(flows)


@unhurried
@given(flows_in_pounds)
def test_backwards_flows_have_the_inverse_rates(flows: list[float]) -> None:
    found = internal_rate_of_return(flows).all
    assume(separated(found))
    inverse = sorted(1 / (1 + rate) - 1 for rate in found)
    assert internal_rate_of_return(flows[::-1]).all == pytest.approx(tuple(inverse), rel=1e-7, abs=1e-7)


def separated(found: tuple[float, ...]) -> bool:
    return all((1 + high) / (1 + low) > 1.001 for low, high in pairwise(found))


@unhurried
@given(
    st.lists(st.integers(-18, 80), min_size=1, max_size=5, unique=True),
    st.lists(st.tuples(st.integers(0, 3), st.integers(1, 9)), max_size=2),
    st.sampled_from([-1, 1]),
)
def test_rates_that_were_put_in_come_out(twentieths: list[int], others: list[tuple[int, int]], sign: int) -> None:
    """Flows multiplied out from factors x - (1 + rate), and from factors that are nil at no real rate."""
    flows = [sign]
    for n in twentieths:
        flows = product(flows, [20, -(20 + n)])
    for a, b in others:
        flows = product(flows, [1, -2 * a, a * a + b])  # (x - a)^2 + b
    found = internal_rate_of_return([float(flow) for flow in flows])
    assert found.all == pytest.approx(sorted(n / 20 for n in twentieths), abs=1e-6)
    assert (found.value is None) == (len(twentieths) > 1)


@unhurried
@given(st.lists(st.tuples(st.integers(-9, 30), st.integers(1, 2)), min_size=1, max_size=3, unique_by=lambda t: t[0]))
def test_repeated_rates_come_out_once(rates_and_times: list[tuple[int, int]]) -> None:
    flows = [-1]
    for tenths, times in rates_and_times:
        for _ in range(times):
            flows = product(flows, [10, -(10 + tenths)])
    found = internal_rate_of_return([float(flow) for flow in flows])
    assert found.all == pytest.approx(sorted(tenths / 10 for tenths, _ in rates_and_times), abs=1e-5)
    assert (found.value is not None) == ([times for _, times in rates_and_times] == [1])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(-100, 100), min_size=1, max_size=9))
@example([-50, -100, 600, 300, -100])
@example([-1000, 6000, -11_000, 6000])
@example([-100, 220, -121])
@example([-1000, 3600, -4320, 1728])
@example([1, -6, 15, -20, 15, -6, 1])
@example([-1_000_000, 100])
@example([0, 0, 0])
def test_as_many_rates_as_sturms_theorem_counts(flows: list[int]) -> None:
    """Sturm's count in exact fractions, so there is no doubt about touching."""
    assert len(internal_rate_of_return([float(flow) for flow in flows]).all) == sturm_count(flows)


@unhurried
@given(
    st.lists(st.integers(1, 100_000_00), min_size=1, max_size=20),
    st.lists(st.integers(1, 100_000_00), min_size=1, max_size=20),
)
def test_the_one_rate_is_right_to_twelve_digits(spent: list[int], saved: list[int]) -> None:
    """In exact fractions, the net present value has opposite signs a hair below and a hair above."""
    flows = [-flow for flow in spent] + saved
    rate = internal_rate_of_return([float(flow) for flow in flows]).value
    assert rate is not None
    hair = Fraction(max(1.0, abs(rate))) / 10**12
    below, above = (
        sum(flow * (1 + Fraction(rate) + side) ** -year for year, flow in enumerate(flows)) for side in (-hair, hair)
    )
    assert below > 0 > above


def product(a: list[int], b: list[int]) -> list[int]:
    """Two polynomials multiplied."""
    out = [0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            out[i + j] += x * y
    return out


def sturm_count(flows: list[int]) -> int:
    """How many different v = 1 / (1 + r) above nil make Σ flow · v^t nil, by Sturm's theorem (1829)."""
    first = trimmed([Fraction(flow) for flow in flows])
    while first and first[0] == 0:
        first = first[1:]
    if len(first) < 2:
        return 0
    chain = [first, [power * flow for power, flow in enumerate(first)][1:]]
    while left := remainder(chain[-2], chain[-1]):
        chain.append([-term for term in left])
    return changes([p[0] for p in chain]) - changes([p[-1] for p in chain])  # at nil, and beyond every root


def trimmed(p: list[Fraction]) -> list[Fraction]:
    while p and p[-1] == 0:
        p = p[:-1]
    return p


def remainder(a: list[Fraction], b: list[Fraction]) -> list[Fraction]:
    a = list(a)
    while len(a) >= len(b):
        times = a[-1] / b[-1]
        for n, term in enumerate(b):
            a[len(a) - len(b) + n] -= times * term
        a.pop()
    return trimmed(a)


def changes(values: list[Fraction]) -> int:
    signs = [value > 0 for value in values if value]
    return sum(a != b for a, b in pairwise(signs))


# The others


@given(flows_in_pounds, st.floats(0, 0.3))
def test_payback_lies_between_the_last_deficit_and_the_next_period(flows: list[float], rate: float) -> None:
    found = payback(flows, rate)
    if found.years is None:
        assert not any(flows) or found.last_deficit == len(flows) - 1
        return
    assert found.ever_paid_back
    assert found.years <= len(flows) - 1
    if found.last_deficit is None:
        assert found.years == 0.0
    else:
        assert found.last_deficit <= found.years <= found.last_deficit + 1


@given(st.lists(st.integers(-100, 100), max_size=12))
def test_payback_by_walking_through_the_periods(flows: list[int]) -> None:
    total, years, in_deficit, recovered = 0, Fraction(0), False, False
    for period, flow in enumerate(flows):
        before, total = total, total + flow
        if before < 0 <= total:
            years, recovered = period - 1 + Fraction(-before, flow), True
        in_deficit = total < 0
    found = payback([float(flow) for flow in flows])
    if in_deficit or not any(flows):
        assert found.years is None
        assert found.ever_paid_back == recovered
        assert ("then lost again" in found.reason) == recovered
    else:
        assert found.years == pytest.approx(float(years), abs=1e-12)
        assert found.ever_paid_back


@given(flows_in_pounds, st.sampled_from([1e-3, 7.0, 1e9]))
def test_payback_does_not_depend_on_the_unit_of_money(flows: list[float], scale: float) -> None:
    found, scaled = payback(flows), payback([scale * flow for flow in flows])
    assert scaled.reason == found.reason
    assert (scaled.years is None) == (found.years is None)
    assert scaled.years is None or scaled.years == pytest.approx(found.years, rel=1e-6, abs=1e-6)


@given(costs, costs, rates)
def test_the_ratio_is_above_one_just_when_benefits_outweigh_costs(
    spent: list[float], saved: list[float], rate: float
) -> None:
    ratio = benefit_cost_ratio(spent, saved, rate)
    assert ratio is not None
    worth = net_present_value(saved, rate) - net_present_value(spent, rate)
    assert (ratio - 1) * net_present_value(spent, rate) == pytest.approx(
        worth, abs=1e-9 * (net_present_value(saved, rate) + net_present_value(spent, rate))
    )
