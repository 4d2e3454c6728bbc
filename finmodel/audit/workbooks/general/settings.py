"""Settings and contents of the workbook as a whole that bear on its figures."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.workbooks.general.analysis import Analysis
from finmodel.audit.workbooks.general.check import Check, Mark

CHECK = Check(
    id="workbook-setting",
    title="Setting or content that bears on the figures",
    why="Macros, data connections and settings change figures from outside the cells, where no formula shows it.",
    source="ICAEW Code, Use VBA and macros sparingly, Avoid unnecessary rounding; ICAEW principle 16",
    certainty="likely",
    remedy="Ask what it is for; take it out, or set it back, before the figures are relied on.",
    false_alarms="Macros, connections and objects are often harmless: reported as possible. Nothing of them is run.",
)


def look(analysis: Analysis) -> Iterator[Mark]:
    """Each setting that changes figures, and what else the file holds."""
    workbook = analysis.workbook
    if workbook.precision_as_displayed:
        yield Mark(None, None, "Figures are worked out as displayed: every cell is rounded to its format", "likely")
    if workbook.calculates_by_hand:
        yield Mark(None, None, "The workbook works out only when asked: figures may be out of date", "likely")
    if workbook.iterates:
        yield Mark(None, None, "Circular references are allowed: the workbook goes round them", "likely")
    if workbook.macros:
        yield Mark(None, None, "The file holds macros, which were not run", "possible")
    for note in workbook.notes:
        yield Mark(None, None, f"The file holds {note}", "possible")
