"""Operations across periods: the one before, a shift, running totals, totals, years from months, months from years.

They take lines and not expressions, so that every figure which is carried over time has a name, a row and an
explanation of its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from finmodel.lines.expression import (
    SUM,
    Array,
    Cells,
    Expression,
    Form,
    LineError,
    Script,
    Timeline,
    Wording,
    is_nil,
    literal,
    same_dimension,
)
from finmodel.lines.line import Line
from finmodel.lines.periods import MONTHS_IN_A_YEAR
from finmodel.lines.units import NO_DIMENSION

MAXIMUM_TABLE = 254  # what Excel's CHOOSE takes


def need_line(operation: str, line: Expression, *timelines: Timeline) -> Line:
    """The operand as a line on one of these timelines; LineError otherwise."""
    if not isinstance(line, Line):
        raise LineError(f"{operation} takes a line; give the expression a name first")
    if line.timeline not in timelines:
        expected = " or ".join(timeline.value for timeline in timelines)
        raise LineError(f"{operation} takes a line over {expected}; {line.address} runs over {line.timeline.value}")
    return line


def whole_numbers(places: Array) -> NDArray[np.int64]:
    """Places as whole numbers to read at; 1 where there is no number."""
    return np.nan_to_num(places, nan=1.0).astype(np.int64)


def places_within(places: Array, count: int) -> bool:
    """Whether all places are whole numbers from 1 to `count`; where there is no number nothing is read."""
    if places.size == 1:
        place = float(places[0, 0])
        return math.isnan(place) or (1 <= place <= count and place.is_integer())
    return bool(np.all(np.isnan(places) | ((places >= 1) & (places <= count) & (places == np.floor(places)))))


class OverTime(Expression):
    """An operation on a line's whole row."""

    elementwise = False
    operation = ""
    accepts: tuple[Timeline, ...] = (Timeline.YEARS, Timeline.MONTHS)

    def __init__(self, line: Expression) -> None:
        self.line = need_line(self.operation, line, *self.accepts)
        self.operands = (self.line,)
        self.dimension = self.line.dimension


class Previous(OverTime):
    """The line's value in the period before; in the first period `first`, or zero when there is none.

    A line may refer to its own previous value, or two lines to each other's: an opening, movement and closing account.
    """

    operation = "previous"

    def __init__(self, line: Expression, first: Expression | int = 0) -> None:
        super().__init__(line)
        self.first = literal(first)
        if self.first.timeline is not Timeline.ONCE:
            raise LineError(f"the first value before {self.line.address} must be one number")
        self.operands = (self.line, self.first)
        self.timeline = self.line.timeline
        self.dimension = same_dimension("the previous value", self.operands)

    def value(self, *operands: Array) -> Array:
        """Moved down by one period."""
        values, first = operands
        width = max(values.shape[1], first.shape[1])
        moved = np.empty((values.shape[0], width))
        moved[:1] = first
        moved[1:] = values[:-1]
        return moved

    @property
    def may_be_empty(self) -> bool:
        """Left of the first period, unless there is a first value."""
        return is_nil(self.first)

    def formula(self, cells: Cells) -> str:
        """The cell to the left, which is empty left of the first period; or the first value there."""
        before = cells.before(self.line)
        if is_nil(self.first):
            return before
        return f"IF({cells.period_number()}={cells.first_period_number()},{cells.write(self.first)},{before})"

    def words(self, wording: Wording) -> str:
        """`the month before's …`."""
        return wording.before(self.line, self.first)

    def script(self, script: Script) -> Form:
        """`previous`."""
        return ["previous", *map(script.of, self.operands)]


