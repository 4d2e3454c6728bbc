"""What the employer pays on top, worked here from the statutory rates.

Employer's National Insurance (Social Security Contributions and Benefits Act 1992, s. 9), a year: 12.8% above £5,715
in 2009-10; 13.8% above £8,112 in 2015-16 and 2016-17; 15.05% to 5 November 2022 and 13.8% after it above £9,100 in
2022-23; 15% above £5,000 from 2025-26. Contracted-out rebate (Pension Schemes Act 1993, s. 41) on pay between the lower
earnings limit (£95 a week in 2009-10, £112 in 2015-16) and the upper accrual point (£770): 3.7% and 3.4%; none after
5 April 2016 (Pensions Act 2014, s. 24). Apprenticeship levy: 0.5% from 6 April 2017 (Finance Act 2016, Part 6).
"""

from __future__ import annotations

from typing import Any

import pytest
from small_cases import of_worker, priced

NI = "employer_national_insurance"
ONLY_NI = {"employer_pension": "0%", "apprenticeship_levy": False}


def salary(amount: float) -> dict[str, Any]:
    return {"grade": {"label": "Grade", "salary": amount, "pay_awards_apply": False}}


def insurance(post: dict[str, Any], amount: float = 36_000, **names: Any) -> list[float | None]:
    names.setdefault("on_costs", ONLY_NI)
    return of_worker(priced(post, grades=salary(amount), **names), NI)


def test_national_insurance_is_due_person_by_person() -> None:
    # 2025/26, £36,000. A full-timer: 15% × (36,000 − 5,000) = £4,650. The half-timer: 15% × (18,000 − 5,000) = £1,950.
    # 2.5 FTE are two full-timers and one half-timer: 2 × 4,650 + 1,950 = £11,250, and not 2.5 × 4,650 = £11,625.
    assert insurance({"fte": 2.5}, first_year="2025/26") == pytest.approx([11_250])
    assert insurance({"fte": 1}, first_year="2025/26") == pytest.approx([4_650])
    assert insurance({"fte": 0.5}, first_year="2025/26") == pytest.approx([1_950])


def test_people_stated_share_the_pay_alike() -> None:
    # Four people on £90,000 between them: 15% × (90,000 − 4 × 5,000) = £10,500.
    assert insurance({"fte": 2.5, "people": 4}, first_year="2025/26") == pytest.approx([10_500])


def test_a_part_timer_below_the_threshold_bears_none() -> None:
    # 0.1 FTE of £36,000 is £3,600, below £5,000.
    assert insurance({"fte": 0.1}, first_year="2025/26") == [0]
    # 1.1 FTE: only the full-timer's £4,650.
    assert insurance({"fte": 1.1}, first_year="2025/26") == pytest.approx([4_650])


def test_the_two_rates_of_2022_23_each_serve_their_months() -> None:
    # £36,000 − £9,100 = £26,900. April to October 15.05%: 7/12 × 4,048.45; November to March 13.8%: 5/12 × 3,712.20.
    results = priced({}, grades=salary(36_000), on_costs=ONLY_NI, first_year="2022/23")
    assert of_worker(results, NI) == pytest.approx([7 / 12 * 4_048.45 + 5 / 12 * 3_712.20])
    monthly = of_worker(results, f"monthly.{NI}")
    assert monthly == pytest.approx([4_048.45 / 12] * 7 + [3_712.20 / 12] * 5)


def test_the_rebate_for_contracting_out_to_march_2016() -> None:
    # £34,746: 13.8% × (34,746 − 8,112) = 3,675.492; rebate 3.4% × (34,746 − 112 × 52) = 3.4% × 28,922 = 983.348.
    # 2016/17: no rebate, 3,675.492.
    assert insurance({}, 34_746, years=2) == pytest.approx([3_675.492 - 983.348, 3_675.492])


def test_pay_above_the_upper_accrual_point_earns_no_more_rebate() -> None:
    # £48,000: 13.8% × (48,000 − 8,112) = 5,504.544; rebate 3.4% × (770 − 112) × 52 = 3.4% × 34,216 = 1,163.344.
    assert insurance({}, 48_000) == pytest.approx([5_504.544 - 1_163.344])
    # Three such people, stated as people: three times as much.
    assert insurance({"fte": 3, "people": 3}, 48_000) == pytest.approx([3 * (5_504.544 - 1_163.344)])


def test_no_rebate_where_the_employer_is_not_contracted_out() -> None:
    assert insurance({}, 48_000, on_costs=ONLY_NI | {"contracted_out": False}) == pytest.approx([5_504.544])


def test_below_the_lower_earnings_limit_there_is_neither_contribution_nor_rebate() -> None:
    # 0.15 FTE of £36,000 is £5,400, below 112 × 52 = £5,824.
    assert insurance({"fte": 0.15}) == [0]


