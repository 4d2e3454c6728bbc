"""What charts are made of: lines, bars, marks and words with their places, scales with round numbers, axes."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10

from msgspec import Struct

from finmodel.document.table import Table
from finmodel.lines.display import plain_number

WIDTH = 760.0
LINE = 17.0  # from one line of labels to the next
LETTER = 7.8  # width of a figure or letter in the widest system font, at the charts' size of 12
AXIS = 76.0  # where the chart begins, right of the amounts


class Rule(Struct, frozen=True):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str


class Box(Struct, frozen=True):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    kind: str


class Path(Struct, frozen=True):
    """A line through points, `x,y x,y …`."""

    points: str
    kind: str


class Dot(Struct, frozen=True):
    """A mark."""

    x: float
    y: float
    kind: str


class Words(Struct, frozen=True):
    """A text; `anchor` is start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    kind: str = ""


Shape = Rule | Box | Path | Dot | Words


class LegendKey(Struct, frozen=True):
    """A line of the legend: a letter or "", the look of the series, and what it is."""

    letter: str
    kind: str
    text: str


class LiveCourse(Struct, frozen=True):
    """A line that a page draws again where inputs are moved: whose, its running total by month, its month of payback.

    strong: whether it is the one that sets the scale.
    """

    title: str
    address: str
    payback: str
    strong: bool


class SideOfBars(Struct, frozen=True):
    """One side of bars: what it is, and where each bar ends on it, £."""

    name: str
    ends: tuple[float, ...]


class TwoSided(Struct, frozen=True):
    """Bars to either side of a base, £, the first on top: for a medium that has charts of its own."""

    labels: tuple[str, ...]
    low: SideOfBars
    high: SideOfBars
    base: float


class Chart(Struct, frozen=True):
    """A chart: its words, its shapes, its legend, and its figures as a table. narrow: the same, drawn for a phone.

    courses: its lines, where they can be drawn again; field: the left, right, top and bottom between which they lie.
    bars: the same as figures, of a chart that a paper and a workbook draw by their own means.
    """

    id: str
    title: str
    desc: str
    height: float
    shapes: tuple[Shape, ...]
    table: Table
    legend: tuple[LegendKey, ...] = ()
    note: str = ""
    width: float = WIDTH
    narrow: Chart | None = None
    courses: tuple[LiveCourse, ...] = ()
    field: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    bars: TwoSided | None = None


class Scale(Struct, frozen=True):
    """Pounds to pixels, with round numbers at the ticks."""

    low: float
    high: float
    step: float
    start: float  # pixel of `low`
    end: float  # pixel of `high`

    @classmethod
    def over(cls, values: Sequence[float], start: float, end: float, ticks: int = 5) -> Scale:
        """A scale that takes in zero and every value, between round numbers."""
        low, high = min(0.0, *values), max(0.0, *values)
        if high - low < 0.01:
            high = low + 1.0
        rough = (high - low) / ticks
        power = 10.0 ** floor(log10(rough))
        step = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= rough * 0.999)
        return cls(floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step, step, start, end)

    def at(self, value: float) -> float:
        """The pixel of a value."""
        return round(self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start), 1)

    @property
    def ticks(self) -> list[float]:
        """The values at the ticks."""
        return [self.low + self.step * n for n in range(round((self.high - self.low) / self.step) + 1)]

    @property
    def unit(self) -> tuple[float, str]:
        """Pounds, thousands or millions, as suits the size."""
        most = max(abs(self.low), abs(self.high))
        for size, name in ((1e6, "£ million"), (1e3, "£ thousand")):
            if most >= 2 * size:
                return size, name
        return 1.0, "£"

    def tick_text(self, value: float) -> str:
        """A tick's number in the axis's unit."""
        return plain_number(value / self.unit[0], 2)


def money_axis(scale: Scale, left: float, right: float) -> list[Rule | Words]:
    """Lines across the chart at round amounts, the one at zero marked, and the amounts beside them."""
    shapes: list[Rule | Words] = [Words(2, 16, scale.unit[1], kind="axis-title")]
    for value in scale.ticks:
        y = scale.at(value)
        nil = abs(value) < scale.step / 1e6
        shapes.append(Rule(left, y, right, y, "nil" if nil else "grid"))
        shapes.append(Words(left - 8, round(y + 4, 1), "0" if nil else scale.tick_text(value), "end", "tick"))
    return shapes


def year_axis(
    years: Sequence[str], left: float, right: float, top: float, bottom: float, below: float = 0.0
) -> list[Rule | Words]:
    """Lines between the years and, below the chart, the names of as many years as there is room for."""
    wide = (right - left) / len(years)
    every = ceil(62 / wide)
    shapes: list[Rule | Words] = []
    for index, year in enumerate(years):
        start = round(left + wide * index, 1)
        if index:
            shapes.append(Rule(start, top, start, bottom, "grid"))
        if index % every == 0:
            shapes.append(Words(round(start + wide / 2, 1), round(bottom + 24 + below, 1), year, "middle", "tick"))
    return shapes
