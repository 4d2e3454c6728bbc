"""Pay: points, awards, increments, supplements. Expected pay is worked here from the published spines.

Salaries: NJC for Local Government Services. Old spine, points 35 to 40: £29,528, £30,311, £31,160, £32,072, £33,128,
£33,998 from April 2013; £30,178, £30,978, £31,846, £32,778, £33,857, £34,746 from January 2015. New spine, points 33,
34, 35: £41,418, £42,403, £43,421 from April 2023; £42,708, £43,693, £44,711 from April 2024; £44,075, £45,091, £46,142
from April 2025; £45,529, £46,579, £47,665 from April 2026.
"""

from __future__ import annotations

from typing import Any

import pytest
from small_cases import case_of, of_post, of_worker, priced

from finmodel.case import ProblemsError, case_from_data
from finmodel.case.checks.warnings import warnings

OLD = {"grade": {"label": "Grade", "points": "35-40"}}
NEW = {"grade": {"label": "Grade", "points": "33-35"}}
PENNY = 0.001


def gross(post: dict[str, Any], **names: Any) -> Any:
    return pytest.approx(of_worker(priced(post, **names), "gross_pay"), abs=PENNY)


@pytest.mark.parametrize(
    ("point", "salary"),
    [("top", 34_746), ("bottom", 30_178), ("middle", 32_778), (37, 31_846)],  # 35 to 40: the upper of 37 and 38
)
def test_a_post_is_paid_at_its_point(point: str | int, salary: int) -> None:
    assert [salary] == gross({"point": point}, grades=OLD)


def test_the_point_of_the_case_serves_posts_that_name_none_and_top_is_the_default() -> None:
    assert gross({}, grades=OLD) == [34_746]
    assert gross({}, grades=OLD, point="bottom") == [30_178]
    assert gross({"point": 37}, grades=OLD, point="bottom") == [31_846]


def test_the_middle_of_an_odd_number_of_points_is_the_middle() -> None:
    assert gross({"point": "middle"}, grades=NEW, first_year="2025/26") == [45_091]


def test_an_award_in_the_middle_of_a_year_is_paid_from_its_own_month() -> None:
    # 2014/15: nine months at the spine of April 2013, three at that of January 2015.
    # £33,998 × 9/12 + £34,746 × 3/12 = £25,498.50 + £8,686.50 = £34,185.00; and £100 once, in December.
    results = priced({}, grades=OLD, first_year="2014/15")
    assert of_worker(results, "gross_pay") == pytest.approx([34_285.00], abs=PENNY)
    monthly = of_worker(results, "monthly.gross_pay")
    assert monthly == pytest.approx([33_998 / 12] * 8 + [33_998 / 12 + 100] + [34_746 / 12] * 3)


def test_the_sums_of_the_deal_of_2014_are_paid_once_to_those_who_were_there_in_december() -> None:
    # NJC pay agreement of 2014 to 2016: £100 in December 2014 and, from point 26, what 0.45% of the new salary is more,
    # in April 2015: 0.45% × £34,746 − £100 = £56.357 at point 40.
    both = gross({}, grades=OLD, first_year="2014/15", years=2)
    assert both == [34_285, 34_746 + 56.357]
    assert gross({"fte": 0.5, "start": "2014-06"}, grades=OLD) == [(34_746 + 56.357) / 2]
    # Who came in January 2015, or with the case in April, has none; nor has a new point, which there was not.
    assert gross({"start": "2015-01"}, grades=OLD, first_year="2014/15", years=2) == [8_686.50, 34_746]
    assert gross({}, grades=OLD) == [34_746]
    # £325 at points 5 to 7 and £150 at 8 to 10 in December.
    low = {"grade": {"label": "Grade", "points": "7-11"}}
    for point, paid in ((7, 325), (8, 150), (11, 100)):
        assert of_worker(priced({"point": point}, grades=low, first_year="2014/15"), "paid_once")[8] == paid


