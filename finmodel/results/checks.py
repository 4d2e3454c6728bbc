"""The checks of the sums, and whether all hold."""

from __future__ import annotations

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal


class CheckResult(Struct, frozen=True):
    """A check by its address: what it says, and whether it holds."""

    address: str
    what: str
    holds: bool


class ChecksResult(Struct, frozen=True):
    """Every check; all_hold: whether the figures may be used."""

    all_hold: bool
    checks: tuple[CheckResult, ...]


def checks_result(appraisal: Appraisal) -> ChecksResult:
    """Every check but the one that sums them up."""
    *each, _ = appraisal.written.checks
    return ChecksResult(
        appraisal.checks_hold,
        tuple(CheckResult(line.address, line.label, appraisal.results.figure(line) == 1) for line in each),
    )
