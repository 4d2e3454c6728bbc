"""On-costs, prices, discount rates, unit costs and conventions, against the statutes and the sources."""

from datetime import date

import pytest

from finmodel.lines.periods import FinancialYear, Month
from finmodel.reference import (
    RateNotFoundError,
    agency_rates,
    apprenticeship_levy,
    caseload_benchmarks,
    convention,
    cpi_change,
    discount_schedule,
    discount_schedules,
    employer_ni,
    find_council,
    gdp_deflator,
    gdp_deflator_change,
    greater_manchester_unit_costs,
    last_published_ni,
    last_published_pension,
    lgps_average_rate,
    lgps_council_rate,
    looked_after_children,
    njc_salary,
    optimism_bias_corrections,
    pay_awards,
    pension_rates,
    placement_unit_costs,
    query,
    statistical_neighbours,
    weakest,
)
from finmodel.reference.loader import load


def year(text: str) -> FinancialYear:
    return FinancialYear.parse(text)


@pytest.mark.parametrize(
    ("when", "rate", "threshold"),
    [
        ("2008-04", 0.128, 5_435),
        ("2011-03", 0.128, 5_715),
        ("2011-04", 0.138, 7_072),  # 12.8% to 13.8% on 6 April 2011
        ("2014-04", 0.138, 7_956),
        ("2015-04", 0.138, 8_112),
        ("2022-03", 0.138, 8_840),
        ("2022-04", 0.1505, 9_100),  # Health and Social Care Levy Act 2021
        ("2022-10", 0.1505, 9_100),
        ("2022-11", 0.138, 9_100),  # Health and Social Care Levy (Repeal) Act 2022, from 6 November
        ("2025-03", 0.138, 9_100),
        ("2025-04", 0.15, 5_000),  # National Insurance Contributions (Secondary Class 1 Contributions) Act 2025
        ("2027-03", 0.15, 5_000),
    ],
)
def test_national_insurance_of_the_last_day_of_the_month(when: str, rate: float, threshold: float) -> None:
    ni = employer_ni(Month.parse(when))
    assert (ni.rate.value, ni.secondary_threshold.value) == (rate, threshold)
    assert (ni.rate.unit, ni.secondary_threshold.unit) == ("fraction", "£ a year")
    assert ni.rate.effective <= Month.parse(when).last_day
    assert ni.rate.until is not None
    assert ni.rate.until >= Month.parse(when).last_day


def test_the_contracted_out_rebate_ends_with_march_2016() -> None:
    last = employer_ni(Month(2016, 3))
    assert last.rebate is not None
    assert last.upper_accrual_point is not None
    assert (last.rebate.value, last.lower_earnings_limit.value, last.upper_accrual_point.value) == (0.034, 112, 770)
    assert last.rebate.until == date(2016, 4, 5)
    april = employer_ni(Month(2016, 4))
    assert (april.rebate, april.upper_accrual_point) == (None, None)
    assert april.rate.confidence == "published"  # 156 a week and 8,112 a year, seen since


def test_the_rebate_fell_in_april_2012() -> None:
    before, after = employer_ni(Month(2012, 3)).rebate, employer_ni(Month(2012, 4)).rebate
    assert before is not None
    assert after is not None
    assert (before.value, after.value) == (0.037, 0.034)


def test_an_annual_threshold_worked_from_the_weekly_one_says_so() -> None:
    assert employer_ni(Month(2015, 9)).secondary_threshold.value == 156 * 52
    assert employer_ni(Month(2015, 9)).secondary_threshold.confidence == "derived"
    assert employer_ni(Month(2014, 9)).secondary_threshold.confidence == "published"
    assert employer_ni(Month(2015, 9)).rate.confidence == "published"


@pytest.mark.parametrize("outside", [Month(2008, 3), Month(2031, 4)])
def test_no_national_insurance_outside_the_years_known(outside: Month) -> None:
    with pytest.raises(RateNotFoundError, match=r"6 April 2008 to March 2031\. State the rates in the case"):
        employer_ni(outside)
    assert last_published_ni() == Month(2031, 3)


