"""The assurance pack after HM Treasury's AQuA Book: logs of assumptions, decisions and data, limits and checks.

Made from the case and from the inputs of the model. What is not stated stays blank and is flagged; what had expired by
the day of the meeting is flagged. The clock is never asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Literal

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.benchmarks import Compared, compared
from finmodel.appraisal.plausibility import warnings_of
from finmodel.appraisal.what_moves import moved_by_a_tenth_less
from finmodel.basis.book import NOT_ASSUMED
from finmodel.case.schema import Case
from finmodel.case.schema_paper import SignedOff
from finmodel.lines.display import in_unit, pounds
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line, Origin
from finmodel.lines.uses import unread_rows
from finmodel.reference.publications import publications
from finmodel.reference.rates import Vintage
from finmodel.results.assurance_statement import AssuranceStatement, assurance_statement
from finmodel.results.evidence import evidence_sentences, release_evidence
from finmodel.results.wording import capital, count, sentence

NOT_TESTED = "Not stated by the authors"
QUOTED_BY_THE_CASE = "the case quotes it from a document, and it expires with that"
# The flat rate, the evidence and the record stand beside: no answer rests on them.
_SETTING = ("conventions.", "calendar.", "discounting.flat_rate", "evidence.", "record.")
_COUNTED = ("caseload.series.", "demand.parts.")  # what was counted month by month or by group is no assumption
_PUBLISHED = ("published", "derived")
_NOBODY = SignedOff(inputs="none")


class AssumptionEntry(Struct, frozen=True):
    """An assumption or an input that is assumed; addresses: of its lines; dates are ISO, "" where there is none.

    why: the reason that the case states; effect: what it moves, in the case's words; moves: what a tenth less of it
    moves, worked out, "" where a tenth less makes no sense; flags: what is blank or overdue.
    """

    what: str
    value: str
    why: str
    effect: str
    moves: str
    reliability: str
    source: str
    where: str
    owner: str
    note: str
    date: str
    signed_off_by: str
    signed_off_on: str
    review_by: str
    addresses: tuple[str, ...]
    flags: tuple[str, ...]


class DecisionEntry(Struct, frozen=True):
    """A decision taken on the way to the case: when (ISO), by whom and why."""

    what: str
    date: str
    by: str
    why: str
    source: str
    where: str
    note: str
    flags: tuple[str, ...]


class DataEntry(Struct, frozen=True):
    """A document that the case quotes, or a published figure that the model reads; dates are ISO.

    no_expiry: why there is no day of expiry, where there is none; "" where nothing is said.
    """

    what: str
    source: str
    where: str
    date: str
    expires: str
    no_expiry: str
    reliability: str
    kind: Literal["document", "rate"]
    owner: str
    note: str
    effect: str
    signed_off_by: str
    signed_off_on: str
    review_by: str
    addresses: tuple[str, ...]
    flags: tuple[str, ...]


class CheckEntry(Struct, frozen=True):
    """A check of the sums, and whether it holds."""

    what: str
    holds: bool


class AssurancePack(Struct, frozen=True):
    """The pack: every entry has its own flags, and the pack's `flags` sum them up in sentences."""

    statement: AssuranceStatement
    evidence: tuple[str, ...]
    assumptions_log: tuple[AssumptionEntry, ...]
    decisions_log: tuple[DecisionEntry, ...]
    data_log: tuple[DataEntry, ...]
    known_limits: tuple[str, ...]
    benchmarks: tuple[Compared, ...]
    checks: tuple[CheckEntry, ...]
    flags: tuple[str, ...]


