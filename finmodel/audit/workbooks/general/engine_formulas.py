"""A formula written out for the engines: every reference with its sheet, names resolved, one cell where one is meant.

The engines are given one sheet of stored values and one of formulas for each sheet of the workbook, so that every
formula is worked out from what the file stores beside it, and a fault shows in its own cell and in no other. What is
resolved here is what engines do not do as Excel does it: a name of the sheet goes before a name of the book
(ECMA-376 part 1, 18.2.5), and a range where one value is expected is its cell in the formula's own row or column
(implicit intersection).
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct, field

from finmodel.audit.workbooks.contents import Position
from finmodel.audit.workbooks.formulas import Corner, Piece, Reference, pieces
from finmodel.audit.workbooks.general.analysis import Analysis, Area
from finmodel.lines.cells import LAST_COLUMN, LAST_ROW, address, column_letters


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Functions of ranges whose answer empty cells at the end of a range cannot change: these alone are given cut ranges.
# Not among them: whatever counts empty cells (COUNTIF, COUNTBLANK), counts rows, or compares cell by cell (SUMPRODUCT).
CANNOT_TELL = _words(
    "SUM SUMIF SUMIFS SUMSQ AVERAGE AVERAGEA AVERAGEIF AVERAGEIFS MIN MAX MINA MAXA MINIFS MAXIFS COUNT COUNTA PRODUCT "
    "VLOOKUP HLOOKUP MATCH LOOKUP INDEX LARGE SMALL MEDIAN MODE MODE.SNGL RANK RANK.EQ RANK.AVG STDEV STDEV.S STDEV.P "
    "STDEVP VAR VAR.S VAR.P VARP PERCENTILE PERCENTILE.INC QUARTILE QUARTILE.INC NPV IRR AND OR"
)
# Those of one range, in which a range that ends far down may be cut too: nothing needs to be of equal size.
_OF_ONE_RANGE = _words("SUM SUMSQ AVERAGE MIN MAX COUNT COUNTA PRODUCT LARGE SMALL MEDIAN")
# Functions that work their arguments out cell by cell without being entered as an array formula.
_CELL_BY_CELL = _words(
    "SUMPRODUCT LOOKUP MMULT MINVERSE MDETERM TRANSPOSE FREQUENCY LINEST LOGEST TREND GROWTH CORREL COVAR INDEX MATCH "
    "SUMX2MY2 SUMX2PY2 SUMXMY2 FILTER SORT SORTBY UNIQUE XLOOKUP XMATCH LET TEXTJOIN CONCAT SEQUENCE AGGREGATE "
    "MODE.MULT PROB RSQ SLOPE INTERCEPT FORECAST PEARSON STEYX NPV IRR XNPV XIRR MIRR AND OR"
)
# Functions that take one value in every argument: a number, or any.
_OF_NUMBERS = _words(
    "ABS INT ROUND ROUNDUP ROUNDDOWN TRUNC MOD SIGN SQRT EXP LN LOG LOG10 POWER DATE YEAR MONTH DAY EDATE EOMONTH "
    "VALUE PMT PV FV NPER RATE IPMT PPMT SLN SIN COS TAN ASIN ACOS ATAN SINH COSH TANH ASINH ACOSH ATANH "
    "DEGREES RADIANS EVEN ODD FACT"
)
_OF_VALUES = _OF_NUMBERS | _words(
    "TEXT LEFT RIGHT MID LEN TRIM UPPER LOWER PROPER DATEVALUE ISNUMBER ISTEXT ISBLANK ISERROR ISERR ISNA ISEVEN ISODD "
    "N NOT FIND SEARCH SUBSTITUTE EXACT"
)
# Arguments, counted from 0, that take one value in functions whose other arguments take ranges.
_VALUE_ARGUMENTS = {
    "IF": {0}, "VLOOKUP": {0, 2, 3}, "HLOOKUP": {0, 2, 3}, "LOOKUP": {0}, "MATCH": {0, 2}, "INDEX": {1, 2},
    "SUMIF": {1}, "COUNTIF": {1}, "AVERAGEIF": {1}, "SUMIFS": {2, 4, 6, 8, 10}, "COUNTIFS": {1, 3, 5, 7, 9},
    "LARGE": {1}, "SMALL": {1}, "NPV": {0}, "IRR": {1},
}  # fmt: skip
_ADDING = _OF_NUMBERS | _words("SUM COUNT AVERAGE MIN MAX PRODUCT MEDIAN SUMSQ AND OR NOT NPV IRR")
_CHOOSING = frozenset({"IF", "IFERROR", "IFNA", "CHOOSE"})  # they hand on a range where a range is expected
_OF_CRITERIA = _words(
    "COUNTIF COUNTIFS SUMIF SUMIFS AVERAGEIF AVERAGEIFS MAXIFS MINIFS MATCH VLOOKUP HLOOKUP XLOOKUP XMATCH"
)
_OF_CELLS_OR_NONE = ("", "=", "<>")
_LOOKING_UP = {"VLOOKUP": 3, "HLOOKUP": 3, "MATCH": 2}  # the argument that asks for the very value: FALSE or 0
_PAIRED = {"SUMIF": (0, 2), "AVERAGEIF": (0, 2)}  # the second range is stretched to the size of the first
_ARITHMETIC = frozenset("+-*/^%")
_COMPARING = frozenset({"=", "<>", "<", ">", "<=", ">="})
_OPERATORS = _ARITHMETIC | _COMPARING | {"&"}
_ROOM = 1_000  # a range that ends no more rows below the last filled one is left as it is


class NotGivenError(Exception):
    """The engines cannot be given this formula; the message says why."""


class EngineFormula(NamedTuple):
    """A formula for the engines, without `=`; the forms in it that beliefs speak of; how many empty cells it visits."""

    text: str
    forms: frozenset[str]
    empty_cells: int


def values_sheet(number: int) -> str:
    """The engines' sheet of the values that a sheet of the workbook stores."""
    return f"values{number + 1}"


