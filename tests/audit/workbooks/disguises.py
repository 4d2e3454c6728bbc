"""Change what a reader is shown of a workbook, and no formula and no value: one thing at a time, in the XML of the file.

Nothing of finmodel is used. Each disguise says where it was put: the sheet, and the cell where it is at one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from tampering import Held, Original

_CHART = "xl/charts/chart1.xml"
_DRAWING = "xl/drawings/drawing1.xml"
_TYPES = "[Content_Types].xml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWN = (
    "<xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>6</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
    "<xdr:to><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>9</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
)
_TEXT_BOX = (
    f'<xdr:twoCellAnchor>{_DRAWN}<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="9" name="Box"/><xdr:cNvSpPr '
    'txBox="1"/></xdr:nvSpPr><xdr:spPr/><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>1,000,000</a:t></a:r></a:p></xdr:txBody>'
    "</xdr:sp><xdr:clientData/></xdr:twoCellAnchor>"
)
_WHOLE_DRAWING = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{_TEXT_BOX}</xdr:wsDr>'
)


@dataclass(frozen=True)
class Disguised:
    """A workbook that shows something else, and where: "" for what is not at one cell, or on no one sheet."""

    kind: str
    content: bytes
    sheet: str
    cell: str


Disguise = Callable[[Original, random.Random], Disguised]


def _formula(original: Original, chance: random.Random) -> Held:
    """A cell with a formula that gives a number of some size."""
    numbers = [h for h in original.formulas if 't="str"' not in h.attributes and re.search(r"<v>-?\d{3,}", h.inside)]
    return chance.choice(numbers)


def dressed(kind: str, original: Original, held: Held, **parts: str) -> Disguised:
    """One cell given a format of its own: parts are `format`, `font`, `fill`, `border` and `alignment`, as XML."""
    return Disguised(kind, all_dressed(original, {held: parts}), held.sheet, held.cell)


def all_dressed(original: Original, parts_of: Mapping[Held, Mapping[str, str]]) -> bytes:
    """A file in which each of these cells has a format of its own, its parts as `dressed` names them."""
    styles = original.parts["xl/styles.xml"].decode()
    texts = dict(original.xml)
    for number, held in enumerate(sorted(parts_of, key=lambda held: -held.start), start=900):
        parts = parts_of[held]
        old = int(re.search(r's="(\d+)"', held.attributes)[1])  # type: ignore[index]
        formats = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", styles.split("<cellXfs", 1)[1].split("</cellXfs>")[0])
        xf = formats[old]
        for name, group, identifier in (
            ("font", "fonts", "fontId"),
            ("fill", "fills", "fillId"),
            ("border", "borders", "borderId"),
        ):
            if name in parts:
                count = int(re.search(rf'<{group} count="(\d+)"', styles)[1])  # type: ignore[index]
                styles = styles.replace(f'<{group} count="{count}"', f'<{group} count="{count + 1}"')
                styles = styles.replace(f"</{group}>", f"{parts[name]}</{group}>")
                xf = re.sub(rf'{identifier}="\d+"', f'{identifier}="{count}"', xf)
        if "format" in parts:
            styles = re.sub(r'<numFmts count="(\d+)">', lambda m: f'<numFmts count="{int(m[1]) + 1}">', styles)
            code = escape(parts["format"], quote=True)
            styles = styles.replace("</numFmts>", f'<numFmt numFmtId="{number}" formatCode="{code}"/></numFmts>')
            xf = re.sub(r'numFmtId="\d+"', f'numFmtId="{number}"', xf)
        if "alignment" in parts:
            head = re.match(r"<xf [^>]*?(?=/?>)", xf)[0]  # type: ignore[index]
            xf = f"{head}><alignment {parts['alignment']}/></xf>"
        count = len(formats)
        styles = styles.replace(f'<cellXfs count="{count}"', f'<cellXfs count="{count + 1}"')
        styles = styles.replace("</cellXfs>", f"{xf}</cellXfs>")
        xml = texts[held.sheet]
        cell = xml[held.start : held.end].replace(f's="{old}"', f's="{count}"', 1)
        texts[held.sheet] = xml[: held.start] + cell + xml[held.end :]
    changed = {original.part_of[held.sheet]: texts[held.sheet] for held in parts_of}
    return original.file({"xl/styles.xml": styles, **changed})


FORMATS = (
    "[$£9-809]#,##0.00", '"9"#,##0.00', "\\9#,##0.00", "#,##0,", "#,##0.00,,", "0%", ";;;", "0;0", "-#,##0.00", "[>1]0;0.0",
    "d mmm yyyy", "# ?/?", '0"."00', "000000000", "*9#,##0", '0.00"k"', '#,##0" million"', "[White]#,##0.00", "$#,##0.00",
    '"nil";"nil";"nil"', "[$-2000401]0", '#,##0"O"', "(0)", "[Color2]0.00;[Color2]-0.00", "h:mm", '0\\0', "0.00E+00",
    "[Yellow]#,##0.00", '0"½"', '"4"General', "#,##0.00;#,##0.00", '0"%"', "_9*8#,##0", "[h]:mm:ss", "General;General",
)  # fmt: skip
FONTS = (
    '<color rgb="FFFFFFFF"/>', '<color theme="0"/>', '<color indexed="9"/>', '<color rgb="FFFEFDFE"/>',
    '<color theme="1" tint="0.95"/>', '<color theme="0" tint="-0.05"/>', '<color indexed="13"/>', '<color rgb="00DDDDDD"/>',
    '<color theme="4" tint="0.8"/>', '<color indexed="43"/>',
)  # fmt: skip
LETTERS = (
    '<sz val="1"/><name val="Calibri"/>', '<sz val="2.5"/><name val="Calibri"/>', '<sz val="11"/><name val="Wingdings"/>',
    '<sz val="11"/><name val="Webdings"/>', '<strike/><sz val="11"/><name val="Calibri"/>',
    '<vertAlign val="superscript"/><sz val="11"/><name val="Calibri"/>', '<sz val="200"/><name val="Calibri"/>',
    '<sz val="11"/><name val="Symbol"/><charset val="2"/>', '<sz val="11"/><name val="Digits of mine"/>',
    '<vertAlign val="subscript"/><sz val="11"/><name val="Calibri"/>',
)  # fmt: skip
ALIGNMENTS = (
    'horizontal="fill"', 'horizontal="centerContinuous"', 'horizontal="left" indent="40"', 'textRotation="180"',
    'textRotation="255"', 'shrinkToFit="1"', 'readingOrder="2"', 'horizontal="right" indent="15"', 'textRotation="90"',
    'horizontal="fill" indent="1"',
)  # fmt: skip
FILLS = (
    ("FF000000", "FF000000"), ("FF333333", "FF2F2F2F"), ("FFFFFF00", "FFFFFFFF"), ("FF0000FF", "FF000080"),
    ("FFD9E2EC", "FFCFD8E2"),
)  # fmt: skip


def number_format(original: Original, chance: random.Random) -> Disguised:
    return dressed("number format", original, _formula(original, chance), format=chance.choice(FORMATS))


def pale_letters(original: Original, chance: random.Random) -> Disguised:
    font = f'<font><sz val="11"/>{chance.choice(FONTS)}<name val="Calibri"/></font>'
    return dressed("pale letters", original, _formula(original, chance), font=font)


def letters_like_the_fill(original: Original, chance: random.Random) -> Disguised:
    behind, letters = chance.choice(FILLS)
    fill = f'<fill><patternFill patternType="solid"><fgColor rgb="{behind}"/></patternFill></fill>'
    font = f'<font><sz val="11"/><color rgb="{letters}"/><name val="Calibri"/></font>'
    return dressed("letters like the fill", original, _formula(original, chance), fill=fill, font=font)


def strange_letters(original: Original, chance: random.Random) -> Disguised:
    return dressed(
        "strange letters", original, _formula(original, chance), font=f"<font>{chance.choice(LETTERS)}</font>"
    )


def alignment(original: Original, chance: random.Random) -> Disguised:
    return dressed("alignment", original, _formula(original, chance), alignment=chance.choice(ALIGNMENTS))


def crossed_out(original: Original, chance: random.Random) -> Disguised:
    border = '<border diagonalUp="1"><left/><right/><top/><bottom/><diagonal style="thick"/></border>'
    return dressed("crossed out", original, _formula(original, chance), border=border)


def a_format_of_many(original: Original, chance: random.Random) -> Disguised:
    """The number format of all money changed where it is defined."""
    styles = original.parts["xl/styles.xml"].decode()
    (money,) = re.findall(r'formatCode=("#,##0\.00[^"]*")', styles)
    code = escape(chance.choice(FORMATS), quote=True)
    return _of_parts("a format of many", original, {"xl/styles.xml": styles.replace(money, f'"{code}"', 1)})


def theme(original: Original, chance: random.Random) -> Disguised:
    """Letters in the theme's colour or font, and the theme changed."""
    text = original.parts["xl/theme/theme1.xml"].decode()
    changed = chance.choice(
        [
            re.sub(r"<a:dk1>.*?</a:dk1>", '<a:dk1><a:srgbClr val="FFFFFF"/></a:dk1>', text),
            re.sub(r"<a:dk1>.*?</a:dk1>", '<a:dk1><a:srgbClr val="F2F2F2"/></a:dk1>', text),
            re.sub(r'(<a:minorFont><a:latin typeface=)"[^"]*"', r'\1"Wingdings"', text),
            re.sub(r'(<a:minorFont><a:latin typeface=)"[^"]*"', r'\1"Webdings"', text),
        ]
    )
    assert changed != text
    return _of_parts("theme", original, {"xl/theme/theme1.xml": changed})


