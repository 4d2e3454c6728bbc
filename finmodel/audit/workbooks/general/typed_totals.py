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
Off: TypeAlias = tuple[float, float, int]
"""By how much a total is off, the total, and how many lines it adds."""
_FEWEST = 2  # lines of a total, and totals that add up
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
        across = sorted(place for place in sheet.cells if place[0 if step[0] else 1] == line)
        judged = [(place, found) for place in across if (found := _off(sheet, place, step, 0)) is not None]
        right = [found for _, found in judged if _adds_up(found)]
        if len(right) < _FEWEST or len(right) * 2 < len(judged):
            continue
        many = max(found[2] for found in right)
        for place, gapless in judged:
            found = _off(sheet, place, step, many)
            if found is None or _adds_up(found) or _adds_up(gapless) or _is_total_across(sheet, place, step):
                continue
            first = (place[0] - step[0] * many, place[1] - step[1] * many)
            added = f"{address(*first)}:{address(place[0] - step[0], place[1] - step[1])}"
            what = f"{found[1]:,.15g} is typed as a total, and {added} make {found[1] - found[0]:,.15g}"
            yield Mark(number, place, what, "likely")


def _adds_up(found: Off) -> bool:
    return abs(found[0]) <= _TINY * max(1.0, abs(found[1]))


def _is_total_across(sheet: Worksheet, place: Position, step: Position) -> bool:
    """Whether a number is the right total of its other line: where rows and columns meet."""
    found = _off(sheet, place, (step[1], step[0]), 0)
    return found is not None and _adds_up(found)


def _off(sheet: Worksheet, place: Position, step: Position, many: int) -> Off | None:
    """By how much a typed total differs from the typed numbers right before it; None where it is no such total.

    many: how many lines to add, empty ones as zero; 0 for as many as there are without a gap.
    """
    cell = sheet.cells[place]
    if cell.kind != "number" or cell.is_calculated or not isinstance(cell.value, float):
        return None
    total, lines = 0.0, 0
    for far in range(1, (many or _MOST_LINES) + 1):
        held = sheet.cells.get((place[0] - step[0] * far, place[1] - step[1] * far))
        value = held.value if held is not None and not held.is_calculated else None
        is_line = held is not None and isinstance(value, float) and not _is_year(value, held.style.number_format)
        if not is_line and (not many or held is not None):
            break
        total, lines = total + (value if isinstance(value, float) else 0.0), far
    return (cell.value - total, cell.value, lines) if lines >= (many or _FEWEST) else None


def _is_year(value: float, shown: str) -> bool:
    return value == int(value) and 1950 <= value <= 2100 and shown in ("General", "0")
