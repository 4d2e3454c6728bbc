"""The sheets of lines in a workbook: inputs as numbers, every other line as live formulas with their results stored.

Layout only: where a line stands and what its formula is comes from `finmodel.lines.excel`, its values from the results.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import takewhile
from pathlib import Path
from textwrap import wrap
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from finmodel.document.explanation import origin_text
from finmodel.lines.evaluate import Results
from finmodel.lines.excel import (
    FIRST_DAY_ROW,
    FIRST_LINE_ROW,
    FIRST_PERIOD_COLUMN,
    ONCE_COLUMN,
    PERIOD_NAME_ROW,
    PERIOD_NUMBER_ROW,
    YEAR_LABEL_ROW,
    YEAR_NUMBER_ROW,
    HeadingRow,
    Layout,
    Sheet,
    column_letters,
    defined_names,
    formula_in_any_column,
    header_formulas,
    in_column,
    month_formula,
)
from finmodel.lines.explain import rule_in_words
from finmodel.lines.expression import LineError, Timeline
from finmodel.lines.line import Line
from finmodel.lines.outcomes import PeriodName
from finmodel.lines.periods import MONTHS_IN_A_YEAR, Horizon, Month
from finmodel.report.line_worksheet import LineWorksheet
from finmodel.report.sheet_text import TextWorkbook, TextWorksheet

HEADING_ROW = FIRST_LINE_ROW - 1
LABEL_COLUMN, UNIT_COLUMN, RULE_COLUMN, ADDRESS_COLUMN = range(4)
HEADINGS = ("Line", "Unit", "Rule, or source of an input", "Address")
FACT_MARK = "Fact"  # what the rules are written for: the workbook does not follow a change of it
INPUT_MARK = "Input"  # stands in words beside every typed-in number, so that colour is not the only sign of one
ORIGIN_HEADINGS = ("Source", "As at", "Confidence", "Where in it", "Owner", "Note")
_PRINTED_ORIGINS = 3  # of them; the rest is for the screen
MONTH_COLUMN, MONTH_HEADING = (
    ONCE_COLUMN + 1,
    "Month",
)  # on a sheet of single inputs: those that are months, typed as such
PLAIN_NUMBER = "#,##0.00"
_NUMBER_FORMATS = {
    "share": "0.00%",
    "rate": "0.00%",
    "factor": "0.0000",
    "flag": "0",
    "number": "General",
    "ratio": "0.00",
}
_WIDTHS = (38, 15, 60, 42)  # of what a line is, on a sheet over periods
_SINGLE_WIDTHS, _INPUT_WIDTHS = (58, 15, 90, 42), (38, 15, 10, 50)  # of single figures, of single inputs
_VALUE_WIDTH, _REASON_WIDTH, _PERIOD_WIDTH, _MONTH_WIDTH = 15, 24, 11, 10
_ORIGIN_WIDTHS = (58, 11, 12, 70, 13, 160)
LINE_HEIGHT, SMALL_HEIGHT, _HEADING_HEIGHT, _GAP = 15, 12.5, 18, 3  # points
NOMINAL = ": cash of the year, or as a row says"
_LARGER = 0.78  # how many of the letters of a heading a column has room for
_SMALL, _SMALLER = 9, 1.25  # the size of small letters, and how many more of them a column has room for
_A3, _A4 = 8, 9  # as the file numbers sizes of paper. Source: ECMA-376, part 1, 18.3.1.63
UPRIGHT, LANDSCAPE, LARGE = (_A4, True), (_A4, False), (_A3, False)
_MARGIN, _MARGIN_BELOW, _POINTS_AN_INCH = 0.4, 0.5, 72
_PAPER_WIDTHS = {UPRIGHT: 595.3, LANDSCAPE: 841.9, (_A3, True): 841.9, LARGE: 1190.6}  # points
_PAPER_HEIGHTS = {UPRIGHT: 841.9, LANDSCAPE: 595.3, (_A3, True): 1190.6, LARGE: 841.9}
_WIDER = 1.36  # how much wider columns are where Excel's own font is missing: LibreOffice with DejaVu Sans, measured
_PIXELS_A_LETTER, _PIXELS_A_COLUMN, _POINTS_A_PIXEL = 7, 5, 0.75
_LEAST_LETTERS, _UNIT_SIZE = 8, 10  # points: of letters on paper, of the unit of a line
_DAY_ZERO = date(1899, 12, 30)  # by which 1 March 1900 is day 61. Source: ECMA-376, part 1, 18.17.4.1


def is_month(line: Line) -> bool:
    """Whether an input is a month, which is typed as a date in a column of its own."""
    return line.is_input and line.counts is Timeline.MONTHS


def repeats_a_month(line: Line) -> bool:
    """Whether a line repeats such an input: its own column shows the same date by formula."""
    return line.is_stated and not line.is_input and line.counts is Timeline.MONTHS


def first_day(horizon: Horizon, number: int) -> date:
    """The first day of the month of a number, counted from 1 in the first month; a number below 1 is before it."""
    return (horizon.first_year.first_month + (number - 1)).first_day


def month_of(value: float) -> str:
    """The month of a day as spreadsheets count it, in words; the number where it is no such day."""
    try:
        return Month.containing(_DAY_ZERO + timedelta(days=value)).short
    except OverflowError:
        return f"{value:.15g}"


def month_number(horizon: Horizon, value: float) -> int:
    """The number of the month of a day as spreadsheets count it, counted from 1 in the first month."""
    return Month.containing(_DAY_ZERO + timedelta(days=value)) - horizon.first_year.first_month + 1


def serial(day: date) -> int:
    """A day as spreadsheets count it."""
    return (day - _DAY_ZERO).days


def new_workbook(target: Path | BinaryIO, created: datetime, title: str = "") -> Workbook:
    """An empty workbook that turns no text into a formula, a number or a link, and whose bytes depend on no clock."""
    options = {
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

    @cached_property
    def title(self) -> Format:
        """A sheet's title."""
        return self._format(bold=True, font_size=14)

    @cached_property
    def text(self) -> Format:
        """Words that may take several lines."""
        return self._format(text_wrap=True, align="left", indent=1)

    @cached_property
    def small(self) -> Format:
        """Words that may take several lines, in small letters: a rule."""
        return self._format(text_wrap=True, align="left", indent=1, font_size=_SMALL)

    @cached_property
    def unit(self) -> Format:
        """The unit of a line."""
        return self._format(text_wrap=True, align="left", indent=1, font_size=_UNIT_SIZE)

    @cached_property
    def address(self) -> Format:
        """An address, in small letters."""
        return self._format(text_wrap=True, align="left", font_size=_SMALL, font_color="#595959")

    @cached_property
    def written(self) -> Format:
        """Text as somebody wrote it, on one line."""
        return self._format(font_name="Courier New", font_size=10)

    @cached_property
    def quiet(self) -> Format:
        """Words that few will read."""
        return self._format(font_color="#595959")

    @cached_property
    def said(self) -> Format:
        """A sentence, on one line."""
        return self._format()

    @cached_property
    def pounds(self) -> Format:
        """Pounds that no formula makes."""
        return self._format(num_format="£#,##0;−£#,##0")

    @cached_property
    def heading(self) -> Format:
        """A column's heading."""
        return self._format(bold=True, bg_color="#D9E2EC", bottom=1, text_wrap=True, align="left", indent=1)

    @cached_property
    def period(self) -> Format:
        """A period in the header."""
        return self._format(bold=True, align="right")

    @cached_property
    def period_number(self) -> Format:
        """A period's number in the header."""
        return self._format(num_format="0", align="right", font_color="#595959")

    @cached_property
    def first_day(self) -> Format:
        """A month in the header, as a date."""
        return self._format(num_format="mmm yyyy", align="right", font_color="#595959")

    @cached_property
    def section(self) -> Format:
        """A heading above a group of lines."""
        return self._format(bold=True, font_size=12, bottom=1)

    @cached_property
    def part(self) -> Format:
        """A heading above several sections."""
        return self._format(bold=True, font_size=13, font_color="#FFFFFF", bg_color="#243B53")

    @cached_property
    def wrapped_section(self) -> Format:
        """A heading above lines, whose column alone is sure to be printed."""
        return self._format(bold=True, font_size=12, bottom=1, text_wrap=True)

    @cached_property
    def wrapped_part(self) -> Format:
        """A heading above several sections of lines, likewise."""
        return self._format(bold=True, font_size=13, font_color="#FFFFFF", bg_color="#243B53", text_wrap=True)

    @cached_property
    def key_input(self) -> Format:
        """The cover's sample of a typed-in number."""
        return self._format(font_color="#0000FF", bg_color="#FFFBE6", border=4, indent=1)

    @cached_property
    def link(self) -> Format:
        """A link to a sheet."""
        return self._format(font_color="#0B5394", underline=1, indent=1)

    @cached_property
    def check(self) -> Format:
        """Whether every check holds, in a sheet's head."""
        return self._format(bold=True, font_color="#1E6B3A")

    @cached_property
    def section_label(self) -> Format:
        """The label of a row of large figures."""
        return self._format(bold=True, font_size=12, indent=1)

    @cached_property
    def caption(self) -> Format:
        """Words below a large figure."""
        return self._format(font_color="#595959", text_wrap=True, align="right", indent=1)

    @cached_property
    def heading_of_figures(self) -> Format:
        """The heading of a column of figures."""
        return self._format(bold=True, bg_color="#D9E2EC", bottom=1, text_wrap=True, align="right", indent=1)

    @cached_property
    def reason(self) -> Format:
        """Why there is no figure."""
        return self._format(font_size=_SMALL, text_wrap=True, align="right")

    @cached_property
    def headline_reason(self) -> Format:
        """Why there is no figure on a page to read."""
        return self._format(text_wrap=True, align="right", indent=1)

    def large(self, line: Line) -> Format:
        """A figure of the answer."""
        return self._format(num_format=headline_format(line), align="right", bold=True, font_size=15, indent=1)

    def headline(self, line: Line) -> Format:
        """A figure of a page to read, without pence."""
        return self._format(num_format=headline_format(line), align="right", indent=1)

    def input(self, line: Line) -> Format:
        """A typed-in number."""
        return self._format(
            num_format=number_format(line), font_color="#0000FF", bg_color="#FFFBE6", border=4, locked=False
        )

    @cached_property
    def month(self) -> Format:
        """A typed-in month."""
        return self._format(
            num_format="mmm yyyy", font_color="#0000FF", bg_color="#FFFBE6", border=4, locked=False, align="right"
        )

    @cached_property
    def month_shown(self) -> Format:
        """A month that is typed elsewhere."""
        return self._format(num_format="mmm yyyy", align="right")

    def fact(self, line: Line) -> Format:
        """A typed-in number that does not change in the workbook."""
        return self._format(num_format=number_format(line), font_color="#0000FF")

    def shown(self, pattern: str) -> Format:
        """A number in a pattern of its own."""
        return self._format(num_format=pattern, align="right")

    def formula(self, line: Line) -> Format:
        """A number that is worked out; pounds without pence."""
        pattern = with_minus("#,##0") if line.unit == "£" and not line.is_stated else number_format(line)
        return self._format(num_format=pattern, align="right", text_wrap=True)