class Shifted(OverTime):
    """The line's value so many periods earlier; zero in as many periods at the start."""

    operation = "shifted"
    check_reads = (1,)

    def __init__(self, line: Expression, periods: Line) -> None:
        super().__init__(line)
        self.periods = need_line("the length of a shift", periods, Timeline.ONCE)
        self.operands = (self.line, self.periods)
        self.timeline = self.line.timeline

    def value(self, *operands: Array) -> Array:
        """Moved down by the number of periods, draw by draw where that differs."""
        values, periods = operands
        count = values.shape[0]
        source = np.arange(count).reshape(-1, 1) - periods.astype(np.int64)
        inside = np.clip(source, 0, count - 1)
        width = max(values.shape[1], periods.shape[1])
        taken = np.take_along_axis(
            np.broadcast_to(values, (count, width)), np.broadcast_to(inside, (count, width)), axis=0
        )
        return np.where((source >= 0) & (source < count), taken, 0.0)

    def check(self, values: Sequence[Array]) -> str | None:
        """The shift is a whole number of periods, not negative."""
        periods = values[1]
        bad = bool(np.any((periods < 0) | (periods != np.floor(periods))))
        return "a shift that is not a whole number of periods, 0 or more" if bad else None

    def formula(self, cells: Cells) -> str:
        """INDEX into the row; zero at the start."""
        here, periods = cells.period_number(), cells.write(self.periods, 9)
        return f"IF({here}>{periods},INDEX({cells.row(self.line)},{here}-{periods}),0)"

    def words(self, wording: Wording) -> str:
        """`…, so many months earlier`."""
        how_long = f"{wording.say(self.periods)} {self.line.timeline.value}"
        return f"{wording.earlier(self.line, self.periods)}, {how_long} earlier"

    def script(self, script: Script) -> Form:
        """`shifted`."""
        return ["shifted", *map(script.of, self.operands)]


class Moved(OverTime):
    """A profile moved later by a number of periods that need not be whole: by 2.5, half by 2 and half by 3.

    Zero in the whole periods before its beginning; in the period in which it begins its first value, however much of
    that period there is of it.
    """

    operation = "moved"
    check_reads = (1,)

    def __init__(self, line: Expression, periods: Line) -> None:
        super().__init__(line)
        self.periods = need_line("the length of a move", periods, Timeline.ONCE)
        self.operands = (self.line, self.periods)
        self.timeline = self.line.timeline

    def value(self, *operands: Array) -> Array:
        """Between the values at the two whole numbers of periods."""
        values, periods = operands
        count, whole = values.shape[0], np.floor(periods)
        source = np.arange(count).reshape(-1, 1) - whole.astype(np.int64)
        width = max(values.shape[1], periods.shape[1])
        rows = np.broadcast_to(values, (count, width))

        def at(places: NDArray[np.int64]) -> Array:
            inside = np.broadcast_to(np.clip(places, 0, count - 1), (count, width))
            return np.take_along_axis(rows, inside, axis=0)

        part = periods - whole
        return np.where(source >= 0, at(source) * (1 - part) + at(source - 1) * part, 0.0)

    def check(self, values: Sequence[Array]) -> str | None:
        """A profile is moved later, or not at all."""
        return "a move by less than 0 periods" if bool(np.any(values[1] < 0)) else None

    def formula(self, cells: Cells) -> str:
        """INDEX into the row at either whole number of periods, each for its part."""
        here, row, periods = cells.period_number(), cells.row(self.line), cells.write(self.periods, 9)
        later = f"({periods}-INT({periods}))"
        earlier_value = f"INDEX({row},{here}-INT({periods}))*(1-{later})"
        later_value = f"INDEX({row},MAX(1,{here}-INT({periods})-1))*{later}"
        return f"IF({here}>INT({periods}),{earlier_value}+{later_value},0)"

    def words(self, wording: Wording) -> str:
        """`…, moved so many months later`."""
        how_long = f"{wording.say(self.periods)} {self.line.timeline.value}"
        return f"{wording.moved(self.line, self.periods)}, moved {how_long} later"

    def script(self, script: Script) -> Form:
        """`moved`."""
        return ["moved", *map(script.of, self.operands)]


