"""The door: what openpyxl and XlsxWriter write is read as openpyxl reads it; what is no sound workbook is a problem."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.formula.translate import Translator
from openpyxl.styles import Font, Protection
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table as NewTable

from finmodel.audit.workbooks.formulas import Moving, pieces
from finmodel.audit.workbooks.opening import Limits, Workbook, open_workbook
from finmodel.lines.cells import address, position
from finmodel.parsing.problems import ProblemsError


def written(folder: Path, fill: Callable[[xlsxwriter.Workbook], None]) -> Workbook:
    """A workbook that XlsxWriter wrote, read."""
    path = folder / "written.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        fill(book)
    return open_workbook(path)


def changed(path: Path, part: str, old: str, new: str) -> Path:
    """A workbook with a text in one of its parts replaced."""
    target = path.with_name(f"changed-{path.name}")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            content = source.read(name).decode() if name == part else source.read(name)
            if isinstance(content, str):
                assert old in content, content
                content = content.replace(old, new)
            copy.writestr(name, content)
    return target


def plain(folder: Path) -> Path:
    path = folder / "plain.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Costs"
    book.active["A1"] = "Posts"
    book.active["B1"] = 12.5
    book.active["C1"] = "=B1*2"
    book.save(path)
    return path


def problem(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(ProblemsError) as raised:
        open_workbook(path, limits)
    assert len(raised.value.problems) == 1
    return raised.value.problems[0].what


def test_values_of_every_kind(tmp_path: Path) -> None:
    path = tmp_path / "kinds.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    for row in [["text", 12.5, True, "=1/0", "=B1*2", "00123", None, "£5 & <b>"], [False, -1e-7, 2**53]]:
        page.append(row)
    page["A4"].number_format = "0.00%"
    page["A4"], page["A4"].font, page["A4"].protection = 0.5, Font(color="FF0000FF"), Protection(locked=False)
    book.save(path)
    sheet = open_workbook(path).sheets[0]
    kinds = {address(*place): (cell.value, cell.kind, cell.formula) for place, cell in sheet.cells.items()}
    assert kinds == {
        "A1": ("text", "text", ""),
        "B1": (12.5, "number", ""),
        "C1": (True, "logical", ""),
        "D1": (None, "blank", "1/0"),
        "E1": (None, "blank", "B1*2"),
        "F1": ("00123", "text", ""),
        "H1": ("£5 & <b>", "text", ""),
        "A2": (False, "logical", ""),
        "B2": (-1e-7, "number", ""),
        "C2": (float(2**53), "number", ""),
        "A4": (0.5, "number", ""),
    }
    style = sheet.cells[4, 1].style
    assert (style.number_format, style.font_colour, style.locked) == ("0.00%", "FF0000FF", False)


def test_stored_results_errors_and_rich_text(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("A sheet's name")
        page.write_formula("A1", "=1+1", None, 2)
        page.write_formula("A2", "=1/0", None, "#DIV/0!")
        page.write_formula("A3", '="a"&"b"', None, "ab")
        page.write_rich_string("A4", "plain ", book.add_format({"bold": True}), "bold")

    sheet = written(tmp_path, fill).sheet("a SHEET's name")
    assert sheet is not None
    assert [sheet.cells[row, 1][:3] for row in (1, 2, 3, 4)] == [
        ("1+1", 2, "number"),
        ("1/0", "#DIV/0!", "error"),
        ('"a"&"b"', "ab", "text"),
        ("", "plain bold", "text"),
    ]


def test_hidden_grouped_and_merged(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("Shown")
        page.set_row(2, None, None, {"hidden": True})
        page.set_row(4, 0)
        page.set_row(6, None, None, {"level": 1, "hidden": True})
        page.set_column("C:D", None, None, {"hidden": True})
        page.set_column("F:F", 0)
        page.set_column("H:H", None, None, {"level": 1})
        page.merge_range("A20:B20", "merged")
        page.autofilter("A10:B12")
        page.protect()
        book.add_worksheet("Hidden").hide()
        book.add_worksheet("Very").very_hidden()

    book = written(tmp_path, fill)
    assert [sheet.state for sheet in book.sheets] == ["visible", "hidden", "veryHidden"]
    sheet = book.sheets[0]
    assert sheet.hidden_rows == {3, 5, 7} and sheet.grouped_rows == {7}
    assert sheet.hidden_columns == {3, 4, 6} and sheet.grouped_columns == {8}
    assert (sheet.merged, sheet.filtered, sheet.protected) == (("A20:B20",), "A10:B12", True)
    assert sheet.dimensions == (20, 1) and book.sheets[1].dimensions == (0, 0)


def test_shared_array_and_table_formulas(tmp_path: Path) -> None:
    path = tmp_path / "formulas.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    for row in range(1, 5):
        page.cell(row, 1, row)
    page["C1"] = ArrayFormula("C1:C4", "=A1:A4*2")
    page["C3"] = 6
    page.append(["Grade", "FTE"])
    page.append(["G7", 2])
    page.add_table(NewTable(displayName="Posts", ref="A5:B6"))
    page["B1"] = "=SHARED"
    page["B2"] = "=OTHER"
    book.save(path)
    path = changed(path, "xl/worksheets/sheet1.xml", "<f>SHARED</f>", '<f t="shared" ref="B1:B2" si="0">$A1+A$1*2</f>')
    path = changed(path, "xl/worksheets/sheet1.xml", "<f>OTHER</f>", '<f t="shared" si="0"/>')
    sheet = open_workbook(path).sheets[0]
    assert [sheet.cells[row, 2].formula for row in (1, 2)] == ["$A1+A$1*2", "$A2+A$1*2"]
    assert sheet.cells[1, 3].formula == "A1:A4*2" and sheet.cells[1, 3].covered_by == "C1:C4"
    assert sheet.cells[3, 3].value == 6 and sheet.cells[3, 3].is_calculated
    (table,) = sheet.tables
    assert (table.name, table.reference, table.columns, table.header_rows) == ("Posts", "A5:B6", ("Grade", "FTE"), 1)


def test_names_charts_validation_and_settings(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("In puts")
        book.define_name("rate", "='In puts'!$A$1")
        book.define_name("'In puts'!local", "=0.5")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "='In puts'!$A$1:$A$9"})
        page.insert_chart("D1", chart)
        page.data_validation("B1", {"validate": "list", "source": "=$C$1:$C$3"})
        page.conditional_format("B2", {"type": "formula", "criteria": "=$A$5>1", "format": book.add_format()})
        book.set_calc_mode("manual")

    book = written(tmp_path, fill)
    assert [(name.name, name.refers_to, name.sheet) for name in book.defined_names] == [
        ("local", "0.5", "In puts"),
        ("rate", "'In puts'!$A$1", ""),
    ]
    assert book.chart_references == ("'In puts'!$A$1:$A$9",)
    assert set(book.sheets[0].other_formulas) == {"$C$1:$C$3", "$A$5>1"}
    assert book.calculates_by_hand and not book.iterates and not book.macros


FORMULAS = (
    "SUM(A1:B$2)*$C3-'Tax ''24'!D4",
    "LOG10(A1)+LOG(B2,10)",
    'IF(A1="A1","B2 ""C3""",D$5)',
    "SUM(A:A)+SUM($1:2)+SUM(B:$C)",
    "Posts[FTE]*Posts[[#This Row],[A1]]+[@B2]",
    "_xlfn.XLOOKUP(A1,B1:B9,C1:C9)+A1.rate+Q1_total",
    "[1]Sheet1!A1+Sheet2!$B2+Année!A1",
    "#REF!+1.5E+10*A1%^2",
    "{1,2;3,4}*-A1 B2:B3,C4",
    "INDEX(B:B,3)&TRUE",
)


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_moves_as_openpyxl_moves_it(formula: str) -> None:
    assert "".join(piece.text for piece in pieces(formula)) == formula
    moving = Moving(formula, *position("F6"))
    for target in ("F6", "H9", "G6", "F7", "AA60"):
        expected = Translator(f"={formula}", "F6").translate_formula(target)
        assert f"={moving.at(*position(target))}" == expected


