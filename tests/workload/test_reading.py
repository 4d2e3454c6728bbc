"""Tables as councils have them: forms, quarters, signs, and every problem with its place."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from finmodel.parsing.numbers import UnreadableError
from finmodel.parsing.problems import ProblemsError
from finmodel.workload.figures import LineKey
from finmodel.workload.load import load_workload
from finmodel.workload.published import ShownReport, published_workload
from finmodel.workload.quarters import Quarter, every_quarter, quarter_from

SEPTEMBER = Quarter(2018, 2)


@pytest.mark.parametrize(
    "written",
    [
        "Q2 2018/19", "q2 2018-19", "Quarter 2 2018/2019", "2018/19 Q2", "Qtr 2, 2018/19", "FY 2018/19 Q2",
        "30/09/2018", "30.9.18", "2018-09-30", "2018-09", "30th Sept 2018", "30 September 2018", "Sept 2018",
        "September 2018", "Sep 18", "July to September 2018", "Jul-Sep 2018", "Quarter ending 30 Sep 2018",
        "as at 30/09/2018", "2018-09-30 00:00:00", date(2018, 9, 30), datetime(2018, 9, 30),
    ],
)  # fmt: skip
def test_a_quarter_is_read_however_it_is_written(written: object) -> None:
    assert quarter_from(written) == SEPTEMBER


@pytest.mark.parametrize(("day", "name"), [("31 March 2018", "Q4 2017/18"), ("30 June 2018", "Q1 2018/19")])
def test_quarters_are_of_the_financial_year(day: str, name: str) -> None:
    assert quarter_from(day).name == name
    assert quarter_from(name).words == day


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("Q3 2018", "calendar or of the financial year"),
        ("31 July 2018", "not the end of a quarter"),
        ("29/09/2018", "not the end of a quarter"),
        ("09/30/2018", "no month 30"),
        ("Q2 2018/20", "do not follow each other"),
        ("May to September 2018", "not three"),
        ("last autumn", "not a quarter"),
        ("", "not a quarter"),
        (43373, "not a quarter"),
    ],
)
def test_what_could_be_another_quarter_is_asked_about(written: object, what: str) -> None:
    with pytest.raises(UnreadableError, match=what):
        quarter_from(written)


def test_a_quarter_that_nobody_gave_is_there() -> None:
    found = every_quarter([Quarter(2018, 2), Quarter(2017, 4)])
    assert [quarter.short for quarter in found] == ["Mar 2018", "Jun 2018", "Sep 2018"]


LONG = """Workforce return
,,,
Quarter ending,Measure,Team,Value
30/06/2018,Agency social workers,North,"1,204"
30/06/2018,Agency social workers,South,6
30/09/2018,Agency social workers,North,-
30/09/2018,Agency social workers,South,9
"""
DOWN = "quarter;section;agency\nQ1 2018/19;North;1,204\nQ1 2018/19;South;6\nQ2 2018/19;North;-\nQ2 2018/19;South;9\n"
ACROSS = """Measure,Team,June 2018,Sept 2018
Agency,North,"1,204",-
Agency,South,6,9
"""


def texts(report: ShownReport, measure: str, section: str = "") -> list[str]:
    line = next(each for each in report.lines if each.key == LineKey(measure, section))
    return [line.text(place) for place in range(len(report.quarters))]


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("text", [LONG, DOWN, ACROSS], ids=["long", "down", "across"])
def test_each_form_gives_the_same(text: str, tmp_path: Path) -> None:
    report = published_workload(load_workload(written(tmp_path / "t.csv", text)))
    assert texts(report, "agency", "North") == ["1,204", "–"]
    assert texts(report, "agency", "South") == ["6", "9"]
    assert texts(report, "agency") == ["1,210", "–"]  # a hyphen is not 0, so there is no whole


def test_a_workbook_is_read_with_its_dates_and_percentages(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Data"
    sheet.append(["Measure", datetime(2018, 6, 30), datetime(2018, 9, 30)])
    sheet.append(["Vacant posts", 3, 5])
    sheet.append(["Assessments in time", 0.912, 0.88])
    for cell in sheet[3][1:]:
        cell.number_format = "0.0%"
    sheet.append(["Referrals", "about 20", None])
    path = tmp_path / "t.xlsx"
    book.save(path)
    with pytest.raises(ProblemsError) as caught:
        load_workload(path)
    (problem,) = caught.value.problems
    assert (problem.cell, problem.given) == ("Data!B4", "about 20")
    sheet["B4"] = 20
    book.save(path)
    report = published_workload(load_workload(path))
    assert texts(report, "assessments-in-time") == ["91.2%", "88.0%"]
    assert texts(report, "vacancies") == ["3", "5"]
    assert texts(report, "referrals") == ["20", "–"]


FAULTY = """quarter,measure,section,value
31 July 2018,agency,,5
30/09/2018,agency,,182 (170 FTE)
30/09/2018,,,4
30/09/2018,plans,,-3
30/06/2018,plans,,12
30/06/2018,Child protection plans,,13
"""
FAULTY_YAML = """council: Bradfrod
shares:
  a-share: {label: A share, part: [agncy], of: [agency]}
