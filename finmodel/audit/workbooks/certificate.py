"""The certificate: what was checked, by what, against what, and what was found."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any

from msgspec import Struct, to_builtins

from finmodel.audit.workbooks.findings import HIDES_A_CHECK, Effect, Finding, FindingKind
from finmodel.audit.workbooks.not_looked_at import NOT_LOOKED_AT
from finmodel.audit.workbooks.reperforming import Agreement, Reperformed, reperformance

NONE_MOVED = "no effect on the net present budget impact or payback of any option"

CARRIED = (
    "the case that the workbook itself carries on its last sheet. That is no independent evidence: who changed both "
    "the workbook and the case in it would not be found. Compare with a copy from elsewhere by --case"
)
GIVEN = "the case given with --case"


class AuditVerdict(StrEnum):
    """What the audit comes to, in words."""

    AS_WRITTEN = "The workbook is as the model writes it."
    INPUTS_CHANGED = "Inputs were changed; the model is untouched."
    TAMPERED = "The workbook is not as the model writes it."
    OTHER_VERSION = "The workbook was made by another version of finmodel and cannot be certified by this one."
    NOT_RECALCULATED = "The workbook could not be recalculated, so that it cannot be certified."
    NOT_COMPARED = "The workbook looks like one of finmodel's, but there is no case to compare it with."


class Checked(Struct, frozen=True):
    """How much was looked at."""

    sheets: int
    cells: int
    formulas: int
    stored_values: int
    names: int


class CaseFile(Struct, frozen=True):
    """A file of the case from which the expected model was built."""

    name: str
    sha256: str


class Certificate(Struct, frozen=True):
    """The outcome of an audit of a workbook that finmodel wrote."""

    workbook: str
    sha256: str
    verdict: AuditVerdict
    case_title: str
    expected_from: str
    case_files: tuple[CaseFile, ...]
    made_by: str
    engines: tuple[str, ...]
    rates: str
    checked: Checked
    findings: tuple[Finding, ...] = ()
    changed_inputs: tuple[Finding, ...] = ()
    effects: tuple[Effect, ...] | None = None
    notes: tuple[str, ...] = ()
    reperformed: tuple[Reperformed, ...] = ()
    identical: bool = False
    """Whether every part of the file is, byte for byte, the part that this version writes for the case."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found: neither tampering nor an input that differs."""
        differs = any(each.outcome is Agreement.DIFFERS for each in self.reperformed)
        return not (self.findings or self.changed_inputs or differs) and self.is_certifiable

    @property
    def is_certifiable(self) -> bool:
        """Whether this version can say if the workbook is as it was written: one of its own, recalculated."""
        return self.verdict not in (AuditVerdict.OTHER_VERSION, AuditVerdict.NOT_RECALCULATED)

    @property
    def none_moved(self) -> str:
        """What to say where no headline figure reads differently."""
        if any(finding.kind is FindingKind.FACT_CHANGED for finding in self.findings):
            return "effect not known: the workbook does not follow a changed fact of the case"
        if any(finding.no_effects == HIDES_A_CHECK for finding in self.findings):
            return f"{NONE_MOVED}, but whether the checks hold can no longer be seen in every sheet's head"
        return NONE_MOVED


def as_json(certificate: Certificate) -> str:
    """The certificate as JSON, in the order in which it is read."""
    effects = certificate.effects
    data = {
        "workbook": certificate.workbook,
        "sha256": certificate.sha256,
        "verdict": certificate.verdict.name.lower().replace("_", " "),
        "verdict_in_words": str(certificate.verdict),
        "case": certificate.case_title,
        "expected_model_from": certificate.expected_from,
        "case_files": [to_builtins(file) for file in certificate.case_files],
        "made_by": certificate.made_by,
        "identical": certificate.identical,
        "engines": list(certificate.engines),
        "rates": certificate.rates,
        "checked": to_builtins(certificate.checked),
        "findings": [_plain(finding) for finding in certificate.findings],
        "changed_inputs": [_plain(finding) for finding in certificate.changed_inputs],
        "effects_of_all": None if effects is None else [to_builtins(effect) for effect in effects],
        "notes": list(certificate.notes),
        "reperformed": to_builtins(reperformance(certificate.reperformed)),
        "not_looked_at": list(NOT_LOOKED_AT),
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def _plain(finding: Finding) -> dict[str, Any]:
    return to_builtins(finding) | {"kind": finding.kind.name.lower().replace("_", " "), "place": finding.place}
