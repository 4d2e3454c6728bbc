"""The workbook's sheet of the simulation: values, and how they were made. No formula draws; nothing follows a cell."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from finmodel.document.table import Table
from finmodel.report.fan_chart import SHARES
from finmodel.report.line_sheets import LANDSCAPE, LINE_HEIGHT, Formats, lines_of, set_up_page
from finmodel.report.simulation_tables import SIMULATION, fan_tables, preferred_first, simulation_tables, spreads
from finmodel.report.simulation_words import HEADLINES, WHAT_IT_IS, how_made, moves, refusals, sentences
from finmodel.results.appraised import AppraisalResults
from finmodel.results.wording import sentence
from finmodel.uncertainty.simulated import SimulatedOption, Simulation

SHEET = SIMULATION.capitalize()
_WIDTHS = (44, 15, 15, 15, 15, 40)
_NARROWER = tuple(int(width * 0.75) for width in _WIDTHS)  # of a heading, whose letters are wider
_Values = tuple[float | None, ...]
_VALUES = "Values of draws, which no formula of a workbook can make: they do not follow a change of its inputs."


def write_simulation(book: Workbook, found: AppraisalResults, simulation: Simulation, formats: Formats) -> None:
    """Add the simulation: sentences, tables, and the seed, draws and versions that give the same again."""
    page = book.add_worksheet(SHEET)
    set_up_page(page, LANDSCAPE)
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    page.write_string(0, 0, "Simulation", formats.title)
    row = 2
    for text in (_VALUES, WHAT_IT_IS, how_made(simulation), _made_with(simulation), *refusals(simulation)):
        page.write_string(row, 0, text, formats.quiet)
        row += 1
    for option in preferred_first(found, simulation):
        row += 1
        page.write_string(row, 0, option.title, formats.section)
        told = sentences(simulation, option, found.years) if moves(option) else ("Nothing differs from draw to draw.",)
        for text in told:
            row += 1
            page.write_string(row, 0, text, formats.said)
        row += 1
    if simulation.unranked:
        page.write_string(row, 0, sentence(simulation.unranked), formats.said)
        row += 1
    numbers = {each.id: rows for each, rows in _numbers(found, simulation)}
    for table in (*simulation_tables(found, simulation), *fan_tables(found, simulation)):
        row = _write_table(page, row + 1, table, numbers.get(table.id), formats)
    page.print_area(0, 0, row, len(_WIDTHS) - 1)


def _numbers(found: AppraisalResults, simulation: Simulation) -> Iterator[tuple[Table, list[_Values]]]:
    """The tables of pounds with their unrounded figures, row by row; () for a heading."""
    moving = [option for option in preferred_first(found, simulation) if moves(option)]
    if moving:
        yield spreads(moving), [each for option in moving for each in _of_option(option)]
    fans = [[tuple(getattr(year, share) for share in SHARES) for year in option.fan] for option in moving if option.fan]
    yield from zip(fan_tables(found, simulation), fans, strict=True)


def _of_option(option: SimulatedOption) -> Iterator[_Values]:
    yield ()
    for name in (each for each in HEADLINES if each in option.measures):
        spread = option.measures[name]
        yield (option.stated[name], spread.p10, spread.p50, spread.p90, spread.mean)


def _write_table(page: Worksheet, row: int, table: Table, numbers: list[_Values] | None, formats: Formats) -> int:
    """Write a table from a row on; gives the row after it. numbers: its figures, where they are pounds."""
    page.write_string(row, 0, table.caption, formats.section)
    row += 1
    headings = (table.corner, *(cell.text for cell in table.columns))
    for column, text in enumerate(headings):
        page.write_string(row, column, text, formats.heading)
    page.set_row(row, LINE_HEIGHT * max(map(lines_of, headings, _NARROWER)))
    for place, entry in enumerate(table.rows):
        row += 1
        cells = [f"{cell.text} ({cell.note})" if cell.note else cell.text for cell in entry.cells]
        texts = (f"{entry.header} ({entry.note})" if entry.note else entry.header, *cells)
        figures = numbers[place] if numbers else ()
        for column, text in enumerate(texts):
            figure = figures[column - 1] if column and figures else None
            if figure is None:
                page.write_string(row, column, text, formats.text)
            else:
                page.write_number(row, column, figure, formats.pounds)
        page.set_row(row, LINE_HEIGHT * max(map(lines_of, texts, _WIDTHS)))
    row += 1
    if table.note:
        page.write_string(row, 0, table.note, formats.quiet)
        row += 1
    return row


def _made_with(simulation: Simulation) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in simulation.packages.items())
    return f"Seed {simulation.seed}, {simulation.draws:,} draws; finmodel {simulation.finmodel}, {versions}."
