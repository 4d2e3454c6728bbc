"""Workbooks in which two programs read two things: each is found where it is, and none that a program saved is."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from audit.workbooks.misread import KINDS, Twin, inputs, misread, numbers, pieces, whole
from audit.workbooks.saved_by_excel import MARKUP, as_excel_saves
from audit.workbooks.tampering import Original
from openpyxl.formula.translate import Translator

from finmodel.audit.workbooks.as_case import load_case_or_workbook
from finmodel.audit.workbooks.audit import audit
from finmodel.audit.workbooks.carried import carried_case
from finmodel.audit.workbooks.certificate import AuditVerdict, Certificate
from finmodel.audit.workbooks.contents import Workbook
from finmodel.audit.workbooks.expected import Expected, expected_workbook
from finmodel.audit.workbooks.findings import Finding, FindingKind
from finmodel.audit.workbooks.model_audit import audit_against
from finmodel.audit.workbooks.oddities import oddities
from finmodel.audit.workbooks.opening import open_workbook
from finmodel.audit.workbooks.reporting import as_text
from finmodel.audit.workbooks.second_reader import second_reading
from finmodel.case import ProblemsError
from finmodel.case.load import load_carried_case
from finmodel.lines.cells import position

CASE = """\
title: Two family workers
council: Anytown Council
price_base: 2024/25
first_year: 2024/25
years: 1
inflation: {general: 2%}
discounting: {rate: "3.5%"}
on_costs: {flat_rate: 20%}
placements:
  fostering: {label: Foster placement, unit_cost: 820, per: week, price_base: 2024/25, inflation: general}
options:
  - id: workers
    title: Two family workers
    posts:
      - {id: worker, title: Worker, annual_cost: 40000, price_base: 2024/25, inflation: none, fte: 2, start: 2024-09}
    benefits:
      - id: fewer
        label: Entries avoided
        entries_avoided: 0.5
        stay: {average_months: 6}
        placements: {fostering: 100%}
        deadweight: 20%
        optimism_bias: 15%
        cashable: 100%
