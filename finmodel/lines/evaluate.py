"""The first reading: the values of every line, each worked out once."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt

from finmodel.lines.expression import Array, Expression, LineError, Timeline
from finmodel.lines.line import Line
from finmodel.lines.model import Group, Model
from finmodel.lines.outcomes import NumberIf, Outcome
from finmodel.lines.timing import Previous


class Results:
    """The values of a model's lines, (periods, draws) by address, and what they mean."""

    def __init__(self, model: Model, values: Mapping[str, Array]) -> None:
        self.model = model
        self.values = values
        self._first_draw: dict[str, list[float | None]] = {}  # as plain numbers, which are asked for often

    def __getitem__(self, line: Line | str) -> Array:
        return self.values[line if isinstance(line, str) else line.address]

    def figure(self, line: Line | str, period: int = 0, draw: int = 0) -> float | None:
        """One value; None where there is no number."""
        if draw == 0:
            return self._of_first_draw(line if isinstance(line, str) else line.address)[period]
        value = float(self[line][period, draw])
        return None if math.isnan(value) else value

    def _of_first_draw(self, address: str) -> list[float | None]:
        found = self._first_draw.get(address)
        if found is None:
            found = [None if math.isnan(value) else value for value in self.values[address][:, 0].tolist()]
            self._first_draw[address] = found
        return found

    def figures(self, line: Line | str, draw: int = 0) -> list[float | None]:
        """A value a period."""
        if draw == 0:
            return list(self._of_first_draw(line if isinstance(line, str) else line.address))
        return [self.figure(line, period, draw) for period in range(self[line].shape[0])]

    def reason(self, line: Line | str, period: int = 0) -> str:
        """Why a line has no number in a period; "" when it has one."""
        found = self.model[line] if isinstance(line, str) else line
        if found.expression is None or self.figure(found, period) is not None:
            return ""
        return self._why(found.expression, period)

    def _why(self, rule: Expression, period: int) -> str:
        """The reason of the first operand without a number, otherwise the rule's own."""
        if isinstance(rule, Line):
            return self.reason(rule, 0 if rule.timeline is Timeline.ONCE else period)
        arrays = [_whole(operand, self.values) for operand in rule.operands]
        here = [array[period if array.shape[0] > 1 else 0, 0] for array in arrays]
        missing = [operand for operand, value in zip(rule.operands, here, strict=True) if math.isnan(value)]
        refused = isinstance(rule, NumberIf) and here[0] == 0
        if missing and not refused:
            return self._why(missing[0], period)
        if isinstance(rule, Outcome):
            return rule.reason(*arrays)
        raise LineError(f"no number and no reason: {', '.join(line.address for line in rule.lines())}")


def evaluate(
    model: Model,
    replaced: Mapping[str, npt.ArrayLike] | None = None,
    keep: Collection[str] | None = None,
) -> Results:
    """Work out every line.

    replaced: other values for inputs, by address, as arrays (1 or periods, draws): scenarios, perturbations or random
    draws go through the same rules as single figures. A line that depends on none of them stays one draw wide.
    keep: addresses wanted at the end; others are let go once their last reader has run, and those that no wanted line
    needs are not worked out. All are kept by default.
    """
    given = {address: np.asarray(value, dtype=np.float64) for address, value in (replaced or {}).items()}
    for address, array in given.items():
        if address not in model or not model[address].is_input:
            raise LineError(f"{address} is not an input of the model")
        if array.ndim != 2 or array.shape[0] not in (1, model.periods(model[address].timeline)):
            raise LineError(f"{address}: replaced by values of shape {array.shape}; give (periods, draws)")
    values: dict[str, Array] = {}
    groups = model.groups if keep is None else needed_groups(model, keep)
    leaving = {} if keep is None else last_readers(model, groups, set(keep))
    with np.errstate(divide="ignore", invalid="ignore"):
        for group in groups:
            work_out_group(model, group, values, given)
            for address in leaving.get(group, ()):
                del values[address]
    return Results(model, values)


def work_out_group(model: Model, group: Group, values: dict[str, Array], given: Mapping[str, Array]) -> None:
    """Put the values of a group's lines among those that it needs; given: those of replaced inputs, by address."""
    if group.stepped:
        _step(model, group, values)
        return
    (line,) = group.lines
    rule = line.expression
    array = given.get(line.address, line.value()) if rule is None else _whole(rule, values, line)
    periods = model.periods(line.timeline)
    values[line.address] = array if array.shape[0] == periods else np.broadcast_to(array, (periods, array.shape[1]))


def _whole(expression: Expression, values: Mapping[str, Array], line: Line | None = None) -> Array:
    if isinstance(expression, Line):
        return values[expression.address]
    operands = [_whole(operand, values, line) for operand in expression.operands]
    _check(expression, operands, line)
    return expression.value(*operands)


def _check(expression: Expression, operands: list[Array], line: Line | None, when: str = "") -> None:
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
        if isinstance(expression, Line) and expression in self.members:
            return self.rows[expression][period]
        settled = self._settled(expression, line)
        if settled is not None:
            return settled if settled.shape[0] == 1 else settled[period : period + 1]
        if isinstance(expression, Previous):
            return self.rows[expression.line][period - 1] if period else self.at(expression.first, 0, line)
        operands = [self.at(operand, period, line) for operand in expression.operands]
        _check(expression, operands, line, f", period {period + 1}")
        return expression.value(*operands)

    def _settled(self, expression: Expression, line: Line) -> Array | None:
        """The values of an expression that needs no line of the group, worked out once; None for any other."""
        key = id(expression)
        if key not in self.settled:
            inside = any(found in self.members for found in expression.lines())
            self.settled[key] = None if inside else _whole(expression, self.values, line)
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


def needed_groups(model: Model, keep: Collection[str]) -> tuple[Group, ...]:
    """The groups behind the wanted lines, in the order of the model's."""
    found = {model.places[model[address]] for address in keep}
    waiting = list(found)
    while waiting:
        for line in model.groups[waiting.pop()].lines:
            new = {model.places[below] for below in model.needs[line]} - found
            found |= new
            waiting.extend(new)
    return tuple(model.groups[place] for place in sorted(found))


def last_readers(model: Model, groups: tuple[Group, ...], keep: Collection[str]) -> dict[Group, list[str]]:
    """By group, the addresses that nobody reads after it."""
    last: dict[str, Group] = {}
    for group in groups:
        for line in group.lines:
            last[line.address] = group
            for needed in model.needs[line]:
                last[needed.address] = group
    leaving: dict[Group, list[str]] = {}
    for address, group in last.items():
        if address not in keep:
            leaving.setdefault(group, []).append(address)
    return leaving
