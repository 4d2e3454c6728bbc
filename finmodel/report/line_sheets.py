"""The sheets of lines in a workbook: inputs as numbers, every other line as live formulas with their results stored.

Layout only: where a line stands and what its formula is comes from `finmodel.lines.excel`, its values from the results.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from textwrap import wrap
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from finmodel.document.explanation import origin_text
from finmodel.lines.evaluate import Results
from finmodel.lines.excel import (
    FIRST_LINE_ROW,
    FIRST_PERIOD_COLUMN,
    ONCE_COLUMN,
    PERIOD_NAME_ROW,
    PERIOD_NUMBER_ROW,
    YEAR_LABEL_ROW,
    YEAR_NUMBER_ROW,
    Layout,
    Sheet,
    column_letters,
    defined_names,
    formula,
    header_formulas,
)
from finmodel.lines.explain import rule_in_words
from finmodel.lines.expression import LineError, Timeline
from finmodel.lines.line import Line
from finmodel.lines.outcomes import PeriodName
from finmodel.lines.periods import MONTHS_IN_A_YEAR, Horizon, Month
from finmodel.report.sheet_text import TextWorkbook, TextWorksheet

HEADING_ROW = FIRST_LINE_ROW - 1
LABEL_COLUMN, UNIT_COLUMN, RULE_COLUMN, ADDRESS_COLUMN = range(4)
HEADINGS = ("Line", "Unit", "Rule, or source of an input", "Address")
INPUT_MARK = "Input"  # stands in words beside every typed-in number, so that colour is not the only sign of one
ORIGIN_HEADINGS = ("Source", "Where in it", "Owner", "Confidence", "As at", "Note")
PLAIN_NUMBER = "#,##0.00"
_NUMBER_FORMATS = {
    "share": "0.00%",
    "rate": "0.00%",
    "factor": "0.0000",
    "flag": "0",
    "number": "General",
    "ratio": "0.00",
}
_WIDTHS = (36, 14, 42, 40)
_VALUE_WIDTH, _PERIOD_WIDTH, _ORIGIN_WIDTHS = 18, 13, (30, 18, 16, 12, 11, 30)
LINE_HEIGHT = 15  # points


class LineWorksheet(TextWorksheet):
    """A worksheet whose formulas use no function younger than Excel 2007.

    XlsxWriter looks through every formula with 29 patterns for younger functions, which need a prefix in the file; that
    took two thirds of the time to write a workbook. The line language has none, and a test compares the two files.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


def new_workbook(target: Path | BinaryIO, created: datetime, title: str = "") -> Workbook:
    """An empty workbook that turns no text into a formula, a number or a link, and whose bytes depend on no clock."""
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = TextWorkbook(str(target) if isinstance(target, Path) else target, options)
    book.set_properties({"title": title, "created": created})
    return book


class Formats:
    """The cell formats of the line sheets, made when first asked for."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def _format(self, **properties: object) -> Format:
        key = tuple(properties.items())
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", **properties})
        return self._made[key]

    @property
    def title(self) -> Format:
        """A sheet's title."""
        return self._format(bold=True, font_size=14)

    @property
    def text(self) -> Format:
        """Words that may take several lines."""
        return self._format(text_wrap=True, align="left", indent=1)

    @property
    def written(self) -> Format:
        """Text as somebody wrote it, on one line."""
        return self._format(font_name="Courier New", font_size=10)

    @property
    def quiet(self) -> Format:
        """Words that few will read."""
        return self._format(font_color="#595959")

    @property
    def heading(self) -> Format:
        """A column's heading."""
        return self._format(bold=True, bg_color="#D9E2EC", bottom=1, text_wrap=True, align="left", indent=1)

    @property
    def period(self) -> Format:
        """A period in the header."""
        return self._format(bold=True, align="right")

    @property
    def period_number(self) -> Format:
        """A period's number in the header."""
        return self._format(num_format="0", align="right", font_color="#595959")

    @property
    def section(self) -> Format:
        """A heading above a group of lines."""
        return self._format(bold=True, font_size=12, bottom=1)

    @property
    def key_input(self) -> Format:
        """The cover's sample of a typed-in number."""
        return self._format(font_color="#0000FF", bg_color="#FFFBE6", border=4, indent=1)

    @property
    def link(self) -> Format:
        """A link to a sheet."""
        return self._format(font_color="#0B5394", underline=1, indent=1)

    def input(self, line: Line) -> Format:
        """A typed-in number."""
        return self._format(num_format=number_format(line), font_color="#0000FF", bg_color="#FFFBE6", border=4)

    def formula(self, line: Line) -> Format:
        """A number that is worked out, or the reason why there is none."""
        return self._format(num_format=number_format(line), align="right", text_wrap=True)


