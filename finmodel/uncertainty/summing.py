"""From the figures of all draws to what is said of them: spreads, chances, paybacks, fans, drivers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Protocol

import numpy as np
from msgspec import Struct, field

from finmodel import __version__
from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.levers import input_at
from finmodel.appraisal.money_spent import CUMULATIVE
from finmodel.appraisal.options import WrittenOption
from finmodel.lines.expression import Array
from finmodel.lines.periods import MONTHS_IN_A_YEAR
from finmodel.uncertainty.drawing import InputDraws, TogetherOf, limit
from finmodel.uncertainty.illustration import may_be_scaled
from finmodel.uncertainty.simulated import (
    ChanceOfDraws,
    DrawnSpread,
    EnoughDraws,
    FanYear,
    MovedTogether,
    PaybackSpread,
    RangeUsed,
    Refusal,
    SimulatedOption,
    Simulation,
    SpreadDriver,
)
from finmodel.uncertainty.tallies import DrawTally

REQUIREMENT = "its number of children is what it would take and no forecast, so nothing says how likely its saving is"
NOT_RANKED = "an option's number of children is what it would take and no forecast, so none can be called the best"
ENOUGH = 0.02  # of what lies between the 10th and the 90th percentile
NET_PRESENT, PAYBACK = "net_present_budget_impact", "payback_month_number"
USUAL, TIED = -1, -2
_OF_COST = ("total_cost",)  # what is said of an option whose saving is a requirement
_DRIVERS = 8


class AnySeries(Protocol):
    """A row of figures over the draws."""

    @property
    def option(self) -> str:
        """Of which option."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def period(self) -> int:
        """Which period of its line."""


class DrawsFound(Struct):
    """All that is kept of the draws so far. head: drawn and values of the first batches."""

    tally: DrawTally
    head: list[tuple[Array, Array]]
    refused: Counter[str]
    above: Counter[int] = field(default_factory=Counter)  # by row, draws above zero
    below: Counter[int] = field(default_factory=Counter)  # by row, draws below what is stated
    stated: dict[int, float] = field(default_factory=dict)
    best: Counter[int] = field(default_factory=Counter)
    ranked: list[int] = field(default_factory=list)  # the rows of the options' net present budget impact
    paybacks: list[int] = field(default_factory=list)
    months: Array = field(default_factory=lambda: np.zeros((0, 0)))

    def place(self, series: Sequence[AnySeries], months: int, stated: dict[int, float]) -> None:
        """Say which rows are ranked, which are months of payback, and what the case states of a row."""
        self.stated = stated
        self.ranked = [place for place, each in enumerate(series) if each.name == NET_PRESENT]
        self.paybacks = [place for place, each in enumerate(series) if each.name == PAYBACK]
        self.months = np.zeros((len(self.paybacks), months + 2), dtype=np.int64)

    def add(self, values: Array, drawn: Array | None, refused: Sequence[str]) -> None:
        """A batch more."""
        self.tally.add(values)
        self.refused.update(refused)
        if drawn is not None:
            self.head.append((drawn, values))
        for row, place in enumerate(self.paybacks):
            month = np.nan_to_num(values[place], nan=0.0).astype(np.int64)  # 0: not paid back
            self.months[row] += np.bincount(month, minlength=self.months.shape[1])
        for place in self.ranked:
            self.above[place] += int((values[place] > 0).sum())
            if place in self.stated:
                self.below[place] += int((values[place] < self.stated[place]).sum())
        self._rank(values[self.ranked])

    def _rank(self, values: Array) -> None:
        """In each draw the best of the options; `USUAL` where none is above zero, which is business as usual."""
        known = values[:, ~np.isnan(values).any(axis=0)]
        top = known.max(axis=0)
        better, alone = top > 0, (known == top).sum(axis=0) == 1
        places, counts = np.unique(known.argmax(axis=0)[better & alone], return_counts=True)
        self.best.update({int(place): int(count) for place, count in zip(places, counts, strict=True)})
        self.best[USUAL] += int((~better).sum())
        self.best[TIED] += int((better & ~alone).sum())


