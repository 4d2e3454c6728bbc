"""Word's building blocks for the paper: styles, numbering, tables with captions and repeated header rows, page numbers.

The same calls give the same bytes: the dates come from the caller and the archive bears one fixed time.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Emu, Pt
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.table import _Row as WordRow
from docx.text.paragraph import Paragraph

from finmodel.document.table import Cell, Row, Table
from finmodel.document.templating import templates_folder
from finmodel.document.unparted import seen_unparted
from finmodel.parsing.problems import CannotBeDoneError, Problem

NUMBERED, RECOMMENDATION = "Numbered Paragraph", "Recommendation"
TABLE_TEXT, TABLE_FIGURE, TABLE_HEADING, TABLE_NOTE = "Table Text", "Table Figure", "Table Heading", "Table Note"
TEMPLATE = "paper.docx"  # among the templates
STYLES = (
    "Normal",
    "Title",
    "Heading 1",
    "Heading 2",
    "Heading 3",
    "Caption",
    "List Bullet",
    "Intense Quote",
    "Table Grid",
    NUMBERED,
    RECOMMENDATION,
    TABLE_TEXT,
    TABLE_FIGURE,
    TABLE_HEADING,
    TABLE_NOTE,
)  # that a paper is written in
MOST_FIGURE_COLUMNS = 7
MOST_ROWS_TOGETHER = 12  # a table with more may run over pages
_ENDS = 3  # rows at its head and at its foot, of which none is left alone on a page
MANY_COLUMNS = 5  # of figures, from which a table is set smaller
TEXT_WIDTH = Cm(16.6)
_SHADE = "D9E2EC"
_FIXED = (1980, 1, 1, 0, 0, 0)


def begun_from(template: Path) -> WordDocument:
    """An empty document with the styles, the page and the letterhead of a template."""
    try:
        document = Document(str(template))
    except (OSError, KeyError, ValueError, BadZipFile, PackageNotFoundError) as error:
        what, do = "This is no Word document (.docx) that can be read", "Save the template as .docx from Word."
        raise CannotBeDoneError([Problem(str(template), None, "", what, do)]) from error
    names = {style.name for style in document.styles}
    missing = [name for name in STYLES if name not in names]
    if missing:
        what = f"The template lacks styles that the paper is written in: {', '.join(missing)}"
        do = "Add a style of each name in Word, or begin from templates/paper.docx, which has them all, and change it."
        raise CannotBeDoneError([Problem(str(template), None, "", what, do)])
    for content in list(document.element.body):
        if content.tag != qn("w:sectPr"):
            document.element.body.remove(content)
    return document


class Paper:
    """A Word document being written, top to bottom."""

    def __init__(self, title: str, author: str, created: datetime, template: Path | None = None) -> None:
        """Begin a paper in the styles of a template, finmodel's own where none is named.

        Raises CannotBeDoneError where the template cannot be read, or lacks a style that a paper is written in.
        """
        self.document: WordDocument = begun_from(template or templates_folder() / TEMPLATE)
        self._numbers = {"Table": 0, "Figure": 0}
        self._charts = 0
        self._properties(seen(title), seen(author), created)

    def _properties(self, title: str, author: str, created: datetime) -> None:
        core = self.document.core_properties
        core.title, core.author, core.last_modified_by = title[:255], author[:255], author[:255]
        core.comments, core.language, core.revision = "", "en-GB", 1
        core.created = core.modified = created

    def header_and_footer(self, text: str) -> None:
        """The running head, and `Page 1 of 9` at the foot; what a template has there of its own stays."""
        section = self.document.sections[0]
        if section.header.is_linked_to_previous:
            section.header.paragraphs[0].text = seen(text)
        if not section.footer.is_linked_to_previous:
            return
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        foot.add_run("Page ")
        _field(foot, "PAGE", "1")
        foot.add_run(" of ")
        _field(foot, "NUMPAGES", "1")

    def title(self, text: str) -> None:
        """The title of the paper."""
        self._paragraph(text, "Title")

    def _paragraph(self, text: str, style: str) -> Paragraph:
        return _set_style(self.document.add_paragraph(seen(text)), style)

    def heading(self, text: str, level: int = 1, numbered: bool = True, new_page: bool = False) -> None:
        """A heading; those of level 1 are numbered, unless they head an appendix."""
        paragraph = self._paragraph(text, f"Heading {level}")
        paragraph.paragraph_format.keep_with_next = True  # a council's own styles may not say so
        paragraph.paragraph_format.page_break_before = new_page or None
        if level == 1 and not numbered:
            paragraph._p.get_or_add_pPr()._insert_numPr(numbering_of("0", "0"))
            paragraph.paragraph_format.left_indent = paragraph.paragraph_format.first_line_indent = Pt(0)

    def paragraph(self, text: str, style: str = NUMBERED, *, leads: bool = False) -> None:
        """A paragraph: numbered within its section, unless another style is named. leads: to what stands below it."""
        self._paragraph(text, style).paragraph_format.keep_with_next = leads or None

    def lead(self, label: str, texts: Sequence[str]) -> None:
        """A label in bold, and its points as bullets."""
        if texts:
            paragraph = self._paragraph("", "Normal")
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.add_run(seen(label)).bold = True
            for place, text in enumerate(texts):
                self._paragraph(text, "List Bullet").paragraph_format.keep_with_next = (
                    place == 0 < len(texts) - 1 or None
                )

    def facts(self, rows: Sequence[tuple[str, str]]) -> None:
        """The title block: what, and what it is."""
        table = self._table(len(rows), 2, "Title block", first_row=False)
        for row, (label, text) in zip(table.rows, rows, strict=True):
            _write(row.cells[0], Cell(label), TABLE_HEADING)
            _write(row.cells[1], Cell(text), TABLE_TEXT)
            _shade(row.cells[0])
        _set_widths(table, (Emu(Cm(4.6)), Emu(TEXT_WIDTH - Cm(4.6))))
        self._paragraph("", "Normal").paragraph_format.space_after = Pt(2)

    def table(self, table: Table, shares: Sequence[float] = ()) -> None:
        """A table with its caption; one that is too wide goes on in further tables. shares: of the width, by column."""
        parts = list(column_parts(table)) if table.figures else [range(len(table.columns))]
        for number, columns in enumerate(parts):
            self._caption("Table", table.caption if len(parts) == 1 else f"{table.caption}, {_from_to(table, columns)}")
            self._one_table(table, columns, shares)
            last = number == len(parts) - 1
            note = self._paragraph(table.note if last else "", TABLE_NOTE)
            note.paragraph_format.space_after = Pt(10)

    def _one_table(self, table: Table, columns: range, shares: Sequence[float]) -> None:
        made = self._table(1 + len(table.rows), 1 + len(columns), table.caption)
        first = made.rows[0]
        _repeat(first._tr)
        _write(first.cells[0], Cell(table.corner), TABLE_HEADING)
        for cell, column in zip(first.cells[1:], columns, strict=True):
            _write(cell, table.columns[column], TABLE_HEADING)
            if table.figures:
                _right(cell)
        for cell in first.cells:
            _shade(cell)
        for row, word_row in zip(table.rows, made.rows[1:], strict=False):
            _keep_whole(word_row._tr)
            _write_row(row, word_row.cells, columns, table.figures)
        _set_widths(made, _widths(len(columns), shares, _widest(table, columns)))
        if table.figures and len(columns) >= MANY_COLUMNS:
            _tighten(made)
        long = len(table.rows) > MOST_ROWS_TOGETHER
        _keep_together([*made.rows[:_ENDS], *made.rows[-_ENDS:]] if long else made.rows)

    def _table(self, rows: int, columns: int, caption: str, first_row: bool = True) -> WordTable:
        table = self.document.add_table(rows, columns, style="Table Grid")
        table.autofit = False
        properties = table._tbl.tblPr
        look = properties.find(qn("w:tblLook"))
        if look is not None:
            properties.remove(look)
        flags = 'w:firstRow="1"' if first_row else 'w:firstRow="0"'
        properties.append(
            parse_xml(
                f'<w:tblLook {nsdecls("w")} {flags} w:firstColumn="1" w:lastRow="0" w:noHBand="1" w:noVBand="1"/>'
            )
        )
        said = OxmlElement("w:tblCaption")
        said.set(qn("w:val"), seen(caption)[:255])
        properties.append(said)
        return table

    def _caption(self, kind: str, text: str) -> None:
        self._numbers[kind] += 1
        paragraph = self._paragraph("", "Caption")
        paragraph.paragraph_format.keep_with_next = kind == "Table"
        paragraph.add_run(f"{kind} ")
        _field(paragraph, f"SEQ {kind} \\* ARABIC", str(self._numbers[kind]))
        paragraph.add_run(f": {seen(text)}")

    def chart(self, xml: bytes, caption: str, description: str) -> None:
        """A chart of Word's own, with its description for those who do not see it, and its caption."""
        self._charts += 1
        package = self.document.part.package
        part = Part(
            PackURI(f"/word/charts/chart{self._charts}.xml"),
            "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
            xml,
            package,
        )
        relation = self.document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        paragraph = self._paragraph("", "Normal")
        paragraph.paragraph_format.keep_with_next = True
        drawing = parse_xml(_drawing(relation, self._charts))
        naming = drawing.find(f".//{qn('wp:docPr')}")
        naming.set("descr", seen(description))
        paragraph.add_run()._r.append(drawing)
        self._caption("Figure", caption)

    def bytes(self) -> bytes:
        """The file."""
        self._call_styles_by_their_ids()
        written = BytesIO()
        self.document.save(written)
        return at_a_fixed_time(written)

    def _call_styles_by_their_ids(self) -> None:
        """A style's id is its name without spaces, unless a template has another: then that is put in its place."""
        own = {(style.name or "").replace(" ", ""): style.style_id for style in self.document.styles}
        if any(own[name.replace(" ", "")] != name.replace(" ", "") for name in STYLES):
            for used in self.document.element.body.iter(qn("w:pStyle"), qn("w:tblStyle")):
                used.set(qn("w:val"), own.get(used.get(qn("w:val")), used.get(qn("w:val"))))


