"""Many draws summed up: percentiles exact up to 100,000 draws, beyond from a sketch that does not grow.

The sketch counts the draws in steps of equal width, from the first batch's least less its spread to its most and its
spread; a percentile is right to within one step, which is stated. Draws come in batches of one size, in order, so that
the sums are the same to the last bit whoever worked a batch out.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import numpy as np

from finmodel.lines.expression import Array
from finmodel.uncertainty.simulated import DrawnSpread, SpreadErrors

EXACT = 100_000  # draws: what is kept of them takes some 25 MB with three options, as the sketch does of any number
EXACT_SOBOL = 1_000_000  # draws of Sobol's: how sure they are is what the sets differ by, each of them whole
STEPS = 65_536
Statistic = Callable[[Array], float]


class DrawTally:
    """The figures of several series over the draws, (series, draws) a batch. draws: how many will come."""

    def __init__(self, series: int, draws: int, a_set: int = 0) -> None:
        self.exact = draws <= (EXACT_SOBOL if a_set else EXACT)
        self.a_set = a_set  # draws of a set of Sobol's, 0 for independent draws
        self.kept = np.empty((series, draws if self.exact else 0))
        self.count = 0
        self.missing = np.zeros(series, dtype=np.int64)
        self.mean, self.squares = np.zeros(series), np.zeros(series)
        self._sketch: _Sketch | None = None

    def add(self, values: Array) -> None:
        """A batch more."""
        count = values.shape[1]
        self.missing += np.isnan(values).sum(axis=1)
        means = values.mean(axis=1)
        squares = ((values - means[:, None]) ** 2).sum(axis=1)
        apart, whole = means - self.mean, self.count + count
        self.mean = self.mean + apart * (count / whole)
        self.squares = self.squares + squares + apart**2 * (self.count * count / whole)
        self.count = whole
        if self.exact:
            self.kept[:, whole - count : whole] = values
            return
        if self._sketch is None:
            self._sketch = _Sketch(values)
        self._sketch.add(values)

    def whole(self) -> Array:
        """All figures, (series, draws); of an exact tally."""
        return self.kept[:, : self.count]

    def spread(self, series: int, row: Array | None = None) -> DrawnSpread:
        """How a series came out. row: its figures, in the order of the draws, of an exact tally."""
        if self.missing[series]:
            missing = int(self.missing[series])
            why = f"in {missing:,} of {self.count:,} draws there is no such figure"
            return DrawnSpread(None, None, None, None, None, missing, why)
        p10, p50, p90 = (self.percentile(series, share, row) for share in (0.1, 0.5, 0.9))
        return DrawnSpread(p10, p50, p90, float(self.mean[series]), self._errors(series, row), 0, "")

    def percentile(self, series: int, share: float, ordered: Array | None = None) -> float:
        """The figure below which a share of the draws lies."""
        if ordered is not None:
            return float(np.quantile(ordered, share))
        if self._sketch is None:
            raise ValueError("the figures of an exact tally are needed")
        return self._sketch.percentile(series, share)

    def _errors(self, series: int, row: Array | None) -> SpreadErrors:
        if self.a_set and row is not None:
            return _between_sets(row, self.a_set)
        mean = math.sqrt(self.squares[series] / max(1, self.count - 1) / self.count)
        p10, p50, p90 = (self._error(series, share, row) for share in (0.1, 0.5, 0.9))
        step = 0.0 if self._sketch is None else float(self._sketch.width[series])
        return SpreadErrors(p10, p50, p90, mean, step)

    def _error(self, series: int, share: float, row: Array | None) -> float:
        """Of a percentile: half of what lies between those a standard error of the share either way."""
        off = math.sqrt(share * (1 - share) / self.count)
        low, high = max(0.0, share - off), min(1.0, share + off)
        return (self.percentile(series, high, row) - self.percentile(series, low, row)) / 2


def _between_sets(row: Array, size: int) -> SpreadErrors:
    """Standard errors from how far sets apart come out: each is a simulation of its own."""
    sets = [row[at : at + size] for at in range(0, len(row) - size + 1, size)]

    def error(statistic: Statistic) -> float:
        found = np.array([statistic(each) for each in sets])
        return float(found.std(ddof=1) / math.sqrt(len(sets))) if len(sets) > 1 else math.inf

    p10, p50, p90 = (error(partial(_quantile, share=share)) for share in (0.1, 0.5, 0.9))
    return SpreadErrors(p10, p50, p90, error(lambda each: float(each.mean())), 0.0)


def _quantile(row: Array, share: float) -> float:
    return float(np.quantile(row, share))


class _Sketch:
    """Counts of draws in steps, a row a series; below the first step and above the last one too."""

    def __init__(self, first: Array) -> None:
        known = np.where(np.isnan(first), 0.0, first)
        low, high = known.min(axis=1), known.max(axis=1)
        spread = np.maximum(high - low, np.maximum(1.0, np.abs(high)) * 1e-9)
        self.low = low - spread
        self.width = 3 * spread / STEPS
        self.counts = np.zeros((len(first), STEPS + 2), dtype=np.int64)
        self._starts = np.arange(len(first), dtype=np.int64)[:, None] * (STEPS + 2)  # of each row, all rows in one

    def add(self, values: Array) -> None:
        places = np.floor((values - self.low[:, None]) / self.width[:, None]) + 1
        places = np.clip(np.nan_to_num(places, nan=0.0), 0, STEPS + 1).astype(np.int64)
        places += self._starts
        np.add.at(self.counts.reshape(-1), places.reshape(-1), 1)

    def percentile(self, series: int, share: float) -> float:
        """In proportion within its step; without limit where it lies beyond the steps."""
        wanted = share * self.counts[series].sum()
        upto = np.cumsum(self.counts[series])
        place = int(np.searchsorted(upto, wanted, side="left"))
        if place in (0, STEPS + 1):
            return -math.inf if place == 0 else math.inf
        before, inside = upto[place - 1], self.counts[series, place]
        part = float((wanted - before) / inside) if inside else 0.0
        return float(self.low[series] + self.width[series] * (place - 1 + part))
