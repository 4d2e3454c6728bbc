"""Audit of a workbook of 50 sheets and 100,000 formulas: time and memory, beside openpyxl's loading of it.

    python benchmarks/audit_workbook.py [--limit MB] [--json]

The workbook is written by XlsxWriter with stored results: on each sheet 40 rows of inputs and 100 rows of formulas over
20 years: growth, sums of blocks, links to the sheet before, running totals and a check. Each step runs in a process of
its own, so that its processor time and peak memory are
its own; `--limit` holds the audit's address space to so many megabytes.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import xlsxwriter
from _medians import REPEATS
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

SHEETS, INPUTS, ROWS, YEARS = 50, 40, 100, 20
FIRST = 2  # column of the first year
STEPS = {
    "openpyxl, formulas": "import openpyxl; openpyxl.load_workbook(path)",
    "openpyxl, formulas and values": "import openpyxl; openpyxl.load_workbook(path); "
    "openpyxl.load_workbook(path, data_only=True)",
    "opening": "from finmodel.audit.workbooks.opening import open_workbook; open_workbook(path)",
    "audit": "from finmodel.audit.workbooks.opening import open_workbook; "
    "from finmodel.audit.workbooks.general.registry import general_findings; "
    "found = general_findings(open_workbook(path)); "
    "print(found.formulas, 'formulas,', found.recalculated, 'recalculated,', len(found.findings), 'findings')",
}


def write(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        values: list[dict[tuple[int, int], float]] = []
        blue = book.add_format({"font_color": "#0000FF", "num_format": "#,##0.00"})
        money = book.add_format({"num_format": "#,##0.00"})
        for number in range(SHEETS):
            page = book.add_worksheet(f"Service {number + 1}")
            page.write_row(0, FIRST, list(range(2020, 2020 + YEARS)))
            value: dict[tuple[int, int], float] = {}
            for row in range(1, INPUTS + 1):
                page.write(row, 0, f"Input {row}")
                for column in range(FIRST, FIRST + YEARS):
                    value[row, column] = float(100 * row + 7 * column + number)
                    page.write_number(row, column, value[row, column], blue)
            for row in range(INPUTS + 2, INPUTS + 2 + ROWS):
                page.write(row, 0, f"Line {row}")
                step = row - INPUTS - 2
                source = 1 + step % (INPUTS - 3)
                for column in range(FIRST, FIRST + YEARS):
                    name = xl_col_to_name(column)
                    kind = step % 5
                    if kind == 0:
                        formula = f"={xl_rowcol_to_cell(source, column)}*{xl_rowcol_to_cell(source + 1, column)}"
                        result = value[source, column] * value[source + 1, column]
                    elif kind == 1:
                        formula = f"=SUM({name}{source + 1}:{name}{source + 4})"
                        result = sum(value[at, column] for at in range(source, source + 4))
                    elif kind == 2:
                        formula = f"=IF({name}{row}>{name}${source + 1},{name}{row}-{name}{row - 1},0)"
                        above, twice = value[row - 1, column], value[row - 2, column]
                        result = above - twice if above > value[source, column] else 0.0
                    elif kind == 3:
                        formula = f"=SUM(${xl_col_to_name(FIRST)}{row}:{name}{row})"
                        result = sum(value[row - 1, at] for at in range(FIRST, column + 1))
                    elif number:
                        formula = f"='Service {number}'!{name}{source + 1}+{name}{row}"
                        result = values[number - 1][source, column] + value[row - 1, column]
                    else:
                        formula, result = f"=MAX({name}{row},0)", max(value[row - 1, column], 0.0)
                    value[row, column] = result
                    page.write_formula(row, column, formula, money, result)
            values.append(value)


def measured(code: str, path: Path, limit: int | None) -> tuple[float, float, str]:
    """Processor seconds and peak megabytes of a step in a process of its own, and what it printed."""

    def hold() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_AS, (limit * 1_000_000, limit * 1_000_000))

    program = f"path = {str(path)!r}\n{code}\nimport resource\n"
    program += "used = resource.getrusage(resource.RUSAGE_SELF)\nprint(used.ru_utime + used.ru_stime, used.ru_maxrss)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, preexec_fn=hold)
    if done.returncode:
        raise SystemExit(done.stderr)
    *said, used = done.stdout.strip().splitlines()
    seconds, peak = used.split()
    return float(seconds), int(peak) / 1000, " ".join(said)


def _as_json(path: Path, limit: int | None) -> dict[str, str | float]:
    steps = ((STEPS["openpyxl, formulas"], None), (STEPS["audit"], limit))
    for code, held in steps:  # to warm up
        measured(code, path, held)
    peers, ours = [], []
    for number in range(REPEATS):  # in turn, either first in every other round, for the machine's speed varies
        order = steps if number % 2 else steps[::-1]
        found = {code: measured(code, path, held) for code, held in order}
        peers.append(found[steps[0][0]][0])
        ours.append(found[steps[1][0]])
    seconds = [took for took, _, _ in ours]
    _, peak, said = ours[-1]
    ratios = [one / other for one, other in zip(seconds, peers, strict=True)]
    return {
        "work": f"audit, {SHEETS} sheets of {ROWS * YEARS:,} formulas",
        "ours": f"{statistics.median(seconds):.1f} s",
        "peer": f"openpyxl loads it, {statistics.median(peers):.1f} s",
        "ratio": round(statistics.median(ratios), 2),
        "bar": "≤ 3.6 ×",
        "note": f"5 s where openpyxl takes 1.4 s; processor time, median of {REPEATS} ratios in turn, "
        f"{min(ratios):.2f} to {max(ratios):.2f}; at most {peak:.0f} MB held; {said}",
    }


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    reading.add_argument("--limit", type=int, help="Megabytes of address space that the audit may take.")
    reading.add_argument("--json", action="store_true", help="The audit beside openpyxl's loading, as JSON.")
    asked = reading.parse_args()
    limit = asked.limit
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        write(path)
        if asked.json:
            print(json.dumps([_as_json(path, limit)], ensure_ascii=False))
            return
        print(f"{SHEETS} sheets, {SHEETS * ROWS * YEARS:,} formulas, {path.stat().st_size / 1e6:.1f} MB")
        base = None
        for name, code in STEPS.items():
            seconds, peak, said = measured(code, path, limit if name == "audit" else None)
            base = base or seconds
            print(f"{name:32} {seconds:6.1f} s  {seconds / base:4.2f} of openpyxl's load  {peak:6.0f} MB  {said}")


if __name__ == "__main__":
    main()
