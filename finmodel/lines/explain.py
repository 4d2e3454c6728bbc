"""The third reading: a figure's rule in words, the rule with this case's numbers, and what it was made from."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any
from weakref import WeakKeyDictionary

from msgspec import Struct

from finmodel.lines.display import in_unit, plain_number
from finmodel.lines.evaluate import Results
from finmodel.lines.expression import Expression, LineError, Timeline, is_nil
from finmodel.lines.line import Line, Origin
from finmodel.lines.outcomes import OverRows, PeriodName
from finmodel.lines.periods import MONTHS_IN_A_YEAR, Horizon, Month
from finmodel.lines.shortened_rows import shortened, worth_showing
from finmodel.lines.timing import AtPeriod, AtYear, ByYear, Moved, OverTime, Previous, Shifted


class Explanation(Struct, frozen=True):
    """A figure and how it came about.

    period: its year or month, "" for a figure of the whole case; value: unrounded, None where there is no number, with
    the `reason`; rule: in words; numbers: the rule with this case's numbers; ranged: the range that a case states of an
    input; parts: what it was made from; `elsewhere` says that the same figure is explained in full further up; `like`
    that it is made as the one before it; `more` counts the periods that are left out, since they are made in the same
    way and show nothing new.
    """

    address: str
    label: str
    unit: str
    period: str
    value: float | None
    text: str
    rule: str = ""
    numbers: str = ""
    reason: str = ""
    note: str = ""
    origin: Origin | None = None
    ranged: str = ""
    parts: tuple[Explanation, ...] = ()
    elsewhere: bool = False
    like: bool = False
    more: tuple[str, ...] = ()

    def walk(self) -> Iterator[Explanation]:
        """This explanation and all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()

    @property
    def levels(self) -> int:
        """How many levels there are below it."""
        return max((part.levels + 1 for part in self.parts), default=0)

    def as_json(self, indent: int | None = None) -> str:
        """Without its empty fields; NaN cannot be written."""
        return json.dumps(self._plain(), indent=indent, ensure_ascii=False, allow_nan=False)

    def _plain(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "address": self.address,
            "label": self.label,
            "unit": self.unit,
            "period": self.period,
            "value": self.value,
            "text": self.text,
        }
        for name in ("rule", "numbers", "reason", "note"):
            if getattr(self, name):
                found[name] = getattr(self, name)
        if self.origin:
            found["origin"] = origin_as_dict(self.origin)
        if self.ranged:
            found["range"] = self.ranged
        for name in ("elsewhere", "like"):
            if getattr(self, name):
                found[name] = True
        if self.parts:
            found["parts"] = [part._plain() for part in self.parts]
        if self.more:
            found["more"] = list(self.more)
        return found


def origin_as_dict(origin: Origin) -> dict[str, str]:
    """An origin for JSON, without its empty fields."""
    found = {
        "source": origin.source,
        "where": origin.where,
        "link": origin.link,
        "owner": origin.owner,
        "confidence": origin.confidence,
        "as_at": origin.as_at.isoformat() if origin.as_at else "",
        "note": origin.note,
    }
    return {name: text for name, text in found.items() if text}


def period_text(horizon: Horizon, timeline: Timeline, period: int) -> str:
    """`2015/16`, `September 2015`, or "" for a figure of the whole case."""
    if timeline is Timeline.ONCE:
        return ""
    periods = horizon.years if timeline is Timeline.YEARS else horizon.months
    if not 0 <= period < len(periods):
        raise LineError(f"there is no {timeline.one} numbered {period + 1}")
    found = periods[period]
    return found.words if isinstance(found, Month) else str(found)


def shown(results: Results, line: Line, period: int) -> str:
    """A line's value as readers see it."""
    value = results.figure(line, period)
    rule = line.expression
    if value is not None and isinstance(rule, PeriodName):
        return period_text(results.model.horizon, rule.named, int(value) - 1)
    return in_unit(value, line.unit)


