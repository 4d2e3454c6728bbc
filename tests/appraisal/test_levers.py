"""The inputs that the workbook gives to move: those that a case names, else those from which most figures are made."""

from __future__ import annotations

from pathlib import Path

import pytest
import shipped_cases

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.appraisal.levers import MOST, MOST_OF_THE_OPTION, levers_of
from finmodel.case import load_case
from finmodel.lines.uses import uses
from finmodel.parsing.problems import ProblemsError

INPUTS = Path(__file__).parents[2] / "inputs"


@pytest.fixture(scope="module")
def darlington() -> Appraisal:
    return shipped_cases.appraisal_of("darlington-2010")


@pytest.fixture(scope="module")
def wolverhampton() -> Appraisal:
    return shipped_cases.appraisal_of("wolverhampton-2015")


def test_without_names_the_levers_are_the_option_s_own_and_then_those_with_most_uses(darlington: Appraisal) -> None:
    """`finmodel explain --uses` counts by walking the rules one line after the other."""
    model = darlington.written.model
    found = levers_of(darlington.case, model, darlington.written.published)
    assert len(found) == MOST
    of_the_option = [line for line in found if line.address.endswith(".fte") and line.address.startswith("options.")]
    assert len(of_the_option) == 4
    assert list(found[:4]) == of_the_option
    for part in (of_the_option, found[4:]):
        counts = [len(uses(darlington.results, line)) for line in part]
        assert counts == sorted(counts, reverse=True)


def test_what_the_recommended_option_claims_can_be_tried(wolverhampton: Appraisal) -> None:
    found = levers_of(wolverhampton.case, wolverhampton.written.model, wolverhampton.written.published)
    first = [line.address for line in found[:MOST_OF_THE_OPTION]]
    assert any(address.endswith(".children_stated") for address in first)
    assert all(address.startswith(f"options.{wolverhampton.case.recommended}.") for address in first)


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
