"""The budget and the choice in `results.json`: MTFS, funding, real figures, stages, scoring. No sums."""

from __future__ import annotations

from typing import Any

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.budget import OptionBudget
from finmodel.appraisal.business_as_usual import Amount
from finmodel.appraisal.capital import Paid, WrittenCapital
from finmodel.appraisal.funding import ReserveAccount, WrittenFunding
from finmodel.appraisal.mtfs import PARTS, WrittenMtfs
from finmodel.appraisal.options import WrittenOption
from finmodel.appraisal.scoring import ScoredOption, WrittenScoring
from finmodel.appraisal.stages import WrittenStage, why
from finmodel.case.schema import Case, Option
from finmodel.lines.line import Line
from finmodel.report.budget_flags import funding_flags, option_flags, savings_note

Found = dict[str, Any]


def budget_of_case(appraisal: Appraisal) -> Found:
    """What `results.json` says of the whole case."""
    budget = appraisal.written.budget
    return {
        "mtfs": {"prefix": appraisal.case.mtfs.prefix, "shown_in": appraisal.case.mtfs.shown_in},
        "stages": [] if budget.stages is None else [_stage(appraisal, stage) for stage in budget.stages.stages],
        "stages_together": _together(appraisal),
        "scoring": None if budget.scoring is None else _scoring(appraisal, budget.scoring),
        "business_as_usual": _business_as_usual(appraisal),
    }


def budget_of_option(appraisal: Appraisal, written: WrittenOption) -> Found:
    """What `results.json` says of an option."""
    found = appraisal.written.budget.options[written.option.id]
    return {
        "mtfs": {**_mtfs(appraisal, found.mtfs), "note": savings_note(appraisal, written)},
        "funding": None if found.funding is None else _funding(appraisal, found.funding),
        "capital": None if found.capital is None else _capital(appraisal, found.capital),
        "real": _real(appraisal, found),
        "other_benefits": [
            _other_benefit(written.option, number) for number in range(len(written.option.other_benefits))
        ],
        "risk_table": [_risk(written.option, number) for number in range(len(written.option.risk_table))],
    }


def _mtfs(appraisal: Appraisal, written: WrittenMtfs) -> Found:
    value, figures = appraisal.results.figure, appraisal.results.figures
    return {
        "lines": [
            {
                "reference": line.reference,
                "label": line.label,
                "kind": line.kind,
                "part": line.part,
                "address": line.change.address,
                "yearly": figures(line.yearly),
                "changes": figures(line.change),
                "total": value(line.whole),
            }
            for line in written.lines
        ],
        "total": {"changes": figures(written.net_change), "total": value(written.whole)},
        "cumulative": figures(written.closing),
        "parts": {
            part: {"label": PARTS[part], "changes": figures(yearly), "total": value(whole)}
            for part, (yearly, whole) in written.parts.items()
        },
        "bridge": {
            "opening": figures(written.opening),
            "growth": figures(written.growth),
            "growth_total": value(written.whole_growth),
            "saving": figures(written.saving),
            "saving_total": value(written.whole_saving),
            "closing": figures(written.closing),
        },
    }


def _funding(appraisal: Appraisal, written: WrittenFunding) -> Found:
    value, figures = appraisal.results.figure, appraisal.results.figures
    account = written.reserve
    return {
        "need": figures(written.need),
        "sources": [
            {
                "id": found.source.id,
                "label": found.source.label,
                "kind": found.source.kind,
                "limit": None if found.source.limit is None else found.source.limit.values[0],
                "where": found.source.where,
                "note": found.source.note,
                "draw": figures(found.draw),
                "total": value(found.whole),
            }
            for found in written.sources
        ],
        "repayment": None if written.funding.repayment is None else written.funding.repayment.rule,
        "reserve": None if account is None else _reserve(appraisal, account),
        "shortfall": figures(written.shortfall),
        "total_shortfall": value(written.total_shortfall),
        "repaid_year": None if account is None else _year(appraisal, account.repaid_number),
        "repaid_reason": "there is no reserve among the sources"
        if account is None
        else appraisal.results.reason(account.repaid_number) or None,
        "lowest_balance": None if account is None else value(account.lowest_balance),
        "flags": funding_flags(appraisal, written),
    }


def _capital(appraisal: Appraisal, written: WrittenCapital) -> Found:
    """The outlay and what pays for it, MRP and interest, what the asset is still worth, and what falls after."""
    after, value = written.after, appraisal.results.figure

    def paid(part: Paid) -> Found:
        return {
            "name": part.name,
            "label": part.label,
            "by_year": appraisal.results.figures(part.yearly),
            "total": value(part.whole),
            "address": part.whole.address,
        }

    return {
        "outlay": paid(written.outlay),
        "own_outlay": paid(written.outlay if written.own is None else written.own),
        "sources": [paid(part) for part in written.sources],
        "charges": [paid(part) for part in written.charges],
        "residual": None if written.residual is None else paid(written.residual),
        "after": None
        if after is None
        else {
            "years": value(after.years),
            "until": str(appraisal.case.horizon.last_year + int(value(after.years) or 0)),
            "mrp": value(after.mrp),
            "interest": value(after.interest),
            "charges": value(after.charges),
            "present_value": value(after.present_value),
            "address": after.charges.address,
            "present_value_address": after.present_value.address,
        },
    }


def _reserve(appraisal: Appraisal, account: ReserveAccount) -> Found:
    figures = appraisal.results.figures
    lines = {name: getattr(account, name) for name in ("opening", "draw", "interest", "repayment", "closing")}
    stated = account.source.opening is not None
    return {
        "label": account.source.label,
        "opening_stated": stated,
        **{name: figures(line) for name, line in lines.items()},
        "outstanding": figures(account.outstanding),
    }


