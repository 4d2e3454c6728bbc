"""The same values for many draws at once: only what the moved inputs reach, and only the periods that differ.

The rules are gone through once and written down as steps on arrays; the steps are then run for each block of draws.
A line's months are mostly alike within a year, in every draw: only those that differ are kept and worked out, as rows,
with the row of each period beside them. Where two lines are the same step on the same rows it is run once, and what no
moved input reaches is worked out once for all blocks. None of this changes a bit of what `evaluate_once` gives for as
many draws: the same operations on the same numbers, sums added up in the order of the periods.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
from msgspec import Struct

from finmodel.lines.arithmetic import Compare, Conditional, Maximum, Minimum, Rounded
from finmodel.lines.evaluate_once import see_to
from finmodel.lines.expression import (
    Add,
    Array,
    Divide,
    Expression,
    LineError,
    Literal,
    Multiply,
    Subtract,
)
from finmodel.lines.graphs import reached
from finmodel.lines.line import Line
from finmodel.lines.model import Group, Model
from finmodel.lines.outcomes import IfNumber, NumberIf, Ratio
from finmodel.lines.periods import MONTHS_IN_A_YEAR
from finmodel.lines.timing import (
    AtPeriod,
    AtYear,
    ByYear,
    Largest,
    Moved,
    PresentValue,
    Previous,
    RunningTotal,
    Shifted,
    Smallest,
    Total,
    TotalSize,
)

Places = tuple[int, ...]  # by period, the row that it has; of a figure that is the same throughout, one place
Work = Callable[..., Array]

_UFUNCS: dict[type[Expression], Work] = {
    Add: np.add,
    Subtract: np.subtract,
    Multiply: np.multiply,
    Divide: np.divide,
    Minimum: np.minimum,
    Maximum: np.maximum,
}
_KNOWN_BY_TYPE = (*_UFUNCS, Conditional, NumberIf, Ratio, IfNumber)  # whose value depends on nothing but the operands
_ONE: Places = (0,)


def alike_periods(array: Array) -> Places:
    """Which periods of an array (periods, draws) are the same in every draw as one before: by period, its row."""
    if array.shape[0] == 1:
        return _ONE
    bits = np.ascontiguousarray(array).view(np.int64)
    first: dict[Hashable, int] = {}
    if bits.shape[1] == 1:
        return tuple(first.setdefault(row, len(first)) for row in bits[:, 0].tolist())
    begins = [0, *(np.flatnonzero((bits[1:] != bits[:-1]).any(axis=1)) + 1).tolist(), bits.shape[0]]
    places: list[int] = []
    for begin, end in pairwise(begins):  # periods that follow each other are alike more often than not
        places += [first.setdefault(bits[begin].tobytes(), len(first))] * (end - begin)
    return tuple(places)


def rows_of(array: Array, places: Places) -> Array:
    """One row for each that differs, of an array (periods, draws)."""
    return array if len(set(places)) == array.shape[0] else array[_firsts(places)]


@lru_cache(maxsize=4096)
def _firsts(places: Places) -> list[int]:
    """The first period of each row."""
    first: dict[int, int] = {}
    for period, row in enumerate(places):
        first.setdefault(row, period)
    return list(first.values())


class _DrawnFigure(Struct, frozen=True):
    """Where the rows of an expression are: in which slot, and by period in which of them. constant: its values, whole,
    (1 or periods, 1), where no moved input reaches it."""

    slot: int
    places: Places
    constant: Array | None = None


class _DrawStep(Struct, frozen=True):
    """Work on some slots whose result goes into another; leaving: the slots that nothing reads afterwards."""

    work: Work
    operands: Places
    result: int
    leaving: Places = ()


class DrawSteps:
    """The steps from the rows of moved inputs to the lines that are wanted.

    model: whose groups are worked out, in order, being all that the moved inputs reach; standing: the values of every
    other line that they need; moved: by the address of a moved input, its places; keep: the lines wanted.
    """

    def __init__(
        self,
        model: Model,
        groups: Sequence[Group],
        standing: Mapping[str, Array],
        moved: Mapping[str, Places],
        keep: Collection[str],
    ) -> None:
        writer = _StepWriter(model, standing)
        self._model, self._moved = model, moved
        self.inputs = {address: writer.input(model[address], places).slot for address, places in moved.items()}
        with np.errstate(divide="ignore", invalid="ignore"):
            for group in groups:
                writer.write(group)
        self.kept = {address: writer.figures[model[address]] for address in keep}
        self._slots = writer.slots
        self._steps = _with_leaving(writer.steps, {figure.slot for figure in self.kept.values()})

    def run(self, rows: Mapping[str, Array]) -> dict[str, Array]:
        """The values of the wanted lines, (periods, draws), from the rows of the moved inputs, (rows, draws).

        Of some of these inputs, the others are as they stand, and only what those reach is worked out.
        """
        every = len(rows) == len(self.inputs)
        slots = list(self._slots if every else self._standing_slots)
        for address, array in rows.items():
            slots[self.inputs[address]] = array
        with np.errstate(divide="ignore", invalid="ignore"):
            for step in self._steps if every else self._reached(rows):
                slots[step.result] = step.work(*[slots[each] for each in step.operands])
                for each in step.leaving:
                    slots[each] = None
        return {address: _spread(_known(slots[each.slot]), each.places) for address, each in self.kept.items()}

    @cached_property
    def _standing_slots(self) -> list[Array | None]:
        """What every slot holds where all inputs are as they stand, alike in the periods in which they move alike."""
        slots = list(self._slots)
        for address, places in self._moved.items():
            slots[self.inputs[address]] = rows_of(self._model[address].value(), places)
        with np.errstate(divide="ignore", invalid="ignore"):
            for step in self._steps:
                slots[step.result] = step.work(*[slots[each] for each in step.operands])
        return slots

    def _reached(self, addresses: Iterable[str]) -> list[_DrawStep]:
        """The steps that some of the inputs reach."""
        readers, steps = self._readers, self._steps
        first = {step for address in addresses for step in readers[self.inputs[address]]}
        return [steps[step] for step in sorted(reached(first, lambda step: readers[steps[step].result]))]

    @cached_property
    def _readers(self) -> list[list[int]]:
        """By slot, the steps that read it."""
        found: list[list[int]] = [[] for _ in self._slots]
        for number, step in enumerate(self._steps):
            for slot in step.operands:
                found[slot].append(number)
        return found


def _known(rows: Array | None) -> Array:
    if rows is None:
        raise LineError("a figure was let go before it was read")
    return rows


def _spread(rows: Array, places: Places) -> Array:
    """Every period of rows, (periods, draws)."""
    return rows if places == tuple(range(rows.shape[0])) else rows[list(places)]


def _with_leaving(steps: Sequence[_DrawStep], kept: set[int]) -> list[_DrawStep]:
    """The steps that lead to what is kept, each with the slots that nothing reads after it."""
    read = set(kept)
    found = []
    for step in reversed(steps):
        if step.result in read:
            leaving = tuple(dict.fromkeys(each for each in step.operands if each not in read))
            read.update(step.operands)
            found.append(_DrawStep(step.work, step.operands, step.result, leaving))
    return found[::-1]


class _StepWriter:
    """Writes the steps of expressions down, each once."""

    def __init__(self, model: Model, standing: Mapping[str, Array]) -> None:
        self.model, self.standing = model, standing
        self.steps: list[_DrawStep] = []
        self.slots: list[Array | None] = []  # what each holds before the first step: a constant, or nothing
        self.figures: dict[Line, _DrawnFigure] = {}
        self._made: dict[Hashable, int] = {}

    def input(self, line: Line, places: Places) -> _DrawnFigure:
        """A moved input."""
        self.slots.append(None)
        self.figures[line] = self._throughout(line, _DrawnFigure(len(self.slots) - 1, places))
        return self.figures[line]

    def write(self, group: Group) -> None:
        """The steps of a line, or of lines that need each other's previous period."""
        if group.stepped:
            _Periods(self, group).write()
            return
        (line,) = group.lines
        if line.expression is not None:
            self.figures[line] = self._throughout(line, self.of(line.expression, line))

    def _throughout(self, line: Line, figure: _DrawnFigure) -> _DrawnFigure:
        """A figure as a line's, with a place a period."""
        periods = self.model.periods(line.timeline)
        return _DrawnFigure(figure.slot, figure.places * periods) if len(figure.places) < periods else figure

    def of(self, expression: Expression, line: Line) -> _DrawnFigure:
        """The figure of an expression in a line's rule."""
        if isinstance(expression, Line):
            if expression not in self.figures:
                self.figures[expression] = self._standing_line(expression)
            return self.figures[expression]
        if isinstance(expression, Literal):
            return self.constant(expression.value())
        if type(expression) is Add and type(expression.operands[0]) is Add:
            return self._sum_of_terms(expression, line)
        operands = [self.of(each, line) for each in expression.operands]
        return self.operation(expression, operands, line)

    def _sum_of_terms(self, expression: Add, line: Line) -> _DrawnFigure:
        """a + b + c and so on, in that order; what stands before the first that moves is added up once a model."""
        terms, sums = _terms(expression)
        known = [None if isinstance(term, Line) and term not in self.figures else self.of(term, line) for term in terms]
        first = next((at for at, each in enumerate(known) if each and each.constant is None), len(terms))
        figures = [each or self.of(term, line) for each, term in zip(known[first:], terms[first:], strict=True)]
        if first == 1:
            figures.insert(0, self.of(terms[0], line))
        elif first:
            figures.insert(0, self.constant(self._standing_sum(terms[:first], sums[: first - 1], line)))
        return figures[0] if len(figures) == 1 else self._added(figures)

    def _standing_sum(self, terms: Sequence[Expression], sums: Sequence[Add], line: Line) -> Array:
        """The sum of terms that no moved input reaches; sums: of the first two, three, and so on."""
        found = self.model.standing_sums
        known = next((at for at in range(len(sums), 0, -1) if sums[at - 1] in found), 0)
        so_far = found[sums[known - 1]] if known else self._standing(terms[0], line)
        for each, term in zip(sums[known:], terms[known + 1 :], strict=True):
            so_far = found[each] = so_far + self._standing(term, line)
        return so_far

    def _standing(self, expression: Expression, line: Line) -> Array:
        """The values of an expression that no moved input reaches."""
        if isinstance(expression, Line):
            return self.standing[expression.address]
        values = self.of(expression, line).constant
        assert values is not None
        return values

    def _added(self, figures: Sequence[_DrawnFigure]) -> _DrawnFigure:
        places, slots = self._aligned(figures)
        slot = self.step(Add, np.add, slots) if len(slots) == 2 else self.step("added", _added, slots)
        return _DrawnFigure(slot, places)

    def operation(
        self, expression: Expression, operands: Sequence[_DrawnFigure], line: Line, when: str = ""
    ) -> _DrawnFigure:
        """The figure of an operation on figures; when: in which period, where it is worked out in one alone."""
        known = [each.constant for each in operands if each.constant is not None]
        if len(known) == len(operands):
            if expression.check_reads:
                see_to(expression, known, line, when)
            return self.constant(expression.value(*known))
        if isinstance(expression, AtYear):
            return _DrawnFigure(operands[0].slot, tuple(np.repeat(operands[0].places, MONTHS_IN_A_YEAR).tolist()))
        work = self._checked(expression, operands, line, when)
        if expression.elementwise:
            return self._elementwise(expression, operands, work)
        periods = self._periods(expression, operands)
        if periods is not None and work is None:
            return periods
        return self._as_whole(expression, operands, work or expression.value)

    def constant(self, values: Array) -> _DrawnFigure:
        """A figure that no draw changes: (1 or periods, 1)."""
        if values.shape[0] == 1:
            return _DrawnFigure(self._constant(values), _ONE, values)
        places = alike_periods(values)
        return _DrawnFigure(self._constant(rows_of(values, places)), places, values)

    def _standing_line(self, line: Line) -> _DrawnFigure:
        """The figure of a line that no moved input reaches; which of its periods are alike is found once a model."""
        values = self.standing[line.address]
        if values.shape[0] == 1:
            return self.constant(values)
        alike = self.model.alike.get(line.address)
        if alike is None:
            places = alike_periods(values)
            alike = self.model.alike[line.address] = places, rows_of(values, places)
        places, rows = alike
        return _DrawnFigure(self._constant(rows), places, values)

    def _constant(self, rows: Array) -> int:
        key = ("constant", rows.tobytes())
        if key not in self._made:
            self.slots.append(rows)
            self._made[key] = len(self.slots) - 1
        return self._made[key]

    def step(self, key: Hashable, work: Work, operands: Sequence[int]) -> int:
        """The slot of a step, which is written once for each key and operands; a key of None is like no other."""
        found = None if key is None else self._made.get((key, *operands))
        if found is None:
            self.slots.append(None)
            found = len(self.slots) - 1
            self.steps.append(_DrawStep(work, tuple(operands), found))
            if key is not None:
                self._made[key, *operands] = found
        return found

    def row(self, figure: _DrawnFigure, period: int) -> _DrawnFigure:
        """One period of a figure."""
        place = figure.places[period if len(figure.places) > 1 else 0]
        if figure.constant is not None:
            at = period if figure.constant.shape[0] > 1 else 0
            return self.constant(figure.constant[at : at + 1])
        if max(figure.places) == 0:
            return _DrawnFigure(figure.slot, _ONE)
        slot = self.step(("row", place), lambda rows: rows[place : place + 1], (figure.slot,))
        return _DrawnFigure(slot, _ONE)

    def together(self, rows: Sequence[_DrawnFigure]) -> _DrawnFigure:
        """Figures of one period, one a period, as one figure."""
        if all(each.constant is not None for each in rows):
            return self.constant(np.concatenate([each.constant for each in rows if each.constant is not None]))
        slots = list(dict.fromkeys(each.slot for each in rows))
        slot = self.step("together", _stacked, slots)
        return _DrawnFigure(slot, tuple(slots.index(each.slot) for each in rows))

    def _checked(self, expression: Expression, operands: Sequence[_DrawnFigure], line: Line, when: str) -> Work | None:
        """The work of an operation whose operands must be seen to in every block; None where they need not be."""
        if not expression.check_reads:
            return None
        known = [operands[place].constant for place in expression.check_reads]
        if all(each is not None for each in known):
            periods = self.model.periods(expression.operands[0].timeline)
            unread = np.empty((periods, 1))
            given = [unread if each.constant is None else each.constant for each in operands]
            see_to(expression, given, line, when)
            return None

        def work(*rows: Array) -> Array:
            see_to(expression, list(rows), line, when)
            return expression.value(*rows)

        return work

    def _elementwise(self, expression: Expression, operands: Sequence[_DrawnFigure], work: Work | None) -> _DrawnFigure:
        places, slots = self._aligned(operands)
        kind = type(expression)
        key: Hashable = kind if kind in _KNOWN_BY_TYPE else None
        if isinstance(expression, Compare):
            key = (kind, expression.relation)
        elif isinstance(expression, Rounded):
            key = (kind, expression.direction)
        return _DrawnFigure(self.step(key, work or _UFUNCS.get(kind, expression.value), slots), places)

    def _aligned(self, operands: Sequence[_DrawnFigure]) -> tuple[Places, list[int]]:
        """The places that an operation on these has, and their slots, row beside row."""
        moving = tuple(dict.fromkeys(each.places for each in operands if any(each.places)))
        if not moving:
            return max((each.places for each in operands), key=len), [each.slot for each in operands]
        if len(moving) == 1:
            return moving[0], [each.slot for each in operands]
        places, taken = _side_by_side(moving)
        return places, [self._taken(each, taken.get(each.places)) for each in operands]

    def _taken(self, figure: _DrawnFigure, rows: Places | None) -> int:
        """The slot of some rows of a figure, in this order."""
        if rows is None or rows == tuple(range(max(figure.places) + 1)):
            return figure.slot
        index = list(rows)
        if figure.constant is not None:
            return self._constant(_known(self.slots[figure.slot])[index])
        return self.step(("rows", rows), lambda array: array[index], (figure.slot,))

    def _periods(self, expression: Expression, operands: Sequence[_DrawnFigure]) -> _DrawnFigure | None:
        """An operation over the periods of a row, from its rows alone; None for those that need the row whole."""
        first = operands[0]
        match expression:
            case Largest() | Smallest():
                work = _largest if isinstance(expression, Largest) else _smallest
                found = _DrawnFigure(self.step(type(expression), work, (first.slot,)), _ONE)
            case RunningTotal():
                every = tuple(range(len(first.places)))
                found = _DrawnFigure(
                    self.step((RunningTotal, first.places), _so_far(first.places), (first.slot,)), every
                )
            case Total():
                found = _DrawnFigure(self._sum(first.slot, (first.places,)), _ONE)
            case TotalSize():
                found = _DrawnFigure(self._sum(self.step(np.abs, np.abs, (first.slot,)), (first.places,)), _ONE)
            case PresentValue():
                places, slots = self._aligned(operands)
                found = _DrawnFigure(self._sum(self.step(Multiply, np.multiply, slots), (places,)), _ONE)
            case ByYear():
                found = self._by_year(first, average=expression.how == "average")
            case AtPeriod() if operands[1].constant is not None and not np.isnan(operands[1].constant).any():
                found = self.row(first, int(operands[1].constant[0, 0]) - 1)
            case _:
                return None
        return found

    def _sum(self, slot: int, sums: tuple[Places, ...]) -> int:
        """Sums of rows, each added up in the order given."""
        return self.step(("sum", sums), _sums(sums), (slot,))

    def _by_year(self, figure: _DrawnFigure, *, average: bool) -> _DrawnFigure:
        months = figure.places
        years = [months[at : at + MONTHS_IN_A_YEAR] for at in range(0, len(months), MONTHS_IN_A_YEAR)]
        sums = tuple(dict.fromkeys(years))
        slot = self._sum(figure.slot, sums)
        if average:
            slot = self.step(Divide, np.divide, (slot, self._constant(np.array([[float(MONTHS_IN_A_YEAR)]]))))
        return _DrawnFigure(slot, tuple(sums.index(year) for year in years))

    def _as_whole(self, expression: Expression, operands: Sequence[_DrawnFigure], work: Work) -> _DrawnFigure:
        """An operation on whole rows, of whose periods those are kept that can differ."""
        slots = [self._whole(each) for each in operands]
        periods = self.model.periods(expression.timeline)
        slot = self.step(None, work, slots)
        alike = _alike_by_rule(expression, operands, periods)
        if alike is None:
            return _DrawnFigure(slot, tuple(range(periods)))
        first = {key: place for place, key in enumerate(dict.fromkeys(alike))}
        kept = _DrawnFigure(slot, tuple(range(periods)))
        rows = tuple(alike.index(key) for key in first)
        return _DrawnFigure(self._taken(kept, rows), tuple(first[key] for key in alike))

    def _whole(self, figure: _DrawnFigure) -> int:
        """The slot of every period of a figure."""
        places = figure.places
        if places == tuple(range(len(places))):
            return figure.slot
        if figure.constant is not None:
            return self._constant(figure.constant)
        index = list(places)
        return self.step(("rows", places), lambda rows: rows[index], (figure.slot,))