def formulas_sheet(number: int) -> str:
    """The engines' sheet of its formulas, each in its own place."""
    return f"formulas{number + 1}"


def engine_formula_of(analysis: Analysis, formula: str, number: int, place: Position) -> EngineFormula:
    """A formula of a cell as the engines are given it; raises NotGivenError with the reason why they are not."""
    return _Writing(analysis, formula, number, place).written()


class _Slot(NamedTuple):
    """A reference that moves with its cell: what stands before it, its corners (the last None for one cell).

    `ends` is the last row and column of its sheet where its empty cells are counted.
    """

    before: str
    first: Corner
    last: Corner | None
    ends: Position | None


class FilledEngineFormula(Struct, frozen=True):
    """The engine formula of all copies of a formula on one sheet, which differ in nothing but the cells they read."""

    slots: tuple[_Slot, ...]
    after: str
    empty_cells: int
    lowest: int  # a range that ends below, or further right, is to be looked at by itself
    rightmost: int

    def at(self, row: int, column: int) -> tuple[str, int] | None:
        """Text and empty cells of the copy in a cell; None where it has to be written by itself."""
        text, empty_cells = [], self.empty_cells
        for before, first, last, ends in self.slots:
            top = first.row if first.row_fixed else first.row + row
            left = first.column if first.column_fixed else first.column + column
            if last is None:
                text.append(f"{before}{column_letters(left)}{top}")
                continue
            bottom = last.row if last.row_fixed else last.row + row
            right = last.column if last.column_fixed else last.column + column
            if not (top <= bottom <= self.lowest and left <= right <= self.rightmost) or (top, left) == (bottom, right):
                return None
            text.append(f"{before}{column_letters(left)}{top}:{column_letters(right)}{bottom}")
            if ends is not None:
                empty_cells += _empty_cells(Area(0, top, left, bottom, right), ends)
        text.append(self.after)
        return "".join(text), empty_cells


