"""The workbook's levers: ten inputs to move, each next to what the case states. The cell here is the input itself."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.excel import Layout, column_letters, sheet_reference
from finmodel.lines.line import Line
from finmodel.report.line_sheets import LANDSCAPE, LINE_HEIGHT, Formats, lines_of, set_up_page, small_height
from finmodel.report.safeguards import Guards

SHEET = "Levers"
HEADINGS = (
    "Lever",
    "Unit",
    "Value: change it here",
    "In the case",
    "Is it the case's?",
    "Source",
    "Address of the input",
)
PRINTED = 5  # source and address are for the screen
VALUE_COLUMN, RESET_COLUMN, STATE_COLUMN = 2, 3, 4
STATE_CELL = "A3"  # how many differ
FIRST_ROW = 6  # as Excel counts, of the first lever
AS_IN_THE_CASE, _COUNTED = "Every lever is as in the case", "Levers that differ from the case: "
AS_STATED, DIFFERS = "as in the case", "differs"
_WIDTHS = (48, 20, 16, 16, 16, 40, 36)
_INTRODUCTION = "Type over a value in column C and every figure follows. To reset it, type what column D says."


def place_levers(layout: Layout, levers: tuple[Line, ...]) -> None:
    """Say to the layout in which cell each lever is typed."""
    for row, line in enumerate(levers, start=FIRST_ROW):
        layout.typed[line.address] = f"{sheet_reference(SHEET)}!${column_letters(VALUE_COLUMN)}${row}"


def lever_rows(layout: Layout) -> Iterator[tuple[int, Line]]:
    """The levers, each with its row as Excel counts it."""
    yield from enumerate((layout.lines[address] for address in layout.typed), start=FIRST_ROW)


def write_levers(book: Workbook, appraisal: Appraisal, layout: Layout, formats: Formats, guards: Guards) -> None:
    """Add the levers."""
    page = book.add_worksheet(SHEET)
    set_up_page(page, LANDSCAPE, 1)
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    page.write_string(0, 0, "Levers: inputs to try", formats.title)
    page.write_formula(STATE_CELL, _state(layout), formats.check, state_of(appraisal, layout))
    guards.differing(page, STATE_CELL, f'=${STATE_CELL[0]}${STATE_CELL[1:]}<>"{AS_IN_THE_CASE}"')
    page.write_string(3, 0, _INTRODUCTION, formats.quiet)
    for column, heading in enumerate(HEADINGS):
        page.write_string(FIRST_ROW - 2, column, heading, formats.heading)
    page.set_row(FIRST_ROW - 2, 2 * LINE_HEIGHT)
    for row, line in lever_rows(layout):
        _write_lever(page, row, line, appraisal, formats, guards)
    last = FIRST_ROW + len(layout.typed) - 1
    state = column_letters(STATE_COLUMN)
    guards.differing(page, f"{state}{FIRST_ROW}:{state}{last}", f'=${state}{FIRST_ROW}="{DIFFERS}"')
    guards.protect(page)
    page.freeze_panes(FIRST_ROW - 1, 1)
    page.print_area(0, 0, last - 1, PRINTED - 1)


def _state(layout: Layout) -> str:
    column, last = column_letters(STATE_COLUMN), FIRST_ROW + len(layout.typed) - 1
    differing = f'COUNTIF(${column}${FIRST_ROW}:${column}${last},"{DIFFERS}")'
    return f'=IF({differing}=0,"{AS_IN_THE_CASE}","{_COUNTED}"&{differing})'


def _write_lever(page: Worksheet, row: int, line: Line, appraisal: Appraisal, formats: Formats, guards: Guards) -> None:
    label, value, stated = _label(appraisal, line), _value(appraisal, line), _stated(line)
    source = line.origin.source if line.origin else ""
    page.write_string(row - 1, 0, label, formats.text)
    page.write_string(row - 1, 1, line.unit, formats.text)
    page.write_string(row - 1, 5, source, formats.small)
    page.write_string(row - 1, 6, line.address, formats.small)
    page.write_number(row - 1, VALUE_COLUMN, value, formats.input(line))
    guards.limit(page, row - 1, range(VALUE_COLUMN, VALUE_COLUMN + 1), line, [value, stated])
    page.write_number(row - 1, RESET_COLUMN, stated, formats.formula(line))
    page.write_formula(row - 1, STATE_COLUMN, _differs(row), formats.text, _says(value, stated))
    page.set_row(row - 1, max(LINE_HEIGHT * max(2, lines_of(label, _WIDTHS[0])), small_height(source, _WIDTHS[5])))


def _label(appraisal: Appraisal, line: Line) -> str:
    """What a lever is called; one of an option names that."""
    titles = {f"options.{option.id}.": option.title for option in appraisal.case.options}
    title = next((title for prefix, title in titles.items() if line.address.startswith(prefix)), "")
    return f"{title}: {line.label}" if title else line.label


def _differs(row: int) -> str:
    value, reset = column_letters(VALUE_COLUMN), column_letters(RESET_COLUMN)
    return f'=IF({value}{row}={reset}{row},"{AS_STATED}","{DIFFERS}")'


def _value(appraisal: Appraisal, line: Line) -> float:
    return float(appraisal.results[line][0, 0]) + 0.0


def _stated(line: Line) -> float:
    assert line.values is not None
    return float(line.values[0, 0]) + 0.0


def _says(value: float, stated: float) -> str:
    return AS_STATED if value == stated else DIFFERS


def state_of(appraisal: Appraisal, layout: Layout) -> str:
    """Whether the levers are as in the case, in words."""
    differing = sum(_value(appraisal, line) != _stated(line) for _, line in lever_rows(layout))
    return f"{_COUNTED}{differing}" if differing else AS_IN_THE_CASE


def lever_cells(appraisal: Appraisal, layout: Layout) -> Iterator[tuple[str, str, float | str]]:
    """Every formula cell of the levers but that of the head: sheet, cell, and what it must show."""
    if layout.typed:
        yield SHEET, STATE_CELL, state_of(appraisal, layout)
    for row, line in lever_rows(layout):
        yield SHEET, f"{column_letters(STATE_COLUMN)}{row}", _says(_value(appraisal, line), _stated(line))