def _of_parts(kind: str, original: Original, parts: dict[str, str], sheet: str = "", cell: str = "") -> Disguised:
    return Disguised(kind, original.file(parts), sheet, cell)


def _of_sheet(
    kind: str, original: Original, sheet: str, change: Callable[[str], str], cell: str = "", **more: str
) -> Disguised:
    before = original.xml[sheet]
    after = change(before)
    assert after != before, (kind, sheet)
    return Disguised(kind, original.file({original.part_of[sheet]: after, **more}), sheet, cell)


def low_row(original: Original, chance: random.Random) -> Disguised:
    held = _formula(original, chance)
    height = chance.choice(["1", "1.5", "2", "3", "5"])

    def change(xml: str) -> str:
        return re.sub(rf'<row r="{held.row}"([^>]*?)(?: ht="[^"]*" customHeight="1")?>',
                      rf'<row r="{held.row}"\1 ht="{height}" customHeight="1">', xml)  # fmt: skip

    return _of_sheet("low row", original, held.sheet, change, f"{held.row}:{held.row}")


def narrow_column(original: Original, chance: random.Random) -> Disguised:
    width = chance.choice(["0.3", "0.5", "1", "2"])
    sheet = chance.choice([name for name in original.lines if '<col min="1" max="1"' in original.xml[name]])
    change = re.compile(r'(<col min="1" max="1" width=)"[^"]*"')
    return _of_sheet("narrow column", original, sheet, lambda xml: change.sub(rf'\1"{width}"', xml), "A:A")


