"""A schedule of real rates on cash that holds inflation is a problem; without any inflation there is none."""

from __future__ import annotations

import pytest
from small_cases import Data, case_of, option_of

from finmodel.case import ProblemsError, case_from_data
from finmodel.case.checks.real_rates import inflation_held

REAL: Data = {"discounting": {"schedule": "green-book-2026", "deflator": "none"}}


def with_cost(index: str, **names: object) -> Data:
    cost = {"id": "run", "label": "Running", "amount": 1_000, "per": "year", "price_base": "2024/25"}
    return case_of(option_of(costs=[{**cost, "inflation": index}]), first_year="2026/27", years=3, **names)


def with_post(**names: object) -> Data:
    post = {"id": "worker", "title": "Worker", "fte": 1, "grade": "worker"}
    return case_of(option_of(posts=[post]), first_year="2026/27", on_costs={"flat_rate": "30%"}, **names)


@pytest.mark.parametrize(
    ("data", "held"),
    [
        (with_cost("fees", inflation={"fees": "5%"}), "`run` is raised by `fees`"),
        (with_cost("cpi", inflation={"cpi": {"published": "cpi"}}), "`run` is raised by `cpi`"),
        (
            with_post(years=2, pay_awards={"percent": "3%"}, grades={"worker": {"label": "Worker", "salary": 30_000}}),
            "the pay of `worker` rises with the pay awards",
        ),
        (
            with_post(years=2, pay_awards={"percent": "3%"}, grades={"worker": {"label": "Worker", "points": "23-27"}}),
            "the pay of `worker` rises with the pay awards",
        ),
    ],
)
def test_a_real_rate_on_cash_that_holds_inflation_is_a_problem(data: Data, held: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        case_from_data(data | REAL)
    (problem,) = caught.value.problems
    assert problem.where == "discounting.deflator"
    assert "`green-book-2026` are real" in problem.what
    assert held in problem.what


@pytest.mark.parametrize(
    "data",
    [
        with_cost("none"),
        with_cost("fees", inflation={"fees": "0%"}),
        # Prices of 2024/25 brought to those of the first year, and the same ever after.
        with_cost("fees", inflation={"fees": {"by_year": {"2025/26": "3%", "2026/27": "3%", "2027/28": "0%"}}}),
        with_post(years=1, grades={"worker": {"label": "Worker", "points": "23-27"}}),
        with_post(years=2, pay_awards={"percent": "0%"}, grades={"worker": {"label": "Worker", "salary": 30_000}}),
        with_post(years=2, grades={"worker": {"label": "W", "salary": 30_000, "pay_awards_apply": False}}),
    ],
)
def test_a_real_rate_on_cash_without_inflation_is_none(data: Data) -> None:
    assert inflation_held(case_from_data(data | REAL)) == ""


def test_an_index_that_only_an_unused_placement_names_is_no_inflation() -> None:
    home = {"label": "Home", "unit_cost": 10_000, "per": "year", "price_base": "2026/27", "inflation": "fees"}
    assert inflation_held(case_from_data(with_cost("none", inflation={"fees": "5%"}, placements={"home": home}))) == ""


def test_inflation_that_is_taken_out_first_is_no_problem() -> None:
    taken_out = {"discounting": {"schedule": "green-book-2026", "deflator": "fees"}}
    assert case_from_data(with_cost("fees", inflation={"fees": "5%"}) | taken_out).discounting.deflator == "fees"
