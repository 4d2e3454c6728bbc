"""The wheel, installed elsewhere, does the main job: its templates and data travel with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the tree without what is generated."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    ignored = shutil.ignore_patterns(".git", ".venv*", "__pycache__", "outputs", ".*_cache", ".hypothesis", "mutants")
    shutil.copytree(ROOT, source, ignore=ignored)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    (found,) = folder.glob("*.whl")
    return found


def test_templates_and_rates_are_in_the_wheel(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "finmodel/reference/data/njc_pay_spine.csv" in names
    assert any(name.startswith("finmodel/templates/") and name.endswith((".html", ".html.j2", ".j2")) for name in names)
    assert not any(name.startswith(("tests/", "inputs/")) for name in names)


def test_the_installed_wheel_writes_the_report(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(installed)]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True, text=True)
    case = tmp_path / "case"
    shutil.copytree(ROOT / "inputs" / "wolverhampton-2015", case)
    # The libraries come from this interpreter; finmodel itself must come from the installed wheel.
    script = (
        "import finmodel, sys; assert finmodel.__file__.startswith(sys.argv[1]), finmodel.__file__;"
        "from finmodel.cli import main; main(['report', sys.argv[2], '--out', sys.argv[3]])"
    )
    command = [sys.executable, "-c", script, str(installed), str(case), str(tmp_path / "out")]
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "report.html").stat().st_size > 10_000
