"""Values worked out line by line, whole: the plain reading, which every other way of working out must agree with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from finmodel.lines.expression import Array, Expression, LineError
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
            periods = model.periods(line.timeline)
            values[line.address] = array if array.shape[0] == periods else array.repeat(periods, axis=0)


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
    """Works out a group of lines that need each other's previous period, one period after the other."""

    def __init__(self, group: Group, values: dict[str, Array]) -> None:
        self.members = set(group.lines)
        self.values = values
        self.rows: dict[Line, list[Array]] = {line: [] for line in group.lines}
        self.settled: dict[int, Array | None] = {}  # by expression: its values, None where it needs the group

    def at(self, expression: Expression, period: int, line: Line) -> Array:
        """The value of an expression in a period, as one row."""
        if type(expression) is Line and expression in self.members:
            return self.rows[expression][period]
        settled = self._settled(expression, line)
        if settled is not None:
            return settled if settled.shape[0] == 1 else settled[period : period + 1]
        if isinstance(expression, Previous):
            return self.rows[expression.line][period - 1] if period else self.at(expression.first, 0, line)
        operands = [self.at(operand, period, line) for operand in expression.operands]
        if expression.check_reads:
            see_to(expression, operands, line, f", period {period + 1}")
        return expression.value(*operands)

    def _settled(self, expression: Expression, line: Line) -> Array | None:
        """The values of an expression that needs no line of the group, worked out once; None for any other."""
        key = id(expression)
        if key not in self.settled:
            inside = any(found in self.members for found in expression.lines())
            self.settled[key] = None if inside else whole(expression, self.values, line)
        return self.settled[key]


def _step(model: Model, group: Group, values: dict[str, Array]) -> None:
    stepper = _Stepper(group, values)
    for period in range(model.periods(group.lines[0].timeline)):
        for line in group.lines:
            if line.expression is None:
                raise LineError(f"{line.address} has no rule")
            stepper.rows[line].append(stepper.at(line.expression, period, line))
    for line in group.lines:
        rows = stepper.rows[line]
        width = max(row.shape[1] for row in rows)
        values[line.address] = np.concatenate([np.broadcast_to(row, (1, width)) for row in rows])
