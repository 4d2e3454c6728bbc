"""Optimism bias: stated, or what the published table takes off for evidence of a grade."""

from __future__ import annotations

from functools import cache

from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.case.schema_savings import Claim
from finmodel.lines.arithmetic import maximum
from finmodel.lines.expression import Expression
from finmodel.lines.line import Line, Origin
from finmodel.lines.timing import look_up
from finmodel.parsing.quantities import Provenance
from finmodel.reference import OptimismBiasCorrection, optimism_bias_corrections
from finmodel.reference.rates import Vintage

_TABLE = "Optimism bias by grade of evidence"
_LABEL = "Optimism bias: share taken off"


@cache
def corrections() -> tuple[OptimismBiasCorrection, ...]:
    """The corrections of benefits, from grade 1 on, as the reference data has them: -0.15 takes 15% off."""
    graded = [row for row in optimism_bias_corrections() if row.applies_to == "benefits" and row.grade is not None]
    return tuple(sorted(graded, key=lambda row: row.grade or 0))


def share_taken_off(grade: int) -> float:
    """What the table takes off a benefit for evidence of a grade, a share."""
    return -(corrections()[grade - 1].correction or 0.0) + 0.0


def optimism_bias(room: Room, claim: Claim) -> Line:
    """The share taken off a saving for over-optimism.

    Stated; or by the grade of its evidence, and where its inputs have grades of their own by the weakest of them
    (HM Treasury and others, Supporting public service transformation, April 2014: recalled, not seen).
    """
    if claim.optimism_bias is not None:
        return room.state("optimism_bias", _LABEL, claim.optimism_bias, "share")
    grade = _grade(room, claim)
    table = [_correction(room.book, row) for row in corrections()]
    return room.line("optimism_bias", _LABEL, look_up(grade, table), "share", note=f"{_TABLE}.")


def _correction(book: Book, row: OptimismBiasCorrection) -> Line:
    """One row of the table as an input, with how far it can be trusted."""
    room, name = Room(book, "rates.optimism_bias", _TABLE).once, f"grade_{row.grade}"
    origin = Origin(
        source=row.source,
        where=f"{row.dataset}, grade {row.grade}",
        link=row.link,
        confidence=row.confidence,
        note=f"{row.definition}. {row.note}",
    )
    book.published[room.address(name)] = (Vintage(row.dataset, row.row, row.confidence),)
    label = f"Taken off for evidence of grade {row.grade}"
    return room.input(name, label, share_taken_off(row.grade or 0), "share", origin)


def _grade(room: Room, claim: Claim) -> Line:
    """The grade of the evidence: the one that is stated, or the weakest, which is the largest, of several."""
    stated, name = claim.evidence_grade, "evidence_grade"
    origin = room.book.origin(Provenance(), claim)
    if stated is None:
        raise ValueError(f"{room.at} states neither an optimism bias nor a grade of evidence")
    if isinstance(stated, int):
        return room.input(name, "Grade of the evidence, 1 the best to 6", stated, "number", origin)
    grades = [
        room.input(f"{name}.{which}", f"Grade of the evidence: {which}", grade, "number", origin)
        for which, grade in stated.items()
    ]
    weakest: Expression = grades[0]
    for grade in grades[1:]:
        weakest = maximum(weakest, grade)
    return room.line(name, "Grade of the weakest evidence", weakest, "number")
