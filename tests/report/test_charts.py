"""Charts: what is drawn stands where its value says, and every chart says in words what it shows."""

from __future__ import annotations

import itertools

import pytest
from page_cases import MADE, SHIPPED, appraisal, found, page, read, rows_of
from plain_results import found_once, typed

from finmodel.document.chart_shapes import Box, Chart, Dot, Path, Rule, Scale, Words
from finmodel.report.charts import by_year, ladder
from finmodel.report.cumulative_chart import cumulative


def words(chart: Chart, kind: str) -> list[str]:
    return [shape.text for shape in chart.shapes if isinstance(shape, Words) and shape.kind == kind]


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0.0, 100.0], [0, 20, 40, 60, 80, 100]),
        ([15_288.0, -15_341.0], [-20_000, -10_000, 0, 10_000, 20_000]),
        ([-944_248.0], [-1_000_000, -800_000, -600_000, -400_000, -200_000, 0]),
        ([0.0], [0, 0.2, 0.4, 0.6, 0.8, 1]),
        ([504_712.0, 539_625.0], [0, 200_000, 400_000, 600_000]),
    ],
)
def test_a_scale_takes_in_nil_and_every_value_between_round_numbers(values: list[float], ticks: list[float]) -> None:
    scale = Scale.over(values, 300, 20)
    assert scale.ticks == pytest.approx(ticks)
    assert (scale.at(scale.low), scale.at(scale.high)) == (300, 20)


def test_ticks_are_in_a_unit_that_can_be_read() -> None:
    scales = [Scale.over([most], 0, 100) for most in (900.0, 90_000.0, 9_000_000.0, 1_999.0)]
    assert [scale.unit[1] for scale in scales] == ["£", "£ thousand", "£ million", "£ thousand"]
    assert Scale.over([-2_500_000.0], 0, 100).tick_text(-2_500_000) == "−2.5"


def test_the_payback_month_is_marked_where_the_line_is() -> None:
    results = typed(found("forecast"))
    chart = cumulative(results)
    quick, slow = results.options[1], results.options[2]
    assert quick.measures.payback.month is not None
    marks = [shape for shape in chart.shapes if isinstance(shape, Dot) and shape.kind == "paid"]
    lines = [shape for shape in chart.shapes if isinstance(shape, Path)]
    paid = [option for option in (quick, slow) if option.measures.payback.month]
    assert len(marks) == len(paid)
    assert len(lines) == 2
    points = {tuple(map(float, point.split(","))) for line in lines for point in line.points.split()}
    assert all((mark.x, mark.y) in points for mark in marks)
    labels = [text for text in words(chart, "value") if "paid back for good" in text]
    # quick: £60,000 a year and £20,000 are £50,000 out by September; £22,500 a month comes in from October, £5,000 goes
    # out. slow: £65,000 by September; £13,500 comes in, £7,500 goes out
    assert labels == ["A paid back for good: December 2015", "B paid back for good: August 2016"]


def test_lines_that_pay_back_in_one_month_share_a_label() -> None:
    chart = cumulative(found_once(appraisal("crowd")))
    labels = [text for text in words(chart, "value") if "paid back" in text]
    assert labels == ["20 lines paid back for good: December 2015"]
    assert len([shape for shape in chart.shapes if isinstance(shape, Dot) and shape.kind == "paid"]) == 20


def test_options_that_are_alike_are_one_line_with_all_their_names() -> None:
    chart = cumulative(typed(found("wolverhampton-2015")))
    assert len([shape for shape in chart.shapes if isinstance(shape, Path)]) == 1
    (key,) = chart.legend
    assert key.text == "Three options, one line: same figures"
    assert words(chart, "value") == ["−£15,341"]
    assert "The zero line is business as usual: Option 4: Maintain current status quo." in chart.note


def test_a_line_goes_through_every_month() -> None:
    results = typed(found("darlington-2010"))
    chart = cumulative(results)
    (line,) = [shape for shape in chart.shapes if isinstance(shape, Path)]
    points = [tuple(map(float, point.split(","))) for point in line.points.split()]
    running = results.options[0].by_month["cumulative_net_saving"]
    assert len(points) == len(running) + 1
    heights = [y for _, y in points]
    assert heights == sorted(heights)
    across = [after - before for (before, _), (after, _) in itertools.pairwise(points)]
    assert across == pytest.approx([across[0]] * len(across), abs=0.11)


