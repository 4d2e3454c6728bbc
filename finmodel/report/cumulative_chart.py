"""The chart of what options have netted to date, month by month: when, if ever, each option has paid back."""

from __future__ import annotations

from collections.abc import Sequence

from finmodel.appraisal.measures import NEVER_EXPOSED
from finmodel.document.chart_shapes import (
    AXIS,
    LINE,
    WIDTH,
    Chart,
    Dot,
    Key,
    Path,
    Rule,
    Scale,
    Shape,
    Words,
    money_axis,
    year_axis,
)
from finmodel.document.table import Cell, Row, Table
from finmodel.lines.display import pounds
from finmodel.report.page_tables import alike, titles
from finmodel.results.appraised import AppraisalResults
from finmodel.results.option import OptionResult
from finmodel.results.wording import capital, count, is_nil, listed, month_words, months_of

MOST_MONTHS_IN_A_TABLE = 60
MOST_LETTERS = 6


def cumulative(found: AppraisalResults) -> Chart:
    """What was saved less all money spent, to date, by month: a line for each option, or for several alike."""
    groups = alike(found.options, lambda option: option.by_month["cumulative_net_position"])
    moving = [group for group in groups if any(not is_nil(value) for value in _running(group))]
    lettered = len(moving) > 1
    letters = [chr(ord("A") + index) if lettered else "" for index in range(len(moving))]
    paid = _paid_by_month(moving, letters)
    top = 44.0 + 20 * len(paid)
    bottom = top + max(280.0, LINE * len(moving))
    left, right = AXIS, WIDTH - 124
    values = [value for group in moving for value in _running(group)] or [0.0]
    scale = Scale.over(values, bottom, top)
    shapes: list[Shape] = [*money_axis(scale, left, right), *year_axis(found.years, left, right, top, bottom)]
    across = (right - left) / len(months_of(found.years))
    for index, group in enumerate(moving):
        points = [(left, scale.at(0.0))]
        points += [(round(left + across * (n + 1), 1), scale.at(value)) for n, value in enumerate(_running(group))]
        shapes.append(Path(" ".join(f"{x},{y}" for x, y in points), f"series series-{index % 6}"))
        shapes.append(Dot(*points[-1], f"end end-{index % 6}"))
    shapes += _end_labels(moving, letters, scale, right, bottom)
    for row, month in enumerate(sorted(paid)):
        shapes += _payback_mark(found, month, paid[month], row, scale, left, across)
    return Chart(
        id="chart-cumulative",
        title=f"Cumulative {found.net_name}, month by month",
        desc=_cumulative_desc(found, groups),
        height=bottom + 40,
        shapes=tuple(shapes),
        table=_cumulative_table(found, groups),
        legend=_cumulative_legend(found, moving, letters),
        note=_cumulative_note(found, groups, moving),
    )


def _running(group: Sequence[OptionResult]) -> Sequence[float]:
    return group[0].by_month["cumulative_net_position"]


def _paid(group: Sequence[OptionResult]) -> str | None:
    """The month in which it is paid back; None where it is not, and where there is nothing to be paid back."""
    payback = group[0].measures.payback
    return None if payback.never_out_of_pocket else payback.month


def _end_labels(
    moving: Sequence[Sequence[OptionResult]], letters: Sequence[str], scale: Scale, right: float, bottom: float
) -> list[Words]:
    """The last value beside each line's end, pushed apart where lines end close together."""
    wanted = sorted((scale.at(_running(group)[-1]) + 4, index) for index, group in enumerate(moving))
    placed: list[float] = []
    for y, _ in wanted:
        placed.append(max(y, placed[-1] + LINE) if placed else y)
    over = placed[-1] - (bottom + 8) if placed else 0.0
    if over > 0:
        placed = [y - over for y in placed]
        for n in range(len(placed) - 2, -1, -1):
            placed[n] = min(placed[n] + over, placed[n + 1] - LINE)
    return [
        Words(right + 10, round(y, 1), f"{letters[index]} {pounds(_running(moving[index])[-1])}".strip(), kind="value")
        for y, (_, index) in zip(placed, wanted, strict=True)
    ]


Paid = list[tuple[Sequence[OptionResult], str]]  # groups of options and their letters


