"""The sheets of the lines that the sheet Grid is made of, where these are written again for each of its cells."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter import Workbook

from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.evaluate import Results
from finmodel.lines.excel import Layout
from finmodel.lines.expression import Timeline
from finmodel.lines.written_again import Times
from finmodel.report.grid_sheet import place_steps
from finmodel.report.line_sheets import Formats, cells_of, write_line_sheet
from finmodel.report.safeguards import Guards
from finmodel.uncertainty.live_grid import RewrittenGrid, live_grids

SHEETS = {Timeline.YEARS: "Grid years", Timeline.MONTHS: "Grid months"}
TITLES = {
    Timeline.YEARS: "Workings of Grid by year: the lines that move, again for each of its cells",
    Timeline.MONTHS: "Workings of Grid by month",
}
_FOR_SCREEN = (
    "For the screen: only this head is printed. The rules are those of Years and Months, with children and price at "
    "the steps of Grid. A line that only one other mentions stands in the rule of that"
)


def rewritten(appraisal: Appraisal) -> list[RewrittenGrid]:
    """The grids whose cells are written again."""
    return [found.how for found in live_grids(appraisal) if isinstance(found.how, RewrittenGrid)]


def working_sheets(appraisal: Appraisal) -> list[str]:
    """The names of the sheets; none where no grid needs them."""
    return [name for name, _ in working_titles(appraisal)]


def working_titles(appraisal: Appraisal) -> list[tuple[str, str]]:
    """The sheets with their titles."""
    used = {made.line.timeline for grid in rewritten(appraisal) for made in grid.made}
    return [(name, TITLES[timeline]) for timeline, name in SHEETS.items() if timeline in used]


def with_working(appraisal: Appraisal, layout: Layout) -> Layout:
    """The layout with the sheets of the lines that are written again."""
    if not rewritten(appraisal):
        return layout
    made = layout.beside()
    place_steps(appraisal, made)
    for timeline, name in SHEETS.items():
        if name in working_sheets(appraisal):
            made.add_sheet(name, timeline, TITLES[timeline])
            made.sheets[name].for_screen = _FOR_SCREEN
    for grid in live_grids(appraisal):
        if isinstance(grid.how, RewrittenGrid):
            for each in grid.how.made:
                made.add(each.line, SHEETS[each.line.timeline], _where(each.times), grid.option.written.option.title)
    return made


def write_working(book: Workbook, appraisal: Appraisal, layout: Layout, formats: Formats, guards: Guards) -> None:
    """Add the sheets."""
    found = _results(appraisal)
    for name in working_sheets(appraisal):
        guards.calculations(write_line_sheet(book, layout, name, found, formats), layout.sheets[name])


def working_cells(appraisal: Appraisal, layout: Layout) -> Iterator[tuple[str, str, float | str]]:
    """Every formula of the sheets: sheet, cell, and what it must show."""
    yield from cells_of(layout, _results(appraisal), working_sheets(appraisal))


def _results(appraisal: Appraisal) -> Results:
    """The values of all lines that are written again."""
    values = {address: array for grid in rewritten(appraisal) for address, array in grid.results.values.items()}
    return Results(appraisal.results.model, values)


def _where(times: Times) -> str:
    """Of which cells of the grid lines are."""
    down, across = (None if step is None else step.label for step in times)
    if down is None:
        return f"{across}, children as stated" if across else ""
    return f"{down}, {across}" if across else f"{down}, price as stated"
