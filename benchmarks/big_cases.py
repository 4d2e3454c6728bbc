"""What the two big cases take, whole commands in processes of their own: 6 options × 100 posts × 5 years, 20 × 25 × 30.

    python benchmarks/big_cases.py [--json] [--runs 5]

Processor time by itself and by the system for it, the most memory held, and the size of what is written, of `finmodel
report` and of `finmodel audit` of the workbook that it wrote. The cases are made here, in a temporary folder. Medians
of several runs of the smaller; the largest is run once. Beside bare Python's start in the same run.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from _processes import FINMODEL, MB, Used, as_set, times_bare, used

sys.path.insert(0, str(Path(__file__).parent / "tampering"))

from largest import case_of


@dataclass(frozen=True, slots=True)
class BigCase:
    """So many options, each of so many posts, over so many years, and the bar of its report."""

    options: int
    posts: int
    years: int
    seconds: float  # the bar of the report
    held: str  # the other bar
    runs: int | None = None  # as asked where None

    @property
    def words(self) -> str:
        """The case in words."""
        return f"{self.options} options × {self.posts} posts × {self.years} years"


CASES = (
    BigCase(6, 100, 5, 8, "a page of ≤ 2 MB"),
    BigCase(20, 25, 30, 30, "≤ 600 MB", runs=1),
)


def row(work: str, ours: str, taken: Used, bare: Used, bar: str, note: str) -> dict[str, str | float]:
    """A row of the table of benchmarks."""
    peer = f"bare Python's start, {bare.seconds * 1000:.0f} ms"
    ratio = round(taken.seconds / bare.seconds, 1)
    return {"work": work, "ours": ours, "peer": peer, "ratio": ratio, "bar": bar, "note": note}


def measured(case: BigCase, runs: int, bare: Used) -> Iterator[dict[str, str | float]]:
    """The rows of a case: its report, and the audit of the workbook."""
    times = case.runs or runs
    how = f"median of {times}, processor time" if times > 1 else "one run, processor time"
    with tempfile.TemporaryDirectory() as name:
        folder, out = Path(name), Path(name) / "out"
        text = yaml.safe_dump(case_of(case.options, case.posts, case.years), sort_keys=False)
        (folder / "case.yaml").write_text(text, encoding="utf-8")
        taken = used((*FINMODEL, "report", str(folder), "--out", str(out)), times)
        if taken.code:
            raise RuntimeError(f"the report of {case.words} ended with exit code {taken.code}")
        sizes = {path.suffix: path.stat().st_size / MB for path in out.iterdir()}
        written = ", ".join(f"{size:.2f} MB of {kind.removeprefix('.')}" for kind, size in sorted(sizes.items()))
        page = f", a page of {sizes['.html']:.2f} MB" if "page" in case.held else f", {taken.most:.0f} MB"
        note = f"{how}; {as_set(case.seconds)}; at most {taken.most:.0f} MB held; written: {written}"
        bar = f"{times_bare(case.seconds)}, {case.held}"
        yield row(f"finmodel report, {case.words}", f"{taken.seconds:.1f} s{page}", taken, bare, bar, note)
        audit = used((*FINMODEL, "audit", str(out / "report.xlsx"), "--out", str(folder / "audit")))
        ends = "it holds" if audit.code == 0 else "it does not hold" if audit.code == 1 else "it could not be done"
        note = f"one run, processor time; exit code {audit.code}: {ends}"
        ours = f"{audit.seconds:.1f} s, {audit.most:.0f} MB"
        yield row(f"finmodel audit of that workbook, {case.words}", ours, audit, bare, "", note)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    used((*FINMODEL, "--version"))  # to warm up
    bare = used((sys.executable, "-c", "pass"), 5)
    rows = []
    for case in CASES:
        for found in measured(case, asked.runs, bare):
            rows.append(found)
            if not asked.json:
                print(f"{found['work']}: {found['ours']}   {found['bar']}\n    {found['note']}", flush=True)
    if asked.json:
        print(json.dumps(rows, ensure_ascii=False))


if __name__ == "__main__":
    main()
