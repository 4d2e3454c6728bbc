"""The charts of one option: cost and saving by year, and the ladder from gross to net saving. Geometry only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from finmodel.lines.display import pounds
from finmodel.report.chart_shapes import (
    AXIS,
    LETTER,
    LINE,
    WIDTH,
    Box,
    Chart,
    Key,
    Rule,
    Scale,
    Shape,
    Words,
    money_axis,
    year_axis,
)
from finmodel.report.page_tables import Cell, Row, Table, titles
from finmodel.report.wording import is_nil, is_same, listed, span

Found = dict[str, Any]


def by_year(found: Found, group: Sequence[Found], index: int) -> Chart:
    """Cost and cashable saving by year, in bars side by side."""
    years, values = found["years"], group[0]["by_year"]
    pair = (("cost", "Cost", "cost"), ("cashable_saving", "Cashable saving", "saving"))
    left, right, top, bottom = AXIS, WIDTH - 12, 44.0, 324.0
    scale = Scale.over([value for name, _, _ in pair for value in values[name]], bottom, top)
    below = LINE if scale.low < 0 else 0.0  # room for the figures of bars that hang down
    shapes: list[Shape] = [
        *money_axis(scale, left, right),
        *year_axis(years, left, right, top, bottom, below),
    ]
    slot = (right - left) / len(years)
    bar = slot * 0.42
    texts = [pounds(value) for name, _, _ in pair for value in values[name]]
    labelled = max(len(text) for text in texts) * LETTER <= bar
    for place, (name, _, kind) in enumerate(pair):
        for n, value in enumerate(values[name]):
            x = left + slot * n + slot / 2 + (place - 1) * bar
            upper, lower = min(scale.at(value), scale.at(0)), max(scale.at(value), scale.at(0))
            shapes.append(Box(round(x + 1, 1), upper, round(bar - 2, 1), round(lower - upper, 1), kind))
            if labelled:
                y = upper - 5 if value >= 0 else lower + 14
                shapes.append(Words(round(x + bar / 2, 1), round(y, 1), pounds(value), "middle", "value"))
    claimed = "Drawn as if the required number of children were reached." if group[0]["requirement"] else ""
    rows = [Row(label, tuple(Cell(pounds(value)) for value in values[name])) for name, label, _ in pair]
    return Chart(
        id=f"chart-years-{index}",
        title=f"Cost and cashable saving by year: {titles(group)}",
        desc=" ".join(f"{label}: {_each_year(values[name], years)}." for name, label, _ in pair),
        height=bottom + 40 + below,
        shapes=tuple(shapes),
        table=Table(
            f"figures-years-{index}",
            f"Cost and cashable saving, {span(years)}",
            "Cash of the year",
            tuple(Cell(year) for year in years),
            tuple(rows),
        ),
        legend=tuple(Key("", kind, label) for _, label, kind in pair),
        note=claimed,
    )


def _each_year(values: Sequence[float], years: Sequence[str]) -> str:
    return listed([f"{pounds(value)} in {year}" for value, year in zip(values, years, strict=True)])


LADDER = (
    ("gross_saving", "Gross saving"),
    ("after_deadweight", "After deadweight"),
    ("after_optimism_bias", "After optimism bias"),
    ("cashable_saving", "Cashable saving"),
)


def ladder(found: Found, group: Sequence[Found], index: int) -> Chart | None:
    """From the gross saving down to what is left after the cost, in the first year with a saving; None without one."""
    values, years = group[0]["by_year"], found["years"]
    year = next((n for n, value in enumerate(values["gross_saving"]) if not is_nil(value)), None)
    if year is None:
        return None
    rungs = [(label, 0.0, values[name][year], "saving") for name, label in LADDER]
    cashable, net = values["cashable_saving"][year], values["net_saving"][year]
    rungs += [("Less cost", cashable, net, "cost"), ("Net saving", 0.0, net, "net")]
    shown = [values[name][year] for name, _ in LADDER] + [values["cost"][year], net]
    label_end, left, right = 152.0, 164.0, WIDTH - 4
    scale = Scale.over([value for _, low, high, _ in rungs for value in (low, high)], left, right)
    tall, top = 44.0, 12.0
    shapes: list[Shape] = [Rule(scale.at(0), top, scale.at(0), top + tall * len(rungs), "nil")]
    before = 0.0
    for n, ((label, low, high, kind), value) in enumerate(zip(rungs, shown, strict=True)):
        y = top + tall * n + 6
        x1, x2 = sorted((scale.at(low), scale.at(high)))
        if kind == "saving" and n and before > high:
            shapes.append(Box(x2, y, round(scale.at(before) - x2, 1), tall - 12, "removed"))
        shapes.append(Box(x1, y, max(round(x2 - x1, 1), 1.5), tall - 12, kind))
        shapes.append(Words(label_end, y + 12, label, "end", "rung"))
        shapes.append(Words(label_end, y + 29, pounds(value), "end", "value"))
        before = high
    rows = tuple(
        Row(label, (Cell(pounds(value)),), kind="total" if label == "Net saving" else "")
        for (label, _, _, _), value in zip(rungs, shown, strict=True)
    )
    removed = any(isinstance(shape, Box) and shape.kind == "removed" for shape in shapes)
    keys = [Key("", "saving", "Saving"), Key("", "cost", "Cost"), Key("", "net", "Net saving")]
    if removed:
        keys.insert(1, Key("", "removed", "Taken off at this step"))
    return Chart(
        id=f"chart-ladder-{index}",
        title=f"From gross saving to net saving in {years[year]}: {titles(group)}",
        desc=" ".join(f"{label}: {pounds(value)}." for (label, *_), value in zip(rungs, shown, strict=True)),
        height=top * 2 + tall * len(rungs),
        shapes=tuple(shapes),
        table=Table(
            f"figures-ladder-{index}",
            f"From gross saving to net saving, {years[year]}",
            "Step",
            (Cell(years[year]),),
            rows,
        ),
        legend=tuple(keys),
        note=_ladder_note(group[0], values, year),
    )


def _ladder_note(option: Found, values: Found, year: int) -> str:
    parts = []
    if is_same([values["gross_saving"][year], values["cashable_saving"][year]]):
        parts.append("Nothing is taken off the saving on the way: the case makes no deductions.")
    if option["requirement"]:
        parts.append("Drawn as if the required number of children were reached.")
    return " ".join(parts)