def number_format(line: Line) -> str:
    """How a line's numbers are shown, by its unit."""
    return "General" if isinstance(line.expression, PeriodName) else _NUMBER_FORMATS.get(line.unit, PLAIN_NUMBER)


def write_line_sheet(book: Workbook, layout: Layout, sheet: str, results: Results, formats: Formats) -> Worksheet:
    """Add a sheet of the layout to the workbook, with its header, its lines and its print set-up."""
    plan = layout.sheets[sheet]
    page = book.add_worksheet(sheet, LineWorksheet)
    _write_header(page, layout, plan, results.model.horizon, formats)
    for row, found in plan.rows:
        if isinstance(found, Line):
            _write_line(page, layout, row, found, results, formats)
        else:
            page.write_string(row - 1, LABEL_COLUMN, found, formats.section)
    _set_up(page, plan, layout)
    return page


def write_defined_names(book: Workbook, layout: Layout) -> None:
    """Name every line's cells after its address."""
    for address, name in defined_names(layout.places).items():
        book.define_name(name, f"={layout.row_range(layout.lines[address])}")


def cells_of(layout: Layout, results: Results) -> Iterator[tuple[str, str, float | str]]:
    """Every formula cell of the line sheets: its sheet, its place (`F9`), and the number or the text it must show."""
    for plan in layout.sheets.values():
        for column, period in _period_columns(layout, plan):
            for row in header_formulas(layout, plan.name, column):
                yield plan.name, f"{column_letters(column)}{row}", _header_number(row, period)
        for row, line in plan.lines:
            if line.expression is not None:
                for period, column in enumerate(layout.columns(line.timeline)):
                    yield plan.name, f"{column_letters(column)}{row}", stored(results, line, period)


def stored(results: Results, line: Line, period: int) -> float | str:
    """What a formula cell shows: a number, a period's name as the header writes it, or why there is no number."""
    value = results.figure(line, period)
    if value is None:
        return results.reason(line, period)
    if isinstance(line.expression, PeriodName):
        return period_heading(results.model.horizon, line.expression.named, int(value) - 1)
    return value + 0.0  # never minus nil


def period_heading(horizon: Horizon, timeline: Timeline, period: int) -> str:
    """The name of a period as the header writes it: `2015/16`, `Apr 2015`."""
    periods = horizon.years if timeline is Timeline.YEARS else horizon.months
    if not 0 <= period < len(periods):
        raise LineError(f"there is no {timeline.one} numbered {period + 1}")
    found = periods[period]
    return found.short if isinstance(found, Month) else str(found)


def _period_columns(layout: Layout, plan: Sheet) -> Iterator[tuple[int, int]]:
    """The columns of a sheet's periods, each with its period; none on a sheet without periods."""
    if plan.timeline is not Timeline.ONCE:
        yield from ((column, period) for period, column in enumerate(layout.columns(plan.timeline)))


