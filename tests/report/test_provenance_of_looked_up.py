"""What an entry says of itself goes with the figures that it looks up, into every report; the weakest link is shown."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from docx import Document
from plain_results import results, typed

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.case.load import load_carried_case
from finmodel.lines.line import Line
from finmodel.report.page import render_page
from finmodel.report.paper import paper
from finmodel.report.workbook import render_workbook

CASE = """title: A plan
council: Anytown Council
meeting: {body: Cabinet, date: 2024-02-06}
price_base: 2023/24
first_year: 2023/24
years: 2
discounting: {rate: 3.5%}
sources: {jd: {title: Job description, publisher: Anytown Council, date: 2023-05-04}}
grades:
  worker:
    label: Family worker
    points: 23-27
    source: jd
    where: page 7
    owner: Head of pay
    confidence: assumed
    note: The paper names no grade at all.
  plain: {label: Manager, points: 30}
on_costs: {employer_pension: 20%}
placements:
  fostering: {label: Foster placement, unit_cost: 40000, per: year, price_base: 2023/24, inflation: none,
              source: jd, confidence: published, owner: Head of placements, note: As the return prints it.}
assurance:
  sign_off:
    - {inputs: placements, by: Director of finance, date: 2024-01-15, review_by: 2024-02-01}
    - {inputs: grades.worker, by: Director of people, date: 2024-01-16, review_by: 2025-01-16}
options:
  - id: team
    title: A team
    posts:
      - {id: workers, title: Family workers, grade: worker, fte: 2}
      - {id: manager, title: Manager, grade: plain, fte: 1}
    benefits:
      - {id: fewer, label: Fewer entries, entries_avoided: 0.5, stay: {average_months: 18}, placements: {fostering: 100%},
         deadweight: 20%, evidence_grade: 4, cashable: 100%, confidence: assumed, owner: Head of edge of care,
         note: No trial was run here.}
    savings:
      - id: work
        label: Work not set off
        kind: process_costs
        benefit: fewer
        deadweight: 0%
        optimism_bias: 0%
        cashable: 0%
        processes:
          - {id: deciding, code: SS2.1, inflation: none, owner: Head of care, confidence: illustrative, note: Not of our county.}
          - {id: reviewing, code: SS2.4, inflation: none}
"""
POINT = "grades.worker.point_27"
NOTE = "The paper names no grade at all."


@pytest.fixture(scope="module")
def appraisal() -> Appraisal:
    return appraise(load_carried_case([("case.yaml", CASE.encode())]))


@pytest.fixture(scope="module")
def found(appraisal: Appraisal) -> dict[str, Any]:
    return results(appraisal)


def line(appraisal: Appraisal, address: str) -> Line:
    return appraisal.written.model[address]


def entries(found: dict[str, Any], log: str, address: str) -> list[dict[str, Any]]:
    return [entry for entry in found["assurance"][log] if address in entry.get("addresses", ())]


def test_a_point_of_the_published_spine_is_as_sure_as_the_grade(appraisal: Appraisal) -> None:
    origin = line(appraisal, POINT).origin
    assert origin is not None
    assert (origin.confidence, origin.owner) == ("assumed", "Head of pay")
    assert origin.note.startswith(NOTE)
    assert origin.source.endswith("named in: Anytown Council, Job description")
    assert origin.where.startswith("njc_pay_spine")
    assert origin.where.endswith("page 7")


def test_where_the_grade_says_nothing_the_spine_speaks_for_itself(appraisal: Appraisal) -> None:
    origin = line(appraisal, "grades.plain.point_30").origin
    assert origin is not None
    assert (origin.confidence in ("published", "derived"), origin.owner) == (True, "")
    assert "named in" not in origin.source


# The docs' order, the weakest first: illustrative, unverified, assumed, stated, derived, published. Point 27's salaries are
# of that spine published or derived, so whatever the grade says below that shows.
@pytest.mark.parametrize("confidence", ["illustrative", "unverified", "assumed", "stated"])
def test_the_weaker_of_the_two_confidences_is_shown(confidence: str) -> None:
    case = CASE.replace("    confidence: assumed", f"    confidence: {confidence}", 1)
    made = appraise(load_carried_case([("case.yaml", case.encode())]))
    assert getattr(line(made, POINT).origin, "confidence", "") == confidence


def test_a_published_grade_leaves_the_spine_as_sure_as_it_is(appraisal: Appraisal) -> None:
    case = CASE.replace("    confidence: assumed", "    confidence: published", 1)
    made = appraise(load_carried_case([("case.yaml", case.encode())]))
    own = getattr(line(appraisal, "grades.plain.point_30").origin, "confidence", "")
    assert getattr(line(made, POINT).origin, "confidence", "") in ("published", "derived", own)


def test_a_process_by_code_and_a_grade_of_evidence_say_what_their_entry_says(appraisal: Appraisal) -> None:
    at = "options.team.savings.work.processes"
    origin = line(appraisal, f"{at}.deciding.cost").origin
    assert origin is not None
    assert (origin.confidence, origin.owner) == ("illustrative", "Head of care")
    assert origin.note.startswith("Not of our county.")
    assert line(appraisal, f"{at}.reviewing.cost").origin is None  # its entry says nothing: the published line is used
    origin = line(appraisal, "options.team.benefits.fewer.evidence_grade").origin
    assert origin is not None
    assert (origin.confidence, origin.note) == ("assumed", "No trial was run here.")


def test_what_is_looked_up_by_an_assumption_is_in_both_logs_with_its_sign_off(found: dict[str, Any]) -> None:
    for log in ("assumptions_log", "data_log"):
        (entry,) = entries(found, log, POINT)
        assert (entry["reliability"], entry["owner"]) == ("assumed", "Head of pay")
        assert (entry["signed_off_by"], entry["signed_off_on"]) == ("Director of people", "2024-01-16")
        assert entry["note"].startswith(NOTE)


def test_the_sign_off_of_a_published_input_is_in_the_data_log(found: dict[str, Any]) -> None:
    (entry,) = entries(found, "data_log", "placements.fostering.unit_cost")
    assert (entry["reliability"], entry["owner"], entry["note"]) == (
        "published",
        "Head of placements",
        "As the return prints it.",
    )
    assert (entry["signed_off_by"], entry["signed_off_on"]) == ("Director of finance", "2024-01-15")
    assert entry["flags"] == ["review overdue"]  # by the meeting of 6 February
    assert any("published figure" in flag and "reviewed by" in flag for flag in found["assurance"]["flags"])


def test_every_report_says_it(appraisal: Appraisal, found: dict[str, Any]) -> None:
    told = (NOTE, "Head of pay", "Director of people", "Director of finance", "Head of placements")
    page = render_page(appraisal, typed(found))
    document = Document(BytesIO(paper(typed(found))))
    cells = " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    book = openpyxl.load_workbook(BytesIO(render_workbook(appraisal)))
    sheets = {sheet.title: " ".join(str(cell.value) for row in sheet for cell in row) for sheet in book}
    inputs = " ".join(text for title, text in sheets.items() if title not in ("Assurance", "Case", "Assurance"))
    for text in told:
        assert text in json.dumps(found)
        assert text in page
        assert text in sheets["Assurance"]
    assert NOTE in inputs
    assert "Head of pay" in inputs
    for text in told:
        assert text in cells