def summed_up(
    appraisal: Appraisal, drawing: InputDraws, series: Sequence[AnySeries], found: DrawsFound, *, illustration: bool
) -> Simulation:
    """What the draws show."""
    summing = _Summing(appraisal, drawing, series, found)
    options = tuple(summing.options())
    forecast = all(not option.reason for option in options)
    draws = found.tally.count
    return Simulation(
        format=1,
        draws=draws,
        asked=drawing.draws,
        seed=drawing.seed,
        method=drawing.method,
        exact=found.tally.exact,
        illustration=illustration,
        head=summing.drawn.shape[1],
        ranges=tuple(_ranges(drawing)),
        moved_together=tuple(_together(drawing, group, summing.drawn) for group in drawing.together),
        without_range=tuple(_without(appraisal, drawing)),
        options=options,
        usual_best=chance(found.best[USUAL], draws) if forecast else None,
        tied=found.best[TIED],
        unranked="" if forecast else NOT_RANKED,
        refused=tuple(Refusal(count, why) for why, count in sorted(found.refused.items())),
        enough=_enough(options, draws),
        finmodel=__version__,
        packages={"numpy": np.__version__, "scipy": version("scipy")},
    )


class _Summing:
    """The draws of a simulation, and what is asked of them."""

    def __init__(
        self, appraisal: Appraisal, drawing: InputDraws, series: Sequence[AnySeries], found: DrawsFound
    ) -> None:
        self.appraisal, self.drawing, self.series, self.found = appraisal, drawing, series, found
        self.whole = found.tally.whole() if found.tally.exact else None
        self.drawn = np.concatenate([drawn for drawn, _ in found.head], axis=1)
        self.head = np.concatenate([values for _, values in found.head], axis=1)
        self.drawn_ranks = np.stack([ranked(row) for row in self.drawn])
        self.years = [str(year) for year in appraisal.case.horizon.years]

    def options(self) -> Iterator[SimulatedOption]:
        written = {option.option.id: option for option in self.appraisal.written.options}
        ids = list(dict.fromkeys(each.option for each in self.series))
        rankable = all(not _reason(written[name]) for name in ids)
        for number, name in enumerate(ids):
            yield self._option(number, written[name], rankable)

    def _option(self, number: int, written: WrittenOption, rankable: bool) -> SimulatedOption:
        name, draws = written.option.id, self.found.tally.count
        places = {each.name: place for place, each in enumerate(self.series) if each.option == name}
        reason = _reason(written)
        shown = [each for each in places if each not in (PAYBACK, CUMULATIVE) and (not reason or each in _OF_COST)]
        lines = self.appraisal.written.measures[name]
        net = places[NET_PRESENT]
        known = self.found.tally.missing[net] == 0
        return SimulatedOption(
            id=name,
            title=written.option.title,
            reason=reason,
            stated={each: self.appraisal.results.figure(lines[each]) for each in shown},
            measures={each: self.spread(places[each]) for each in shown},
            above_zero=None if reason or not known else chance(self.found.above[net], draws),
            below_stated=None if reason or not known else chance(self.found.below[net], draws),
            best=chance(self.found.best[number], draws) if rankable else None,
            payback=None if reason else self._payback(number),
            fan=() if reason else tuple(self._fan(name)),
            drivers=() if reason or not known else tuple(self._drivers(net)),
        )

    def spread(self, place: int) -> DrawnSpread:
        return self.found.tally.spread(place, None if self.whole is None else self.whole[place])

    def _payback(self, number: int) -> PaybackSpread:
        months, draws = self.found.months[number], self.found.tally.count
        upto = np.cumsum(months[1:])
        by_year = [int(upto[(year + 1) * MONTHS_IN_A_YEAR - 1]) for year in range(len(self.years))]
        p10, p50, p90 = (_month(upto, share * draws) for share in (0.1, 0.5, 0.9))
        return PaybackSpread(tuple(chance(count, draws) for count in by_year), p10, p50, p90, int(months[0]))

    def _fan(self, name: str) -> Iterator[FanYear]:
        for place, each in enumerate(self.series):
            if each.option == name and each.name == CUMULATIVE:
                row = None if self.whole is None else self.whole[place]
                missing = bool(self.found.tally.missing[place])
                shares = (0.1, 0.25, 0.5, 0.75, 0.9)
                found = [None if missing else self.found.tally.percentile(place, share, row) for share in shares]
                yield FanYear(self.years[each.period], *found)

    def _drivers(self, net: int) -> Iterator[SpreadDriver]:
        ranks = ranked(self.head[net])
        found = [
            (rank_correlation(row, ranks), each)
            for row, each in zip(self.drawn_ranks, self.drawing.ranges, strict=True)
        ]
        found.sort(key=lambda pair: -abs(pair[0]))
        for correlation, each in found[:_DRIVERS]:
            if abs(correlation) > _noise(len(ranks)):
                yield SpreadDriver(each.line.address, each.line.label, correlation)