"""


@cache
def expected() -> Expected:
    return expected_workbook(load_carried_case([("case.yaml", CASE.encode())]))


@cache
def original() -> Original:
    return Original(expected().workbook.content)


def opened(content: bytes, folder: Path) -> Workbook:
    path = folder / "workbook.xlsx"
    path.write_bytes(content)
    return open_workbook(path)


def audited(content: bytes, folder: Path) -> Certificate:
    found = opened(content, folder)
    return audit_against(found, expected(), carried_case(found), "the case")


def names(twin: Twin, findings: Iterable[Finding]) -> bool:
    """Whether a finding names the cell or row, or the part."""
    for finding in findings:
        if twin.cell:
            if finding.sheet == twin.sheet and twin.cell in (finding.cells, *finding.cells.split(":")):
                return True
        elif not twin.part or twin.part in finding.what + finding.found:
            return True
    return False


def is_found(twin: Twin, folder: Path) -> bool:
    """Whether the two readers find it, else the comparison with the model; or the door refuses the file, and says why."""
    try:
        found = opened(twin.content, folder)
    except ProblemsError as error:
        return all(problem.what for problem in error.problems)
    if names(twin, oddities(found)) or names(twin, second_reading(found)):
        return True
    certificate = audit_against(found, expected(), carried_case(found), "the case")
    return certificate.verdict is AuditVerdict.TAMPERED and names(twin, certificate.findings)


@pytest.mark.parametrize("kind", KINDS)
def test_what_two_programs_read_differently_is_found_where_it_is(kind: str, tmp_path: Path) -> None:
    twins = [misread(original(), kind, number) for number in range(3)]
    assert [(twin.what, twin.sheet, twin.cell) for twin in twins if not is_found(twin, tmp_path)] == []


def test_a_file_that_two_programs_read_differently_is_no_clean_one(tmp_path: Path) -> None:
    certificate = audited(misread(original(), "extension in a cell", 1).content, tmp_path)
    assert certificate.verdict is AuditVerdict.TAMPERED
    assert not certificate.is_clean


def test_the_first_value_counts_and_the_effect_of_it_is_told(tmp_path: Path) -> None:
    """Everyone else shows £45,000; the extension holds the £40,000 that the model has."""
    held = next(h for h in inputs(original()) if h.inside == "<v>40000</v>")
    hidden = '<v>45000</v><extLst><ext uri="{1}"><v>40000</v></ext></extLst>'
    certificate = audited(original().with_cells((held, whole(held, hidden))), tmp_path)
    told = [(f.kind, f.sheet, f.cells) for f in certificate.findings if f.kind is not FindingKind.FROM_BEFORE]
    assert told == [(FindingKind.MARKUP, held.sheet, held.cell)]
    assert [(f.place, f.found) for f in certificate.changed_inputs] == [(f"{held.sheet}!{held.cell}", "£45,000.00")]
    assert certificate.verdict is AuditVerdict.TAMPERED


def test_a_child_of_a_shared_formula_is_read_as_its_parent_has_it(tmp_path: Path) -> None:
    """Its own text is the model's; every program moves the parent's, which gives another figure."""
    master, child = [h for h in numbers(original()) if h.sheet == "Measures"][:2]
    (text, value), (true, stored) = pieces(master), pieces(child)
    parent = whole(master, text.replace("<f>", f'<f t="shared" ref="{master.cell}:{child.cell}" si="90">') + value)
    told = whole(child, true.replace("<f>", '<f t="shared" si="90">') + stored)
    found = opened(original().with_cells((master, parent), (child, told)), tmp_path)
    sheet = found.sheet("Measures")
    assert sheet is not None
    moved = Translator(f"={master.formula}", master.cell).translate_formula(child.cell)
    assert f"={sheet.cells[position(child.cell) or (0, 0)].formula}" == moved
    assert (child.sheet, child.cell) in {(odd.sheet, odd.cells) for odd in found.oddities}


def test_where_openpyxl_reads_on_and_we_do_not_both_readings_are_told(tmp_path: Path) -> None:
    """A second list of cells: we read the first alone, openpyxl reads both."""
    held = next(h for h in inputs(original()) if h.inside == "<v>40000</v>")
    again = (
        f'<sheetData><row r="{held.row + 200}"><c r="{held.column}{held.row + 200}"><v>45000</v></c></row></sheetData>'
    )
    xml = original().xml[held.sheet].replace("</sheetData>", f"</sheetData>{again}", 1)
    (second,) = second_reading(opened(original().file({original().part_of[held.sheet]: xml}), tmp_path))
    assert (second.kind, second.place) == (FindingKind.READERS_DISAGREE, f"{held.sheet}!{held.column}{held.row + 200}")
    assert (second.expected, second.found) == ("nothing, as we read it", "45000, as openpyxl reads it")


def test_an_untouched_workbook_is_certified_by_its_bytes_however_it_is_packed(tmp_path: Path) -> None:
    packed_again = original().file({})
    assert packed_again != expected().workbook.content
    certificate = audited(packed_again, tmp_path)
    assert certificate.identical and certificate.is_clean
    assert "byte for byte" in " ".join(as_text(certificate).split())
    one_byte = {"docProps/core.xml": original().parts["docProps/core.xml"].decode() + "\n"}
    assert not audited(original().file(one_byte), tmp_path).identical


def test_a_workbook_that_openpyxl_saved_is_clean(tmp_path: Path) -> None:
    saved = BytesIO()
    openpyxl.load_workbook(BytesIO(expected().workbook.content)).save(saved)
    certificate = audited(saved.getvalue(), tmp_path)
    assert (certificate.findings, certificate.changed_inputs, certificate.identical) == ((), (), False)


@pytest.mark.parametrize("how", MARKUP)
def test_what_excel_writes_on_saving_is_clean(how: str, tmp_path: Path) -> None:
    certificate = audited(as_excel_saves(original(), how), tmp_path)
    assert (certificate.findings, certificate.changed_inputs, certificate.identical) == ((), (), False)
    assert certificate.verdict is AuditVerdict.AS_WRITTEN


def test_the_case_of_a_workbook_that_can_be_read_in_two_ways_is_not_used(tmp_path: Path) -> None:
    twin = misread(original(), "carried case", 0)
    (tmp_path / "report.xlsx").write_bytes(twin.content)
    with pytest.raises(ProblemsError) as raised:
        load_case_or_workbook(tmp_path / "report.xlsx")
    assert f"sheet Case, {twin.cell}" in str(raised.value)


def test_in_a_workbook_of_somebody_else_a_cell_twice_is_still_a_problem(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.save(tmp_path / "other.xlsx")
    with zipfile.ZipFile(tmp_path / "other.xlsx") as source, zipfile.ZipFile(tmp_path / "twice.xlsx", "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"</row>", b'<c r="A1"><v>2</v></c></row>'))
    with pytest.raises(ProblemsError, match="The cell A1 is there twice"):
        audit(tmp_path / "twice.xlsx")