class RunningTotal(OverTime):
    """The sum from the first period to this one."""

    operation = "running_total"

    def __init__(self, line: Expression) -> None:
        super().__init__(line)
        self.timeline = self.line.timeline

    def value(self, *operands: Array) -> Array:
        """The cumulative sum."""
        return np.cumsum(operands[0], axis=0)

    def formula(self, cells: Cells) -> str:
        """SUM of a range that grows to the right."""
        return f"SUM({cells.row_to_date(self.line)})"

    def words(self, wording: Wording) -> str:
        """`running total of …`."""
        return f"running total of {wording.row_to_date(self.line)}"

    def script(self, script: Script) -> Form:
        """`sofar`."""
        return ["sofar", *map(script.of, self.operands)]


class _OfRow(OverTime):
    """One number from a whole row."""

    function = ""
    spoken = ""

    def formula(self, cells: Cells) -> str:
        """The Excel function of the row."""
        return f"{self.function}({cells.row(self.line)})"

    def words(self, wording: Wording) -> str:
        """The function in words."""
        return f"{self.spoken} {wording.row(self.line)}"

    def script(self, script: Script) -> Form:
        """`sum`, or the `highest` or `lowest` of the row."""
        return [{"SUM": "sum", "MAX": "highest", "MIN": "lowest"}[self.function], script.of(self.line)]


class Total(_OfRow):
    """The sum of all periods."""

    operation, function, spoken = "total", "SUM", "total of"

    def value(self, *operands: Array) -> Array:
        """The sum."""
        return np.add.reduce(operands[0], axis=0, keepdims=True)


class Largest(_OfRow):
    """The largest value of any period."""

    operation, function, spoken = "largest", "MAX", "the largest of"

    def value(self, *operands: Array) -> Array:
        """The maximum."""
        return np.maximum.reduce(operands[0], axis=0, keepdims=True)


class Smallest(_OfRow):
    """The smallest value of any period."""

    operation, function, spoken = "smallest", "MIN", "the smallest of"

    def value(self, *operands: Array) -> Array:
        """The minimum."""
        return np.minimum.reduce(operands[0], axis=0, keepdims=True)


class TotalSize(OverTime):
    """The sum of all periods' amounts without their signs: what was added up, however little of it is left."""

    operation = "total_size"
    binding = SUM

    def value(self, *operands: Array) -> Array:
        """The sum of the absolute values."""
        return np.add.reduce(np.abs(operands[0]), axis=0, keepdims=True)

    def formula(self, cells: Cells) -> str:
        """SUMIF of what is above zero, less SUMIF of what is below."""
        row = cells.row(self.line)
        return f'SUMIF({row},">0")-SUMIF({row},"<0")'

    def words(self, wording: Wording) -> str:
        """`total of … without its signs`."""
        return f"total of {wording.row(self.line)} without its signs"

    def script(self, script: Script) -> Form:
        """`size`."""
        return ["size", *map(script.of, self.operands)]


class AtPeriod(OverTime):
    """The value in one period, counted from 1."""

    operation = "at_period"
    check_reads = (1,)

    def __init__(self, line: Expression, period: Expression) -> None:
        super().__init__(line)
        if period.timeline is not Timeline.ONCE:
            raise LineError(f"the period at which {self.line.address} is read must be one number")
        self.operands = (self.line, period)

    def value(self, *operands: Array) -> Array:
        """The row at that place."""
        values, period = operands
        if period.size == 1 and not np.isnan(period[0, 0]):
            at = int(period[0, 0])
            return values[at - 1 : at]
        width = max(values.shape[1], period.shape[1])
        index = np.broadcast_to(whole_numbers(period) - 1, (1, width))
        found = np.take_along_axis(np.broadcast_to(values, (values.shape[0], width)), index, axis=0)
        return np.where(np.isnan(period), np.nan, found)

    def check(self, values: Sequence[Array]) -> str | None:
        """The period is one of those there are."""
        return None if places_within(values[1], values[0].shape[0]) else "a period outside those of the case"

    def formula(self, cells: Cells) -> str:
        """INDEX."""
        return f"INDEX({cells.row(self.line)},{cells.write(self.operands[1])})"

    def words(self, wording: Wording) -> str:
        """`… in year 2`."""
        return f"{wording.row(self.line)}, in {self.line.timeline.one} {wording.say(self.operands[1])}"

    def script(self, script: Script) -> Form:
        """`at`."""
        return ["at", *map(script.of, self.operands)]


