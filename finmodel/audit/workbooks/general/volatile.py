"""Functions that work out anew at every change, or hide what they read."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.workbooks.general.analysis import Analysis
from finmodel.audit.workbooks.general.check import Certainty, Check, Mark

CHECK = Check(
    id="volatile-function",
    title="Function that changes by itself or hides what it reads",
    why="With the date or chance in it, the same inputs give other figures tomorrow. OFFSET and INDIRECT read cells "
    "that no trace shows, and break in silence when rows move.",
    source="FAST 4.01-03 (no OFFSET or INDIRECT); ICAEW Code, Build traceable references; ICAEW principle 16",
    certainty="likely",
    remedy="State dates as inputs; use INDEX in place of OFFSET and INDIRECT; keep random draws as values.",
    false_alarms="CELL and INFO, mostly used to print the file's name, are reported as possible.",
)
_FUNCTIONS: dict[str, tuple[str, Certainty]] = {
    "NOW": ("the time of the day", "likely"),
    "TODAY": ("the day's date", "likely"),
    "RAND": ("chance", "likely"),
    "RANDBETWEEN": ("chance", "likely"),
    "RANDARRAY": ("chance", "likely"),
    "OFFSET": ("cells that no trace shows", "likely"),
    "INDIRECT": ("cells that no trace shows", "likely"),
    "CELL": ("the state of the program", "possible"),
    "INFO": ("the state of the program", "possible"),
}


def look(analysis: Analysis) -> Iterator[Mark]:
    """Each formula with such a function."""
    for number, place, shape in analysis.formulas():
        for function in sorted(shape.functions & _FUNCTIONS.keys()):
            reads, certainty = _FUNCTIONS[function]
            what = f"{function} reads {reads}: {analysis.formula(number, place)}"
            yield Mark(number, place, what, certainty, f"{function} {shape.key}")
