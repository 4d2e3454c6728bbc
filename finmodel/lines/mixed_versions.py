"""A model worked out with some inputs of one version and the rest of another, many mixtures at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from finmodel.lines.evaluate import evaluate
from finmodel.lines.expression import LineError
from finmodel.lines.model import Model

Moved = Mapping[str, Mapping[int, float]]  # by address of an input and period: its value in the other version
AT_ONCE = 1024  # mixtures worked out together


def moved_inputs(old: Model, new: Model) -> Moved:
    """The values in which the inputs of two models with the same rules differ: those of the new one."""
    moved: dict[str, dict[int, float]] = {}
    for line in old:
        if line.values is None:
            continue
        other = new[line.address].values
        assert other is not None
        places = np.flatnonzero(line.values[:, 0] != other[:, 0])
        if places.size:
            moved[line.address] = {int(place): float(other[place, 0]) for place in places}
    return moved


def mixed(
    model: Model, changes: Sequence[Moved], chosen: Sequence[frozenset[int]], wanted: Sequence[str]
) -> list[dict[str, float | None]]:
    """The wanted single figures for each set of changes that are made; None where a figure has no number.

    model: before any change. changes: what each moves; no two move the same value. chosen: the numbers of the changes
    that are made, one set a mixture. A mixture in which a rule cannot be worked out has no number.
    """
    found: list[dict[str, float | None]] = []
    for first in range(0, len(chosen), AT_ONCE):
        found += _tried(model, changes, chosen[first : first + AT_ONCE], wanted)
    return found


def _tried(
    model: Model, changes: Sequence[Moved], chosen: Sequence[frozenset[int]], wanted: Sequence[str]
) -> list[dict[str, float | None]]:
    try:
        return list(_mixed(model, changes, chosen, wanted))
    except LineError:
        if len(chosen) == 1:
            return [dict.fromkeys(wanted)]
        half = len(chosen) // 2
        return [each for part in (chosen[:half], chosen[half:]) for each in _tried(model, changes, part, wanted)]


def _mixed(
    model: Model, changes: Sequence[Moved], chosen: Sequence[frozenset[int]], wanted: Sequence[str]
) -> Iterator[dict[str, float | None]]:
    replaced: dict[str, np.ndarray] = {}
    for number, moved in enumerate(changes):
        made = np.array([number in each for each in chosen])
        for address, values in moved.items():
            if address not in replaced:
                replaced[address] = np.repeat(model[address].value(), len(chosen), axis=1)
            for period, value in values.items():
                replaced[address][period, made] = value
    results = evaluate(model, replaced, keep=wanted)
    for draw in range(len(chosen)):
        yield {address: results.figure(address, 0, draw % results[address].shape[1]) for address in wanted}
