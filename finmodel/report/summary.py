"""The workbook's summary, one printed page: the answer, the options side by side, the years, a chart.

Every figure is a reference to where it is worked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.capital import headline_of
from finmodel.appraisal.measure import Display
from finmodel.appraisal.measures import shown_in
from finmodel.appraisal.money_spent import CUMULATIVE, MONEY_SPENT, MRP, NET_POSITION, OUTLAY
from finmodel.appraisal.options import WrittenOption
from finmodel.lines.excel import FIRST_DAY_ROW, ONCE_COLUMN, Layout, column_letters, sheet_reference
from finmodel.lines.line import Line
from finmodel.report.levers_sheet import AS_IN_THE_CASE, STATE_CELL, state_of
from finmodel.report.levers_sheet import SHEET as LEVERS
from finmodel.report.line_sheets import (
    LANDSCAPE,
    LARGE,
    LINE_HEIGHT,
    Formats,
    lines_of,
    set_up_page,
    stored,
    with_minus,
)
from finmodel.report.page_tables import DO_MINIMUM
from finmodel.report.safeguards import Guards
from finmodel.results.set_inputs import titled

SHEET = "Summary"
_LEVERS_CELL = "B2"  # whether the levers are as in the case
_ANSWER_ROW, _OPTIONS_ROW = 4, 8  # counted from 0: the heading of the answer, and that of the options
_LABEL_WIDTH, _GRID_WIDTH, _WIDEST, _NARROWEST = 38, 112, 22, 11
_LARGE_HEIGHT, _CHART_HEIGHT = 24, 220
_TALLEST_ON_A4 = 690  # points without the headings, at which letters of 11 points are 8 on paper
_PIXELS_A_LETTER, _PADDING, _PIXELS_A_ROW = 7, 5, 20
_PLAIN_UNITS = {"number", "ratio", "share", "rate", "children", "£"}  # said by the label or by the format
_SIGNS = "Net saving is saving less cost; below zero it costs."
_NOMINAL = "Cash of the year (nominal)"
_REVENUE = {"cost": "total_cost", "cashable_saving": "total_saving", "net_saving": "total_net_saving"}
_ALL_MONEY = {  # rows of the years where there is capital, each with what it totals
    "cost": "total_cost",
    MRP: "",
    OUTLAY: "outlay",
    MONEY_SPENT: "total_money_spent",
    "cashable_saving": "total_saving",
}


class _Figure(Struct, frozen=True):
    """A figure of the page: its place, counted from 0, its line, the column in which the line is read."""

    row: int
    column: int
    line: Line
    read: int = ONCE_COLUMN
    large: bool = False

    @property
    def period(self) -> int:
        """Of the line, counted from 0."""
        return max(0, self.read - ONCE_COLUMN - 1)


class _Plan:
    """What stands where on the page."""

    def __init__(self, appraisal: Appraisal) -> None:
        self.appraisal = appraisal
        self.options = appraisal.written.options
        self.measures = appraisal.written.measures
        self.subject = _subject(appraisal)
        self.years = [str(year) for year in appraisal.case.horizon.years]
        self.has_capital = any(cost.capital is not None for option in appraisal.case.options for cost in option.costs)
        self.answer = list(self._answer())
        self.side_by_side = list(self._side_by_side())
        self.by_year = list(self._by_year())
        self.years_row = _OPTIONS_ROW + len(self.side_by_side) + 2
        self.chart_row = self.years_row + len(self.by_year) + 2
        self.columns = max(len(self.answer), len(self.options), len(self.years) + 1)
        self.width = max(_NARROWEST, min(_WIDEST, _GRID_WIDTH // self.columns))

    def _answer(self) -> Iterator[tuple[str, Line]]:
        """The figures in large letters, of one option, each with its caption."""
        found, capital = self.measures[self.subject.option.id], self._capital(self.subject)
        yield "Cost of a full year", found["full_year_cost"]
        if "outlay" in capital:
            yield "Capital outlay, once", capital["outlay"]
        yield f"Cashable saving, {self.years[0]} to {self.years[-1]}", found["total_saving"]
        yield "Net saving to revenue", found["total_net_saving"]
        yield "All money spent is paid back in", found["payback_month"]
        for name, caption in (
            ("break_even_children_average", "Children needed to break even, average"),
            ("forecast_children", "Children forecast, average"),
        ):
            if name in found:
                yield caption, found[name]

    def _capital(self, option: WrittenOption) -> Mapping[str, Line]:
        return headline_of(self.appraisal.written.budget.options[option.option.id].capital)

    def _side_by_side(self) -> Iterator[tuple[str, list[Line]]]:
        """The rows of the options: label, and a line an option."""
        for number, (measure, shown) in enumerate(shown_in(Display.SUMMARY, self.measures[self.options[0].option.id])):
            yield shown.label, [self.measures[option.option.id][measure.name] for option in self.options]
            if number == 0 and "outlay" in self._capital(self.options[0]):
                yield "Capital outlay, once", [self._capital(option)["outlay"] for option in self.options]

    def _by_year(self) -> Iterator[tuple[Line, Line | None]]:
        """The rows of the years: a line by year, and its total where that is a measure."""
        yearly, found = self.subject.yearly, self.measures[self.subject.option.id]
        for name, whole in (_ALL_MONEY if self.has_capital else _REVENUE).items():
            if name in yearly:
                yield yearly[name], found.get(whole) or self._capital(self.subject).get(whole)
        if self.has_capital:
            yield yearly[NET_POSITION], None
        yield yearly[CUMULATIVE if self.has_capital else "cumulative_net_saving"], None
        yield yearly["children"], None

    def figures(self) -> Iterator[_Figure]:
        """Every figure of the page."""
        for column, (_, line) in enumerate(self.answer, start=1):
            yield _Figure(_ANSWER_ROW + 1, column, line, large=True)
        for row, (_, lines) in enumerate(self.side_by_side, start=_OPTIONS_ROW + 1):
            yield from (_Figure(row, column, line) for column, line in enumerate(lines, start=1))
        for row, (line, whole) in enumerate(self.by_year, start=self.years_row + 1):
            for year in range(len(self.years)):
                yield _Figure(row, year + 1, line, ONCE_COLUMN + 1 + year)
            if whole is not None:
                yield _Figure(row, len(self.years) + 1, whole)


def _subject(appraisal: Appraisal) -> WrittenOption:
    """The option that the answer is of: the recommended one, else the first that is not business as usual."""
    options, case = appraisal.written.options, appraisal.case
    by_id = {option.option.id: option for option in options}
    others = (option for option in options if option.option.id != case.status_quo)
    return by_id.get(case.recommended or "") or next(others, options[0])


def summary_cells(appraisal: Appraisal, layout: Layout) -> Iterator[tuple[str, str, float | str]]:
    """Every formula cell of the summary but the check of its head: sheet, cell, and what it must show."""
    if layout.typed:
        yield SHEET, _LEVERS_CELL, state_of(appraisal, layout)
    for figure in _Plan(appraisal).figures():
        place = f"{column_letters(figure.column)}{figure.row + 1}"
        yield SHEET, place, stored(appraisal.results, figure.line, figure.period)


def write_summary(book: Workbook, appraisal: Appraisal, layout: Layout, formats: Formats, guards: Guards) -> None:
    """Add the summary."""
    plan = _Plan(appraisal)
    page = book.add_worksheet(SHEET)
    page.set_column(0, 0, _LABEL_WIDTH)
    page.set_column(1, plan.columns, plan.width)
    _write_words(page, plan, formats)
    if layout.typed:
        page.write_formula(
            _LEVERS_CELL, f"={LEVERS}!${STATE_CELL[0]}${STATE_CELL[1:]}", formats.check, state_of(appraisal, layout)
        )
        guards.differing(page, _LEVERS_CELL, f'=$B$2<>"{AS_IN_THE_CASE}"')
    heights: dict[int, float] = {}
    for figure in plan.figures():
        value = stored(appraisal.results, figure.line, figure.period)
        is_reason = appraisal.results.figure(figure.line, figure.period) is None
        style = _style(formats, figure, is_reason=is_reason)
        page.write_formula(figure.row, figure.column, f"={layout.cell(figure.line, figure.read)}", style, value)
        taken: float = LINE_HEIGHT * lines_of(str(value), plan.width) if is_reason else LINE_HEIGHT
        heights[figure.row] = max(taken, heights.get(figure.row, _LARGE_HEIGHT if figure.large else LINE_HEIGHT))
    for row, taken in heights.items():
        page.set_row(row, taken)
    rows = -(-_CHART_HEIGHT // _PIXELS_A_ROW)
    height = (plan.chart_row + rows) * LINE_HEIGHT + sum(taken - LINE_HEIGHT for taken in heights.values())
    set_up_page(page, LANDSCAPE if height <= _TALLEST_ON_A4 else LARGE, 1)
    _chart(book, page, plan, layout)
    page.center_horizontally()
    page.print_area(0, 0, plan.chart_row + rows, plan.columns)
    guards.protect(page)


def _style(formats: Formats, figure: _Figure, is_reason: bool) -> Format:
    if is_reason:
        return formats.headline_reason
    return formats.large(figure.line) if figure.large else formats.headline(figure.line)


def _write_words(page: Worksheet, plan: _Plan, formats: Formats) -> None:
    """Titles, headings and labels."""
    case = plan.appraisal.case
    page.write_string(0, 0, titled(case), formats.title)
    page.write_string(1, 1, "Only `finmodel audit` shows that nothing was typed over.", formats.quiet)
    page.write_string(2, 0, f"{case.council_name}. {_NOMINAL}. {_SIGNS}", formats.quiet)
    page.write_string(3, 0, f"Present values: {plan.appraisal.written.present_value_basis}", formats.quiet)
    named = plan.subject.option
    says = "Recommended" if named.id == case.recommended else "No option is recommended; shown is"
    for column in range(plan.columns + 1):
        page.write_blank(_ANSWER_ROW, column, None, formats.part)
    page.write_string(_ANSWER_ROW, 0, f"{says}: {named.title}", formats.part)
    page.write_string(_ANSWER_ROW + 1, 0, "The answer", formats.section_label)
    for column, (caption, _) in enumerate(plan.answer, start=1):
        page.write_string(_ANSWER_ROW + 2, column, caption, formats.caption)
    page.set_row(_ANSWER_ROW + 2, LINE_HEIGHT * max(lines_of(caption, plan.width) for caption, _ in plan.answer) + 4)
    corner = "Options side by side, change from business as usual" if case.status_quo else "Options side by side"
    titles = [_title(plan.appraisal, option) for option in plan.options]
    _headings(page, _OPTIONS_ROW, [corner, *titles], plan, formats)
    for row, (label, lines) in enumerate(plan.side_by_side, start=_OPTIONS_ROW + 1):
        page.write_string(row, 0, f"{label}{_unit(lines[0])}", formats.text)
    _headings(page, plan.years_row, [f"Year by year: {named.title}", *plan.years, "All years"], plan, formats)
    for row, (line, _) in enumerate(plan.by_year, start=plan.years_row + 1):
        page.write_string(row, 0, f"{line.label}{_unit(line)}", formats.text)


def _headings(page: Worksheet, row: int, texts: Sequence[str], plan: _Plan, formats: Formats) -> None:
    widths = [_LABEL_WIDTH, *([plan.width] * plan.columns)]
    for column, text in enumerate(texts):
        page.write_string(row, column, text, formats.heading if column == 0 else formats.heading_of_figures)
    page.set_row(row, LINE_HEIGHT * max(lines_of(text, width - 2) for text, width in zip(texts, widths, strict=False)))


def _unit(line: Line) -> str:
    return f" ({line.unit})" if line.unit not in _PLAIN_UNITS else ""


def _title(appraisal: Appraisal, option: WrittenOption) -> str:
    name = option.option.id
    status = " (business as usual)" if name == appraisal.case.status_quo else ""
    least = f" ({DO_MINIMUM.lower()})" if option.option.role == "do_minimum" else ""
    preferred = " (recommended)" if name == appraisal.case.recommended else ""
    return f"{option.option.title}{status}{least}{preferred}"


def _chart(book: Workbook, page: Worksheet, plan: _Plan, layout: Layout) -> None:
    """What each option has saved less all money spent, to date, by month; business as usual is the zero line."""
    chart = book.add_chart({"type": "line"})
    status_quo = plan.appraisal.case.status_quo
    drawn = [option for option in plan.options if option.option.id != status_quo and option is not plan.subject]
    for number, option in enumerate([*drawn, plan.subject]):
        line = option.monthly[CUMULATIVE]
        place, columns = layout.places[line.address], layout.columns(line.timeline)
        reference = sheet_reference(place.sheet)
        first, last = column_letters(columns[0]), column_letters(columns[-1])
        strong = option is plan.subject
        dashes = ("dash", "square_dot", "long_dash", "dash_dot", "round_dot")
        look = (
            {"color": "#0B3C6F", "width": 3.5}
            if strong
            else {"color": "#7B8794", "width": 1.5, "dash_type": dashes[number % len(dashes)]}
        )
        chart.add_series(
            {
                "name": option.option.title,
                "categories": f"={reference}!${first}${FIRST_DAY_ROW}:${last}${FIRST_DAY_ROW}",
                "values": f"={reference}!${first}${place.row}:${last}${place.row}",
                "line": look,
            }
        )
    what = "Saved less all money spent to date, by month"
    zero = "; business as usual is the zero line" if status_quo else ""
    chart.set_title({"name": f"{what} (£){zero}", "name_font": {"size": 11}, "overlay": False})
    chart.set_x_axis(
        {
            "date_axis": True,
            "num_format": "mmm yyyy",
            "major_unit": 1 if len(plan.years) > 5 else 6,
            "major_unit_type": "years" if len(plan.years) > 5 else "months",
            "label_position": "low",
            "line": {"color": "#000000", "width": 1.25},
        }
    )
    chart.set_y_axis(
        {"num_format": with_minus("£#,##0"), "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}}
    )
    chart.set_legend({"position": "bottom"})
    width = sum(_PIXELS_A_LETTER * each + _PADDING for each in (_LABEL_WIDTH, *([plan.width] * plan.columns)))
    chart.set_size({"width": width, "height": _CHART_HEIGHT})
    titles = ", ".join(option.option.title for option in [plan.subject, *drawn])
    page.insert_chart(
        plan.chart_row, 0, chart, {"description": f"Line chart of {what[0].lower()}{what[1:]}: {titles}."}
    )