def test_the_levy_starts_in_april_2017() -> None:
    assert apprenticeship_levy(Month(2017, 4)).value == 0.005  # Finance Act 2016, Part 6
    before = apprenticeship_levy(Month(2017, 3))
    assert (before.value, before.until) == (0.0, date(2017, 4, 5))
    assert "did not exist before 6 April 2017" in before.note
    assert before.source


@pytest.mark.parametrize(
    ("text", "rate"),
    [("2017/18", 0.236), ("2019/20", 0.236), ("2020/21", 0.229), ("2023/24", 0.211), ("2025/26", 0.211)],
)
def test_the_average_pension_rate(text: str, rate: float) -> None:
    found = lgps_average_rate(year(text))
    assert (found.value, found.unit, found.confidence) == (rate, "fraction", "published")
    assert "national average" in found.note


@pytest.mark.parametrize("text", ["2016/17", "2026/27"])
def test_no_average_pension_rate_outside_the_valuations_known(text: str) -> None:
    with pytest.raises(RateNotFoundError, match=r"2017/18 to 2025/26\. State the council's own rate"):
        lgps_average_rate(year(text))
    assert last_published_pension() == year("2025/26")


@pytest.mark.parametrize("named", ["E08000031", "336", "Wolverhampton", "City of Wolverhampton Council"])
def test_a_councils_own_pension_rate(named: str) -> None:
    """West Midlands Pension Fund, valuation of 31 March 2025: primary 19.0%, secondary −4.1% of pay."""
    found = lgps_council_rate(named, year("2026/27"))
    assert found.charged.value == pytest.approx(0.190 - 0.041, abs=1e-12)
    assert found.primary.value == 0.19
    assert found.is_read(year("2026/27"))
    assert not lgps_council_rate(named, year("2027/28")).is_read(year("2027/28"))


def test_a_cash_sum_is_never_charged_on_a_post() -> None:
    with_cash = [row for row in load("lgps_employer_rates") if row.optional("secondary_cash_gbp_per_year")]
    assert with_cash
    for row in with_cash:
        if not row["total_rate_year"]:
            continue
        found = lgps_council_rate(row["employer"], FinancialYear.containing(row.day("from_date")))
        assert found.has_cash
        secondary = row.optional_fraction("secondary_rate_percent_of_pay") or 0.0
        assert found.charged.value == pytest.approx(found.primary.value + secondary, abs=1e-12)


def test_every_certificate_is_of_a_council_that_is_known() -> None:
    employers = {row["employer"] for row in load("lgps_employer_rates") if row["total_rate_year"]}
    unknown = {name for name in employers if "mean of" not in name and not _is_known(name)}
    assert unknown == set()


def _is_known(name: str) -> bool:
    try:
        return bool(find_council(name))
    except RateNotFoundError:
        return False


def test_a_council_that_is_not_there() -> None:
    with pytest.raises(RateNotFoundError, match="Did you mean Wolverhampton, E08000031"):
        find_council("Wolverhamton")
    with pytest.raises(RateNotFoundError, match="no pension certificate of Wolverhampton for 2015/16"):
        lgps_council_rate("Wolverhampton", year("2015/16"))


def test_statistical_neighbours_by_the_newest_model() -> None:
    neighbours = statistical_neighbours(find_council("Wolverhampton"))
    assert len(neighbours) == 10
    assert len({each.dfe_code for each in neighbours}) == 10


def test_the_west_midlands_fund_from_april_2014() -> None:
    found = {rate.first_day: rate for rate in pension_rates() if rate.fund == "West Midlands Pension Fund"}
    assert found[date(2011, 4, 1)].primary == 0.119  # Express & Star, 21 December 2014
    assert found[date(2014, 4, 1)].primary == 0.133
    assert found[date(2014, 4, 1)].total is None  # the rest is a cash sum


