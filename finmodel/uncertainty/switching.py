"""Switching values: the figure of an input at which the answer turns, everything else as stated.

HM Treasury's Green Book asks for the switching value of an input: the value that it would have to take for a proposal
to turn from good value to bad. Three turns are looked for: the net present budget impact crosses zero; the money spent
is recovered within the years shown, or no longer is; another option has the highest net present budget impact. Every
turn between two neighbouring figures of a scan is solved by the secant rule, kept inside its bracket, all of them
together in one run of the model a step; and what is found is proved by the measure there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Literal

import numpy as np
from msgspec import Struct

from finmodel.appraisal.appraise import WrittenModel
from finmodel.uncertainty.answers import OptionLines, ends_of
from finmodel.uncertainty.sweep import MovedRange, Numbers
from finmodel.uncertainty.trials import MovedInput, OneByOne, Trials, work_out

Turn = Literal["payback", "impact", "ranking"]
_OF_AN_OPTION: tuple[Turn, Turn] = ("payback", "impact")
PENNY = 0.005  # £: a measure as near to zero as this is zero
_EXACT = 1e-9  # of the range of an input, to which a turn is narrowed
_SECANTS, _PARTS, _MOST_STEPS = 6, 64, 14
_FIGURES, _TURNS = 16_384, 256  # figures tried, and turns narrowed, in one run of the model: all would fill the memory
_NO_DIFFERENCE = 0.5  # £ between the highest and the lowest of a sweep


class Switch(Struct, frozen=True):
    """Where an answer turns as an input moves.

    option: whose, or of the ranking the option that is first as stated; figures: of the input, in order, none where the
    answer does not turn; after: with the figure a step further up, whether the measure is above zero (of the ranking,
    whether the option is still the first); reached: the measure at each figure; step: whether the measure jumps there.
    """

    range: MovedRange
    turn: Turn
    option: str
    now: float
    figures: tuple[float, ...]
    after: tuple[bool, ...]
    reached: tuple[float, ...]
    step: tuple[bool, ...]

    @property
    def nearest(self) -> float | None:
        """The turn that is nearest to what is stated."""
        stated = self.range.stated
        return min(self.figures, key=lambda figure: abs(figure - stated), default=None)


class _Turning(Struct):
    """Two figures of an input between which a measure of an option changes its sign."""

    range: MovedRange
    turn: Turn
    option: int
    low: float
    high: float
    below: float
    above: float
    steps: int = 0

    def next(self) -> list[float]:
        """Figures to try: the secant's, beside the middle; after some steps many that divide the bracket."""
        if self.steps >= _SECANTS:
            return [float(each) for each in np.linspace(self.low, self.high, _PARTS + 1)[1:-1]]
        middle = (self.low + self.high) / 2
        if not np.isfinite(self.above - self.below) or self.above == self.below:
            return [middle]
        figure = self.low - self.below * (self.high - self.low) / (self.above - self.below)
        return sorted({figure, middle}) if self.low < figure < self.high else [middle]

    def take(self, figures: Sequence[float], values: Sequence[float]) -> None:
        """Narrow the bracket by the measure at figures within it."""
        self.steps += 1
        for figure, value in zip(figures, values, strict=True):
            if (value > 0) == (self.above > 0):
                self.high, self.above = figure, value
                return
            self.low, self.below = figure, value

    @property
    def settled(self) -> bool:
        """Whether it is as narrow as it need be."""
        if min(abs(self.below), abs(self.above)) <= PENNY / 1000 or self.range.whole:
            return True
        scale = max(abs(self.range.points[0]), abs(self.range.points[-1]))
        return self.high - self.low <= _EXACT * scale or self.steps >= _MOST_STEPS

    @property
    def found(self) -> tuple[float, float, bool]:
        """The figure at which it turns, the measure there, and whether it jumps over zero."""
        if self.range.whole and self.low < self.high:  # the first month on the far side
            return self.high, self.above, min(abs(self.below), abs(self.above)) > PENNY
        at, value = min(((self.low, self.below), (self.high, self.above)), key=lambda each: abs(each[1]))
        return at, value, abs(value) > PENNY


