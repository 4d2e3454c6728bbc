"""A formula as it would read in R1C1: the same text in every cell that holds the same formula, wherever it stands."""

from __future__ import annotations

from typing import NamedTuple

from finmodel.audit.workbooks.contents import Position
from finmodel.audit.workbooks.formulas import Corner, Piece, Reference, pieces


class RelativeReference(NamedTuple):
    """A reference in a formula, relative to the formula's cell: offsets where it moves, row and column where fixed.

    A whole column has a fixed row 0, a whole row a fixed column 0. `name` is that of a defined name or structured
    reference, "" for a plain one. `function` and `argument` say in which function's brackets it stands, innermost
    first; `tested` that it is only compared with empty text.
    """

    reference: Reference | None
    name: str
    function: str
    argument: int
    tested: bool = False


class TypedConstant(NamedTuple):
    """A number typed into a formula: its text (`3%` with its sign), and in which function's brackets it stands.

    `before` is what stands before it: an operator, a bracket, or "".
    """

    text: str
    value: float
    function: str
    argument: int
    before: str


class Shape(NamedTuple):
    """A formula without its place."""

    key: str
    uses: tuple[RelativeReference, ...]
    numbers: tuple[TypedConstant, ...]
    functions: frozenset[str]
    is_broken: bool
    is_external: bool
    nested_ifs: int


_BEFORE_A_SIGN = {"(", ",", "=", "<", ">", "<=", ">=", "<>", "+", "-", "*", "/", "^", "&", "{", ";"}
_KEPT = {"operator", "number", "text", "error", "broken"}


def key_of(formula: str, here: Position) -> tuple[str, list[Piece]]:
    """The text of a formula in R1C1, and its pieces."""
    row, column = here
    found = [piece for piece in pieces(formula) if piece.kind != "space"]
    if "+" in formula:
        found = _without_signs(found)
    return "".join([_in_r1c1(piece, row, column) for piece in found]), found


def _without_signs(found: list[Piece]) -> list[Piece]:
    """The pieces without a plus that adds nothing: `=+B4` is `=B4`, `(+B4)` is `(B4)`."""
    kept: list[Piece] = []
    for piece in found:
        adds_nothing = piece.text == "+" and (
            not kept or kept[-1].text in _BEFORE_A_SIGN or kept[-1].kind == "function"
        )
        if not adds_nothing or piece.kind != "operator":
            kept.append(piece)
    return kept


def _in_r1c1(piece: Piece, row: int, column: int) -> str:
    reference = piece.reference
    if reference is None:
        return piece.text if piece.kind in _KEPT else piece.text.upper()
    text = _corner_text(reference.first, row, column)
    if reference.last is not reference.first:
        text += ":" + _corner_text(reference.last, row, column)
    return f"{reference.sheet.casefold()}!{text}" if reference.sheet else text


def _corner_text(corner: Corner, row: int, column: int) -> str:
    down = f"R{corner.row}" if corner.row_fixed else f"R[{corner.row - row}]" if corner.row else ""
    right = f"C{corner.column}" if corner.column_fixed else f"C[{corner.column - column}]" if corner.column else ""
    return down + right


def shape_of(key: str, found: list[Piece], here: Position) -> Shape:
    """The shape of a formula from its pieces."""
    return _FormulaWalk(found, here).shape(key)


class _FormulaWalk:
    """One walk over the pieces of a formula, knowing at each in which brackets it stands."""

    def __init__(self, found: list[Piece], here: Position) -> None:
        self.found, self.here = found, here
        self.inside: list[tuple[str, int]] = []
        self.uses: list[RelativeReference] = []
        self.numbers: list[TypedConstant] = []
        self.functions: set[str] = set()
        self.ifs = 0

    def shape(self, key: str) -> Shape:
        for at, piece in enumerate(self.found):
            self._step(at, piece)
        return Shape(
            key,
            tuple(self.uses),
            tuple(self.numbers),
            frozenset(self.functions),
            any(piece.kind == "broken" for piece in self.found),
            any("[" in piece.text and _is_external(piece) for piece in self.found),
            self.ifs,
        )

    def _step(self, at: int, piece: Piece) -> None:
        if piece.kind == "function":
            self._open(piece.text[:-1].upper().removeprefix("_XLFN.").removeprefix("_XLWS."))
        elif piece.kind == "operator":
            self._operator(piece.text)
        elif piece.kind == "number":
            self.numbers.append(self._typed(at, piece.text))
        elif piece.kind == "reference" or piece.kind in ("name", "structured"):
            self._use(at, piece)

    def _open(self, function: str) -> None:
        self.inside.append((function, 0))
        if function:
            self.functions.add(function)
            self.ifs = max(self.ifs, sum(name == "IF" for name, _ in self.inside))

    def _operator(self, text: str) -> None:
        if text in ("(", "{"):
            self.inside.append(("" if text == "(" else "{", 0))
        elif text in (")", "}") and self.inside:
            self.inside.pop()
        elif text == "," and self.inside:
            function, argument = self.inside[-1]
            self.inside[-1] = (function, argument + 1)

    def _within(self) -> tuple[str, int]:
        """The innermost function, and which of its arguments: plain brackets do not count."""
        return next(((name, argument) for name, argument in reversed(self.inside) if name), ("", 0))

    def _typed(self, at: int, text: str) -> TypedConstant:
        share = self._text(at + 1) == "%"
        value = float(text) / (100 if share else 1)
        return TypedConstant(text + ("%" if share else ""), value, *self._within(), self._text(at - 1))

    def _text(self, at: int) -> str:
        return self.found[at].text if 0 <= at < len(self.found) else ""

    def _use(self, at: int, piece: Piece) -> None:
        empty_beside = (self._text(at + 1) in ("=", "<>") and self._text(at + 2) == '""') or (
            self._text(at - 1) in ("=", "<>") and self._text(at - 2) == '""'
        )
        if piece.reference is not None:
            if not piece.reference.sheet.startswith("["):
                self.uses.append(
                    RelativeReference(_relative(piece.reference, self.here), "", *self._within(), empty_beside)
                )
        elif piece.text.upper() not in ("TRUE", "FALSE") and not _is_external(piece):
            self.uses.append(RelativeReference(None, piece.text, *self._within(), empty_beside))


def _is_external(piece: Piece) -> bool:
    """Whether a reference or name is of another file: `[1]Sheet1!A1`, `'[1]My sheet'!A1`."""
    return piece.kind in ("reference", "name", "broken") and "[" in piece.text.partition("]")[0].lstrip("'")[:1]


def _relative(reference: Reference, here: Position) -> Reference:
    first = _relative_corner(reference.first, here)
    return Reference(reference.sheet, first, first if reference.is_one_cell else _relative_corner(reference.last, here))


def _relative_corner(corner: Corner, here: Position) -> Corner:
    row_fixed, column_fixed = corner.row_fixed or not corner.row, corner.column_fixed or not corner.column
    return Corner(
        corner.row if row_fixed else corner.row - here[0],
        corner.column if column_fixed else corner.column - here[1],
        row_fixed,
        column_fixed,
    )
