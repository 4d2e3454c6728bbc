"""A short run of the fuzzers in tests/fuzz/readers.py; longer ones are run by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HARNESS = Path(__file__).parent / "readers.py"
ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform != "linux", reason="atheris is for Linux")
def test_no_bytes_break_a_reader(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    options = ["--as-it-is", "-runs=2000", "-seed=20261122"]
    command = [sys.executable, str(HARNESS), "everything", str(tmp_path / "corpus"), *options]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4_000:]
    assert "DONE" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]
