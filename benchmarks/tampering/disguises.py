"""Workbooks that show a reader something else, with every formula and value left alone: are they found where they are?

Each disguise of `tests/audit/workbooks/disguises.py` in turn, on the report of a random case, as a file of its own.

    python benchmarks/tampering/disguises.py [how many]
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "audit" / "workbooks"))

from any_size import random_case  # noqa: E402
from disguises import DISGUISES, Disguised, disguised  # noqa: E402
from tampering import Original  # noqa: E402

from finmodel.audit.workbooks.carried import carried_case  # noqa: E402
from finmodel.audit.workbooks.expected import Expected, expected_workbook  # noqa: E402
from finmodel.audit.workbooks.model_audit import audit_in_full  # noqa: E402
from finmodel.audit.workbooks.opening import open_workbook  # noqa: E402

CASES = 4  # reports that are disguised in turn


def is_found(one: Disguised, expected: Expected, folder: Path) -> bool:
    """Whether a finding names the place of a disguise."""
    path = folder / "workbook.xlsx"
    path.write_bytes(one.content)
    found = open_workbook(path)
    certificate = audit_in_full(found, expected, carried_case(found), "the case")
    return any(
        (not one.sheet or finding.sheet == one.sheet)
        and (not one.cell or finding.cells == one.cell or f" {one.cell}" in finding.what)
        for finding in certificate.findings
    )


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else len(DISGUISES) * 10
    table: Counter[tuple[str, bool]] = Counter()
    with tempfile.TemporaryDirectory() as name:
        for case in range(CASES):
            expected = expected_workbook(random_case(case + 3, 300_000))
            original = Original(expected.workbook.content)
            for number in range(case, wanted, CASES):
                one = disguised(original, number)
                right = is_found(one, expected, Path(name))
                table[one.kind, right] += 1
                if not right:
                    print(f"  not found: {number}, {one.kind}, {one.sheet} {one.cell}")
    for kind in sorted({kind for kind, _ in table}):
        print(f"| {kind} | {table[kind, True]} of {table[kind, True] + table[kind, False]} |")
    print(f"{sum(n for (_, right), n in table.items() if right)} of {wanted} found")


if __name__ == "__main__":
    main()