def assurance(appraisal: Appraisal) -> AssurancePack:
    """The pack of an appraisal."""
    case = appraisal.case
    assumptions = (*_stated(case), *_inputs(appraisal))
    decisions, data = tuple(_decisions(case)), (*_documents(case), *_rates(appraisal))
    unused = [entry.inputs for entry in case.assurance.sign_off if not _names_an_input(appraisal, entry.inputs)]
    statement = assurance_statement(case)
    return AssurancePack(
        statement=statement,
        evidence=evidence_sentences(release_evidence()),
        assumptions_log=assumptions,
        decisions_log=decisions,
        data_log=data,
        known_limits=(*case.assurance.known_limits, *(sentence(found.what) for found in warnings_of(appraisal))),
        benchmarks=compared(case),
        checks=_checks(appraisal),
        flags=(*statement.flags, *_flags(case, assumptions, decisions, data, unused)),
    )


def _stated(case: Case) -> Iterator[AssumptionEntry]:
    """What the authors took to be so, in words."""
    for assumption in case.assumptions:
        source = case.sources.get(assumption.source)
        signed = SignedOff(
            inputs="text",
            by=assumption.signed_off_by,
            date=assumption.signed_off_on,
            review_by=assumption.review_by,
            why=assumption.why,
            effect=assumption.effect,
        )
        origin = Origin(
            source.title if source else assumption.source,
            where=assumption.where,
            owner=assumption.owner,
            confidence=assumption.confidence or "",
            as_at=assumption.as_at,
            note=assumption.note,
        )
        yield _entry(case, (assumption.text, "", ""), origin, signed, ())


def _inputs(appraisal: Appraisal) -> Iterator[AssumptionEntry]:
    """Every input that is no published rate, no convention and no date counted out; alike ones together."""
    case = appraisal.case
    groups: dict[tuple[str, str, Origin, SignedOff], list[Line]] = {}
    for line in _used(appraisal):
        if line.origin is not None and not _is_setting(line, line.origin) and line.origin.confidence not in _PUBLISHED:
            signed = _signed(case, line.address)
            groups.setdefault((_what(line), value_words(appraisal, line), line.origin, signed), []).append(line)
    moved = moved_by_a_tenth_less(appraisal, list(groups.values()))
    for ((label, value, origin, signed), lines), by in zip(groups.items(), moved, strict=True):
        yield _entry(case, (label, value, _moves(by)), origin, signed, tuple(line.address for line in lines))


def _moves(by: dict[str, float] | None) -> str:
    """What a tenth less of an input moves, in words; "" where a tenth less of it makes no sense."""
    if by is None:
        return ""
    if not by:
        return "no net present budget impact"
    return "; ".join(f"{title}: {'+' if amount > 0 else ''}{pounds(amount)}" for title, amount in by.items())


def _used(appraisal: Appraisal) -> Iterator[Line]:
    """The lines, without those rows of tables that nothing comes to."""
    unread = unread_rows(appraisal.results)
    return (line for line in appraisal.written.model if line.address not in unread)


def _what(line: Line) -> str:
    """What an input is, with the post or benefit that it belongs to."""
    if not line.address.startswith("options.") or line.section in line.label:
        return line.label
    return f"{line.section}: {line.label}"


def _is_setting(line: Line, origin: Origin) -> bool:
    return line.address.startswith(_SETTING + _COUNTED) or origin.source in NOT_ASSUMED


def _entry(
    case: Case, told: tuple[str, str, str], origin: Origin, signed: SignedOff, addresses: tuple[str, ...]
) -> AssumptionEntry:
    """An entry of the log of assumptions, with what is blank or overdue in it; told: what, its value, what it moves."""
    what, value, moves = told
    review_by = signed.review_by or case.assurance.review_by
    blanks = (
        ("no source", origin.source),
        ("no owner", origin.owner),
        ("no reason", signed.why),
        ("not signed off", signed.by),
        ("no review date", review_by),
    )
    flags = [flag for flag, given in blanks if not given]
    if not origin.confidence:
        flags.append("reliability not stated")
    if _is_past(case, review_by):
        flags.append("review overdue")
    return AssumptionEntry(
        what=what,
        value=value,
        why=signed.why,
        effect=signed.effect or NOT_TESTED,
        moves=moves,
        reliability=origin.confidence,
        source=origin.source,
        where=origin.where,
        owner=origin.owner,
        note=origin.note,
        date=_iso(origin.as_at),
        signed_off_by=signed.by,
        signed_off_on=_iso(signed.date),
        review_by=_iso(review_by),
        addresses=addresses,
        flags=tuple(flags),
    )


