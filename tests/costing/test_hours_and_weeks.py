"""FTE from hours and weeks, an hour's pay, fractions: worked here by the national agreement's rules.

A year of pay has 365 ÷ 7 = 52.142857 weeks (National Joint Council; Devon County Council prints 52.143), a full-time week
37 hours. The least leave is 31 days with public holidays to March 2020, 32 to March 2023, 33 from April 2023.
"""

from __future__ import annotations

from typing import Any

import pytest
from small_cases import GRADE, case_of, of_post, of_worker, priced

from finmodel.case import ProblemsError, case_from_data
from finmodel.parsing.numbers import UnreadableError, number

YEAR = 365 / 7
GRADES = {"grade": GRADE}  # £36,000


def fte(post: dict[str, Any], **names: Any) -> Any:
    found = of_worker(priced(post, **{"first_year": "2025/26", **names}), "fte")
    assert len(set(found)) == 1
    return found[0]


def problems(post: dict[str, Any], **names: Any) -> list[tuple[str, str]]:
    data = of_post(case_of(first_year="2025/26", grades=GRADES, on_costs={"flat_rate": "0%"}, **names), **post)
    try:
        case_from_data(data)
    except ProblemsError as error:
        return [(problem.where, problem.what) for problem in error.problems]
    return []


def test_hours_are_fte_of_a_week_of_37() -> None:
    # 32.5 ÷ 37 = 0.878378; three such people 2.635135.
    assert fte({"hours": 32.5}) == pytest.approx(0.878378, abs=5e-7)
    assert fte({"hours": 32.5, "people": 3}) == pytest.approx(2.635135, abs=5e-7)
    assert fte({"hours": 37}) == 1


def test_the_week_of_the_grade_goes_before_that_of_the_case_and_that_before_the_national_one() -> None:
    grade = {"grade": GRADE | {"full_time_hours": 35}}
    assert fte({"hours": 28}, grades=grade, full_time_hours=36) == 0.8
    assert fte({"hours": 27}, full_time_hours=36) == 0.75
    results = priced({"hours": 18.5}, first_year="2025/26")
    assert of_worker(results, "fte") == [0.5]
    assert results.model["pay.full_time_hours"].origin.note.startswith("Not stated in the case")


def test_term_time_weeks_are_paid_with_leave_in_proportion() -> None:
    # NJC, Part 4.12: leave to work as for who works all year. 33 days are 6.6 weeks, so 52.142857 − 6.6 = 45.542857
    # weeks are worked for a full year's pay; 39 of them are 39 ÷ 45.542857 = 0.856336 of it; leave 0.856336 × 6.6 =
    # 5.651819 weeks, so 44.651819 paid weeks.
    results = priced({"hours": 37, "weeks": 39}, first_year="2025/26")
    assert of_worker(results, "fte") == pytest.approx([0.856336], abs=5e-7)
    assert of_worker(results, "paid_weeks") == pytest.approx([44.651819], abs=5e-7)
    # At 32.5 hours: 36,000 × 0.878378 × 0.856336 = £27,078.74.
    results = priced({"hours": 32.5, "weeks": 39}, first_year="2025/26")
    assert of_worker(results, "gross_pay") == pytest.approx([27_078.74], abs=0.005)


def test_leave_is_that_of_the_year_or_as_stated() -> None:
    # 31 days (6.2 weeks) in 2019/20, 32 (6.4) in 2020/21, 33 (6.6) from 2023/24; 7 weeks where 35 days are stated.
    for year, weeks in (("2019/20", 6.2), ("2020/21", 6.4), ("2023/24", 6.6)):
        assert fte({"hours": 37, "weeks": 39}, first_year=year) == pytest.approx(39 / (YEAR - weeks))
    stated = fte({"hours": 37, "weeks": 39, "leave_days": 35})
    assert stated == pytest.approx(
        0.863924, abs=5e-7
    )  # 1,404 ÷ 1,625.142857 hours in a calculator that a council prints


def test_each_person_has_a_threshold_whatever_the_hours() -> None:
    on_costs = {"employer_pension": "0%", "apprenticeship_levy": False}
    results = priced({"hours": 18.5, "people": 3}, on_costs=on_costs, first_year="2025/26")
    # Three half-timers: 15% × 3 × (18,000 − 5,000) = £5,850.
    assert of_worker(results, "employer_national_insurance") == pytest.approx([5_850])
    # One person of 40 hours is one person, and not a full-timer and another.
    results = priced({"hours": 40}, on_costs=on_costs, first_year="2025/26")
    assert of_worker(results, "employer_national_insurance") == pytest.approx([0.15 * (36_000 * 40 / 37 - 5_000)])


