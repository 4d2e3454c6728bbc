"""Expressions over lines: what every operation has in common.

An operation has four readings, and one that lacks a reading cannot be written, because they are abstract here:
`value` (NumPy), `formula` (Excel), `words`, and `script` (data for the interpreter of a page). Values are arrays with
the periods on the first axis and, when there is one, scenarios or draws on the second: (1 or periods, 1 or draws). The
four operators that an expression answers to (+, −, ×, ÷) stand here with it; every other operation builds on it in a
module of its own.
"""

from __future__ import annotations

from abc import ABCMeta, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from finmodel.lines.units import NO_DIMENSION, Dimension

if TYPE_CHECKING:
    from finmodel.lines.line import Line

Array: TypeAlias = NDArray[np.float64]


class LineError(Exception):
    """A model that cannot be built or evaluated, said in words: a fault of the model, not of the user's figures."""


class Timeline(Enum):
    """When a line has values."""

    ONCE = "once"
    YEARS = "years"
    MONTHS = "months"

    @property
    def one(self) -> str:
        """`year` or `month`."""
        return {"once": "case", "years": "year", "months": "month"}[self.value]


class Cells(Protocol):
    """What an operation asks of the workbook in order to write its formula, for the column it stands in."""

    def write(self, expression: Expression, binding: int = 0) -> str:
        """The formula of an operand, in brackets where it binds less tightly than `binding`."""

    def row(self, line: Line) -> str:
        """Every period of a line, as an absolute range."""

    def row_to_date(self, line: Line) -> str:
        """A line from its first period to this column."""

    def before(self, line: Line) -> str:
        """The cell to the left of a line's cell in this column; empty left of the first period."""

    def period_number(self) -> str:
        """The header cell that counts this sheet's periods from 1."""

    def first_period_number(self) -> str:
        """The header cell of the first period."""

    def year_number(self) -> str:
        """On a sheet of months, the header cell that counts years from 1."""

    def year_numbers_of(self, line: Line) -> str:
        """The header row that counts years from 1 on the sheet where a monthly line stands."""

    def period_names(self, timeline: Timeline) -> str:
        """The header row of month or year names."""

    def header_rules(self) -> Sequence[tuple[str, str]]:
        """The cells of this column's header that are worked out, each with its formula, without the equals sign."""

    def rows(self, lines: Sequence[Line]) -> Sequence[str]:
        """Every period of several lines as absolute ranges, one for lines that follow each other."""


class Wording(Protocol):
    """How operands are spoken of: by their labels, or by their numbers in this case."""

    def say(self, expression: Expression, binding: int = 0) -> str:
        """An operand in words, in brackets where it binds less tightly than `binding`."""

    def row(self, line: Line) -> str:
        """Every period of a line."""

    def row_to_date(self, line: Line) -> str:
        """A line from its first period to this one."""

    def months_of_year(self, line: Line) -> str:
        """The twelve months of a monthly line in this year."""

    def year_of_month(self, line: Line) -> str:
        """A yearly line in this month's year."""

    def before(self, line: Line, first: Expression) -> str:
        """The line in the period before this one; `first` in the first."""

    def earlier(self, line: Line, periods: Line) -> str:
        """The line so many periods earlier."""

    def moved(self, line: Line, periods: Line) -> str:
        """The line moved later by a number of periods that need not be whole."""

    def period_number(self, timeline: Timeline) -> str:
        """The number of this period, counted from 1."""


Form: TypeAlias = "int | str | list[Form]"  # of a rule, as data: a line's number, a digit, or a name with its operands


class Script(Protocol):
    """What an operation asks in order to write itself as data, for the interpreter that a page carries."""

    def of(self, expression: Expression) -> Form:
        """An operand: a line by its number, any other as it writes itself."""

    def text(self, words: str) -> Form:
        """The number of a text, such as the reason for having no number."""


# How tightly formulas and words bind, loosest first.
COMPARISON, SUM, PRODUCT, ATOM = 1, 2, 3, 9


