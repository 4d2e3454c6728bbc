"""References that walked away from the one cell that was meant, for want of a `$`."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.workbooks.contents import Position
from finmodel.audit.workbooks.general.analysis import Analysis, Area
from finmodel.audit.workbooks.general.check import Check, Mark
from finmodel.audit.workbooks.general.lines import AllLines, Lines, Run
from finmodel.lines.cells import address

CHECK = Check(
    id="no-anchor",
    title="Reference that walked away",
    why="A reference to one cell that is copied without its $ moves along, off the price or rate that was meant, to an "
    "empty cell or a text, and the figure is zero or wrong.",
    source="FAST 3.02-01 (formulas consistent along the row); ICAEW Code, Use consistent formulas; ICAEW principle 12",
    certainty="likely",
    remedy="Put the $ before the row or the column that must stay (F4), and copy the formula along the whole line.",
    false_alarms="Reported only where the cell read is empty or a text: where the first of a line alone reads a "
    "figure, or where the cells to both sides read the one cell. Not reported: look-ups, tests and texts, and a line "
    "whose first cell reads an empty one.",
)
_PLAIN = {"", "SUM", "ROUND", "ABS", "PRODUCT", "MIN", "MAX"}
_FEWEST = 3
_TESTING = {"ISBLANK", "IFERROR", "COUNTA", "IF", "N", "ISNUMBER"}


def look(analysis: Analysis) -> Iterator[Mark]:
    """Each formula that reads an empty cell or a text where the first of its line, or those beside, read a figure."""
    for number in range(len(analysis.sheets)):
        told: set[Position] = set()
        for across in (True, False):
            lines = analysis.once(AllLines).of(number, across)
            for line, runs in lines.segments():
                for mark in (
                    *_walked(analysis, number, lines, line, runs),
                    *_strayed(analysis, number, lines, line, runs),
                ):
                    if mark.position is not None and mark.position not in told:
                        told.add(mark.position)
                        yield mark


def _walked(analysis: Analysis, number: int, lines: Lines, line: int, runs: list[Run]) -> Iterator[Mark]:
    """Runs of one formula of which the first alone reads a figure at one of its references."""
    for run in runs:
        if run.length < _FEWEST:
            continue
        places = [lines.place(line, along) for along in (run.first, run.first + 1, run.first + 2, run.last)]
        for at, (first, *others) in enumerate(zip(*(_read(analysis, number, place) for place in places), strict=False)):
            if first is None or None in others or len({first, *others}) == 1 or not _is_figure(analysis, first):
                continue
            if any(area is not None and not _is_out_of_place(analysis, area, lines.across) for area in others):
                continue
            for along in range(run.first + 1, run.last + 1):
                place = lines.place(line, along)
                read = _read(analysis, number, place)[at]
                if read is not None and _is_out_of_place(analysis, read, lines.across):
                    what = f"{analysis.formula(number, place)} reads {_shown(analysis, read, number)}, where "
                    what += f"{address(*places[0])} reads {analysis.named(first[:3], number)}"
                    yield Mark(number, place, what, "likely", group=f"walked {at} {run.key}")


def _strayed(analysis: Analysis, number: int, lines: Lines, line: int, runs: list[Run]) -> Iterator[Mark]:
    """A formula that reads nothing at a reference where those before and after it read one and the same cell."""
    places = [lines.place(line, along) for run in runs for along in range(run.first, run.last + 1)]
    if len(runs) < _FEWEST:
        return
    sizes = [len(analysis.reads[number, *place]) for place in places]
    for at in range(1, len(places)):
        next_to = at + 1 if at + 1 < len(places) else at - 2
        if next_to < 0 or sizes[at] < 2 or not sizes[at - 1] == sizes[at] == sizes[next_to]:
            continue
        before, here, after = (_read(analysis, number, places[each]) for each in (at - 1, at, next_to))
        if not len(before) == len(here) == len(after):
            continue
        apart = [slot for slot in range(len(here)) if before[slot] == after[slot] != here[slot]]
        if len(apart) != 1:
            continue
        one, other = before[apart[0]], here[apart[0]]
        if one is not None and other is not None and _is_figure(analysis, one) and _is_nothing(analysis, other):
            what = (
                f"{analysis.formula(number, places[at])} reads {_shown(analysis, other, number)}, where the formulas "
            )
            what += f"beside it read {analysis.named(one[:3], number)}"
            yield Mark(number, places[at], what, "likely")


def _read(analysis: Analysis, number: int, place: Position) -> list[Area | None]:
    """What a formula reads at each of its references, None where that is no one cell in plain arithmetic."""
    shape = analysis.shapes[number][place]
    if shape.functions & _TESTING:
        return []
    return [
        area if area.is_one_cell and use.function in _PLAIN and not use.tested else None
        for use, area in analysis.reads[number, *place]
    ]


def _is_figure(analysis: Analysis, area: Area) -> bool:
    cell = analysis.cell(area[:3])
    return cell is not None and cell.kind == "number" and cell.value != 0


def _is_nothing(analysis: Analysis, area: Area) -> bool:
    cell = analysis.cell(area[:3])
    return cell is None or (cell.kind == "text" and not cell.is_calculated)


def _is_out_of_place(analysis: Analysis, area: Area, across: bool) -> bool:
    """Whether a cell holds no figure and has no heading either: no year without an amount, in a row of amounts."""
    cells, (_, row, column) = analysis.sheets[area.sheet].cells, area[:3]
    if not _is_nothing(analysis, area):
        return False
    back = ((at, column) for at in range(1, row)) if across else ((row, at) for at in range(1, column))
    return not any(place in cells for place in back)


def _shown(analysis: Analysis, area: Area, number: int) -> str:
    cell = analysis.cell(area[:3])
    return f"{analysis.named(area[:3], number)}, which is {'empty' if cell is None else 'a text'}"
