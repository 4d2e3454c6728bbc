"""Figures that may have no honest answer: a number, or no number with a reason in words.

Inside an array a missing number is NaN; it leaves as `None` with its reason (`Results.figure`), and in the workbook the
cell shows the reason. Only these operations make one, and only `if_number` carries one on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from finmodel.lines.expression import (
    COMPARISON,
    SUM,
    Array,
    Cells,
    Expression,
    Form,
    LineError,
    Script,
    Timeline,
    Wording,
    common_timeline,
    literal,
)
from finmodel.lines.line import Line
from finmodel.lines.units import NO_DIMENSION, Dimension


def quoted(text: str) -> str:
    """A text inside an Excel formula."""
    escaped = text.replace('"', '""')
    return f'"{escaped}"'


class Outcome(Expression):
    """An expression that may have no number."""

    def reason(self, *operands: Array) -> str:
        """Why there is no number, for one draw; only asked where there is none."""
        raise LookupError("no reason was given")


class NumberIf(Outcome):
    """A figure where a condition holds; elsewhere no number, for the reason given."""

    def __init__(self, condition: Expression, figure: Expression | int, reason: str) -> None:
        self.operands = (condition, literal(figure))
        self.why = reason
        self.timeline = common_timeline(self.operands)
        self.dimension = self.operands[1].dimension

    def value(self, *operands: Array) -> Array:
        """The figure, or NaN."""
        return np.where(operands[0] != 0, operands[1], np.nan)

    def reason(self, *operands: Array) -> str:
        """As given."""
        return self.why

    def formula(self, cells: Cells) -> str:
        """IF, with the reason as a text."""
        condition, figure = (cells.write(operand) for operand in self.operands)
        return f"IF({condition},{figure},{quoted(self.why)})"

    def words(self, wording: Wording) -> str:
        """`figure, if condition`."""
        condition, figure = self.operands
        return f"{wording.say(figure, SUM)}, if {wording.say(condition, COMPARISON)}; otherwise no figure ({self.why})"

    def script(self, script: Script) -> Form:
        """`number`, with the reason."""
        return ["number", *map(script.of, self.operands), script.text(self.why)]


class Ratio(Outcome):
    """a ÷ b; no number where b is zero."""

    def __init__(self, above: Expression, below: Expression, reason: str) -> None:
        self.operands = (above, below)
        self.why = reason
        self.timeline = common_timeline(self.operands)
        self.dimension = above.dimension / below.dimension

    def value(self, *operands: Array) -> Array:
        """The quotient, or NaN."""
        above, below = np.broadcast_arrays(*operands)
        out = np.full(above.shape, np.nan)
        np.divide(above, below, out=out, where=below != 0)
        return out

    def reason(self, *operands: Array) -> str:
        """As given."""
        return self.why

    def formula(self, cells: Cells) -> str:
        """IF the divisor is zero, the reason."""
        above, below = self.operands
        divisor = cells.write(below, 9)
        return f"IF({divisor}=0,{quoted(self.why)},{cells.write(above, 3)}/{divisor})"

    def words(self, wording: Wording) -> str:
        """`a ÷ b`."""
        above, below = self.operands
        return f"{wording.say(above, 3)} ÷ {wording.say(below, 9)}"

    def script(self, script: Script) -> Form:
        """`ratio`, with the reason."""
        return ["ratio", *map(script.of, self.operands), script.text(self.why)]


class IfNumber(Outcome):
    """An expression where a figure has a number; where it has none, the same reason."""

    def __init__(self, figure: Line, then: Expression) -> None:
        self.operands = (figure, then)
        self.timeline = common_timeline(self.operands)
        self.dimension = then.dimension

    def value(self, *operands: Array) -> Array:
        """The expression, or NaN."""
        return np.where(np.isnan(operands[0]), np.nan, operands[1])

    def formula(self, cells: Cells) -> str:
        """IF it is a number, otherwise the text that it shows."""
        figure, then = (cells.write(operand) for operand in self.operands)
        return f"IF(ISNUMBER({figure}),{then},{figure})"

    def words(self, wording: Wording) -> str:
        """The expression."""
        return wording.say(self.operands[1])

    def script(self, script: Script) -> Form:
        """`known`."""
        return ["known", *map(script.of, self.operands)]


class PeriodName(Outcome):
    """The name of the period with this number: a month reached. No number where the figure has none."""

    def __init__(self, figure: Line, timeline: Timeline) -> None:
        self.operands = (figure,)
        self.named = timeline
        self.dimension = NO_DIMENSION

    def value(self, *operands: Array) -> Array:
        """The period's number; its name is a matter of display."""
        return operands[0]

    def formula(self, cells: Cells) -> str:
        """INDEX into the header."""
        figure = cells.write(self.operands[0])
        return f"IF(ISNUMBER({figure}),INDEX({cells.period_names(self.named)},{figure}),{figure})"

    def words(self, wording: Wording) -> str:
        """`the month numbered …`."""
        return f"the {self.named.one} numbered {wording.say(self.operands[0])}"

    def script(self, script: Script) -> Form:
        """The number: its name is a matter of display."""
        return script.of(self.operands[0])


