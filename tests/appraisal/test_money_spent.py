"""All money that is spent: capital when it is spent, interest but no MRP; each sum worked by hand."""

from __future__ import annotations

import pytest
from home_case import HOME, RUNNING, home, home_case
from small_cases import option_of, results_of

POUND = 1e-6


@pytest.mark.parametrize("way", ["receipts", "revenue"])
def test_an_outlay_counts_when_it_is_spent_whoever_pays(way: str) -> None:
    found = results_of(home_case())
    # 600,000 + 50,000, then 50,000 a year; the saving is 100,000 a year.
    assert found.figures(f"options.{way}.money_spent") == pytest.approx([650_000, 50_000, 50_000, 50_000])
    assert found.figures(f"options.{way}.net_position") == pytest.approx([-550_000, 50_000, 50_000, 50_000])
    assert found.figures(f"options.{way}.cumulative_net_position") == pytest.approx(
        [-550_000, -500_000, -450_000, -400_000]
    )
    months = found.figures(f"options.{way}.monthly.money_spent")
    assert months[:2] == pytest.approx([600_000 + 50_000 / 12, 50_000 / 12])


def test_capital_is_a_line_of_its_own_and_only_where_there_is_some() -> None:
    found = results_of(home_case())
    assert found.figures("options.receipts.capital_outlay") == pytest.approx([600_000, 0, 0, 0], abs=POUND)
    assert "options.revenue.capital_outlay" not in found.model
    assert found.figures("options.receipts.cost") == pytest.approx([50_000] * 4)


def test_all_money_spent_is_the_change_from_the_status_quo() -> None:
    as_now = option_of(
        "as-now", costs=[{**HOME, "amount": 100_000, "capital": "funded"}, {**RUNNING, "amount": 20_000}]
    )
    found = results_of(home_case(as_now, home("receipts"), home("revenue"), status_quo="as-now"))
    # 650,000 − 120,000 in the first year, 50,000 − 20,000 after it, whether or not the option calls its home capital.
    for way in ("receipts", "revenue"):
        assert found.figures(f"options.{way}.money_spent") == pytest.approx([530_000, 30_000, 30_000, 30_000])
    assert found.figures("options.revenue.capital_outlay") == pytest.approx([-100_000, 0, 0, 0], abs=POUND)
