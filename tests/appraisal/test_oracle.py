"""The oracle of the measures against sums done by hand, published examples, and numpy-financial where that is right."""

from __future__ import annotations

import csv
import doctest
import math
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import numpy_financial as npf
import pytest

from tests.appraisal import oracle
from tests.appraisal.oracle import (
    NO_RATIO,
    DiscountRate,
    Payback,
    benefit_cost_ratio,
    discount_factors,
    internal_rate_of_return,
    net_present_value,
    payback,
    present_value,
)

ROOT = Path(__file__).parents[2]
THREE_STEPS = (DiscountRate(0, 30, 0.035), DiscountRate(31, 75, 0.03), DiscountRate(76, 125, 0.025))


def exactly(value: float | None) -> object:
    """Equal to the last few bits."""
    return pytest.approx(value, rel=1e-12, abs=1e-12)


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(oracle).failed == 0


# Net present value


def test_net_present_value_discounts_nothing_in_year_0() -> None:
    # -100 + 60 / 1.1 + 60 / 1.21 = -100 + 54.5454... + 49.5867... = 500 / 121
    assert net_present_value([-100, 60, 60], 0.1) == exactly(500 / 121)


def test_a_later_first_year_discounts_every_flow_as_a_spreadsheet_does() -> None:
    assert net_present_value([110, 121], 0.1, first_flow_year=1) == exactly(200)
    assert net_present_value([110, 121], 0.1, 1) == exactly(200)


def test_flows_in_the_middle_of_their_year_are_discounted_half_a_year_more() -> None:
    assert net_present_value([1.1, 1.1], 0.21, 0.5) == exactly(1 + 1 / 1.21)


def test_net_present_value_of_the_gitman_example_in_numpy_financial() -> None:
    flows = [-40_000, 5_000, 8_000, 12_000, 30_000]
    assert net_present_value(flows, 0.08) == pytest.approx(3065.22267, abs=5e-6)
    assert net_present_value(flows, 0.08) == exactly(float(npf.npv(0.08, flows)))


def test_a_level_flow_is_worth_an_annuity() -> None:
    # 1 + v + ... + v^9 = (1 - v^10) / (1 - v)
    v = 1 / 1.035
    assert net_present_value([1.0] * 10, 0.035) == exactly((1 - v**10) / (1 - v))


def test_the_standard_schedule_changes_rate_after_year_30() -> None:
    flows = [0.0] * 31 + [1_000_000.0]
    assert net_present_value(flows, THREE_STEPS) == exactly(1_000_000 / (1.035**30 * 1.03))
    assert round(net_present_value(flows, THREE_STEPS), 2) == 345_901.37


def test_no_flows_are_worth_nothing() -> None:
    assert net_present_value([], 0.035) == 0.0
    assert net_present_value([], THREE_STEPS) == 0.0


def test_pounds_that_cancel_leave_no_dust() -> None:
    assert net_present_value([0.1, 0.2, -0.1, -0.2], 0.0) == 0.0
    assert present_value([1e16, 1.0, -1e16], [1.0, 1.0, 1.0]) == 1.0


def test_flows_too_large_to_add_are_refused() -> None:
    for flows in ([1e308, 1e308], [1e308, 1e308, -1e308, -1e308]):
        with pytest.raises(ValueError, match=r"^the flows are too large to add up$"):
            net_present_value(flows, 0.0)
    with pytest.raises(ValueError, match="too large to add up"):
        present_value([1e308], [10.0])
    with pytest.raises(ValueError, match="too large to add up"):
        payback([-1e308, 1e308, 1e308])


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize(
    "measure",
    [
        lambda flows: net_present_value(flows, 0.035),
        internal_rate_of_return,
        payback,
        lambda flows: benefit_cost_ratio(flows, [1.0], 0.035),
        lambda flows: benefit_cost_ratio([1.0], flows, 0.035),
    ],
)
def test_flows_that_are_not_numbers_are_refused(measure: Callable[[list[float]], object], bad: float) -> None:
    with pytest.raises(ValueError, match=r"must be finite numbers; number 2 of them is"):
        measure([-1.0, bad, 3.0])


