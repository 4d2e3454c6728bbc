"""The chart of what options have netted to date, month by month: when, if ever, all money spent is recovered.

The recommended option is the strong line and sets the scale; business as usual is the zero line; a line that leaves the
scale is cut there, and the legend says where it ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from finmodel.appraisal.measures import NEVER_EXPOSED
from finmodel.appraisal.money_spent import CUMULATIVE
from finmodel.document.chart_shapes import (
    AXIS,
    LINE,
    WIDTH,
    Chart,
    Dot,
    LegendKey,
    LiveCourse,
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
_NARROW = 600.0  # below it there is no room for amounts at the right, nor for long labels
_MUCH_WIDER = 1.5  # times the scale of the recommended option, from which other lines are cut
Group = Sequence[OptionResult]


class _Frame(Struct, frozen=True):
    """Where the chart's field lies, in its own units."""

    width: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def narrow(self) -> bool:
        return self.width < _NARROW


class _Line(Struct, frozen=True):
    """The line of options that are alike: its letter, its look, and whether it leaves the scale."""

    group: Group
    letter: str
    look: int
    leaves: bool = False

    @property
    def running(self) -> tuple[float, ...]:
        return self.group[0].by_month["cumulative_net_position"]

    @property
    def paid(self) -> str | None:
        """The month in which it is paid back; None where it is not, and where there is nothing to be paid back."""
        payback = self.group[0].measures.payback
        return None if payback.never_out_of_pocket else payback.month


def cumulative(found: AppraisalResults, width: float = WIDTH) -> Chart:
    """What was saved less all money spent, to date, by month: a line for each option, or for several alike.

    width: of the drawing; a narrow one is read on a phone or in a column, and has its amounts in the legend.
    """
    groups = _groups(found)
    scaled, drawn = _lines(groups)
    paid = _paid_by_month(drawn)
    frame = _frame(width, len(paid), len(drawn))
    scale = Scale.over(scaled or [0.0], frame.bottom, frame.top)
    across = (frame.right - frame.left) / len(months_of(found.years))
    shapes: list[Shape] = [
        *money_axis(scale, frame.left, frame.right),
        *year_axis(found.years, frame.left, frame.right, frame.top, frame.bottom),
    ]
    for line in reversed(drawn):  # the strong line last, above the others
        points = _points(line.running, scale, frame.left, across)
        shapes.append(Path(" ".join(f"{x},{y}" for x, y in points), f"series series-{line.look}"))
        if not line.leaves:
            shapes.append(Dot(*points[-1], f"end end-{line.look}"))
    if not frame.narrow:
        shapes += _end_labels([line for line in drawn if not line.leaves], scale, frame)
    for row, month in enumerate(sorted(paid)):
        shapes += _payback_mark(found, month, paid[month], row, scale, frame)
    return Chart(
        id="chart-cumulative" if width == WIDTH else f"chart-cumulative-{width:.0f}",
        title=_title(found, frame),
        desc=_description(found, groups),
        height=frame.bottom + 40,
        shapes=tuple(shapes),
        table=_table(found, groups, "" if width == WIDTH else f"-{width:.0f}"),
        legend=tuple(_key(line, narrow=frame.narrow) for line in drawn),
        note=_note(found, groups, drawn),
        width=width,
        courses=tuple(_courses(groups)) if frame.narrow else (),
        field=(frame.left, frame.right, frame.top, frame.bottom),
    )


def _courses(groups: Sequence[Group]) -> Iterator[LiveCourse]:
    """Every option's line, in the order of the groups, for a page that draws them with other inputs."""
    for option in (each for group in groups for each in group):
        own = f"options.{option.id}"
        paid = f"{own}.measures.payback_month_number"
        yield LiveCourse(option.title, f"{own}.monthly.{CUMULATIVE}", paid, option.recommended)


class RunningLine(Struct, frozen=True):
    """A line of the chart as a medium with charts of its own draws it: £ at the end of each year."""

    name: str
    running: tuple[float, ...]
    strong: bool


