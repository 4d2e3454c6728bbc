"""The workbook's sheet on which children and price move together, each cell a formula over the other sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.cells import column_letters
from finmodel.lines.degrees import Degree
from finmodel.lines.excel import Layout
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.report.line_sheets import LANDSCAPE, LINE_HEIGHT, Formats, lines_of, number_format, set_up_page
from finmodel.report.safeguards import Guards
from finmodel.uncertainty.grid import STEPS
from finmodel.uncertainty.live_grid import SHOWN, LiveGrid, live_grids

SHEET = "Grid"
WHAT_IT_IS = "Children and price together, each times what is stated: follows whatever is typed into the other sheets."
_MOVED = {
    SHOWN[0]: "Saving that grows with children and with price",
    SHOWN[1]: "Saving that grows with children alone",
    SHOWN[2]: "Saving that grows with price alone",
}
_LABEL_WIDTH, _WIDTH = 38, 13
_FIRST_ROW = 4  # counted from 1, as are all rows and columns here
_LABEL, _VALUE, _FIRST_STEP = 1, 2, 3

Kind = Literal["section", "text", "pounds", "step", "number", "price"]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of the sheet: text, a step, or a formula (with its equals sign) and what it comes to."""

    row: int
    column: int
    kind: Kind
    value: float | str
    formula: str = ""
    unit: Line | None = None

    @property
    def name(self) -> str:
        """`C12`."""
        return f"{column_letters(self.column)}{self.row}"


def write_grid(book: Workbook, appraisal: Appraisal, layout: Layout, formats: Formats, guards: Guards) -> None:
    """Add the sheet, where any option has such a grid."""
    if not live_grids(appraisal):
        return
    page = book.add_worksheet(SHEET)
    set_up_page(page, LANDSCAPE)
    page.set_column(0, 0, _LABEL_WIDTH)
    page.set_column(1, len(STEPS) + 1, _WIDTH)
    page.write_string(0, 0, "Children and price together", formats.title)
    page.write_string(2, 0, WHAT_IT_IS, formats.quiet)
    last = 0
    for cell in _cells(appraisal, layout):
        last = max(last, cell.row)
        looks = _looks(cell, formats)
        if cell.formula:
            page.write_formula(cell.row - 1, cell.column - 1, cell.formula, looks, cell.value)
        elif isinstance(cell.value, str):
            page.write_string(cell.row - 1, cell.column - 1, cell.value, looks)
            if cell.kind == "text":
                width = _LABEL_WIDTH if cell.column == _LABEL else _WIDTH
                page.set_row(cell.row - 1, LINE_HEIGHT * lines_of(cell.value, width - 2))
        else:
            page.write_number(cell.row - 1, cell.column - 1, cell.value, looks)
    page.print_area(0, 0, last - 1, len(STEPS) + 1)
    for rule, colour in ((">=", "#DCE9F5"), ("<", "#F8DFDC")):
        paint = {"type": "cell", "criteria": rule, "value": 0, "format": book.add_format({"bg_color": colour})}
        for first, end in _tables(appraisal, layout):
            page.conditional_format(first - 1, _FIRST_STEP - 1, end - 1, _FIRST_STEP + len(STEPS) - 2, paint)
    guards.protect(page)


def grid_cells(appraisal: Appraisal, layout: Layout) -> Iterator[tuple[str, str, float | str]]:
    """Every formula of the sheet: sheet, cell, and what it must show."""
    yield from ((SHEET, cell.name, cell.value) for cell in _cells(appraisal, layout) if cell.formula)


def _tables(appraisal: Appraisal, layout: Layout) -> Iterator[tuple[int, int]]:
    """The first and the last row of each option's grid."""
    rows = [c.row for c in _cells(appraisal, layout) if c.kind == "step" and c.column == _LABEL]
    yield from zip(rows[:: len(STEPS)], rows[len(STEPS) - 1 :: len(STEPS)], strict=True)


