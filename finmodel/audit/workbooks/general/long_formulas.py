"""Formulas too long, or too deeply nested, to be checked by reading."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.workbooks.general.analysis import Analysis
from finmodel.audit.workbooks.general.check import Certainty, Check, Mark

CHECK = Check(
    id="long-formula",
    title="Very long formula",
    why="What cannot be explained in half a minute cannot be reviewed; errors hide in long formulas.",
    source="ICAEW principle 13 (short and simple); FAST 3.03-01 (no longer than your thumb), 3.03-07 (no nested IFs); "
    "ICAEW Code, Minimise calculation complexity",
    certainty="possible",
    remedy="Break it into steps, each on a row of its own with a label.",
    false_alarms="Counted without spaces. Long sheet names make a formula longer than it is hard. Beyond 500 "
    "characters reported as likely.",
)
_LONG, _VERY_LONG = 250, 500  # characters without spaces
_NESTED_IFS = 4


def look(analysis: Analysis) -> Iterator[Mark]:
    """Each long or deeply nested formula."""
    for number, place, shape in analysis.formulas():
        if shape.nested_ifs >= _NESTED_IFS:
            what = f"{shape.nested_ifs} IFs inside one another: {analysis.formula(number, place)}"
            yield Mark(number, place, what, "possible", shape.key)
        elif len(shape.key) > _LONG / 2:  # the key is never half as short
            length = len("".join(analysis.sheets[number].cells[place].formula.split()))
            if length > _LONG:
                certainty: Certainty = "likely" if length > _VERY_LONG else "possible"
                what = f"{length:,} characters: {analysis.formula(number, place)}"
                yield Mark(number, place, what, certainty, shape.key)
