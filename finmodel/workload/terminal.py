"""A workload report on the terminal: the figures that it begins with, and how they changed."""

from __future__ import annotations

from finmodel.parsing.problems import seen_in_one_line
from finmodel.workload.document import headline_lines
from finmodel.workload.published import HIDDEN, NONE, ShownReport, day_of

_YEAR = 4


def terminal_text(report: ShownReport) -> str:
    """Ten lines at most."""
    last = len(report.quarters) - 1
    lines = [f"{report.title}: {report.newest.words}"]
    for line in headline_lines(report):
        words, _, judged = line.change_words(last, _YEAR).partition(", ")
        when = f" on {day_of(report.quarters[last - _YEAR])}" if last >= _YEAR else ""
        judged = f" ({judged})" if judged else ""
        said = "" if words in (NONE, HIDDEN) else f", {words}{when if words != 'no change' else ' in a year'}{judged}"
        unit = "" if line.unit == "percent" else f" {line.unit}" if line.unit != "number" else ""
        base = f" of {line.base}" if line.kind == "share" else ""
        lines.append(f"  {line.label}: {line.text(last)}{unit}{base}{said}")
    if report.suppressed:
        lines.append(f"  {report.hidden} figures are hidden")
    return "\n".join(map(seen_in_one_line, lines))
