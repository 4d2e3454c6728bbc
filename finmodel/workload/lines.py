"""The lines of a workload report: what the tables give, and the sums, shares, averages and rates made from it.

A line that is worked out is a rule over other lines, defined once: its value, the Excel formula and its words come from
the same definition. A share, an average and a rate have one base each; an average of several sections is pooled, the
sum of cases over the sum of FTE, and never a mean of means. Where an input has no figure, neither has the line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct, field

from finmodel.parsing.nearest import all_of
from finmodel.workload.figures import At, LineKey, Workload
from finmodel.workload.quarters import Quarter
from finmodel.workload.schema import ADDED_UNITS, RatioStated

SHARE, AVERAGE, RATE, SUM, YEAR, GIVEN = "share", "average", "rate", "sum", "year", "given"
_QUARTERS_OF_A_YEAR = 4
NOT_GIVEN = "missing"  # the sign of a quarter without a row


class LineRule(Struct, frozen=True):
    """Sum of `above`, over so many quarters, divided by the sum of `below` where there is one, times `factor`."""

    above: tuple[LineKey, ...]
    below: tuple[LineKey, ...] = ()
    factor: int = 1
    quarters: int = 1

    def value(self, look: Callable[[LineKey, Quarter], float | None], quarter: Quarter) -> float | None:
        """The figure of a quarter; None where an input has none, or the base is 0."""
        upper = 0.0
        for back in range(self.quarters):
            for key in self.above:
                one = look(key, quarter.before(back) if back else quarter)
                if one is None:
                    return None
                upper += one
        if not self.below:
            return upper
        lower = 0.0
        for key in self.below:
            one = look(key, quarter)
            if one is None:
                return None
            lower += one
        return self.factor * upper / lower if lower else None

    def formula(self, cells: Callable[[LineKey, int], str]) -> str:
        """The formula, given where the figure of a line so many quarters back stands; text where an input is none."""
        upper = [cells(key, back) for back in range(self.quarters - 1, -1, -1) for key in self.above]
        lower = [cells(key, 0) for key in self.below]
        every = list(dict.fromkeys((*upper, *lower)))
        top = _added(upper)
        sum_ = f"{top}/{_added(lower)}" if lower else top
        times = f"{self.factor}*{sum_}" if self.factor != 1 else sum_
        base = f",{_added(lower)}<>0" if lower else ""
        return f'=IF(AND(COUNT({",".join(every)})={len(every)}{base}),{times},"–")'

    @property
    def inputs(self) -> tuple[LineKey, ...]:
        """The lines that it needs."""
        return tuple(dict.fromkeys((*self.above, *self.below)))

    def places(self, quarter: Quarter) -> Iterator[At]:
        """Every figure that it needs for a quarter."""
        for back in range(self.quarters):
            for key in self.above:
                yield At(key, quarter.before(back))
        for key in self.below:
            yield At(key, quarter)


def _added(cells: Sequence[str]) -> str:
    return cells[0] if len(cells) == 1 else f"({'+'.join(cells)})"


class WorkloadLine(Struct):
    """A line of the report. kind: given, sum, year, share, average or rate; base: what a figure is of, in words."""

    key: LineKey
    label: str
    group: str
    unit: str
    places: int
    kind: str
    base: str = ""
    note: str = ""
    better: str = ""
    compare: str = ""
    period: str = "level"  # level, flow or year
    rule: LineRule | None = None
    values: dict[Quarter, float] = field(default_factory=dict)
    signs: dict[Quarter, str] = field(default_factory=dict)  # what stands where there is no figure


Lines = dict[LineKey, WorkloadLine]


def lines_of(workload: Workload) -> Lines:
    """Every line, each after those that it needs."""
    lines: Lines = {}
    for key in workload.keys:
        lines[key] = _given(workload, key)
    for at, stood in workload.figures.items():
        if stood.value is None:
            lines[at.key].signs[at.quarter] = stood.sign
        else:
            lines[at.key].values[at.quarter] = stood.value
    for line in (*_sums(workload, lines), *_years(workload, lines)):
        lines[line.key] = line
        _work_out(line, lines, workload.quarters)
    if workload.file.population is not None and LineKey("population") not in lines:
        lines[LineKey("population")] = _stated_population(workload)
    for line in _ratios(workload, lines):
        _work_out(line, lines, workload.quarters)
        if line.values:
            lines[line.key] = line
    for line in lines.values():
        for quarter in workload.quarters:
            if quarter not in line.values:
                line.signs.setdefault(quarter, NOT_GIVEN)
    return lines


def _given(workload: Workload, key: LineKey) -> WorkloadLine:
    measure = workload.measures[key.measure]
    return WorkloadLine(
        key=key,
        label=measure.label,
        group=measure.group,
        unit=measure.unit,
        places=workload.places.get(key, 0),
        kind=GIVEN,
        note=measure.definition,
        better=measure.better,
        compare=measure.compare,
        period=measure.kind,
    )


def _stated_population(workload: Workload) -> WorkloadLine:
    stated = workload.file.population
    assert stated is not None
    of = f" at {stated.as_at.words}" if stated.as_at is not None else ""
    note = f"{'Assumed: ' if stated.assumed else ''}{stated.source}{of}; the same for every quarter."
    values = dict.fromkeys(workload.quarters, stated.value)
    key = LineKey("population")
    return WorkloadLine(key, "Children under 18", "children", "children", 0, GIVEN, note=note, values=values)


def _sums(workload: Workload, lines: Lines) -> Iterator[WorkloadLine]:
    """The whole of a measure that is given by section alone."""
    sections: dict[str, list[LineKey]] = {}
    for key in lines:
        sections.setdefault(key.measure, []).append(key)
    for measure, keys in sections.items():
        first = lines[keys[0]]
        if LineKey(measure) in lines or len(keys) < 2 or first.unit not in ADDED_UNITS:
            continue
        yield WorkloadLine(
            key=LineKey(measure),
            label=first.label,
            group=first.group,
            unit=first.unit,
            places=max(lines[key].places for key in keys),
            kind=SUM,
            base=f"the {len(keys)} sections together",
            better=first.better,
            period=first.period,
            rule=LineRule(tuple(keys)),
        )


def _years(workload: Workload, lines: Lines) -> Iterator[WorkloadLine]:
    """The four quarters to each quarter's end, of flows whose years are not given."""
    for id_, measure in workload.file.measures.items():
        if measure.year_of is None or LineKey(id_) in lines:
            continue
        for key in [key for key in lines if key.measure == measure.year_of]:
            flow = lines[key]
            rule = LineRule((key,), quarters=_QUARTERS_OF_A_YEAR)
            own = LineKey(id_, key.section)
            yield WorkloadLine(
                own, measure.label, measure.group, flow.unit, flow.places, YEAR, period="year", rule=rule
            )


