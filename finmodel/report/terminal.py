"""The answer on the terminal, in a few lines, and the summary of every option, as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.capital import headline_of
from finmodel.appraisal.children_needed import NEEDED
from finmodel.appraisal.measure import Display
from finmodel.appraisal.measures import NEVER_EXPOSED, shown_in
from finmodel.appraisal.options import WrittenOption
from finmodel.lines.display import number, plain_number, pounds
from finmodel.lines.explain import shown
from finmodel.lines.line import Line
from finmodel.report.caseload_tables import caseload_paragraphs
from finmodel.report.children_words import cost_to_repay
from finmodel.report.demand_tables import verdict
from finmodel.results.caseload import caseload_result
from finmodel.results.children import needed_of
from finmodel.results.demand import demand_result
from finmodel.results.published import PublicResults
from finmodel.results.wording import month_words

_CAPITAL = {"outlay": "Capital outlay", "charges": "MRP and interest after", "worth": "  in present value"}


_MOST_OPTIONS = 5  # answered one by one where none is preferred
_HOW_SURE = {
    frozenset[str](): "no saving is claimed, so only the cost is in question",
    frozenset(["forecast"]): "a forecast: the saving is what the authors expect",
    frozenset(["requirement"]): "a requirement: no forecast is made of the saving, so do not count on it",
}
_PART = "part forecast, part requirement: do not count on what is not forecast"


def answer_text(appraisal: Appraisal) -> str:
    """What the preferred option costs and needs, when it pays back on all money and how sure that is.

    Where none is preferred, the same of each option in a line.
    """
    case = appraisal.case
    if not case.options:
        return text_without_options(appraisal)
    changes = [option for option in appraisal.written.options if not option.is_business_as_usual]
    preferred = [option for option in changes if option.option.id == case.recommended] or changes[: len(changes) == 1]
    rows = [_heading(appraisal)]
    if preferred:
        rows.append(preferred[0].option.title + _remark(appraisal, preferred[0].option.id))
        rows += [_row(label, text) for label, text in _answers(appraisal, preferred[0]).items()]
    if case.recommended is not None and case.recommended == case.status_quo:
        rows.append("The authors prefer business as usual.")
    for option in [] if preferred else changes[:_MOST_OPTIONS]:
        given = (f"{label.lower()}: {text}" for label, text in _answers(appraisal, option).items())
        rows.append(f"{option.option.title}: {'; '.join(given)}")
    rows.append(f"{_checks(appraisal)} Every option and measure: --all.")
    return "\n".join(rows)


_UNCLAIMED = "no: no saving is claimed"


def _answers(appraisal: Appraisal, option: WrittenOption) -> dict[str, str]:
    measures = appraisal.written.measures[option.option.id]
    cost = pounds(appraisal.results.figure(measures.get("total_money_spent", measures["total_cost"])) or 0.0)
    outlay = headline_of(appraisal.written.budget.options[option.option.id].capital).get("outlay")
    capital = appraisal.results.figure(outlay) if outlay is not None else None
    basis = frozenset(claim.claim.basis for claim in option.own.claims)
    return {
        "Cost": f"{cost} in all" + (f", of which {pounds(capital)} is capital" if capital else ""),
        "Children fewer in care": _figure(appraisal, option, NEEDED["over_horizon"]).strip(),
        "Pays back, on all money": _figure(appraisal, option, "payback_month").strip() if basis else _UNCLAIMED,
        "How sure": _HOW_SURE.get(basis, _PART),
    }


def text_without_options(appraisal: Appraisal) -> str:
    """The answer of a case without options: where demand leads, what each worker holds and what targets take."""
    demand, caseload = demand_result(appraisal), caseload_result(appraisal)
    rows = [_heading(appraisal)]
    if demand is not None:
        rows.append(verdict(demand))
        by = month_words(demand.months[-1])
        for path in demand.projections:
            end = path.at_year_end[-1]
            rows.append(
                _row(f"{path.label}, by {by}", "none: " + (path.reason or "") if end is None else number(end, 1))
            )
        rows += [
            _row(f"What came to be, {outturn.words}", plain_number(outturn.children, 1)) for outturn in demand.outturns
        ]
        rows += [
            _row(f"Costs avoided, {each.label[:1].lower()}{each.label[1:]}", pounds(each.total))
            for each in (demand.avoided.conventions if demand.avoided is not None else ())
        ]
    if caseload is not None:
        rows += caseload_paragraphs(caseload)
    rows.append(_checks(appraisal).removesuffix(" "))
    return "\n".join(rows)


def _heading(appraisal: Appraisal) -> str:
    case = appraisal.case
    return f"{case.title} ({case.council_name}, {case.first_year} to {case.horizon.last_year})"


def _checks(appraisal: Appraisal) -> str:
    return "Every check holds." if appraisal.checks_hold else "A CHECK FAILS: see the sheet Checks of the workbook."


def summary_table(appraisal: Appraisal) -> str:
    """A table for the terminal, an option below the other."""
    if not appraisal.case.options:
        return text_without_options(appraisal)
    rows = [_heading(appraisal), ""]
    for option in appraisal.written.options:
        rows.append(option.option.title + _remark(appraisal, option.option.id))
        rows += _business_as_usual(appraisal) if option.is_business_as_usual else _change(appraisal, option)
        rows.append("")
    rows.append(f"Present values: {appraisal.written.present_value_basis}")
    rows.append(_checks(appraisal))
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
    return f"  {label:<32}{text}" if len(label) < 32 else f"  {label:<70}{text}"


def _remark(appraisal: Appraisal, option: str) -> str:
    if option == appraisal.case.status_quo:
        return " [business as usual]"
    return " [preferred]" if option == appraisal.case.recommended else ""


def _figure(appraisal: Appraisal, option: WrittenOption, name: str) -> str:
    if name == NEEDED["over_horizon"]:
        return needed_of(appraisal, option).words
    if name == "cost_to_repay":
        return f"{cost_to_repay(needed_of(appraisal, option)):>12}"
    if name.endswith("payback_month") and any(claim.claim.basis == "requirement" for claim in option.own.claims):
        return "none expected: no forecast is made of the saving"
    return _text(appraisal, appraisal.written.measures[option.option.id][name])


def _text(appraisal: Appraisal, line: Line) -> str:
    value = appraisal.results.figure(line)
    if value is None:
        reason = appraisal.results.reason(line)
        return reason if reason == NEVER_EXPOSED else f"none: {reason}"
    if line.unit == "£":
        return f"{pounds(value):>12}"
    return f"{shown(appraisal.results, line, 0) if line.unit == 'number' else plain_number(value, 2):>12}"


def published_words(found: PublicResults, folder: Path) -> str:
    """What a copy for publication leaves out, and what whoever publishes it has to look at."""
    figures = [figure for option in found.options for figure in (*option.measures, *option.by_year, *option.costs)]
    if found.demand is not None:
        figures += [*found.demand.counts, *found.demand.outturns, *found.demand.projections]
    left_out = [figure for figure in figures if figure.exempt]
    rows = [f"Copy for publication: {found.title}", "", found.notice, ""]
    rows.append(f"Left out: {len(left_out)} of {len(figures)} figures, {found.texts_left_out} texts of the case.")
    rows.append("Read the case's other texts before you publish: a number of children, or a price in other words, that")
    rows.append("stands in them stays, and together with a total may give an exempt figure away.")
    rows.append(f"Wrote the page, the paper, the workbook of values and results.json into {folder}")
    return "\n".join(rows)
