"""Thresholds of National Insurance person by person, where a post fills bit by bit or its people are paid differently.

Employer's National Insurance, a year: 13.8% above £9,100 for each person in 2024/25, 15% above £5,000 from 2025/26.
"""

from __future__ import annotations

from typing import Any

import pytest
from small_cases import of_worker, priced

WORKER, STARTER = 48_000, 36_000
GRADES = {
    "grade": {"label": "Worker", "salary": WORKER, "pay_awards_apply": False},
    "starter": {"label": "Starter", "salary": STARTER, "pay_awards_apply": False},
}
ONLY_NI = {"employer_pension": "0%", "apprenticeship_levy": False}
PAID = "monthly.paid_employer_national_insurance"


def post(years: int = 2, **names: Any) -> Any:
    return priced(names, grades=GRADES, on_costs=ONLY_NI, first_year="2024/25", years=years)


def due(pay: float, people: float) -> float:
    """13.8% of the month's pay above so many thresholds of £9,100 a year."""
    return 0.138 * (pay - people * 9_100) / 12


def test_a_post_that_fills_one_a_month_has_a_threshold_for_each_who_is_there() -> None:
    results = priced(
        {"fte": 2.5, "point": 34, "start": "2025-09", "recruited_per_month": 1},
        grades={"grade": {"label": "Social worker", "points": "30-34"}},
        on_costs={"employer_pension": "21.1%"},
        first_year="2025/26",
    )
    # Point 34 is £45,091. September 1 FTE, October 2, November to March 2.5: 15.5 months of one FTE, £58,242.54.
    # People 1, 2, then 3: 18 thresholds of £5,000 ÷ 12. 15% × (58,242.54 − 7,500) = £7,611.38; pension £12,289.18; levy
    # £291.21. In all £78,434.31.
    assert of_worker(results, "employer_national_insurance") == pytest.approx([7_611.38], abs=0.005)
    assert of_worker(results, "cost") == pytest.approx([78_434.31], abs=0.005)
    # The full-year effect is of 2.5 FTE and three people all year.
    whole = 2.5 * 45_091 * 1.216 + 0.15 * (2.5 * 45_091 - 3 * 5_000)
    assert of_worker(results, "full_year_effect") == pytest.approx([whole])


def test_people_who_share_a_post_come_whole_one_after_another() -> None:
    # Five people at 0.8 FTE, two FTE a month: 2 × 0.8 and 0.4 of a third; then all five.
    results = post(fte=4, people=5, recruited_per_month=2)
    assert of_worker(results, PAID)[:3] == pytest.approx([due(2 * WORKER, 3), *[due(4 * WORKER, 5)] * 2])


def test_a_part_timer_below_the_threshold_bears_none_while_the_post_fills() -> None:
    # 0.1 FTE a month: £4,800 a year, below £9,100; then 0.2 FTE, £9,600.
    results = post(fte=1, recruited_per_month=0.1)
    assert of_worker(results, PAID)[:2] == pytest.approx([0, due(0.2 * WORKER, 1)])


def test_fte_by_year_have_their_own_people_in_each() -> None:
    # 1.5 FTE are two people, 3 FTE three.
    results = post(fte={"by_year": {"2024/25": 1.5, "2025/26": 3}})
    monthly = of_worker(results, "monthly.employer_national_insurance")
    assert monthly[0] == pytest.approx(due(1.5 * WORKER, 2))
    assert monthly[12] == pytest.approx(0.15 * (3 * WORKER - 3 * 5_000) / 12)


def test_those_who_move_up_take_their_threshold_with_them() -> None:
    # 2.5 FTE, one a month, the first three months at a starter's pay. In the fourth month the first has moved up: one
    # full-timer at £48,000, and a full-timer and a half-timer at £36,000.
    results = post(fte=2.5, recruited_per_month=1, newly_qualified={"grade": "starter", "months": 3})
    months = [(STARTER, 1), (2 * STARTER, 2), (2.5 * STARTER, 3), (WORKER + 1.5 * STARTER, 3)]
    months += [(2 * WORKER + 0.5 * STARTER, 3), (2.5 * WORKER, 3)]
    assert of_worker(results, PAID)[:6] == pytest.approx([due(*month) for month in months])
    settled = of_worker(results, "monthly.band_whole_people")
    assert settled[:6] == pytest.approx([0, 0, 0, 1, 2, 2])


