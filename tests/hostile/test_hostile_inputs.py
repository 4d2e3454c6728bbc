"""Hostile and damaged inputs through the command line: problems with their places, or harmless outputs; never more.

Each row runs in a process of its own with bounds on time and memory, which is ended when it opens a socket, starts a
program, or writes anywhere but in the output folder.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hostile_inputs import FORMULAS, ROOT, ROWS, SCRIPT, Hostile

RUNNER = Path(__file__).parent / "hostile_runner.py"
GOOD = ROOT / "inputs" / "darlington-2010"
# What would move the cursor, clear the screen or turn text around on a terminal.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bounds as Linux has them")


@pytest.fixture(scope="module")
def runner() -> Iterator[subprocess.Popen[str]]:
    """One program for all rows that this worker tries, so that what every command needs is there already."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, str(RUNNER), str(GOOD)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) as running:
        yield running


def outcome(row: Hostile, runner: subprocess.Popen[str], folder: Path) -> dict[str, Any]:
    """What comes of a row in a folder of its own."""
    shutil.copytree(GOOD, folder / "good")
    (folder / "results.json").write_text('{"format": 1, "lines": {}, "provenance": {}}', encoding="utf-8")
    name = row.write(folder)
    arguments = [word.replace("{}", name) for word in row.command.split()]
    assert runner.stdin is not None
    assert runner.stdout is not None
    runner.stdin.write(json.dumps({"arguments": arguments, "folder": str(folder)}) + "\n")
    runner.stdin.flush()
    return json.loads(runner.stdout.readline())


def test_every_row_has_its_own_name() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS) > 80


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_what_comes_of_it(row: Hostile, runner: subprocess.Popen[str], tmp_path: Path) -> None:
    found = outcome(row, runner, tmp_path)
    answer = found["said"] + found["complained"]
    assert "UNRULY" not in answer, answer[-500:]
    assert "Traceback" not in answer, answer[-3000:]
    assert found["code"] == row.code, answer[-1500:]
    assert row.words in answer, answer[-1500:]
    assert UNSEEN.findall(answer) == []
    assert len(found["complained"]) < 20_000
    assert "SECRET-WORD" not in answer
    assert "root:" not in answer
    out = tmp_path / "out"
    if row.code == 0:
        assert_harmless(out)
    elif not row.name.startswith(("workbook", "paper")):
        assert not out.exists()


def assert_harmless(out: Path) -> None:
    """No script in a page, no template run, no formula of the user's in a workbook or paper."""
    for page in out.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert SCRIPT not in text
        assert "<class" not in text
        assert "&lt;class" not in text
    for book in [*out.glob("*.xlsx"), *out.glob("*.docx")]:
        with zipfile.ZipFile(book) as archive:
            for name in archive.namelist():
                found = formulas(archive.read(name))
                assert not {formula[1:].encode() for formula in FORMULAS} & set(found)
                assert not any(b"HYPERLINK" in cell or b"cmd|" in cell for cell in found)
                assert b"127.0.0.1" not in archive.read(name) or not name.endswith(".rels")


def formulas(part: bytes) -> list[bytes]:
    return [piece.partition(b"</f>")[0] for piece in part.split(b"<f>")[1:]]
