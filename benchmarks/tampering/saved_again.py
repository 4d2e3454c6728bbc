"""Workbooks that nobody has tampered with: `finmodel audit` must find nothing in any of them.

Variants of the shipped cases (other years, another start of the effect, another price) are written as workbooks, and
each is audited as written, as openpyxl and LibreOffice save it, and as each saves what the other has saved, from the
file alone.

    python benchmarks/tampering/saved_again.py [how many variants of each case]
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections import Counter
from io import BytesIO
from pathlib import Path

import openpyxl

from finmodel.appraisal.appraise import appraise
from finmodel.audit.workbooks.audit import audit
from finmodel.audit.workbooks.reporting import as_text, is_clean
from finmodel.case import LoadedCase, ProblemsError
from finmodel.case.load import load_carried_case, load_case
from finmodel.report.workbook import render_workbook

ROOT = Path(__file__).parents[2]
CASES = ("wolverhampton-2015", "darlington-2010", "example-2026")
_FIGURE = re.compile(r"(?:unit_cost|amount|salary|annual_cost): ([0-9]{3,})$", re.MULTILINE)
_YEARS = re.compile(r"^years: ([0-9]+)$", re.MULTILINE)


def saved_again(content: bytes, folder: Path) -> dict[str, bytes]:
    """The workbook as written, as openpyxl and LibreOffice save it, and as each saves what the other has saved."""
    found = {"as written": content, "openpyxl": _by_openpyxl(content)}
    found["LibreOffice"] = _by_libreoffice(content, folder)
    found["openpyxl, then LibreOffice"] = _by_libreoffice(found["openpyxl"], folder)
    found["LibreOffice, then openpyxl"] = _by_openpyxl(found["LibreOffice"])
    found["LibreOffice twice"] = _by_libreoffice(found["LibreOffice"], folder)
    return found


def _by_openpyxl(content: bytes) -> bytes:
    target = BytesIO()
    openpyxl.load_workbook(BytesIO(content)).save(target)
    return target.getvalue()


def _by_libreoffice(content: bytes, folder: Path) -> bytes:
    source, target = folder / "again.xlsx", folder / "saved"
    source.write_bytes(content)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(target), str(source)]
    subprocess.run(command, capture_output=True, timeout=300, check=True)
    return (target / source.name).read_bytes()


def variants(case: str, wanted: int) -> list[LoadedCase]:
    """The case, and others with more years or one figure raised, which are sound too."""
    contents = dict(load_case(ROOT / "inputs" / case).contents)
    text = contents.pop("case.yaml").decode()
    made: list[LoadedCase] = []
    years = next(_YEARS.finditer(text))[1]
    edits = [text, *(_YEARS.sub(f"years: {int(years) + more}", text) for more in (1, 2, 3, 5))]
    figures = [found.span(1) for found in _FIGURE.finditer(text)]
    edits += [f"{text[:start]}{int(text[start:end]) + 7}{text[end:]}" for start, end in figures]
    for edited in edits:
        try:
            made.append(load_carried_case([("case.yaml", edited.encode()), *contents.items()]))
        except ProblemsError:
            continue  # a figure that another depends on: not a sound case
        if len(made) == wanted:
            break
    return made


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    table: Counter[tuple[str, str, bool]] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for case in CASES:
            for variant in variants(case, wanted):
                for how, content in saved_again(render_workbook(appraise(variant)), folder).items():
                    path = folder / "workbook.xlsx"
                    path.write_bytes(content)
                    found = audit(path, None)
                    table[case, how, is_clean(found)] += 1
                    if not is_clean(found):
                        print(as_text(found))
            print(f"  {case} done", flush=True)
    for case, how, clean in sorted(table):
        print(f"| {case} | {how} | {table[case, how, clean]} | {'nothing found' if clean else 'FINDINGS'} |")
    print(f"{sum(table.values())} workbooks, {sum(n for (*_, clean), n in table.items() if not clean)} with findings")


if __name__ == "__main__":
    main()
