"""The assurance statement of a case: who prepared, assured and approved it, at what risk, and what was done.

After the AQuA Book: roles apart, and assurance in proportion to the risk that errors would carry. Nothing is filled in:
what the case does not state is said to be not stated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from finmodel.case.checks.assurance import roles_apart
from finmodel.case.schema import Case
from finmodel.reference.assurance_risk import AssuranceRisk, assurance_risk

NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class AssuranceStatement:
    """What a case states of its own assurance.

    The roles are words, empty where they are not stated; risk: None where impact and likelihood are not stated.
    flags: what is missing, and which roles one and the same holds, in sentences.
    """

    prepared_by: str
    assured_by: str
    approved_by: str
    version: str
    issued: date | None
    risk: AssuranceRisk | None
    carried_out: tuple[str, ...]
    flags: tuple[str, ...]


_MISSING = {
    "prepared_by": "The case does not state who prepared it.",
    "assured_by": "Nobody is named who assured the analysis, independent of who prepared it.",
    "approved_by": "Nobody is named who approved the analysis.",
    "version": "The case has no version.",
    "issued": "The case has no date of issue.",
    "impact": "The risk of errors is not assessed: neither their impact nor their likelihood is stated.",
    "carried_out": "Nothing is stated of what was done to assure the analysis.",
}


def assurance_statement(case: Case) -> AssuranceStatement:
    """The statement of a case."""
    stated = case.assurance
    risk = None
    if stated.impact is not None and stated.likelihood is not None:
        risk = assurance_risk(stated.impact, stated.likelihood)
    missing = [words for name, words in _MISSING.items() if not getattr(stated, name)]
    together = [f"{found.what}." for found in roles_apart(case)]
    return AssuranceStatement(
        stated.prepared_by,
        stated.assured_by,
        stated.approved_by,
        stated.version,
        stated.issued,
        risk,
        stated.carried_out,
        (*missing, *together),
    )


def statement_facts(statement: AssuranceStatement) -> tuple[tuple[str, str], ...]:
    """The statement as pairs of a label and what stands against it; `not stated` where the case says nothing."""
    risk = statement.risk
    level = NOT_STATED
    if risk is not None:
        level = f"{risk.level} ({risk.impact} impact, {risk.likelihood}): {risk.response}"
    return (
        ("Prepared by (analyst)", statement.prepared_by or NOT_STATED),
        ("Assured by", statement.assured_by or NOT_STATED),
        ("Approved by", statement.approved_by or NOT_STATED),
        ("Version", statement.version or NOT_STATED),
        ("Issued", statement.issued.isoformat() if statement.issued else NOT_STATED),
        ("Risk of errors", level),
        ("Assurance carried out", "; ".join(statement.carried_out) or NOT_STATED),
    )
