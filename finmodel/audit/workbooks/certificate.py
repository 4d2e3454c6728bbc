"""The certificate: what was checked, by what, against what, and what was found."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from finmodel.audit.workbooks.findings import Effect, Finding, FindingKind
from finmodel.audit.workbooks.not_looked_at import NOT_LOOKED_AT
from finmodel.parsing.problems import seen_in_one_line

MOST_TOLD = 100  # findings of a kind on a terminal; the page and the JSON hold all
NONE_MOVED = "no effect on the net present budget impact or payback of any option"


class AuditVerdict(StrEnum):
    """What the audit comes to, in words."""

    AS_WRITTEN = "The workbook is as the model writes it."
    INPUTS_CHANGED = "Inputs were changed; the model is untouched."
    TAMPERED = "The workbook is not as the model writes it."
    OTHER_VERSION = "The workbook was made by another version of finmodel and cannot be certified by this one."
    NOT_RECALCULATED = "The workbook could not be recalculated, so that it cannot be certified."
    NOT_COMPARED = "The workbook looks like one of finmodel's, but there is no case to compare it with."


@dataclass(frozen=True, slots=True)
class Checked:
    """How much was looked at."""

    sheets: int
    cells: int
    formulas: int
    stored_values: int
    names: int


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file of the case from which the expected model was built."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Certificate:
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
    identical: bool = False
    """Whether every part of the file is, byte for byte, the part that this version writes for the case."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found: neither tampering nor an input that differs."""
        return not self.findings and not self.changed_inputs and self.is_certifiable

    @property
    def is_certifiable(self) -> bool:
        """Whether this version can say if the workbook is as it was written: one of its own, recalculated."""
        return self.verdict not in (AuditVerdict.OTHER_VERSION, AuditVerdict.NOT_RECALCULATED)

    @property
    def none_moved(self) -> str:
        """What to say where no headline figure reads differently."""
        if any(finding.kind is FindingKind.FACT_CHANGED for finding in self.findings):
            return "effect not known: the workbook does not follow a changed fact of the case"
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
        "case_files": [asdict(file) for file in certificate.case_files],
        "made_by": certificate.made_by,
        "identical": certificate.identical,
        "engines": list(certificate.engines),
        "rates": certificate.rates,
        "checked": asdict(certificate.checked),
        "findings": [_plain(finding) for finding in certificate.findings],
        "changed_inputs": [_plain(finding) for finding in certificate.changed_inputs],
        "effects_of_all": None if effects is None else [asdict(effect) for effect in effects],
        "notes": list(certificate.notes),
        "not_looked_at": list(NOT_LOOKED_AT),
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def _plain(finding: Finding) -> dict[str, Any]:
    return asdict(finding) | {"kind": finding.kind.name.lower().replace("_", " "), "place": finding.place}


def as_text(certificate: Certificate) -> str:
    """The certificate for a terminal."""
    checked = certificate.checked
    lines = [
        str(certificate.verdict),
        "",
        f"Workbook       {certificate.workbook}, SHA-256 {certificate.sha256}",
        *([f"Case           {certificate.case_title}"] if certificate.case_title else []),
        f"Compared with  {certificate.expected_from}",
        *(f"               {file.name}, SHA-256 {file.sha256}" for file in certificate.case_files),
        *([f"Recalculated   by {', '.join(certificate.engines)}"] if certificate.engines else []),
        f"Checked        {checked.sheets:,} sheets, {checked.cells:,} cells, {checked.formulas:,} formulas, "
        f"{checked.stored_values:,} stored values, {checked.names:,} names",
    ]
    lines += ["", *(f"Note: {note}" for note in certificate.notes)] if certificate.notes else []
    heading = (
        "Not as the model writes it"
        if certificate.verdict is not AuditVerdict.OTHER_VERSION
        else "Found without comparing"
    )
    lines += _block(heading, certificate.findings)
    lines += _block("Inputs that differ from the case", certificate.changed_inputs)
    if certificate.effects is not None and not certificate.is_clean:
        lines += ["", "All changes together", *_effects(certificate.effects, certificate.none_moved)]
    lines += ["", "Not looked at", *(f"  {name}" for name in NOT_LOOKED_AT)]
    return "\n".join(map(seen_in_one_line, lines))


def _block(heading: str, findings: Iterable[Finding]) -> list[str]:
    found = list(findings)
    if not found:
        return []
    lines = ["", f"{heading}: {len(found):,}"]
    for finding in found[:MOST_TOLD]:
        figure = ", ".join(text for text in (finding.label, finding.period) if text)
        lines += ["", f"  {finding.place}: {finding.what}"]
        lines += [f"    {figure} ({finding.address})"] if finding.address else []
        if finding.expected or finding.found:
            lines += [f"    expected {finding.expected or 'nothing'}", f"    found    {finding.found or 'nothing'}"]
        if finding.source:
            lines.append(f"    source   {finding.source}")
        if finding.effects is not None:
            lines += [f"  {line}" for line in _effects(finding.effects, NONE_MOVED)]
        elif finding.no_effects:
            lines.append(f"    effect   {finding.no_effects}")
    if len(found) > MOST_TOLD:
        lines += ["", f"  … and {len(found) - MOST_TOLD:,} more: --out FOLDER and --json have every one."]
    return lines


def _effects(effects: Iterable[Effect], none_moved: str) -> list[str]:
    moved = [effect for effect in effects if effect.before != effect.after]
    if not moved:
        return [f"  {none_moved}"]
    return [f"  {effect.title}, {effect.label.lower()}: {effect.before} → {effect.after}" for effect in moved]
