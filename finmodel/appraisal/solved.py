"""Break-even of any input: the figure at which an option breaks even, everything else as stated, found by search.

It is not a line of the model, for a formula cannot say which figure makes its own result zero. It is proved by putting
it in: the measure at the figure found is shown with it. Where a saving is in proportion, a line of the model says the
same (`finmodel/appraisal/claims_needed.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from finmodel.appraisal.crossings import Crossing, Numbers, crossings
from finmodel.appraisal.money_spent import CUMULATIVE
from finmodel.basis.book import COUNTED
from finmodel.case.schema_budget import NET_POSITION
from finmodel.lines.display import in_unit
from finmodel.lines.evaluate import Results, evaluate
from finmodel.lines.expression import LineError, Timeline
from finmodel.lines.line import Line
from finmodel.lines.model import Model
from finmodel.lines.nearest import nearest_addresses
from finmodel.parsing.nearest import one_of

TOLERANCE = 0.005  # of the measure: half a penny
_TARGETS = {"£": 0.0, "ratio": 1.0, "children": 0.0}  # what breaking even is, by the unit of the measure
_TIMES = np.concatenate(
    [[0.0], 2.0 ** (np.arange(-40, 81) / 4)]
)  # of the figure stated: 0, and a thousandth to a million
_SHARES = np.linspace(0, 1, 129)
_NO_DIFFERENCE = 1e-3  # of the tolerance
_MOST_NAMED = 4


class NotSolvableError(Exception):
    """An input or a measure for which no figure can be looked for: what is wrong, and what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


class Solved(Struct, frozen=True):
    """The figure of an input at which an option breaks even.

    stated: as the case has it; None where it changes over time, and then `figure` is how many times what is stated.
    target: what the measure is to be: 0, or 1 of a ratio. figure: None where there is none, for the reason.
    reached: the measure with the figure put in. rising: whether more of the input is better. step: the measure jumps
    over its target at the figure, and is on the better side there.
    """

    option: str
    address: str
    label: str
    unit: str
    stated: float | None
    measure: str
    measure_label: str
    measure_unit: str
    target: float
    now: float | None
    figure: float | None
    reached: float | None
    rising: bool | None
    step: bool
    reason: str


def input_to_solve(model: Model, address: str) -> Line:
    """The input at an address; NotSolvableError where there is none, or where it is not one that can be moved alone."""
    line = model[address].stated_in
    if line is None or line.origin is None:
        inputs = [found.address for found in model if found.is_input and found.address.startswith(f"{address}.")]
        remedy = f"Name an input, such as {', '.join(inputs[:_MOST_NAMED])}." if inputs else _TO_INPUTS
        raise NotSolvableError("This figure is worked out, and only what is put in can be solved for", remedy)
    if line.origin.source == COUNTED.source or line.is_fact or address.startswith("conventions."):
        remedy = "Name a figure that the case states, such as a price, a number or a share."
        raise NotSolvableError("This figure is counted from dates or lists, or holds by definition", remedy)
    if address.endswith(".lag_months"):
        raise NotSolvableError(
            "Months move other figures with them", "Change the months in the case and compare: `diff`."
        )
    return line


_TO_INPUTS = "`finmodel explain` shows the inputs that it is made from; name one of those."


def measure_of(model: Model, option: str, name: str) -> tuple[Line, int, float]:
    """The line of a measure of an option, the period in which it is read, and its target."""
    if name == NET_POSITION:
        line = model[f"options.{option}.{CUMULATIVE}"]
        return line, model.periods(line.timeline) - 1, 0.0
    for place in ("measures.", "accounts.", ""):
        address = f"options.{option}.{place}{name}"
        if address in model and model[address].timeline is Timeline.ONCE:
            line = model[address]
            if line.unit in _TARGETS:
                return line, 0, _TARGETS[line.unit]
            remedy = "Name one in pounds or a ratio, such as net_position."
            raise NotSolvableError(f"Nothing breaks even in {line.unit or 'a number'}", remedy)
    start = f"options.{option}.measures."
    own = [f for f in model if f.address.startswith(start) and "." not in f.address.removeprefix(start)]
    usable = [f.address.removeprefix(start) for f in own if f.unit in _TARGETS]
    near = nearest_addresses(name, usable) or usable[:_MOST_NAMED]
    raise NotSolvableError("No measure of an option has that name", f"Name {one_of((NET_POSITION, *near))}.")


def solve(results: Results, option: str, line: Line, measure: str = NET_POSITION) -> Solved | None:
    """The figure of an input at which a measure of an option reaches its target; None where it makes no difference."""
    return _Search(results, option, line, measure).solved()


