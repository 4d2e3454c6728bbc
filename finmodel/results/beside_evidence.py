"""What the evidence that a claim names gives, beside the claim: figures, reasons for none, a sentence. No sums."""

from __future__ import annotations

from dataclasses import dataclass

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.beside_evidence import BesideClaim, BesideRow
from finmodel.case.schema_evidence import CLAIMED_IN
from finmodel.case.schema_savings import Claim
from finmodel.lines.display import number, percent, plain_number
from finmodel.lines.line import Line
from finmodel.reference import graded_corrections
from finmodel.reference.findings import EFFECTS, FAVOURABLE, NULL, UNFAVOURABLE, StudyFinding
from finmodel.results.figures import amount
from finmodel.results.wording import listed

NOT_PUBLISHED = "interval not published"


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A row of the evidence as published, and what it gives in the unit of the claim.

    given, low, high: children, or entries of a year; None where there is no figure, with the reason in
    `not_comparable`, or no interval. families: of which `given` is made. beyond: whether the claim is above all that
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
    interval: str
    beyond: bool | None
    not_comparable: str
    arithmetic: str
    confidence: str
    source: str
    link: str
    note: str
    address: str


@dataclass(frozen=True, slots=True)
class EvidenceResult:
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
    verdict: str
    sentence: str
    suggested_grade: int | None
    grade_from: str
    grade_confidence: str
    address: str


def evidence_result(appraisal: Appraisal, beside: BesideClaim) -> EvidenceResult:
    """The evidence beside a claim."""
    applied = beside.claim.applied_to
    rows = tuple(_row(appraisal, beside, row) for row in beside.rows)
    verdict, sentence = _Told(appraisal, beside).told()
    grade, grade_from, confidence = _grade(beside, verdict)
    return EvidenceResult(
        population="" if applied is None else applied.population,
        reached=_figure(appraisal, beside.reached),
        reached_in="" if applied is None else applied.counted_in,
        counted_in=CLAIMED_IN.get(beside.counted_in or "", ""),
        claimed=_figure(appraisal, beside.claimed),
        stated=_figure(appraisal, beside.stated),
        rows=rows,
        verdict=verdict,
        sentence=sentence,
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
        interval=_interval(appraisal, row),
        beyond=None if row.beyond is None else amount(appraisal, row.beyond) == 1,
        not_comparable=row.why_not,
        arithmetic=_arithmetic(appraisal, beside, row),
        confidence=found.confidence,
        source=found.source,
        link=found.link,
        note=found.note,
        address="" if row.given is None else row.given.address,
    )


def _interval(appraisal: Appraisal, row: BesideRow) -> str:
    """The ends of the interval in words, or that none is published; "" where the row gives no figure."""
    if row.given is None:
        return ""
    if row.low is None or row.high is None:
        return NOT_PUBLISHED
    return f"{number(amount(appraisal, row.low), 1)} to {number(amount(appraisal, row.high), 1)}"


def _arithmetic(appraisal: Appraisal, beside: BesideClaim, row: BesideRow) -> str:
    """What a figure is made of, with its numbers: `60 families × (44.8% − 36.2%) × 1.73 children a family`."""
    found, applied = row.found, beside.claim.applied_to
    if row.given is None or beside.reached is None or applied is None:
        return ""
    parts = [f"{plain_number(amount(appraisal, beside.reached))} {applied.counted_in}"]
    if found.is_difference and found.base_rate is not None and found.rate is not None:
        parts.append(f"({percent(found.base_rate)} − {percent(found.rate)})")
    elif found.effect is not None and applied.base_rate is not None:
        parts += [percent(applied.base_rate.values[0]), f"(1 − {plain_number(found.effect)})"]
        parts += [] if applied.retention is None else [percent(applied.retention.values[0])]
    if row.families is not None and beside.per_family is not None:
        parts.append(f"{number(amount(appraisal, beside.per_family), 2)} children a family")
    return " × ".join(parts)


def _grade(beside: BesideClaim, verdict: str) -> tuple[int | None, str, str]:
    """The grade that the best design suggests, from what, and how far the table of grades is to be trusted."""
    graded = [row.found for row in beside.rows if row.found.suggested_grade and row.found.finding == FAVOURABLE]
    if not graded or verdict == "null":
        return None, "", ""
    best = min(graded, key=lambda found: found.suggested_grade or 0)
    of_table = next(row for row in graded_corrections("benefits") if row.grade == best.suggested_grade)
    effect = of_table.definition.rpartition("effect evidence: ")[2]
    return best.suggested_grade, f"row {best.number}, {best.design}: {effect}", of_table.confidence


