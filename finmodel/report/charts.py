"""Charts as shapes: where each line, bar and word of an inline SVG stands. Geometry only; templates draw it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

from finmodel.lines.display import plain_number, pounds
from finmodel.report.page_tables import Cell, Row, Table, alike, titles
from finmodel.report.wording import capital, is_nil, listed, month_words, months_of, span

Found = dict[str, Any]
WIDTH = 760.0
LETTER = 7.8  # width of a figure or letter in the widest system font, at the charts' size of 12
MOST_MONTHS_IN_A_TABLE = 60


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True, slots=True)
class Path:
    """A line through points, `x,y x,y …`."""

    points: str
    kind: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark."""

    x: float
    y: float
    kind: str


@dataclass(frozen=True, slots=True)
class Words:
    """A text; `anchor` is start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    kind: str = ""


Shape = Rule | Box | Path | Dot | Words


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend: a letter or "", the look of the series, and what it is."""

    letter: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its words, its shapes, its legend, and its figures as a table."""

    id: str
    title: str
    desc: str
    height: float
    shapes: tuple[Shape, ...]
    table: Table
    legend: tuple[Key, ...] = ()
    note: str = ""
    width: float = WIDTH


@dataclass(frozen=True, slots=True)
class Scale:
    """Pounds to pixels, with round numbers at the ticks."""

    low: float
    high: float
    step: float
    start: float  # pixel of `low`
    end: float  # pixel of `high`

    @classmethod
    def over(cls, values: Sequence[float], start: float, end: float, ticks: int = 5) -> Scale:
        """A scale that takes in nil and every value, between round numbers."""
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


def cumulative(found: Found) -> Chart:
    """Cumulative net saving by month: a line for each option, one line for options that are alike."""
    groups = alike(found["options"], lambda option: option["by_month"]["cumulative_net_saving"])
    moving = [group for group in groups if any(not is_nil(value) for value in _running(group))]
    lettered = len(moving) > 1
    letters = [chr(ord("A") + index) if lettered else "" for index in range(len(moving))]
    paid = [(group, letter) for group, letter in zip(moving, letters, strict=True) if _paid(group)]
    top, bottom = 44.0 + 20 * len(paid), 44.0 + 20 * len(paid) + 280
    left, right = 76.0, WIDTH - 124
    values = [value for group in moving for value in _running(group)] or [0.0]
    scale = Scale.over(values, bottom, top)
    shapes: list[Shape] = [*_money_axis(scale, left, right), *_year_axis(found["years"], left, right, top, bottom)]
    across = (right - left) / len(months_of(found["years"]))
    for index, group in enumerate(moving):
        points = [(left, scale.at(0.0))]
        points += [(round(left + across * (n + 1), 1), scale.at(value)) for n, value in enumerate(_running(group))]
        shapes.append(Path(" ".join(f"{x},{y}" for x, y in points), f"series series-{index % 6}"))
        shapes.append(Dot(*points[-1], f"end end-{index % 6}"))
    shapes += _end_labels(moving, letters, scale, right, top, bottom)
    for row, (group, letter) in enumerate(paid):
        shapes += _payback_mark(found, group, letter, row, scale, left, across)
    return Chart(
        id="chart-cumulative",
        title="Cumulative net saving, month by month",
        desc=_cumulative_desc(found, groups),
        height=bottom + 40,
        shapes=tuple(shapes),
        table=_cumulative_table(found, groups),
        legend=_cumulative_legend(found, moving, letters),
        note=_cumulative_note(found, groups, moving),
    )


def _running(group: Sequence[Found]) -> list[float]:
    values: list[float] = group[0]["by_month"]["cumulative_net_saving"]
    return values


def _paid(group: Sequence[Found]) -> str | None:
    month: str | None = group[0]["measures"]["payback"]["month"]
    return month


def _money_axis(scale: Scale, left: float, right: float) -> list[Rule | Words]:
    shapes: list[Rule | Words] = [Words(2, 16, scale.unit[1], kind="axis-title")]
    for value in scale.ticks:
        y = scale.at(value)
        nil = abs(value) < scale.step / 1e6
        shapes.append(Rule(left, y, right, y, "nil" if nil else "grid"))
        shapes.append(Words(left - 8, round(y + 4, 1), "0" if nil else scale.tick_text(value), "end", "tick"))
    return shapes


def _year_axis(years: Sequence[str], left: float, right: float, top: float, bottom: float) -> list[Rule | Words]:
    wide = (right - left) / len(years)
    every = ceil(62 / wide)
    shapes: list[Rule | Words] = []
    for index, year in enumerate(years):
        start = round(left + wide * index, 1)
        if index:
            shapes.append(Rule(start, top, start, bottom, "grid"))
        if index % every == 0:
            shapes.append(Words(round(start + wide / 2, 1), bottom + 24, year, "middle", "tick"))
    return shapes


def _end_labels(
    moving: Sequence[Sequence[Found]], letters: Sequence[str], scale: Scale, right: float, top: float, bottom: float
) -> list[Words]:
    """The last value beside each line's end, pushed apart where lines end close together."""
    gap = 17.0
    wanted = sorted((scale.at(_running(group)[-1]) + 4, index) for index, group in enumerate(moving))
    placed: list[float] = []
    for y, _ in wanted:
        placed.append(max(y, placed[-1] + gap) if placed else y)
    over = placed[-1] - (bottom + 8) if placed else 0.0
    if over > 0:
        placed = [y - over for y in placed]
        for n in range(len(placed) - 2, -1, -1):
            placed[n] = min(placed[n] + over, placed[n + 1] - gap)
    return [
        Words(right + 10, round(y, 1), f"{letters[index]} {pounds(_running(moving[index])[-1])}".strip(), kind="value")
        for y, (_, index) in zip(placed, wanted, strict=True)
    ]


