"""No child-month is used twice: across benefits of an option, earlier permanence, and what other proposals claim."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finmodel.appraisal.appraise import write_model
from finmodel.case import ProblemsError, case_from_data
from finmodel.lines.evaluate import Results, evaluate


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


@settings(max_examples=20, deadline=None)
@given(
    children=st.lists(st.floats(0, 150).map(lambda each: round(each, 2)), min_size=1, max_size=3),
    elsewhere=st.floats(0, 150).map(lambda each: round(each, 2)),
)
def test_avoided_never_exceeds_the_baseline_and_no_month_is_used_twice(children: list[float], elsewhere: float) -> None:
    found = worked(data(children, elsewhere))
    used = [sum(month) for month in zip(*(drawn(found, number) for number in range(len(children))), strict=True)]
    room = max(0.0, 100 - elsewhere)
    assert used == [pytest.approx(min(room, sum(children)), abs=1e-9)] * 12
    for number, claimed in enumerate(children):
        over = found.figures(f"options.team.benefits.claim-{number}.monthly.overlap")
        pairs = zip(drawn(found, number), over, strict=True)
        assert all(part + (rest or 0.0) == pytest.approx(claimed, abs=1e-9) for part, rest in pairs)


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
    "a claim of nothing": (
        {"claims": [{"id": "one", "label": "One", "amount": 1, "months": [6]}]},
        "A claim needs the months",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_what_cannot_be_is_one_problem_in_words(name: str) -> None:
    fields, said = MISTAKES[name]
    case = data([1])
    case["demand"] |= fields
    with pytest.raises(ProblemsError) as caught:
        case_from_data(case)
    assert [said in problem.what for problem in caught.value.problems] == [True]
