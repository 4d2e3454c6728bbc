"""Inputs set for a what-if: the case in memory gives what the model gives with these figures typed in."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shipped_cases
from small_cases import Data, case_of, option_of

from finmodel.appraisal.appraise import appraise, write_model
from finmodel.audit.adopting.setting import with_settings
from finmodel.case import LoadedCase, ProblemsError, load_case
from finmodel.lines.evaluate import evaluate

EXAMPLE = "example-2026"
FOSTERING = "placements.fostering.unit_cost"
SET = {FOSTERING: 900.0, "options.team.delay_months": 2.5, "options.team.benefits.entries.deadweight": 0.3}


def test_a_case_with_inputs_set_is_the_model_with_them_typed_in() -> None:
    before = shipped_cases.appraisal_of(EXAMPLE)
    texts = (f"{FOSTERING}=£900", "options.team.delay_months=2.5", "options.team.benefits.entries.deadweight=30%")
    after = appraise(with_settings(before.loaded, texts))
    typed = evaluate(before.written.model, {address: [[figure]] for address, figure in SET.items()})
    for line in before.written.model:
        assert np.allclose(typed[line], after.results[line.address], rtol=1e-9, atol=1e-9, equal_nan=True), line.address
    assert [(each.input, each.now) for each in after.case.what_if] == [
        (FOSTERING, "£900.00"),
        ("options.team.delay_months", "2.5"),
        ("options.team.benefits.entries.deadweight", "30%"),
    ]
    assert after.case.what_if[1].words.endswith("(options.team.delay_months) is 2.5 here; the case states 0.")


def test_what_is_set_is_no_longer_drawn_from_a_range() -> None:
    stated = shipped_cases.appraisal_of(EXAMPLE).loaded
    set_ = with_settings(stated, [f"{FOSTERING}=1,000"]).case  # beyond its own range, which ends at 960
    assert stated.case.uncertainty is not None
    assert set_.uncertainty is not None
    others = {each.input for each in stated.case.uncertainty.ranges} - {FOSTERING}
    assert {each.input for each in set_.uncertainty.ranges} == others
    assert set_.uncertainty.correlations == ()  # the one that there was named it


def test_every_problem_of_what_is_set_comes_at_once() -> None:
    given = ["placements.fostering.unit_costs=900", f"{FOSTERING}=dear", "900", "on_costs.employer_pension=18%"]
    with pytest.raises(ProblemsError) as raised:
        with_settings(shipped_cases.appraisal_of(EXAMPLE).loaded, given)
    said = [str(problem) for problem in raised.value.problems]
    assert len(said) == 3  # the rate of the employer's pension can be set
    assert any("placements.fostering.unit_costs=900" in each and f"{FOSTERING}" in each for each in said)
    assert any(f"{FOSTERING}=dear" in each for each in said)
    assert any("names no input and a figure" in each for each in said)


def fewer(name: str, children: object, **names: object) -> Data:
    """An option that keeps so many children out of care, as a case states them."""
    benefit = {"id": "fewer", "label": "Fewer in care", "children": children, "placements": {"care": "100%"}}
    return option_of(
        name, benefits=[benefit | {"deadweight": "0%", "optimism_bias": "0%", "cashable": "100%"}], **names
    )


def stated(folder: Path, **names: object) -> LoadedCase:
    """Two options over four years: 2, 4, 6 and 8 children fewer, and half as many throughout."""
    care = {"label": "Care", "unit_cost": 50_000, "per": "year", "price_base": "2015/16", "inflation": "none"}
    options = fewer("growing", [2, 4, 6, 8]), fewer("steady", 2.5, delay_months=1)
    case = case_of(*options, years=4, recommended="growing", placements={"care": care}, **names)
    (folder / "case.yaml").write_text(json.dumps(case), encoding="utf-8")
    return load_case(folder)


def test_a_question_moves_every_input_of_every_option_in_proportion(tmp_path: Path) -> None:
    """They average five a year, so ten are twice as many in every year, and of the other option too."""
    loaded = stated(tmp_path)
    before, after = appraise(loaded), appraise(with_settings(loaded, ["children=10"]))
    for option, children in (("growing", [4, 8, 12, 16]), ("steady", [5])):
        line = f"options.{option}.benefits.fewer.children_stated"
        assert after.results[line][::12, 0] == pytest.approx(children)
    (kept,) = after.case.what_if
    assert (kept.input, kept.was, kept.now) == ("children", "5 children", "10 children")
    assert kept.label == "Children fewer in care, on average (if it starts as stated; all options in proportion)"
    assert kept.words == f"{kept.label} (children) is 10 children here; from the case as stated it is 5 children."
    assert after.case.placements == before.case.placements


def test_a_late_start_makes_every_option_as_many_months_later(tmp_path: Path) -> None:
    found = appraise(with_settings(stated(tmp_path), ["late=6", "price=£60k"])).results
    assert found.figure("options.growing.delay_months") == 6
    assert found.figure("options.steady.delay_months") == 7
    assert found.figure("placements.care.unit_cost") == 60_000


def test_a_late_start_says_that_drop_off_is_taken_in_april(tmp_path: Path) -> None:
    """A child at £12,000 a year of whose effect half is lost each April, over two years: from March on it saves £1,000
    and twelve months at half, £7,000; a month later, from April on, twelve months in full, £12,000."""
    care = {"label": "Care", "unit_cost": 12_000, "per": "year", "price_base": "2015/16", "inflation": "none"}
    option = fewer("team", 1)
    option["benefits"][0]["drop_off"] = "50%"
    case = case_of(option, years=2, placements={"care": care})
    (tmp_path / "case.yaml").write_text(json.dumps(case), encoding="utf-8")
    loaded = load_case(tmp_path)
    for late, saving in ((11, 7_000), (12, 12_000)):
        found = appraise(with_settings(loaded, [f"late={late}"]))
        assert found.results.figure("options.team.measures.total_saving") == pytest.approx(saving)
        assert "drop-off is taken each April" in found.case.what_if[0].label
    (without,) = with_settings(stated(tmp_path), ["late=6"]).case.what_if
    assert without.label == "Start of every option, months late (costs and savings alike)"


def test_a_question_that_moves_a_range_out_of_the_case_says_of_which_input() -> None:
    set_ = with_settings(shipped_cases.appraisal_of(EXAMPLE).loaded, ["price=60000"]).case
    (kept,) = set_.what_if
    assert "Foster care from an agency, a week, 2021/22 prices: the range that the case states, 740 to 960, does" in (
        kept.range_left_out
    )
    assert "Children's home, a year, 2023/24 prices: the range that the case states, 270000" in kept.range_left_out


def test_what_cannot_be_asked_is_said_with_what_can(tmp_path: Path) -> None:
    given = ["children=many", "price=-3", "late=2.5", "late=3", "children.2016/17=4"]
    given.append("options.growing.measures.forecast_children=10")
    with pytest.raises(ProblemsError) as raised:
        with_settings(stated(tmp_path), given)
    said = {each.given: f"{each.what}. {each.remedy}" for each in raised.value.problems}
    assert said == {
        "children=many": "This is not a number. Write a number in figures, like 12 or 2.5.",
        "price=-3": "Money cannot be negative here. Write the amount without a minus sign; costs are positive.",
        "late=2.5": "It cannot be that. A whole number between 0 and 24.",
        "late=3": "late is set already. Set it once.",
        "children.2016/17=4": "children is asked of all years alike. Write children=8.",
        "options.growing.measures.forecast_children=10": "This figure is worked out, and only what is put in can be set. "
        "It moves with its inputs: children=8.",
    }


def test_a_question_and_an_input_that_it_moves_are_not_both_set(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as raised:
        with_settings(stated(tmp_path), ["options.steady.delay_months=3", "late=6"])
    (problem,) = raised.value.problems
    assert (problem.given, problem.what) == ("options.steady.delay_months=3", "late=6 moves this figure too")


@pytest.mark.parametrize(
    ("case", "asked", "what", "can"),
    [
        ("darlington-2010", "children=8", "no number of children fewer in care", "It can be asked late=6;"),
        ("darlington-2010", "price=60000", "no price of the placements avoided", "It can be asked late=6;"),
        ("oxfordshire-2014", "late=6", "no start of an option", "It cannot be asked any such question;"),
    ],
)
def test_a_case_without_a_question_says_which_it_has(case: str, asked: str, what: str, can: str) -> None:
    with pytest.raises(ProblemsError) as raised:
        with_settings(shipped_cases.appraisal_of(case).loaded, [asked])
    (problem,) = raised.value.problems
    assert what in problem.what
    assert problem.remedy.startswith(can)


@pytest.mark.parametrize("case", [EXAMPLE, "wolverhampton-2015", "darlington-2010", "oxfordshire-2014"])
def test_no_address_can_be_taken_for_a_question(case: str) -> None:
    """Each has a full stop in it, so that `children` is never an address, nor `children.2027/28` a year of one."""
    loaded = shipped_cases.appraisal_of(case).loaded
    model = write_model(loaded.case, loaded.places).model
    assert [line.address for line in model if line.address.partition(".")[0] in ("children", "price", "late")] == []
    assert [line.address for line in model if "." not in line.address] == []
