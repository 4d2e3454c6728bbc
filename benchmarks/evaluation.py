"""How fast is the model worked out once, and a tornado, beside LibreOffice and the same formulas by hand in NumPy?

LibreOffice opens Wolverhampton's workbook, recalculates it and saves it. Without recalculating it takes the same,
so that alone cannot be told apart. By hand the present value and the payback of the three options are worked
out as in `simulation`.

Where the time of one evaluation goes, in times of by hand with its 180 operations: 344 calls of NumPy with their
operands at hand 1.8; five accounts stepped year by year 1.2; going through the rules of 224 lines, checking and keeping
what they give 2.5. So the calls alone are beyond the bar. Tried in its place, to the same figures: plain numbers for
lines of one number, 5.2; the steps of many draws, 4.3 and 19 to write them; one Python function of all lines, with
numbers where there is one and arrays made beforehand where there are more, 1.8 and 32 to write it. As it stands a model
is worked out once, so that writing is not repaid, and no more than 1% of a report is spent on it.

    python benchmarks/evaluation.py [--json]
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from _medians import REPEATS, in_turn
from simulation import CASE, FIRST, OTHERS, SPREAD, Array, by_hand

from finmodel.appraisal.appraise import WrittenModel, appraise, write_model
from finmodel.case import load_case
from finmodel.lines.evaluate import Evaluator, evaluate, needed_groups
from finmodel.report.workbook import render_workbook
from finmodel.uncertainty.answers import ends_of, judged_lines
from finmodel.uncertainty.illustration import may_be_scaled
from finmodel.uncertainty.tornado import tornado
from finmodel.uncertainty.trials import OneByOne

TIMES, INPUTS = 30, 40
_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def beside_libreoffice(ours: Callable[[], object], workbook: bytes) -> tuple[float, float, float]:
    """Ours in turn with LibreOffice, which opens a workbook, recalculates every formula and saves it: see `in_turn`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_RECALCULATE, encoding="utf-8")
        (folder / "report.xlsx").write_bytes(workbook)
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "saved")]
        command += [str(folder / "report.xlsx")]

        def recalculate() -> None:
            subprocess.run(command, capture_output=True, check=True, timeout=300)

        return in_turn(ours, recalculate, TIMES, _of_children, peer_times=1)


def _of_children() -> float:
    """Seconds of processor time of the processes that have ended."""
    now = os.times()
    return now.children_user + now.children_system


def stated(written: WrittenModel) -> dict[str, Array]:
    """The inputs of the lines by hand, as the case states them."""
    model = written.model
    return {name: np.broadcast_to(model[name].value(), (model.periods(model[name].timeline), 1)) for name in SPREAD}


def row(what: tuple[str, str, str], ours: float, peer: float, bar: str, ratio: float) -> dict[str, object]:
    work, against, note = what
    return {
        "work": work,
        "ours": f"{ours * 1e3:.2f} ms",
        "peer": f"{against}, {peer * 1e3:,.2f} ms",
        "ratio": round(ratio, 2),
        "bar": bar,
        "note": f"medians of {REPEATS} in turn, processor time{note}",
    }


def main() -> None:
    appraisal = appraise(load_case(CASE))
    written, model = appraisal.written, appraisal.written.model

    def fresh() -> None:
        model.standing.clear()
        evaluate(model)

    def some() -> None:
        model.standing.clear()
        evaluator.results({})

    options = (FIRST, *OTHERS)
    names = ("net_present_budget_impact", "payback_month_number")
    keep = [written.measures[option][name].address for option in options for name in names]
    given, evaluator = stated(written), Evaluator(model, {}, keep)
    few, hand, times_few = in_turn(some, lambda: [by_hand(given) for _ in options], TIMES)
    found = []
    if shutil.which("soffice"):
        whole, peer, faster = beside_libreoffice(fresh, render_workbook(appraisal))
        against = "LibreOffice, opening and saving included"
        note = (
            "; 160 × to 233 × in seven runs of two days, as the machine was more or less quick at NumPy's calls: a "
            "tenth is bisecting three internal rates, the rest some 10 µs a line, half of it NumPy on a few numbers"
        )
        what = (f"the whole model of Wolverhampton once, {len(model):,} lines", against, note)
        found.append(row(what, whole, peer, "≥ 200 × as fast", faster))
    else:
        print("LibreOffice is not installed, so not measured")
    lines = len(needed_groups(model, keep))
    work = f"net present budget impact and payback of 3 options once, {lines} lines"
    what = (
        work,
        "the same by hand in NumPy, some 60 operations an option",
        "; twice the operations: as calls of NumPy alone they take 1.8 ×, the rest is going through rules",
    )
    found.append(row(what, few, hand, "≤ 1.5 ×", 1 / times_few))
    apart = write_model(load_case(CASE).case)  # each option with inputs of its own, so that there are forty
    lines = [line for line in apart.model if may_be_scaled(line)][:INPUTS]
    judged = judged_lines(apart)
    evaluate(apart.model)
    ours, hand, times_ours = in_turn(
        lambda: tornado(judged, lines, {}, OneByOne(apart.model, lines, ends_of(judged))),
        lambda: [by_hand(given) for _ in options],
        TIMES,
    )
    work = f"a tornado of {len(lines)} inputs, low and high"
    what = (work, f"{len(lines)} × 2 evaluations by hand in NumPy", "; no model is built again")
    found.append(row(what, ours, 2 * len(lines) * hand, "≤ 3 ×", 1 / (2 * len(lines) * times_ours)))
    for each in found:
        print(f"{each['work']}: {each['ours']}; {each['peer']}: {each['ratio']} ({each['bar']})")
    if "--json" in sys.argv:
        print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()
