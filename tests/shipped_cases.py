"""The shipped cases worked out, once a run for every test that only looks at them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from plain_results import found_once

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.case import LoadedCase, load_case
from finmodel.report.workbook import render_workbook

INPUTS = Path(__file__).parents[1] / "inputs"


@cache
def case_of(name: str) -> LoadedCase:
    """A shipped case."""
    return load_case(INPUTS / name)


@cache
def appraisal_of(name: str) -> Appraisal:
    """Its appraisal."""
    return appraise(case_of(name))


@cache
def workbook_of(name: str) -> bytes:
    """The workbook of its report."""
    return render_workbook(appraisal_of(name), found_once(appraisal_of(name)))
