"""Books of typed numbers: totals that nothing works out, and those that do not add up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from finmodel.audit.workbooks.contents import Position, Worksheet
from finmodel.audit.workbooks.general.analysis import Analysis
from finmodel.audit.workbooks.general.check import Check, Mark
from finmodel.audit.workbooks.general.labels import TOTAL
from finmodel.lines.cells import address

CHECK = Check(
    id="typed-total",
    title="Total that is typed",
    why="A total typed in, or pasted as a value, stays as it is when a line changes, and nobody can see what it adds.",
    source="ICAEW principle 18 (test the workbook); ICAEW Code, Avoid hardcoding, Build traceable references",
    certainty="likely",
    remedy="Write the total as a sum of its lines; ask for the workbook with its formulas.",
    false_alarms="A total that does not add up is reported only where most of its row, or of its column, add up to the "
    "last unit: rounded tables are off by one here and there. That a workbook has no formula at all is reported as "
    "possible.",
)
Off: TypeAlias = tuple[float, float, Position, Position]
"""By how much a total is off, the total, and the first and last of its lines."""
_FEWEST = 2  # lines of a total
_FEW_NUMBERS = 6
_MOST_LINES = 200
_TINY = 1e-6


def look(analysis: Analysis) -> Iterator[Mark]:
    """The workbook, where it holds numbers and no formula; typed totals that are not their lines where others are."""
    numbers = [sum(1 for _ in analysis.typed_numbers(number)) for number in range(len(analysis.sheets))]
    if not analysis.reads and sum(numbers) >= _FEW_NUMBERS:
        what = f"The workbook holds {sum(numbers):,} numbers and no formula: none of them can be traced"
        yield Mark(None, None, what, "possible")
    for number, sheet in enumerate(analysis.sheets):
        told: set[Position] = set()
        for step in ((1, 0), (0, 1)):
            for mark in _wrong(number, sheet, step):
                if mark.position is not None and mark.position not in told:
                    told.add(mark.position)
                    yield mark


def _wrong(number: int, sheet: Worksheet, step: Position) -> Iterator[Mark]:
    """Totals of typed lines above (step (1, 0)) or to the left, one wrong among right ones."""
    lines: dict[int, list[Position]] = {}
    for place, cell in sheet.cells.items():
        if cell.kind == "text" and TOTAL.match(str(cell.value).strip()):
            lines.setdefault(place[0] if step[0] else place[1], []).append(place)
    for line in sorted(lines):
        across = [place for place in sheet.cells if place[0 if step[0] else 1] == line] if lines else []
        judged = [(place, found) for place in sorted(across) if (found := _off(sheet, place, step)) is not None]
        wrong = [
            (place, found)
            for place, found in judged
            if not _adds_up(found) and not _is_total_across(sheet, place, step)
        ]
        right = sum(_adds_up(found) for _, found in judged)
        if wrong and right > len(wrong):
            for place, (off, total, first, last) in wrong:
                lines_added = f"{address(*first)}:{address(*last)}"
                what = f"{total:,.15g} is typed as a total, and {lines_added} make {total - off:,.15g}"
                yield Mark(number, place, what, "likely")


def _adds_up(found: Off) -> bool:
    return abs(found[0]) <= _TINY * max(1.0, abs(found[1]))


def _is_total_across(sheet: Worksheet, place: Position, step: Position) -> bool:
    """Whether a number is the right total of its other line: where rows and columns meet."""
    found = _off(sheet, place, (step[1], step[0]))
    return found is not None and _adds_up(found)


def _off(sheet: Worksheet, place: Position, step: Position) -> Off | None:
    """By how much a typed total differs from the typed numbers right before it; None where it is no such total."""
    cell = sheet.cells[place]
    if cell.kind != "number" or cell.is_calculated or not isinstance(cell.value, float):
        return None
    total, lines, at = 0.0, 0, (place[0] - step[0], place[1] - step[1])
    last = at
    while lines < _MOST_LINES and (held := sheet.cells.get(at)) is not None and isinstance(held.value, float):
        if held.is_calculated or _is_year(held.value, held.style.number_format):
            break
        total, lines, at = total + held.value, lines + 1, (at[0] - step[0], at[1] - step[1])
    first = (at[0] + step[0], at[1] + step[1])
    return (cell.value - total, cell.value, first, last) if lines >= _FEWEST else None


def _is_year(value: float, shown: str) -> bool:
    return value == int(value) and 1950 <= value <= 2100 and shown in ("General", "0")
