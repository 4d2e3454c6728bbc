"""Somebody who has the published tables and wants the hidden figures: every whole number that each can be.

Knows what is printed, in this report and in the earlier one; that parts come to wholes, sections to the service, and a
level to the one before with what came and went; what each share, average and rate divides; and which hidden figures are
1 to 5. Searches all whole numbers up to a bound, so what it says cannot be so is not so.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass, field

Cell = tuple[str, str, str]  # measure, section, quarter
HIGHEST = 40


@dataclass
class Attack:
    """What is known. sums: cells with signs that come to 0; ratios: what is shown = factor × sum of part ÷ sum of base."""

    shown: dict[Cell, float] = field(default_factory=dict)
    hidden: set[Cell] = field(default_factory=set)
    small: set[Cell] = field(default_factory=set)
    sums: list[list[tuple[Cell, int]]] = field(default_factory=list)
    ratios: list[tuple[float, float, list[Cell], list[Cell]]] = field(default_factory=list)

    def read(self, text: str) -> list[dict[str, str]]:
        """A published CSV; what a later one hides is known where an earlier one shows it."""
        rows = list(csv.DictReader(io.StringIO(text)))
        for row in rows:
            cell = (row["measure"], row["section"], row["quarter"])
            if row["value"] == "c":
                self.hidden.add(cell)
            elif row["value"]:
                self.shown[cell] = float(row["value"])
        self.hidden -= self.shown.keys()
        return rows

    def changes(self, rows: list[dict[str, str]], quarters: list[str]) -> None:
        """Every change that is printed, as a sum over its two ends with a known amount."""
        for row in rows:
            for column, back in (("change_on_last_quarter", 1), ("change_on_last_year", 4)):
                place = quarters.index(row["quarter"])
                if row[column] and place >= back:
                    known = ("change", "", f"{row['measure']}{row['section']}{row['quarter']}{back}")
                    self.shown[known] = float(row[column])
                    now = (row["measure"], row["section"], row["quarter"])
                    before = (row["measure"], row["section"], quarters[place - back])
                    self.sums.append([(now, 1), (before, -1), (known, -1)])

    def possible(self, wanted: Cell, enough: int = 3) -> set[int]:
        """Values that a hidden figure can have, up to enough of them."""
        about = self._about(wanted)
        found: set[int] = set()
        for value in range(*self._domain(wanted)):
            if next(self._solve({wanted: value}, about), None) is not None:
                found.add(value)
                if len(found) >= enough:
                    break
        return found

    def _domain(self, cell: Cell) -> tuple[int, int]:
        return (1, 6) if cell in self.small else (0, HIGHEST)

    def _about(self, wanted: Cell) -> list[Cell]:
        """The hidden figures that a sum ties to this one, near ones first."""
        order, todo = [wanted], [wanted]
        while todo:
            at = todo.pop(0)
            for one in self.sums:
                cells = [cell for cell, _ in one]
                if at in cells:
                    new = [cell for cell in cells if cell in self.hidden and cell not in order]
                    order += new
                    todo += new
        return order

    def _solve(self, known: dict[Cell, int], about: list[Cell]) -> Iterator[dict[Cell, int]]:
        known = dict(known)
        if not self._propagated(known, set(about)):
            return
        left = next((cell for cell in about if cell not in known), None)
        if left is None:
            if self._ratios_hold(known):
                yield known
            return
        for value in range(*self._domain(left)):
            yield from self._solve({**known, left: value}, about)

    def _propagated(self, known: dict[Cell, int], about: set[Cell]) -> bool:
        """Fill in what a sum settles; False where a sum cannot come out."""
        moved = True
        while moved:
            moved = False
            for one in self.sums:
                if not any(cell in about for cell, _ in one):
                    continue
                values = [(cell, sign, known.get(cell, self.shown.get(cell))) for cell, sign in one]
                open_ = [(cell, sign) for cell, sign, value in values if value is None]
                rest = sum(sign * value for _, sign, value in values if value is not None)
                if not open_ and abs(rest) > 1e-6:
                    return False
                if len(open_) == 1:
                    cell, sign = open_[0]
                    low, high = self._domain(cell)
                    value = -rest / sign
                    if cell in about:
                        if abs(value - round(value)) > 1e-6 or not low <= round(value) < high:
                            return False
                        known[cell] = round(value)
                        moved = True
        return True

    def _ratios_hold(self, known: dict[Cell, int]) -> bool:
        for value, factor, part, base in self.ratios:
            look = [known.get(cell, self.shown.get(cell)) for cell in (*part, *base)]
            if any(one is None for one in look):
                continue
            above = sum(one for one in look[: len(part)] if one is not None)
            below = sum(one for one in look[len(part) :] if one is not None)
            if not below or not math.isclose(factor * above / below, value, abs_tol=1e-5):
                return False
        return True
