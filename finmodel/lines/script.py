"""The fourth reading: the rules behind some figures as data, which `templates/interpreter.js` works out on a page.

Only the lines that the wanted figures need are in it, each by its number in the order in which they can be worked out.
The interpreter knows the operations of the language and no rule of any model.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct, field

from finmodel.lines.evaluate import needed_groups
from finmodel.lines.expression import Expression, Form, Timeline
from finmodel.lines.line import Line
from finmodel.lines.model import Model

_TIMELINES = (Timeline.ONCE, Timeline.YEARS, Timeline.MONTHS)


class ScriptedModel(Struct, frozen=True):
    """A part of a model as data.

    periods: how many a line has over each timeline (once, years, months); timelines: of each line its timeline's place
    among these, a digit a line. lines: of each its rule, or of an input its values: each with for how many periods it
    goes on, the last to the end. stepped: the first and the number of lines that need each other's previous period.
    inputs, figures: the numbers of lines by their addresses. texts: reasons for having no number.
    """

    periods: list[int]
    timelines: str
    lines: list[Form | list[float]]
    stepped: list[tuple[int, int]]
    inputs: dict[str, int]
    figures: dict[str, int]
    texts: list[str]

    def as_json(self) -> str:
        """The fields by name, as the interpreter takes them."""
        return json.dumps({name: getattr(self, name) for name in self.__struct_fields__}, separators=(",", ":"))


class _ScriptWriter(Struct):
    numbers: dict[Line, int] = field(default_factory=dict)
    texts: dict[str, int] = field(default_factory=dict)

    def of(self, expression: Expression) -> Form:
        """An operand: a line by its number, any other as it writes itself."""
        return self.numbers[expression] if isinstance(expression, Line) else expression.script(self)

    def text(self, words: str) -> Form:
        """The number of a text."""
        return self.texts.setdefault(words, len(self.texts))


def script_of(model: Model, figures: Sequence[str], inputs: Sequence[str]) -> ScriptedModel:
    """The rules behind figures, by their addresses; inputs: those of them that a page may change.

    An input that no wanted figure needs is left out.
    """
    groups = needed_groups(model, figures)
    writer = _ScriptWriter()
    for group in groups:
        for line in group.lines:
            writer.numbers[line] = len(writer.numbers)
    found = [_runs(line) if line.expression is None else writer.of(line.expression) for line in writer.numbers]
    numbers = {line.address: number for line, number in writer.numbers.items()}
    return ScriptedModel(
        [model.periods(timeline) for timeline in _TIMELINES],
        "".join(f"{_TIMELINES.index(line.timeline)}" for line in writer.numbers),
        found,
        [(writer.numbers[group.lines[0]], len(group.lines)) for group in groups if group.stepped],
        {address: numbers[address] for address in inputs if address in numbers},
        {address: numbers[address] for address in figures},
        list(writer.texts),
    )


def _runs(line: Line) -> list[float]:
    """The values of an input, each with for how many periods it goes on; the last goes on to the end."""
    values = (int(value) if value == int(value) else value for value in line.value()[:, 0].tolist())
    runs = [number for value, same in groupby(values) for number in (value, len(list(same)))]
    return runs[:-1]
