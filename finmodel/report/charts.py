"""The charts of one option: cost and saving by year, and the ladder from gross to net saving. Geometry only."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from finmodel.document.chart_shapes import (
    AXIS,
    LETTER,
    LINE,
    WIDTH,
    Box,
    Chart,
    LegendKey,
    Rule,
    Scale,
    Shape,
    Words,
    money_axis,
    year_axis,
)
from finmodel.document.table import Cell, Row, Table
from finmodel.lines.display import pounds
from finmodel.report.page_tables import titles
from finmodel.results.appraised import AppraisalResults
from finmodel.results.measures import Measures
from finmodel.results.option import OptionResult
from finmodel.results.wording import capital, is_nil, is_same, listed, span, years_shown


def by_year(found: AppraisalResults, group: Sequence[OptionResult], index: int) -> Chart:
    """Cost and cashable saving by year, in bars side by side."""
    years, values = found.years, group[0].by_year
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
    claimed = "Drawn as if the number that it is costed on were reached." if group[0].requirement else ""
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
        legend=tuple(LegendKey("", kind, label) for _, label, kind in pair),
        note=claimed,
    )


def _each_year(values: Sequence[float], years: Sequence[str]) -> str:
    return listed([f"{pounds(value)} in {year}" for value, year in zip(values, years, strict=True)])


LADDER = (
    ("total_gross_saving", "Gross saving"),
    ("total_after_deadweight", "After deadweight"),
    ("total_after_optimism_bias", "After optimism bias"),
    ("total_saving", "Cashable saving"),
)


class Step(Struct, frozen=True):
    """A bar of the ladder: what it is, its figure, from where to where it goes, how it looks."""

    label: str
    value: float
    start: float
    end: float
    kind: str


def ladder(found: AppraisalResults, group: Sequence[OptionResult], index: int) -> Chart | None:
    """From the gross saving down to what is left after the cost, over the years shown; None without a saving."""
    totals, shown = group[0].measures, years_shown(found.years)
    if is_nil(totals.amount("total_gross_saving")):
        return None
    cashable, net = totals.amount("total_saving"), totals.amount("total_net_saving")
    steps = [Step(label, totals.amount(name), 0.0, totals.amount(name), "saving") for name, label in LADDER]
    steps += [
        Step("Less cost", totals.amount("total_cost"), cashable, net, "cost"),
        Step("Net saving", net, 0.0, net, "net"),
    ]
    tall, top, label_end, left, right = 44.0, 12.0, 152.0, 164.0, WIDTH - 4
    scale = Scale.over([end for step in steps for end in (step.start, step.end)], left, right)
    shapes: list[Shape] = [Rule(scale.at(0), top, scale.at(0), top + tall * len(steps), "nil")]
    before = steps[0].end
    for n, step in enumerate(steps):
        y = top + tall * n + 6
        x1, x2 = sorted((scale.at(step.start), scale.at(step.end)))
        if step.kind == "saving" and before > step.end:
            shapes.append(Box(x2, y, round(scale.at(before) - x2, 1), tall - 12, "removed"))
        shapes.append(Box(x1, y, max(round(x2 - x1, 1), 1.5), tall - 12, step.kind))
        shapes.append(Words(label_end, y + 12, step.label, "end", "rung"))
        shapes.append(Words(label_end, y + 29, pounds(step.value), "end", "value"))
        before = step.end
    removed = any(isinstance(shape, Box) and shape.kind == "removed" for shape in shapes)
    keys = [("saving", "Saving"), *([("removed", "Taken off at this step")] if removed else [])]
    keys += [("cost", "Cost"), ("net", "Net saving")]
    return Chart(
        id=f"chart-ladder-{index}",
        title=f"From gross saving to net saving over {shown}: {titles(group)}",
        desc=" ".join(f"{step.label}: {pounds(step.value)}." for step in steps),
        height=top * 2 + tall * len(steps),
        shapes=tuple(shapes),
        table=Table(
            f"figures-ladder-{index}",
            f"From gross saving to net saving, {span(found.years)}",
            "Step, in cash",
            (Cell(capital(shown.removeprefix("the "))),),
            tuple(
                Row(step.label, (Cell(pounds(step.value)),), kind="total" if step.kind == "net" else "")
                for step in steps
            ),
        ),
        legend=tuple(LegendKey("", kind, text) for kind, text in keys),
        note=_ladder_note(group[0], totals),
    )


def _ladder_note(option: OptionResult, totals: Measures) -> str:
    parts = []
    if is_same([totals.amount("total_gross_saving"), totals.amount("total_saving")]):
        parts.append("Nothing is taken off the saving on the way: the case makes no deductions.")
    if option.requirement:
        parts.append("Drawn as if the number that it is costed on were reached.")
    return " ".join(parts)
