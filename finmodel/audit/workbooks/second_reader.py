"""A second reader of the same file: what openpyxl reads of every sheet, cell, name and setting beside what we read.

openpyxl knows nothing of our reader and goes about it otherwise: it finds parts by content type, takes the first value
and formula of a cell, and works with a tree. Where the two differ, so may the programs of those who open the file.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

from finmodel.audit.workbooks.contents import Position, SheetCell, Stored, Workbook, Worksheet
from finmodel.audit.workbooks.differences import typed
from finmodel.audit.workbooks.findings import Finding, FindingKind
from finmodel.audit.workbooks.recalculating import plain
from finmodel.audit.workbooks.same_formula import same
from finmodel.audit.workbooks.sheet_reading import unescaped
from finmodel.lines.cells import address
from finmodel.parsing.archive import Archive, Limits
from finmodel.parsing.xml_parts import read_part

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook as TheirWorkbook

Theirs: TypeAlias = tuple[str, Any]  # formula without its `=`, "" where there is none, and stored value
_MOST = 500  # cells that are reported one by one


def second_reading(found: Workbook) -> list[Finding]:
    """Everything that openpyxl reads otherwise; empty where the two agree, and where there is no file to read."""
    if not found.content:
        return []
    _guard(found)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it will not save again; it saves nothing here
            findings = list(_compared(found))
    except MemoryError:
        raise
    except Exception as error:  # whatever it trips over, it cannot read the file
        what = f"openpyxl cannot read the file ({type(error).__name__}), so that nobody else agrees with our reading."
        return [Finding(FindingKind.READERS_DISAGREE, "", "", what)]
    if len(findings) > _MOST:
        more = f"{len(findings) - _MOST:,} more places are read differently."
        findings = [*findings[:_MOST], Finding(FindingKind.READERS_DISAGREE, "", "", more)]
    return findings


def _guard(found: Workbook) -> None:
    """See that no part that the door did not read declares a document type or is nested without end."""
    archive = Archive(found.name, found.content, Limits())
    for part in archive.parts:
        if part not in found.parts_read and part.endswith((".xml", ".rels")):
            read_part(archive, part, _nothing, _nothing)


def _nothing(*_: object) -> None:
    """Nothing to do with an element: only its soundness counts."""


def _compared(found: Workbook) -> Iterator[Finding]:
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy

    book = load_workbook(BytesIO(found.content), read_only=True, keep_links=False)
    names = [sheet.name for sheet in found.sheets]
    theirs = [sheet.title for sheet in book.worksheets]
    if names != theirs:
        yield _differs("", "", "The sheets are not the same.", ", ".join(names), ", ".join(theirs))
    for sheet in found.sheets:
        if sheet.name in theirs:
            yield from _sheet(sheet, book)
    yield from _names(found, book)
    yield from _settings(found, book)


def _sheet(ours: Worksheet, book: TheirWorkbook) -> Iterator[Finding]:
    theirs: Any = book[ours.name]
    if theirs.sheet_state != ours.state:
        yield _differs(
            ours.name, "", "The sheet is shown by one and hidden by the other.", ours.state, theirs.sheet_state
        )
    seen: set[Position] = set()
    for place, cell in _their_cells(theirs):
        here = ours.cells.get(place)
        if place in seen:
            yield _differs(ours.name, address(*place), "openpyxl finds this cell twice.")
        elif here is not None or cell != ("", None):
            seen.add(place)
            if not _same_formula(ours.name, here, cell[0]):
                formula = here.formula if here else ""
                yield _differs(ours.name, address(*place), "The formula is read differently.", formula, cell[0])
            if not _same_value(here.value if here else None, cell[1]):
                value = here.value if here else None
                yield _differs(
                    ours.name, address(*place), "The value is read differently.", typed(value), _shown(cell[1])
                )
    for place in sorted(ours.cells.keys() - seen):
        yield _differs(ours.name, address(*place), "openpyxl finds no such cell.")


def _their_cells(sheet: Any) -> Iterator[tuple[Position, Theirs]]:
    """Formula and stored value of each cell, from one pass. What load_workbook gives is one or the other."""
    from openpyxl.worksheet._reader import WorkSheetParser  # noqa: PLC0415 - heavy; private, and the same since 2.6

    class Parser(WorkSheetParser):  # type: ignore[misc]
        def parse_cell(self, element: Any) -> dict[str, Any]:
            column: int = self.col_counter  # type: ignore[has-type]
            self.data_only = False
            cell: dict[str, Any] = super().parse_cell(element)
            cell["formula"] = ""
            if cell["data_type"] == "f":
                formula = cell["value"]
                self.data_only, self.col_counter = True, column
                cell = super().parse_cell(element)
                cell["formula"] = formula if isinstance(formula, str) else _of_range(formula)
            return cell

    with sheet._get_source() as source:
        for _, cells in Parser(source, sheet._shared_strings).parse():
            for cell in cells:
                yield (cell["row"], cell["column"]), (cell["formula"].removeprefix("="), cell["value"])


def _of_range(formula: Any) -> str:
    """The formula of an array, or of a data table as our reader writes it."""
    if hasattr(formula, "text"):
        return str(formula.text or "")
    return f"=TABLE({formula.r1 or ''},{formula.r2 or ''})"


def _same_formula(sheet: str, ours: SheetCell | None, theirs: str) -> bool:
    formula = ours.formula if ours else ""
    return formula == theirs or bool(formula and theirs and same(formula, theirs, sheet))


def _same_value(ours: Stored, theirs: Any) -> bool:
    if ours in (None, ""):
        return theirs in (None, "") and not isinstance(theirs, bool)
    if isinstance(ours, bool) or isinstance(theirs, bool):
        return ours is theirs
    if isinstance(ours, str):
        return isinstance(theirs, str) and plain(ours) in (plain(theirs), plain(unescaped(theirs)))
    return isinstance(theirs, int | float) and float(theirs) == ours


def _names(found: Workbook, book: TheirWorkbook) -> Iterator[Finding]:
    scopes = [("", book.defined_names), *((sheet.title, sheet.defined_names) for sheet in book.worksheets)]
    theirs = {(sheet, name): str(held.attr_text or "") for sheet, names in scopes for name, held in names.items()}
    ours = {(name.sheet, name.name): name.refers_to for name in found.defined_names}
    for sheet, name in sorted(ours.keys() | theirs.keys()):
        if name.lower().startswith("_xlnm."):
            continue
        one, other = ours.get((sheet, name)), theirs.get((sheet, name))
        if one != other:
            yield _differs(sheet, name, "The defined name is read differently.", one or "nothing", other or "nothing")


def _settings(found: Workbook, book: TheirWorkbook) -> Iterator[Finding]:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904  # noqa: PLC0415 - heavy

    calculation = book.calculation
    for what, one, other in (
        ("Dates are counted from 1904", found.dates_from_1904, book.epoch == CALENDAR_MAC_1904),
        ("Circular references are worked out", found.iterates, bool(calculation.iterate)),
        ("Figures are rounded to what is displayed", found.precision_as_displayed, calculation.fullPrecision is False),
        ("The workbook calculates by hand", found.calculates_by_hand, calculation.calcMode == "manual"),
    ):
        if one != other:
            yield _differs("", "", f"{what} by one reading and not by the other.", _yes(one), _yes(other))


def _yes(said: bool) -> str:
    return "yes" if said else "no"


def _shown(value: Any) -> str:
    return typed(value) if isinstance(value, bool | int | float | str) or value is None else str(value)


def _differs(sheet: str, cells: str, what: str, ours: str = "", theirs: str = "") -> Finding:
    """A finding with both readings: `expected` is what we read, `found` what openpyxl does."""
    return Finding(
        FindingKind.READERS_DISAGREE, sheet, cells, what,
        f"{ours or 'nothing'}, as we read it" if ours or theirs else "",
        f"{theirs or 'nothing'}, as openpyxl reads it" if ours or theirs else "",
    )  # fmt: skip
