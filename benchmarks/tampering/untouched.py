"""Reports of random cases from £10,000 to £500m a year, which nobody touched: `finmodel audit` must find nothing.

Every report is audited cell by cell as it was written, although its bytes would do, and every fourth also as openpyxl
saves it. Sizes go up in equal steps of their logarithm.

    python benchmarks/tampering/untouched.py [how many] [a span of them, such as 40-80]
"""

from __future__ import annotations

import sys
import tempfile
from io import BytesIO
from pathlib import Path

import openpyxl

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "audit" / "workbooks"))

from any_size import pounds_a_year, random_case  # noqa: E402

from finmodel.audit.workbooks.carried import carried_case  # noqa: E402
from finmodel.audit.workbooks.certificate import as_text  # noqa: E402
from finmodel.audit.workbooks.expected import expected_workbook  # noqa: E402
from finmodel.audit.workbooks.model_audit import audit_in_full  # noqa: E402
from finmodel.audit.workbooks.opening import open_workbook  # noqa: E402

EVERY = 4  # the reports that are saved again too


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    first, _, last = (sys.argv[2] if len(sys.argv) > 2 else "").partition("-")
    audited = accused = done = 0
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "report.xlsx"
        for number in range(int(first or 0), int(last or wanted)):
            pounds = pounds_a_year(number, wanted)
            done += 1
            expected = expected_workbook(random_case(number, pounds))
            content = expected.workbook.content
            saved = [content, *([_saved_again(content)] if number % EVERY == 0 else [])]
            for each in saved:
                path.write_bytes(each)
                workbook = open_workbook(path)
                found = audit_in_full(workbook, expected, carried_case(workbook), "the case")
                audited += 1
                if not found.is_clean:
                    accused += 1
                    print(f"  {number}, £{pounds:,.0f} a year:\n{as_text(found)}")
            if number % 20 == 19:
                print(f"  {number + 1} cases, to £{pounds:,.0f} a year: {accused} of {audited} accused", flush=True)
    print(f"{done} cases, {audited} workbooks, {accused} with findings")


def _saved_again(content: bytes) -> bytes:
    target = BytesIO()
    openpyxl.load_workbook(BytesIO(content)).save(target)
    return target.getvalue()


if __name__ == "__main__":
    main()
