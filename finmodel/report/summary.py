"""The workbook's summary: the options side by side, each figure a reference to where it is worked out, and a chart."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.capital import headline_of
from finmodel.appraisal.checks import MASTER
from finmodel.appraisal.measure import Display
from finmodel.appraisal.measures import shown_in
from finmodel.appraisal.money_spent import CUMULATIVE, MONEY_SPENT, NET_POSITION
from finmodel.appraisal.options import WrittenOption
from finmodel.lines.excel import ONCE_COLUMN, Layout, column_letters, sheet_reference
from finmodel.lines.line import Line
from finmodel.report.line_sheets import LINE_HEIGHT, Formats, lines_of, stored

SHEET = "Summary"
_FIRST_ROW = 5  # counted from 0: the row of option titles
_CHECK_ROW = 2
_LABEL_WIDTH, _OPTION_WIDTH = 62, 26
_PLAIN_UNITS = {"number", "ratio", "share", "rate"}


_BY_YEAR = ("cost", "cashable_saving", "net_saving", "cumulative_net_saving")
_ALL_MONEY = (MONEY_SPENT, NET_POSITION, CUMULATIVE)


def _has_capital(appraisal: Appraisal) -> bool:
    return any(cost.capital is not None for option in appraisal.case.options for cost in option.costs)


def _running(appraisal: Appraisal) -> str:
    """The line that is followed until it is paid back."""
    return CUMULATIVE if _has_capital(appraisal) else "cumulative_net_saving"


def _rows(appraisal: Appraisal) -> Iterator[tuple[int, str, list[Line], int]]:
    """The table's rows below the titles: place, label, a line an option, and the column in which the line is read."""
    written = appraisal.written
    row = _FIRST_ROW + 1
    for measure, _ in shown_in(Display.SUMMARY, written.measures[written.options[0].option.id]):
        lines = [written.measures[option.option.id][measure.name] for option in written.options]
        yield row, lines[0].label, lines, ONCE_COLUMN
        row += 1
    capital = [headline_of(written.budget.options[option.option.id].capital) for option in written.options]
    for name in capital[0]:
        yield row, capital[0][name].label, [lines[name] for lines in capital], ONCE_COLUMN
        row += 1
    for name in (*_BY_YEAR, *(_ALL_MONEY if _has_capital(appraisal) else ()), "children"):
        row += 1
        for year, text in enumerate(map(str, appraisal.case.horizon.years)):
            lines = [option.yearly[name] for option in written.options]
            yield row, f"{lines[0].label}, {text}", lines, ONCE_COLUMN + 1 + year
            row += 1


def summary_cells(appraisal: Appraisal, layout: Layout) -> Iterator[tuple[str, str, float | str]]:
    """Every formula cell of the summary: sheet, cell, and what it must show."""
    yield SHEET, f"B{_CHECK_ROW + 1}", stored(appraisal.results, appraisal.written.model[MASTER], 0)
    for row, _, lines, read in _rows(appraisal):
        for number, line in enumerate(lines):
            yield SHEET, f"{column_letters(number + 1)}{row + 1}", stored(appraisal.results, line, _period(read))


def _period(column: int) -> int:
    return max(0, column - ONCE_COLUMN - 1)


def write_summary(book: Workbook, appraisal: Appraisal, layout: Layout, formats: Formats) -> None:
    """Add the summary."""
    page = book.add_worksheet(SHEET)
    page.hide_gridlines(2)
    options = appraisal.written.options
    page.set_column(0, 0, _LABEL_WIDTH)
    page.set_column(1, len(options), _OPTION_WIDTH)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.freeze_panes(_FIRST_ROW + 1, 1)
    page.write_string(0, 0, f"{appraisal.case.title}: the options side by side", formats.title)
    page.write_string(1, 0, f"Present values: {appraisal.written.present_value_basis}", formats.quiet)
    master = appraisal.written.model[MASTER]
    page.write_string(_CHECK_ROW, 0, f"{master.label} (1 yes, 0 no)", formats.text)
    page.write_formula(
        _CHECK_ROW,
        1,
        f"={layout.cell(master, ONCE_COLUMN)}",
        formats.formula(master),
        stored(appraisal.results, master, 0),
    )
    page.write_string(
        _FIRST_ROW, 0, "Change from business as usual" if appraisal.case.status_quo else "Figure", formats.heading
    )
    titles = [_title(appraisal, option) for option in options]
    page.set_row(_FIRST_ROW, LINE_HEIGHT * max(lines_of(title, _OPTION_WIDTH - 4) for title in titles))
    for number, title in enumerate(titles, start=1):
        page.write_string(_FIRST_ROW, number, title, formats.heading)
    last = _FIRST_ROW
    for row, label, lines, read in _rows(appraisal):
        unit = "" if lines[0].unit in _PLAIN_UNITS else f" ({lines[0].unit})"
        page.write_string(row, 0, f"{label}{unit}", formats.text)
        shown = [stored(appraisal.results, line, _period(read)) for line in lines]
        tallest = max(lines_of(value, _OPTION_WIDTH - 4) if isinstance(value, str) else 1 for value in shown)
        page.set_row(row, LINE_HEIGHT * max(tallest, lines_of(label + unit, _LABEL_WIDTH)))
        for number, (line, value) in enumerate(zip(lines, shown, strict=True), start=1):
            page.write_formula(row, number, f"={layout.cell(line, read)}", formats.formula(line), value)
        last = row
    _chart(book, page, appraisal, layout, last + 2)
    page.print_area(0, 0, last + 26, len(options))


def _title(appraisal: Appraisal, option: WrittenOption) -> str:
    name = option.option.id
    status = " (business as usual)" if name == appraisal.case.status_quo else ""
    preferred = " (preferred by the authors)" if name == appraisal.case.recommended else ""
    return f"{option.option.title}{status}{preferred}"


def _chart(book: Workbook, page: Worksheet, appraisal: Appraisal, layout: Layout, row: int) -> None:
    """What each option has netted to date, by year, a line an option, from the option's own sheet."""
    chart = book.add_chart({"type": "line"})
    dashes = ("solid", "dash", "square_dot", "long_dash", "dash_dot", "round_dot")
    for number, option in enumerate(appraisal.written.options):
        line = option.yearly[_running(appraisal)]
        place = layout.places[line.address]
        columns = layout.columns(line.timeline)
        reference = sheet_reference(place.sheet)
        first, last = column_letters(columns[0]), column_letters(columns[-1])
        chart.add_series(
            {
                "name": option.option.title,
                "categories": f"={reference}!${first}$3:${last}$3",
                "values": f"={reference}!${first}${place.row}:${last}${place.row}",
                "line": {"dash_type": dashes[number % len(dashes)], "width": 2.25},
                "marker": {"type": "automatic", "size": 6},
            }
        )
    label = appraisal.written.options[0].yearly[_running(appraisal)].label
    chart.set_title({"name": f"{label} by year (£)", "name_font": {"size": 12}})
    chart.set_x_axis({"label_position": "low", "name": "Financial year"})
    chart.set_y_axis({"num_format": "#,##0", "name": "£, cash"})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 960, "height": 420})
    titles = ", ".join(option.option.title for option in appraisal.written.options)
    page.insert_chart(row, 0, chart, {"description": f"Line chart of {label.lower()} by year for {titles}."})
