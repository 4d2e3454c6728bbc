"""A claim beside the council's own record: what share of its number it is, and how far that ever fell in a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from finmodel.appraisal.beside_evidence import largest_claimed, room_beside
from finmodel.appraisal.options import WrittenOption
from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.benefits.claims import folder_of
from finmodel.case.checks.evidence import claimed_in
from finmodel.case.entries import is_ours
from finmodel.case.schema import Benefit, Case, NamedCouncil
from finmodel.lines.arithmetic import compare, maximum
from finmodel.lines.expression import Expression, literal
from finmodel.lines.line import Line, Origin
from finmodel.lines.outcomes import if_number, ratio
from finmodel.reference import find_council
from finmodel.reference.record import CouncilRecord, NeighboursFalls, NumberOfYear, council_record

ROOT = "record"
_LABELS = {
    "day_count": "Children looked after at 31 March",
    "entries": "Children who started to be looked after in the year to 31 March",
}


class BesideRecord(Struct, frozen=True):
    """A claim beside the record: the newest number, the claim's share of it, the largest fall in a year, a share."""

    counted_in: str
    record: CouncilRecord
    claimed: Line
    newest: Line
    share: Line
    largest_fall: Line
    neighbours: Line | None


def known_by(case: Case) -> date:
    """The day by which a published figure must have ended to be set beside a case: the meeting's, or the first day."""
    return case.meeting.date if case.meeting is not None else case.first_year.first_month.first_day


def write_beside_record(book: Book, options: Sequence[WrittenOption]) -> dict[tuple[str, str], BesideRecord]:
    """The lines of every benefit of a case that names its council by a code, by its option and its folder."""
    case = book.case
    if not isinstance(case.council, NamedCouncil):
        return {}
    council, by, found = find_council(case.council.authority), known_by(case), {}
    for option in options:
        for written in option.own.claims:
            claim = written.claim
            if not isinstance(claim, Benefit) or not is_ours(case, claim):
                continue
            record = council_record(council, claimed_in(claim) or "", by)
            if record is not None:
                found[option.option.id, folder_of(claim)] = _beside(book, option, claim, record)
    return found


def _beside(book: Book, option: WrittenOption, benefit: Benefit, record: CouncilRecord) -> BesideRecord:
    room = room_beside(book, option, benefit)
    claimed, _ = largest_claimed(room, option, benefit)
    newest, largest_fall, neighbours = _record(book, record)
    label = "The claim as a share of the council’s number"
    share = room.line("share_of_record", label, ratio(claimed, newest, "the council’s number is 0"), "share")
    if neighbours is not None:
        more = if_number(share, compare(share, ">", neighbours))
        room.line("more_than_neighbours", "A larger share than its neighbours’ median of largest falls", more, "flag")
    return BesideRecord(record.counted_in, record, claimed, newest, share, largest_fall, neighbours)


def _record(book: Book, record: CouncilRecord) -> tuple[Line, Line, Line | None]:
    """The newest number, the largest fall in a year, and the neighbours' median of theirs."""
    room = Room(book, f"{ROOT}.{record.counted_in}", "The council’s own record").once
    label = _LABELS[record.counted_in]
    numbers = [
        room.input(f"in_{each.year}", f"{label} {each.year}", each.value, "children", _origin(each))
        for each in record.numbers
    ]
    largest: Expression = literal(0)
    for (_, of), (before, after) in zip(pairwise(record.numbers), pairwise(numbers), strict=True):
        fall = room.line(
            f"fall_in_{of.year}", f"Fall in the year to 31 March {of.year}", (before - after) / before, "share"
        )
        largest = maximum(largest, fall)
    note = "0 where it never fell."
    most = room.line("largest_fall", "Largest fall in a year", largest, "share", note=note)
    return numbers[-1], most, None if record.neighbours is None else _neighbours(room, record.neighbours)


def _neighbours(room: Room, found: NeighboursFalls) -> Line:
    each = ", ".join(f"{name} {fall:.1%}" for name, fall in found.each)
    origin = Origin(
        source="Worked from the same data set for its statistical neighbours",
        where="looked_after_children",
        confidence=found.confidence,
        note=f"Median of {found.number}: {each}.",
    )
    label = "Largest fall in a year of its neighbours, their median"
    return room.input("neighbours_largest_fall", label, found.median, "share", origin)


def _origin(number: NumberOfYear) -> Origin:
    return Origin(
        source=number.source,
        where=f"{number.dataset}, line {number.row}",
        link=number.link,
        confidence=number.confidence,
        note=number.note,
    )
