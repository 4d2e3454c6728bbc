"""Figures as people say them: round, and never so round that they say the opposite of what was found."""

from __future__ import annotations

import pytest

from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.lines.model import Model
from finmodel.lines.periods import FinancialYear, Horizon
from finmodel.results.spoken import bound, holds_while, spoken


def of(unit: str) -> Line:
    model = Model(Horizon(FinancialYear(2026), 1))
    return model.input("figure", "Figure", 1.0, unit, Timeline.ONCE)


# What is stated, where the answer turns, in what unit, and within what it stays: rounded by hand towards what is stated.
BOUNDS = [
    (0.80, [0.839704], "share", "at most 83.9%"),
    (0.70, [0.628113], "share", "at least 62.9%"),
    (318_400, [276_585.38], "£ per child per year", "at least £276,600"),
    (820, [638.88], "£ per child per week", "at least £639"),
    (40_000, [40_295.02], "£ per child per year", "at most £40,200"),
    (14.8, [14.957], "£ per hour", "at most £14.95"),
    (5, [5.464], "FTE", "at most 5.4 FTE"),
    (12, [11.9143], "FTE", "at least 11.92 FTE"),  # 12.0 would be what is stated
    (13, [13.0959], "children", "at most 13.09 children"),  # and so would 13.0
    (0.5, [0.1376], "children", "at least 0.14 children"),
    (4, [3.0], "children", "above 3 children"),  # at 3 itself it turns
    (0.25, [0.10, 0.4071], "share", "above 10% and at most 40.7%"),
    (2, [1.5, 4.0, 9.0], "years", "above 1.5 years and below 4 years"),  # the nearest on either side
    (2, [], "years", ""),
]


@pytest.mark.parametrize(("stated", "turns", "unit", "text"), BOUNDS)
def test_a_bound_is_round_and_on_the_side_of_what_is_stated(
    stated: float, turns: list[float], unit: str, text: str
) -> None:
    assert holds_while(of(unit), stated, tuple(turns)) == text


@pytest.mark.parametrize(
    ("stated", "turn", "text"), [(6, 10.0, "at most 9"), (0, 1.0, "below 1"), (12, 4.0, "at least 4")]
)
def test_months_are_whole_and_a_turn_is_the_first_on_the_far_side(stated: float, turn: float, text: str) -> None:
    assert holds_while(of("number"), stated, (turn,), whole=True) == text


@pytest.mark.parametrize("unit", ["share", "£", "children", "FTE", "factor", "£ per week"])
@pytest.mark.parametrize("scale", [0.004, 0.7, 9.0, 812.5, 40_000.0, 3_400_000.0])
@pytest.mark.parametrize("part", [0.2, 0.95, 0.99999, 1.00001, 1.07, 3.0])
def test_no_bound_reaches_what_is_stated_or_passes_the_turn(unit: str, scale: float, part: float) -> None:
    stated, turn = scale, scale * part
    found = bound(of(unit), turn, up=turn < stated, beyond=stated)
    low, high = sorted((stated, turn))
    assert low - 1e-9 * scale <= found <= high + 1e-9 * scale
    assert found != stated


def test_figures_are_said_with_their_usual_decimals() -> None:
    said = {spoken(of(unit), figure) for unit, figure in [("£", 318_449.0), ("share", 0.62811), ("children", 4.4865)]}
    assert said == {"£318,400", "62.8%", "4.5 children"}
