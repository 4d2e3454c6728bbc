"""The internal rates of many series at once: the rule of `internal_rate`, by Newton's method on all of them together.

Of flows that change sign once, the present values of what is paid and of what is saved, as functions of u = −ln(1 + r),
are each a sum of exponentials; the difference of their logarithms grows with u by at least the periods between the last
flow of the one sign and the first of the other, is all but straight, and is zero at the rate and nowhere else. A series
that does not settle in a few steps is worked out alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from finmodel.appraisal.internal_rate import DUST, NIL_RATE, rate_of
from finmodel.lines.expression import Array

BLOCK = 4_000  # series at a time, so that what is worked on stays near the processor
_STEPS = 12
_SETTLED = 3e-8  # of u: what the last step leaves is of the size of its square
_FURTHEST = 300.0  # periods × u: far beyond, powers are too large or too small for plain numbers


def rates_of(flows: Array) -> Array:
    """The one rate above −100% of each series whose flows change sign once, NaN of any other; shape (series,).

    flows: £, (periods, series), money out below zero. Within 1e-12 of `rate_of`, as a part of 1 + r.
    """
    found = np.full(flows.shape[1], np.nan)
    for at in range(0, flows.shape[1], BLOCK):
        some = flows[:, at : at + BLOCK]
        once, paid_first = _changing_once(some)
        places = np.flatnonzero(once)
        if places.size:
            chosen = some if once.all() else some[:, places]
            found[at + places] = _solved(chosen, paid_first[places])
    return found


def _changing_once(flows: Array) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether each series changes its sign once, dust left out; and whether what is paid comes first."""
    least = DUST * np.abs(flows).max(axis=0)
    none = np.zeros(flows.shape[1], dtype=np.bool_)
    paid, saved, paid_after, saved_after = none, none, none, none
    for row in flows:
        below, above = row < -least, row > least
        paid_after, saved_after = paid_after | below & saved, saved_after | above & paid
        paid, saved = paid | below, saved | above
    return paid_after != saved_after, saved_after


def _solved(flows: Array, paid_first: NDArray[np.bool_]) -> Array:
    """The rates of series that change sign once."""
    amounts = flows if paid_first.all() else np.where(paid_first, flows, -flows)
    least = DUST * np.abs(amounts).max(axis=0)
    earlier, later = np.where(amounts < -least, -amounts, 0.0), np.where(amounts > least, amounts, 0.0)
    first_later = int(np.flatnonzero(later.any(axis=1))[0])
    earlier, later = earlier[: int(np.flatnonzero(earlier.any(axis=1))[-1]) + 1], later[first_later:]
    u = np.zeros(flows.shape[1])
    with np.errstate(all="ignore"):
        for _ in range(_STEPS):
            factor = np.exp(u)
            one, one_slope = _value(factor, later)
            other, other_slope = _value(factor, earlier)
            apart = np.log(one / other) + first_later * u
            step = apart / (one_slope / one - other_slope / other + first_later)
            u -= step
            size = np.abs(step)
            if size.max() <= _SETTLED:
                break
        rates = np.expm1(-u)
    rates[np.abs(rates) < NIL_RATE] = 0.0
    for place in np.flatnonzero(~((size <= _SETTLED) & (np.abs(u) * len(flows) < _FURTHEST))):
        alone = rate_of(flows[:, place])
        rates[place] = np.nan if alone is None else alone
    return rates


def _value(factor: Array, amounts: Array) -> tuple[Array, Array]:
    """Σ amountₜ factorᵗ by Horner's rule, and Σ t amountₜ factorᵗ."""
    value, slope = amounts[-1].copy(), np.zeros_like(factor)
    for row in amounts[-2::-1]:
        slope *= factor
        slope += value
        value *= factor
        value += row
    return value, slope * factor
