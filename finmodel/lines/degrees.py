"""With which power a line grows as some inputs are multiplied, seen from the rules alone and so for any figures.

Two groups of inputs are each multiplied by a factor above zero. A line that comes to factor₁ᵃ × factor₂ᵇ times what
it is, whatever the inputs are, has the degree (a, b). A sum of lines of one degree has it, a product adds degrees, the
smaller of two of one degree has it, and a comparison of two of one degree turns out the same. All else has none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from enum import Enum
from functools import cache
from typing import NamedTuple, TypeAlias

from finmodel.lines.arithmetic import Compare, Conditional, Maximum, Minimum
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


class Degree(NamedTuple):
    """The powers of the two factors."""

    first: int
    second: int


class _Nothing(Enum):
    """Zero is of every degree."""

    ZERO = "zero"


ZERO, UNMOVED = _Nothing.ZERO, Degree(0, 0)
AnyDegree: TypeAlias = "Degree | _Nothing | None"  # None: of no degree


class DegreeOfLines:
    """The degrees of a model's lines as two groups of its inputs are multiplied."""

    def __init__(self, model: Model, first: Collection[Line], second: Collection[Line]) -> None:
        self._of: dict[Line, AnyDegree] = {line: Degree(1, 0) for line in first}
        self._of |= {line: Degree(0, 1) for line in second}
        lines = _moved(model, set(self._of))
        self._of |= dict.fromkeys(lines, ZERO)
        settling = True
        while settling:  # lines may need each other's previous period, so what they are is found step by step
            settling = False
            for line in lines:
                if line.expression is not None and (found := self.of(line.expression)) != self._of[line]:
                    self._of[line], settling = found, True

    def of(self, expression: Expression) -> AnyDegree:
        """The degree of a line or of a rule."""
        if isinstance(expression, Line):
            return self._of.get(expression, UNMOVED)
        if not expression.operands:
            return ZERO if is_nil(expression) else UNMOVED
        degrees = [self.of(operand) for operand in expression.operands]
        return _rule_of(type(expression))(degrees)

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


@cache
def _rule_of(kind: type[Expression]) -> Callable[[Sequence[AnyDegree]], AnyDegree]:
    return next((rule for kinds, rule in _RULES if issubclass(kind, kinds)), _all_unmoved)


def _moved(model: Model, inputs: set[Line]) -> list[Line]:
    """The lines that the inputs reach, in the model's order."""
    reached, waiting = set(inputs), list(inputs)
    while waiting:
        for user in model.readers[waiting.pop()]:
            if user not in reached:
                reached.add(user)
                waiting.append(user)
    return [line for line in model if line in reached and line not in inputs]


def _common(degrees: Sequence[AnyDegree]) -> AnyDegree:
    known = [degree for degree in degrees if degree is not ZERO]
    return ZERO if not known else known[0] if all(degree == known[0] for degree in known) else None


def _product(degrees: Sequence[AnyDegree]) -> AnyDegree:
    if ZERO in degrees:
        return ZERO
    known = [degree for degree in degrees if isinstance(degree, Degree)]
    if len(known) < len(degrees):
        return None
    return Degree(sum(degree.first for degree in known), sum(degree.second for degree in known))


def _quotient(degrees: Sequence[AnyDegree]) -> AnyDegree:
    above, below = degrees
    if not isinstance(below, Degree) or above is None:
        return None
    return ZERO if not isinstance(above, Degree) else Degree(above.first - below.first, above.second - below.second)


def _compared(degrees: Sequence[AnyDegree]) -> AnyDegree:
    return None if _common(degrees) is None else UNMOVED


def _chosen(degrees: Sequence[AnyDegree]) -> AnyDegree:
    return _common(degrees[1:]) if degrees[0] == UNMOVED else None


def _first(degrees: Sequence[AnyDegree]) -> AnyDegree:
    return degrees[0]


def _read_elsewhere(degrees: Sequence[AnyDegree]) -> AnyDegree:
    return degrees[0] if degrees[1] == UNMOVED else None


def _all_unmoved(degrees: Sequence[AnyDegree]) -> AnyDegree:
    return UNMOVED if all(degree == UNMOVED for degree in degrees) else None


_RULES: tuple[tuple[tuple[type[Expression], ...], Callable[[Sequence[AnyDegree]], AnyDegree]], ...] = (
    ((Add, Subtract, Minimum, Maximum, Previous), _common),
    ((Multiply, PresentValue), _product),
    ((Divide,), _quotient),
    ((Compare,), _compared),
    ((Conditional,), _chosen),
    ((RunningTotal, Total, Largest, Smallest, TotalSize, ByYear, AtYear), _first),
    ((Shifted, Moved, AtPeriod), _read_elsewhere),
)
