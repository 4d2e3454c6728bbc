"""No child-month is used twice: across benefits of an option, earlier permanence, and what other proposals claim."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finmodel.appraisal.appraise import appraise, write_model
from finmodel.case import LoadedCase, ProblemsError, case_from_data
from finmodel.lines.evaluate import Results, evaluate
from finmodel.results.appraised import results
from finmodel.results.demand import DemandResult


def data(children: list[float], elsewhere: float = 0, count: float = 100) -> dict[str, Any]:
    """A small case: benefits that claim so many children each, against so many in care."""
    benefits = [
        {
            "id": f"claim-{number}",
            "label": f"Claim {number}",
            "children": each,
            "placements": {"fostering": "100%"},
            "deadweight": "0%",
            "optimism_bias": "0%",
            "cashable": "100%",
        }
        for number, each in enumerate(children)
    ]
    return {
        "title": "A small case",
        "council": "Anytown",
        "price_base": "2026/27",
        "first_year": "2026/27",
        "years": 1,
        "discounting": {"rate": "0%"},
        "placements": {
            "fostering": {
                "label": "Fostering",
                "unit_cost": 12_000,
                "per": "year",
                "price_base": "2026/27",
                "inflation": "none",
            }
        },
        "demand": {
            "observations": [{"date": "2025-03-31", "children": count}, {"date": "2026-03-31", "children": count}],
            "claimed_elsewhere": [{"id": "other", "label": "Other", "children": elsewhere}],
        },
        "options": [{"id": "team", "title": "Team", "benefits": benefits}],
    }


def worked(given_data: dict[str, Any]) -> Results:
    return evaluate(write_model(case_from_data(given_data)).model)


def drawn(found: Results, number: int) -> list[float]:
    return [figure or 0.0 for figure in found.figures(f"options.team.benefits.claim-{number}.monthly.children")]


def test_the_first_claim_is_served_first_and_the_rest_is_overlap() -> None:
    """100 in care, 30 claimed elsewhere: of 50 and 40, the first has its 50 and the second 20; 20 are overlap."""
    found = worked(data([50, 40], elsewhere=30))
    assert drawn(found, 0) == [50] * 12
    assert drawn(found, 1) == [20] * 12
    assert found.figure("options.team.benefits.claim-1.overlap_child_years") == pytest.approx(20)
    saved = found.figures("options.team.benefits.claim-1.gross_saving")
    assert saved == [pytest.approx(20 * 12_000)]


def test_overlap_is_priced_at_what_the_claim_would_have_saved() -> None:
    """20 children over for a year at £12,000; a claim that has its children is over by nothing."""
    found = worked(data([50, 40], elsewhere=30))
    assert found.figure("options.team.benefits.claim-0.overlap_cost") == 0
    assert found.figure("options.team.benefits.claim-1.overlap_cost") == pytest.approx(20 * 12_000)


def test_children_who_leave_earlier_draw_on_the_same_ledger_at_their_own_price() -> None:
    """95 of 100 are claimed; of 10 a month who leave two months earlier, 20 a month from the second on, 5 are left."""
    case = data([95])
    case["options"][0]["savings"] = [
        {
            "id": "sooner",
            "label": "Sooner",
            "kind": "earlier_permanence",
            "children": 10,
            "per": "month",
            "months_earlier": 2,
            "placement": "fostering",
            "deadweight": "0%",
            "optimism_bias": "0%",
            "cashable": "100%",
        }
    ]
    found = worked(case)
    at = "options.team.savings.sooner"
    drawn_in_all = [figure or 0.0 for figure in found.figures(f"{at}.monthly.children_drawn")]
    over = 5 + 15 * 11  # of 10 in the first month, of 20 in the others
    assert sum(drawn_in_all) == pytest.approx(5 * 12)
    assert found.figure(f"{at}.overlap_cost") == pytest.approx(over * 12_000 / 12)


def test_a_stage_that_waits_for_its_gate_draws_nothing() -> None:
    case = data([100])
    case["stages"] = [
        {"id": "one", "title": "One", "cost": 1, "children": 4},
        {"id": "two", "title": "Two", "cost": 1, "children": 8, "gate": "Stage one keeps children out of care."},
    ]
    assert drawn(worked(case), 0) == [96] * 12


ROUND = st.floats(0, 150).map(lambda each: round(each, 2))
MONTHS = st.tuples(st.integers(1, 12), st.integers(1, 12)).map(sorted)


@settings(max_examples=20, deadline=None)
@given(
    children=st.lists(ROUND, min_size=1, max_size=3),
    before=st.lists(st.tuples(ROUND, MONTHS), max_size=4),
    stages=st.integers(0, 4),
)
def test_avoided_never_exceeds_the_baseline_and_no_month_is_used_twice(
    children: list[float], before: list[tuple[float, list[int]]], stages: int
) -> None:
    """Other proposals, stages and benefits together: each month they draw what is claimed, or all 100 and no more."""
    case = data(children)
    claims = [
        {"id": f"first-{n}", "children": each, "start": month(first), "end": month(last)}
        for n, (each, (first, last)) in enumerate(before)
    ]
    kept = min(stages, len(claims))
    case["stages"] = [{**claim, "title": "Stage", "cost": 1} for claim in claims[:kept]]
    case["demand"]["claimed_elsewhere"] = [{**claim, "label": "Proposal"} for claim in claims[kept:]]
    found = worked(case)
    rooms = [f"stages.{claim['id']}" for claim in claims[:kept]]
    rooms += [f"elsewhere.{claim['id']}" for claim in claims[kept:]]
    first = [found.figures(f"demand.ledger.{room}.monthly.drawn") for room in rooms]
    own = [drawn(found, number) for number in range(len(children))]
    for place in range(12):
        used = sum((line[place] or 0.0) for line in first) + sum(line[place] for line in own)
        asked = sum(each for each, (start, end) in before if start <= place + 1 <= end)
        assert used == pytest.approx(min(100, asked + sum(children)), abs=1e-9)
    for number, claimed in enumerate(children):
        over = found.figures(f"options.team.benefits.claim-{number}.monthly.overlap")
        pairs = zip(drawn(found, number), over, strict=True)
        assert all(part + (rest or 0.0) == pytest.approx(claimed, abs=1e-9) for part, rest in pairs)


def month(number: int) -> str:
    """The first is April 2026."""
    return f"{2026 + (number + 2) // 12}-{(number + 2) % 12 + 1:02d}"


def test_a_claim_that_the_baseline_has_room_for_is_what_it_was() -> None:
    with_demand, without = data([7.5]), data([7.5])
    del without["demand"]
    assert drawn(worked(with_demand), 0) == drawn(worked(without), 0) == [7.5] * 12


METHODS = {
    "constant-growth": ({"method": "constant-growth", "growth": "10%"}, 121 * 1.1 ** (365 / 365.25)),
    "damped": (  # the year's step of 21 children in 365 days, of which the next year keeps half
        {"method": "damped", "damping": "50%"},
        121 + 21 / 365 * 365.25 * 0.5 * (1 - 0.5 ** (365 / 365.25)) / 0.5,
    ),
    "straight": ({"method": "joined", "points": [{"date": "2028-03-31", "children": 194}]}, 121 + 73 * 365 / 731),
    "compound": (
        {"method": "joined", "how": "compound", "points": [{"date": "2028-03-31", "children": 484}]},
        121 * 4 ** (365 / 731),
    ),
    "stated": ({"method": "stated", "children": 130}, 130),
}


@pytest.mark.parametrize("name", METHODS)
def test_every_other_way_of_going_on_by_its_closed_form(name: str) -> None:
    fields, expected = METHODS[name]
    case = data([1])
    case["demand"]["observations"] = [{"date": "2025-03-31", "children": 100}, {"date": "2026-03-31", "children": 121}]
    case["demand"]["projections"] = [{"id": "way", "label": "Way", **fields}]
    found = worked(case)
    assert found.figures("demand.projections.way.at_year_end") == [pytest.approx(expected)]


@settings(max_examples=20, deadline=None)
@given(entries=st.integers(0, 40), stay=st.integers(1, 60))
def test_stock_and_flow_of_an_account_close(entries: int, stay: int) -> None:
    """Each month opening + entries − leavers = closing, and a twelfth of the stay's share leaves."""
    case = data([1])
    way = {"id": "way", "label": "Way", "method": "entries-and-stay", "entries": entries, "stay": stay}
    case["demand"]["projections"] = [way]
    found = worked(case)
    at = "demand.projections.way.monthly"
    path = [100.0, *(figure or 0.0 for figure in found.figures(f"{at}.path"))]
    leavers = [figure or 0.0 for figure in found.figures(f"{at}.leavers")]
    for (before, after), left in zip(pairwise(path), leavers, strict=True):
        assert left == pytest.approx(before / stay)
        assert after == pytest.approx(before + entries - left)


