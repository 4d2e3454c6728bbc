"""500 random tamperings of each shipped case's workbook: how many does `finmodel audit` find at the right cell?

Every one is written as a file and audited from the file. Two things are done once a case and not 500 times: the
expected model is built, and a sheet whose XML is that of the original, byte for byte, is not parsed again. Workbooks in
which nothing must be found are in `saved_again.py`.

    python benchmarks/tampering/model_workbooks.py [how many a case, or a span such as 200-350] [case ...]
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "audit" / "workbooks"))

import read_once  # noqa: E402
from tampering import Original, Tampered, tampered  # noqa: E402

from finmodel.audit.workbooks import opening  # noqa: E402
from finmodel.audit.workbooks.carried import carried_case  # noqa: E402
from finmodel.audit.workbooks.certificate import Certificate  # noqa: E402
from finmodel.audit.workbooks.expected import Expected, expected_workbook  # noqa: E402
from finmodel.audit.workbooks.model_audit import audit_against  # noqa: E402
from finmodel.audit.workbooks.opening import open_workbook  # noqa: E402
from finmodel.case import load_case  # noqa: E402

CASES = ("wolverhampton-2015", "darlington-2010", "example-2026")


def audited(content: bytes, expected: Expected, folder: Path) -> Certificate:
    """The audit of a workbook in a file of its own."""
    path = folder / "workbook.xlsx"
    path.write_bytes(content)
    found = open_workbook(path)
    return audit_against(found, expected, carried_case(found), "the case")


def is_found(one: Tampered, certificate: Certificate) -> bool:
    """Whether a finding of the right kind names the right place."""
    return any(
        finding.kind.name in one.named_as
        and finding.sheet == one.sheet
        and (finding.cells in one.cells or finding.cells.split(":")[0] in one.cells)
        for finding in (*certificate.findings, *certificate.changed_inputs)
    )


def tamper_with(case: str, expected: Expected, numbers: range, folder: Path) -> Counter[tuple[str, bool]]:
    """How many of each kind were found, and not."""
    original = Original(expected.workbook.content)
    table: Counter[tuple[str, bool]] = Counter()
    most = 0
    opening.read_sheet = read_once.read_sheet
    for number in numbers:
        one = tampered(original, number)
        certificate = audited(one.content, expected, folder)
        most = max(most, len(certificate.findings) + len(certificate.changed_inputs))
        table[one.kind, is_found(one, certificate)] += 1
        if number % 50 == 49:
            print(
                f"  {case}: {number + 1} done, {sum(n for (_, right), n in table.items() if right)} found", flush=True
            )
        if not is_found(one, certificate):
            print(f"  not found: {case} {number}, {one.kind}, {one.sheet} {sorted(one.cells)[:3]}: {one.what}")
    print(f"  {case}: at most {most} findings for one tampering")
    return table


def main() -> None:
    first, _, last = (sys.argv[1] if len(sys.argv) > 1 else "500").rpartition("-")
    numbers = range(int(first or 0), int(last))
    rows: dict[str, dict[str, str]] = {}
    for case in sys.argv[2:] or CASES:
        began = time.process_time()
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            expected = expected_workbook(load_case(ROOT / "inputs" / case))
            table = tamper_with(case, expected, numbers, folder)
            print(f"  {case}: {(time.process_time() - began) / len(numbers):.2f} s of processor time each")
            for kind in sorted({kind for kind, _ in table}):
                right = table[kind, True]
                rows.setdefault(kind, {})[case] = f"{right} of {right + table[kind, False]}"
    print(json.dumps(rows, indent=1))
    for kind, found in rows.items():
        print(f"| {kind} | {' | '.join(found.values())} |")


if __name__ == "__main__":
    main()