def test_between_the_limit_and_the_threshold_the_rebate_is_set_against_what_else_is_due() -> None:
    # 0.2 FTE of £36,000 is £7,200: nothing above £8,112, rebate 3.4% × (7,200 − 5,824) = £46.784.
    assert insurance({"fte": 0.2}) == pytest.approx([-46.784])


def test_national_insurance_of_2009_10() -> None:
    # £36,000: 12.8% × (36,000 − 5,715) = 3,876.48; rebate 3.7% × (36,000 − 95 × 52) = 3.7% × 31,060 = 1,149.22.
    assert insurance({}, first_year="2009/10") == pytest.approx([3_876.48 - 1_149.22])


def test_the_last_published_rates_go_on() -> None:
    # 15% × (36,000 − 5,000), published to 2026-27, held in 2027/28 and after.
    assert insurance({}, first_year="2026/27", years=3) == pytest.approx([4_650] * 3)


def test_no_national_insurance_where_it_is_said_not_to_be_paid() -> None:
    on_costs = {"national_insurance": False, "employer_pension": "20%", "apprenticeship_levy": False}
    results = priced({}, on_costs=on_costs)
    assert of_worker(results, "cost") == pytest.approx([36_000 * 1.2])


def test_pension_by_year() -> None:
    rates = {"by_year": {"2015/16": "17.5%", "2017/18": "20%"}}
    results = priced({}, on_costs={"employer_pension": rates}, years=3)
    assert of_worker(results, "employer_pension") == pytest.approx([6_300, 6_300, 7_200])


def test_pension_may_change_within_a_year() -> None:
    rates = {"by_month": {"2015-04": "12%", "2015-10": "18%"}}
    results = priced({}, on_costs={"employer_pension": rates})
    assert of_worker(results, "employer_pension") == pytest.approx([0.15 * 36_000])  # half the year at each


def test_pension_at_the_national_average() -> None:
    # LGPS Scheme Advisory Board: 23.6% from 2017, 22.9% from 2020, 21.1% from 2023, of £36,000.
    on_costs = {"employer_pension": {"published": "national-average"}}
    results = priced({}, on_costs=on_costs, first_year="2019/20", years=5)
    expected = [0.236 * 36_000, *[0.229 * 36_000] * 3, 0.211 * 36_000]
    assert of_worker(results, "employer_pension") == pytest.approx(expected)
    assert results.model["on_costs.employer_pension"].origin.confidence == "published"


def test_the_apprenticeship_levy_is_paid_from_april_2017() -> None:
    results = priced({"fte": 2.5}, on_costs={"employer_pension": "20%"}, first_year="2016/17", years=2)
    # 0.5% of all pay, £90,000, from 2017/18: £450.
    assert of_worker(results, "apprenticeship_levy") == pytest.approx([0, 450])
    without = {"employer_pension": "20%", "apprenticeship_levy": False}
    assert (
        "options.team.posts.worker.apprenticeship_levy" not in priced({}, on_costs=without, first_year="2017/18").model
    )


def test_a_flat_rate_is_a_share_of_all_pay() -> None:
    supplements = [{"id": "car", "label": "Car allowance", "amount": 1_000, "pensionable": False}]
    results = priced({"supplements": supplements}, on_costs={"flat_rate": "30%"})
    assert of_worker(results, "on_costs") == pytest.approx([0.30 * 37_000])
    assert of_worker(results, "cost") == pytest.approx([1.30 * 37_000])


def test_a_post_s_own_on_costs_take_the_place_of_the_case_s() -> None:
    own = {"flat_rate": "25%"}
    results = priced({"on_costs": own}, on_costs={"employer_pension": "20%"})
    assert of_worker(results, "cost") == pytest.approx([1.25 * 36_000])
    parts = priced({"on_costs": {"employer_pension": "10%", "contracted_out": False}}, on_costs={"flat_rate": "30%"})
    # 13.8% × (36,000 − 8,112) = 3,848.544; pension £3,600.
    assert of_worker(parts, "cost") == pytest.approx([36_000 + 3_848.544 + 3_600])


def test_the_whole_of_a_post_to_the_penny() -> None:
    # 2025/26, one FTE at new point 35, £46,142: 15% × (46,142 − 5,000) = 6,171.30; 21.1% = 9,735.962; 0.5% = 230.71.
    results = priced(
        {},
        grades={"grade": {"label": "Grade", "points": 35}},
        on_costs={"employer_pension": {"published": "national-average"}},
        first_year="2025/26",
    )
    assert of_worker(results, "cost") == pytest.approx([46_142 + 6_171.30 + 9_735.962 + 230.71])  # £62,279.97
