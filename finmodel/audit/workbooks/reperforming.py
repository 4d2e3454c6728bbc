"""Net present values and rates of return, worked out again by numpy-financial from cash flows that stand in cells.

numpy-financial is a library of others that knows nothing of finmodel. It is asked only what it answers soundly:

- `npv` leaves its first flow undiscounted, and so is given a zero before flows that are discounted from the first;
- `irr` gives one of several rates without a word, takes dust for a flow, and loses a rate that is repeated (its issues
  28, 39 and 44). So a stated rate is held to be right where the net present value at it is zero, and the library's own
  rate is told only where the flows change sign once, so that there is just one (R. Descartes, La Géométrie, 1637);
- `mirr` gives no number where the flows do not change sign.

Source: L. J. Gitman, Principles of Managerial Finance, 2003, as the library cites it.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Sequence
from enum import StrEnum
from importlib.metadata import version
from itertools import pairwise
from typing import Any

from msgspec import Struct

_DUST = 1e-12  # a flow this small next to the largest is what sums leave where pounds cancel
_OF_AMOUNTS = 1e-9  # of all that was added up: as elsewhere in an audit
_OF_RATES = 1e-6  # how near Excel comes to a rate is 0.00001%
_LEAST = 1e-6  # pounds
KNOWN_FAULTS = (
    "npv discounts no first flow and takes one rate: where the first flow is discounted, a zero is put before it",
    "flows come a period apart, each at one point of its period; neither mid-year nor by date",
    "irr gives one of several rates without saying so, takes the dust of sums for a flow, and loses a repeated rate: a "
    "stated rate counts as right where the net present value at it is zero",
    "irr and mirr give no number where the flows do not change sign",
)
NO_NUMBER = "the cell states no number"
NO_SIGN_CHANGE = "the flows do not change sign, so that there is no rate"
_TOO_LARGE = "the figures are too large for the library"


class Agreement(StrEnum):
    """What working a measure out again came to."""

    AGREES = "agrees"
    DIFFERS = "differs"
    CANNOT = "cannot be re-performed"


class Reperformed(Struct, frozen=True):
    """A measure beside what the library makes of the cash flows in the cells.

    cell: of the measure; flows, rates: the cells that were used, in words. stated: what the cell holds; found: what the
    library gives; difference: what the cell has more; all in the cell's unit, None where there is no number. why: how
    it was done, or why it cannot be.
    """

    label: str
    function: str
    cell: str
    flows: str
    rates: str
    stated: float | None
    found: float | None
    outcome: Agreement
    why: str
    unit: str
    difference: float | None


class Reperformance(Struct, frozen=True):
    """All that was worked out again, by which library, and what that does not do."""

    library: str
    known_faults: tuple[str, ...]
    measures: tuple[Reperformed, ...]


class Asked(Struct, frozen=True):
    """What a cell states, and from which cells it is worked out; `of` says it of a reader."""

    label: str
    function: str
    cell: str
    flows: str
    rates: str = ""
    unit: str = ""

    def cannot(self, why: str, stated: float | None = None) -> Reperformed:
        """The same without an outcome."""
        return self._with(stated, None, Agreement.CANNOT, why)

    def of(self, stated: float, found: float, agrees: bool, why: str) -> Reperformed:
        """The same with what the library gives."""
        return self._with(stated, found, Agreement.AGREES if agrees else Agreement.DIFFERS, why)

    def _with(self, stated: float | None, found: float | None, outcome: Agreement, why: str) -> Reperformed:
        apart = None if stated is None or found is None else stated - found
        return Reperformed(
            self.label, self.function, self.cell, self.flows, self.rates, stated, found, outcome, why, self.unit, apart
        )


def reperformance(found: Sequence[Reperformed]) -> Reperformance:
    """What was found, with the library."""
    return Reperformance(library_name(), KNOWN_FAULTS, tuple(found))


def library_name() -> str:
    """The library and its version."""
    return f"numpy-financial {version('numpy-financial')}"


def net_present_value(asked: Asked, stated: float, rate: float, flows: Sequence[float], first: int) -> Reperformed:
    """A net present value at one rate; first: the number of the year in which the first flow comes, from 0."""
    import numpy_financial  # noqa: PLC0415 - only where there is something to re-perform

    if rate <= -1:
        return asked.cannot("the rate is −100% or below", stated)
    timed = [0.0] * first + list(flows)
    found = _number(lambda: numpy_financial.npv(rate, timed))
    gross = _number(lambda: numpy_financial.npv(rate, [abs(flow) for flow in timed]))
    if found is None or gross is None:
        return asked.cannot(_TOO_LARGE, stated)
    when = "the first flow is not discounted" if first == 0 else f"the first flow is discounted by {_years(first)}"
    return asked.of(stated, found, abs(stated - found) <= max(_LEAST, _OF_AMOUNTS * gross), when)


def internal_rate(asked: Asked, stated: float, flows: Sequence[float]) -> Reperformed:
    """An internal rate: right where the net present value at it is zero, whichever of several rates it is."""
    changes = sign_changes(flows)
    if changes == 0 or stated <= -1:
        return asked.cannot(NO_SIGN_CHANGE if changes == 0 else "the cell states a rate of −100% or below", stated)
    is_root = _is_zero_at(stated, flows)
    several = f"the flows change sign {changes} times, so that there may be several rates"
    if is_root:
        zero = "the net present value at the stated rate is zero"
        return asked.of(stated, stated, agrees=True, why=zero if changes == 1 else f"{zero}; {several}")
    if is_root is None or changes > 1:
        why = _TOO_LARGE if is_root is None else f"{several}, of which the library gives one without saying so"
        return asked.cannot(why, stated)
    return _one_rate(asked, stated, flows)


def _one_rate(asked: Asked, stated: float, flows: Sequence[float]) -> Reperformed:
    """The library's own rate, beside one that is none."""
    import numpy_financial  # noqa: PLC0415

    found = _number(lambda: numpy_financial.irr(_without_dust(flows)))
    if found is None or _is_zero_at(found, flows) is not True:
        return asked.cannot("the library finds no rate", stated)
    return asked.of(stated, found, agrees=False, why="the flows change sign once, so that there is just one rate")


