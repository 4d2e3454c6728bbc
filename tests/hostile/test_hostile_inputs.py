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
from pathlib import Path
from typing import Any

import pytest
from hostile_inputs import FORMULAS, ROOT, ROWS, SCRIPT, Hostile

RUNNER = Path(__file__).parent / "hostile_runner.py"
# What would move the cursor, clear the screen or turn text around on a terminal.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bounds as Linux has them")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def outcomes(place: Path) -> dict[str, dict[str, Any]]:
    rows = []
    for number, row in enumerate(ROWS):
        folder = place / str(number)
        folder.mkdir()
        shutil.copytree(ROOT / "inputs" / "darlington-2010", folder / "good")
        (folder / "results.json").write_text('{"format": 1, "lines": {}, "provenance": {}}', encoding="utf-8")
        name = row.write(folder)
        arguments = [word.replace("{}", name) for word in row.command.split()]
        rows.append({"name": row.name, "arguments": arguments, "folder": str(folder)})
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, str(RUNNER)]
    done = subprocess.run(command, input=json.dumps(rows), env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_every_row_has_its_own_name() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS) > 80


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_what_comes_of_it(row: Hostile, outcomes: dict[str, dict[str, Any]], place: Path) -> None:
    found = outcomes[row.name]
    answer = found["said"] + found["complained"]
    assert "UNRULY" not in answer, answer[-500:]
    assert "Traceback" not in answer, answer[-3000:]
    assert found["code"] == row.code, answer[-1500:]
    assert row.words in answer, answer[-1500:]
    assert UNSEEN.findall(answer) == []
    assert len(found["complained"]) < 20_000
    assert "SECRET-WORD" not in answer
    assert "root:" not in answer
    out = place / str(ROWS.index(row)) / "out"
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
