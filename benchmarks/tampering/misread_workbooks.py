"""Workbooks in which two programs read two things: how many of each kind does `finmodel audit` find where they are?

Each is written as a file and audited from the file, against the model of its case, built once. Beside them the same
workbook as openpyxl, LibreOffice and four Excels save it, in which nothing must be found.

    python benchmarks/tampering/misread_workbooks.py [how many a kind] [case ...]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from io import BytesIO
from pathlib import Path

import openpyxl

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from audit.workbooks.misread import KINDS, Twin, misread  # noqa: E402
from audit.workbooks.saved_by_excel import MARKUP, as_excel_saves  # noqa: E402
from audit.workbooks.tampering import Original  # noqa: E402
from recalculation import saved_by_libreoffice  # noqa: E402

from finmodel.audit.workbooks.carried import carried_case  # noqa: E402
from finmodel.audit.workbooks.certificate import AuditVerdict, Certificate, as_text  # noqa: E402
from finmodel.audit.workbooks.expected import Expected, expected_workbook  # noqa: E402
from finmodel.audit.workbooks.model_audit import audit_against  # noqa: E402
from finmodel.audit.workbooks.opening import open_workbook  # noqa: E402
from finmodel.case import ProblemsError, load_case  # noqa: E402

CASES = ("darlington-2010", "wolverhampton-2015")


def audited(content: bytes, expected: Expected, folder: Path) -> Certificate:
    """The audit of a workbook in a file of its own."""
    path = folder / "workbook.xlsx"
    path.write_bytes(content)
    found = open_workbook(path)
    return audit_against(found, expected, carried_case(found), "the case")


def outcome(twin: Twin, expected: Expected, folder: Path) -> str:
    """Found where it is, refused at the door with its reason, or missed."""
    try:
        certificate = audited(twin.content, expected, folder)
    except ProblemsError:
        return "refused"
    for finding in certificate.findings:
        at_cell = finding.sheet == twin.sheet and twin.cell in (finding.cells, *finding.cells.split(":"))
        if certificate.verdict is AuditVerdict.TAMPERED and (
            at_cell if twin.cell else not twin.part or twin.part in finding.what + finding.found
        ):
            return "found"
    return "MISSED"


def saved(content: bytes, folder: Path) -> dict[str, bytes]:
    """The workbook as programs save it."""
    again = BytesIO()
    openpyxl.load_workbook(BytesIO(content)).save(again)
    by_excel = {how: as_excel_saves(Original(content), how) for how in MARKUP}
    return {"openpyxl": again.getvalue(), "LibreOffice": saved_by_libreoffice(content, folder), **by_excel}


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    table: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for case in sys.argv[2:] or CASES:
            began = time.process_time()
            expected = expected_workbook(load_case(ROOT / "inputs" / case))
            original = Original(expected.workbook.content)
            for kind in KINDS:
                print(f"  {case}: {kind}", flush=True)
                for number in range(wanted):
                    twin = misread(original, kind, number)
                    came_to = outcome(twin, expected, folder)
                    table[kind, came_to] += 1
                    if came_to == "MISSED":
                        print(
                            f"  not found: {case}, {kind} {number}, {twin.sheet} {twin.cell or twin.part}: {twin.what}"
                        )
            for how, content in saved(expected.workbook.content, folder).items():
                certificate = audited(content, expected, folder)
                print(
                    f"  {case} saved by {how}: {'nothing found' if certificate.is_clean else as_text(certificate)}",
                    flush=True,
                )
            print(f"  {case}: {time.process_time() - began:.0f} s of processor time", flush=True)
    for kind in KINDS:
        found, refused, missed = (table[kind, came_to] for came_to in ("found", "refused", "MISSED"))
        print(f"| {kind} | {found} | {refused} | {missed} |")


if __name__ == "__main__":
    main()
