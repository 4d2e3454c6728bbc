"""A report of another version: never certified, never accused of what the versions may differ in."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from audit.workbooks.misread import inputs, misread, numbers, pieces, whole
from audit.workbooks.tampering import Held, Original
from audit.workbooks.test_two_readers import expected, original
from click.testing import CliRunner
from plain_results import found_once

import finmodel
from finmodel.audit.workbooks.certificate import AuditVerdict, Certificate
from finmodel.audit.workbooks.findings import FindingKind
from finmodel.audit.workbooks.model_audit import audit_workbook
from finmodel.audit.workbooks.page import render_page
from finmodel.audit.workbooks.reporting import as_text
from finmodel.cli import main
from finmodel.report import case_sheet, cover
from finmodel.report.workbook import render_workbook

OLD = "0.1.7"


@cache
def old() -> Original:
    """The report as a version of another number would write it, alike in all else."""
    appraisal = expected().appraisal
    patch = pytest.MonkeyPatch()
    with patch.context() as changed:
        changed.setattr(case_sheet, "__version__", OLD)
        changed.setattr(cover, "__version__", OLD)
        return Original(render_workbook(appraisal, found_once(appraisal)))


def audited(content: bytes, folder: Path) -> Certificate:
    (folder / "old.xlsx").write_bytes(content)
    return audit_workbook(folder / "old.xlsx")


def told(certificate: Certificate) -> list[tuple[FindingKind, str, str]]:
    return [(finding.kind, finding.sheet, finding.cells) for finding in certificate.findings]


def test_an_untouched_report_of_another_version_is_neither_certified_nor_accused(tmp_path: Path) -> None:
    certificate = audited(old().file({}), tmp_path)
    assert certificate.verdict is AuditVerdict.OTHER_VERSION
    assert told(certificate) == []
    assert not certificate.is_clean
    assert f"finmodel {OLD} made it, and this is finmodel {finmodel.__version__}" in certificate.notes[0]
    page = render_page(certificate)
    assert "cannot be certified" in page
    assert "What was changed" not in page


def test_the_exit_code_is_2(tmp_path: Path) -> None:
    (tmp_path / "old.xlsx").write_bytes(old().file({}))
    result = CliRunner().invoke(main, ["audit", str(tmp_path / "old.xlsx"), "--json"])
    assert result.exit_code == 2
    assert json.loads(result.stdout)["verdict"] == "other version"


@pytest.mark.parametrize("sheet", ["Measures", "Months", "Years", "Summary", "Checks"])
def test_a_value_typed_over_a_formula_is_told_all_the_same(sheet: str, tmp_path: Path) -> None:
    held = next(h for h in numbers(old()) if h.sheet == sheet)
    certificate = audited(old().with_cells((held, whole(held, "<v>12345</v>"))), tmp_path)
    assert (FindingKind.TYPED_OVER, sheet, held.cell) in told(certificate)
    assert certificate.verdict is AuditVerdict.OTHER_VERSION
    assert f"{sheet}!{held.cell}" in as_text(certificate)


def test_what_two_programs_read_differently_is_told_all_the_same(tmp_path: Path) -> None:
    for number in range(3):
        twin = misread(old(), "two values", number)
        assert (FindingKind.MARKUP, twin.sheet, twin.cell) in told(audited(twin.content, tmp_path))


def test_a_stored_value_that_is_not_what_its_formula_gives_is_told(tmp_path: Path) -> None:
    held = next(h for h in numbers(old()) if h.sheet == "Measures")
    certificate = audited(old().with_cells((held, whole(held, pieces(held)[0] + "<v>98765</v>"))), tmp_path)
    assert (FindingKind.STALE, "Measures", held.cell) in told(certificate)


def test_labels_rules_and_formulas_of_another_version_are_no_finding(tmp_path: Path) -> None:
    """A line with another name, worked out by another rule: that is what versions are for."""
    strings = old().parts["xl/sharedStrings.xml"].decode()
    texts = re.sub(r"Net present value|Cost", "What it comes to", strings)
    assert texts != strings
    held = next(h for h in numbers(old()) if h.sheet == "Measures")
    formula = f"<f>({held.formula.replace('&', '&amp;')})*1</f>"
    other = whole(held, held.inside.replace(pieces(held)[0], formula))
    xml = old().xml[held.sheet][: held.start] + other + old().xml[held.sheet][held.end :]
    content = old().file({"xl/sharedStrings.xml": texts, old().part_of[held.sheet]: xml})
    assert told(audited(content, tmp_path)) == []


def _saying(held: Held, version: str) -> tuple[Held, str]:
    attributes = re.sub(r' t="\w+"', "", held.attributes)
    return held, whole(held, f"<is><t>finmodel {version}</t></is>", f'{attributes} t="inlineStr"')


def _stated(sheet: str) -> Held:
    text = f"finmodel {finmodel.__version__}"
    return next(h for h in original().texts("B", sheet) if h.sheet == sheet and original().text(h) == text)


@pytest.mark.parametrize("sheet", ["Case", "Cover"])
def test_another_version_stated_in_one_place_excuses_nothing(sheet: str, tmp_path: Path) -> None:
    held = _stated(sheet)
    certificate = audited(original().with_cells(_saying(held, OLD)), tmp_path)
    assert certificate.verdict is AuditVerdict.TAMPERED
    assert (sheet, held.cell) in {(f.sheet, f.cells) for f in certificate.findings}


@pytest.mark.parametrize("version", ["of our own", "0", "", "0.1.7 or so"])
def test_what_is_no_version_excuses_nothing(version: str, tmp_path: Path) -> None:
    both = {held.sheet: _saying(held, version) for held in (_stated("Case"), _stated("Cover"))}
    changed = {
        original().part_of[sheet]: original().xml[sheet][: held.start] + new + original().xml[sheet][held.end :]
        for sheet, (held, new) in both.items()
    }
    assert audited(original().file(changed), tmp_path).verdict is AuditVerdict.TAMPERED


def test_a_claim_of_another_version_never_comes_out_clean(tmp_path: Path) -> None:
    """Also where a figure was changed and the claim made to cover it: the audit certifies nothing."""
    held = next(h for h in inputs(old()) if h.inside == "<v>40000</v>")
    certificate = audited(old().with_cells((held, whole(held, "<v>30000</v>"))), tmp_path)
    assert certificate.verdict is AuditVerdict.OTHER_VERSION
    assert not certificate.is_clean
    assert certificate.verdict is not AuditVerdict.AS_WRITTEN


def test_other_published_rates_are_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_sheet, "edition", lambda: "0123456789abcdef" * 4)
    certificate = audited(render_workbook(expected().appraisal, found_once(expected().appraisal)), tmp_path)
    assert certificate.verdict is AuditVerdict.OTHER_VERSION
    assert "with other published rates (SHA-256 0123456789abcdef" in certificate.notes[0]


def test_a_case_that_this_version_cannot_read_is_no_accusation(tmp_path: Path) -> None:
    """What a case may say differs between versions too; the rest is looked at as ever."""
    strings = old().parts["xl/sharedStrings.xml"].decode().replace("entries_avoided:", "entries_spared:")
    certificate = audited(old().file({"xl/sharedStrings.xml": strings}), tmp_path)
    assert certificate.verdict is AuditVerdict.OTHER_VERSION
    assert certificate.expected_from.startswith("nothing")
    assert FindingKind.TYPED_OVER not in {finding.kind for finding in certificate.findings}


def test_a_report_by_another_state_of_the_code_is_neither_certified_nor_accused(tmp_path: Path) -> None:
    """The number of the version and the rates are this one's; only the digest of the code is another."""
    other = "5" * 64
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(case_sheet, "code_edition", lambda: other)
        content = render_workbook(expected().appraisal, found_once(expected().appraisal))
    certificate = audited(content, tmp_path)
    assert (certificate.verdict, told(certificate)) == (AuditVerdict.OTHER_VERSION, [])
    assert f"in another state of its code (SHA-256 {other}) made it" in certificate.notes[0]
