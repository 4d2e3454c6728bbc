"""A table as Word keeps it, written whole: python-docx makes a table cell by cell, which takes ten times as long.

The order of the elements is that of ISO/IEC 29500-1, 17.4 (tables) and 17.3 (paragraphs and runs).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Emu
from msgspec import Struct

from finmodel.document.table import Cell, Row, Table
from finmodel.document.unparted import seen_unparted

TABLE_TEXT, TABLE_FIGURE, TABLE_HEADING, TABLE_NOTE = "Table Text", "Table Figure", "Table Heading", "Table Note"
MANY_COLUMNS = 5  # from so many on, figures are small
MOST_ROWS_TOGETHER = 12  # a table with more may run over pages
SHADE = "D9E2EC"
_ENDS = 3  # rows at its head and at its foot, of which none is left alone on a page
_LONGEST_CAPTION = 255
_SMALL = 16  # half-points
_INDENT = Cm(0.3)
_NARROW = '<w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/>'  # in twentieths of a point


class _Look(Struct, frozen=True):
    """How a cell's text is set. keep: with what follows; small: its figures; right: to the right."""

    style: str
    keep: bool = False
    small: bool = False
    bold: bool = False
    right: bool = False
    indent: bool = False
    shade: bool = False


def seen(text: str) -> str:
    """Text with its figures unparted; characters that cannot be seen, or that reorder what follows, are written out."""
    return seen_unparted(text.replace("\r\n", "\n")).replace("\r", "[U+000D]")


def figures_table(table: Table, columns: range, widths: Sequence[Emu]) -> Any:
    """A table, or those of its columns that one page takes, as an element to be put into a document."""
    small = table.figures and len(columns) >= MANY_COLUMNS
    together = _kept_together(1 + len(table.rows))
    rows = [_head(table, columns, widths, small, together[0])]
    rows += [
        _row(row, columns, widths, _Look("", keep, small), table.figures)
        for row, keep in zip(table.rows, together[1:], strict=True)
    ]
    return _element(rows, widths, table.caption, first_row=True, narrow=small)


def facts_table(rows: Sequence[tuple[str, str]], widths: Sequence[Emu], caption: str) -> Any:
    """What, and what it is, a row each."""
    looks = (_Look(TABLE_HEADING, shade=True), _Look(TABLE_TEXT))
    made = [_tr("", map(_cell, map(Cell, row), looks, widths)) for row in rows]
    return _element(made, widths, caption, first_row=False, narrow=False)


def _kept_together(rows: int) -> list[bool]:
    """Which rows stay on a page with what follows: all, or those at the ends. The last stays with the note below."""
    long = rows > 1 + MOST_ROWS_TOGETHER
    return [not long or place < _ENDS or place >= rows - _ENDS for place in range(rows)]


def _element(rows: Sequence[str], widths: Sequence[Emu], caption: str, *, first_row: bool, narrow: bool) -> Any:
    margins = f"<w:tblCellMar>{_NARROW}</w:tblCellMar>" if narrow else ""
    flags = f'w:firstRow="{int(first_row)}" w:firstColumn="1" w:lastRow="0" w:noHBand="1" w:noVBand="1"'
    grid = "".join(f'<w:gridCol w:w="{width.twips}"/>' for width in widths)
    return parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        '<w:tblStyle w:val="TableGrid"/><w:tblW w:type="auto" w:w="0"/><w:tblLayout w:type="fixed"/>'
        f"{margins}<w:tblLook {flags}/><w:tblCaption w:val={quoteattr(seen(caption)[:_LONGEST_CAPTION])}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _head(table: Table, columns: range, widths: Sequence[Emu], small: bool, keep: bool) -> str:
    first = _cell(Cell(table.corner), _Look(TABLE_HEADING, keep, shade=True), widths[0])
    look = _Look(TABLE_HEADING, keep, small, right=table.figures, shade=True)
    others = [_cell(table.columns[place], look, width) for place, width in zip(columns, widths[1:], strict=True)]
    return _tr("<w:cantSplit/><w:tblHeader/>", (first, *others))


def _row(row: Row, columns: range, widths: Sequence[Emu], given: _Look, figures: bool) -> str:
    name = Cell(row.header, row.note)
    if row.kind == "group":
        look = _Look(TABLE_HEADING, given.keep, given.small and len(columns) > 0)
        return _tr("<w:cantSplit/>", (_cell(name, look, Emu(sum(widths)), span=len(widths)),))
    total = row.kind == "total"
    head = _Look(TABLE_HEADING if total else TABLE_TEXT, given.keep, indent=row.kind == "part")
    look = _Look(TABLE_FIGURE if figures else TABLE_TEXT, given.keep, given.small, bold=total)
    texts = [row.cells[place] if place < len(row.cells) else Cell("") for place in columns]
    cells = [_cell(text, look, width) for text, width in zip(texts, widths[1:], strict=True)]
    return _tr("<w:cantSplit/>", (_cell(name, head, widths[0]), *cells))


def _tr(properties: str, cells: Iterator[str] | Sequence[str]) -> str:
    said = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{said}{''.join(cells)}</w:tr>"


def _cell(text: Cell, look: _Look, width: Emu, span: int = 1) -> str:
    """A cell's text, and its small print below it."""
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if look.shade else ""
    note = ""
    if text.note:
        right = look.style == TABLE_FIGURE
        note = _paragraph(text.note, _Look(TABLE_NOTE, look.keep, look.small, right=right or look.right))
    return (
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width.twips}"/>{spans}{shade}</w:tcPr>'
        f"{_paragraph(text.text, look)}{note}</w:tc>"
    )


def _paragraph(text: str, look: _Look) -> str:
    keep = "<w:keepNext/>" if look.keep else ""
    indent = f'<w:ind w:left="{_INDENT.twips}"/>' if look.indent else ""
    right = '<w:jc w:val="right"/>' if look.right else ""
    style = look.style.replace(" ", "")
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{indent}{right}</w:pPr>{_run(text, look)}</w:p>'


def _run(text: str, look: _Look) -> str:
    bold = "<w:b/>" if look.bold else ""
    size = f'<w:sz w:val="{_SMALL}"/>' if look.small else ""
    properties = f"<w:rPr>{bold}{size}</w:rPr>" if bold or size else ""
    return f"<w:r>{properties}{'<w:br/>'.join(map(_text, seen(text).split(chr(10)))) if text else ''}</w:r>"


def _text(line: str) -> str:
    """A line of text; spaces at its ends are kept, which XML would drop."""
    pieces = []
    for piece in line.split("\t"):
        kept = ' xml:space="preserve"' if piece != piece.strip() else ""
        pieces.append(f"<w:t{kept}>{escape(piece)}</w:t>" if piece else "")
    return "<w:tab/>".join(pieces)
