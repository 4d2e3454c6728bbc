"""`finmodel audit`, as an auditor meets it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pytest
import shipped_cases
from click.testing import CliRunner

from finmodel.cli import main

CASE = Path(__file__).parents[2] / "inputs" / "darlington-2010"
pytestmark = pytest.mark.usefixtures("audits_share")


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["audit", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:

    path = tmp_path_factory.mktemp("audit") / "report.xlsx"
    path.write_bytes(shipped_cases.workbook_of(CASE.name))
    return path


def test_a_workbook_left_alone_passes_with_code_0(workbook: Path) -> None:
    code, out, _ = run(str(workbook))
    assert code == 0
    assert out.startswith("The workbook is as the model writes it.\n")
    assert "no independent evidence" in " ".join(out.split())


def test_a_copy_of_the_case_makes_it_independent(workbook: Path) -> None:
    code, out, _ = run(str(workbook), "--case", str(CASE))
    assert code == 0
    assert "Compared with: the case given with --case" in out


def test_a_changed_workbook_fails_with_code_1_as_text_and_as_data(workbook: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    book["Measures"]["E21"] = "=1+1"
    book["Measures"]["A21"] = "Net \x1b[31mpresent".replace("\x1b", "\u202e")
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    code, out, _ = run(str(changed), "--out", str(tmp_path / "out"))
    assert code == 1
    assert re.search(r"Measures!E21\s+(What: )?The formula is another\.", out)
    assert "\u202e" not in out
    assert "Wrote" in out
    data = json.loads((tmp_path / "out" / "audit.json").read_text(encoding="utf-8"))
    assert data["verdict"] == "tampered"
    code, out, err = run(str(changed), "--json")
    assert code == 1
    assert json.loads(out) == data
    assert "Traceback" not in err


def test_a_workbook_that_is_none_is_a_problem_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "none.xlsx"
    path.write_text("not a workbook", encoding="utf-8")
    code, out, err = run(str(path))
    assert (code, out) == (2, "")
    assert "none.xlsx" in err


def test_a_case_that_cannot_be_read_is_a_problem(workbook: Path, tmp_path: Path) -> None:
    code, out, err = run(str(workbook), "--case", str(tmp_path))
    assert (code, out) == (2, "")
    assert "no case.yaml" in err


def test_a_workbook_of_someone_else_gets_the_general_checks(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append([2, "=A1*1.05"])
    page.append([3, "=A2*1.05"])
    book.save(tmp_path / "other.xlsx")
    data = json.loads(run(str(tmp_path / "other.xlsx"), "--json")[1])
    assert len(data["totals"]) > 10
    assert "verdict" not in data


def test_the_wrong_case_is_said_first_and_the_rest_kept_short(workbook: Path) -> None:
    code, out, _ = run(str(workbook), "--case", str(CASE.parent / "wolverhampton-2015"))
    assert code == 1
    assert out.count("\n") < 2_000
    out = " ".join(out.split())
    assert "It carries the case “" in out
    assert out.index("Is that the right one?") < out.index("What was changed")
    assert "Only the first 20 are shown here: --out FOLDER and --json have every one." in out


def test_a_pdf_is_called_a_pdf(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n")
    assert "not a workbook but a PDF" in run(str(tmp_path / "paper.pdf"))[2]
    result = CliRunner().invoke(main, ["check", str(tmp_path / "paper.pdf")])
    assert "not a text file but a PDF" in result.stderr


def test_out_with_the_name_of_a_file_makes_no_folder_of_that_name(workbook: Path, tmp_path: Path) -> None:
    code, _, err = run(str(workbook), "--out", str(tmp_path / "certificate.html"))
    assert code == 2
    assert "Name a folder with --out: audit.html, audit.json" in err
    assert not list(tmp_path.iterdir())


def test_a_paper_named_as_a_case_is_sent_to_verify() -> None:
    result = CliRunner().invoke(main, ["report", str(CASE.parent / "papers" / "oxfordshire-2014")])
    assert result.exit_code == 1
    assert "holds a paper and no case" in result.stderr
    assert "finmodel verify" in result.stderr
