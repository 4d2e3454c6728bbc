"""How long the workload report of 200 quarters and 150 measures takes, in processor time, against a quarter of them.

python benchmarks/workload_report.py [--suppress]
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

from finmodel.workload.as_data import as_csv
from finmodel.workload.load import load_workload
from finmodel.workload.page import render_page
from finmodel.workload.paper import render_paper
from finmodel.workload.published import ShownReport, published_workload
from finmodel.workload.quarters import Quarter
from finmodel.workload.workbook import render_workbook

QUARTERS, MEASURES = 200, 150
_STANDARD = (
    "social-workers", "social-workers-fte", "experienced", "experienced-fte", "agency", "looked-after", "plans",
    "plans-started", "plans-ended", "referrals", "assessments", "cases", "looked-after-cases", "social-worker-cases",
    "case-holders-fte", "population",
)  # fmt: skip


def table(quarters: int, measures: int) -> str:
    """Quarters down, measures across; some are standard ones; one cell in fifty is empty."""
    chance = random.Random(1)
    names = [*_STANDARD, *(f"Measure {number}" for number in range(measures - len(_STANDARD)))]
    lines = [",".join(("quarter", *names))]
    levels = [chance.randint(5, 2_000) for _ in names]
    for place in range(quarters):
        levels = [max(0, level + chance.randint(-3, 3)) for level in levels]
        cells = ["" if chance.random() < 0.02 else str(level) for level in levels]
        lines.append(",".join((Quarter.at(1975 * 4 + place).words, *cells)))
    return "\n".join(lines) + "\n"


def timed(what: str, work: Callable[[], object]) -> object:
    """What a piece of work gives; its processor time is printed."""
    begun = process_time()
    found = work()
    print(f"{what:28} {process_time() - begun:6.2f} s")
    return found


def measured(path: Path, suppress: bool) -> None:
    """Each step of one table."""
    begun = process_time()
    report = timed("reading and working out", lambda: published_workload(load_workload(path), suppress=suppress))
    assert isinstance(report, ShownReport)
    timed("CSV", lambda: as_csv(report))
    timed("page", lambda: render_page(report))
    print(f"{'to page and CSV':28} {process_time() - begun:6.2f} s, start-up not counted")
    timed("Word", lambda: render_paper(report))
    timed("workbook", lambda: render_workbook(report))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for quarters in (QUARTERS // 4, QUARTERS):
            path = Path(folder) / f"quarters-{quarters}.csv"
            path.write_text(table(quarters, MEASURES), encoding="utf-8")
            print(f"{quarters} quarters, {MEASURES} measures")
            measured(path, "--suppress" in sys.argv)


if __name__ == "__main__":
    main()