def run_by_year(found: AppraisalResults) -> tuple[tuple[RunningLine, ...], tuple[float, float]]:
    """The same lines, the strong one first, and the bounds of the scale, £; a line beyond them is cut there."""
    scaled, drawn = _lines(_groups(found))
    scale = Scale.over(scaled or [0.0], 0.0, 1.0)
    runs = tuple(
        RunningLine(_key(line, narrow=False).text, line.group[0].by_year["cumulative_net_position"], line.look == 0)
        for line in drawn
    )
    return runs, (scale.low, scale.high)


def _title(found: AppraisalResults, frame: _Frame) -> str:
    if not frame.narrow:
        return f"Cumulative {found.net_name}, month by month"
    return "Where the money stands, all spending counted" if found.has_capital else "Where the money stands"


def _groups(found: AppraisalResults) -> list[list[OptionResult]]:
    """Options that are alike month by month, those with the recommended one first."""
    groups = alike(found.options, lambda option: option.by_month["cumulative_net_position"])
    return sorted(groups, key=lambda group: not any(option.recommended for option in group))


def _moves(group: Group) -> bool:
    return any(not is_nil(amount) for amount in group[0].by_month["cumulative_net_position"])


def _lines(groups: Sequence[Group]) -> tuple[list[float], list[_Line]]:
    """The amounts that set the scale, and the lines that leave zero: the recommended one is strong."""
    moving = [group for group in groups if _moves(group)]
    strong = bool(moving) and (len(moving) == 1 or any(option.recommended for option in moving[0]))
    letters = [chr(ord("A") + index) if len(moving) > 1 else "" for index in range(len(moving))]
    looks = range(len(moving)) if strong else range(1, len(moving) + 1)
    made = [_Line(group, letter, look % 6) for group, letter, look in zip(moving, letters, looks, strict=True)]
    amounts = [amount for line in made for amount in line.running]
    if not strong or len(made) < 2:
        return amounts, made
    own = Scale.over(made[0].running, 0.0, 1.0)
    if max(amounts) - min(amounts) <= _MUCH_WIDER * (own.high - own.low):
        return amounts, made
    low, high = own.low, own.high
    leaving = [min(line.running) < low or max(line.running) > high for line in made]
    lines = [_Line(line.group, line.letter, line.look, out) for line, out in zip(made, leaving, strict=True)]
    return [low, high], lines


def _frame(width: float, marks: int, lines: int) -> _Frame:
    top = 44.0 + 20 * marks
    if width < _NARROW:
        return _Frame(width, 68.0, width - 14, top, top + 210.0)
    return _Frame(width, AXIS, width - 124, top, top + max(280.0, LINE * lines))


def _points(running: Sequence[float], scale: Scale, left: float, across: float) -> list[tuple[float, float]]:
    """The line's points from zero on, up to where it leaves the scale."""
    points = [(left, scale.at(0.0))]
    before = 0.0
    for place, amount in enumerate(running, start=1):
        if scale.low <= amount <= scale.high:
            points.append((round(left + across * place, 1), scale.at(amount)))
            before = amount
            continue
        edge = scale.low if amount < scale.low else scale.high
        part = (edge - before) / (amount - before)
        points.append((round(left + across * (place - 1 + part), 1), scale.at(edge)))
        break
    return points


def _end_labels(drawn: Sequence[_Line], scale: Scale, frame: _Frame) -> list[Words]:
    """The last value at each line's end, pushed apart where lines end close together."""
    wanted = sorted((scale.at(line.running[-1]) + 4, index) for index, line in enumerate(drawn))
    placed: list[float] = []
    for y, _ in wanted:
        placed.append(max(y, placed[-1] + LINE) if placed else y)
    over = placed[-1] - (frame.bottom + 8) if placed else 0.0
    if over > 0:
        placed = [y - over for y in placed]
        for n in range(len(placed) - 2, -1, -1):
            placed[n] = min(placed[n] + over, placed[n + 1] - LINE)
    return [
        Words(frame.right + 10, round(y, 1), f"{line.letter} {pounds(line.running[-1])}".strip(), kind="value")
        for y, line in ((y, drawn[index]) for y, (_, index) in zip(placed, wanted, strict=True))
    ]


