"""Word's building blocks for the paper: styles, numbering, tables with captions and repeated header rows, page numbers.

The same calls give the same bytes: the dates come from the caller and the archive bears one fixed time.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
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
from docx.text.paragraph import Paragraph

from finmodel.document.table import Table
from finmodel.document.templating import templates_folder
from finmodel.document.word_table import (
    MANY_COLUMNS,
    TABLE_FIGURE,
    TABLE_HEADING,
    TABLE_NOTE,
    TABLE_TEXT,
    facts_table,
    figures_table,
    seen,
)
from finmodel.parsing.problems import CannotBeDoneError, Problem

NUMBERED, RECOMMENDATION = "Numbered Paragraph", "Recommendation"
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
TEXT_WIDTH = Cm(16.6)
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
        self._end = self.document.element.body.find(qn("w:sectPr"))  # what the standard wants last
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
        made = Paragraph(self._put(OxmlElement("w:p")), self.document._body)
        if text:
            made.add_run(seen(text))
        return _set_style(made, style)

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
        self._put(facts_table(rows, (Emu(Cm(4.6)), Emu(TEXT_WIDTH - Cm(4.6))), "Title block"))
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
        self._put(figures_table(table, columns, _widths(len(columns), shares, _widest(table, columns))))

    def _put(self, element: Any) -> Any:
        """Put a table or a paragraph at the end; python-docx looks through all that is there for where that is."""
        if self._end is None:
            self.document.element.body.append(element)
        else:
            self._end.addprevious(element)
        return element

    def _caption(self, kind: str, text: str) -> None:
        self._numbers[kind] += 1
        paragraph = self._paragraph("", "Caption")
        paragraph.paragraph_format.keep_with_next = kind == "Table"
        paragraph.add_run(f"{kind} ")
        _field(paragraph, f"SEQ {kind} \\* ARABIC", str(self._numbers[kind]))
        paragraph.add_run(f": {seen(text)}")

    def chart(self, xml: bytes, caption: str, description: str, lines: int = 1) -> None:
        """A chart of Word's own, with its description for those who do not see it, and its caption.

        lines: how many the legend has, each of which takes its own room.
        """
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
        drawing = parse_xml(_drawing(relation, self._charts, lines))
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


def _set_style(paragraph: Paragraph, name: str) -> Paragraph:
    """Set a style by its id, which is its name without spaces: looking it up by name takes most of the time."""
    paragraph._p.style = name.replace(" ", "")
    return paragraph


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


def _drawing(relation: str, number: int, lines: int) -> str:
    """The chart in its frame: as tall as its field with the legend below it, once that has more lines than two."""
    wide, tall = int(TEXT_WIDTH), int(Cm(6.2 + 0.55 * max(0, lines - 2)))
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
