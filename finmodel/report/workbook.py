"""The workbook: summary, cover, inputs, calculations, checks, assurance, case; live formulas throughout."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import NamedTuple

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.checks import MASTER
from finmodel.appraisal.levers import levers_of
from finmodel.lines.excel import Layout
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.report.assurance_sheet import SHEET as ASSURANCE
from finmodel.report.assurance_sheet import write_assurance
from finmodel.report.case_sheet import SHEET as CASE
from finmodel.report.case_sheet import write_case
from finmodel.report.cover import SHEET as COVER
from finmodel.report.cover import write_cover
from finmodel.report.grid_sheet import SHEET as GRID
from finmodel.report.grid_sheet import grid_cells, write_grid
from finmodel.report.grid_working import with_working, working_cells, working_sheets, write_working
from finmodel.report.levers_sheet import SHEET as LEVERS
from finmodel.report.levers_sheet import lever_cells, place_levers, write_levers
from finmodel.report.line_sheets import Formats, cells_of, new_workbook, write_defined_names, write_line_sheet
from finmodel.report.safeguards import Guards, check_cells
from finmodel.report.sensitivity_sheet import SHEET as SENSITIVITY
from finmodel.report.sensitivity_sheet import write_sensitivity
from finmodel.report.simulation_sheet import SHEET as SIMULATION_SHEET
from finmodel.report.simulation_sheet import write_simulation
from finmodel.report.summary import SHEET as SUMMARY
from finmodel.report.summary import summary_cells, write_summary
from finmodel.report.summary_without_options import cells_without_options, write_summary_without_options
from finmodel.results.appraised import AppraisalResults, results
from finmodel.results.simulated import simulation_of
from finmodel.uncertainty.live_grid import live_grids

MEASURES, CHECKS = "Measures", "Checks"
_INPUTS = {Timeline.ONCE: "Inputs", Timeline.YEARS: "Inputs by year", Timeline.MONTHS: "Inputs by month"}
_CALCULATIONS = {Timeline.ONCE: MEASURES, Timeline.YEARS: "Years", Timeline.MONTHS: "Months"}
_CHECKED = _CALCULATIONS | {Timeline.ONCE: CHECKS}
_SHEETS = {  # every sheet of lines that a workbook may have, in order, with its title
    "Inputs": (Timeline.ONCE, "Inputs: single values"),
    "Inputs by year": (Timeline.YEARS, "Inputs by year"),
    "Inputs by month": (Timeline.MONTHS, "Inputs by month"),
    "Years": (Timeline.YEARS, "Calculations by year"),
    "Months": (Timeline.MONTHS, "Calculations by month"),
    MEASURES: (Timeline.ONCE, "Measures and other single figures"),
    CHECKS: (Timeline.ONCE, "Checks: 1 where an identity holds, 0 where it does not"),
}
_SHARED, _CONVENTIONS = "All options", "Conventions of the method"
_SUBJECTS = {"demand": "Children looked after", "caseload": "Caseloads"}
_FACTS = "Facts of the case, which change in the case and not here"
_STANDING = "standing"  # how the addresses of the rows begin by which checks see what was typed over
_FOR_SCREEN = {"Months": "For the screen: only this head is printed. Page Layout, Print Area, Clear prints every month"}
_WORKINGS = "Workings of the checks, which are not printed"
_CHECKS_OF = "Checks: "  # how the sections of the checks of an option begin


def render_workbook(appraisal: Appraisal, found: AppraisalResults | None = None) -> bytes:
    """The workbook's bytes; the same appraisal gives the same bytes. found: its results, where they are at hand."""
    layout = layout_of(appraisal)
    target = BytesIO()
    book = new_workbook(target, created_at(appraisal), appraisal.case.title)
    formats = Formats(book)
    guards = Guards(book, layout, appraisal.results, appraisal.written.model[MASTER], formats)
    write_first = write_summary if appraisal.case.options else write_summary_without_options
    write_first(book, appraisal, layout, formats, guards)
    write_cover(book, appraisal, layout, formats)
    if layout.typed:
        write_levers(book, appraisal, layout, formats, guards)
    for name, sheet in layout.sheets.items():
        page = write_line_sheet(book, layout, name, appraisal.results, formats)
        if name in _INPUTS.values():
            guards.inputs(page, sheet)
        else:
            guards.calculations(page, sheet)
    found = results(appraisal) if found is None else found
    working = with_working(appraisal, layout)
    write_grid(book, appraisal, working, formats, guards)
    write_sensitivity(book, found, formats, live=len(live_grids(appraisal)))
    simulation = simulation_of(appraisal)
    if simulation is not None:
        write_simulation(book, found, simulation, formats)
    write_working(book, appraisal, working, formats, guards)
    write_assurance(book, appraisal, found, formats)
    write_case(book, appraisal, formats)
    for page in book.worksheets():
        guards.head(page)
    write_defined_names(book, layout)
    book.close()
    return target.getvalue()


