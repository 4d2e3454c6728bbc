"""The paper as a PDF: by LibreOffice, else by a Chromium browser, else the reason; never half of one."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from pathlib import Path

import pytest
from docx import Document

from finmodel.parsing.problems import CannotBeDoneError
from finmodel.report.pdf import BROWSERS, OFFICE, as_pdf

WRITES = """
import sys, pathlib
given = [word for word in sys.argv[1:] if word.startswith("--print-to-pdf=")]
folder = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1]) if "--outdir" in sys.argv else None
target = folder / "report.pdf" if folder else pathlib.Path(given[0].partition("=")[2])
target.write_bytes(b"%PDF-1.7 by " + pathlib.Path(sys.argv[0]).name.encode())
"""
HANGS = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(600)'])"
FAILS = "raise SystemExit(77)"
LIES = WRITES.replace("%PDF-", "PK")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole path."""
    if os.name == "nt":
        pytest.skip("programs are made as scripts here")
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def program(path: Path, name: str, text: str) -> None:
    file = path / name
    file.write_text(f"#!{sys.executable}\n{text}", encoding="utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


def test_libreoffice_comes_first_and_a_browser_where_there_is_none(path: Path) -> None:
    program(path, "chromium", WRITES)
    assert as_pdf("report.pdf", b"paper", b"page") == b"%PDF-1.7 by chromium"
    program(path, "soffice", WRITES)
    assert as_pdf("report.pdf", b"paper", b"page") == b"%PDF-1.7 by soffice"


@pytest.mark.parametrize("text", [HANGS, FAILS, LIES])
def test_a_browser_takes_over_where_libreoffice_makes_none(path: Path, text: str) -> None:
    program(path, "libreoffice", text)
    program(path, "google-chrome", WRITES)
    assert as_pdf("report.pdf", b"paper", b"page", seconds=5) == b"%PDF-1.7 by google-chrome"


def test_without_either_the_reason_names_what_was_looked_for(path: Path) -> None:
    with pytest.raises(CannotBeDoneError) as caught:
        as_pdf("report.pdf", b"paper", b"page")
    (problem,) = caught.value.problems
    assert all(name in problem.what for name in (*OFFICE, *BROWSERS))
    program(path, "soffice", HANGS)
    program(path, "chrome", "import time; time.sleep(600)")
    with pytest.raises(CannotBeDoneError) as caught:
        as_pdf("report.pdf", b"paper", b"page", seconds=0.5)
    (problem,) = caught.value.problems
    assert f"{path / 'soffice'} had not finished after 0.5 seconds" in problem.what
    assert f"{path / 'chrome'} had not finished after 0.5 seconds" in problem.what


@pytest.mark.parametrize("programs", [OFFICE, BROWSERS])
def test_the_real_programs_make_one(programs: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = [where for name in programs if (where := shutil.which(name))]
    if not found:
        if os.environ.get("CI"):
            pytest.fail(f"none of {programs} is installed")
        pytest.skip(f"none of {programs} is installed")
    monkeypatch.setattr("finmodel.report.pdf.shutil.which", lambda name: found[0] if name in programs else None)
    document = Document()
    document.add_paragraph("A paper")
    document.save(str(tmp_path / "paper.docx"))
    made = as_pdf(
        "report.pdf", (tmp_path / "paper.docx").read_bytes(), b"<!doctype html><title>A page</title><p>A page"
    )
    assert made.startswith(b"%PDF-")
    assert b"%%EOF" in made[-64:]