class OverRows(Outcome):
    """An operation over whole rows that is defined above the language by its readings, as payback is.

    function: rows of numbers in (one a row operand), a number or the reason for none out, as the workbook shows it.
    write: the Excel formula; say: the rule in words; script: the rule as data, made of the interpreter's operations.
    many: the same function of many draws at once, (periods, draws) a row in and (draws,) out, NaN where there is none.
    """

    elementwise = False

    def __init__(
        self,
        rows: Sequence[Line],
        *,
        function: Callable[..., float | str],
        write: Callable[[Cells], str],
        say: Callable[[Wording], str],
        script: Callable[[Script], Form],
        dimension: Dimension = NO_DIMENSION,
        many: Callable[..., Array] | None = None,
    ) -> None:
        self.operands = tuple(rows)
        self._many = many
        self.dimension = dimension
        self._function = function
        self._write = write
        self._say = say
        self._script = script

    def value(self, *operands: Array) -> Array:
        """The function, draw by draw."""
        width = max(operand.shape[1] for operand in operands)
        wide = [np.broadcast_to(operand, (operand.shape[0], width)) for operand in operands]
        if width > 1 and self._many is not None:
            return self._many(*wide).reshape(1, width)
        found = [self._function(*(operand[:, draw] for operand in wide)) for draw in range(width)]
        return np.array([[np.nan if isinstance(value, str) else value for value in found]])

    def reason(self, *operands: Array) -> str:
        """The function's own."""
        return str(self._function(*(operand[:, 0] for operand in operands)))

    def formula(self, cells: Cells) -> str:
        """As given."""
        return self._write(cells)

    def words(self, wording: Wording) -> str:
        """As given."""
        return self._say(wording)

    def script(self, script: Script) -> Form:
        """As given."""
        return self._script(script)


def need_numbers(line: Line) -> None:
    """LineError where a rule takes for granted the number of a line that may have none.

    In the workbook such a rule would show `#VALUE!`, or compare a reason with a number; `if_number` asks first. A line
    that shows a period's name is never a number there, so nothing can be made from it.
    """
    if line.expression is None:
        return
    for needed in line.expression.lines():
        if isinstance(needed.expression, PeriodName):
            raise LineError(f"{line.address} is made from a name, {needed.address}; use the number that is named")
    _need_numbers(line, line.expression, frozenset(), whole=True)


def _need_numbers(line: Line, rule: Expression, known: frozenset[Expression], *, whole: bool) -> None:
    if isinstance(rule, Line):
        if not whole and _may_lack_a_number(rule) and rule not in known:
            raise LineError(f"{line.address} needs a number of {rule.address}, which may have none; use if_number")
        return
    if isinstance(rule, Outcome) and not whole:
        raise LineError(f"{line.address}: a part of its rule may have no number; give that part a line of its own")
    if isinstance(rule, IfNumber):
        _need_numbers(line, rule.operands[1], known | {rule.operands[0]}, whole=True)
    elif isinstance(rule, NumberIf):
        _need_numbers(line, rule.operands[0], known, whole=False)
        _need_numbers(line, rule.operands[1], known, whole=True)
    elif not isinstance(rule, PeriodName):
        for operand in rule.operands:
            _need_numbers(line, operand, known, whole=False)


def _may_lack_a_number(line: Line) -> bool:
    rule = line.expression
    return _may_lack_a_number(rule) if isinstance(rule, Line) else isinstance(rule, Outcome)


def number_if(condition: Expression, figure: Expression | int, reason: str) -> Expression:
    """The figure where the condition holds, otherwise no number, for this reason."""
    return NumberIf(condition, figure, reason)


def no_figure(reason: str, unit: str) -> Expression:
    """No number, for this reason, of what would be in this unit."""
    nothing = NumberIf(literal(0), 0, reason)
    nothing.dimension = Dimension.of(unit)
    return nothing


def ratio(above: Expression, below: Expression, reason: str) -> Expression:
    """above ÷ below, otherwise no number, for this reason, where below is zero."""
    return Ratio(above, below, reason)


def if_number(figure: Line, then: Expression) -> Expression:
    """The expression where the figure has a number, otherwise none, for the same reason."""
    return IfNumber(figure, then)


def period_name(figure: Line, timeline: Timeline) -> Expression:
    """The name of the period so numbered."""
    return PeriodName(figure, timeline)
