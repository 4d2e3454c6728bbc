"""The tornado: bars around what is stated, on the page, in Word and in Excel, from figures given by hand."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from xml.etree import ElementTree

import pytest

from finmodel.document.chart_shapes import Box, Chart, Rule, Words
from finmodel.document.word_chart import two_sided
from finmodel.report.line_sheets import Formats, new_workbook
from finmodel.report.tornado_chart import PHONE, TornadoOf, tornado_chart
from finmodel.report.tornado_sheet import write_tornado
from finmodel.results.uncertainty import BarResult

BASE = 100_000.0


def bar(label: str, at_low: float, at_high: float) -> BarResult:
    return BarResult(label, label, "stated", 1.0, "1", 2.0, "2", "1 to 2", at_low, at_high, abs(at_high - at_low))


BARS = (bar("Children", -300_000.0, 500_000.0), bar("Cost", 250_000.0, -50_000.0), bar("Cash", 40_000.0, BASE))


@pytest.fixture(params=[None, PHONE])
def chart(request: pytest.FixtureRequest) -> Chart:
    drawn = TornadoOf("A team", BASE, "March 2031", "the range that the case states", BARS)
    return tornado_chart(drawn, "1") if request.param is None else tornado_chart(drawn, "1", request.param)


def test_every_side_goes_from_what_is_stated_to_its_end_to_scale(chart: Chart) -> None:
    boxes = [shape for shape in chart.shapes if isinstance(shape, Box)]
    base = next(shape.x1 for shape in chart.shapes if isinstance(shape, Rule) and shape.kind == "nil")
    # Three bars of two sides, but for the one whose high is what is stated; low plain and high hatched by their kind.
    assert sorted(box.kind for box in boxes) == ["high", "high", "low", "low", "low"]
    wide = {(round(box.y), box.kind): (box.x, box.x + box.width) for box in boxes}
    rows = sorted({y for y, _ in wide})
    a_pound = wide[rows[0], "low"][1] - wide[rows[0], "low"][0]
    a_pound /= 400_000
    for row, each in zip(rows, BARS, strict=True):
        for kind, end in (("low", each.at_low), ("high", each.at_high)):
            if end == BASE:
                continue
            left, right = wide[row, kind]
            assert (left if end > BASE else right) == pytest.approx(base, abs=0.2)
            assert right - left == pytest.approx(abs(end - BASE) * a_pound, abs=0.3)
    assert [box.kind for box in boxes if box.x < base - 1] == ["low", "high", "low"]


def test_all_of_it_is_within_the_drawing(chart: Chart) -> None:
    letter = 8.8 if chart.width == PHONE else 7.8
    for shape in chart.shapes:
        if isinstance(shape, Words) and shape.kind == "value":
            wide = letter * len(shape.text)
            left = shape.x - (wide if shape.anchor == "end" else 0)
            assert left >= -1
            assert left + wide <= chart.width + 1
        assert not isinstance(shape, Box) or 0 <= shape.x <= shape.x + shape.width <= chart.width


def test_word_draws_the_same_figures_from_the_same_base(chart: Chart) -> None:
    assert chart.bars is not None
    drawn = ElementTree.fromstring(two_sided(chart.bars))
    space = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    values = [[float(v.text or "") for v in each.iter(f"{space}v")] for each in drawn.iter(f"{space}val")]
    assert values == [[each.at_low for each in BARS], [each.at_high for each in BARS]]
    category = next(drawn.iter(f"{space}catAx"))
    assert float(category.find(f"{space}crossesAt").get("val")) == BASE  # type: ignore[union-attr, arg-type]
    assert "pattFill" in two_sided(chart.bars).decode()


def test_excel_draws_it_from_cells_that_hold_the_figures(chart: Chart) -> None:
    target = BytesIO()
    book = new_workbook(target, datetime(2026, 4, 1), "A case")
    page = book.add_worksheet("Sensitivity")
    write_tornado(book, page, 5, chart, (38, 16, 16, 16), Formats(book))
    book.close()
    with zipfile.ZipFile(target) as archive:
        drawn = archive.read("xl/charts/chart1.xml").decode()
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    cells = {name: float(value) for name, value in re.findall(r'<c r="([BC]\d+)" s="\d+"><v>(-?\d+)</v>', sheet)}
    for column, ends in (("B", [each.at_low for each in BARS]), ("C", [each.at_high for each in BARS])):
        assert f"<c:f>Sensitivity!${column}$8:${column}$10</c:f>" in drawn
        assert [cells[f"{column}{row}"] for row in (8, 9, 10)] == ends
    assert f'<c:crossesAt val="{BASE:.0f}' in drawn
