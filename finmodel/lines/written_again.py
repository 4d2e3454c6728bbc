"""Lines of a model written again as they are where two groups of inputs are multiplied: the same rules, other lines.

What has a power of the factor needs no second writing: it is so many times what it is. What has none is a line again,
whose rule is the line's own with each line in it put in the place of the one that it had. A line that only one other
mentions goes into the rule of that, so that few rows are made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from copy import copy
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from finmodel.lines.degrees import DegreeOfLines
from finmodel.lines.evaluate import Results, evaluate
from finmodel.lines.expression import Expression, LineError, Timeline
from finmodel.lines.line import Line
from finmodel.lines.model import Model, needed_by
from finmodel.lines.outcomes import Outcome
from finmodel.lines.timing import OverTime

_MOST_MENTIONED = 16  # lines in a rule, beyond which no other is put into it


class Times(NamedTuple):
    """By how much each of the two groups is multiplied: a line that holds the factor, None for once."""

    first: Line | None
    second: Line | None


class Again(Struct, frozen=True):
    """A line written again, the line that it is, and where."""

    line: Line
    of: Line
    times: Times


class WrittenAgain:
    """Lines written again. wanted: those that will be asked for; prefix: how the addresses of the new ones begin.

    made: the new lines, in the order in which they were asked for. LineError where a rule cannot be written again.
    """

    def __init__(self, degrees: DegreeOfLines, wanted: Collection[Line], prefix: str) -> None:
        self.made: list[Again] = []
        self._degrees, self._prefix = degrees, prefix
        self._lines: dict[tuple[Line, Times], Line] = {}
        self._rows = _rows_of_their_own(wanted, self._is_irregular)

    def of(self, line: Line, times: Times) -> Expression:
        """What a line is there: itself or its like, so many times."""
        powers = self._degrees.first.of(line), self._degrees.second.of(line)
        own = Times(*(step if power is None else None for step, power in zip(times, powers, strict=True)))
        found: Expression = line if own == Times(None, None) else self._written(line, own)
        for step, power in zip(times, powers, strict=True):
            if step is not None and isinstance(power, int):
                for _ in range(abs(power)):
                    found = found * step if power > 0 else found / step
        return found

    def _is_irregular(self, line: Line) -> bool:
        return self._degrees.first.of(line) is None or self._degrees.second.of(line) is None

    def _written(self, line: Line, times: Times) -> Expression:
        if line.expression is None:
            raise LineError(f"{line.address} is an input and is not written again")
        if line not in self._rows:
            return self._rule(line.expression, times)
        if (line, times) not in self._lines:
            self._declared(line, times).define(self._rule(line.expression, times))
        return self._lines[line, times]

    def _declared(self, line: Line, times: Times) -> Line:
        steps = ".".join("1" if step is None else step.address.rpartition(".")[2] for step in times)
        made = Line(f"{self._prefix}.{steps}.{line.address}", line.label, line.unit, line.timeline, line.section)
        self._lines[line, times] = made
        self.made.append(Again(made, line, times))
        return made

    def _rule(self, rule: Expression, times: Times) -> Expression:
        """A rule with each line in it put in the place of the one that it had."""
        if isinstance(rule, Line):
            return self.of(rule, times)
        if not rule.operands:
            return rule
        if not rule.elementwise and not isinstance(rule, OverTime):
            raise LineError("an operation that reads what is no operand of it is not written again")

        def put(operand: Expression) -> Expression:
            return self._rule(operand, times) if rule.elementwise else self._row(operand, times)

        made = copy(rule)
        for name, held in vars(rule).items():
            if isinstance(held, Expression):
                setattr(made, name, put(held))
            elif isinstance(held, tuple) and held and all(isinstance(each, Expression) for each in held):
                setattr(made, name, tuple(map(put, held)))
        return made

    def _row(self, operand: Expression, times: Times) -> Expression:
        """An operand of which a whole row may be read: a line, also where it is so many times another."""
        found = self._rule(operand, times)
        if not isinstance(operand, Line) or isinstance(found, Line):
            return found
        if operand.timeline is Timeline.ONCE:
            raise LineError(f"{operand.address} moves and is read over many periods")
        if (operand, times) not in self._lines:
            self._declared(operand, times).define(found)
        return self._lines[operand, times]


def _rows_of_their_own(wanted: Iterable[Line], is_irregular: Callable[[Line], bool]) -> set[Line]:
    """The lines that get rows: those asked for, mentioned twice, or read over time; the others go into rules."""
    wanted = [line for line in wanted if is_irregular(line)]
    mentions: Counter[Line] = Counter()
    found, seen, waiting = set(wanted), set(wanted), list(wanted)
    while waiting:
        line = waiting.pop()
        needed = [each for each in needed_by(line) if is_irregular(each)]
        mentions.update(needed)
        found |= {each for each in _read_over_time(line.expression) if each.timeline is not Timeline.ONCE}
        waiting += [each for each in dict.fromkeys(needed) if each not in seen]
        seen |= set(needed)
    several = {line for line in seen if mentions[line] > 1 or isinstance(line.expression, Outcome)}
    found |= {line for line in several if line.timeline is not Timeline.ONCE}
    return found | set(_long(seen, found))


def _read_over_time(rule: Expression | None) -> Iterator[Line]:
    """The lines of which a rule reads other periods than its own."""
    if rule is None or isinstance(rule, Line):
        return
    for operand in rule.operands:
        if isinstance(operand, Line):
            yield from () if rule.elementwise else (operand,)
        else:
            yield from _read_over_time(operand)


def _long(lines: Iterable[Line], rows: set[Line]) -> Iterator[Line]:
    """Those without a row whose rules would grow too long to be put into others."""
    sizes: dict[Line, int] = {}

    def size(line: Line) -> int:
        if line not in sizes:
            sizes[line] = sum(1 if each in rows or each not in inside else size(each) for each in needed_by(line))
        return sizes[line]

    inside = set(lines)
    for line in inside - rows:
        if line.timeline is not Timeline.ONCE and size(line) > _MOST_MENTIONED:
            yield line


class _Beside(Model):
    """Lines written again, among the lines that they read: these stand, and nothing behind them is asked for."""

    def __init__(self, model: Model, stand: Collection[Line], made: Iterable[Line]) -> None:
        super().__init__(model.horizon)
        self._stand = frozenset(stand)
        for line in (*stand, *made):
            self._add(line)

    @cached_property
    def needs(self) -> dict[Line, tuple[Line, ...]]:
        """By line, the lines in its rule; none of a line that stands."""
        return {line: () if line in self._stand else tuple(dict.fromkeys(needed_by(line))) for line in self}


def worked_out(made: Collection[Line], rules: Iterable[Expression], results: Results) -> Results:
    """The values of lines written again, from those of the model that they read; rules: what else is asked of them.

    LineError where a rule has no answer to such inputs.
    """
    own = set(made)
    mentioned = [
        line for rule in (*rules, *(line.expression for line in made)) if rule is not None for line in rule.lines()
    ]
    stand = tuple(dict.fromkeys(line for line in mentioned if line not in own))
    model = _Beside(results.model, stand, made)
    model.standing.update(
        {line.address: results[line] if line.address in results.model else line.value() for line in stand}
    )
    found = evaluate(model)
    return Results(model, {**results.values, **found.values})
