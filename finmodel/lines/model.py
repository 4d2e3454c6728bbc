"""A model: lines by address, in an order in which each can be worked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct

from finmodel.lines.expression import Array, Expression, LineError, Timeline
from finmodel.lines.graphs import reached, strongly_connected
from finmodel.lines.line import Line, Origin, column
from finmodel.lines.outcomes import need_numbers
from finmodel.lines.periods import Horizon
from finmodel.lines.timing import PeriodNumber, Previous


class Group(Struct, frozen=True):
    """Lines worked out together: one line whole, or lines that need each other's previous period, step by step."""

    lines: tuple[Line, ...]
    stepped: bool


class Behind(Struct, frozen=True):
    """What is behind some wanted lines: the groups, in the order of the model's, and their lines."""

    groups: tuple[Group, ...]
    lines: frozenset[Line]


class Model:
    """Named lines over the years and months of a horizon."""

    def __init__(self, horizon: Horizon) -> None:
        self.horizon = horizon
        self._lines: dict[str, Line] = {}
        self._periods = {
            Timeline.ONCE: 1,
            Timeline.YEARS: horizon.number_of_years,
            Timeline.MONTHS: len(horizon.months),
        }
        self.standing: dict[str, Array] = {}  # values of lines as the case stands, by address, as far as asked for
        self.alike: dict[str, tuple[tuple[int, ...], Array]] = {}  # of these, by period, which of its values; these
        self.standing_sums: dict[Expression, Array] = {}  # of terms as the case stands, by the sum, as far as asked for
        self.behind: dict[frozenset[str], Behind] = {}  # by the addresses of wanted lines, as far as asked for

    def periods(self, timeline: Timeline) -> int:
        """How many periods a timeline has."""
        return self._periods[timeline]

    def input(
        self,
        address: str,
        label: str,
        values: float | Sequence[float],
        unit: str,
        origin: Origin,
        *,
        timeline: Timeline = Timeline.ONCE,
        section: str = "",
        origins: Sequence[Origin] = (),
    ) -> Line:
        """Add an input: one value, or as many as the timeline has periods; `origins` where each has its own."""
        array = column(list(values) if isinstance(values, Sequence) else values)
        if array.shape[0] != self.periods(timeline):
            raise LineError(f"{address} has {array.shape[0]} values for {self.periods(timeline)} {timeline.value}")
        if not np.isfinite(array).all():
            raise LineError(f"{address} has a value that is no number")
        line = Line(address, label, unit, timeline, section, values=array, origin=origin, origins=tuple(origins))
        return self._add(line)

    def line(
        self,
        address: str,
        label: str,
        expression: Expression | int,
        unit: str,
        *,
        timeline: Timeline | None = None,
        section: str = "",
        note: str = "",
    ) -> Line:
        """Add a line with its rule. The timeline is the rule's own unless said."""
        if timeline is None:
            timeline = expression.timeline if isinstance(expression, Expression) else Timeline.ONCE
        return self.declare(address, label, unit, timeline, section=section, note=note).define(expression)

    def declare(
        self, address: str, label: str, unit: str, timeline: Timeline, *, section: str = "", note: str = ""
    ) -> Line:
        """Add a line whose rule follows with `define`, so that others can refer to it first."""
        return self._add(Line(address, label, unit, timeline, section, note=note))

    def period_number(self, timeline: Timeline) -> Expression:
        """The number of the period, 1 for the first."""
        return PeriodNumber(timeline, self.periods(timeline))

    def _add(self, line: Line) -> Line:
        if line.address in self._lines:
            raise LineError(f"two lines have the address {line.address}")
        self._lines[line.address] = line
        if "needs" in self.__dict__:
            self._forget()
        return line

    def _forget(self) -> None:
        """Drop what was found of the lines so far; all of it is found by way of what they need."""
        for made in ("groups", "needs", "places", "readers"):
            self.__dict__.pop(made, None)
        self.standing.clear()
        self.alike.clear()
        self.standing_sums.clear()
        self.behind.clear()

    def __getitem__(self, address: str) -> Line:
        return self._lines[address]

    def __contains__(self, address: object) -> bool:
        return address in self._lines

    def __iter__(self) -> Iterator[Line]:
        return iter(self._lines.values())

    def __len__(self) -> int:
        return len(self._lines)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The lines in an order in which each can be worked out; asked once the model is complete."""
        for line in self:
            if line.expression is not None:
                need_numbers(line)
            elif not line.is_input:
                raise LineError(f"{line.address} was declared and never defined")
        return tuple(_group(component, self.needs) for component in in_groups(self.needs))

    @cached_property
    def needs(self) -> dict[Line, tuple[Line, ...]]:
        """By line, the lines in its rule."""
        return {line: tuple(dict.fromkeys(needed_by(line))) for line in self}

    @cached_property
    def places(self) -> dict[Line, int]:
        """By line, the place of its group in the order of the groups."""
        return {line: place for place, group in enumerate(self.groups) for line in group.lines}

    @cached_property
    def readers(self) -> dict[Line, list[Line]]:
        """By line, the lines in whose rules it stands, in the order of the model."""
        found: dict[Line, list[Line]] = {line: [] for line in self}
        for line, needed in self.needs.items():
            for each in needed:
                found[each].append(line)
        return found


def needed_by(line: Line) -> Iterator[Line]:
    """The lines in its rule."""
    return iter(()) if line.expression is None else line.expression.lines()


def inputs_behind(lines: Iterable[Line]) -> set[Line]:
    """Every input from which any of these lines is made, themselves among them."""
    return {line for line in reached(lines, needed_by) if line.is_input}


def _group(component: list[Line], needs: dict[Line, tuple[Line, ...]]) -> Group:
    if len(component) == 1 and component[0] not in needs[component[0]]:
        return Group((component[0],), stepped=False)
    members = set(component)
    if len({line.timeline for line in component}) > 1:
        names = ", ".join(sorted(line.address for line in component))
        raise LineError(f"lines on different timelines need each other: {names}")
    now = {line: tuple(_needed_now(line.expression, members)) for line in component}
    ordered: list[Line] = []
    for part in in_groups(now):
        if len(part) > 1 or part[0] in now[part[0]]:
            names = " → ".join(line.address for line in [*part, part[0]])
            raise LineError(f"a line needs itself in the same period: {names}")
        ordered.extend(part)
    return Group(tuple(ordered), stepped=True)


def _needed_now(expression: Expression | None, members: set[Line]) -> Iterator[Line]:
    """The group's lines that a rule needs in the same period: all but those behind `previous`."""
    if expression is None:
        return
    if isinstance(expression, Line):
        if expression in members:
            yield expression
        return
    for operand in expression.operands:
        behind = isinstance(expression, Previous) and operand is expression.line
        if not expression.elementwise and not behind and any(line in members for line in operand.lines()):
            name = next(line.address for line in operand.lines() if line in members)
            raise LineError(f"{name} is needed by itself over many periods; only `previous` may refer back")
        if not behind:
            yield from _needed_now(operand, members)


def in_groups(needs: Mapping[Line, Sequence[Line]]) -> Iterator[list[Line]]:
    """Lines that need each other, each group after those that it needs."""
    lines = list(needs)
    number = {line: place for place, line in enumerate(lines)}
    for line, needed in needs.items():
        for each in needed:
            if each not in number:
                raise LineError(f"{line.address} needs {each.address}, which is not in the model")
    for group in strongly_connected([[number[each] for each in needs[line]] for line in lines]):
        yield [lines[place] for place in group]
