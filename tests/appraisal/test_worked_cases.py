"""The shipped cases against what their papers print. Expected values come from the papers, or are worked here."""

from __future__ import annotations

from pathlib import Path

import pytest
import shipped_cases

from finmodel.appraisal.appraise import Appraisal

INPUTS = Path(__file__).parents[2] / "inputs"


@pytest.fixture(scope="module")
def wolverhampton() -> Appraisal:
    return shipped_cases.appraisal_of("wolverhampton-2015")


@pytest.fixture(scope="module")
def darlington() -> Appraisal:
    return shipped_cases.appraisal_of("darlington-2010")


def figure(appraisal: Appraisal, address: str, period: int = 0) -> float:
    value = appraisal.results.figure(address, period)
    assert value is not None, address
    return value


def test_thirteen_children_repay_the_paper_s_half_million(wolverhampton: Appraisal) -> None:
    # Paragraph 4.3: £500,000 ÷ £40,000 = 12.5, "a reduction of thirteen clients".
    for option in ("peripatetic", "specialist", "spread"):
        assert figure(wolverhampton, f"options.{option}.measures.break_even_children") == pytest.approx(12.5, abs=1e-12)
        assert figure(wolverhampton, f"options.{option}.measures.break_even_children_whole") == 13


def test_twelve_social_workers_are_priced_line_by_line(wolverhampton: Appraisal) -> None:
    # 2015/16, point 40 from January 2015: £34,746. Twelve people.
    gross = 12 * 34_746
    # National Insurance 2015/16, category D: 13.8% above £8,112, less 3.4% between 112 × 52 and (not reached) 770 × 52.
    national_insurance = 12 * (0.138 * (34_746 - 8_112) - 0.034 * (34_746 - 112 * 52))
    pension = gross * 0.133
    post = "options.peripatetic.posts.social-workers"
    assert figure(wolverhampton, f"{post}.gross_pay") == pytest.approx(gross, rel=1e-12)
    assert figure(wolverhampton, f"{post}.employer_national_insurance") == pytest.approx(national_insurance, rel=1e-12)
    assert figure(wolverhampton, f"{post}.employer_pension") == pytest.approx(pension, rel=1e-12)
    total = gross + national_insurance + pension
    assert figure(wolverhampton, f"{post}.cost") == pytest.approx(total, rel=1e-12)
    assert figure(wolverhampton, "options.peripatetic.stated_cost.difference") == pytest.approx(
        total - 500_000, rel=1e-9
    )


def test_no_other_point_comes_nearer_to_the_half_million(wolverhampton: Appraisal) -> None:
    from finmodel.lines.periods import Month
    from finmodel.reference import njc_salary

    def cost(point: int) -> float:
        salary = njc_salary(Month(2015, 4), point, "old").value
        rebate = 0.034 * (min(salary, 770 * 52) - 112 * 52)
        return 12 * (salary * 1.133 + 0.138 * (salary - 8_112) - rebate)

    nearest = min(range(29, 50), key=lambda point: abs(cost(point) - 500_000))
    assert nearest == 40
    assert figure(wolverhampton, "options.peripatetic.cost") == pytest.approx(cost(40), rel=1e-12)


def test_contracting_out_ends_and_the_levy_begins_in_their_years(wolverhampton: Appraisal) -> None:
    post = "options.peripatetic.posts.social-workers"
    # 2016/17: point 40 is £35,093; no rebate any more. 2017/18: the levy is 0.5% of £35,444 × 12.
    assert figure(wolverhampton, f"{post}.employer_national_insurance", 1) == pytest.approx(
        12 * 0.138 * (35_093 - 8_112)
    )
    assert figure(wolverhampton, f"{post}.apprenticeship_levy", 1) == 0
    assert figure(wolverhampton, f"{post}.apprenticeship_levy", 2) == pytest.approx(12 * 35_444 * 0.005)


def test_options_one_to_three_are_alike_and_no_money_favours_one(wolverhampton: Appraisal) -> None:
    values = {
        option: wolverhampton.results.figures(f"options.{option}.net_saving")
        for option in ("peripatetic", "specialist", "spread")
    }
    assert values["peripatetic"] == values["specialist"] == values["spread"]
    assert wolverhampton.results.figures("options.status-quo.net_saving") == [0.0] * 4


def test_darlington_s_pressure_is_the_sum_of_its_posts(darlington: Appraisal) -> None:
    # Paragraph 21: 3 × £36,729 = £110,187; + £45,618 + £40,292 + £33,000 = £229,097.
    assert figure(darlington, "options.proposal.posts.social-workers.cost") == pytest.approx(110_187, abs=1e-6)
    assert figure(darlington, "options.proposal.cost") == pytest.approx(229_097, abs=1e-6)
    assert figure(darlington, "options.proposal.stated_cost.difference") == pytest.approx(0, abs=1e-6)


def test_darlington_rises_by_inflation_to_2013_14(darlington: Appraisal) -> None:
    # 2% a year, as assumed: × 1.02 each year after the first.
    expected = [229_097 * 1.02**year for year in range(4)]
    assert darlington.results.figures("options.proposal.cost") == pytest.approx(expected, rel=1e-12)


def test_darlington_claims_no_saving_and_says_why_nothing_pays_back(darlington: Appraisal) -> None:
    measures = darlington.written.measures["proposal"]
    assert darlington.results.figure(measures["payback"]) is None
    assert darlington.results.reason(measures["payback"]) == "not paid back within the years shown"
    assert darlington.results.figure(measures["break_even_children"]) is None
    assert "no placement cost" in darlington.results.reason(measures["break_even_children"])


def test_wolverhampton_is_ahead_for_three_years_and_then_loses_it(wolverhampton: Appraisal) -> None:
    # 520,000 a year against 504,712, 521,805, 529,199 and 539,625: +15,288, −1,805, −9,199, −19,625.
    running = wolverhampton.results.figures("options.peripatetic.cumulative_net_saving")
    assert [value > 0 for value in running if value is not None] == [True, True, True, False]
    reason = wolverhampton.results.reason(wolverhampton.written.measures["peripatetic"]["payback"])
    assert reason == "ahead for a time, then lost again: not paid back within the years shown"


def test_every_check_holds(wolverhampton: Appraisal, darlington: Appraisal) -> None:
    assert wolverhampton.checks_hold
    assert darlington.checks_hold
