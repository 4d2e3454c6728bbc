"""Capital: MRP and interest of borrowed outlays against sums done by hand, and what falls after the years shown."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from small_cases import NO_DEDUCTIONS, case_of, option_of, results_of

from finmodel.lines.evaluate import Results

HOME: dict[str, Any] = {
    "id": "home",
    "label": "Home",
    "amount": 600_000,
    "per": "once",
    "price_base": "2026/27",
    "inflation": "none",
    "start": "2026-04",
}
BORROWED = HOME | {"capital": "borrowed", "financing": {"life_years": 25, "rate": "5%"}}
RUNNING = {
    "id": "run",
    "label": "Running",
    "amount": 50_000,
    "per": "year",
    "price_base": "2026/27",
    "inflation": "none",
}
ONE_CHILD = {"id": "x", "label": "One child", "children": 1, "placements": {"flat": "100%"}, **NO_DEDUCTIONS}
PLACEMENT = {
    "label": "Placement",
    "unit_cost": 100_000,
    "per": "year",
    "price_base": "2026/27",
    "inflation": "none",
}


def of_home(cost: dict[str, Any], years: int = 4, **names: Any) -> Results:
    """A home, £50,000 a year to run it, and one child at £100,000 a year."""
    option = option_of(costs=[cost, RUNNING], benefits=[ONE_CHILD])
    names.setdefault("discounting", {"schedule": "green-book-2026", "deflator": "none"})
    return results_of(case_of(option, first_year="2026/27", years=years, placements={"flat": PLACEMENT}, **names))


def about(values: list[float]) -> Any:
    return pytest.approx(values, rel=1e-12, abs=1e-6)


def test_a_home_borrowed_for_in_april() -> None:
    """Interest 30,000 in the first year; then MRP of 600,000 ÷ 25 = 24,000, and 5% of 600,000, 576,000, 552,000."""
    found = of_home(BORROWED)
    home = "options.team.costs.home"
    assert found.figures(f"{home}.outlay") == about([600_000, 0, 0, 0])
    assert found.figures(f"{home}.mrp") == about([0, 24_000, 24_000, 24_000])
    assert found.figures(f"{home}.interest") == about([30_000, 30_000, 28_800, 27_600])
    assert found.figures("options.team.net_saving") == about([20_000, -4_000, -2_800, -1_600])
    # 20,000 − 4,000/1.035 − 2,800/1.035² − 1,600/1.035³ = 12,078
    assert round(found.figure("options.team.measures.net_present_value") or 0) == 12_078


def test_interest_runs_from_the_month_of_the_outlay() -> None:
    """£120,000 in December at 5% over two years: £500 a month for four months; then MRP 60,000 and interest 6,000."""
    cost = BORROWED | {"amount": 120_000, "start": "2026-12", "financing": {"life_years": 2, "rate": "5%"}}
    found, home = of_home(cost), "options.team.costs.home"
    assert found.figures(f"{home}.monthly.interest")[:12] == about([0] * 8 + [500] * 4)
    assert found.figures(f"{home}.interest") == about([2_000, 6_000, 3_000, 0])
    assert found.figures(f"{home}.mrp") == about([0, 60_000, 60_000, 0])
    assert found.figures(f"{home}.cost") == about([2_000, 66_000, 63_000, 0])
    assert found.figure(f"{home}.charges_after") == 0


def test_a_full_year_of_borrowing_is_the_first_full_one() -> None:
    """MRP of 24,000 and interest of 30,000, next to £50,000 to run the home."""
    assert of_home(BORROWED).figures("options.team.full_year_effect") == about([104_000] * 4)


def test_by_annuity_mrp_and_interest_are_the_same_every_year() -> None:
    """100,000 at 5% over two years: 100,000 × 0.05 ÷ (1 − 1.05⁻²) = 53,780.49, of which MRP 100,000 ÷ 2.05."""
    cost = BORROWED | {"amount": 100_000, "financing": {"life_years": 2, "rate": "5%", "mrp": "annuity"}}
    found, home = of_home(cost), "options.team.costs.home"
    assert found.figures(f"{home}.mrp") == about([0, 100_000 / 2.05, 105_000 / 2.05, 0])
    assert found.figures(f"{home}.cost") == about([5_000, 53_780.487805, 53_780.487805, 0])
    assert found.figures("options.team.full_year_effect") == about([103_780.487805] * 4)


@pytest.mark.parametrize("method", ["equal-instalments", "annuity"])
@pytest.mark.parametrize("rate", ["5%", "0%", "0.01%"])
@pytest.mark.parametrize(("years", "start"), [(4, "2026-04"), (2, "2027-11"), (10, "2026-09"), (1, "2027-03")])
def test_what_falls_after_the_years_shown_is_the_rest_of_the_schedule(
    method: str, rate: str, years: int, start: str
) -> None:
    """Against the whole schedule, year by year in fractions: balance, MRP, interest; life 7 years."""
    financing = {"life_years": 7, "rate": rate, "mrp": method}
    found = of_home(BORROWED | {"start": start, "financing": financing}, years)
    r, balance, year = Fraction(rate.removesuffix("%")) / 100, Fraction(600_000), int(start[:4])
    year -= 1 if start[5:] < "04" else 0
    payment = balance * r / (1 - (1 + r) ** -7) if r else balance / 7
    mrp, interest = Fraction(0), Fraction(0)
    for each in range(1, 8):
        repaid = Fraction(600_000, 7) if method == "equal-instalments" else payment - balance * r
        if year + each >= 2026 + years:
            mrp, interest = mrp + repaid, interest + balance * r
        balance -= repaid
    home = "options.team.costs.home"
    assert found.figure(f"{home}.mrp_after") == pytest.approx(float(mrp), abs=1e-4)
    assert found.figure(f"{home}.interest_after") == pytest.approx(float(interest), abs=1e-4)
    assert found.figure(f"{home}.charges_after") == pytest.approx(float(mrp + interest), abs=1e-4)
