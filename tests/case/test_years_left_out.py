"""A year that an amount leaves out is asked for by name; a figure that is carried on is never called stated."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from small_cases import NO_DEDUCTIONS, Data, case_of, option_of, results_of, written

from finmodel.case import ProblemsError, case_from_data
from finmodel.lines.evaluate import evaluate

GAP: Data = {"by_year": {"2025/26": 300_000, "2026/27": 200_000, "2028/29": 50_000}}
PLACEMENTS: Data = {
    "home": {"label": "Home", "unit_cost": 10_000, "per": "year", "price_base": "2025/26", "inflation": "none"}
}


def programme(amount: Any) -> Data:
    """A case of four years with one cost."""
    cost = {"id": "run", "label": "Programme", "amount": amount, "per": "year", "price_base": "2025/26"}
    return case_of(option_of(costs=[{**cost, "inflation": "none"}]), first_year="2025/26", years=4)


def problems(data: Data) -> list[tuple[str, str, str]]:
    with pytest.raises(ProblemsError) as caught:
        case_from_data(data)
    return [(each.where, each.what, each.remedy) for each in caught.value.problems]


def test_a_year_between_two_that_have_an_amount_is_asked_for_by_name() -> None:
    ((where, what, remedy),) = problems(programme(GAP))
    assert where == "options.team.costs.run.amount.by_year"
    assert "No amount is given for 2027/28" in what
    assert "`years_left_out: zero`" in remedy
    assert "`years_left_out: carried`" in remedy


def test_every_year_left_out_is_named() -> None:
    ((_, what, _),) = problems(programme({"by_year": {"2025/26": 3, "2028/29": 5}}))
    assert "2026/27 and 2027/28" in what


@pytest.mark.parametrize(
    ("words", "total"),
    [
        ("zero", 300_000 + 200_000 + 0 + 50_000),
        ("carried", 300_000 + 200_000 + 200_000 + 50_000),
    ],
)
def test_what_the_case_says_of_the_years_left_out_holds(words: str, total: float) -> None:
    found = results_of(programme({**GAP, "years_left_out": words}))
    assert found.figure("options.team.measures.total_cost") == pytest.approx(total)


def test_zero_holds_before_the_first_and_after_the_last_year_named_too() -> None:
    found = results_of(programme({"by_year": {"2026/27": 200_000}, "years_left_out": "zero"}))
    assert found.figures("options.team.cost") == pytest.approx([0, 200_000, 0, 0])


def test_an_amount_goes_on_after_the_last_year_named_and_is_marked() -> None:
    model = written(programme({"by_year": {"2025/26": 300_000, "2026/27": 200_000}})).model
    line = model["options.team.costs.run.amount"]
    assert evaluate(model).figures("options.team.cost") == pytest.approx([300_000, 200_000, 200_000, 200_000])
    sources = [origin.source for month in (0, 12, 24, 36) if (origin := line.origin_at(month))]
    # Named for 2025/26 and 2026/27; 2027/28 and 2028/29 have what 2026/27 has.
    assert sources[:2] == ["Stated in the case file"] * 2
    assert sources[2:] == ["Carried from 2026/27"] * 2
    assert line.origin is not None
    assert "2027/28 and 2028/29" in line.origin.note


@pytest.mark.parametrize(
    ("at", "names"),
    [
        ("placements.home.unit_cost", {"placements": PLACEMENTS}),
        ("pay_awards.pounds", {"pay_awards": {"pounds": "900"}}),
        ("grades.worker.salary", {"grades": {"worker": {"label": "Worker", "salary": 30_000}}}),
    ],
)
def test_the_same_of_every_amount_of_money(at: str, names: Data) -> None:
    data = case_of(option_of(), first_year="2025/26", years=4, **copy.deepcopy(names))
    *way, last = at.split(".")
    holder: Any = data
    for step in way:
        holder = holder[step]
    holder[last] = GAP
    assert [where for where, _, _ in problems(data)] == [f"{at}.by_year"]


def test_numbers_and_rates_are_carried_on_and_marked() -> None:
    benefit = {
        "id": "fewer",
        "label": "Fewer",
        "children": {"by_year": {"2025/26": 2, "2027/28": 4}},
        "placements": {"home": "100%"},
        **NO_DEDUCTIONS,
    }
    data = case_of(option_of(benefits=[benefit]), first_year="2025/26", years=3, placements=PLACEMENTS)
    model = written(data).model
    line = model["options.team.benefits.fewer.children_stated"]
    assert [origin.source for month in (0, 12, 24) if (origin := line.origin_at(month))] == [
        "Stated in the case file",
        "Carried from 2025/26",
        "Stated in the case file",
    ]
    # 2 + 2 carried + 4, at £10,000.
    assert evaluate(model).figure("options.team.measures.total_saving") == pytest.approx(80_000)


def test_years_before_the_case_may_be_left_out() -> None:
    steps = {"2019/20": 100_000, "2025/26": 300_000, "2026/27": 200_000, "2027/28": 200_000, "2028/29": 50_000}
    assert case_from_data(programme({"by_year": steps})).years == 4


@pytest.mark.parametrize(
    ("amount", "where", "what"),
    [
        ({**GAP, "years_left_out": "nought"}, "years_left_out", "does not say what the years left out have"),
        ({"by_month": {"2025-04": 5}, "years_left_out": "zero"}, "years_left_out", "only used with `by_year`"),
    ],
)
def test_the_word_for_years_left_out_is_one_of_two_and_of_by_year(amount: Data, where: str, what: str) -> None:
    ((at, found, _),) = problems(programme(amount))
    assert at == f"options.team.costs.run.amount.{where}"
    assert what in found
