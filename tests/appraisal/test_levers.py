"""The inputs that the workbook gives to move: those that a case names, else those from which most figures are made."""

from __future__ import annotations

from pathlib import Path

import pytest

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.appraisal.levers import MOST, levers_of
from finmodel.case import load_case
from finmodel.lines.uses import uses
from finmodel.parsing.problems import ProblemsError

INPUTS = Path(__file__).parents[2] / "inputs"


@pytest.fixture(scope="module")
def darlington() -> Appraisal:
    return appraise(load_case(INPUTS / "darlington-2010"))


def test_without_names_the_levers_are_those_with_most_uses(darlington: Appraisal) -> None:
    """`finmodel explain --uses` counts by walking the rules one line after the other."""
    model = darlington.written.model
    found = levers_of(darlington.case, model, darlington.written.published)
    counts = [len(uses(darlington.results, line)) for line in found]
    assert len(found) <= MOST
    assert counts == sorted(counts, reverse=True)
    left = [line for line in model if line.is_input and line.unit == "FTE" and line not in found]
    assert all(len(uses(darlington.results, line)) <= counts[-1] for line in left)


def test_facts_conventions_and_published_rates_are_not_offered(darlington: Appraisal) -> None:
    found = levers_of(darlington.case, darlington.written.model, darlington.written.published)
    assert not any(line.is_fact or line.counts or line.address.startswith("conventions.") for line in found)
    assert not {line.address for line in found} & set(darlington.written.published)


def test_each_address_that_cannot_be_a_lever_is_a_problem_with_its_line(tmp_path: Path) -> None:
    case = (INPUTS / "darlington-2010" / "case.yaml").read_text(encoding="utf-8")
    levers = [
        "options.proposal.posts.lawyer.fte",
        "options.proposal.posts.lawyer.fte",
        "options.proposal.posts.lawyers.fte",
        "options.proposal.cost",
        "options.proposal.posts.lawyer.start",
        "prices.gdp-deflator.change",
        "conventions.months_in_a_year",
    ]
    lines = case.count("\n")
    named = "levers:\n" + "".join(f"  - {address}\n" for address in levers)
    (tmp_path / "case.yaml").write_text(f"{case}{named}", encoding="utf-8")
    with pytest.raises(ProblemsError) as raised:
        appraise(load_case(tmp_path))
    found = [(problem.line - lines - 1, problem.what) for problem in raised.value.problems if problem.line]
    assert found == [
        (2, "The lever is named twice"),
        (3, "No line of this case has that address"),
        (4, "That is worked out and is no input"),
        (5, "It is a month, and a lever is a number"),
        (6, "It changes over the years, and a lever is one cell"),
        (7, "That is a fact for which the formulas are written, so that they do not follow it"),
    ]