class _Periods:
    """Writes the steps of lines that need each other's previous period, period by period."""

    def __init__(self, writer: _StepWriter, group: Group) -> None:
        self.writer, self.group = writer, group
        self.members = set(group.lines)
        self.rows: dict[Line, list[_DrawnFigure]] = {line: [] for line in group.lines}
        self.settled: dict[int, _DrawnFigure | None] = {}  # by expression: its figure, None where it needs the group

    def write(self) -> None:
        for period in range(self.writer.model.periods(self.group.lines[0].timeline)):
            for line in self.group.lines:
                if line.expression is None:
                    raise LineError(f"{line.address} has no rule")
                self.rows[line].append(self._at(line.expression, period, line))
        for line, rows in self.rows.items():
            self.writer.figures[line] = self.writer.together(rows)

    def _at(self, expression: Expression, period: int, line: Line) -> _DrawnFigure:
        """The figure of an expression in one period."""
        if isinstance(expression, Line) and expression in self.members:
            return self.rows[expression][period]
        settled = self._settled(expression, line)
        if settled is not None:
            return self.writer.row(settled, period)
        if isinstance(expression, Previous):
            return self.rows[expression.line][period - 1] if period else self._at(expression.first, 0, line)
        operands = [self._at(each, period, line) for each in expression.operands]
        return self.writer.operation(expression, operands, line, f", period {period + 1}")

    def _settled(self, expression: Expression, line: Line) -> _DrawnFigure | None:
        key = id(expression)
        if key not in self.settled:
            inside = any(found in self.members for found in expression.lines())
            self.settled[key] = None if inside else self.writer.of(expression, line)
        return self.settled[key]