def test_bars_are_as_tall_as_their_values() -> None:
    results = typed(found("wolverhampton-2015"))
    option = results.options[0]
    chart = by_year(results, [option], 1)
    bars = {kind: [s for s in chart.shapes if isinstance(s, Box) and s.kind == kind] for kind in ("cost", "saving")}
    for kind, name in (("cost", "cost"), ("saving", "cashable_saving")):
        ratios = [bar.height / value for bar, value in zip(bars[kind], option.by_year[name], strict=True)]
        assert ratios == pytest.approx([280 / 600_000] * 4, rel=1e-3)
    assert words(chart, "value")[:4] == ["£504,712", "£521,805", "£529,199", "£539,625"]


def test_bars_of_a_cheaper_option_hang_down() -> None:
    results = typed(found("hanging"))
    cheap = next(option for option in results.options if option.id == "cheap")
    chart = by_year(results, [cheap], 1)
    nil = next(shape.y1 for shape in chart.shapes if isinstance(shape, Rule) and shape.kind == "nil")
    bars = [shape for shape in chart.shapes if isinstance(shape, Box) and shape.kind == "cost"]
    assert [bar.y for bar in bars] == [nil] * 3
    assert words(chart, "value")[0] == "−£650,000"


def test_the_ladder_goes_down_to_what_is_left() -> None:
    results = typed(found("forecast"))
    option = next(option for option in results.options if option.id == "quick")
    chart = ladder(results, [option], 1)
    assert chart is not None
    assert words(chart, "rung") == [
        "Gross saving",
        "After deadweight",
        "After optimism bias",
        "Cashable saving",
        "Less cost",
        "Net saving",
    ]
    # ten children at £50,000 for four years but the first six months; a fifth, a tenth of the rest and a quarter of
    # that are taken off; four years at £60,000 and £20,000 to begin with
    assert words(chart, "value") == ["£1,750,000", "£1,400,000", "£1,260,000", "£945,000", "£260,000", "£685,000"]
    widths = [shape.width for shape in chart.shapes if isinstance(shape, Box) and shape.kind == "saving"]
    assert [width / widths[0] for width in widths] == pytest.approx([1, 0.8, 0.72, 0.54], abs=0.002)
    assert len([shape for shape in chart.shapes if isinstance(shape, Box) and shape.kind == "removed"]) == 3


def test_without_a_saving_there_is_no_ladder() -> None:
    results = typed(found("darlington-2010"))
    assert ladder(results, results.options[:1], 1) is None
    assert "No saving is claimed, so there is no ladder" in page("darlington-2010")


@pytest.mark.parametrize("name", [*SHIPPED, *MADE])
def test_every_chart_has_a_title_a_description_and_its_figures(name: str) -> None:
    figures = read(page(name)).all("figure")
    assert figures
    for figure in figures:
        chart = next(each for each in figure.all("svg") if each.attributes.get("role") == "img")
        assert len(chart.all("title")[0].text()) > 10
        assert len(chart.all("desc")[0].text()) > 10
        assert chart.attributes["aria-labelledby"].split() == [
            chart.all("title")[0].attributes["id"],
            chart.all("desc")[0].attributes["id"],
        ]
        assert rows_of(figure.all("table")[0])


@pytest.mark.parametrize("name", [*SHIPPED, "forecast", "hanging", "millions"])
def test_figures_written_in_a_chart_are_in_its_table(name: str) -> None:
    for figure in read(page(name)).all("figure"):
        cells = {cell for row in rows_of(figure.all("table")[0]).values() for cell in row}
        for text in figure.all("text", "value"):
            if "£" in text.text():  # the rest name the month in which a line is paid back
                assert text.text().split()[-1] in cells


def test_a_long_case_shows_its_years_and_not_every_month() -> None:
    chart = cumulative(found_once(appraisal("crowd")))
    assert len(chart.table.rows) == 30
    assert chart.table.rows[0].header == "End of 2015/16"
