"""What `results.json` says of each benefit and each other saving, and of who gains. Nothing is worked out here."""

from __future__ import annotations

from typing import Any

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.options import WrittenOption
from finmodel.benefits.deductions import OTHER_CONVENTION, WrittenClaim
from finmodel.case.schema_savings import Claim, Saving

AVOIDED_PLACEMENT = "avoided_placement"


def claim_as_dict(appraisal: Appraisal, lines: WrittenClaim) -> dict[str, Any]:
    """A benefit or another saving: what it is, who gains, every rung by year."""
    claim, figures = lines.claim, appraisal.results.figures
    return {
        "id": claim.id,
        "title": claim.label,
        "kind": claim.kind if isinstance(claim, Saving) else AVOIDED_PLACEMENT,
        "body": claim.body,
        "body_stated": "body" in claim.model_fields_set,
        "basis": claim.basis,
        "deductions": claim.deductions,
        "evidence_grade": _grade(claim),
        "note": claim.note,
        "address": lines.yearly["cashable_saving"].address,
        "by_year": {name: figures(line) for name, line in lines.yearly.items()},
        "cashable_saving_other_convention": figures(lines.other_convention),
        "other_convention": OTHER_CONVENTION[claim.deductions],
    }


def _grade(claim: Claim) -> int | None:
    """The grade of the weakest evidence; None where optimism bias is stated."""
    return max(claim.evidence_grade.values()) if isinstance(claim.evidence_grade, dict) else claim.evidence_grade


def public_value(appraisal: Appraisal, written: WrittenOption) -> list[dict[str, Any]]:
    """The saving by who gains, this council first; empty where the case names no other body."""
    if written.public_value is None:
        return []
    return [
        {
            "body": gain.body,
            "cashable": gain.cashable,
            "by_year": appraisal.results.figures(gain.yearly),
            "total": appraisal.results.figure(gain.total),
            "address": gain.yearly.address,
        }
        for gain in written.public_value.gains
    ]