class _Readings(ABCMeta):
    """Of expressions: readings are abstract, and `isinstance` is plain, since no other class is registered as one.

    It is asked a hundred thousand times while a model is made; the answer of an abstract class costs three times that.
    """

    __instancecheck__ = type.__instancecheck__


class Expression(metaclass=_Readings):
    """A figure defined over lines."""

    operands: tuple[Expression, ...] = ()
    dimension: Dimension = NO_DIMENSION
    timeline: Timeline = Timeline.ONCE
    binding: int = ATOM
    elementwise: bool = True  # whether each period's value needs only the operands' values in that period
    check_reads: tuple[int, ...] = ()  # the places of the operands whose values `check` reads; none: nothing to check

    @abstractmethod
    def value(self, *operands: Array) -> Array:
        """The values, from those of the operands."""

    @abstractmethod
    def formula(self, cells: Cells) -> str:
        """The Excel formula, without the equals sign."""

    @abstractmethod
    def words(self, wording: Wording) -> str:
        """The rule in words."""

    @abstractmethod
    def script(self, script: Script) -> Form:
        """The rule as data: the name of the operation in `templates/interpreter.js`, and its operands."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.check is not Expression.check and not cls.check_reads:
            raise TypeError(f"{cls.__name__} has a check and does not say in `check_reads` which operands it reads")

    def check(self, values: Sequence[Array]) -> str | None:
        """What is wrong with these operands' values, in words; None when nothing is."""
        return None

    @property
    def may_be_empty(self) -> bool:
        """Whether its formula may refer to an empty cell: zero to most of Excel, passed over by MIN and MAX."""
        return False

    @property
    def spoken_binding(self) -> int:
        """How tightly its words bind; as its formula does, unless an operation says otherwise."""
        return self.binding

    def lines(self) -> Iterator[Line]:
        """The lines that it is made from, in the order of writing; a line may come more than once."""
        for operand in self.operands:
            yield from operand.lines()

    def __add__(self, other: Expression | int) -> Expression:
        return Add(self, literal(other))

    def __sub__(self, other: Expression | int) -> Expression:
        return Subtract(self, literal(other))

    def __mul__(self, other: Expression | int) -> Expression:
        return Multiply(self, literal(other))

    def __truediv__(self, other: Expression | int) -> Expression:
        return Divide(self, literal(other))

    def __radd__(self, other: int) -> Expression:
        return Add(literal(other), self)

    def __rsub__(self, other: int) -> Expression:
        return Subtract(literal(other), self)

    def __rmul__(self, other: int) -> Expression:
        return Multiply(literal(other), self)

    def __rtruediv__(self, other: int) -> Expression:
        return Divide(literal(other), self)

    def __neg__(self) -> Expression:
        return Subtract(literal(0), self)


_DIGITS = np.array([[[0.0]], [[1.0]]])  # of a literal: asked for with every formula, so made once
_DIGITS.setflags(write=False)


@dataclass(frozen=True, eq=False)
class Literal(Expression):
    """Zero or one: the only numbers that a formula may hold. Any other number is an input, with a source."""

    number: int

    def value(self, *operands: Array) -> Array:
        """One period, one draw."""
        return _DIGITS[self.number]

    def formula(self, cells: Cells) -> str:
        """The digit."""
        return str(self.number)

    def words(self, wording: Wording) -> str:
        """The digit."""
        return str(self.number)

    def script(self, script: Script) -> Form:
        """The digit, as a text."""
        return str(self.number)


def literal(value: Expression | int) -> Expression:
    """An expression as it is; 0 or 1 as a literal; any other number is refused."""
    if isinstance(value, Expression):
        return value
    if value in (0, 1):
        return Literal(int(value))
    raise LineError(f"{value!r} is written into a formula; make it an input, with its source")