VIEWS = (
    'showFormulas="1"', 'showZeros="0"', 'rightToLeft="1"', 'zoomScale="10"', 'topLeftCell="D30"', 'showRowColHeaders="0"',
    'zoomScale="400"', 'showFormulas="true"', 'showZeros="false"', 'topLeftCell="A20"',
)  # fmt: skip


def view(original: Original, chance: random.Random) -> Disguised:
    sheet, said = chance.choice(original.lines), chance.choice(VIEWS)
    return _of_sheet("view", original, sheet, lambda xml: xml.replace("<sheetView ", f"<sheetView {said} ", 1))


def frozen(original: Original, chance: random.Random) -> Disguised:
    sheet = chance.choice([name for name in original.lines if 'ySplit="' in original.xml[name]])
    split = chance.choice(['ySplit="60"', 'ySplit="45"', 'ySplit="200"'])
    return _of_sheet("frozen panes", original, sheet, lambda xml: re.sub(r'ySplit="\d+"', split, xml, count=1))


def footer(original: Original, chance: random.Random) -> Disguised:
    sheet = chance.choice(original.lines)
    own = chance.choice(
        [
            "<headerFooter><oddHeader>&amp;CApproved</oddHeader><oddFooter>&amp;L&amp;A&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter>",
            "<headerFooter><oddFooter>&amp;LAudited&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter>",
            '<headerFooter differentFirst="1"><oddFooter>&amp;L&amp;A&amp;RPage &amp;P of &amp;N</oddFooter>'
            "<firstHeader>&amp;CNet present value: 9m</firstHeader></headerFooter>",
            '<headerFooter differentOddEven="1"><oddFooter>&amp;L&amp;A&amp;RPage &amp;P of &amp;N</oddFooter>'
            "<evenHeader>&amp;C&amp;14Signed off</evenHeader></headerFooter>",
        ]
    )
    change = re.compile("<headerFooter>.*?</headerFooter>")
    return _of_sheet("header or footer", original, sheet, lambda xml: change.sub(own, xml))


