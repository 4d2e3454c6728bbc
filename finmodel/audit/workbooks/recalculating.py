"""Recalculation by ironcalc, a spreadsheet engine that knows nothing of finmodel.

The engine is given cells, never the file: so no stored value can be handed back as if it were worked out, and what is
hostile in a file does not reach it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any, TypeAlias

import ironcalc

Value: TypeAlias = float | str | bool
Address: TypeAlias = tuple[int, int]
"""Row and column of a cell, both counted from 1."""

RELATIVE, DUST = 1e-9, 1e-9
"""How far two numbers may be apart and still be one: a billionth of the larger, or a billionth where that is more.

Half a penny would be too coarse: it would hide a change of a share or a rate. A billionth of a million pounds is a
tenth of a penny. Sums in another order differ by far less, and programs that store 15 digits by a thousandth of it.
"""
LONGEST_FORMULA = 8_192  # characters, as in Excel
DEEPEST_FORMULA = 200  # brackets within one another, or signs one after the other; Excel takes 64 functions
_SIGNS = re.compile(rf"(?:[-+%]\s*){{{DEEPEST_FORMULA}}}")
_PREFIX = re.compile(r"_xlfn\.(?:_xlws\.)?", re.IGNORECASE)


class RecalculationError(Exception):
    """The engine cannot work with this workbook; the message says why."""


def engine_name() -> str:
    """The engine and its version."""
    return f"ironcalc {version('ironcalc')}"


def alike(one: object, other: object) -> bool:
    """Whether two values are one: texts but for line ends, truths exactly, numbers within the tolerance."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, str) and isinstance(other, str):
        return plain(one) == plain(other)
    return isinstance(one, int | float) and isinstance(other, int | float) and near(float(one), float(other))


def near(one: float, other: float) -> bool:
    """Whether two numbers are one within the tolerance."""
    apart, size = abs(one - other), max(abs(one), abs(other))
    return apart <= max(DUST, RELATIVE * size)


def plain(text: str) -> str:
    """Text as every program keeps it: line ends alike."""
    return text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")


class EngineWorkbook:
    """A workbook in the engine: cells go in as formula, number or text; values come out."""

    def __init__(self, sheets: Iterable[str], names: Mapping[str, str] | None = None) -> None:
        """An empty workbook with these sheets, and the defined names that its formulas use, each with its reference."""
        with _Guard("set up the sheets"):
            self._model: Any = ironcalc.create("audit", "en-GB", "UTC")
            self._sheets: dict[str, int] = {}
            for number, sheet in enumerate(sheets):
                if number:
                    self._model.add_sheet(sheet)
                else:
                    self._model.rename_sheet(0, sheet)
                self._sheets[sheet] = number
        for name, reference in (names or {}).items():
            with _Guard(f"take the name {name}"):
                self._model.new_defined_name(name, None, reference)

    def copy(self) -> EngineWorkbook:
        """The same workbook again, to change one and keep the other."""
        with _Guard("copy the workbook"):
            twin = EngineWorkbook.__new__(EngineWorkbook)
            # "en" is a language; the bytes keep the locale.
            twin._model = ironcalc.load_from_bytes(self._model.to_bytes(), "en")
            twin._sheets = dict(self._sheets)
            return twin

    def put(self, sheet: str, place: Address, formula: str | None, value: Value | None) -> None:
        """Write a cell: its formula where it has one (with or without `=`), else its value; nothing empties it."""
        number, (row, column) = self._sheets[sheet], place
        with _Guard("take {}, row {}, column {}", sheet, row, column):
            if formula is not None:
                _check_size(formula)
                self._model.update_cell_with_formula(number, row, column, "=" + engine_formula(formula))
            elif value is None:
                self._model.clear_cell_contents(number, row, column)
            elif isinstance(value, bool):
                self._model.update_cell_with_bool(number, row, column, value)
            elif isinstance(value, str):
                self._model.update_cell_with_text(number, row, column, value)
            else:
                self._model.update_cell_with_number(number, row, column, float(value))

    def put_values(self, sheet: str, cells: Iterable[tuple[Address, Value | None, bool]]) -> None:
        """Write many values at once, those marked as formulas; a cell without a value is left as it is."""
        number, model = self._sheets[sheet], self._model
        with _Guard(f"take the values of {sheet}"):
            for (row, column), value, is_formula in cells:
                if is_formula:
                    self.put(sheet, (row, column), str(value), None)
                elif isinstance(value, bool):
                    model.update_cell_with_bool(number, row, column, value)
                elif isinstance(value, str):
                    model.update_cell_with_text(number, row, column, value)
                elif value is not None:
                    model.update_cell_with_number(number, row, column, float(value))

    def put_formulas(self, sheet: str, formulas: Iterable[tuple[Address, str]]) -> list[Address]:
        """Write many formulas at once; the cells of those that the engine cannot read, which stay empty."""
        refused = []
        for place, formula in formulas:
            try:
                self.put(sheet, place, formula, None)
            except RecalculationError:
                refused.append(place)
        return refused

    def values(self, cells: Iterable[tuple[str, Address]]) -> list[Value | None]:
        """What many cells show, in their order."""
        numbers, value = self._sheets, self._model.get_cell_value
        with _Guard("read what was worked out"):
            return [value(numbers[sheet], row, column) for sheet, (row, column) in cells]

    def evaluate(self) -> None:
        """Work everything out."""
        with _Guard("work the workbook out"):
            self._model.evaluate()

    def value(self, sheet: str, place: Address) -> Value | None:
        """What a cell shows; None when it is empty. Errors are texts such as `#DIV/0!`."""
        with _Guard(f"read {sheet}"):
            return self._model.get_cell_value(self._sheets[sheet], *place)


def engine_formula(formula: str) -> str:
    """A formula as the engine takes it: without `=` and without the prefixes that files give to younger functions."""
    formula = formula.removeprefix("=")
    return _PREFIX.sub("", formula) if "_" in formula else formula


def _check_size(formula: str) -> None:
    """Refuse a formula on which the engine would run out of stack, which ends the whole program and not only the call.

    Excel takes none so long, nor nested so deeply; only somebody who means harm writes them into a file.
    """
    if len(formula) <= DEEPEST_FORMULA:
        return
    deepest = depth = 0
    for character in formula if len(formula) <= LONGEST_FORMULA else "":
        depth += (character in "({") - (character in ")}")
        deepest = max(deepest, depth)
    if len(formula) > LONGEST_FORMULA:
        raise ValueError(f"the formula has {len(formula):,} characters, more than Excel's {LONGEST_FORMULA:,}")
    if deepest > DEEPEST_FORMULA or _SIGNS.search(formula):
        raise ValueError(f"the formula is nested more than {DEEPEST_FORMULA} deep")


class _Guard:
    """Turns whatever the engine throws, panics among it, into one kind of error that says what was being done."""

    __slots__ = ("about", "doing")

    def __init__(self, doing: str, *about: object) -> None:
        self.doing, self.about = doing, about

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if kind is None or kind in (KeyboardInterrupt, SystemExit, MemoryError, KeyError):
            return
        doing = self.doing.format(*self.about) if self.about else self.doing
        raise RecalculationError(f"{engine_name()} could not {doing}: {error}") from None