def formula_cells(appraisal: Appraisal) -> Iterator[tuple[str, str, float | str]]:
    """Every formula cell of the workbook: sheet, cell, and what it must show."""
    layout = layout_of(appraisal)
    yield from cells_of(layout, appraisal.results)
    yield from (summary_cells if appraisal.case.options else cells_without_options)(appraisal, layout)
    yield from lever_cells(appraisal, layout)
    working = with_working(appraisal, layout)
    yield from grid_cells(appraisal, working)
    yield from working_cells(appraisal, working)
    tried = [GRID] if live_grids(appraisal) else []
    tried += [SENSITIVITY] if appraisal.case.options else []
    tried += [] if simulation_of(appraisal) is None else [SIMULATION_SHEET]
    tried += working_sheets(appraisal)
    sheets = [SUMMARY, COVER, *([LEVERS] if layout.typed else []), *layout.sheets, *tried, ASSURANCE, CASE]
    yield from check_cells(sheets, appraisal.results, appraisal.written.model[MASTER])


def created_at(appraisal: Appraisal) -> datetime:
    """The date that the workbook bears: the meeting's, or the first day of the case; never the clock's."""
    case = appraisal.case
    day: date = case.meeting.date if case.meeting else case.first_year.first_month.first_day
    return datetime(day.year, day.month, day.day)


def layout_of(appraisal: Appraisal) -> Layout:
    """Where every line stands."""
    model = appraisal.written.model
    layout = Layout({timeline: model.periods(timeline) for timeline in Timeline})
    titles = {option.option.id: option.option.title for option in appraisal.written.options}
    placed = _in_order([_place(line, titles) for line in model])
    for sheet, (timeline, title) in _SHEETS.items():
        if timeline is Timeline.YEARS or any(each.sheet == sheet for each in placed):
            layout.add_sheet(sheet, timeline, title)
            layout.sheets[sheet].not_printed = _WORKINGS
            layout.sheets[sheet].for_screen = _FOR_SCREEN.get(sheet, "")
    for each in placed:
        layout.add(each.line, each.sheet, each.section, each.part)
    place_levers(layout, levers_of(appraisal.case, model, appraisal.written.published))
    return layout


def _in_order(placed: list[_Placed]) -> list[_Placed]:
    """Part by part, and in each section by section, each where its first line comes."""
    first: dict[tuple[str, str, str], int] = {}
    for number, each in enumerate(placed):
        first.setdefault((each.sheet, each.part, each.section), number)
    return sorted(placed, key=lambda each: (each.order, first[each.sheet, each.part, each.section]))


class _Placed(NamedTuple):
    """The sheet of a line, and the part and the section of it under whose headings the line goes."""

    line: Line
    sheet: str
    part: str
    section: str
    order: int  # of the part on its sheet


def _place(line: Line, titles: dict[str, str]) -> _Placed:
    root, _, rest = line.address.partition(".")
    option = rest.partition(".")[0] if root in ("options", "checks", "evidence") else ""
    part = titles.get(option, _SUBJECTS.get(root, _SHARED))
    order = list(titles).index(option) + 1 if option in titles else 0
    section = "Checks" if line.section.startswith(_CHECKS_OF) else line.section
    if root == "conventions" and line.is_stated:
        part, order = _CONVENTIONS, len(titles) + 2
    elif _STANDING in line.address.split("."):
        part, order = _WORKINGS, len(titles) + 3
    elif line.is_fact:
        section = f"{part}: {section}" if option in titles else section
        part, order = _FACTS, len(titles) + 1
    is_check = root == "checks" or line.section.startswith((_CHECKS_OF, "Totals"))
    sheets = _INPUTS if line.is_stated else _CHECKED if is_check else _CALCULATIONS
    return _Placed(line, sheets[line.timeline], part, section, order)
