"""Record what was tested for a release: `make evidence` runs this, on the day of the release, and the record is committed.

Recalculates the workbook of every shipped case in each engine, runs every test, and writes what came of it with a
digest of the code into `finmodel/results/evidence.json`. The day is that of the run. Whatever is changed in the package
afterwards makes the record one of other code, and reports say so.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from recalculation import Values, by_formualizer, by_ironcalc, by_libreoffice, disagreements

from finmodel import __version__
from finmodel.appraisal.appraise import appraise
from finmodel.case import load_case
from finmodel.report.workbook import formula_cells, render_workbook
from finmodel.results.evidence import RECORD, digest_of_code

ROOT = Path(__file__).parents[1]
CASES = sorted(path.parent.name for path in (ROOT / "inputs").glob("*/case.yaml"))


def recalculated(name: str, of: str, engine: Callable[[Path], Values]) -> dict[str, Any]:
    """How many formulas of the shipped cases an engine worked out, and how many otherwise than the model."""
    formulas = differences = 0
    with tempfile.TemporaryDirectory() as folder:
        for case in CASES:
            appraisal = appraise(load_case(ROOT / "inputs" / case))
            path = Path(folder) / f"{case}.xlsx"
            path.write_bytes(render_workbook(appraisal))
            expected = list(formula_cells(appraisal))
            formulas += len(expected)
            differences += len(disagreements(expected, engine(path)))
    print(f"{name} {of}: {formulas:,} formulas, {differences:,} differ", flush=True)
    return {"engine": name, "version": of, "workbooks": len(CASES), "formulas": formulas, "differences": differences}


def libreoffice_version() -> str:
    """As LibreOffice says it."""
    office = shutil.which("soffice")
    if office is None:
        sys.exit("LibreOffice is not installed; without it there is no whole record.")
    said = subprocess.run([office, "--version"], capture_output=True, text=True, check=True, timeout=60).stdout
    found = re.search(r"[0-9]+(\.[0-9]+)+", said)
    return found[0] if found else said.strip()


def suite() -> tuple[int, int]:
    """How many tests passed and failed; what pytest says is shown as it comes."""
    command = [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "worksteal", "--tb=short"]
    said = ""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        for line in running.stdout or ():
            print(line, end="", flush=True)
            said = line if line.strip() else said
    counts = {kind: int(number) for number, kind in re.findall(r"([0-9]+) (passed|failed|error)", said)}
    return counts.get("passed", 0), counts.get("failed", 0) + counts.get("error", 0)


def main() -> None:
    """Run everything and write the record."""
    passed, failed = suite()
    record = {
        "version": __version__,
        "date": date.today().isoformat(),
        "code": digest_of_code(),
        "passed": passed,
        "failed": failed,
        "recalculations": [
            recalculated("ironcalc", version("ironcalc"), by_ironcalc),
            recalculated("formualizer", version("formualizer"), by_formualizer),
            recalculated("LibreOffice Calc", libreoffice_version(), by_libreoffice),
        ],
    }
    RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