def headline_format(line: Line) -> str:
    """How a line's numbers are shown on a page to read: pounds without pence, people to one place."""
    if isinstance(line.expression, PeriodName):
        return "General"
    return {"£": with_minus("£#,##0"), "children": with_minus("0.0")}.get(line.unit, number_format(line))


def number_format(line: Line) -> str:
    """How a line's numbers are shown, by its unit."""
    found = "General" if isinstance(line.expression, PeriodName) else _NUMBER_FORMATS.get(line.unit, PLAIN_NUMBER)
    return found if found == "General" else with_minus(found)


def with_minus(pattern: str) -> str:
    """A format of numbers with a minus sign, and not a hyphen, before those below zero."""
    return f'{pattern};"−"{pattern}'


def write_line_sheet(book: Workbook, layout: Layout, sheet: str, results: Results, formats: Formats) -> Worksheet:
    """Add a sheet of the layout to the workbook, with its header, its lines and its print set-up."""
    plan = layout.sheets[sheet]
    page = book.add_worksheet(sheet, LineWorksheet)
    _write_header(page, layout, plan, results.model.horizon, formats)
    painted = _painted(plan, layout)
    # What a heading has room for is its own column: what it ran on over is not printed.
    room = int(_widths(plan.timeline, _has_origins(plan))[LABEL_COLUMN] * _LARGER)
    for place, (row, found) in enumerate(plan.rows):
        if isinstance(found, Line):
            _write_line(page, layout, row, found, results, formats)
        else:
            style = formats.wrapped_part if found.of_part else formats.wrapped_section
            text = found.text if found.of_part else f"{found.text}{_basis_of_money(found, plan.rows[place + 1 :])}"
            page.write_string(row - 1, LABEL_COLUMN, text, style)
            page.set_row(row - 1, _HEADING_HEIGHT * lines_of(text, room))
            for column in painted if found.of_part else ():
                page.write_blank(row - 1, column, None, formats.part)
    _set_up(page, plan, layout, formats)
    return page


