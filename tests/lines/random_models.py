"""Random models for the property tests, over every operation of the language.

Where a hair's breadth decides (a comparison, a rounding, a divisor that may be nil), only figures are used that binary
fractions hold exactly: inputs are multiples of a quarter, and what is made from them is followed by `Figure`. Elsewhere
each figure carries a bound on its size, so that differences can be judged by what they are differences of.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from hypothesis import strategies as st

from finmodel.lines.arithmetic import begun, compare, conditional, maximum, minimum, power, rounded_down, rounded_up
from finmodel.lines.expression import Array, Expression, Timeline, literal
from finmodel.lines.line import Line
from finmodel.lines.outcomes import if_number, no_figure, number_if, period_name, ratio
from finmodel.lines.standing import header_stands, least_of_rows, stands_as_ruled
from finmodel.lines.timing import (
    at_period,
    at_year,
    by_year,
    largest,
    look_up,
    moved,
    present_value,
    previous,
    running_total,
    shifted,
    smallest,
    total,
    total_size,
)
from tests.lines.worked import MONTHS, ONCE, YEARS, Bench, total_if_positive

LARGEST = 1e9
EXACT = 2.0**48
MONTHS_A_YEAR = 12
UNITS = ("£", "children", "number")


@dataclass(frozen=True)
class Figure:
    """An expression, the most that it can come to, and the binary places that hold it exactly (None: not exact)."""

    expression: Expression
    bound: float
    bits: int | None

    @property
    def exact(self) -> bool:
        return self.bits is not None and self.bound * 2.0**self.bits < EXACT


def _joint(*figures: Figure) -> int | None:
    bits = [figure.bits for figure in figures]
    return None if None in bits else max(bit for bit in bits if bit is not None)


@dataclass
class RandomModel:
    """A model, its figures by address, and for each input how to draw other values for it."""

    bench: Bench
    bounds: dict[str, float] = field(default_factory=dict)
    ranges: dict[str, st.SearchStrategy[float]] = field(default_factory=dict)

    def dust(self, address: str) -> float:
        """A difference that comes of binary fractions alone."""
        return 1e-13 * max(self.bounds[address], 1.0)


class _Maker:
    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.bench = Bench(draw(st.integers(1, 3)), draw(st.integers(1999, 2030)))
        self.made = RandomModel(self.bench)
        self.pool: dict[tuple[str, Timeline], list[Figure]] = {(u, t): [] for u in UNITS for t in Timeline}
        self.outcomes: list[tuple[Line, str, float]] = []

    def pick(self, *choices: Callable[[], Figure]) -> Figure:
        return self.draw(st.sampled_from(choices))()

    # inputs

    def given(self, unit: str, timeline: Timeline, low: float, high: float, *, whole: bool = False) -> Figure:
        """An input of whole numbers, or of quarters."""
        parts = 1 if whole else 4
        ranges = st.integers(int(low * parts), int(high * parts)).map(lambda value: value / parts)
        count = self.bench.periods(timeline)
        values = self.draw(st.lists(ranges, min_size=count, max_size=count))
        line = self.bench.given(values, unit, timeline)
        self.made.ranges[line.address] = ranges
        self.made.bounds[line.address] = max(abs(low), abs(high))
        return Figure(line, max(abs(low), abs(high)), 0 if whole else 2)

    def keep(self, figure: Figure, unit: str, timeline: Timeline) -> Figure:
        """A figure as a line of its own, for others to use."""
        line = self.bench.put(figure.expression, unit, timeline)
        return self.note(line, figure, unit)

    def note(self, line: Line, figure: Figure, unit: str) -> Figure:
        self.made.bounds[line.address] = figure.bound
        kept = Figure(line, figure.bound, figure.bits if figure.exact else None)
        self.pool[unit, line.timeline].append(kept)
        return kept

    # leaves

    def leaf(self, unit: str, timeline: Timeline, *, exact: bool = False) -> Figure:
        found = [figure for figure in self.pool[unit, timeline] + self.pool[unit, ONCE] if figure.exact or not exact]
        return self.draw(st.sampled_from(found))

    def row(self, unit: str, timeline: Timeline, *, exact: bool = False) -> tuple[Line, Figure]:
        """A line with a value a period."""
        found = [figure for figure in self.pool[unit, timeline] if figure.exact or not exact]
        figure = self.draw(st.sampled_from(found))
        assert isinstance(figure.expression, Line)
        return figure.expression, figure

    def periods(self) -> Timeline:
        return self.draw(st.sampled_from([YEARS, MONTHS]))

    # operations within a period

    def expression(self, unit: str, timeline: Timeline, depth: int, *, exact: bool = False) -> Figure:
        """A random expression in a unit, over a timeline."""
        if depth == 0:
            return self.leaf(unit, timeline, exact=exact)

        def part(of: str = unit) -> Figure:
            return self.expression(of, timeline, depth - 1, exact=exact)

        choices = [
            lambda: self.sum_of(part(), part()),
            lambda: self.difference(part(), part()),
            lambda: Figure(-(found := part()).expression, found.bound, found.bits),
            lambda: self.product(part(), part("number")),
            lambda: self.product(part("number"), part()),
            lambda: self.of_two(minimum, part(), part()),
            lambda: self.of_two(maximum, part(), part()),
            lambda: self.of_two(maximum, part(), Figure(literal(0), 0, 0)),
            lambda: self.chosen(timeline, depth, part(), part()),
            lambda: self.from_table(unit, timeline, exact=exact),
            lambda: self.whole(unit, timeline, depth),
        ]
        if not exact:
            choices.append(lambda: self.quotient(part(), timeline))
        if unit == "number" and not exact:
            choices.append(lambda: self.power(timeline))
        if unit == "number":
            choices += [
                lambda: self.comparison(timeline, depth),
                lambda: self.begun(timeline, depth),
                lambda: self.sum_of(Figure(literal(1), 1, 0), part()),
            ]
            if timeline is not ONCE:
                count = self.bench.periods(timeline)
                choices.append(lambda: Figure(self.bench.period_number(timeline), count, 0))
        found = self.pick(*choices)
        small = found.bound <= LARGEST and (found.exact or not exact)
        return found if small else self.leaf(unit, timeline, exact=exact)

    def sum_of(self, left: Figure, right: Figure) -> Figure:
        return Figure(left.expression + right.expression, left.bound + right.bound, _joint(left, right))

    def difference(self, left: Figure, right: Figure) -> Figure:
        return Figure(left.expression - right.expression, left.bound + right.bound, _joint(left, right))

    def product(self, left: Figure, right: Figure) -> Figure:
        bits = None if left.bits is None or right.bits is None else left.bits + right.bits
        return Figure(left.expression * right.expression, left.bound * right.bound, bits)

    def quotient(self, above: Figure, timeline: Timeline) -> Figure:
        below = self.given("number", self.draw(st.sampled_from([ONCE, timeline])), 0.25, 100)
        return Figure(above.expression / below.expression, above.bound * 4, None)

    def power(self, timeline: Timeline) -> Figure:
        base = self.given("number", self.draw(st.sampled_from([ONCE, timeline])), 0.25, 4)
        exponent = self.given("number", timeline, -6, 6)
        return Figure(power(base.expression, exponent.expression), 4.0**6, None)

    def of_two(self, operation: Callable[..., Expression], left: Figure, right: Figure) -> Figure:
        joined = operation(left.expression, right.expression)
        return Figure(joined, max(left.bound, right.bound), _joint(left, right))

    def comparison(self, timeline: Timeline, depth: int) -> Figure:
        unit = self.draw(st.sampled_from(UNITS))
        left, right = (self.expression(unit, timeline, depth - 1, exact=True) for _ in range(2))
        relation = self.draw(st.sampled_from(["<", "<=", ">", ">=", "="]))
        return Figure(compare(left.expression, relation, right.expression), 1, 0)

    def begun(self, timeline: Timeline, depth: int) -> Figure:
        number, start = (self.expression("number", timeline, depth - 1, exact=True) for _ in range(2))
        return Figure(begun(number.expression, start.expression), 1, _joint(number, start))

    def chosen(self, timeline: Timeline, depth: int, then: Figure, otherwise: Figure) -> Figure:
        flag = self.comparison(timeline, min(depth, 2))
        found = conditional(flag.expression, then.expression, otherwise.expression)
        return Figure(found, max(then.bound, otherwise.bound), _joint(then, otherwise))

    def whole(self, unit: str, timeline: Timeline, depth: int) -> Figure:
        number = self.expression(unit, timeline, depth - 1, exact=True)
        places = self.given("number", ONCE, 0, 6, whole=True)
        operation = self.draw(st.sampled_from([rounded_up, rounded_down]))
        return Figure(operation(number.expression, places.expression), number.bound + 1, 0)

    def from_table(self, unit: str, timeline: Timeline, *, exact: bool) -> Figure:
        table = [self.leaf(unit, timeline, exact=exact) for _ in range(self.draw(st.integers(1, 4)))]
        place = self.given("number", self.draw(st.sampled_from([ONCE, timeline])), 1, len(table), whole=True)
        lines = [figure.expression for figure in table if isinstance(figure.expression, Line)]
        return Figure(look_up(place.expression, lines), max(f.bound for f in table), _joint(*table))

    # operations over time

    def over_time(self) -> None:
        """A line made from whole rows."""
        unit, timeline = self.draw(st.sampled_from(UNITS)), self.periods()
        row, found = self.row(unit, timeline)
        count = self.bench.periods(timeline)
        many = found.bound * count
        first = self.leaf(unit, ONCE)
        first_two = self.sum_of(first, self.leaf(unit, ONCE))
        monthly, month = self.row(unit, MONTHS)
        yearly, year = self.row(unit, YEARS)
        rate, rate_figure = self.row("number", timeline)

        def index(low: int, high: int) -> Line:
            line = self.given("number", ONCE, low, high, whole=True).expression
            assert isinstance(line, Line)
            return line

        def quarters(high: int) -> Line:
            line = self.given("number", ONCE, 0, high).expression
            assert isinstance(line, Line)
            return line

        halved_twice = None if found.bits is None else found.bits + 2
        opening = [Figure(literal(0), 0, 0), first, first_two]
        if unit == "number":
            opening.append(Figure(literal(1), 1, 0))
        before = self.draw(st.sampled_from(opening))
        choices: list[Callable[[], tuple[Timeline, Figure]]] = [
            lambda: (
                timeline,
                Figure(previous(row, before.expression), max(found.bound, before.bound), _joint(found, before)),
            ),
            lambda: (timeline, Figure(shifted(row, index(0, count + 1)), found.bound, found.bits)),
            lambda: (timeline, Figure(moved(row, quarters(count + 1)), found.bound, halved_twice)),
            lambda: (timeline, Figure(running_total(row), many, found.bits)),
            lambda: (ONCE, Figure(total(row), many, found.bits)),
            lambda: (ONCE, Figure(total_size(row), many, found.bits)),
            lambda: (ONCE, Figure(largest(row), found.bound, found.bits)),
            lambda: (ONCE, Figure(smallest(row), found.bound, found.bits)),
            lambda: (ONCE, Figure(at_period(row, index(1, count)), found.bound, found.bits)),
            lambda: (ONCE, Figure(present_value(row, rate), many * rate_figure.bound, None)),
            lambda: (YEARS, Figure(by_year(monthly), month.bound * MONTHS_A_YEAR, month.bits)),
            lambda: (YEARS, Figure(by_year(monthly, "average"), month.bound, None)),
            lambda: (MONTHS, Figure(at_year(yearly), year.bound, year.bits)),
        ]
        when, figure = self.draw(st.sampled_from(choices))()
        if figure.bound <= LARGEST:
            self.keep(figure, unit, when)

    def corkscrew(self) -> None:
        """Lines that need each other's previous period: an account, or one figure that grows."""
        unit, timeline = self.draw(st.sampled_from(UNITS)), self.periods()
        count = self.bench.periods(timeline)
        movement = self.expression(unit, timeline, 2)
        start = self.leaf(unit, ONCE)
        bound = start.bound + 2 * count * movement.bound
        if bound > LARGEST:
            return
        opening, closing = self.bench.promise(unit, timeline), self.bench.promise(unit, timeline)
        opening.define(previous(closing, start.expression))
        kind = self.draw(st.sampled_from(["account", "shrinking", "capped", "swapped"]))
        bits = _joint(start, movement)
        if kind == "account":
            closing.define(opening + movement.expression)
        elif kind == "shrinking":
            share = self.given("number", timeline, 0, 1)
            closing.define(opening * (1 - share.expression) + movement.expression)
            bits = None
        elif kind == "capped":
            closing.define(minimum(maximum(opening + movement.expression, start.expression), movement.expression))
        else:
            closing.define(movement.expression - (opening - movement.expression))
        for line in (opening, closing):
            self.note(line, Figure(line, bound, bits), unit)

    # figures that may have no number

    def outcome(self) -> None:
        unit = self.draw(st.sampled_from(UNITS))
        timeline = self.draw(st.sampled_from([ONCE, YEARS]))
        figure = self.expression(unit, timeline, 1)
        reason = self.draw(st.sampled_from(["there is none", 'the "reason"', "=1", "£5 & <more>"]))
        kind = self.draw(st.sampled_from(["if", "ratio", "none", "month", "measure"]))
        if kind == "if":
            flag = self.comparison(timeline, 2)
            self.uncertain(number_if(flag.expression, figure.expression, reason), unit, timeline, figure.bound)
        elif kind == "ratio":
            below = self.expression("number", timeline, 1, exact=True)
            if below.bits is not None:
                bound = figure.bound * 2.0**below.bits
                self.uncertain(ratio(figure.expression, below.expression, reason), unit, timeline, bound)
        elif kind == "none":
            self.uncertain(no_figure(reason, unit), unit, timeline, 0)
        elif kind == "measure":
            row, found = self.row(unit, YEARS, exact=True)
            self.uncertain(total_if_positive(row), unit, ONCE, found.bound * 3)
        else:
            period = self.given("number", ONCE, 1, self.bench.periods(YEARS), whole=True)
            flag = self.comparison(ONCE, 1)
            found = self.uncertain(number_if(flag.expression, period.expression, reason), "number", ONCE, 36)
            name = self.bench.put(period_name(found, self.periods()), "number")
            self.made.bounds[name.address] = 36
            row, values = self.row(unit, YEARS)
            self.uncertain(if_number(found, at_period(row, found)), unit, ONCE, values.bound)

    def uncertain(self, rule: Expression, unit: str, timeline: Timeline, bound: float) -> Line:
        line = self.bench.put(rule, unit, timeline)
        self.made.bounds[line.address] = bound
        self.outcomes.append((line, unit, bound))
        return line

    def carried(self) -> None:
        """A figure that rests on one which may have no number."""
        if self.outcomes:
            line, unit, bound = self.draw(st.sampled_from(self.outcomes))
            other = self.leaf(unit, line.timeline)
            rule = if_number(line, line + other.expression)
            if unit == "£":
                rule = if_number(line, number_if(compare(line, ">=", 0), line, "it is below nil"))
            self.uncertain(rule, unit, line.timeline, bound + other.bound)

    def standing(self) -> None:
        """Whether lines so far stand as their rules make them, and the header of their sheet with them."""
        timeline = self.draw(st.sampled_from(list(Timeline)))
        ruled = [line for line in self.bench if line.expression is not None and line.timeline is timeline]
        if not ruled:
            return
        looked_at = self.draw(st.lists(st.sampled_from(ruled), min_size=1, max_size=3, unique=True))
        tolerance = self.bench[self.given("number", ONCE, 1, 4).expression.address]
        periods = self.bench.periods(timeline)
        rows = [self.bench.put(stands_as_ruled(looked_at, tolerance, periods), "flag", timeline)]
        if timeline is not ONCE:
            rows.append(self.bench.put(header_stands(timeline, periods), "flag", timeline))
        for line in (*rows, self.bench.put(least_of_rows(rows), "flag", ONCE)):
            self.made.bounds[line.address] = 1

    def model(self) -> RandomModel:
        for unit in UNITS:
            for timeline in Timeline:
                figure = self.given(unit, timeline, -100, 100)
                self.pool[unit, timeline].append(figure)
        for _ in range(self.draw(st.integers(1, 10))):
            kinds = [self.plain, self.plain, self.over_time, self.corkscrew, self.outcome, self.carried, self.standing]
            self.draw(st.sampled_from(kinds))()
        return self.made

    def plain(self) -> None:
        unit, timeline = self.draw(st.sampled_from(UNITS)), self.draw(st.sampled_from(list(Timeline)))
        self.keep(self.expression(unit, timeline, self.draw(st.integers(1, 3))), unit, timeline)


@st.composite
def models(draw: st.DrawFn) -> RandomModel:
    """Random models."""
    return _Maker(draw).model()


@st.composite
def models_with_draws(draw: st.DrawFn) -> tuple[RandomModel, dict[str, Array]]:
    """A random model, and three draws of some of its inputs."""
    made = _Maker(draw).model()
    addresses = draw(st.lists(st.sampled_from(list(made.ranges)), unique=True, max_size=4))
    replaced = {}
    for address in addresses:
        count = made.bench.periods(made.bench[address].timeline) if draw(st.booleans()) else 1
        values = draw(st.lists(made.ranges[address], min_size=3 * count, max_size=3 * count))
        replaced[address] = np.array(values).reshape(count, 3)
    return made, replaced
