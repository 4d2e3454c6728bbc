"""What is drawn: the figures of every input that has a range, for any draws, by their numbers alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from finmodel.appraisal.levers import input_at
from finmodel.appraisal.stated_ranges import RangeOfInput
from finmodel.case.schema_uncertainty import Correlation
from finmodel.lines.evaluate_draws import Places, alike_periods, rows_of
from finmodel.lines.expression import Array
from finmodel.lines.model import Model
from finmodel.uncertainty.correlated import moved_together
from finmodel.uncertainty.distributions import (
    Beta,
    Discrete,
    Distribution,
    Normal,
    Triangular,
    Uniform,
    lognormal,
    pert,
)
from finmodel.uncertainty.randoms import Method, UniformStream, sobol_uniforms


class TogetherOf(Struct, frozen=True):
    """Places of ranges that move together, and their rank correlations."""

    places: tuple[int, ...]
    ranks: tuple[tuple[float, ...], ...]


def together_of(model: Model, ranges: Sequence[RangeOfInput], groups: Sequence[Correlation]) -> tuple[TogetherOf, ...]:
    """The groups that a case states, by the places of their ranges."""
    place_of = {each.line.address: place for place, each in enumerate(ranges)}
    return tuple(
        TogetherOf(tuple(place_of[input_at(model, name).address] for name in group.inputs), group.ranks)
        for group in groups
    )


def distribution_of(each: RangeOfInput) -> Distribution:
    """The distribution of a range, cut off at its limits."""
    stated, low, high = each.stated, each.least, each.most
    deviation = stated.deviation or 0.0
    match stated.shape:
        case "uniform":
            return Uniform(low, high)
        case "normal":
            return Normal(each.central, deviation, low, high)
        case "lognormal":
            return lognormal(each.central, deviation, low, high)
        case "discrete":
            return Discrete(stated.values, stated.chances)
        case _:
            return _between(each)


def _between(each: RangeOfInput) -> Distribution:
    """A shape with a lowest and a highest of its own."""
    stated, low, high = each.stated, each.least, each.most
    least = low if stated.low is None else stated.low
    most = high if stated.high is None else stated.high
    if stated.shape == "beta":
        return Beta(stated.alpha or 1.0, stated.beta or 1.0, least, most, low, high)
    if stated.shape == "pert":
        return pert(least, each.central, most, low, high)
    return Triangular(least, each.central, most, low, high)


class InputDraws:
    """The ranges of a simulation, to be drawn from by seed and number of the draw."""

    def __init__(
        self, ranges: Sequence[RangeOfInput], together: Sequence[TogetherOf], seed: int, method: Method, draws: int
    ) -> None:
        self.ranges, self.together = tuple(ranges), tuple(together)
        self.seed, self.method, self.draws = seed, method, draws
        self._distributions = [distribution_of(each) for each in ranges]
        self._streams = [UniformStream(seed, each.line.address) for each in ranges]
        self.moved = {each.line.address: _places(each) for each in ranges}  # periods alike in every draw, by input
        self._stated = [rows_of(each.line.value(), self.moved[each.line.address]) for each in ranges]

    def drawn(self, start: int, count: int) -> Array:
        """What was drawn, in what each range is stated as: (ranges, draws)."""
        shares = self._shares(start, count)
        for group in self.together:
            moved = moved_together([shares[place] for place in group.places], group.ranks)
            for place, row in zip(group.places, moved, strict=True):
                shares[place] = row
        found = np.empty((len(self.ranges), count))
        for place, (each, distribution) in enumerate(zip(self.ranges, self._distributions, strict=True)):
            row = distribution.at(shares[place])
            found[place] = np.rint(row) if each.whole and each.stated.stated_as == "figure" else row
        return found

    def replaced(self, drawn: Array) -> dict[str, Array]:
        """The same as values of inputs, by address: (rows, draws), the periods of an input that differ."""
        return {
            each.line.address: _values(each, stated, row)
            for each, stated, row in zip(self.ranges, self._stated, drawn, strict=True)
        }

    def _shares(self, start: int, count: int) -> list[Array]:
        addresses = [each.line.address for each in self.ranges]
        if self.method == "sobol":
            found: Mapping[str, Array] = sobol_uniforms(self.seed, addresses, start, count, self.draws)
            return [found[address] for address in addresses]
        return [stream.numbers(start, count) for stream in self._streams]


def _places(each: RangeOfInput) -> Places:
    stated = each.line.value()
    return (0,) * len(stated) if each.stated.stated_as == "figure" else alike_periods(stated)


def _values(each: RangeOfInput, stated: Array, row: Array) -> Array:
    if each.stated.stated_as == "figure":
        return row[None, :]
    values = stated * row if each.stated.stated_as == "factor" else stated + row
    return np.rint(values) if each.whole else values


def limit(figure: float) -> float | None:
    """A limit for readers; None for one that no council could reach."""
    return None if math.isinf(figure) or abs(figure) >= _NO_LIMIT else figure


_NO_LIMIT = 1e9