def _header_number(row: int, period: int) -> int:
    return (period if row == PERIOD_NUMBER_ROW else period // MONTHS_IN_A_YEAR) + 1


def _write_header(page: Worksheet, layout: Layout, plan: Sheet, horizon: Horizon, formats: Formats) -> None:
    title, _, subtitle = plan.title.partition("\n")
    page.write_string(0, LABEL_COLUMN, title, formats.title)
    if subtitle:
        page.write_string(1, LABEL_COLUMN, subtitle, formats.quiet)
    over_periods = plan.timeline is not Timeline.ONCE
    headings = [*HEADINGS, *([""] if over_periods else ["Value", *ORIGIN_HEADINGS])]
    headings += [""] * (layout.periods[plan.timeline] if over_periods else 0)
    for column, heading in enumerate(headings):
        page.write_string(HEADING_ROW - 1, column, heading, formats.heading)
    if not over_periods:
        return
    one = plan.timeline.one.capitalize()
    captions = {YEAR_LABEL_ROW: "Financial year", PERIOD_NAME_ROW: one, PERIOD_NUMBER_ROW: f"{one}, counted from 1"}
    if plan.timeline is Timeline.MONTHS:
        captions[YEAR_NUMBER_ROW] = "Year, counted from 1"
    for row, caption in captions.items():
        page.write_string(row - 1, LABEL_COLUMN, caption, formats.quiet)
    years_each = MONTHS_IN_A_YEAR if plan.timeline is Timeline.MONTHS else 1
    for column, period in _period_columns(layout, plan):
        year = horizon.years[period // years_each]
        page.write_string(YEAR_LABEL_ROW - 1, column, str(year), formats.period)
        page.write_string(PERIOD_NAME_ROW - 1, column, period_heading(horizon, plan.timeline, period), formats.period)
        for row, text in header_formulas(layout, plan.name, column).items():
            page.write_formula(row - 1, column, text, formats.period_number, _header_number(row, period))


def _write_line(page: Worksheet, layout: Layout, row: int, line: Line, results: Results, formats: Formats) -> None:
    page.write_string(row - 1, LABEL_COLUMN, line.label, formats.text)
    page.write_string(row - 1, UNIT_COLUMN, line.unit, formats.text)
    page.write_string(row - 1, RULE_COLUMN, rule_or_source(line), formats.text)
    page.write_string(row - 1, ADDRESS_COLUMN, line.address, formats.quiet)
    columns = layout.columns(line.timeline)
    fitting = [(line.label, _WIDTHS[LABEL_COLUMN]), (rule_or_source(line), _WIDTHS[RULE_COLUMN])]
    if line.expression is None:
        style = formats.input(line)
        for column, value in zip(columns, results[line][:, 0].tolist(), strict=True):
            page.write_number(row - 1, column, value + 0.0, style)
    else:
        style = formats.formula(line)
        for period, column in enumerate(columns):
            value = stored(results, line, period)
            page.write_formula(row - 1, column, formula(layout, line, column), style, value)
            if isinstance(value, str):
                fitting.append((value, _VALUE_WIDTH if line.timeline is Timeline.ONCE else _PERIOD_WIDTH))
    if line.timeline is Timeline.ONCE:
        for column, text in enumerate(_origin_texts(line)):
            if text:
                page.write_string(row - 1, ONCE_COLUMN + 1 + column, text, formats.text)
                fitting.append((text, _ORIGIN_WIDTHS[column]))
    page.set_row(row - 1, LINE_HEIGHT * max(lines_of(text, width) for text, width in fitting))


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a column, roughly: not every program fits rows to wrapped text by itself."""
    return len(wrap(text, width)) or 1


def rule_or_source(line: Line) -> str:
    """The rule in words, or that it is an input and where that comes from."""
    if line.expression is not None:
        note = f". Note: {line.note}" if line.note and line.timeline is not Timeline.ONCE else ""
        return f"= {rule_in_words(line)}{note}"
    if line.origin is None:
        return INPUT_MARK
    if line.timeline is Timeline.ONCE:
        return INPUT_MARK  # its source stands in columns of its own
    return f"{INPUT_MARK}: {origin_text(line.origin)}"


def _origin_texts(line: Line) -> tuple[str, ...]:
    """What stands under `ORIGIN_HEADINGS`."""
    origin = line.origin
    if origin is None:
        return ("", "", "", "", "", line.note)
    as_at = origin.as_at.isoformat() if origin.as_at else ""
    where = "; ".join(text for text in (origin.where, origin.link) if text)
    note = "; ".join(text for text in (origin.note, line.note) if text)
    return (origin.source, where, origin.owner, origin.confidence, as_at, note)


def _set_up(page: Worksheet, plan: Sheet, layout: Layout) -> None:
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.repeat_rows(0, HEADING_ROW - 1)
    page.set_footer("&L&A&RPage &P of &N")
    page.hide_gridlines(2)
    if plan.timeline is Timeline.ONCE:
        last = ONCE_COLUMN + len(ORIGIN_HEADINGS)
        for column, width in enumerate((_VALUE_WIDTH, *_ORIGIN_WIDTHS), start=ONCE_COLUMN):
            page.set_column(column, column, width)
        page.freeze_panes(FIRST_LINE_ROW - 1, 1)
        page.fit_to_pages(1, 0)
    else:
        last = layout.columns(plan.timeline)[-1]
        page.set_column(ONCE_COLUMN, ONCE_COLUMN, 2)
        page.set_column(FIRST_PERIOD_COLUMN, last, _PERIOD_WIDTH)
        page.freeze_panes(FIRST_LINE_ROW - 1, FIRST_PERIOD_COLUMN)
        if plan.timeline is Timeline.MONTHS:
            page.repeat_columns(LABEL_COLUMN, UNIT_COLUMN)
            page.fit_to_pages(-(-layout.periods[plan.timeline] // MONTHS_IN_A_YEAR), 0)  # a page a year
        else:
            page.fit_to_pages(1, 0)
    last_row = max((row for row, _ in plan.rows), default=FIRST_LINE_ROW)
    page.print_area(0, 0, last_row - 1, last)
