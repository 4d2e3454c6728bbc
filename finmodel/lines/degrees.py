"""With which power a line grows as some inputs are multiplied, seen from the rules alone and so for any figures.

Inputs are multiplied by a factor above zero. A line that comes to factorᵃ times what it is, whatever the inputs are,
has the power a. A sum of lines of one power has it, a product adds powers, the smaller of two of one power has it, and
a comparison of two of one power turns out the same. All else has none. Of two groups of inputs that are multiplied by
a factor each, a line has the degree (a, b) where it has the power a in the first and b in the second.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from enum import Enum
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from finmodel.lines.arithmetic import Compare, Conditional, Maximum, Minimum
from finmodel.lines.evaluate import behind
from finmodel.lines.expression import Add, Divide, Expression, Multiply, Subtract, Timeline, is_nil
from finmodel.lines.line import Line
from finmodel.lines.model import Model
from finmodel.lines.timing import (
    AtPeriod,
    AtYear,
    ByYear,
    Largest,
    Moved,
    PresentValue,
    Previous,
    RunningTotal,
    Shifted,
    Smallest,
    Total,
    TotalSize,
)


class _Nothing(Enum):
    """Zero is of every power."""

    ZERO = "zero"


ZERO = _Nothing.ZERO
Power: TypeAlias = "int | _Nothing | None"  # None: of no power


class Degree(NamedTuple):
    """The powers of the two factors."""

    first: int
    second: int


UNMOVED = Degree(0, 0)


class PowerOfLines:
    """The powers of a model's lines as a group of its inputs is multiplied.

    wanted: those of which they will be asked, with all that is behind them; every line where None.
    """

    def __init__(self, model: Model, inputs: Collection[Line], wanted: Collection[Line] | None = None) -> None:
        self._of: dict[Line, Power] = dict.fromkeys(inputs, 1)
        needed = behind(model, None if wanted is None else [line.address for line in wanted]).lines
        lines = [line for line in _moved(model, set(inputs)) if line in needed]
        self._of |= dict.fromkeys(lines, ZERO)
        settling = True
        while settling:  # lines may need each other's previous period, so what they are is found step by step
            settling = False
            for line in lines:
                if line.expression is not None and (found := self.of(line.expression)) != self._of[line]:
                    self._of[line], settling = found, True

    def of(self, expression: Expression) -> Power:
        """The power of a line or of a rule."""
        if type(expression) is Line:
            return self._of.get(expression, 0)
        if not expression.operands:
            return ZERO if is_nil(expression) else 0
        powers = [self.of(operand) for operand in expression.operands]
        return _rule_of(type(expression))(powers)


class DegreeOfLines:
    """The degrees of a model's lines as two groups of its inputs are multiplied; wanted: as of `PowerOfLines`."""

    def __init__(
        self, model: Model, first: Collection[Line], second: Collection[Line], wanted: Collection[Line] | None = None
    ) -> None:
        self.first, self.second = PowerOfLines(model, first, wanted), PowerOfLines(model, second, wanted)

    def of(self, expression: Expression) -> Degree | _Nothing | None:
        """The degree of a line or of a rule; None where it has no power in one of the two."""
        first, second = self.first.of(expression), self.second.of(expression)
        if first is ZERO or second is ZERO:
            return ZERO
        return None if first is None or second is None else Degree(first, second)

    def parts_of_total(self, expression: Expression) -> dict[Degree, list[tuple[int, Line]]] | None:
        """What moves in the total of a rule over its periods: lines by degree, each with 1 or −1, whose totals add up.

        None where it is no such sum: where something of no degree is in it that is more than a sum or a difference.
        """
        found: dict[Degree, list[tuple[int, Line]]] = {}
        return found if self._add_parts(expression, 1, found) else None

    def _add_parts(self, at: Expression, sign: int, found: dict[Degree, list[tuple[int, Line]]]) -> bool:
        degree = self.of(at)
        if degree is ZERO or degree == UNMOVED:
            return True
        if isinstance(at, Line) and isinstance(degree, Degree):
            found.setdefault(degree, []).append((sign, at))
            return at.timeline is not Timeline.ONCE
        if isinstance(at, Line):
            return at.expression is not None and self._add_parts(at.expression, sign, found)
        if isinstance(at, Add | Subtract):
            left, right = at.operands
            other = sign if isinstance(at, Add) else -sign
            return self._add_parts(left, sign, found) and self._add_parts(right, other, found)
        return isinstance(at, ByYear) and at.how == "sum" and self._add_parts(at.line, sign, found)


def _moved(model: Model, inputs: set[Line]) -> list[Line]:
    """The lines that the inputs reach, in the model's order."""
    reached, waiting = set(inputs), list(inputs)
    while waiting:
        for user in model.readers[waiting.pop()]:
            if user not in reached:
                reached.add(user)
                waiting.append(user)
    return [line for line in model if line in reached and line not in inputs]


def _common(powers: Sequence[Power]) -> Power:
    known = [power for power in powers if power is not ZERO]
    return ZERO if not known else known[0] if all(power == known[0] for power in known) else None


def _product(powers: Sequence[Power]) -> Power:
    if ZERO in powers:
        return ZERO
    known = [power for power in powers if isinstance(power, int)]
    return sum(known) if len(known) == len(powers) else None


def _quotient(powers: Sequence[Power]) -> Power:
    above, below = powers
    if not isinstance(below, int) or above is None:
        return None
    return above - below if isinstance(above, int) else ZERO


def _compared(powers: Sequence[Power]) -> Power:
    return None if _common(powers) is None else 0


def _chosen(powers: Sequence[Power]) -> Power:
    return _common(powers[1:]) if powers[0] == 0 else None


def _first(powers: Sequence[Power]) -> Power:
    return powers[0]


def _read_elsewhere(powers: Sequence[Power]) -> Power:
    return powers[0] if powers[1] == 0 else None


def _all_unmoved(powers: Sequence[Power]) -> Power:
    return 0 if all(power == 0 for power in powers) else None


_RULES: tuple[tuple[tuple[type[Expression], ...], Callable[[Sequence[Power]], Power]], ...] = (
    ((Add, Subtract, Minimum, Maximum, Previous), _common),
    ((Multiply, PresentValue), _product),
    ((Divide,), _quotient),
    ((Compare,), _compared),
    ((Conditional,), _chosen),
    ((RunningTotal, Total, Largest, Smallest, TotalSize, ByYear, AtYear), _first),
    ((Shifted, Moved, AtPeriod), _read_elsewhere),
)


@lru_cache(maxsize=100)  # asked of every part of every rule
def _rule_of(kind: type[Expression]) -> Callable[[Sequence[Power]], Power]:
    return next((rule for kinds, rule in _RULES if issubclass(kind, kinds)), _all_unmoved)
