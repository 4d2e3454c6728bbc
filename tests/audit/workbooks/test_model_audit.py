"""The audit of the shipped cases' workbooks: what was tampered with is found where it is, and nothing else."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import shipped_cases
from edited import saved_again, with_cells
from expected_once import expected_of
from recalculation import saved_by_libreoffice
from tampering import KINDS, Original, Tampered, tampered

from finmodel.audit.workbooks import model_audit
from finmodel.audit.workbooks.carried import carried_case
from finmodel.audit.workbooks.certificate import AuditVerdict, Certificate, as_json
from finmodel.audit.workbooks.findings import FindingKind
from finmodel.audit.workbooks.model_audit import audit_against, audit_in_full, audit_workbook
from finmodel.audit.workbooks.opening import open_workbook
from finmodel.audit.workbooks.recalculating import RecalculationError
from finmodel.audit.workbooks.reporting import as_text, exit_code
from finmodel.case import load_case

INPUTS = Path(__file__).parents[3] / "inputs"
CASES = {"darlington-2010": range(15, 30)}
"""The tamperings that are tried here, each kind once; `benchmarks/tampering/model_workbooks.py` tries 500 of each case,
and of the largest."""
SHIPPED = ("darlington-2010", "wolverhampton-2015", "oxfordshire-2014")
DARLINGTON = "darlington-2010"


@cache
def original_of(case: str) -> Original:
    return Original(expected_of(case).workbook.content)


def audited(content: bytes, case: str, folder: Path) -> Certificate:
    path = folder / "workbook.xlsx"
    path.write_bytes(content)
    found = open_workbook(path)
    return audit_against(found, expected_of(case), carried_case(found), "the case")


def told(certificate: Certificate) -> list[tuple[str, str, str]]:
    return [(f.kind.name, f.sheet, f.cells) for f in (*certificate.findings, *certificate.changed_inputs)]


def is_told(one: Tampered, certificate: Certificate) -> bool:
    return any(
        kind in one.named_as and sheet == one.sheet and (cells in one.cells or cells.split(":")[0] in one.cells)
        for kind, sheet, cells in told(certificate)
    )


@pytest.mark.parametrize("case", CASES)
def test_each_tampering_is_found_at_its_place_and_little_else_is_told(case: str, tmp_path: Path) -> None:
    missed = []
    for number in CASES[case]:
        one = tampered(original_of(case), number)
        certificate = audited(one.content, case, tmp_path)
        if not is_told(one, certificate) or len({place[1:] for place in told(certificate)}) > 4:
            missed.append((number, one.kind, one.sheet, sorted(one.cells), one.what, told(certificate)[:6]))
        legitimate = one.kind == "changed input"
        assert certificate.verdict is (AuditVerdict.INPUTS_CHANGED if legitimate else AuditVerdict.TAMPERED), one
    assert missed == []


@pytest.mark.parametrize("case", CASES)
def test_every_kind_is_tried_in_each_case(case: str) -> None:
    assert len({tampered(original_of(DARLINGTON), number).kind for number in CASES[case]}) == len(KINDS)


def test_nothing_is_found_in_the_largest_left_alone(tmp_path: Path) -> None:
    certificate = audited(expected_of("example-2026").workbook.content, "example-2026", tmp_path)
    assert told(certificate) == []
    assert certificate.verdict is AuditVerdict.AS_WRITTEN
    assert certificate.identical


@pytest.mark.parametrize("case", SHIPPED)
def test_nothing_is_found_in_a_workbook_left_alone_or_saved_by_openpyxl(case: str, tmp_path: Path) -> None:
    content = expected_of(case).workbook.content
    left_alone = audited(content, case, tmp_path)
    assert told(left_alone) == []
    assert left_alone.verdict is AuditVerdict.AS_WRITTEN
    assert left_alone.identical
    in_full = audit_in_full(expected_of(case).workbook, expected_of(case), None, "the case")
    assert told(in_full) == []
    assert in_full.verdict is AuditVerdict.AS_WRITTEN
    assert in_full.notes == ()
    assert not in_full.identical
    again = audited(saved_again(case), case, tmp_path)
    assert told(again) == []
    assert "no stored value" in again.notes[0]


def test_without_a_recalculation_nothing_is_certified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pass without the engine would prove nothing: openpyxl drops stored values, and no formula was worked out."""
    (tmp_path / "again.xlsx").write_bytes(saved_again(DARLINGTON))

    def failing(*_: object) -> None:
        raise RecalculationError("the engine took no workbook today")

    monkeypatch.setattr(model_audit, "engine_of", failing)
    certificate = audit_against(open_workbook(tmp_path / "again.xlsx"), expected_of(DARLINGTON), None, "a case")
    assert not [kind for kind, *_ in told(certificate) if kind != "CASE_CHANGED"]
    assert certificate.verdict is AuditVerdict.NOT_RECALCULATED
    assert certificate.engines == ()
    assert not certificate.is_clean
    assert exit_code(certificate) == 2
    assert "could not be recalculated" in as_text(certificate).splitlines()[0]
    assert "Recalculated" not in as_text(certificate)