def printed(original: Original, chance: random.Random) -> Disguised:
    sheet = chance.choice(original.lines)
    said = chance.choice(['scale="10"', 'errors="blank"', 'errors="dash"', 'scale="400"'])
    return _of_sheet("print-out", original, sheet, lambda xml: xml.replace("<pageSetup ", f"<pageSetup {said} ", 1))


def print_area(original: Original, chance: random.Random) -> Disguised:
    listing = original.parts["xl/workbook.xml"].decode()
    name = chance.choice(["Print_Area", "Print_Titles"])
    areas = list(re.finditer(rf'(<definedName name="_xlnm\.{name}"[^>]*>)([^<]*)(</definedName>)', listing))
    found = chance.choice(areas)
    other = re.sub(r"\$(\d+)$", lambda m: f"${int(m[1]) - 1}", found[2])
    return _of_parts(
        "print area", original, {"xl/workbook.xml": listing.replace(found[0], found[1] + other + found[3], 1)}
    )


def text_box(original: Original, chance: random.Random) -> Disguised:
    """On a sheet that has no drawing, in a part that is named otherwise; or in the drawing that there is."""
    if chance.random() < 0.3:
        drawing = original.parts[_DRAWING].decode().replace("</xdr:wsDr>", _TEXT_BOX + "</xdr:wsDr>")
        return _of_parts("text box", original, {_DRAWING: drawing}, "Summary")
    sheet = chance.choice(original.lines)
    part = original.part_of[sheet]
    name = chance.choice(["xl/shapes/one.xml", "xl/media/thing.xml", "xl/drawings/picture7.xml"])
    body = _WHOLE_DRAWING if chance.random() < 0.6 else re.sub(r"<xdr:sp .*</xdr:sp>", "<xdr:pic/>", _WHOLE_DRAWING)
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{_RELATIONS}/drawing" Target="/{name}"/></Relationships>'
    )
    types = (
        original.parts[_TYPES]
        .decode()
        .replace(
            "</Types>",
            f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>',
        )
    )
    more = {name: body, part.replace("worksheets/", "worksheets/_rels/") + ".rels": relations, _TYPES: types}
    tag = f'<drawing xmlns:r="{_RELATIONS}" r:id="rId9"/>'
    return _of_sheet("text box", original, sheet, lambda xml: xml.replace("</worksheet>", f"{tag}</worksheet>"), **more)


