"""Oxfordshire's paper of September 2014: 416, 463, 519; where they lead by March 2015; every figure by hand.

Days: 31 March 2013 to 31 March 2014 is 365, to 1 September 2014 another 154 (30 + 31 + 30 + 31 + 31 + 1), and from there
to 31 March 2015 it is 211 (29 + 31 + 30 + 31 + 31 + 28 + 31).
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from recalculation import by_ironcalc, disagreements
from shipped_demand import appraisal_of, demand_of

from finmodel.report.workbook import formula_cells, render_workbook

appraised = partial(appraisal_of, "oxfordshire-2014")
demand = partial(demand_of, "oxfordshire-2014")


def least_squares(days: list[float], children: list[float]) -> tuple[float, float, float]:
    """Slope, mean day, mean number, by the textbook."""
    mean_day, mean = sum(days) / len(days), sum(children) / len(children)
    above = sum((day - mean_day) * (count - mean) for day, count in zip(days, children, strict=True))
    return above / sum((day - mean_day) ** 2 for day in days), mean_day, mean


SLOPE, MEAN_DAY, MEAN = least_squares([0, 365, 519], [416, 463, 519])
LATER, LATER_DAY, LATER_MEAN = least_squares([0, 365, 548], [416, 463, 519])  # September as its 30th
EXPECTED = {
    "no-change": (519, "519.0"),
    "least-squares": (MEAN + SLOPE * (730 - MEAN_DAY), "546.9"),
    "anchored": (519 + SLOPE * 211, "558.2"),
    "last-slope": (519 + (519 - 463) / 154 * 211, "595.7"),
    "half-years": (519 + (519 - 463) / 6 * 6, "575.0"),
    "least-squares-month-end": (LATER_MEAN + LATER * (730 - LATER_DAY), "542.4"),
    "anchored-month-end": (519 + LATER * 182, "551.7"),
    "last-slope-month-end": (519 + (519 - 463) / 183 * 182, "574.7"),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_each_way_of_going_on_leads_where_the_sum_does(name: str) -> None:
    found = next(each for each in demand().projections if each.id == name)
    exact, printed = EXPECTED[name]
    assert found.at_year_end[-1] == pytest.approx(exact, abs=1e-9)
    assert f"{found.at_year_end[-1]:.1f}" == printed
    assert found.monthly[:5] == (None,) * 5  # April to August are before 1 September


def test_no_change_is_the_baseline_and_came_nearest_to_what_came_to_be() -> None:
    (outturn,) = demand().outturns
    assert (outturn.children, outturn.nearest, demand().baseline) == (510, ("no-change",), "no-change")
    errors = {each.id: each.error for each in outturn.errors}
    assert errors["no-change"] == 9
    assert errors["last-slope"] == pytest.approx(519 + 56 / 154 * 211 - 510)


def test_rates_stand_with_the_population_they_are_of() -> None:
    rates = {rate.population: f"{rate.rate:.1f}" for rate in demand().last.rates if rate.rate is not None}
    assert sorted(rates.values()) == ["37.3", "37.4"]  # 519 × 10,000 ÷ 138,956 = 37.35−; ÷ 138,667 = 37.43
    first = [rate.rate for rate in demand().observations[0].rates]
    assert [f"{rate:.1f}" for rate in first if rate is not None] == ["30.0", "29.9"]


def test_two_sources_of_one_day_are_both_kept_and_the_exact_day_serves() -> None:
    last = demand().last
    assert (last.day, last.earliest, last.latest) == ("2014-09-01", "2014-09-01", "2014-09-30")
    assert [(other.children, other.date) for other in last.others] == [
        (519, "30 September 2014 (known: September 2014)")
    ]
    assert demand().observations[0].words == "31 March 2013 (known: March 2013)"


def test_stock_and_flow_say_how_many_left() -> None:
    (flow,) = demand().flows  # the first quarter of 2014/15 has no count at its end, so nothing can be closed there
    assert (flow.opening, flow.entries, flow.leavers, flow.closing) == (416, 298, 416 + 298 - 463, 463)
    assert flow.leavers_implied
    assert flow.gap is None


def test_costs_avoided_by_four_conventions() -> None:
    """Against 519, with the actual on a straight line from 519 on 1 September to 510 on 31 March."""
    found = demand().avoided
    assert found is not None
    fall = [9 * days / 211 for days in (29, 60, 90, 121, 152, 180, 211)]  # at the ends of September to March
    middle = sum((before + after) / 2 for before, after in pairwise(fall)) / 12
    years = {each.id: each.total_child_years for each in found.conventions}
    assert years["from_the_start"] == pytest.approx(9 * 6 / 12)
    assert years["by_the_middle"] == pytest.approx(middle)
    assert years["at_the_end"] == pytest.approx(fall[0] * 6 / 12)
    assert years["run_rate"] == pytest.approx(9)
    for each in found.conventions:
        assert each.total == pytest.approx(years[each.id] * 40_000)
    assert found.total_cashable is None  # the case states no growth in the base budget


def test_the_workbook_recalculates_to_the_same(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(render_workbook(appraised()))
    expected = list(formula_cells(appraised()))
    assert len(expected) > 300
    assert disagreements(expected, by_ironcalc(path)) == []
