"""Formulas that were filled down or right: one text but for the cells that it names, so that it is cut up once.

A workbook of a hundred thousand formulas mostly holds a few hundred different ones. Taking the cells out of a text is
fast, cutting it into its pieces is slow: what is left of the text, and how far off its cells are, tell which one it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from finmodel.audit.workbooks.contents import Position
from finmodel.audit.workbooks.formulas import pieces
from finmodel.lines.cells import column_number

Form: TypeAlias = tuple[str | int, ...]
"""A text without its cells, and for each of them column and row: how far off, or which, where a `$` holds it."""

# What stands in quotation marks may look like a cell; so may a part of a name. Neither is one.
_CELLS = re.compile(
    r""""(?:[^"]|"")*"|'(?:[^']|'')*'|(?<![\w.$])(\$?)([A-Z]{1,3})(\$?)([1-9][0-9]{0,6})(?![\w.(!\[\\?])"""
)
_CELL = "\0"  # can be in no formula: XML has no such character


class FilledFormulas:
    """Tells copies of a formula by their texts."""

    def __init__(self) -> None:
        self._unclear: set[str] = set()

    def form_of(self, formula: str, here: Position) -> Form | None:
        """What a formula has in common with its copies, and with nothing else; None where this cannot be said."""
        row, column = here
        form: list[str | int] = [""]

        def take(match: re.Match[str]) -> str:
            one, letters, two, digits = match.groups()
            if letters is None:
                return match[0]
            form.append(column_number(letters) if one else column_number(letters) - column)
            form.append(int(digits) if two else int(digits) - row)
            return f"{_CELL}{one}{two}" if one or two else _CELL

        form[0] = text = _CELLS.sub(take, formula)
        return None if text in self._unclear else tuple(form)

    def is_clear(self, form: Form, formula: str) -> bool:
        """Whether what was taken for cells is all that a formula of this form refers to, and nothing else."""
        taken = [match.start() for match in _CELLS.finditer(formula) if match[2]]
        clear = taken == list(_corners(formula))
        if not clear:
            self._unclear.add(str(form[0]))
        return clear


def _corners(formula: str) -> Iterator[int]:
    """Where in a formula each corner of a reference begins."""
    at = 0
    for piece in pieces(formula):
        if piece.kind == "reference":
            area = at + len(piece.text.rpartition("!")[0] + piece.text.rpartition("!")[1])
            yield area
            if ":" in formula[area : at + len(piece.text)]:
                yield formula.index(":", area) + 1
        at += len(piece.text)
