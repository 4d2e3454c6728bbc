"""What the page of a large case leaves to the workbook, so that it opens on any machine: says what, and where it is.

A case of a few options and some forty posts is shown whole. Only what is folded is shortened, and only on the page.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from finmodel.document.parts import Fold, Heading, Paragraph, Part
from finmodel.document.table import Table
from finmodel.results.appraised import AppraisalResults
from finmodel.results.option import OptionResult

MOST_OPTIONS_IN_FULL, MOST_LINES_IN_FULL = 6, 5_500  # whose figures open down to the inputs
DEPTH_BEYOND = 1
MOST_CELLS = 2_000  # in the tables and charts of a fold that has some for each option
MOST_INPUTS, ROWS_BEYOND = 600, 40  # inputs that are all listed; of more, how many of a table are
_CHART_CELLS = 8  # of a table, that take the room of one period of a chart
_WHERE = "report.xlsx and results.json have every figure of every option."
FIRST_STEP = (
    "This is a large case: where only the first step is shown, the command `finmodel explain` gives the rest, and so "
    "do the formulas of report.xlsx."
)


def depth(found: AppraisalResults, options: Sequence[OptionResult]) -> int | None:
    """How deep the figures of so many options open: to the inputs, unless the page would grow out of hand."""
    small = len(options) <= MOST_OPTIONS_IN_FULL and len(found.lines) <= MOST_LINES_IN_FULL
    return None if small else DEPTH_BEYOND


def shortened(fold: Fold, years: int) -> Fold:
    """A fold of tables and charts by option, those that go beyond what a page has room for left to the workbook."""
    room, kept = MOST_CELLS, 0
    for kept, part in enumerate(fold.parts):
        room -= _cells(part, years)
        if room < 0 and any(_cells(before, years) for before in fold.parts[:kept]):
            break
    else:
        return fold
    while isinstance(fold.parts[kept - 1], Heading):  # of what is left out
        kept -= 1
    left = sum(_cells(part, years) > 0 for part in fold.parts[kept:])
    what = f"{left:,} more {'table or chart is' if left == 1 else 'tables and charts are'}"
    return replace(fold, parts=(*fold.parts[:kept], Paragraph(f"{what} left out of this page: {_WHERE}")))


def _cells(part: Part, years: int) -> int:
    if isinstance(part, Table):
        return len(part.rows) * (1 + len(part.columns))
    return 0 if isinstance(part, Heading | Paragraph) else years * _CHART_CELLS


def listed(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The tables of inputs; of very many, the first of each table, and how many more the workbook lists."""
    if sum(len(table.rows) for table in tables) <= MOST_INPUTS:
        return tuple(tables)
    return tuple(map(_first_rows, tables))


def _first_rows(table: Table) -> Table:
    more = len(table.rows) - ROWS_BEYOND
    if more <= 0:
        return table
    what = f"And {more:,} more {'input' if more == 1 else 'inputs'}"
    note = f"{what}, each with its source, on the sheets of inputs of report.xlsx."
    return replace(table, rows=table.rows[:ROWS_BEYOND], note=" ".join(filter(None, (table.note, note))))
