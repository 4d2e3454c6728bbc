"""A delay: as if every start and end were written so much later, in part months too; what began before stays."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from savings_cases import amount, saving
from small_cases import NO_DEDUCTIONS, Data, case_of, option_of, results_of, written

from finmodel.appraisal.appraise import WrittenModel, appraise, write_model
from finmodel.appraisal.plausibility import warnings_of
from finmodel.case import case_from_data, load_case
from finmodel.lines.evaluate import Results, evaluate
from finmodel.lines.periods import Month
from finmodel.parsing.problems import ProblemsError

CASES = Path(__file__).parents[1] / "case" / "cases"
WITH_MONTHS = ("posts", "costs", "benefits", "savings")
# What says when something is, and so differs between a delay and months written anew.
SAYS_WHEN = re.compile(r".*\.(start|end|delay_months|late|whole_months_late|residual_value\..*)")


def cost(name: str = "rent", **names: Any) -> Data:
    return {"id": name, "label": name, "price_base": "2015/16", "inflation": "none", **names}


def of_costs(*costs: Data, years: int = 3, **names: Any) -> Data:
    return case_of(option_of(costs=list(costs), **names), years=years)


def costs_of(data: Data) -> list[float | None]:
    return results_of(data).figures("options.team.cost")


def swept(model: WrittenModel, *months: float, option: str = "team") -> Results:
    return evaluate(model.model, {f"options.{option}.delay_months": np.array([months])})


# whole months


def later(data: Data, months: int) -> Data:
    """The case with every month that its options state, or leave to be the first, so many months later."""
    data = copy.deepcopy(data)
    first = Month.parse(f"{str(data['first_year'])[:4]}-04")
    for option in data["options"]:
        for table in WITH_MONTHS:
            for part in option.get(table, ()):
                if "benefit" in part:
                    continue
                start = Month.parse(str(part["start"])) if "start" in part else first
                if start >= first:
                    part["start"] = str(start)
                    _move(part, months)
    return data


def _move(part: Any, months: int) -> None:
    for name, value in part.items() if isinstance(part, dict) else ():
        if name in ("start", "end"):
            part[name] = str(Month.parse(str(value)) + months)
        for each in value if isinstance(value, list) else [value]:
            if name not in ("residual", "replaces", "backfill"):
                _move(each, months)


@pytest.mark.parametrize(("case", "months"), [("every-cost", 7), ("savings.yaml", 8)])
def test_a_delay_of_whole_months_is_that_of_months_written_anew(case: str, months: int) -> None:
    data = load_case(CASES / case).data
    model, anew = (write_model(case_from_data(each)).model for each in (data, later(data, months)))
    delays = [line.address for line in model if re.fullmatch(r"options\.[^.]+\.delay_months", line.address)]
    moved, expected = evaluate(model, {address: np.array([[months]]) for address in delays}), evaluate(anew)
    assert {line.address for line in model} == {line.address for line in anew}
    different = [
        line.address
        for line in model
        if SAYS_WHEN.fullmatch(line.address) is None
        and not np.allclose(moved[line], expected[line.address], rtol=1e-12, atol=1e-9, equal_nan=True)
    ]
    assert different == []


def test_a_year_moves_every_profile_whole() -> None:
    costs = [
        cost("rent", amount=1_200, per="year", start="2015-07", end="2016-12"),  # 9, 9 months at £100
        cost("start", amount=5_000, per="once", start="2015-06"),
        cost("list", amount=[300, 600, 900], per="year"),
        cost("years", amount={"by_year": {"2015/16": 10, "2016/17": 20, "2017/18": 40}}, per="year"),  # council years
    ]
    data = of_costs(*costs)
    assert costs_of(data) == pytest.approx([900 + 5_000 + 300 + 10, 900 + 600 + 20, 900 + 40])
    late = swept(written(data), 12)
    assert late.figures("options.team.cost") == pytest.approx([0, 900 + 5_000 + 300 + 20, 900 + 600 + 40])


# part months


def test_half_a_month_is_half_of_either() -> None:
    benefit = {"id": "fewer", "label": "Fewer", "placements": {"flat": "100%"}, **NO_DEDUCTIONS}
    placements = {
        "flat": {"label": "Flat", "unit_cost": 12_000, "per": "year", "price_base": "2015/16", "inflation": "none"}
    }
    benefits = [
        benefit | {"children": [1, 3, 5], "start": "2015-06", "lag_months": 2},
        benefit | {"id": "stay", "entries_avoided": 0.5, "stay": {"months": 5}, "start": "2015-10", "end": "2016-09"},
    ]
    savings = [saving("income", id="grant", income=amount(6_000), per="once", start="2016-01", lag_months=1)]
    costs = [
        cost("once", amount=5_000, per="once", start="2015-12"),
        cost("part", amount=[300, 600, 900], per="year", start="2015-09", end="2017-06"),
        cost(
            "borrowed",
            amount=90_000,
            per="once",
            start="2016-01",
            capital="borrowed",
            financing={"life_years": 2, "rate": "4%"},
        ),
    ]
    option = option_of(benefits=benefits, savings=savings, costs=costs)
    model = written(case_of(option, years=3, placements=placements))
    results = swept(model, 2, 2.5, 3, 0.75, 0, 1)
    moved = [name for name, line in model.options[0].monthly.items() if results[line].shape[1] > 1]
    assert {"cost", "cashable_saving", "children", "capital_outlay", "mrp", "interest"} <= set(moved)
    for name in moved:
        two, between, three, part, nought, one = results[model.options[0].monthly[name]].T
        assert between == pytest.approx((two + three) / 2), name
        assert part == pytest.approx(nought / 4 + one * 3 / 4), name


def test_delays_add_up_and_what_began_before_the_case_stays() -> None:
    before = cost("before", amount=1_200, per="year", start="2014-09", delay_months=5)
    late = cost("late", amount=2_400, per="year", delay_months="1.5")
    results = results_of(of_costs(before, late, years=1, delay_months=3))
    assert results.figure("options.team.costs.before.late") == 0
    assert results.figure("options.team.costs.late.late") == 4.5
    assert results.figures("options.team.cost") == pytest.approx([1_200 + (12 - 4.5) * 200])


# what is refused, and what is lost


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (-1, "below 0|negative"),
        ([1, 2, 3], "A delay is one number of months, 360 at most"),
        (361, "A delay is one number of months, 360 at most"),
    ],
)
def test_a_delay_that_is_none_is_a_problem(given: Any, message: str) -> None:
    with pytest.raises(ProblemsError, match=message):
        written(of_costs(cost(amount=1, per="year", delay_months=given)))


def test_what_passes_the_last_year_is_reported(tmp_path: Path) -> None:
    case = of_costs(
        cost(amount=1_200, per="year"), cost("training", amount=600, per="once", start="2015-05"), delay_months=6
    )
    path = tmp_path / "case.yaml"
    path.write_text(json.dumps(case), encoding="utf-8")
    notes = [str(problem) for problem in warnings_of(appraise(load_case(path)))]
    # £100 a month of six months; the training still falls within the years shown.
    found = [note for note in notes if "with the delay £600 less of its cost falls within the years shown" in note]
    assert len(found) == 1
    assert "what passes March 2018 is in no figure" in found[0]
