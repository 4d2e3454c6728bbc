"""What a simulation found, as typed values; its plain form is `uncertainty.json`, and a part of `results.json`.

A share of draws is a number from 0 to 1; money is unrounded pounds. What has no honest answer has none, and a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field


class DrawnSpread(Struct, frozen=True):
    """How a figure came out over the draws. p10: a tenth of the draws came out lower; mean: over all draws.

    errors: the standard error of each, from the number of draws alone. without: draws in which there is no figure;
    where there are any, nothing is said of the rest as if it were the whole, and reason says so.
    """

    p10: float | None
    p50: float | None
    p90: float | None
    mean: float | None
    errors: SpreadErrors | None
    without: int
    reason: str


class SpreadErrors(Struct, frozen=True):
    """Standard errors of a spread: how far it might be from that of endless draws. step: of the sketch, 0 if exact."""

    p10: float
    p50: float
    p90: float
    mean: float
    step: float


class ChanceOfDraws(Struct, frozen=True):
    """In how many draws something came out, as a share of all draws, and the standard error of that share."""

    draws: int
    share: float
    error: float


class PaybackSpread(Struct, frozen=True):
    """When all money spent was paid back for good. by_year: the chance by the end of each year, in order.

    months: counted from 1, in which it was in a tenth, half and nine tenths of the draws; None where it was in fewer.
    never: draws in which it was not within the years shown.
    """

    by_year: tuple[ChanceOfDraws, ...]
    p10: int | None
    p50: int | None
    p90: int | None
    never: int


class FanYear(Struct, frozen=True):
    """The cumulative net position at the end of a year, £: the draws' percentiles; None where a draw has none."""

    year: str
    p10: float | None
    p25: float | None
    p50: float | None
    p75: float | None
    p90: float | None


class SpreadDriver(Struct, frozen=True):
    """How an input moves the net present budget impact: their rank correlation (Spearman's), from -1 to 1."""

    address: str
    label: str
    rank_correlation: float


class SimulatedOption(Struct, frozen=True):
    """An option over the draws. measures: by name as in `results.json`; stated: the same without any draw.

    reason: why nothing is said of its saving, where its number of children is a requirement. above_zero: that its net
    present budget impact is; below_stated: that it is below the stated one. best: that it is above every other
    option's and above business as usual.
    """

    id: str
    title: str
    reason: str
    stated: Mapping[str, float | None]
    measures: Mapping[str, DrawnSpread]
    above_zero: ChanceOfDraws | None
    below_stated: ChanceOfDraws | None
    best: ChanceOfDraws | None
    payback: PaybackSpread | None
    fan: tuple[FanYear, ...]
    drivers: tuple[SpreadDriver, ...]


class RangeUsed(Struct, frozen=True):
    """A range as it was drawn from. low, high: the limits used, within what the input may be, in `stated_as`.

    None where there is no limit.
    """

    input: str
    label: str
    unit: str
    shape: str
    stated_as: str
    central: float
    low: float | None
    high: float | None
    whole_numbers: bool
    source: str
    confidence: str
    note: str


class MovedTogether(Struct, frozen=True):
    """Inputs with the rank correlations that were asked for, and those that the draws had."""

    inputs: tuple[str, ...]
    ranks: tuple[tuple[float, ...], ...]
    found: tuple[tuple[float, ...], ...]


class Refusal(Struct, frozen=True):
    """Draws to which the model has no answer at all, and why."""

    draws: int
    why: str


class EnoughDraws(Struct, frozen=True):
    """Whether there are enough draws, and how many it takes.

    error: the largest standard error of a 10th or 90th percentile of an option's net present budget impact (of its
    cost, where nothing is said of its saving), as a share of what lies between the two; most: what is taken for enough.
    """

    enough: bool
    error: float | None
    most: float
    draws_needed: int | None


class Simulation(Struct, frozen=True):
    """What was found over the draws. asked: draws asked for; draws: those taken, fewer where it was stopped.

    method: `philox`, independent draws, or `sobol`. exact: whether percentiles are of all draws, or from a sketch.
    illustration: ranges of 10% either way, which nobody stated. numpy: its version, which draws and sorts.
    head: how many draws, from the first on, the rank correlations are of. usual_best: that no option's net present
    budget impact is above zero; tied: draws in which two options are best alike; unranked: why none is called the best.
    """

    format: Literal[1]
    draws: int
    asked: int
    seed: int
    method: Literal["philox", "sobol"]
    exact: bool
    illustration: bool
    head: int
    ranges: tuple[RangeUsed, ...]
    moved_together: tuple[MovedTogether, ...]
    without_range: tuple[str, ...]
    options: tuple[SimulatedOption, ...]
    usual_best: ChanceOfDraws | None
    tied: int
    unranked: str
    refused: tuple[Refusal, ...]
    enough: EnoughDraws
    finmodel: str
    packages: Mapping[str, str] = field(default_factory=dict)
