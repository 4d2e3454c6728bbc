"""Distributions by their inverse: from a number between 0 and 1 to a figure, within limits that cut them off.

What is cut off is not heaped up at the limit: the distribution is the one given that it lies between the limits.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from finmodel.lines.expression import Array


class Distribution(ABC):
    """A distribution of a figure between `low` and `high`."""

    low: float
    high: float

    @abstractmethod
    def at(self, shares: Array) -> Array:
        """The figures that these shares of the distribution lie below; shares and figures of shape (draws,)."""


@dataclass(frozen=True, slots=True)
class Triangular(Distribution):
    """From least to most with a peak, cut off below `low` and above `high`."""

    least: float
    peak: float
    most: float
    low: float
    high: float

    def at(self, shares: Array) -> Array:
        """By the square root on either side of the peak."""
        below, above = self._share(self.low), self._share(self.high)
        within = shares if (below, above) == (0.0, 1.0) else below + shares * (above - below)
        width = self.most - self.least
        turn = (self.peak - self.least) / width
        rises = within < turn
        rising, falling = width * (self.peak - self.least), width * (self.most - self.peak)
        off = np.sqrt(np.where(rises, within * rising, (1.0 - within) * falling))
        return np.where(rises, self.least + off, self.most - off)

    def _share(self, figure: float) -> float:
        """What share lies below a figure."""
        if figure <= self.least:
            return 0.0
        if figure >= self.most:
            return 1.0
        width = self.most - self.least
        if figure < self.peak:
            return float((figure - self.least) ** 2 / (width * (self.peak - self.least)))
        return float(1.0 - (self.most - figure) ** 2 / (width * (self.most - self.peak)))


@dataclass(frozen=True, slots=True)
class Uniform(Distribution):
    """Alike likely between two figures."""

    low: float
    high: float

    def at(self, shares: Array) -> Array:
        """In proportion."""
        return self.low + shares * (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Normal(Distribution):
    """Normal, or lognormal where `log`: then mean and deviation are those of the logarithm."""

    mean: float
    deviation: float
    low: float
    high: float
    log: bool = False

    def at(self, shares: Array) -> Array:
        """By the inverse of the normal distribution."""
        from scipy.special import ndtr, ndtri  # noqa: PLC0415 - heavy, and only for these shapes

        below, above = (float(ndtr(self._standard(figure))) for figure in (self.low, self.high))
        within = shares if (below, above) == (0.0, 1.0) else below + shares * (above - below)
        figures = self.mean + self.deviation * ndtri(within)
        return np.clip(np.exp(figures) if self.log else figures, self.low, self.high)

    def _standard(self, figure: float) -> float:
        if self.log:
            figure = math.log(figure) if figure > 0 else -math.inf
        return (figure - self.mean) / self.deviation


@dataclass(frozen=True, slots=True)
class Beta(Distribution):
    """Beta of two shapes from least to most, cut off below `low` and above `high`; a PERT is one."""

    alpha: float
    beta: float
    least: float
    most: float
    low: float
    high: float

    def at(self, shares: Array) -> Array:
        """By the inverse of the incomplete beta function."""
        from scipy.special import betainc, betaincinv  # noqa: PLC0415 - heavy, and only for these shapes

        width = self.most - self.least
        cut = [min(1.0, max(0.0, (figure - self.least) / width)) for figure in (self.low, self.high)]
        below, above = (float(betainc(self.alpha, self.beta, at)) for at in cut)
        within = shares if (below, above) == (0.0, 1.0) else below + shares * (above - below)
        return self.least + width * betaincinv(self.alpha, self.beta, within)


@dataclass(frozen=True, slots=True)
class Discrete(Distribution):
    """One of several figures, each with its chance; figures in order, chances that total 1."""

    figures: tuple[float, ...]
    chances: tuple[float, ...]

    @property
    def low(self) -> float:  # type: ignore[override]
        """The least of them."""
        return min(self.figures)

    @property
    def high(self) -> float:  # type: ignore[override]
        """The most of them."""
        return max(self.figures)

    def at(self, shares: Array) -> Array:
        """By the running total of the chances."""
        ends = np.cumsum(self.chances)[:-1]
        return np.asarray(self.figures)[np.searchsorted(ends, shares, side="right")]


def pert(least: float, peak: float, most: float, low: float, high: float) -> Beta:
    """A PERT distribution: beta, whose mean is (least + 4 × peak + most) / 6.

    Source: Malcolm and others (1959), Application of a technique for research and development program evaluation.
    """
    width = most - least
    return Beta(1 + 4 * (peak - least) / width, 1 + 4 * (most - peak) / width, least, most, low, high)


def lognormal(mean: float, deviation: float, low: float, high: float) -> Normal:
    """A lognormal distribution with this mean and standard deviation of the figure itself."""
    of_log = math.sqrt(math.log1p((deviation / mean) ** 2))
    return Normal(math.log(mean) - of_log**2 / 2, of_log, low, high, log=True)
