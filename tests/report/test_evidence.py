"""A claim beside the evidence that it names: the issue's own arithmetic, each verdict, and no figure where none is due."""

import json
from pathlib import Path

import pytest

from finmodel import appraise, load_case
from finmodel.results.appraised import results
from finmodel.results.beside_evidence import EvidenceResult

CASE = """
title: Family group conferences
council: Anytown Council
price_base: 2025/26
first_year: 2025/26
years: 2
discounting: {rate: 0%}
placements:
  fostering: {label: Foster placement, unit_cost: 40000, per: year, price_base: 2025/26, inflation: none}
options:
  - id: workers
    title: Four family workers
    benefits:
      - id: fewer
        label: Children fewer in care
        {CLAIM}
        placements: {fostering: 100%}
        deadweight: 0%
        optimism_bias: {BIAS}
        cashable: 100%
        evidence: {ROWS}
        {APPLIED}
"""
FAMILIES = (
    "applied_to: {population: families who had the letter, reached: 60, counted_in: families, claimed_in: day_count}"
)


def evidence(
    tmp_path: Path, rows: list[int], applied: str = FAMILIES, claim: str = "children: 13", bias: str = "0%"
) -> EvidenceResult:
    filled = {"CLAIM": claim, "BIAS": bias, "ROWS": json.dumps(rows), "APPLIED": applied}
    text = CASE
    for name, value in filled.items():
        text = text.replace("{" + name + "}", value)
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    found = results(appraise(load_case(tmp_path))).options[0].benefits[0].evidence
    assert found is not None
    return found


def test_thirteen_fewer_beside_the_trial_of_family_group_conferences(tmp_path: Path) -> None:
    """44.8% to 36.2%, applied to 60 families: 60 × 0.086 = 5.16 families; × 2,548 ÷ 1,471 = 8.938 children."""
    found = evidence(tmp_path, [1])
    row = found.rows[0]
    assert row.families == pytest.approx(60 * (0.448 - 0.362))
    assert row.given == pytest.approx(60 * 0.086 * 2548 / 1471)
    assert (found.claimed, found.verdict, row.beyond) == (13, "beyond", True)
    assert found.sentence == (
        "The case claims 13 fewer children in care, beyond the evidence: the trial’s difference (row 1, 44.8% to 36.2%), "
        "applied to the 60 families reached, gives 5.2 families, 8.9 children at 1.73 a family; interval not published."
    )
    assert row.arithmetic == "60 families × (44.8% − 36.2%) × 1.73 children a family"
    assert (found.suggested_grade, found.grade_confidence) == (1, "unverified")
