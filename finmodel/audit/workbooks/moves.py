"""Where the rows and columns of a sheet have gone: two lists of what stands in each, laid side by side."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct, field

Key: TypeAlias = tuple[str, ...]
"""The texts that stand in a row or column, in order; empty where there is none."""


class AxisMoves(Struct, frozen=True, dict=True):
    """How the rows, or the columns, of a sheet have moved; all are counted from 1.

    `kept` pairs an old place with its new one, in order. After the last old place everything moves with it.
    """

    kept: tuple[tuple[int, int], ...] = ()
    old_count: int = 0
    new_count: int = 0
    shifted: tuple[tuple[int, int], ...] = field(default=())  # what stands somewhere else among its neighbours

    @classmethod
    def still(cls, count: int) -> AxisMoves:
        """Nothing has moved."""
        return cls(tuple((place, place) for place in range(1, count + 1)), count, count)

    @cached_property
    def forward(self) -> dict[int, int]:
        """The new place by the old one."""
        return dict(self.kept) | dict(self.shifted)

    @cached_property
    def back(self) -> dict[int, int]:
        """The old place by the new one."""
        return {new: old for old, new in self.forward.items()}

    @property
    def inserted(self) -> list[int]:
        """New places that have no old one."""
        return [place for place in range(1, self.new_count + 1) if place not in self.back]

    @property
    def deleted(self) -> list[int]:
        """Old places that have no new one."""
        return [place for place in range(1, self.old_count + 1) if place not in self.forward]

    @cached_property
    def is_still(self) -> bool:
        """Whether everything is where it was."""
        return all(old == new for old, new in self.forward.items()) and self.old_count == len(self.forward)

    def turned(self) -> AxisMoves:
        """The way back."""
        back = [(new, old) for old, new in self.kept]
        return AxisMoves(tuple(back), self.new_count, self.old_count, tuple((new, old) for old, new in self.shifted))

    def span(self, first: int, last: int) -> tuple[int, int] | None:
        """Where a span of places is now, shrunk where an end is gone; None when all of it is."""
        begin = next((self.at(place) for place in range(first, last + 1) if self.at(place)), None)
        end = next((self.at(place) for place in range(last, first - 1, -1) if self.at(place)), None)
        return (begin, end) if begin and end else None

    def at(self, place: int) -> int | None:
        """Where a place is now; None when it is gone."""
        if place > self.old_count:
            return place + self.new_count - self.old_count
        return self.forward.get(place)


class Moves(Struct, frozen=True):
    """How a sheet has moved: what it is called now (None when it is gone), its rows and its columns."""

    name: str | None
    rows: AxisMoves
    columns: AxisMoves

    def turned(self, name: str) -> Moves:
        """The way back, to a sheet that was called so."""
        return Moves(name, self.rows.turned(), self.columns.turned())


def line_up(old: Sequence[Key], new: Sequence[Key], weaker: Sequence[Callable[[Key], Hashable]]) -> AxisMoves:
    """Pair the places of two lists.

    Equal texts are paired first; what lies between is paired by weaker and weaker signs, then, where as many old as new
    places are left over, in order. What is left on one side has been inserted or deleted.
    """
    if list(old) == list(new):
        return AxisMoves.still(len(old))
    pairs = _pairs(list(old), list(new), [_whole, *weaker], 0, 0)
    kept = tuple((a + 1, b + 1) for a, b in pairs)
    shifted = _shifted(old, new, {a for a, _ in pairs}, {b for _, b in pairs})
    return AxisMoves(kept, len(old), len(new), shifted)


def _whole(key: Key) -> Key:
    return key


def _pairs(
    old: list[Key], new: list[Key], signs: Sequence[Callable[[Key], Hashable]], at_old: int, at_new: int
) -> list[tuple[int, int]]:
    if not old or not new:
        return []
    if not signs:
        if len(old) == len(new):
            return [(at_old + place, at_new + place) for place in range(len(old))]
        return []
    sign, *weaker = signs
    matcher = SequenceMatcher(None, [sign(key) for key in old], [sign(key) for key in new], autojunk=False)
    found: list[tuple[int, int]] = []
    for tag, a, a_end, b, b_end in matcher.get_opcodes():
        if tag == "equal":
            found += [(at_old + a + place, at_new + b + place) for place in range(a_end - a)]
        else:
            found += _pairs(old[a:a_end], new[b:b_end], weaker, at_old + a, at_new + b)
    return found


def _shifted(
    old: Sequence[Key], new: Sequence[Key], taken_old: set[int], taken_new: set[int]
) -> tuple[tuple[int, int], ...]:
    """What was taken out in one place and put in at another: texts that are there once before and once after."""
    gone = {key: place for place, key in enumerate(old) if place not in taken_old and key}
    come = {key: place for place, key in enumerate(new) if place not in taken_new and key}
    return tuple((gone[key] + 1, come[key] + 1) for key in gone if key in come)
