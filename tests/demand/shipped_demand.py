"""The shipped cases of demand, each worked out once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.case import load_case
from finmodel.results.appraised import results
from finmodel.results.demand import DemandResult

INPUTS = Path(__file__).parents[2] / "inputs"


@cache
def appraisal_of(name: str) -> Appraisal:
    return appraise(load_case(INPUTS / name))


@cache
def demand_of(name: str) -> DemandResult:
    found = results(appraisal_of(name)).demand
    assert found is not None
    return found
