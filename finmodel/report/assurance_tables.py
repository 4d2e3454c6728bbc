"""The assurance pack as tables, for the page, the paper and the workbook. No sums."""

from __future__ import annotations

from collections.abc import Sequence

from finmodel.document.table import Cell, Row, Table
from finmodel.report.page_tables import where_and_note
from finmodel.results.assurance import AssurancePack
from finmodel.results.assurance_statement import AssuranceStatement, statement_facts
from finmodel.results.wording import capital, day_words


def assurance_tables(pack: AssurancePack) -> tuple[Table, ...]:
    """The logs of assumptions, decisions and data, the limits, and what is blank or expired; those that hold anything.

    The checks have a table of their own (`source_tables.checks`).
    """
    made = (
        _statement(pack.statement),
        _evidence(pack),
        _flags(pack),
        _assumptions(pack),
        _decisions(pack),
        _data(pack),
        _limits(pack),
        _benchmarks(pack),
    )
    return tuple(table for table in made if table.rows)


def _statement(found: AssuranceStatement) -> Table:
    """Who prepared, assured and approved the case, at what risk, and what was done."""
    rows = tuple(Row(label, (Cell(text),)) for label, text in statement_facts(found))
    note = f"Level of risk: {found.risk_source}." if found.risk_source else ""
    columns = (Cell("As stated"),)
    caption = "Assurance statement"
    return Table("assurance-statement", caption, "Role or fact", columns, rows, note=note, figures=False)


def _evidence(pack: AssurancePack) -> Table:
    rows = tuple(Row(sentence) for sentence in pack.evidence)
    return Table("assurance-evidence", "Test and recalculation", "What was tested", (), rows, figures=False)


def _flags(pack: AssurancePack) -> Table:
    rows = tuple(Row(flag) for flag in pack.flags)
    return Table("assurance-flags", "Blank or expired", "What to put right", (), rows, figures=False)


def _limits(pack: AssurancePack) -> Table:
    rows = tuple(Row(limit) for limit in pack.known_limits)
    return Table("assurance-limits", "Known limits", "What the figures cannot show", (), rows, figures=False)


_BENCHMARKS = (
    "Period",
    "In this proposal",
    "Published of the council",
    "Statistical neighbours",
    "England",
    "Reliability",
)


def _benchmarks(pack: AssurancePack) -> Table:
    rows = tuple(
        Row(
            entry.label,
            (
                Cell(entry.period),
                Cell("; ".join(entry.stated)),
                Cell(entry.published),
                Cell(entry.neighbours),
                Cell(entry.england),
                Cell(entry.confidence, f"{entry.source}. {entry.note}".strip()),
            ),
        )
        for entry in pack.benchmarks
    )
    return Table(
        "assurance-benchmarks",
        "Beside published figures",
        "Figure",
        tuple(map(Cell, _BENCHMARKS)),
        rows,
        note="Of neighbours the median, and in brackets the lowest and highest. No figure here is used in any sum.",
        figures=False,
    )


_FLAGS = "To put right"
_ASSUMPTIONS = (
    "Value",
    "Why",
    "Effect",
    "A tenth less moves",
    "Reliability",
    "Source and note",
    "Owner",
    "Date",
    "Signed off",
    "Review by",
    _FLAGS,
)
_DATA = ("Source and note", "Date", "Expires", "Reliability", "Owner", "Signed off", "Review by", _FLAGS)


def _assumptions(pack: AssurancePack) -> Table:
    rows = tuple(
        Row(
            entry.what,
            (
                Cell(entry.value),
                Cell(entry.why),
                Cell(entry.effect),
                Cell(entry.moves),
                Cell(entry.reliability),
                Cell(entry.source, where_and_note(entry.where, entry.note)),
                Cell(entry.owner),
                Cell(_day(entry.date)),
                Cell(entry.signed_off_by, _day(entry.signed_off_on)),
                Cell(_day(entry.review_by)),
                Cell(_listed(entry.flags)),
            ),
            note=", ".join(entry.addresses),
        )
        for entry in pack.assumptions_log
    )
    columns = tuple(map(Cell, _ASSUMPTIONS))
    note = "A tenth less moves: by how much each option's net present budget impact would change."
    return Table("assurance-assumptions", "Assumptions log", "Assumption", columns, rows, note=note, figures=False)


def _decisions(pack: AssurancePack) -> Table:
    rows = tuple(
        Row(
            entry.what,
            (
                Cell(_day(entry.date)),
                Cell(entry.by),
                Cell(entry.why),
                Cell(entry.source, where_and_note(entry.where, entry.note)),
                Cell(_listed(entry.flags)),
            ),
        )
        for entry in pack.decisions_log
    )
    columns = tuple(map(Cell, ("Date", "By", "Why", "Source", "To put right")))
    return Table("assurance-decisions", "Decisions log", "Decision", columns, rows, figures=False)


def _data(pack: AssurancePack) -> Table:
    rows = tuple(
        Row(
            entry.what,
            (
                Cell(entry.source, where_and_note(entry.where, entry.note)),
                Cell(_day(entry.date)),
                Cell(_day(entry.expires) or (f"None, because: {entry.no_expiry}" if entry.no_expiry else "")),
                Cell(entry.reliability),
                Cell(entry.owner),
                Cell(entry.signed_off_by, _day(entry.signed_off_on)),
                Cell(_day(entry.review_by)),
                Cell(_listed(entry.flags)),
            ),
            note=", ".join(entry.addresses),
        )
        for entry in pack.data_log
    )
    return Table("assurance-data", "Data log", "Document or rate", tuple(map(Cell, _DATA)), rows, figures=False)


def answered_for(pack: AssurancePack) -> Table:
    """The published figures of which the case says more: who chose them or answers for them, how sure the choice is."""
    assumed = {address for entry in pack.assumptions_log for address in entry.addresses}
    by_note: dict[str, list[Row]] = {}
    for entry in pack.data_log:
        if entry.kind == "rate" and (entry.owner or entry.signed_off_by or not assumed.isdisjoint(entry.addresses)):
            signed = Cell(entry.signed_off_by, _day(entry.signed_off_on))
            row = Row(entry.what, (Cell(entry.reliability), Cell(entry.owner), signed))
            by_note.setdefault(entry.note, []).append(row)
    rows = by_note.pop("", [])
    for note, own in by_note.items():
        rows += [Row("Of the figures below", kind="group", note=note), *own]
    columns = tuple(map(Cell, ("Reliability", "Owner", "Signed off")))
    caption = "Published figures, and who answers for them"
    return Table("assurance-answered-for", caption, "Figure", columns, tuple(rows), figures=False)


def _day(iso: str) -> str:
    return day_words(iso) if iso else ""


def _listed(flags: Sequence[str]) -> str:
    return capital(", ".join(flags))
