"""The summary on the terminal: the options side by side, as plain text."""

from __future__ import annotations

from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.display import plain_number, pounds
from finmodel.lines.explain import shown
from finmodel.lines.line import Line

_ROWS = (
    ("Cost of a full year, as priced", "full_year_cost"),
    ("Children who repay it", "break_even_children"),
    ("  in whole children", "break_even_children_whole"),
    ("  after all deductions", "break_even_children_after_deductions_whole"),
    ("Total cost", "total_cost"),
    ("Total cashable saving", "total_saving"),
    ("Total net saving", "total_net_saving"),
    ("Net present value", "net_present_value"),
    ("Pays back in", "payback_month"),
)


def summary_table(appraisal: Appraisal) -> str:
    """A table for the terminal, an option below the other."""
    case = appraisal.case
    rows = [f"{case.title} ({case.council}, {case.first_year} to {case.horizon.last_year})", ""]
    for option in appraisal.written.options:
        rows.append(option.option.title + _remark(appraisal, option.option.id))
        measures = appraisal.written.measures[option.option.id]
        rows += [f"  {label:<32}{_text(appraisal, measures[name])}" for label, name in _ROWS]
        rows.append("")
    rows.append(f"Present values: {appraisal.written.present_value_basis}")
    rows.append(
        "Every check holds." if appraisal.checks_hold else "A CHECK FAILS: see the sheet Checks of the workbook."
    )
    return "\n".join(rows)


def _remark(appraisal: Appraisal, option: str) -> str:
    if option == appraisal.case.status_quo:
        return " [status quo]"
    return " [preferred by the authors]" if option == appraisal.case.recommended else ""


def _text(appraisal: Appraisal, line: Line) -> str:
    value = appraisal.results.figure(line)
    if value is None:
        return f"none: {appraisal.results.reason(line)}"
    if line.unit == "£":
        return f"{pounds(value):>12}"
    return f"{shown(appraisal.results, line, 0) if line.unit == 'number' else plain_number(value, 2):>12}"
