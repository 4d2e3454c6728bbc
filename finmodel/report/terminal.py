"""The summary on the terminal: the options side by side, as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.capital import headline_of
from finmodel.appraisal.children_needed import NEEDED
from finmodel.appraisal.measure import Display
from finmodel.appraisal.measures import NEVER_EXPOSED, shown_in
from finmodel.appraisal.options import WrittenOption
from finmodel.lines.display import plain_number, pounds
from finmodel.lines.explain import shown
from finmodel.lines.line import Line
from finmodel.report.children_words import cost_to_repay
from finmodel.results.children import needed_of

_CAPITAL = {"outlay": "Capital outlay", "charges": "MRP and interest after", "worth": "  in present value"}


def summary_table(appraisal: Appraisal) -> str:
    """A table for the terminal, an option below the other."""
    case = appraisal.case
    rows = [f"{case.title} ({case.council_name}, {case.first_year} to {case.horizon.last_year})", ""]
    for option in appraisal.written.options:
        rows.append(option.option.title + _remark(appraisal, option.option.id))
        rows += _business_as_usual(appraisal) if option.is_business_as_usual else _change(appraisal, option)
        rows.append("")
    rows.append(f"Present values: {appraisal.written.present_value_basis}")
    rows.append(
        "Every check holds." if appraisal.checks_hold else "A CHECK FAILS: see the sheet Checks of the workbook."
    )
    return "\n".join(rows)


def _business_as_usual(appraisal: Appraisal) -> Iterator[str]:
    """What it costs in itself: the others are changes from it, so nothing else is asked of it."""
    itself = appraisal.written.business_as_usual
    if itself is not None and (itself.option.posts or itself.option.costs):
        yield _row("Its own cost", _text(appraisal, itself.cost.whole))
    else:
        yield "  The case prices nothing for it, which does not say that it costs nothing."
    yield "  The figures of every other option are changes from it."


def _change(appraisal: Appraisal, option: WrittenOption) -> Iterator[str]:
    """The measures of an option, and its capital where it has any."""
    measures = appraisal.written.measures[option.option.id]
    for measure, how in shown_in(Display.TERMINAL, measures):
        yield _row(how.label or measure.label, _figure(appraisal, option, measure.name))
    capital = headline_of(appraisal.written.budget.options[option.option.id].capital)
    if any(appraisal.results.figure(line) for line in capital.values()):
        yield from (_row(_CAPITAL[name], _text(appraisal, line)) for name, line in capital.items())


def _row(label: str, text: str) -> str:
    return f"  {label:<32}{text}"


def _remark(appraisal: Appraisal, option: str) -> str:
    if option == appraisal.case.status_quo:
        return " [business as usual]"
    return " [preferred by the authors]" if option == appraisal.case.recommended else ""


def _figure(appraisal: Appraisal, option: WrittenOption, name: str) -> str:
    if name == NEEDED["over_horizon"]:
        return needed_of(appraisal, option).words
    if name == "cost_to_repay":
        return f"{cost_to_repay(needed_of(appraisal, option)):>12}"
    if name.endswith("payback_month") and any(claim.claim.basis == "requirement" for claim in option.own.claims):
        return "none expected: nobody has forecast the saving"
    measures = appraisal.written.measures[option.option.id]
    if name.endswith("payback_month") and appraisal.results.figure(measures[f"{name}_number"]) == 1:
        return NEVER_EXPOSED
    return _text(appraisal, measures[name])


def _text(appraisal: Appraisal, line: Line) -> str:
    value = appraisal.results.figure(line)
    if value is None:
        return f"none: {appraisal.results.reason(line)}"
    if line.unit == "£":
        return f"{pounds(value):>12}"
    return f"{shown(appraisal.results, line, 0) if line.unit == 'number' else plain_number(value, 2):>12}"
