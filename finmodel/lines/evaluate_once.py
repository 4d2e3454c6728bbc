"""Values worked out line by line, whole: the plain reading, which every other way of working out must agree with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np

from finmodel.lines.expression import Array, Expression, LineError, Timeline
from finmodel.lines.line import Line
from finmodel.lines.model import Group, Model
from finmodel.lines.timing import Previous


def work_out(
    model: Model, groups: Iterable[Group], values: dict[str, Array], given: Mapping[str, Array] | None = None
) -> None:
    """Add the values of groups of lines to those that are known already, (periods, draws) by address.

    groups: in the order of the model's; given: other values for inputs, (1 or periods, draws).
    """
    given = given or {}
    with np.errstate(divide="ignore", invalid="ignore"):
        for group in groups:
            if group.stepped:
                _step(model, group, values)
                continue
            (line,) = group.lines
            rule = line.expression
            array = given.get(line.address, line.value()) if rule is None else whole(rule, values, line)
            if array.shape[0] == 1 and line.timeline is not Timeline.ONCE:
                array = array.repeat(model.periods(line.timeline), axis=0)
            values[line.address] = array


def whole(expression: Expression, values: Mapping[str, Array], line: Line | None = None) -> Array:
    """The values of an expression from those of the lines in it; LineError, naming the line, where it has none."""
    if type(expression) is Line:
        return values[expression.address]
    operands = [
        values[each.address] if type(each) is Line else whole(each, values, line) for each in expression.operands
    ]
    if expression.check_reads:
        see_to(expression, operands, line)
    return expression.value(*operands)


def see_to(expression: Expression, operands: list[Array], line: Line | None, when: str = "") -> None:
    """LineError where an expression has no value of these operands."""
    wrong = expression.check(operands)
    if wrong:
        name = line.address if line else "an expression"
        raise LineError(f"{name}{when}: {wrong}")


class _Stepper:
    """Works out a group of lines that need each other's previous period, one period after the other.

    Each rule is gone through once and becomes a reader, which gives its row of a period.
    """

    def __init__(self, group: Group, values: Mapping[str, Array], periods: int) -> None:
        self.members = set(group.lines)
        self.values, self.periods = values, periods
        self.rows: dict[Line, list[Array]] = {line: [] for line in group.lines}
        self.readers = [(self.rows[line], self._reader(_rule(line), line)) for line in group.lines]

    def step(self) -> None:
        """Work out every period of every line."""
        for period in range(self.periods):
            for rows, reader in self.readers:
                rows.append(reader(period))

    def _reader(self, expression: Expression, line: Line) -> Callable[[int], Array]:
        """What gives the value of an expression in a period, as one row."""
        if isinstance(expression, Line) and expression in self.members:
            return self.rows[expression].__getitem__
        if not any(found in self.members for found in expression.lines()):
            settled = whole(expression, self.values, line)
            if settled.shape[0] == 1:
                return lambda _: settled
            return [settled[period : period + 1] for period in range(self.periods)].__getitem__
        if isinstance(expression, Previous):
            before, first = self.rows[expression.line], self._reader(expression.first, line)
            return lambda period: before[period - 1] if period else first(0)
        operands = [self._reader(operand, line) for operand in expression.operands]
        if not expression.check_reads:
            return lambda period: expression.value(*[operand(period) for operand in operands])

        def checked(period: int) -> Array:
            values = [operand(period) for operand in operands]
            see_to(expression, values, line, f", period {period + 1}")
            return expression.value(*values)

        return checked


def _rule(line: Line) -> Expression:
    if line.expression is None:
        raise LineError(f"{line.address} has no rule")
    return line.expression


def _step(model: Model, group: Group, values: dict[str, Array]) -> None:
    stepper = _Stepper(group, values, model.periods(group.lines[0].timeline))
    stepper.step()
    for line, rows in stepper.rows.items():
        width = max(row.shape[1] for row in rows)
        values[line.address] = np.concatenate(
            [row if row.shape[1] == width else row.repeat(width, axis=1) for row in rows]
        )