def _payback_mark(
    found: Found, group: Sequence[Found], letter: str, row: int, scale: Scale, left: float, across: float
) -> list[Rule | Dot | Words]:
    month = _paid(group) or ""
    place = [str(each) for each in months_of(found["years"])].index(month)
    x, y, label_y = round(left + across * (place + 1), 1), scale.at(_running(group)[place]), 36.0 + 20 * row
    text = f"{letter} paid back for good: {month_words(month)}".strip()
    before = place < len(months_of(found["years"])) / 2
    return [
        Rule(x, label_y + 4, x, y, "mark"),
        Dot(x, y, "paid"),
        Words(x, label_y, capital(text), "start" if before else "end", "value"),
    ]


def _cumulative_desc(found: Found, groups: Sequence[Sequence[Found]]) -> str:
    last = months_of(found["years"])[-1].words
    parts = []
    for group in groups:
        end, month = _running(group)[-1], _paid(group)
        paid = f"paid back for good in {month_words(month)}" if month else "not paid back in the years shown"
        if all(is_nil(value) for value in _running(group)):
            parts.append(f"{titles(group)}: nil in every month.")
        else:
            parts.append(f"{titles(group)}: {pounds(end)} by the end of {last}; {paid}.")
    return " ".join(parts)


def _cumulative_legend(found: Found, moving: Sequence[Sequence[Found]], letters: Sequence[str]) -> tuple[Key, ...]:
    return tuple(
        Key(
            letter,
            f"series series-{index % 6}",
            titles(group) + (" (one line: same figures)" if len(group) > 1 else ""),
        )
        for index, (group, letter) in enumerate(zip(moving, letters, strict=True))
    )


def _cumulative_note(found: Found, groups: Sequence[Sequence[Found]], moving: Sequence[Sequence[Found]]) -> str:
    parts = []
    still = [option for group in groups if group not in moving for option in group]
    if still:
        parts.append(f"{titles(still)}: nil throughout.")
    unpaid = [option for group in moving if not _paid(group) for option in group]
    if unpaid:
        parts.append(f"Not paid back by {months_of(found['years'])[-1].words}: {titles(unpaid)}.")
    if any(option["requirement"] for option in found["options"]):
        parts.append("Drawn as if the required number of children were reached.")
    return " ".join(parts)


def _cumulative_table(found: Found, groups: Sequence[Sequence[Found]]) -> Table:
    months = months_of(found["years"])
    columns = tuple(Cell(titles(group)) for group in groups)
    if len(months) <= MOST_MONTHS_IN_A_TABLE:
        periods, key = [month.words for month in months], "by_month"
    else:
        periods, key = [f"End of {year}" for year in found["years"]], "by_year"
    rows = tuple(
        Row(period, tuple(Cell(pounds(group[0][key]["cumulative_net_saving"][n])) for group in groups))
        for n, period in enumerate(periods)
    )
    caption = "Cumulative net saving at the end of each " + ("month" if key == "by_month" else "year")
    return Table("figures-cumulative", caption, "Month" if key == "by_month" else "Year", columns, rows)


def by_year(found: Found, group: Sequence[Found], index: int) -> Chart:
    """Cost and cashable saving by year, in bars side by side."""
    years, values = found["years"], group[0]["by_year"]
    pair = (("cost", "Cost", "cost"), ("cashable_saving", "Cashable saving", "saving"))
    left, right, top, bottom = 76.0, WIDTH - 12, 44.0, 324.0
    scale = Scale.over([value for name, _, _ in pair for value in values[name]], bottom, top)
    shapes: list[Shape] = [
        *_money_axis(scale, left, right),
        *_year_axis(years, left, right, top, bottom),
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
        height=bottom + 40,
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
    if is_nil(values["gross_saving"][year] - values["cashable_saving"][year]):
        parts.append("Nothing is taken off the saving on the way: the case makes no deductions.")
    if option["requirement"]:
        parts.append("Drawn as if the required number of children were reached.")
    return " ".join(parts)