def test_sums_paid_once_bear_on_costs_and_no_week_s_pay() -> None:
    on_costs = {"employer_pension": "20%", "contracted_out": False}
    results = priced({}, grades=OLD, first_year="2014/15", on_costs=on_costs)
    # 13.8% above £7,956 of £34,285, with the £100 in its month above a month's threshold; pension 20% of all of it.
    assert of_worker(results, "employer_national_insurance") == pytest.approx([0.138 * (34_285 - 7_956)])
    assert of_worker(results, "employer_pension") == pytest.approx([0.20 * 34_285])
    ended = priced({"end": "2014-12", "ending": {"weeks_of_pay": 1}}, grades=OLD, first_year="2014/15")
    assert of_worker(ended, "ending.monthly.cost")[9] == pytest.approx(33_998 / 365 * 7)


def test_the_balance_of_april_is_at_the_point_of_march() -> None:
    post = {"point": "bottom", "increments": True}
    once = of_worker(priced(post, grades=OLD, first_year="2014/15", years=2), "paid_once")
    # Point 35 in March 2015, £30,178: 0.45% is £135.801, less £100.
    assert once[8:13] == pytest.approx([100, 0, 0, 0, 35.801])


def test_increments_come_each_april_up_to_the_top_and_not_beyond() -> None:
    post = {"point": "bottom", "increments": True}
    # Point 33 in 2023/24, 34 in 2024/25, 35 in 2025/26, and 35 again in 2026/27.
    assert gross(post, grades=NEW, first_year="2023/24", years=4) == [41_418, 43_693, 46_142, 47_665]


def test_who_starts_by_september_has_an_increment_the_next_april() -> None:
    post = {"point": "bottom", "increments": True, "start": "2023-09"}
    # Seven months of £41,418 from September; point 34 from April 2024.
    expected = [41_418 * 7 / 12, 43_693]
    assert expected == gross(post, grades=NEW, first_year="2023/24", years=2)


@pytest.mark.parametrize(
    ("start", "months_before"),
    [("2023-10", 0), ("2023-11", 1), ("2024-01", 3), ("2024-03", 5)],  # six months after: April, May, July, September
)
def test_who_has_served_less_than_six_months_in_april_has_the_first_increment_after_six(
    start: str, months_before: int
) -> None:
    # NJC, Green Book, Part 2, paragraph 5. Point 33, £42,708 in 2024/25, then 34, £43,693; from April 2025 35, £46,142.
    post = {"point": "bottom", "increments": True, "start": start}
    monthly = of_worker(priced(post, grades=NEW, first_year="2023/24", years=3), "salary")
    expected = [42_708] * months_before + [43_693] * (12 - months_before) + [46_142] * 12
    assert monthly[12:] == expected


def test_a_post_of_before_the_case_is_at_its_point_in_the_first_month_and_climbs_when_six_months_are_served() -> None:
    post = {"point": "bottom", "increments": True}
    # Since January 2024: six months are served in July 2024. Point 33 (£42,708) to June, 34 (£43,693) after; then 35.
    late = of_worker(priced(post | {"start": "2024-01"}, grades=NEW, first_year="2024/25", years=2), "salary")
    assert late == [42_708] * 3 + [43_693] * 9 + [46_142] * 12
    # Since June 2023 or years before: the point named is that of April 2024, and the next comes in April 2025.
    for start in ("2023-06", "2019-11"):
        early = of_worker(priced(post | {"start": start}, grades=NEW, first_year="2024/25", years=2), "salary")
        assert early == [42_708] * 12 + [45_091] * 12


def test_each_who_starts_in_another_month_climbs_from_a_start_of_their_own() -> None:
    post = {"fte": 2, "point": "bottom", "increments": True, "start": "2023-09", "recruited_per_month": 0.5}
    monthly = of_worker(priced(post, grades=NEW, first_year="2023/24", years=3), "monthly.paid_gross_pay")
    # Half an FTE each in September to December 2023. In April 2024 those of September and October climb to point 34
    # (£43,693), that of November in May, that of December in June; all go to 35 (£46,142) in April 2025.
    assert monthly[5:12] == pytest.approx([41_418 * fte / 12 for fte in (0.5, 1, 1.5, 2, 2, 2, 2)])
    at_33_and_34 = [(2, 2), (1, 3), *[(0, 4)] * 10]
    assert monthly[12:24] == pytest.approx([(a * 42_708 + b * 43_693) / 2 / 12 for a, b in at_33_and_34])
    assert monthly[24:] == pytest.approx([2 * 46_142 / 12] * 12)


