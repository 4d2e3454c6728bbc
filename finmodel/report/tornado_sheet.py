"""The tornado on a sheet of the workbook: its figures as numbers, and a chart of Excel's own that reads their cells."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart as ExcelChart
from xlsxwriter.worksheet import Worksheet

from finmodel.document.chart_shapes import Chart, TwoSided
from finmodel.report.line_sheets import LINE_HEIGHT, Formats, lines_of, with_minus

_HEIGHT, _A_BAR = 130, 34  # pixels: of what stands around the bars, and of a bar with its label
_PIXELS_A_LETTER = 7.2
CORNER = "Input, and between what it is moved"


def write_tornado(
    book: Workbook, page: Worksheet, row: int, chart: Chart, widths: Sequence[float], formats: Formats
) -> tuple[range, range]:
    """Write a tornado's figures from a row on and its chart below; returns the rows of the figures and of the chart."""
    bars = chart.bars
    assert bars is not None
    page.write_string(row, 0, chart.title, formats.section)
    headings = (CORNER, bars.low.name, bars.high.name)
    for column, text in enumerate(headings):
        page.write_string(row + 1, column, text, formats.heading)
    page.set_row(
        row + 1,
        LINE_HEIGHT * max(lines_of(text, int(width * 0.75)) for text, width in zip(headings, widths, strict=False)),
    )
    first = row + 2
    for place, (label, low, high) in enumerate(zip(bars.labels, bars.low.ends, bars.high.ends, strict=True)):
        page.write_string(first + place, 0, label, formats.text)
        page.write_number(first + place, 1, low, formats.pounds)
        page.write_number(first + place, 2, high, formats.pounds)
        page.set_row(first + place, LINE_HEIGHT * lines_of(label, int(widths[0])))
    below = first + len(bars.labels)
    page.write_string(below, 0, chart.table.note, formats.quiet)
    drawn = _drawn(book, page.get_name(), bars, first, below - 1)
    drawn.set_title({"name": chart.title, "name_font": {"size": 11}, "overlay": False})
    height = _HEIGHT + _A_BAR * len(bars.labels)
    drawn.set_size({"width": int(sum(widths) * _PIXELS_A_LETTER), "height": height})
    page.insert_chart(below + 2, 0, drawn, {"description": f"{chart.title}. {chart.desc}"})
    return range(row, below + 1), range(below + 1, below + 4 + int(height / (LINE_HEIGHT * 4 / 3)))


def _drawn(book: Workbook, sheet: str, bars: TwoSided, first: int, last: int) -> ExcelChart:
    """The chart of the cells from the first row to the last: the low side plain, the high side hatched."""
    chart = book.add_chart({"type": "bar"})
    looks = (
        {"fill": {"color": "#68737A"}},
        {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#14506E", "bg_color": "#FFFFFF"}},
    )
    for column, look in enumerate(looks, 1):
        chart.add_series(
            {
                "name": [sheet, first - 1, column],
                "categories": [sheet, first, 0, last, 0],
                "values": [sheet, first, column, last, column],
                "border": {"color": "#14506E" if column > 1 else "#68737A"},
                "overlap": 100,
                "gap": 45,
                **look,
            }
        )
    chart.set_y_axis(  # of bars that lie, the axis of what they are of
        {
            "reverse": True,
            "crossing": "max",
            "label_position": "low",
            "line": {"color": "#000000", "width": 1.25},
            "major_gridlines": {"visible": False},
        }
    )
    chart.set_x_axis(
        {
            "crossing": bars.base,
            "label_position": "high",
            "num_format": with_minus("£#,##0"),
            "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
        }
    )
    chart.set_plotarea({"layout": {"x": 0.5, "y": 0.1, "width": 0.46, "height": 0.72}})
    chart.set_legend({"position": "bottom"})
    return chart
