"""What a reader is kept from seeing, or shown instead: in the file, with every formula and value left as it was."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from statistics import mode

import openpyxl
import pytest
from expected_once import expected_of
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.styles.colors import Color
from tampering import Held, Original

from finmodel.audit.workbooks.certificate import AuditVerdict, Certificate
from finmodel.audit.workbooks.expected import Expected
from finmodel.audit.workbooks.model_audit import audit_against, audit_workbook
from finmodel.audit.workbooks.opening import open_workbook

CASE = Path(__file__).parents[3] / "inputs" / "darlington-2010"
SHEET = "Years"
FIRST_LINE = 8  # the row in which the lines of a sheet begin


def expected() -> Expected:
    return expected_of(CASE.name)


@cache
def original() -> Original:
    return Original(expected().workbook.content)


@cache
def formula() -> Held:
    return next(held for held in original().formulas if held.sheet == SHEET and held.row >= FIRST_LINE)


def audited(content: bytes, folder: Path) -> Certificate:
    path = folder / "workbook.xlsx"
    path.write_bytes(content)
    return audit_against(open_workbook(path), expected(), None, "the case")


def told(certificate: Certificate) -> list[tuple[str, str, str]]:
    return [(f.kind.name, f.sheet, f.cells) for f in (*certificate.findings, *certificate.changed_inputs)]


def edited(change: Callable[[str], str]) -> bytes:
    """The workbook with the XML of the sheet changed."""
    xml = change(original().xml[SHEET])
    assert xml != original().xml[SHEET]
    return original().file({original().part_of[SHEET]: xml})


def after_the_cells(markup: str) -> Callable[[str], str]:
    """Markup in the place of merged cells and conditional formats, behind the protection."""
    return lambda xml: re.sub(r"(</sheetData>(?:<sheetProtection[^>]*/>)?)", rf"\1{markup}", xml, count=1)


def test_a_number_that_becomes_a_truth_is_told(tmp_path: Path) -> None:
    """TRUE is 1 in Python, but Excel leaves it out of sums."""
    place, held = next(
        (held.cell, held) for held in original().cells if held.sheet == "Inputs" and held.inside == "<v>1</v>"
    )
    xml = original().xml["Inputs"]
    changed = f'{xml[: held.start]}<c r="{place}"{held.attributes} t="b"><v>1</v></c>{xml[held.end :]}'
    certificate = audited(original().file({original().part_of["Inputs"]: changed}), tmp_path)
    assert told(certificate) == [("INPUT_SPOILT", "Inputs", place)]


def test_a_formula_made_an_array_formula_of_the_same_text_is_told(tmp_path: Path) -> None:
    held = formula()
    inside = held.inside.replace("<f>", f'<f t="array" ref="{held.cell}">')
    certificate = audited(edited(lambda xml: xml.replace(held.inside, inside, 1)), tmp_path)
    assert told(certificate) == [("FORMULA_CHANGED", SHEET, held.cell)]


def test_a_cell_that_is_there_twice_is_told(tmp_path: Path) -> None:
    held = formula()
    again = f'<c r="{held.cell}"><v>99</v></c>'
    certificate = audited(edited(lambda xml: xml[: held.start] + again + xml[held.start :]), tmp_path)
    assert ("MARKUP", SHEET, held.cell) in told(certificate)


def test_figures_under_a_merged_cell_are_told(tmp_path: Path) -> None:
    row = formula().row
    cells = f"D{row}:F{row + 3}"
    merged = f'<mergeCells count="1"><mergeCell ref="{cells}"/></mergeCells>'
    assert told(audited(edited(after_the_cells(merged)), tmp_path)) == [("VALUE_HIDDEN", SHEET, cells)]
    beside = '<mergeCells count="1"><mergeCell ref="XA1:XB2"/></mergeCells>'
    assert told(audited(edited(after_the_cells(beside)), tmp_path)) == []


def test_a_conditional_format_is_told(tmp_path: Path) -> None:
    markup = '<conditionalFormatting sqref="F9 G9"><cfRule type="expression" priority="1"><formula>TRUE</formula>'
    content = edited(after_the_cells(markup + "</cfRule></conditionalFormatting>"))
    assert told(audited(content, tmp_path)) == [("DISPLAY_CHANGED", SHEET, "F9")]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("NOT(_xlfn.ISFORMULA(F8))", "TRUE"),  # amber on every figure
        ('<conditionalFormatting sqref="A2">', '<conditionalFormatting sqref="A1:Z99">'),
        ('type="expression" dxfId="0"', 'type="expression" dxfId="1"'),
    ],
)
def test_a_changed_conditional_format_of_the_model_is_told(tmp_path: Path, was: str, now: str) -> None:
    certificate = audited(edited(lambda xml: xml.replace(was, now, 1)), tmp_path)
    assert [(kind, sheet) for kind, sheet, _ in told(certificate)] == [("DISPLAY_CHANGED", SHEET)]


def test_a_conditional_format_whose_look_hides_figures_is_told(tmp_path: Path) -> None:
    styles = original().parts["xl/styles.xml"].decode()
    hiding = styles.replace('<bgColor rgb="FFFFC000"/>', '<bgColor rgb="FF000000"/>', 1)  # black on black
    assert hiding != styles
    found = told(audited(original().file({"xl/styles.xml": hiding}), tmp_path))
    assert {kind for kind, _, _ in found} == {"DISPLAY_CHANGED"}
    assert {sheet for _, sheet, _ in found} >= {"Years", "Months", "Measures", "Checks"}


def test_a_conditional_format_that_is_taken_off_is_noted(tmp_path: Path) -> None:
    content = edited(lambda xml: re.sub("<conditionalFormatting.*</conditionalFormatting>", "", xml))
    certificate = audited(content, tmp_path)
    assert told(certificate) == []
    assert any("conditional formats taken off (2)" in note for note in certificate.notes)


def test_a_row_or_column_of_a_hair_is_hidden(tmp_path: Path) -> None:
    row = formula().row
    low = edited(lambda xml: re.sub(rf'<row r="{row}"[^>]*>', f'<row r="{row}" ht="0.25" customHeight="1">', xml))
    assert told(audited(low, tmp_path)) == [("ROWS_HIDDEN", SHEET, f"{row}:{row}")]
    narrow = edited(lambda xml: re.sub(r'(<col min="1" max="1" width=")[^"]*', r"\g<1>0.05", xml))
    assert told(audited(narrow, tmp_path)) == [("COLUMNS_HIDDEN", SHEET, "A:A")]


def test_a_name_of_one_sheet_does_not_hide_behind_the_one_of_the_workbook(tmp_path: Path) -> None:
    listing = original().parts["xl/workbook.xml"].decode()
    own = '<definedName name="checks.all" localSheetId="2">Inputs!$A$1</definedName>'
    content = original().file({"xl/workbook.xml": listing.replace("<definedNames>", f"<definedNames>{own}")})
    assert told(audited(content, tmp_path)) == [("NAME_ADDED", "", "checks.all")]


def saved(change: Callable[[openpyxl.Workbook], object]) -> bytes:
    book = openpyxl.load_workbook(BytesIO(expected().workbook.content))
    change(book)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


FORMATS = {
    '"9"#,##0': "DISPLAY_CHANGED",  # 5 reads 95
    "\\9#,##0": "DISPLAY_CHANGED",
    "#,##0,": "DISPLAY_CHANGED",  # 5,000 reads 5
    "0%": "DISPLAY_CHANGED",  # 5 reads 500%
    "0;0": "DISPLAY_CHANGED",  # -5 reads 5
    "-0": "DISPLAY_CHANGED",  # 5 reads -5
    '"("0")"': "DISPLAY_CHANGED",
    ";;;": "VALUE_HIDDEN",
    "0;;0": "VALUE_HIDDEN",  # -5 reads nothing
    # 5 reads −5, or more
    **{f'"{sign}"#,##0': "DISPLAY_CHANGED" for sign in "\u207b\u02d7\ufe63\u2500\u2796<>≈√×"},
    **{f'#,##0"{sign}"': "DISPLAY_CHANGED" for sign in "\u2030\uff05\u066a"},  # 5 reads 5‰, or 5%
    **{f'#,##0" {word}"': "DISPLAY_CHANGED" for word in ("lakh", "thous.", "mill", "ths", "a week", "each", "USD")},
    '"l "#,##0': "DISPLAY_CHANGED",  # 5 reads 15
    "#,##0.0": "",
    '"£"#,##0;[Red]-"£"#,##0': "",
    "#,##0;(#,##0)": "",
    '_-"£"* #,##0_-;-"£"* #,##0_-;_-"£"* "-"??_-;_-@_-': "",  # Excel's own for accounts
}


def test_a_format_that_shows_another_figure_is_told_and_one_of_taste_is_not(tmp_path: Path) -> None:
    """Each format on a cell of its own."""
    of_lines = [held for held in original().formulas if held.sheet == SHEET and held.row >= FIRST_LINE]
    pounds = mode(held.attributes for held in of_lines)
    where = dict(zip(FORMATS, (held for held in of_lines if held.attributes == pounds), strict=False))
    assert len(where) == len(FORMATS)

    def change(book: openpyxl.Workbook) -> None:
        for pattern, held in where.items():
            book[held.sheet][held.cell].number_format = pattern

    as_told = {(kind, where[pattern].sheet, where[pattern].cell) for pattern, kind in FORMATS.items() if kind}
    assert set(told(audited(saved(change), tmp_path))) == as_told


def test_white_letters_of_any_kind_hide_a_value(tmp_path: Path) -> None:
    """Each kind on a sheet of its own, for those of one sheet are told together."""
    colours = [Color(indexed=9), "FFFFFFFF", "FFFEFEFE", Color(theme=0)]
    first = {held.sheet: held.cell for held in reversed(original().formulas) if held.row >= FIRST_LINE}
    where = [(sheet, first[sheet]) for sheet in (SHEET, "Months", "Measures", "Checks")]

    def change(book: openpyxl.Workbook) -> None:
        for colour, (sheet, cell) in zip(colours, where, strict=True):
            book[sheet][cell].font = Font(color=colour)

    assert set(told(audited(saved(change), tmp_path))) == {("VALUE_HIDDEN", *each) for each in where}


def test_a_comment_is_noted_and_no_tampering(tmp_path: Path) -> None:
    content = saved(lambda book: setattr(book[SHEET]["A9"], "comment", Comment("Agreed on Monday.", "reader")))
    certificate = audited(content, tmp_path)
    assert certificate.verdict is AuditVerdict.AS_WRITTEN
    assert certificate.notes[0].startswith("Comments were written on cells.")


def test_a_sheet_that_is_only_a_chart_is_told(tmp_path: Path) -> None:
    certificate = audited(saved(lambda book: book.create_chartsheet("Results")), tmp_path)
    assert ("SHEET_INSERTED", "Results", "") in told(certificate)


def test_a_chart_of_other_cells_is_told(tmp_path: Path) -> None:
    def draw(book: openpyxl.Workbook) -> None:
        chart = BarChart()
        chart.add_data(Reference(book["Inputs"], min_col=5, min_row=9, max_row=12))
        book["Summary"].add_chart(chart, "A1")

    certificate = audited(saved(draw), tmp_path)
    assert [(f.kind.name, f.found) for f in certificate.findings] == [("CHART_CHANGED", "'Inputs'!$E$9:$E$12")]


def test_without_a_case_the_chart_of_the_model_is_no_finding(tmp_path: Path) -> None:
    (tmp_path / "workbook.xlsx").write_bytes(saved(lambda book: book.remove(book["Case"])))
    kinds = {kind for kind, _, _ in told(audit_workbook(tmp_path / "workbook.xlsx"))}
    assert kinds == {"SHEET_DELETED"}


def test_a_text_box_over_the_cells_is_told(tmp_path: Path) -> None:
    part = "xl/drawings/drawing1.xml"
    drawing = original().parts[part].decode()
    shape = "<xdr:absoluteAnchor><xdr:sp/><xdr:clientData/></xdr:absoluteAnchor></xdr:wsDr>"
    content = original().file({part: drawing.replace("</xdr:wsDr>", shape)})
    assert [kind for kind, _, _ in told(audited(content, tmp_path))] == ["FOREIGN_PART"]