def test_fte_that_are_added_later_begin_at_the_point_of_the_post() -> None:
    post = {"fte": {"by_year": {"2023/24": 1, "2024/25": 2}}, "point": "bottom", "increments": True}
    monthly = of_worker(priced(post, grades=NEW, first_year="2023/24", years=3), "monthly.gross_pay")
    # April 2024: one at point 34 (£43,693) and one at 33 (£42,708); April 2025: 35 (£46,142) and 34 (£45,091).
    assert monthly[12] == pytest.approx((43_693 + 42_708) / 12)
    assert monthly[24] == pytest.approx((46_142 + 45_091) / 12)


def test_a_post_that_starts_in_a_later_year_climbs_from_that_year() -> None:
    post = {"point": "bottom", "increments": True, "start": "2024-04"}
    # Point 33 in 2024/25 (£42,708), 34 in 2025/26 (£45,091), 35 in 2026/27 (£47,665).
    assert gross(post, grades=NEW, first_year="2023/24", years=4) == [0, 42_708, 45_091, 47_665]


def test_increments_from_a_numbered_point_on() -> None:
    post = {"point": 34, "increments": True}
    assert gross(post, grades=NEW, first_year="2023/24", years=3) == [42_403, 44_711, 46_142]


def test_increments_of_a_post_at_the_top_are_a_problem_and_not_passed_over() -> None:
    with pytest.raises(ProblemsError, match="top of its grade"):
        priced({"increments": True}, grades=NEW, first_year="2023/24", years=2)


def test_an_old_point_takes_the_salary_of_the_new_point_that_it_became_in_april_2019() -> None:
    # Old point 40: £36,153 in 2018/19. It became new point 34 (NJC circular of April 2018): £36,876 in 2019/20.
    assert gross({}, grades=OLD, first_year="2018/19", years=2) == [36_153, 36_876]


def test_increments_go_on_across_the_change_of_spines() -> None:
    post = {"point": 39, "increments": True}
    # Old point 39 in 2018/19: £35,229; then old point 40, which is new point 34: £36,876.
    assert gross(post, grades=OLD, first_year="2018/19", years=2) == [35_229, 36_876]


def test_awards_after_the_last_published_spine_in_percent() -> None:
    awards = {"percent": {"by_year": {"2027/28": "2%", "2028/29": "3%"}}}
    # £47,665; × 1.02 = £48,618.30; × 1.03 = £50,076.85
    expected = [47_665, 48_618.30, 50_076.849]
    assert expected == gross({}, grades=NEW, first_year="2026/27", years=3, pay_awards=awards)


def test_awards_after_the_last_published_spine_in_pounds() -> None:
    awards = {"pounds": {"by_year": {"2027/28": 900, "2028/29": 1_000}}}
    # £47,665 + £900 = £48,565; + £1,000 = £49,565
    expected = [47_665, 48_565, 49_565]
    assert expected == gross({}, grades=NEW, first_year="2026/27", years=3, pay_awards=awards)


def test_one_award_serves_every_later_year_and_no_year_of_agreed_pay() -> None:
    # £44,711 and £46,142 as agreed; £47,665 is offered for 2026/27, and the case's 2% goes first: × 1.02, × 1.02.
    expected = [44_711, 46_142, 47_064.84, 48_006.1368]
    assert expected == gross({}, grades=NEW, first_year="2024/25", years=4, pay_awards={"percent": "2%"})


@pytest.mark.parametrize(
    ("awards", "expected"),
    [
        # £46,142 in 2025/26; the case's 4% and no offer of 3.3%; then 2%.
        ({"percent": {"by_year": {"2026/27": "4%", "2027/28": "2%"}}}, [46_142, 47_987.68, 48_947.4336]),
        ({"percent": ["1%", "4%", "2%"]}, [46_142, 47_987.68, 48_947.4336]),
        ({"pounds": {"by_year": {"2026/27": 1_000, "2027/28": 500}}}, [46_142, 47_142, 47_642]),
        # No word on 2026/27: the offer, £47,665.
        ({"percent": {"by_year": {"2027/28": "2%"}}}, [46_142, 47_665, 48_618.30]),
    ],
)
def test_a_stated_award_goes_before_one_that_is_offered(awards: dict[str, Any], expected: list[float]) -> None:
    assert expected == gross({}, grades=NEW, first_year="2025/26", years=3, pay_awards=awards)


