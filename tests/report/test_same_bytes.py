"""The same inputs and version give the same bytes of every output, on another machine and another day.

Another machine is another process: other clock, time zone, language, user, home, working folder, place of the case, order
of sets, and a processor of which NumPy is told to use less.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
INPUTS = ROOT / "inputs"
WRITER = Path(__file__).parent / "other_machine.py"
ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",
    "LANG": "de_DE.UTF-8",
    "LC_ALL": "tr_TR.UTF-8",
    "USER": "somebody",
    "LOGNAME": "somebody",
    "USERNAME": "somebody",
    "PYTHONHASHSEED": "12345",
    "SOURCE_DATE_EPOCH": "1",
    "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR AVX2 FMA3 AVX512F AVX512_SKX ASIMDHP",
}


def reports(case: Path, out: Path, cwd: Path, ahead: int, **environment: str) -> dict[str, bytes]:
    paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    subprocess.run(
        [sys.executable, "-W", "ignore", str(WRITER), str(case), str(out), str(ahead)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": paths, **environment},
        check=True,
        capture_output=True,
    )
    return {path.name: path.read_bytes() for path in out.iterdir()}


@cache
def here_and_now(name: str) -> dict[str, bytes]:
    """The outputs of a shipped case, written here."""
    with tempfile.TemporaryDirectory() as folder:
        return reports(INPUTS / name, Path(folder) / "here", ROOT, 0, PYTHONHASHSEED="0")


@pytest.mark.parametrize("name", ["wolverhampton-2015", "oxfordshire-2014"])
def test_the_outputs_do_not_depend_on_machine_or_day(tmp_path: Path, name: str) -> None:
    here = here_and_now(name)
    away = tmp_path / "Zürich & co"
    shutil.copytree(INPUTS / name, away / "another name")
    (tmp_path / "home").mkdir()
    there = reports(
        Path("another name"), away / "out", away, 5 * 366 * 86_400 + 4_321, HOME=str(tmp_path / "home"), **ELSEWHERE
    )
    assert {name for name in here if here[name] != there.get(name)} == set()
    assert set(here) == set(there) == {"report.xlsx", "report.html", "report.docx", "results.json"}


def test_provenance_says_what_it_was_made_with_and_from(tmp_path: Path) -> None:
    made = here_and_now("wolverhampton-2015")
    found = json.loads(made["results.json"])["provenance"]
    assert found["python"] == f"{sys.version_info.major}.{sys.version_info.minor}"
    assert set(found["packages"]) >= {"numpy", "xlsxwriter", "jinja2", "python-docx"}
    data = ROOT / "finmodel" / "reference" / "data"
    for name, digest in [(each["file"], each["sha256"]) for each in found["rates_files"]]:
        unix = tmp_path / name
        unix.write_bytes((data / name).read_bytes().replace(b"\r\n", b"\n"))
        assert sha256(unix) == digest
    (case,) = found["inputs"]
    assert case == {"file": "case.yaml", "sha256": sha256(INPUTS / "wolverhampton-2015" / "case.yaml")}
    rates = {rate["address"]: rate for rate in found["rates"]}
    vintage = rates["rates.employer_national_insurance.rate"]["vintage"]
    assert [each["from"] for each in vintage] == ["2015-04-06", "2016-04-06", "2017-04-06", "2018-04-06"]
    rows = (data / "employer_nic.csv").read_text(encoding="utf-8").splitlines()
    assert all(each["from"] in rows[each["row"] - 1] for each in vintage)
    assert all(each["confidence"] for rate in found["rates"] for each in rate["vintage"])
    assert rates["discounting.rate"]["vintage"][0]["file"] == "discount_rates.csv"
    assert str(tmp_path) not in made["results.json"].decode()


def sha256(path: Path) -> str:
    """By a program that is not ours where there is one."""
    import hashlib

    if shutil.which("sha256sum"):
        done = subprocess.run(["sha256sum", str(path)], capture_output=True, text=True, check=True)
        return done.stdout.split()[0]
    return hashlib.sha256(path.read_bytes()).hexdigest()
