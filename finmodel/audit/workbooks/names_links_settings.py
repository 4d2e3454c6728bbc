"""What surrounds the cells: what is hidden, defined names, links, macros and settings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finmodel.audit.workbooks.contents import Position, Workbook, Worksheet
from finmodel.audit.workbooks.findings import Finding, FindingKind
from finmodel.audit.workbooks.hidden_values import Taste, hidden_values
from finmodel.audit.workbooks.over_cells import over_cells
from finmodel.audit.workbooks.same_formula import moved, same
from finmodel.audit.workbooks.shown import notes_on_shown, shown
from finmodel.audit.workbooks.structure import Structure, runs, span
from finmodel.lines.cells import column_number

_BUILT_IN = "_xlnm."
CUSTOM_XML = "custom XML data"  # programs that file documents put it into every workbook


def names_links_settings(structure: Structure, expected: Workbook, found: Workbook, taste: Taste) -> Iterator[Finding]:
    """Everything beside the cells that is not as the model writes it; a matter of taste goes into `taste`."""
    hidden_before = {pair.now.name: pair for pair in structure.pairs}
    for sheet in found.sheets:
        yield from _hidden(sheet)
        if (pair := hidden_before.get(sheet.name)) is not None:
            yield from hidden_values(pair, found.palette, taste)
    yield from shown(structure, expected, found, taste)
    yield from over_cells(structure, found)
    yield from _names(structure, expected, found)
    for link in found.external_links:
        yield Finding(FindingKind.EXTERNAL_LINK, "", "", "The workbook reads another file.", "", link.target)
    yield from _other_parts(structure, expected, found)
    if found.macros:
        yield Finding(FindingKind.MACROS, "", "", "The workbook holds macros, which were not run. The model has none.")
    for is_set, what in (
        (found.iterates, "Circular references are worked out by repetition."),
        (found.precision_as_displayed, "Figures are rounded to what is displayed."),
        (found.calculates_by_hand, "The workbook calculates only when it is asked to."),
        (found.dates_from_1904, "Dates are counted from 1904."),
    ):
        if is_set:
            yield Finding(FindingKind.CALCULATION, "", "", what)


def _hidden(sheet: Worksheet) -> Iterator[Finding]:
    if sheet.state != "visible":
        how = "so that no menu of Excel shows it" if sheet.state == "veryHidden" else "and can be unhidden by its tab"
        yield Finding(FindingKind.SHEET_HIDDEN, sheet.name, "", f"The sheet is hidden, {how}.", "visible", sheet.state)
    if sheet.rows_hidden_by_default:
        yield Finding(FindingKind.ROWS_HIDDEN, sheet.name, "", "Rows are hidden unless they say otherwise.")
    for kind, places, of_rows in (
        (FindingKind.ROWS_HIDDEN, sheet.hidden_rows, True),
        (FindingKind.COLUMNS_HIDDEN, sheet.hidden_columns, False),
    ):
        for first, last in runs(places):
            filtered = " A filter is set." if of_rows and sheet.filtered else ""
            what = f"{'Rows' if of_rows else 'Columns'} cannot be seen.{filtered}"
            yield Finding(kind, sheet.name, span(first, last, of_rows), what)


def _other_parts(structure: Structure, expected: Workbook, found: Workbook) -> Iterator[Finding]:
    for note in found.notes:
        if note not in expected.notes and note != CUSTOM_XML:
            yield Finding(FindingKind.FOREIGN_PART, "", "", f"The file holds {note}.")
    for name in found.chart_sheets:
        yield Finding(FindingKind.SHEET_INSERTED, name, "", "The model has no such sheet; it holds only a chart.")


def notes_on(expected: Workbook, found: Workbook) -> list[str]:
    """What stands beside the cells and says nothing false by itself."""
    notes = [f"The file holds {note}." for note in found.notes if note == CUSTOM_XML]
    notes += notes_on_shown(expected, found)
    if found.comments or any(sheet.drawn.comments for sheet in found.sheets):
        notes.append("Comments were written on cells. The model has none; they were not judged.")
    return notes


def _names(structure: Structure, expected: Workbook, found: Workbook) -> Iterator[Finding]:
    own = {
        (name.sheet, name.name.casefold()): name for name in found.defined_names if not name.name.startswith(_BUILT_IN)
    }
    for name in expected.defined_names:
        if name.name.startswith(_BUILT_IN):
            continue
        now = own.pop(("", name.name.casefold()), None)
        wanted = moved(name.refers_to, "", structure.moves)
        if now is None:
            yield Finding(FindingKind.NAME_DELETED, "", name.name, "The defined name is gone.", name.refers_to)
        elif not same(wanted, now.refers_to, "") and not _one_cell(wanted, now.refers_to):
            yield Finding(
                FindingKind.NAME_CHANGED, "", name.name, "The defined name points elsewhere.", wanted, now.refers_to
            )  # fmt: skip
    for name in own.values():
        yield Finding(FindingKind.NAME_ADDED, "", name.name, "The model has no such name.", "", name.refers_to)


def _one_cell(one: str, other: str) -> bool:
    """A range of one cell and the cell itself are the same place: `$F$9:$F$9`."""
    return _narrow(one) == _narrow(other)


def _narrow(text: str) -> str:
    sheet, mark, area = text.rpartition("!")
    first, _, last = area.partition(":")
    return f"{sheet}{mark}{first}" if first == last else text


def places_of(cells: str) -> Position | None:
    """The first row and column of what a finding names, for sorting; None where it names none."""
    match = re.match(r"([A-Z]+)?(\d+)?", cells)
    if match is None or not match[0]:
        return None
    return int(match[2] or 0), column_number(match[1] or "")
