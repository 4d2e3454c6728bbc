"""Dates typed into a workbook: what hangs on them follows, and a check fails where the formulas are not for such a date."""

from __future__ import annotations

import pytest
from small_cases import Data, case_of, of_post, option_of, results_of, written

from finmodel.lines.evaluate import Results, evaluate

AT: Data = {"price_base": "2026/27", "inflation": "none"}
ENDING: Data = {"redundancy": {"age": 40}}


def typed(results: Results, **changes: float) -> Results:
    """The same workbook with other inputs typed in, by the last name of the address."""
    inputs = {line.address.rpartition(".")[2]: line.address for line in results.model if line.is_input}
    return evaluate(results.model, {inputs[name]: [[value]] for name, value in changes.items()})


def staffed(**post: object) -> Results:
    whole: Data = {"start": "2026-04", "end": "2029-03", "ending": ENDING, **post}
    grades = {"grade": {"label": "Grade", "salary": 36_000, "pay_awards_apply": False}}
    case = case_of(first_year="2026/27", years=5, grades=grades, on_costs={"flat_rate": "0%"})
    return results_of(of_post(case, **whole))


def test_the_charge_follows_the_month_of_the_outlay() -> None:
    # £100,000 in January 2027, over 10 years: MRP of £10,000 a year from 2027/28; of April 2028, from 2029/30.
    outlay: Data = {
        "id": "house", "label": "House", "amount": 100_000, "per": "once", "start": "2027-01", **AT,
        "capital": "borrowed", "financing": {"life_years": 10, "rate": "5%"},
    }  # fmt: skip
    before = results_of(case_of(option_of(costs=[outlay]), first_year="2026/27", years=5))
    mrp, interest = "options.team.costs.house.mrp", "options.team.costs.house.interest"
    assert before.figures(mrp) == pytest.approx([0, 10_000, 10_000, 10_000, 10_000])
    after = typed(before, start=25)
    assert after.figures(mrp) == pytest.approx([0, 0, 0, 10_000, 10_000])
    assert after.figures(interest) == pytest.approx([0, 0, 5_000, 5_000, 4_500])


def test_agency_cover_follows_its_post_where_it_says_nothing_itself() -> None:
    cover = {"rate": 30, "per": "hour", "per_week": 37, "weeks": 44, "vacancies_too": True, **AT}
    results = staffed(agency_cover=cover, vacancy_factor="50%")
    fte = "options.team.posts.worker.agency_cover.monthly.fte"
    assert results.figures(fte)[34:38] == [0.5, 0.5, 0, 0]
    end = "options.team.posts.worker.end"
    assert evaluate(results.model, {end: [[35.0]]}).figures(fte)[34:38] == [0.5, 0, 0, 0]


def test_years_of_service_follow_the_end_of_the_post() -> None:
    # Three complete years at 40 are three weeks' pay; two, where it ends in a month of the third year, are two.
    week, due = 36_000 / 365 * 7, "options.team.posts.worker.ending.monthly.cost"
    assert sum(x or 0 for x in staffed().figures(due)) == pytest.approx(3 * week)
    assert sum(x or 0 for x in typed(staffed(), end=35).figures(due)) == pytest.approx(2 * week)


def test_who_starts_bit_by_bit_serves_no_longer_than_the_groups_that_there_are() -> None:
    results = staffed(fte=2, recruited_per_month=1)
    check = "options.team.posts.worker.ending.redundancy.groups"
    for end, holds in ((36, 1), (47, 1), (48, 0)):  # 47 months are three complete years, 48 are four
        after = typed(results, end=end)
        assert (after.figure(check), after.figure("checks.all")) == (holds, holds)
    due = "options.team.posts.worker.ending.monthly.cost"
    stated = staffed(fte=2, recruited_per_month=1, end="2028-02")
    assert typed(results, end=23).figures(due) == pytest.approx(stated.figures(due))


@pytest.mark.parametrize(("start", "inside", "outside"), [("2026-05", 3, 0), ("2025-05", -12, 1)])
def test_a_post_stays_within_the_case_or_before_it(start: str, inside: int, outside: int) -> None:
    later = {"id": "stay", "label": "Stay", "amount": 900, "after_months": 6}
    results = staffed(start=start, supplements=[later])
    check = "options.team.posts.worker.starts_as_written"
    assert [typed(results, start=month).figure(check) for month in (inside, outside)] == [1, 0]
    assert typed(results, start=outside).figure("checks.all") == 0


def test_a_post_of_which_nothing_hangs_on_its_start_may_be_moved_before_the_case() -> None:
    grades = {"grade": {"label": "Grade", "salary": 36_000}}
    data = of_post(case_of(grades=grades, on_costs={"flat_rate": "0%"}), start="2015-05")
    assert "options.team.posts.worker.starts_as_written" not in written(data).model
