"""`results.json`: every figure that a report shows, with its reason where it has none. Nothing is worked out here."""

from __future__ import annotations

import json
from typing import Any

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.measure import Display
from finmodel.appraisal.measures import FULL_YEAR_NUMBER, shown_in
from finmodel.appraisal.money_spent import CUMULATIVE, MONEY_SPENT, NET_POSITION, RESOURCES
from finmodel.appraisal.options import WrittenOption
from finmodel.case.schema import Case
from finmodel.case.schema_costs import OtherCost
from finmodel.costing.award_point import NAME as AWARD_POINT
from finmodel.costing.award_point import offered_year
from finmodel.costing.other_costs import BY_COHORT, MET_ONCE
from finmodel.lines.explain import origin_as_dict, rule_in_words, shown
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.lines.uses import unread_rows
from finmodel.report.accounts_json import accounts
from finmodel.report.assurance import assurance
from finmodel.report.break_even_words import claims_needed, solved_as_dict
from finmodel.report.children_words import needed_of
from finmodel.report.claims_json import claim_as_dict, public_value
from finmodel.report.paper_facts import paper_facts
from finmodel.report.provenance import provenance
from finmodel.report.results_budget import budget_of_case, budget_of_option

YEARLY = (
    "cost",
    "gross_saving",
    "after_deadweight",
    "after_optimism_bias",
    "cashable_saving",
    "net_saving",
    "cumulative_net_saving",
    *RESOURCES,
    MONEY_SPENT,
    NET_POSITION,
    CUMULATIVE,
    "children",
)
MONTHLY = ("cost", "cashable_saving", "cumulative_net_saving", MONEY_SPENT, CUMULATIVE, "children")


PAYBACK_NAMES = ("payback", "discounted_payback", "revenue_payback", "revenue_discounted_payback")
EXPOSURE_NAMES = ("peak_exposure", "revenue_peak_exposure")


def results(appraisal: Appraisal) -> dict[str, Any]:
    """The appraisal as plain values, ready for JSON; amounts are unrounded pounds."""
    case = appraisal.case
    return {
        "format": 1,
        "case": _case(appraisal),
        "years": [str(year) for year in case.horizon.years],
        "present_value_basis": appraisal.written.present_value_basis,
        "options": [_option(appraisal, option) for option in appraisal.written.options],
        "break_even": [solved_as_dict(each) for each in appraisal.solved],
        **budget_of_case(appraisal),
        "checks": _checks(appraisal),
        "paper": paper_facts(case),
        "assurance": assurance(appraisal),
        "lines": _lines(appraisal),
        "provenance": provenance(appraisal),
    }