def test_a_formula_moves_where_openpyxl_is_mistaken() -> None:
    """Its translator loses the sheet of a broken reference, and leaves a cell before `:INDEX(` where it was."""
    assert Moving("Sheet1!#REF!+A1", 6, 6).at(7, 7) == "Sheet1!#REF!+B2"
    assert Moving("SUM(A1:INDEX(B:B,3))", 6, 6).at(9, 8) == "SUM(C4:INDEX(D:D,3))"


def test_a_formula_moved_off_the_sheet_breaks() -> None:
    assert Moving("A1+$A1", 2, 2).at(1, 1) == "#REF!+#REF!"


def test_hostile_and_odd_files(tmp_path: Path) -> None:
    path = plain(tmp_path)
    whole = path.read_bytes()
    other = tmp_path / "other.xlsx"
    for content, what in [
        (b"", "empty"),
        (b"a,b\n1,2\n", ".csv"),
        (b"<html></html>", "text"),
        (b"%PDF-1.7\0\0", "not a workbook"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "old kind"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "password"),
        (whole[: len(whole) // 2], "damaged"),
        (b"PK\3\4" + whole[4:400], "damaged"),
    ]:
        other.write_bytes(content)
        assert what in problem(other), what
    assert "not a file" in problem(tmp_path)
    assert "no such file" in problem(tmp_path / "missing.xlsx")
    assert "no such file" in problem(Path("nul\0.xlsx"))
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.xlsx")
        assert "not a file" in problem(tmp_path / "pipe.xlsx")


def test_limits_hold(tmp_path: Path) -> None:
    path = plain(tmp_path)
    for limits, what in [
        (Limits(file_bytes=100), "larger than"),
        (Limits(members=3), "parts"),
        (Limits(unpacked_bytes=1000), "Unpacked"),
        (Limits(small_part_bytes=10, ratio=1), "times its size"),
        (Limits(sheets=0), "sheets"),
        (Limits(cells=2), "cells"),
        (Limits(formula_characters=2), "formulas"),
        (Limits(depth=2), "nested"),
    ]:
        assert what in problem(path, limits), what


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(plain(tmp_path)) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        for name in source.namelist():
            bomb.writestr(name, source.read(name))
        bomb.writestr("xl/media/bomb.xml", bytes(20_000_000))
    assert "250 times" in problem(path)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("<worksheet", '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet', "entities"),
        ("<worksheet", '<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet', "entities"),
        ("</worksheet>", "", "not sound XML"),
        ("<v>12.5</v>", "<v>twelve</v>", "not sound XML"),
        ('r="B1"', 'r="XFE1"', "no cell XFE1"),
        ('r="B1"', 'r="B1048577"', "no cell"),
        ("<f>B1*2</f>", '<f t="shared" si="7"/>', "not there"),
        ("<v>12.5</v>", "<v>1</v></c><c r='E1' t='s'><v>999</v>", "no shared text"),
        ("<worksheet", "<worksheet " + 'a="' + "x" * 4_500_000 + '"', "without end"),
        ("<v>12.5</v>", "<a>" * 300 + "</a>" * 300 + "<v>1</v>", "nested"),
    ],
    ids=lambda text: text[:20],
)
def test_damaged_sheets(tmp_path: Path, old: str, new: str, what: str) -> None:
    assert what in problem(changed(plain(tmp_path), "xl/worksheets/sheet1.xml", old, new))


