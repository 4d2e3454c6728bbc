"""The tornado: how far the answer moves as each input goes from its low to its high, around what is stated.

Geometry only. The low is a plain bar and the high a hatched one, so that neither is known by its colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from msgspec import Struct

from finmodel.document.chart_shapes import (
    LETTER,
    LINE,
    WIDTH,
    Box,
    Chart,
    LegendKey,
    Rule,
    Scale,
    Shape,
    SideOfBars,
    TwoSided,
    Words,
)
from finmodel.document.table import NONE, Cell, Row, Table
from finmodel.lines.display import pounds, short_pounds
from finmodel.results.uncertainty import BarResult
from finmodel.results.wording import is_nil

PHONE = 350.0
LOW, HIGH = "Net with the input at its low", "Net with the input at its high"
_ZERO = "Right of the dotted line, £0, all money spent is recovered."
_UNBROKEN = "\N{NO-BREAK SPACE}"
_NARROW = 600.0
_LETTER_ON_PHONE = 8.8  # width of a figure at the size of a narrow chart
_LABELS = 268.0  # width of the labels left of the bars, where there is room for them
_BAR, _GAP, _TOP, _BELOW = 18.0, 10.0, 38.0, 3.0
_LETTERS, _LETTERS_ON_PHONE = 36, 44  # of a line of a label


class _BarFrame(Struct, frozen=True):
    """Where the field of bars lies; narrow: whether labels stand above their bars."""

    width: float
    left: float
    right: float
    letters: int

    @property
    def narrow(self) -> bool:
        return self.width < _NARROW


class TornadoOf(Struct, frozen=True):
    """What is drawn. title: of whose; net: as stated, £; by: the last month, in words; which: of what the ends are."""

    title: str
    net: float
    by: str
    which: str
    bars: tuple[BarResult, ...]

    @property
    def how(self) -> str:
        """How the inputs were moved."""
        return f"Each input by itself, everything else as stated: {self.which}."

    @property
    def caption(self) -> str:
        """What the chart shows."""
        return f"What matters most: {self.title}"


def label_of(bar: BarResult) -> str:
    """An input with the ends at which it is tried: `…, 12% to 36%`, `…, ±10%`."""
    return f"{bar.label}, {bar.ends.replace(' ', _UNBROKEN)}"


def tornado_chart(drawn: TornadoOf, number: str, width: float = WIDTH) -> Chart:
    """The tornado of an option, the longest bar first; number: that makes its id its own."""
    frame = _frame(drawn, width)
    scale = _scale(drawn, frame)
    boxes: list[Box] = []
    rules: list[Rule] = []
    words: list[Words] = list(_named(drawn, scale, frame))
    y = _TOP + _GAP
    for bar in drawn.bars:
        lines = wrap(label_of(bar), frame.letters)
        at = y + (LINE * len(lines) + _BELOW if frame.narrow else max(0.0, (LINE * len(lines) - _BAR) / 2))
        boxes += _sides(bar, at, scale, drawn.net)
        rules += _rules(drawn, scale, at, at + _BAR) if frame.narrow else []
        words += [*_label(lines, y, frame), *_amounts(bar, at, scale, drawn.net)]
        y += (LINE * len(lines) + _BELOW + _BAR if frame.narrow else max(LINE * len(lines), _BAR)) + _GAP
    rules += [] if frame.narrow else _rules(drawn, scale, _TOP, y)
    suffix = number if width == WIDTH else f"{number}-{width:.0f}"
    shapes: tuple[Shape, ...] = (*boxes, *rules, *words)
    return Chart(
        id=f"chart-tornado-{suffix}",
        title=f"{drawn.caption}. Net by {drawn.by}, in cash",
        desc=described(drawn),
        height=y + 6,
        shapes=shapes,
        table=tornado_table(drawn, suffix),
        legend=(LegendKey("", "low", LOW), LegendKey("", "high", HIGH)),
        note=f"{drawn.how} {_ZERO}",
        width=width,
        bars=TwoSided(
            tuple(label_of(bar) for bar in drawn.bars),
            SideOfBars(LOW, tuple(bar.at_low for bar in drawn.bars)),
            SideOfBars(HIGH, tuple(bar.at_high for bar in drawn.bars)),
            drawn.net,
        ),
    )


def _frame(drawn: TornadoOf, width: float) -> _BarFrame:
    """The field of bars, with room on either side for the longest amount."""
    longest = max(len(pounds(end)) for bar in drawn.bars for end in (bar.at_low, bar.at_high))
    if width < _NARROW:
        beside = longest * _LETTER_ON_PHONE + _GAP
        return _BarFrame(width, beside, width - beside, _LETTERS_ON_PHONE)
    beside = longest * LETTER + _GAP
    return _BarFrame(width, _LABELS + beside, width - beside, _LETTERS)


def _scale(drawn: TornadoOf, frame: _BarFrame) -> Scale:
    """Over every end and what is stated; zero is taken in, where it is paid back or not."""
    ends = [end for bar in drawn.bars for end in (bar.at_low, bar.at_high)]
    low, high = min(0.0, drawn.net, *ends), max(0.0, drawn.net, *ends)
    return Scale(low, high, high - low, frame.left, frame.right)


def _label(lines: Sequence[str], top: float, frame: _BarFrame) -> Iterator[Words]:
    """What the bar is of: beside it, or above it on a phone."""
    x, anchor = (0.0, "start") if frame.narrow else (_LABELS - 8, "end")
    for place, text in enumerate(lines):
        yield Words(x, round(top + 13 + LINE * place, 1), text, anchor)


def _sides(bar: BarResult, top: float, scale: Scale, net: float) -> Iterator[Box]:
    """Its two sides, the longer first, so that the other is seen where both lie on one side of what is stated."""
    for kind, end in sorted((("low", bar.at_low), ("high", bar.at_high)), key=lambda side: -abs(side[1] - net)):
        left, right = sorted((scale.at(net), scale.at(end)))
        if right > left:
            yield Box(left, round(top, 1), round(right - left, 1), _BAR, kind)


def _amounts(bar: BarResult, top: float, scale: Scale, net: float) -> Iterator[Words]:
    """The net at its ends; none where an end moves nothing."""
    least, most = sorted((bar.at_low, bar.at_high))
    y = round(top + 13, 1)
    if least < net and not is_nil(least - net):
        yield Words(round(scale.at(least) - 5, 1), y, pounds(least), "end", "value")
    if most > net and not is_nil(most - net):
        yield Words(round(scale.at(most) + 5, 1), y, pounds(most), "start", "value")


def _rules(drawn: TornadoOf, scale: Scale, top: float, bottom: float) -> Iterator[Rule]:
    """The line of what is stated, and that of zero."""
    base, zero = scale.at(drawn.net), scale.at(0.0)
    if not is_nil(drawn.net):
        yield Rule(zero, round(top, 1), zero, round(bottom, 1), "mark")
    yield Rule(base, round(top, 1), base, round(bottom, 1), "nil")


def _named(drawn: TornadoOf, scale: Scale, frame: _BarFrame) -> Iterator[Words]:
    """The names of both lines, above them."""
    base, zero = scale.at(drawn.net), scale.at(0.0)
    anchor = "end" if base > (frame.left + frame.right) / 2 else "start"
    yield Words(base, 14, f"As stated: {pounds(drawn.net)}", anchor, "value")
    if not is_nil(drawn.net):
        yield Words(zero, 32, "£0", "middle", "tick")


def described(drawn: TornadoOf) -> str:
    """The chart in words."""
    ends = "; ".join(f"{label_of(bar)}: {pounds(bar.at_low)} to {pounds(bar.at_high)}" for bar in drawn.bars)
    return f"As stated {pounds(drawn.net)}. {ends}."


def tornado_table(drawn: TornadoOf, suffix: str) -> Table:
    """The figures of the chart."""
    return Table(
        f"tornado-{suffix}",
        drawn.caption,
        "Input",
        (Cell("Low"), Cell("High"), Cell("Net at the low"), Cell("Net at the high"), Cell("Between")),
        (Row("As stated", _as_stated(drawn), kind="total"), *(Row(bar.label, _cells(bar)) for bar in drawn.bars)),
        f"{drawn.how} Net by {drawn.by}, in cash.",
        looks="wide",
    )


def _as_stated(drawn: TornadoOf) -> tuple[Cell, ...]:
    return Cell(NONE), Cell(NONE), Cell(pounds(drawn.net)), Cell(pounds(drawn.net)), Cell(NONE)


def _cells(bar: BarResult) -> tuple[Cell, ...]:
    own = " (stated)" if bar.range == "stated" else ""
    return (
        Cell(f"{bar.low_text}{own}"),
        Cell(f"{bar.high_text}{own}"),
        Cell(pounds(bar.at_low)),
        Cell(pounds(bar.at_high)),
        Cell(short_pounds(bar.between)),
    )
