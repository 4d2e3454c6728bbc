"""The charts of a workload report: a few lines of one unit over all quarters, with a gap where there is no figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from finmodel.document.table import Cell, Row, Table
from finmodel.document.word_chart import Series
from finmodel.lines.display import plain_number
from finmodel.workload.published import ShownGroup, ShownLine, ShownReport
from finmodel.workload.quarters import Quarter

_MOST_LINES = 4
_LEAST_FIGURES = 3
_MOST_DOTS = 24
_NARROW = 380.0
_NAME_WIDE = 74.0  # of `Sep 2018` at the axis, with a space


class WorkloadChart(Struct, frozen=True):
    """What a chart shows: lines of one unit, and the quarters from the first figure of any."""

    id: str
    title: str
    unit: str
    quarters: tuple[Quarter, ...]
    lines: tuple[ShownLine, ...]
    first: int  # the place of the first quarter

    def values(self, line: ShownLine) -> tuple[float | None, ...]:
        """The figures of a line from the first quarter on."""
        return line.values[self.first :]

    @property
    def described(self) -> str:
        """The chart in words: each line's first and last figure, and how many are lacking."""
        return " ".join(self._line_words(line) for line in self.lines)

    def _line_words(self, line: ShownLine) -> str:
        there = [place for place, value in enumerate(line.values) if value is not None]
        gaps = sum(value is None for value in line.values[there[0] : there[-1] + 1])
        lacking = f", with {gaps} quarter{'' if gaps == 1 else 's'} between without a figure" if gaps else ""
        offset = self.first
        first, last = self.quarters[there[0] - offset], self.quarters[there[-1] - offset]
        return f"{line.name}: {line.text(there[0])} at {first.words}, {line.text(there[-1])} at {last.words}{lacking}."

    @property
    def series(self) -> list[Series]:
        """The lines as Word draws them."""
        return [Series(line.name, self.values(line), place == 0) for place, line in enumerate(self.lines)]

    @property
    def bounds(self) -> tuple[float, float]:
        """The ends of the scale."""
        scale = self._scale(1.0, 0.0)
        return scale.low, scale.high

    def _scale(self, start: float, end: float) -> Scale:
        return Scale.over([one for line in self.lines for one in line.values if one is not None], start, end)

    def drawn(self) -> Chart:
        """The chart of a page, drawn for a desk and for a phone."""
        return self._drawn(WIDTH, self._drawn(_NARROW))

    def _drawn(self, width: float, narrow: Chart | None = None) -> Chart:
        small = width < WIDTH
        left, right, top, bottom = (52.0 if small else AXIS), width - 14, 44.0, (224.0 if small else 284.0)
        scale = self._scale(bottom, top)
        count = len(self.quarters)

        def across(place: int) -> float:
            return round(left + (right - left) * (place + 0.5) / count, 1)

        shapes: list[Shape] = [Words(2, 16, self.unit, kind="axis-title")]
        for value in scale.ticks:
            y = scale.at(value)
            shapes.append(Rule(left, y, right, y, "nil" if abs(value) < scale.step / 1e6 else "grid"))
            shapes.append(Words(left - 8, round(y + 4, 1), plain_number(value, 2), "end", "tick"))
        every = max(1, -(-int(_NAME_WIDE * count) // int(right - left)))
        half = _NAME_WIDE / 2
        shapes += [
            Words(
                round(min(max(across(place), half), width - half), 1),
                bottom + 24,
                self.quarters[place].short,
                "middle",
                "tick",
            )
            for place in range(count - 1, -1, -every)
        ]
        for look, line in reversed(list(enumerate(self.lines))):
            values = self.values(line)
            for run in runs(values):
                points = " ".join(f"{across(place)},{scale.at(_figure(values, place))}" for place in run)
                if len(run) > 1:
                    shapes.append(Path(points, f"series series-{look}"))
                if len(run) == 1 or count <= _MOST_DOTS:
                    shapes += [Dot(across(place), scale.at(_figure(values, place)), f"end end-{look}") for place in run]
        suffix = "-narrow" if small else ""
        return Chart(
            id=f"{self.id}{suffix}",
            title=self.title,
            desc=self.described,
            height=bottom + 40,
            shapes=tuple(shapes),
            table=self._table(suffix),
            legend=tuple(LegendKey("", f"series series-{place}", line.name) for place, line in enumerate(self.lines)),
            note="" if small or not self._has_gaps else "A gap in a line is a quarter without a figure.",
            width=width,
            narrow=narrow,
        )

    @property
    def _has_gaps(self) -> bool:
        return any(len(list(runs(self.values(line)))) > 1 for line in self.lines)

    def _table(self, suffix: str) -> Table:
        rows = tuple(
            Row(quarter.words, tuple(Cell(line.text(self.first + place)) for line in self.lines))
            for place, quarter in enumerate(self.quarters)
        )
        columns = tuple(Cell(line.name) for line in self.lines)
        return Table(f"{self.id}{suffix}-figures", f"{self.title}, {self.unit}", "At", columns, rows)


def _figure(values: Sequence[float | None], place: int) -> float:
    value = values[place]
    assert value is not None
    return value


def runs(values: Sequence[float | None]) -> Iterator[list[int]]:
    """The places of figures that follow each other without a gap."""
    run: list[int] = []
    for place, value in enumerate(values):
        if value is not None:
            run.append(place)
        elif run:
            yield run
            run = []
    if run:
        yield run


def chart_of(report: ShownReport, group: ShownGroup) -> WorkloadChart | None:
    """The chart of a group: of the unit that most lines with figures have, the first four; None without any."""
    fit = [
        line
        for line in group.lines
        if not line.key.section and line.key.measure != "population" and _figures(line) >= _LEAST_FIGURES
    ]
    by_unit: dict[tuple[str, bool], list[ShownLine]] = {}
    for line in fit:
        by_unit.setdefault((line.unit, line.period == "level"), []).append(line)
    if not by_unit:
        return None
    (unit, _), lines = max(by_unit.items(), key=lambda each: min(len(each[1]), _MOST_LINES))
    chosen = lines[:_MOST_LINES]
    first = min(place for line in chosen for place, value in enumerate(line.values) if value is not None)
    named = "%" if unit == "percent" else unit
    return WorkloadChart(
        id=f"chart-{group.id}",
        title=f"{group.title}: {named}",
        unit=named,
        quarters=report.quarters[first:],
        lines=tuple(chosen),
        first=first,
    )


def _figures(line: ShownLine) -> int:
    return sum(value is not None for value in line.values)