def seen(text: str) -> str:
    """Text with its figures unparted; characters that cannot be seen, or that reorder what follows, are written out."""
    return seen_unparted(text.replace("\r\n", "\n")).replace("\r", "[U+000D]")


def column_parts(table: Table) -> Iterator[range]:
    """The columns of each of the tables that a wide one is laid out in, as many in one as in another."""
    number_of = len(table.columns)
    parts = max(1, -(-number_of // MOST_FIGURE_COLUMNS))
    bounds = [place * number_of // parts for place in range(parts + 1)]
    yield from (range(first, last) for first, last in pairwise(bounds))


def _from_to(table: Table, columns: range) -> str:
    """What the columns of a part are: `2026/27 to 2030/31`."""
    first, last = table.columns[columns[0]].text, table.columns[columns[-1]].text
    return first if first == last else f"{first} to {last}"


def at_a_fixed_time(written: BytesIO) -> bytes:
    """A document with one time in its archive, so that the same calls give the same bytes."""
    target = BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/app.xml":
                content = content.replace(b"Microsoft Macintosh Word", b"finmodel")
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(entry, content)
    return target.getvalue()


def _write_row(row: Row, cells: Sequence[WordCell], columns: range, figures: bool) -> None:
    if row.kind == "group":
        head = cells[0].merge(cells[-1]) if len(cells) > 1 else cells[0]
        _write(head, Cell(row.header, row.note), TABLE_HEADING)
        return
    _write(cells[0], Cell(row.header, row.note), TABLE_HEADING if row.kind == "total" else TABLE_TEXT)
    if row.kind == "part":
        cells[0].paragraphs[0].paragraph_format.left_indent = Cm(0.3)
    for cell, column in zip(cells[1:], columns, strict=True):
        text = row.cells[column] if column < len(row.cells) else Cell("")
        _write(cell, text, TABLE_FIGURE if figures else TABLE_TEXT)
        if row.kind == "total":
            for run in cell.paragraphs[0].runs:
                run.bold = True


def _write(cell: WordCell, text: Cell, style: str) -> None:
    """A cell's text, and its small print below it."""
    paragraph = cell.paragraphs[0]
    _set_style(paragraph, style)
    paragraph.add_run(seen(text.text))
    if text.note:
        note = _set_style(cell.add_paragraph(seen(text.note)), TABLE_NOTE)
        if style == TABLE_FIGURE:
            note.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _set_style(paragraph: Paragraph, name: str) -> Paragraph:
    """Set a style by its id, which is its name without spaces: looking it up by name takes most of the time."""
    paragraph._p.style = name.replace(" ", "")
    return paragraph


def _right(cell: WordCell) -> None:
    for paragraph in cell.paragraphs:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _shade(cell: WordCell) -> None:
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{_SHADE}"/>')
    )


def _repeat(row: Any) -> None:
    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    properties.append(OxmlElement("w:tblHeader"))


def _keep_whole(row: Any) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _keep_together(rows: Iterable[WordRow]) -> None:
    for row in rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:  # the last row stays with the note below the table
                paragraph.paragraph_format.keep_with_next = True


def _widest(table: Table, columns: range) -> Emu:
    """The room that the longest figure or heading word of a table needs, as it is set among many columns."""
    texts = [cell.text for row in table.rows for cell in row.cells[columns.start : columns.stop]]
    words = [word for place in columns for word in table.columns[place].text.split()]
    return Emu(Cm(0.3 + 0.185 * max(map(len, (*texts, *words)), default=0)))


def _widths(columns: int, shares: Sequence[float], widest: Emu) -> tuple[Emu, ...]:
    if shares:
        return tuple(Emu(int(TEXT_WIDTH * share / sum(shares))) for share in shares)
    if not columns:
        return (Emu(TEXT_WIDTH),)
    each = min(Cm(2.0), widest) if columns >= MANY_COLUMNS else Cm(3.0)
    first = max(TEXT_WIDTH - columns * each, TEXT_WIDTH * 0.24)
    first = min(first, TEXT_WIDTH * 0.5)
    return (Emu(int(first)), *(Emu(int((TEXT_WIDTH - first) / columns)),) * columns)


def _tighten(table: WordTable) -> None:
    """Smaller figures and narrower margins, so that no amount breaks in two among many columns."""
    sides = '<w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/>'  # in twentieths of a point
    margins = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>")
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)  # the standard fixes the order of the properties
    for row in table.rows:
        for cell in row.cells[1:]:
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.font.size = Pt(8)


def _set_widths(table: WordTable, widths: Sequence[Emu]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row._tr.tc_lst, widths, strict=False):
            if cell.grid_span == 1:
                cell.width = width


def _field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field with the text that it shows until a reader's program works it out anew."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("text", shown), ("end", "")):
        run = paragraph.add_run(text if kind == "text" else "")
        if kind == "":
            asked = OxmlElement("w:instrText")
            asked.set(qn("xml:space"), "preserve")
            asked.text = f" {text} "
            run._r.append(asked)
        elif kind != "text":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _drawing(relation: str, number: int) -> str:
    wide, tall = int(TEXT_WIDTH), int(Cm(6.2))
    chart = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    return (
        f'<w:drawing {nsdecls("w", "wp", "a", "r")}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{tall}"/><wp:docPr id="{100 + number}" name="Chart {number}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{chart}">'
        f'<c:chart xmlns:c="{chart}" r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )


def numbering_of(number: str, level: str) -> Any:
    """What puts a paragraph into a numbered list at a level; number 0 takes it out of any."""
    return parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