def filled_engine_formula_of(
    analysis: Analysis, formula: str, number: int, place: Position
) -> FilledEngineFormula | None:
    """The engine formula of a cell and all its copies on the sheet; None where this one must be written by itself."""
    return _Writing(analysis, formula, number, place).filled()


class _Call(Struct):
    """A function whose brackets are open: its name ("" for plain brackets), the argument, the sizes of its ranges."""

    function: str
    argument: int = 0
    ranges: dict[int, tuple[int, int]] = field(default_factory=dict)


class _Writing:
    def __init__(self, analysis: Analysis, formula: str, number: int, place: Position) -> None:
        self.analysis, self.number, self.place = analysis, number, place
        self.found = list(pieces(formula))
        self.calls: list[_Call] = []
        self.forms: set[str] = set()
        self.empty_cells = 0
        self.counted: set[int] = set()  # the ranges whose empty cells are counted, by their pieces
        self.stands_alone = False  # whether copies in other cells may be written otherwise

    def filled(self) -> FilledEngineFormula | None:
        slots: list[_Slot] = []
        before, fixed_empty = "", 0
        try:
            for at, piece in enumerate(self.found):
                empty, text = self.empty_cells, self._piece(at, piece)
                if piece.reference is None or _is_fixed(piece.reference):
                    before, fixed_empty = before + text, fixed_empty + self.empty_cells - empty
                else:
                    slots.append(self._slot(at, piece.reference, before))
                    before = ""
        except NotGivenError:
            return None
        if self.stands_alone:
            return None
        lowest = min(self.analysis.furthest[0] + _ROOM, LAST_ROW - 1)
        return FilledEngineFormula(tuple(slots), before, fixed_empty, lowest, LAST_COLUMN - 1)

    def _slot(self, at: int, reference: Reference, before: str) -> _Slot:
        """A reference that moves, once its piece is written."""
        sheet = next(iter(self.analysis.sheets_named(reference.sheet, self.number)))
        first, last = (_from(corner, self.place) for corner in (reference.first, reference.last))
        ends = self.analysis.ends[sheet] if at in self.counted else None
        return _Slot(f"{before}{values_sheet(sheet)}!", first, None if reference.is_one_cell else last, ends)

    def written(self) -> EngineFormula:
        text = "".join(self._piece(at, piece) for at, piece in enumerate(self.found))
        return EngineFormula(text, frozenset(self.forms), self.empty_cells)

    def _piece(self, at: int, piece: Piece) -> str:
        if piece.kind == "reference" and piece.reference is not None:
            return self._reference(at, piece.reference)
        if piece.kind == "name" and piece.text.upper() not in ("TRUE", "FALSE"):
            return self._name(at, piece.text)
        if piece.kind == "structured":
            raise NotGivenError("it reads a table by the names of its columns")
        if piece.kind == "function":
            name = piece.text[:-1].upper().removeprefix("_XLFN.").removeprefix("_XLWS.")
            self.calls.append(_Call(name))
            return name + "("
        if piece.kind == "space" and self._neighbour(at, -1) in ("reference", "name") and (
            self._neighbour(at, 1) in ("reference", "name")
        ):  # fmt: skip
            raise NotGivenError("it reads where two ranges cross")
        if piece.kind == "text":
            self._typed_text(at, piece.text[1:-1])
        elif piece.kind == "operator":
            self._operator(at, piece.text)
        return piece.text

    def _typed_text(self, at: int, text: str) -> None:
        beside = {self._before(at), self._after(at)}
        if beside & _ARITHMETIC or (beside <= {",", ")", f"{self._innermost()}("} and self._innermost() in _ADDING):
            self.forms.add("text-as-number")
        self._criterion(text)

    def _criterion(self, text: str) -> None:
        """Note what engines take otherwise than Excel in a text that cells are compared with."""
        if self._innermost() in _OF_CRITERIA:
            if text.startswith("<>") or text in _OF_CELLS_OR_NONE:
                self.forms.add("criterion-that-empty-cells-meet")
            if any(sign in text for sign in "*?~"):
                self.forms.add("criterion-with-wildcards")

    def _innermost(self) -> str:
        return next((call.function for call in reversed(self.calls) if call.function), "")

    def _operator(self, at: int, text: str) -> None:
        if text in ("#", "@"):
            raise NotGivenError("it reads what another formula spills")
        if text in "({":
            self.calls.append(_Call(""))
        elif text in ")}" and self.calls:
            self._close(at, self.calls.pop())
        elif text == "," and self.calls:
            self.calls[-1].argument += 1
        elif text == ":":
            self.forms.add("range-made-by-a-function")

    def _close(self, at: int, call: _Call) -> None:
        if call.function in _LOOKING_UP and not (
            call.argument == _LOOKING_UP[call.function] and self._before(at) in ("0", "FALSE", ",")
        ):
            self.forms.add("look-up-of-the-nearest")
        if call.function in _PAIRED:  # both ranges are known only now
            one, other = (call.ranges.get(argument) for argument in _PAIRED[call.function])
            if one is not None and other is not None and one != other:
                self.forms.add("ranges-of-unequal-size")

    def _name(self, at: int, text: str) -> str:
        """What a name stands for: of the named sheet, of the formula's own, or of the book, in this order."""
        definition = self.analysis.name_defined(text, self.number)
        if definition is None:
            raise NotGivenError("it uses a name or table that the engine is not given")
        inside = [piece for piece in pieces(definition) if piece.kind != "space"]
        reference = inside[0].reference if len(inside) == 1 else None
        if reference is not None:
            if not _is_fixed(reference):
                raise NotGivenError("it uses a name that stands for another cell in each cell")
            if not reference.sheet:
                raise NotGivenError("it uses a name that stands for no sheet")
            return self._reference(at, reference)
        if inside and all(piece.kind in ("number", "text") or piece.text in ("-", "%") for piece in inside):
            return f"({definition})"
        raise NotGivenError("it uses a name that stands for a formula")

    def _reference(self, at: int, reference: Reference) -> str:
        prefix = reference.sheet
        if prefix.startswith("["):
            raise NotGivenError("it reads another file")
        sheets = tuple(self.analysis.sheets_named(prefix, self.number))
        if len(sheets) != 1:
            raise NotGivenError(
                "it reads several sheets at once" if ":" in prefix else "it reads a sheet that is not there"
            )
        area = Area(sheets[0], *_ends(reference))
        if not _is_fixed(reference) and (_is_endless(reference) or (area.is_one_cell and not reference.is_one_cell)):
            self.stands_alone = True
        if area.is_one_cell:
            self._one_cell(at, area)
            return f"{values_sheet(area.sheet)}!{address(area.top, area.left)}"
        if ":" in (self._before(at), self._after(at)):
            return _range_text(area)
        if self._wants_one_value(at):
            return f"{values_sheet(area.sheet)}!{address(*self._crossing(area))}"
        return _range_text(self._cut(at, area))

    def _one_cell(self, at: int, area: Area) -> None:
        """Note what engines read in a text otherwise than Excel."""
        cell = self.analysis.cell((area.sheet, area.top, area.left))
        if cell is None:
            return
        beside = {self._before(at), self._after(at)}
        inner = self._innermost()
        if cell.kind == "text" and isinstance(cell.value, str):
            self._criterion(cell.value)
        if cell.kind == "text" and cell.value and (beside & _ARITHMETIC or inner in _OF_NUMBERS):
            self.forms.add("text-as-number")
        if cell.kind == "number" and "&" in beside and isinstance(cell.value, float) and not cell.value.is_integer():
            self.forms.add("number-joined-to-text")

    def _wants_one_value(self, at: int) -> bool:
        """Whether Excel takes one cell of a range here, the one in the formula's row or column."""
        functions = [call for call in self.calls if call.function]
        if not functions:
            return True
        inner = functions[-1]
        takes_a_value = (
            inner.function in _OF_VALUES
            or inner.argument in _VALUE_ARGUMENTS.get(inner.function, set())
            or all(call.function in _OF_VALUES | _CHOOSING for call in functions)
        )
        beside_operator = bool({self._before(at), self._after(at)} & _OPERATORS)
        if not (beside_operator or takes_a_value):
            return False
        by_cells = any(call.function in _CELL_BY_CELL for call in functions)
        if by_cells and (beside_operator or len(functions) > 1):
            self.forms.add("worked-out-cell-by-cell")
            return False
        self.forms.add("one-cell-of-a-range")
        return True

    def _crossing(self, area: Area) -> Position:
        self.stands_alone = True
        row, column = self.place
        if area.top == area.bottom and area.left <= column <= area.right:
            return area.top, column
        if area.left == area.right and area.top <= row <= area.bottom:
            return row, area.left
        raise NotGivenError("it takes one cell of a range that has none in its row or column")

    def _cut(self, at: int, area: Area) -> Area:
        """A range without its empty end, where the function cannot tell; else whole, its empty cells counted."""
        call = next((call for call in reversed(self.calls) if call.function), _Call(""))
        call.ranges.setdefault(call.argument, (area.bottom - area.top + 1, area.right - area.left + 1))
        alone = self._before(at) in (",", "(", call.function + "(") and self._after(at) in (",", ")")
        whole_columns, whole_rows = area.bottom == LAST_ROW and area.top == 1, area.right == LAST_COLUMN
        if alone and call.function in CANNOT_TELL:
            end_row, end_column = self.analysis.furthest
            # To one end for every sheet, so that ranges of equal size stay of equal size.
            if whole_columns or (call.function in _OF_ONE_RANGE and area.bottom > end_row + _ROOM):
                area = area._replace(bottom=max(area.top, end_row))
            if whole_rows:
                area = area._replace(right=max(area.left, end_column))
            return area
        if whole_columns or whole_rows:
            raise NotGivenError("it looks at the empty cells of whole columns or rows")
        self.counted.add(at)
        self.empty_cells += _empty_cells(area, self.analysis.ends[area.sheet])
        return area

    def _before(self, at: int) -> str:
        return self._text(at, -1)

    def _after(self, at: int) -> str:
        return self._text(at, 1)

    def _text(self, at: int, step: int) -> str:
        """The piece beside another, spaces not counted, in capitals."""
        at += step
        while 0 <= at < len(self.found) and self.found[at].kind == "space":
            at += step
        return self.found[at].text.upper() if 0 <= at < len(self.found) else ""

    def _neighbour(self, at: int, step: int) -> str:
        return self.found[at + step].kind if 0 <= at + step < len(self.found) else ""