def test_a_stated_award_goes_before_the_offer_in_a_case_of_that_year_and_later() -> None:
    awards = {"percent": {"by_year": {"2026/27": "4%", "2027/28": "2%"}}}
    assert gross({}, grades=NEW, first_year="2026/27", pay_awards=awards) == [47_987.68]
    assert gross({}, grades=NEW, first_year="2027/28", pay_awards=awards) == [48_947.4336]


def test_it_is_shown_that_the_stated_award_goes_before_the_offer() -> None:
    results = priced({}, grades=NEW, first_year="2025/26", years=2, pay_awards={"percent": "2%"})
    assert results.figures("pay.after_published") == [0, 1]
    assert "offered for 2026/27" in results.model["pay.after_published"].origin.note


def test_an_award_for_a_year_of_agreed_pay_is_said_to_have_no_effect() -> None:
    def warned(grades: dict[str, Any], awards: dict[str, Any]) -> list[str]:
        data = of_post(case_of(first_year="2024/25", years=3, grades=grades, pay_awards={"percent": awards}))
        data["on_costs"] = {"flat_rate": "0%"}
        return [found.what for found in warnings(case_from_data(data)) if found.address[0] == "pay_awards"]

    assert len(warned(NEW, {"by_year": {"2025/26": "3%"}})) == 1
    assert "2025/26" in warned(NEW, {"by_year": {"2025/26": "3%"}})[0]
    assert warned(NEW, {"by_year": {"2026/27": "3%"}}) == []
    # A stated salary is raised by it.
    assert warned({"grade": {"label": "Grade", "salary": 36_000}}, {"by_year": {"2025/26": "3%"}}) == []


def test_awards_between_the_last_published_spine_and_the_first_year_count() -> None:
    percent = {"percent": {"by_year": {"2027/28": "2%", "2028/29": "3%", "2029/30": "1%"}}}
    # £47,665 × 1.02 × 1.03 = £50,076.849 in 2028/29, the first year; × 1.01 = £50,577.61749 in 2029/30.
    expected = [50_076.849, 50_577.61749]
    assert expected == gross({}, grades=NEW, first_year="2028/29", years=2, pay_awards=percent)
    pounds = {"pounds": {"by_year": {"2027/28": 900, "2028/29": 1_000}}}
    assert gross({}, grades=NEW, first_year="2028/29", years=2, pay_awards=pounds) == [49_565, 50_565]
    # £46,142 × 1.02⁴ = £49,945.5847 with 2% in every year from 2026/27 to 2029/30.
    assert gross({}, grades=NEW, first_year="2029/30", pay_awards={"percent": "2%"}) == [49_945.58472672]


def test_an_award_missing_before_the_first_year_is_a_problem() -> None:
    with pytest.raises(ProblemsError, match="no pay award for 2027/28"):
        priced({}, grades=NEW, first_year="2028/29", pay_awards={"percent": {"by_year": {"2028/29": "3%"}}})


def test_increments_and_assumed_awards_go_together() -> None:
    post = {"point": 34, "increments": True}
    # £46,579 at point 34 in 2026/27; point 35, £47,665, × 1.02 in 2027/28.
    expected = [46_579, 48_618.30]
    awards = {"percent": {"by_year": {"2027/28": "2%"}}}
    assert expected == gross(post, grades=NEW, first_year="2026/27", years=2, pay_awards=awards)


def test_newly_qualified_starters_stay_at_their_point() -> None:
    post = {"point": "bottom", "increments": True, "newly_qualified": {"point": 33, "months": 18}}
    results = priced(post, grades=NEW, first_year="2023/24", years=2)
    monthly = of_worker(results, "monthly.cost")
    # Point 33 for eighteen months, at £42,708 from April 2024; then point 34, the post's own after an increment.
    assert monthly[12:] == pytest.approx([42_708 / 12] * 6 + [43_693 / 12] * 6)


