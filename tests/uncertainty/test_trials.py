"""Many changed inputs in one run, against closed forms and against each trial alone."""

from __future__ import annotations

from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest

from finmodel.appraisal.appraise import appraise
from finmodel.case import LoadedCase, case_from_data
from finmodel.lines.evaluate import evaluate
from finmodel.lines.expression import LineError, Timeline
from finmodel.lines.line import Origin
from finmodel.lines.model import Model
from finmodel.lines.periods import FinancialYear, Horizon
from finmodel.lines.timing import look_up, total
from finmodel.results.appraised import results
from finmodel.uncertainty import trials
from finmodel.uncertainty.trials import MovedInput, OneByOne, input_of, work_out
from tests.small_cases import case_of, option_of

ORIGIN = Origin("A test")


def model() -> Model:
    """Two years of children times a price, less what a look-up gives; a line that repeats the price."""
    made = Model(Horizon(FinancialYear(2026), 2))
    children = made.input("children", "Children", [3, 5], "children", ORIGIN, timeline=Timeline.YEARS)
    price = made.input("price", "Price", 100, "£ per child", ORIGIN)
    again = made.input("again", "The price again", 100, "£ per child", ORIGIN)
    again.repeat(price, "The same")
    place = made.input("place", "Place", 1, "number", ORIGIN)
    table = [made.input(f"table.{cost}", f"{cost}", cost, "£", ORIGIN) for cost in (50, 70)]
    saving = made.line("saving", "Saving", children * again, "£")
    made.line("net", "Net", total(saving) - look_up(place, table), "£")
    return made


def test_each_trial_has_the_figures_that_arithmetic_gives() -> None:
    changes = [
        {},
        {"price": np.array([110.0])},
        {"children": np.array([2.0, 4.0]), "place": np.array([2.0])},
        {"again": np.array([10.0])},
    ]
    found = work_out(model(), changes, ["saving", "net"], block=3)
    assert found.values["net"].tolist() == [[8 * 100 - 50, 8 * 110 - 50, 6 * 100 - 70, 8 * 10 - 50]]
    assert found.values["saving"].tolist() == [[300, 330, 200, 30], [500, 550, 400, 50]]
    assert found.refused == ("",) * 4


@pytest.mark.parametrize("times", [1, 60])  # few trials, line by line, and many, by steps
def test_a_trial_that_the_model_refuses_stands_alone_with_its_reason(times: int) -> None:
    changes = [{"place": np.array([place])} for place in (1.0, 3.0, 2.0, 2.0, 1.0)] * times
    found = work_out(model(), changes, ["net"])
    assert found.values["net"][0].tolist() == pytest.approx([750, np.nan, 730, 730, 750] * times, nan_ok=True)
    assert [bool(why) for why in found.refused] == [False, True, False, False, False] * times
    assert "a place that the table does not have" in found.refused[1]
    assert found.figure("net", 1) is None


def test_inputs_moved_alone_have_the_figures_that_arithmetic_gives_in_blocks_of_any_size(monkeypatch) -> None:
    for block in (2, 4, 512):  # more than filled by the price alone, and split in the midst of the children
        monkeypatch.setattr(trials, "BLOCK", block)
        made = model()
        prices, more = np.array([[10.0, 20, 30, 40, 50]]), np.array([[1.0, 2, 3], [4, 5, 6]])
        moved = [
            MovedInput(made["children"], more),
            MovedInput(made["again"], prices),
            MovedInput(made["place"], np.array([[2.0]])),
        ]
        found = np.full(9, np.nan)
        for places, some in OneByOne(made, [each.line for each in moved], ["net"]).work_out(moved):
            found[places] = some.values["net"][0]
        assert found.tolist() == [450, 650, 850, 30, 110, 190, 270, 350, 730]


def test_inputs_moved_alone_leave_those_that_may_move_too_as_stated() -> None:
    made = model()
    alone = OneByOne(made, [made["children"], made["price"], made["place"]], ["saving", "net"])
    for line, values, nets in (  # one after the other, by the steps that are written once for all three
        ("price", [[110.0, 120.0]], [8 * 110 - 50, 8 * 120 - 50]),
        ("children", [[2.0, 3.0], [4.0, 5.0]], [6 * 100 - 50, 8 * 100 - 50]),
        ("place", [[2.0, 1.0]], [8 * 100 - 70, 8 * 100 - 50]),
        ("price", [[10.0]], [8 * 10 - 50]),
    ):
        ((_, found),) = alone.work_out([MovedInput(made[line], np.array(values))])
        assert found.values["net"].tolist() == [nets]
        if line == "place":
            assert found.values["saving"].tolist() == [[300, 300], [500, 500]]


@pytest.mark.parametrize("times", [1, 150])  # few draws, line by line, and many, by steps
def test_a_long_sum_is_added_in_its_order_whichever_of_its_terms_move(times: int) -> None:
    """0.1 + 0.2 + 0.3 is another number than 0.1 + (0.2 + 0.3), so the order shows."""
    made = Model(Horizon(FinancialYear(2026), 2))
    stated = [0.1, 0.2, 0.3, [0.4, 0.7], 0.5, 1e15]
    terms = [
        made.input(f"t{at}", "A term", each, "£", ORIGIN, timeline=Timeline.YEARS if at == 3 else Timeline.ONCE)
        for at, each in enumerate(stated)
    ]
    made.line("sum", "Sum", terms[0] + terms[1] + terms[2] + terms[3] + terms[4] + terms[5], "£")
    for first, other in combinations(range(6), 2):
        drawn = {f"t{at}": np.array([[0.7, 1e16] * times] * (2 if at == 3 else 1)) for at in (first, other)}
        found = evaluate(made, drawn).values["sum"]
        for year, draw in product(range(2), range(2)):
            numbers = [(0.7, 1e16)[draw] if at in (first, other) else each for at, each in enumerate(stated)]
            total_ = 0.0
            for number in numbers:
                total_ += number[year] if isinstance(number, list) else number
            assert found[year, draw] == total_


def test_without_a_change_every_trial_is_the_case_itself() -> None:
    found = work_out(model(), [{}, {}], ["net"])
    assert found.values["net"].tolist() == [[750, 750]]
    assert work_out(model(), [], ["net"]).refused == ()


def test_what_is_worked_out_is_no_input_to_change() -> None:
    assert input_of(model(), "again").address == "price"
    with pytest.raises(LineError, match="net is not an input"):
        input_of(model(), "net")


def test_a_case_in_which_no_input_can_be_moved_has_its_report() -> None:
    """Two options without a post, a cost or a saving: nothing is tried, and nothing fails."""
    appraisal = appraise(LoadedCase(case_from_data(case_of(option_of("as-now"), option_of("other"))), Path("none"), ()))
    found = results(appraisal).uncertainty
    assert found is not None
    assert [each.tornado for each in found.options] == [(), ()]
    assert all(not each.turns for each in found.switching_values)