MISTAKES: dict[str, tuple[dict[str, Any], str]] = {
    "no such baseline": ({"baseline": "trnd"}, "`trnd` is no projection of this case"),
    "a trend of one count": (
        {
            "observations": [{"date": "2026-03-31", "children": 100}],
            "projections": [{"id": "trend", "label": "Trend", "method": "linear"}],
        },
        "A trend needs two counts",
    ),
    "two counts of a month": (
        {
            "observations": [{"date": "2026-03-01", "children": 90}, {"date": "2026-03-31", "children": 100}],
            "projections": [
                {"id": "trend", "label": "Trend", "method": "linear", "slope": "last", "counted": "months"}
            ],
        },
        "are of one month",
    ),
    "nothing left to project": (
        {"observations": [{"date": "2027-03-31", "children": 90}]},
        "nothing is left to project",
    ),
    "an outturn too early": ({"outturns": [{"date": "2026-03-01", "children": 90}]}, "not after the last count"),
    "months beyond what is planned": (
        {
            "planned": [{"date": "2026-09-30", "children": 90}],
            "avoided": {"start": "2026-04", "end": "2027-03", "placement": "fostering"},
        },
        "before the end of this month",
    ),
    "no date": ({"observations": [{"date": "Marsh 2026", "children": 90}]}, "This is not a date"),
    "no such day": ({"observations": [{"date": "2026-13", "children": 90}]}, "There is no such day"),
    "a stage of nobody": (
        {"stages": [{"id": "one", "title": "One", "cost": 1, "children": 2, "start": "2026-06", "end": "2026-05"}]},
        "The last month is before the first",
    ),
    "a claim of nothing": (
        {"claims": [{"id": "one", "label": "One", "amount": 1, "months": [6]}]},
        "A claim needs the months",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_what_cannot_be_is_one_problem_in_words(name: str) -> None:
    fields, said = MISTAKES[name]
    case = data([1])
    case["stages"] = fields.get("stages", [])
    case["demand"] |= {key: value for key, value in fields.items() if key != "stages"}
    with pytest.raises(ProblemsError) as caught:
        case_from_data(case)
    assert [said in problem.what for problem in caught.value.problems] == [True]


def test_a_stage_with_children_needs_a_baseline_to_draw_them_from() -> None:
    case = data([1])
    del case["demand"]
    case["stages"] = [{"id": "one", "title": "One", "cost": 1, "children": 2}]
    with pytest.raises(ProblemsError) as caught:
        case_from_data(case)
    (problem,) = caught.value.problems
    assert "no children looked after to draw them from" in problem.what


def in_results(given_data: dict[str, Any]) -> DemandResult:
    found = results(appraise(LoadedCase(case_from_data(given_data), Path("case"), ()))).demand
    assert found is not None
    return found


@pytest.mark.parametrize("placement", ["fostering", None])
def test_what_another_proposal_claims_in_vain_is_priced_by_its_placement(placement: str | None) -> None:
    """It claims 130 of 100 children for a year at £12,000 a child: 30 are over, £360,000; without a place, no price."""
    given_data = data([10], elsewhere=130)
    claim = given_data["demand"]["claimed_elsewhere"][0]
    if placement is not None:
        claim["placement"] = placement
    (first,) = in_results(given_data).claimed_first
    assert (first.claimed, first.drawn, first.overlap) == (pytest.approx(130), pytest.approx(100), pytest.approx(30))
    if placement is None:
        assert first.overlap_cost is None
        assert first.why_no_cost
    else:
        assert first.overlap_cost == pytest.approx(360_000)
        assert first.why_no_cost is None
