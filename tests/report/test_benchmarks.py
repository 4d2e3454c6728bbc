"""A council named by its code: its published figures stand beside the case's own, and no sum uses them."""

from __future__ import annotations

import csv
import json
from io import BytesIO
from pathlib import Path
from statistics import median

import openpyxl
import pytest
from paper_results import INPUTS
from plain_results import results

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.appraisal.plausibility import warnings_of
from finmodel.case import load_case
from finmodel.parsing.problems import ProblemsError
from finmodel.report.page import render_page
from finmodel.report.workbook import render_workbook
from finmodel.results.assurance import assurance

DATA = Path(__file__).parents[2] / "finmodel" / "reference" / "data"
NAMED = "council: {name: City of Wolverhampton Council, authority: E08000031}"


def appraised(folder: Path, council: str, *changes: tuple[str, str]) -> Appraisal:
    text = (INPUTS / "wolverhampton-2015" / "case.yaml").read_text(encoding="utf-8")
    plain = next(line for line in text.splitlines() if line.startswith("council:"))
    for old, new in ((plain, council), *changes):
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    return appraise(load_case(folder))


def table(file: str) -> list[dict[str, str]]:
    with (DATA / f"{file}.csv").open(encoding="utf-8") as rows:
        return list(csv.DictReader(rows))


def test_the_newest_figures_before_the_meeting_stand_beside_the_case(tmp_path: Path) -> None:
    found = {each.name: each for each in assurance(appraised(tmp_path, NAMED)).benchmarks}
    # Department for Education, children looked after, 31 March 2014: Wolverhampton and England
    assert found["children"].published == "772"
    assert found["children"].england == "68,810"
    assert found["children"].period == "at 31 March 2014"
    models = [row for row in table("statistical_neighbours") if row["model"] == "May 2025" and row["dfe_code"] == "336"]
    like_it = {row["neighbour_dfe_code"] for row in models}
    numbers = [
        float(row["number_31_march"])
        for row in table("looked_after_children")
        if row["dfe_code"] in like_it and row["year_ending_31_march"] == "2014"
    ]
    assert len(numbers) == 10
    assert found["children"].neighbours == f"{median(numbers):,.1f} ({min(numbers):.0f} to {max(numbers):.0f}, of 10)"
    assert found["looked_after_week"].stated == ("Average looked-after child: £40,000 a year, 2014/15 prices",)
    assert found["looked_after_week"].published == "£799"
    assert "special guardianship" in found["looked_after_week"].note
    assert "csv" not in found["looked_after_week"].source


def test_no_sum_uses_them(tmp_path: Path) -> None:
    plain, named = tmp_path / "plain", tmp_path / "named"
    plain.mkdir()
    named.mkdir()
    without = results(appraised(plain, "council: City of Wolverhampton Council"))
    assert without["assurance"]["benchmarks"] == []
    with_code = results(appraised(named, NAMED))
    assert with_code["case"] == without["case"]
    added = with_code["lines"].keys() - without["lines"].keys()
    assert {address.partition(".")[0] for address in added} <= {"evidence", "record"}
    assert any(address.startswith("record.") for address in added)
    assert json.dumps(with_code["lines"] | without["lines"]) == json.dumps(with_code["lines"])
    records = [benefit.pop("record") for option in with_code["options"] for benefit in option["benefits"]]
    assert records
    assert json.dumps(with_code["options"]) == json.dumps(without["options"])


def test_page_and_workbook_show_the_same_table(tmp_path: Path) -> None:
    appraisal = appraised(tmp_path, NAMED)
    page = render_page(appraisal)
    sheet = openpyxl.load_workbook(BytesIO(render_workbook(appraisal)))["Assurance"]
    shown = {str(cell.value) for row in sheet for cell in row}
    for text in ("Beside published figures", "Children looked after", "at 31 March 2014", "68,810"):
        assert text in page
        assert text in shown


def test_a_pension_certificate_stands_beside_the_stated_rate(tmp_path: Path) -> None:
    # 19.0% primary and -4.1% secondary, valuation of 31 March 2025: 14.9% is charged on pay
    case = tmp_path / "case.yaml"
    case.write_text(
        "title: A case\ncouncil: {name: Wolverhampton, authority: '336'}\nprice_base: 2026/27\nfirst_year: 2026/27\n"
        "years: 1\ndiscounting: {rate: 3.5%}\non_costs: {employer_pension: 20%}\n"
        "grades: {sw: {label: Social worker, salary: 40000}}\n"
        "options: [{id: one, title: One, posts: [{id: post, title: Post, fte: 1, grade: sw}]}]\n",
        encoding="utf-8",
    )
    found = next(each for each in assurance(appraise(load_case(tmp_path))).benchmarks if each.name == "pension")
    assert found.published == "14.9%, of which primary rate 19%"
    assert found.stated == ("20.0%, 2026/27",)


def test_a_code_that_no_council_has_is_a_problem_that_gives_the_right_one(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as caught:
        appraised(tmp_path, "council: {name: City of Wolverhampton Council, authority: E08000099}")
    assert "E08000099" in str(caught.value)
    assert "Write E08000031, that of Wolverhampton." in str(caught.value)


def test_another_councils_code_is_asked_about(tmp_path: Path) -> None:
    def found(folder: str, council: str) -> list[str]:
        (tmp_path / folder).mkdir()
        return [each.what for each in warnings_of(appraised(tmp_path / folder, council)) if "code of" in each.what]

    assert found("other", "council: {name: City of Wolverhampton Council, authority: E08000025}") == [
        "`E08000025` is the code of Birmingham, and the case is of City of Wolverhampton Council"
    ]
    assert found("own", NAMED) == []


def test_a_newer_issue_that_was_expected_by_the_meeting_is_asked_about(tmp_path: Path) -> None:
    def found(folder: str, date: str) -> list[str]:
        (tmp_path / folder).mkdir()
        case = appraised(tmp_path / folder, "council: A council", ("date: 2015-01-20", f"date: {date}"))
        return [each.what for each in warnings_of(case) if "newer ones were expected" in each.what]

    assert found("then", "2015-01-20") == []
    late = found("late", "2026-12-01")
    assert any(what.startswith("GDP deflator are those known on 31 March 2026") for what in late)