def _year(appraisal: Appraisal, line: Line) -> str | None:
    number = appraisal.results.figure(line)
    return None if number is None else str(appraisal.case.horizon.years[int(number) - 1])


def _real(appraisal: Appraisal, found: OptionBudget) -> Found | None:
    if not found.real.yearly:
        return None
    return {
        "price_base": str(appraisal.case.price_base),
        **{name: appraisal.results.figures(line) for name, line in found.real.yearly.items()},
    }


def _other_benefit(option: Option, number: int) -> Found:
    benefit = option.other_benefits[number]
    return {
        "what": benefit.what,
        "for_whom": benefit.for_whom,
        "measured_by": benefit.measured_by,
        "where": benefit.where,
        "note": benefit.note,
    }


def _risk(option: Option, number: int) -> Found:
    risk = option.risk_table[number]
    return {
        "what": risk.what,
        "likelihood": risk.likelihood,
        "impact": risk.impact,
        "response": risk.response,
        "owner": risk.owner,
        "where": risk.where,
        "note": risk.note,
    }


def _stage(appraisal: Appraisal, written: WrittenStage) -> Found:
    value, stage = appraisal.results.figure, written.stage
    return {
        "id": stage.id,
        "title": stage.title,
        "stated": written.counts,
        "gate": stage.gate,
        "passed": stage.passed,
        "cost_full_year": value(written.alone.cost),
        "children_to_repay": value(written.alone.children),
        "children_to_repay_whole": value(written.alone.children_whole),
        "reason": appraisal.results.reason(written.alone.children) or None,
        "where": stage.where,
        "note": " ".join(text for text in (why(stage), stage.note) if text),
    }


def _together(appraisal: Appraisal) -> Found | None:
    stages = appraisal.written.budget.stages
    if stages is None:
        return None
    value = appraisal.results.figure
    return {
        "stages": [found.stage.id for found in stages.stages if found.counts],
        "cost_full_year": value(stages.together.cost),
        "children_to_repay": value(stages.together.children),
        "children_to_repay_whole": value(stages.together.children_whole),
        "placement": _placement(appraisal.case),
        "placement_cost": None if stages.price is None else value(stages.price),
        "reason": appraisal.results.reason(stages.together.children) or None,
        "note": "Whole children are counted once, for the cost of all stages; stage by stage they may come to more.",
    }


def _placement(case: Case) -> str:
    """What the placement that stages are reckoned in is called; empty where the case names none."""
    return case.placements[case.break_even_placement].label if case.break_even_placement else ""


def _business_as_usual(appraisal: Appraisal) -> Found | None:
    """What business as usual costs and saves in itself; every option is shown as a change from it."""
    written = appraisal.written.business_as_usual
    if written is None:
        return None
    option = written.option
    priced = bool(option.posts or option.costs)
    saves = bool(option.benefits or option.savings)
    return {
        "option": option.id,
        "title": option.title,
        "priced": priced,
        "cost": _amount(appraisal, written.cost),
        "cashable_saving": _amount(appraisal, written.cashable_saving) if saves else None,
        "note": "That is what it is in itself; every option is shown as the change from it, so it is the zero line."
        if priced or saves
        else "The case prices nothing for business as usual. That does not say that it costs nothing.",
    }


def _amount(appraisal: Appraisal, amount: Amount) -> Found:
    value = appraisal.results.figure
    return {
        "by_year": appraisal.results.figures(amount.yearly),
        "total": value(amount.whole),
        "present_value": value(amount.present_value),
    }


def _scoring(appraisal: Appraisal, written: WrittenScoring) -> Found:
    return {
        "highest": written.scoring.highest,
        "criteria": [
            {
                "id": criterion.id,
                "label": criterion.label,
                "weight": criterion.weight.values[0],
                "who": criterion.weight.provenance.owner or criterion.owner,
                "why": criterion.weight.provenance.note or criterion.note,
            }
            for criterion in written.scoring.criteria
        ],
        "options": [_scored(appraisal, written, option) for option in written.options],
        "switching_weights": [
            {
                "criterion": name,
                "weight": appraisal.results.figure(line),
                "reason": appraisal.results.reason(line) or None,
                "address": line.address,
            }
            for name, line in written.switching_weights.items()
        ],
    }


def _scored(appraisal: Appraisal, written: WrittenScoring, scored: ScoredOption) -> Found:
    value, name, by_impact = appraisal.results.figure, scored.option.id, scored.rank_by_net_present_budget_impact
    return {
        "id": name,
        "title": scored.option.title,
        "weighted_total": value(scored.weighted_total),
        "scores": {
            criterion.id: {
                "score": value(scored.scores[criterion.id]),
                "who": criterion.scores[name].provenance.owner or criterion.owner,
                "why": criterion.scores[name].provenance.note,
            }
            for criterion in written.scoring.criteria
        },
        "rank_by_score": _whole(value(scored.rank_by_score)),
        "rank_by_net_present_budget_impact": _whole(value(by_impact)),
        "rank_by_net_present_budget_impact_reason": appraisal.results.reason(by_impact) or None,
        "flags": option_flags(appraisal, written, scored),
        "critical_conditions": [
            {
                "label": condition.label,
                "note": condition.note,
                "met": condition.options[name].met if name in condition.options else None,
                "why": condition.options[name].why if name in condition.options else "Not stated in the case.",
            }
            for condition in written.scoring.critical_conditions
        ],
    }


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
