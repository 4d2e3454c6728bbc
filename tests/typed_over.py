"""Numbers typed over the formulas of a report's workbook, one at a time, and what the summary and the checks then show.

ironcalc recalculates the whole book each time, so nothing of finmodel judges.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import ironcalc

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.checks import MASTER
from finmodel.lines.excel import ONCE_COLUMN, column_letters
from finmodel.report.workbook import formula_cells, layout_of, render_workbook

SUMMARY = "Summary"


class Tried(NamedTuple):
    """A cell typed over: where, whether a figure of the summary moved, and whether every check still held."""

    place: str
    address: str
    moved: bool
    holds: bool


class Recalculated:
    """A workbook in ironcalc, whose cells can be typed over, read and put back."""

    def __init__(self, content: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "report.xlsx"
            path.write_bytes(content)
            self._model: Any = ironcalc.load_from_xlsx(str(path))
        self._model.evaluate()
        names = [sheet["name"] for sheet in self._model.get_worksheets_properties()]
        self._number = {name: number for number, name in enumerate(names)}

    def _place(self, sheet: str, cell: str) -> tuple[int, int, int]:
        letters, column = cell.rstrip("0123456789"), 0
        for letter in letters:
            column = 26 * column + ord(letter) - 64
        return self._number[sheet], int(cell[len(letters) :]), column

    def value(self, sheet: str, cell: str) -> object:
        """What a cell shows."""
        return self._model.get_cell_value(*self._place(sheet, cell))

    def typed_over(self, sheet: str, cell: str, number: float) -> Iterator[None]:
        """While a number stands over a cell's formula; the formula is put back."""
        place = self._place(sheet, cell)
        formula = self._model.get_cell_formula(*place)
        self._model.update_cell_with_number(*place, number)
        self._model.evaluate()
        yield
        self._model.update_cell_with_formula(*place, formula)


def plausible(shown: float | str, unit: str) -> float:
    """A number that somebody might type: a tenth more; for zero 1,000 of pounds and else 1; 1 for a reason."""
    if isinstance(shown, str):
        return 1.0
    return shown * 1.1 if shown else 1000.0 if unit == "£" else 1.0


def type_over(appraisal: Appraisal, how_many: int, seed: int = 2026) -> Iterator[Tried]:
    """Type over so many cells by chance, of the sheets of calculations."""
    layout = layout_of(appraisal)
    book = Recalculated(render_workbook(appraisal))
    place = layout.places[MASTER]
    master = (place.sheet, f"{column_letters(ONCE_COLUMN)}{place.row}")
    cells = list(formula_cells(appraisal))
    summary = [(sheet, cell) for sheet, cell, _ in cells if sheet == SUMMARY]
    before = [book.value(*cell) for cell in summary]
    assert book.value(*master) == 1, "a check does not hold before anything is typed over"
    lines = {(place.sheet, place.row): layout.lines[address] for address, place in layout.places.items()}
    worked_out = [name for name in layout.sheets if name != place.sheet and not name.startswith("Inputs")]
    choice = [each for each in cells if each[0] in worked_out]
    for sheet, cell, shown in random.Random(seed).sample(choice, min(how_many, len(choice))):
        line = lines.get((sheet, int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))))
        for _ in book.typed_over(sheet, cell, plausible(shown, line.unit if line else "")):
            moved = any(_differ(old, book.value(*at)) for old, at in zip(before, summary, strict=True))
            holds = book.value(*master) == 1
        yield Tried(f"{sheet}!{cell}", line.address if line else "header", moved, holds)


def _differ(old: object, new: object) -> bool:
    if isinstance(old, float | int) and isinstance(new, float | int):
        return abs(old - new) > max(1e-9, 1e-9 * abs(old))
    return old != new
