"""Explanations as text, as HTML and as data, for one figure of every shape in Darlington's case.

Taken from finmodel's own output, so they prove no figure right: they make every change in how a figure is explained a
deliberate one, seen in review. `python tests/explanation_registers.py` writes them anew.
"""

from __future__ import annotations

from pathlib import Path

from finmodel.appraisal.appraise import appraise
from finmodel.case import load_case
from finmodel.document.explanation import as_html, as_text
from finmodel.lines.evaluate import Results
from finmodel.lines.explain import explain

ROOT = Path(__file__).parents[1]
FILE = ROOT / "tests" / "registers" / "explanations.txt"
CASE = ROOT / "inputs" / "darlington-2010"


def asked(results: Results) -> list[tuple[str, int]]:
    """Every measure, yearly line and check, and monthly lines in their first and second month."""
    ends = ("measures.net_present_budget_impact", "measures.payback_month_number", "measures.break_even_children")
    chosen = [line.address for line in results.model if line.address.endswith(ends)]
    yearly = [
        "options.proposal.cost",
        "options.proposal.cumulative_net_saving",
        "options.proposal.present_value_of_cost",
    ]
    found = [(address, period) for address in yearly if address in results.model for period in (0, 1)]
    monthly = [line.address for line in results.model if line.address.startswith("options.proposal.monthly.")]
    return (
        [(address, 0) for address in chosen] + found + [(address, period) for address in monthly for period in (0, 1)]
    )


def explanations() -> str:
    """All of them, one below the other."""
    results = appraise(load_case(CASE)).results
    texts = []
    for address, period in asked(results):
        line = results.model[address]
        texts.append(as_text(explain(results, line, period, 3)))
        texts.append(as_html(explain(results, line, period, 1)))
        texts.append(explain(results, line, period, 1).as_json())
    return "\n".join(texts) + "\n"


if __name__ == "__main__":
    FILE.write_text(explanations(), encoding="utf-8")
