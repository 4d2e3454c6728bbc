"""Small workbooks for the tests of the general checks, and what is found in them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import openpyxl
import xlsxwriter

from finmodel.audit.workbooks.general.analysis import Analysis
from finmodel.audit.workbooks.general.registry import GeneralAudit, general_findings
from finmodel.audit.workbooks.opening import Workbook, open_workbook

Sheets: TypeAlias = Mapping[str, Mapping[str, Any]]
Told: TypeAlias = set[tuple[str, str, str]]


def made(sheets: Sheets, change: Callable[[openpyxl.Workbook], None] | None = None) -> Workbook:
    """A workbook that openpyxl wrote: sheets, each with its cells; formulas without stored values."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, cells in sheets.items():
        page = book.create_sheet(name)
        for place, value in cells.items():
            page[place] = value
    if change is not None:
        change(book)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.xlsx"
        book.save(path)
        return open_workbook(path)


def by_xlsxwriter(fill: Callable[[xlsxwriter.Workbook], None]) -> Workbook:
    """A workbook that XlsxWriter wrote, which stores values."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            fill(book)
        return open_workbook(path)


def audited(workbook: Workbook) -> GeneralAudit:
    return general_findings(workbook)


def found(workbook: Workbook, check: str) -> Told:
    """Where a check points, and how sure it is."""
    findings = general_findings(workbook).findings
    return {(finding.sheet, finding.place, finding.certainty) for finding in findings if finding.check.id == check}


def analysed(cells: Mapping[str, Any]) -> Analysis:
    return Analysis(made({"S": cells}))


def row(first: str, values: list[Any]) -> dict[str, Any]:
    """Values from a cell to the right."""
    start = openpyxl.utils.cell.coordinate_to_tuple(first)
    letters = openpyxl.utils.get_column_letter
    return {f"{letters(start[1] + at)}{start[0]}": value for at, value in enumerate(values) if value is not None}


def column(first: str, values: list[Any]) -> dict[str, Any]:
    """Values from a cell downwards."""
    start = openpyxl.utils.cell.coordinate_to_tuple(first)
    letters = openpyxl.utils.get_column_letter
    return {f"{letters(start[1])}{start[0] + at}": value for at, value in enumerate(values) if value is not None}


def years(formula: str, first: str = "C", count: int = 8) -> list[str]:
    """A formula along years: `{c}` is the column, `{b}` the one before."""
    start = openpyxl.utils.column_index_from_string(first)
    letters = openpyxl.utils.get_column_letter
    return [formula.format(c=letters(start + at), b=letters(start + at - 1)) for at in range(count)]