class _Measures:
    """What is followed as an input moves: by option the end position and the impact, and the lead of the first."""

    def __init__(self, written: WrittenModel, options: Sequence[OptionLines], alone: OneByOne) -> None:
        self.options, self.alone = options, alone
        trials = work_out(written.model, [{}], ends_of(options))
        self.first = int(np.argmax([option.impacts(trials)[0] for option in options]))  # of the net present impacts
        turns: list[tuple[Turn, int]] = [(turn, place) for place in range(len(options)) for turn in _OF_AN_OPTION]
        if len(options) > 1:
            turns.append(("ranking", self.first))
        self.rows = {each: row for row, each in enumerate(turns)}
        self.stated = self.of(trials)[:, 0]

    def run(self, moved: Iterable[MovedInput]) -> Numbers:
        """Every measure as inputs move one at a time, (rows, trials)."""
        parts = [(places, self.of(trials)) for places, trials in self.alone.work_out(moved)]
        found = np.concatenate([values for _, values in parts], axis=1)
        return found[:, np.argsort(np.concatenate([places for places, _ in parts]))]

    def of(self, trials: Trials) -> Numbers:
        """Every measure, (rows, trials); zero is zero."""
        found = [row for option in self.options for row in (option.nets(trials), option.impacts(trials))]
        if len(self.options) > 1:
            impacts = np.array(found[1::2])
            others = np.delete(impacts, self.first, axis=0)
            found.append(impacts[self.first] - np.max(others, axis=0))
        return np.array(found)


def switching_values(
    written: WrittenModel, options: Sequence[OptionLines], ranges: Sequence[MovedRange], alone: OneByOne
) -> tuple[Switch, ...]:
    """For each input, and each answer that it can move at all, where that turns, or that it does not.

    alone: made for these inputs, and for the ends of these options.
    """
    if not options:
        return ()
    measures = _Measures(written, options, alone)
    moved: list[tuple[MovedRange, Turn, int]] = []
    brackets: list[_Turning] = []
    for each, swept in _sweeps(measures, ranges):
        known = np.isfinite(swept)
        moves = (
            np.where(known, swept, -np.inf).max(axis=1) - np.where(known, swept, np.inf).min(axis=1) > _NO_DIFFERENCE
        )
        for (turn, option), row in measures.rows.items():
            if moves[row]:
                here = known[row]
                moved.append((each, turn, option))
                brackets += _brackets(each, turn, option, each.points[here], swept[row, here])
    for at in range(0, len(brackets), _TURNS):
        _narrow(measures, brackets[at : at + _TURNS])
    of = {key: list(own) for key, own in groupby(brackets, key=_whose)}  # they follow each other
    return tuple(_switch(measures, each, turn, option, of) for each, turn, option in moved)


def _sweeps(measures: _Measures, ranges: Sequence[MovedRange]) -> Iterator[tuple[MovedRange, Numbers]]:
    """Every input with the measures over its figures, (rows, figures), some inputs at a time."""
    ends = np.cumsum([len(each.points) for each in ranges], dtype=np.int64) // _FIGURES
    for _, same in groupby(zip(ranges, ends, strict=True), key=lambda pair: int(pair[1])):
        some = [each for each, _ in same]
        found, at = measures.run(each.at(each.points) for each in some), 0
        for each in some:
            yield each, found[:, at : at + len(each.points)]
            at += len(each.points)


def _whose(bracket: _Turning) -> tuple[int, Turn, int]:
    return id(bracket.range), bracket.turn, bracket.option


def _brackets(range_: MovedRange, turn: Turn, option: int, points: Numbers, values: Numbers) -> Iterator[_Turning]:
    """Neighbouring figures of a sweep with measures on either side of zero; what is zero belongs to none."""
    settled = np.where(np.abs(values) <= PENNY, 0.0, values)
    places = np.flatnonzero(settled)
    above_zero = settled[places] > 0
    for at in np.flatnonzero(above_zero[1:] != above_zero[:-1]):
        low, high = places[at], places[at + 1]
        if high - low > 1:  # it is zero in between: there it turns
            zero = float(points[low + 1])
            yield _Turning(range_, turn, option, zero, zero, 0.0, float(values[high]))
        else:
            below, above = float(values[low]), float(values[high])
            yield _Turning(range_, turn, option, float(points[low]), float(points[high]), below, above)


def _narrow(measures: _Measures, brackets: Sequence[_Turning]) -> None:
    """Bring every bracket to the figure at which its measure turns, a run of the model a step."""
    while waiting := [each for each in brackets if not each.settled]:
        tried = [each.next() for each in waiting]
        moved = (each.range.at(np.array(figures)) for each, figures in zip(waiting, tried, strict=True))
        found, at = measures.run(moved), 0
        for each, figures in zip(waiting, tried, strict=True):
            each.take(figures, found[measures.rows[each.turn, each.option], at : at + len(figures)].tolist())
            at += len(figures)


def _switch(
    measures: _Measures,
    range_: MovedRange,
    turn: Turn,
    option: int,
    brackets: Mapping[tuple[int, Turn, int], Sequence[_Turning]],
) -> Switch:
    own = brackets.get((id(range_), turn, option), ())
    found = [each.found for each in own]
    return Switch(
        range_,
        turn,
        measures.options[option].id,
        float(measures.stated[measures.rows[turn, option]]),
        tuple(at for at, _, _ in found),
        tuple(each.above > 0 for each in own),
        tuple(value for _, value, _ in found),
        tuple(step for _, _, step in found),
    )