def test_no_award_is_shown_for_years_for_which_none_is_stated() -> None:
    awards = {"percent": {"by_year": {"2027/28": "2%", "2028/29": "3%"}}}
    results = priced({}, grades=NEW, first_year="2026/27", years=3, pay_awards=awards)
    assert results.figures("pay.award") == [0, 0.02, 0.03]


STATED = {"grade": {"label": "Grade", "salary": 36_000}}


def test_a_stated_salary_is_raised_by_the_awards_after_the_first_year() -> None:
    # £36,000; × 1.02 = £36,720; × 1.02 = £37,454.40
    assert gross({}, grades=STATED, years=3, pay_awards={"percent": "2%"}) == [36_000, 36_720, 37_454.40]
    assert gross({}, grades=STATED, years=3, pay_awards={"pounds": 500}) == [36_000, 36_500, 37_000]


def test_a_stated_salary_stands_where_awards_do_not_apply_or_years_are_stated() -> None:
    fixed = {"grade": {"label": "Grade", "salary": 36_000, "pay_awards_apply": False}}
    assert gross({}, grades=fixed, years=2, pay_awards={"percent": "2%"}) == [36_000, 36_000]
    by_year = {"grade": {"label": "Grade", "salary": [36_000, 36_900]}}
    assert gross({}, grades=by_year, years=2, pay_awards={"percent": "2%"}) == [36_000, 36_900]


def test_a_stated_salary_may_change_within_a_year() -> None:
    salary = {"by_month": {"2015-04": 36_000, "2016-01": 36_600}}
    # £36,000 × 9/12 + £36,600 × 3/12 = £27,000 + £9,150 = £36,150
    assert gross({}, grades={"grade": {"label": "Grade", "salary": salary}}) == [36_150]


def test_supplements_in_pounds_and_percent_and_which_of_them_are_pensionable() -> None:
    supplements = [
        {"id": "car", "label": "Car allowance", "amount": 963, "pensionable": False},
        {"id": "market", "label": "Market supplement", "percent": "5%"},
    ]
    on_costs = {"employer_pension": "20%", "national_insurance": False, "apprenticeship_levy": False}
    results = priced({"supplements": supplements, "fte": 2}, on_costs=on_costs)
    # Of one FTE: £36,000 + £963 + 5% × £36,000 = £1,800 come to £38,763; pensionable £37,800. Two FTE.
    assert of_worker(results, "gross_pay") == pytest.approx([77_526])
    assert of_worker(results, "employer_pension") == pytest.approx([0.20 * 75_600])  # £15,120
    assert of_worker(results, "cost") == pytest.approx([77_526 + 15_120])


def test_a_supplement_in_percent_follows_the_salary_and_one_in_pounds_does_not() -> None:
    supplements = [
        {"id": "car", "label": "Car allowance", "amount": 900},
        {"id": "market", "label": "Market supplement", "percent": "10%"},
    ]
    # 2015/16: £36,000 + £900 + £3,600 = £40,500. 2016/17: £36,720 + £900 + £3,672 = £41,292.
    expected = [40_500, 41_292]
    assert expected == gross({"supplements": supplements}, grades=STATED, years=2, pay_awards={"percent": "2%"})


@pytest.mark.parametrize("name", ["monthly", "paid", "total", "cost"])
def test_no_id_is_mistaken_for_a_part_of_an_address(name: str) -> None:
    from small_cases import GRADE, case_of, option_of, written

    from finmodel.lines.evaluate import evaluate

    post = {"id": name, "title": "Worker", "fte": 1, "grade": name}
    option = option_of(name, posts=[post])
    model = written(case_of(option, grades={name: GRADE}, on_costs={"flat_rate": "30%"}))
    results = evaluate(model.model)
    assert results.figure(f"options.{name}.posts.{name}.gross_pay") == pytest.approx(36_000)
    assert results.figure(f"options.{name}.posts.{name}.on_costs") == pytest.approx(10_800)
    assert results.figure("checks.all") == 1
