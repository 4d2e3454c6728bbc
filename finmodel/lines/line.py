"""A line: a named figure with a unit, on a timeline, that is either an input with its origin or an expression."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from msgspec import Struct

from finmodel.lines.expression import (
    Array,
    Cells,
    Expression,
    Form,
    LineError,
    Script,
    Timeline,
    Wording,
    is_nil,
    literal,
)
from finmodel.lines.units import Dimension


class Origin(Struct, frozen=True):
    """Where an input comes from: what an auditor asks of every typed-in number.

    is_fact: whether the rules are written for its value, so that a workbook does not follow a change of it: a
    convention of the method, or how the case is put together.
    """

    source: str
    where: str = ""
    link: str = ""
    owner: str = ""
    confidence: str = ""
    as_at: date | None = None
    note: str = ""
    is_fact: bool = False


@dataclass(eq=False)
class Line(Expression):
    """A named figure.

    address: dotted, unique (`options.peripatetic.cost`); label: for readers; unit: see `units`; `section` groups lines
    on a page or sheet. An input has `values` (one, or one a period) and an `origin`; any other line an `expression`.
    """

    address: str
    label: str
    unit: str
    timeline: Timeline
    section: str = ""
    expression: Expression | None = None
    values: Array | None = None
    origin: Origin | None = None
    origins: tuple[Origin, ...] = ()  # one a period, where they differ; `origin` then speaks for all
    note: str = ""
    counts: Timeline | None = None  # whose periods its values are the numbers of, so that reports can name them
    dimension: Dimension = field(init=False)

    def __post_init__(self) -> None:
        self.dimension = Dimension.of(self.unit)

    def origin_at(self, period: int) -> Origin | None:
        """Where the value of a period comes from."""
        return self.origins[period] if self.origins else self.origin

    @property
    def is_input(self) -> bool:
        """Whether its values are typed in."""
        return self.values is not None

    @property
    def stated_in(self) -> Line | None:
        """The input in which its figure is typed: itself, or the one that it repeats; None for what is worked out."""
        if self.is_input:
            return self
        return self.expression if self.origin is not None and isinstance(self.expression, Line) else None

    @property
    def is_stated(self) -> bool:
        """Whether the case states its figure: an input, or the same figure as one."""
        return self.stated_in is not None

    @property
    def is_fact(self) -> bool:
        """Whether it is an input that cannot change in a workbook: see `Origin`."""
        return self.origin is not None and self.origin.is_fact

    def define(self, expression: Expression | int) -> Line:
        """Give a declared line its rule; the units and the timeline must be those declared."""
        rule = literal(expression)
        if self.expression is not None or self.is_input:
            raise LineError(f"{self.address} is defined twice")
        if rule.dimension != self.dimension and not is_nil(rule):
            raise LineError(f"{self.address} is declared in {self.dimension} but its rule gives {rule.dimension}")
        if rule.timeline not in (self.timeline, Timeline.ONCE):
            raise LineError(f"{self.address} runs over {self.timeline.value} but its rule over {rule.timeline.value}")
        self.expression = rule
        return self

    def repeat(self, other: Line, note: str) -> None:
        """Make an input the same figure as another, stated once; it keeps its origin and takes no value of its own."""
        if not (self.is_input and other.is_input) or self.dimension != other.dimension:
            raise LineError(f"{self.address} cannot repeat {other.address}")
        self.values, self.expression, self.note = None, other, note

    def value(self, *operands: Array) -> Array:
        """An input's values; a line with a rule is evaluated by the model."""
        if self.values is None:
            raise LineError(f"{self.address} is not an input")
        return self.values

    def formula(self, cells: Cells) -> str:
        """A reference to its cell."""
        return cells.write(self)

    def words(self, wording: Wording) -> str:
        """Its label, or its value."""
        return wording.say(self)

    def script(self, script: Script) -> Form:
        """Its number."""
        return script.of(self)

    def lines(self) -> Iterator[Line]:
        """Itself."""
        yield self

    def __repr__(self) -> str:
        return f"Line({self.address!r}, {self.unit!r}, {self.timeline.value})"


def column(values: list[float] | float) -> Array:
    """Values of an input as an array, periods on the first axis."""
    array = np.atleast_1d(np.asarray(values, dtype=np.float64))
    return array.reshape(-1, 1)
