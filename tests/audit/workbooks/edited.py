"""The workbooks of shipped cases with cells changed, as openpyxl saves them: each is loaded once a run."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
from expected_once import expected_of
from openpyxl.utils.cell import coordinate_to_tuple


@cache
def _loaded(case: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(expected_of(case).workbook.content))


def with_cells(case: str, changes: Mapping[tuple[str, str], Any]) -> bytes:
    """The case's workbook with these values in cells, by sheet and place; whoever asks next finds it as it was."""
    book, before = _loaded(case), []
    for (sheet, place), value in changes.items():
        cells, where = book[sheet]._cells, coordinate_to_tuple(place)
        before.append((cells, where, copy(cells.get(where))))
        book[sheet][place] = value
    content = BytesIO()
    book.save(content)
    for cells, where, cell in before:
        cells.pop(where) if cell is None else cells.update({where: cell})
    return content.getvalue()


@cache
def saved_again(case: str) -> bytes:
    """The case's workbook as openpyxl saves it."""
    return with_cells(case, {})
