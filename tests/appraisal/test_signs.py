"""One rule of signs: costs and savings are positive in their own rows; in the MTFS growth is, and a saving is negative."""

from __future__ import annotations

from pathlib import Path

import pytest
import shipped_cases

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.mtfs import GROWTH, budget_items

INPUTS = Path(__file__).parents[2] / "inputs"


@pytest.fixture(scope="module", params=["darlington-2010", "wolverhampton-2015"])
def appraisal(request: pytest.FixtureRequest) -> Appraisal:
    """Cases of which no row of a cost or a saving is a deduction."""
    return shipped_cases.appraisal_of(request.param)


def test_costs_and_savings_are_positive_in_their_own_rows(appraisal: Appraisal) -> None:
    rows = 0
    for option in appraisal.written.options:
        for item in budget_items(option.own):
            figures = [value or 0 for value in appraisal.results.figures(item.yearly)]
            assert min(figures) >= 0, item.label
            rows += 1
        net, saving, cost = (
            appraisal.results.figures(option.yearly[name]) for name in ("net_saving", "cashable_saving", "cost")
        )
        assert [value or 0 for value in net] == pytest.approx(
            [(s or 0) - (c or 0) for s, c in zip(saving, cost, strict=True)]
        )
    assert rows > 3


def test_in_the_mtfs_growth_is_positive_and_a_saving_negative(appraisal: Appraisal) -> None:
    for option in appraisal.written.options:
        for line in appraisal.written.budget.options[option.option.id].mtfs.lines:
            to_date, change = 0.0, appraisal.results.figures(line.change)
            for value in change:
                to_date += value or 0
                falls_away = "falls away" in line.label
                positive = (line.kind == GROWTH) is not falls_away
                assert to_date >= -0.005 if positive else to_date <= 0.005, line.label
