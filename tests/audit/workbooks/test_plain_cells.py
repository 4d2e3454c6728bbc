"""Cells read by a pattern are those that the parser gives, with every oddity and refusal, however a sheet is written."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from finmodel.audit.workbooks import sheet_reading
from finmodel.audit.workbooks.look import Style
from finmodel.audit.workbooks.sheet_reading import Shared, read_sheet
from finmodel.parsing.archive import Archive, Limits
from finmodel.parsing.problems import ProblemsError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PART = "xl/worksheets/sheet1.xml"
CELLS = [
    '<c r="A1"><v>1</v></c>', '<c r="B1" s="1"><v>2.5</v></c>', '<c r="C1" s="1" t="s"><v>0</v></c>', '<c r="D1" s="1"/>',
    '<c r="E1" s="1"><f>A1&gt;B1&amp;"x"</f><v>1</v></c>', '<c r="B2" s="1"><f t="shared" ref="B2:D2" si="0">A1+1</f><v>2</v></c>',
    '<c r="C2" s="1"><f t="shared" si="0"/><v>3</v></c>', '<c r="A2" t="str"><f aca="false">A1</f><v>a_x000D_</v></c>',
    '<c r="F1" t="e"><v>#N/A</v></c>', '<c r="G1" t="b"><v>1</v></c>', '<c r="H1" s="9"><v>1e5</v></c>', '<c r="I1" s="1"><f>=A1</f><v>1</v></c>',
    '<c r="J1" s="1"><v>1e999</v></c>', '<c r="ZZZ1" s="1"><v>1</v></c>', '<c r="K1" s="1"><f></f><v></v></c>', '<c r="L1" s="0"><v>7</v></c>',
]  # fmt: skip
ROWS = ['<row r="1">', '<row r="2" spans="1:5" ht="0">', '<row r="3" s="1" customFormat="1">', "<row>", "</row>"]
HOSTILE = [
    "<!-- ", " -->", "<!-- >", "<![CDATA[", "]]>", "<?x ", "?>", "text", " ", "\n", "<x:row r='1'>", "</x:row>", '<row r="1" xmlns="urn:other">',
    '<c foo=">', '"/>', "'>", "<c foo='>", '<c r="A1"><v>1</v><v>2</v></c>', '<c r="M1"><is><t>in</t></is></c>', "<extLst>", "</extLst>",
    '<c r="N1"><v>&#49;</v></c>', '<c r="O1"><v>&lt;</v></c>', '<c  r="P1"><v>1</v></c>', "<sheetData>", "</sheetData>", "<rPh>", "é", "\ufffe",
    '<c r="Q1" s="1"><v>1\r\n2</v></c>', '<c r="R1" t="str"><v>a>b</v></c>', '<c r="M1"><is><r><rPr><b/></rPr><t>in</t></r></is></c>',
]  # fmt: skip
HEADS = [f'<worksheet xmlns="{MAIN}" xmlns:x="{MAIN}"><sheetData>', f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}"><dimension ref="A1:C2"/><sheetData>',
         f'<x:worksheet xmlns:x="{MAIN}" xmlns="urn:other"><x:sheetData>', f'<?xml version="1.0" encoding="ISO-8859-1"?><worksheet xmlns="{MAIN}"><sheetData>']  # fmt: skip
PLAIN = st.lists(st.sampled_from([*CELLS, *CELLS, *ROWS]), max_size=12)


def found(content: str, by_pattern: bool, limits: Limits, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What is read of a sheet, or how it is refused."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        book.writestr(PART, content.encode("utf-8", "surrogatepass"))
    shared = Shared(Archive("made.xlsx", file.getvalue(), limits), ["text"], [Style(), Style(font_colour="FF0000FF")])
    read = sheet_reading.read_in_place
    with monkeypatch.context() as patch:
        if not by_pattern:
            patch.setattr(
                sheet_reading, "read_in_place", lambda archive, part, root, reader, _: read(archive, part, root, reader)
            )
        try:
            sheet = read_sheet(shared, PART, "S", "visible", ())
        except ProblemsError as error:
            return str(error)
    return sheet, shared.oddities, shared.cells, shared.formula_characters


@given(
    st.sampled_from(HEADS),
    PLAIN,
    st.lists(st.sampled_from([*HOSTILE, *CELLS, *ROWS]), max_size=5),
    PLAIN,
    st.sampled_from([7, 40, 65_536]),
)
@example(HEADS[0], ['<row r="1">'], ["<!-- >", CELLS[1], " -->"], ["</row>"], 65_536)
@example(HEADS[0], ['<row r="1">'], ['<c foo=">', CELLS[1], '"/>'], ["</row>"], 65_536)
@example(HEADS[0], ['<row r="1">', *CELLS[:6], "</row>", ROWS[1], CELLS[5], CELLS[6]], [], ["</row>"], 65_536)
@example(
    HEADS[0],
    ['<row r="1">', CELLS[1]],
    ['<c r="M1"><is><r><rPr><b/></rPr><t>in</t></r></is></c>'],
    [CELLS[1], "</row>"],
    40,
)
@example(HEADS[0], ['<row r="1">'], ['<!-- <row r="1">', CELLS[1], " -->"], ["</row>"], 65_536)
@example(HEADS[0], ['<row r="1">', CELLS[1], "</row>"], ['<row r="1">', CELLS[1], CELLS[11]], ["</row>"], 65_536)
@settings(max_examples=100, deadline=None)
def test_the_pattern_reads_what_the_parser_reads(
    head: str, before: list[str], hostile: list[str], after: list[str], size: int
) -> None:
    body = "".join([*before, *hostile, *after])
    content = f"{head}{body}" + "</row>" * ("<row" in body and not body.endswith("</row>"))
    content += "</x:sheetData></x:worksheet>" if head.startswith("<x:") else "</sheetData></worksheet>"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("finmodel.parsing.archive._CHUNK", size)
        assert found(content, True, Limits(), patch) == found(content, False, Limits(), patch)


def test_nearly_all_cells_of_a_plain_sheet_are_read_by_the_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    cells: list[object] = []
    read = sheet_reading._SheetReading.cell
    monkeypatch.setattr(
        sheet_reading._SheetReading, "cell", lambda self, plain: (cells.append(plain), read(self, plain))[1]
    )
    row = "".join(CELLS[:5])
    content = f'{HEADS[1]}<row r="1">{row}</row><row r="2">{CELLS[5]}{CELLS[6]}</row></sheetData></worksheet>'
    sheet = found(content, True, Limits(), monkeypatch)[0]
    assert len(cells) == 7
    assert {place: (cell.formula, cell.value) for place, cell in sheet.cells.items()} == {
        (1, 1): ("", 1.0), (1, 2): ("", 2.5), (1, 3): ("", "text"), (1, 5): ('A1>B1&"x"', 1.0), (2, 2): ("A1+1", 2.0), (2, 3): ("B1+1", 3.0),
    }  # fmt: skip
