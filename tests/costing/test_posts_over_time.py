"""Posts over time: starts and ends, part-year and full-year effect, FTE by month, stated costs at earlier prices."""

from __future__ import annotations

import pytest
from small_cases import case_of, of_post, of_worker, option_of, priced, results_of


def stated(**names: object) -> dict[str, object]:
    return {"annual_cost": 36_729, "price_base": "2010/11", "inflation": "none", **names}


def test_a_part_year_costs_its_months_and_the_full_year_effect_all_twelve() -> None:
    results = priced({"start": "2015-09", "end": "2017-08"}, years=3)
    # £36,000: September to March is 7 months; then 12; then April to August, 5.
    assert of_worker(results, "cost") == pytest.approx([21_000, 36_000, 15_000])
    assert of_worker(results, "full_year_effect") == pytest.approx([36_000] * 3)


def test_a_post_that_started_before_the_case_is_there_from_the_first_month() -> None:
    assert of_worker(priced({"start": "2014-09", "end": "2015-04"}), "cost") == pytest.approx([3_000])


def test_fte_by_month() -> None:
    fte = {"by_month": {"2015-04": 0, "2015-09": 6, "2016-01": 12}}
    results = priced({"fte": fte}, years=2)
    # £3,000 a month: 4 × 6 × 3,000 + 3 × 12 × 3,000 = 72,000 + 108,000; then 12 × 36,000.
    assert of_worker(results, "cost") == pytest.approx([180_000, 432_000])


def test_national_insurance_follows_fte_month_by_month() -> None:
    fte = {"by_month": {"2025-04": 1, "2025-10": 1.5}}
    on_costs = {"employer_pension": "0%", "apprenticeship_levy": False}
    results = priced({"fte": fte}, on_costs=on_costs, first_year="2025/26")
    # The full-timer all year 15% × (36,000 − 5,000) = 4,650; the half-timer half a year, 1/2 × 15% × (18,000 − 5,000).
    assert of_worker(results, "employer_national_insurance") == pytest.approx([4_650 + 975])


def test_a_stated_cost_is_uprated_from_an_earlier_price_base_through_each_year() -> None:
    pay = {"by_year": {"2011/12": "2%", "2012/13": "3%", "2013/14": "4%", "2014/15": "-1%"}}
    results = priced(stated(fte=3, inflation="pay"), first_year="2013/14", years=2, inflation={"pay": pay})
    # 3 × £36,729 = £110,187 at 2010/11 prices; × 1.02 × 1.03 × 1.04 = 1.092624; then × 0.99.
    first = 110_187 * 1.092624
    assert of_worker(results, "cost") == pytest.approx([first, first * 0.99])


def test_the_base_year_s_own_inflation_is_not_applied() -> None:
    pay = {"by_year": {"2010/11": "50%", "2011/12": "2%"}}
    results = priced(stated(inflation="pay"), first_year="2010/11", years=2, inflation={"pay": pay})
    assert of_worker(results, "cost") == pytest.approx([36_729, 36_729 * 1.02])


def test_one_rate_of_inflation_compounds_from_the_base_on() -> None:
    results = priced(stated(inflation="pay"), first_year="2012/13", years=2, inflation={"pay": "2%"})
    assert of_worker(results, "cost") == pytest.approx([36_729 * 1.02**2, 36_729 * 1.02**3])


def test_published_prices_raise_a_stated_cost() -> None:
    # ONS, CPI, averages of April to March (2015 = 100): 96.700 in 2012/13, 98.942, 99.983 and 100.092 in 2015/16, so
    # 2.32% in 2013/14, 1.05% in 2014/15, 0.11% in 2015/16.
    cpi = {"cpi": {"published": "cpi"}}
    results = priced(stated(price_base="2012/13", inflation="cpi"), first_year="2014/15", years=2, inflation=cpi)
    first = 36_729 * 1.0232 * 1.0105
    assert of_worker(results, "cost") == pytest.approx([first, first * 1.0011])