class _Search:
    def __init__(self, results: Results, option: str, line: Line, measure: str) -> None:
        self.model, self.line, self.option = results.model, line, option
        self.measure, self.period, self.target = measure_of(results.model, option, measure)
        values = line.value()
        self.constant = values.shape[0] == 1
        self.values = values
        self.stated = float(values[0, 0]) if self.constant else None
        self.now = results.figure(self.measure, self.period)

    def solved(self) -> Solved | None:
        if not np.any(self.values) and not self.constant:
            return self._without("it is zero throughout, so that no number of times it is anything")
        points, whole = self._points()
        values = self._figure(points)
        if not np.isfinite(values).any():
            return self._without("the measure has no number at any figure that was tried")
        if np.nanmax(values) - np.nanmin(values) <= TOLERANCE * _NO_DIFFERENCE:
            return None
        found = self._whole(points, values) if whole else crossings(self._figure, points, TOLERANCE)
        if len(found) == 1:
            return self._with(found[0])
        if found:
            places = " and ".join(self._text(crossing.at) for crossing in found[:_MOST_NAMED])
            return self._without(f"it breaks even at more than one figure: {places}")
        low, high = self._text(points[0]), self._text(points[-1])
        side = "above" if np.nanmin(values) > 0 else "below"
        best = in_unit(float(np.nanmin(np.abs(values))), self.measure.unit)
        return self._without(f"at any figure from {low} to {high} it stays {side}, by {best} at the nearest")

    def _points(self) -> tuple[Numbers, bool]:
        """The figures to be tried, and whether they are whole numbers alone."""
        largest = float(np.max(np.abs(self.values)))
        if self.line.unit in ("share", "flag"):
            return (_SHARES if self.constant else _SHARES / largest), False
        if self.line.unit == "rate":
            return (np.linspace(-0.5, 1, 193) if self.constant else _TIMES), False
        scale = 1.0 if not self.constant or not largest else float(self.values[0, 0])
        points = np.sort(_TIMES * scale)
        try:
            self._evaluated(np.array([scale + 0.37]))
        except LineError:  # as of a shift by months
            months = self.model.periods(Timeline.MONTHS)
            return np.arange(0.0, months + 1), True
        return points, False

    def _figure(self, points: Numbers) -> Numbers:
        """The measure less its target at each of these figures; NaN where the model refuses one, as a life of zero."""
        try:
            return self._evaluated(points)
        except LineError:
            if len(points) == 1:
                return np.array([np.nan])
            middle = len(points) // 2
            return np.concatenate([self._figure(points[:middle]), self._figure(points[middle:])])

    def _evaluated(self, points: Numbers) -> Numbers:
        given = points.reshape(1, -1) * (1.0 if self.constant else self.values)
        found = evaluate(self.model, {self.line.address: given}, keep=[self.measure.address])
        row = found[self.measure][self.period]
        return np.broadcast_to(row, points.shape) - self.target

    def _whole(self, points: Numbers, values: Numbers) -> list[Crossing]:
        """Whole numbers between which it crosses, each the one that is on the better side."""
        found = []
        for place in range(1, len(points)):
            before, after = values[place - 1], values[place]
            if (before < 0) != (after < 0):
                rising = bool(after >= 0)
                at = place if rising else place - 1
                exact = abs(values[at]) <= TOLERANCE
                found.append(Crossing(float(points[at]), float(values[at]), rising, step=not exact))
        return found

    def _text(self, figure: float) -> str:
        return in_unit(figure, self.line.unit) if self.constant else f"{in_unit(figure, 'number')} times what is stated"

    def _with(self, found: Crossing) -> Solved:
        return self._made(figure=found.at, reached=found.value + self.target, rising=found.rising, step=found.step)

    def _without(self, reason: str) -> Solved:
        return self._made(reason=reason)

    def _made(
        self,
        *,
        figure: float | None = None,
        reached: float | None = None,
        rising: bool | None = None,
        step: bool = False,
        reason: str = "",
    ) -> Solved:
        label = "Net position over the years shown" if self.measure.address.endswith(CUMULATIVE) else self.measure.label
        return Solved(
            self.option,
            self.line.address,
            self.line.label,
            self.line.unit,
            self.stated,
            self.measure.address,
            label,
            self.measure.unit,
            self.target,
            self.now,
            figure,
            reached,
            rising,
            step,
            reason,
        )


def solve_for_options(
    results: Results, options: list[str], address: str, measure: str = NET_POSITION
) -> Iterator[Solved]:
    """The same for each of these options for which the input makes a difference.

    An input of one option is solved for that option alone. NotSolvableError as of `input_to_solve` and `measure_of`.
    """
    line = input_to_solve(results.model, address)
    own = [option for option in options if address.startswith(f"options.{option}.")]
    for option in own or options:
        found = solve(results, option, line, measure)
        if found is not None:
            yield replace(found, address=address, label=results.model[address].label)
