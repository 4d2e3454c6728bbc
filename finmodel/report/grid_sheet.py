"""The workbook's sheet on which children and price move together, each cell a formula over the other sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct
from xlsxwriter import Workbook
from xlsxwriter.format import Format

from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.cells import column_letters
from finmodel.lines.degrees import Degree
from finmodel.lines.excel import Layout, formula_at, sheet_reference
from finmodel.lines.expression import Expression, Timeline
from finmodel.lines.line import Line
from finmodel.report.line_sheets import LANDSCAPE, LINE_HEIGHT, Formats, lines_of, number_format, set_up_page
from finmodel.report.safeguards import Guards
from finmodel.uncertainty.grid import STEPS
from finmodel.uncertainty.live_grid import SHOWN, LiveGrid, RewrittenGrid, SummedGrid, live_grids

SHEET = "Grid"
WHAT_IT_IS = "Children and price together, each times what is stated: follows whatever is typed into the other sheets."
_MOVED = {
    SHOWN[0]: "Saving that grows with children and with price",
    SHOWN[1]: "Saving that grows with children alone",
    SHOWN[2]: "Saving that grows with price alone",
}
_AGAIN = "Each cell is worked out again by the rules of the sheets Years and Months: see Grid years and Grid months"
_LABEL_WIDTH, _WIDTH = 38, 13
_FIRST_ROW = 4  # counted from 1, as are all rows and columns here
_LABEL, _VALUE, _FIRST_STEP = 1, 2, 3

Kind = Literal["section", "said", "text", "pounds", "step", "number", "price"]


class GridCell(Struct, frozen=True):
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
        for found, head in _heads(appraisal):
            size = len(found.steps)
            page.conditional_format(head, _FIRST_STEP - 1, head + size - 1, _FIRST_STEP + size - 2, paint)
    guards.protect(page)


def grid_cells(appraisal: Appraisal, layout: Layout) -> Iterator[tuple[str, str, float | str]]:
    """Every formula of the sheet: sheet, cell, and what it must show."""
    yield from ((SHEET, cell.name, cell.value) for cell in _cells(appraisal, layout) if cell.formula)


def _looks(cell: GridCell, formats: Formats) -> Format:
    if cell.kind == "price" and cell.unit is not None:
        return formats.shown("£#,##0" if cell.unit.unit.startswith("£") else number_format(cell.unit))
    return {
        "section": formats.section,
        "said": formats.quiet,
        "text": formats.text,
        "pounds": formats.shown("+£#,##0;−£#,##0;£0"),
        "step": formats.shown("0%"),
        "number": formats.shown("0.0"),
    }[cell.kind]


def place_steps(appraisal: Appraisal, layout: Layout) -> None:
    """Say to a layout where the steps of grids stand whose cells are written again."""
    for found, head in _heads(appraisal):
        if isinstance(found.how, RewrittenGrid):
            for row, line in enumerate(found.how.down, start=head + 1):
                layout.elsewhere[line.address] = f"{sheet_reference(SHEET)}!${column_letters(_LABEL)}${row}"
            for column, line in enumerate(found.how.across, start=_FIRST_STEP):
                layout.elsewhere[line.address] = f"{sheet_reference(SHEET)}!${column_letters(column)}${head}"


def _heads(appraisal: Appraisal) -> Iterator[tuple[LiveGrid, int]]:
    """Each grid, and the row of the steps of its price."""
    row = _FIRST_ROW
    for found in live_grids(appraisal):
        head = row + 3 + (len(found.how.parts) if isinstance(found.how, SummedGrid) else 1)
        yield found, head
        row = head + len(found.steps) + 2


def _cells(appraisal: Appraisal, layout: Layout) -> Iterator[GridCell]:
    row = _FIRST_ROW
    for found, head in _heads(appraisal):
        yield GridCell(row, _LABEL, "section", found.option.written.option.title)
        yield from _stated(appraisal, layout, found, row + 1)
        yield from _head(appraisal, layout, found, head - 1)
        of_option = _summed if isinstance(found.how, SummedGrid) else _rewritten
        yield from of_option(appraisal, layout, found, head)
        row = head + len(found.steps) + 2


def _stated(appraisal: Appraisal, layout: Layout, found: LiveGrid, row: int) -> Iterator[GridCell]:
    net, years = found.option.net, appraisal.case.horizon.years
    at_end = layout.columns(Timeline.YEARS)[-1]
    yield GridCell(row, _LABEL, "text", f"Net by the end of {years[-1]}, in cash, as stated")
    yield GridCell(row, _VALUE, "pounds", appraisal.results.figures(net)[-1] or 0.0, f"={layout.cell(net, at_end)}")
    if isinstance(found.how, RewrittenGrid):
        yield GridCell(row + 1, _LABEL, "said", _AGAIN)


def _summed(appraisal: Appraisal, layout: Layout, found: LiveGrid, head: int) -> Iterator[GridCell]:
    """What the cells are made of, and a row for each step of the children."""
    assert isinstance(found.how, SummedGrid)
    net = appraisal.results.figures(found.option.net)[-1] or 0.0
    stated = head - 2 - len(found.how.parts)
    moving = []
    for row, (degree, parts) in enumerate(found.how.parts.items(), start=stated + 1):
        total = sum(sign * _total(appraisal, line) for sign, line in parts)
        text = "".join(f"{'+' if sign > 0 else '-'}SUM({layout.row_range(line)})" for sign, line in parts)
        yield GridCell(row, _LABEL, "text", _MOVED[degree])
        yield GridCell(row, _VALUE, "pounds", total, f"={text.removeprefix('+')}")
        moving.append((degree, row, total))
    for row, children in enumerate(found.steps, start=head + 1):
        average = sum(_average(appraisal, line) for line in found.children)
        text = "+".join(f"AVERAGE({layout.row_range(line)})" for line in found.children)
        yield GridCell(row, _LABEL, "step", children)
        yield GridCell(row, _VALUE, "number", average * children, f"=$A{row}*({text})")
        for column, price in enumerate(found.steps, start=_FIRST_STEP):
            steps = {SHOWN[0]: children * price, SHOWN[1]: children, SHOWN[2]: price}
            value = net + sum((steps[degree] - 1) * total for degree, _, total in moving)
            yield GridCell(row, column, "pounds", value, _formula(stated, moving, head, row, column))


def _formula(stated: int, moving: Sequence[tuple[Degree, int, float]], head: int, row: int, column: int) -> str:
    """Net as stated, and for each saving that moves its total × (factor − 1)."""
    children, price = f"$A{row}", f"{column_letters(column)}${head}"
    steps = {SHOWN[0]: f"{children}*{price}", SHOWN[1]: children, SHOWN[2]: price}
    return f"=$B${stated}" + "".join(f"+({steps[degree]}-1)*$B${at}" for degree, at, _ in moving)


def _rewritten(appraisal: Appraisal, layout: Layout, found: LiveGrid, head: int) -> Iterator[GridCell]:
    """A row for each step of the children, its cells read off the lines that are written again."""
    how = found.how
    assert isinstance(how, RewrittenGrid)
    at_end = layout.columns(Timeline.YEARS)[-1]
    for row, (step, nets, fewer) in enumerate(zip(found.steps, how.nets, how.children, strict=True), start=head + 1):
        yield GridCell(row, _LABEL, "step", step)
        average = sum(how.average(rule) for rule in fewer)
        text = "+".join(_average_of(rule, layout) for rule in fewer)
        yield GridCell(row, _VALUE, "number", average, f"={text}")
        for column, rule in enumerate(nets, start=_FIRST_STEP):
            yield GridCell(row, column, "pounds", how.last(rule), formula_at(layout, SHEET, rule, at_end))


def _average_of(rule: Expression, layout: Layout) -> str:
    """The average of a line over the years, or of so many times a line."""
    if isinstance(rule, Line):
        return f"AVERAGE({layout.row_range(rule)})"
    times, step = rule.operands
    return f"{_average_of(times, layout)}*{formula_at(layout, SHEET, step, 0).removeprefix('=')}"


def _head(appraisal: Appraisal, layout: Layout, found: LiveGrid, row: int) -> Iterator[GridCell]:
    yield GridCell(row, _LABEL, "said", "Down: children, times what is stated. Across: price, times what is stated")
    yield GridCell(row + 1, _VALUE, "text", "Fewer in care, on average")
    price = found.price
    for number, step in enumerate(found.steps):
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
