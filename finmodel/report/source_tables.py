"""The tables of what stands behind the figures: assumptions, inputs, how far to trust them, rates, checks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from msgspec.structs import replace

from finmodel.document.table import Cell, Row, Table
from finmodel.lines.display import in_unit, number
from finmodel.report.certainty import CONFIDENCES, is_behind, is_used_input, tally_of_inputs
from finmodel.results.appraised import AppraisalResults
from finmodel.results.lines import NO_ORIGIN, FigureOnce, LineFound
from finmodel.results.option import OptionResult
from finmodel.results.wording import capital, day_words, months_of


def assumptions(found: AppraisalResults) -> Table:
    """What the authors of the case took to be so."""
    stated = found.case.assumptions
    owned = any(assumption.owner for assumption in stated)
    columns = [Cell("Source"), Cell("Confidence"), *([Cell("Owner")] if owned else [])]
    rows = []
    for assumption in stated:
        cells = [
            Cell(assumption.source or "None given", assumption.where),
            Cell(assumption.confidence or "not stated"),
        ]
        rows.append(Row(assumption.text, (*cells, *([Cell(assumption.owner)] if owned else []))))
    return Table("assumptions-table", "Assumptions", "Assumption", tuple(columns), tuple(rows), figures=False)


_INPUT_COLUMNS = (Cell("Value"), Cell("Unit"), Cell("Source"), Cell("Where"), Cell("Confidence"), Cell("Owner"))


def inputs(found: AppraisalResults) -> tuple[Table, ...]:
    """Every input, in groups: shared by all options, each option's own, conventions."""
    lines = {address: line for address, line in found.lines.items() if is_used_input(line)}
    shared = [address for address in lines if is_behind(address, "") and not address.startswith("options.")]
    groups = [("Shared by all options" if found.options else "Of the case", shared)]
    groups += [
        (option.title, [address for address in lines if address.startswith(f"options.{option.id}.")])
        for option in found.options
    ]
    placed = {address for _, addresses in groups for address in addresses}
    groups.append(("Conventions and calendar", [address for address in lines if address not in placed]))
    return tuple(
        Table(
            id=f"inputs-{index + 1}",
            caption=f"Inputs: {title}",
            corner="Input",
            columns=_INPUT_COLUMNS,
            rows=tuple(_input_row(address, lines[address], found.years) for address in addresses),
            figures=False,
        )
        for index, (title, addresses) in enumerate(groups)
        if addresses
    )


def _input_row(address: str, line: LineFound, years: Sequence[str]) -> Row:
    origin = line.origin or NO_ORIGIN
    cells = (
        Cell(_over_time(line, years)),
        Cell(line.unit),
        Cell(origin.source, origin.note, safe_link(origin.link)),
        Cell(origin.where),
        Cell(origin.confidence or "not stated"),
        Cell(origin.owner),
    )
    return Row(line.label, cells, note=address)


def _over_time(line: LineFound, years: Sequence[str]) -> str:
    """A value; or where it changes, each value with the year or month that it holds from."""
    if isinstance(line, FigureOnce):
        return in_unit(line.value, line.unit)
    texts = [in_unit(value, line.unit) for value in line.values]
    periods = list(years) if line.timeline == "years" else [month.words for month in months_of(years)]
    runs = [next(iter(run)) for _, run in groupby(range(len(texts)), key=lambda period: texts[period])]
    if len(runs) == 1:
        return texts[0]
    return "; ".join(f"{texts[period]} from {periods[period]}" for period in runs)


def safe_link(link: str) -> str:
    """A link that a browser may follow to a document; "" for any other kind."""
    return link if link.startswith(("https://", "http://")) else ""


