"""The largest report that a case may make, 20 options of 25 posts over 30 years: is it audited, and accused of nothing?

Processor time and the most memory held, of the report and of its audit, each in a process of its own. The audit reads
the workbook cell by cell, although its bytes would do.

    python benchmarks/tampering/largest.py [options] [posts an option] [years]
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import yaml

from finmodel.appraisal.appraise import appraise
from finmodel.audit.workbooks.carried import carried_case
from finmodel.audit.workbooks.expected import expected_workbook
from finmodel.audit.workbooks.model_audit import audit_in_full
from finmodel.audit.workbooks.opening import open_workbook
from finmodel.audit.workbooks.reporting import as_text
from finmodel.case import load_case
from finmodel.report.write import write_report


def case_of(options: int, posts: int, years: int) -> dict[str, Any]:
    """A case of so many options, each with so many posts of its own pay and inflation, and one benefit."""
    return {
        "title": "The largest case", "council": "A council", "price_base": "2025/26", "first_year": "2025/26",
        "years": years, "discounting": {"rate": "3.5%"}, "inflation": {"pay": "2%"},
        "placements": {"home": {"label": "Home", "unit_cost": 5000, "per": "week", "price_base": "2025/26",
                                "inflation": "pay"}},
        "options": [
            {
                "id": f"option-{option}", "title": f"Option {option}",
                "posts": [
                    {"id": f"post-{post}", "title": f"Post {post}", "fte": 1 + post % 4,
                     "annual_cost": 40_000.25 + 100 * post, "price_base": "2025/26", "inflation": "pay"}
                    for post in range(posts)
                ],
                "benefits": [
                    {"id": "fewer", "label": "Fewer placements", "children": 3 + option, "placements": {"home": "100%"},
                     "deadweight": "10%", "optimism_bias": "15%", "cashable": "90%"}
                ],
            }
            for option in range(options)
        ],
    }  # fmt: skip


def _report(folder: Path) -> str:
    paths = write_report(appraise(load_case(folder)), folder / "out")
    return ", ".join(f"{Path(path).name} {Path(path).stat().st_size / 1e6:.1f} MB" for path in paths)


def _audit(folder: Path) -> str:
    expected = expected_workbook(load_case(folder))
    found = open_workbook(folder / "out" / "report.xlsx")
    certificate = audit_in_full(found, expected, carried_case(found), "the case")
    checked = certificate.checked
    told = f"{checked.cells:,} cells, {checked.formulas:,} formulas, {len(certificate.findings)} findings"
    return told if certificate.is_clean else f"{told}\n{as_text(certificate)[:2000]}"


def _measured(job: str, folder: Path) -> None:
    began = time.process_time()
    told = {"report": _report, "audit": _audit}[job](folder)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{job}: {time.process_time() - began:.0f} s of processor time, at most {used:.2f} GB; {told}", flush=True)


def main() -> None:
    options, posts, years = map(int, sys.argv[1:4] if len(sys.argv) > 3 else (20, 25, 30))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "case.yaml").write_text(yaml.safe_dump(case_of(options, posts, years), sort_keys=False))
        for job in ("report", "audit"):
            process = get_context("spawn").Process(target=_measured, args=(job, folder))
            process.start()
            process.join()


if __name__ == "__main__":
    main()
