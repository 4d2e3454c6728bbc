"""Measures worked out apart from finmodel, by which its own are checked: present values, rates of return, payback.

finmodel's figures are lines (`finmodel/appraisal/measures.py`, `payback.py`, `internal_rate.py`). These are pure
functions that share no code with them but powers and the published schedules: numbers in, a number out, nothing rounded.
One convention runs through them all:

- **Sign.** In a series of flows money out is negative and money in, or saved, is positive. Where costs and
  benefits come as series of their own, each is positive in its own.
- **Timing.** `flows[0]` falls in year 0, which is today and is not discounted; `flows[t]` falls t years later.
- **Nominal or real.** The rate must be of the same kind as the flows. The Green Book's rates are real.
- **No honest answer** is `None` beside a reason, never NaN, nil or a guess.
- **Dust.** Float arithmetic leaves some 1e-10 where pounds should cancel. An amount counts as nil when it is at
  most 1e-12 of the largest flow, or, for a sum of flows, of what they add up to without their signs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from finmodel.lines.powers import power_of

Array: TypeAlias = NDArray[np.float64]
Flows: TypeAlias = Sequence[float] | Array

STANDARD = "standard"
STANDARD_SCHEDULE = "green-book-2026"

NO_RATIO = "the present value of the costs is nil or below, so there is nothing to divide the benefits by"

_DUST = 1e-12
_TOUCH = 1e-13
_NIL_RATE = 1e-15
_EPSILON = float(np.finfo(np.float64).eps)


class DiscountStep(Protocol):
    """A rate and the years it holds for: `DiscountRate`, or any record with the same three fields."""

    @property
    def from_year(self) -> int:
        """The first year that is discounted at the rate."""

    @property
    def to_year(self) -> int | None:
        """The last such year; None: no end."""

    @property
    def rate(self) -> float:
        """The rate a year, as a fraction."""


@dataclass(frozen=True, slots=True)
class DiscountRate:
    """One step of a discount schedule: `rate` a year, a fraction, from `from_year` to the end of `to_year`.

    Years count from today, which is year 0; `to_year` None means for ever. The rate of a year is what money in it
    loses against the year before: a step from 31 to 75 first acts between year 30 and year 31.
    """

    from_year: int
    to_year: int | None
    rate: float


Rate: TypeAlias = float | str | Sequence[DiscountStep]
"""A number (0.035), the name of a published schedule ("standard", "green-book-2026"), or steps."""


@dataclass(frozen=True, slots=True)
class RateOfReturn:
    """What `internal_rate_of_return` found."""

    value: float | None
    """The rate that may be quoted, or None."""
    all: tuple[float, ...]
    """Every rate above -100% at which the net present value is nil, lowest first, a repeated one once."""
    sign_changes: int
    """How often the flows change sign, nil ones left out; there are at most so many rates (Descartes)."""
    reason: str
    """In plain words, why there is no value; or, when there is one, what it is."""


@dataclass(frozen=True, slots=True)
class Payback:
    """What `payback` found."""

    years: float | None
    """The time at which the running total last comes up from below nil, or None."""
    reason: str
    """In plain words, why there is no value; or, when there is one, what it is."""
    ever_paid_back: bool
    """Whether the money was back at least once, even if lost again; True where never out of pocket."""
    last_deficit: int | None
    """The last period (that of flows[0] is 0) that ends with the running total below nil, or None."""


def net_present_value(flows: Flows, rate: Rate, first_flow_year: float = 0) -> float:
    r"""What a series of flows is worth today: each flow times its year's discount factor, added up.

    Equation: NPV = Σ fₜ · d(t + first_flow_year), d as in `discount_factors`; for one rate r, d(t) = (1 + r)⁻ᵗ.
    Sign: above nil when the money in is worth more than the money out.
    Timing: the first flow falls in `first_flow_year`, unless stated year 0, which is today and not discounted.
    1 gives what a spreadsheet's `NPV()` gives: that discounts its first argument by a year.
    No flows are worth 0.0, the sum of nothing.

    £100,000 spent today that saves £60,000 in each of the next two years, at 3.5%:
    −100,000 + 60,000 ÷ 1.035 + 60,000 ÷ 1.071225 = −100,000 + 57,971.01 + 56,010.64 = £13,981.66, added up before
    rounding.

    >>> round(net_present_value([-100_000, 60_000, 60_000], 0.035), 2)
    13981.66

    Source: HM Treasury, The Green Book: appraisal and evaluation in central government (discounting; net present
    social value).
    """
    values = _flows(flows)
    return present_value(values, discount_factors(rate, first_flow_year + np.arange(0.0, values.size)))


def present_value(flows: Flows, factors: Flows) -> float:
    """The sum of flows × factors: the one place where discounted pounds are added.

    Equation: PV = Σ fₜ · dₜ, the products added without further rounding. Sign and timing: those of the series.

    £100.00 × 1 + £100.00 × 0.97 = £197.00

    >>> present_value([100, 100], [1, 0.97])
    197.0

    Source: HM Treasury, The Green Book (present value).
    """
    try:
        with np.errstate(over="ignore"):
            value = math.fsum(_flows(flows) * _flows(factors, "factors"))
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise ValueError("the flows are too large to add up")
    return value


def discount_factors(schedule: Rate, years: int | np.integer[Any] | Flows) -> Array:
    r"""What a pound in each year is worth today.

    In words: a pound in year 0 is worth a pound; each later year loses that year's own rate against the year
    before. So the rates of a falling schedule accumulate, and the factor never jumps back up.
    Equation: d(0) = 1, d(t) = d(t − 1) ÷ (1 + r(t)), r(t) being the rate of the step that year t falls in: on the
    standard schedule d(31) = 1.035⁻³⁰ × 1.03⁻¹. A part of a year takes that part of its year's rate,
    d(0.5) = 1.035^(−½): for flows in the middle of their year.

    `schedule` is a number, steps, or the name of a published schedule. "standard" is the Green Book's standard
    schedule, read from the reference data: 3.5% to year 30, 3.0% to 75, 2.5% to 125, and on down.
    `years` is how many years (the factors of years 0 to years − 1), or the year numbers themselves.

    £1,000,000 in year 31: 1,000,000 × 1.035⁻³⁰ ÷ 1.03 = £345,901.37

    >>> steps = [DiscountRate(0, 30, 0.035), DiscountRate(31, None, 0.03)]
    >>> round(1_000_000 * float(discount_factors(steps, 32)[31]), 2)
    345901.37
    >>> [round(float(factor), 6) for factor in discount_factors(0.035, [0, 0.5, 1])]
    [1.0, 0.982946, 0.966184]

    Source: HM Treasury, The Green Book (discounting; declining long-term discount rates). The rates, and where each
    was published, are in the reference data.
    """
    times = _times(years)
    factors = np.ones_like(times)
    reached = 0.0
    with np.errstate(over="ignore"):
        for start, end, rate in _stretches(schedule):
            factors *= power_of(1 + rate, start - np.clip(times, start, end))
            reached = end
    latest = times.max(initial=0.0)
    if latest > reached:
        raise ValueError(f"the discount schedule ends in year {reached:g}, and year {latest:g} is asked for")
    if not np.isfinite(factors).all():
        raise ValueError("a rate so near −100% over so many years makes discount factors too large to hold")
    return factors


def internal_rate_of_return(flows: Flows) -> RateOfReturn:
    r"""The discount rate at which the flows are worth exactly nothing, when there is one such rate and no more.

    In words: find every rate above −100% at which the net present value is nil. If there is one, that is the
    internal rate of return. If there is none, or several, no rate may be quoted, and the reason says so. Nor may
    one at which the net present value only touches nil and turns back: it does not part good rates from bad.
    Equation: r with Σ fₜ · (1 + r)⁻ᵗ = 0, r > −1.
    Sign: money out negative. Where money comes in first and goes out later, the rate is what that money costs,
    and lower is better. Timing: flows evenly spaced, the rate being per space (a monthly rate for monthly flows).
    Nil flows before the first and after the last change nothing.

    £100,000 spent, £60,000 back in each of two years: with x = 1 + r, 100 x² = 60 x + 60, so
    x = (60 + √27,600) ÷ 200 = 1.13066239 and the rate 13.07%. Check: 60,000 ÷ 1.13066239 + 60,000 ÷ 1.13066239² =
    53,066.24 + 46,933.76 = £100,000.00.

    >>> round(internal_rate_of_return([-100_000, 60_000, 60_000]).value, 6)
    0.130662
    >>> internal_rate_of_return([-50, -100, 600, 300, -100]).reason
    'two internal rates of return: −76.9% and 185.4%; do not quote either'

    How every rate is found. With y = ln(1 + r), the derivative of e^(ky) Σ fₜ e^(−ty) is e^(ky) Σ (k − t) fₜ e^(−ty).
    For k between two flows of opposite sign, (k − t) fₜ changes sign once less than fₜ does. After as many such
    steps as there are sign changes, nothing changes sign and there are no roots. On the way back each sum, suitably
    weighted, rises or falls steadily between the roots of the next, so bisection finds them all and can miss none:
    the proof of Descartes' rule, used as a method.
    Where what is left at a turning point is under 1e-13 of the discounted flows without their signs, it is the
    rounding already in the flows that decides on which side of nil it lies: it counts as touching.

    Source: R. Descartes, La Géométrie (1637), the rule of signs; J. H. Lorie and L. J. Savage, "Three Problems in
    Rationing Capital", Journal of Business 28 (1955), on flows with several rates; M. Fujiwara, Tôhoku Mathematical
    Journal 10 (1916), for the bound that encloses all roots.
    """
    values = _without_dust(_flows(flows))
    periods = np.flatnonzero(values)
    if not periods.size:
        return RateOfReturn(None, (), 0, "every flow is nil, so every rate fits and none can be quoted")
    amounts = values[periods]
    changes = int(np.count_nonzero(np.diff(np.sign(amounts))))
    if not changes:
        has, lacks = ("comes in", "goes out") if amounts[0] > 0 else ("goes out", "comes in")
        reason = f"money {has} and none {lacks}, so no rate brings the net present value to nil"
        return RateOfReturn(None, (), 0, reason)
    roots = _roots((periods - periods[0]).astype(np.float64), amounts)
    rates = tuple(root.rate for root in roots)
    if not roots:
        side = "above" if amounts[0] > 0 else "below"
        reason = f"no internal rate of return: the net present value is {side} nil at every rate"
        return RateOfReturn(None, rates, changes, reason)
    if len(roots) > 1:
        which = "either" if len(roots) == 2 else "any"
        reason = f"{_count(len(roots))} internal rates of return: {_percentages(rates)}; do not quote {which}"
        return RateOfReturn(None, rates, changes, reason)
    if not roots[0].crosses:
        reason = (
            f"the net present value touches nil at {_percentages(rates)} and turns back, so that rate does not "
            "part good rates from bad; do not quote it"
        )
        return RateOfReturn(None, rates, changes, reason)
    reason = "the one rate at which the net present value is nil"
    if amounts[0] > 0:
        reason += "; the money comes in first, so it is what that money costs, and lower is better"
    return RateOfReturn(rates[0], rates, changes, reason)


def payback(flows: Flows, rate: Rate = 0.0, *, period: str = "period") -> Payback:
    r"""How long it takes until the money is back, for good.

    In words: add the flows up as they come (discounted first, where a rate is given); payback is when the running
    total comes up from below nil for the last time, money being taken to come in evenly between two flows.
    Equation: cₜ being the running total of fₜ · d(t), and t the first period after the last deficit, payback is
    (t − 1) + (−cₜ₋₁) ÷ (fₜ · d(t)).
    Sign: money out negative, money in positive. Timing: flows[0] is at time 0, and the answer counts periods from
    there: years for yearly flows, months for monthly. `period` is what the reason calls one.
    None where the running total ends below nil: the reason tells what never pays back from what was paid back and
    then lost. None, too, where every flow is nil. 0.0 where the running total is never below nil.

    £100,000 out, £60,000 back in each of two years. The running total is −100,000, −40,000, +20,000, so payback is
    1 + 40,000 ÷ 60,000 = 1.67 years. At 3.5% it is −100,000.00, −42,028.99, +13,981.66, so
    1 + 42,028.99 ÷ 56,010.64 = 1.75 years.

    >>> flows = [-100_000, 60_000, 60_000]
    >>> round(payback(flows).years, 4), round(payback(flows, 0.035).years, 4)
    (1.6667, 1.7504)
    >>> payback([-100, 150, -100], period="year").reason
    'paid back in year 1, then lost again in year 2'

    Source: the usual rule of capital budgeting. To take the last crossing and not the first is this model's choice:
    money that is lost again has not been paid back.
    """
    values = _flows(flows)
    if not values.any():
        return Payback(None, "nothing was spent, so there is nothing to pay back", False, None)
    factors = discount_factors(rate, values.size)
    dust = _DUST * present_value(np.abs(values), factors)
    discounted = values * factors
    running = np.cumsum(discounted)
    in_deficit = running < -dust
    deficits = np.flatnonzero(in_deficit)
    if not deficits.size:
        return Payback(0.0, "never out of pocket: the running total is at no time below nil", True, None)
    last = int(deficits[-1])
    if last + 1 < values.size:
        part = min(float(-running[last] / discounted[last + 1]), 1.0)
        return Payback(last + part, f"paid back in {period} {last + 1}, and not lost again", True, last)
    recoveries = np.flatnonzero(in_deficit[:-1] & ~in_deficit[1:]) + 1
    if not recoveries.size:
        shown = f"{values.size} {period}s" if values.size > 1 else f"one {period}"
        return Payback(None, f"never pays back in the {shown} shown", False, last)
    back = int(recoveries[-1])
    lost = back + int(np.argmax(in_deficit[back:]))
    return Payback(None, f"paid back in {period} {back}, then lost again in {period} {lost}", True, last)


def benefit_cost_ratio(costs: Flows, benefits: Flows, rate: Rate) -> float | None:
    r"""Pounds of benefit for each pound of cost, both at present value.

    Equation: BCR = Σ bₜ · d(t) ÷ Σ cₜ · d(t).
    Sign: costs and benefits both positive, each in its own series. Timing: both start in year 0, not discounted;
    they may differ in length.
    None (`NO_RATIO`) where the costs' present value is nil, so that there is nothing to divide by, or below nil: a
    cost below nil is a saving, and the ratio would be the worse the greater the benefit.

    £100,000 of cost today, benefits of £60,000 in each of the next two years, at 3.5%:
    (57,971.01 + 56,010.64) ÷ 100,000 = 113,981.66 ÷ 100,000 = £1.14 for each pound.

    >>> round(benefit_cost_ratio([100_000], [0, 60_000, 60_000], 0.035), 4)
    1.1398

    Source: HM Treasury, The Green Book (benefit-cost ratio).
    """
    spent = _flows(costs, "costs")
    cost = net_present_value(spent, rate)
    benefit = net_present_value(_flows(benefits, "benefits"), rate)
    if cost <= _DUST * net_present_value(np.abs(spent), rate):
        return None
    return benefit / cost


@dataclass(frozen=True, slots=True)
class _Root:
    """A rate at which a net present value is nil, and whether that changes sign there or only touches nil."""

    rate: float
    crosses: bool


def _roots(periods: Array, amounts: Array) -> list[_Root]:
    """Every rate at which Σ amountₜ · (1 + rate)⁻ᵗ is nil, lowest first; no amount may be nil.

    Row j of `logs` and `signs` is the sum after j steps of weighting and differentiating, as `_Sum` takes it.
    """
    signs = np.sign(amounts)
    at_change = np.flatnonzero(np.diff(signs))
    halfway = (periods[at_change] + periods[at_change + 1]) / 2
    weights = halfway[:, np.newaxis] - periods
    amounts = np.ldexp(amounts, -np.frexp(np.abs(amounts).max())[1])
    all_logs = np.log(np.abs(amounts)) + np.cumsum(np.log(np.abs(weights)), axis=0)
    all_signs = signs * np.cumprod(np.sign(weights), axis=0)
    turning: list[float] = []
    for log, sign in zip(all_logs[-2::-1], all_signs[-2::-1], strict=True):
        turning = [y for y, _ in _Sum(periods, log, sign).roots(turning)]
    last = _Sum(periods, np.log(np.abs(amounts)), signs)
    return [
        _Root(_polished(math.expm1(y), periods, amounts) if crosses else _tidy(math.expm1(y)), crosses)
        for y, crosses in last.roots(turning)
    ]


@dataclass(frozen=True, slots=True)
class _Sum:
    """Σ signₜ · e^(logₜ − t·y), which is a net present value at y = ln(1 + rate).

    The amounts are kept as logarithms, so that none is too large or too small to hold.
    """

    periods: Array
    logs: Array
    signs: Array

    def side(self, y: float) -> int:
        """On which side of nil the sum is: -1, 1, or 0 where it is exactly nil."""
        return int(np.sign(self._relative(y)))

    def settled_side(self, y: float) -> int:
        """The same, but 0 also where rounding decides the side."""
        relative = self._relative(y)
        rounding = _EPSILON * float(np.abs(self.logs).max() + self.periods[-1] * abs(y))
        return 0 if abs(relative) <= _TOUCH + rounding else int(np.sign(relative))

    def _relative(self, y: float) -> float:
        """The sum as a part of what it would be with all signs alike."""
        exponents = self.logs - self.periods * y
        terms = np.exp(exponents - exponents.max())
        return float(self.signs @ terms / terms.sum())

    def bounds(self) -> tuple[float, float]:
        """Between which y all roots lie: outside, the last or the first term outweighs the rest (Fujiwara)."""
        logs, periods = self.logs, self.periods
        from_first = (logs[1:] - logs[0]) / (periods[1:] - periods[0])
        to_last = (logs[:-1] - logs[-1]) / (periods[-1] - periods[:-1])
        return -math.log(2) - float(to_last.max()), math.log(2) + float(from_first.max())

    def roots(self, turning: list[float]) -> list[tuple[float, bool]]:
        """Each y at which the sum is nil, lowest first, and whether it changes sign there.

        `turning` holds the points between which the sum, times some e^(ky), rises or falls steadily.
        """
        low, high = self.bounds()
        points = [min([low, *turning]) - 1, *turning, max([high, *turning]) + 1]
        sides = [int(self.signs[-1]), *map(self.settled_side, turning), int(self.signs[0])]
        found: list[tuple[float, bool]] = []
        before = 0
        for here in range(1, len(points)):
            if sides[here] == 0:
                continue
            crosses = sides[here] != sides[before]
            if here - before > 1:  # nil at the turning points between: one root, however often repeated
                found.append((points[(before + here) // 2], crosses))
            elif crosses:
                found.append((self._bisect(points[before], points[here]), True))
            before = here
        return found

    def _bisect(self, low: float, high: float) -> float:
        """The root between two points on different sides, to the last bit or to 1e-18."""
        low_side = self.side(low)
        while high - low > 1e-18:
            middle = (low + high) / 2
            if not low < middle < high:
                break
            if self.side(middle) == low_side:
                low = middle
            else:
                high = middle
        return (low + high) / 2


def _polished(rate: float, periods: Array, amounts: Array) -> float:
    """The rate after one more step of Newton's method, its sum taken without rounding where terms nearly cancel.

    Near 1 a factor is kept as what it falls short of 1, so that small rates come out as exact as large ones.
    """
    exponents = -periods * math.log1p(rate)
    if np.abs(exponents).max() > 600:  # too large or too small for plain numbers, and found well enough
        return _tidy(rate)
    near = np.abs(exponents) < 0.5
    parts = amounts * np.where(near, np.expm1(exponents), np.exp(exponents))
    left = math.fsum([*amounts[near], *parts])
    slope = math.fsum(periods * amounts * np.exp(exponents))
    if abs(left) >= 1e-9 * abs(slope):  # no small step: two rates lie too close together for it
        return _tidy(rate)
    return _tidy(rate + (1 + rate) * left / slope)


def _tidy(rate: float) -> float:
    """Nil where it can be nothing else."""
    return 0.0 if abs(rate) < _NIL_RATE else rate


def _without_dust(values: Array) -> Array:
    """The flows, nil where one is only float dust beside the largest."""
    size = np.abs(values)
    return np.where(size > _DUST * size.max(initial=0.0), values, 0.0)


def _flows(flows: Flows, what: str = "flows") -> Array:
    """One series of finite numbers."""
    values = np.asarray(flows, dtype=np.float64)
    if values.ndim != 1:
        raise ValueError(f"the {what} must be one series of numbers; {values.ndim} dimensions were given")
    bad = np.flatnonzero(~np.isfinite(values))
    if bad.size:
        raise ValueError(f"the {what} must be finite numbers; number {bad[0] + 1} of them is {values[bad[0]]}")
    return values


def _checked_rate(rate: float) -> float:
    """A rate that can discount: finite, above -100%."""
    if not math.isfinite(rate):
        raise ValueError(f"a discount rate must be a finite number, not {rate}")
    if rate <= -1:
        raise ValueError(f"a discount rate must be above −100%, and {rate:g} is {100 * rate:g}%")
    return float(rate)


def _times(years: int | np.integer[Any] | Flows) -> Array:
    """The year numbers asked for."""
    if isinstance(years, int | np.integer):
        if years < 0:
            raise ValueError(f"the number of years cannot be below nil, as {years} is")
        return np.arange(years, dtype=np.float64)
    times = _flows(years, "years")
    if (times < 0).any():
        raise ValueError(f"discounting starts in year 0, and year {times.min():g} is before it")
    return times


def _stretches(schedule: Rate) -> list[tuple[float, float, float]]:
    """The stretch of time that each step covers, and its rate: years 31 to 75 are the time from 30 to 75."""
    if not isinstance(schedule, Sequence):
        return [(0.0, math.inf, _checked_rate(schedule))]
    stretches: list[tuple[float, float, float]] = []
    start = 0.0
    for step in _named(schedule) if isinstance(schedule, str) else schedule:
        if max(step.from_year - 1, 0) != start:
            raise ValueError(
                "the steps of a discount schedule must follow on from year 0 without gap or overlap, and the step "
                f"from year {step.from_year} does not"
            )
        end = math.inf if step.to_year is None else float(step.to_year)
        if end < step.from_year:
            raise ValueError(f"a step of the discount schedule ends in year {end:g}, before it starts")
        stretches.append((start, end, _checked_rate(step.rate)))
        start = end
    if not stretches:
        raise ValueError("a discount schedule needs at least one step")
    return stretches


def _named(schedule: str) -> Sequence[DiscountStep]:
    """The steps of a published schedule."""
    from finmodel.reference import discount_schedule

    return discount_schedule(STANDARD_SCHEDULE if schedule == STANDARD else schedule).steps


def _percentages(rates: Sequence[float]) -> str:
    """Rates in words, with one decimal or as many as tell them from each other and from -100%."""
    for decimals in range(1, 13):
        texts = [f"{100 * rate:,.{decimals}f}%" for rate in rates]
        if len(set(texts)) == len(texts) and f"{-100:.{decimals}f}%" not in texts:
            break
    texts = [text.replace("-", "−" if text.strip("-0.%") else "") for text in texts]
    return " and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def _count(number: int) -> str:
    """Two or more, in words up to ten."""
    words = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number - 2] if number <= 10 else str(number)