def _distinguished(lines: Iterable[Line]) -> dict[str, str]:
    """By address, what distinguishes lines with one label: the part in which their addresses differ."""
    alike: dict[str, list[str]] = {}
    for address, line in {line.address: line for line in lines}.items():
        alike.setdefault(line.label, []).append(address)
    return {
        address: different
        for addresses in alike.values()
        if len(addresses) > 1
        for address, different in zip(addresses, _where_they_differ(addresses), strict=True)
    }


def _where_they_differ(addresses: Sequence[str]) -> list[str]:
    """Dotted addresses without the names that all of them begin and end with; each keeps one name at least."""
    parts = [address.split(".") for address in addresses]
    most = min(map(len, parts)) - 1
    first = _in_common(parts, most)
    last = _in_common([each[::-1] for each in parts], most - first)
    return [".".join(each[first : len(each) - last]) for each in parts]


def _in_common(parts: Sequence[Sequence[str]], most: int) -> int:
    """How many names all of them begin with, at most so many."""
    return next((place for place in range(most) if len({each[place] for each in parts}) > 1), most)


class _Words:
    """Speaks of operands by their labels (`Wording`); of two with one label, with that in which they differ too."""

    def __init__(self, rule: Expression) -> None:
        self.apart = _distinguished(rule.lines())

    def say(self, expression: Expression, binding: int = 0) -> str:
        """The label of a line; an operation in words."""
        if isinstance(expression, Line):
            different = self.apart.get(expression.address)
            return f"{expression.label} ({different})" if different else expression.label
        text = expression.words(self)
        return f"({text})" if expression.spoken_binding < binding else text

    def row(self, line: Line) -> str:
        """The label."""
        return line.label

    row_to_date = months_of_year = year_of_month = row

    def before(self, line: Line, first: Expression) -> str:
        """`… of the month before`, and what stands before the first."""
        opening = "" if is_nil(first) else f" (for the first {line.timeline.one} {self.say(first)})"
        return f"{line.label} of the {line.timeline.one} before{opening}"

    def earlier(self, line: Line, periods: Line) -> str:
        """The label."""
        return line.label

    def moved(self, line: Line, periods: Line) -> str:
        """The label."""
        return line.label

    def period_number(self, timeline: Timeline) -> str:
        """`number of the month`."""
        return f"number of the {timeline.one}"


