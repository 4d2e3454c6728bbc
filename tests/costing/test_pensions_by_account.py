"""Pensions: what a certificate charges on pay in the council's account, the primary rate in those that are real.

Rates and Adjustments Certificates: Wolverhampton 21.5% + 1.8% = 23.3% from April 2023 (valuation of 2022), 19.0% − 4.1% =
14.9% from April 2026 (valuation of 2025). Average of the funds, Scheme Advisory Board: 19.8% + 1.3% = 21.1% from 2023.
"""

from __future__ import annotations

from typing import Any

import pytest
from small_cases import GRADE, case_of, of_post, of_worker, results_of

from finmodel.case import ProblemsError, case_from_data
from finmodel.case.checks.warnings import warnings
from finmodel.lines.evaluate import Results

COUNCIL = {"name": "City of Wolverhampton Council", "authority": "E08000031"}
ONLY_PENSION = {"national_insurance": False, "apprenticeship_levy": False}
CERTIFICATE, AVERAGE = {"published": "certificate"}, {"published": "national-average"}
GRADES = {"grade": GRADE, "starter": GRADE | {"salary": 24_000}}


def data_of(pension: Any, post: dict[str, Any] | None = None, *, primary: str = "", **names: Any) -> dict[str, Any]:
    on_costs = ONLY_PENSION | {"employer_pension": pension} | ({"employer_pension_primary": primary} if primary else {})
    case = {"first_year": "2026/27", "council": COUNCIL, "discounting": {"rate": "3.5%", "deflator": "none"}, **names}
    return of_post(case_of(**case, grades=GRADES, on_costs=on_costs), **(post or {}))


def costs(results: Results) -> tuple[list[float | None], list[float | None]]:
    """The option's cost to the council, and to the public sector."""
    return results.figures("options.team.cost"), results.figures("options.team.accounts.public_sector.cost")


def test_the_council_bears_what_its_certificate_charges_and_the_public_sector_the_primary_rate() -> None:
    council, public = costs(results_of(data_of(CERTIFICATE)))
    assert council == pytest.approx([36_000 * 1.149])
    assert public == pytest.approx([36_000 * 1.19])
    council, public = costs(results_of(data_of(CERTIFICATE, first_year="2025/26")))
    assert council == pytest.approx([36_000 * 1.233])
    assert public == pytest.approx([36_000 * 1.215])


def test_the_average_says_that_it_is_of_both_rates_and_has_a_primary_rate_of_its_own() -> None:
    results = results_of(data_of(AVERAGE, first_year="2024/25", council="Anytown Council"))
    council, public = costs(results)
    assert council == pytest.approx([36_000 * 1.211])
    assert public == pytest.approx([36_000 * 1.198])
    assert "average of the funds; primary and secondary rate" in results.model["on_costs.employer_pension"].label


def test_a_named_council_s_certificate_goes_before_the_average_year_by_year() -> None:
    # No certificate of 2022/23 is held: 22.9% on average; then the council's own.
    results = results_of(data_of(AVERAGE, first_year="2022/23", years=2))
    assert of_worker(results, "employer_pension") == pytest.approx([36_000 * 0.229, 36_000 * 0.233])
    label = results.model["on_costs.employer_pension"].label
    assert "the council's certificate and average of the funds" in label


def test_a_stated_rate_may_state_its_primary_rate_and_bears_all_that_is_charged_without() -> None:
    assert costs(results_of(data_of("14.9%"))) == (pytest.approx([36_000 * 1.149]), pytest.approx([36_000 * 1.149]))
    council, public = costs(results_of(data_of("14.9%", primary="19%")))
    assert (council, public) == (pytest.approx([36_000 * 1.149]), pytest.approx([36_000 * 1.19]))