def _terms(expression: Add) -> tuple[list[Expression], list[Add]]:
    """The terms of a + b + c and so on, and the sums on the way: a + b first, the whole last."""
    sums = [expression]
    while isinstance(first := sums[-1].operands[0], Add):
        sums.append(first)
    sums.reverse()
    return [sums[0].operands[0], *(each.operands[1] for each in sums)], sums


@lru_cache(maxsize=4096)
def _side_by_side(moving: tuple[Places, ...]) -> tuple[Places, Mapping[Places, Places]]:
    """The places of rows beside each other, and by the places of each which of its rows they are."""
    first: dict[Places, int] = {}
    places = tuple(first.setdefault(beside, len(first)) for beside in zip(*moving, strict=True))
    return places, dict(zip(moving, zip(*first, strict=True), strict=True))


def _alike_by_rule(expression: Expression, operands: Sequence[_DrawnFigure], periods: int) -> list[Hashable] | None:
    """By period, what a period of a row moved by periods that no draw changes is made of; None of any other."""
    places = operands[0].places
    if isinstance(expression, Previous):
        return [None, *places[: periods - 1]]
    shift = operands[1].constant if isinstance(expression, Shifted | Moved) else None
    if shift is None:
        return None
    by = int(np.floor(shift[0, 0]))
    return [
        None if period < by else (places[period - by], places[max(0, period - by - 1)]) for period in range(periods)
    ]


