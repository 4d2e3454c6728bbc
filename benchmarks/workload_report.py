"""How long the workload report of 200 quarters and 150 measures takes, in processor time, against a quarter of them.

python benchmarks/workload_report.py [--suppress] [--json]
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import process_time

from finmodel.workload.as_data import as_csv
from finmodel.workload.load import load_workload
from finmodel.workload.page import render_page
from finmodel.workload.paper import render_paper
from finmodel.workload.published import ShownReport, published_workload
from finmodel.workload.quarters import Quarter
from finmodel.workload.workbook import render_workbook

QUARTERS, MEASURES, REPEATS = 200, 150, 5
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


def measured(path: Path, suppress: bool) -> dict[str, float]:
    """Seconds of processor time of each step of one table, medians of several runs."""
    found: dict[str, list[float]] = {}

    def timed(what: str, work: Callable[[], object]) -> object:
        begun = process_time()
        made = work()
        found.setdefault(what, []).append(process_time() - begun)
        return made

    for _ in range(REPEATS):
        report = timed("reading and working out", lambda: published_workload(load_workload(path), suppress=suppress))
        assert isinstance(report, ShownReport)
        for what, render in (
            ("CSV", as_csv),
            ("page", render_page),
            ("Word", render_paper),
            ("workbook", render_workbook),
        ):
            timed(what, partial(render, report))
    return {what: statistics.median(times) for what, times in found.items()}


def main() -> None:
    to_page = {}
    with tempfile.TemporaryDirectory() as folder:
        for quarters in (QUARTERS // 4, QUARTERS):
            path = Path(folder) / f"quarters-{quarters}.csv"
            path.write_text(table(quarters, MEASURES), encoding="utf-8")
            print(f"{quarters} quarters, {MEASURES} measures; medians of {REPEATS} runs, start-up not counted")
            found = measured(path, "--suppress" in sys.argv)
            for what, seconds in found.items():
                print(f"{what:28} {seconds:6.2f} s")
            to_page[quarters] = found["reading and working out"] + found["CSV"] + found["page"]
            print(f"{'to page and CSV':28} {to_page[quarters]:6.2f} s")
    if "--json" in sys.argv:
        row = {
            "work": f"workload report of {QUARTERS} quarters and {MEASURES} measures, to page and CSV",
            "ours": f"{to_page[QUARTERS]:.2f} s",
            "peer": f"{QUARTERS // 4} quarters, {to_page[QUARTERS // 4]:.2f} s",
            "ratio": round(to_page[QUARTERS] / to_page[QUARTERS // 4], 3),
            "bar": "",
            "note": f"median of {REPEATS}, processor time, start-up not counted; 4 would be linear",
        }
        print(json.dumps([row], ensure_ascii=False))


if __name__ == "__main__":
    main()
