"""The text of a formula, cut into its pieces: references, functions, names, numbers and the rest.

One regular expression does the cutting. It need not know what a formula means, only where its pieces begin and end, so
that `LOG10(`, `'Tax 2024'!A1`, `"A1"` and `Posts[FTE]` are each told from the cell that they contain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from finmodel.lines.cells import LAST_COLUMN, LAST_ROW, PART_OF_A_REFERENCE, column_letters, column_number

_CELL = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_PIECES = re.compile(
    rf"""
    (?P<text>"(?:[^"]|"")*")
  | (?P<reference>
        (?P<sheet>'(?:[^']|'')*'!|(?:\[[0-9]+\])?[^\W\d][\w.]*(?::[^\W\d][\w.]*)?!|\[[0-9]+\][\w.]*!)?
        (?:(?P<cell>{_CELL})(?::(?P<other>{_CELL}))?
          |(?P<columns>\$?[A-Z]{{1,3}}:\$?[A-Z]{{1,3}})
          |(?P<rows>\$?[0-9]{{1,7}}:\$?[0-9]{{1,7}}))
        (?![\w.(!\[\\?]))
  | (?P<broken>(?:'(?:[^']|'')*'!|[\w.\[\]]+!)?\#REF!)
  | (?P<error>\#(?:N/A|[A-Z0-9_/]+[!?]?))
  | (?P<structured>[^\W\d][\w.\\]*\[(?:[^\[\]]|\[(?:[^\[\]']|'.)*\])*\]|\[(?:@|\#)?(?:[^\[\]]|\[(?:[^\[\]']|'.)*\])*\])
  | (?P<function>[^\W\d][\w.]*\()
  | (?P<name>(?:'(?:[^']|'')*'!|(?:\[[0-9]+\])?[\w.]+!|\[[0-9]+\]!)?[^\W\d\\]?[\\]?[^\W\d][\w.\\?]*)
  | (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:E[+-]?[0-9]+)?)
  | (?P<space>\s+)
  | (?P<operator><=|>=|<>|.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


class Corner(NamedTuple):
    """One end of a reference. A whole column has no row (0), a whole row no column (0)."""

    row: int
    column: int
    row_fixed: bool
    column_fixed: bool


class Reference(NamedTuple):
    """A cell or range in a formula. `sheet` is as written, with neither quotes nor `!`; "" for the formula's own."""

    sheet: str
    first: Corner
    last: Corner

    @property
    def is_one_cell(self) -> bool:
        """One cell, rather than a range."""
        return self.first is self.last


class Piece(NamedTuple):
    """A piece of a formula: its kind (a group of the expression above), its text, and its reference if it is one."""

    kind: str
    text: str
    reference: Reference | None = None


def pieces(formula: str) -> Iterator[Piece]:
    """The pieces of a formula in order; joined, their texts are the formula again."""
    for match in _PIECES.finditer(formula):
        kind = match.lastgroup or "operator"
        if match["reference"] is not None:
            yield Piece("reference", match[0], _reference(match["sheet"] or "", match[0][len(match["sheet"] or "") :]))
        else:
            yield Piece(kind, match[0])


@lru_cache(maxsize=65536)
def _reference(sheet: str, area: str) -> Reference:
    first, _, last = area.partition(":")
    corner = _corner(first)
    return Reference(sheet_name(sheet), corner, _corner(last) if last else corner)


def sheet_name(prefix: str) -> str:
    """The sheet that a prefix names: `'Tax ''24'!` is Tax '24."""
    name = prefix.removesuffix("!")
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def _corner(text: str) -> Corner:
    match = PART_OF_A_REFERENCE.fullmatch(text)
    if match is None:  # cannot be: the expression above found it
        raise ValueError(text)
    one, letters, two, digits = match.groups()
    # In `$5` the one mark belongs to the row.
    row_fixed = bool(two) if letters else bool(one or two)
    return Corner(int(digits or 0), column_number(letters) if letters else 0, row_fixed, bool(one and letters))


class Moving:
    """A formula that stands in many cells and is written once: a shared formula, moved to where it is wanted."""

    def __init__(self, formula: str, row: int, column: int) -> None:
        self.row, self.column = row, column
        self._pieces = [_movable(piece) for piece in pieces(formula)]

    def at(self, row: int, column: int) -> str:
        """The formula as it reads in another cell; `#REF!` where a reference would leave the sheet."""
        down, right = row - self.row, column - self.column
        return "".join(piece if isinstance(piece, str) else _moved(*piece, down, right) for piece in self._pieces)


def _movable(piece: Piece) -> str | tuple[str, tuple[Corner, ...]]:
    if piece.reference is None:
        return piece.text
    before, mark, area = piece.text.rpartition("!")
    first, last = piece.reference.first, piece.reference.last
    return before + mark, ((first, last) if ":" in area else (first,))


def _moved(sheet: str, corners: tuple[Corner, ...], down: int, right: int) -> str:
    moved = [_moved_corner(corner, down, right) for corner in corners]
    return sheet + ("#REF!" if None in moved else ":".join(filter(None, moved)))


def _moved_corner(corner: Corner, down: int, right: int) -> str | None:
    text = ""
    if corner.column:
        column = corner.column if corner.column_fixed else corner.column + right
        if not 0 < column <= LAST_COLUMN:
            return None
        text = ("$" if corner.column_fixed else "") + column_letters(column)
    if corner.row:
        row = corner.row if corner.row_fixed else corner.row + down
        if not 0 < row <= LAST_ROW:
            return None
        text += ("$" if corner.row_fixed else "") + str(row)
    return text
