"""How long does a move of a lever take on the page of example-2026, beside the same figures in Python?

On the page: every line worked out by the interpreter in Chromium, and the page shown anew. In Python: the model worked
out over NumPy arrays with the same input, for the same figures.

    python benchmarks/levers.py [--json]
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

from finmodel.appraisal.appraise import appraise
from finmodel.case import load_case
from finmodel.lines.evaluate import evaluate
from finmodel.report.page import render_page

CHROMIUM = "/usr/bin/chromium"
LEVER, REPEATS = "options.team.delay_months", 30
MOVES = """(repeats) => {
  const { levers, move, show, model } = finmodelLevers, lever = levers.find(each => each.address === '%s');
  const took = [[], []];
  for (let n = 1; n <= repeats; n += 1) {
    move(lever, n %% 24 + 1);
    let start = performance.now();
    show();
    document.body.offsetHeight;
    took[0].push(performance.now() - start);
    start = performance.now();
    model.run({[lever.address]: [n %% 24 + 1]});
    took[1].push(performance.now() - start);
  }
  return took;
}"""


def main() -> None:
    made = appraise(load_case(Path(__file__).parents[1] / "inputs" / "example-2026"))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "report.html"
        page.write_text(render_page(made), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        window = browser.new_page(offline=True)
        window.goto(page.as_uri())
        figures = window.evaluate("[...document.querySelectorAll('[data-figure]')].map(each => each.dataset.figure)")
        shown, worked = (statistics.median(each) / 1000 for each in window.evaluate(MOVES % LEVER, REPEATS))
        browser.close()
    keep, took = list(dict.fromkeys(figures)), []
    for months in range(1, REPEATS + 1):
        start = time.perf_counter()
        evaluate(made.written.model, {LEVER: np.array([[float(months % 24 + 1)]])}, keep=keep)
        took.append(time.perf_counter() - start)
    python = statistics.median(took)
    found = {
        "work": "a move of a lever, example-2026, shown again",
        "ours": f"{shown * 1000:.0f} ms, of it {worked * 1000:.0f} ms for the lines",
        "peer": f"the same figures in Python over NumPy, {python * 1000:.0f} ms",
        "ratio": round(shown / python, 2),
        "bar": "≤ 50 ms",
        "note": f"median of {REPEATS} in Chromium, layout included",
    }
    print(json.dumps([found], ensure_ascii=False) if "--json" in sys.argv else "\n".join(map(str, found.values())))


if __name__ == "__main__":
    main()
