"""A workbook of finmodel's in the place of a case: the same figures as from the folder, or a problem that says why not."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import shipped_cases
from click.testing import CliRunner, Result

from finmodel.audit.workbooks.as_case import is_workbook, load_case_or_workbook
from finmodel.case import ProblemsError, load_case
from finmodel.cli import main
from finmodel.report.case_sheet import SHEET

CASE = Path(__file__).parents[3] / "inputs" / "darlington-2010"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture(scope="module")
def content() -> bytes:
    return shipped_cases.workbook_of(CASE.name)


@pytest.fixture
def workbook(content: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "came-by-post.xlsx"
    path.write_bytes(content)
    return path


def edited(content: bytes, path: Path, sheet: str, cell: str, value: object) -> Path:
    book = openpyxl.load_workbook(BytesIO(content))
    book[sheet][cell] = value
    book.save(path)
    return path


def test_it_is_the_case_of_the_folder_byte_for_byte(workbook: Path) -> None:
    assert is_workbook(workbook)
    assert not is_workbook(CASE)
    found, stated = load_case_or_workbook(workbook), load_case(CASE)
    assert (found.case, found.files) == (stated.case, stated.files)
    assert found.folder.name == "came-by-post"


def test_explain_says_the_same_and_that_typed_cells_do_not_count(content: bytes, tmp_path: Path) -> None:
    option = load_case(CASE).case.options[0].id
    asked = f"options.{option}.measures.net_present_budget_impact"
    typed = edited(content, tmp_path / "typed.xlsx", "Measures", "E9", 1)
    here, there = run("explain", typed, asked), run("explain", CASE, asked)
    assert here.exit_code == there.exit_code == 0
    assert here.stdout == there.stdout
    assert "typed.xlsx: This is a workbook" in here.stderr
    assert "finmodel audit" in here.stderr
    assert "This is a workbook" not in there.stderr


def test_diff_takes_a_folder_and_a_workbook(workbook: Path, tmp_path: Path) -> None:
    assert run("diff", CASE, workbook, "--exit-code").exit_code == 0
    shutil.copytree(CASE, tmp_path / "other")
    file = tmp_path / "other" / "case.yaml"
    text = file.read_text(encoding="utf-8")
    assert "        fte: 3\n" in text
    file.write_text(text.replace("        fte: 3\n", "        fte: 4\n", 1), encoding="utf-8")
    moved = run("diff", workbook, tmp_path / "other", "--exit-code")
    assert moved.exit_code == 1
    assert moved.stderr.count("This is a workbook") == 1


def test_check_and_audit_take_another_copy_of_the_workbook(workbook: Path, tmp_path: Path) -> None:
    assert run("check", workbook).exit_code == 0
    kept = Path(shutil.copy(workbook, tmp_path / "kept.xlsx"))
    assert "the case given with --case" in run("audit", workbook, "--case", kept).stdout
    itself = run("audit", workbook, "--case", workbook)
    assert itself.exit_code == 2
    assert "names the workbook itself" in itself.stderr


def test_a_case_changed_on_the_sheet_is_not_taken_for_the_case(content: bytes, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(BytesIO(content))
    row = next(row for row in book[SHEET].iter_rows() if str(row[2].value).startswith("title:"))
    changed = edited(content, tmp_path / "changed.xlsx", SHEET, row[2].coordinate, "title: Another")
    result = run("explain", changed, "cost")
    assert result.exit_code == 1
    assert "case.yaml: The workbook's copy of this file is not what it was" in result.stderr


def test_a_workbook_without_a_case_says_so(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    with pytest.raises(ProblemsError, match="carries no case"):
        load_case_or_workbook(tmp_path / "other.xlsx")
    result = run("verify", tmp_path / "other.xlsx")
    assert result.exit_code == 2
    assert "carries no case" in result.stderr


def test_a_report_never_writes_over_the_workbook_that_it_is_made_from(content: bytes, tmp_path: Path) -> None:
    evidence = tmp_path / "report.xlsx"
    evidence.write_bytes(content)
    result = run("report", evidence, "--out", tmp_path)
    assert result.exit_code == 2
    assert "write over the workbook" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["report.xlsx"]
    assert evidence.read_bytes() == content