def test_the_refusal_names_the_series() -> None:
    with pytest.raises(ValueError, match=r"^the flows must be finite numbers; number 1 of them is nan$"):
        net_present_value([math.nan], 0.0)
    with pytest.raises(ValueError, match=r"^the factors must be"):
        present_value([1.0], [math.nan])
    with pytest.raises(ValueError, match=r"^the costs must be"):
        benefit_cost_ratio([math.nan], [1.0], 0.0)
    with pytest.raises(ValueError, match=r"^the benefits must be"):
        benefit_cost_ratio([1.0], [math.nan], 0.0)
    with pytest.raises(ValueError, match=r"^the years must be"):
        discount_factors(0.0, [math.nan])


def test_a_table_of_flows_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^the flows must be one series of numbers; 2 dimensions were given$"):
        net_present_value(np.ones((2, 2)), 0.035)


@pytest.mark.parametrize("rate", [-1.0, -1.5, math.nan, math.inf, -math.inf])
@pytest.mark.parametrize(
    "measure",
    [
        lambda rate: net_present_value([1.0], rate),
        lambda rate: net_present_value([1.0], [DiscountRate(0, None, rate)]),
        lambda rate: discount_factors(rate, 3),
        lambda rate: payback([-1.0, 1.0], rate),
        lambda rate: benefit_cost_ratio([1.0], [1.0], rate),
    ],
)
def test_rates_that_cannot_discount_are_refused(measure: Callable[[float], object], rate: float) -> None:
    with pytest.raises(ValueError, match="a discount rate must be"):
        measure(rate)


def test_the_refusal_of_a_rate_says_what_is_wrong_with_it() -> None:
    with pytest.raises(ValueError, match=r"^a discount rate must be above −100%, and -1\.5 is -150%$"):
        discount_factors(-1.5, 3)
    with pytest.raises(ValueError, match=r"^a discount rate must be a finite number, not nan$"):
        discount_factors(math.nan, 3)


# Discount factors


def test_factors_of_a_number_of_years_start_undiscounted() -> None:
    assert discount_factors(0.25, 3).tolist() == [1.0, 0.8, 0.64]
    assert discount_factors(0.25, np.int64(3)).tolist() == [1.0, 0.8, 0.64]
    assert discount_factors(0.25, 0).tolist() == []


def test_factors_of_stated_years_come_in_the_order_stated() -> None:
    assert discount_factors(0.25, [2, 0, 1]).tolist() == [0.64, 1.0, 0.8]
    assert discount_factors(0.25, np.array([2.0])).tolist() == [0.64]
    assert discount_factors(0.25, []).tolist() == []


def test_a_rate_below_nil_makes_later_money_worth_more() -> None:
    assert discount_factors(-0.5, 3).tolist() == [1.0, 2.0, 4.0]


def test_a_schedule_compounds_each_year_at_its_own_rate() -> None:
    factors = discount_factors(THREE_STEPS, 126)
    by_hand = [1.0]
    for year in range(1, 126):
        by_hand.append(by_hand[-1] / (1.035 if year <= 30 else 1.03 if year <= 75 else 1.025))
    assert factors.tolist() == pytest.approx(by_hand, rel=1e-13)
    assert factors[30] == exactly(1.035**-30)
    assert factors[31] == exactly(1.035**-30 / 1.03)
    assert factors[75] == exactly(1.035**-30 * 1.03**-45)
    assert factors[76] == exactly(1.035**-30 * 1.03**-45 / 1.025)


def test_a_part_of_a_year_takes_that_part_of_its_own_rate() -> None:
    assert discount_factors(THREE_STEPS, [30.5])[0] == exactly(1.035**-30 * 1.03**-0.5)


def test_a_schedule_may_start_at_year_1() -> None:
    assert discount_factors([DiscountRate(1, 1, 0.25), DiscountRate(2, None, 0.0)], 4).tolist() == [1.0, 0.8, 0.8, 0.8]


def test_any_record_with_the_three_fields_is_a_step() -> None:
    step = SimpleNamespace(from_year=0, to_year=None, rate=0.25, source="a circular")
    assert discount_factors([step], 2).tolist() == [1.0, 0.8]


def test_a_schedule_is_asked_no_further_than_it_reaches() -> None:
    assert discount_factors([DiscountRate(0, 2, 0.25)], 3).tolist() == [1.0, 0.8, 0.64]
    assert discount_factors([DiscountRate(0, 0, 0.25)], 1).tolist() == [1.0]
    with pytest.raises(ValueError, match=r"^the discount schedule ends in year 2, and year 3 is asked for$"):
        discount_factors([DiscountRate(0, 2, 0.25)], 4)


