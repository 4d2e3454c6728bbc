"""What a case claims to save: benefits and other savings alike, with who gains and on what evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finmodel.case.checks.defined_names import Known, options_of
from finmodel.case.schema import Case
from finmodel.case.schema_savings import THIS_COUNCIL, Claim
from finmodel.lines.periods import Month
from finmodel.parsing.findings import Finding
from finmodel.parsing.places import Address

_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")


def claims_of(case: Case) -> Iterator[tuple[Address, Claim]]:
    """Each benefit and each other saving, with its address."""
    for option_at, option in options_of(case):
        for place, benefit in enumerate(option.benefits):
            yield (*option_at, "benefits", place), benefit
        for place, saving in enumerate(option.savings):
            yield (*option_at, "savings", place), saving


def is_ours(case: Case, claim: Claim) -> bool:
    """Whether this council gains, be it called so or by its name."""
    return body_name(claim.body) in (body_name(THIS_COUNCIL), body_name(case.council))


def body_name(body: str) -> str:
    """A body as part of an address: `NHS` and `nhs` are one, `nhs`; empty where nothing in it can be."""
    return _NOT_IN_A_NAME.sub("-", body.casefold()).strip("-")


def bias_of(claim: Claim, month: Month) -> float:
    """The share that optimism bias takes off in a month; nil where neither it nor the evidence is stated."""
    if claim.optimism_bias is not None:
        return claim.optimism_bias.at(month) or 0.0
    grade = claim.evidence_grade
    if not grade:
        return 0.0
    from finmodel.reference import optimism_bias_corrections  # noqa: PLC0415 - reference data only when asked for

    weakest = grade if isinstance(grade, int) else max(grade.values())
    found = (row for row in optimism_bias_corrections() if row.applies_to == "benefits" and row.grade == weakest)
    return -next((row.correction or 0.0 for row in found), 0.0)


def bodies(case: Case, _: Known) -> Iterator[Finding]:
    """Who gains has a name that can be told from others."""
    for address, claim in claims_of(case):
        if not body_name(claim.body):
            remedy = "Write who gains, like NHS, or leave `body` out where this council does."
            yield Finding((*address, "body"), "This is not the name of a body", remedy)


def evidence(case: Case, _: Known) -> Iterator[Finding]:
    """Optimism bias is stated, or follows from a grade of evidence: one of the two."""
    for address, claim in claims_of(case):
        if claim.optimism_bias is None and claim.evidence_grade is None:
            what = "`optimism_bias` is missing, and so is `evidence_grade`, from which it could follow"
            remedy = "Add a line like `optimism_bias: 15%`, 0% if there is none, or like `evidence_grade: 4`."
            yield Finding((*address, "optimism_bias"), what, remedy, "missing")
        elif claim.optimism_bias is not None and claim.evidence_grade is not None:
            what = "Both `optimism_bias` and `evidence_grade` are given, and the one follows from the other"
            yield Finding((*address, "evidence_grade"), what, "Keep one of the two.", "whole")
        elif claim.evidence_grade == {}:
            what = "No grade of evidence is given"
            yield Finding((*address, "evidence_grade"), what, "Write a grade from 1, the best, to 6.", "whole")
