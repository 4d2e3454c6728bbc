"""What surrounds the cells: what is hidden, defined names, links, macros and settings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finmodel.audit.workbooks.contents import Cell, Position, Sheet, Workbook
from finmodel.audit.workbooks.findings import Finding, Kind
from finmodel.audit.workbooks.formulas import address
from finmodel.audit.workbooks.same_formula import moved, same
from finmodel.audit.workbooks.structure import Pair, Structure, is_empty, span

_BUILT_IN = "_xlnm."
_WHITE = {"FFFFFFFF", "00FFFFFF", "theme 0"}
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_SHOWS = re.compile(r"[0#?@a-z]", re.IGNORECASE)


def surroundings(structure: Structure, expected: Workbook, found: Workbook) -> Iterator[Finding]:
    """Everything beside the cells that is not as the model writes it."""
    hidden_before = {pair.now.name: pair for pair in structure.pairs}
    for sheet in found.sheets:
        yield from _hidden(sheet)
        if (pair := hidden_before.get(sheet.name)) is not None:
            yield from _hidden_by_format(pair)
    yield from _names(structure, expected, found)
    for link in found.external_links:
        yield Finding(Kind.EXTERNAL_LINK, "", "", "The workbook reads another file.", "", link.target)
    if found.macros:
        yield Finding(Kind.MACROS, "", "", "The workbook holds macros, which were not run. The model has none.")
    for is_set, what in (
        (found.iterates, "Circular references are worked out by repetition."),
        (found.precision_as_displayed, "Figures are rounded to what is displayed."),
        (found.calculates_by_hand, "The workbook calculates only when it is told to."),
        (found.dates_from_1904, "Dates are counted from 1904."),
    ):
        if is_set:
            yield Finding(Kind.CALCULATION, "", "", what)


def _hidden(sheet: Sheet) -> Iterator[Finding]:
    if sheet.state != "visible":
        how = "so that no menu of Excel shows it" if sheet.state == "veryHidden" else "and can be unhidden by its tab"
        yield Finding(Kind.SHEET_HIDDEN, sheet.name, "", f"The sheet is hidden, {how}.", "visible", sheet.state)
    if sheet.rows_hidden_by_default:
        yield Finding(Kind.ROWS_HIDDEN, sheet.name, "", "Rows are hidden unless they say otherwise.")
    for kind, places, of_rows in (
        (Kind.ROWS_HIDDEN, sheet.hidden_rows, True),
        (Kind.COLUMNS_HIDDEN, sheet.hidden_columns, False),
    ):
        for first, last in _runs(places):
            filtered = " A filter is set." if of_rows and sheet.filtered else ""
            what = f"{'Rows' if of_rows else 'Columns'} cannot be seen.{filtered}"
            yield Finding(kind, sheet.name, span(first, last, of_rows), what)


def _runs(places: frozenset[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place in sorted(places):
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _hidden_by_format(pair: Pair) -> Iterator[Finding]:
    rows, columns = pair.moves.rows, pair.moves.columns
    for here, cell in pair.now.cells.items():
        if is_empty(cell) or (_can_be_seen(cell) and not _is_white(cell)):
            continue
        was = _cell_before(pair, rows.back.get(here[0]), columns.back.get(here[1]))
        if was is not None and not _can_be_seen(was) and not _can_be_seen(cell):
            continue
        how = "White letters hide it." if _can_be_seen(cell) else "Its number format shows nothing."
        yield Finding(
            Kind.VALUE_HIDDEN, pair.now.name, address(*here), how,
            was.style.number_format if was else "", cell.style.number_format,
        )  # fmt: skip


def _cell_before(pair: Pair, row: int | None, column: int | None) -> Cell | None:
    return pair.before.cells.get((row, column)) if row and column else None


def _is_white(cell: Cell) -> bool:
    return cell.style.font_colour in _WHITE


def _can_be_seen(cell: Cell) -> bool:
    """Whether a number format shows anything of the value that the cell holds."""
    pattern = cell.style.number_format
    if pattern in ("General", "", "@"):
        return True
    sections = _QUOTED.sub("", pattern).split(";")
    if cell.kind == "text":
        return len(sections) < 4 or bool(_SHOWS.search(sections[3]))
    if cell.kind != "number" or not isinstance(cell.value, int | float):
        return True
    place = 0 if cell.value > 0 or len(sections) == 1 else 1 if cell.value < 0 else min(2, len(sections) - 1)
    if cell.value == 0 and len(sections) == 2:
        place = 0
    return bool(_SHOWS.search(sections[place]))


def _names(structure: Structure, expected: Workbook, found: Workbook) -> Iterator[Finding]:
    own = {name.name.casefold(): name for name in found.defined_names if not name.name.startswith(_BUILT_IN)}
    for name in expected.defined_names:
        if name.name.startswith(_BUILT_IN):
            continue
        now = own.pop(name.name.casefold(), None)
        wanted = moved(name.refers_to, "", structure.moves)
        if now is None:
            yield Finding(Kind.NAME_DELETED, "", name.name, "The defined name is gone.", name.refers_to)
        elif not same(wanted, now.refers_to, "") and not _one_cell(wanted, now.refers_to):
            yield Finding(
                Kind.NAME_CHANGED, "", name.name, "The defined name points elsewhere.", wanted, now.refers_to
            )  # fmt: skip
    for name in own.values():
        yield Finding(Kind.NAME_ADDED, "", name.name, "The model has no such name.", "", name.refers_to)


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
    column = 0
    for letter in match[1] or "":
        column = column * 26 + ord(letter) - 64
    return int(match[2] or 0), column