def write_defined_names(book: Workbook, layout: Layout) -> None:
    """Name every line's cells after its address."""
    for address, name in defined_names(layout.places).items():
        book.define_name(name, f"={layout.row_range(layout.lines[address])}")


def cells_of(
    layout: Layout, results: Results, sheets: Sequence[str] | None = None
) -> Iterator[tuple[str, str, float | str]]:
    """Every formula cell of the line sheets: its sheet, its place (`F9`), and the number or the text it must show.

    sheets: the names of those that are wanted, all by default.
    """
    for plan in layout.sheets.values() if sheets is None else map(layout.sheets.__getitem__, sheets):
        for column, period in _period_columns(layout, plan):
            for row in header_formulas(layout, plan.name, column):
                yield plan.name, f"{column_letters(column)}{row}", _header_number(results.model.horizon, row, period)
        for row, line in plan.lines:
            if line.expression is not None or line.address in layout.typed or is_month(line):
                for period, column in enumerate(layout.columns(line.timeline)):
                    yield plan.name, f"{column_letters(column)}{row}", stored(results, line, period)
            if repeats_a_month(line):
                yield plan.name, f"{column_letters(MONTH_COLUMN)}{row}", _date(results, line)


def stored(results: Results, line: Line, period: int) -> float | str:
    """What a formula cell shows: a number, a period's name as the header writes it, or why there is no number."""
    value = results.figure(line, period)
    if value is None:
        return results.reason(line, period)
    if isinstance(line.expression, PeriodName):
        return period_heading(results.model.horizon, line.expression.named, int(value) - 1)
    return value + 0.0  # never minus zero