@pytest.mark.parametrize(
    "steps",
    [
        [DiscountRate(0, 30, 0.035), DiscountRate(32, None, 0.03)],  # a gap
        [DiscountRate(0, 30, 0.035), DiscountRate(30, None, 0.03)],  # an overlap
        [DiscountRate(31, None, 0.03), DiscountRate(0, 30, 0.035)],  # out of order
        [DiscountRate(2, None, 0.03)],  # year 1 has no rate
        [DiscountRate(0, None, 0.035), DiscountRate(31, None, 0.03)],  # two for ever
    ],
)
def test_steps_that_do_not_follow_on_are_refused(steps: list[DiscountRate]) -> None:
    with pytest.raises(ValueError, match=r"without gap or overlap, and the step from year \d+ does not$"):
        discount_factors(steps, 2)


def test_a_step_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a step of the discount schedule ends in year 2, before it starts$"):
        discount_factors([DiscountRate(0, 2, 0.035), DiscountRate(3, 2, 0.03)], 2)
    assert discount_factors([DiscountRate(0, 0, 0.035), DiscountRate(1, 1, 0.25)], 2).tolist() == [1.0, 0.8]


def test_a_schedule_without_steps_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a discount schedule needs at least one step$"):
        discount_factors([], 2)


def test_years_before_the_first_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^discounting starts in year 0, and year -1 is before it$"):
        net_present_value([1.0, 1.0], 0.035, first_flow_year=-1)
    with pytest.raises(ValueError, match=r"^the number of years cannot be below nil, as -1 is$"):
        discount_factors(0.035, -1)


def test_factors_too_large_to_hold_are_refused() -> None:
    too_large = r"^a rate so near −100% over so many years makes discount factors too large to hold$"
    with pytest.raises(ValueError, match=too_large):
        discount_factors(-0.9999, 480)


