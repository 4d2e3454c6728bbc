"""Break-even of each saving, and of any input that the case asks about; and what was solved in words."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.claims_needed import NeededOfClaim
from finmodel.appraisal.options import WrittenOption
from finmodel.appraisal.solved import Solved
from finmodel.lines.display import in_unit
from finmodel.results.figures import reason, value
from finmodel.results.written import INLINE


class SolvedResult(Struct, frozen=True):
    """Where an input breaks even, and the same in words."""

    solved: Annotated[Solved, INLINE]
    words: str


class NumberNeeded(Struct, frozen=True):
    """A number behind a saving, as stated and as needed, in `unit`; reason: why none is enough."""

    label: str
    unit: str
    stated: float | None
    needed: float | None
    reason: str | None
    address: str


class ClaimNeeded(Struct, frozen=True):
    """What a saving must come to by itself; share: of what is stated. requirement: nobody has forecast it."""

    id: str
    title: str
    requirement: bool
    address: str
    share: float | None
    reason: str | None
    numbers: tuple[NumberNeeded, ...]


def claims_needed(appraisal: Appraisal, written: WrittenOption) -> tuple[ClaimNeeded, ...]:
    """What each saving of an option must come to."""
    needed = appraisal.written.budget.options[written.option.id].claims_needed
    return tuple(_claim(appraisal, found) for found in needed)


def _claim(appraisal: Appraisal, found: NeededOfClaim) -> ClaimNeeded:
    claim = found.written.claim
    return ClaimNeeded(
        id=claim.id,
        title=claim.label,
        requirement=claim.basis == "requirement",
        address=found.share.address,
        share=value(appraisal, found.share),
        reason=reason(appraisal, found.share),
        numbers=tuple(
            NumberNeeded(
                label=stated.label,
                unit=stated.unit,
                stated=value(appraisal, stated),
                needed=value(appraisal, needed),
                reason=reason(appraisal, needed),
                address=needed.address,
            )
            for stated, needed in found.numbers
        ),
    )


def solved_result(found: Solved) -> SolvedResult:
    """What was solved, and the same in words."""
    return SolvedResult(found, solved_words(found))


def solved_words(found: Solved) -> str:
    """`breaks even at £642.13 or more; £820.00 is stated`; or why at no figure."""
    stated = "" if found.stated is None else f"; {in_unit(found.stated, found.unit)} is stated"
    if found.figure is None:
        return f"breaks even at no figure: {found.reason}{stated}"
    timed = f"{found.figure:.4g} times what is stated"
    figure = timed if found.stated is None else in_unit(found.figure, found.unit)
    jump = ", where it jumps past zero" if found.step else ""
    return f"breaks even at {figure} or {'more' if found.rising else 'less'}{jump}{stated}"
