"""Counts by group, the season, the range of the council's own record, unit and marginal costs; all by hand."""

from __future__ import annotations

import json
from itertools import pairwise
from math import sin
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from shipped_demand import demand_of
from test_ledger import data

from finmodel.appraisal.appraise import appraise
from finmodel.case import ProblemsError, load_case
from finmodel.results.demand import DemandResult, demand_result


def found_of(**demand: Any) -> DemandResult:
    """The demand of a small case of demand alone, with other counts."""
    case = data([])
    del case["options"], case["discounting"]
    case["demand"] |= demand
    with TemporaryDirectory() as folder:
        path = Path(folder) / "case.yaml"
        path.write_text(json.dumps(case), encoding="utf-8")  # which is YAML too
        found = demand_result(appraise(load_case(path)))
    assert found is not None
    return found


def by_month(first_year: int, counts: list[float]) -> list[dict[str, Any]]:
    return [
        {"date": f"{first_year + place // 12}-{place % 12 + 1:02d}", "children": count}
        for place, count in enumerate(counts)
    ]


# --- by group


def test_parts_close_with_the_count_and_where_not_by_how_many() -> None:
    """Oxfordshire: five age bands are 416 and 463; six placements leave out 7 and 3 whom the Department hides."""
    age, placement = demand_of("oxfordshire-2014").parts
    assert (age.by, age.days) == ("Age", ("31 March 2013", "31 March 2014"))
    assert age.totals == (27 + 58 + 67 + 162 + 102, 32 + 73 + 76 + 168 + 114) == (416, 463)
    assert age.gaps == (0, 0)
    assert placement.gaps == (416 - (297 + 24 + 8 + 49 + 31), 463 - (320 + 20 + 18 + 63 + 30 + 9)) == (7, 3)
    school = next(each for each in placement.parts if each.label == "Residential schools")
    assert school.children == (None, 9)  # not stated is not zero


def test_parts_of_a_day_without_a_count_have_no_gap() -> None:
    (found,) = found_of(parts=[{"by": "Age", "part": "Under 5", "date": "June 2025", "children": 20}]).parts
    assert (found.totals, found.gaps) == ((20,), (None,))


def test_a_part_stated_twice_would_count_twice() -> None:
    part = {"by": "Age", "part": "Under 5", "date": "2026-03-31", "children": 20}
    with pytest.raises(ProblemsError) as caught:
        found_of(parts=[part, dict(part)])
    (problem,) = caught.value.problems
    assert "Under 5, by age, is there twice for 31 March 2026" in problem.what


# --- season


def test_a_season_needs_two_full_cycles() -> None:
    """23 months are one too few; with the 24th every month has one ratio to the average of the year about it."""
    counts = [500 + 2.0 * place + 10 * sin(place) for place in range(24)]
    few = found_of(every="month", observations=by_month(2024, counts[:23]))
    assert few.season.seasons == ()
    assert few.season.reason == "it needs two full cycles, 24 months in a row up to the last count, and there are 23"
    found = found_of(every="month", observations=by_month(2024, counts)).season
    assert [each.cycles for each in found.seasons] == [1] * 12
    july = (counts[0] / 2 + sum(counts[1:12]) + counts[12] / 2) / 12  # about July, the seventh month
    named = {each.name: each.above for each in found.seasons}
    assert named["July"] == pytest.approx(counts[6] / july - 1)
    later = (counts[11] / 2 + sum(counts[12:23]) + counts[23] / 2) / 12
    assert named["June"] == pytest.approx(counts[17] / later - 1)


def test_a_straight_line_has_no_season_and_a_gap_is_not_bridged() -> None:
    line = by_month(2024, [500 + 3.0 * place for place in range(24)])
    assert all(each.above == pytest.approx(0) for each in found_of(every="month", observations=line).season.seasons)
    gone = found_of(every="month", observations=[*line[:10], *line[11:]]).season
    assert gone.reason is not None
    assert gone.reason.endswith("and there are 13")


