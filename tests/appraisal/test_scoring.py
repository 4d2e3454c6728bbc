"""Scores, ranks, and the weights at which the order changes: worked by hand, and searched for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from budget_cases import case_of, cost, figures, saving
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_results import results

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.case import load_case

Table = dict[str, tuple[float, dict[str, float]]]  # by criterion: its weight, and a score by option

THREE: Table = {
    "children": (0.5, {"x": 9, "y": 6}),
    "speed": (0.3, {"x": 2, "y": 6}),
    "staff": (0.2, {"x": 5, "y": 5}),
}


def scored(table: Table, options: list[dict[str, Any]] | None = None, **more: Any) -> Appraisal:
    criteria = [
        {
            "id": name,
            "label": name.capitalize(),
            "weight": weight,
            "scores": scores,
            "owner": "Panel",
            "note": "Agreed.",
        }
        for name, (weight, scores) in table.items()
    ]
    names = next(iter(table.values()))[1]
    conditions = more.pop("critical_conditions", [])
    scoring = {"criteria": criteria, "critical_conditions": conditions}
    return case_of(2, *(options or [{"id": name} for name in names]), scoring=scoring, **more)


def test_weighted_totals_are_weights_times_scores() -> None:
    """x: 0.5 × 9 + 0.3 × 2 + 0.2 × 5 = 6.1; y: 0.5 × 6 + 0.3 × 6 + 0.2 × 5 = 5.8."""
    appraisal = scored(THREE)
    assert figures(appraisal, "scoring.x.weighted_total") == pytest.approx([6.1])
    assert figures(appraisal, "scoring.y.weighted_total") == pytest.approx([5.8])
    first = results(appraisal)["scoring"]["criteria"][0]
    assert first == {"id": "children", "label": "Children", "weight": 0.5, "who": "Panel", "why": "Agreed."}


def test_the_weight_at_which_the_order_changes() -> None:
    """children: at w, 9w + (1 − w)(0.6 × 2 + 0.4 × 5) = 6w + (1 − w)(0.6 × 6 + 0.4 × 5): 3w = 2.4(1 − w), w = 4/9.

    speed: 4w = (1 − w)(15/7), w = 15/43. staff: they score alike on it, so at 100% they would be level and never change.
    """
    found = results(scored(THREE))["scoring"]["switching_weights"]
    assert [weight["criterion"] for weight in found] == ["children", "speed", "staff"]
    assert found[0]["weight"] == pytest.approx(4 / 9)
    assert found[1]["weight"] == pytest.approx(15 / 43)
    assert found[2]["weight"] is None
    assert found[2]["reason"] == "no weight from 0% to 100% changes which of the first two comes first"


def test_criteria_may_come_from_a_table_with_a_column_for_each_option(tmp_path: Path) -> None:
    (tmp_path / "criteria.csv").write_text(
        "id,label,weight,scores.x,scores.y\nchildren,Children,60%,8,6\nspeed,Speed,40%,4,6\n", encoding="utf-8"
    )
    (tmp_path / "case.yaml").write_text(
        "title: A\ncouncil: B\nprice_base: 2015/16\nfirst_year: 2015/16\nyears: 1\ndiscounting: {rate: 3.5%}\n"
        "scoring: {criteria: {csv: criteria.csv}}\noptions: [{id: x, title: X}, {id: y, title: Y}]\n",
        encoding="utf-8",
    )
    found = results(appraise(load_case(tmp_path)))["scoring"]["options"]
    assert [option["weighted_total"] for option in found] == pytest.approx([6.4, 6])


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ({"a": (1, {"x": 9, "y": 6})}, "it carries the whole weight, and the others have none to give"),
        ({"a": (0.5, {"x": 9, "y": 6}), "b": (0.5, {"x": 6, "y": 9})}, "the first two options score alike as it is"),
        ({"a": (0.5, {"x": 9, "y": 6}), "b": (0.5, {"x": 9, "y": 6})}, "follow by as much whatever it weighs"),
        ({"a": (0.5, {"x": 9, "y": 6}), "b": (0.5, {"x": 8, "y": 6})}, "no weight from 0% to 100%"),
        ({"a": (1, {"x": 9})}, "there are not two options to rank"),
    ],
)
def test_why_there_is_no_such_weight(table: Table, reason: str) -> None:
    found = results(scored(table))["scoring"]["switching_weights"]
    assert all(weight["weight"] is None for weight in found)
    assert reason in found[0]["reason"]


scores_of_four = st.lists(st.integers(0, 10), min_size=4, max_size=4)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 9), scores_of_four), min_size=2, max_size=4))
def test_at_the_switching_weight_the_first_two_are_level_and_past_it_they_change(
    rows: list[tuple[int, list[int]]],
) -> None:
    whole = sum(weight for weight, _ in rows)
    names = ["p", "q", "r", "s"]
    table: Table = {
        f"c{place}": (weight / whole, dict(zip(names, scores, strict=True)))
        for place, (weight, scores) in enumerate(rows)
    }
    found = results(scored(table))["scoring"]
    assert [option["weighted_total"] for option in found["options"]] == pytest.approx(
        [sum(weight * scores[name] for weight, scores in table.values()) for name in names]
    )
    order = sorted(found["options"], key=lambda option: option["rank_by_score"])  # stable: alike in the case's order
    first, second = order[0]["id"], order[1]["id"]

    def lead(criterion: str, weight: float) -> float:
        own, others = table[criterion], [each for name, each in table.items() if name != criterion]
        left = 1 - own[0]
        parts = [(w / left * (1 - weight), scores) for w, scores in others] + [(weight, own[1])]
        return sum(w * (scores[first] - scores[second]) for w, scores in parts)

    for switch in found["switching_weights"]:
        ends = (lead(switch["criterion"], 0), lead(switch["criterion"], 1))
        if switch["reason"] == "the first two options score alike as it is":
            assert lead(switch["criterion"], table[switch["criterion"]][0]) == pytest.approx(0, abs=1e-6)
        elif switch["weight"] is None:
            assert min(ends) > -1e-6 or max(ends) < 1e-6, switch
        else:
            assert lead(switch["criterion"], switch["weight"]) == pytest.approx(0, abs=1e-6)
            assert min(ends) < 1e-6 < max(ends) + 2e-6


def test_options_that_score_alike_share_a_rank_and_the_next_place_is_left_out() -> None:
    table: Table = {"a": (0.1, {"x": 7, "y": 9, "z": 7, "w": 1}), "b": (0.9, {"x": 7, "y": 9, "z": 7, "w": 1})}
    found = {option["id"]: option for option in results(scored(table))["scoring"]["options"]}
    assert {name: option["rank_by_score"] for name, option in found.items()} == {"x": 2, "y": 1, "z": 2, "w": 4}
    assert "It shares its rank by score, second." in found["x"]["flags"]


def test_the_dust_of_binary_fractions_makes_no_one_better() -> None:
    """0.1 × 3 + 0.9 × 0 is 0.30000000000000004 and 0.3 × 1 is 0.3: alike."""
    table: Table = {"a": (0.1, {"x": 3, "y": 0}), "b": (0.3, {"x": 0, "y": 1}), "c": (0.6, {"x": 0, "y": 0})}
    found = results(scored(table))["scoring"]
    assert [option["rank_by_score"] for option in found["options"]] == [1, 1]


MONEY = [
    {"id": "x", "costs": [cost("posts", 100)], "benefits": [saving("fewer", 150)]},
    {"id": "y", "costs": [cost("posts", 100)], "benefits": [saving("fewer", 400)]},
]


def test_ranks_by_score_and_by_money_stand_side_by_side_with_flags() -> None:
    found = results(scored(THREE, MONEY, recommended="x"))["scoring"]["options"]
    assert [(option["rank_by_score"], option["rank_by_net_present_budget_impact"]) for option in found] == [
        (1, 2),
        (2, 1),
    ]
    assert found[0]["flags"] == ["Preferred by the authors, second on net present budget impact."]
    assert found[1]["flags"] == ["Second on score, first on net present budget impact."]


def test_an_option_that_is_preferred_against_the_scores_is_flagged() -> None:
    found = results(scored(THREE, MONEY, recommended="y"))["scoring"]["options"]
    assert found[1]["flags"] == ["Preferred by the authors, second on score."]
    assert "First on score, and not the preferred option." in found[0]["flags"]


def test_options_without_money_still_compare() -> None:
    found = results(scored(THREE))["scoring"]["options"]
    assert [option["rank_by_score"] for option in found] == [1, 2]
    assert [option["rank_by_net_present_budget_impact"] for option in found] == [None, None]
    assert found[0]["rank_by_net_present_budget_impact_reason"] == "no money is stated for it"


def test_business_as_usual_is_outside_both_rankings_and_the_switching_weights() -> None:
    """x scores 6.1, y 5.8 and z 3.0; x is business as usual. y is worth £300 more a year than x, z £100 less."""
    table: Table = {
        "children": (0.5, {"x": 9, "y": 6, "z": 2}),
        "speed": (0.3, {"x": 2, "y": 6, "z": 5}),
        "staff": (0.2, {"x": 5, "y": 5, "z": 2.5}),
    }
    dearer = {"id": "z", "costs": [cost("posts", 100)], "benefits": [saving("fewer", 0)]}
    found = results(scored(table, [{"id": "x"}, MONEY[1], dearer], status_quo="x"))["scoring"]
    assert [option["rank_by_score"] for option in found["options"]] == [0, 1, 2]
    assert [option["rank_by_net_present_budget_impact"] for option in found["options"]] == [0, 1, 2]
    assert found["options"][0]["flags"] == []
    assert found["options"][1]["flags"] == ["It scores less than business as usual."]
    assert found["options"][2]["flags"] == [
        "It scores less than business as usual.",
        "Its net present budget impact is below zero, that of business as usual.",
    ]
    # y leads z on every criterion, so no weight puts z before it; x is in no comparison of the first two.
    assert {weight["reason"] for weight in found["switching_weights"]} == {
        "no weight from 0% to 100% changes which of the first two comes first"
    }


def test_options_share_a_rank_by_money_only_where_they_are_worth_the_same_to_the_penny() -> None:
    options = [
        {"id": "x"},
        {"id": "y", "benefits": [saving("fewer", [100, 0])]},
        {"id": "z", "benefits": [saving("fewer", [100.01, 0])]},
        {"id": "w", "benefits": [saving("fewer", [100.001, 0])]},
    ]
    table: Table = {"a": (1, {"x": 1, "y": 1, "z": 1, "w": 1})}
    found = results(scored(table, options, status_quo="x"))["scoring"]["options"]
    assert {option["id"]: option["rank_by_net_present_budget_impact"] for option in found} == {
        "x": 0,
        "y": 2,
        "z": 1,
        "w": 2,
    }


def test_a_critical_condition_that_is_not_met_or_not_stated_is_flagged() -> None:
    condition = {"id": "duties", "label": "Meets statutory duties", "options": {"x": {"met": False, "why": "Late."}}}
    found = results(scored(THREE, critical_conditions=[condition]))["scoring"]["options"]
    assert found[0]["critical_conditions"] == [
        {"label": "Meets statutory duties", "note": "", "met": False, "why": "Late."}
    ]
    assert found[0]["flags"] == [
        "It does not meet the critical condition “Meets statutory duties”, whatever it scores."
    ]
    assert found[1]["critical_conditions"][0]["met"] is None
    assert found[1]["flags"] == ["Whether it meets the critical condition “Meets statutory duties” is not stated."]


def test_non_money_benefits_and_risks_are_tables() -> None:
    option = {
        "id": "x",
        "other_benefits": [{"what": "Children keep their school.", "for_whom": "Children"}],
        "risk_table": [{"what": "Posts stay vacant.", "likelihood": "high", "owner": "Head of service"}],
    }
    found = results(case_of(1, option))["options"][0]
    assert found["other_benefits"][0]["for_whom"] == "Children"
    assert found["risk_table"][0]["likelihood"] == "high"
    assert found["risk_table"][0]["impact"] is None
    assert found["risk_table"][0]["owner"] == "Head of service"
