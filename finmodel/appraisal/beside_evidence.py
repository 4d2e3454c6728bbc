"""A claim beside what the evidence it names gives: shown next to it, and in no sum.

Absolute difference × families × children per family, or reached × base rate × relative effect × retention. Units are
never mixed: where the row counts something other than the claim does, there is no figure, and the reason says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from finmodel.appraisal.options import WrittenOption
from finmodel.basis.book import Book
from finmodel.basis.room import Room
from finmodel.benefits.claims import folder_of
from finmodel.benefits.deductions import WrittenClaim, deductions_of
from finmodel.case.checks.evidence import claimed_in
from finmodel.case.schema import Benefit
from finmodel.case.schema_evidence import CLAIMED_IN, RANGED, AppliedTo
from finmodel.case.schema_savings import Claim
from finmodel.lines.arithmetic import compare
from finmodel.lines.expression import Expression, literal
from finmodel.lines.line import Line, Origin
from finmodel.lines.timing import by_year, largest
from finmodel.reference.findings import (
    DAYS,
    EFFECTS,
    FAMILIES,
    FAVOURABLE,
    StudyFinding,
    best_of,
    finding_of,
)

ROOT = "evidence"
_COUNTED_AS = {"day_count": "day's count", "entries": "entries", "days": "days"}  # of the data
_OUTCOMES = {"day's count": "children looked after on a day", "entries": "entries to care", "days": "days in care"}


class BesideRow(Struct, frozen=True):
    """A row of evidence beside a claim.

    given: what it gives in the claim's unit; low and high: of its interval, None where none is published. least and
    most: with everything that has a range at that end of it, None where the case states no range. families:
    before children per family. beyond: whether the claim is above all that it gives. why_not: why it gives no figure.
    """

    found: StudyFinding
    given: Line | None = None
    low: Line | None = None
    high: Line | None = None
    least: Line | None = None
    most: Line | None = None
    families: Line | None = None
    beyond: Line | None = None
    above: Line | None = None
    why_not: str = ""


class BesideClaim(Struct, frozen=True):
    """A claim and the rows that it names.

    counted_in: `entries`, `day_count` and the like; None where the claim counts nothing that evidence counts. claimed:
    at its largest, after deadweight and optimism bias; stated: before them; None where the claim avoids no placement.
    best: the strongest studies that there are of what its rows studied.
    """

    claim: Claim
    counted_in: str | None
    claimed: Line | None
    stated: Line | None
    reached: Line | None
    per_family: Line | None
    rows: tuple[BesideRow, ...]
    best: tuple[StudyFinding, ...]


def write_beside_evidence(book: Book, options: Sequence[WrittenOption]) -> dict[tuple[str, str], BesideClaim]:
    """The lines of every claim that names evidence, by its option and its folder."""
    found = {}
    for option in options:
        for written in option.own.claims:
            if written.claim.evidence:
                found[option.option.id, folder_of(written.claim)] = _beside(book, option, written)
    return found


def _beside(book: Book, option: WrittenOption, written: WrittenClaim) -> BesideClaim:
    claim, counted_in = written.claim, claimed_in(written.claim)
    room = room_beside(book, option, claim)
    named = tuple(found for found in map(finding_of, claim.evidence) if found is not None)
    claimed, stated = largest_claimed(room, option, claim) if isinstance(claim, Benefit) else (None, None)
    reached, per_family = _applied(room, claim.applied_to, named)
    rows = _Rows(room, claim, counted_in, claimed, reached, per_family)
    return BesideClaim(
        claim,
        counted_in,
        claimed,
        stated,
        reached,
        per_family,
        tuple(map(rows.beside, named)),
        best_of(frozenset(found.intervention for found in named)),
    )


def room_beside(book: Book, option: WrittenOption, claim: Claim) -> Room:
    """Where the lines go that stand beside a claim, its evidence and the council's record."""
    address, section = f"{ROOT}.{option.option.id}.{folder_of(claim)}", f"Evidence beside: {claim.label}"
    return Room(book, address, section, claim.applied_to or claim)


def largest_claimed(room: Room, option: WrittenOption, benefit: Benefit) -> tuple[Line, Line]:
    """What a benefit claims at its largest, after deadweight and optimism bias and before: children on a day, or the
    entries of a year.
    """
    own, room = option.room.within(folder_of(benefit)), room.once
    after, before = "after deadweight and optimism bias", "before deductions"
    if benefit.entries_avoided is None:
        label = "Children fewer in care at their most"
        left, gross = largest(own["monthly.children_after_deductions"]), largest(own["monthly.children"])
        return _two(room, f"{label}, {after}", f"{label}, {before}", left, gross)
    deductions, label = deductions_of(own, benefit), "Entries to care avoided"
    gross_entries = own["monthly.entries_avoided"]
    kept = room.monthly(
        "entries_left", f"{label}, {after}", gross_entries * deductions.kept(deductions.convention), "children"
    )
    yearly = [
        room.line(name, f"{label} in a year, {how}", by_year(line), "children")
        for name, how, line in (("entries_left", after, kept), ("entries", before, gross_entries))
    ]
    label = f"{label} in the year with the most"
    return _two(room, f"{label}, {after}", f"{label}, {before}", *map(largest, yearly))


