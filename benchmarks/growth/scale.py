"""How `finmodel batch` grows with the number of cases, and `finmodel simulate` with that of draws: `docs/scale.md`.

    python benchmarks/growth/scale.py [--cases 1 10 100 1000] [--draws 1000 10000 100000 1000000] [--write]

Each size is one run of the command in a process of its own, start-up included: time that passes, processor time of it
and its workers, and the most memory of its own process. `--write` puts the tables into the page. The sizes that are too
long to run are reckoned from the two largest that were, and say so.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "scale.md"
CASE, SIMULATED = ROOT / "inputs" / "darlington-2010", ROOT / "inputs" / "example-2026"
ALL_CASES, ALL_DRAWS = (1, 10, 100, 1_000, 10_000), (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
BEGIN, END = "<!-- measured -->", "<!-- until here -->"


@dataclass(frozen=True)
class Cost:
    """What a run took: seconds that passed, processor seconds, megabytes at most."""

    passed: float
    processor: float
    memory: float


def run(words: Sequence[str]) -> Cost:
    """A command of finmodel, in a process of its own."""
    begun = time.perf_counter()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen([sys.executable, "-m", "finmodel", *words], stdout=quiet, stderr=quiet, cwd=ROOT)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"finmodel {' '.join(words)} ended with {os.waitstatus_to_exitcode(status)}")
    return Cost(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def copies(folder: Path, number: int) -> Path:
    """A folder of so many copies of a case, each another case."""
    text = (CASE / "case.yaml").read_text(encoding="utf-8")
    for place in range(number):
        copy = folder / f"case-{place:05}"
        copy.mkdir(parents=True)
        (copy / "case.yaml").write_text(f"{text}\n# copy {place}\n", encoding="utf-8")
    return folder


def of_cases(number: int, workers: int) -> Cost:
    """A batch of so many cases, from nothing."""
    with tempfile.TemporaryDirectory() as folder:
        cases = copies(Path(folder, "cases"), number)
        return run(["batch", str(cases), "--out", str(Path(folder, "out")), "--workers", str(workers)])


def of_draws(number: int, workers: int) -> Cost:
    """A simulation of so many draws."""
    with tempfile.TemporaryDirectory() as folder:
        return run(["simulate", str(SIMULATED), "--draws", str(number), "--workers", str(workers), "--out", folder])


def table(what: str, sizes: Sequence[int], asked: Sequence[int], cost: Callable[[int, int], Cost]) -> Iterator[str]:
    """Rows of sizes, one worker and two; those that were not run from the two largest that were."""
    yield f"| {what} | one worker | processor time | each | most memory | two workers |"
    yield "| ---: | ---: | ---: | ---: | ---: | ---: |"
    found: list[tuple[int, Cost, Cost]] = []
    for size in asked:
        print(f"{size:,} {what} …", file=sys.stderr, flush=True)
        one, two = cost(size, 1), cost(size, 2)
        found.append((size, one, two))
        yield (
            f"| {size:,} | {_time(one.passed)} | {_time(one.processor)} | {_each(one.processor, size)} "
            f"| {one.memory:,.0f} MB | {_time(two.passed)} |"
        )
    (less, one_less, two_less), (most, one_most, two_most) = found[-2:]
    for size in (each for each in sizes if each > most):

        def reckoned(small: float, large: float, size: int = size) -> float:
            return large + (large - small) / (most - less) * (size - most)

        passed = reckoned(one_less.passed, one_most.passed)
        processor = reckoned(one_less.processor, one_most.processor)
        yield (
            f"| {size:,}, reckoned | {_time(passed)} | {_time(processor)} | {_each(processor, size)} | "
            f"| {_time(reckoned(two_less.passed, two_most.passed))} |"
        )


def _time(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6_000 else f"{seconds / 3_600:.1f} h"


def _each(seconds: float, number: int) -> str:
    one = seconds / number
    return f"{one * 1_000:,.0f} ms" if one > 0.01 else f"{one * 1_000_000:,.1f} µs"


def written(tables: str) -> None:
    """The tables in the page."""
    text = PAGE.read_text(encoding="utf-8")
    assert BEGIN in text and END in text
    new = re.sub(f"{BEGIN}.*?{END}", lambda _: f"{BEGIN}\n\n{tables}\n\n{END}", text, flags=re.DOTALL)
    PAGE.write_text(new, encoding="utf-8")


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    reading.add_argument("--cases", type=int, nargs="+", default=ALL_CASES[:4])
    reading.add_argument("--draws", type=int, nargs="+", default=ALL_DRAWS[:4])
    reading.add_argument("--write", action="store_true")
    given = reading.parse_args()
    load = os.getloadavg()[0]
    tables = [
        f"One run each, on {os.cpu_count()} cores with a load of {load:.1f} before; start-up included. “Reckoned” is",
        "from the two largest sizes that were run, and was not run.",
        "",
        f"`finmodel batch` of copies of `{CASE.name}`:",
        "",
        *table("cases", ALL_CASES, given.cases, of_cases),
        "",
        f"`finmodel simulate` of `{SIMULATED.name}`:",
        "",
        *table("draws", ALL_DRAWS, given.draws, of_draws),
    ]
    print("\n".join(tables))
    if given.write:
        written("\n".join(tables))


if __name__ == "__main__":
    main()