def as_json(found: dict[str, Any]) -> str:
    """The same results give the same text; NaN cannot be written."""
    return json.dumps(found, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _case(appraisal: Appraisal) -> dict[str, Any]:
    case = appraisal.case
    return {
        "title": case.title,
        "council": case.council_name,
        "meeting": None if case.meeting is None else {"body": case.meeting.body, "date": case.meeting.date.isoformat()},
        "summary": case.summary,
        "price_base": str(case.price_base),
        "first_year": str(case.first_year),
        "years": case.years,
        "status_quo": case.status_quo,
        "recommended": case.recommended,
        "assumptions": [_assumption(case, number) for number in range(len(case.assumptions))],
    }


def _assumption(case: Case, number: int) -> dict[str, str]:
    assumption = case.assumptions[number]
    source = case.sources.get(assumption.source)
    return {
        "text": assumption.text,
        "source": source.title if source else assumption.source,
        "where": assumption.where,
        "owner": assumption.owner,
        "confidence": assumption.confidence or "",
    }


def _option(appraisal: Appraisal, written: WrittenOption) -> dict[str, Any]:
    option, figures = written.option, appraisal.results.figures
    measures = _measures(appraisal, written)
    return {
        "id": option.id,
        "title": option.title,
        "description": option.description,
        "status_quo": option.id == appraisal.case.status_quo,
        "recommended": option.id == appraisal.case.recommended,
        "role": appraisal.case.role_of(option),
        "requirement": any(claim.basis == "requirement" for claim in (*option.benefits, *option.savings)),
        "advantages": list(option.advantages),
        "disadvantages": list(option.disadvantages),
        "risks": list(option.risks),
        "by_year": {name: figures(written.yearly[name]) for name in YEARLY if name in written.yearly},
        "by_month": {name: figures(written.monthly[name]) for name in MONTHLY},
        "posts": [_post(appraisal, written, number) for number in range(len(option.posts))],
        "costs": [found for number in range(len(option.costs)) if (found := _cost(appraisal, written, number))],
        "apart": [found for number in range(len(option.costs)) if (found := _apart(appraisal, written, number))],
        "benefits": [claim_as_dict(appraisal, lines) for lines in written.own.claims[: len(option.benefits)]],
        "savings": [claim_as_dict(appraisal, lines) for lines in written.own.claims[len(option.benefits) :]],
        "public_value": public_value(appraisal, written),
        AWARD_POINT: _award_point(appraisal, written),
        "stated_cost": _stated_cost(appraisal, written),
        "measures": measures,
        "accounts": accounts(appraisal, written, measures),
        "break_even": claims_needed(appraisal, written),
        **budget_of_option(appraisal, written),
    }


def _award_point(appraisal: Appraisal, written: WrittenOption) -> dict[str, Any] | None:
    """What it would cost more if an offered pay award were one point higher; None where no pay rests on an offer."""
    if written.award_point is None:
        return None
    yearly, in_total = written.award_point
    return {
        "year": str(offered_year()),
        "offered": appraisal.results.figure("pay.offered_award"),
        "address": yearly.address,
        "against_business_as_usual": written.status_quo is not None and written.status_quo.award_point is not None,
        "by_year": appraisal.results.figures(yearly),
        "total": appraisal.results.figure(in_total),
    }


def _post(appraisal: Appraisal, written: WrittenOption, number: int) -> dict[str, Any]:
    priced, figures = written.own.posts[number], appraisal.results.figures
    return {
        "id": priced.post.id,
        "title": priced.post.title,
        "address": priced.cost.address,
        "cost": figures(priced.cost),
        "full_year_effect": figures(priced.full_year_effect),
        "components": {line.label: figures(line) for line in priced.components},
        "note": priced.post.note,
    }


def _cost(appraisal: Appraisal, written: WrittenOption, number: int) -> dict[str, Any] | None:
    """A cost that revenue bears; None for one that it does not."""
    priced, cost = written.own.costs[number], written.option.costs[number]
    figures = appraisal.results.figures
    if priced.cost is None:
        return None
    return {
        "id": cost.id,
        "title": priced.cost.label,
        "address": priced.cost.address,
        "cost": figures(priced.cost),
        "full_year_effect": None if priced.full_year_effect is None else figures(priced.full_year_effect),
        "full_year_effect_reason": None if priced.full_year_effect is not None else _no_full_year(cost),
        "optimism_bias": None if priced.kind == "capital" else _optimism_bias(appraisal, written, number),
    }


def _no_full_year(cost: OtherCost) -> str:
    """Why a cost has no full-year effect."""
    by_cohort = cost.units is not None and cost.units.entering is not None
    return BY_COHORT if by_cohort else MET_ONCE


def _optimism_bias(appraisal: Appraisal, written: WrittenOption, number: int) -> dict[str, Any] | None:
    """A cost, or what is shown beside it, before optimism bias and what is added; None where none is stated."""
    if written.own.costs[number].optimism_bias is None:
        return None
    address = f"options.{written.option.id}.costs.{written.option.costs[number].id}"
    figures = appraisal.results.figures
    return {
        "before": figures(f"{address}.before_optimism_bias"),
        "added": figures(f"{address}.optimism_bias_added"),
    }


def _apart(appraisal: Appraisal, written: WrittenOption, number: int) -> dict[str, Any] | None:
    """A capital outlay or a contribution in kind, which is shown beside the cost and never in it."""
    priced, cost = written.own.costs[number], written.option.costs[number]
    if priced.apart is None:
        return None
    return {
        "id": cost.id,
        "title": cost.label,
        "kind": priced.kind,
        "funding": cost.capital,
        "given_by": cost.in_kind,
        "borne_by": cost.borne_by,
        "address": priced.apart.address,
        "by_year": appraisal.results.figures(priced.apart),
        "optimism_bias": _optimism_bias(appraisal, written, number),
    }


def _stated_cost(appraisal: Appraisal, written: WrittenOption) -> dict[str, Any] | None:
    stated = written.option.stated_cost
    if stated is None:
        return None
    address = f"options.{written.option.id}.stated_cost"
    return {
        "year": str(stated.year),
        "stated": appraisal.results.figure(address),
        "priced": appraisal.results.figure(f"{address}.priced"),
        "difference": appraisal.results.figure(f"{address}.difference"),
        "where": stated.where,
    }


def figure(appraisal: Appraisal, line: Line) -> dict[str, Any]:
    """A figure of the whole case: its value, or null beside the reason; as readers see it; and its address."""
    return {
        "value": appraisal.results.figure(line),
        "text": shown(appraisal.results, line, 0),
        "reason": appraisal.results.reason(line) or None,
        "address": line.address,
    }


def _measures(appraisal: Appraisal, written: WrittenOption) -> dict[str, Any]:
    lines = appraisal.written.measures[written.option.id]
    value, reason = appraisal.results.figure, appraisal.results.reason
    found: dict[str, Any] = {}
    for measure, _ in shown_in(Display.RESULTS, lines):
        line = lines[measure.name]
        found[measure.name] = value(line)
        if found[measure.name] is None:
            found[f"{measure.name}_reason"] = reason(line)
    for name in (name for name in PAYBACK_NAMES if name in lines):
        found[name] = {
            "years": value(lines[name]),
            "month": _month(appraisal, lines[f"{name}_month"]),
            "years_from_start": value(lines[f"{name}_from_start"]),
            "never_out_of_pocket": value(lines[f"{name}_month_number"]) == 1,
            "reason": reason(lines[name]) or reason(lines[f"{name}_month"]) or None,
        }
    for name in (name for name in EXPOSURE_NAMES if name in lines):
        peak = lines[f"{name}_month"]
        found[name] = {
            "amount": value(lines[name]),
            "month": _month(appraisal, peak),
            "reason": reason(peak) or None,
        }
    year = lines["full_year_cost"].address.replace("full_year_cost", FULL_YEAR_NUMBER)
    number = value(year) if year in appraisal.written.model else None
    found["full_year_cost_year"] = str(appraisal.case.horizon.years[int(number or 1) - 1])
    found["break_even_children"] = needed_of(appraisal, written)
    return found


def _month(appraisal: Appraisal, line: Line) -> str | None:
    number = appraisal.results.figure(line)
    return None if number is None else str(appraisal.case.horizon.months[int(number) - 1])


def _checks(appraisal: Appraisal) -> dict[str, Any]:
    *each, _ = appraisal.written.checks
    return {
        "all_hold": appraisal.checks_hold,
        "checks": [
            {"address": line.address, "what": line.label, "holds": appraisal.results.figure(line) == 1} for line in each
        ],
    }


def _lines(appraisal: Appraisal) -> dict[str, Any]:
    """Every line by its address; an input in a row of a table that nothing comes to says that it is not in use."""
    found = {line.address: _line(appraisal, line) for line in appraisal.written.model}
    for address in unread_rows(appraisal.results):
        found[address]["in_use"] = False
    return found


def _line(appraisal: Appraisal, line: Line) -> dict[str, Any]:
    values = appraisal.results.figures(line)
    found: dict[str, Any] = {
        "label": line.label,
        "unit": line.unit,
        "timeline": line.timeline.value,
        "value" if line.timeline is Timeline.ONCE else "values": values[0]
        if line.timeline is Timeline.ONCE
        else values,
    }
    if line.origin is not None:
        found["origin"] = origin_as_dict(line.origin)
    else:
        found["rule"] = rule_in_words(line)
    return found