def test_consumer_prices_by_financial_year() -> None:
    # Averages of April to March of the monthly index (2015 = 100), ONS series D7BT, release of 25 March 2026.
    assert cpi_change(year("2015/16")).value == pytest.approx(100.092 / 99.983 - 1, abs=5e-5)
    assert cpi_change(year("2022/23")).value == pytest.approx(124.608 / 113.250 - 1, abs=5e-5)
    assert cpi_change(year("2022/23")).confidence == "derived"
    assert cpi_change(year("2026/27")).label.endswith("2026/27 (forecast)")
    assert (cpi_change(year("2010/11")).effective, cpi_change(year("2010/11")).until) == (
        date(2010, 4, 1),
        date(2011, 3, 31),
    )


def test_a_calendar_year_is_never_taken_for_a_financial_year() -> None:
    with pytest.raises(RateNotFoundError, match=r"calendar year 2033 there is 2\.0% \(long-run assumption, "):
        cpi_change(year("2033/34"))
    with pytest.raises(RateNotFoundError, match=r"2008/09 to 2030/31\. State an assumption"):
        cpi_change(year("2040/41"))


def test_the_deflator_of_a_financial_year_is_the_published_one() -> None:
    """HM Treasury, March 2026 edition, 2024/25 = 100; not worked from calendar years, which misses by up to 1.6 points."""
    assert gdp_deflator(year("2014/15")).value == 74.0662
    assert gdp_deflator(year("2014/15")).unit == "index (2024-25 = 100)"
    change = gdp_deflator_change(year("2021/22"))
    assert change.value == pytest.approx(85.3036 / 85.1002 - 1, abs=1e-12)
    assert change.confidence == "derived"
    assert gdp_deflator_change(year("2026/27")).label == "GDP deflator, annual change, 2026/27 (forecast)"


@pytest.mark.parametrize("text", ["1954/55", "2031/32"])
def test_no_deflator_outside_the_years_known(text: str) -> None:
    with pytest.raises(RateNotFoundError, match=r"1955/56 to 2030/31, and no later forecast"):
        gdp_deflator(year(text))


def test_no_change_for_the_first_deflator() -> None:
    with pytest.raises(RateNotFoundError, match="1954/55"):
        gdp_deflator_change(year("1955/56"))


def test_discount_schedules() -> None:
    names = {"green-book-2026", "green-book-2026-health", "green-book-2026-sensitivity", "green-book-before-2026"}
    assert set(discount_schedules()) == names
    standard = discount_schedule("green-book-2026")
    assert [(step.from_year, step.to_year, step.rate) for step in standard.steps] == [
        (0, 30, 0.035),
        (31, 75, 0.03),
        (76, 125, 0.025),
        (126, 200, 0.02),
        (201, 300, 0.015),
        (301, None, 0.01),
    ]
    assert discount_schedule("green-book-2026-health").steps[0].rate == 0.015
    assert discount_schedule("green-book-2026-sensitivity").steps[0].rate == 0.03
    assert [step.rate for step in discount_schedule("green-book-before-2026").steps] == [0.035, 0.03, 0.025]


def test_an_unknown_schedule_suggests_the_nearest() -> None:
    with pytest.raises(RateNotFoundError, match="Did you mean green-book-2026-health"):
        discount_schedule("green-book-2026-heath")


def test_conventions() -> None:
    assert convention("months_in_a_year").value == 12
    assert convention("weeks_in_a_year").value == round(365.25 / 7, 2)
    assert convention("ni_weeks_in_a_year").value * 153 == employer_ni(Month(2014, 6)).secondary_threshold.value
    assert convention("decimal_places_compared").value == 9
    assert convention("tolerance").value == 0.01 / 2
    assert round(convention("days_in_a_year").value / convention("days_in_a_week").value, 3) == 52.143
    with pytest.raises(RateNotFoundError, match="There are: months_in_a_year"):
        convention("days_in_a_month")