def common_timeline(operands: Sequence[Expression]) -> Timeline:
    """The timeline of an operation on these; years and months do not mix without `by_year` or `at_year`."""
    found = Timeline.ONCE
    for operand in operands:
        if operand.timeline is found or operand.timeline is Timeline.ONCE:
            continue
        if found is not Timeline.ONCE:
            names = ", ".join(sorted({line.address for operand in operands for line in operand.lines()}))
            raise LineError(f"years and months are mixed in one operation ({names}); use by_year or at_year")
        found = operand.timeline
    return found


def is_nil(expression: Expression) -> bool:
    """Whether it is the literal 0, which goes with every unit."""
    return isinstance(expression, Literal) and expression.number == 0


def same_dimension(what: str, operands: Sequence[Expression]) -> Dimension:
    """The one dimension of operands that must share it; LineError names the two that do not."""
    measured = [operand for operand in operands if not is_nil(operand)]
    if not measured:
        return NO_DIMENSION
    first = measured[0]
    for other in measured[1:]:
        if other.dimension != first.dimension:
            raise LineError(
                f"{what} of {first.dimension} and {other.dimension}: "
                f"{_names(first)} and {_names(other)} have different units"
            )
    return first.dimension


def _names(expression: Expression) -> str:
    return ", ".join(line.address for line in expression.lines()) or "a plain number"


class Binary(Expression):
    """Two operands and a sign between them."""

    sign = ""
    spoken = ""
    right_binds = 0  # how tightly the right operand must bind to go without brackets, so that there is one order

    def __init__(self, left: Expression, right: Expression) -> None:
        self.operands = (left, right)
        self.timeline = common_timeline(self.operands)

    def formula(self, cells: Cells) -> str:
        """Left, sign, right."""
        left, right = self.operands
        return f"{cells.write(left, self.binding)}{self.sign}{cells.write(right, self.right_binds)}"

    def words(self, wording: Wording) -> str:
        """Left, sign, right."""
        left, right = self.operands
        return f"{wording.say(left, self.spoken_binding)} {self.spoken} {wording.say(right, self.right_binds)}"

    def script(self, script: Script) -> Form:
        """The sign and both."""
        return [self.sign, *map(script.of, self.operands)]


class Add(Binary):
    """a + b, of one unit."""

    sign, spoken, binding, right_binds = "+", "+", SUM, PRODUCT

    def __init__(self, left: Expression, right: Expression) -> None:
        super().__init__(left, right)
        self.dimension = same_dimension("the sum", self.operands)

    def value(self, *operands: Array) -> Array:
        """The sum."""
        return operands[0] + operands[1]


class Subtract(Binary):
    """a − b, of one unit."""

    sign, spoken, binding, right_binds = "-", "\N{MINUS SIGN}", SUM, PRODUCT

    def __init__(self, left: Expression, right: Expression) -> None:
        super().__init__(left, right)
        self.dimension = same_dimension("the difference", self.operands)

    def value(self, *operands: Array) -> Array:
        """The difference."""
        return operands[0] - operands[1]


class Multiply(Binary):
    """a × b; units multiply."""

    sign, spoken, binding, right_binds = "*", "×", PRODUCT, ATOM

    def __init__(self, left: Expression, right: Expression) -> None:
        super().__init__(left, right)
        self.dimension = left.dimension * right.dimension

    def value(self, *operands: Array) -> Array:
        """The product."""
        return operands[0] * operands[1]


class Divide(Binary):
    """a ÷ b; units divide; dividing by zero is an error of the model."""

    sign, spoken, binding, right_binds = "/", "÷", PRODUCT, ATOM
    check_reads = (1,)

    def __init__(self, left: Expression, right: Expression) -> None:
        super().__init__(left, right)
        self.dimension = left.dimension / right.dimension

    def value(self, *operands: Array) -> Array:
        """The quotient."""
        return operands[0] / operands[1]

    def check(self, values: Sequence[Array]) -> str | None:
        """Nothing is divided by zero."""
        return None if np.count_nonzero(values[1]) == values[1].size else "a division by zero"
