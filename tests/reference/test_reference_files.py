"""The house rule: every data file, read and judged whole; and a planted fault of each kind is found."""

import ast
import csv
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from reference_checked import CHECKED, hashes

import finmodel.reference
from finmodel.reference import ReferenceDataError, catalogue, loader, table, validate
from finmodel.reference.answers import periods
from finmodel.reference.council_datasets import COUNCIL_DATASETS
from finmodel.reference.dataset import Dataset
from finmodel.reference.datasets import DATASETS
from finmodel.reference.official import split_source
from finmodel.reference.validation import KNOWN_GAPS

PACKAGE = Path(finmodel.reference.__file__).parent
DATA = PACKAGE / "data"
REPOSITORY = PACKAGE.parent.parent

Rows = list[dict[str, str]]


def test_every_file_is_good() -> None:
    assert validate() == []


def test_every_file_is_declared_and_every_declaration_has_a_file() -> None:
    assert {path.stem for path in DATA.glob("*.csv")} == {dataset.name for dataset in DATASETS}


@pytest.mark.parametrize("path", sorted(DATA.glob("*.csv")), ids=lambda path: path.stem)
def test_house_rules(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows
    assert {"confidence", "source", "source_url", "note"} <= set(rows[0])
    for row in rows:
        assert row["confidence"] in {"published", "derived", "unverified"}
        assert row["source"]
        assert row["source_url"] == "" or row["source_url"].startswith("http")
        if row["confidence"] == "published":
            assert row["source_url"]


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.alias)
def test_every_row_is_an_answer(dataset: Dataset) -> None:
    lines = {answer.row for answer in periods(dataset.name)}
    assert lines == {row.line for row in table.read_table(dataset.name).rows}


def test_the_known_gap_is_still_one() -> None:
    rows = table.read_table("njc_pay_spine").rows
    held = {(row["year_from"], row["spine"], int(row["scp"])) for row in rows}
    assert KNOWN_GAPS
    assert not held & set(KNOWN_GAPS)