def _two(room: Room, after: str, before: str, left: Expression, gross: Expression) -> tuple[Line, Line]:
    stated = room.line("stated", before, gross, "children")
    return room.line("claimed", after, left, "children"), stated


def _applied(room: Room, applied: AppliedTo | None, named: Sequence[StudyFinding]) -> tuple[Line | None, Line | None]:
    """How many are reached, and how many children there are in a family: the case's own, or the study's."""
    if applied is None:
        return None, None
    unit = applied.counted_in
    reached = room.state("reached", f"{unit.capitalize()} reached", applied.reached, unit)
    label = "Children in a family"
    if applied.children_per_family is not None:
        return reached, room.state("children_per_family", label, applied.children_per_family, "children per family")
    of = next((found for found in named if found.families and found.children), None)
    if of is None or unit != FAMILIES:
        return reached, None
    children = _published(room, of, "children", "Children in the study", of.children, "children")
    families = _published(room, of, "families", "Families in the study", of.families, "families")
    note = f"That of the study, row {of.number}."
    return reached, room.line("children_per_family", label, children / families, "children per family", note=note)


def _published(room: Room, found: StudyFinding, name: str, label: str, value: float | None, unit: str) -> Line:
    """A figure of a row, as an input."""
    if value is None:
        raise ValueError(f"row {found.number} has no {name}")
    return room.once.input(f"row_{found.number}.{name}", label, value, unit, origin_of_row(found))


def origin_of_row(found: StudyFinding) -> Origin:
    """Where a figure of a row comes from."""
    return Origin(
        source=found.source,
        where=f"{found.dataset}, row {found.number}",
        link=found.link,
        confidence=found.confidence,
        note=found.note,
    )