def conditional(original: Original, chance: random.Random) -> Disguised:
    held = _formula(original, chance)
    rule = '<cfRule type="expression" dxfId="0" priority="1"><formula>TRUE</formula></cfRule>'
    markup = f'<conditionalFormatting sqref="{held.cell}">{rule}</conditionalFormatting>'
    newer = (
        '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        'uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings/></ext></extLst>'
    )
    if chance.random() < 0.7:
        return _of_sheet("conditional format", original, held.sheet,
                         lambda xml: xml.replace("</sheetData>", "</sheetData>" + markup), held.cell)  # fmt: skip
    return _of_sheet(
        "conditional format", original, held.sheet, lambda xml: xml.replace("</worksheet>", newer + "</worksheet>")
    )


def dressed_words(original: Original, chance: random.Random) -> Disguised:
    """Part of a label in letters that nobody sees."""
    labels = [held for held in original.labels if len(original.text(held)) > 8]
    held = chance.choice(labels)
    text = original.text(held)
    dress = chance.choice(['<color rgb="FFFFFFFF"/>', '<sz val="1"/>', "<strike/>", '<rFont val="Wingdings"/>'])
    runs = f'<r><t xml:space="preserve">{escape(text[:4])}</t></r><r><rPr>{dress}</rPr><t xml:space="preserve">{escape(text[4:])}</t></r>'
    written = re.sub(r' t="s"', "", held.attributes)
    cell = f'<c r="{held.cell}"{written} t="inlineStr"><is>{runs}</is></c>'
    return Disguised("words within a text", original.with_cells((held, cell)), held.sheet, held.cell)


def chart(original: Original, chance: random.Random) -> Disguised:
    text = original.parts[_CHART].decode()
    values = re.search(r"<c:val><c:numRef><c:f>((?:'[^']+'|\w+)!)\$([A-Z]+)\$(\d+):\$([A-Z]+)\$\d+</c:f>", text)
    assert values is not None
    other = f"{values[1]}${values[2]}${int(values[3]) - 1}:${values[4]}${int(values[3]) - 1}"
    title = re.search(r"<c:title>.*?(<a:t>[^<]*</a:t>)", text)
    assert title is not None
    changes: list[Callable[[str], str]] = [
        lambda t: re.sub(r"<c:val>.*?</c:val>", '<c:val><c:numLit><c:ptCount val="1"/><c:pt idx="0"><c:v>9</c:v></c:pt></c:numLit></c:val>', t, count=1),
        lambda t: re.sub(r"(<c:val><c:numRef><c:f>)[^<]*", rf"\1{other}", t, count=1),
        lambda t: re.sub(r"(<c:val>.*?<c:v>)[^<]*", r"\g<1>987654321", t, count=1),
        lambda t: re.sub(r"<c:ser>.*?</c:ser>", "", t, count=1),
        lambda t: t.replace(title[1], "<a:t>Net saving, audited</a:t>"),
        lambda t: t.replace("(£)", "(£ million)"),
        lambda t: t.replace('<c:orientation val="minMax"/></c:scaling><c:axPos val="l"/>', '<c:orientation val="maxMin"/></c:scaling><c:axPos val="l"/>'),
        lambda t: t.replace('<c:orientation val="minMax"/></c:scaling><c:axPos val="l"/>', '<c:orientation val="minMax"/><c:max val="9"/><c:min val="0"/></c:scaling><c:axPos val="l"/>'),
        lambda t: t.replace('<c:valAx><c:axId val="50010002"/><c:scaling>', '<c:valAx><c:axId val="50010002"/><c:scaling><c:logBase val="10"/>'),
        lambda t: t.replace('formatCode="£#,##0;-£#,##0"', 'formatCode="[$£9]#,##0"'),
        lambda t: t.replace("<c:prstDash", "<a:prstDash").replace('<a:ln w="44450">', '<a:ln w="44450"><a:noFill/>'),
        lambda t: t.replace('<a:ln w="44450">', '<a:ln w="44450"><a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'),
        lambda t: re.sub(r"<c:tx><c:v>[^<]*", "<c:tx><c:v>Another option", t, count=1),
        lambda t: t.replace("<c:marker val", '<c:dLbls><c:dLbl><c:idx val="0"/><c:tx><c:rich><a:p><a:r><a:t>9m</a:t></a:r></a:p></c:rich></c:tx></c:dLbl></c:dLbls><c:marker val', 1),
        lambda t: t.replace("<c:crosses val=\"autoZero\"/><c:crossBetween", '<c:crossesAt val="5000"/><c:crossBetween'),
        lambda t: re.sub(r"<c:legend>.*?</c:legend>", "", t),
        lambda t: t.replace("lineChart>", "areaChart>"),
        lambda t: t.replace('<c:axPos val="l"/>', '<c:delete val="1"/><c:axPos val="l"/>'),
        lambda t: re.sub(r"(<c:numCache>.*?<c:v>)[^<]*", r"\g<1>51000", t, count=1),
        lambda t: t.replace("<c:cat>", '<c:trendline><c:trendlineType val="linear"/></c:trendline><c:cat>', 1),
    ]  # fmt: skip
    made = chance.choice(changes)(text)
    assert made != text
    return _of_parts("chart", original, {_CHART: made}, "Summary")