def test_what_comes_with_a_post_has_its_pensions_at_the_primary_rate_too() -> None:
    post = {
        "fte": 4,
        "recruited_per_month": 2,
        "vacancy_factor": "10%",
        "newly_qualified": {"grade": "starter", "months": 1},
        "replaces": [{"id": "old", "title": "Old", "fte": 1, "grade": "starter"}],
        "backfill": [{"id": "cover", "title": "Cover", "fte": 2, "grade": "starter"}],
    }
    council, public = costs(results_of(data_of("14.9%", post, primary="19%")))
    # April: 2 starters, half of what is replaced and covered. May: 2 workers and 2 starters. Then 4 workers.
    pay = [
        0.9 * (2 * 24_000 - 12_000) + 24_000,
        0.9 * (2 * 36_000 + 2 * 24_000 - 24_000) + 48_000,
        *[0.9 * (4 * 36_000 - 24_000) + 48_000] * 10,
    ]
    assert council == pytest.approx([sum(pay) / 12 * 1.149])
    assert public == pytest.approx([sum(pay) / 12 * 1.19])


def test_supplements_that_are_not_pensionable_bear_neither() -> None:
    car = {"id": "car", "label": "Car", "amount": 1_200, "pensionable": False}
    council, public = costs(results_of(data_of(CERTIFICATE, {"supplements": [car]})))
    assert council == pytest.approx([36_000 * 1.149 + 1_200])
    assert public == pytest.approx([36_000 * 1.19 + 1_200])


def test_only_the_change_from_business_as_usual_counts() -> None:
    data = data_of(CERTIFICATE)
    (option,) = data["options"]
    now = {"id": "now", "title": "As now", "posts": option["posts"]}
    both = {**option, "posts": [option["posts"][0] | {"fte": 3}]}
    council, public = costs(results_of(data | {"options": [now, both], "status_quo": "now"}))
    assert council == pytest.approx([2 * 36_000 * 1.149])
    assert public == pytest.approx([2 * 36_000 * 1.19])


def test_a_post_that_takes_over_from_agency_staff_and_one_given_up_have_the_primary_rate_in_the_public_account() -> (
    None
):
    """One post of £36,000 replaces an agency worker of £60,000; another, of business as usual, is given up."""
    data = data_of(CERTIFICATE)
    (option,) = data["options"]
    at = {"price_base": "2026/27", "inflation": "none"}
    agency = {
        "id": "agency", "label": "Agency", "kind": "agency_to_permanent", "posts": 1, "permanent_post": "worker",
        "agency_cost": {"amount": 60_000, **at}, "deadweight": "0%", "optimism_bias": "0%", "cashable": "100%",
    }  # fmt: skip
    given_up = option["posts"][0] | {"id": "given-up", "fte": 2}
    now = {"id": "now", "title": "As now", "posts": [given_up]}
    results = results_of(data | {"options": [now, option | {"savings": [agency]}], "status_quo": "now"})
    council, public = costs(results)
    assert council == pytest.approx([-36_000 * 1.149])
    assert public == pytest.approx([-36_000 * 1.19])
    assert results.figures("options.team.accounts.public_sector.gain") == pytest.approx([60_000])
    # The MTFS is of this council's budget, so what falls away there is at the rate charged.
    assert results.figure("options.team.mtfs.status-quo-posts.given-up.all_years") == pytest.approx(-72_000 * 1.149)


def notes(data: dict[str, Any]) -> list[str]:
    found = warnings(case_from_data(data))
    return [note.what for note in found if note.address[-1] == "employer_pension"]


def test_years_that_were_not_read_and_a_certificate_before_the_average_are_told() -> None:
    assert notes(data_of(CERTIFICATE)) == []
    (unread,) = notes(data_of(CERTIFICATE, years=3))
    assert "2027/28 and 2028/29" in unread
    (before,) = notes(data_of(AVERAGE))
    assert "14.9% of pay in 2026/27" in before


def where(data: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsError) as caught:
        case_from_data(data)
    return [(problem.where, problem.what) for problem in caught.value.problems]


def test_a_certificate_needs_a_council_and_its_years() -> None:
    ((place, what),) = where(data_of(CERTIFICATE, council="Anytown Council"))
    assert place == "on_costs.employer_pension"
    assert "not named by its code" in what
    ((place, what),) = where(data_of(CERTIFICATE, first_year="2022/23"))
    assert "certificate is not published for 2022/23" in what
    ((place, what),) = where(data_of(CERTIFICATE, years=4))
    assert "2029/30" in what
    ((place, _),) = where(data_of(CERTIFICATE, primary="19%"))
    assert place == "on_costs.employer_pension_primary"