def test_quarters_have_four_seasons() -> None:
    counts = [100.0, 110, 90, 100] * 3
    days = [f"{2023 + place // 4}-{3 * (place % 4 + 1):02d}" for place in range(12)]
    dated = [{"date": day, "children": count} for day, count in zip(days, counts, strict=True)]
    found = found_of(every="quarter", observations=dated).season
    assert {each.name: (round(each.above, 9), each.cycles) for each in found.seasons} == {
        "March": (0, 2),
        "June": (0.1, 2),
        "September": (-0.1, 2),
        "December": (0, 2),
    }


# --- the range


RECORD = [400, 440, 410, 450, 470, 430, 480, 500, 490, 520, 505]  # 31 March 2016 to 2026


def yearly(counts: list[int]) -> list[dict[str, Any]]:
    return [{"date": f"{2026 - back}-03-31", "children": n} for back, n in enumerate(reversed(counts))]


def test_the_range_is_the_councils_own_where_it_has_eight_origins_three_years_ahead() -> None:
    found = found_of(observations=yearly(RECORD)).range
    assert (found.whose, found.origins) == ("own", (10, 9, 8))
    one = sum(abs(before - after) / after for before, after in pairwise(RECORD)) / 10
    assert found.error == (pytest.approx(one),)
    assert found.low == (pytest.approx(505 * (1 - one)),)
    assert found.councils_error == (0.0535,)  # published: no change, 450 to 699 children, one year ahead


def test_with_one_count_less_the_range_is_that_of_councils_of_its_size() -> None:
    found = found_of(observations=yearly(RECORD[1:])).range
    assert (found.whose, found.origins, found.error) == ("councils", (), (0.0535,))
    assert found.why_councils == "it needs 8 counts of March with one 3 years later, and there are 7"


def test_a_trend_is_tried_with_what_was_known_then_alone() -> None:
    """The last slope, from the third count on: 440 + 440 − 400 for 410, and so on; days of leap years aside."""
    trend = {"id": "trend", "label": "Trend", "method": "linear", "slope": "last", "counted": "months"}
    found = found_of(observations=yearly([400, *RECORD]), projections=[trend], baseline="trend").range
    counts = [400, *RECORD]
    errors = [
        abs(2 * here - before - after) / after
        for before, here, after in zip(counts, counts[1:], counts[2:], strict=False)
    ]
    assert (found.whose, found.origins) == ("own", (10, 9, 8))
    assert found.error == (pytest.approx(sum(errors) / 10),)


def test_a_path_that_does_not_follow_from_counts_cannot_be_tried() -> None:
    own = {"id": "own", "label": "Own", "method": "stated", "children": 500}
    found = found_of(observations=yearly(RECORD), projections=[own], baseline="own").range
    assert found.whose == "councils"
    assert found.why_councils == "“Own” does not follow from the counts, so it cannot be tried on earlier ones"


# --- unit costs


def test_unit_costs_and_the_marginal_one() -> None:
    """£20m over 400 and 420: £47,619.05, £48,780.49, £133.65 a day. £2m more for 20 more on average: £100,000."""
    years = [
        {"id": "one", "label": "2023/24", "spend": 20_000_000, "opening": 400, "closing": 420},
        {"id": "two", "label": "2024/25", "spend": 22_000_000, "opening": 420, "closing": 440},
        {"id": "three", "label": "2025/26", "spend": 23_000_000, "closing": 430},
    ]
    one, two, three = found_of(unit_costs=years).unit_costs
    assert one.at_year_end == pytest.approx(20_000_000 / 420)
    assert one.on_average == pytest.approx(20_000_000 / 410)
    assert one.per_day == pytest.approx(20_000_000 / 410 / 365)
    assert (one.marginal, one.marginal_reason) == (None, "no earlier year is stated")
    assert two.marginal == pytest.approx(2_000_000 / (430 - 410))
    assert three.on_average_reason == "the count at the year’s start is not stated"
    assert three.marginal is None  # £1m more for ten children fewer
    assert three.marginal_reason is not None
    assert "did not both rise or both fall" in three.marginal_reason