class _Told:
    """The one sentence on a claim: is it beyond the evidence, from counts alone, or of what the best study denies?"""

    def __init__(self, appraisal: Appraisal, beside: BesideClaim) -> None:
        self.appraisal, self.beside = appraisal, beside

    def told(self) -> tuple[str, str]:
        """The verdict, and the sentence."""
        compared = [row for row in self.beside.rows if row.given is not None]
        refuting = [found for found in self.beside.best if found.finding in (NULL, UNFAVOURABLE)]
        if self.beside.best and len(refuting) == len(self.beside.best):
            return "null", self._null(refuting)
        if compared:
            return self._compared(min(compared, key=lambda row: row.found.strength), refuting)
        effects = [row.found for row in self.beside.rows if row.found.finding in (*EFFECTS, "claimed")]
        if effects and not any(found.compares for found in effects):
            which = _rows_of(effects)
            return "before-after", (
                f"{self._claims()} from counts before and after alone: {which} compared nobody who went without, so "
                "how much of the change the service caused is not known."
            )
        reasons = dict.fromkeys(row.why_not for row in self.beside.rows if row.why_not)
        why = "; ".join(reasons)
        return "not comparable", f"{self._claims()} which cannot be set beside the evidence named: {why}."

    def _claims(self) -> str:
        """The claim with its figure, as the beginning of a sentence."""
        beside = self.beside
        if beside.claimed is None or beside.stated is None:
            return f"The case {_verb(beside.claim)} “{beside.claim.label}”,"
        after, before = (plain_number(amount(self.appraisal, line), 1) for line in (beside.claimed, beside.stated))
        what = "entries to care in a year" if beside.counted_in == "entries" else "children in care"
        less = "" if after == before else f" after its deductions from {before}"
        return f"The case {_verb(beside.claim)} {after} fewer {what}{less},"

    def _null(self, refuting: list[StudyFinding]) -> str:
        outcomes = listed(list(dict.fromkeys(found.outcome for found in refuting)))
        best, many = _rows_of(refuting), len(refuting) > 1
        studies = "the strongest studies" if many else "the strongest study"
        return f"{self._claims()} but {studies} of {_intervention(self.beside)} found no effect on {outcomes} ({best})."

    def _compared(self, row: BesideRow, refuting: list[StudyFinding]) -> tuple[str, str]:
        beyond, where = self._where(row)
        ends = _interval(self.appraisal, row)
        interval = ends if ends == NOT_PUBLISHED else f"{ends} by its published interval"
        others = f"; {_rows_of(refuting)}, no weaker in design, found no effect" if refuting else ""
        sentence = f"{self._claims()} {where} the evidence: {self._gives(row)}; {interval}{others}."
        return ("beyond" if beyond else "within"), sentence

    def _gives(self, row: BesideRow) -> str:
        """What a row gives, and of what: `the difference in row 1 (44.8% to 36.2%), applied to the 60 families …`."""
        found, applied, beside = row.found, self.beside.claim.applied_to, self.beside
        assert applied is not None and beside.reached is not None and row.given is not None
        whom = f"{plain_number(amount(self.appraisal, beside.reached))} {applied.counted_in} reached"
        given = f"{number(amount(self.appraisal, row.given), 1)} {_counted(beside)}"
        if found.is_difference and found.base_rate is not None and found.rate is not None:
            fell = f"{percent(found.base_rate)} to {percent(found.rate)}"
            how = f"the {_study(found)}’s difference (row {found.number}, {fell})"
        else:
            base = "" if applied.base_rate is None else f" on a base rate of {percent(applied.base_rate.values[0])}"
            how = (
                f"the {_study(found)}’s relative risk of {plain_number(found.effect or 0.0)} (row {found.number}){base}"
            )
            if applied.retention is not None:
                whom += f", {percent(applied.retention.values[0])} of whom stay with it,"
        if row.families is None or beside.per_family is None:
            return f"{how}, applied to the {whom}, gives {given}".replace(",,", ",")
        families = number(amount(self.appraisal, row.families), 1)
        per_family = number(amount(self.appraisal, beside.per_family), 2)
        return f"{how}, applied to the {whom}, gives {families} families, {given} at {per_family} a family"

    def _where(self, row: BesideRow) -> tuple[bool, str]:
        """Whether the claim is beyond the evidence, and where it stands to it in words."""
        if row.beyond is not None and amount(self.appraisal, row.beyond) == 1:
            return True, "beyond"
        if row.above is not None and amount(self.appraisal, row.above) == 1:
            return False, "above the middle figure but within the interval of"
        return False, "within"


def _study(found: StudyFinding) -> str:
    if found.design_kind == "random in the UK":
        return "trial"
    return "review" if found.design_kind == "several studies" else "study"


def _counted(beside: BesideClaim) -> str:
    return "entries" if beside.counted_in == "entries" else "children"


def _verb(claim: Claim) -> str:
    return "requires" if claim.basis == "requirement" else "claims"


def _intervention(beside: BesideClaim) -> str:
    names = dict.fromkeys(row.found.intervention for row in beside.rows)
    return listed([f"“{name}”" for name in names])


def _rows_of(found: list[StudyFinding]) -> str:
    """`row 28`, `rows 9 and 10`."""
    numbers = [str(each.number) for each in found]
    return f"{'row' if len(numbers) == 1 else 'rows'} {listed(numbers)}"
