"""The chart of demand: the counts on their days, what came to be, and where each projection leads. Geometry only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from finmodel.document.chart_shapes import (
    AXIS,
    WIDTH,
    Chart,
    Dot,
    LegendKey,
    Path,
    Rule,
    Scale,
    Shape,
    Words,
)
from finmodel.document.table import NONE, Cell, Row, Table
from finmodel.lines.display import number, plain_number
from finmodel.lines.periods import Month
from finmodel.results.demand import DemandResult, ProjectionResult
from finmodel.results.wording import day_words, listed, month_words

_NARROW = 600.0
_MOST_LINES = 6  # that have looks of their own
_HALF_A_NAME = 30.0  # of a year at the axis
_LABELS = 5  # counts that bear their number


class _FieldOfDays(Struct, frozen=True):
    """Where the chart's field lies, in its own units, and from which day to which it runs."""

    width: float
    left: float
    right: float
    top: float
    bottom: float
    first: date
    last: date

    @classmethod
    def of(cls, width: float, first: date, last: date) -> _FieldOfDays:
        """The frame of a drawing of a width."""
        if width < _NARROW:
            return cls(width, 52.0, width - 14, 44.0, 264.0, first, last)
        return cls(width, AXIS, width - 60, 44.0, 324.0, first, last)

    def across(self, day: date) -> float:
        """Where a day stands."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(self.left + (self.right - self.left) * share, 1)


def demand_chart(demand: DemandResult, width: float = WIDTH) -> Chart:
    """Children by day: observed, come about, projected; the baseline is the strong line."""
    lines = drawn(demand)
    days = [date.fromisoformat(each.day) for each in demand.observations]
    days += [date.fromisoformat(each.day) for each in demand.outturns]
    ends = [Month.parse(month).last_day for month in demand.months]
    frame = _FieldOfDays.of(width, min(days), max(*days, ends[-1]))
    counts = [each.children for each in demand.observations] + [each.children for each in demand.outturns]
    counts += [figure for path in lines for figure in path.monthly if figure is not None]
    scale, across = Scale.over(counts, frame.bottom, frame.top), frame.across
    shapes: list[Shape] = [*_axes(scale, frame)]
    base = demand.last
    for look, path in reversed(list(enumerate(lines))):
        points = [(across(date.fromisoformat(base.day)), scale.at(_begin(path, base.children)))]
        points += [
            (across(end), scale.at(figure))
            for end, figure in zip(ends, path.monthly, strict=True)
            if figure is not None
        ]
        shapes.append(Path(" ".join(f"{x},{y}" for x, y in points), f"series series-{look}"))
    seen = " ".join(f"{across(date.fromisoformat(each.day))},{scale.at(each.children)}" for each in demand.observations)
    shapes.append(Path(seen, "series observed"))
    for place, each in enumerate(demand.observations):
        x, y = across(date.fromisoformat(each.day)), scale.at(each.children)
        shapes.append(Dot(x, y, "end observed"))
        if len(demand.observations) <= _LABELS or place in (0, len(demand.observations) - 1):
            anchor = "start" if x < frame.left + 20 else "middle"
            shapes.append(Words(x, round(y - 10, 1), plain_number(each.children, 1), anchor, "value"))
    for outturn in demand.outturns:
        x, y = across(date.fromisoformat(outturn.day)), scale.at(outturn.children)
        shapes.append(Dot(x, y, "end outturn"))
        shapes.append(Words(x, round(y + 18, 1), plain_number(outturn.children, 1), "end", "value"))
    return Chart(
        id="chart-demand" if width == WIDTH else f"chart-demand-{width:.0f}",
        title=f"{demand.label}: the counts, and where they would lead",
        desc=_described(demand, lines),
        height=frame.bottom + 40,
        shapes=tuple(shapes),
        table=_table(demand, lines, "" if width == WIDTH else f"-{width:.0f}"),
        legend=tuple(_legend(demand, lines)),
        width=width,
    )


def drawn(demand: DemandResult) -> list[ProjectionResult]:
    """The baseline first, then the others, as many as can be told apart."""
    rest = [each for each in demand.projections if each.id != demand.baseline]
    return [demand.of_baseline, *rest][:_MOST_LINES]


def _begin(path: ProjectionResult, base: float) -> float:
    """Where a line leaves the last count: there, but for a line that does not pass through it."""
    return base if path.passes_last_count else next((each for each in path.monthly if each is not None), base)


def _axes(scale: Scale, frame: _FieldOfDays) -> list[Rule | Words]:
    """Lines across at round numbers of children, and one up at the end of each March, named where there is room."""
    shapes: list[Rule | Words] = [Words(2, 16, "children", kind="axis-title")]
    for value in scale.ticks:
        y = scale.at(value)
        nil = abs(value) < scale.step / 1e6
        shapes.append(Rule(frame.left, y, frame.right, y, "nil" if nil else "grid"))
        shapes.append(Words(frame.left - 8, round(y + 4, 1), "0" if nil else plain_number(value, 1), "end", "tick"))
    free = 0.0
    for year in range(frame.first.year, frame.last.year + 1):
        march = date(year, 3, 31)
        if not frame.first <= march <= frame.last:
            continue
        x = frame.across(march)
        shapes.append(Rule(x, frame.top, x, frame.bottom, "grid"))
        at = min(max(x, frame.left + _HALF_A_NAME - 20), frame.width - _HALF_A_NAME - 2)
        if at - _HALF_A_NAME >= free:
            shapes.append(Words(round(at, 1), round(frame.bottom + 24, 1), f"Mar {year}", "middle", "tick"))
            free = at + _HALF_A_NAME + 8
    return shapes


def _legend(demand: DemandResult, lines: Sequence[ProjectionResult]) -> list[LegendKey]:
    keys = [LegendKey("", "series observed", "Counts")]
    keys += [
        LegendKey("", f"series series-{look}", f"{path.label}{' (the baseline)' if path.id == demand.baseline else ''}")
        for look, path in enumerate(lines)
    ]
    if demand.outturns:
        keys.append(LegendKey("", "outturn", "What came to be"))
    return keys


def _described(demand: DemandResult, lines: Sequence[ProjectionResult]) -> str:
    counts = listed([f"{plain_number(each.children, 1)} on {day_words(each.day)}" for each in demand.observations])
    ends = [f"{path.label}: {number(path.monthly[-1], 1)}" for path in lines if path.monthly[-1] is not None]
    return f"Counted: {counts}. By {month_words(demand.months[-1])}, {'; '.join(ends)}."


def _table(demand: DemandResult, lines: Sequence[ProjectionResult], suffix: str) -> Table:
    rows = [
        Row(
            month_words(month),
            tuple(Cell(NONE if (n := path.monthly[place]) is None else number(n, 1)) for path in lines),
        )
        for place, month in enumerate(demand.months)
    ]
    return Table(
        f"figures-demand{suffix}",
        f"{demand.label} at the end of each month",
        "End of",
        tuple(Cell(path.label) for path in lines),
        tuple(rows),
    )
