"""The waterfall: from the old figure to the new one, a bar for each change. Geometry only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from finmodel.audit.versions.diff_words import count, moved_by, part_name
from finmodel.document.chart_shapes import WIDTH, Box, Chart, Key, Rule, Scale, Shape, Words
from finmodel.document.table import Cell, Row, Table
from finmodel.lines.display import pounds

Found = dict[str, Any]
MOST_BARS = 18
LONGEST_NAME = 80
SMALL = 0.2  # of the figure: moves that would be slivers next to bars drawn from zero
_TALL, _TOP, _LEFT, _RIGHT = 50.0, 8.0, 4.0, WIDTH - 4
_KINDS = {"net": "Net present budget impact", "saving": "A change that raises it", "cost": "A change that lowers it"}


def waterfall(option: Found, each: Found, index: int) -> Chart:
    """The chart of one option's net present budget impact.

    A bar is the move when its change is made, in their order. Of many changes the smallest are drawn as one bar.
    """
    bars = _bars(each)
    base = _base(bars)
    bars = [(name, base if kind == "net" else start, end, kind) for name, start, end, kind in bars]
    scale = Scale.over([value - base for _, start, end, _ in bars for value in (start, end)], _LEFT, _RIGHT)
    shapes: list[Shape] = [Rule(scale.at(0), _TOP, scale.at(0), _TOP + _TALL * len(bars), "nil")]
    names: list[Shape] = []
    for n, (name, start, end, kind) in enumerate(bars):
        y = _TOP + _TALL * n
        x1, x2 = sorted((scale.at(start - base), scale.at(end - base)))
        shapes.append(Box(x1, y + 22, max(round(x2 - x1, 1), 1.5), _TALL - 28, kind))
        if n + 1 < len(bars):
            x = scale.at(end - base)
            shapes.append(Rule(x, y + _TALL - 6, x, y + _TALL + 22, "mark"))
        names.append(Words(_LEFT, y + 15, _shortened(name), "start", "rung named"))
        names.append(Words(_RIGHT, y + 15, _amount(start, end, kind), "end", "value"))
    shapes += names  # above the lines, with a white rim
    kinds = {kind for _, _, _, kind in bars}
    return Chart(
        id=f"waterfall-{index}",
        title=f"From the old to the new net present budget impact: {option['title']}",
        desc=" ".join(f"{name}: {_amount(start, end, kind)}." for name, start, end, kind in bars),
        height=_TOP * 2 + _TALL * len(bars),
        shapes=tuple(shapes),
        table=Table(
            f"waterfall-table-{index}",
            f"The bars of the chart: {option['title']}",
            "Change",
            (Cell("Moves it by"), Cell("To")),
            tuple(
                Row(
                    name,
                    (Cell("" if kind == "net" else moved_by(end - start, "£")), Cell(pounds(end))),
                    kind="total" if kind == "net" else "",
                )
                for name, start, end, kind in bars
            ),
        ),
        legend=tuple(Key("", kind, text) for kind, text in _KINDS.items() if kind in kinds),
        note=_note(base),
    )


def _base(bars: Sequence[tuple[str, float, float, str]]) -> float:
    """What the bars are drawn from: zero, or the old figure where the moves are small next to it."""
    path = [end for _, _, end, _ in bars]
    reach = max(path) - min(path)
    return path[0] if reach < SMALL * max(abs(end) for end in path) else 0.0


def _note(base: float) -> str:
    drawn = "Each bar is the move when its change is made, in the order of the table."
    if base:
        drawn += f" The bars begin at the old figure, {pounds(base)}, and not at zero: the moves are small next to it."
    return drawn


def _bars(each: Found) -> list[tuple[str, float, float, str]]:
    """Name, start, end, look."""
    at = each["old"]
    bars = [("Old version", 0.0, at, "net")]
    for name, by in _drawn(each):
        bars.append((name, at, at + by, "saving" if by >= 0 else "cost"))
        at += by
    return [*bars, ("New version", 0.0, each["new"], "net")]


def _drawn(each: Found) -> list[tuple[str, float]]:
    parts = [(part_name(part), part["in_order"]) for part in each["parts"]]
    if len(parts) <= MOST_BARS:
        return parts
    largest = sorted(range(len(parts)), key=lambda n: -abs(parts[n][1]))[: MOST_BARS - 1]
    others = [by for n, (_, by) in enumerate(parts) if n not in largest]
    return [*(parts[n] for n in sorted(largest)), (count(len(others), "smaller change"), sum(others))]


def _amount(start: float, end: float, kind: str) -> str:
    return pounds(end) if kind == "net" else moved_by(end - start, "£")


def _shortened(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