def test_placement_unit_costs() -> None:
    home = next(
        cost for cost in placement_unit_costs() if cost.provision == "children's home" and cost.year == "2023-24"
    )
    assert (home.annual, home.annual_confidence) == (318_400, "published")  # National Audit Office, September 2025
    assert (home.weekly, home.weekly_confidence) == (round(318_400 * 7 / 365.25), "derived")
    assert home.source.startswith("NAO press release")


def test_greater_manchester_unit_costs() -> None:
    costs = {cost.code: cost for cost in greater_manchester_unit_costs()}
    assert (costs["SS1.0"].cost, costs["SS1.0"].unit, costs["SS1.0"].price_base) == (51_080, "per year", "2013-14")
    assert costs["SS2.0"].cost == 700


def figures(dataset: str, text: str | None = None, **where: str) -> dict[str, float | None]:
    """Figures by label."""
    return {answer.label: answer.value for answer in query(dataset, text, **where)}


def test_every_council_has_its_figures() -> None:
    """Wolverhampton's, as its own line of the national releases prints them."""
    children = figures("children", "2024/25", area="Wolverhampton")
    assert children["Wolverhampton: number at 31 March"] == 501  # the same in the council's row of `looked-after`
    assert children["Wolverhampton: rate"] == round(501 / 68_405 * 10_000)
    caseload = figures("workforce", "2024/25", area="Wolverhampton")["Wolverhampton: caseload fte"]
    assert caseload == figures("caseloads", "2024/25", area="Wolverhampton")["Wolverhampton: average caseload per FTE"]
    england = figures("unit-costs", "2024/25", area="England")
    assert england["England: looked after"] == 2_100  # £ a week


def test_other_pay_scales_and_schemes() -> None:
    assert figures("other-pensions", "2026/27")["Teachers' Pension Scheme, paid by the employer (in force)"] == 28.68
    assert figures("redundancy", "2026/27")["Cap on a week's pay in statutory redundancy"] == 22_530 / 30  # 30 weeks
    assert figures("nhs", "2025/26")["Band 4, entry (agreed)"] == pytest.approx(27_485)  # Agenda for Change, 2025/26
    assert len(query("councils")) >= 153
    neighbours = [answer for answer in query("neighbours", area="Wolverhampton") if "May 2025" in answer.label]
    assert len(neighbours) == 10


def test_a_financial_year_is_never_taken_for_a_month() -> None:
    dated = [answer for answer in query("processes") if answer.when.startswith("1 April 2009")]
    assert dated
    assert all(answer.last == date(2010, 3, 31) for answer in dated)


def test_an_offer_says_that_it_is_one() -> None:
    assert {row.status for row in pay_awards() if row.effective == date(2026, 4, 1)} == {"offered"}
    assert "offered, not agreed" in njc_salary(Month(2026, 4), 25, "new").note


def test_optimism_bias_of_the_2014_guidance_is_recalled() -> None:
    graded = [row for row in optimism_bias_corrections() if row.grade is not None]
    assert [row.correction for row in graded if row.applies_to == "benefits"] == [0, -0.05, -0.1, -0.15, -0.25, -0.4]
    assert {row.confidence for row in graded} == {"unverified"}
    capital = next(row for row in optimism_bias_corrections() if row.scheme == "Mott MacDonald 2002")
    assert capital.correction == 0.47


def test_children_looked_after() -> None:
    found = {(row.area, row.at_31_march): row for row in looked_after_children() if row.population}
    council = found["Wolverhampton", 2025]
    assert (council.number, council.rate) == (501, 73)
    assert found["England", 2025].number == 81_770


def test_caseloads_agency_and_awards() -> None:
    england = [
        row for row in caseload_benchmarks() if row.area == "England" and row.measure == "average caseload per FTE"
    ]
    assert {row.year for row in england} == set(range(2017, 2026))
    assert any(row.value is None and row.unit == "date" for row in agency_rates())
    assert [row.value for row in pay_awards() if row.effective == date(2024, 4, 1)] == [1_290, 2.5]


def test_the_weakest_confidence() -> None:
    assert weakest("published", "derived") == "derived"
    assert weakest("derived", "unverified", "published") == "unverified"