@pytest.mark.parametrize("before", ["as it was written", "saved by openpyxl"])
def test_nothing_is_found_in_a_workbook_saved_by_libreoffice(before: str, tmp_path: Path) -> None:
    content = expected_of(DARLINGTON).workbook.content
    if before == "saved by openpyxl":  # from which LibreOffice writes the rows that are repeated in print twice
        content = saved_again(DARLINGTON)
    (tmp_path / "report.xlsx").write_bytes(saved_by_libreoffice(content, tmp_path))
    certificate = audit_workbook(tmp_path / "report.xlsx")
    assert told(certificate) == []
    assert certificate.verdict is AuditVerdict.AS_WRITTEN


def changed_by_openpyxl(
    folder: Path, sheet: str, cell: str, value: object, name: str = "changed.xlsx", case: str = DARLINGTON
) -> Path:
    (folder / name).write_bytes(with_cells(case, {(sheet, cell): value}))
    return folder / name


def row_of(sheet: str, address: str, case: str = DARLINGTON) -> int:
    found = expected_of(case).workbook.sheet(sheet)
    assert found is not None
    return next(row for (row, column), cell in found.cells.items() if column == 4 and cell.value == address)


def where_typed(address: str) -> tuple[str, str]:
    """The sheet and cell in which an input of Darlington's is typed: Inputs, or Levers, which Inputs then reads."""
    row = row_of("Inputs", address)
    inputs = expected_of(DARLINGTON).workbook.sheet("Inputs")
    assert inputs is not None
    sheet, _, place = inputs.cells[row, 5].formula.partition("!")
    return (sheet, place.replace("$", "")) if place else ("Inputs", f"E{row}")


def test_a_changed_input_is_an_edit_with_the_effect_that_the_model_gives(tmp_path: Path) -> None:
    """A case with the other figure, appraised by Python alone, gives the figure that the certificate prints."""
    address, old = next(
        (line.address, float(expected_of(DARLINGTON).appraisal.results[line][0, 0]))
        for line in expected_of(DARLINGTON).appraisal.written.model
        if line.is_input and line.address.startswith("options.") and line.address.endswith(".fte")
    )
    sheet, place = where_typed(address)
    path = changed_by_openpyxl(tmp_path, sheet, place, old * 2)
    certificate = audit_workbook(path, load_case(INPUTS / DARLINGTON))
    assert certificate.verdict is AuditVerdict.INPUTS_CHANGED
    assert [f.place for f in certificate.changed_inputs] == [f"{sheet}!{place}"]
    finding = certificate.changed_inputs[0]
    assert (finding.address, finding.expected, finding.found) == (address, f"{old:g}", f"{old * 2:g}")
    assert finding.effects is not None
    assert certificate.effects is not None
    value = next(e for e in certificate.effects if e.measure == "net_present_budget_impact")
    alone = next(e for e in finding.effects if e.measure == "net_present_budget_impact")
    model = expected_of(DARLINGTON).appraisal
    from finmodel.lines.evaluate import evaluate

    again = evaluate(model.written.model, {address: [[old * 2]]})
    line = model.written.measures[value.option]["net_present_budget_impact"]
    assert value.after_value == pytest.approx(again.figure(line), rel=1e-9)
    assert alone.after_value == pytest.approx(again.figure(line), rel=1e-9)
    assert value.before_value == pytest.approx(model.results.figure(line), rel=1e-9)
    assert value.change != 0


@pytest.mark.parametrize("value", ["12", "=1+1", None, True])
def test_an_input_that_is_no_typed_number_is_tampering(value: object, tmp_path: Path) -> None:
    place = f"E{row_of('Inputs', 'conventions.twelve')}"
    certificate = audit_workbook(changed_by_openpyxl(tmp_path, "Inputs", place, value))
    assert told(certificate) == [("INPUT_SPOILT", "Inputs", place)]
    assert certificate.verdict is AuditVerdict.TAMPERED


def test_a_year_of_thirteen_months_is_tampering_and_no_edit_of_an_input(tmp_path: Path) -> None:
    place = f"E{row_of('Inputs', 'conventions.months_in_a_year')}"
    certificate = audit_workbook(changed_by_openpyxl(tmp_path, "Inputs", place, 13))
    assert told(certificate) == [("CONVENTION_CHANGED", "Inputs", place)]
    assert certificate.verdict is AuditVerdict.TAMPERED
    assert (certificate.findings[0].expected, certificate.findings[0].found) == ("12", "13")


