"""A report that says another version of finmodel, its code or its published rates made it: what can be found.

Nobody is accused of what may only be a difference between versions, and nothing is certified either: a report that
claims another version never comes out clean, so that the claim excuses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from finmodel import __version__
from finmodel.audit.workbooks.carried import CarriedCase
from finmodel.audit.workbooks.certificate import AuditVerdict, CaseFile, Certificate, Checked
from finmodel.audit.workbooks.contents import Position, Workbook, Worksheet
from finmodel.audit.workbooks.differences import CellDifference, as_finding, compare, groups
from finmodel.audit.workbooks.expected import Expected
from finmodel.audit.workbooks.findings import Finding, FindingKind
from finmodel.audit.workbooks.recalculating import engine_name
from finmodel.audit.workbooks.structure import lay_side_by_side, typed_text
from finmodel.audit.workbooks.without_case import by_itself
from finmodel.reference.edition import edition
from finmodel.report.line_sheets import LABEL_COLUMN, RULE_COLUMN, UNIT_COLUMN
from finmodel.results.evidence import code_edition

_COVER, _MADE_BY = "Cover", "Made by"
_VERSION = re.compile(r"finmodel [0-9]+(?:\.[0-9]+)+[0-9A-Za-z.+-]*")
_SHA_256 = re.compile("[0-9a-f]{64}")
_MOST_STALE = 20
_SAYING_WHAT = (LABEL_COLUMN + 1, UNIT_COLUMN + 1, RULE_COLUMN + 1)


def other_version(found: Workbook, carried: CarriedCase | None) -> str:
    """What other version made a workbook, where every place that states it says the same; "" where it is this one.

    Places that contradict each other are no other version: then the workbook is compared, and the texts are findings.
    """
    if carried is None:
        return ""
    stated = {carried.made_by, *(text for sheet in found.sheets if sheet.name == _COVER for text in _on_cover(sheet))}
    if len(stated) != 1 or not _VERSION.fullmatch(carried.made_by):
        return ""
    if carried.made_by != f"finmodel {__version__}":
        return carried.made_by
    if carried.rates != edition() and _SHA_256.fullmatch(carried.rates):
        return f"{carried.made_by} with other published rates (SHA-256 {carried.rates})"
    if carried.code != code_edition() and _SHA_256.fullmatch(carried.code):
        return f"{carried.made_by} in another state of its code (SHA-256 {carried.code})"
    return ""


def _on_cover(sheet: Worksheet) -> Iterator[str]:
    for (row, column), cell in sheet.cells.items():
        if column == 1 and cell.value == _MADE_BY:
            beside = sheet.cells.get((row, 2))
            yield typed_text(beside) if beside else ""


def audit_other_version(
    found: Workbook, carried: CarriedCase, made_by: str, expected: Expected | None, expected_from: str
) -> Certificate:
    """What can be said of a report of another version: recalculated, read twice, its typed-over cells.

    expected: the workbook that this version writes for its case; None where this version cannot read the case.
    """
    findings, notes, checked = by_itself(found)
    findings = [
        finding for finding in findings if finding.kind not in (FindingKind.NAME_DELETED, FindingKind.NAME_CHANGED)
    ]
    known = {(finding.kind, finding.sheet, finding.cells) for finding in findings}
    over = _typed_over(found, expected) if expected is not None else ()
    findings += [each for each in over if (each.kind, each.sheet, each.cells) not in known]
    this = f"finmodel {__version__}"
    this += f", rates {edition()[:12]}…" if "rates" in made_by else ""
    this += f", code {code_edition()[:12]}…" if "code" in made_by else ""
    note = (
        f"The workbook says that {made_by} made it, and this is {this}. It was recalculated, read by two readers and "
        "looked through for values typed over formulas. It was not compared with the model: differences could come "
        "from the version. Audit it with the version that made it."
    )
    return Certificate(
        workbook=found.name,
        sha256=found.sha256,
        verdict=AuditVerdict.OTHER_VERSION,
        case_title=expected.appraisal.case.title if expected else "",
        expected_from=expected_from if expected else "nothing: this version cannot read the case",
        case_files=tuple(CaseFile(file.name, file.sha256) for file in carried.files),
        made_by=carried.made_by,
        engines=(engine_name(), f"finmodel {__version__}"),
        rates=edition(),
        checked=Checked(*checked),
        findings=tuple(_in_order(findings)),
        notes=(note, *notes),
    )


def _in_order(findings: list[Finding]) -> Iterator[Finding]:
    """Stored values last, and only the first of them one by one: whatever reads a changed cell is among them."""
    stale = [finding for finding in findings if finding.kind is FindingKind.STALE]
    yield from (finding for finding in findings if finding.kind is not FindingKind.STALE)
    yield from stale[:_MOST_STALE]
    if len(stale) > _MOST_STALE:
        what = f"{len(stale) - _MOST_STALE:,} more stored values are not what their formulas give; this is the first."
        yield replace(stale[_MOST_STALE], what=what)


def _typed_over(found: Workbook, expected: Expected) -> Iterator[Finding]:
    """Values where this version has a formula, in rows that say that they are worked out by the same rule."""
    structure = lay_side_by_side(expected.workbook, found, expected.addresses)
    differences = [
        one
        for one in compare(expected, structure, frozenset()).differences
        if one.kind is FindingKind.TYPED_OVER and one.model_place is not None and _says_the_same(one, one.model_place)
    ]
    for group in groups(differences):
        yield as_finding(group)


def _says_the_same(one: CellDifference, model_place: Position) -> bool:
    return all(
        _text(one.pair.before, (model_place[0], column)) == _text(one.pair.now, (one.place[0], column))
        for column in _SAYING_WHAT
        if column != one.place[1]
    )


def _text(sheet: Worksheet, place: Position) -> str:
    cell = sheet.cells.get(place)
    return typed_text(cell) if cell is not None else ""
