"""The assurance statement of a case: who prepared, assured and approved it, at what risk, and what was done.

After the AQuA Book: roles apart, and assurance in proportion to the risk that errors would carry. Nothing is filled in:
what the case does not state is said to be not stated.
"""

from __future__ import annotations

from msgspec import Struct

from finmodel.case.checks.assurance import roles_apart
from finmodel.case.schema import Case
from finmodel.reference.assurance_risk import assurance_risk

NOT_STATED = "not stated"


class AssuranceStatement(Struct, frozen=True):
    """What a case states of its own assurance; what it does not state is "".

    The roles are words, `issued` an ISO date. risk: the level that follows from impact and likelihood, with what it
    calls for and where the rule stands. flags: what is missing, and which roles one and the same holds, in sentences.
    """

    prepared_by: str
    assured_by: str
    approved_by: str
    version: str
    issued: str
    impact: str
    likelihood: str
    risk: str
    response: str
    risk_source: str
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
    stated, risk = case.assurance, None
    if stated.impact is not None and stated.likelihood is not None:
        risk = assurance_risk(stated.impact, stated.likelihood)
    missing = [words for name, words in _MISSING.items() if not getattr(stated, name)]
    return AssuranceStatement(
        prepared_by=stated.prepared_by,
        assured_by=stated.assured_by,
        approved_by=stated.approved_by,
        version=stated.version,
        issued=stated.issued.isoformat() if stated.issued else "",
        impact=stated.impact or "",
        likelihood=stated.likelihood or "",
        risk=risk.level if risk else "",
        response=risk.response if risk else "",
        risk_source=risk.source if risk else "",
        carried_out=stated.carried_out,
        flags=(*missing, *(f"{found.what}." for found in roles_apart(case))),
    )


def statement_facts(found: AssuranceStatement) -> tuple[tuple[str, str], ...]:
    """The statement as pairs of a label and what stands against it; `not stated` where the case says nothing."""
    level = f"{found.risk} ({found.impact} impact, {found.likelihood}): {found.response}" if found.risk else NOT_STATED
    return (
        ("Prepared by (analyst)", found.prepared_by or NOT_STATED),
        ("Assured by", found.assured_by or NOT_STATED),
        ("Approved by", found.approved_by or NOT_STATED),
        ("Version", found.version or NOT_STATED),
        ("Issued", found.issued or NOT_STATED),
        ("Risk of errors", level),
        ("Assurance carried out", "; ".join(found.carried_out) or NOT_STATED),
    )
