"""Text that looks like a number: SUM passes over it without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finmodel.audit.workbooks.contents import Position, SheetCell, Worksheet
from finmodel.audit.workbooks.general.analysis import Analysis, Coverage
from finmodel.audit.workbooks.general.check import Certainty, Check, Mark

CHECK = Check(
    id="number-as-text",
    title="Text that looks like a number",
    why="SUM, AVERAGE and the like leave text out in silence: the total is short by the number that the reader sees.",
    source="ICAEW principle 18 (test the workbook); ICAEW Code, Review and test your models",
    certainty="likely",
    remedy="Turn it into a number (Data, Text to Columns, Finish); look for the spaces or signs that made it text.",
    false_alarms="Not reported: texts that begin with 0 (codes) unless summed, and lone texts that nothing adds. "
    "Next to numbers, or in plain arithmetic, which Excel forgives, reported as possible.",
)
_NUMBER = re.compile(r"[-+(]?\s*£?\s*-?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?\s*%?\s*[-)]?")
_SUMS = {
    "SUM", "AVERAGE", "MIN", "MAX", "COUNT", "SUBTOTAL", "AGGREGATE", "SUMIF", "SUMIFS", "AVERAGEIF", "AVERAGEIFS",
    "SUMPRODUCT", "NPV", "IRR", "MEDIAN", "PRODUCT", "STDEV", "LARGE", "SMALL",
}  # fmt: skip
_CRITERIA = {"SUMIF": {0, 1}, "AVERAGEIF": {0, 1}}  # arguments that are compared, not added


def look(analysis: Analysis) -> Iterator[Mark]:
    """Each text that reads as a number and is summed, used in arithmetic, or stands among numbers."""
    texts = [
        (number, place, cell)
        for number, sheet in enumerate(analysis.sheets)
        for place, cell in sheet.cells.items()
        if cell.kind == "text" and _reads_as_number(cell)
    ]
    if not texts:
        return
    summed, used = Coverage(analysis), Coverage(analysis)
    for reads in analysis.reads.values():
        for use, area in reads:
            if _adds(use.function, use.argument) and not area.is_one_cell:
                summed.add(area)
            elif not use.function:
                used.add(area)
    for number, place, cell in texts:
        sheet = analysis.sheets[number]
        found = _judged(sheet, place, summed.holds(number, *place), used.holds(number, *place))
        if found is not None:
            what, certainty = found
            yield Mark(number, place, f"The text “{str(cell.value).strip()}” {what}", certainty, group=what)


def _adds(function: str, argument: int) -> bool:
    if function in ("SUMIFS", "AVERAGEIFS"):
        return argument == 0
    return function in _SUMS and argument not in _CRITERIA.get(function, set())


def _reads_as_number(cell: SheetCell) -> bool:
    text = str(cell.value).replace("\xa0", " ").strip()
    return any(map(str.isdigit, text)) and _NUMBER.fullmatch(text) is not None


def _judged(sheet: Worksheet, place: Position, is_summed: bool, is_used: bool) -> tuple[str, Certainty] | None:
    if is_summed:
        return "is left out of a sum over it", "likely"
    if str(sheet.cells[place].value).strip().startswith("0") and not is_used:
        return None  # a code
    if is_used:
        return "is used in arithmetic", "possible"
    row, column = place
    lines = ((row - 1, column), (row + 1, column)), ((row, column - 1), (row, column + 1))
    among = any(
        all((cell := sheet.cells.get(near)) is not None and cell.kind == "number" for near in line) for line in lines
    )
    return ("stands among numbers", "possible") if among else None