def _paid_by_month(drawn: Sequence[_Line]) -> dict[str, list[_Line]]:
    """The lines that are paid back, by the month in which they are; one that leaves the scale has no place there."""
    paid: dict[str, list[_Line]] = {}
    for line in drawn:
        if line.paid and not line.leaves:
            paid.setdefault(line.paid, []).append(line)
    return paid


def _payback_mark(
    found: AppraisalResults, month: str, paid: Sequence[_Line], row: int, scale: Scale, frame: _Frame
) -> list[Shape]:
    months = [str(each) for each in months_of(found.years)]
    place = months.index(month)
    across = (frame.right - frame.left) / len(months)
    x, label_y = round(frame.left + across * (place + 1), 1), 36.0 + 20 * row
    heights = [scale.at(line.running[place]) for line in paid]
    letters = [line.letter for line in paid]
    who = listed(letters) if len(letters) <= MOST_LETTERS else count(len(letters), "line")
    anchor = "start" if place < len(months) / 2 else "end"
    text = f"{who} {month_words(month)}" if frame.narrow else f"{who} paid back for good: {month_words(month)}"
    return [
        Rule(x, label_y + 4, x, max(heights), "mark"),
        *(Dot(x, y, "paid") for y in heights),
        Words(x, label_y, capital(text.strip()), anchor, "value"),
    ]


def _description(found: AppraisalResults, groups: Sequence[Group]) -> str:
    last = months_of(found.years)[-1].words
    parts = []
    for group in groups:
        end, month = group[0].by_month["cumulative_net_position"][-1], group[0].measures.payback.month
        paid = f"paid back for good in {month_words(month)}" if month else "not paid back in the years shown"
        if group[0].measures.payback.never_out_of_pocket:
            paid = NEVER_EXPOSED
        if _moves(group):
            parts.append(f"{titles(group)}: {pounds(end)} by the end of {last}; {paid}.")
        else:
            parts.append(f"{_at_zero(group)}.")
    return " ".join(parts)


def _at_zero(group: Group) -> str:
    """The options that lie on the zero line, business as usual first, for it is that line."""
    usual = [option for option in group if option.status_quo]
    others = [option for option in group if not option.status_quo]
    said = [f"The zero line is business as usual: {titles(usual)}"] if usual else []
    said += [f"{titles(others)}: on it throughout"] if others else []
    return ". ".join(said)


def _key(line: _Line, *, narrow: bool) -> LegendKey:
    several = len(line.group)
    text = f"{capital(count(several, 'option'))}, one line: same figures" if several > 2 else titles(line.group)
    if line.leaves or narrow:
        cut = "leaves the scale; " if line.leaves else ""
        text += f": {cut}{pounds(line.running[-1])} at the end"
    return LegendKey(line.letter, f"series series-{line.look}", text)


def _note(found: AppraisalResults, groups: Sequence[Group], drawn: Sequence[_Line]) -> str:
    parts = []
    still = [option for group in groups if not _moves(group) for option in group]
    if still:
        parts.append(f"{_at_zero(still)}.")
    if any(option.requirement for option in found.options):
        parts.append("Drawn as if the number that it is costed on were reached.")
    if found.has_capital:
        parts.append("Cashable saving less all money spent, capital when it is spent.")
    return " ".join(parts)


def _table(found: AppraisalResults, groups: Sequence[Group], suffix: str) -> Table:
    months = months_of(found.years)
    columns = tuple(Cell(titles(group)) for group in groups)
    if len(months) <= MOST_MONTHS_IN_A_TABLE:
        periods, key = [month.words for month in months], "by_month"
    else:
        periods, key = [f"End of {year}" for year in found.years], "by_year"
    rows = tuple(
        Row(period, tuple(Cell(pounds(_figures(group, key)[n])) for group in groups))
        for n, period in enumerate(periods)
    )
    caption = f"Cumulative {found.net_name} at the end of each " + ("month" if key == "by_month" else "year")
    name = f"{'Month' if key == 'by_month' else 'Year'}, cash of the year"
    return Table(f"figures-cumulative{suffix}", caption, name, columns, rows)


def _figures(group: Group, key: str) -> Sequence[float]:
    figures = group[0].by_month if key == "by_month" else group[0].by_year
    return figures["cumulative_net_position"]