def test_a_person_whose_hours_grew_has_one_threshold_between_two_groups() -> None:
    # 1.5 FTE a month, 3 in all: three people. In the third month half of the second one has moved up.
    results = post(fte=3, recruited_per_month=1.5, newly_qualified={"grade": "starter", "months": 2})
    months = [(1.5 * STARTER, 2), (3 * STARTER, 3), (1.5 * WORKER + 1.5 * STARTER, 3), (3 * WORKER, 3)]
    assert of_worker(results, PAID)[:4] == pytest.approx([due(*month) for month in months])


def test_a_share_of_newly_qualified_is_a_share_of_every_person() -> None:
    # 2.5 FTE are three people whatever the share who are newly qualified.
    results = post(fte=2.5, newly_qualified={"grade": "starter", "months": 6, "share": "50%"})
    assert of_worker(results, PAID)[:7] == pytest.approx(
        [due(1.25 * WORKER + 1.25 * STARTER, 3)] * 6 + [due(2.5 * WORKER, 3)]
    )


def test_an_allowance_after_a_wait_changes_no_threshold() -> None:
    stays = {"id": "stay", "label": "Retention", "amount": 2_400, "after_months": 2}
    results = post(fte=1.5, recruited_per_month=1, supplements=[stays])
    # April one, May two people on 1.5 FTE; from June the first has £2,400 more, from July the second his half.
    months = [(WORKER, 1), (1.5 * WORKER, 2), (1.5 * WORKER + 2_400, 2), (1.5 * WORKER + 3_600, 2)]
    assert of_worker(results, PAID)[:4] == pytest.approx([due(*month) for month in months])


def test_what_is_replaced_goes_person_by_person() -> None:
    # 2.5 FTE are given up as five are recruited, two a month: two fifths are one FTE, and 1.5 FTE, two people, are left.
    old = {"id": "old", "title": "Old post", "fte": 2.5, "grade": "starter"}
    saved = of_worker(post(fte=5, recruited_per_month=2, replaces=[old]), "replaces.old.monthly.saved")
    before = 2.5 * STARTER / 12 + due(2.5 * STARTER, 3)
    left = [1.5 * STARTER / 12 + due(1.5 * STARTER, 2), 0.5 * STARTER / 12 + due(0.5 * STARTER, 1), 0]
    assert saved[:3] == pytest.approx([part - before for part in left])


def test_backfill_comes_person_by_person() -> None:
    cover = {"id": "cover", "title": "Cover", "fte": 2.5, "people": 5, "grade": "starter"}
    paid = of_worker(post(fte=5, recruited_per_month=2, backfill=[cover]), "backfill.cover.monthly.cost")
    # Half an FTE each: one FTE is two people, two are four, 2.5 five.
    months = [(1, 2), (2, 4), (2.5, 5)]
    assert paid[:3] == pytest.approx([fte * STARTER / 12 + due(fte * STARTER, people) for fte, people in months])


def test_what_is_met_for_a_person_is_met_for_whole_people() -> None:
    laptop = {"id": "laptop", "label": "Laptop", "amount": 1_000, "per": "person", "inflation": "none"}
    results = post(fte=2.5, recruited_per_month=1, one_off=[laptop])
    assert of_worker(results, "one_off.laptop.monthly.cost")[:4] == pytest.approx([1_000, 1_000, 1_000, 0])
    # The half-timer who goes full time is nobody new.
    grown = post(fte={"by_year": {"2024/25": 1.5, "2025/26": 2}}, one_off=[laptop])
    assert of_worker(grown, "one_off.laptop.cost") == pytest.approx([2_000, 0])
