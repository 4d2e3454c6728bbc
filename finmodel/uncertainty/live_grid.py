"""The grid of children and price as formulas of a workbook: exact where the rules show that it is.

Where every line that moves is only added up on its way to the net position, the net is what it is as stated, and for
each line that grows with children, with price or with both its total × (factor − 1), whatever the figures of the case.
Where something is capped on the way, such as growth avoided, there is no such sum: the lines that the cap concerns are
written again for each cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.degrees import Degree, DegreeOfLines
from finmodel.lines.evaluate import Results
from finmodel.lines.evaluate_once import whole
from finmodel.lines.expression import Expression, LineError, Timeline
from finmodel.lines.line import Line, Origin, column
from finmodel.lines.timing import RunningTotal
from finmodel.lines.written_again import Again, Times, WrittenAgain, worked_out
from finmodel.uncertainty.answers import OptionLines, judged_lines
from finmodel.uncertainty.grid import STEPS
from finmodel.uncertainty.moving import prices_of, volumes

_FOUND: WeakKeyDictionary[Results, tuple[LiveGrid, ...]] = WeakKeyDictionary()
SHOWN = (Degree(1, 1), Degree(1, 0), Degree(0, 1))  # with children and price, with children alone, with price alone
FEWER_STEPS = ((0.5, 0.75, 1.0, 1.25, 1.5), (0.75, 1.0, 1.25))  # where each is written again; the more, if few enough
_FEW_CELLS, _MOST_CELLS = 10_000, 40_000  # of lines written again for an option, and where it has no such grid
_STEP = Origin("The sheet Grid", is_fact=True)


class SummedGrid(Struct, frozen=True):
    """By degree in children and price, the lines whose totals add up, each with 1 or −1."""

    parts: Mapping[Degree, tuple[tuple[int, Line], ...]]


class RewrittenGrid(Struct, frozen=True):
    """The net position and the children of every cell as rules over lines that are written again.

    down, across: the lines of the steps; nets: a row by its children, a column by the price; children: by row, as
    `LiveGrid.children`; made: the lines written again; results: their values.
    """

    down: tuple[Line, ...]
    across: tuple[Line, ...]
    nets: tuple[tuple[Expression, ...], ...]
    children: tuple[tuple[Expression, ...], ...]
    made: tuple[Again, ...]
    results: Results

    def last(self, rule: Expression) -> float:
        """What a rule comes to in the last year."""
        return float(whole(rule, self.results.values)[-1, 0])

    def average(self, rule: Expression) -> float:
        """What a rule comes to on average over its periods."""
        return float(whole(rule, self.results.values)[:, 0].mean())


class LiveGrid(Struct, frozen=True):
    """The grid of an option. steps: times what is stated, of both; children: by benefit, those fewer in care of each
    year before deductions; price: None where there are several."""

    option: OptionLines
    steps: tuple[float, ...]
    children: tuple[Line, ...]
    price: Line | None
    how: SummedGrid | RewrittenGrid


def live_grids(appraisal: Appraisal) -> tuple[LiveGrid, ...]:
    """The grids that a workbook can work out, by option, worked out once."""
    if appraisal.results not in _FOUND:
        made = (_live(appraisal, option) for option in judged_lines(appraisal.written))
        _FOUND[appraisal.results] = tuple(each for each in made if each is not None)
    return _FOUND[appraisal.results]


def _live(appraisal: Appraisal, option: OptionLines) -> LiveGrid | None:
    written = appraisal.written
    found, prices = volumes(written, option), prices_of(written, option)
    if found is None or not prices or not found.by_year.any():
        return None
    children = tuple(benefit.yearly["children"] for benefit in option.written.own.benefits)
    price = prices[0] if len(prices) == 1 else None
    degrees = DegreeOfLines(written.model, found.inputs, prices, (option.net, *children))
    summed = _summed(degrees, option)
    if summed is not None:
        return LiveGrid(option, STEPS, children, price, summed)
    for steps, most in zip(FEWER_STEPS, (_FEW_CELLS, _MOST_CELLS), strict=True):
        try:
            rewritten = _rewritten(appraisal, degrees, option, children, steps, most)
        except LineError:
            return None
        if rewritten is not None:
            return LiveGrid(option, steps, children, price, rewritten)
    return None


def _summed(degrees: DegreeOfLines, option: OptionLines) -> SummedGrid | None:
    running = option.net.expression
    parts = degrees.parts_of_total(running.line) if isinstance(running, RunningTotal) else None
    if not parts or not set(parts) <= set(SHOWN):
        return None
    return SummedGrid({degree: tuple(lines) for degree, lines in parts.items()})


def _rewritten(
    appraisal: Appraisal,
    degrees: DegreeOfLines,
    option: OptionLines,
    children: tuple[Line, ...],
    steps: tuple[float, ...],
    most: int,
) -> RewrittenGrid | None:
    """None where more cells than `most` would be written; LineError where a rule cannot be, or has no answer."""
    model, prefix = appraisal.written.model, f"grid.{option.id}"
    down, across = _steps(f"{prefix}.children", "Children", steps), _steps(f"{prefix}.price", "Price", steps)
    again = WrittenAgain(degrees, (option.net, *children), prefix)
    nets = tuple(tuple(again.of(option.net, Times(_moving(row), _moving(at))) for at in across) for row in down)
    fewer = tuple(tuple(again.of(line, Times(_moving(row), None)) for line in children) for row in down)
    if sum(model.periods(each.line.timeline) for each in again.made) > most:
        return None
    order = {line: place for place, line in enumerate(model)}
    places: dict[Line | None, int] = {line: place for place, line in enumerate((None, *down, *across))}
    made = sorted(again.made, key=lambda each: (*(places[step] for step in each.times), order[each.of]))
    asked = [rule for row in (*nets, *fewer) for rule in row]
    results = worked_out([each.line for each in made], asked, appraisal.results)
    return RewrittenGrid(down, across, nets, fewer, tuple(made), results)


def _steps(address: str, label: str, steps: tuple[float, ...]) -> tuple[Line, ...]:
    """A line for each step, one number."""
    return tuple(
        Line(f"{address}.{by:.0%}", f"{label} × {by:.0%}", "factor", Timeline.ONCE, values=column(by), origin=_STEP)
        for by in steps
    )


def _moving(step: Line) -> Line | None:
    """The line of a step; none where it is what is stated."""
    return None if step.value()[0, 0] == 1 else step