def confidences(found: AppraisalResults, options: Sequence[OptionResult]) -> Table:
    """How many inputs of each confidence stand behind each answer; of a case without options, behind all of it."""
    tallies = [tally_of_inputs(found, option.id) for option in options] or [tally_of_inputs(found, "")]
    rows = [
        Row(
            capital(confidence) or "Not stated",
            (Cell(capital(meaning)), *(Cell(number(tally.get(confidence, 0))) for tally in tallies)),
        )
        for confidence, meaning in CONFIDENCES.items()
        if any(confidence in tally for tally in tallies)
    ]
    named = [f"Inputs, {option.title}" for option in options] or ["Inputs"]
    columns = (Cell("What it means"), *map(Cell, named))
    note = "Inputs that all options share, and the option’s own; conventions and the calendar are not counted."
    if not options:
        note = "Conventions and the calendar are not counted."
    return Table("confidences", "Inputs by confidence", "Confidence", columns, tuple(rows), note, figures=False)


def rates(found: AppraisalResults) -> Table:
    """The rates used, each with its vintage and confidence."""
    columns = (Cell("Value"), Cell("Source"), Cell("Vintage and place"), Cell("Confidence"))
    rows = []
    for rate in found.provenance.rates:
        line = found.lines[rate.address]
        vintage = "; ".join(part for part in (rate.origin.as_at, rate.origin.where) if part)
        rows.append(
            Row(
                rate.label,
                (
                    Cell(_over_time(line, found.years), line.unit),
                    Cell(rate.origin.source, "", safe_link(rate.origin.link)),
                    Cell(vintage),
                    Cell(rate.origin.confidence or "not stated"),
                ),
                note=rate.address,
            )
        )
    return Table("rates-table", "Rates used", "Rate", columns, tuple(rows), figures=False)


def rates_in_words(found: AppraisalResults) -> Table:
    """The rates used by source, without conventions, addresses and the names of data files, which the workbook has."""
    table = rates(found)
    by_source: dict[str, list[Row]] = {}
    for row in table.rows:
        if not row.note.startswith("conventions."):
            figure, source, place, confidence = row.cells
            cells = (figure, Cell(_in_words(place.text)), confidence)
            by_source.setdefault(source.text, []).append(replace(row, note="", cells=cells))
    rows = [row for source, own in by_source.items() for row in (Row(source, kind="group"), *own)]
    columns = tuple(column for column in table.columns if column.text != "Source")
    return replace(table, columns=columns, rows=tuple(rows))


_FILE_NAME, _DAY = re.compile(r"(^|; )[a-z]+(?:_[a-z]+)+(?:, |$)"), re.compile(r"\b\d{4}-\d\d-\d\d\b")


def _in_words(place: str) -> str:
    """`employer_nic, from 2015-04-06` as `From 6 April 2015`."""
    return capital(_DAY.sub(lambda day: day_words(day[0]), _FILE_NAME.sub(r"\1", place).rstrip("; ")))


def documents(found: AppraisalResults) -> Table:
    """The documents that the case quotes."""
    rows = tuple(
        Row(
            source.title,
            (
                Cell(source.publisher),
                Cell(day_words(source.date) if source.date else ""),
                Cell(source.reference),
            ),
        )
        for source in found.paper.sources
    )
    columns = (Cell("Publisher"), Cell("Date"), Cell("Reference"))
    return Table("sources", "Documents quoted", "Document", columns, rows, figures=False)


def studies(found: AppraisalResults) -> Table | None:
    """The studies of the evidence that claims name, each row once; None where none is named."""
    claims = [claim.evidence for option in found.options for claim in option.claims if claim.evidence is not None]
    named = {row.number: row for evidence in claims for row in evidence.rows}
    if not named:
        return None
    rows = tuple(
        Row(row.source, (Cell(row.intervention, f"row {number}"), Cell(row.confidence, link=safe_link(row.link))))
        for number, row in sorted(named.items())
    )
    columns = (Cell("What it studied"), Cell("Reliability"))
    note = "The rows are those of “finmodel evidence”. They stand beside claims, and in no sum."
    return Table("studies", "Studies quoted as evidence", "Study", columns, rows, note=note, figures=False)


def checks(found: AppraisalResults) -> Table:
    """Every check and whether it holds."""
    rows = [
        Row(check.what, (Cell("Holds" if check.holds else "DOES NOT HOLD"),), note=check.address)
        for check in found.checks.checks
    ]
    return Table("checks-table", "Checks of the sums", "Check", (Cell("Outcome"),), tuple(rows), figures=False)