def modified_rate(asked: Asked, stated: float, flows: Sequence[float], finance: float, reinvest: float) -> Reperformed:
    """A modified internal rate: costs discounted at the one rate, gains taken to the end at the other."""
    import numpy_financial  # noqa: PLC0415

    if sign_changes(flows) == 0:
        return asked.cannot(NO_SIGN_CHANGE, stated)
    if min(finance, reinvest) <= -1:
        return asked.cannot("a rate is −100% or below", stated)
    found = _number(lambda: numpy_financial.mirr(list(flows), finance, reinvest))
    if found is None:
        return asked.cannot(_TOO_LARGE, stated)
    return asked.of(stated, found, abs(stated - found) <= _OF_RATES, "each flow a period after the one before")


def sign_changes(flows: Sequence[float]) -> int:
    """How often flows change sign, zeros and dust left out."""
    signs = [flow > 0 for flow in _without_dust(flows) if flow]
    return sum(one != other for one, other in pairwise(signs))


def _without_dust(flows: Sequence[float]) -> list[float]:
    """Flows with dust as zero; zeros at the ends, which the library takes for flows, left out."""
    size = max(map(abs, flows), default=0.0)
    clean = [flow if abs(flow) > _DUST * size else 0.0 for flow in flows]
    while clean and not clean[-1]:
        clean.pop()
    while clean and not clean[0]:
        clean.pop(0)
    return clean


def _is_zero_at(rate: float, flows: Sequence[float]) -> bool | None:
    """Whether the net present value is zero at a rate, or turns from one sign to the other next to it."""
    import numpy_financial  # noqa: PLC0415

    clean = _without_dust(flows)
    here = _number(lambda: numpy_financial.npv(rate, clean))
    gross = _number(lambda: numpy_financial.npv(rate, [abs(flow) for flow in clean]))
    if here is None or gross is None:
        return None
    step = min(_OF_RATES, (1 + rate) / 2)
    below = _number(lambda: numpy_financial.npv(rate - step, clean))
    above = _number(lambda: numpy_financial.npv(rate + step, clean))
    turns = below is not None and above is not None and below * above <= 0
    return turns or abs(here) <= _OF_AMOUNTS * gross


def _number(work: Callable[[], Any]) -> float | None:
    """What the library gives, where that is a finite number."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = float(work())
        except (ArithmeticError, ValueError):
            return None
    return found if math.isfinite(found) else None


def _years(number: int) -> str:
    return "one year" if number == 1 else f"{number} years"
