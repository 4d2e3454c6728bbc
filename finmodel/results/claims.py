"""What an option claims to save: each benefit and each other saving down to what can be cashed, and who gains."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.options import WrittenOption
from finmodel.benefits.claims import folder_of
from finmodel.benefits.deductions import OTHER_CONVENTION, WrittenClaim
from finmodel.case.schema_savings import Claim, Saving
from finmodel.results.beside_evidence import EvidenceResult, evidence_result
from finmodel.results.beside_record import RecordResult, record_result
from finmodel.results.evidence_words import NOT_COMPARABLE
from finmodel.results.figures import amount, amounts, values
from finmodel.results.written import LEFT_OUT, Amounts, Yearly

AVOIDED_PLACEMENT = "avoided_placement"


class ClaimResult(Struct, frozen=True):
    """A benefit or another saving. body: who gains, and whether the case says so; evidence_grade: of the weakest.

    by_year: £ of each year before and after each deduction, by name; by the other convention of deductions, what can
    be cashed. evidence: what the evidence that it names gives, in no sum; record: the council's own, likewise.
    """

    id: str
    title: str
    kind: str
    body: str
    body_stated: bool
    basis: str
    deductions: str
    evidence_grade: int | None
    note: str
    address: str
    by_year: Mapping[str, Yearly]
    cashable_saving_other_convention: Yearly
    other_convention: str
    evidence: Annotated[EvidenceResult | None, LEFT_OUT]
    record: Annotated[RecordResult | None, LEFT_OUT]

    @property
    def beside(self) -> EvidenceResult | RecordResult | None:
        """By what it is told whether it is plausible: its evidence, or where that cannot be, the record."""
        if self.evidence is not None and (self.record is None or self.evidence.verdict != NOT_COMPARABLE):
            return self.evidence
        return self.record


class GainOfBody(Struct, frozen=True):
    """What a body gains, £: by year and in all; cashable: whether it releases cash."""

    body: str
    cashable: bool
    by_year: Amounts
    total: float
    address: str


def claim_result(appraisal: Appraisal, option: str, lines: WrittenClaim) -> ClaimResult:
    """A benefit or another saving: what it is, who gains, what is left after each deduction."""
    claim = lines.claim
    of = (option, folder_of(claim))
    beside, record = appraisal.written.beside.get(of), appraisal.written.record.get(of)
    return ClaimResult(
        id=claim.id,
        title=claim.label,
        kind=claim.kind if isinstance(claim, Saving) else AVOIDED_PLACEMENT,
        body=claim.body,
        body_stated="body" in claim.model_fields_set,
        basis=claim.basis,
        deductions=claim.deductions,
        evidence_grade=_grade(claim),
        note=claim.note,
        address=lines.yearly["cashable_saving"].address,
        by_year={name: values(appraisal, line) for name, line in lines.yearly.items()},
        cashable_saving_other_convention=values(appraisal, lines.other_convention),
        other_convention=OTHER_CONVENTION[claim.deductions],
        evidence=None if beside is None else evidence_result(appraisal, beside),
        record=None if record is None else record_result(appraisal, record),
    )


def _grade(claim: Claim) -> int | None:
    """The grade of the weakest evidence; None where optimism bias is stated."""
    return max(claim.evidence_grade.values()) if isinstance(claim.evidence_grade, dict) else claim.evidence_grade


def public_value(appraisal: Appraisal, written: WrittenOption) -> tuple[GainOfBody, ...]:
    """The saving by who gains, this council first; empty where the case names no other body."""
    if written.public_value is None:
        return ()
    return tuple(
        GainOfBody(
            body=gain.body,
            cashable=gain.cashable,
            by_year=amounts(appraisal, gain.yearly),
            total=amount(appraisal, gain.total),
            address=gain.yearly.address,
        )
        for gain in written.public_value.gains
    )
