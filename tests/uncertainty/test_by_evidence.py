"""Evidence in the place of a claim: 50 children × 40% × (1 − relative risk of row 57), against entries avoided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from test_simulate import PRICE, appraised

from finmodel.appraisal.appraise import Appraisal
from finmodel.reference.findings import finding_of
from finmodel.uncertainty.answers import judged_lines
from finmodel.uncertainty.simulate import SimulationPlan, plan_of, simulate
from finmodel.uncertainty.what_if import what_if

__all__ = ["appraised"]

ENTRIES = "options.team.benefits.fewer.entries_stated"
REACHED, BASE = 50, 0.4
APPLIED = {"population": "Families", "reached": REACHED, "counted_in": "children", "claimed_in": "entries"}
COSTS = 80_000  # training and a room


def claim(entries: Any = 1, **applied: Any) -> dict[str, Any]:
    """Entries avoided a month, all year, of whom each would have stayed on."""
    applied = {**APPLIED, "base_rate": "40%", **applied}
    return {
        "children": None,
        "entries_avoided": entries,
        "stay": {"months": 60},
        "evidence": [57],
        "applied_to": applied,
    }


def of_row(risk: float | None) -> float:
    assert risk is not None
    return REACHED * BASE * (1 - risk)


def test_the_claim_is_put_at_what_the_evidence_gives(appraised: Callable[..., Appraisal]) -> None:
    """Savings grow in proportion to entries, costs do not: net = saving × given ÷ claimed − costs."""
    appraisal, row = appraised([], benefit=claim()), finding_of(57)
    assert row is not None
    asked = {each.id: each for each in what_if(appraisal.written, judged_lines(appraisal.written)).asked}
    net = appraisal.results.figures(judged_lines(appraisal.written)[0].net)[-1]
    assert net is not None
    for end, risk in (("", row.effect), (".low", row.high), (".high", row.low)):
        found = asked[f"evidence.team.benefits.fewer.57{end}"]
        assert found.inputs == (ENTRIES,)
        assert found.answers[0].net == pytest.approx((net + COSTS) * of_row(risk) / 12 - COSTS)
        assert found.note.startswith(f"Evidence row 57 gives {of_row(row.effect):g} (")


def test_a_range_of_the_evidence_is_drawn_where_the_case_states_none(appraised: Callable[..., Appraisal]) -> None:
    row = finding_of(57)
    assert row is not None
    price = {"input": PRICE, "low": 30_000, "high": 55_000}
    appraisal = appraised([price], benefit=claim(0.6))  # 7.2 a year, and the row's interval holds it
    found = simulate(appraisal, SimulationPlan(draws=500))
    assert found is not None
    used = {each.input: each for each in found.ranges}
    assert (used[ENTRIES].low, used[ENTRIES].high) == pytest.approx((of_row(row.high) / 7.2, of_row(row.low) / 7.2))
    assert (used[ENTRIES].stated_as, used[ENTRIES].central) == ("factor", 1)
    assert (used[ENTRIES].source, used[ENTRIES].confidence) == ("evidence row 57", row.confidence)
    assert "The case states no range of it" in used[ENTRIES].note
    illustrated = simulate(appraised([], benefit=claim(0.6)), plan_of(appraised([], benefit=claim(0.6)).loaded, 500))
    assert illustrated is not None
    assert {each.input: each.source for each in illustrated.ranges}[ENTRIES] == "evidence row 57"


@pytest.mark.parametrize(
    "benefit",
    [
        claim({"low": 0.5, "central": 0.6, "high": 0.7}),
        claim(10),
        claim(0.6, base_rate=None),
        claim(0.6, differs="Older"),
    ],
    ids=["a range of its own", "a claim beyond the evidence", "no base rate", "other children"],
)
def test_otherwise_nothing_is_drawn_by_evidence(appraised: Callable[..., Appraisal], benefit: dict[str, Any]) -> None:
    benefit["applied_to"] = {name: value for name, value in benefit["applied_to"].items() if value is not None}
    price = {"input": PRICE, "low": 30_000, "high": 55_000}
    found = simulate(appraised([price], benefit=benefit), SimulationPlan(draws=500))
    assert found is not None
    assert [each.input for each in found.ranges if each.source.startswith("evidence")] == []
