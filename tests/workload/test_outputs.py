"""The outputs of a report: the same figures in each, live in the workbook, with gaps where there are none."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from recalculation import by_ironcalc, disagreements

from finmodel.cli import main
from finmodel.workload.as_data import as_csv, as_json
from finmodel.workload.charts import chart_of, runs
from finmodel.workload.document import recent_table
from finmodel.workload.load import load_workload
from finmodel.workload.page import render_page
from finmodel.workload.paper import render_paper
from finmodel.workload.published import ShownReport, published_workload
from finmodel.workload.workbook import formula_cells, render_workbook

ROWS = """quarter,section,agency,social-workers,referrals,staff-fte,sickness-days,Seen in time
Q1 2023/24,North,8,40,310,20.5,61,91%
Q1 2023/24,South,9,31,250,30,70,88%
Q2 2023/24,North,9,41,300,20.5,60.5,92%
Q2 2023/24,South,3,30,251,30,71,88%
Q4 2023/24,North,9,44,320,21,55,90%
Q4 2023/24,South,9,30,240,29,70,87%
Q1 2024/25,North,12,44,335,21,50,90%
Q1 2024/25,South,9,36,260,28,84,87%
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("workload")
    (found / "quarters.csv").write_text(ROWS, encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def report(folder: Path) -> ShownReport:
    return published_workload(load_workload(folder))


@pytest.mark.parametrize("suppress", [False, True])
def test_the_workbook_recalculated_by_another_engine_shows_what_is_stored(tmp_path: Path, suppress: bool) -> None:
    compared = tmp_path / "with-council"
    compared.mkdir()
    (compared / "quarters.csv").write_text(ROWS, encoding="utf-8")
    (compared / "workload.yaml").write_text("council: Bradford\n", encoding="utf-8")
    report = published_workload(load_workload(compared), suppress=suppress)
    path = tmp_path / "report.xlsx"
    path.write_bytes(render_workbook(report))
    cells = list(formula_cells(report))
    assert len(cells) > 60
    assert disagreements(cells, by_ironcalc(path)) == []


def test_a_quarter_without_a_return_is_missing_everywhere(report: ShownReport) -> None:
    """Q3 2023/24 has no row: a column of dashes, no line across, no change to or from it."""
    assert [quarter.name for quarter in report.missing] == ["Q3 2023/24"]
    group = next(group for group in report.groups if group.id == "profile")
    table = recent_table(report, group)
    assert {row.cells[2].text for row in table.rows if row.kind != "group"} == {"–"}
    chart = chart_of(report, group)
    assert chart is not None
    assert [list(run) for run in runs(chart.values(chart.lines[0]))] == [[0, 1], [3, 4]]
    drawn = chart.drawn()
    assert drawn.note == "A gap in a line is a quarter without a figure."
    assert "with 1 quarter between without a figure" in drawn.desc
    page = render_page(report)
    lines = re.findall(r'<polyline points="([^"]+)"', page)
    assert lines
    assert max(len(points.split()) for points in lines) == 2


def test_csv_and_json_have_the_figures_of_the_page_and_are_read_again(report: ShownReport, tmp_path: Path) -> None:
    text = as_csv(report)
    rows = list(csv.DictReader(io.StringIO(text)))
    data = json.loads(as_json(report))
    assert len(rows) == len(report.lines) * 5 == len(data["lines"]) * len(data["quarters"])
    by_csv = {(row["measure"], row["section"], row["quarter"]): row["value"] for row in rows}
    for line in data["lines"]:
        for quarter, value in zip(data["quarters"], line["values"], strict=True):
            found = by_csv[line["measure"], line["section"], quarter["name"]]
            assert (float(found) if found else None) == value
    (tmp_path / "again.csv").write_text(text, encoding="utf-8")
    again = published_workload(load_workload(tmp_path))
    before = {line.key: line.values for line in report.lines if line.kind in ("given", "sum")}
    assert {line.key: line.values for line in again.lines if line.key in before} == before


def test_changes_are_said_in_words_of_what_the_figures_are(report: ShownReport) -> None:
    lines = {(line.key.measure, line.key.section): line for line in report.lines}
    assert lines["agency", "North"].change_words(4, 1) == "up 3"
    assert lines["agency", "South"].change_words(4, 1) == "no change"
    assert lines["agency", "South"].change_words(3, 1) == "–"
    assert lines["seen-in-time", "North"].change_words(4, 4) == "down 1 point"
    assert lines["days-lost-per-fte", "South"].change_words(4, 1) == "up 0.59, worse"  # 84/28 less 70/29 = 0.586
    assert lines["days-lost-per-fte", ""].text(4) == "2.73"  # (50 + 84) / (21 + 28)


def test_a_section_without_a_whole_bears_the_name_of_its_measure(report: ShownReport) -> None:
    """A percentage of two sections has no whole; agency workers of two sections have one, and stand below it."""
    tables = {group.id: recent_table(report, group) for group in report.groups}
    assert [row.header for row in tables["other"].rows] == ["Seen in time: North", "Seen in time: South"]
    headers = [row.header for row in tables["profile"].rows]
    assert headers[headers.index("Agency social workers") :][:3] == ["Agency social workers", "North", "South"]


def test_a_report_without_a_figure_says_so(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("measure,Q1 2018/19,Q2 2018/19\nreferrals,x,-\n", encoding="utf-8")
    report = published_workload(load_workload(tmp_path))
    assert "No figure is given for the quarter to 30 September 2018." in render_page(report)
    assert render_paper(report)


def test_the_command_writes_all_or_nothing(folder: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke
    done = run(main, ["workload", str(folder), "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "report.html", "report.docx", "report.xlsx", "workload.csv", "workload.json",
    }  # fmt: skip
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("quarter,agency\nQ3 2018,4\n", encoding="utf-8")
    assert run(main, ["workload", str(wrong), "--out", str(tmp_path / "none")]).exit_code == 1
    assert not (tmp_path / "none").exists()
    usage = run(main, ["workload", str(folder), "--earlier", str(wrong)])
    assert usage.exit_code == 2
    assert "--earlier serves --suppress alone" in usage.output
