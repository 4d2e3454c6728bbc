"""The report as it is shown: every writer takes its figures from here, so that what is hidden is hidden everywhere.

Changes are worked out before rounding. A change is shown where both of its ends are.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from finmodel.lines.display import number
from finmodel.reference.councils import find_council
from finmodel.workload.comparators import Comparator, comparator, kinds
from finmodel.workload.disclosure import NOTHING_EARLIER, EarlierReport, Hidden, hide
from finmodel.workload.figures import At, LineKey, Workload
from finmodel.workload.lines import GIVEN, NOT_GIVEN, SUM, LineRule, WorkloadLine, lines_of
from finmodel.workload.plausibility import queries
from finmodel.workload.quarters import Quarter

HIDDEN = "c"  # the Department for Education's sign for what is hidden to protect confidentiality
NONE = "–"
_DUST = 1e-9
_OF_SOMETHING = ("percent", "cases per FTE", "days per FTE", "per 10,000")


class ShownLine(Struct, frozen=True):
    """A line as it is shown. values: by place of the quarter, None with a sign where there is no figure."""

    key: LineKey
    label: str
    group: str
    unit: str
    places: int
    kind: str
    base: str
    note: str
    better: str
    period: str
    values: tuple[float | None, ...]
    signs: tuple[str, ...]
    rule: LineRule | None
    comparator: Comparator | None

    @property
    def name(self) -> str:
        """What it is, with its section."""
        return f"{self.label}: {self.key.section}" if self.key.section else self.label

    @property
    def unit_words(self) -> str:
        """`FTE`; `% of agency social workers (people) and …` for a share."""
        unit = "%" if self.unit == "percent" else self.unit
        return f"{unit} of {self.base}" if self.base and self.kind == "share" else unit

    def text(self, place: int) -> str:
        """A figure as it is read, or the sign in its place."""
        value = self.values[place]
        if value is None:
            return HIDDEN if self.signs[place] == HIDDEN else NONE
        if not self.places and value.is_integer() and self.unit != "percent":
            return f"{int(value):,}"  # as `number` writes it, for most figures are such
        return f"{number(value, self.places)}%" if self.unit == "percent" else number(value, self.places)

    def change(self, place: int, back: int) -> float | None:
        """The change over so many quarters; None where either end has no figure, or is hidden."""
        if place < back:
            return None
        now, before = self.values[place], self.values[place - back]
        return None if now is None or before is None else now - before

    def change_words(self, place: int, back: int) -> str:
        """`up 66`, `down 1.2 points`, `no change`; or why there is none."""
        change = self.change(place, back)
        if change is None:
            signs = {self.signs[each] for each in (place, place - back) if each >= 0}
            return HIDDEN if HIDDEN in signs else NONE
        text = number(abs(change), self.places)
        if not text.strip("0."):
            return "no change" if abs(change) < _DUST else f"{'up' if change > 0 else 'down'} less than {_least(self)}"
        points = "" if self.unit != "percent" else " point" if text == "1" else " points"
        return f"{'up' if change > 0 else 'down'} {text}{points}{self._judged(change)}"

    def _judged(self, change: float) -> str:
        """`, better` where a rise or a fall is one."""
        if not self.better:
            return ""
        return ", better" if (change < 0) == (self.better == "lower") else ", worse"


def _least(line: ShownLine) -> str:
    return number(10.0**-line.places, line.places)


class ShownGroup(Struct, frozen=True):
    """A part of the report, with its lines."""

    id: str
    title: str
    intro: str
    lines: tuple[ShownLine, ...]


class ShownNote(Struct, frozen=True):
    """A note on a measure, or on the whole."""

    about: str
    text: str
    quarter: Quarter | None


class ShownReport(Struct, frozen=True):
    """All that a writer needs."""

    title: str
    authority: str
    summary: str
    source: str
    quarters: tuple[Quarter, ...]
    missing: tuple[Quarter, ...]  # of which nothing was given
    show: int
    groups: tuple[ShownGroup, ...]
    notes: tuple[ShownNote, ...]
    assumptions: tuple[str, ...]
    asked: tuple[str, ...]
    queries: tuple[str, ...]  # to the author alone
    suppressed: bool
    hidden: int  # how many figures are
    open: tuple[str, ...]  # to the author alone: small numbers that the earlier report gives away
    unlooked: tuple[str, ...]  # to the author alone: percentages and averages of no stated base, left as they are
    earlier: str
    sources: tuple[tuple[str, str], ...]

    @property
    def newest(self) -> Quarter:
        """The quarter that is reported."""
        return self.quarters[-1]

    @property
    def lines(self) -> tuple[ShownLine, ...]:
        """Every line, in the order of the groups."""
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def shown(self) -> tuple[int, ...]:
        """The places of the quarters that stand side by side."""
        return tuple(range(max(0, len(self.quarters) - self.show), len(self.quarters)))


def published_workload(
    workload: Workload, *, suppress: bool = False, earlier: EarlierReport = NOTHING_EARLIER
) -> ShownReport:
    """The report of what was read; suppress: with small numbers hidden."""
    lines = lines_of(workload)
    hidden = hide(workload, lines, earlier) if suppress else Hidden()
    asked = tuple(queries(workload, lines))
    file = workload.file
    compared = _compared(workload, lines.values())
    every = hidden.every
    shown = {key: _shown(line, workload.quarters, every, compared) for key, line in lines.items()}
    groups = []
    for id_, group in file.groups.items():
        held = _in_order(workload, [line for line in shown.values() if line.group == id_])
        if held:
            groups.append(ShownGroup(id_, group.title, group.intro, tuple(held)))
    there = {at.quarter for at in workload.figures}
    return ShownReport(
        title=file.title,
        authority=file.authority or file.council,
        summary=file.summary,
        source=file.source,
        quarters=workload.quarters,
        missing=tuple(quarter for quarter in workload.quarters if quarter not in there),
        show=file.show,
        groups=tuple(groups),
        notes=tuple(_notes(workload, shown)),
        assumptions=tuple(file.assumptions),
        asked=tuple(file.asked),
        queries=asked,
        suppressed=suppress,
        hidden=sum(sign == HIDDEN for line in shown.values() for sign in line.signs),
        open=tuple(f"{lines[at.key].label}, {at.key.section or 'whole service'}, {at.quarter.words}"
                   for at in sorted(hidden.open) if at.key in lines),
        unlooked=tuple(_without_base(workload)) if suppress else (),
        earlier=earlier.name,
        sources=workload.sources,
    )  # fmt: skip


def _without_base(workload: Workload) -> Iterator[str]:
    """Percentages and averages that are given and of which nothing says what they are of."""
    there = set(workload.keys)
    for key in workload.keys:
        measure = workload.measures[key.measure]
        has_base = measure.of and all(LineKey(each) in there for each in measure.of)
        if not key.section and not has_base and measure.unit in _OF_SOMETHING:
            yield measure.label


def _shown(
    line: WorkloadLine, quarters: Sequence[Quarter], hidden: set[At], compared: Mapping[str, Comparator]
) -> ShownLine:
    gone = [At(line.key, quarter) in hidden for quarter in quarters]
    return ShownLine(
        key=line.key,
        label=line.label,
        group=line.group,
        unit=line.unit,
        places=line.places,
        kind=line.kind,
        base=line.base,
        note=line.note,
        better=line.better,
        period=line.period,
        values=tuple(None if out else line.values.get(quarter) for quarter, out in zip(quarters, gone, strict=True)),
        signs=tuple(
            HIDDEN if out else "" if quarter in line.values else _sign(line.signs.get(quarter, NOT_GIVEN))
            for quarter, out in zip(quarters, gone, strict=True)
        ),
        rule=line.rule,
        comparator=None if line.key.section else compared.get(line.compare),
    )


def _sign(sign: str) -> str:
    """The sign of a figure that its source lacks; one that was hidden at its source is hidden here."""
    return sign if sign not in ("blank",) else NOT_GIVEN


def _in_order(workload: Workload, lines: Sequence[ShownLine]) -> list[ShownLine]:
    """By measure, wholes before their sections; what is worked out after what it is worked out from."""
    order = {name: place for place, name in enumerate((*workload.measures, *workload.file.shares,
             *workload.file.averages, *workload.file.rates))}  # fmt: skip
    for name in workload.file.measures:
        order.setdefault(name, len(order))
    return sorted(lines, key=lambda line: (line.kind not in (GIVEN, SUM, "year"), order[line.key.measure],
                                           line.key.section != ""))  # fmt: skip


def _compared(workload: Workload, lines: object) -> dict[str, Comparator]:
    if not workload.file.council:
        return {}
    council = find_council(workload.file.council)
    found = {}
    for line in lines:  # type: ignore[attr-defined]
        if line.compare in kinds() and line.compare not in found:
            one = comparator(line.compare, council, workload.newest.last_day)
            if one is not None:
                found[line.compare] = one
    return found


def _notes(workload: Workload, shown: Mapping[LineKey, ShownLine]) -> list[ShownNote]:
    from finmodel.workload.quarters import quarter_from  # noqa: PLC0415

    found = []
    for note in workload.file.notes:
        line = next((line for key, line in shown.items() if key.measure == note.measure), None)
        if note.measure is None or line is not None:
            about = line.label if line is not None else ""
            found.append(ShownNote(about, note.text, quarter_from(note.quarter) if note.quarter else None))
    return found


def day_of(quarter: Quarter) -> str:
    """`30 Sep 2018`, for the head of a column."""
    day = quarter.last_day
    return f"{day.day} {calendar.month_abbr[day.month]} {day.year}"
