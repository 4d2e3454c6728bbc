"""What the evidence that a claim names gives, beside the claim: figures, reasons for none, a sentence. No sums."""

from __future__ import annotations

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.beside_evidence import BesideClaim, BesideRow
from finmodel.case.schema_evidence import CLAIMED_IN
from finmodel.lines.display import number, plain_number
from finmodel.lines.line import Line
from finmodel.reference import graded_corrections
from finmodel.reference.findings import FAVOURABLE
from finmodel.results.evidence_words import NOT_COMPARABLE, Told, Verdict, in_share, interval_of
from finmodel.results.figures import amount


class EvidenceRow(Struct, frozen=True):
    """A row of the evidence as published, and what it gives in the unit of the claim.

    given, low, high: children, or entries of a year; None where there is no figure, with the reason in
    `not_comparable`, or no interval. least, most: with the interval and all that the case states a range of at that end
    together; None where it states none. families: of which `given` is made. beyond: whether the claim is above all that
    the row gives. address: of the line of `given`, "" where there is none.
    """

    number: int
    intervention: str
    setting: str
    population: str
    design: str
    outcome: str
    finding: str
    as_printed: str
    time_horizon: str
    given: float | None
    families: float | None
    low: float | None
    high: float | None
    least: float | None
    most: float | None
    interval: str
    beyond: bool | None
    not_comparable: str
    arithmetic: str
    confidence: str
    source: str
    link: str
    note: str
    address: str


class EvidenceResult(Struct, frozen=True):
    """The evidence beside a claim.

    claimed: at its largest, after deadweight and optimism bias; stated: before them; None where the claim avoids no
    placement. counted_in: in words. verdict: `beyond`, `within`, `null`, `before-after` or `not comparable`. sentence:
    what a reader is told, once. suggested_grade: from the design of the best row that found an effect; applied never
    unless the case states it.
    """

    population: str
    reached: float | None
    reached_in: str
    counted_in: str
    claimed: float | None
    stated: float | None
    rows: tuple[EvidenceRow, ...]
    verdict: Verdict
    sentence: str
    in_short: str
    suggested_grade: int | None
    grade_from: str
    grade_confidence: str
    address: str


def evidence_result(appraisal: Appraisal, beside: BesideClaim) -> EvidenceResult:
    """The evidence beside a claim."""
    applied = beside.claim.applied_to
    rows = tuple(_row(appraisal, beside, row) for row in beside.rows)
    told = Told(appraisal, beside).told()
    grade, grade_from, confidence = _grade(beside, told.verdict)
    return EvidenceResult(
        population="" if applied is None else applied.population,
        reached=_figure(appraisal, beside.reached),
        reached_in="" if applied is None else applied.counted_in,
        counted_in=CLAIMED_IN.get(beside.counted_in or "", ""),
        claimed=_figure(appraisal, beside.claimed),
        stated=_figure(appraisal, beside.stated),
        rows=rows,
        verdict=told.verdict,
        sentence=told.sentence,
        in_short=told.in_short,
        suggested_grade=grade,
        grade_from=grade_from,
        grade_confidence=confidence,
        address="" if beside.claimed is None else beside.claimed.address,
    )


def _figure(appraisal: Appraisal, line: Line | None) -> float | None:
    return None if line is None else amount(appraisal, line)


def _row(appraisal: Appraisal, beside: BesideClaim, row: BesideRow) -> EvidenceRow:
    found = row.found
    return EvidenceRow(
        number=found.number,
        intervention=found.intervention,
        setting=found.setting,
        population=found.population,
        design=found.design,
        outcome=found.outcome,
        finding=found.finding,
        as_printed=found.as_printed,
        time_horizon=found.time_horizon,
        given=_figure(appraisal, row.given),
        families=_figure(appraisal, row.families),
        low=_figure(appraisal, row.low),
        high=_figure(appraisal, row.high),
        least=_figure(appraisal, row.least),
        most=_figure(appraisal, row.most),
        interval=interval_of(appraisal, row),
        beyond=None if row.beyond is None else amount(appraisal, row.beyond) == 1,
        not_comparable=row.why_not,
        arithmetic=_arithmetic(appraisal, beside, row),
        confidence=found.confidence,
        source=found.source,
        link=found.link,
        note=found.note,
        address="" if row.given is None else row.given.address,
    )


def _arithmetic(appraisal: Appraisal, beside: BesideClaim, row: BesideRow) -> str:
    """What a figure is made of, with its numbers: `60 families × (44.8% − 36.2%) × 1.73 children a family`."""
    found, applied = row.found, beside.claim.applied_to
    if row.given is None or beside.reached is None or applied is None:
        return ""
    parts = [f"{plain_number(amount(appraisal, beside.reached))} {applied.counted_in}"]
    if found.is_difference and found.base_rate is not None and found.rate is not None:
        parts.append(f"({in_share(found.base_rate)} − {in_share(found.rate)})")
    elif found.effect is not None and applied.base_rate is not None:
        parts += [in_share(applied.base_rate.values[0]), f"(1 − {plain_number(found.effect)})"]
        parts += [] if applied.retention is None else [in_share(applied.retention.values[0])]
    if row.families is not None and beside.per_family is not None:
        parts.append(f"{number(amount(appraisal, beside.per_family), 2)} children a family")
    return " × ".join(parts)


def _grade(beside: BesideClaim, verdict: str) -> tuple[int | None, str, str]:
    """The grade that the best design suggests, from what, and how far the table of grades is to be trusted."""
    graded = [row.found for row in beside.rows if row.found.suggested_grade and row.found.finding == FAVOURABLE]
    if not graded or verdict in ("null", NOT_COMPARABLE):
        return None, "", ""
    best = min(graded, key=lambda found: found.suggested_grade or 0)
    of_table = next(row for row in graded_corrections("benefits") if row.grade == best.suggested_grade)
    effect = of_table.definition.rpartition("effect evidence: ")[2]
    return best.suggested_grade, f"row {best.number}, {best.design}: {effect}", of_table.confidence
