"""Numbers typed over a formula: a constant in the middle of a row, or column, of formulas."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.workbooks.contents import Position
from finmodel.audit.workbooks.general.analysis import Analysis
from finmodel.audit.workbooks.general.check import Certainty, Check, Mark
from finmodel.audit.workbooks.general.lines import TYPED, Lines, Run, is_periodic

CHECK = Check(
    id="typed-over",
    title="Number typed among formulas",
    why="A number in the middle of a row of formulas no longer follows the inputs. It is the commonest way in which a "
    "model is made to give another answer.",
    source="ICAEW Code, Avoid hardcoding; FAST 3.02-01; ICAEW principles 10 and 12",
    certainty="likely",
    remedy="Put the formula back. If the number is meant, make it an input with a label and a switch.",
    false_alarms="Not told: numbers before the formulas of a row (actuals, opening balances). A column in which most "
    "rows have a number is told as possible only.",
)
_SURE = 3


def look(analysis: Analysis) -> Iterator[Mark]:
    """Each number typed between formulas that are alike, rows first."""
    for number in range(len(analysis.sheets)):
        told: set[Position] = set()
        across = Lines(analysis, number, across=True, with_typed=True)
        down = Lines(analysis, number, across=False, with_typed=True)
        for line, runs in across.segments():
            for at in range(1, len(runs)):
                for mark in _typed_run(analysis, number, across, line, runs, at):
                    told.add(mark.position or (0, 0))
                    yield mark
        for column, runs in down.segments():
            for at in range(1, len(runs) - 1):
                for mark in _typed_run(analysis, number, down, column, runs, at):
                    place = mark.position or (0, 0)
                    if place not in told and not _typed_beside(across, place):
                        yield mark


def _typed_run(analysis: Analysis, number: int, lines: Lines, line: int, runs: list[Run], at: int) -> Iterator[Mark]:
    run, before = runs[at], runs[at - 1]
    if run.key != TYPED or before.key == TYPED or is_periodic(runs, at):
        return
    certainty = _certainty(lines, line, runs, at)
    if certainty is None:
        return
    usual = analysis.formula(number, lines.place(line, before.last))
    for along in range(run.first, run.last + 1):
        place = lines.place(line, along)
        value = analysis.sheets[number].cells[place].value
        what = f"{value:,.15g} typed where the cells beside have {usual}"
        yield Mark(number, place, what, certainty, group=f"{before.key} {line}")


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