def test_a_stated_rate_of_inflation_is_one_input_however_many_years_it_raises() -> None:
    results = priced(stated(inflation="pay"), first_year="2013/14", inflation={"pay": "2%"})
    inputs = [line.address for line in results.model if line.is_input and line.address.startswith("prices.")]
    assert inputs == ["prices.pay.change"]
    by_year = {"pay": {"by_year": {"2011/12": "2%", "2012/13": "3%", "2013/14": "4%"}}}
    results = priced(stated(inflation="pay"), first_year="2013/14", years=2, inflation=by_year)
    inputs = sorted(line.address for line in results.model if line.is_input and line.address.startswith("prices."))
    assert inputs == ["prices.pay.change", "prices.pay.change_2011_12", "prices.pay.change_2012_13"]


def test_stated_costs_without_inflation_stay() -> None:
    assert of_worker(priced(stated(), first_year="2013/14", years=2), "cost") == pytest.approx([36_729] * 2)


def test_a_stated_cost_is_paid_for_the_months_in_post() -> None:
    results = priced(stated(start="2013-10"), first_year="2013/14")
    assert of_worker(results, "cost") == pytest.approx([36_729 / 2])
    assert of_worker(results, "full_year_effect") == pytest.approx([36_729])


def test_other_costs_every_year_and_once() -> None:
    costs = [
        {"id": "training", "label": "Training", "amount": 1_200, "per": "year", "price_base": "2015/16",
         "inflation": "none", "start": "2015-10", "end": "2016-09"},
        {"id": "laptops", "label": "Laptops", "amount": 15_000, "per": "once", "price_base": "2014/15",
         "inflation": "cpi", "start": "2016-05"},
        {"id": "rent", "label": "Rent", "amount": [6_000, 7_200], "per": "year", "price_base": "2015/16",
         "inflation": "fees"},
    ]  # fmt: skip
    inflation = {"cpi": {"by_year": {"2015/16": "1%", "2016/17": "2%"}}, "fees": "10%"}
    results = results_of(case_of(option_of(costs=costs), years=2, inflation=inflation))
    figures = results.figures
    assert figures("options.team.costs.training.cost") == pytest.approx([600, 600])  # six months of £100 in each year
    assert figures("options.team.costs.laptops.cost") == pytest.approx([0, 15_000 * 1.01 * 1.02])
    assert figures("options.team.costs.laptops.monthly.cost")[13] == pytest.approx(15_453)  # May 2016, month 14
    assert figures("options.team.costs.rent.cost") == pytest.approx([6_000, 7_920])
    assert figures("options.team.cost") == pytest.approx([6_600, 600 + 15_453 + 7_920])
    # What recurs, in a full year: £1,200 and £6,000, then £1,200 and £7,920; the laptops are bought once.
    assert figures("options.team.full_year_effect") == pytest.approx([7_200, 9_120])


def test_an_option_costs_what_its_posts_and_costs_come_to() -> None:
    data = of_post(case_of(grades={"grade": {"label": "Grade", "salary": 36_000}}, on_costs={"flat_rate": "30%"}))
    data["options"][0]["costs"] = [
        {"id": "rent", "label": "Rent", "amount": 1_000, "per": "year", "price_base": "2015/16", "inflation": "none"}
    ]
    results = results_of(data)
    assert results.figures("options.team.cost") == pytest.approx([46_800 + 1_000])
    assert results.figure("checks.all") == 1


def test_what_the_authors_state_is_compared_with_the_year_they_state_it_for() -> None:
    data = of_post(case_of(grades={"grade": {"label": "Grade", "salary": [36_000, 37_000]}}, years=2,
                           on_costs={"flat_rate": "0%"}))  # fmt: skip
    data["options"][0]["stated_cost"] = {"amount": 36_400, "year": "2016/17"}
    assert results_of(data).figure("options.team.stated_cost.difference") == pytest.approx(600)
