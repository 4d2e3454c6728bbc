"""What a reader is shown: every disguise of a small report is found where it is, and no report left alone has any."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path
from statistics import mode

import openpyxl
import pytest
from any_size import random_case
from disguises import (
    ALIGNMENTS,
    DISGUISES,
    FONTS,
    FORMATS,
    LETTERS,
    Disguised,
    all_dressed,
    disguised,
    dressed,
)
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from recalculation import saved_by_libreoffice
from tampering import Held, Original

from finmodel.audit.workbooks.carried import carried_case
from finmodel.audit.workbooks.certificate import AuditVerdict, Certificate, as_json
from finmodel.audit.workbooks.expected import Expected, expected_workbook
from finmodel.audit.workbooks.findings import Finding
from finmodel.audit.workbooks.hidden_values import Taste
from finmodel.audit.workbooks.model_audit import audit_in_full
from finmodel.audit.workbooks.names_links_settings import names_links_settings
from finmodel.audit.workbooks.oddities import oddities
from finmodel.audit.workbooks.opening import open_workbook
from finmodel.audit.workbooks.page import render_page
from finmodel.audit.workbooks.reporting import as_text
from finmodel.audit.workbooks.structure import lay_side_by_side


@cache
def expected() -> Expected:
    return expected_workbook(random_case(3, 300_000))


@cache
def original() -> Original:
    return Original(expected().workbook.content)


def audited(content: bytes, folder: Path) -> Certificate:
    path = folder / "workbook.xlsx"
    path.write_bytes(content)
    found = open_workbook(path)
    return audit_in_full(found, expected(), carried_case(found), "the case")


def seen(content: bytes, folder: Path) -> list[Finding]:
    """What is found of all that is shown, without recalculating, which is many times faster."""
    path = folder / "workbook.xlsx"
    path.write_bytes(content)
    found, model = open_workbook(path), expected()
    structure = lay_side_by_side(model.workbook, found, model.addresses)
    return [*oddities(found), *names_links_settings(structure, model.workbook, found, Taste())]


def names(finding: Finding, one: Disguised) -> bool:
    """Whether a finding names the place of a disguise."""
    if one.sheet and finding.sheet != one.sheet:
        return False
    return not one.cell or finding.cells == one.cell or f" {one.cell}" in finding.what


def money() -> Held:
    """A formula cell that shows pounds and pence."""
    return next(held for held in original().formulas if held.sheet == "Years" and re.search(r"<v>\d{4}", held.inside))


@cache
def of_money() -> list[Held]:
    """Formula cells that show pounds and pence, all of the same format."""
    found = [held for held in original().formulas if held.sheet == "Years" and re.search(r"<v>\d{4}", held.inside)]
    commonest = mode(held.attributes for held in found)
    return [held for held in found if held.attributes == commonest]


@pytest.mark.parametrize("kind", range(len(DISGUISES)), ids=[made.__name__ for made in DISGUISES])
def test_every_kind_of_disguise_is_found_where_it_is(kind: int, tmp_path: Path) -> None:
    """Two of each kind; `benchmarks/tampering/disguises.py` tries many."""
    for number in (kind, kind + len(DISGUISES)):
        one = disguised(original(), number)
        assert any(names(finding, one) for finding in seen(one.content, tmp_path)), (number, one.sheet, one.cell)


def test_a_disguise_is_told_in_the_certificate_and_nothing_else_is(tmp_path: Path) -> None:
    one = dressed("", original(), money(), format="[$£9-809]#,##0.00")
    certificate = audited(one.content, tmp_path)
    assert [(f.kind.name, f.sheet, f.cells) for f in certificate.findings] == [("DISPLAY_CHANGED", one.sheet, one.cell)]
    assert certificate.verdict is AuditVerdict.TAMPERED


def each(parts: Callable[[str], dict[str, str]], said: tuple[str, ...], folder: Path) -> list[str]:
    """Those of the formats that are not found at the one cell that has each."""
    where = dict(zip(said, of_money(), strict=False))
    assert set(where) == set(said), "the report has too few cells of money"
    found = seen(all_dressed(original(), {held: parts(text) for text, held in where.items()}), folder)
    return [text for text, held in where.items() if not any(is_at(finding, held) for finding in found)]


def is_at(finding: Finding, held: Held) -> bool:
    return finding.sheet == held.sheet and (finding.cells == held.cell or f" {held.cell}" in finding.what)


def test_every_number_format_that_shows_another_figure_is_found(tmp_path: Path) -> None:
    assert each(lambda text: {"format": text}, FORMATS, tmp_path) == []


def test_letters_that_nobody_can_read_are_found(tmp_path: Path) -> None:
    assert each(lambda text: {"font": f"<font>{text}<sz val='11'/></font>"}, FONTS, tmp_path) == []
    assert each(lambda text: {"font": f"<font>{text}</font>"}, LETTERS, tmp_path) == []
    assert each(lambda text: {"alignment": text}, ALIGNMENTS, tmp_path) == []


OF_TASTE = (
    '#,##0.00 "(NPV)"', "#,##0", "#,##0.0", '"£"#,##0;[Red]-"£"#,##0', "#,##0.00_);[Red](#,##0.00)", "[Blue]#,##0.00",
    '_-"£"* #,##0.00_-;-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-', "[$£-809]#,##0.00;[Red]-[$£-809]#,##0.00", "£#,##0",
    "#,##0.00;-#,##0.00;0.00;@", "General", "#,##0.00 [$£-809]",
)  # fmt: skip


def test_number_formats_of_taste_are_no_tampering(tmp_path: Path) -> None:
    dressed_so = {held: {"format": text} for text, held in zip(OF_TASTE, of_money(), strict=False)}
    assert len(dressed_so) == len(OF_TASTE)
    assert seen(all_dressed(original(), dressed_so), tmp_path) == []


def saved(change: Callable[[openpyxl.Workbook], object]) -> bytes:
    book = openpyxl.load_workbook(BytesIO(original().file({})))
    change(book)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def test_white_letters_on_a_dark_fill_and_other_matters_of_taste_are_no_tampering(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book["Years"]
        for cell in sheet[7]:  # the headings, as councils have them
            cell.font, cell.fill = Font(color="FFFFFFFF", bold=True), PatternFill("solid", fgColor="FF1F497D")
        sheet["A9"].font = Font(bold=True, italic=True, underline="single", name="Arial", size=14)
        place = money().cell  # one that shows a figure
        sheet[place].fill = PatternFill("solid", fgColor="FFFFFF00")
        sheet[place].alignment = Alignment(horizontal="center", vertical="center", indent=2)
        sheet[place].border = Border(left=Side("thick"))
        sheet.column_dimensions["A"].width = 60
        sheet.row_dimensions[9].height = 60
        sheet.sheet_view.zoomScale = 85
        sheet.freeze_panes = "B8"

    certificate = audited(saved(change), tmp_path)
    assert certificate.findings == ()
    for name in ("fills", "alignment", "zoom", "widths of columns", "frozen panes", "fonts"):
        assert name in certificate.notes[-1]


def test_messages_and_what_the_file_says_of_itself_are_named_as_not_judged(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        rule = DataValidation(type="whole", prompt="Read 5 as 50", promptTitle="Note", sqref="F9")
        book["Years"].add_data_validation(rule)
        book.properties.subject = "Approved"

    certificate = audited(saved(change), tmp_path)
    assert certificate.findings == ()
    assert any("Years!F9" in note and "were not judged" in note for note in certificate.notes)
    assert any("subject: Approved" in note for note in certificate.notes)


def test_a_report_left_alone_or_saved_again_shows_what_the_model_shows(tmp_path: Path) -> None:
    content = original().file({})
    by_libreoffice = saved_by_libreoffice(content, tmp_path)
    for again in (content, saved(lambda _: None), by_libreoffice, as_excel_saves(original())):
        assert audited(again, tmp_path).findings == ()
    book = BytesIO()
    openpyxl.load_workbook(BytesIO(by_libreoffice)).save(book)
    assert audited(book.getvalue(), tmp_path).findings == ()


_LETTERS = "<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr>{}</a:defRPr></a:pPr></a:p></c:txPr>"
_WHITE = '<a:srgbClr val="FFFFFF"/>'
_BY_EDGE = '<c:xMode val="edge"/><c:yMode val="edge"/>'
CHARTS = {
    "values stated twice": ("<c:val>", "<c:val/><c:val>"),
    "two titles": ("</c:title><c:plotArea>", "</c:title><c:title/><c:plotArea>"),
    "two charts in one": ("<c:printSettings>", "<c:chart/><c:printSettings>"),
    "elements of nobody's": ("<c:ser>", '<x:ser xmlns:x="urn:nobody"/><c:ser>'),
    "a chart of nobody's": ("http://schemas.openxmlformats.org/drawingml/2006/chart", "urn:nobody"),
    "another chart for newer programs": (
        "<c:chart>",
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
        'Requires="c"><c:chart/></mc:Choice></mc:AlternateContent><c:chart>',
    ),
    "white letters throughout": (
        "<c:printSettings>",
        _LETTERS.format(f"<a:solidFill>{_WHITE}</a:solidFill>") + "<c:printSettings>",
    ),
    "letters of no colour": ('<a:defRPr sz="1100" baseline="0"/>', '<a:defRPr sz="1100" baseline="0"><a:noFill/></a:defRPr>'),
    "black behind black letters": (
        "<c:printSettings>",
        '<c:spPr><a:solidFill><a:srgbClr val="000000"/></a:solidFill></c:spPr><c:printSettings>',
    ),
    "a line from white to white": (
        '<a:ln w="44450">',
        f'<a:ln w="44450"><a:gradFill><a:gsLst><a:gs pos="0">{_WHITE}</a:gs><a:gs pos="100000">{_WHITE}</a:gs></a:gsLst>'
        "</a:gradFill>",
    ),
    "lines in a corner": (
        "<c:plotArea><c:layout/>",
        f'<c:plotArea><c:layout><c:manualLayout>{_BY_EDGE}<c:x val="0.9"/><c:y val="0.9"/><c:w val="0.01"/>'
        '<c:h val="0.01"/></c:manualLayout></c:layout>',
    ),
    "a title out of sight": (
        "<c:layout/></c:title>",
        f'<c:layout><c:manualLayout>{_BY_EDGE}<c:x val="5"/><c:y val="5"/></c:manualLayout></c:layout></c:title>',
    ),
    "years left out": ('<c:lblOffset val="100"/>', '<c:lblOffset val="100"/><c:tickLblSkip val="99"/>'),
}  # fmt: skip


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_that_some_programs_or_no_reader_can_read_is_found(name: str, tmp_path: Path) -> None:
    old, new = CHARTS[name]
    part = "xl/charts/chart1.xml"
    text = original().parts[part].decode()
    assert old in text
    found = seen(original().file({part: text.replace(old, new, 1)}), tmp_path)
    assert found, name
    assert {(one.kind.name, one.sheet) for one in found} == {("CHART_CHANGED", "Summary")}


@pytest.mark.parametrize(
    ("part", "old"),
    [
        ("xl/worksheets/_rels/sheet1.xml.rels", "<Relationship "),
        ("[Content_Types].xml", '<Override PartName="/xl/charts/chart1.xml" '),
    ],
)
def test_relations_and_types_that_are_nobody_elses_are_not_read(part: str, old: str, tmp_path: Path) -> None:
    text = original().parts[part].decode()
    assert old in text
    new = old.replace("<", "<x:").replace(" ", ' xmlns:x="urn:nobody" ', 1)
    found = seen(original().file({part: text.replace(old, new, 1)}), tmp_path)
    assert any(one.kind.name == "MARKUP" and part in one.what for one in found)


def test_figures_that_no_longer_fit_their_column_are_found_and_those_that_do_are_not(tmp_path: Path) -> None:
    """Columns of 13.7 characters. A figure of £300,000 takes eight digits, a point and a comma; 5.2 are over a third."""
    sheet = "Years"
    part = next(name for name, text in original().parts.items() if text.decode() == original().xml[sheet])
    text = original().xml[sheet]
    width = re.search(r'<col min="6" max="\d+" width="([^"]+)"', text)
    assert width is not None
    narrow, enough = (
        seen(original().file({part: text.replace(width[0], width[0].replace(width[1], to))}), tmp_path)
        for to in ("5.2", "12.2")
    )
    assert {(one.kind.name, one.sheet) for one in narrow} == {("VALUE_HIDDEN", sheet)}
    assert enough == []


def as_excel_saves(book: Original) -> bytes:
    """With what Excel 2016 adds to looks and charts on saving: another theme, grey letters in charts, styles of theirs."""
    theme = book.parts["xl/theme/theme1.xml"].decode()
    for old, new in (("Cambria", "Calibri Light"), ("1F497D", "44546A"), ("EEECE1", "E7E6E6"), ("4F81BD", "5B9BD5")):
        theme = theme.replace(old, new)
    chart = book.parts["xl/charts/chart1.xml"].decode()
    grey = (
        '<a:solidFill><a:schemeClr val="tx1"><a:lumMod val="65000"/><a:lumOff val="35000"/></a:schemeClr></a:solidFill>'
        '<a:latin typeface="+mn-lt"/>'
    )
    style = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
        'Requires="c14" xmlns:c14="http://schemas.microsoft.com/office/drawing/2007/8/2/chart"><c14:style val="102"/>'
        '</mc:Choice><mc:Fallback><c:style val="2"/></mc:Fallback></mc:AlternateContent>'
    )
    unique = (
        '<c:smooth val="0"/><c:extLst><c:ext uri="{C3380CC4-5D6E-409C-BE32-E72D297353CC}" '
        'xmlns:c16="http://schemas.microsoft.com/office/drawing/2014/chart"><c16:uniqueId val="{00000000-1}"/></c:ext>'
        "</c:extLst></c:ser>"
    )
    chart = chart.replace('<c:lang val="en-US"/>', f'<c:roundedCorners val="0"/>{style}<c:lang val="en-US"/>')
    plain = '<a:defRPr sz="1100" baseline="0"/>'
    assert plain in chart
    chart = chart.replace("</c:ser>", unique).replace(plain, f"{plain[:-2]}>{grey}</a:defRPr>")
    chart = chart.replace('<a:ln w="44450">', '<a:ln w="44450" cap="rnd">')
    chart = chart.replace("<c:layout/></c:title>", '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>', 1)
    return book.file({"xl/theme/theme1.xml": theme, "xl/charts/chart1.xml": chart})


def test_the_certificate_says_by_name_what_was_not_looked_at(tmp_path: Path) -> None:
    certificate = audited(original().file({}), tmp_path)
    text, page = " ".join(as_text(certificate).split()), unescape(render_page(certificate))
    not_looked_at = json.loads(as_json(certificate))["not_looked_at"]
    assert len(not_looked_at) > 3
    for name in not_looked_at:
        assert name in text
        assert name in page


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("<a:dk1>", '<a:dk1><a:srgbClr val="FFFFFF"/></a:dk1><a:dk1>'),
        ("</a:dk1>", '<a:srgbClr val="FFFFFF"/></a:dk1>'),
        (
            "</a:clrScheme>",
            '</a:clrScheme><a:clrScheme name="x"><a:dk1><a:srgbClr val="FFFFFF"/></a:dk1></a:clrScheme>',
        ),
    ],
    ids=["a part twice", "two colours in one", "two schemes"],
)
def test_a_theme_that_programs_may_show_differently_is_found(was: str, now: str, tmp_path: Path) -> None:
    """The first or the last may count: black letters here are white there."""
    theme = original().parts["xl/theme/theme1.xml"].decode()
    assert was in theme
    certificate = audited(original().file({"xl/theme/theme1.xml": theme.replace(was, now, 1)}), tmp_path)
    assert certificate.verdict is AuditVerdict.TAMPERED
    assert any("theme is stated twice" in finding.what for finding in certificate.findings)
