"""Statutory redundancy pay by the Employment Rights Act 1996, sections 155, 162 and 227.

Half a week's pay for each complete year of service below the age of 22, one week from 22, one and a half from 41; twenty
years at most; none for less than two. The cap on a week's pay: £700 to 5 April 2025, £719 to 5 April 2026, £751 after.
"""

from __future__ import annotations

from typing import Any

import pytest
from small_cases import case_of, of_post, of_worker, priced, written

from finmodel.case import ProblemsError, case_from_data
from finmodel.case.checks.warnings import warnings

WEEK = 36_000 / 365 * 7  # £690.41, below every cap
HIGH = {"grade": {"label": "Grade", "salary": 52_000, "pay_awards_apply": False}}  # £997.26 a week


def due(post: dict[str, Any], age: int = 40, **names: Any) -> list[float | None]:
    """What is due by month, in a case of 2023/24 to 2025/26 whose post ends in March 2025 unless it says otherwise."""
    asked = {"age": age, **names.pop("asked", {})}
    whole = {"end": "2025-03", "ending": {"redundancy": asked}, **post}
    return of_worker(priced(whole, first_year="2023/24", years=3, **names), "ending.monthly.cost")


@pytest.mark.parametrize(
    ("age", "service", "weeks"),
    [
        # The government's table of weeks by age and years of service.
        (20, 2, 1),
        (22, 2, 1),
        (23, 2, 1.5),
        (24, 2, 2),
        (40, 2, 2),
        (41, 2, 2),
        (42, 2, 2.5),
        (43, 2, 3),
        (45, 10, 12),
        (61, 20, 30),
        (65, 30, 30),
        (50, 20, 24.5),
        (36, 20, 17),
    ],
)
def test_weeks_by_age_and_years_of_service(age: int, service: int, weeks: float) -> None:
    # Two years in the post, April 2023 to March 2025, and the rest before it.
    found = due({}, age, asked={"service_before": service - 2})
    assert found[23:26] == pytest.approx([0, weeks * WEEK, 0])
    assert sum(value or 0 for value in found) == pytest.approx(weeks * WEEK)


def test_less_than_two_years_have_none() -> None:
    assert due({"start": "2023-05"}) == pytest.approx([0] * 36)  # 23 months
    assert due({"start": "2023-05"}, asked={"service_before": 1}) != pytest.approx([0] * 36)  # one year and one before
    assert due({"start": "2021-10"})[24] == pytest.approx(3 * WEEK)  # three and a half years: three complete ones


@pytest.mark.parametrize(("end", "cap"), [("2025-03", 700), ("2025-04", 719), ("2025-12", 719)])
def test_the_cap_is_that_of_the_day_on_which_the_post_ends(end: str, cap: int) -> None:
    month = 12 * (int(end[:4]) - 2023) + int(end[5:]) - 4 + 1
    assert due({"end": end}, grades=HIGH)[month] == pytest.approx(2 * cap)
    assert due({"end": end}, grades=HIGH, asked={"capped": False})[month] == pytest.approx(2 * 52_000 / 365 * 7)


def test_the_cap_is_of_each_person_s_week() -> None:
    # 2.5 FTE: two at £700, and the half-timer's £498.63, below it. Three who share 1.5 FTE: £498.63 each.
    half = 26_000 / 365 * 7
    assert due({"fte": 2.5}, grades=HIGH)[24] == pytest.approx(2 * (2 * 700 + half))
    assert due({"fte": 1.5, "people": 3}, grades=HIGH)[24] == pytest.approx(2 * 3 * half)
    assert due({"hours": 18.5}, grades=HIGH)[24] == pytest.approx(2 * half)


def test_each_who_starts_has_a_service_of_their_own() -> None:
    # One a month: starts in April and May 2023, so 24 and 23 months: one is due two weeks.
    post = {"fte": 2, "recruited_per_month": 1}
    assert due(post)[24] == pytest.approx(2 * WEEK)
    # With a year of service before, both have two complete years, and the first has three.
    assert due(post, asked={"service_before": 1})[24] == pytest.approx((3 + 2) * WEEK)


def test_of_fte_that_grew_those_who_came_first_have_served_longest() -> None:
    post = {"fte": {"by_year": {"2023/24": 1, "2024/25": 3}}}
    assert due(post)[24] == pytest.approx(2 * WEEK)
    assert due(post, asked={"service_before": 2})[24] == pytest.approx((4 + 3 + 3) * WEEK)


def test_it_is_a_cost_of_the_post_and_in_no_full_year() -> None:
    results = priced({"end": "2025-03", "ending": {"redundancy": {"age": 40}}}, first_year="2023/24", years=3)
    assert of_worker(results, "cost") == pytest.approx([36_000, 36_000, 2 * WEEK])
    assert of_worker(results, "full_year_effect") == pytest.approx([36_000] * 3)


def told(post: dict[str, Any], first_year: str = "2023/24", years: int = 3) -> list[str]:
    data = of_post(case_of(first_year=first_year, years=years, on_costs={"flat_rate": "0%"}, grades=HIGH), **post)
    return [found.what for found in warnings(case_from_data(data)) if "posts" in found.address]


def test_who_has_none_and_a_cap_that_is_not_published_are_told() -> None:
    asked = {"redundancy": {"age": 40}}
    assert told({"end": "2025-03", "ending": asked}) == []
    (short,) = told({"start": "2023-05", "end": "2025-03", "ending": asked})
    assert "Who holds the post has less than 2 years' service in March 2025" in short
    (some,) = told({"fte": 2, "recruited_per_month": 1, "end": "2025-03", "ending": asked})
    assert "Those who start later have less than 2 years' service" in some
    (later,) = told({"end": "2027-04", "ending": asked}, years=5)
    assert "published to March 2027" in later


def test_it_needs_pay_and_an_age_that_is_possible() -> None:
    def where(post: dict[str, Any]) -> list[str]:
        data = of_post(case_of(first_year="2023/24", years=3, on_costs={"flat_rate": "0%"}, grades=HIGH), **post)
        with pytest.raises(ProblemsError) as caught:
            written(data)
        return [problem.where for problem in caught.value.problems]

    post = "options.team.posts.worker"
    stated = {"annual_cost": 50_000, "price_base": "2023/24", "inflation": "none"}
    assert where({"end": "2025-03", "ending": {"redundancy": {"age": 40}}, **stated}) == [f"{post}.ending.redundancy"]
    young = {"redundancy": {"age": 30, "service_before": 13}}
    assert where({"end": "2025-03", "ending": young}) == [f"{post}.ending.redundancy.age"]
    assert where({"end": "2025-03", "ending": {"redundancy": {"age": 40}, "weeks_of_pay": 2}}) == [f"{post}.ending"]