_RATIOS = (
    ("shares", SHARE, "percent", 100, 1),
    ("averages", AVERAGE, "", 1, 1),
    ("rates", RATE, "per 10,000", 10_000, 1),
)


def _ratios(workload: Workload, lines: Lines) -> Iterator[WorkloadLine]:
    by_section: dict[str, set[str]] = {}
    for key in lines:
        by_section.setdefault(key.measure, set()).add(key.section)
    for name, kind, unit, factor, places in _RATIOS:
        stated: dict[str, RatioStated] = getattr(workload.file, name)
        for id_, ratio in stated.items():
            needed = (*ratio.part, *ratio.of)
            if not all(each in by_section for each in needed):
                continue
            shared = set.intersection(*(by_section[each] for each in needed))
            for section in sorted(shared, key=lambda one: (one != "", list(lines).index(LineKey(needed[0], one)))):
                above = tuple(LineKey(each, section) for each in ratio.part)
                below = tuple(LineKey(each, section) for each in ratio.of)
                base = ratio.base or base_words(lines, below)
                mixed = mixed_base(lines, below)
                note = " ".join(filter(None, (mixed, ratio.note)))
                unit_of = unit or f"{lines[above[0]].unit} per {lines[below[0]].unit}"
                yield WorkloadLine(
                    key=LineKey(id_, section),
                    label=ratio.label,
                    group=ratio.group,
                    unit=unit_of,
                    places=2 if unit_of == "days per FTE" else places,
                    kind=kind,
                    base=base,
                    note=note,
                    better=ratio.better,
                    compare=ratio.compare,
                    period=lines[above[0]].period,
                    rule=LineRule(above, below, factor),
                )


def base_words(lines: Lines, below: Sequence[LineKey]) -> str:
    """`agency social workers (people) and social workers directly employed (FTE)`."""
    units = {lines[key].unit for key in below}
    if len(units) == 1:
        return f"{all_of(_small(lines[key].label) for key in below)} ({units.pop()})"
    return all_of(f"{_small(lines[key].label)} ({lines[key].unit})" for key in below)


def mixed_base(lines: Lines, below: Sequence[LineKey]) -> str:
    """What to say of a base that adds unlike units, such as people and FTE; "" of one that does not."""
    units = list(dict.fromkeys(lines[key].unit for key in below))
    return f"A mixed base: it adds {all_of(units)}." if len(units) > 1 else ""


def _small(label: str) -> str:
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _work_out(line: WorkloadLine, lines: Lines, quarters: Sequence[Quarter]) -> None:
    rule = line.rule
    assert rule is not None

    def look(key: LineKey, quarter: Quarter) -> float | None:
        return lines[key].values.get(quarter)

    for quarter in quarters:
        value = rule.value(look, quarter)
        if value is not None:
            line.values[quarter] = value
        else:
            line.signs[quarter] = NOT_GIVEN
