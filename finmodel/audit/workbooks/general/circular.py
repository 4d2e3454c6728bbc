"""Circular references: formulas that, over others, read themselves."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.workbooks.general.analysis import Analysis, Node
from finmodel.audit.workbooks.general.check import Check, Mark
from finmodel.audit.workbooks.general.graph import TooManyArrowsError, circles_of

CHECK = Check(
    id="circular-reference",
    title="Circular reference",
    why="A figure that needs itself has no answer of its own: it depends on how often the program tries.",
    source="ICAEW Code, Avoid circular references; FAST 1.01-11 (none on purpose)",
    certainty="certain",
    remedy="Break the circle: work from the opening balance, or state the figure as an input and check it.",
    false_alarms="References are followed whatever IF or INDEX would pick, so a circle that only closes in a branch "
    "never taken is reported as likely.",
)
_PICKING = {"IF", "IFS", "CHOOSE", "INDEX", "IFERROR", "SWITCH", "XLOOKUP", "VLOOKUP", "HLOOKUP", "LOOKUP", "SUMIFS"}
_SHOWN = 6


def look(analysis: Analysis) -> Iterator[Mark]:
    """One mark for each group of formulas that need each other, at its first cell."""
    try:
        circles = circles_of(analysis)
    except TooManyArrowsError:
        what = "Not checked for circular references: ranges overlap too much to follow"
        yield Mark(None, None, what, "possible")
        return
    iterates = ", and the workbook is set to go round it" if analysis.workbook.iterates else ""
    for circle in circles:
        sheet, *place = circle[0]
        what = f"{_way(analysis, circle)}{iterates}"
        picks = any(analysis.shapes[node[0]][node[1:]].functions & _PICKING for node in circle)
        yield Mark(sheet, (place[0], place[1]), what, "likely" if picks else "certain", what)


def _way(analysis: Analysis, circle: list[Node]) -> str:
    if len(circle) == 1:
        return f"The formula reads its own cell: {analysis.formula(circle[0][0], circle[0][1:])}"
    shown = [analysis.named(node, circle[0][0]) for node in circle[:_SHOWN]]
    if len(circle) > _SHOWN:
        shown.append(f"{len(circle) - _SHOWN} more")
    return " reads ".join([*shown, analysis.named(circle[0], circle[0][0])])
