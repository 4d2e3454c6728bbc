"""A claim beside the council's own record and its neighbours': figures and one sentence. No sums."""

from __future__ import annotations

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.beside_record import BesideRecord
from finmodel.lines.display import percent, plain_number
from finmodel.results.evidence_words import in_words
from finmodel.results.figures import amount
from finmodel.results.wording import count


class RecordResult(Struct, frozen=True):
    """A claim beside the council's record.

    number: the council's newest, of the year that ended on 31 March `year`; share: the claim as a share of it.
    largest_fall: in a year, over `changes` years to then, a share, 0 where it never fell; neighbours_largest_fall: the
    median of its neighbours', None where none has the same years; neighbours: how many have.
    """

    counted_in: str
    year: int
    number: float
    claimed: float
    share: float
    changes: int
    largest_fall: float
    neighbours_largest_fall: float | None
    neighbours: int
    sentence: str
    in_short: str
    confidence: str
    source: str
    note: str
    address: str


def record_result(appraisal: Appraisal, beside: BesideRecord) -> RecordResult:
    """A claim beside the record."""
    newest, like_it = beside.record.numbers[-1], beside.record.neighbours
    return RecordResult(
        counted_in=beside.counted_in,
        year=newest.year,
        number=amount(appraisal, beside.newest),
        claimed=amount(appraisal, beside.claimed),
        share=amount(appraisal, beside.share),
        changes=len(beside.record.numbers) - 1,
        largest_fall=amount(appraisal, beside.largest_fall),
        neighbours_largest_fall=None if beside.neighbours is None else amount(appraisal, beside.neighbours),
        neighbours=0 if like_it is None else like_it.number,
        sentence=_sentence(appraisal, beside),
        in_short=_in_short(appraisal, beside),
        confidence=newest.confidence,
        source=newest.source,
        note=newest.note,
        address=beside.share.address,
    )


def _in_short(appraisal: Appraisal, beside: BesideRecord) -> str:
    """`13 is 1.7% of 772 children; the number never fell in 4 years.`"""
    claimed, share = in_words(amount(appraisal, beside.claimed)), percent(amount(appraisal, beside.share))
    what = "entries" if beside.counted_in == "entries" else "children"
    of = f"{plain_number(amount(appraisal, beside.newest))} {what}"
    fell, changes = amount(appraisal, beside.largest_fall), len(beside.record.numbers) - 1
    own = f"never fell in {changes} years" if fell <= 0 else f"fell at most {percent(fell)} in a year of {changes}"
    return f"{claimed} is {share} of {of}; the number {own}."


def _sentence(appraisal: Appraisal, beside: BesideRecord) -> str:
    """`A fall of 13 would be 2.1% of 620; in the ten years to then …`."""
    newest = beside.record.numbers[-1]
    claimed, share = amount(appraisal, beside.claimed), percent(amount(appraisal, beside.share))
    number, entries = plain_number(amount(appraisal, beside.newest)), beside.counted_in == "entries"
    of = (
        f"{number} who entered care in the year to 31 March {newest.year}"
        if entries
        else f"{number} looked after at 31 March {newest.year}"
    )
    what = "A fall in entries" if entries else "A fall"
    changes = count(len(beside.record.numbers) - 1, "year")
    fell = amount(appraisal, beside.largest_fall)
    own = (
        f"in the {changes} to then the council’s largest fall in a year was {percent(fell)}"
        if fell > 0
        else f"in none of the {changes} to then did the council’s number fall"
    )
    like_it = (
        "" if beside.neighbours is None else f", its neighbours’ median {percent(amount(appraisal, beside.neighbours))}"
    )
    if like_it and fell <= 0:
        like_it = like_it.replace(", its neighbours’ median", ", and its neighbours’ median largest fall was")
    return f"{what} of {in_words(claimed)} would be {share} of the {of}; {own}{like_it}."
