"""Formulas that change along a row, or down a column, where their neighbours do not."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.workbooks.contents import Position
from finmodel.audit.workbooks.formulas import Moving
from finmodel.audit.workbooks.general.analysis import Analysis
from finmodel.audit.workbooks.general.check import Certainty, Check, Mark
from finmodel.audit.workbooks.general.lines import (
    AllLines,
    Lines,
    Run,
    ends_of_list,
    is_periodic,
    out_of_rhythm,
    rhythm,
)
from finmodel.audit.workbooks.general.shapes import Shape

CHECK = Check(
    id="changing-formula",
    title="Formula that changes along a row or column",
    why="A reader checks the first formula of a row and trusts the rest. One that differs is a slip, or a change that "
    "nobody will notice.",
    source="FAST 3.02-01 (formulas consistent along the row); ICAEW Code, Use consistent formulas; ICAEW principle 12",
    certainty="likely",
    remedy="Copy the right formula along the whole line; where the rule does change, say so in a line of its own.",
    false_alarms="Not reported: columns of totals, quarterly subtotals, a first column that begins a roll-forward, "
    "cells between formulas that read no cell, changes that the rows next to it make at the same column, a ratio in a "
    "row of totals, and a plus sign that adds nothing (`=+B4`). A formula that is the same sum written otherwise is "
    "reported.",
)
_NEAR = 3  # rows between a total and what it adds
_SURE = 3  # neighbours that agree
_AGGREGATES = {"SUM", "AVERAGE", "SUBTOTAL", "MIN", "MAX", "COUNT", "COUNTA", "NPV", "IRR", "SUMPRODUCT", "AGGREGATE"}


def look(analysis: Analysis) -> Iterator[Mark]:
    """Each cell whose formula is not that of its neighbours, rows first."""
    for number in range(len(analysis.sheets)):
        told: set[Position] = set()
        lines = analysis.once(AllLines)
        across, down = lines.of(number, across=True), lines.of(number, across=False)
        for line, runs in across.segments():
            for mark in _in_line(analysis, number, across, line, runs):
                if mark.position not in told:
                    told.add(mark.position or (0, 0))
                    yield mark
        for column, runs in down.segments():
            for mark in _in_list(analysis, number, down, column, runs):
                if mark.position not in told:
                    told.add(mark.position or (0, 0))
                    yield mark
            for at in _amid_others(runs):
                for mark in _between(analysis, number, down, column, runs, at):
                    place = mark.position or (0, 0)
                    if mark.certainty == "likely" and place not in told and not _alike_beside(across, place):
                        yield mark


def _in_line(analysis: Analysis, number: int, lines: Lines, line: int, runs: list[Run]) -> Iterator[Mark]:
    for at in [] if len(runs) < 3 or rhythm(runs) else _amid_others(runs):
        yield from _between(analysis, number, lines, line, runs, at)
    for along, usual in out_of_rhythm(runs):
        place = lines.place(line, along)
        what = f"{analysis.formula(number, place)} where the like cells of the row have "
        what += _from(analysis, number, lines.place(line, usual), place)
        yield Mark(number, place, what, "likely", group=f"{lines.key(line, along)} {lines.key(line, usual)}")
    longest = max((run.length for run in runs), default=0)
    if len(runs) == 2 and longest >= _SURE:
        yield from _at_an_end(analysis, number, lines, line, runs)


def _amid_others(runs: list[Run]) -> list[int]:
    """The runs between two that are alike."""
    return [at for at in range(1, len(runs) - 1) if runs[at - 1].key == runs[at + 1].key]


def _between(analysis: Analysis, number: int, lines: Lines, line: int, runs: list[Run], at: int) -> Iterator[Mark]:
    """A run between two that are alike."""
    before, run, after = runs[at - 1 : at + 2]
    agree = before.length + after.length
    if run.length >= agree or is_periodic(runs, at) or lines.is_usual(line, run.first):
        return
    sides = "to its left and right" if lines.across else "above and below"
    is_sure = agree >= _SURE or (lines.across and lines.is_unbroken_beside(line, run.first))
    certainty: Certainty = "likely" if is_sure else "possible"
    usual = lines.place(line, before.last)
    if not lines.across and not analysis.shapes[number][usual].uses:
        return  # alike since they read nothing: constants written as formulas, and no rule that the column follows
    for along in range(run.first, run.last + 1):
        place = lines.place(line, along)
        if _follows_its_own(analysis, number, lines, place, usual):
            continue
        what = f"{analysis.formula(number, place)} where the formula of the cells {sides} would be "
        what += _from(analysis, number, usual, place)
        yield Mark(number, place, what, certainty, group=f"{run.key} {before.key}")


def _follows_its_own(analysis: Analysis, number: int, lines: Lines, place: Position, usual: Position) -> bool:
    """Whether a cell in a line of totals has the formula of its other line, or is a ratio of the totals beside it."""
    shapes = analysis.shapes[number]
    shape = shapes[place]
    step = (1, 0) if lines.across else (0, 1)
    for way in (-1, 1):
        for far in range(1, _NEAR + 1):
            near = shapes.get((place[0] + way * far * step[0], place[1] + way * far * step[1]))
            if near is not None:
                if near.key == shape.key and shapes[usual].functions & _AGGREGATES:
                    return True
                break
    if not shapes[usual].functions & _AGGREGATES or shape.functions & _AGGREGATES or "/" not in shape.key:
        return False
    own = 0 if lines.across else 1
    areas = [area for _, area in analysis.reads[number, *place]]
    return len(areas) > 1 and all(
        area.sheet == number and area.is_one_cell and area[1 + own] == place[own] for area in areas
    )


def _at_an_end(analysis: Analysis, number: int, lines: Lines, line: int, runs: list[Run]) -> Iterator[Mark]:
    """The shorter of two runs that make up a row."""
    first, last = runs
    odd, usual = (first, last) if first.length < last.length else (last, first)
    place = lines.place(line, odd.first)
    shapes = analysis.shapes[number]
    begins = odd is first and looks_back(shapes[lines.place(line, usual.first)])
    if begins or shapes[place].functions & _AGGREGATES or lines.is_usual(line, last.first):
        return
    what = f"{analysis.formula(number, place)} where the rest of the row has "
    what += analysis.formula(number, lines.place(line, usual.first))
    for along in range(odd.first, odd.last + 1):
        yield Mark(number, lines.place(line, along), what, "possible", group=f"{odd.key} {usual.key}")


def _in_list(analysis: Analysis, number: int, down: Lines, column: int, runs: list[Run]) -> Iterator[Mark]:
    """The first or last cell of a list of records, where the columns beside go on as before."""
    for odd, usual, boundary in ends_of_list(runs):
        place, near = down.place(column, odd.first), down.place(column, usual.first)
        if down.is_unbroken_beside(column, boundary) and not looks_up(analysis.shapes[number][near]):
            what = f"{analysis.formula(number, place)} where the rest of the list has "
            yield Mark(
                number, place, what + _from(analysis, number, near, place), "likely", group=f"{odd.key} {usual.key}"
            )


def _from(analysis: Analysis, number: int, usual: Position, here: Position) -> str:
    """The formula of another cell as it would read here."""
    return "=" + Moving(analysis.sheets[number].cells[usual].formula, *usual).at(*here)


def looks_back(shape: Shape) -> bool:
    """Whether a formula reads a column to its left, so that the first cell of its row must differ."""
    return any(
        use.reference is not None and not use.reference.first.column_fixed and use.reference.first.column < 0
        for use in shape.uses
    )


def looks_up(shape: Shape) -> bool:
    """Whether a formula reads a row above it, so that the first cell of its list must differ."""
    return any(
        use.reference is not None and not use.reference.first.row_fixed and use.reference.first.row < 0
        for use in shape.uses
    )


def _alike_beside(across: Lines, place: Position) -> bool:
    row, column = place
    return across.key(row, column) in (across.key(row, column - 1), across.key(row, column + 1))
