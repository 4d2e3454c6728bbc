"""Results to write papers from: those of the shipped cases, and one with everything that later parts of a case add."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

import shipped_cases
from budget_cases import case_of, cost, saving
from plain_results import results
from savings_cases import every_kind

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.case import LoadedCase, case_from_data

INPUTS = Path(__file__).parents[2] / "inputs"


@cache
def _found(case: str) -> dict[str, Any]:
    return results(shipped_cases.appraisal_of(case), uncertainty=True)


def shipped(case: str) -> dict[str, Any]:
    """The results of a shipped case, to change at will."""
    return copy.deepcopy(_found(case))


@cache
def _every_kind() -> dict[str, Any]:
    return results(appraise(LoadedCase(case_from_data(every_kind()), Path("case"), ())), uncertainty=True)


def every_kind_of_saving() -> dict[str, Any]:
    """The results of a case with every kind of saving, gained by several bodies."""
    return copy.deepcopy(_every_kind())


@cache
def scored_case() -> Appraisal:
    """A small case with options scored, funded from three sources in order with a balance stated, in two stages."""
    reserve = {"id": "reserve", "label": "Efficiency reserve", "kind": "reserve", "opening": 1_000, "interest": "2%"}
    own = {"id": "own", "label": "Own savings", "kind": "savings"}
    grant = {"id": "grant", "label": "Grant", "kind": "grant", "limit": 100, "limit_a_year": [60, 60, 0, 0]}
    scores = (("children", "50%", (1, 9, 6)), ("speed", "30%", (5, 2, 6)), ("staff", "20%", (3, 5, 5)))
    names = ("as-now", "team", "other")
    criteria = [
        {"id": name, "label": name.capitalize(), "weight": weight, "scores": dict(zip(names, given, strict=True))}
        for name, weight, given in scores
    ]
    condition = {
        "id": "lawful",
        "label": "Within the law",
        "options": {"team": {"met": True, "why": "advice was taken"}},
    }
    return case_of(
        4,
        {"id": "as-now", "costs": [cost("agency", [10, 20, 30, 40])]},
        {"id": "team", "costs": [cost("posts", 600)], "benefits": [saving("fewer", [0, 500, 1_000, 1_400])]},
        {"id": "other", "costs": [cost("posts", 300)], "benefits": [saving("fewer", [0, 200, 300, 300])]},
        status_quo="as-now",
        recommended="team",
        funding={"sources": [own, grant, reserve], "repayment": {"rule": "share_of_net_saving", "share": "50%"}},
        scoring={"criteria": criteria, "critical_conditions": [condition]},
        stages=[
            {"id": "one", "title": "One", "cost": 527_000},
            {"id": "two", "title": "Two", "cost": 500_000, "gate": "Results", "passed": True},
        ],
        break_even_placement="pound",
        discounting={"schedule": "green-book-2026", "deflator": "prices"},
        inflation={"prices": "2.5%"},
        price_base="2013/14",
    )


def scored_options() -> dict[str, Any]:
    """The results of `scored_case`, to change at will."""
    return copy.deepcopy(results(scored_case(), uncertainty=True))


def with_everything() -> dict[str, Any]:
    """Wolverhampton with budget lines, funding, stages, scores and gains to others, in made-up figures."""
    found = shipped("wolverhampton-2015")
    option = found["options"][0]
    option["mtfs"] = {
        "lines": [
            {
                "reference": "CS-01",
                "label": "Social workers",
                "kind": "growth",
                "part": None,
                "address": "options.peripatetic.mtfs.growth",
                "yearly": [504_712.3, 521_804.9, 529_198.9, 539_624.5],
                "changes": [504_712.3, 17_092.6, 7_394.0, 10_425.6],
                "total": 539_624.5,
            },
            {
                "reference": "CS-02",
                "label": "Placements avoided",
                "kind": "saving",
                "part": "not_stated",
                "address": "options.peripatetic.mtfs.saving",
                "yearly": [742_032.0, 97_000.0, 97_000.0, 97_000.4],
                "changes": [-742_032.0, 645_032.0, 0.0, -0.4],
                "total": -97_000.4,
            },
        ],
        "total": {"changes": [-237_319.7, 662_124.6, 7_394.0, 10_425.2], "total": 442_624.1},
        "cumulative": [-237_319.7, 424_804.9, 432_198.9, 442_624.1],
        "note": "Of some savings it is not stated whether they reduce today's budget or avoid growth.",
        "parts": {
            "not_stated": {
                "label": "Savings, not stated which of the two",
                "changes": [-742_032.0, 645_032.0, 0.0, -0.4],
                "total": -97_000.4,
                "saved": 1_033_032.4,
                "saved_address": "options.team.mtfs.not_stated_saved",
            }
        },
        "bridge": {
            "opening": [0.0, -237_319.7, 424_804.9, 432_198.9],
            "growth": [504_712.3, 17_092.6, 7_394.0, 10_425.6],
            "growth_total": 539_624.5,
            "saving": [-742_032.0, 645_032.0, 0.0, -0.4],
            "saving_total": -97_000.4,
            "closing": [-237_319.7, 424_804.9, 432_198.9, 442_624.1],
        },
    }
    option["funding"] = {
        "need": [504_712.0, 521_805.0, 529_199.0, 539_625.0],
        "sources": [
            {
                "id": "savings",
                "label": "Savings of the service",
                "kind": "savings",
                "limit": None,
                "where": "",
                "note": "",
                "draw": [400_000.0, 410_000.0, 420_000.0, 430_000.0],
                "total": 1_660_000.0,
            },
            {
                "id": "reserve",
                "label": "Efficiency reserve",
                "kind": "reserve",
                "limit": 250_000.0,
                "where": "",
                "note": "",
                "draw": [104_712.0, 111_805.0, 0.0, 0.0],
                "total": 216_517.0,
            },
        ],
        "repayment": "none",
        "reserve": {
            "label": "Efficiency reserve",
            "opening_stated": True,
            "balance_reason": None,
            "opening": [900_000.0, 795_288.0, 683_483.0, 683_483.0],
            "draw": [104_712.0, 111_805.0, 0.0, 0.0],
            "interest": [0.0, 0.0, 0.0, 0.0],
            "repayment": [0.0, 0.0, 0.0, 0.0],
            "closing": [795_288.0, 683_483.0, 683_483.0, 683_483.0],
            "outstanding": [104_712.0, 216_517.0, 216_517.0, 216_517.0],
        },
        "shortfall": [0.0, 0.0, 109_199.0, 109_625.0],
        "total_shortfall": 218_824.0,
        "repaid_year": None,
        "repaid_reason": "the reserve is not repaid within the years shown",
        "lowest_balance": 683_483.0,
        "flags": [
            "Shortfall: no source pays for £109,199 in 2017/18 and £109,625 in 2018/19.",
            "the limit of the efficiency reserve is reached",
        ],
    }
    option["measures"]["net_present_budget_impact_at_sensitivity"] = -11_777.0
    option["public_value"] = [
        {
            "body": "Wolverhampton City Council",
            "cashable": True,
            "by_year": [520_000.0] * 4,
            "total": 2_080_000.0,
            "address": "",
        },
        {"body": "NHS", "cashable": False, "by_year": [1_000.0] * 4, "total": 4_000.0, "address": ""},
    ]
    stage = {"reason": None, "where": ""}
    found["stages"] = [
        {
            "id": "one",
            "title": "Stage one: two units",
            "stated": True,
            "gate": "",
            "passed": None,
            "cost_full_year": 527_000.0,
            "children_to_repay": 13.175,
            "children_to_repay_whole": 14.0,
            "note": "It waits for nothing. in post since July 2014",
            **stage,
        },
        {
            "id": "two",
            "title": "Stage two: three units",
            "stated": False,
            "gate": "evidence of positive outcomes",
            "passed": None,
            "cost_full_year": 500_000.0,
            "children_to_repay": 12.5,
            "children_to_repay_whole": 13.0,
            "note": "Whether its gate was passed is not stated, so it does not count.",
            **stage,
        },
    ]
    found["stages_together"] = {
        "stages": ["one"],
        "cost_full_year": 527_000.0,
        "children_to_repay": 13.175,
        "children_to_repay_whole": 14.0,
        "placement": "Average looked-after child",
        "placement_cost": 40_000.0,
        "reason": None,
        "note": "",
    }
    found["scoring"] = _scoring()
    return found


def _scoring() -> dict[str, Any]:
    unscored = {"score": 1.0, "who": "", "why": ""}
    condition = {"label": "Keeps to the budget", "note": "", "met": False, "why": "it does not pay back"}
    peripatetic = {
        "id": "peripatetic",
        "title": "Option 1: Peripatetic units",
        "weighted_total": 3.8,
        "scores": {"reach": {"score": 3.0, "who": "", "why": "seen so far"}, "speed": {**unscored, "score": 5.0}},
        "rank_by_score": 1,
        "rank_by_net_present_budget_impact": 2,
        "rank_by_net_present_budget_impact_reason": None,
        "flags": [
            "The preferred option, second on net present value.",
            "It does not meet the critical condition “Keeps to the budget”, whatever it scores.",
        ],
        "critical_conditions": [condition],
    }
    as_now = {
        "id": "status-quo",
        "title": "Option 4: Maintain current status quo",
        "weighted_total": 1.0,
        "scores": {"reach": unscored},
        "rank_by_score": 2,
        "rank_by_net_present_budget_impact": None,
        "rank_by_net_present_budget_impact_reason": "the option states no money",
        "flags": [],
        "critical_conditions": [{**condition, "met": None, "why": "Not stated in the case."}],
    }
    return {
        "highest": 5.0,
        "criteria": [
            {"id": "reach", "label": "Reach", "weight": 0.6, "who": "Service director", "why": "demand"},
            {"id": "speed", "label": "Speed", "weight": 0.4, "who": "", "why": ""},
        ],
        "options": [peripatetic, as_now],
        "switching_weights": [
            {"criterion": "reach", "weight": 0.714, "reason": None, "address": ""},
            {"criterion": "speed", "weight": None, "reason": "no weight makes them alike", "address": ""},
        ],
    }


def without_texts() -> dict[str, Any]:
    """Darlington with none of the texts that a paper may have."""
    found = shipped("darlington-2010")
    found["paper"] |= {"recommendations": [], "purpose": [], "background": [], "monitoring": "", "implications": {}}
    found["case"]["summary"] = ""
    found["options"][0]["funding"] = None
    return found