def _reason(written: WrittenOption) -> str:
    return REQUIREMENT if any(claim.claim.basis == "requirement" for claim in written.own.claims) else ""


def _noise(draws: int) -> float:
    """What a rank correlation of nothing with nothing comes to: two standard errors."""
    return 2 / math.sqrt(max(1, draws - 1))


def chance(count: int, draws: int) -> ChanceOfDraws:
    """A count of draws as a share of all, with its standard error."""
    share = count / draws
    return ChanceOfDraws(count, share, math.sqrt(share * (1 - share) / draws))


def _month(upto: Array, wanted: float) -> int | None:
    """The first month by which so many draws are paid back; None where they never are."""
    place = int(np.searchsorted(upto, wanted, side="left"))
    return place + 1 if place < len(upto) else None


def ranked(row: Array) -> Array:
    """The rank of each figure, alike for figures that are alike, less the mean rank."""
    _, places, counts = np.unique(row, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks: Array = (ends - (counts - 1) / 2)[places]
    return ranks - ranks.mean()


def rank_correlation(one: Array, other: Array) -> float:
    """Spearman's, of ranks less their mean; 0 where one of them never moves."""
    size = math.sqrt(float(one @ one) * float(other @ other))
    return float(one @ other) / size if size else 0.0


def _ranges(drawing: InputDraws) -> Iterator[RangeUsed]:
    for each in drawing.ranges:
        yield RangeUsed(
            input=each.line.address,
            label=each.line.label,
            unit=each.line.unit,
            shape=each.stated.shape,
            stated_as=each.stated.stated_as,
            central=each.central,
            low=min(each.stated.values) if each.stated.values else limit(each.least),
            high=max(each.stated.values) if each.stated.values else limit(each.most),
            whole_numbers=each.whole,
            source=each.stated.source,
            confidence=each.stated.confidence or "",
            note=each.stated.note,
        )


def _together(drawing: InputDraws, group: TogetherOf, drawn: Array) -> MovedTogether:
    ranks = [ranked(drawn[place]) for place in group.places]
    return MovedTogether(
        inputs=tuple(drawing.ranges[place].line.address for place in group.places),
        ranks=group.ranks,
        found=tuple(tuple(rank_correlation(one, other) for other in ranks) for one in ranks),
    )


def _without(appraisal: Appraisal, drawing: InputDraws) -> Iterator[str]:
    """The inputs that might have a range and have none."""
    model = appraisal.written.model
    ranged = {input_at(model, each.line.address) for each in drawing.ranges}
    yield from (line.address for line in model if may_be_scaled(line) and line not in ranged)


def _enough(options: Sequence[SimulatedOption], draws: int) -> EnoughDraws:
    errors = []
    for option in options:
        spread = option.measures.get(NET_PRESENT, option.measures[_OF_COST[0]])
        if spread.errors is None or spread.p10 is None or spread.p90 is None:
            continue
        between = spread.p90 - spread.p10
        if between > 0:
            errors.append(max(spread.errors.p10, spread.errors.p90) / between)
    if not errors:
        return EnoughDraws(False, None, ENOUGH, None)
    error = max(errors)
    needed = draws if error <= ENOUGH else math.ceil(draws * (error / ENOUGH) ** 2)
    return EnoughDraws(error <= ENOUGH, error, ENOUGH, needed)
