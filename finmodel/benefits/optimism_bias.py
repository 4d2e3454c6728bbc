"""Optimism bias: stated, or what the published table takes off for evidence of a grade."""

from __future__ import annotations

from finmodel.basis.book import Book
from finmodel.basis.corrections import published_correction
from finmodel.basis.room import Room
from finmodel.case.schema_savings import Claim
from finmodel.lines.arithmetic import maximum
from finmodel.lines.expression import Expression
from finmodel.lines.line import Line
from finmodel.lines.timing import look_up
from finmodel.parsing.quantities import Provenance
from finmodel.reference import OptimismBiasCorrection, graded_corrections

_TABLE = "Optimism bias by grade of evidence"
_LABEL = "Optimism bias: share taken off"


def share_taken_off(grade: int) -> float:
    """What the table takes off a benefit for evidence of a grade, a share."""
    return -(graded_corrections("benefits")[grade - 1].correction or 0.0) + 0.0


def optimism_bias(room: Room, claim: Claim) -> Line:
    """The share taken off a saving for over-optimism.

    Stated; or by the grade of its evidence, and where its inputs have grades of their own by the weakest of them
    (HM Treasury and others, Supporting public service transformation, April 2014: recalled, not seen).
    """
    if claim.optimism_bias is not None:
        return room.state("optimism_bias", _LABEL, claim.optimism_bias, "share")
    grade = _grade(room, claim)
    table = [_correction(room.book, row) for row in graded_corrections("benefits")]
    return room.line("optimism_bias", _LABEL, look_up(grade, table), "share", note=f"{_TABLE}.")


def _correction(book: Book, row: OptimismBiasCorrection) -> Line:
    label, which = f"Taken off for evidence of grade {row.grade}", f"grade {row.grade}"
    share = share_taken_off(row.grade or 0)
    return published_correction(book, _TABLE, f"grade_{row.grade}", label, share, row, which)


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