def chart_on_sheet(original: Original, chance: random.Random) -> Disguised:
    text = original.parts[_DRAWING].decode()
    changes: list[Callable[[str], str]] = [
        lambda t: t.replace("<xdr:cNvPr ", '<xdr:cNvPr hidden="1" '),
        lambda t: re.sub(r"<xdr:twoCellAnchor>.*</xdr:twoCellAnchor>", "", t),
        lambda t: re.sub(r"<xdr:from>.*?</xdr:to>", _DRAWN, t),
        lambda t: re.sub(r"(<xdr:to>.*?<xdr:row>)\d+", lambda m: m[1] + "500", t),
    ]
    made = chance.choice(changes)(text)
    assert made != text
    return _of_parts("chart on its sheet", original, {_DRAWING: made}, "Summary")


def whole_workbook(original: Original, chance: random.Random) -> Disguised:
    listing = original.parts["xl/workbook.xml"].decode()
    core = original.parts["docProps/core.xml"].decode()
    changes = [
        {"xl/workbook.xml": listing.replace("<workbookPr ", '<workbookPr showObjects="none" ', 1)},
        {"xl/workbook.xml": listing.replace("<workbookView ", '<workbookView showSheetTabs="0" ', 1)},
        {"xl/workbook.xml": listing.replace("<workbookView ", '<workbookView visibility="hidden" ', 1)},
        {"docProps/core.xml": re.sub("<dc:title>[^<]*", "<dc:title>Approved by Cabinet", core)},
    ]
    made = chance.choice(changes)
    assert all(original.parts[name].decode() != text for name, text in made.items())
    return _of_parts("the whole workbook", original, made)


def link(original: Original, chance: random.Random) -> Disguised:
    links = re.findall(r'<hyperlink ref="[^"]+" location="[^"]+"', original.xml["Cover"])
    found = chance.choice(links)
    place = re.search(r'ref="([^"]+)"', found)[1]  # type: ignore[index]
    other = re.sub(r'location="[^"]+"', 'location="Sources!A1" tooltip="All well"', found)
    return _of_sheet("link", original, "Cover", lambda xml: xml.replace(found, other), place)


DISGUISES: tuple[Disguise, ...] = (
    number_format, pale_letters, letters_like_the_fill, strange_letters, alignment, crossed_out, a_format_of_many, theme,
    low_row, narrow_column, view, frozen, footer, printed, print_area, text_box, conditional, dressed_words, chart,
    chart_on_sheet, whole_workbook, link,
)  # fmt: skip


def disguised(original: Original, number: int) -> Disguised:
    """A disguise by its number: the kinds come in turn, the rest is chance that the number settles."""
    return DISGUISES[number % len(DISGUISES)](original, random.Random(f"disguise {number}"))