def test_the_loader_needs_no_heavy_library() -> None:
    imported = {
        name.split(".")[0]
        for path in PACKAGE.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert "csv" in imported
    assert not imported & {"pandas", "numpy", "pydantic", "yaml"}


def change(name: str, where: Callable[[dict[str, str]], bool], **cells: str) -> Callable[[Rows], Rows]:
    """A fault in `name`: the cells of the first row that fits are changed."""

    def plant(rows: Rows) -> Rows:
        row = next(row for row in rows if where(row))
        row.update(cells)
        return rows

    plant.__name__ = name
    return plant


def drop(where: Callable[[dict[str, str]], bool]) -> Callable[[Rows], Rows]:
    return lambda rows: [row for row in rows if not where(row)]


def twice(where: Callable[[dict[str, str]], bool]) -> Callable[[Rows], Rows]:
    return lambda rows: rows + [row for row in rows if where(row)][:1]


def without(column: str) -> Callable[[Rows], Rows]:
    return lambda rows: [{name: cell for name, cell in row.items() if name != column} for row in rows]


def any_row(row: dict[str, str]) -> bool:
    return True


def tax_year(text: str) -> Callable[[dict[str, str]], bool]:
    return lambda row: row["tax_year"] == text


def point(year_from: str, scp: str) -> Callable[[dict[str, str]], bool]:
    return lambda row: (row["year_from"], row["scp"]) == (year_from, scp)


FAULTS: dict[str, tuple[str, Callable[[Rows], Rows], str]] = {
    "a row twice": (
        "employer_nic",
        twice(tax_year("2019-20")),
        r"employer_nic\.csv, line 26: the same fact as line 13",
    ),
    "a salary twice": (
        "njc_pay_spine",
        twice(point("2024-04-01", "23")),
        r"the same fact as line \d+ \(2024-04-01, new",
    ),
    "a tax year gone": ("employer_nic", drop(tax_year("2019-20")), r"gap, line 12 ends on 2019-04-05"),
    "a day between": (
        "employer_nic",
        change("x", tax_year("2019-20"), from_date="2019-04-07"),
        r"line 13: gap, line 12 ends on 2019-04-05 and this starts on 2019-04-07",
    ),
    "an overlap": ("employer_nic", change("x", tax_year("2019-20"), to_date="2020-04-30"), r"line 14: overlap"),
    "no end": ("employer_nic", change("x", tax_year("2019-20"), to_date=""), r"line 14: overlap"),
    "ends before it starts": (
        "employer_nic",
        change("x", tax_year("2026-27"), to_date="2026-04-01"),
        r"line 21: ends on 2026-04-01, before it starts",
    ),
    "a pension gap": (
        "lgps_employer_rates",
        change("x", lambda row: row["from_date"] == "2020-04-01", from_date="2020-05-01"),
        r"line 3: gap, line 2 ends on 2020-03-31",
    ),
    "a year gone": ("cpi", drop(lambda row: row["period"] == "2012-13"), r"nothing between 2011 and 2013"),
    "a deflator gone": ("gdp_deflator", drop(lambda row: row["period"] == "2001"), r"nothing between 2000 and 2002"),
    "a deflator that does not fit its change": (
        "gdp_deflator",
        change("x", lambda row: row["period"] == "2001-02", index="56.4597"),
        r"2001-02 is 3\.8441% on the year before, not 2\.0%",  # 56.4597 / 54.3697 - 1
    ),
    "a deflator of another base": (
        "gdp_deflator",
        change("x", lambda row: row["period"] == "2001-02", base="2024 = 100"),
        r"2024 = 100, while other rows of the kind financial year have 2024-25 = 100",
    ),
    "a discount step gone": (
        "discount_rates",
        drop(lambda row: row["from_year"] == "76" and row["kind"] == "health"),
        r"gap or overlap, starts in year 126, not 76",
    ),
    "a schedule that stops": (
        "discount_rates",
        change("x", lambda row: row["from_year"] == "301", to_year="400"),
        r"must have no end",
    ),
    "a point gone": ("njc_pay_spine", drop(point("2024-04-01", "23")), r"gap, no point between 22 and 24"),
    "pay that falls with the point": (
        "njc_pay_spine",
        change("x", point("2024-04-01", "23"), annual_salary_gbp="23366"),
        r"point 23 is not paid more than point 22",
    ),
    "pay that falls with the years": (
        "njc_pay_spine",
        change("x", point("2024-04-01", "43"), annual_salary_gbp="51000"),
        r"point 43 is paid less than on the spine before|is not paid more than point 42",
    ),
    "a spine gone": (
        "njc_pay_spine",
        drop(lambda row: row["year_from"] == "2022-04-01"),
        r"njc_pay_awards\.csv: the award of 2022-04-01 has no spine",
    ),
    "an award gone": (
        "njc_pay_awards",
        drop(lambda row: row["effective_date"] == "2022-04-01"),
        r"njc_pay_spine\.csv: the spine of 2022-04-01 has no award",
    ),
    "a deletion too early": (
        "njc_deleted_points",
        change("x", lambda row: row["spine"] == "new", deleted_from="2021-04-01"),
        r"does not fit new point 1 of 2021-04-01",
    ),
    "an old point not assimilated": (
        "njc_assimilation_2019",
        drop(lambda row: row["old_scp"] == "30"),
        r"its old points are not those of 2018-04-01",
    ),
    "assimilation out of order": (
        "njc_assimilation_2019",
        change("x", lambda row: row["old_scp"] == "30", new_scp="22"),
        r"its new points are not those of 2019-04-01 in order",
    ),
    "a bad confidence": (
        "cpi",
        change("x", any_row, confidence="probably"),
        r"line 2: confidence: 'probably' is not one",
    ),
    "no source": ("cpi", change("x", any_row, source=""), r"line 2: source is blank"),
    "a bad link": ("levy", change("x", any_row, source_url="see intranet"), r"line 2: source_url: .* web address"),
    "out of range": (
        "employer_nic",
        change("x", tax_year("2014-15"), employer_rate_percent="138"),
        r"line 8: employer_rate_percent: 138 is outside 5 to 30",
    ),
    "not a number": ("cpi", change("x", any_row, annual_change_percent="2.2%"), r"'2\.2%' is not a number"),
    "infinite": ("cpi", change("x", any_row, annual_change_percent="nan"), r"nan is outside"),
    "not whole": ("njc_pay_spine", change("x", any_row, scp="3.5"), r"'3\.5' is not a whole number"),
    "not a date": ("employer_nic", change("x", any_row, from_date="6 April 2008"), r"'6 April 2008' is not a date"),
    "not a year": ("cpi", change("x", any_row, period="2008-10"), r"'2008-10' is not a financial year"),
    "a missing column": ("lac_rates", without("area_code"), r"lac_rates\.csv: the column area_code is missing"),
    "no confidence at all": ("agency_social_worker_rates", without("confidence"), r"the column confidence is missing"),
    "an unknown column": (
        "cpi",
        lambda rows: [{**row, "remark": ""} for row in rows],
        r"the column remark is not expected",
    ),
    "an empty file": ("cpi", lambda rows: [], r"cpi\.csv: "),
    "two prices for one placement": (
        "lac_unit_costs",
        change("x", any_row, annual_gbp="313400"),
        r"line 2: £6,102 a week and £313,400 a year are not the same price",
    ),
    "two thresholds": (
        "employer_nic",
        change("x", tax_year("2014-15"), secondary_threshold_annual_gbp="8112"),
        r"line 8: £153 a week and £8,112 a year are not the same threshold",
    ),
    "the wrong tax year": (
        "employer_nic",
        change("x", tax_year("2014-15"), tax_year="2013-14"),
        r"is not in the tax year",
    ),
    "a total that is not": (
        "lgps_employer_rates",
        change("x", any_row, total_rate_percent_of_pay="24.6"),
        r"line 2: 17\.0 \+ 6\.6 is not 24\.6",
    ),
    "a rate that is not": (
        "lac_rates",
        change("x", lambda row: row["area"] == "Wolverhampton", rate_per_10000_under_18="130"),
        r"625 of 60,566 is 103\.2, not 130",
    ),
    "neither number nor rate": (
        "lac_rates",
        change("x", lambda row: row["at_31_march"] == "2018", number_looked_after="", rate_per_10000_under_18=""),
        r"neither a number nor a rate",
    ),
}


def write(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0] if rows else [])
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data files; of the long tables of every council, the beginnings."""
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    for long in (path for path in copy.glob("*.csv") if path.stem in {each.name for each in COUNCIL_DATASETS}):
        with long.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        write(long, rows[:30])
    return copy


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str, folder: Path) -> None:
    stem, plant, expected = FAULTS[fault]
    path = folder / f"{'apprenticeship_levy' if stem == 'levy' else stem}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    write(path, plant(rows))
    problems = validate(folder)
    assert any(re.search(expected, problem) for problem in problems), problems


def test_a_copy_without_faults_has_none(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        write(path, rows)
    assert validate(folder) == []


def test_every_fault_is_listed_at_once(folder: Path) -> None:
    (folder / "cpi.csv").unlink()
    levy = folder / "apprenticeship_levy.csv"
    levy.write_text(levy.read_text(encoding="utf-8").replace("0.5,15000", "50,15000"), encoding="utf-8")
    problems = validate(folder)
    assert "cpi.csv is missing" in problems
    assert any("rate_percent: 50 is outside 0 to 5" in problem for problem in problems)


def test_a_line_with_a_cell_too_many(folder: Path) -> None:
    with (folder / "cpi.csv").open("a", encoding="utf-8") as stream:
        stream.write("2036,calendar year,2.0\n")
    assert validate(folder) == ["cpi.csv: line 39 has more or fewer cells than the header"]


def test_the_files_are_those_that_were_checked() -> None:
    """After a change of a data file: python tests/reference_checked.py"""
    assert json.loads(CHECKED.read_text(encoding="utf-8")) == hashes()


def test_rows_picked_are_those_of_the_whole_file() -> None:
    rows = [row for row in loader.load("looked_after_children") if row["dfe_code"] == "336"]
    assert len(rows) > 10
    assert list(loader.rows_with("looked_after_children", "dfe_code", "336")) == rows
    assert loader.rows_with("looked_after_children", "dfe_code", "33") == ()


def test_picking_rows_of_a_faulty_file_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "councils.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",published,", ",certain,"), encoding="utf-8")
    monkeypatch.setattr(table, "data_folder", lambda: folder)
    caches = (loader.load, loader._lines, loader.rows_with)
    for each in caches:
        each.cache_clear()
    with pytest.raises(ReferenceDataError, match=r"councils\.csv, line 2: confidence: 'certain'"):
        loader.rows_with("councils", "dfe_code", "336")
    for each in caches:
        each.cache_clear()


def test_loading_a_faulty_file_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "apprenticeship_levy.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("published", "certain"), encoding="utf-8")
    monkeypatch.setattr(table, "data_folder", lambda: folder)
    loader.load.cache_clear()
    with pytest.raises(ReferenceDataError, match=r"apprenticeship_levy\.csv, line 2: confidence: 'certain'"):
        loader.load("levy")
    loader.load.cache_clear()


def test_the_page_for_finance_officers_counts_what_is_there() -> None:
    page = (REPOSITORY / "docs" / "reference.md").read_text(encoding="utf-8")
    for info in catalogue():
        years = info.first if info.first == info.last else f"{info.first} to {info.last}"
        cells = (f"`{info.alias}`", info.title, years or "–", info.published, info.derived, info.unverified)
        assert f"| {' | '.join(str(cell) for cell in cells)} |" in page
        assert f"## {info.title}" in page
        assert info.what in page
        assert info.missing in page


@pytest.mark.parametrize(
    ("written", "official", "how"),
    [
        ("SecEd, quoting NAO Children in care (27 November 2014)", "NAO Children in care (27 November 2014)", "SecEd"),
        ("HMRC rates table reproduced by kiqi.co.uk", "HMRC rates table", "kiqi.co.uk"),
        (
            "DfE, Children looked after, 2025 release (carried in the DfE dashboard)",
            "DfE, Children looked after, 2025 release",
            "carried in the DfE dashboard",
        ),
        ("ONS, CPI index D7BT, as carried in a repository (data/x.csv)", "ONS, CPI index D7BT", "(data/x.csv)"),
        (
            "LGPS Scheme Advisory Board, 2019 valuations report",
            "LGPS Scheme Advisory Board, 2019 valuations report",
            "",
        ),
        ("Care Appointments, quoting the County Councils Network", "County Councils Network", "Care Appointments"),
    ],
)
def test_a_paper_names_the_official_source(written: str, official: str, how: str) -> None:
    found, reached = split_source(written)
    assert found == official
    assert how in reached


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.alias)
def test_no_source_names_who_carried_the_figure(dataset: Dataset) -> None:
    carriers = re.compile(r"carried (in|by)|repository|reproduced by|quoting|transcribed", re.IGNORECASE)
    named = {row.source for row in table.read_table(dataset.name).rows if carriers.search(row.source)}
    assert named <= {"Assumption in a public repository, not a council"}  # which is where that figure was made
