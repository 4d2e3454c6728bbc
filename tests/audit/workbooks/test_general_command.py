"""`finmodel audit` on a workbook that finmodel did not write."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from finmodel.cli import main


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.append([100.5, "=A1*1.03", "=B1*2"])
    path = tmp_path / "faulty.xlsx"
    book.save(path)
    return path


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["audit", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout


def test_findings_are_told_and_the_exit_code_is_one(faulty: Path) -> None:
    code, text = run(str(faulty))
    assert code == 1
    assert re.search(r"\nSheet!B1 +1\.03 in =A1\*1\.03", text)
    assert "ICAEW principle 14" in text


def test_findings_as_data(faulty: Path) -> None:
    code, text = run(str(faulty), "--json")
    data = json.loads(text)
    assert code == 1
    assert [(found["check"], found["place"], found["certainty"]) for found in data["findings"]] == [
        ("number-in-formula", "B1", "likely"),
        ("number-in-formula", "C1", "possible"),
    ]


def test_findings_in_a_file(faulty: Path, tmp_path: Path) -> None:
    run(str(faulty), "--out", str(tmp_path / "out"))
    data = json.loads((tmp_path / "out" / "audit.json").read_text(encoding="utf-8"))
    assert data["workbook"] == "faulty.xlsx" and data["formulas"] == 2


def test_what_is_only_possible_gives_nought(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([100.5, "=A1/12"])
    book.save(tmp_path / "sound.xlsx")
    assert run(str(tmp_path / "sound.xlsx"))[0] == 0


def test_what_is_no_workbook_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("a,b\n1,2\n")
    result = CliRunner().invoke(main, ["audit", str(path)])
    assert result.exit_code == 2
    assert "This is not a workbook but text" in result.stderr
