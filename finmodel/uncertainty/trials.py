"""Many changes of a model's inputs, worked out together through the rules that give the single figures.

A trial is one draw of `finmodel.lines.evaluate`. Trials go in blocks of a fixed size, so that memory stays small. A
block with a trial that the model refuses (a look-up of a place that its table lacks) is halved until that trial stands
alone: it has no figures, and says why, and the others keep theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from finmodel.lines.evaluate import Evaluator, Results
from finmodel.lines.evaluate_draws import Places, alike_periods, rows_of
from finmodel.lines.expression import Array, LineError, Timeline
from finmodel.lines.line import Line
from finmodel.lines.model import Model

BLOCK = 512  # trials worked out at once
TRIALS_BY_MONTHS = 61_440  # months of trials worked out at once, where the years shown are many

Change = Mapping[str, Array]  # by the address of an input, its values in one trial: (1 or periods,)


class Trials(Struct, frozen=True):
    """What some trials gave. values: by the address of a line that was asked for, (periods, trials), NaN where a line
    has no figure; refused: by trial, why the model has no answer to it at all, "" where it has one."""

    values: Mapping[str, Array]
    refused: tuple[str, ...]

    def figure(self, line: Line | str, trial: int, period: int = 0) -> float | None:
        """One figure; None where there is none."""
        found = float(self.values[line if isinstance(line, str) else line.address][period, trial])
        return None if np.isnan(found) else found


def input_of(model: Model, address: str) -> Line:
    """The input in which the figure at an address is typed: itself, or the one that it repeats.

    KeyError where the model has no such line, LineError where it is worked out.
    """
    line = model[address]
    if line.stated_in is None:
        raise LineError(f"{address} is not an input of the model")
    return line.stated_in


class MovedInput(Struct, frozen=True):
    """An input with other values, (periods, trials), alike in the periods in which they are alike as stated."""

    line: Line
    values: Array


class _Moves(Struct, frozen=True):
    """An input that changes move: which of its periods are alike in all of them, and those that are not, as stated."""

    places: Places
    stated: Array  # (rows,)
    by_trial: Mapping[int, Array]  # (rows,)


def _moves(model: Model, changes: Sequence[Change]) -> dict[str, _Moves]:
    """Every input that a change moves, by address; where a line repeats an input, the input moves."""
    moved: dict[str, dict[int, Array]] = {}
    for trial, change in enumerate(changes):
        for address, values in change.items():
            moved.setdefault(input_of(model, address).address, {})[trial] = values
    found = {}
    for address, by_trial in moved.items():
        stated = np.broadcast_to(model[address].value(), (model.periods(model[address].timeline), 1))
        columns = [stated[:, 0], *(np.broadcast_to(values, len(stated)) for values in by_trial.values())]
        places = alike_periods(np.stack(columns, axis=1))
        rows = [rows_of(column, places) for column in columns]
        found[address] = _Moves(places, rows[0], dict(zip(by_trial, rows[1:], strict=True)))
    return found


def work_out(model: Model, changes: Sequence[Change], keep: Collection[str], block: int | None = None) -> Trials:
    """Work out the lines at the addresses of `keep` for each change of the inputs, which keep what else they have.

    block: how many at once, by default as many as leave memory small. Each block works out only what its own changes
    reach, so that inputs of many posts, moved one after the other, do not each cost as much as the whole case.
    """
    block = block or _block_of(model)
    if len(changes) > block:
        parts = [work_out(model, changes[at : at + block], keep, block) for at in range(0, len(changes), block)]
        joined = {address: np.concatenate([part.values[address] for part in parts], 1) for address in parts[0].values}
        return Trials(joined, tuple(why for part in parts for why in part.refused))
    moves = _moves(model, changes)
    evaluator = Evaluator(model, {address: each.places for address, each in moves.items()}, keep)
    rows = {address: np.repeat(each.stated[:, None], len(changes), axis=1) for address, each in moves.items()}
    for address, each in moves.items():
        for trial, values in each.by_trial.items():
            rows[address][:, trial] = values
    return work_out_rows(evaluator, rows, len(changes), block)


class OneByOne:
    """A model whose inputs are moved one at a time, everything else as stated.

    lines: those that may be moved; keep: the addresses wanted. What leads from them all to what is wanted is written
    down once, and a block works out only what its own inputs reach.
    """

    def __init__(self, model: Model, lines: Iterable[Line], keep: Collection[str]) -> None:
        stated = [input_of(model, line.address) for line in lines]
        self._model = model
        self._evaluator = Evaluator(model, {line.address: alike_periods(line.value()) for line in stated}, keep)

    def work_out(self, moved: Iterable[MovedInput]) -> Iterator[tuple[NDArray[np.int64], Trials]]:
        """What is wanted at each value of each input, block by block: which of the trials, and what they gave."""
        for places, some in _in_blocks(moved, _block_of(self._model)):
            yield np.concatenate(places), self._block(some)

    def _block(self, moved: Sequence[MovedInput]) -> Trials:
        trials = sum(each.values.shape[1] for each in moved)
        lines = [input_of(self._model, each.line.address) for each in moved]
        places = self._evaluator.moved
        rows = {line.address: rows_of(line.value(), places[line.address]).repeat(trials, axis=1) for line in lines}
        at = 0
        for line, each in zip(lines, moved, strict=True):
            beyond = at + each.values.shape[1]
            rows[line.address][:, at:beyond] = rows_of(each.values, places[line.address])
            at = beyond
        runs = -(-trials // _block_of(self._model))
        return work_out_rows(self._evaluator, rows, trials, -(-trials // runs))  # alike, so none of one alone


def _in_blocks(moved: Iterable[MovedInput], block: int) -> Iterator[tuple[list[NDArray[np.int64]], list[MovedInput]]]:
    """Moved inputs in blocks of so many trials, those of an input in two where a block is full.

    An input that more than fills a block goes alone: its trials would work out what any other with it moves.
    """
    places: list[NDArray[np.int64]] = []
    some: list[MovedInput] = []
    room, first = block, 0
    for each in moved:
        values, beyond = each.values, first + each.values.shape[1]
        if values.shape[1] > block:
            yield [np.arange(first, beyond)], [each]
            first = beyond
        while first < beyond:
            taken, values = values[:, :room], values[:, room:]
            some.append(MovedInput(each.line, taken))
            places.append(np.arange(first, first + taken.shape[1]))
            first, room = first + taken.shape[1], room - taken.shape[1]
            if not room:
                yield places, some
                places, some, room = [], [], block
    if some:
        yield places, some


def _block_of(model: Model) -> int:
    """How many trials are worked out at once: as many as leave memory small."""
    return min(BLOCK, TRIALS_BY_MONTHS // model.periods(Timeline.MONTHS))


def work_out_rows(evaluator: Evaluator, rows: Mapping[str, Array], trials: int, block: int = BLOCK) -> Trials:
    """The same with the moved inputs as rows already, (rows, trials) by address, of an evaluator made for them."""
    parts = [_block(evaluator, _some(rows, at, at + block), min(block, trials - at)) for at in range(0, trials, block)]
    return _together(evaluator, parts)


def _together(evaluator: Evaluator, parts: Sequence[Trials]) -> Trials:
    """Trials one after the other; of no trial, no figure in each period."""
    if len(parts) == 1:
        return parts[0]
    values = {
        address: np.concatenate([_nothing(evaluator, address, 0), *(part.values[address] for part in parts)], 1)
        for address in evaluator.keep
    }
    return Trials(values, tuple(why for part in parts for why in part.refused))


def _nothing(evaluator: Evaluator, address: str, trials: int) -> Array:
    model = evaluator.model
    return np.full((model.periods(model[address].timeline), trials), np.nan)


def _some(rows: Mapping[str, Array], first: int, beyond: int) -> dict[str, Array]:
    """The same inputs for some of the trials."""
    return {address: array[:, first:beyond] for address, array in rows.items()}


def _block(evaluator: Evaluator, rows: Mapping[str, Array], trials: int) -> Trials:
    try:
        return _as_trials(evaluator.results(rows), evaluator.keep, trials)
    except LineError as error:
        if trials == 1:
            return Trials({address: _nothing(evaluator, address, 1) for address in evaluator.keep}, (str(error),))
    half = trials // 2
    parts = [
        _block(evaluator, _some(rows, first, beyond), beyond - first) for first, beyond in ((0, half), (half, trials))
    ]
    return _together(evaluator, parts)


def _as_trials(results: Results, keep: Collection[str], trials: int) -> Trials:
    """A line that none of the changed inputs reaches has one draw, and is the same in every trial."""
    values = {address: np.broadcast_to(results[address], (results[address].shape[0], trials)) for address in keep}
    return Trials(values, ("",) * trials)
