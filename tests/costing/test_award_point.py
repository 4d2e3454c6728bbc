"""What posts would cost more if the award that is offered were one point higher.

The spine of April 2026 is offered: 3.3% on that of 2025. A point more adds 0.01 ÷ 1.033 of pay by the spine. Point 35:
£47,665. National Insurance: 15% above £5,000 a year; apprenticeship levy: 0.5%. All sums are worked here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from plain_results import results
from small_cases import case_of, of_post, option_of, results_of

from finmodel.appraisal.appraise import appraise
from finmodel.case import LoadedCase, case_from_data

GRADES = {"grade": {"label": "Grade", "points": "33-35"}, "stated": {"label": "Stated", "salary": 40_000}}
ON_COSTS = {"employer_pension": "20%"}
NAME = "options.team.if_award_one_point_higher"
POINT = 0.01 / 1.033
SALARY = 47_665
PENNY = 0.005
ALL = 1 + 0.15 + 0.20 + 0.005  # pay, National Insurance above the threshold, pension, levy


def data(post: dict[str, Any] | None = None, **names: Any) -> dict[str, Any]:
    settings = {"grades": GRADES, "on_costs": ON_COSTS, "first_year": "2026/27"} | names
    return of_post(case_of(**settings), **(post or {}))


def more(post: dict[str, Any] | None = None, **names: Any) -> Any:
    return results_of(data(post, **names)).figures(NAME)


def worth(amount: float) -> Any:
    return pytest.approx([amount], abs=PENNY)


def test_a_point_more_raises_pay_insurance_pension_and_levy() -> None:
    # £47,665 × 0.01 ÷ 1.033 = £461.42; × 1.355 = £625.23.
    assert pytest.approx(625.23, abs=PENNY) == SALARY * POINT * ALL
    assert more() == worth(625.23)


def test_it_is_what_the_price_of_a_higher_award_differs_by() -> None:
    # The case's own 4.3% on the agreed £46,142 of 2025/26 comes to £48,126.11, and its own 3.3% to £47,664.69.
    costs = [
        results_of(data(pay_awards={"percent": {"by_year": {"2026/27": rate}}})).figures("options.team.cost")[0]
        for rate in ("4.3%", "3.3%")
    ]
    assert more() == worth((costs[0] or 0) - (costs[1] or 0))


def test_it_is_in_no_sum() -> None:
    # £47,665 + 15% × (£47,665 − £5,000) + 20% + 0.5% of £47,665.
    assert results_of(data()).figures("options.team.cost") == worth(SALARY * 1.205 + 0.15 * (SALARY - 5_000))


def test_those_paid_below_the_threshold_have_no_insurance_on_it() -> None:
    # 0.1 FTE at £4,766.50 a year is below £5,000.
    assert more({"fte": 0.1}) == worth(SALARY * 0.1 * POINT * 1.205)
    # 1.1 FTE: one person above, one below.
    assert more({"fte": 1.1}) == worth(SALARY * POINT * ALL + SALARY * 0.1 * POINT * 1.205)


def test_only_the_months_in_post_count_and_later_awards_raise_it() -> None:
    found = more({"start": "2026-10"}, years=2, pay_awards={"percent": {"by_year": {"2027/28": "2%"}}})
    assert found == pytest.approx([SALARY * POINT * ALL / 2, SALARY * 1.02 * POINT * ALL], abs=PENNY)
    # Pounds added later do not rise.
    found = more(years=2, pay_awards={"pounds": {"by_year": {"2027/28": 900}}})
    assert found == pytest.approx([SALARY * POINT * ALL] * 2, abs=PENNY)


def test_years_before_the_offer_have_none_of_it() -> None:
    assert more(first_year="2025/26", years=2) == pytest.approx([0, SALARY * POINT * ALL], abs=PENNY)


def test_a_case_that_begins_after_the_offered_year_rests_on_it_too() -> None:
    # 2% for 2027/28 raises the offered £47,665.
    awards = {"percent": {"by_year": {"2027/28": "2%"}}}
    assert more(first_year="2027/28", pay_awards=awards)[0] == pytest.approx(SALARY * 1.02 * POINT * ALL, abs=PENNY)


def test_supplements_in_percent_rise_and_those_in_pounds_do_not() -> None:
    supplements = [
        {"id": "market", "label": "Market", "percent": "10%", "pensionable": False},
        {"id": "call", "label": "On call", "amount": 1_000},
    ]
    rise = SALARY * POINT
    assert more({"supplements": supplements}) == worth(rise * 1.1 * 1.155 + rise * 0.20)


def test_a_flat_rate_of_on_costs_and_a_vacancy_factor_take_their_share() -> None:
    assert more({"vacancy_factor": "10%"}, on_costs={"flat_rate": "30%"}) == worth(SALARY * POINT * 1.3 * 0.9)


def test_posts_that_are_replaced_save_it_and_backfill_adds_it() -> None:
    other = {"id": "old", "title": "Old", "fte": 1, "grade": "grade", "point": 33}  # £45,529
    flat = {"flat_rate": "0%"}
    assert more({"replaces": [other]}, on_costs=flat) == worth((SALARY - 45_529) * POINT)
    assert more({"backfill": [other]}, on_costs=flat) == worth((SALARY + 45_529) * POINT)
    # With National Insurance for each of them, all above the threshold.
    assert more({"replaces": [other]}) == worth((SALARY - 45_529) * POINT * ALL)


def test_where_posts_fill_bit_by_bit_it_is_that_of_those_in_post() -> None:
    # One FTE a month up to two: 1 in April, 2 from May on.
    assert more({"fte": 2, "recruited_per_month": 1}) == worth(SALARY * POINT * ALL * 23 / 12)


def test_a_share_of_pay_and_on_costs_rises_with_them() -> None:
    overhead = [{"id": "overhead", "label": "Overhead", "percent": "10%"}]
    assert more({"per_fte": overhead}) == worth(SALARY * POINT * ALL * 1.1)


@pytest.mark.parametrize(
    ("post", "names"),
    [
        ({}, {"pay_awards": {"percent": "3%"}}),
        ({}, {"pay_awards": {"pounds": {"by_year": {"2026/27": 900}}}}),
        ({}, {"first_year": "2025/26"}),
        ({"grade": "stated"}, {}),
        ({"annual_cost": 40_000, "price_base": "2026/27", "inflation": "none"}, {"on_costs": {}}),
    ],
    ids=["own percent", "own pounds", "before the offer", "stated salary", "stated cost"],
)
def test_there_is_no_such_line(post: dict[str, Any], names: dict[str, Any]) -> None:
    model = results_of(data(post, **names)).model
    assert NAME not in model
    assert "pay.offered_award" not in model


def test_the_offer_is_an_input_with_its_source() -> None:
    line = results_of(data()).model["pay.offered_award"]
    assert "National Employers' offer" in line.origin.source
    assert line.origin.confidence == "published"
    assert "not agreed" in line.origin.note


def test_it_is_reported_as_the_change_from_business_as_usual() -> None:
    post = {"id": "worker", "title": "Worker", "grade": "grade"}
    options = [option_of("now", posts=[post | {"fte": 1}]), option_of(posts=[post | {"fte": 3}])]
    case = case_of(*options, grades=GRADES, on_costs=ON_COSTS, first_year="2026/27", status_quo="now")
    found = {
        each["id"]: each["if_award_one_point_higher"]
        for each in results(appraise(LoadedCase(case_from_data(case), Path("case"), ())))["options"]
    }
    assert found["team"]["by_year"] == worth(SALARY * POINT * ALL * 2)
    assert found["team"]["total"] == pytest.approx(SALARY * POINT * ALL * 2, abs=PENNY)
    assert found["team"]["against_business_as_usual"]
    assert found["now"]["total"] == 0