def _largest(rows: Array) -> Array:
    return rows.max(axis=0, keepdims=True)


def _smallest(rows: Array) -> Array:
    return rows.min(axis=0, keepdims=True)


def _added(*rows: Array) -> Array:
    found: Array = rows[0] + rows[1]
    for each in rows[2:]:
        if each.shape[0] <= found.shape[0] and each.shape[1] <= found.shape[1]:
            np.add(found, each, out=found)
        else:
            found = found + each
    return found


def _stacked(*rows: Array) -> Array:
    found = np.empty((len(rows), max(row.shape[1] for row in rows)))
    for place, row in enumerate(rows):
        found[place] = row[0]
    return found


def _so_far(places: Places) -> Work:
    def work(rows: Array) -> Array:
        found = np.empty((len(places), rows.shape[1]))
        found[0] = rows[places[0]]
        for period in range(1, len(places)):
            np.add(found[period - 1], rows[places[period]], out=found[period])
        return found

    return work


def _sums(sums: tuple[Places, ...]) -> Work:
    """Sums of rows, each added up in its order; of one draw as NumPy adds it up, so that what stands is the same."""
    indices = [list(places) for places in sums]
    many = _sums_of_many(sums)

    def work(rows: Array) -> Array:
        if rows.shape[1] > 1:
            return many(rows)
        return np.stack([np.add.reduce(rows[index], axis=0) for index in indices])

    return work


def _sums_of_many(sums: tuple[Places, ...]) -> Work:
    beside = list(zip(*sums, strict=True)) if len(set(map(len, sums))) == 1 and len(sums) > 1 else []
    if beside and all(places == tuple(range(places[0], places[-1] + 1, len(beside))) for places in beside):
        slices = [slice(places[0], places[-1] + 1, len(beside)) for places in beside]

        def alike(rows: Array) -> Array:
            found = rows[slices[0]].copy()
            for each in slices[1:]:
                np.add(found, rows[each], out=found)
            return found

        return alike

    def work(rows: Array) -> Array:
        found = np.empty((len(sums), rows.shape[1]))
        for total, places in zip(found, sums, strict=True):
            total[...] = rows[places[0]]
            for place in places[1:]:
                np.add(total, rows[place], out=total)
        return found

    return work
