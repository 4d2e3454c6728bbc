"""A range beside its figure is the one that an address names: the same draws, the same checks; and its centre moves."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from small_cases import case_of, option_of
from test_simulate import CHILDREN, PRICE, ROOM, TRAINING, data

from finmodel.appraisal.appraise import appraise
from finmodel.appraisal.stated_ranges import RangeInCase, unfit_ranges
from finmodel.audit.adopting.adoption import adopt
from finmodel.audit.adopting.setting import with_settings
from finmodel.case import LoadedCase, ProblemsError, case_from_data, load_case
from finmodel.case.schema_uncertainty import InputRange
from finmodel.case.workbook.files import write_workbook
from finmodel.document.explanation import as_text
from finmodel.lines.explain import explain
from finmodel.lines.expression import Expression
from finmodel.lines.line import Line, Origin
from finmodel.lines.model import Model
from finmodel.report.range_words import with_ranges
from finmodel.report.workbook import layout_of, render_workbook
from finmodel.results.set_inputs import set_inputs
from finmodel.uncertainty.simulate import SimulationPlan, simulate

Data = dict[str, Any]
LISTED: list[Data] = [
    {"input": PRICE, "low": 30_000, "central": 40_000, "high": 55_000, "note": "By the framework"},
    {"input": CHILDREN, "shape": "uniform", "stated_as": "factor", "low": 0.5, "high": 1.5},
    {"input": TRAINING, "shape": "normal", "deviation": 5_000},
    {"input": ROOM, "shape": "discrete", "values": [30_000, 60_000], "chances": ["60%", "40%"]},
]
GROUP = [{"inputs": [PRICE, TRAINING], "ranks": [[1, 0.5], [0.5, 1]]}]


def at_figures(**others: Any) -> Data:
    """The same four ranges, each beside its figure; others: what stands there instead."""
    case = data([])
    (option,) = case["options"]
    price = {"low": "£30,000", "central": "£40,000", "high": "£55,000", "note": "By the framework"}
    case["placements"]["fostering"]["unit_cost"] = others.get("price", price)
    children = {"value": 4, "shape": "uniform", "stated_as": "factor", "low": 0.5, "high": 1.5}
    option["benefits"][0]["children"] = others.get("children", children)
    training, room = option["costs"]
    training["amount"] = others.get("training", {"value": 50_000, "shape": "normal", "deviation": 5_000})
    ranged = {"value": 30_000, "shape": "discrete", "values": [30_000, 60_000], "chances": ["60%", "40%"]}
    room["amount"] = others.get("room", ranged)
    return case | {"uncertainty": {"correlations": GROUP}} | others.get("case", {})


def loaded(case: Data, folder: Path) -> LoadedCase:
    (folder / "case.yaml").write_text(json.dumps(case), encoding="utf-8")
    return load_case(folder)


def test_explain_says_what_range_an_input_states(tmp_path: Path) -> None:
    appraisal = appraise(loaded(at_figures(), tmp_path))
    said = {
        address: with_ranges(appraisal, explain(appraisal.results, appraisal.written.model[address], 0)).ranged
        for address in (PRICE, CHILDREN, TRAINING, ROOM)
    }
    assert said == {
        PRICE: "triangular, £30,000.00 to £55,000.00; By the framework",
        CHILDREN: "uniform, 0.5 to 1.5; times what is stated, in every period",
        TRAINING: "normal, standard deviation £5,000.00",
        ROOM: "discrete, £30,000.00 (60%), £60,000.00 (40%)",
    }
    (net,) = (
        line for line in appraisal.written.model if line.address.endswith(".team.measures.net_present_budget_impact")
    )
    text = as_text(with_ranges(appraisal, explain(appraisal.results, net, 0)))
    assert text.count("range stated: triangular, £30,000.00 to £55,000.00; By the framework") == 1


def told(case: Data, folder: Path) -> list[str]:
    with pytest.raises(ProblemsError) as raised:
        appraise(loaded(case, folder))
    return [str(problem) for problem in raised.value.problems]


def test_a_range_at_its_figure_is_drawn_as_one_by_address(tmp_path: Path) -> None:
    listed, beside = (appraise(loaded(case, tmp_path)) for case in (data(LISTED, GROUP), at_figures()))
    plan = SimulationPlan(draws=500)
    one, other = simulate(listed, plan), simulate(beside, plan)
    assert one is not None
    assert other is not None
    assert one.options == other.options
    assert one.moved_together == other.moved_together
    assert {each.input: each for each in one.ranges} == {each.input: each for each in other.ranges}
    central = appraise(loaded(data([]), tmp_path))
    measure = "options.team.measures.net_present_budget_impact"
    assert beside.results.figure(measure) == central.results.figure(measure)
    assert beside.results.figure(measure) == pytest.approx(4 * 40_000 - 50_000 - 30_000)


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"price": {"low": 30_000, "high": 55_000}}, "no central figure, which is the one that the case takes"),
        ({"price": {"low": 45_000, "central": 40_000, "high": 55_000}}, "40000, is outside its own range, from 45000"),
        ({"price": {"low": -1, "central": 40_000, "high": 55_000}}, "unit_cost.low: Money cannot be negative here"),
        ({"price": {"central": 40_000}}, "a central figure, and no range around it"),
        ({"price": {"central": 40_000, "value": 40_000, "low": 1, "high": 2}}, "Both `value` and `central` are given"),
        ({"price": {"central": 40_000, "low": 30_000}}, "high"),
        ({"price": {"central": 40_000, "low": 30_000, "high": 50_000, "deviation": 3}}, "`deviation` is not used with"),
        ({"price": {"central": 40_000, "low": 30_000, "high": 50_000, "shape": "bell"}}, "no word for `shape`"),
        ({"children": {"value": 4, "low": [2], "high": 5}}, "`low` is more than one figure"),
        ({"case": {"title": {"low": 1, "central": 2, "high": 3}}}, "Text is needed here"),
        ({"case": {"years": {"low": 1, "central": 1, "high": 3}}}, "A whole number has no range beside it"),
        ({"case": {"uncertainty": {"ranges": [LISTED[0]]}}}, "a range already, in uncertainty.ranges[1]"),
        (
            {"case": {"growth_in_base_budget": {"central": 1, "low": 0, "high": 2}}},
            "is no input of the model by itself",
        ),
    ],
)
def test_what_is_wrong_with_a_range_at_a_figure_is_said_there(others: Data, words: str, tmp_path: Path) -> None:
    assert any(words in each for each in told(at_figures(**others), tmp_path))


def test_it_goes_through_the_workbook_to_fill_in(tmp_path: Path) -> None:
    before = loaded(at_figures(), tmp_path)
    write_workbook(tmp_path / "case.xlsx", before.data)
    assert load_case(tmp_path / "case.xlsx").data == before.data


CENTRES = [
    (f"{PRICE}=45000", 45_000, True),
    (f"{PRICE}=60000", 60_000, False),  # beyond £55,000
    (f"{CHILDREN}=9", 9, True),  # a factor goes with its figure
    (f"{TRAINING}=10000", 10_000, True),  # without ends
    (f"{ROOM}=60000", 60_000, True),  # the other of the two
    (f"{ROOM}=45000", 45_000, False),
]


@pytest.mark.parametrize("case", [data(LISTED, GROUP), at_figures()], ids=["by address", "at figures"])
@pytest.mark.parametrize(("text", "figure", "stays"), CENTRES)
def test_a_figure_that_is_set_is_the_centre_of_a_range_that_holds_it(
    case: Data, text: str, figure: float, stays: bool, tmp_path: Path
) -> None:
    address = text.partition("=")[0]
    after = with_settings(loaded(case, tmp_path), [text])
    appraisal = appraise(after)
    assert appraisal.results.figure(address) == figure
    ranged = {each.stated.input: each.stated for each in appraisal.written.ranges}
    assert (address in ranged) == stays
    assert len(ranged) == (4 if stays else 3)
    said = set_inputs(appraisal.case)  # the words of page, paper, workbook and terminal
    assert said is not None
    assert ("the range is left out, and nothing of it is drawn" in said.words) != stays
    assert bool(said.inputs[0].range_left_out) != stays
    together = appraisal.case.uncertainty.correlations if appraisal.case.uncertainty else ()
    assert bool(together) == (stays or address not in GROUP[0]["inputs"])


@pytest.mark.parametrize(("price", "stays"), [(45_000, True), (60_000, False)])
def test_adopt_keeps_the_same_rule(price: float, stays: bool, tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    appraisal = appraise(loaded(at_figures(), tmp_path))
    sheet, _, cell = layout_of(appraisal).typed[PRICE].replace("$", "").partition("!")
    book = openpyxl.load_workbook(BytesIO(render_workbook(appraisal)))
    book[sheet.strip("'")][cell] = price
    book.save(path)
    adoption = adopt(path)
    assert adoption.new is not None
    cost = adoption.new.data["placements"]["fostering"]["unit_cost"]
    kept = {"low": "£30,000", "central": "£45,000", "high": "£55,000"} if stays else {"value": "£60,000"}
    assert cost == {**kept, "note": "By the framework"}
    assert any("the range is left out" in note for note in adoption.notes) != stays


@pytest.mark.parametrize(
    ("worth", "refused"),
    [
        (lambda stated, price: price / stated, True),
        (lambda stated, price: price + price * (price / stated), True),  # in a part of a rule
        (lambda stated, price: stated / price, False),  # the divisor does not move
        (lambda stated, price: price, False),  # it moves nothing
    ],
)
def test_a_range_at_whose_end_something_is_divided_by_zero_is_a_problem(
    worth: Callable[[Line, Line], Expression], refused: bool
) -> None:
    case = case_from_data(case_of(option_of()))
    model = Model(case.horizon)
    stated, price = (model.input(name, name, 2, "number", Origin("A paper")) for name in ("stated", "price"))
    model.line("beside", "Behind no measure", price / stated, "number")
    found = model.line("worth", "Worth", worth(stated, price), "number")
    model.line("options.team.measures.net_present_budget_impact", "Net", found + found, "number")
    ends = InputRange.model_validate({"input": "stated", "low": 0, "high": 4})
    faults = list(unfit_ranges(case, model, [RangeInCase(ends, ("uncertainty", "ranges", 0))]))
    assert [each.what for each in faults] == (
        ["At 0 the model has no answer: worth: a division by zero"] if refused else []
    )
