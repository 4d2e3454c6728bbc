"""How much was added up on the way to a formula's value: what rounding can leave grows with that, not with the value.

A computer keeps 15 to 17 digits, so where £8m less £8m is worked out in another order, something like a billionth of a
pound is left, and where it was £500m, sixty times as much. Each formula is read for the sizes of its terms, without
their signs: a + b and a − b both have the size |a| + |b|. Source: N. J. Higham, Accuracy and Stability of Numerical
Algorithms, sections 3.1 and 4.2 (running error bounds).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

from finmodel.audit.workbooks.contents import Position, Workbook
from finmodel.audit.workbooks.formulas import Piece, Reference, pieces
from finmodel.audit.workbooks.recalculating import Value, alike

ROUNDING = 1e-12
"""How far two numbers may be apart, as a share of what was added up: some thousands of roundings in the last place."""
_DEEPEST = 16  # formulas behind one another that are read; beyond, a value counts as its own size
_MOST_CELLS = 20_000  # cells of one range that are looked at
_BINDING = {"=": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "<>": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
_ONE_OF = {"MAX", "MIN", "IFERROR", "IFNA", "ABS", "LOOKUP", "HLOOKUP", "VLOOKUP", "XLOOKUP", "INT", "TRUNC", "N"}
_ONE_OF |= {"AVERAGE", "AVERAGEIF", "AVERAGEIFS"}
_EXACT = {
    "MATCH",
    "COUNT",
    "COUNTA",
    "COUNTIF",
    "COUNTIFS",
    "ISNUMBER",
    "COLUMNS",
    "ROWS",
    "COLUMN",
    "ROW",
    "AND",
    "OR",
}


class Term(NamedTuple):
    """What a part of a formula comes to: its value where that is known, and the size of what was added up for it."""

    value: float | None
    size: float


_Terms: TypeAlias = list[Term]
_EXACTLY_ONE = Term(None, 1.0)


class Magnitudes:
    """The sizes of the cells of a workbook that an engine has worked out; each is read once, when asked for."""

    def __init__(self, workbook: Workbook, value: Callable[[str, Position], Value | None]) -> None:
        self._cells = {sheet.name.casefold(): (sheet.name, sheet.cells) for sheet in workbook.sheets}
        self._value = value
        self._sizes: dict[tuple[str, Position], float] = {}

    def same(self, stored: object, worked_out: object, sheet: str, place: Position) -> bool:
        """Whether two values of a cell are one, within what rounding may leave of what was added up for it."""
        if alike(stored, worked_out):
            return True
        numbers = [value for value in (stored, worked_out) if isinstance(value, int | float)]
        if len(numbers) < 2 or any(isinstance(value, bool) for value in numbers):
            return False
        return abs(numbers[0] - numbers[1]) <= ROUNDING * self.size(sheet, place)

    def size(self, sheet: str, place: Position, depth: int = 0) -> float:
        """What was added up for a cell's value, £ or whatever its unit is; never less than the value itself."""
        key = (sheet.casefold(), place)
        if key not in self._sizes:
            number = self.number(sheet, place)
            own = 0.0 if number is None else abs(number)
            self._sizes[key] = own  # while it is being read: a circle ends here
            name, cells = self._cells.get(key[0], (sheet, {}))
            cell = cells.get(place)
            if cell is not None and cell.formula and depth < _DEEPEST:
                self._sizes[key] = max(own, _FormulaReading(self, name, cell.formula, depth).size())
        return self._sizes[key]

    def number(self, sheet: str, place: Position) -> float | None:
        """The number in a cell; None where it holds none."""
        name, _ = self._cells.get(sheet.casefold(), ("", {}))
        value = self._value(name, place) if name else None
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


