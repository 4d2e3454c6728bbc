"""Borrowing that business as usual needs too: what falls after the years shown is the change from it."""

from __future__ import annotations

import pytest
from home_case import HOME, home, home_case
from small_cases import option_of, results_of

ROOF = HOME | {
    "id": "roof",
    "label": "Roof",
    "amount": 100_000,
    "start": "2027-04",
    "capital": "borrowed",
    "financing": {"life_years": 10, "rate": "5%"},
}


@pytest.mark.parametrize("usual_first", [True, False])
def test_what_falls_after_the_years_shown_is_less_what_business_as_usual_would_owe(usual_first: bool) -> None:
    """Roof: 8 of 10 instalments of 10,000 are left, and 5% of 80,000, 70,000 … 10,000: 98,000. Home: 831,600."""
    options = [option_of("usual", role="business_as_usual", costs=[ROOF]), home("borrowed")]
    found = results_of(home_case(*(options if usual_first else reversed(options))))
    after = "options.borrowed.capital_funding"
    assert found.figure(f"{after}.charges_after") == pytest.approx(831_600 - 98_000, abs=1e-6)
    # The last year's pound is worth 1 ÷ 1.035³, and each year after is discounted by 3.5% more.
    homes = sum((24_000 + 1_200 * left) / 1.035 ** (26 - left) for left in range(22, 0, -1))
    roofs = sum((10_000 + 500 * left) / 1.035 ** (12 - left) for left in range(8, 0, -1))
    assert found.figure(f"{after}.present_value_after") == pytest.approx(homes - roofs, abs=1e-6)
    assert found.figure("options.usual.capital_funding.charges_after") == 0
    # 20,000, −4,000, −2,800, −1,600, and the roof's 5,000, 15,000, 14,500 that business as usual bears from 2027/28
    assert found.figures("options.borrowed.net_saving") == pytest.approx([20_000, 1_000, 12_200, 12_900], abs=1e-6)