class ByYear(OverTime):
    """A monthly line by financial year: the sum of its twelve months, or their average."""

    operation = "by_year"
    accepts = (Timeline.MONTHS,)
    timeline = Timeline.YEARS

    def __init__(self, line: Expression, how: str = "sum") -> None:
        super().__init__(line)
        if how not in ("sum", "average"):
            raise LineError(f"by_year gives a sum or an average, not {how!r}")
        self.how = how

    def value(self, *operands: Array) -> Array:
        """Twelve months at a time."""
        months = operands[0]
        years = months.reshape(months.shape[0] // MONTHS_IN_A_YEAR, MONTHS_IN_A_YEAR, months.shape[1])
        sums = np.add.reduce(years, axis=1)
        return sums if self.how == "sum" else sums / MONTHS_IN_A_YEAR

    def formula(self, cells: Cells) -> str:
        """SUMIFS or AVERAGEIFS by the year in the header."""
        function = "SUMIFS" if self.how == "sum" else "AVERAGEIFS"
        return f"{function}({cells.row(self.line)},{cells.year_numbers_of(self.line)},{cells.period_number()})"

    def words(self, wording: Wording) -> str:
        """`sum over the year's months of …`."""
        return f"{self.how} over the year's months of {wording.months_of_year(self.line)}"

    def script(self, script: Script) -> Form:
        """`bysum` or `byaverage`."""
        return [f"by{self.how}", script.of(self.line)]


class AtYear(OverTime):
    """A yearly value in each month of its year."""

    operation = "at_year"
    accepts = (Timeline.YEARS,)
    timeline = Timeline.MONTHS

    def value(self, *operands: Array) -> Array:
        """Each year twelve times."""
        return operands[0].repeat(MONTHS_IN_A_YEAR, axis=0)

    def formula(self, cells: Cells) -> str:
        """INDEX by the year number in the header."""
        return f"INDEX({cells.row(self.line)},{cells.year_number()})"

    def words(self, wording: Wording) -> str:
        """`the year's …`."""
        return f"the year's {wording.year_of_month(self.line)}"

    def script(self, script: Script) -> Form:
        """`ofyear`."""
        return ["ofyear", *map(script.of, self.operands)]


class PresentValue(OverTime):
    """The sum of each year's flow × its discount factor."""

    operation = "present_value"

    def __init__(self, flow: Expression, factor: Expression) -> None:
        super().__init__(flow)
        self.factor = need_line("the discount factor", factor, self.line.timeline)
        self.operands = (self.line, self.factor)
        self.dimension = self.line.dimension * self.factor.dimension

    def value(self, *operands: Array) -> Array:
        """The sum of products."""
        return np.add.reduce(operands[0] * operands[1], axis=0, keepdims=True)

    def formula(self, cells: Cells) -> str:
        """SUMPRODUCT of the two rows."""
        return f"SUMPRODUCT({cells.row(self.line)},{cells.row(self.factor)})"

    def words(self, wording: Wording) -> str:
        """`sum over the years of flow × factor`."""
        return f"sum over the {self.line.timeline.value} of ({wording.row(self.line)} × {wording.row(self.factor)})"

    def script(self, script: Script) -> Form:
        """`products`."""
        return ["products", *map(script.of, self.operands)]


class PeriodNumber(Expression):
    """The number of the period, 1 for the first."""

    elementwise = False
    dimension = NO_DIMENSION

    def __init__(self, timeline: Timeline, count: int) -> None:
        self.timeline = timeline
        self.count = count

    def value(self, *operands: Array) -> Array:
        """1, 2, 3 …."""
        return np.arange(1.0, self.count + 1).reshape(-1, 1)

    def formula(self, cells: Cells) -> str:
        """The header cell."""
        return cells.period_number()

    def words(self, wording: Wording) -> str:
        """`number of the year`."""
        return wording.period_number(self.timeline)

    def script(self, script: Script) -> Form:
        """`period`."""
        return ["period"]


class LookUp(Expression):
    """The value of one line of a table, by its place in it, counted from 1."""

    check_reads = (0,)

    def __init__(self, place: Expression, table: Sequence[Line]) -> None:
        if not 1 <= len(table) <= MAXIMUM_TABLE:
            raise LineError(f"a look-up needs a table of 1 to {MAXIMUM_TABLE} lines, not {len(table)}")
        self.table = tuple(table)
        self.operands = (place, *self.table)
        timelines = {operand.timeline for operand in self.operands} - {Timeline.ONCE}
        if len(timelines) > 1:
            raise LineError("a look-up mixes years and months")
        self.timeline = timelines.pop() if timelines else Timeline.ONCE
        self.dimension = same_dimension("the look-up", self.table)

    def value(self, *operands: Array) -> Array:
        """The line at that place, period by period."""
        place = operands[0]
        rows = np.stack(np.broadcast_arrays(*operands[1:], place)[:-1])
        index = np.broadcast_to(whole_numbers(place) - 1, rows.shape[1:])[None]
        return np.where(np.isnan(place), np.nan, np.take_along_axis(rows, index, axis=0)[0])

    def check(self, values: Sequence[Array]) -> str | None:
        """The place is one of the table's."""
        within = places_within(values[0], len(self.table))
        return None if within else "a look-up of a place that the table does not have"

    def formula(self, cells: Cells) -> str:
        """CHOOSE among the table's cells."""
        return f"CHOOSE({','.join(cells.write(operand) for operand in self.operands)})"

    def words(self, wording: Wording) -> str:
        """`place so many of …`."""
        first, last = self.table[0], self.table[-1]
        return f"place {wording.say(self.operands[0])} in the table from {first.label} to {last.label}"

    def script(self, script: Script) -> Form:
        """`choose`."""
        return ["choose", *map(script.of, self.operands)]


def previous(line: Line, first: Expression | int = 0) -> Expression:
    """The line in the period before; `first` before the first."""
    return Previous(line, first)


def shifted(line: Line, periods: Line) -> Expression:
    """The line so many periods earlier."""
    return Shifted(line, periods)


def moved(line: Line, periods: Line) -> Expression:
    """The line moved later by a number of periods that need not be whole."""
    return Moved(line, periods)


def running_total(line: Line) -> Expression:
    """The sum from the first period to this one."""
    return RunningTotal(line)


def total(line: Line) -> Expression:
    """The sum of all periods, one number."""
    return Total(line)


def total_size(line: Line) -> Expression:
    """The sum of a line's absolute values over all its periods."""
    return TotalSize(line)


def largest(line: Line) -> Expression:
    """The largest of all periods, one number."""
    return Largest(line)


def smallest(line: Line) -> Expression:
    """The smallest of all periods, one number."""
    return Smallest(line)


def at_period(line: Line, period: Expression) -> Expression:
    """The line in one period, counted from 1."""
    return AtPeriod(line, period)


def by_year(line: Line, how: str = "sum") -> Expression:
    """A monthly line by year: `sum` or `average` of twelve months."""
    return ByYear(line, how)


def at_year(line: Line) -> Expression:
    """A yearly line in each month of its year."""
    return AtYear(line)


def each_month(line: Line) -> Expression:
    """A line as it serves the months: a yearly one in each month of its year."""
    return at_year(line) if line.timeline is Timeline.YEARS else line


def present_value(flow: Line, factor: Line) -> Expression:
    """The sum of flow × discount factor, one number."""
    return PresentValue(flow, factor)


def look_up(place: Expression, table: Sequence[Line]) -> Expression:
    """The line of a table at a place, counted from 1."""
    return LookUp(place, table)