class _FormulaReading:
    """A formula while it is read: operators by how tightly they bind, functions by what they do with sizes."""

    def __init__(self, sizes: Magnitudes, sheet: str, formula: str, depth: int) -> None:
        self._sizes, self._sheet, self._depth = sizes, sheet, depth
        self._pieces = [piece for piece in pieces(formula.removeprefix("=")) if piece.kind != "space"]
        self._at = 0

    def size(self) -> float:
        """Of the whole formula; 0 where it cannot be read, so that nothing is allowed for."""
        try:
            return _whole(self._expression(0)).size
        except (IndexError, ArithmeticError, ValueError):
            return 0.0

    def _next(self) -> Piece | None:
        return self._pieces[self._at] if self._at < len(self._pieces) else None

    def _take(self) -> Piece:
        self._at += 1
        return self._pieces[self._at - 1]

    def _expression(self, least: int) -> _Terms:
        left = self._operand()
        while (piece := self._next()) is not None:
            if piece.text == "%":
                self._take()
                left = [_scaled(term, 0.01) for term in left]
                continue
            binding = _BINDING.get(piece.text, 0)
            if piece.kind != "operator" or not binding or binding <= least:
                break
            self._take()
            left = _combined(piece.text, left, self._expression(binding))
        return left

    def _operand(self) -> _Terms:
        piece = self._take()
        if piece.text in ("-", "+"):
            found = self._expression(5)
            return [_scaled(term, -1 if piece.text == "-" else 1) for term in found]
        if piece.text == "(":
            found = self._expression(0)
            self._take()
            return found
        if piece.kind == "function":
            return [self._function(piece.text[:-1].upper().removeprefix("_XLFN."))]
        if piece.reference is not None:
            return list(self._cells_of(piece.reference))
        if piece.kind == "number":
            return [Term(float(piece.text), abs(float(piece.text)))]
        return [_EXACTLY_ONE]

    def _function(self, name: str) -> Term:
        arguments: list[_Terms] = []
        while (piece := self._next()) is not None and piece.text != ")":
            arguments.append([] if piece.text == "," else self._expression(0))
            if (after := self._next()) is not None and after.text == ",":
                self._take()
        self._take()
        return _of_function(name, arguments)

    def _cells_of(self, reference: Reference) -> Iterable[Term]:
        sheet, (first, last) = reference.sheet or self._sheet, (reference.first, reference.last)
        rows, columns = range(first.row, last.row + 1), range(first.column, last.column + 1)
        if not first.row or not first.column or len(rows) * len(columns) > _MOST_CELLS:
            return
        for place in ((row, column) for row in rows for column in columns):
            yield Term(self._sizes.number(sheet, place), self._sizes.size(sheet, place, self._depth + 1))


def _of_function(name: str, arguments: list[_Terms]) -> Term:
    if name == "POWER" and len(arguments) == 2:
        return _power(_whole(arguments[0]), _whole(arguments[1]))
    sizes = [[term.size for term in terms] for terms in arguments]
    everything = [size for each in sizes for size in each]
    if name in _EXACT or not everything:
        return _EXACTLY_ONE
    size = _SIZES[name](sizes) if name in _SIZES else max(everything) if name in _ONE_OF else max(1.0, *everything)
    return Term(None, size)


def _sum(sizes: list[list[float]]) -> float:
    return sum(size for each in sizes for size in each)


def _sum_of_squares(sizes: list[list[float]]) -> float:
    return sum(size * size for each in sizes for size in each)


def _sum_of_products(sizes: list[list[float]]) -> float:
    longest = max(map(len, sizes))
    rows = [each * longest if len(each) == 1 else each for each in sizes]
    return sum(math.prod(row) for row in zip(*rows, strict=False))


def _largest_of_first(sizes: list[list[float]]) -> float:
    return max(sizes[0], default=0.0)


def _largest_after_first(sizes: list[list[float]]) -> float:
    return max((size for each in sizes[1:] for size in each), default=0.0)


_SIZES: dict[str, Callable[[list[list[float]]], float]] = {
    **dict.fromkeys(("SUM", "SUMIF", "SUMIFS", "NPV", "SUBTOTAL"), _sum),
    **dict.fromkeys(("INDEX", "ROUND", "ROUNDUP", "ROUNDDOWN"), _largest_of_first),
    **dict.fromkeys(("IF", "CHOOSE"), _largest_after_first),
    "SUMSQ": _sum_of_squares,
    "SUMPRODUCT": _sum_of_products,
}


def _whole(terms: _Terms) -> Term:
    """One term of what may be a range."""
    if len(terms) == 1:
        return terms[0]
    return Term(None, max((term.size for term in terms), default=0.0))


def _scaled(term: Term, by: float) -> Term:
    return Term(None if term.value is None else term.value * by, term.size * abs(by))


def _combined(sign: str, left: _Terms, right: _Terms) -> _Terms:
    longest = max(len(left), len(right))
    lefts = left * longest if len(left) == 1 else left
    rights = right * longest if len(right) == 1 else right
    return [_of_two(sign, one, other) for one, other in zip(lefts, rights, strict=False)]


def _of_two(sign: str, one: Term, other: Term) -> Term:
    a, b = one.value, other.value
    if sign in "+-":
        value = (a + b if sign == "+" else a - b) if a is not None and b is not None else None
        return Term(value, one.size + other.size)
    if sign == "*":
        return Term(a * b if a is not None and b is not None else None, one.size * other.size)
    if sign == "/":
        below = abs(b) if b else other.size
        if not below:
            return Term(None, one.size)
        return Term(a / b if a is not None and b else None, one.size / below * max(1.0, other.size / below))
    return _power(one, other) if sign == "^" else _EXACTLY_ONE


def _power(base: Term, exponent: Term) -> Term:
    if base.value is None or exponent.value is None or base.value <= 0:
        return Term(None, max(1.0, base.size))
    value = base.value**exponent.value
    return Term(value, value * max(1.0, abs(exponent.value) * base.size / base.value))
