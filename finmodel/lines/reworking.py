"""A model worked out again with some inputs changed: only what those inputs reach, the rest as it is stated.

Where hundreds of inputs are moved one by one, each reaches its own post and the totals above it. To work every line
out for each of them grows with the square of the posts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

import numpy as np

from finmodel.lines.evaluate import Results, evaluate, last_readers, needed_groups, work_out_group
from finmodel.lines.expression import Array
from finmodel.lines.model import Group, Model


class Reworking:
    """The wanted lines of a model under changes of its inputs: the same figures as `evaluate` gives for each change.

    keep: the addresses of the wanted lines. The stated figures of all lines behind them are worked out once, and held.
    """

    def __init__(self, model: Model, keep: Collection[str]) -> None:
        self.model = model
        self.keep = frozenset(keep)

    def evaluate(self, replaced: Mapping[str, Array]) -> Results:
        """The wanted lines with other values for inputs, by address, as `evaluate` takes them; LineError as there."""
        given = {address: array for address, array in replaced.items() if self.model[address] in self._behind}
        groups = self._reached(given)
        values = _OverStated(self._stated)
        leaving = last_readers(self.model, groups, self.keep)
        with np.errstate(divide="ignore", invalid="ignore"):
            for group in groups:
                work_out_group(self.model, group, values, given)
                for address in leaving.get(group, ()):
                    values.pop(address, None)
        return Results(self.model, {address: values[address] for address in self.keep})

    @cached_property
    def _groups(self) -> tuple[Group, ...]:
        return needed_groups(self.model, self.keep)

    @cached_property
    def _behind(self) -> frozenset[object]:
        return frozenset(line for group in self._groups for line in group.lines)

    @cached_property
    def _stated(self) -> Mapping[str, Array]:
        every_line = [line.address for group in self._groups for line in group.lines]
        return evaluate(self.model, keep=every_line).values

    def _reached(self, changed: Iterable[str]) -> tuple[Group, ...]:
        """The groups that changed inputs reach, of those behind the wanted lines, in the order of the model's."""
        places, groups = self.model.places, self.model.groups
        found = {places[self.model[address]] for address in changed}
        waiting = list(found)
        while waiting:
            for line in groups[waiting.pop()].lines:
                for reader in self.model.readers[line]:
                    place = places[reader]
                    if place not in found and reader in self._behind:
                        found.add(place)
                        waiting.append(place)
        return tuple(groups[place] for place in sorted(found))


class _OverStated(dict[str, Array]):
    """Values worked out again, by address; of any other line the stated ones."""

    def __init__(self, stated: Mapping[str, Array]) -> None:
        super().__init__()
        self.stated = stated

    def __missing__(self, address: str) -> Array:
        return self.stated[address]
