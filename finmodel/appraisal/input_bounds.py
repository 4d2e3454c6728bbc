"""Within what the figures of an input may be drawn or moved: by its unit, and by the tables that it is a place in."""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from msgspec.structs import replace

from finmodel.lines.arithmetic import Maximum
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.input_limits import InputLimits, limits_of
from finmodel.lines.line import Line
from finmodel.lines.model import Model
from finmodel.lines.timing import AtPeriod, LookUp, Shifted

# What the schema declares of a field, by the end of its address, where that is more than its unit says.
_LEAST = {"average_stay": 1.0, "people": 1.0, "full_time_hours": 1.0, "life": 1.0, "beds_to_close": 1.0}
_TARGETS = "caseload.targets."
_LEAST_OF_A_RATE = -0.999  # the largest fall that a case may state


_Places = dict[str, tuple[float, float]]  # by address of an input that is read as a place: the first and the last
_OF_MODELS: WeakKeyDictionary[Model, tuple[int, _Places]] = WeakKeyDictionary()  # with how many lines it had


class InputBounds:
    """The bounds of every input of a model."""

    def __init__(self, model: Model) -> None:
        lines, self._places = _OF_MODELS.get(model, (0, {}))
        if lines != len(model):
            self._places = _places_of(model)
            _OF_MODELS[model] = len(model), self._places

    def of(self, line: Line) -> InputLimits:
        """What an input may be. What is read as a place, or as a number of periods, is a whole number of those there.

        Its own values are always within.
        """
        values = [] if line.values is None else [float(value) for value in line.values[:, 0]]
        limits = limits_of(line, *values)
        lowest = _least_declared(line)
        lowest = limits.least if lowest is None else lowest
        limits = replace(limits, least=min([max(limits.least, lowest), *values]))
        if line.address not in self._places:
            return limits
        least, most = self._places[line.address]
        least, most = max(least, limits.least), min(most, limits.most)
        return InputLimits(min(least, *values), max(most, *values), whole=True)


def _places_of(model: Model) -> _Places:
    found: _Places = {}
    for line in model:
        if line.expression is not None:
            for place, least, most in _places_in(line.expression, model):
                known = found.get(place.address, (least, most))
                found[place.address] = max(known[0], least), min(known[1], most)
    return found


def _least_declared(line: Line) -> float | None:
    """The least that the schema declares of an input; None where its unit says as much."""
    if line.address.startswith(_TARGETS):  # cases are divided by it
        return 1.0
    return _LEAST.get(line.address.rpartition(".")[2], _LEAST_OF_A_RATE if line.unit == "rate" else None)


def _places_in(rule: Expression, model: Model) -> Iterator[tuple[Line, float, float]]:
    """The inputs that a rule reads as places, with the first and the last place there is."""
    if isinstance(rule, Shifted):
        yield from _input(rule.operands[1], 0.0, float(model.periods(rule.line.timeline)))
    elif isinstance(rule, AtPeriod):
        yield from _input(rule.operands[1], 1.0, float(model.periods(rule.line.timeline)))
    elif isinstance(rule, LookUp):
        for line in _largest_of(rule.operands[0]):
            yield from _input(line, 1.0, float(len(rule.table)))
    for operand in rule.operands:
        if operand.operands:  # a line has none: what it is made from is its own
            yield from _places_in(operand, model)


def _largest_of(place: Expression) -> Iterator[Line]:
    """The inputs of which a place is the largest, itself included; one that is kept within a table needs no bounds."""
    if isinstance(place, Line):
        if place.is_stated:
            yield place
        elif place.expression is not None:
            yield from _largest_of(place.expression)
    elif isinstance(place, Maximum):
        for operand in place.operands:
            yield from _largest_of(operand)


def _input(place: Expression, least: float, most: float) -> Iterator[tuple[Line, float, float]]:
    if isinstance(place, Line) and place.stated_in is not None and place.timeline is Timeline.ONCE:
        yield place.stated_in, least, most
