"""Many changes of a model's inputs, worked out together through the rules that give the single figures.

A trial is one draw of `finmodel.lines.evaluate`. Trials go in blocks of a fixed size, so that memory stays small. A
block with a trial that the model refuses (a look-up of a place that its table lacks) is halved until that trial stands
alone: it has no figures, and says why, and the others keep theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from finmodel.lines.evaluate import Results, evaluate
from finmodel.lines.expression import Array, LineError, Timeline
from finmodel.lines.line import Line
from finmodel.lines.model import Model
from finmodel.lines.reworking import Reworking

BLOCK = 512  # trials worked out at once
TRIALS_BY_MONTHS = 61_440  # months of trials worked out at once, where the years shown are many

Evaluator = Callable[[Mapping[str, Array]], Results]  # from inputs replaced to the wanted lines

Change = Mapping[str, Array]  # by the address of an input, its values in one trial: (1 or periods,)


@dataclass(frozen=True, slots=True)
class Trials:
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


def side_by_side(model: Model, changes: Sequence[Change]) -> dict[str, Array]:
    """Changes as the arrays that `evaluate` takes, a draw each: (periods, trials) by address.

    An input that a change leaves alone keeps what it has there. Where a line repeats an input, the input moves.
    """
    arrays: dict[str, Array] = {}
    for trial, change in enumerate(changes):
        for address, values in change.items():
            line = input_of(model, address)
            if line.address not in arrays:
                whole = np.broadcast_to(line.value(), (model.periods(line.timeline), 1))
                arrays[line.address] = np.repeat(whole, len(changes), axis=1)
            arrays[line.address][:, trial] = values
    return arrays


def work_out(
    model: Model,
    changes: Sequence[Change],
    keep: Collection[str],
    block: int | None = None,
    reworking: Reworking | None = None,
) -> Trials:
    """Work out the lines at the addresses of `keep` for each change of the inputs.

    block: how many at once, by default as many as leave memory small. reworking: of the same lines, where they are
    worked out for other changes too.
    """
    parts = []
    block = block or min(BLOCK, TRIALS_BY_MONTHS // model.periods(Timeline.MONTHS))
    if reworking is None and len(changes) > block:
        reworking = Reworking(model, keep)
    worked: Evaluator = partial(evaluate, model, keep=keep) if reworking is None else reworking.evaluate
    for at in range(0, len(changes), block):
        some = changes[at : at + block]
        parts.append(_block(model, side_by_side(model, some), keep, len(some), worked))
    return _together(model, parts, keep)


def work_out_arrays(
    model: Model, replaced: Mapping[str, Array], trials: int, keep: Collection[str], block: int = BLOCK
) -> Trials:
    """The same with the inputs as arrays already, (1 or periods, trials) by the address of an input."""
    worked: Evaluator = partial(evaluate, model, keep=keep)
    parts = [
        _block(model, _some(replaced, at, at + block), keep, min(block, trials - at), worked)
        for at in range(0, trials, block)
    ]
    return _together(model, parts, keep)


def _together(model: Model, parts: Sequence[Trials], keep: Collection[str]) -> Trials:
    """Trials one after the other; of no trial, no figure in each period."""
    nothing = {address: np.empty((model.periods(model[address].timeline), 0)) for address in keep}
    values = {
        address: np.concatenate([nothing[address], *(part.values[address] for part in parts)], 1) for address in keep
    }
    return Trials(values, tuple(why for part in parts for why in part.refused))


def _some(replaced: Mapping[str, Array], first: int, beyond: int) -> dict[str, Array]:
    """The same inputs for some of the trials."""
    return {address: array[:, first:beyond] for address, array in replaced.items()}


def _block(
    model: Model, replaced: Mapping[str, Array], keep: Collection[str], trials: int, worked: Evaluator
) -> Trials:
    try:
        return _as_trials(worked(replaced), keep, trials)
    except LineError as error:
        if trials == 1:
            nothing = {address: np.full((model.periods(model[address].timeline), 1), np.nan) for address in keep}
            return Trials(nothing, (str(error),))
    half = trials // 2
    parts = [
        _block(model, _some(replaced, first, beyond), keep, beyond - first, worked)
        for first, beyond in ((0, half), (half, trials))
    ]
    return _together(model, parts, keep)


def _as_trials(results: Results, keep: Collection[str], trials: int) -> Trials:
    """A line that none of the changed inputs reaches has one draw, and is the same in every trial."""
    values = {address: np.broadcast_to(results[address], (results[address].shape[0], trials)) for address in keep}
    return Trials(values, ("",) * trials)
