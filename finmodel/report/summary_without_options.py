"""The workbook's summary of a case without options: counts and projections of demand, caseloads and what they take.

Every figure is a reference to where it is worked out.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from xlsxwriter import Workbook

from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.excel import ONCE_COLUMN, Layout, column_letters
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.report.levers_sheet import AS_IN_THE_CASE, STATE_CELL, state_of
from finmodel.report.levers_sheet import SHEET as LEVERS
from finmodel.report.line_sheets import LANDSCAPE, LINE_HEIGHT, Formats, lines_of, set_up_page, stored
from finmodel.report.safeguards import Guards
from finmodel.results.set_inputs import titled

SHEET = "Summary"
_LEVERS_CELL = "B2"
_FIRST_ROW, _LABEL_WIDTH, _WIDTH = 4, 64, 16


class _SummaryRow(Struct, frozen=True):
    """A row: a heading with no figures, or a label with a line, read once or by year."""

    label: str
    line: Line | None = None


def _rows(appraisal: Appraisal) -> Iterator[_SummaryRow]:
    yield from _of_demand(appraisal)
    yield from _of_caseload(appraisal)


def _of_caseload(appraisal: Appraisal) -> Iterator[_SummaryRow]:
    """Each team, what the targets take of it, the ratios after a change, and the flows at each year's end."""
    caseload = appraisal.written.caseload
    if caseload is None:
        return
    for team in caseload.teams:
        yield _SummaryRow(team.team.label)
        held = (team.cases, team.fte)
        shown = [each.line for each in held if each is not None]
        shown += [each for each in (team.all_fte, team.average, team.average_all, team.used) if each is not None]
        for at in caseload.at[team.team.id]:
            needed = [each for each in (at.now, at.lasting) if each is not None]
            shown += [at.cases, *(each for each in (at.over, at.share, at.workers) if each is not None)]
            for each in needed:
                shown += [each.posts, each.whole, *([] if each.cost_whole is None else [each.cost_whole])]
        shown += [each.ratios["average"] for each in caseload.states[team.team.id] if "average" in each.ratios]
        yield from (_SummaryRow(line.label, line) for line in dict.fromkeys(shown))
    more: list[tuple[str, list[Line]]] = [
        ("All teams pooled", [each.average for each in caseload.pooled]),
        ("Shares of the workforce, each on its base", [each.share for each in caseload.shares]),
        ("Managers", [line for each in caseload.spans for line in (each.fewest, each.most)]),
        ("Posts that the source says", [line for each in caseload.said for line in (each.fte.line, each.average.line)]),
        ("Printed falls", [line for each in caseload.falls for line in (each.fte.line, each.cases.line)]),
        ("Levels", [line for each in caseload.triggers for line in (each.level, each.left)]),
        ("Cases that the new stay keeps open", [each.settles for each in caseload.flows]),
        ("Workload over time: change from first to last", [each.change for each in caseload.series]),
    ]
    for heading, lines in more:
        if lines:
            yield _SummaryRow(heading)
            yield from (_SummaryRow(line.label, line) for line in lines)


def _of_demand(appraisal: Appraisal) -> Iterator[_SummaryRow]:
    demand = appraisal.written.demand
    if demand is None:
        return
    yield _SummaryRow("The counts")
    for day in demand.timed.days:
        line = demand.timed.children(day)
        yield _SummaryRow(line.label, line)
    yield _SummaryRow("At the end of each year")
    for path in demand.paths.values():
        yield _SummaryRow(path.label + (" (the baseline)" if path is demand.baseline else ""), path.yearly)
    for outturn in demand.outturns:
        yield _SummaryRow(f"{outturn.children.label}, what came to be", outturn.children)
    if demand.avoided is not None:
        yield _SummaryRow("Costs avoided (£): not saved, no budget falls by it")
        for line in demand.avoided.total.values():
            yield _SummaryRow(line.label, line)
    if demand.claims:
        yield _SummaryRow("What printed claims imply")
    for claim in demand.claims:
        yield _SummaryRow(claim.amount.label, claim.amount)
        yield _SummaryRow(claim.child_years.label, claim.child_years)
        for over in claim.over:
            yield _SummaryRow(over.level.label, over.level)
            yield _SummaryRow(over.ramp.label, over.ramp)


class _Cell(Struct, frozen=True):
    row: int
    column: int
    line: Line
    read: int

    @property
    def period(self) -> int:
        return max(0, self.read - ONCE_COLUMN - 1)


def _cells(appraisal: Appraisal) -> Iterator[_Cell]:
    years = appraisal.case.years
    for row, each in enumerate(_rows(appraisal), start=_FIRST_ROW):
        if each.line is None:
            continue
        if each.line.timeline is Timeline.YEARS:
            yield from (_Cell(row, 1 + year, each.line, ONCE_COLUMN + 1 + year) for year in range(years))
        else:
            yield _Cell(row, 1, each.line, ONCE_COLUMN)


def cells_without_options(appraisal: Appraisal, layout: Layout) -> Iterator[tuple[str, str, float | str]]:
    """Every formula cell of the summary but the check of its head: sheet, cell, and what it must show."""
    if layout.typed:
        yield SHEET, _LEVERS_CELL, state_of(appraisal, layout)
    for each in _cells(appraisal):
        yield SHEET, f"{column_letters(each.column)}{each.row + 1}", stored(appraisal.results, each.line, each.period)


def write_summary_without_options(
    book: Workbook, appraisal: Appraisal, layout: Layout, formats: Formats, guards: Guards
) -> None:
    """Add the summary."""
    page, case = book.add_worksheet(SHEET), appraisal.case
    years = [str(year) for year in case.horizon.years]
    page.set_column(0, 0, _LABEL_WIDTH)
    page.set_column(1, len(years), _WIDTH)
    page.write_string(0, 0, titled(case), formats.title)
    page.write_string(1, 1, "Only `finmodel audit` shows that nothing was typed over.", formats.quiet)
    page.write_string(2, 0, f"{case.council_name}. Costs in cash of the year.", formats.quiet)
    if layout.typed:
        formula = f"={LEVERS}!${STATE_CELL[0]}${STATE_CELL[1:]}"
        page.write_formula(_LEVERS_CELL, formula, formats.check, state_of(appraisal, layout))
        guards.differing(page, _LEVERS_CELL, f'=$B$2<>"{AS_IN_THE_CASE}"')
    last = _FIRST_ROW
    for row, each in enumerate(_rows(appraisal), start=_FIRST_ROW):
        last = row
        page.set_row(row, LINE_HEIGHT * lines_of(each.label, _LABEL_WIDTH))
        if each.line is None:
            page.write_string(row, 0, each.label, formats.heading)
            by_year = each.label.startswith("At the end")
            for column in range(1, len(years) + 1):
                page.write_string(row, column, years[column - 1] if by_year else "", formats.heading_of_figures)
        else:
            page.write_string(row, 0, each.label, formats.text)
    for cell in _cells(appraisal):
        value = stored(appraisal.results, cell.line, cell.period)
        is_reason = appraisal.results.figure(cell.line, cell.period) is None
        style = formats.headline_reason if is_reason else formats.headline(cell.line)
        page.write_formula(cell.row, cell.column, f"={layout.cell(cell.line, cell.read)}", style, value)
    set_up_page(page, LANDSCAPE, 1)
    page.print_area(0, 0, last, len(years))
    guards.protect(page)
