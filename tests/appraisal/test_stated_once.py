"""What a case file states once is one input of the model, and what repeats it equals that; what is stated apart is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.appraisal.levers import levers_of
from finmodel.appraisal.solved import solve_for_options
from finmodel.case import load_case
from finmodel.parsing.problems import ProblemsError

CASE = """
title: Shared figures
council: A council
price_base: 2026/27
first_year: 2026/27
years: 2
discounting: {rate: 3.5%}
inflation: {prices: 2%}
levers: [LEVERS]
options:
  - id: one
    title: The first
    costs:
      - &room {id: room, label: A room, amount: &price 900, per: year, price_base: 2026/27, inflation: prices, start: 2026-10}
      - {id: apart, label: Apart, amount: 700, per: year, price_base: 2026/27, inflation: prices, optimism_bias: &share 10%}
  - id: two
    title: The second
    costs:
      - {<<: *room, end: 2027-03}
      - {id: apart, label: Apart, amount: 700, per: year, price_base: 2026/27, inflation: prices, optimism_bias: *share}
  - id: three
    title: The third
    costs: {csv: costs.csv}
    savings: [{id: rent, label: Rent, kind: income, income: {amount: *price, price_base: 2026/27, inflation: prices}, per: month,
      paid_by: A tenant, start: 2026-10, deadweight: *share, optimism_bias: 5%, cashable: 100%}]
  - id: four
    title: The fourth
    costs: {csv: costs.csv}
"""
TABLE = "id,label,amount,per,price_base,inflation\nhall,A hall,500,year,2026/27,none\n"
REPEATED = {
    "two.costs.room.amount": "one.costs.room.amount",
    "two.costs.room.start": "one.costs.room.start",
    "two.costs.apart.optimism_bias": "one.costs.apart.optimism_bias",
    "three.savings.rent.deadweight": "one.costs.apart.optimism_bias",  # both are shares
    "four.costs.hall.amount": "three.costs.hall.amount",
    "four.costs.hall.start": "three.costs.hall.start",  # unsaid in the one row that both read
    "four.costs.hall.end": "three.costs.hall.end",
    "four.costs.hall.delay_months": "three.costs.hall.delay_months",
}
"""By what is not among them: an end that `two` states itself, a price typed twice, rent that is £ and not £ a year."""


def case_in(folder: Path, levers: str = "") -> Path:
    (folder / "case.yaml").write_text(CASE.replace("LEVERS", levers), encoding="utf-8")
    (folder / "costs.csv").write_text(TABLE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Appraisal:
    return appraise(load_case(case_in(tmp_path_factory.mktemp("stated-once"), "options.two.costs.room.amount")))


def test_one_statement_is_one_input(found: Appraisal) -> None:
    repeated = {
        line.address.removeprefix("options."): one.address.removeprefix("options.")
        for line in found.written.model
        if (one := line.stated_in) not in (None, line)
    }
    assert repeated == REPEATED


def test_a_lever_and_a_break_even_of_a_repeated_figure_are_those_of_its_input(found: Appraisal) -> None:
    model = found.written.model
    assert [line.address for line in levers_of(found.case, model)] == ["options.one.costs.room.amount"]
    (solved,) = solve_for_options(found.results, ["one", "two"], "options.two.costs.room.amount")
    assert (solved.option, solved.address, solved.stated) == ("two", "options.two.costs.room.amount", 900)


def test_a_figure_is_no_lever_twice(tmp_path: Path) -> None:
    named = "options.one.costs.room.amount, options.two.costs.room.amount"
    with pytest.raises(ProblemsError, match=r"the same figure as the lever options\.one\.costs\.room\.amount"):
        appraise(load_case(case_in(tmp_path, named)))
