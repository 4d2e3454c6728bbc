"""The workbook: cover, summary, inputs, calculations, measures, checks, sources, case; live formulas throughout."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from operator import attrgetter

from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.excel import Layout
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.report.assurance_sheet import write_assurance
from finmodel.report.case_sheet import write_case
from finmodel.report.cover import write_cover
from finmodel.report.line_sheets import Formats, cells_of, new_workbook, write_defined_names, write_line_sheet
from finmodel.report.sources import write_sources
from finmodel.report.summary import summary_cells, write_summary

_INPUTS = {Timeline.ONCE: "Inputs", Timeline.YEARS: "Inputs by year", Timeline.MONTHS: "Inputs by month"}
_SHARED = {Timeline.ONCE: "Shared figures", Timeline.YEARS: "Shared years", Timeline.MONTHS: "Shared months"}
FACTS = "Facts, which change in the case and not here"
MEASURES, CHECKS = "Measures", "Checks"


def render_workbook(appraisal: Appraisal) -> bytes:
    """The workbook's bytes; the same appraisal gives the same bytes."""
    layout = layout_of(appraisal)
    target = BytesIO()
    book = new_workbook(target, created_at(appraisal), appraisal.case.title)
    formats = Formats(book)
    write_cover(book, appraisal, layout, formats)
    write_summary(book, appraisal, layout, formats)
    for sheet in layout.sheets:
        write_line_sheet(book, layout, sheet, appraisal.results, formats)
    write_sources(book, appraisal, formats)
    write_assurance(book, appraisal, formats)
    write_case(book, appraisal, formats)
    write_defined_names(book, layout)
    book.close()
    return target.getvalue()


def formula_cells(appraisal: Appraisal) -> Iterator[tuple[str, str, float | str]]:
    """Every formula cell of the workbook: sheet, cell, and what it must show."""
    layout = layout_of(appraisal)
    yield from cells_of(layout, appraisal.results)
    yield from summary_cells(appraisal, layout)


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
    numbers = {name: number for number, name in enumerate(titles, start=1)}
    placed = [(line, *_sheet_and_heading(line, numbers, titles)) for line in sorted(model, key=attrgetter("is_fact"))]
    for sheet, timeline, title in _sheets(numbers, titles):
        if timeline is Timeline.YEARS or any(name == sheet for _, name, _ in placed):
            layout.add_sheet(sheet, timeline, title)
    for sheet in layout.sheets:
        for line, name, heading in placed:
            if name == sheet:
                layout.add(line, sheet, heading)
    return layout


def _sheets(numbers: dict[str, int], titles: dict[str, str]) -> Iterator[tuple[str, Timeline, str]]:
    """Every sheet of lines that a workbook may have, in order, with its title."""
    yield (
        _INPUTS[Timeline.ONCE],
        Timeline.ONCE,
        "Inputs: single values. The only typed-in numbers are on the sheets of inputs",
    )
    yield _INPUTS[Timeline.YEARS], Timeline.YEARS, "Inputs by year"
    yield _INPUTS[Timeline.MONTHS], Timeline.MONTHS, "Inputs by month"
    for name, number in numbers.items():
        yield f"Option {number} years", Timeline.YEARS, f"{titles[name]}: by year"
        yield f"Option {number} months", Timeline.MONTHS, f"{titles[name]}: by month"
    yield _SHARED[Timeline.YEARS], Timeline.YEARS, "What the options share, by year"
    yield _SHARED[Timeline.MONTHS], Timeline.MONTHS, "What the options share, by month"
    yield _SHARED[Timeline.ONCE], Timeline.ONCE, "What the options share: single figures"
    yield MEASURES, Timeline.ONCE, "Measures of every option"
    yield CHECKS, Timeline.ONCE, "Checks: 1 where an identity holds, 0 where it does not"


def _sheet_and_heading(line: Line, numbers: dict[str, int], titles: dict[str, str]) -> tuple[str, str]:
    """The sheet of a line and the heading that it goes under there."""
    root, _, rest = line.address.partition(".")
    option = rest.partition(".")[0]
    if line.is_input:
        heading = f"{titles[option]}: {line.section}" if root == "options" else line.section
        return _INPUTS[line.timeline], f"{FACTS}: {heading}" if line.is_fact else heading
    if root == "checks" or line.section.startswith(("Checks: ", "Totals")):
        return (CHECKS if line.timeline is Timeline.ONCE else f"Option {numbers[option]} months"), line.section
    if root != "options":
        return _SHARED[line.timeline], line.section
    if line.timeline is Timeline.ONCE:
        return MEASURES, f"{titles[option]}: {line.section}"
    return f"Option {numbers[option]} {line.timeline.value}", line.section
