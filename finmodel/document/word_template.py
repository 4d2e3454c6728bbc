"""The styles of the paper, as `templates/paper.docx` carries them: fonts, numbering, page. A council may use its own.

`python -m finmodel.document.word_template FILE` writes that file anew; the same code gives the same bytes.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from finmodel.document.word import NUMBERED, RECOMMENDATION, at_a_fixed_time, numbering_of
from finmodel.document.word_table import TABLE_FIGURE, TABLE_HEADING, TABLE_NOTE, TABLE_TEXT

_FONT, _DARK, _RULE = "Arial", RGBColor(0x1F, 0x38, 0x64), "A6A6A6"


def template() -> bytes:
    """The template: an empty document with every style that a paper is written in."""
    document = Document()
    _set_language(document)
    _set_styles(document)
    _set_numbering(document)
    _set_page(document)
    package = document.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[name]
    written = BytesIO()
    document.save(written)
    return at_a_fixed_time(written)


def _set_language(document: WordDocument) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    settings = document.settings.element
    zoom = settings.find(qn("w:zoom"))
    if zoom is not None:
        zoom.set(qn("w:percent"), "100")
    for theme in settings.iter(qn("w:themeFontLang")):
        theme.set(qn("w:val"), "en-GB")


def _set_page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.2)


def _drop_unused_styles(document: WordDocument) -> None:
    """The template's 90 looks for tables, of which the paper has one."""
    styles = document.styles.element
    for style in list(styles.iter(qn("w:style"))):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in ("TableNormal", "TableGrid"):
            styles.remove(style)


def _set_styles(document: WordDocument) -> None:
    _drop_unused_styles(document)
    _style(document, "Normal", 11, after=6)
    _style(document, "Title", 18, bold=True, colour=_DARK, after=8)
    _style(document, "Heading 1", 13, bold=True, colour=_DARK, before=16, after=6, next_together=True)
    _style(document, "Heading 2", 11, bold=True, colour=_DARK, before=10, after=4, next_together=True)
    _style(
        document, "Heading 3", 11, bold=True, colour=RGBColor(0x33, 0x33, 0x33), before=8, after=3, next_together=True
    )
    _style(document, "Caption", 9.5, bold=True, colour=RGBColor(0x26, 0x26, 0x26), before=8, after=3)
    _style(document, "Header", 9, colour=RGBColor(0x59, 0x59, 0x59))
    _style(document, "Footer", 9, colour=RGBColor(0x59, 0x59, 0x59))
    _style(document, "List Bullet", 11, after=3)
    for name in (NUMBERED, RECOMMENDATION):
        _style(document, name, 11, after=6)
    _style(document, TABLE_TEXT, 9, before=1, after=1)
    _style(document, TABLE_HEADING, 9, bold=True, before=1, after=1)
    _style(document, TABLE_NOTE, 8, colour=RGBColor(0x4D, 0x4D, 0x4D), before=1, after=1)
    figure = _style(document, TABLE_FIGURE, 9, before=1, after=1)
    figure.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    title = document.styles["Title"].element.pPr
    for border in title.findall(qn("w:pBdr")):
        title.remove(border)
    for border in document.styles["Table Grid"].element.iter(qn("w:tblBorders")):
        for edge in border:
            edge.set(qn("w:color"), _RULE)


def _style(
    document: WordDocument,
    name: str,
    size: float,
    *,
    bold: bool = False,
    colour: RGBColor | None = None,
    before: float = 0,
    after: float = 0,
    next_together: bool = False,
) -> ParagraphStyle:
    """A paragraph style, set whole: font, size, colour, space."""
    styles = document.styles
    new = name not in [style.name for style in styles]
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH) if new else styles[name]
    assert isinstance(style, ParagraphStyle)
    if new:
        style.base_style = styles["Normal"]
        style.quick_style = True
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), _FONT)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    if colour is not None:
        style.font.color.rgb = colour
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), 1.1
    layout.keep_with_next = next_together
    return style


_SECTIONS, _LETTERS = "90", "91"


def _set_numbering(document: WordDocument) -> None:
    """Sections 1, 2, 3; their paragraphs 1.1, 1.2; recommendations (i), (ii)."""
    numbering = document.part.numbering_part.element
    ids = {name: document.styles[name].style_id for name in ("Heading 1", NUMBERED, RECOMMENDATION)}
    levels = _level(0, "decimal", "%1.", ids["Heading 1"], 680) + _level(1, "decimal", "%1.%2", ids[NUMBERED], 680)
    roman = _level(0, "lowerRoman", "(%1)", ids[RECOMMENDATION], 1247, hanging=567)
    first = numbering.find(qn("w:num"))
    for number, content in ((_SECTIONS, levels), (_LETTERS, roman)):
        kind = "multilevel" if number == _SECTIONS else "singleLevel"
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="{kind}"/>'
            f"{content}</w:abstractNum>"
        )
        if first is None:
            numbering.append(abstract)
        else:
            first.addprevious(abstract)
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
        )
    for name, number, level in (
        ("Heading 1", _SECTIONS, "0"),
        (NUMBERED, _SECTIONS, "1"),
        (RECOMMENDATION, _LETTERS, "0"),
    ):
        properties = document.styles[name].element.get_or_add_pPr()
        properties._insert_numPr(numbering_of(number, level))


def _level(level: int, kind: str, text: str, style: str, indent: int, hanging: int | None = None) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{indent}" w:hanging="{hanging or indent}"/></w:pPr></w:lvl>'
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(template())
