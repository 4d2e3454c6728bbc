"""How much processor time the commands on the shipped cases take, beside bare Python's start in the same run.

    python benchmarks/commands.py [--json] [--runs 5]

Each command runs in a process of its own, once to warm up and then as often as asked, in turn with the others, so that
what else the machine does falls on all of them; user and system time, medians. Then the stages of each report, each
timed once in one process, whose sum is the report's time without the start of Python.
"""

# ruff: noqa: PLC0415 - what a stage imports is a part of what is measured
from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time

from _processes import BARE_THEN, FINMODEL, as_set, times_bare, used

from finmodel.cli.outermost import THRESHOLDS

ROOT = Path(__file__).parents[1]
BARE = (sys.executable, "-c", "pass")


@dataclass(frozen=True, slots=True)
class Command:
    """A command line, and the bar that it is to meet, in seconds of the machine on which the bars were set."""

    work: str
    words: tuple[str, ...]
    bar: float
    case: str = ""  # of a report
    why: str = ""  # a bar is not met, by a profile


_OF_CHECK = (
    "a profile: imports 46%, of which NumPy and pydantic take 27%, the classes of the case's schema 20% and 230 of our "
    "modules 22%; reading the case 20%, two thirds of it pydantic building its validators; writing the model's 3,900 "
    "lines and trying whether its ranges can be 30%"
)
_OF_REPORT = (
    "a profile of the workbook, 113,736 cells: laying out lines 26%, formulas' texts 21%, XlsxWriter 19%, compressing "
    "6%; no other function takes 4%"
)
COMMANDS = (
    Command("finmodel --help", ("--help",), 5 * BARE_THEN),
    Command("finmodel check, example-2026", ("check", "inputs/example-2026"), 0.4, why=_OF_CHECK),
    Command(
        "finmodel report, Wolverhampton",
        ("report", "inputs/wolverhampton-2015"),
        1.4,
        case="wolverhampton-2015",
    ),
    Command(
        "finmodel report, example-2026",
        ("report", "inputs/example-2026"),
        2.4,
        case="example-2026",
        why=_OF_REPORT,
    ),
)


def processor_time(command: tuple[str, ...]) -> float:
    """The seconds of processor time that a process takes, by itself and by the system for it."""
    taken = used(command)
    if taken.code:
        raise RuntimeError(f"{' '.join(command)} ended with exit code {taken.code}")
    return taken.seconds


def measured(runs: int, out: str) -> tuple[float, list[float]]:
    """The medians of bare Python and of each command."""
    lines = [BARE, *((*FINMODEL, *each.words, *(("--out", out) if each.case else ())) for each in COMMANDS)]
    for line in lines:
        processor_time(line)
    rounds = [[processor_time(line) for line in lines] for _ in range(runs)]
    bare, *ours = (median(times) for times in zip(*rounds, strict=True))
    return bare, ours


def stages(case: str) -> dict[str, float]:
    """Seconds of processor time by stage of a report, in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--stages-of", case], cwd=ROOT, check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def stages_here(case: str) -> dict[str, float]:
    """The stages of a report, worked out here: what `finmodel report` does, in its order."""
    gc.set_threshold(*THRESHOLDS)
    found: dict[str, float] = {}
    begun = process_time()

    def lap(stage: str) -> None:
        nonlocal begun
        now = process_time()
        found[stage] = now - begun
        begun = now

    from finmodel.appraisal.appraise import appraise
    from finmodel.appraisal.plausibility import notes_of
    from finmodel.audit.workbooks.as_case import load_case_or_workbook
    from finmodel.report.financial_implications import left_blank
    from finmodel.report.page import render_page
    from finmodel.report.paper import paper
    from finmodel.report.terminal import answer_text
    from finmodel.report.workbook import render_workbook
    from finmodel.results import uncertainty
    from finmodel.results.appraised import results
    from finmodel.results.plain import as_json_bytes
    from finmodel.results.simulated import simulation_of
    from finmodel.uncertainty.tested import tested

    lap("imports")
    loaded = load_case_or_workbook(ROOT / "inputs" / case)
    lap("reading the case")
    appraisal = appraise(loaded)
    _ = appraisal.results
    lap("model: built, checked, evaluated")
    tried = tested(appraisal)
    uncertainty.tested = lambda _: tried  # which the results ask for themselves
    lap("what-if, switching values, tornado")
    simulation_of(appraisal)
    lap("simulation")
    found_results = results(appraisal)
    lap("results")
    render_workbook(appraisal, found_results)
    lap("workbook")
    render_page(appraisal, found_results)
    lap("page")
    paper(found_results, None)
    lap("paper")
    as_json_bytes(found_results)
    lap("results.json")
    left_blank(found_results), notes_of(appraisal), answer_text(appraisal)
    lap("what is said in the terminal")
    return found


def in_words(found: dict[str, float]) -> str:
    """Stages with their seconds and shares."""
    whole = sum(found.values())
    return ", ".join(f"{stage} {seconds:.2f} s ({seconds / whole:.0%})" for stage, seconds in found.items())


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--stages-of", default="")
    asked = parser.parse_args()
    if asked.stages_of:
        print(json.dumps(stages_here(asked.stages_of)))
        return
    os.chdir(ROOT)  # the commands name the shipped cases from there
    with tempfile.TemporaryDirectory() as out:
        bare, ours = measured(asked.runs, out)
    rows = []
    for command, seconds in zip(COMMANDS, ours, strict=True):
        note = f"median of {asked.runs}, processor time; {as_set(command.bar)}"
        by_stage = stages(command.case) if command.case else {}
        if by_stage:
            note += f"; stages: {in_words(by_stage)}"
        note += f"; {command.why}" if command.why else ""
        rows.append(
            {
                "work": command.work,
                "ours": f"{seconds:.2f} s",
                "peer": f"bare Python's start, {bare * 1000:.0f} ms",
                "ratio": round(seconds / bare, 1),
                "bar": times_bare(command.bar),
                "note": note,
            }
        )
        if not asked.json:
            print(f"{command.work:32} {seconds:6.3f} s {seconds / bare:6.1f} × bare Python   {times_bare(command.bar)}")
            for stage, share in by_stage.items():
                print(f"    {stage:36} {share:6.3f} s {share / sum(by_stage.values()):5.0%}")
    if asked.json:
        print(json.dumps(rows, ensure_ascii=False))


if __name__ == "__main__":
    main()
