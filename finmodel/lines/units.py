"""Units of lines, and the arithmetic that keeps pounds from being added to children."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TypeAlias

from msgspec import Struct

_Powers: TypeAlias = tuple[tuple[str, int], ...]
_ONE_NAME = {
    "children": "child",
    "people": "person",
    "years": "year",
    "months": "month",
    "weeks": "week",
    "hours": "hour",
    "points": "point",
    "posts": "post",
    "days": "day",
    "beds": "bed",
    "homes": "home",
    "women": "woman",
    "men": "man",
}
_WITHOUT_DIMENSION = {"share", "number", "factor", "flag", "rate", "ratio", ""}


def singular(name: str) -> str:
    """One of what a name in the plural is of: `family` of families, `sibling group` of sibling groups."""
    return " ".join(map(_one, name.split()))


def _one(word: str) -> str:
    if word in _ONE_NAME:
        return _ONE_NAME[word]
    if word.endswith("ies") and len(word) > len("ties"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2 else word


class Dimension(Struct, frozen=True):
    """What a unit is made of: base units and their powers, `£ per child per year` being £¹ child⁻¹ year⁻¹."""

    powers: _Powers = ()

    @classmethod
    def of(cls, unit: str) -> Dimension:
        """The dimension of a unit written in words: `£`, `children`, `£ per FTE per year`, `child years`, `per year`.

        `share`, `number`, `factor`, `rate`, `ratio` and `flag` have none.
        """
        return _in_words(unit)

    def __mul__(self, other: Dimension) -> Dimension:
        """The dimension of a product."""
        return _product(self.powers, other.powers)

    def __truediv__(self, other: Dimension) -> Dimension:
        """The dimension of a quotient."""
        return self * Dimension(tuple((name, -power) for name, power in other.powers))

    def __str__(self) -> str:
        """In words again: `£ per child per year`."""
        above = [f"{name}^{power}" if power > 1 else name for name, power in self.powers if power > 0]
        below = [f"per {name}" + (f"^{-power}" if power < -1 else "") for name, power in self.powers if power < 0]
        return " ".join(above + below) or "number"


@lru_cache(maxsize=4096)
def _in_words(unit: str) -> Dimension:
    """A few hundred units serve all lines of a model, so each is read once."""
    powers: Counter[str] = Counter()
    head, *tails = f" {unit.strip()}".split(" per ")
    for word in head.split():
        powers[singular(word)] += 0 if word in _WITHOUT_DIMENSION else 1
    for tail in tails:
        for word in tail.split():
            powers[singular(word)] -= 1
    return _of_powers(powers)


@lru_cache(maxsize=4096)
def _product(one: _Powers, other: _Powers) -> Dimension:
    powers = Counter(dict(one))
    for name, power in other:
        powers[name] += power
    return _of_powers(powers)


def _of_powers(powers: Counter[str]) -> Dimension:
    return Dimension(tuple(sorted((name, power) for name, power in powers.items() if power)))


NO_DIMENSION = Dimension()