def test_hours_and_people_may_change_month_by_month() -> None:
    post = {
        "hours": {"by_month": {"2025-04": 18.5, "2025-10": 37}},
        "people": {"by_month": {"2025-04": 2, "2026-01": 3}},
    }
    results = priced(post, first_year="2025/26")
    assert of_worker(results, "fte") == [1] * 6 + [2] * 3 + [3] * 3


def test_existing_posts_have_hours_too() -> None:
    old = {"id": "old", "title": "Old", "hours": 37, "weeks": 39, "grade": "grade"}
    saved = of_worker(priced({"replaces": [old]}, first_year="2025/26"), "replaces.old.saved")
    assert saved == pytest.approx([-36_000 * 39 / (YEAR - 6.6)])


def test_an_hour_s_pay_makes_a_year_s() -> None:
    # £18.50 × 37 × 52.142857 = £35,691.79; of a 36-hour week £34,727.14.
    hourly = {"grade": {"label": "Grade", "hourly_pay": "£18.50"}}
    results = priced({}, grades=hourly, first_year="2025/26")
    assert of_worker(results, "gross_pay") == pytest.approx([35_691.79], abs=0.005)
    london = {"grade": {"label": "Grade", "hourly_pay": 18.50, "full_time_hours": 36}}
    assert of_worker(priced({}, grades=london, first_year="2025/26"), "gross_pay") == pytest.approx(
        [34_727.14], abs=0.005
    )
    # Ten hours a week of it all year: 18.50 × 10 × 52.142857 = £9,646.43, whatever the full-time week.
    for grade in (hourly, london):
        pay = of_worker(priced({"hours": 10}, grades=grade, first_year="2025/26"), "gross_pay")
        assert pay == pytest.approx([9_646.43], abs=0.005)


def test_awards_raise_an_hour_s_pay_as_they_do_a_salary() -> None:
    hourly = {"grade": {"label": "Grade", "hourly_pay": 20}}
    pay = of_worker(priced({}, grades=hourly, first_year="2025/26", years=2, pay_awards={"percent": "3%"}), "gross_pay")
    assert pay == pytest.approx([20 * 37 * YEAR, 20 * 37 * YEAR * 1.03])
    by_year = {"grade": {"label": "Grade", "hourly_pay": [20, 21]}}
    pay = of_worker(priced({}, grades=by_year, first_year="2025/26", years=2), "gross_pay")
    assert pay == pytest.approx([20 * 37 * YEAR, 21 * 37 * YEAR])
    assert [where for where, _ in problems({}, years=2) if where == "pay_awards"] == []


def test_an_hour_s_pay_needs_awards_for_later_years() -> None:
    data = of_post(case_of(first_year="2025/26", years=2, on_costs={"flat_rate": "0%"}))
    data["grades"] = {"grade": {"label": "Grade", "hourly_pay": 20}}
    with pytest.raises(ProblemsError, match="no pay award for 2026/27"):
        case_from_data(data)


def test_fractions_are_numbers() -> None:
    assert fte({"fte": "10/37"}) == 10 / 37
    assert fte({"fte": "18.5 / 37"}) == 0.5
    assert fte({"fte": {"value": "1,200/2400"}}) == 0.5


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ("10/0", "divides by 0"),
        ("2015/16", "council year"),
        ("10/37/2", "not a number"),
        ("1,2/3", "not a number"),
        ("-1/2", "not a number"),
    ],
)
def test_what_is_no_fraction_is_refused(given: str, what: str) -> None:
    with pytest.raises(UnreadableError, match=what):
        number(given)


def test_weeks_that_a_year_does_not_have_are_a_problem() -> None:
    ((where, what),) = problems({"hours": 37, "weeks": 52})
    assert where == "options.team.posts.worker.weeks"
    assert "45.5" in what
    assert problems({"hours": 37, "weeks": 45.5}) == []
    ((where, _),) = problems({"hours": 37, "weeks": 39, "leave_days": 300})
    assert where == "options.team.posts.worker.leave_days"


def test_fte_or_hours_and_not_both() -> None:
    assert [where for where, _ in problems({"hours": 37, "fte": 1})] == ["options.team.posts.worker.hours"]
    assert [where for where, _ in problems({"hours": 0})] == ["options.team.posts.worker.hours"]
    assert [where for where, _ in problems({"weeks": 39})] == ["options.team.posts.worker.weeks"]


def test_leave_that_is_not_known_has_to_be_stated() -> None:
    old = {"first_year": "2007/08"}
    data = of_post(case_of(**old, grades=GRADES, on_costs={"flat_rate": "0%"}), hours=37, weeks=39)
    with pytest.raises(ProblemsError, match="leave is not known for April 2007"):
        case_from_data(data)
    data = of_post(case_of(**old, grades=GRADES, on_costs={"flat_rate": "0%"}), hours=37, weeks=39, leave_days=31)
    case_from_data(data)