def _empty_cells(area: Area, ends: Position) -> int:
    """How many cells of an area lie beyond the last row and column of its sheet."""
    filled = max(0, min(area.bottom, ends[0]) - area.top + 1) * max(0, min(area.right, ends[1]) - area.left + 1)
    return (area.bottom - area.top + 1) * (area.right - area.left + 1) - filled


def _is_fixed(reference: Reference) -> bool:
    """Whether a reference means the same in every cell."""
    corners = (reference.first, reference.last)
    return all((c.row_fixed or not c.row) and (c.column_fixed or not c.column) for c in corners)


def _is_endless(reference: Reference) -> bool:
    """Whether it is of whole columns or rows."""
    return not all(c.row and c.column for c in (reference.first, reference.last))


def _from(corner: Corner, here: Position) -> Corner:
    """A corner by its distance from a cell, where it moves."""
    row = corner.row if corner.row_fixed else corner.row - here[0]
    column = corner.column if corner.column_fixed else corner.column - here[1]
    return Corner(row, column, corner.row_fixed, corner.column_fixed)


def _range_text(area: Area) -> str:
    return f"{values_sheet(area.sheet)}!{address(area.top, area.left)}:{address(area.bottom, area.right)}"


def _ends(reference: Reference) -> tuple[int, int, int, int]:
    first, last = reference.first, reference.last
    rows = sorted((first.row or 1, last.row or LAST_ROW))
    columns = sorted((first.column or 1, last.column or LAST_COLUMN))
    return rows[0], columns[0], rows[1], columns[1]
