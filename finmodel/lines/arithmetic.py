"""Operations within a period: powers, smaller and larger of two, comparisons, a conditional, rounding."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from finmodel.lines.expression import (
    ATOM,
    COMPARISON,
    PRODUCT,
    SUM,
    Array,
    Binary,
    Cells,
    Expression,
    Form,
    LineError,
    Script,
    Wording,
    common_timeline,
    literal,
    same_dimension,
)
from finmodel.lines.powers import power_of, power_of_ten
from finmodel.lines.units import NO_DIMENSION


class Power(Expression):
    """A factor to a power: (1 + rate) ^ years. Neither has a unit; the factor is above zero."""

    check_reads = (0,)

    def __init__(self, base: Expression | int, exponent: Expression | int) -> None:
        self.operands = (literal(base), literal(exponent))
        self.timeline = common_timeline(self.operands)
        for operand in self.operands:
            if operand.dimension != NO_DIMENSION:
                raise LineError(f"a power of {operand.dimension}: factor and exponent are plain numbers")

    def value(self, *operands: Array) -> Array:
        """The power."""
        return power_of(operands[0], operands[1])

    def check(self, values: Sequence[Array]) -> str | None:
        """Only a factor above zero has every power."""
        return "a power of zero or less" if bool(np.any(values[0] <= 0)) else None

    def formula(self, cells: Cells) -> str:
        """POWER."""
        base, exponent = (cells.write(operand) for operand in self.operands)
        return f"POWER({base},{exponent})"

    def words(self, wording: Wording) -> str:
        """`a to the power of b`."""
        base, exponent = (wording.say(operand, ATOM) for operand in self.operands)
        return f"{base} to the power of {exponent}"

    def script(self, script: Script) -> Form:
        """`power`."""
        return ["power", *map(script.of, self.operands)]

    @property
    def spoken_binding(self) -> int:
        """Loosely."""
        return COMPARISON


class _OfTwo(Expression):
    """A function of two operands of one unit."""

    function = ""
    spoken = ""

    def __init__(self, left: Expression | int, right: Expression | int) -> None:
        self.operands = (literal(left), literal(right))
        self.timeline = common_timeline(self.operands)
        self.dimension = same_dimension(self.spoken, self.operands)

    def formula(self, cells: Cells) -> str:
        """MIN or MAX of the two; of a sum where an operand may be an empty cell, which both would pass over."""
        texts = [f"0+{cells.write(each, SUM)}" if each.may_be_empty else cells.write(each) for each in self.operands]
        return f"{self.function}({','.join(texts)})"

    def words(self, wording: Wording) -> str:
        """The smaller or the larger of the two."""
        return f"{self.spoken} of ({wording.say(self.operands[0])}) and ({wording.say(self.operands[1])})"

    def script(self, script: Script) -> Form:
        """`min` or `max`."""
        return [self.function.lower(), *map(script.of, self.operands)]


class Minimum(_OfTwo):
    """The smaller of two."""

    function, spoken = "MIN", "the smaller"

    def value(self, *operands: Array) -> Array:
        """The smaller."""
        return np.minimum(operands[0], operands[1])


class Maximum(_OfTwo):
    """The larger of two."""

    function, spoken = "MAX", "the larger"

    def value(self, *operands: Array) -> Array:
        """The larger."""
        return np.maximum(operands[0], operands[1])


_COMPARISONS = {
    "<": ("is less than", np.less),
    "<=": ("is at most", np.less_equal),
    ">": ("is more than", np.greater),
    ">=": ("is at least", np.greater_equal),
    "=": ("is equal to", np.equal),
}


class Compare(Binary):
    """Whether a stands in a relation to b: 1 when it does, otherwise 0."""

    binding, right_binds = ATOM, SUM

    def __init__(self, left: Expression | int, relation: str, right: Expression | int) -> None:
        if relation not in _COMPARISONS:
            raise LineError(f"{relation!r} is not a comparison; use one of {', '.join(_COMPARISONS)}")
        super().__init__(literal(left), literal(right))
        same_dimension("the comparison", self.operands)
        self.dimension = NO_DIMENSION
        self.relation = relation
        self.sign = relation
        self.spoken = _COMPARISONS[relation][0]

    def formula(self, cells: Cells) -> str:
        """1 or 0, never TRUE or FALSE, so that it can be counted."""
        left, right = self.operands
        return f"IF({cells.write(left, SUM)}{self.sign}{cells.write(right, SUM)},1,0)"

    @property
    def spoken_binding(self) -> int:
        """Loosely: `a is less than b` goes in brackets among other operations."""
        return COMPARISON

    def value(self, *operands: Array) -> Array:
        """1.0 or 0.0."""
        holds: Array = _COMPARISONS[self.relation][1](operands[0], operands[1]).astype(np.float64)
        return holds


class Conditional(Expression):
    """One expression where a flag is not zero, otherwise another of the same unit."""

    def __init__(self, condition: Expression, then: Expression | int, otherwise: Expression | int) -> None:
        self.operands = (condition, literal(then), literal(otherwise))
        self.timeline = common_timeline(self.operands)
        if condition.dimension != NO_DIMENSION:
            raise LineError(f"the condition of a conditional has a unit, {condition.dimension}")
        self.dimension = same_dimension("the conditional", self.operands[1:])

    def value(self, *operands: Array) -> Array:
        """Chosen period by period."""
        return np.where(operands[0] != 0, operands[1], operands[2])

    @property
    def may_be_empty(self) -> bool:
        """As either of the two: IF hands a reference on."""
        return any(operand.may_be_empty for operand in self.operands[1:])

    def formula(self, cells: Cells) -> str:
        """IF."""
        condition, then, otherwise = (cells.write(operand) for operand in self.operands)
        return f"IF({condition},{then},{otherwise})"

    def words(self, wording: Wording) -> str:
        """`this if that, otherwise the other`."""
        condition, then, otherwise = (wording.say(operand, SUM) for operand in self.operands)
        return f"{then} if {condition}, otherwise {otherwise}"

    def script(self, script: Script) -> Form:
        """`if`."""
        return ["if", *map(script.of, self.operands)]

    @property
    def spoken_binding(self) -> int:
        """Loosely."""
        return COMPARISON


class Rounded(Expression):
    """A whole number: up or down (towards zero), after the dust of binary fractions is rounded away.

    520,000 ÷ 40,000 can come out as 13.000000000000002, which must not become 14; `places` says how many decimals
    are compared.
    """

    def __init__(self, number: Expression, direction: str, places: Expression) -> None:
        if direction not in ("up", "down"):
            raise LineError(f"{direction!r} is neither up nor down")
        self.operands = (number, places)
        self.direction = direction
        self.timeline = common_timeline(self.operands)
        self.dimension = number.dimension

    def value(self, *operands: Array) -> Array:
        """Rounded away from zero (up) or towards it (down)."""
        places = operands[1]
        scale = power_of_ten(float(places[0, 0])) if places.size == 1 else power_of(10.0, places)
        settled = (
            np.copysign(np.floor(np.abs(operands[0]) * scale + 0.5), operands[0]) / scale
        )  # half up, as Excel does
        up = np.sign(settled) * np.ceil(np.abs(settled))
        return up if self.direction == "up" else np.trunc(settled)

    def formula(self, cells: Cells) -> str:
        """ROUNDUP or ROUNDDOWN of a ROUND."""
        number, places = (cells.write(operand) for operand in self.operands)
        return f"ROUND{self.direction.upper()}(ROUND({number},{places}),0)"

    def words(self, wording: Wording) -> str:
        """`so many, rounded up to a whole number`."""
        return f"{wording.say(self.operands[0], SUM)}, rounded {self.direction} to a whole number"

    def script(self, script: Script) -> Form:
        """`up` or `down`."""
        return [self.direction, *map(script.of, self.operands)]

    @property
    def spoken_binding(self) -> int:
        """Loosely."""
        return COMPARISON


class Begun(Expression):
    """How much of a period lies after a start that may fall within it, from 0 to 1.

    Of the period numbered 7: all of it from a start of 7, half from 7.5, nothing from 8. So a flag whose start moves by
    2.5 periods is half the flag moved by 2 and half the flag moved by 3.
    """

    def __init__(self, number: Expression, start: Expression) -> None:
        self.operands = (number, start)
        self.timeline = common_timeline(self.operands)
        if same_dimension("a start", self.operands) != NO_DIMENSION:
            raise LineError(f"a start in {number.dimension}: periods are plain numbers")

    def value(self, *operands: Array) -> Array:
        """The period's number + 1 − the start, within 0 and 1."""
        part = operands[0] + 1 - operands[1]
        return np.minimum(np.maximum(part, 0.0, out=part), 1.0, out=part)

    def formula(self, cells: Cells) -> str:
        """MAX and MIN of the difference."""
        number, start = self.operands
        return f"MAX(0,MIN(1,{cells.write(number, SUM)}+1-{cells.write(start, PRODUCT)}))"

    def words(self, wording: Wording) -> str:
        """`a is at least b`, as a comparison, and what is so in part."""
        number, start = (wording.say(operand, SUM) for operand in self.operands)
        return f"{number} is at least {start}, or in part"

    def script(self, script: Script) -> Form:
        """`begun`."""
        return ["begun", *map(script.of, self.operands)]

    @property
    def spoken_binding(self) -> int:
        """Loosely."""
        return COMPARISON


