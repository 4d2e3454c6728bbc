"""Text and charts that a page can show again with other inputs, and the levers by which a reader moves these.

A text keeps the figures it is made of, and how it reads in each state of them: a number, nil, none. The words are made
once, in Python; the page picks among them and writes the figures in. Where a page has no levers, all of it is text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct

from finmodel.lines.script import ScriptedModel

Form = Literal[
    "pounds", "short", "signed", "0", "1", "2", "plain", "apart", "gap", "whole", "month", "year", "after", "reason"
]


class LiveFigure(Struct, frozen=True):
    """A figure inside a text: its line, its period counted from 0, how it is written, its value and text as stated.

    beside: of the form `whole`, the line of the whole number, as in `12.5, rounded up to 13`; of `apart`, from what a
    figure is so far apart, both being shown at one decimal; of `gap`, from what it is so far away. `month` and
    `year` name a numbered period, `after` so many years after those shown, `reason` why there is no number.
    """

    address: str
    period: int
    form: Form
    value: float | None
    text: str
    beside: str = ""


class LiveState(Struct, frozen=True):
    """That a figure has no number, or that it has one from `least` on and below `below` (None: without such an end).

    than: what the figure is taken to be so much more than, where a difference is meant; it must have a number.
    """

    figure: LiveFigure
    none: bool = False
    least: float | None = None
    below: float | None = None
    than: LiveFigure | None = None

    @property
    def holds(self) -> bool:
        """Whether it is so as stated."""
        value = self.figure.value
        if value is None or self.none:
            return value is None and self.none
        value -= 0.0 if self.than is None else self.than.value or 0.0
        return (self.least is None or value >= self.least) and (self.below is None or value < self.below)


Piece = str | LiveFigure
Way = tuple[tuple[LiveState, ...], tuple[Piece, ...]]


class LiveText(str):
    """Text that is ready to be read, with the ways in which it can read: the first whose states hold is shown."""

    __slots__ = ("ways",)
    ways: tuple[Way, ...]

    def __new__(cls, text: str, ways: Sequence[Way]) -> LiveText:
        """ValueError where, as stated, the ways do not read as the text does."""
        made = super().__new__(cls, text)
        made.ways = tuple(ways)
        read = "".join(piece if isinstance(piece, str) else piece.text for piece in made.stated)
        if read != text:
            raise ValueError(f"{text!r} is read as {read!r}")
        return made

    @property
    def stated(self) -> tuple[Piece, ...]:
        """The pieces of the text as stated."""
        for states, pieces in self.ways:
            if all(state.holds for state in states):
                return pieces
        raise ValueError("No way of reading holds")


class LeverInput(Struct, frozen=True):
    """An input that a lever moves. periods: where its values differ, what a scenario calls each, and its place."""

    address: str
    periods: tuple[tuple[str, int], ...] = ()


class Lever(Struct, frozen=True):
    """What a reader moves, in the unit in which it is read: an input, or several together.

    address: of the line whose figure it shows: its input, or what follows from several. moves: whether its input
    becomes what it shows, or its inputs change in proportion to it, or by as much. name, says: what a scenario is
    called after it, and the words around its number in the shortest form; without them its address and its label serve.
    value: as the model has it, of the last period. times: from the model's unit to that shown. least, most: what it
    may be; low, high, step: of the slider, and its ends in words. before, after: the signs of its unit; whole: whether
    only whole numbers are.
    """

    address: str
    inputs: tuple[LeverInput, ...]
    label: str
    note: str
    value: float
    times: float
    shown: str
    least: float
    most: float
    low: float
    high: float
    step: float
    low_text: str
    high_text: str
    before: str
    after: str
    whole: bool
    moves: Literal["to", "in proportion", "by"] = "to"
    name: str = ""
    says: tuple[str, str] | None = None


class Levers(Struct, frozen=True):
    """The levers of a page, and the model behind its figures as data, by the figures and inputs wanted of it.

    strip: the answer in short, names and texts, shown beside the levers; years: of the case.
    """

    levers: tuple[Lever, ...]
    strip: tuple[tuple[str, LiveText], ...]
    years: tuple[str, ...]
    script: Callable[[Sequence[str], Sequence[str]], ScriptedModel]