def test_a_changed_fact_is_one_that_the_workbook_does_not_follow(tmp_path: Path) -> None:
    case, address = "wolverhampton-2015", "options.peripatetic.posts.social-workers.in_post_for_paid_once"
    place = f"E{row_of('Inputs', address, case)}"
    certificate = audit_workbook(changed_by_openpyxl(tmp_path, "Inputs", place, -30, case=case))
    assert told(certificate) == [("FACT_CHANGED", "Inputs", place)]
    assert certificate.verdict is AuditVerdict.TAMPERED
    text = as_text(certificate)
    assert "change it in the case, and write the workbook again" in " ".join(text.split())
    words = " ".join(text.split())
    assert "Effect not known: the workbook does not follow a changed fact of the case" in words
    assert "no effect" not in text


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "kind"),
    [
        ("Cover", "B3", "Another council", "TEXT_CHANGED"),
        ("Assurance", "B5", "paragraph 1", "TEXT_CHANGED"),
        ("Measures", "H20", 5, "ADDED"),
        ("Checks", "E300", "=1", "ADDED"),
        ("Years", "Z9", "see note", "ADDED"),
        ("Inputs", "A1", "Inputs of ours", "HEADING_CHANGED"),
    ],
)
def test_what_is_changed_or_added_beside_the_lines_is_found(
    sheet: str, cell: str, value: object, kind: str, tmp_path: Path
) -> None:
    assert (kind, sheet, cell) in told(audit_workbook(changed_by_openpyxl(tmp_path, sheet, cell, value)))


def test_an_edit_of_the_carried_case_does_not_pass(tmp_path: Path) -> None:
    """A comment is added to a line on the sheet of the case: its SHA-256 no longer fits."""
    found = expected_of(DARLINGTON).workbook.sheet("Case")
    assert found is not None
    row, text = next((r, c.value) for (r, k), c in found.cells.items() if k == 3 and str(c.value).startswith("title:"))
    assert isinstance(text, str)
    path = changed_by_openpyxl(tmp_path, "Case", f"C{row}", text + "  # revised")
    alone = audit_workbook(path)
    assert "CASE_CHANGED" in {kind for kind, _, _ in told(alone)}
    beside = audit_workbook(path, load_case(INPUTS / DARLINGTON))
    assert {kind for kind, _, _ in told(beside)} == {"CASE_CHANGED"}
    number = found.cells[row, 2].value
    assert (
        beside.notes[0]
        == f"The case that the workbook carries is not the one given: case.yaml, first in line {number}."
    )


def test_a_carried_case_that_cannot_be_read_is_told_and_the_rest_still_looked_at(tmp_path: Path) -> None:
    path = changed_by_openpyxl(tmp_path, "Case", "C12", "title: [")
    certificate = audit_workbook(path)
    assert certificate.verdict is AuditVerdict.NOT_COMPARED
    assert told(certificate)[0] == ("CASE_CHANGED", "Case", "")
    assert "cannot be read any more (case.yaml, line" in certificate.findings[0].what


def test_without_its_case_sheet_a_workbook_can_be_compared_with_a_case(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(BytesIO(expected_of(DARLINGTON).workbook.content))
    del book["Case"]
    book.save(tmp_path / "without.xlsx")
    certificate = audit_workbook(tmp_path / "without.xlsx", load_case(INPUTS / DARLINGTON))
    assert told(certificate) == [("SHEET_DELETED", "Case", "")]


def test_a_sheet_that_is_renamed_is_told_once(tmp_path: Path) -> None:
    """Excel rewrites the formulas that name the sheet; so does this, in the file."""
    parts = original_of(DARLINGTON)
    changed = {
        name: content.decode().replace('name="Years"', 'name="Annual"').replace("Years!", "Annual!").encode()
        for name, content in parts.parts.items()
        if name.endswith("workbook.xml") or "worksheets/sheet" in name
    }
    content = parts.file({name: text.decode() for name, text in changed.items()})
    certificate = audited(content, DARLINGTON, tmp_path)
    kinds = [kind for kind, _, _ in told(certificate)]
    assert kinds.count("SHEET_RENAMED") == 1
    assert set(kinds) <= {"SHEET_RENAMED", "TEXT_CHANGED"}  # the cover lists the sheets


def test_rows_that_were_put_in_without_their_references_are_told_with_what_suffers(tmp_path: Path) -> None:
    """openpyxl moves the cells and leaves every reference as it was."""
    book = openpyxl.load_workbook(BytesIO(expected_of(DARLINGTON).workbook.content))
    book["Years"].insert_rows(12)
    book.save(tmp_path / "inserted.xlsx")
    certificate = audit_workbook(tmp_path / "inserted.xlsx")
    assert ("ROWS_INSERTED", "Years", "12:12") in told(certificate)
    assert any("no longer find what they read" in finding.what for finding in certificate.findings)
    assert len(certificate.findings) < 200


def test_the_certificate_says_what_was_checked_and_is_plain_data() -> None:
    certificate = audit_in_full(
        expected_of(DARLINGTON).workbook, expected_of(DARLINGTON), None, "the case given with --case"
    )
    written = shipped_cases.appraisal_of(DARLINGTON)
    assert certificate.case_title == written.case.title
    assert [(file.name, file.sha256) for file in certificate.case_files] == list(written.loaded.files)
    assert certificate.checked.sheets == 13
    assert certificate.checked.formulas == certificate.checked.stored_values > 2_000
    assert any(engine.startswith("ironcalc ") for engine in certificate.engines)
    assert '"verdict": "as written"' in as_json(certificate)
    assert as_text(certificate).startswith("The workbook is as the model writes it.")
    assert all(isinstance(kind.value, str) and kind.value for kind in FindingKind)
