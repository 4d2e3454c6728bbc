"""What a change would do, against sums by hand and against the case changed by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from finmodel.appraisal.appraise import WrittenModel, write_model
from finmodel.appraisal.input_bounds import InputBounds
from finmodel.appraisal.settings import NotSettableError, Setting, changes_of, setting, settings_of
from finmodel.appraisal.stated_ranges import range_of
from finmodel.case import case_from_data
from finmodel.case.schema_uncertainty import InputRange
from finmodel.uncertainty.answers import answered, ends_of, judged_lines
from finmodel.uncertainty.moving import movable
from finmodel.uncertainty.sweep import ranges
from finmodel.uncertainty.switching import switching_values
from finmodel.uncertainty.tornado import tornado
from finmodel.uncertainty.trials import OneByOne
from finmodel.uncertainty.what_if import at_range_ends, what_if
from tests.small_cases import NO_DEDUCTIONS, case_of, option_of

CHILDREN, PRICE = "options.team.benefits.kept.children_stated", "placements.care.unit_cost"
COST = "options.team.costs.team.amount"


def data(children: Any = 4, price: Any = 10_000, cost: Any = 30_000) -> dict[str, Any]:
    """Two years: each child fewer saves the price a year, the team costs the same each year; nothing rises."""
    benefit = {
        "id": "kept",
        "label": "Children kept at home",
        "children": children,
        "placements": {"care": "100%"},
        "start": "2015-04",
        "end": "2017-03",
        "basis": "forecast",
        **NO_DEDUCTIONS,
    }
    spent = {"id": "team", "label": "The team", "amount": cost, "per": "year", "start": "2015-04", "end": "2017-03"}
    return case_of(
        option_of("as-now"),
        option_of("team", benefits=[benefit], costs=[spent | {"price_base": "2015/16", "inflation": "none"}]),
        years=2,
        discounting={"rate": ["3.5%", "3%"]},
        status_quo="as-now",
        recommended="team",
        placements={
            "care": {"label": "Care", "unit_cost": price, "per": "year", "price_base": "2015/16", "inflation": "none"}
        },
    )


@pytest.fixture(scope="module")
def written() -> WrittenModel:
    return write_model(case_from_data(data()))


def test_the_questions_are_the_case_changed_by_hand(written: WrittenModel) -> None:
    options = judged_lines(written)
    found = {each.id: each.answers[0] for each in what_if(written, options).asked}
    # A third of four children is less than two: 4 - 4/3 and 4 + 4/3.
    for name, changed in (
        ("two-fewer-children", data(children=round(8 / 3, 12))),
        ("two-more-children", data(children=round(16 / 3, 12))),
        ("price-lower", data(price=8_000)),
        ("price-higher", data(price=12_000)),
    ):
        other = write_model(case_from_data(changed))
        by_hand = answered(other, judged_lines(other), [{}])[0][0]
        assert found[name].net == pytest.approx(by_hand.net, abs=1e-6)
        assert found[name].payback_month == by_hand.payback_month
        assert found[name].needed == pytest.approx(by_hand.needed)
    assert found["price-lower"].net == pytest.approx(2 * (4 * 8_000 - 30_000))
    assert found["half-cashable"].net == pytest.approx(2 * (4 * 10_000 / 2 - 30_000))


def test_switching_values_have_their_closed_form_and_reproduce_zero(written: WrittenModel) -> None:
    options = judged_lines(written)
    moved = ranges(written.model, list(movable(written, options)))
    alone = OneByOne(written.model, [each.line for each in moved], options[0].keep)
    found = {(each.range.line.address, each.turn): each for each in switching_values(written, options, moved, alone)}
    assert found[CHILDREN, "payback"].figures == pytest.approx([3.0], rel=1e-9)
    assert found[PRICE, "payback"].figures == pytest.approx([7_500.0], rel=1e-9)
    assert found[COST, "payback"].figures == pytest.approx([40_000.0], rel=1e-9)
    for each in found.values():
        for figure, reached, step in zip(each.figures, each.reached, each.step, strict=True):
            ((_, back),) = alone.work_out([each.range.at(np.array([figure, figure - 1]))])
            measure = options[0].nets(back) if each.turn == "payback" else options[0].impacts(back)
            assert measure[0] == pytest.approx(reached, abs=1e-6)
            if step:  # in whole months: the month before is on the other side
                assert each.range.whole
                assert measure[0] * measure[1] < 0
            else:
                assert measure[0] == pytest.approx(0, abs=0.005)


def test_a_turn_that_is_not_there_is_none() -> None:
    written = write_model(case_from_data(data(cost=1_000_000)))
    options = judged_lines(written)
    moved = [each for each in ranges(written.model, list(movable(written, options))) if each.line.address == PRICE]
    alone = OneByOne(written.model, [each.line for each in moved], ends_of(options))
    assert {each.figures for each in switching_values(written, options, moved, alone)} == {()}


def test_the_tornado_is_a_tenth_either_way_the_longest_first(written: WrittenModel) -> None:
    options = judged_lines(written)
    lines = [written.model[address] for address in (COST, PRICE)]
    bars = tornado(options, lines, {}, OneByOne(written.model, lines, ends_of(options)))["team"]
    assert [bar.line.address for bar in bars] == [PRICE, COST]
    assert (bars[0].at_low, bars[0].at_high) == pytest.approx((2 * (36_000 - 30_000), 2 * (44_000 - 30_000)))


def test_figures_are_read_as_they_are_written(written: WrittenModel) -> None:
    model = written.model
    given = {"£40k": 40_000, "40,000": 40_000, "£1.5 million": 1_500_000}
    assert {text: setting(model, PRICE, text).figure for text in given} == given
    assert setting(model, "options.team.benefits.kept.cashable", "8%").figure == 0.08
    assert setting(model, "discounting.rate.2016/17", "2%").periods == range(1, 2)
    changed = changes_of([setting(model, "discounting.rate.2016/17", "2%")])["discounting.rate"]
    assert changed.tolist() == [0.035, 0.02]


@pytest.mark.parametrize(
    ("address", "text", "what"),
    [
        ("placements.car.unit_cost", "1", "No line of this case has that address"),
        ("options.team.cost", "1", "worked out"),
        ("options.team.benefits.kept.cashable", "120%", "over 100%"),
        (f"{PRICE}.2016/17", "1", "one figure for all years"),
        ("discounting.rate.2031/32", "1%", "does not cover"),
        ("conventions.one_child", "1", "convention"),
    ],
)
def test_what_cannot_be_set_says_why(written: WrittenModel, address: str, text: str, what: str) -> None:
    with pytest.raises(NotSettableError, match=what):
        setting(written.model, address, text)


def test_an_input_is_set_once(written: WrittenModel) -> None:
    found = [each for _, _, each in settings_of(written.model, [(PRICE, "1"), (PRICE, "2")])]
    assert isinstance(found[0], Setting)
    assert isinstance(found[1], NotSettableError)
    assert np.isclose(found[0].figure, 1)


def test_the_ends_of_a_stated_range_are_the_case_changed_by_hand(written: WrittenModel) -> None:
    options, model = judged_lines(written), written.model
    stated = InputRange(input=PRICE, low=9_000, high=13_000)
    found = at_range_ends(written, options, [range_of(stated, model[PRICE], InputBounds(model))])
    assert [(each.end, each.figure) for each in found] == [("low", 9_000), ("high", 13_000)]
    # Two years of four children at the price, less £30,000 a year.
    assert [each.answers[0].net for each in found] == pytest.approx([2 * (36_000 - 30_000), 2 * (52_000 - 30_000)])
    assert at_range_ends(written, options, []) == ()
