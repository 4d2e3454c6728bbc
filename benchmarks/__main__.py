"""Every benchmark in turn, in one table: `docs/performance.md`.

    python benchmarks              # all, and writes the page
    python benchmarks SCRIPT ...   # these alone, by the names of their files; the page stays as it is

A script that knows `--json` prints, as its last line, a list of rows: work, ours, peer, ratio, bar, note. Others are
run, and what they say is left out. One that fails loses no other's rows, and is named at the end.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "performance.md"
PACKAGES = (
    "numpy", "scipy", "pydantic", "msgspec", "pandas", "openpyxl", "xlsxwriter", "python-docx", "ironcalc",
    "formualizer", "numpy-financial", "pyxirr", "dask", "distributed",
)  # fmt: skip
KEYS = {"work", "ours", "peer", "ratio", "bar", "note"}
_BAR = re.compile(r"([≤≥])\s*([\d,]+(?:\.\d+)?)\s*(×|[^\d\s;,()]+(?: a second)?)?")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_FIGURE = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*([^\d\s;,()]+(?: a second)?)")


@dataclass(frozen=True)
class Measured:
    """A row of the table."""

    work: str
    ours: str
    peer: str
    ratio: float | None
    bar: str
    note: str

    @property
    def met(self) -> str:
        """Whether every part of the bar is met; "" where there is no bar, "see note" where it is not one of figures."""
        judged = [self._judged(*found) for found in _BAR.findall(self.bar)]
        if not self.bar.strip(" –-"):
            return ""
        if not judged or None in judged or len(judged) < len(_NUMBER.findall(self.bar)):
            return "see note"
        return "yes" if all(judged) else "**no**"

    def _judged(self, sign: str, limit: str, unit: str) -> bool | None:
        """A bar in × is the ratio's; any other is of the figure that has its unit."""
        figures = {found: _number(text) for text, found in _FIGURE.findall(self.ours)}
        figure = self.ratio if unit == "×" else figures.get(unit)
        if figure is None:
            return None
        return figure <= _number(limit) if sign == "≤" else figure >= _number(limit)

    def cells(self) -> tuple[str, ...]:
        """Its cells, in the order of the table."""
        ratio = "" if self.ratio is None else f"{self.ratio:.3g}"
        return (self.work, self.ours, self.peer, ratio, self.bar, self.met, self.note)


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def rows_of(script: Path) -> list[Measured]:
    """The rows of a script; RuntimeError with what it said where it fails."""
    knows = '"--json"' in script.read_text(encoding="utf-8")
    command = [sys.executable, str(script), *(["--json"] if knows else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=HERE.parent)
    if done.returncode:
        raise RuntimeError((done.stderr.strip().splitlines() or ["it said nothing"])[-1])
    if not knows:
        return []
    try:
        found = json.loads(done.stdout.strip().splitlines()[-1])
        if any(set(row) != KEYS for row in found):
            raise RuntimeError(f"its rows need exactly the keys {', '.join(sorted(KEYS))}")
        return [Measured(**row) for row in found]
    except (ValueError, IndexError, TypeError):
        raise RuntimeError("its last line is no list of rows in JSON") from None


def machine() -> Iterator[str]:
    """What it was measured on."""
    yield f"Date: {date.today().isoformat()}"
    yield f"Processor: {_of_file('/proc/cpuinfo', 'model name') or platform.processor()}, {os.cpu_count()} cores"
    memory = _of_file("/proc/meminfo", "MemTotal")
    yield f"Memory: {int(memory.split()[0]) / 1024**2:.1f} GB" if memory else "Memory: not known"
    yield f"System: {platform.system()} {platform.release()}"
    yield f"Load before the first script, of {os.cpu_count()} cores: {os.getloadavg()[0]:.1f}"
    yield f"Python {platform.python_version()}; finmodel {version('finmodel')}"
    yield "Packages: " + ", ".join(f"{name} {held}" for name in PACKAGES if (held := _version(name)))
    office = shutil.which("soffice")
    if office:
        said = subprocess.run([office, "--version"], capture_output=True, text=True, check=False).stdout.split()
        yield " ".join(said[:2])


def _of_file(path: str, name: str) -> str:
    """What a file of the system says under a name; "" where there is no such file."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def table(rows: Sequence[Measured]) -> str:
    """The table, in Markdown."""
    head = ("work", "measured", "peer", "ratio", "bar", "met", "note")
    lines = [head, ("---",) * len(head), *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def page(rows: Sequence[Measured], failed: Sequence[str], facts: Sequence[str]) -> str:
    """The page of the documentation."""
    missed = ["", "## Not measured", "", *(f"- {each}" for each in failed)] if failed else []
    return "\n".join(
        [
            "# Performance",
            "",
            "Written by `make bench`, which runs every script of `benchmarks/`, each against a peer measured in the",
            "same run; medians of at least five runs. Only ratios are worth comparing between machines. How cost grows",
            "from one case to many, and when to take more machines, is in [scale](scale.md).",
            "",
            *(f"- {fact}" for fact in facts),
            "",
            table(rows),
            *missed,
            "",
        ]
    )


def main() -> int:
    asked = [Path(name).stem for name in sys.argv[1:]]
    scripts = [path for path in sorted(HERE.glob("*.py")) if not path.name.startswith("_")]
    unknown = set(asked) - {path.stem for path in scripts}
    if unknown:
        print(f"There is no benchmark {', '.join(sorted(unknown))}: {', '.join(path.stem for path in scripts)}")
        return 2
    facts, rows, failed = list(machine()), [], []
    todo = [script for script in scripts if not asked or script.stem in asked]
    try:
        while todo:
            print(f"{todo[0].stem} …", file=sys.stderr, flush=True)
            try:
                rows += rows_of(todo[0])
            except RuntimeError as error:
                failed.append(f"`{todo[0].name}` failed: {error}")
            todo.pop(0)
    except KeyboardInterrupt:
        failed += [f"`{script.name}` was not run: stopped before" for script in todo]
    print("\n".join([*facts, "", table(rows), *failed]))
    if not asked:
        PAGE.write_text(page(rows, failed, facts), encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
