"""The waterfall: from the old figure to the new one, a bar for each change. Geometry only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from finmodel.audit.versions.diff_words import moved_by, part_name
from finmodel.audit.versions.difference import Attribution, OptionMove
from finmodel.document.chart_shapes import WIDTH, Box, Chart, LegendKey, Rule, Scale, Shape, Words
from finmodel.document.table import Table
from finmodel.lines.display import pounds
from finmodel.results.wording import count

MOST_BARS = 18
LONGEST_NAME = 80
SMALL = 0.2  # of the figure: moves that would be slivers next to bars drawn from zero
NARROW = 350.0  # the width of a chart on a phone
_TOP, _EDGE, _LINE, _THICK, _BELOW = 8.0, 4.0, 16.0, 22.0, 12.0
_LETTER, _AMOUNT = 8.0, 112.0  # the width of a letter of a name, and of the widest amount beside it
_KINDS = {"net": "Net present budget impact", "saving": "A change that raises it", "cost": "A change that lowers it"}


class _Bar(Struct, frozen=True):
    """A bar: from where to where, and whether it is a figure ("net") or a change of it."""

    name: str
    start: float
    end: float
    kind: str

    @property
    def amount(self) -> str:
        return pounds(self.end) if self.kind == "net" else moved_by(self.end - self.start, "£")


def waterfall(option: OptionMove, each: Attribution, index: int, table: Table) -> Chart:
    """The chart of one option's net present budget impact; `table` has its figures, change by change.

    A bar is the move when its change is made, in their order. Of many changes the smallest are drawn as one bar.
    """
    bars = _bars(each)
    base = _base(bars)
    bars = [replace(bar, start=base) if bar.kind == "net" else bar for bar in bars]
    kinds = {bar.kind for bar in bars}
    shapes, height = _drawn_at(bars, base, WIDTH)
    chart = Chart(
        id=f"waterfall-{index}",
        title=f"From the old to the new net present budget impact: {option.title}",
        desc=" ".join(f"{bar.name}: {bar.amount}." for bar in bars),
        height=height,
        shapes=shapes,
        table=table,
        legend=tuple(LegendKey("", kind, text) for kind, text in _KINDS.items() if kind in kinds),
        note=_note(base),
    )
    shapes, height = _drawn_at(bars, base, NARROW)
    narrow = replace(chart, id=f"{chart.id}-narrow", shapes=shapes, height=height, width=NARROW)
    return replace(chart, narrow=narrow)


def _drawn_at(bars: Sequence[_Bar], base: float, width: float) -> tuple[tuple[Shape, ...], float]:
    """The shapes, below each name its bar, and the height that they take."""
    right = width - _EDGE
    scale = Scale.over([value - base for bar in bars for value in (bar.start, bar.end)], _EDGE, right)
    shapes: list[Shape] = []
    names: list[Shape] = []
    y, last = _TOP, 0.0
    for bar in bars:
        lines = _lines(_shortened(bar.name), int((width - _EDGE * 2 - _AMOUNT) / _LETTER))
        names += [Words(_EDGE, y + _LINE * (n + 1) - 1, line, "start", "rung named") for n, line in enumerate(lines)]
        names.append(Words(right, y + _LINE - 1, bar.amount, "end", "value"))
        top = y + _LINE * len(lines) + 6
        if bar is not bars[0]:
            shapes.append(Rule(last, y - _BELOW + 6, last, top, "mark"))
        x1, x2 = sorted((scale.at(bar.start - base), scale.at(bar.end - base)))
        shapes.append(Box(x1, top, max(round(x2 - x1, 1), 1.5), _THICK, bar.kind))
        last, y = scale.at(bar.end - base), top + _THICK + _BELOW - 6
    shapes.insert(0, Rule(scale.at(0), _TOP, scale.at(0), y, "nil"))
    return (*shapes, *names), y + _TOP  # names above the lines, with a white rim


def _lines(name: str, most: int) -> list[str]:
    """A name in lines of at most so many letters, broken behind a stop, a hyphen or a space where that can be."""
    lines = [""]
    for piece in re.findall(rf"[^.\- _]{{1,{most - 1}}}[.\- _]*|[.\- _]+", name):
        if len(lines[-1]) + len(piece.rstrip()) > most and lines[-1]:
            lines.append("")
        lines[-1] += piece
    return lines


def _base(bars: Sequence[_Bar]) -> float:
    """What the bars are drawn from: zero, or the old figure where the moves are small next to it."""
    path = [bar.end for bar in bars]
    reach = max(path) - min(path)
    return path[0] if reach < SMALL * max(abs(end) for end in path) else 0.0


def _note(base: float) -> str:
    drawn = "Each bar is the move when its change is made, in the order of the table."
    if base:
        drawn += f" The bars begin at the old figure, {pounds(base)}, and not at zero: the moves are small next to it."
    return drawn


def _bars(each: Attribution) -> list[_Bar]:
    assert each.old is not None
    assert each.new is not None
    at = each.old
    bars = [_Bar("Old version", 0.0, at, "net")]
    for name, by in _drawn(each):
        bars.append(_Bar(name, at, at + by, "saving" if by >= 0 else "cost"))
        at += by
    return [*bars, _Bar("New version", 0.0, each.new, "net")]


def _drawn(each: Attribution) -> list[tuple[str, float]]:
    parts = [(part_name(part), part.by) for part in each.parts if part.by is not None]
    if len(parts) <= MOST_BARS:
        return parts
    largest = sorted(range(len(parts)), key=lambda n: -abs(parts[n][1]))[: MOST_BARS - 1]
    others = [by for n, (_, by) in enumerate(parts) if n not in largest]
    return [*(parts[n] for n in sorted(largest)), (count(len(others), "smaller change"), sum(others))]


def _shortened(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
