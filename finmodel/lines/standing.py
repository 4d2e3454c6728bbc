"""Operations that look at a workbook's own cells: whether rows stand as their rules make them, and the least of rows.

In a model a line's values are what its rule makes them, so the first is 1 there by construction. In a workbook a number
may be typed over a formula: then the cell differs from the rule, worked out once more from the cells that it reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from finmodel.lines.expression import (
    PRODUCT,
    SUM,
    Array,
    Cells,
    Expression,
    Form,
    LineError,
    Script,
    Timeline,
    Wording,
)
from finmodel.lines.line import Line
from finmodel.lines.outcomes import Outcome
from finmodel.lines.units import NO_DIMENSION


@lru_cache(maxsize=64)
def _ones(periods: int) -> Array:
    """1 in every period: the same for the checks of all lines, so made once."""
    found = np.ones((periods, 1))
    found.setflags(write=False)
    return found


class StandsAsRuled(Expression):
    """1 in a period where each of these lines is what its rule makes it, within a tolerance; otherwise 0.

    Lines of one timeline, each with a rule. They are no operands, for no value of the model can move it; a tolerance is
    one where it is an input, which would be read by nothing else.
    """

    elementwise = False
    dimension = NO_DIMENSION

    def __init__(self, lines: Sequence[Line], tolerance: Line, periods: int) -> None:
        timelines = {line.timeline for line in lines}
        if len(timelines) != 1 or any(line.expression is None for line in lines):
            raise LineError("only lines with rules, on one timeline, can be seen to stand as ruled")
        self.checked = tuple(lines)
        self.tolerance = tolerance
        self.operands = (tolerance,) if tolerance.is_input else ()
        self.timeline = timelines.pop()
        self._periods = periods

    def value(self, *operands: Array) -> Array:
        """1 in every period: the model's values come from the rules."""
        return _ones(self._periods)

    def formula(self, cells: Cells) -> str:
        """IF the differences of all lines total less than the tolerance; a text is compared as it stands."""
        apart = [_apart(cells, line) for line in self.checked if not _may_be_text(line)]
        alike = [_alike(cells, line) for line in self.checked if _may_be_text(line)]
        conditions = [f"{'+'.join(apart)}<{cells.write(self.tolerance)}"] if apart else []
        conditions += alike
        every = conditions[0] if len(conditions) == 1 else f"AND({','.join(conditions)})"
        return f"IF({every},1,0)"

    def words(self, wording: Wording) -> str:
        """`1 where each of these is what its rule makes it`."""
        names = "; ".join(dict.fromkeys(line.label for line in self.checked))
        return f"1 where each of these is what its rule makes it, otherwise 0: {names}"

    def script(self, script: Script) -> Form:
        """1: a page's values come from the rules."""
        return "1"


def _apart(cells: Cells, line: Line) -> str:
    return f"ABS({cells.write(line)}-{cells.write(_rule(line), PRODUCT)})"


def _alike(cells: Cells, line: Line) -> str:
    return f"{cells.write(line)}={cells.write(_rule(line), SUM)}"


def _rule(line: Line) -> Expression:
    if line.expression is None:
        raise LineError(f"{line.address} is an input; it has no rule")
    return line.expression


def _may_be_text(line: Line) -> bool:
    """Whether its cell may show a reason or a name instead of a number."""
    rule = line.expression
    return _may_be_text(rule) if isinstance(rule, Line) else isinstance(rule, Outcome)


class HeaderStands(Expression):
    """1 in a period whose header counts as headers are made to; otherwise 0."""

    elementwise = False
    dimension = NO_DIMENSION

    def __init__(self, timeline: Timeline, periods: int) -> None:
        self.timeline = timeline
        self._periods = periods

    def value(self, *operands: Array) -> Array:
        """1 in every period."""
        return _ones(self._periods)

    def formula(self, cells: Cells) -> str:
        """IF each cell of the header is what its formula makes it."""
        return f"IF(AND({','.join(f'{cell}={rule}' for cell, rule in cells.header_rules())}),1,0)"

    def words(self, wording: Wording) -> str:
        """`1 where the header counts …`."""
        return f"1 where the header of the {self.timeline.one} is what its formulas make it, otherwise 0"

    def script(self, script: Script) -> Form:
        """1: a page's values come from the rules."""
        return "1"


class LeastOfRows(Expression):
    """The smallest value of any period of any of these lines, which share a timeline."""

    elementwise = False
    dimension = NO_DIMENSION

    def __init__(self, lines: Sequence[Line]) -> None:
        if not lines or any(line.dimension != NO_DIMENSION for line in lines):
            raise LineError("the least of many rows is of lines without a unit")
        self.operands = tuple(lines)

    def value(self, *operands: Array) -> Array:
        """The minimum."""
        if all(operand.shape[1] == 1 for operand in operands):
            return np.minimum.reduce(np.concatenate(operands), axis=0, keepdims=True)
        return np.min(np.broadcast_arrays(*[operand.min(axis=0, keepdims=True) for operand in operands]), axis=0)

    def formula(self, cells: Cells) -> str:
        """MIN of the rows, those that follow each other as one range."""
        return f"MIN({','.join(cells.rows([line for line in self.operands if isinstance(line, Line)]))})"

    def words(self, wording: Wording) -> str:
        """`the smallest of …`."""
        return f"the smallest of any period of {len(self.operands):,} rows of checks"

    def script(self, script: Script) -> Form:
        """`lowest`."""
        return ["lowest", *map(script.of, self.operands)]


def stands_as_ruled(lines: Sequence[Line], tolerance: Line, periods: int) -> Expression:
    """Whether lines are what their rules make them, period by period."""
    return StandsAsRuled(lines, tolerance, periods)


def header_stands(timeline: Timeline, periods: int) -> Expression:
    """Whether the header counts as it is made to, period by period."""
    return HeaderStands(timeline, periods)


def least_of_rows(lines: Sequence[Line]) -> Expression:
    """The smallest value in any of many rows."""
    return LeastOfRows(lines)
