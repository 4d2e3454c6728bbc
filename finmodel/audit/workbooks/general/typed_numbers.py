"""Numbers typed into formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finmodel.audit.workbooks.contents import Position
from finmodel.audit.workbooks.general.analysis import Analysis
from finmodel.audit.workbooks.general.check import Certainty, Check, Mark
from finmodel.audit.workbooks.general.headings import is_date
from finmodel.audit.workbooks.general.shapes import Shape, TypedConstant
from finmodel.audit.workbooks.general.sums import sums_of

CHECK = Check(
    id="number-in-formula",
    title="Number typed into a formula",
    why="A rate or price inside a formula is not seen, has no source, and is missed when the rate changes.",
    source="ICAEW principle 14 (embed nothing that may change); ICAEW Code, Avoid hardcoding; FAST 3.04-01",
    certainty="likely",
    remedy="Move the number to a labelled input cell with its source, and refer to that cell.",
    false_alarms="Not reported: 0 and 1, numbers that choose a place or a form (the column of VLOOKUP, the digits "
    "of ROUND), the tolerance of a check (ABS(…)<0.005). Reported as possible: numbers that never change, such as "
    "12 months or 100, powers, sums of typed numbers, and whole days added to a date; but not 100 and more added to a "
    "sum.",
)
# Numbers that say nothing of the council: FAST 3.04-01.1 lets constants be that hold everywhere.
_NOTHING = {0.0, 1.0}
_EVERYWHERE = {2.0, 4.0, 7.0, 10.0, 12.0, 24.0, 52.0, 60.0, 100.0, 365.0, 1000.0, 10_000.0, 1_000_000.0}
_PLUG = 100.0
_DATE = re.compile(r"\s*[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{2}){1,2}\s*")
_COMPARING = {"<", ">", "<=", ">="}
# Arguments that choose a place, a form or a way of working, counted from 0; -1 stands for every argument.
_CHOOSING = {
    "ROUND": {1}, "ROUNDUP": {1}, "ROUNDDOWN": {1}, "TRUNC": {1}, "MROUND": {1}, "INDEX": {1, 2, 3}, "MATCH": {2},
    "VLOOKUP": {2, 3}, "HLOOKUP": {2, 3}, "XLOOKUP": {4, 5}, "XMATCH": {2, 3}, "LEFT": {1}, "RIGHT": {1},
    "MID": {1, 2}, "TEXT": {-1}, "FIXED": {1}, "DATE": {-1}, "EDATE": {1}, "EOMONTH": {1}, "CHOOSE": {0},
    "SUBTOTAL": {0}, "AGGREGATE": {0, 1}, "LARGE": {1}, "SMALL": {1}, "RANK": {2}, "FIND": {-1}, "SEARCH": {-1},
    "SUBSTITUTE": {3}, "REPT": {1}, "CHAR": {0}, "WEEKDAY": {1}, "YEARFRAC": {2}, "IRR": {1}, "XIRR": {2},
    "PMT": {4}, "CELL": {-1}, "OFFSET": {1, 2, 3, 4}, "ADDRESS": {-1}, "NUMBERVALUE": {1, 2}, "TIME": {-1},
    "RANDBETWEEN": set(), "IFERROR": set(),
}  # fmt: skip


def look(analysis: Analysis) -> Iterator[Mark]:
    """Each formula with a number in it that may change."""
    judged: dict[str, tuple[str, Certainty] | None] = {}
    for number, place, shape in analysis.formulas():
        if shape.numbers:
            if shape.key not in judged:
                judged[shape.key] = _judged(shape)
            found = judged[shape.key]
            if found is not None:
                words, certainty = found
                if certainty == "possible" and _is_plug(analysis, number, place, shape):
                    certainty = "likely"
                if certainty == "likely" and _adds_days(analysis, number, place, shape):
                    certainty = "possible"
                what = f"{words} in {analysis.formula(number, place)}"
                yield Mark(number, place, what, certainty, group=f"{words} {shape.key}")


def _adds_days(analysis: Analysis, number: int, place: Position, shape: Shape) -> bool:
    """Whether every number is a count of days, added to a date or to a text that is one."""
    days = all(typed.before in ("+", "-") and typed.value.is_integer() for typed in shape.numbers)
    read = [analysis.cell(area[:3]) for _, area in analysis.reads[number, *place] if area.is_one_cell]
    return days and any(cell is not None and (is_date(cell) or _DATE.fullmatch(str(cell.value))) for cell in read)


def _is_plug(analysis: Analysis, number: int, place: Position, shape: Shape) -> bool:
    """Whether a round amount is added to a sum of cells, or taken off it: no 100 for per cent, nor 12 for months."""
    added = analysis.once(sums_of).get((number, *place))
    return added is not None and "SUM" in shape.functions and any(abs(typed) >= _PLUG for typed in added.typed)


def _judged(shape: Shape) -> tuple[str, Certainty] | None:
    """The numbers that matter, and how sure; None where there are none."""
    told = [number for number in shape.numbers if not _is_harmless(number, shape)]
    if not told:
        return None
    words = ", ".join(dict.fromkeys(number.text for number in told))
    only_typed = not shape.uses and not shape.is_external
    weak = only_typed or all(number.value in _EVERYWHERE or number.before == "^" for number in told)
    return words, "possible" if weak else "likely"


def _is_harmless(number: TypedConstant, shape: Shape) -> bool:
    chosen = _CHOOSING.get(number.function, set())
    is_tolerance = number.before in _COMPARING and number.value < 1 and "ABS" in shape.functions
    return number.value in _NOTHING or number.argument in chosen or -1 in chosen or is_tolerance