def _signed(case: Case, address: str) -> SignedOff:
    """The sign-off that speaks of an input most closely; an empty one where none does."""
    naming = [entry for entry in case.assurance.sign_off if _covers(entry.inputs, address)]
    return max(naming, key=lambda entry: len(entry.inputs), default=_NOBODY)


def _covers(beginning: str, address: str) -> bool:
    return address == beginning or address.startswith(f"{beginning.rstrip('.')}.")


def _names_an_input(appraisal: Appraisal, beginning: str) -> bool:
    return any(line.origin is not None and _covers(beginning, line.address) for line in appraisal.written.model)


def _decisions(case: Case) -> Iterator[DecisionEntry]:
    for decision in case.assurance.decisions:
        source = case.sources.get(decision.source)
        blanks = (("no date", decision.date), ("nobody named", decision.by), ("no reason", decision.why))
        yield DecisionEntry(
            what=decision.what,
            date=_iso(decision.date),
            by=decision.by,
            why=decision.why,
            source=source.title if source else decision.source,
            where=decision.where,
            note=decision.note,
            flags=tuple(flag for flag, given in blanks if not given),
        )


def _documents(case: Case) -> Iterator[DataEntry]:
    """The documents that the case quotes."""
    for source in case.sources.values():
        flags = [] if source.date else ["no date"]
        flags += [] if source.expires or source.no_expiry else ["no expiry date"]
        if _is_past(case, source.expires):
            flags.append("expired")
        yield DataEntry(
            what=source.title,
            source=source.publisher,
            where=source.reference,
            date=_iso(source.date),
            expires=_iso(source.expires),
            no_expiry=source.no_expiry,
            reliability="",
            kind="document",
            owner="",
            note="",
            effect="",
            signed_off_by="",
            signed_off_on="",
            review_by="",
            addresses=(),
            flags=tuple(flags),
        )


def _rates(appraisal: Appraisal) -> Iterator[DataEntry]:
    """The published figures that the model reads, with who has signed them off.

    Those of the reference data, also where the case's choice of them is assumed, and those that the case quotes as
    published. A figure of the reference data expires on the day when a newer issue of it is expected.
    """
    for line in _used(appraisal):
        origin = line.origin
        if origin is None or _is_setting(line, origin):
            continue
        rows = appraisal.written.published.get(line.address, ())
        if origin.confidence in _PUBLISHED or (rows and {row.confidence for row in rows} <= set(_PUBLISHED)):
            signed = _signed(appraisal.case, line.address)
            expires, no_expiry = _next_issue(rows)
            yield DataEntry(
                what=line.label,
                source=origin.source,
                where=origin.where,
                date=_iso(origin.as_at),
                expires=expires,
                no_expiry=no_expiry,
                reliability=origin.confidence,
                kind="rate",
                owner=origin.owner,
                note=origin.note,
                effect=signed.effect,
                signed_off_by=signed.by,
                signed_off_on=_iso(signed.date),
                review_by=_iso(signed.review_by),
                addresses=(line.address,),
                flags=("review overdue",) if _is_past(appraisal.case, signed.review_by) else (),
            )


def _next_issue(rows: Sequence[Vintage]) -> tuple[str, str]:
    """The day on which a newer issue is expected of any of the data sets; or "" and why there is none."""
    used = {row.dataset for row in rows}
    found = [each for each in publications() if each.of in used]
    days = [each.next_expected for each in found if each.next_expected is not None]
    if days:
        return _iso(min(days)), ""
    reasons = dict.fromkeys(each.note or "no date of a newer issue is known" for each in found)
    return "", " ".join(reasons) or QUOTED_BY_THE_CASE


