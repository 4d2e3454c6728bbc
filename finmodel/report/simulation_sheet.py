"""The workbook's sheet of the simulation: values, and how they were made. No formula draws; nothing follows a cell."""

from __future__ import annotations

from xlsxwriter import Workbook

from finmodel.report.line_sheets import LANDSCAPE, LINE_HEIGHT, Formats, lines_of, set_up_page
from finmodel.report.simulation_tables import SIMULATION, fan_tables, preferred_first, simulation_tables
from finmodel.report.simulation_words import WHAT_IT_IS, how_made, moves, refusals, sentences
from finmodel.results.appraised import AppraisalResults
from finmodel.results.wording import sentence
from finmodel.uncertainty.simulated import Simulation

SHEET = SIMULATION.capitalize()
_WIDTHS = (62, 18, 18, 18, 18, 60)
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
            page.write_string(row, 0, text, formats.written)
        row += 1
    if simulation.unranked:
        page.write_string(row, 0, sentence(simulation.unranked), formats.written)
        row += 1
    for table in (*simulation_tables(found, simulation), *fan_tables(found, simulation)):
        row += 1
        page.write_string(row, 0, table.caption, formats.section)
        row += 1
        for column, text in enumerate((table.corner, *(cell.text for cell in table.columns))):
            page.write_string(row, column, text, formats.heading)
        for entry in table.rows:
            row += 1
            cells = [f"{cell.text}, {cell.note}" if cell.note else cell.text for cell in entry.cells]
            texts = (f"{entry.header} ({entry.note})" if entry.note else entry.header, *cells)
            for column, text in enumerate(texts):
                page.write_string(row, column, text, formats.text)
            page.set_row(row, LINE_HEIGHT * max(map(lines_of, texts, _WIDTHS)))
        row += 1
        if table.note:
            page.write_string(row, 0, table.note, formats.quiet)
            row += 1
    page.print_area(0, 0, row, len(_WIDTHS) - 1)


def _made_with(simulation: Simulation) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in simulation.packages.items())
    return f"Seed {simulation.seed}, {simulation.draws:,} draws; finmodel {simulation.finmodel}, {versions}."
