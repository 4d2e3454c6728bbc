"""An input moved over its possible range: at which figures it is tried, and what options come to at each of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.lines.model import Model
from finmodel.uncertainty.trials import MovedInput

Numbers = NDArray[np.float64]

_TIMES = np.concatenate([np.linspace(0, 2, 21), [2.5, 3, 4, 6, 10]])  # of what is stated
_SHARES = np.linspace(0, 1, 21)
_RATES = np.linspace(-0.2, 0.3, 26)  # of a yearly change: from a fall of a fifth to a rise of three tenths
_MAY_BE_NONE = ("£", "children", "families", "FTE")  # how the units begin of what is tried at zero too
_WHOLE = ("lag_months", "delay_months")
FINENESS = (
    "A share is tried at every 5% from 0% to 100%, a yearly change at every 2 points from −20% to 30%, months one by "
    "one to the end of the years shown, and any other figure at every tenth of what is stated up to twice that, and "
    "then at 2.5, 3, 4, 6 and 10 times. Between two neighbours a measure is taken to turn once at most."
)


class MovedRange(Struct, frozen=True):
    """An input, and the figures at which it is tried.

    points: of the input; where it changes over time, of its last period, the others moving in proportion. whole:
    whether it has whole numbers alone; stated: as the case has it, of its last period.
    """

    line: Line
    points: Numbers
    stated: float
    whole: bool

    @property
    def over_time(self) -> bool:
        """Whether the input changes over time, and is moved in proportion."""
        return changes_over_time(self.line)

    def at(self, figures: Numbers) -> MovedInput:
        """The input at each of some figures."""
        values = self.line.value()
        if not self.over_time:
            return MovedInput(self.line, np.broadcast_to(figures, (len(values), len(figures))))
        return MovedInput(self.line, values * (figures / self.stated))


def changes_over_time(line: Line) -> bool:
    """Whether an input has not the same figure in every period."""
    values = line.value()[:, 0]
    return bool(np.any(values != values[0]))


def ranges(model: Model, lines: Sequence[Line]) -> tuple[MovedRange, ...]:
    """The ranges of those inputs that can be moved: a profile that ends at zero cannot be in proportion to its end."""
    found = (_range(model, line) for line in lines)
    return tuple(each for each in found if each is not None)


def _range(model: Model, line: Line) -> MovedRange | None:
    values = line.value()[:, 0]
    stated, whole = float(values[-1]), line.address.endswith(_WHOLE)
    if whole:
        return MovedRange(line, np.arange(model.periods(Timeline.MONTHS), dtype=np.float64), stated, whole=True)
    points = None if line.unit in ("flag", "points", "number") else _points(line, stated)
    return None if points is None else MovedRange(line, np.unique(np.append(points, stated)), stated, whole=False)


def _points(line: Line, stated: float) -> Numbers | None:
    """The figures at which an input is tried; None for what is zero and has no bounds, or ends at zero."""
    if changes_over_time(line):
        within = abs(stated) / float(np.max(np.abs(line.value()))) if line.unit == "share" else np.inf
        return _TIMES[within >= _TIMES] * stated if stated else None
    if line.unit in ("share", "rate"):
        return _SHARES if line.unit == "share" else _RATES
    times = _TIMES if line.unit.startswith(_MAY_BE_NONE) else _TIMES[1:]
    return times * stated if stated else None
