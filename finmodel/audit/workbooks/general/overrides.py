"""Numbers typed over a formula: a constant in the middle of a row, or column, of formulas."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from finmodel.audit.workbooks.contents import Position
from finmodel.audit.workbooks.general.analysis import Analysis
from finmodel.audit.workbooks.general.changing import looks_up
from finmodel.audit.workbooks.general.check import Certainty, Check, Mark
from finmodel.audit.workbooks.general.lines import TYPED, AllLines, Lines, Run, ends_of_list, is_periodic, out_of_rhythm

CHECK = Check(
    id="typed-over",
    title="Number typed among formulas",
    why="A number in the middle of a row of formulas no longer follows the inputs: change one, and this cell stays as "
    "it is.",
    source="ICAEW Code, Avoid hardcoding; FAST 3.02-01; ICAEW principles 10 and 12",
    certainty="likely",
    remedy="Put the formula back. If the number is meant, make it an input with a label and a switch.",
    false_alarms="Not reported: numbers before the formulas of a row (actuals, opening balances). A column where most "
    "rows have a number is reported as possible only.",
)
_SURE = 3


def look(analysis: Analysis) -> Iterator[Mark]:
    """Each number typed between formulas that are alike, rows first; a cell is reported once."""
    for number in range(len(analysis.sheets)):
        told: set[Position | None] = set()
        for mark in chain(_in_rows(analysis, number), _in_columns(analysis, number)):
            if mark.position not in told:
                told.add(mark.position)
                yield mark


def _in_rows(analysis: Analysis, number: int) -> Iterator[Mark]:
    across = analysis.once(AllLines).of(number, across=True, with_typed=True)
    for line, runs in across.segments():
        for at in _typed(runs[1:]):
            yield from _typed_run(analysis, number, across, line, runs, at)
        for along, usual in out_of_rhythm(runs):
            if across.key(line, along) == TYPED:
                yield _mark(analysis, number, across.place(line, along), across.place(line, usual), "likely")


def _in_columns(analysis: Analysis, number: int) -> Iterator[Mark]:
    across = analysis.once(AllLines).of(number, across=True, with_typed=True)
    down = analysis.once(AllLines).of(number, across=False, with_typed=True)
    for column, runs in down.segments():
        for odd, usual, boundary in ends_of_list(runs):
            near = down.place(column, usual.first)
            shape = analysis.shapes[number].get(near)
            is_list = shape is not None and not looks_up(shape) and down.is_unbroken_beside(column, boundary)
            if odd.key == TYPED and is_list:
                yield _mark(analysis, number, down.place(column, odd.first), near, "likely")
        for at in _typed(runs[1:-1]):
            near = down.place(column, runs[at - 1].last)
            for mark in _typed_run(analysis, number, down, column, runs, at):
                place = mark.position
                if place is None or _typed_beside(across, place):
                    continue
                if not analysis.would_read_a_gap(number, near, place):  # else the row is of another kind than those
                    yield mark


def _typed(runs: list[Run]) -> list[int]:
    """Which runs are of typed numbers, counted from 1."""
    return [at for at, run in enumerate(runs, start=1) if run.key == TYPED]


def _typed_run(analysis: Analysis, number: int, lines: Lines, line: int, runs: list[Run], at: int) -> Iterator[Mark]:
    run, before = runs[at], runs[at - 1]
    if before.key == TYPED or is_periodic(runs, at):
        return
    certainty = _certainty(lines, line, runs, at)
    if certainty is None:
        return
    for along in range(run.first, run.last + 1):
        yield _mark(analysis, number, lines.place(line, along), lines.place(line, before.last), certainty)


def _mark(analysis: Analysis, number: int, place: Position, usual: Position, certainty: Certainty) -> Mark:
    value = analysis.sheets[number].cells[place].value
    what = f"{value:,.15g} typed where the cells next to it have {analysis.formula(number, usual)}"
    return Mark(number, place, what, certainty, group=f"{analysis.shapes[number][usual].key} {place[0]}")


def _certainty(lines: Lines, line: int, runs: list[Run], at: int) -> Certainty | None:
    before, run = runs[at - 1], runs[at]
    if at + 1 == len(runs):  # at the end of the line
        is_doubtful = before.length >= _SURE and run.length < before.length and not lines.is_usual(line, run.first)
        return "possible" if is_doubtful else None
    after = runs[at + 1]
    agree = before.length + after.length
    if before.key != after.key or run.length > agree:
        return None
    is_sure = agree >= _SURE or lines.is_unbroken_beside(line, run.first)
    return "likely" if is_sure and not lines.is_usual(line, run.first) else "possible"


def _typed_beside(across: Lines, place: Position) -> bool:
    """Whether the row is one of typed numbers, which only happens to stand between formulas."""
    row, column = place
    return TYPED in (across.key(row, column - 1), across.key(row, column + 1))