class _Numbers:
    """Speaks of operands by their values in one period (`Wording`)."""

    def __init__(self, results: Results, period: int) -> None:
        self.results = results
        self.period = period

    def say(self, expression: Expression, binding: int = 0) -> str:
        """The value of a line; an operation with its numbers."""
        if isinstance(expression, Line):
            return shown(self.results, expression, self.period if expression.timeline is not Timeline.ONCE else 0)
        text = expression.words(self)
        return f"({text})" if expression.spoken_binding < binding else text

    def row(self, line: Line) -> str:
        """All its values."""
        return self._several(line, range(self.results[line].shape[0]))

    def row_to_date(self, line: Line) -> str:
        """Its values so far."""
        return self._several(line, range(self.period + 1))

    def months_of_year(self, line: Line) -> str:
        """Twelve values."""
        first = self.period * MONTHS_IN_A_YEAR
        return self._several(line, range(first, first + MONTHS_IN_A_YEAR))

    def year_of_month(self, line: Line) -> str:
        """The year's value."""
        return shown(self.results, line, self.period // MONTHS_IN_A_YEAR)

    def before(self, line: Line, first: Expression) -> str:
        """The value in the period before."""
        return shown(self.results, line, self.period - 1) if self.period else self.say(first)

    def earlier(self, line: Line, periods: Line) -> str:
        """The value so many periods earlier; zero before the first."""
        source = self.period - int(self.results[periods][0, 0])
        return shown(self.results, line, source) if source >= 0 else in_unit(0.0, line.unit)

    def moved(self, line: Line, periods: Line) -> str:
        """The value at either whole number of periods earlier, each with its part."""
        months = float(self.results[periods][0, 0])
        whole = math.floor(months)
        source, part = self.period - whole, months - whole
        if source < 0:
            return in_unit(0.0, line.unit)
        nearer, further = (shown(self.results, line, max(place, 0)) for place in (source, source - 1))
        return nearer if part == 0 else f"({nearer} × (1 − {plain_number(part)}) + {further} × {plain_number(part)})"

    def period_number(self, timeline: Timeline) -> str:
        """The number."""
        return str(self.period + 1)

    def _several(self, line: Line, periods: range) -> str:
        """Values in brackets, equal neighbours together."""
        runs = [(text, len(list(same))) for text, same in groupby(shown(self.results, line, when) for when in periods)]
        return "[" + ", ".join(shortened([text if count == 1 else f"{count} × {text}" for text, count in runs])) + "]"


_RULES: WeakKeyDictionary[Line, str] = WeakKeyDictionary()


def rule_in_words(line: Line) -> str:
    """The rule of a line by its operands' labels; "" for an input."""
    if line.expression is None:
        return ""
    found = _RULES.get(line)
    if found is None:
        found = _RULES[line] = _Words(line.expression).say(line.expression)
    return found


def explain(
    results: Results, line: Line, period: int = 0, depth: int | None = None, every: bool = False
) -> Explanation:
    """How a figure came about, down to its inputs, or so many levels down.

    every: every period of a long row, and not only those that matter.
    """
    return Explainer(results, every).explain(line, period, depth)


class Explainer:
    """Explains figures one after the other, none of them in full twice.

    A figure that was taken apart before, in this explanation or in an earlier one, is named with its value and said to
    be explained `elsewhere`. The figure that is asked for is always taken apart.
    """

    def __init__(self, results: Results, every: bool = False) -> None:
        self.results = results
        self.every = every
        self._apart: set[tuple[str, int]] = set()
        self._numbers: dict[tuple[str, int], str] = {}

    def explain(self, line: Line, period: int = 0, depth: int | None = None) -> Explanation:
        """How a figure came about, down to its inputs, or so many levels down."""
        period = 0 if line.timeline is Timeline.ONCE else period
        self._apart.discard((line.address, period))
        return self._explain(line, period, depth)

    def _explain(self, line: Line, period: int, depth: int | None, like: bool = False) -> Explanation:
        period = 0 if line.timeline is Timeline.ONCE else period
        elsewhere = (line.address, period) in self._apart
        rule = line.expression
        parts: tuple[Explanation, ...] = ()
        more: tuple[str, ...] = ()
        if not (elsewhere or like or rule is None or depth == 0):
            parts, more = self._take_apart(line, rule, period, None if depth is None else depth - 1)
        value = self.results.figure(line, period)
        return Explanation(
            address=line.address,
            label=line.label,
            unit=line.unit,
            period=period_text(self.results.model.horizon, line.timeline, period),
            value=value,
            text=shown(self.results, line, period),
            rule=rule_in_words(line),
            numbers="" if rule is None or like else self._in_numbers(line, rule, period),
            reason=self.results.reason(line, period) if value is None else "",
            note=line.note,
            origin=line.origin_at(period) if rule is None else None,  # what repeats an input has that below it
            parts=parts,
            elsewhere=elsewhere and rule is not None,
            like=like and rule is not None,
            more=more,
        )

    def _take_apart(
        self, line: Line, rule: Expression, period: int, below: int | None
    ) -> tuple[tuple[Explanation, ...], tuple[str, ...]]:
        """What a figure was made from, and which periods of it are left out."""
        read = list(_parts(self.results, rule, period))
        if read:  # a rule without parts is shorter than where to find it
            self._apart.add((line.address, period))
        chosen = read if self.every else _those_that_matter(self.results, read)
        parts = tuple(self._explain(part, when, below, alike) for part, when, alike in chosen)
        return parts, tuple(_left_out(read, chosen))

    def _in_numbers(self, line: Line, rule: Expression, period: int) -> str:
        key = (line.address, period)
        if key not in self._numbers:
            self._numbers[key] = _Numbers(self.results, period).say(rule)
        return self._numbers[key]


_Read = tuple[Line, int, bool]


def _those_that_matter(results: Results, read: Sequence[_Read]) -> list[_Read]:
    """Of each line, the periods that matter: those that are not made like others, and the ends and turns."""
    chosen: list[_Read] = []
    for _, same in groupby(read, key=lambda part: part[0].address):
        row = list(same)
        places = set(worth_showing([results.figure(line, when) for line, when, _ in row]))
        chosen += [part for place, part in enumerate(row) if place in places or not part[2]]
    return chosen


def _left_out(read: Sequence[_Read], chosen: Sequence[_Read]) -> Iterator[str]:
    """How many periods of each line are left out."""
    given = Counter(line for line, _, _ in chosen)
    for line, count in Counter(line for line, _, _ in read).items():
        rest = count - given[line]
        if rest:
            yield f"and {rest} more {line.timeline.one if rest == 1 else line.timeline.value} of {line.label}"


def _parts(results: Results, rule: Expression, period: int) -> Iterator[tuple[Line, int, bool]]:
    """The lines behind an expression, each with the period it is read in, and whether it is like another."""
    given: set[tuple[str, int]] = set()
    for line, when, like in _reads(results, rule, period):
        if (line.address, when) not in given:
            given.add((line.address, when))
            yield line, when, like


def _reads(results: Results, rule: Expression, period: int) -> Iterator[tuple[Line, int, bool]]:
    if isinstance(rule, Line):
        yield rule, (0 if rule.timeline is Timeline.ONCE else period), False
    elif isinstance(rule, Previous) and period:
        yield rule.line, period - 1, True
    elif isinstance(rule, Previous):
        yield from _reads(results, rule.first, 0)
    elif isinstance(rule, Shifted | AtPeriod):
        yield from _one_place(results, rule, period)
    elif isinstance(rule, Moved):
        yield from _two_places(results, rule, period)
    elif isinstance(rule, AtYear):
        yield rule.line, period // MONTHS_IN_A_YEAR, False
    elif isinstance(rule, ByYear):
        first = period * MONTHS_IN_A_YEAR
        yield from _runs(results, rule.line, range(first, first + MONTHS_IN_A_YEAR))
    elif isinstance(rule, OverTime | OverRows):
        for operand in rule.operands:
            yield from _whole_row(results, operand, period, rule.timeline)
    else:
        for operand in rule.operands:
            yield from _reads(results, operand, period)


def _one_place(results: Results, rule: Shifted | AtPeriod, period: int) -> Iterator[tuple[Line, int, bool]]:
    where = rule.operands[1]
    yield from _reads(results, where, 0)
    found = _value(results, where)[0, 0]
    if math.isnan(found):
        return
    place = int(found)
    source = period - place if isinstance(rule, Shifted) else place - 1
    if source >= 0:
        yield rule.line, source, False


def _two_places(results: Results, rule: Moved, period: int) -> Iterator[tuple[Line, int, bool]]:
    """The periods at either whole number of periods earlier; one where the number is whole."""
    yield rule.periods, 0, False
    moved = float(results[rule.periods][0, 0])
    source = period - math.floor(moved)
    if source >= 0:
        yield rule.line, source, False
        if moved != math.floor(moved):
            yield rule.line, max(source - 1, 0), True


def _value(results: Results, expression: Expression) -> Any:
    if isinstance(expression, Line):
        return results[expression]
    return expression.value(*(_value(results, operand) for operand in expression.operands))


def _whole_row(
    results: Results, operand: Expression, period: int, timeline: Timeline
) -> Iterator[tuple[Line, int, bool]]:
    if not isinstance(operand, Line):
        raise LineError("an operation over time takes lines")
    if operand.timeline is Timeline.ONCE:
        yield operand, 0, False
        return
    last = results[operand].shape[0] if timeline is Timeline.ONCE else period + 1
    yield from _runs(results, operand, range(last))


def _runs(results: Results, line: Line, periods: range) -> Iterator[tuple[Line, int, bool]]:
    """One period for each run of equal values; the first but zero is explained, the others are made likewise."""
    explained = False
    for _, same in groupby(periods, key=lambda period: shown(results, line, period)):
        first = next(iter(same))
        like = explained
        explained = explained or results.figure(line, first) != 0
        yield line, first, like
