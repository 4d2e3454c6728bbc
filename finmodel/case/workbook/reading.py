"""A workbook file as a case: opened behind the door's limits, read by openpyxl, values and not formulas."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from finmodel.case.workbook.blocks import OWN, kind_named
from finmodel.case.workbook.cells import Found
from finmodel.case.workbook.gather import gathered
from finmodel.case.workbook.grids import Grid, cell_name
from finmodel.parsing.archive import Archive, Limits
from finmodel.parsing.problems import Problem, ProblemsError
from finmodel.parsing.text_files import MOST_VALUES, CannotReadError, TextFile
from finmodel.parsing.unseen import UNSEEN, in_words
from finmodel.parsing.xml_parts import read_part

LIMITS = Limits(file_bytes=20_000_000, members=1_000, unpacked_bytes=100_000_000, sheets=200)
_FORMULA_WITHOUT_VALUE = re.compile(rb"(?:</f>|<f[^>]*/>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_SAVE = "Open it in Excel, let it repair the file, and save it again."


def read_workbook(content: bytes, file: str) -> TextFile:
    """The plain data of a case in a workbook, with places; CannotReadError when there is nothing to go on with."""
    try:
        grids = grids_of(content, file)
    except ProblemsError as error:
        raise CannotReadError(*error.problems) from None
    if not is_known(grid.name for grid in grids):
        what = "This workbook is neither a case nor a report of finmodel's: none of its sheets is known"
        raise CannotReadError(
            Problem(file, None, "", what, "Begin with `finmodel new`, which writes a workbook to fill in.")
        )
    found = gathered(file, grids)
    found.problems += [problem for grid in grids for problem in _unseen(file, grid)]
    return found


def is_known(names: Iterable[str]) -> bool:
    """Whether sheets of these names may hold a case: some are called as those of a case are."""
    return any(kind_named(name) is not None for name in names)


def grids_of(content: bytes, file: str) -> list[Grid]:
    """The sheets of a workbook with the cells that hold anything; CannotReadError, or ProblemsError at the door."""
    if len(content) > LIMITS.file_bytes:
        what = f"The file is larger than {LIMITS.file_bytes // 1_000_000} MB"
        raise CannotReadError(Problem(file, None, "", what, "A case is small: check that this is the right file."))
    has_empty_formulas = _guard(content, file)
    values = _opened(content, file, values=True)
    formulas = _opened(content, file, values=False) if has_empty_formulas else values
    if len(values.worksheets) > LIMITS.sheets or len(values.worksheets) != len(formulas.worksheets):
        raise CannotReadError(Problem(file, None, "", "The workbook has too many sheets, or lists them twice", _SAVE))
    grids = [_grid(one, other) for one, other in zip(values.worksheets, formulas.worksheets, strict=True)]
    if sum(len(grid.cells) for grid in grids) > MOST_VALUES:
        what = f"The workbook has more than {MOST_VALUES:,} cells with something in them"
        raise CannotReadError(Problem(file, None, "", what, "A case is small: check that this is the right file."))
    return grids


def _guard(content: bytes, file: str) -> bool:
    """See that no part is too large, declares a document type or is nested without end.

    Gives whether some cell holds a formula and no value: openpyxl tells one from an empty cell only by reading twice.
    """
    archive = Archive(file, content, LIMITS)
    for part in archive.parts:
        if part.endswith((".xml", ".rels", ".vml")):
            read_part(archive, part, _nothing, _nothing)
    sheets = [part for part in archive.parts if part.startswith("xl/worksheets/")]
    return any(_FORMULA_WITHOUT_VALUE.search(b"".join(archive.chunks(part))) for part in sheets)


def _nothing(*_: object) -> None:
    """Nothing to do with an element: only its soundness counts."""


def _opened(content: bytes, file: str, values: bool) -> Any:
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it will not save again; it saves nothing here
            return load_workbook(BytesIO(content), data_only=values, keep_links=False)
    except MemoryError:
        raise
    except Exception as error:  # whatever it trips over, it cannot read the file
        what = f"The file is damaged: it cannot be read as a workbook ({type(error).__name__})"
        raise CannotReadError(Problem(file, None, "", what, _SAVE)) from None


def _grid(values: Any, formulas: Any) -> Grid:
    """A sheet's cells that hold anything; its ranges of merged cells."""
    cells: dict[tuple[int, int], Found] = {}
    written = formulas._cells  # by position; iter_rows would make a cell of every position up to the last
    for position, cell in values._cells.items():
        formula = written.get(position)
        uncalculated = cell.value is None and formula is not None and formula.data_type == "f"
        if cell.value is not None or uncalculated:
            cells[position] = Found(
                cell.value, str(cell.number_format or "General"), cell.data_type == "e", uncalculated
            )
    merged = [((r.min_row, r.min_col), (r.max_row, r.max_col)) for r in values.merged_cells.ranges]
    return Grid(str(values.title), cells, merged)


def _unseen(file: str, grid: Grid) -> list[Problem]:
    """Characters that cannot be seen or that mislead, in cells that are read."""
    if grid.name in OWN:
        return []
    found = []
    for (row, column), cell in sorted(grid.cells.items()):
        odd = UNSEEN.search(cell.value) if isinstance(cell.value, str) else None
        if odd:
            remedy = "Delete it, or type the cell again."
            found.append(Problem(file, row, "", in_words(odd[0]), remedy, "", cell_name(grid.name, row, column)))
    return found