def begun(number: Expression, start: Expression) -> Expression:
    """How much of a period lies from a start on: 1 from then, 0 before, a part where the start falls within it."""
    return Begun(number, start)


def power(base: Expression | int, exponent: Expression | int) -> Expression:
    """A factor above zero to a power, both plain numbers."""
    return Power(base, exponent)


def minimum(left: Expression | int, right: Expression | int) -> Expression:
    """The smaller of two figures of one unit."""
    return Minimum(left, right)


def maximum(left: Expression | int, right: Expression | int) -> Expression:
    """The larger of two figures of one unit."""
    return Maximum(left, right)


def compare(left: Expression | int, relation: str, right: Expression | int) -> Expression:
    """1 where the relation (`<`, `<=`, `>`, `>=`, `=`) holds, otherwise 0."""
    return Compare(left, relation, right)


def conditional(condition: Expression, then: Expression | int, otherwise: Expression | int) -> Expression:
    """`then` where the condition is not zero, `otherwise` elsewhere."""
    return Conditional(condition, then, otherwise)


def rounded_up(number: Expression, places: Expression) -> Expression:
    """The next whole number, away from zero."""
    return Rounded(number, "up", places)


def rounded_down(number: Expression, places: Expression) -> Expression:
    """The whole number, towards zero."""
    return Rounded(number, "down", places)


def add_up(figures: Sequence[Expression]) -> Expression | int:
    """The sum of any number of figures of one unit; 0 when there are none."""
    if not figures:
        return 0
    total = figures[0]
    for figure in figures[1:]:
        total = total + figure
    return total
