"""Units of lines, and the arithmetic that keeps pounds from being added to children."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a unit is made of: base units and their powers, `£ per child per year` being £¹ child⁻¹ year⁻¹."""

    powers: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, unit: str) -> Dimension:
        """The dimension of a unit written in words: `£`, `children`, `£ per FTE per year`, `child years`, `per year`.

        `share`, `number`, `factor`, `rate`, `ratio` and `flag` have none.
        """
        powers: Counter[str] = Counter()
        head, *tails = f" {unit.strip()}".split(" per ")
        for word in head.split():
            powers[singular(word)] += 0 if word in _WITHOUT_DIMENSION else 1
        for tail in tails:
            for word in tail.split():
                powers[singular(word)] -= 1
        return cls._from(powers)

    @classmethod
    def _from(cls, powers: Counter[str]) -> Dimension:
        return cls(tuple(sorted((name, power) for name, power in powers.items() if power)))

    def __mul__(self, other: Dimension) -> Dimension:
        """The dimension of a product."""
        powers = Counter(dict(self.powers))
        for name, power in other.powers:
            powers[name] += power
        return self._from(powers)

    def __truediv__(self, other: Dimension) -> Dimension:
        """The dimension of a quotient."""
        return self * Dimension(tuple((name, -power) for name, power in other.powers))

    def __str__(self) -> str:
        """In words again: `£ per child per year`."""
        above = [f"{name}^{power}" if power > 1 else name for name, power in self.powers if power > 0]
        below = [f"per {name}" + (f"^{-power}" if power < -1 else "") for name, power in self.powers if power < 0]
        return " ".join(above + below) or "number"


NO_DIMENSION = Dimension()
