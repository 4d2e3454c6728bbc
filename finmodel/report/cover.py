"""The workbook's cover: what it is, for whom, how to read it."""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from finmodel import __version__
from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.excel import Layout, sheet_reference
from finmodel.report.grid_working import working_titles
from finmodel.report.line_sheets import LINE_HEIGHT, UPRIGHT, Formats, lines_of, set_up_page
from finmodel.results.assurance_statement import assurance_statement, statement_facts
from finmodel.results.evidence import evidence_sentences, release_evidence
from finmodel.results.set_inputs import set_inputs, titled
from finmodel.uncertainty.live_grid import live_grids

SHEET = "Cover"
_TEXT_WIDTH = 80

_HOW_TO_READ = (
    "Every figure is a live formula, down to the inputs: change one there and the rest follows.",
    "Levers and the sheets of inputs hold the only typed-in numbers, each with unit, source and confidence.",
    "Each row holds one formula, the same in every period. Column C has the rule in words, column D the address.",
    "Costs and savings are positive in their own rows. Net saving is cashable saving less cost; below zero it costs. "
    "What is taken off a row is below zero in a row of its own. In the changes to the base budget (MTFS) growth is "
    "positive and a saving below zero, as in budget papers.",
    "A check turns to 0 where a number typed over a formula changes a figure. That nothing at all was typed over, only "
    "`finmodel audit` shows.",
    "Amounts are cash of the year and are not rounded; only their display is. Years are 1 April to 31 March.",
    "Where there is no honest figure the cell says why.",
    "Where the case names business as usual, it is zero, and an option's figures are the change from it.",
    "The second row of every sheet says whether all checks hold, and is red where one does not.",
    "Sheets are protected against slips, without a password: Review, Unprotect Sheet takes it off. Inputs are open.",
    "Rules and addresses (columns C and D), where in its source an input stands, its owner and its note are for the "
    "screen and are not printed. Of Months, Case and the workings of Grid only the head is.",
)


def write_cover(book: Workbook, appraisal: Appraisal, layout: Layout, formats: Formats) -> None:
    """Add the cover."""
    page = book.add_worksheet(SHEET)
    set_up_page(page, UPRIGHT, 1)
    page.set_column(0, 0, 22)
    page.set_column(1, 1, _TEXT_WIDTH)
    case = appraisal.case
    page.write_string(0, 0, titled(case), formats.title)
    row = 2
    for label, text in _facts(appraisal):
        page.write_string(row, 0, label, formats.heading)
        page.write_string(row, 1, text, formats.text)
        page.set_row(row, LINE_HEIGHT * lines_of(text, _TEXT_WIDTH))
        row += 1
    row = _paragraphs(page, row + 1, "How to read it", _HOW_TO_READ, formats)
    page.write_string(row, 0, "Colour key", formats.heading)
    page.write_string(row, 1, "Blue on pale yellow, and marked Input in column C: typed in", formats.key_input)
    page.write_string(row + 1, 1, "Blue on white, and marked Fact: typed in, changes in the case alone", formats.text)
    page.write_string(
        row + 2, 1, "Black on white: a formula. On amber: a value typed where a formula was", formats.text
    )
    row += 4
    page.write_string(row, 0, "Sheets", formats.heading)
    for sheet, title in [
        ("Summary", "The answer, the options side by side and year by year, on one page"),
        *([("Levers", "Ten inputs to try, each with what the case states")] if layout.typed else []),
        *_titles(layout),
        *([("Grid", "Children and price together, as they stand in this workbook")] if live_grids(appraisal) else []),
        *([("Sensitivity", "What a change of the inputs would do to the answer")] if appraisal.case.options else []),
        *working_titles(appraisal),
        ("Assurance", "Logs of assumptions, decisions and data; what is blank or expired; every source"),
        ("Case", "The files of the case, from which the model can be rebuilt"),
    ]:
        target, text = (
            f"internal:{sheet_reference(sheet)}!A1",
            title if title.startswith(sheet) else f"{sheet}: {title}",
        )
        page.write_url(row, 1, target, formats.link, text)
        row += 1
    page.print_area(0, 0, row - 1, 1)


def _titles(layout: Layout) -> list[tuple[str, str]]:
    """Every sheet of lines with its title."""
    return [(sheet.name, sheet.title.partition("\n")[0]) for sheet in layout.sheets.values()]


def _facts(appraisal: Appraisal) -> list[tuple[str, str]]:
    case = appraisal.case
    meeting = f"{case.meeting.body}, {case.meeting.date.isoformat()}" if case.meeting else "not stated"
    inputs = ", ".join(f"{name} (SHA-256 {digest})" for name, digest in appraisal.loaded.files)
    return [
        *([("What if", set_.words)] if (set_ := set_inputs(case)) is not None else []),
        ("Council", case.council_name),
        ("For decision by", meeting),
        ("Years", f"{case.first_year} to {case.horizon.last_year}, by month and by year"),
        ("Price base", str(case.price_base)),
        ("Present values", appraisal.written.present_value_basis),
        ("About", case.summary.strip() or "not stated"),
        *statement_facts(assurance_statement(case))[:5],
        ("Tested", " ".join(evidence_sentences(release_evidence()))),
        ("Made by", f"finmodel {__version__}"),
        ("From", inputs),
    ]


def _paragraphs(page: Worksheet, row: int, heading: str, texts: tuple[str, ...], formats: Formats) -> int:
    page.write_string(row, 0, heading, formats.heading)
    for text in texts:
        page.write_string(row, 1, text, formats.text)
        page.set_row(row, LINE_HEIGHT * lines_of(text, _TEXT_WIDTH))
        row += 1
    return row + 1