def published(scheme: str, kind: str) -> list[DiscountRate]:
    with (ROOT / "finmodel" / "reference" / "data" / "discount_rates.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["scheme"], row["kind"]) == (scheme, kind)]
    return [
        DiscountRate(
            int(row["from_year"]),
            int(row["to_year"]) if row["to_year"] else None,
            float(row["rate_percent"]) / 100,
        )
        for row in rows
    ]


def test_the_standard_schedule_is_the_green_books_as_published() -> None:
    steps = published("Green Book February 2026", "standard (social time preference rate)")
    assert [(step.from_year, step.to_year, step.rate) for step in steps] == [
        (0, 30, 0.035),
        (31, 75, 0.03),
        (76, 125, 0.025),
        (126, 200, 0.02),
        (201, 300, 0.015),
        (301, None, 0.01),
    ]
    standard = discount_factors("standard", 401)
    assert standard.tolist() == pytest.approx(discount_factors(steps, 401).tolist(), rel=1e-14)
    assert standard[400] == exactly(
        1.035**-30 * 1.03**-45 * 1.025**-50 * 1.02**-75 * 1.015**-100 * 1.01**-100,
    )
    assert discount_factors("green-book-2026", 401).tolist() == standard.tolist()


def test_other_published_schedules_go_by_their_names() -> None:
    health = discount_factors("green-book-2026-health", [0, 30, 31])
    assert health.tolist() == pytest.approx([1.0, 1.015**-30, 1.015**-30 / 1.0129], rel=1e-13)
    assert net_present_value([0.0, 1.015], "green-book-2026-health") == exactly(1)


def test_a_schedule_nobody_published_is_refused() -> None:
    with pytest.raises(LookupError, match="green-book-2062"):
        discount_factors("green-book-2062", 3)


# Internal rate of return


@pytest.mark.parametrize(
    ("flows", "rate"),
    [
        ([-100, 110], 0.10),
        ([100, -110], 0.10),
        ([-100, 0, 121], 0.10),  # 1.1 squared
        ([-100, 90], -0.10),
        ([-100, 50, 50], 0.0),
        ([-1_000_000, 100], -0.9999),  # 100 / 1,000,000 - 1
        ([-100, 1e7], 99_999.0),
        ([0, 0, -100, 110], 0.10),  # leading zeros
        ([-100, 110, 0, 0, 0], 0.10),  # trailing zeros
        ([-100, 0, 0, 0, 146.41], 0.10),  # 1.1 to the fourth
        ([-100, 60, 60], (60 + math.sqrt(27_600)) / 200 - 1),  # 100 x^2 = 60 x + 60
        ([-100, 200, 300], 2.0),  # 100 x^2 = 200 x + 300, x = 3
        ([-1e300, 1.1e300], 0.10),
        ([-1e-300, 1.1e-300], 0.10),
        ([-1, 1 + 2**-30], 2**-30),  # a billionth, to its last digits
        ([-1, 4, -6, 4], 0.0 + 1.0),  # one rate in spite of three changes: x^3 - 4x^2 + 6x - 4 = (x - 2)(x^2 - 2x + 2)
    ],
)
def test_the_one_rate(flows: list[float], rate: float) -> None:
    found = internal_rate_of_return(flows)
    assert found.value == pytest.approx(rate, rel=1e-12, abs=0)
    assert found.all == (found.value,)


@pytest.mark.parametrize(
    ("flows", "rate", "digits"),
    [
        # numpy-financial's documentation, after Gitman, Principles of Managerial Finance
        ([-100, 39, 59, 55, 20], 0.28095, 5),
        ([-100, 0, 0, 74], -0.0955, 4),
        ([-100, 100, 0, 7], 0.06206, 5),
        # Microsoft's documentation of Excel's IRR: four years -2.1%, five years 8.7%
        ([-70_000, 12_000, 15_000, 18_000, 21_000], -0.021, 3),
        ([-70_000, 12_000, 15_000, 18_000, 21_000, 26_000], 0.087, 3),
    ],
)
def test_published_examples_with_one_rate(flows: list[float], rate: float, digits: int) -> None:
    found = internal_rate_of_return(flows).value
    assert found is not None
    assert round(found, digits) == rate
    assert found == exactly(float(npf.irr(flows)))


def test_forty_years_of_months() -> None:
    # A level payment p for n months repays p * (1 - v^n) / r: so the rate that was put in must come out.
    rate, months = 0.0035, 479
    loan = 1_000 * (1 - (1 + rate) ** -months) / rate
    flows = [-loan] + [1_000.0] * months
    assert internal_rate_of_return(flows).value == pytest.approx(rate, rel=1e-12, abs=0)
    assert internal_rate_of_return([-loan / 2, -loan / 2 * (1 + rate)] + [1_000.0 * (1 + rate)] * months).value == (
        pytest.approx(rate, rel=1e-12)
    )


def test_a_rate_near_the_end_of_the_scale_in_forty_years_of_months() -> None:
    flows = [0.0] * 478 + [-1_000_000, 100]
    assert internal_rate_of_return(flows).value == pytest.approx(-0.9999, rel=1e-12)
    # Far from 0 on both sides: 100 x - 0.01 = 0 leaves x = 0.0001, the million at the start no longer being felt;
    # x^479 = 0.0001 puts the other rate at -1.9%.
    two = internal_rate_of_return([-1_000_000] + [0] * 478 + [100, -0.01])
    assert two.all[0] == pytest.approx(-0.9999, rel=1e-12)
    assert two.all[1:] == pytest.approx((1e-4 ** (1 / 479) - 1,), abs=1e-4)
    assert two.value is None


@pytest.mark.parametrize(
    ("flows", "rates", "reason"),
    [
        # "wrong IRR calculated", numpy-financial issue 28
        (
            [-50, -100, 600, 300, -100],
            [-0.76889547, 1.85441783],
            "two internal rates of return: −76.9% and 185.4%; do not quote either",
        ),
        # x^2 - 3.085 x + 0.659 = 0
        (
            [-1000, 3085, -659],
            [(3.085 - math.sqrt(3.085**2 - 4 * 0.659)) / 2 - 1, (3.085 + math.sqrt(3.085**2 - 4 * 0.659)) / 2 - 1],
            "two internal rates of return: −76.9% and 185.4%; do not quote either",
        ),
        # the oil pump that empties the well sooner, in the debate after Lorie and Savage (1955)
        (
            [-1600, 10_000, -10_000],
            [0.25, 4.0],
            "two internal rates of return: 25.0% and 400.0%; do not quote either",
        ),
        # -1000 (x - 1)(x - 2)(x - 3)
        (
            [-1000, 6000, -11_000, 6000],
            [0.0, 1.0, 2.0],
            "three internal rates of return: 0.0%, 100.0% and 200.0%; do not quote any",
        ),
        # numpy-financial issue 44
        (
            [-1678.87, 771.96, 1814.05, 3520.30, 3552.95, 3584.99, 4789.91, -1],
            [-0.9997912604283283, 1.004269848720547],
            "two internal rates of return: −99.98% and 100.43%; do not quote either",
        ),
        # a touch at 10% and a crossing at 50%: (x - 1.1)^2 (x - 1.5)
        (
            [-1, 3.7, -4.51, 1.815],
            [0.1, 0.5],
            "two internal rates of return: 10.0% and 50.0%; do not quote either",
        ),
        # (x - 1.2500)(x - 1.2504): too near to tell apart with one decimal
        (
            [-1, 2.5004, -1.563],
            [0.25, 0.2504],
            "two internal rates of return: 25.00% and 25.04%; do not quote either",
        ),
    ],
)
def test_several_rates_are_all_found_and_none_is_quoted(flows: list[float], rates: list[float], reason: str) -> None:
    found = internal_rate_of_return(flows)
    assert found.value is None
    assert list(found.all) == pytest.approx(rates, abs=1e-8)
    assert found.reason == reason


def test_rates_next_to_nil_are_told_to_their_last_digits() -> None:
    # 10^9 x^2 - 0.5 * 10^9 x - (0.5 * 10^9 + 1) = 0; with x = 1 + r, 10^9 r^2 + 1.5 * 10^9 r - 1 = 0
    rate = 2 / (1.5e9 + math.sqrt(1.5e9**2 + 4e9))
    assert internal_rate_of_return([-1e9, 0.5e9, 0.5e9 + 1]).value == pytest.approx(rate, rel=1e-14, abs=0)
    long = [-480.0] + [1.0] * 480
    assert internal_rate_of_return(long).value == 0.0
    assert internal_rate_of_return([-100, 0, 200, 0, -100]).all == (0.0,)
    # What the last payment is too large by, over 1 + 2 + ... + 480 pound-months.
    long[-1] += 1e-6
    left = math.fsum(long)
    assert internal_rate_of_return(long).value == pytest.approx(left / (480 * 481 / 2), rel=1e-8, abs=0)


def test_a_rate_shown_as_nil_has_no_sign() -> None:
    found = internal_rate_of_return([-1, 2.4999, -1.49985])  # -(x - 0.9999)(x - 1.5)
    assert found.all == pytest.approx((-0.0001, 0.5), rel=1e-9)
    assert found.reason == "two internal rates of return: 0.0% and 50.0%; do not quote either"


@pytest.mark.parametrize(
    ("number", "word"),
    [(4, "four"), (5, "five"), (6, "six"), (7, "seven"), (8, "eight"), (9, "nine")],
)
def test_rates_are_counted_in_words(number: int, word: str) -> None:
    reason = internal_rate_of_return(np.poly([1 + n / 2 for n in range(1, number + 1)]).tolist()).reason
    assert reason.startswith(f"{word} internal rates of return: 50.0%, 100.0%")
    assert reason.endswith(f" and {50 * number}.0%; do not quote any")


def test_eleven_rates_are_counted_in_figures() -> None:
    flows = np.poly([1 + n / 2 for n in range(1, 12)]) * -1.0
    found = internal_rate_of_return(flows.tolist())
    assert list(found.all) == pytest.approx([n / 2 for n in range(1, 12)], abs=1e-5)
    assert found.reason.startswith("11 internal rates of return: 50.0%, 100.0%,")
    assert found.sign_changes == 11


def test_ten_rates_are_counted_in_words() -> None:
    found = internal_rate_of_return(np.poly([1 + n / 2 for n in range(1, 11)]).tolist())
    assert found.reason.startswith("ten internal rates of return: 50.0%, 100.0%,")


NUMPY_FINANCIAL_39 = [
    *[-217500.0, -217500.0, 108466.80462450592, 101129.96439328062, 93793.12416205535, 86456.28393083003],
    *[79119.44369960476, 71782.60346837944, 64445.76323715414, 57108.92300592884, 49772.08277470355],
    *[42435.24254347826, 35098.40231225296, 27761.56208102766, 20424.721849802358, 13087.88161857707],
    *[5751.041387351768, -1585.7988438735192, -8922.639075098821, -16259.479306324123, -23596.31953754941],
    *[-30933.159768774713, -38270.0, -45606.8402312253, -52943.680462450604, -60280.520693675906],
    -67617.36092490121,
]


@pytest.mark.parametrize(
    ("flows", "silent", "rates"),
    [
        ([-50, -100, 600, 300, -100], -0.76890, (-0.76890, 1.85442)),  # its issue 28
        (NUMPY_FINANCIAL_39, -0.01810, (-0.01810, 0.12)),  # its issue 39
        ([-1678.87, 771.96, 1814.05, 3520.30, 3552.95, 3584.99, 4789.91, -1], -0.99979, (-0.99979, 1.00427)),  # 44
        ([-1600, 10_000, -10_000], 0.25, (0.25, 4.0)),
        ([-1000, 6000, -11_000, 6000], 0.0, (0.0, 1.0, 2.0)),
        ([-100, 100, 0, -7], -0.0833, (-0.67889, -0.0833)),  # its own documentation
        ([-5, 10.5, 1, -8, 1], 0.0886, (-0.87020, 0.0886, 0.70956)),  # its own documentation
    ],
)
def test_numpy_financial_picks_one_of_several_and_says_nothing(
    flows: list[float], silent: float, rates: tuple[float, ...]
) -> None:
    assert float(npf.irr(flows)) == pytest.approx(silent, abs=5e-6)
    found = internal_rate_of_return(flows)
    assert found.value is None
    assert found.all == pytest.approx(rates, abs=5e-6)
    # Proof by substitution: the net present value is nil at each, and has the other sign on its other side.
    for rate in found.all:
        assert nearly_nil(flows, rate)
        below, above = (net_present_value(flows, rate + (1 + rate) * step) for step in (-1e-6, 1e-6))
        assert below * above < 0


def test_numpy_financial_takes_dust_for_a_flow() -> None:
    # 100 out and 400 back is 300%. The ten-million-millionth of a pound after it is what float sums leave behind.
    flows = [-100, 400, -1e-13]
    assert float(npf.irr(flows)) == pytest.approx(-1.0)
    assert internal_rate_of_return(flows).value == exactly(3.0)
    assert internal_rate_of_return(flows).sign_changes == 1


def test_numpy_financial_loses_a_repeated_rate() -> None:
    triple = [-1000, 3600, -4320, 1728]  # -1000 (x - 1.2)^3
    assert abs(float(npf.irr(triple)) - 0.2) > 1e-6
    assert internal_rate_of_return(triple).value == pytest.approx(0.2, abs=1e-12)


def nearly_nil(flows: list[float], rate: float) -> bool:
    terms = np.array(flows) * discount_factors(rate, len(flows))
    return abs(math.fsum(terms)) <= 1e-12 * float(np.abs(terms).sum())


def test_a_penny_is_no_dust() -> None:
    assert internal_rate_of_return([-1_000_000, 1_100_000, -0.01]).sign_changes == 2
    assert internal_rate_of_return([-1.0, 1.1, -1.2e-12]).sign_changes == 2
    assert internal_rate_of_return([-1.0, 1.1, -1.1e-12]).sign_changes == 1


@pytest.mark.parametrize(
    ("flows", "rate"),
    [
        ([-100, 220, -121], 0.1),  # -100 (x - 1.1)^2
        ([100, -220, 121], 0.1),
        ([-10.1, 22.22, -12.221], 0.1),  # the same in pounds and pence that no float holds
        ([-100, 0, 200, 0, -100], 0.0),
        ([-1, 4.4, -7.26, 5.324, -1.4641], 0.1),  # -(x - 1.1)^4
    ],
)
def test_a_rate_that_only_touches_nil_is_not_quoted(flows: list[float], rate: float) -> None:
    found = internal_rate_of_return(flows)
    assert found.value is None
    assert list(found.all) == pytest.approx([rate], abs=1e-10)
    assert found.sign_changes == sum(1 for flow in flows if flow) - 1
    assert found.reason == (
        f"the net present value touches nil at {100 * rate:.1f}% and turns back, so that rate does not part good "
        "rates from bad; do not quote it"
    )


@pytest.mark.parametrize(
    ("flows", "rate"),
    [
        ([-1, 3.3, -3.63, 1.331], 0.1),  # -(x - 1.1)^3
        ([-1000, 3600, -4320, 1728], 0.2),
        ([-1, 5.5, -12.1, 13.31, -7.3205, 1.61051], 0.1),  # -(x - 1.1)^5
    ],
)
def test_a_rate_repeated_an_odd_number_of_times_parts_good_from_bad(flows: list[float], rate: float) -> None:
    found = internal_rate_of_return(flows)
    assert found.value == pytest.approx(rate, abs=1e-4)
    assert found.sign_changes == len(flows) - 1


def test_a_near_miss_is_a_miss_and_a_near_touch_two_rates() -> None:
    assert internal_rate_of_return([-100, 219.9999, -121]).all == ()
    assert len(internal_rate_of_return([-100, 220.0001, -121]).all) == 2


@pytest.mark.parametrize(
    ("flows", "changes", "reason"),
    [
        ([], 0, "every flow is nil, so every rate fits and none can be quoted"),
        ([0, 0], 0, "every flow is nil, so every rate fits and none can be quoted"),
        ([0.5], 0, "money comes in and none goes out, so no rate brings the net present value to nil"),
        ([0, 5, 0, 3], 0, "money comes in and none goes out, so no rate brings the net present value to nil"),
        ([-5, -3], 0, "money goes out and none comes in, so no rate brings the net present value to nil"),
        ([1, -1, 1], 2, "no internal rate of return: the net present value is above nil at every rate"),
        ([-1, 1, 0, -1], 2, "no internal rate of return: the net present value is below nil at every rate"),
    ],
)
def test_no_rate_and_why(flows: list[float], changes: int, reason: str) -> None:
    found = internal_rate_of_return(flows)
    assert (found.value, found.all, found.sign_changes, found.reason) == (None, (), changes, reason)


def test_sign_changes_pass_over_nil_flows() -> None:
    assert internal_rate_of_return([0, -1, 0, 0, 2, 3, 0, -1, 0]).sign_changes == 2


def test_a_quoted_rate_says_what_it_is() -> None:
    only = "the one rate at which the net present value is nil"
    assert internal_rate_of_return([-100, 110]).reason == only
    assert internal_rate_of_return([0.1, -0.11]).reason == (
        f"{only}; the money comes in first, so it is what that money costs, and lower is better"
    )


# Payback


@pytest.mark.parametrize(
    ("flows", "years", "last_deficit"),
    [
        ([-100, 60, 60], 1 + 40 / 60, 1),
        ([-100, 50, 50], 2.0, 1),
        ([-100, 200], 0.5, 0),
        ([-100, 60, 0, 80], 2.5, 2),
        ([0, -100, 200], 1.5, 1),
        ([50, -100, 200], 1.25, 1),
        ([-100, 150, -100, 100], 2.5, 2),  # the final crossing: 100, +50, -50, +50
        ([-100, 150, -50, 10], 1 - 50 / 150, 0),  # down to nil again is not lost
        ([-100, 100, -100, 100, -100, 150], 4 + 100 / 150, 4),
    ],
)
def test_payback_is_the_final_crossing(flows: list[float], years: float, last_deficit: int) -> None:
    reason = f"paid back in period {last_deficit + 1}, and not lost again"
    found = payback(flows)
    assert found.years == pytest.approx(years, abs=1e-12)
    assert found == Payback(found.years, reason, True, last_deficit)


def test_discounted_payback_takes_longer() -> None:
    # at 10%: -100, 60 / 1.1 = 54.5454..., 60 / 1.21 = 49.5867...: 45.4545... left after year 1
    assert payback([-100, 60, 60], 0.1).years == exactly(1 + (500 / 11) / (6000 / 121))
    assert payback([-100, 60, 60], THREE_STEPS).years == exactly(payback([-100, 60, 60], 0.035).years)


def test_discounting_can_take_payback_away() -> None:
    assert payback([-100, 50, 51], 0.1) == Payback(None, "never pays back in the 3 periods shown", False, 2)


@pytest.mark.parametrize("flows", [[-100, 50, 40], [-1], [0, -1], [50, -100, 40]])
def test_what_never_pays_back(flows: list[float]) -> None:
    found = payback(flows)
    shown = "one period" if len(flows) == 1 else f"{len(flows)} periods"
    assert found == Payback(None, f"never pays back in the {shown} shown", False, len(flows) - 1)


@pytest.mark.parametrize(
    ("flows", "back", "lost"),
    [
        ([-100, 150, -100], 1, 2),
        ([-100, 100, 0, -1], 1, 3),
        ([-100, 150, -100, 100, 0, -100, -100], 3, 5),
    ],
)
def test_what_was_paid_back_and_then_lost(flows: list[float], back: int, lost: int) -> None:
    reason = f"paid back in period {back}, then lost again in period {lost}"
    assert payback(flows) == Payback(None, reason, True, len(flows) - 1)


@pytest.mark.parametrize("flows", [[5], [0, 5], [5, -5], [5, -3, -1, 0]])
def test_what_was_never_out_of_pocket(flows: list[float]) -> None:
    reason = "never out of pocket: the running total is at no time below nil"
    assert payback(flows) == Payback(0.0, reason, True, None)


@pytest.mark.parametrize("flows", [[], [0], [0, 0, 0]])
def test_nothing_spent_is_nothing_to_pay_back(flows: list[float]) -> None:
    assert payback(flows) == Payback(None, "nothing was spent, so there is nothing to pay back", False, None)


def test_the_reason_uses_the_callers_word_for_a_period() -> None:
    assert payback([-1, 0], period="year").reason == "never pays back in the 2 years shown"
    assert payback([-1], period="year").reason == "never pays back in the one year shown"
    assert payback([-1, 1], period="month").reason == "paid back in month 1, and not lost again"
    assert payback([-1, 1, -1], period="month").reason == "paid back in month 1, then lost again in month 2"


def test_dust_is_no_deficit() -> None:
    assert payback([-1e6, 1e6, -1e-10]).years == 1.0
    assert payback([-1e6, 1e6 - 1e-10]).years == 1.0
    assert payback([-1e6, 1e6, -0.01]).reason == "paid back in period 1, then lost again in period 2"
    assert payback([1e6, -1e6, -1e-10]).years == 0.0


def test_the_edge_of_dust_is_a_millionth_of_a_millionth_of_all_that_flows() -> None:
    assert payback([-1.0, 1.0 - 2.1e-12]).years is None
    assert payback([-1.0, 1.0 - 1.9e-12]).years == 1.0


# Benefit-cost ratio


def test_the_ratio_is_of_present_values() -> None:
    # costs 100 + 110 / 1.1 = 200; benefits 121 / 1.21 + 133.1 / 1.331 = 200; and 0 / 1 + 330 / 1.1 = 300
    assert benefit_cost_ratio([100, 110], [0, 0, 121, 133.1], 0.1) == exactly(1.0)
    assert benefit_cost_ratio([100, 110], [0, 330], 0.1) == exactly(1.5)
    assert benefit_cost_ratio([100], [0.0] * 31 + [1e6], THREE_STEPS) == exactly(10_000 / (1.035**30 * 1.03))


def test_no_benefits_are_a_ratio_of_nil() -> None:
    assert benefit_cost_ratio([100], [], 0.035) == 0.0
    assert benefit_cost_ratio([100], [-50], 0.035) == -0.5


@pytest.mark.parametrize("costs", [[], [0.0, 0.0], [-100.0], [100.0, -100.0], [0.1, 0.2, -0.3], [1e6, -1e6 + 1e-7]])
def test_no_ratio_without_a_cost(costs: list[float]) -> None:
    assert benefit_cost_ratio(costs, [100.0], 0.0) is None
    assert "nothing to divide" in NO_RATIO


def test_a_small_cost_is_a_cost() -> None:
    assert benefit_cost_ratio([1e6, -1e6 + 0.01], [100.0], 0.0) == pytest.approx(10_000, rel=1e-6)
    assert benefit_cost_ratio([1e-300], [2e-300], 0.0) == exactly(2.0)


def test_numbers_come_back_as_plain_floats() -> None:
    """So that they print, serialise and compare as anybody expects."""
    found = internal_rate_of_return(np.array([-100.0, 60.0, 60.0]))
    assert type(found.value) is float
    assert type(found.sign_changes) is int
    assert {type(rate) for rate in internal_rate_of_return([-100, 220, -121]).all} == {float}
    assert type(net_present_value(np.array([1.0]), np.float64(0.1))) is float
    assert type(payback(np.array([-1.0, 2.0])).years) is float
    assert type(benefit_cost_ratio(np.array([1.0]), np.array([1.0]), 0.1)) is float