def _looks(cell: GridCell, formats: Formats) -> Format:
    if cell.kind == "price" and cell.unit is not None:
        return formats.shown("£#,##0" if cell.unit.unit.startswith("£") else number_format(cell.unit))
    return {
        "section": formats.section,
        "text": formats.text,
        "pounds": formats.shown("+£#,##0;−£#,##0;£0"),
        "step": formats.shown("0%"),
        "number": formats.shown("0.0"),
    }[cell.kind]


def _cells(appraisal: Appraisal, layout: Layout) -> Iterator[GridCell]:
    row = _FIRST_ROW
    for found in live_grids(appraisal):
        last = row
        for cell in _of_option(appraisal, layout, found, row):
            last = max(last, cell.row)
            yield cell
        row = last + 2


def _of_option(appraisal: Appraisal, layout: Layout, found: LiveGrid, row: int) -> Iterator[GridCell]:
    """A grid: what its cells are made of, the steps of the price across, and a row for each step of the children."""
    results, years = appraisal.results, appraisal.case.horizon.years
    yield GridCell(row, _LABEL, "section", found.option.written.option.title)
    net, at_end = results.figures(found.option.net)[-1] or 0.0, layout.columns(Timeline.YEARS)[-1]
    row += 1
    yield GridCell(row, _LABEL, "text", f"Net by the end of {years[-1]}, in cash, as stated")
    yield GridCell(row, _VALUE, "pounds", net, f"={layout.cell(found.option.net, at_end)}")
    stated, moving = row, []
    for degree, parts in found.parts.items():
        row += 1
        total = sum(sign * _total(appraisal, line) for sign, line in parts)
        text = "".join(f"{'+' if sign > 0 else '-'}SUM({layout.row_range(line)})" for sign, line in parts)
        yield GridCell(row, _LABEL, "text", _MOVED[degree])
        yield GridCell(row, _VALUE, "pounds", total, f"={text.removeprefix('+')}")
        moving.append((degree, row, total))
    head = row + 2
    yield from _head(appraisal, layout, found, head - 1)
    for here, children in enumerate(STEPS, start=head + 1):
        average = sum(_average(appraisal, line) for line in found.children)
        text = "+".join(f"AVERAGE({layout.row_range(line)})" for line in found.children)
        yield GridCell(here, _LABEL, "step", children)
        yield GridCell(here, _VALUE, "number", average * children, f"=$A{here}*({text})")
        for column, price in enumerate(STEPS, start=_FIRST_STEP):
            steps = {SHOWN[0]: children * price, SHOWN[1]: children, SHOWN[2]: price}
            value = net + sum((steps[degree] - 1) * total for degree, _, total in moving)
            yield GridCell(here, column, "pounds", value, _formula(stated, moving, head, here, column))


def _formula(stated: int, moving: Sequence[tuple[Degree, int, float]], head: int, row: int, column: int) -> str:
    """Net as stated, and for each saving that moves its total × (factor − 1)."""
    children, price = f"$A{row}", f"{column_letters(column)}${head}"
    steps = {SHOWN[0]: f"{children}*{price}", SHOWN[1]: children, SHOWN[2]: price}
    return f"=$B${stated}" + "".join(f"+({steps[degree]}-1)*$B${at}" for degree, at, _ in moving)


def _head(appraisal: Appraisal, layout: Layout, found: LiveGrid, row: int) -> Iterator[GridCell]:
    yield GridCell(row, _LABEL, "text", "Down: children, times what is stated. Across: price, times what is stated")
    yield GridCell(row + 1, _VALUE, "text", "Fewer in care, on average")
    price = found.price
    for number, step in enumerate(STEPS):
        column = _FIRST_STEP + number
        yield GridCell(row + 1, column, "step", step)
        if price is not None and price.timeline is Timeline.ONCE:
            stated = appraisal.results.figure(price) or 0.0
            cell = layout.cell(price, layout.columns(Timeline.ONCE)[0])
            text = f"={column_letters(column)}{row + 1}*{cell}"
            yield GridCell(row, column, "price", step * stated, text, price)


def _total(appraisal: Appraisal, line: Line) -> float:
    return sum(figure or 0.0 for figure in appraisal.results.figures(line))


def _average(appraisal: Appraisal, line: Line) -> float:
    return _total(appraisal, line) / len(appraisal.results.figures(line))
