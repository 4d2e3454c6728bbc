"""The internal rate of one series of flows, to the last bit."""

from __future__ import annotations

import math

import numpy as np

from finmodel.lines.expression import Array

DUST = 1e-12  # a flow this small next to the largest is what float arithmetic leaves where pounds cancel
NIL_RATE = 1e-15


def rate_of(flows: Array) -> float | None:
    """The one rate above −100% at which flows that change sign once are worth nothing; None where they do not.

    flows: £ by year, money out below zero. With y = ln(1 + r), Σ flowₜ e^(−ty) crosses zero once. It is bisected to the
    last bit, between bounds outside which the first or the last flow outweighs the rest (M. Fujiwara, Tôhoku
    Mathematical Journal 10, 1916), and the rate polished by a step of Newton's method.
    """
    size = np.abs(flows)
    periods = np.flatnonzero(size > DUST * size.max(initial=0.0))
    amounts = flows[periods]
    if np.count_nonzero(np.diff(np.sign(amounts))) != 1:
        return None
    times = (periods - periods[0]).astype(np.float64)
    amounts = np.ldexp(amounts, -np.frexp(np.abs(amounts).max())[1])
    return _polished(math.expm1(_bisected(times, amounts)), times, amounts)


def _bisected(times: Array, amounts: Array) -> float:
    """The y at which Σ amountₜ e^(−ty) is zero. Amounts are kept as logarithms: none is too large or small to hold."""
    logs, signs = np.log(np.abs(amounts)), np.sign(amounts)

    def side(y: float) -> int:
        exponents = logs - times * y
        terms = np.exp(exponents - exponents.max())
        return int(np.sign(signs @ terms / terms.sum()))

    low = -math.log(2) - float(((logs[:-1] - logs[-1]) / (times[-1] - times[:-1])).max()) - 1
    high = math.log(2) + float(((logs[1:] - logs[0]) / (times[1:] - times[0])).max()) + 1
    low_side = side(low)
    while high - low > 1e-18:
        middle = (low + high) / 2
        if not low < middle < high:
            break
        if side(middle) == low_side:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _polished(rate: float, times: Array, amounts: Array) -> float:
    """The rate after one more step of Newton's method, its sum taken without rounding where terms nearly cancel.

    Near 1 a factor is kept as what it falls short of 1, so that small rates come out as exact as large ones.
    """
    exponents = -times * math.log1p(rate)
    if np.abs(exponents).max() <= 600:  # beyond that too large or too small for plain numbers, and found well enough
        near = np.abs(exponents) < 0.5
        parts = amounts * np.where(near, np.expm1(exponents), np.exp(exponents))
        left = math.fsum([*amounts[near], *parts])
        slope = math.fsum(times * amounts * np.exp(exponents))
        if abs(left) < 1e-9 * abs(slope):
            rate += (1 + rate) * left / slope
    return 0.0 if abs(rate) < NIL_RATE else rate
