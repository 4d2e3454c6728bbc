"""A second engine, formualizer, asked only where the first does not give what a file stores.

It is given cells and never the file, as the first is: one sheet of values and one of formulas for each sheet. Imported
where it is used, since most workbooks never need it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any, TypeAlias

from finmodel.audit.workbooks.contents import Stored
from finmodel.audit.workbooks.general.engine_formulas import formulas_sheet, values_sheet
from finmodel.audit.workbooks.recalculating import Value

Place: TypeAlias = tuple[int, int, int]
"""Sheet number, row and column of a cell."""
_ERRORS = {
    "Div": "#DIV/0!", "Na": "#N/A", "Value": "#VALUE!", "Ref": "#REF!", "Name": "#NAME?", "Num": "#NUM!",
    "Null": "#NULL!", "Spill": "#SPILL!", "Calc": "#CALC!",
}  # fmt: skip


def second_engine_name() -> str:
    """The engine and its version."""
    return f"formualizer {version('formualizer')}"


def second_opinions(
    sheets: int, formulas: Mapping[Place, str], values: Iterable[tuple[Place, Stored]]
) -> dict[Place, Value | None]:
    """What the second engine gives for formulas over values; None for nothing; a cell is left out where it cannot say.

    sheets: how many the workbook has. formulas: text without `=`, as `engine_formula_of` writes it. values: the cells
    that they read, errors as text.
    """
    import formualizer  # noqa: PLC0415 - a tenth of a second to load, and rarely needed

    book: Any = formualizer.Workbook()
    book.set_temporal_egress("serial")  # dates as numbers, as in the file
    for sheet in range(sheets):
        book.add_sheet(values_sheet(sheet))
        book.add_sheet(formulas_sheet(sheet))
    for (sheet, row, column), value in values:
        if isinstance(value, str) and value.startswith("#") and value in _ERRORS.values():
            book.set_formula(values_sheet(sheet), row, column, f"={value}")
        else:
            book.set_value(values_sheet(sheet), row, column, value)
    taken = [place for place, text in formulas.items() if _takes(book, place, text)]
    found = book.evaluate_cells([(formulas_sheet(sheet), row, column) for sheet, row, column in taken])
    return {place: _value(value) for place, value in zip(taken, found, strict=True)}


def _takes(book: Any, place: Place, text: str) -> bool:
    try:
        book.set_formula(formulas_sheet(place[0]), place[1], place[2], f"={text}")
    except Exception:  # whatever it cannot read, it has no opinion on
        return False
    return True


def _value(found: object) -> Value | None:
    if isinstance(found, dict):
        return _ERRORS.get(str(found.get("kind")), "#ERROR!")
    if found is None or isinstance(found, bool | str):
        return found
    return float(found) if isinstance(found, int | float) else str(found)
