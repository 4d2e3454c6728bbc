"""Roles of options agree with the case's own fields; no kind of saving moves more children than are in care."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from savings_cases import NO_DEDUCTIONS, amount, of_savings, saving
from small_cases import case_of, option_of

from finmodel.appraisal.appraise import appraise
from finmodel.case import LoadedCase, ProblemsError, case_from_data

Data = dict[str, Any]


def problems(data: Data) -> list[tuple[str, str]]:
    """Where each problem of a case is, and what it is."""
    try:
        appraise(LoadedCase(case_from_data(data), Path("case"), (), data=data))
    except ProblemsError as error:
        return [(problem.where, problem.what) for problem in error.problems]
    return []


def roles(*given: tuple[str, str | None], **fields: str) -> Data:
    """A case of options with these roles, and the case's own fields."""
    options = [option_of(name, **({"role": role} if role else {})) for name, role in given]
    return case_of(*options, **fields)


AS_NOW, LEAST, TEAM = ("as-now", "business_as_usual"), ("least", "do_minimum"), ("team", "recommended")


def test_roles_name_business_as_usual_and_the_recommended_option() -> None:
    case = case_from_data(roles(AS_NOW, LEAST, TEAM, ("else", None)))
    assert (case.status_quo, case.recommended) == ("as-now", "team")
    assert [case.role_of(option) for option in case.options] == [AS_NOW[1], LEAST[1], TEAM[1], None]


def test_the_case_s_own_fields_go_on_working_without_roles() -> None:
    case = case_from_data(roles(("as-now", None), ("team", None), status_quo="as-now", recommended="team"))
    assert [case.role_of(option) for option in case.options] == ["business_as_usual", "recommended"]


def test_both_may_be_said_where_they_agree() -> None:
    assert problems(roles(AS_NOW, TEAM, status_quo="as-now", recommended="team")) == []


@pytest.mark.parametrize("recommended", ["least", "as-now"])
def test_a_paper_may_recommend_to_do_the_least_or_to_go_on_as_now(recommended: str) -> None:
    data = roles(AS_NOW, LEAST, recommended=recommended)
    assert problems(data) == []
    assert case_from_data(data).recommended == recommended


@pytest.mark.parametrize(
    ("data", "where", "what"),
    [
        (roles(AS_NOW, ("x", AS_NOW[1])), "options.x.role", "`as-now` is business as usual already, and there can be one"),
        (roles(TEAM, ("x", TEAM[1])), "options.x.role", "`team` is the recommended option already, and there can be one"),
        (roles(AS_NOW, TEAM, recommended="as-now"), "options.team.role", "`as-now` is the recommended option already"),
        (roles(AS_NOW, ("x", None), status_quo="x"), "options.as-now.role", "`x` is business as usual already"),
        (roles(AS_NOW, LEAST, status_quo="least"), "options.least.role", "`status_quo` names this option, and its role is"),
        (roles(AS_NOW, ("x", "other"), recommended="x"), "options.x.role", "`recommended` names this option, and its role"),
    ],
)  # fmt: skip
def test_roles_that_contradict_each_other_are_problems(data: Data, where: str, what: str) -> None:
    found = problems(data)
    assert where in [place for place, _ in found], found
    assert any(what in said for _, said in found)


def of_ten(*savings: Data, benefits: tuple[Data, ...] = (), **names: Any) -> Data:
    """A council with ten children in care."""
    return of_savings(*savings, option={"benefits": list(benefits)}, children_in_care=10, **names)


def fewer(children: float, name: str = "fewer") -> Data:
    return {
        "id": name,
        "label": f"Fewer: {name}",
        "children": children,
        "placements": {"fostering": 1},
        **NO_DEDUCTIONS,
    }


def step_down(children: float) -> Data:
    return saving("step_down", "down", children=children, from_placement="home", to_placement="fostering")


def permanence(children: float) -> Data:
    """So many children a month, six months earlier: from the sixth month on six times as many are out at any time."""
    return saving("earlier_permanence", "out", children=children, per="month", months_earlier=6, placement="home")


HOME = {"beds_to_close": 4, "homes": 20, "fixed_cost": amount(600_000)}
WORK = {"processes": [{"id": "legal", "cost": 9_000, "price_base": "2015/16", "inflation": "none"}]}
DOWN, OUT = "options.team.savings.down", "options.team.savings.out"


@pytest.mark.parametrize(
    ("data", "where", "what"),
    [
        (of_ten(step_down(50)), f"{DOWN}.children", "50 children in a cheaper placement in April 2015, and 10 are in care"),
        # 2 a month × 6 months = 12; it is 10 in the fifth month and 12 in the sixth.
        (of_ten(permanence(2)), f"{OUT}.children", "12 children out of a placement sooner in September 2015"),
        (of_ten(saving("in_house_home", "home", beds_emptied=50, **HOME)), "options.team.savings.home.beds_emptied", "50 children fewer in homes in April 2015"),
        (of_ten(saving("process_costs", "work", entries_avoided=50, **WORK)), "options.team.savings.work.entries_avoided", "50 entries to care avoided in the month in April 2015"),
        (of_ten(benefits=(fewer(11),)), "options.team.benefits.fewer.children", "11 children fewer in care in April 2015"),
        (of_ten(benefits=(fewer(6), fewer(5, "more"))), "options.team.benefits", "11 children fewer in care in April 2015"),
        # A child is kept out of care or lives in a cheaper placement, never both: 6 + 5 = 11.
        (of_ten(step_down(5), benefits=(fewer(6),)), "options.team", "11 children fewer in care and children in a cheaper placement in April 2015, and 10 are in care"),
        # 6 + 4 + 1 = 11, in the first month already.
        (of_ten(step_down(4), permanence(1), benefits=(fewer(6),)), "options.team", "11 children"),
    ],
)  # fmt: skip
def test_no_kind_of_saving_moves_more_children_than_are_in_care(data: Data, where: str, what: str) -> None:
    ((place, said),) = problems(data)
    assert place == where
    assert what in said


@pytest.mark.parametrize(
    "data",
    [
        of_ten(step_down(10)),
        of_ten(permanence(10 / 6)),  # 10 ÷ 6 a month × 6 months = 10
        of_ten(step_down(4), benefits=(fewer(6),)),
        # The beds are those of children who are fewer in care or step down already: they are not counted again.
        of_ten(step_down(4), saving("in_house_home", "home", beds_emptied=10, **HOME), benefits=(fewer(6),)),
        of_ten({**step_down(50), "body": "Health board"}),  # another body's children are not held to this council's
    ],
)
def test_as_many_as_there_are_is_right(data: Data) -> None:
    assert problems(data) == []
