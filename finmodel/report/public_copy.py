"""The copy for publication: one document from what may be published, written as page, paper and workbook of values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from finmodel.document.html import write_html
from finmodel.document.parts import Bullets, Document, Heading, Notice, Pair, Paragraph, Part, Section
from finmodel.document.table import Cell, Row, Table
from finmodel.document.word import Paper
from finmodel.document.word_parts import write_section
from finmodel.report.line_sheets import LINE_HEIGHT, Formats, lines_of, new_workbook
from finmodel.report.paper import IMPLICATIONS
from finmodel.results.plain import as_json_bytes
from finmodel.results.published import PublicDemand, PublicFigure, PublicOption, PublicResults, PublicSimulation
from finmodel.results.wording import day_words, span

PUBLIC_COPY = "Copy for publication"
_HELD = "The full report, with inputs, formulas and checks, is held by the council."
_LABEL_WIDTH, _VALUE_WIDTH, _WHOLE_SHEET = 44, 22, 110


def public_page(found: PublicResults) -> bytes:
    """The page."""
    return write_html(public_document(found)).encode()


def public_results(found: PublicResults) -> bytes:
    """`results.json`."""
    return as_json_bytes(found)


def public_paper(found: PublicResults) -> bytes:
    """The Word file; what is left out is said at its head."""
    document = public_document(found)
    made = Paper(document.title, document.council, _dated(found))
    made.header_and_footer(f"{document.council}: {document.title}")
    made.title(document.title)
    made.facts([(fact.name, fact.text) for fact in (Pair("Council", document.council), *document.facts)])
    if document.summary:
        made.paragraph(document.summary, "Normal")
    for section in document.sections:
        write_section(made, section)
    return made.bytes()


def public_workbook(found: PublicResults) -> bytes:
    """A workbook of values alone: a sheet a section that has tables, no formula, no name, no case."""
    document, target = public_document(found), BytesIO()
    book = new_workbook(target, _dated(found), document.title)
    formats = Formats(book)
    cover = book.add_worksheet("Cover")
    cover.hide_gridlines(2)
    cover.set_column(0, 0, _WHOLE_SHEET)
    for row, text in enumerate((PUBLIC_COPY, found.notice, _HELD, document.foot), 2):
        cover.write_string(row, 0, text, formats.text)
        cover.set_row(row, LINE_HEIGHT * lines_of(text, _WHOLE_SHEET))
    cover.write_string(0, 0, document.title, formats.title)
    for section in document.sections:
        tables = [part for part in section.parts if isinstance(part, Table)]
        if tables:
            _sheet(book.add_worksheet(section.heading), tables, formats)
    book.close()
    return target.getvalue()


def _sheet(page: Worksheet, tables: Sequence[Table], formats: Formats) -> None:
    """Tables one below the other, every cell a text."""
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_column(0, 0, _LABEL_WIDTH)
    page.set_column(1, max(len(table.columns) for table in tables), _VALUE_WIDTH)
    row = 0
    for table in tables:
        page.write_string(row, 0, table.caption, formats.title)
        _row(page, row + 1, (table.corner, *(cell.text for cell in table.columns)), formats.heading)
        for below, line in enumerate(table.rows, row + 2):
            _row(page, below, (line.header, *(cell.text for cell in line.cells)), formats.text)
        row += len(table.rows) + 3


def _row(page: Worksheet, row: int, texts: Sequence[str], looks: Format) -> None:
    for column, text in enumerate(texts):
        page.write_string(row, column, text, looks)
    widths = (_LABEL_WIDTH, *(_VALUE_WIDTH for _ in texts[1:]))
    page.set_row(row, LINE_HEIGHT * max(lines_of(text, width - 4) for text, width in zip(texts, widths, strict=True)))


def public_document(found: PublicResults) -> Document:
    """The document: what is left out and why, the options in figures, their texts, and those of the paper."""
    return Document(
        title=found.title,
        council=found.council if not found.meeting else f"{found.council} · {found.meeting}, {day_words(found.date)}",
        sections=tuple(_sections(found)),
        summary=found.summary,
        facts=(Pair("Years shown", span(found.years)), Pair("Price base", found.price_base)),
        foot=f"{PUBLIC_COPY} · {found.council} · {found.title} · finmodel {found.finmodel}",
    )


def _sections(found: PublicResults) -> Iterator[Section]:
    options = [option for option in found.options if not option.status_quo] or list(found.options)
    yield Section("copy", PUBLIC_COPY, (Notice("Information is left out", (found.notice, _HELD)),))
    if options:
        yield Section("options", "The options in figures", (_compared(options), Paragraph(_BASIS, "note")))
        yield Section("years", "Year by year", tuple(_by_year(option, found.years) for option in options))
    costs = tuple(_costs(option, found.years) for option in options if option.costs)
    if costs:
        yield Section("costs", "Posts and costs", costs)
    if found.simulation is not None:
        drawn = _drawn(found.simulation)
        yield Section("sureness", "How sure the figures are", (drawn, Paragraph(_OWN_RANGES, "note")))
    if found.demand is not None:
        yield Section("demand", "Children looked after", tuple(_of_demand(found.demand, found.years)))
    if options:
        yield Section("about", "The options", tuple(part for option in found.options for part in _about(option)))
    for name, heading, texts in (
        ("recommendations", "Recommendations", found.recommendations),
        ("purpose", "Purpose", found.purpose),
        ("background", "Background", found.background),
    ):
        if texts:
            yield Section(name, heading, tuple(Paragraph(text) for text in texts))
    yield from _implications(found.implications)


def _drawn(simulation: PublicSimulation) -> Table:
    """What the draws say of each option."""
    labels = {figure.name: figure.label for option in simulation.options for figure in option.figures}
    rows = tuple(
        Row(label, tuple(Cell(_shown(option.figures, name)) for option in simulation.options))
        for name, label in labels.items()
    )
    columns = tuple(Cell(option.title) for option in simulation.options)
    return Table("drawn", f"In {simulation.draws:,} draws, cash of each year", "What came out", columns, rows)


_OWN_RANGES = (
    "A draw takes every input of which the case states a range somewhere in it, and works the whole case out anew. "
    "What no range is stated of stays as it is, so the true uncertainty is wider. Net to the nearest £1,000."
)


def _of_demand(demand: PublicDemand, years: Sequence[str]) -> Iterator[Table]:
    """The counts, and where each projection leads."""
    rows = tuple(Row(each.label, (Cell(each.shown[0]),)) for each in (*demand.counts, *demand.outturns))
    yield Table("demand-counts", f"{demand.label}: the counts", "Count", (Cell("Children"),), rows)
    columns = tuple(map(Cell, years))
    rows = tuple(
        Row(each.label, tuple(map(Cell, each.shown)), note="the baseline" if each.name == demand.baseline else "")
        for each in demand.projections
    )
    yield Table("demand-projections", f"{demand.label} at the end of each year", "Projection", columns, rows)


_BASIS = (
    "Cash of the year over the years shown, as the change from business as usual where the case names one; children "
    "fewer in care on average."
)


def _implications(implications: Mapping[str, str]) -> Iterator[Section]:
    for name, text in implications.items():
        yield Section(name.replace("_", "-"), IMPLICATIONS.get(name, name.capitalize()), (Paragraph(text),))


def _compared(options: Sequence[PublicOption]) -> Table:
    measures = {figure.name: figure for option in options for figure in option.measures}
    rows = [
        Row(figure.label, tuple(Cell(_shown(option.measures, name)) for option in options))
        for name, figure in measures.items()
    ]
    heads = tuple(Cell(option.title, "Preferred" if option.recommended else "") for option in options)
    return Table("options-table", "What each option costs, saves and needs", "Figure", heads, tuple(rows), cards=True)


def _shown(figures: Sequence[PublicFigure], name: str) -> str:
    return next((figure.shown[0] for figure in figures if figure.name == name), "–")


def _by_year(option: PublicOption, years: Sequence[str]) -> Table:
    return _of_years(f"{option.id}-years", f"{option.title}: by year, cash", option.by_year, years)


def _costs(option: PublicOption, years: Sequence[str]) -> Table:
    return _of_years(f"{option.id}-costs", f"{option.title}: posts and costs by year, cash", option.costs, years)


def _of_years(name: str, caption: str, figures: Sequence[PublicFigure], years: Sequence[str]) -> Table:
    rows = tuple(Row(figure.label, tuple(map(Cell, figure.shown))) for figure in figures)
    return Table(name, caption, "£", tuple(map(Cell, years)), rows)


def _about(option: PublicOption) -> Iterator[Part]:
    tag = "Preferred" if option.recommended else "Business as usual" if option.status_quo else ""
    yield Heading(option.title, tag)
    if option.description:
        yield Paragraph(option.description)
    for title, texts in (
        ("Advantages", option.advantages),
        ("Disadvantages", option.disadvantages),
        ("Risks", option.risks),
    ):
        if texts:
            yield Bullets(texts, title)


def _dated(found: PublicResults) -> datetime:
    return datetime.fromisoformat(found.date or f"{found.years[0][:4]}-04-01")
