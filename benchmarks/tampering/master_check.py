"""Formula cells typed over, one at a time: which move the summary while every check of the workbook holds?

What is typed, and where, is in `tests/typed_over.py`. What stands over the summary's own cells is seen by
`finmodel audit` alone, and is not tried here.

    python benchmarks/tampering/master_check.py [how many a case] [case ...]
"""

from __future__ import annotations

import sys
from pathlib import Path

from finmodel.appraisal.appraise import appraise
from finmodel.case import load_case

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from typed_over import type_over  # noqa: E402

CASES = ("wolverhampton-2015", "darlington-2010", "example-2026")


def main() -> None:
    """Print how many were noticed, case by case, and each that was not."""
    how_many = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    for case in sys.argv[2:] or CASES:
        tried = list(type_over(appraise(load_case(ROOT / "inputs" / case)), how_many))
        moved = [each for each in tried if each.moved]
        missed = [each for each in moved if each.holds]
        told = f"{len(moved)} move the summary, {len(missed)} of them while every check holds"
        print(f"{case}: {len(tried)} cells typed over, {told}")
        for each in missed:
            print(f"  {each.place}: {each.address}", flush=True)


if __name__ == "__main__":
    main()