def _paid_by_month(moving: Sequence[Sequence[OptionResult]], letters: Sequence[str]) -> dict[str, Paid]:
    """What is paid back, by the month in which it is."""
    paid: dict[str, Paid] = {}
    for group, letter in zip(moving, letters, strict=True):
        month = _paid(group)
        if month:
            paid.setdefault(month, []).append((group, letter))
    return paid


def _payback_mark(
    found: AppraisalResults, month: str, paid: Paid, row: int, scale: Scale, left: float, across: float
) -> list[Shape]:
    months = [str(each) for each in months_of(found.years)]
    place = months.index(month)
    x, label_y = round(left + across * (place + 1), 1), 36.0 + 20 * row
    heights = [scale.at(_running(group)[place]) for group, _ in paid]
    letters = [letter for _, letter in paid]
    who = listed(letters) if len(letters) <= MOST_LETTERS else count(len(letters), "line")
    anchor = "start" if place < len(months) / 2 else "end"
    return [
        Rule(x, label_y + 4, x, max(heights), "mark"),
        *(Dot(x, y, "paid") for y in heights),
        Words(x, label_y, capital(f"{who} paid back for good: {month_words(month)}".strip()), anchor, "value"),
    ]


def _cumulative_desc(found: AppraisalResults, groups: Sequence[Sequence[OptionResult]]) -> str:
    last = months_of(found.years)[-1].words
    parts = []
    for group in groups:
        end, month = _running(group)[-1], _paid(group)
        paid = f"paid back for good in {month_words(month)}" if month else "not paid back in the years shown"
        if group[0].measures.payback.never_out_of_pocket:
            paid = NEVER_EXPOSED
        if all(is_nil(value) for value in _running(group)):
            parts.append(f"{_at_zero(group)}.")
        else:
            parts.append(f"{titles(group)}: {pounds(end)} by the end of {last}; {paid}.")
    return " ".join(parts)


def _at_zero(group: Sequence[OptionResult]) -> str:
    """The options that lie on the zero line, business as usual first, for it is that line."""
    usual = [option for option in group if option.status_quo]
    others = [option for option in group if not option.status_quo]
    said = [f"The zero line is business as usual: {titles(usual)}"] if usual else []
    said += [f"{titles(others)}: on the zero line in every month"] if others else []
    return ". ".join(said)


def _cumulative_legend(
    found: AppraisalResults, moving: Sequence[Sequence[OptionResult]], letters: Sequence[str]
) -> tuple[Key, ...]:
    return tuple(
        Key(
            letter,
            f"series series-{index % 6}",
            titles(group) + (" (one line: same figures)" if len(group) > 1 else ""),
        )
        for index, (group, letter) in enumerate(zip(moving, letters, strict=True))
    )


def _cumulative_note(
    found: AppraisalResults, groups: Sequence[Sequence[OptionResult]], moving: Sequence[Sequence[OptionResult]]
) -> str:
    parts = []
    still = [option for group in groups if group not in moving for option in group]
    if still:
        parts.append(f"{_at_zero(still)}.")
    unpaid = [option for group in moving if not group[0].measures.payback.month for option in group]
    if unpaid:
        parts.append(f"Not paid back by {months_of(found.years)[-1].words}: {titles(unpaid)}.")
    if any(option.requirement for option in found.options):
        parts.append("Drawn as if the required number of children were reached.")
    if found.has_capital:
        parts.append("Net position: cashable saving less all money spent, capital when it is spent.")
    return " ".join(parts)


def _cumulative_table(found: AppraisalResults, groups: Sequence[Sequence[OptionResult]]) -> Table:
    months = months_of(found.years)
    columns = tuple(Cell(titles(group)) for group in groups)
    if len(months) <= MOST_MONTHS_IN_A_TABLE:
        period, ends = "month", [month.words for month in months]
        values = [group[0].by_month["cumulative_net_position"] for group in groups]
    else:
        period, ends = "year", [f"End of {year}" for year in found.years]
        values = [group[0].by_year["cumulative_net_position"] for group in groups]
    rows = tuple(Row(end, tuple(Cell(pounds(each[n])) for each in values)) for n, end in enumerate(ends))
    caption = f"Cumulative {found.net_name} at the end of each {period}"
    return Table("figures-cumulative", caption, period.capitalize(), columns, rows)