class _Rows:
    """The rows beside one claim."""

    def __init__(
        self,
        room: Room,
        claim: Claim,
        counted_in: str | None,
        claimed: Line | None,
        reached: Line | None,
        per_family: Line | None,
    ) -> None:
        self.room, self.claim, self.counted_in = room, claim, counted_in
        self.claimed, self.reached, self.per_family = claimed, reached, per_family

    def beside(self, found: StudyFinding) -> BesideRow:
        """A row: what it gives, or why it gives nothing that could stand beside the claim."""
        applied, claimed, reached = self.claim.applied_to, self.claimed, self.reached
        why = next(self._why_not(found), "")
        if why or applied is None or claimed is None or reached is None:
            return BesideRow(found, why_not=why)
        room = self.room.within(f"row_{found.number}")
        middle, low, high = self._shares(room, found)
        given, families = self._children(room, "given", "What the row gives", middle)
        ends = [
            self._children(room, name, f"What the row gives, {end} of its interval", share)[0]
            for name, end, share in (("given_low", "lower end", low), ("given_high", "upper end", high))
            if share is not None
        ]
        least, most = ends if len(ends) == 2 else (None, None)
        beyond = room.line("beyond", "The claim is beyond it", compare(claimed, ">", most or given), "flag")
        above = room.line("above", "The claim is above its central figure", compare(claimed, ">", given), "flag")
        lowest, highest = self._ends(room, found, applied)
        return BesideRow(found, given, least, most, lowest, highest, families, beyond, above)

    def _ends(self, room: Room, found: StudyFinding, applied: AppliedTo) -> tuple[Line | None, Line | None]:
        """What the row gives with every factor that has a range at one end of it, all together."""
        if not any(getattr(applied, f"{name}_low") is not None for name in RANGED):
            return None, None
        least, most = (
            self._end(room, found, end, said, other)
            for end, said, other in (("low", "least", found.high), ("high", "most", found.low))
        )
        return least, most

    def _end(self, room: Room, found: StudyFinding, end: str, said: str, risk: float | None) -> Line:
        reached = self._at(end, said, "reached")
        assert reached is not None
        share: Expression = room["difference"] if found.is_difference else self._share_at(found, end, said, risk)
        children = literal(reached * share)
        if reached.unit == FAMILIES and self.per_family is not None:
            children = literal(reached * share * self.per_family)
        return room.line(said, f"What the row gives at the {said}, children", children, "children")

    def _share_at(self, found: StudyFinding, end: str, said: str, risk: float | None) -> Expression:
        base, retention = self._at(end, said, "base_rate"), self._at(end, said, "retention")
        assert base is not None
        if risk is None:
            relative = 1 - _published(self.room, found, "relative_risk", "Relative risk", found.effect, "ratio")
        else:
            label = f"Relative risk{_ENDS[end]}"
            relative = 1 - _published(self.room, found, f"relative_risk_{end}", label, risk, "ratio")
        return base * relative if retention is None else base * relative * retention

    def _at(self, end: str, said: str, name: str) -> Line | None:
        """A factor at one end of its range; the figure itself where it has none."""
        applied = self.claim.applied_to
        figure, ranged = getattr(applied, name), getattr(applied, f"{name}_{end}")
        if figure is None:
            return None
        unit = "share" if name != "reached" else applied.counted_in if applied else ""
        label = {"reached": f"{unit.capitalize()} reached", **_FACTORS}[name]
        if ranged is None:
            return self.room.once.state(name, label, figure, unit)
        return self.room.once.state(f"{name}_{end}", f"{label}, the {said}", ranged, unit)

    def _shares(self, room: Room, found: StudyFinding) -> tuple[Expression, Expression | None, Expression | None]:
        """The share of those reached for whom it makes the difference, and the ends of its interval."""
        if found.is_difference:
            base = _published(self.room, found, "base_rate", "Share without it", found.base_rate, "share")
            rate = _published(self.room, found, "rate", "Share with it", found.rate, "share")
            return room.line("difference", "Difference between the two", base - rate, "share"), None, None
        low = None if found.high is None else self._relative(room, found, "low", found.high)
        high = None if found.low is None else self._relative(room, found, "high", found.low)
        return self._relative(room, found, "", found.effect), low, high

    def _relative(self, room: Room, found: StudyFinding, end: str, risk: float | None) -> Expression:
        """Base rate × (1 − relative risk) × retention; the upper end of the risk is the lower end of the effect."""
        applied = self.claim.applied_to
        if applied is None or applied.base_rate is None:
            raise ValueError(f"{self.room.at} states no base rate")
        base = self.room.once.state("base_rate", _FACTORS["base_rate"], applied.base_rate, "share")
        name, label = f"relative_risk_{end}".rstrip("_"), f"Relative risk{_ENDS[end]}"
        relative = 1 - _published(self.room, found, name, label, risk, "ratio")
        if applied.retention is None:
            return base * relative
        return base * relative * self.room.once.state("retention", _FACTORS["retention"], applied.retention, "share")

    def _children(self, room: Room, name: str, label: str, share: Expression) -> tuple[Line, Line | None]:
        """The share of those reached, as children."""
        reached, per_family = self.reached, self.per_family
        assert reached is not None
        if reached.unit == FAMILIES and per_family is not None:
            families = room.line(f"{name}_families", f"{label}, families", reached * share, "families")
            return room.line(name, f"{label}, children", families * per_family, "children"), families
        return room.line(name, f"{label}, children", reached * share, "children"), None

    def _why_not(self, found: StudyFinding) -> Iterator[str]:
        """Every reason why a row gives no figure that could stand beside the claim, the first first."""
        applied = self.claim.applied_to
        yield from _no_effect(found)
        if not isinstance(self.claim, Benefit):
            yield f"the claim avoids no placement, and the row is of {found.outcome}"
        if found.outcome_is == DAYS and not found.counted_in:
            yield f"the row counts days ({found.as_printed}) and does not say whether of a child or of a family"
        if _COUNTED_AS.get(self.counted_in or "") != found.outcome_is:
            counts = _OUTCOMES.get(found.outcome_is, found.outcome)
            yield f"the claim counts {CLAIMED_IN.get(self.counted_in or '', 'something else')} and the row {counts}"
        yield from self._not_applied(found, applied)
        if not found.is_relative and not found.is_difference:
            yield f"it gives no rates that could be applied ({found.as_printed})"

    def _not_applied(self, found: StudyFinding, applied: AppliedTo | None) -> Iterator[str]:
        """Why a row does not go with those whom the case reaches."""
        if applied is None:
            yield "the case does not say to whom it is applied"
        elif applied.differs is not None:
            yield f"whom the case reaches differs: “{applied.differs.rstrip('.')}”"
        elif applied.counted_in != found.counted_in:
            whom = found.counted_in or "something else"
            yield f"the row is of {whom}, and the case counts the {applied.counted_in} that it reaches"
        elif applied.counted_in == FAMILIES and self.per_family is None:
            yield "nothing says how many children there are in a family"
        if found.is_relative and applied is not None and applied.base_rate is None:
            yield "it gives a relative risk, and the case states no base rate"


def _no_effect(found: StudyFinding) -> Iterator[str]:
    """Why a row shows no effect of what it studied."""
    if found.finding not in EFFECTS:
        yield f"it holds no effect that was measured ({found.finding})"
    if found.finding != FAVOURABLE:
        yield f"it found no effect to set beside the claim ({found.finding})"
    if found.design_kind == "association":
        yield f"it shows what goes together ({found.design}), and not what a service changed"
    elif not found.compares:
        yield f"nobody without it was compared ({found.design}), so it does not show what it changed"


_FACTORS = {"base_rate": "Share of those reached who would enter care", "retention": "Share who stay with it"}
_ENDS = {"": "", "low": ", upper end of its interval", "high": ", lower end of its interval"}
