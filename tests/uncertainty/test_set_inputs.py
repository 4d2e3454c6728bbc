"""Inputs set for a what-if: the case in memory gives what the model gives with these figures typed in."""

from __future__ import annotations

import numpy as np
import pytest
import shipped_cases

from finmodel.appraisal.appraise import appraise
from finmodel.audit.adopting.setting import with_settings
from finmodel.case import ProblemsError
from finmodel.lines.evaluate import evaluate

EXAMPLE = "example-2026"
FOSTERING = "placements.fostering.unit_cost"
SET = {FOSTERING: 900.0, "options.team.delay_months": 2.5, "options.team.benefits.entries.deadweight": 0.3}


def test_a_case_with_inputs_set_is_the_model_with_them_typed_in() -> None:
    before = shipped_cases.appraisal_of(EXAMPLE)
    texts = (f"{FOSTERING}=£900", "options.team.delay_months=2.5", "options.team.benefits.entries.deadweight=30%")
    after = appraise(with_settings(before.loaded, texts))
    typed = evaluate(before.written.model, {address: [[figure]] for address, figure in SET.items()})
    for line in before.written.model:
        assert np.allclose(typed[line], after.results[line.address], rtol=1e-9, atol=1e-9, equal_nan=True), line.address
    assert [(each.input, each.now) for each in after.case.what_if] == [
        (FOSTERING, "£900.00"),
        ("options.team.delay_months", "2.5"),
        ("options.team.benefits.entries.deadweight", "30%"),
    ]


def test_what_is_set_is_no_longer_drawn_from_a_range() -> None:
    stated = shipped_cases.appraisal_of(EXAMPLE).loaded
    set_ = with_settings(stated, [f"{FOSTERING}=1,000"]).case  # beyond its own range, which ends at 960
    assert stated.case.uncertainty is not None
    assert set_.uncertainty is not None
    others = {each.input for each in stated.case.uncertainty.ranges} - {FOSTERING}
    assert {each.input for each in set_.uncertainty.ranges} == others
    assert set_.uncertainty.correlations == ()  # the one that there was named it


def test_every_problem_of_what_is_set_comes_at_once() -> None:
    given = ["placements.fostering.unit_costs=900", f"{FOSTERING}=dear", "900", "on_costs.employer_pension=18%"]
    with pytest.raises(ProblemsError) as raised:
        with_settings(shipped_cases.appraisal_of(EXAMPLE).loaded, given)
    said = [str(problem) for problem in raised.value.problems]
    assert len(said) == 3  # the rate of the employer's pension can be set
    assert any("placements.fostering.unit_costs=900" in each and f"{FOSTERING}" in each for each in said)
    assert any(f"{FOSTERING}=dear" in each for each in said)
    assert any("names no input and a figure" in each for each in said)
