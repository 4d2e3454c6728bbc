"""Results to write papers from: those of the shipped cases, and one with everything that later parts of a case add."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

from finmodel.appraisal.appraise import appraise
from finmodel.case import load_case
from finmodel.report.results_json import results

INPUTS = Path(__file__).parents[2] / "inputs"


@cache
def _found(case: str) -> dict[str, Any]:
    return results(appraise(load_case(INPUTS / case)))


def shipped(case: str) -> dict[str, Any]:
    """The results of a shipped case, to change at will."""
    return copy.deepcopy(_found(case))


def with_everything() -> dict[str, Any]:
    """Wolverhampton with budget lines, funding, stages, scores and gains to others, in made-up figures."""
    found = shipped("wolverhampton-2015")
    option = found["options"][0]
    option["mtfs"] = {
        "lines": [
            {
                "label": "Social workers",
                "kind": "growth",
                "address": "options.peripatetic.mtfs.growth",
                "changes": [504_712.3, 17_092.6, 7_394.0, 10_425.6],
                "total": 539_624.5,
            },
            {
                "label": "Placements avoided",
                "kind": "saving",
                "address": "options.peripatetic.mtfs.saving",
                "changes": [-742_032.0, 645_032.0, 0.0, -0.4],
                "total": -97_000.4,
            },
        ],
        "total": {"changes": [-237_319.7, 662_124.6, 7_394.0, 10_425.2], "total": 442_624.1},
        "cumulative": [-237_319.7, 424_804.9, 432_198.9, 442_624.1],
    }
    option["funding"] = {
        "sources": [
            {
                "id": "savings",
                "label": "Savings of the service",
                "limit": None,
                "draw": [400_000.0, 410_000.0, 420_000.0, 430_000.0],
                "total": 1_660_000.0,
            },
            {
                "id": "reserve",
                "label": "Efficiency reserve",
                "limit": 250_000.0,
                "draw": [104_712.0, 111_805.0, 0.0, 0.0],
                "total": 216_517.0,
            },
        ],
        "reserve": {
            "label": "Efficiency reserve",
            "opening": [900_000.0, 795_288.0, 683_483.0, 683_483.0],
            "draw": [104_712.0, 111_805.0, 0.0, 0.0],
            "interest": [0.0, 0.0, 0.0, 0.0],
            "repayment": [0.0, 0.0, 0.0, 0.0],
            "closing": [795_288.0, 683_483.0, 683_483.0, 683_483.0],
        },
        "shortfall": [0.0, 0.0, 109_199.0, 109_625.0],
        "total_shortfall": 218_824.0,
        "repaid_year": None,
        "repaid_reason": "the reserve is not repaid within the years shown",
        "lowest_balance": 683_483.0,
        "flags": ["the limit of the efficiency reserve is reached"],
    }
    option["measures"]["net_present_value_at_3"] = -11_777.0
    found["lines"]["discounting.rate_at_3"] = {"label": "Flat rate", "unit": "rate", "timeline": "once", "value": 0.03}
    option["public_value"] = [
        {"body": "Wolverhampton City Council", "cashable": True, "by_year": [520_000.0] * 4, "total": 2_080_000.0},
        {"body": "NHS", "cashable": False, "by_year": [1_000.0] * 4, "total": 4_000.0},
    ]
    found["stages"] = [
        {
            "id": "one",
            "title": "Stage one: two units",
            "stated": True,
            "cost_full_year": 527_000.0,
            "children_to_repay": 13.175,
            "note": "in post since July 2014",
        },
        {
            "id": "two",
            "title": "Stage two: three units",
            "stated": False,
            "cost_full_year": 500_000.0,
            "children_to_repay": 12.5,
            "note": "",
        },
    ]
    found["scoring"] = {
        "criteria": [
            {"id": "reach", "label": "Reach", "weight": 60.0, "who": "Service director", "why": "demand"},
            {"id": "speed", "label": "Speed", "weight": 40.0, "who": "", "why": ""},
        ],
        "options": [
            {
                "id": "peripatetic",
                "weighted_total": 3.8,
                "scores": {"reach": {"score": 3, "why": ""}, "speed": {"score": 5, "why": ""}},
                "rank_by_score": 1,
                "rank_by_net_present_value": 2,
                "flags": ["preferred by the authors, second on net present value"],
                "critical_conditions": [{"label": "Keeps to the budget", "met": False, "why": "it does not pay back"}],
            },
            {
                "id": "status-quo",
                "weighted_total": 1.0,
                "scores": {"reach": {"score": 1, "why": ""}},
                "rank_by_score": 2,
                "rank_by_net_present_value": 1,
                "flags": [],
                "critical_conditions": [],
            },
        ],
        "switching_weights": [],
    }
    return found


def without_texts() -> dict[str, Any]:
    """Darlington with none of the texts that a paper may have."""
    found = shipped("darlington-2010")
    found["paper"] |= {"recommendations": [], "purpose": [], "background": [], "monitoring": "", "implications": {}}
    found["case"]["summary"] = ""
    return found