def _checks(appraisal: Appraisal) -> tuple[CheckEntry, ...]:
    *each, _ = appraisal.written.checks
    return tuple(CheckEntry(line.label, appraisal.results.figure(line) == 1) for line in each)


def _flags(
    case: Case,
    assumptions: Sequence[AssumptionEntry],
    decisions: Sequence[DecisionEntry],
    data: Sequence[DataEntry],
    unused: Sequence[str],
) -> Iterator[str]:
    """What is blank or expired, in sentences."""
    documents = [entry.flags for entry in data if entry.kind == "document"]
    rates = [entry.flags for entry in data if entry.kind == "rate"]
    logs = (
        ([entry.flags for entry in assumptions], "assumption"),
        ([entry.flags for entry in decisions], "decision"),
        (documents, "document"),
        (rates, "published figure"),
    )
    for flags, one in logs:
        for flag in dict.fromkeys(flag for each in flags for flag in each):
            yield _tally(sum(flag in each for each in flags), len(flags), one, flag)
    if not decisions:
        yield "No decision is logged."
    if not case.assurance.known_limits:
        yield "The authors state no known limits."
    for inputs in unused:
        yield f"A sign-off names {inputs}, which begins the address of no input."
    if case.meeting is None:
        yield "The case has no date of meeting, so nothing can be said to have expired."


_LACKING = {  # flag: what a few lack, what none has
    "no source": ("no source", "a source"),
    "no owner": ("no owner", "an owner"),
    "not signed off": ("not been signed off", "been signed off"),
    "no review date": ("no date to be reviewed by", "a date to be reviewed by"),
    "reliability not stated": ("no stated reliability", "a stated reliability"),
    "no date": ("no date", "a date"),
    "nobody named": ("nobody named who took it", "anybody named who took it"),
    "no reason": ("no reason", "a reason"),
    "no expiry date": ("no date of expiry", "a date of expiry"),
}
_PAST = {
    "review overdue": "should have been reviewed by the day of the meeting",
    "expired": "expired by the day of the meeting",
}


def _tally(bearing: int, among: int, one: str, flag: str) -> str:
    """`Three of 41 assumptions have no owner.`"""
    who = f"The one {one}" if among == 1 else f"{capital(count_word(bearing))} of {among:,} {one}s"
    if flag in _PAST:
        return f"{who} {_PAST[flag]}."
    few, none = _LACKING[flag]
    if bearing == among > 1:
        return f"None of the {among:,} {one}s has {none}."
    return f"{who} {'has' if bearing == 1 else 'have'} {few}."


def count_word(number_of: int) -> str:
    """`three`, `41`."""
    return count(number_of, "").strip() if number_of == 1 else count(number_of, "", " ").strip()


def value_words(appraisal: Appraisal, line: Line) -> str:
    """A value with its unit; where it changes, each value with the year or month that it holds from."""
    values = appraisal.results.figures(line)
    horizon = appraisal.case.horizon
    periods = [str(year) for year in horizon.years] if line.timeline is Timeline.YEARS else []
    if line.timeline is Timeline.MONTHS:
        periods = [month.words for month in horizon.months]
    texts = [in_unit(value, line.unit) for value in values]
    runs = [next(iter(run)) for _, run in groupby(range(len(texts)), key=lambda period: texts[period])]
    if len(runs) == 1:
        return _with_unit(texts[0], line.unit)
    return "; ".join(f"{texts[period]} from {periods[period]}" for period in runs)


def _with_unit(text: str, unit: str) -> str:
    return text if unit.startswith("£") or unit in {"share", "rate", "factor", "flag", "number"} else f"{text} {unit}"


def _is_past(case: Case, day: date | None) -> bool:
    """Whether a day has come by the meeting's; never known where the case has no meeting."""
    return case.meeting is not None and day is not None and day <= case.meeting.date


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
