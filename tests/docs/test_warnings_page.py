"""The page on warnings lists every question in its words, in order, and what it shows is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from plausible_case import rich_case

from finmodel.appraisal.plausibility import WORKED_QUESTIONS
from finmodel.case import case_from_data
from finmodel.case.checks.plausibility import QUESTIONS, plausibility
from finmodel.reference import plausible_bound

PAGE = (Path(__file__).parents[2] / "docs" / "warnings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("heading", "questions"), [("Of what is stated", QUESTIONS), ("Of what is worked out", WORKED_QUESTIONS)]
)
def test_the_page_has_a_row_for_every_question(heading: str, questions: tuple) -> None:  # type: ignore[type-arg]
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (?!question|---)(.+?) \| (.+?) \|$", section, re.MULTILINE)
    assert rows == [(question.name, question.asks) for question in questions]


def test_the_note_shown_is_the_one_that_is_told() -> None:
    data = rich_case()
    data["placements"]["carers"]["unit_cost"] = 52000
    (found,) = plausibility(case_from_data(data))
    assert f"placements.carers.unit_cost: {found.what} (given: 52000)\n    {found.remedy}\n" in PAGE


def test_the_size_from_which_a_claim_is_questioned_is_the_one_in_the_data() -> None:
    assert f"£{plausible_bound('saving to question', 'lowest').value:,.0f}" in PAGE