def period_heading(horizon: Horizon, timeline: Timeline, period: int) -> str:
    """The name of a period as the header writes it: `2015/16`, `Apr 2015`."""
    periods = horizon.years if timeline is Timeline.YEARS else horizon.months
    if not 0 <= period < len(periods):
        raise LineError(f"there is no {timeline.one} numbered {period + 1}")
    found = periods[period]
    return found.short if isinstance(found, Month) else str(found)


def _date(results: Results, line: Line) -> int:
    """The first day of the month that a line gives the number of, as spreadsheets count it."""
    return serial(first_day(results.model.horizon, int(results[line][0, 0])))


def _period_columns(layout: Layout, plan: Sheet) -> Iterator[tuple[int, int]]:
    """The columns of a sheet's periods, each with its period; none on a sheet without periods."""
    if plan.timeline is not Timeline.ONCE:
        yield from ((column, period) for period, column in enumerate(layout.columns(plan.timeline)))


def _header_number(horizon: Horizon, row: int, period: int) -> int:
    if row == FIRST_DAY_ROW:
        return serial(horizon.months[period].first_day)
    return (period if row == PERIOD_NUMBER_ROW else period // MONTHS_IN_A_YEAR) + 1


def _write_header(page: Worksheet, layout: Layout, plan: Sheet, horizon: Horizon, formats: Formats) -> None:
    title, _, subtitle = plan.title.partition("\n")
    page.write_string(0, LABEL_COLUMN, title, formats.title)
    if subtitle:
        page.write_string(1, LABEL_COLUMN, subtitle, formats.quiet)
    over_periods = plan.timeline is not Timeline.ONCE
    headings = [
        *HEADINGS,
        "" if over_periods else "Value",
        *((MONTH_HEADING, *ORIGIN_HEADINGS) if _has_origins(plan) else ()),
    ]
    headings += [""] * (layout.periods[plan.timeline] if over_periods else 0)
    for column, heading in enumerate(headings):
        page.write_string(HEADING_ROW - 1, column, heading, formats.heading)
    page.set_row(HEADING_ROW - 1, LINE_HEIGHT)
    if not over_periods:
        for row in range(YEAR_LABEL_ROW, HEADING_ROW):  # the rows of periods, which this sheet has not
            page.set_row(row - 1, _GAP)
        return
    one = plan.timeline.one.capitalize()
    captions = {YEAR_LABEL_ROW: "Financial year", PERIOD_NAME_ROW: one, PERIOD_NUMBER_ROW: f"{one}, counted from 1"}
    if plan.timeline is Timeline.MONTHS:
        captions[YEAR_NUMBER_ROW] = "Year, counted from 1"
        page.write_string(FIRST_DAY_ROW - 1, ADDRESS_COLUMN, "First day of the month", formats.quiet)
    for row, caption in captions.items():
        page.write_string(row - 1, LABEL_COLUMN, caption, formats.quiet)
    years_each = MONTHS_IN_A_YEAR if plan.timeline is Timeline.MONTHS else 1
    for column, period in _period_columns(layout, plan):
        year = horizon.years[period // years_each]
        page.write_string(YEAR_LABEL_ROW - 1, column, str(year), formats.period)
        page.write_string(PERIOD_NAME_ROW - 1, column, period_heading(horizon, plan.timeline, period), formats.period)
        for row, text in header_formulas(layout, plan.name, column).items():
            style = formats.first_day if row == FIRST_DAY_ROW else formats.period_number
            page.write_formula(row - 1, column, text, style, _header_number(horizon, row, period))


def _write_line(page: LineWorksheet, layout: Layout, row: int, line: Line, results: Results, formats: Formats) -> None:
    rule, widths = _rule(layout, line), _widths(line.timeline, has_inputs=line.is_stated)
    page.write_string(row - 1, LABEL_COLUMN, line.label, formats.text)
    page.write_string(row - 1, UNIT_COLUMN, line.unit, formats.unit)
    page.write_string(row - 1, RULE_COLUMN, rule, formats.small)
    page.write_string(row - 1, ADDRESS_COLUMN, line.address, formats.address)
    heights: list[float] = [  # by what is printed; a long rule, address or note is read in the formula bar
        LINE_HEIGHT * lines_of(line.label, widths[LABEL_COLUMN]),
        LINE_HEIGHT * lines_of(line.unit, widths[UNIT_COLUMN]),
    ]
    heights += _write_figures(page, layout, row, line, results, formats)
    if line.stated_in is not None and repeats_a_month(line):
        typed = f"=${column_letters(MONTH_COLUMN)}${layout.places[line.stated_in.address].row}"
        page.write_formula(row - 1, MONTH_COLUMN, typed, formats.month_shown, _date(results, line))
    heights += _write_origin(page, row, line, formats)
    page.set_row(row - 1, max(heights))


def _write_figures(
    page: LineWorksheet, layout: Layout, row: int, line: Line, results: Results, formats: Formats
) -> list[float]:
    """Write the figures of a line, each with its formula where it has one; the heights of reasons in their stead."""
    columns, figures = layout.columns(line.timeline), results.figures(line)
    numbers = [figure for figure in figures if figure is not None]
    typed_in = layout.typed.get(line.address)
    if is_month(line) and not typed_in:
        typed, number = f"{column_letters(MONTH_COLUMN)}{row}", float(results[line][0, 0])
        page.write_number(row - 1, MONTH_COLUMN, _date(results, line), formats.month)
        page.write_formula(row - 1, ONCE_COLUMN, month_formula(layout, typed), formats.formula(line), number)
        return []
    if line.expression is None and not typed_in:
        page.write_strip(row - 1, columns, "", formats.fact(line) if line.is_fact else formats.input(line), numbers)
        return []
    formula = f"={typed_in}" if typed_in else formula_in_any_column(layout, line)
    if len(numbers) == len(figures) and not isinstance(line.expression, PeriodName):
        page.write_strip(row - 1, columns, formula, formats.formula(line), numbers)
        return []
    shown = [stored(results, line, period) for period in range(len(figures))]
    for column, figure, value in zip(columns, figures, shown, strict=True):
        style = formats.reason if figure is None else formats.formula(line)
        page.write_formula(row - 1, column, in_column(formula, column), style, value)
    room = _REASON_WIDTH if line.timeline is Timeline.ONCE else _PERIOD_WIDTH
    return [small_height(value, room) for value in shown if isinstance(value, str)]


def _write_origin(page: Worksheet, row: int, line: Line, formats: Formats) -> list[float]:
    """Say beside a single stated figure where it comes from; the heights of what is printed of it."""
    heights: list[float] = []
    if line.timeline is Timeline.ONCE and line.is_stated:
        for column, (text, width) in enumerate(zip(_origin_texts(line), _ORIGIN_WIDTHS, strict=True)):
            if text:
                page.write_string(row - 1, MONTH_COLUMN + 1 + column, text, formats.small)
                if column < _PRINTED_ORIGINS:
                    heights.append(small_height(text, width))
    return heights


def _widths(timeline: Timeline, has_inputs: bool) -> tuple[int, ...]:
    if timeline is not Timeline.ONCE:
        return _WIDTHS
    return _INPUT_WIDTHS if has_inputs else _SINGLE_WIDTHS


def small_height(text: str, width: int) -> float:
    """The height that a text takes in small letters."""
    return max(LINE_HEIGHT, SMALL_HEIGHT * lines_of(text, int(width * _SMALLER)))


@lru_cache(maxsize=4_000)  # labels, units and sources stand in many rows
def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a column, roughly: not every program fits rows to wrapped text by itself."""
    if len(text) <= width and "\t" not in text:
        return 1
    return len(wrap(text, width)) or 1


def _rule(layout: Layout, line: Line) -> str:
    typed = layout.typed.get(line.address)
    return f"{rule_or_source(line)}, typed in {typed.replace('$', '')}" if typed else rule_or_source(line)


def rule_or_source(line: Line) -> str:
    """The rule in words, or that it is an input and where that comes from."""
    if line.expression is not None:
        note = f". Note: {line.note}" if line.note else ""
        return f"= {rule_in_words(line)}{note}"
    mark = FACT_MARK if line.is_fact else INPUT_MARK
    if line.origin is None or line.timeline is Timeline.ONCE:
        return mark  # its source stands in columns of its own
    return f"{mark}: {origin_text(line.origin)}"


def _origin_texts(line: Line) -> tuple[str, ...]:
    """What stands under `ORIGIN_HEADINGS`."""
    origin = line.origin
    if origin is None:
        return ("", "", "", "", "", line.note)
    as_at = origin.as_at.isoformat() if origin.as_at else ""
    where = "; ".join(text for text in (origin.where, origin.link) if text)
    note = "; ".join(text for text in (origin.note, line.note) if text)
    return (origin.source, as_at, origin.confidence, where, origin.owner, note)


def set_up_page(page: Worksheet, paper: tuple[int, bool], high: int = 0) -> None:
    """Set a sheet up to be printed a page wide.

    paper: its size, and whether it stands. high: how many pages, 0 for as many as it takes.
    """
    size, stands = paper
    page.hide_gridlines(2)
    page.set_paper(size)
    if not stands:
        page.set_landscape()
    page.set_margins(left=_MARGIN, right=_MARGIN, top=_MARGIN, bottom=_MARGIN_BELOW)
    page.set_footer("&L&A&RPage &P of &N")
    page.fit_to_pages(1, high)


def paper_for(width: float, smallest: float = _SMALL, is_long: bool = False) -> tuple[int, bool] | None:
    """The smallest paper on which letters are not too small; none where they are on all.

    width: what is printed; smallest: its smallest letters; both in points. is_long: whether it takes many pages, which
    are fewer on paper that stands.
    """
    papers = (UPRIGHT, (_A3, True), LARGE) if is_long else (UPRIGHT, LANDSCAPE, LARGE)
    return next((paper for paper in papers if smallest * _scale(width, paper) >= _LEAST_LETTERS), None)


def _scale(width: float, paper: tuple[int, bool]) -> float:
    """At which a width in points fills the paper, in the widest font that may be there."""
    return min(1.0, (_PAPER_WIDTHS[paper] - 2 * _MARGIN * _POINTS_AN_INCH) / (_WIDER * width))


def print_whole(page: TextWorksheet, width: float, paper: tuple[int, bool], together: Iterable[range]) -> None:
    """Print a sheet a page wide, without a page's end within rows that belong together, such as a chart's.

    width: what is printed across, in points; together: such rows, in order. A program that fits a page's width itself
    ends pages where it likes, so the scale is set here.
    """
    scale = int(100 * _scale(width, paper))
    high = (_PAPER_HEIGHTS[paper] - (_MARGIN + _MARGIN_BELOW) * _POINTS_AN_INCH) * 100 / scale
    page.set_print_scale(scale)
    breaks, row, taken = [], 0, 0.0
    for rows in together:
        for before in range(row, rows.start):
            taken = taken + page.height(before) if taken + page.height(before) <= high else page.height(before)
        needed = sum(map(page.height, rows))
        if taken + needed > high:
            breaks.append(rows.start)
            taken = 0.0
        row, taken = rows.stop, taken + needed
    page.set_h_pagebreaks(breaks)


def points_wide(*widths: float) -> float:
    """How wide columns are on paper, of widths in letters. Source: ECMA-376, part 1, 18.3.1.13, by its usual font."""
    return sum(_PIXELS_A_LETTER * width + _PIXELS_A_COLUMN for width in widths) * _POINTS_A_PIXEL


def _basis_of_money(heading: HeadingRow, after: Sequence[tuple[int, Line | HeadingRow]]) -> str:
    """What a heading of calculations in pounds adds: nominal, but for rows that say they are real or discounted."""
    below = takewhile(lambda found: isinstance(found, Line), (found for _, found in after))
    is_money = any(isinstance(found, Line) and not found.is_stated and found.unit.startswith("£") for found in below)
    return NOMINAL if is_money and "real" not in heading.text.lower().replace(",", "").split() else ""


def _painted(plan: Sheet, layout: Layout) -> range:
    """The columns over which the heading of a part runs on."""
    return range(LABEL_COLUMN + 1, _last_column(plan, layout) + 1)


def _last_column(plan: Sheet, layout: Layout) -> int:
    return layout.columns(plan.timeline)[-1] + (1 + len(ORIGIN_HEADINGS) if _has_origins(plan) else 0)


def _has_origins(plan: Sheet) -> bool:
    """Whether a sheet says in columns of its own where its inputs come from; over periods there is no room."""
    return plan.timeline is Timeline.ONCE and any(line.is_input for _, line in plan.lines)


def _set_up(page: Worksheet, plan: Sheet, layout: Layout, formats: Formats) -> None:
    """Widths, panes, and what is printed: labels, units and figures; rules and addresses are for the screen."""
    origins = _has_origins(plan)
    labels = _widths(plan.timeline, origins)
    once = plan.timeline is Timeline.ONCE
    if once:
        others: tuple[int, ...] = (_VALUE_WIDTH, _MONTH_WIDTH, *_ORIGIN_WIDTHS) if origins else (_REASON_WIDTH,)
    else:
        others = (2, *[_PERIOD_WIDTH] * layout.periods[plan.timeline])
    for column, width in enumerate((*labels, *others)):
        page.set_column(column, column, width)
    page.freeze_panes(FIRST_LINE_ROW - 1, 1 if once else RULE_COLUMN)
    if plan.for_screen:
        page.write_string(FIRST_DAY_ROW - 1, RULE_COLUMN, plan.for_screen, formats.text)
        page.set_row(FIRST_DAY_ROW - 1, LINE_HEIGHT * lines_of(plan.for_screen, labels[RULE_COLUMN] - 2))
        set_up_page(page, LANDSCAPE, 1)
        page.print_area(0, 0, 1, RULE_COLUMN)
        return
    first = ONCE_COLUMN if once else FIRST_PERIOD_COLUMN
    last = MONTH_COLUMN + _PRINTED_ORIGINS if origins else layout.columns(plan.timeline)[-1]
    printed = (*labels, *others)[first : last + 1]
    _print(page, plan, points_wide(*labels[:RULE_COLUMN]), [points_wide(width) for width in printed])
    page.repeat_rows(0, HEADING_ROW - 1)
    page.repeat_columns(LABEL_COLUMN, UNIT_COLUMN)
    page.print_area(0, first, (plan.last_printed or FIRST_LINE_ROW) - 1, last)


def _print(page: Worksheet, plan: Sheet, labels: float, columns: list[float]) -> None:
    """Choose paper for columns next to labels, all in points; a year of months a page, or as few as can be read."""
    over_months = plan.timeline is Timeline.MONTHS
    a_page = MONTHS_IN_A_YEAR if over_months else len(columns)
    smallest = _UNIT_SIZE if over_months else _SMALL
    while not (paper := paper_for(labels + sum(columns[:a_page]), smallest, is_long=not over_months)):
        a_page -= 1
    set_up_page(page, paper)
    if len(columns) > a_page:  # a program that fits the width would break the years where it likes
        page.set_print_scale(int(100 * _scale(labels + sum(columns[:a_page]), paper)))
        page.set_v_pagebreaks(range(FIRST_PERIOD_COLUMN + a_page, FIRST_PERIOD_COLUMN + len(columns), a_page))
