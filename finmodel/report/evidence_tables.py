"""Whether a claim is plausible, as tables and sentences: what the evidence named gives beside it. No sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finmodel.document.parts import Figure, Heading, Paragraph, Part
from finmodel.document.table import NO_FIGURE, Cell, Row, Table
from finmodel.lines.display import number, percent
from finmodel.report.page_tables import alike, tags, titles
from finmodel.results.appraised import AppraisalResults
from finmodel.results.beside_evidence import EvidenceResult, EvidenceRow
from finmodel.results.claims import ClaimResult
from finmodel.results.option import OptionResult
from finmodel.results.wording import capital, sentence

_COLUMNS = ("What it gives", "What it found, as printed", "Whom it studied", "Reliability")
_OF_DEMAND = ("children_rate", "started", "looked_after_week", "caseload")  # of the benchmarks
_IN_NO_SUM = "Nothing here is used in any sum. "
_NAMED = "The rows are those of “finmodel evidence”."


def plausible_parts(found: AppraisalResults) -> Iterator[Part]:
    """The evidence beside each claim that names any, options that are alike together."""
    ordered = sorted(found.options, key=lambda option: not option.recommended)
    groups = alike([option for option in ordered if any(_evident(option))], _told)
    for index, group in enumerate(groups, 1):
        if index == 1:
            yield Heading("Is it plausible?")
            yield from _beside_neighbours(found)
        yield Heading(titles(group), tags(group[0]) if len(group) == 1 else "")
        for place, claim in enumerate(_evident(group[0]), 1):
            yield from _of_claim(claim, f"evidence-{index}-{place}")


def _beside_neighbours(found: AppraisalResults) -> Iterator[Table]:
    """What is published of the council, of its statistical neighbours and of England; none where no code is named."""
    rows = tuple(
        Row(
            entry.label,
            (Cell(entry.published), Cell(entry.neighbours), Cell(entry.england), Cell(entry.confidence, entry.source)),
            note=entry.period,
        )
        for entry in found.assurance.benchmarks
        if entry.name in _OF_DEMAND
    )
    if rows:
        note = "Of neighbours the median, and in brackets the lowest and highest."
        columns = tuple(map(Cell, ("The council", "Statistical neighbours", "England", "Reliability")))
        caption = "The council beside its neighbours"
        yield Table("plausible-neighbours", caption, "Published", columns, rows, note=note, figures=False)


def _evident(option: OptionResult) -> Iterator[ClaimResult]:
    return (claim for claim in option.claims if claim.evidence is not None or claim.record is not None)


def _told(option: OptionResult) -> object:
    return [
        (claim.title, *(None if each is None else each.sentence for each in (claim.evidence, claim.record)))
        for claim in _evident(option)
    ]


def _of_claim(claim: ClaimResult, name: str) -> Iterator[Part]:
    evidence, record = claim.evidence, claim.record
    if evidence is not None:
        yield Paragraph(evidence.sentence)
    if record is not None:
        yield Paragraph(record.sentence)
    if evidence is not None:
        yield _table(claim.title, evidence, name)
        for row in evidence.rows:
            if row.address:
                yield Figure(f"What row {row.number} gives", _given(row), row.address)
    if record is not None:
        yield Figure("The claim as a share of the council’s number", percent(record.share), record.address)


def _table(title: str, evidence: EvidenceResult, name: str) -> Table:
    applied = f"Applied to: {evidence.population}. " if evidence.population else ""
    counted = f"The claim is counted in {evidence.counted_in}. " if evidence.counted_in else ""
    return Table(
        name,
        f"The evidence named for “{title}”",
        "Row and study",
        tuple(map(Cell, _COLUMNS)),
        tuple(map(_row, evidence.rows)),
        note=f"{applied}{counted}{_IN_NO_SUM}{_NAMED}{_grade(evidence)}",
        figures=False,
    )


def _row(row: EvidenceRow) -> Row:
    note = sentence(row.arithmetic) if row.arithmetic else f"Not comparable, because {row.not_comparable}."
    if row.least is not None and row.most is not None:
        note += f" {number(row.least, 1)} to {number(row.most, 1)}, were every factor at one end of its range."
    found = f"{capital(row.finding)}: {row.as_printed}"
    when = "; ".join(text for text in (row.outcome, row.time_horizon) if text)
    return Row(
        f"{row.number} {row.intervention}",
        (
            Cell(_given(row), f"{note} {capital(row.interval)}".strip()),
            Cell(found, when),
            Cell(row.population),
            Cell(row.confidence, f"{row.source}. {row.note}".strip(), row.link),
        ),
        note=f"{row.design}; {row.setting}",
    )


def _given(row: EvidenceRow) -> str:
    return NO_FIGURE if row.given is None else number(row.given, 1)


def _grade(evidence: EvidenceResult) -> str:
    """The grade that the design suggests, with how far the table of grades is to be trusted."""
    if evidence.suggested_grade is None:
        return ""
    sure = "recalled and not seen" if evidence.grade_confidence == "unverified" else evidence.grade_confidence
    return (
        f" The design suggests grade {evidence.suggested_grade} ({evidence.grade_from}); the table of grades is {sure}"
        ", and no grade is applied but the one that the case states."
    )


def in_short(options: Sequence[OptionResult]) -> tuple[str, ...]:
    """The few words on each claim of options that are alike, each once."""
    beside = (claim.beside for option in options for claim in option.claims)
    return tuple(dict.fromkeys(each.in_short for each in beside if each is not None))
