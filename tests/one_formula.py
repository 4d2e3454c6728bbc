"""One formula of a line, by its column."""

from __future__ import annotations

from finmodel.lines.excel import Layout, formulas
from finmodel.lines.line import Line


def formula(layout: Layout, line: Line, column: int) -> str:
    """The formula of a line in a column (counted from 0), with its equals sign."""
    return formulas(layout, line)[column - layout.columns(line.timeline)[0]]
