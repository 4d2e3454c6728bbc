"""How the time of `finmodel batch` grows with the number of cases, and what a second worker brings.

    python benchmarks/batch.py [--json] [--most 1000] [--case inputs/darlington-2010]

Copies of a shipped case, each with another title, are worked out in folders of their own: 10, 30 and 100, and more with
--most. Growth is measured in processor time and the second worker in time that passes, which needs an idle machine; the
modules are loaded before.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from finmodel.batch.cases import cases_at
from finmodel.batch.run import run_batch, write_table
from finmodel.running.executors import opener

ROOT = Path(__file__).parents[1]
SIZES, REPEATS = (10, 30, 100), 5


def written(case: Path, folder: Path, number: int) -> Path:
    """A folder of so many copies of a case, each another case."""
    for place in range(number):
        copy = folder / f"case-{place:05}"
        shutil.copytree(case, copy)
        with (copy / "case.yaml").open("a", encoding="utf-8") as file:
            file.write(f"\n# copy {place}\n")
    return folder


def processor_seconds() -> float:
    """Of this process and of those that it has waited for."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def spent(clock: Callable[[], float], cases: Path, out: Path, workers: int) -> float:
    """By a clock, one run of a batch; nothing of an earlier one is left."""
    begun = clock()
    run = run_batch(cases_at([cases]).cases, out, opener(workers))
    write_table(run, out / "results.csv", "csv")
    took = clock() - begun
    assert not run.failed, run.failed
    return took


def median(clock: Callable[[], float], cases: Path, folder: Path, workers: int = 1) -> float:
    """Of several runs from nothing, in seconds."""
    found = []
    for _ in range(REPEATS):
        with tempfile.TemporaryDirectory(dir=folder) as out:
            found.append(spent(clock, cases, Path(out), workers))
    return statistics.median(found)


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    reading.add_argument("--json", action="store_true")
    reading.add_argument("--most", type=int, default=SIZES[-1], help="Cases of the largest batch.")
    reading.add_argument("--case", type=Path, default=ROOT / "inputs" / "darlington-2010")
    given = reading.parse_args()
    sizes = [size for size in SIZES if size < given.most] + [given.most]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        batches = {size: written(given.case, folder / f"of-{size}", size) for size in sizes}
        spent(time.perf_counter, batches[sizes[0]], folder / "first", 1)  # loads every module
        by_size = {size: median(processor_seconds, cases, folder) for size, cases in batches.items()}
        most = batches[sizes[-1]]
        passed = {workers: median(time.perf_counter, most, folder, workers) for workers in (1, 2)}
        kept = folder / "kept"
        spent(time.perf_counter, most, kept, 1)
        again = statistics.median(spent(time.perf_counter, most, kept, 1) for _ in range(REPEATS))
    few, many = sizes[0], sizes[-1]
    for size, seconds in by_size.items():
        print(f"{size:>6,} cases: {seconds:8.2f} s of processor time, {seconds / size * 1000:6.1f} ms a case")
    ratio = by_size[many] / many / (by_size[few] / few)
    print(f"{many:,} cases, two workers: {passed[2]:.2f} s, one: {passed[1]:.2f} s: {passed[1] / passed[2]:.2f} times")
    print(f"{many:,} cases, all done by an earlier run: {again:.2f} s")
    if given.json:
        what = f"batch of {many:,} cases like {given.case.name}"
        rows = [
            {
                "work": f"{what}, one worker",
                "ours": f"{by_size[many] / many * 1000:.1f} ms a case",
                "peer": f"a batch of {few}, {by_size[few] / few * 1000:.1f} ms a case",
                "ratio": round(ratio, 3),
                "bar": "linear, ≤ 1.1 ×",
                "note": f"median of {REPEATS}, processor time; "
                + ", ".join(f"{size:,} cases {seconds:.2f} s" for size, seconds in by_size.items()),
            },
            {
                "work": f"{what}, two workers",
                "ours": f"{passed[2]:.2f} s",
                "peer": f"one worker, {passed[1]:.2f} s",
                "ratio": round(passed[1] / passed[2], 3),
                "bar": "≥ 1.7 ×",
                "note": f"median of {REPEATS}, time that passes",
            },
            {
                "work": f"{what}, all done by an earlier run",
                "ours": f"{again:.2f} s",
                "peer": f"worked out, {passed[1]:.2f} s",
                "ratio": round(passed[1] / again, 3),
                "bar": "",
                "note": f"median of {REPEATS}, time that passes",
            },
        ]
        print(json.dumps(rows, ensure_ascii=False))


if __name__ == "__main__":
    main()
