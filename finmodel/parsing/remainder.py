"""Data without the parts that have problems, so that the rest can be checked too and the user hears of all at once.

Places stay those of the whole: positions in the lists that remain are translated back.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from finmodel.parsing.places import Address


class Rest(Struct):
    """Data without what was put aside, and the way back to where the rest was."""

    aside: set[Address]
    positions: dict[Address, list[int]] = field(default_factory=dict)  # of lists in the rest: old positions

    def of(self, data: Any, old: Address, new: Address) -> Any:
        """The data at an address, `old` in the whole and `new` in the rest, without what was put aside."""
        if isinstance(data, dict):
            return {
                name: self.of(value, (*old, name), (*new, name))
                for name, value in data.items()
                if (*old, name) not in self.aside
            }
        if not isinstance(data, list):
            return data
        kept = [place for place in range(len(data)) if (*old, place) not in self.aside]
        self.positions[new] = kept
        return [self.of(data[place], (*old, place), (*new, number)) for number, place in enumerate(kept)]

    def original(self, address: Address) -> Address:
        """Where in the whole data an address in the rest was."""
        steps: list[str | int] = []
        for depth, step in enumerate(address):
            kept = self.positions.get(address[:depth])
            steps.append(kept[step] if kept is not None and isinstance(step, int) else step)
        return tuple(steps)
