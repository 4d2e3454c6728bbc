"""The level of risk that errors in an analysis would carry, by which its assurance is made proportionate."""

from __future__ import annotations

from finmodel.reference.loader import load
from finmodel.reference.rates import RateNotFoundError
from finmodel.reference.sourced import SourcedFact, provenance


class AssuranceRisk(SourcedFact, frozen=True):
    """A level of risk: `very low`, `low`, `medium` or `high`; response: what should be done about it, in words."""

    impact: str
    likelihood: str
    level: str
    response: str


def assurance_risk(impact: str, likelihood: str) -> AssuranceRisk:
    """The level for an impact and a likelihood of errors, as the data set names them; RateNotFoundError for others."""
    for row in load("assurance_risk"):
        if (row["impact"], row["likelihood"]) == (impact, likelihood):
            return AssuranceRisk(
                impact=impact, likelihood=likelihood, level=row["level"], response=row["response"], **provenance(row)
            )
    raise RateNotFoundError(f"There is no level of risk for impact {impact!r} and likelihood {likelihood!r}.")
