"""A case may begin in any year; what is published is asked for only where something is priced with it."""

from __future__ import annotations

import pytest
from small_cases import NO_DEDUCTIONS, Data, case_of, of_post, option_of, results_of

from finmodel.case import ProblemsError, case_from_data

LONG_AGO = "1985/86"
PRICED: Data = {"price_base": LONG_AGO, "inflation": "none"}


def test_a_case_without_published_rates_may_begin_in_any_year() -> None:
    cost = {"id": "run", "label": "Running", "amount": 1_000, "per": "year", **PRICED}
    home = {"label": "Home", "unit_cost": 6_000, "per": "year", **PRICED}
    benefit = {"id": "one", "label": "One", "children": 1, "placements": {"home": "100%"}, **NO_DEDUCTIONS}
    data = case_of(option_of(costs=[cost], benefits=[benefit]), first_year=LONG_AGO, years=2, placements={"home": home})
    # 6,000 − 1,000 in each of two years.
    assert results_of(data).figures("options.team.net_saving") == pytest.approx([5_000, 5_000])


def test_a_post_with_stated_salary_and_flat_rate_may_be_paid_in_any_year() -> None:
    grade = {"label": "Worker", "salary": 9_000, "pay_awards_apply": False}
    data = case_of(option_of(), first_year=LONG_AGO, grades={"grade": grade}, on_costs={"flat_rate": "20%"})
    assert results_of(of_post(data)).figures("options.team.cost") == pytest.approx([9_000 * 1.2])


@pytest.mark.parametrize(
    ("names", "where", "what"),
    [
        (
            {"grades": {"grade": {"label": "G", "points": "28-30"}}, "on_costs": {"flat_rate": "20%"}},
            "grades.grade.points",
            "published from April 2009",
        ),
        (
            {
                "grades": {"grade": {"label": "G", "salary": 9_000, "pay_awards_apply": False}},
                "on_costs": {"employer_pension": "15%"},
            },
            "on_costs",
            "National Insurance is published from April 2008",
        ),
    ],
)
def test_a_published_rate_before_it_was_published_is_a_problem(names: Data, where: str, what: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        case_from_data(of_post(case_of(option_of(), first_year=LONG_AGO, **names)))
    assert [problem.where for problem in caught.value.problems] == [where]
    assert what in caught.value.problems[0].what
    assert "April 1985" in caught.value.problems[0].what


def test_an_index_that_is_not_published_so_early_is_a_problem() -> None:
    cost = {"id": "run", "label": "Running", "amount": 1_000, "per": "year", "price_base": LONG_AGO, "inflation": "cpi"}
    data = case_of(option_of(costs=[cost]), first_year=LONG_AGO, years=2, inflation={"cpi": {"published": "cpi"}})
    with pytest.raises(ProblemsError, match="not published for 198"):
        case_from_data(data)
