"""House rules that hold for every line of every shipped case."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import shipped_cases

from finmodel.appraisal.appraise import Appraisal

ROOT = Path(__file__).parents[1]
CASES = sorted(path.parent.name for path in (ROOT / "inputs").glob("*/case.yaml"))


@cache
def appraisal_of(case: str) -> Appraisal:
    return shipped_cases.appraisal_of(case)


@pytest.fixture(params=CASES)
def appraisal(request: pytest.FixtureRequest) -> Appraisal:
    return appraisal_of(request.param)


def test_there_are_shipped_cases() -> None:
    assert {"darlington-2010", "wolverhampton-2015"} <= set(CASES)


def test_every_line_has_an_address_a_label_and_a_unit(appraisal: Appraisal) -> None:
    for line in appraisal.written.model:
        assert re.fullmatch(r"[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)+", line.address), line.address
        assert line.label.strip(), line.address
        assert line.unit.strip(), line.address
        assert line.section.strip(), line.address


def test_every_input_says_where_it_comes_from_and_how_far_to_trust_it(appraisal: Appraisal) -> None:
    for line in appraisal.written.model:
        if line.is_input:
            assert line.origin is not None, line.address
            assert line.origin.source, line.address
            assert line.origin.confidence, line.address


def test_no_line_is_left_unread_but_results(appraisal: Appraisal) -> None:
    """An input that nothing reads would be a promise not kept; what stands beside a claim is read by people."""
    read = {needed.address for line in appraisal.written.model if line.expression for needed in line.expression.lines()}
    unread = [line.address for line in appraisal.written.model if line.is_input and line.address not in read]
    assert [address for address in unread if not address.startswith(("evidence.", "record."))] == []


def test_money_going_out_is_positive_in_its_own_lines(appraisal: Appraisal) -> None:
    for line in appraisal.written.model:
        if line.address.endswith((".cost", ".full_year_effect", ".gross_saving", ".cashable_saving")):
            assert all(value is not None and value >= 0 for value in appraisal.results.figures(line)), line.address


def test_every_missing_figure_has_a_reason(appraisal: Appraisal) -> None:
    for line in appraisal.written.model:
        for period, value in enumerate(appraisal.results.figures(line)):
            if value is None:
                assert len(appraisal.results.reason(line, period)) > 10, line.address


def test_the_project_speaks_of_itself_alone() -> None:
    """No path of somebody's machine."""
    names = re.compile(r"/(?:home|root|work|Users)/\w")
    for folder in ("finmodel", "templates", "inputs", "docs"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".md", ".yaml", ".html", ".j2", ".csv"}:
                assert not names.search(path.read_text(encoding="utf-8")), path