def test_numbers_beyond_reckoning_are_damage(tmp_path: Path) -> None:
    for number in ("1e999", "nan", "inf"):
        path = changed(plain(tmp_path), "xl/worksheets/sheet1.xml", "<v>12.5</v>", f"<v>{number}</v>")
        assert "not sound XML" in problem(path)


def test_parts_that_are_missing_or_lead_outside(tmp_path: Path) -> None:
    for target in ("../../../../etc/passwd", "/etc/passwd", "worksheets/none.xml"):
        path = changed(plain(tmp_path), "xl/_rels/workbook.xml.rels", "/xl/worksheets/sheet1.xml", target)
        assert "is not there" in problem(path)


def test_other_office_files(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    for name, content, what in [("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "another program")]:
        with zipfile.ZipFile(path, "w") as file:
            file.writestr(name, content)
        assert what in problem(path)
    assert ".xlsb" in problem(changed(plain(tmp_path), "_rels/.rels", "xl/workbook.xml", "xl/workbook.bin"))
    assert "another Office" in problem(changed(plain(tmp_path), "_rels/.rels", "xl/workbook.xml", "word/document.xml"))


def test_macros_links_and_objects_are_noted(tmp_path: Path) -> None:
    source = plain(tmp_path)
    path = tmp_path / "noted.xlsm"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            if name == "xl/workbook.xml":
                content = content.replace(
                    "</sheets>",
                    "</sheets><externalReferences><externalReference r:id='rId99' xmlns:r='http://schemas."
                    "openxmlformats.org/officeDocument/2006/relationships'/></externalReferences>",
                )
            if name == "xl/_rels/workbook.xml.rels":
                content = content.replace(
                    "</Relationships>",
                    '<Relationship Id="rId99" Type="http://x/externalLink" Target="externalLinks/e.xml"/></Relationships>',
                )
            new.writestr(name, content)
        new.writestr("xl/externalLinks/e.xml", "<externalLink/>")
        new.writestr(
            "xl/externalLinks/_rels/e.xml.rels",
            '<Relationships><Relationship Id="r" Type="http://x/externalLinkPath" TargetMode="External" '
            'Target="file:///S:/Finance/Budget.xlsx"/></Relationships>',
        )
        new.writestr("xl/vbaProject.bin", b"")
        new.writestr("xl/connections.xml", "<connections/>")
        new.writestr("xl/embeddings/oleObject1.bin", b"")
    book = open_workbook(path)
    assert book.macros
    assert [(link.number, link.target) for link in book.external_links] == [(1, "file:///S:/Finance/Budget.xlsx")]
    assert [note.split(",")[0] for note in book.notes] == ["data connections", "embedded objects"]