"""


def test_every_problem_at_once_with_its_place(tmp_path: Path) -> None:
    written(tmp_path / "t.csv", FAULTY)
    written(tmp_path / "workload.yaml", FAULTY_YAML)
    with pytest.raises(ProblemsError) as caught:
        load_workload(tmp_path)
    places = [(problem.file, problem.line) for problem in caught.value.problems]
    assert places == [("t.csv", 2), ("t.csv", 3), ("t.csv", 4), ("t.csv", 5), ("t.csv", 7),
                      ("workload.yaml", 1), ("workload.yaml", 3)]  # fmt: skip
    said = str(caught.value)
    for words in ("not the end of a quarter", "not one figure", "names no measure", "negative", "given twice",
                  "12 at t.csv, line 6", "Did you mean Bradford", "Did you mean `agency`"):  # fmt: skip
        assert words in said, words


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "no row of names"),
        ("a,b\n1,2\n", "no row of names"),
        ("quarter,measure,value,value\nQ1 2018/19,agency,1,2\n", "twice"),
        ("quarter,measure,value,region\nQ1 2018/19,agency,1,North\n", "region would be left out"),
        ('quarter,agency\nQ1 2018/19,"1\n', "quotation mark"),
        ("quarter,x\nQ1 2018/19,-\n", None),
    ],
)
def test_tables_that_cannot_be_read(text: str, what: str | None, tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", text)
    if what is None:
        assert texts(published_workload(load_workload(path)), "x") == ["–"]
        return
    with pytest.raises(ProblemsError, match=what):
        load_workload(path)


PLAUSIBLE = """measure,section,Q1 2018/19,Q2 2018/19
{}
"""


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        ("referrals,,2100,2.1", "Query the unit"),
        ("referrals,,2100,210", ""),  # a tenfold fall can be so
        ("referrals,,0,900", ""),
        ("plans,,2,1000", "Query the unit"),
        ("agency,,10,12\nagency-under-3-months,,3,14", "more than its whole"),
        ("staff-fte,,100,100\nstaff-fte,North,60,70\nstaff-fte,South,40,40", "which is more"),
        ("staff-fte,,100,100\nstaff-fte,North,60,60\nstaff-fte,South,40,39.9", ""),  # rounding
        ("staff-fte,Service,100,104\nstaff-fte,North,60,62\nstaff-fte,South,40,42", "leave its section empty"),
        ("staff-fte,Service,100,104\nstaff-fte,North,60,80\nstaff-fte,South,40,42", ""),
        ("social-workers,,20,20\nsocial-workers-fte,,18,22", "exchanged"),
        ("plans,,100,90\nplans-started,,10,20\nplans-ended,,10,130", "120 were there"),
        ("plans,,100,90\nplans-started,,10,20\nplans-ended,,10,30", ""),
        ("Seen in time %,,0.92,0.88", "0.88%"),
        ("Seen in time,,0.4%,0.5%", ""),
    ],
)
def test_what_looks_odd_is_asked_about_and_what_can_be_so_is_not(rows: str, asked: str, tmp_path: Path) -> None:
    report = published_workload(load_workload(written(tmp_path / "t.csv", PLAUSIBLE.format(rows))))
    if asked:
        assert len(report.queries) == 1
        assert asked in report.queries[0]
        assert "t.csv, line" in report.queries[0]
    else:
        assert report.queries == ()


def test_the_same_query_of_several_quarters_is_made_once(tmp_path: Path) -> None:
    rows = PLAUSIBLE.format("social-workers,,20,20\nsocial-workers-fte,,21,22")
    report = published_workload(load_workload(written(tmp_path / "t.csv", rows)))
    assert len(report.queries) == 1
    assert "at 30 September 2018, and likewise at 1 other quarter." in report.queries[0]


def test_averages_of_sections_are_pooled_and_shares_have_one_base(tmp_path: Path) -> None:
    """40 cases of 2 FTE and 30 of 1: 70 ÷ 3 = 23.3, and not (20 + 30) ÷ 2."""
    rows = "quarter,section,social-worker-cases,case-holders-fte\nQ1 2018/19,North,40,2\nQ1 2018/19,South,30,1\n"
    report = published_workload(load_workload(written(tmp_path / "t.csv", rows)))
    found = {section: texts(report, "cases-per-social-worker", section) for section in ("", "North", "South")}
    assert found == {"": ["23.3"], "North": ["20.0"], "South": ["30.0"]}


def test_a_year_has_a_figure_where_its_four_quarters_have(tmp_path: Path) -> None:
    rows = "measure,30/06/2017,30/09/2017,31/12/2017,31/03/2018,30/06/2018\nreferrals,10,20,30,40,50\nassessments,1,,3,4,5\n"
    report = published_workload(load_workload(written(tmp_path / "t.csv", rows)))
    assert texts(report, "referrals-year") == ["–", "–", "–", "100", "140"]
    assert not any(line.key.measure == "assessments-year" and any(line.values) for line in report.lines)
