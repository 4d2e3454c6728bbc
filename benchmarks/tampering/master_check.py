"""Formula cells typed over, one at a time: which move the summary while every check of the workbook holds?

ironcalc recalculates the whole book after each, so nothing of finmodel judges. A number is made a tenth more, zero is
made 1,000 where the cell shows pounds and 1 elsewhere; a cell that shows a reason gets 1. The summary's own cells are
not typed over: what is overwritten there is seen by `finmodel audit` alone.

    python benchmarks/tampering/master_check.py [how many a case] [case ...]
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import ironcalc

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.appraisal.checks import MASTER
from finmodel.case import load_case
from finmodel.lines.excel import ONCE_COLUMN, column_letters
from finmodel.report.workbook import formula_cells, layout_of, render_workbook

ROOT = Path(__file__).parents[2]
CASES = ("wolverhampton-2015", "darlington-2010", "example-2026")
SUMMARY = "Summary"
CHECKED = frozenset({"Checks", "Second totals"})  # sheets of checks: what is typed over there moves no figure


class Recalculated:
    """A workbook in ironcalc: cells typed over, read and put back."""

    def __init__(self, content: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "report.xlsx"
            path.write_bytes(content)
            self._model = ironcalc.load_from_xlsx(str(path))
        self._model.evaluate()
        sheets = [sheet["name"] for sheet in self._model.get_worksheets_properties()]
        self._number = {name: number for number, name in enumerate(sheets)}

    def _place(self, sheet: str, cell: str) -> tuple[int, int, int]:
        letters = cell.rstrip("0123456789")
        column = 0
        for letter in letters:
            column = 26 * column + ord(letter) - 64
        return self._number[sheet], int(cell[len(letters) :]), column

    def value(self, sheet: str, cell: str) -> object:
        """What a cell shows."""
        return self._model.get_cell_value(*self._place(sheet, cell))

    def typed_over(self, sheet: str, cell: str, number: float) -> Iterator[None]:
        """While a number stands over a cell's formula."""
        place = self._place(sheet, cell)
        formula = self._model.get_cell_formula(*place)
        self._model.update_cell_with_number(*place, number)
        self._model.evaluate()
        yield
        self._model.update_cell_with_formula(*place, formula)
        self._model.evaluate()


def plausible(shown: float | str, unit: str) -> float:
    """A number that somebody might type over a cell."""
    if isinstance(shown, str):
        return 1.0
    return shown * 1.1 if shown else 1000.0 if unit == "£" else 1.0


def tried(appraisal: Appraisal, how_many: int, seed: int = 2026) -> Counter[tuple[bool, bool]]:
    """How many of the cells tried moved the summary, and left the master check at 1; prints those that did both."""
    layout = layout_of(appraisal)
    book = Recalculated(render_workbook(appraisal))
    place = layout.places[MASTER]
    master = (place.sheet, f"{column_letters(ONCE_COLUMN)}{place.row}")
    cells = list(formula_cells(appraisal))
    summary = [(sheet, cell) for sheet, cell, _ in cells if sheet == SUMMARY]
    units = {(place.sheet, place.row): layout.lines[address].unit for address, place in layout.places.items()}
    labels = {(place.sheet, place.row): address for address, place in layout.places.items()}
    before = [book.value(*cell) for cell in summary]
    assert book.value(*master) == 1, "a check does not hold before anything is typed over"
    choice = [each for each in cells if each[0] != SUMMARY and each[0] not in CHECKED]
    table: Counter[tuple[bool, bool]] = Counter()
    for sheet, cell, shown in random.Random(seed).sample(choice, min(how_many, len(choice))):
        row = int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        for _ in book.typed_over(sheet, cell, plausible(shown, units.get((sheet, row), ""))):
            moved = any(_differ(old, book.value(*at)) for old, at in zip(before, summary, strict=True))
            holds = book.value(*master) == 1
        table[moved, holds] += 1
        if moved and holds:
            print(f"  not noticed: {sheet}!{cell} {labels.get((sheet, row), 'header')}: {shown}")
    return table


def _differ(old: object, new: object) -> bool:
    if isinstance(old, float | int) and isinstance(new, float | int):
        return abs(old - new) > max(1e-9, 1e-9 * abs(old))
    return old != new


def main() -> None:
    """Print how many were noticed, case by case."""
    how_many = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    for case in sys.argv[2:] or CASES:
        table = tried(appraise(load_case(ROOT / "inputs" / case)), how_many)
        moved = table[True, True] + table[True, False]
        print(
            f"{case}: {table.total()} cells typed over, {moved} move the summary, "
            f"{table[True, True]} of them while every check holds",
            flush=True,
        )


if __name__ == "__main__":
    main()
