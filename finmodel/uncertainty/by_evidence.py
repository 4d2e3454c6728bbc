"""The evidence that a claim names, put in the claim's place: its number of children, and how far that may be out.

A claim's number is moved by the one input with which it grows in proportion, until what it comes to after deadweight
and optimism bias is what the row of evidence gives: a trial's difference is between those offered the service and those
who were not, so what would have come about anyway is out of it already.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from finmodel.appraisal.appraise import WrittenModel
from finmodel.appraisal.beside_evidence import BesideClaim, BesideRow
from finmodel.appraisal.input_bounds import InputBounds
from finmodel.appraisal.stated_ranges import RangeOfInput, range_of
from finmodel.benefits.claims import folder_of
from finmodel.case.schema_uncertainty import InputRange
from finmodel.lines.display import plain_number
from finmodel.lines.evaluate import evaluate
from finmodel.lines.line import Line
from finmodel.lines.model import inputs_behind
from finmodel.uncertainty.moving import scaled, volume_of
from finmodel.uncertainty.trials import Change, work_out

BY_EVIDENCE = "evidence"  # with which the ids of these questions begin; the option's follows
_NEAR = 1e-9
_AT = {"": "", "low": ", at its low", "high": ", at its high"}


class ClaimByEvidence(Struct, frozen=True):
    """A claim of an option beside a row of evidence that gives a number, and the input by which it can be moved.

    claimed: what the claim comes to, after deductions; given, least, most: what the row gives in the same unit, None
    where no range of it is published or stated. volume: None where no one input moves the claim in proportion.
    """

    option: str
    label: str
    beside: BesideClaim
    row: BesideRow
    volume: Line | None
    claimed: float
    given: float
    least: float | None
    most: float | None

    @property
    def number(self) -> int:
        """The number of the row."""
        return self.row.found.number


class EvidenceQuestion(Struct, frozen=True):
    """A change of the inputs that makes a claim what its evidence gives; none, and why not, where nothing does."""

    id: str
    label: str
    change: Change
    why_not: str
    note: str


def claims_by_evidence(written: WrittenModel) -> tuple[ClaimByEvidence, ...]:
    """Every claim of placements avoided beside every row of its evidence that gives a number."""
    found = [
        (option.option.id, benefit, beside, row)
        for option in written.options
        for benefit in option.own.benefits
        if (beside := written.beside.get((option.option.id, folder_of(benefit.claim)))) is not None
        for row in beside.rows
        if row.given is not None
    ]
    if not found:
        return ()
    wanted = [line.address for *_, beside, row in found for line in (beside.claimed, *_lines(row)) if line is not None]
    results = evaluate(written.model, keep=wanted)

    def figure(line: Line | None) -> float | None:
        return None if line is None else results.figure(line)

    return tuple(
        ClaimByEvidence(
            option,
            benefit.claim.label,
            beside,
            row,
            volume_of(written.model, option, benefit),
            figure(beside.claimed) or 0.0,
            figure(row.given) or 0.0,
            *(figure(line) for line in _lines(row)[1:]),
        )
        for option, benefit, beside, row in found
    )


def _lines(row: BesideRow) -> tuple[Line | None, Line | None, Line | None]:
    """What a row gives, and the ends: with all that has a range at that end, else those of its interval."""
    if row.least is not None and row.most is not None:
        return row.given, row.least, row.most
    return row.given, row.low, row.high


def evidence_questions(written: WrittenModel, options: Collection[str]) -> Iterator[EvidenceQuestion]:
    """What each option comes to at the number of children that its evidence gives, and at the ends of its range.

    options: the ids of those that are asked about. Each change is put back: the claim comes to what the row gives.
    """
    asked: list[tuple[ClaimByEvidence, str, float, Change]] = []
    for each in claims_by_evidence(written):
        if each.option not in options:
            continue
        name, label = _named(each, ""), _label(each, "")
        if each.volume is None or not each.claimed:
            why = "no one input makes the children more or fewer" if each.claimed else "no child is claimed"
            yield EvidenceQuestion(name, label, {}, why, "")
            continue
        for end, figure in (("", each.given), ("low", each.least), ("high", each.most)):
            if figure is not None:
                asked.append((each, end, figure, scaled([each.volume], figure / each.claimed)))
    reached = _reached(written, asked)
    for (each, end, figure, change), came_to in zip(asked, reached, strict=True):
        name, label = _named(each, end), _label(each, end)
        if came_to is None or abs(came_to - figure) > _NEAR * max(1.0, abs(figure)):
            yield EvidenceQuestion(name, label, {}, "the claim does not move in proportion to one input", "")
        else:
            yield EvidenceQuestion(name, label, change, "", _note(each))


def _reached(written: WrittenModel, asked: Sequence[tuple[ClaimByEvidence, str, float, Change]]) -> list[float | None]:
    """What each claim comes to with its change."""
    if not asked:
        return []
    lines = [each.beside.claimed for each, *_ in asked]
    keep = [line.address for line in lines if line is not None]
    trials = work_out(written.model, [change for *_, change in asked], keep)
    return [None if line is None else trials.figure(line, trial) for trial, line in enumerate(lines)]


def _named(each: ClaimByEvidence, end: str) -> str:
    return ".".join(filter(None, (BY_EVIDENCE, each.option, folder_of(each.beside.claim), str(each.number), end)))


def _label(each: ClaimByEvidence, end: str) -> str:
    return f"{each.label}: as evidence row {each.number} gives it{_AT[end]}"


def _note(each: ClaimByEvidence) -> str:
    study = each.row.found
    ends = [plain_number(end, 1) for end in (each.least, each.most) if end is not None]
    given = f"{plain_number(each.given, 1)}{f' ({ends[0]} to {ends[1]})' if len(ends) == len(_AT) - 1 else ''}"
    claimed = f"for the {plain_number(each.claimed, 1)} claimed after deductions"
    return f"Evidence row {study.number} gives {given} {claimed}: {study.design}, {study.confidence}."


def evidence_ranges(written: WrittenModel, ranged: Sequence[RangeOfInput]) -> tuple[RangeOfInput, ...]:
    """Ranges for claims of which the case states none: of the first row of their evidence that has one and holds them.

    ranged: those that the case states. A claim beyond all that its evidence gives has no range from it: what is drawn
    would not be what the case claims.
    """
    taken = {each.line for each in ranged}
    bounds = InputBounds(written.model)
    found: dict[str, RangeOfInput] = {}
    for each in claims_by_evidence(written):
        line, least, most = each.volume, each.least, each.most
        if line is None or least is None or most is None or not each.claimed or line.address in found:
            continue
        counted = [] if each.beside.stated is None else [each.beside.stated]
        if taken & inputs_behind(counted) or not least <= each.claimed <= most or least == most:
            continue
        study = each.row.found
        stated = InputRange.model_validate(
            {
                "input": line.address,
                "stated_as": "factor",
                "low": least / each.claimed,
                "high": most / each.claimed,
                "source": f"evidence row {study.number}",
                "confidence": study.confidence,
                "note": f"The case states no range of it; {study.intervention} ({study.design}) gives "
                f"{plain_number(least, 1)} to {plain_number(most, 1)} for the {plain_number(each.claimed, 1)} claimed.",
            }
        )
        found[line.address] = range_of(stated, line, bounds)
    return tuple(found.values())
