"""Cells of any workbook that are NPV, IRR or MIRR of a range, worked out again by a library that is not ours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from finmodel.audit.workbooks.contents import SheetCell, Workbook, Worksheet
from finmodel.audit.workbooks.formulas import sheet_name
from finmodel.audit.workbooks.reperforming import (
    NO_NUMBER,
    Asked,
    Reperformed,
    internal_rate,
    modified_rate,
    net_present_value,
)
from finmodel.lines.cells import address, position

_CELL = r"\$?[A-Z]{1,3}\$?\d{1,7}"
_SHEET = r"(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?"
_AREA = rf"{_SHEET}{_CELL}(?::{_CELL})?"
_NUMBER = r"\d*\.?\d+%?"
_ONE = rf"(?:{_SHEET}{_CELL}|{_NUMBER})"
_NPV = re.compile(
    rf"(?:(?P<before>{_SHEET}{_CELL})\+)?NPV\((?P<rate>{_ONE}),(?P<flows>{_AREA})\)(?:\+(?P<after>{_SHEET}{_CELL}))?"
)
_IRR = re.compile(rf"IRR\((?P<flows>{_AREA})(?:,-?{_ONE})?\)")
_MIRR = re.compile(rf"MIRR\((?P<flows>{_AREA}),(?P<finance>{_ONE}),(?P<reinvest>{_ONE})\)")
_NAMED = re.compile(r"(?<![\w.])(X?NPV|X?IRR|MIRR)\(", re.IGNORECASE)
_TEXT = re.compile(r"\"[^\"]*\"")
_MOST = 200
_MOST_FLOWS = 2_000
_MORE = "the formula does more than this one function of one range"
_DATES = "it goes by dates, and the library by periods of one length"
_HOLES = "a cell of the range holds no number: a spreadsheet leaves it out, and so moves what comes after"
_ROUNDED = "the workbook calculates with figures as they are shown"


class _CannotError(Exception):
    """Why a cell cannot be worked out again."""


class _Place(Struct, frozen=True):
    sheet: Worksheet
    cell: SheetCell
    where: str


def reperformed_cells(workbook: Workbook) -> tuple[Reperformed, ...]:
    """Every cell whose formula asks for one of these functions, up to a bound, in the order of the sheets."""
    found = (each for sheet in workbook.sheets for each in _of_sheet(workbook, sheet))
    return tuple(one for one, _ in zip(found, range(_MOST), strict=False))


def _of_sheet(workbook: Workbook, sheet: Worksheet) -> Iterator[Reperformed]:
    for place, cell in sorted(sheet.cells.items()):
        if cell.formula and (named := _NAMED.search(_TEXT.sub("", cell.formula))):
            function = named[1].upper()
            asked = Asked(_label(sheet, place), function.lower(), f"{sheet.name}!{address(*place)}", cell.formula)
            try:
                yield _again(workbook, sheet, cell, asked, function)
            except _CannotError as why:
                yield asked.cannot(str(why), _as_number(cell))


def _label(sheet: Worksheet, place: tuple[int, int]) -> str:
    """The nearest text to the left of a cell."""
    texts = (sheet.cells.get((place[0], column)) for column in range(place[1] - 1, 0, -1))
    return next((cell.value.strip() for cell in texts if cell is not None and isinstance(cell.value, str)), "")


def _again(workbook: Workbook, sheet: Worksheet, cell: SheetCell, asked: Asked, function: str) -> Reperformed:
    if function.startswith("X"):
        raise _CannotError(_DATES)
    if workbook.precision_as_displayed:
        raise _CannotError(_ROUNDED)
    formula = _without_spaces(cell.formula)
    match = {"NPV": _NPV, "IRR": _IRR, "MIRR": _MIRR}[function].fullmatch(formula)
    if match is None or cell.covered_by:
        raise _CannotError(_MORE)
    stated = _as_number(cell)
    if stated is None:
        raise _CannotError(f"{NO_NUMBER}: {cell.value}" if isinstance(cell.value, str) else NO_NUMBER)
    flows = _range(workbook, sheet, match["flows"])
    if function == "IRR":
        return internal_rate(_named(asked, match["flows"], ""), stated, flows)
    if function == "MIRR":
        rates = _named(asked, match["flows"], f"{match['finance']}, {match['reinvest']}")
        finance, reinvest = (_one(workbook, sheet, match[name]) for name in ("finance", "reinvest"))
        return modified_rate(rates, stated, flows, finance, reinvest)
    at_once = match["before"] or match["after"]
    if match["before"] and match["after"]:
        raise _CannotError(_MORE)
    used = f"{at_once}, {match['flows']}" if at_once else match["flows"]
    rate = _one(workbook, sheet, match["rate"])
    if at_once:  # the usual way of a flow that is not discounted, next to a function that discounts every flow
        flows = [_one(workbook, sheet, at_once), *flows]
    return net_present_value(_named(asked, used, match["rate"]), stated, rate, flows, 0 if at_once else 1)


def _named(asked: Asked, flows: str, rates: str) -> Asked:
    return Asked(asked.label, asked.function, asked.cell, flows.replace("$", ""), rates.replace("$", ""))


def _without_spaces(formula: str) -> str:
    """A formula in capitals without spaces, names of sheets in quotation marks as they are."""
    pieces = re.split(r"('(?:[^']|'')+')", formula)
    return "".join(piece if piece.startswith("'") else piece.replace(" ", "").upper() for piece in pieces)


def _one(workbook: Workbook, sheet: Worksheet, text: str) -> float:
    if re.fullmatch(_NUMBER, text):
        return float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    return _range(workbook, sheet, text)[0]


def _range(workbook: Workbook, sheet: Worksheet, text: str) -> list[float]:
    """The numbers of a row or a column of cells, or of a block row by row as spreadsheets read it."""
    prefix, mark, area = text.rpartition("!")
    of = workbook.sheet(sheet_name(prefix)) if mark else sheet
    corners = [position(corner.replace("$", "")) for corner in area.split(":")]
    if of is None or None in corners:
        raise _CannotError("the cells that it reads are not there")
    rows, columns = zip(*(corner for corner in corners if corner is not None), strict=True)
    if (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) > _MOST_FLOWS:
        raise _CannotError(f"the range has more than {_MOST_FLOWS:,} cells")
    found = []
    for row in range(min(rows), max(rows) + 1):
        for column in range(min(columns), max(columns) + 1):
            cell = of.cells.get((row, column))
            number = None if cell is None else _as_number(cell)
            if number is None:
                raise _CannotError(_HOLES)
            found.append(number)
    return found


def _as_number(cell: SheetCell) -> float | None:
    value = cell.value
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
