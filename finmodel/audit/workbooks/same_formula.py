"""Whether two formulas say the same, and what a formula reads like after rows, columns or sheets have moved.

Compared by the pieces of the text, never by results. What a program may rewrite as it saves does not count: spaces,
upper and lower case of functions and cells, quotation marks around sheets, `0.1` and `1E-1`, `TRUE` and `TRUE()`, the
prefix `_xlfn.`. Everything else does, the `$` of a reference too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

from finmodel.audit.workbooks.formulas import Corner, Piece, Reference, pieces
from finmodel.audit.workbooks.moves import Moves
from finmodel.lines.cells import column_letters

Token: TypeAlias = tuple[object, ...]
_PREFIX = re.compile(r"^_xlfn\.(?:_xlws\.)?", re.IGNORECASE)
_PLAIN_SHEET = re.compile(r"[^\W\d]\w*")
NUMBER, REFERENCE = "number", "reference"


@lru_cache(maxsize=200_000)
def tokens(formula: str, sheet: str) -> tuple[Token, ...]:
    """A formula's pieces in one way of writing; references name their sheet, `sheet` where they name none."""
    found: list[Token] = []
    for piece in pieces(formula.removeprefix("=")):
        if piece.kind == "space":
            continue
        if piece.text == ")" and found and found[-1] in (("function", "TRUE("), ("function", "FALSE(")):
            found[-1] = ("name", str(found[-1][1])[:-1])
        else:
            found.append(_token(piece, sheet))
    return tuple(found)


def _token(piece: Piece, sheet: str) -> Token:
    if piece.reference is not None:
        reference = piece.reference
        area = (reference.first,) if ":" not in piece.text.rpartition("!")[2] else (reference.first, reference.last)
        return (REFERENCE, (reference.sheet or sheet).casefold(), *area)
    if piece.kind == NUMBER:
        return (NUMBER, float(piece.text))
    if piece.kind == "text":
        return ("text", piece.text)
    if piece.kind == "broken":
        return ("broken",)
    return (piece.kind, _PREFIX.sub("", piece.text).upper())


def same(one: str, other: str, sheet: str) -> bool:
    """Whether two formulas of a cell on a sheet say the same."""
    return one == other or tokens(one, sheet) == tokens(other, sheet)


def difference(expected: str, found: str, sheet: str) -> str:
    """How a formula differs from the one expected: in a number, in a reference, in a range, or otherwise."""
    one, other = tokens(expected, sheet), tokens(found, sheet)
    if len(one) != len(other):
        return "formula"
    differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if all(a[0] == b[0] == NUMBER for a, b in differing):
        return "number"
    if all(a[0] == b[0] == REFERENCE for a, b in differing):
        return "range" if any(len(a) == 4 or len(b) == 4 for a, b in differing) else "reference"
    return "formula"


def relative(formula: str, sheet: str, row: int, column: int) -> tuple[Token, ...]:
    """The tokens with references counted from the cell, so that a formula copied along a row stays the same."""
    return tuple(_relative(token, row, column) for token in tokens(formula, sheet))


def _relative(token: Token, row: int, column: int) -> Token:
    if token[0] != REFERENCE:
        return token
    return (*token[:2], *(_from(corner, row, column) for corner in token[2:] if isinstance(corner, Corner)))


def _from(corner: Corner, row: int, column: int) -> Corner:
    return corner._replace(
        row=corner.row if corner.row_fixed else corner.row - row,
        column=corner.column if corner.column_fixed else corner.column - column,
    )


def moved(formula: str, sheet: str, moves: Mapping[str, Moves]) -> str:
    """A formula of a sheet as it reads once rows, columns and sheets have moved as Excel moves them.

    moves: by the name of a sheet in lower case; sheets that are not there did not move. A reference to what was deleted
    becomes `#REF!`; a range that lost its end shrinks.
    """
    return "".join(_moved(piece, sheet, moves) for piece in pieces(formula))


def _moved(piece: Piece, sheet: str, moves: Mapping[str, Moves]) -> str:
    if piece.reference is None:
        return piece.text
    move = moves.get((piece.reference.sheet or sheet).casefold())
    if move is None:
        return piece.text
    prefix = _sheet_prefix(move.name) if piece.reference.sheet else ""
    if move.name is None:
        return f"{prefix}#REF!"
    area = _area(piece.reference, ":" in piece.text.rpartition("!")[2], move)
    return f"{prefix}{area or '#REF!'}"


def _sheet_prefix(name: str | None) -> str:
    if name is None:
        return ""
    doubled = name.replace("'", "''")
    return f"{name}!" if _PLAIN_SHEET.fullmatch(name) else f"'{doubled}'!"


def _area(reference: Reference, is_range: bool, move: Moves) -> str | None:
    first, last = reference.first, reference.last
    rows = move.rows.span(first.row, last.row) if first.row else (0, 0)
    columns = move.columns.span(first.column, last.column) if first.column else (0, 0)
    if rows is None or columns is None:
        return None
    begin = _corner(first, rows[0], columns[0])
    return f"{begin}:{_corner(last, rows[1], columns[1])}" if is_range else begin


def _corner(corner: Corner, row: int, column: int) -> str:
    text = ""
    if column:
        text += ("$" if corner.column_fixed else "") + column_letters(column)
    if row:
        text += ("$" if corner.row_fixed else "") + str(row)
    return text
