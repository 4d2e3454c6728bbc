"""A workbook with the markup that Excel adds when it saves one, written as Excel writes it.

The forms are those of workbooks that Excel 2007 to 365 saved, on Windows and on the Mac; no figure and no text changes.
"""

from __future__ import annotations

import re

from audit.workbooks.tampering import Original, _column, _letters
from openpyxl.formula.translate import Translator

_MS = "http://schemas.microsoft.com/office/"
_SS = f"{_MS}spreadsheetml/"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
MARKUP = ("Excel 365", "Excel 2010", "Excel for the Mac", "labelled by a document service")


def as_excel_saves(original: Original, how: str) -> bytes:
    """The workbook as one of the Excels saves it."""
    new = how != "Excel 2010"
    changed = {
        part: _sheet(original.xml[name], number, new) for number, (name, part) in enumerate(original.part_of.items())
    }
    changed["xl/workbook.xml"] = _workbook(original.parts["xl/workbook.xml"].decode(), how)
    changed["xl/styles.xml"] = _styles(original.parts["xl/styles.xml"].decode(), new)
    changed["docProps/app.xml"] = (
        original.parts["docProps/app.xml"].decode().replace("</Properties>", "<TitlesOfParts/></Properties>")
    )
    types, relations, root = (
        original.parts[name].decode() for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels", "_rels/.rels")
    )
    added = {
        "xl/calcChain.xml": (
            "calcChain",
            f"{_SHEET}calcChain+xml",
            '<calcChain xmlns="http://x"><c r="B4" i="2"/></calcChain>',
        )
    }
    if new:
        added["xl/persons/person.xml"] = ("", "application/vnd.ms-excel.person+xml", "<personList/>")
        relations = relations.replace(
            "</Relationships>",
            f'<Relationship Id="rId801" Type="{_MS}2017/10/relationships/person" Target="persons/person.xml"/></Relationships>',
        )
    if how == "labelled by a document service":
        added["docMetadata/LabelInfo.xml"] = ("", "application/vnd.ms-office.classificationlabels+xml", "<clbl/>")
        added["docProps/custom.xml"] = (
            "",
            "application/vnd.openxmlformats-officedocument.custom-properties+xml",
            "<Properties/>",
        )
        root = root.replace("</Relationships>", f'<Relationship Id="rId9" Type="{_MS}2020/02/relationships/classificationlabels" Target="docMetadata/LabelInfo.xml"/>'
            f'<Relationship Id="rId8" Type="{_OFFICE}/custom-properties" Target="docProps/custom.xml"/></Relationships>')  # fmt: skip
    for number, (name, (kind, content_type, _)) in enumerate(added.items()):
        types = types.replace("</Types>", f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>')
        if kind:
            target = name.removeprefix("xl/")
            relations = relations.replace(
                "</Relationships>",
                f'<Relationship Id="rId90{number}" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>',
            )
    printer = original.part_of["Cover"]
    types = types.replace("<Default ", f'<Default Extension="bin" ContentType="{_SHEET}printerSettings"/><Default ', 1)
    changed[printer] = changed[printer].replace("<pageSetup ", '<pageSetup r:id="rId1" ')
    changed |= {"[Content_Types].xml": types, "xl/_rels/workbook.xml.rels": relations, "_rels/.rels": root}
    kept = dict(original.parts)
    original.parts.update({name: text.encode() for name, (_, _, text) in added.items()})
    number = re.search(r"\d+", printer.rpartition("/")[2])[0]  # type: ignore[index]
    original.parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/printerSettings" Target="../printerSettings/printerSettings1.bin"/></Relationships>'
    ).encode()
    original.parts["xl/printerSettings/printerSettings1.bin"] = b"\0\1"
    try:
        return original.file(changed)
    finally:
        original.parts.clear()
        original.parts.update(kept)


def _workbook(text: str, how: str) -> str:
    spaces = (f'xmlns:mc="{_MC}" mc:Ignorable="x15 xr xr6 xr10 xr2" xmlns:x15="{_SS}2010/11/main" xmlns:xr="{_SS}2014/revision" '
              f'xmlns:xr6="{_SS}2016/revision6" xmlns:xr10="{_SS}2016/revision10" xmlns:xr2="{_SS}2015/revision2"')  # fmt: skip
    path = (f'<mc:AlternateContent xmlns:mc="{_MC}"><mc:Choice Requires="x15"><x15ac:absPath url="S:/Finance/" '
            f'xmlns:x15ac="{_SS}2010/11/ac"/></mc:Choice></mc:AlternateContent>')  # fmt: skip
    revision = ('<xr:revisionPtr revIDLastSave="0" documentId="13_ncr:1_{43418319-D520-46C2-81F6-417174F36FCE}" xr6:coauthVersionLast="47" '
                'xr6:coauthVersionMax="47" xr10:uidLastSave="{00000000-0000-0000-0000-000000000000}"/>')  # fmt: skip
    features = (f'<ext uri="{{140A7094-0E35-4892-8432-C4D2E57EDEB5}}" xmlns:x15="{_SS}2010/11/main"><x15:workbookPr chartTrackingRefBase="1"/></ext>'
                f'<ext uri="{{B58B0392-4F1F-4190-BB64-5DF3571DCE5F}}" xmlns:xcalcf="{_SS}2018/calcfeatures"><xcalcf:calcFeatures>'
                '<xcalcf:feature name="microsoft.com:RD"/><xcalcf:feature name="microsoft.com:LET_WF"/></xcalcf:calcFeatures></ext>')  # fmt: skip
    if how == "Excel for the Mac":
        mac = f"{_MS}mac/excel/2008/main"
        features += f'<ext uri="{{7523E5D3-25F3-A5E0-1632-64F254C22452}}" xmlns:mx="{mac}"><mx:ArchID Flags="2"/></ext>'
    text = re.sub(r"<calcPr [^>]*/>", '<calcPr calcId="191029"/>', text)
    text = re.sub(
        r"<fileVersion [^>]*/>", '<fileVersion appName="xl" lastEdited="7" lowestEdited="7" rupBuild="24729"/>', text
    )
    if how == "Excel 2010":
        return text
    text = text.replace("<workbook ", f"<workbook {spaces} ", 1)
    text = re.sub(
        r"<workbookPr [^>]*/>",
        '<workbookPr codeName="ThisWorkbook" defaultThemeVersion="166925"/>' + path + revision,
        text,
    )
    text = text.replace("<workbookView ", '<workbookView xr2:uid="{DB915CB9-8DD9-492A-A471-C61E61200113}" ')
    return text.replace("</workbook>", f"<extLst>{features}</extLst></workbook>")


def _sheet(text: str, number: int, new: bool) -> str:
    spaces = f'xmlns:mc="{_MC}" mc:Ignorable="x14ac" xmlns:x14ac="{_SS}2009/9/ac"'
    if new:
        spaces = f'{spaces.replace(chr(34) + "x14ac" + chr(34), chr(34) + "x14ac xr xr2 xr3" + chr(34), 1)} xmlns:xr="{_SS}2014/revision" xr:uid="{{00000000-0001-0000-0{number:03}-000000000000}}"'
    text = text.replace("<worksheet ", f"<worksheet {spaces} ", 1)
    text = re.sub(r"<sheetFormatPr ", '<sheetFormatPr x14ac:dyDescent="0.25" ', text)
    text = re.sub(r"<row ([^>]*?)(/?)>", r'<row \1 x14ac:dyDescent="0.25"\2>', text)
    text = re.sub(r"<f>([^<]*)</f><v>(in [^<]*)</v>", r'<f>\1</f><v xml:space="preserve">\2</v>', text)
    return _with_shared_formulas(text)


def _with_shared_formulas(text: str) -> str:
    """Formulas that are one formula moved along a row written once, as Excel does: the others name it by its number."""
    cells = list(re.finditer(r'<c r="([A-Z]+)(\d+)"([^>]*)><f>([^<]*)</f>', text))
    changes: list[tuple[int, int, str]] = []
    at = number = 0
    while at < len(cells):
        run = [cells[at]]
        while at + len(run) < len(cells) and _follows(run[0], run[-1], cells[at + len(run)]):
            run.append(cells[at + len(run)])
        if len(run) > 2:
            first, last = run[0], run[-1]
            reference = f"{first[1]}{first[2]}:{last[1]}{last[2]}"
            changes.append(
                (first.start(4) - 3, first.end(4), f'<f t="shared" ref="{reference}" si="{number}">{first[4]}')
            )
            changes += [(m.start(4) - 3, m.end(4) + 4, f'<f t="shared" si="{number}"/>') for m in run[1:]]
            number += 1
        at += len(run)
    for start, end, new in reversed(changes):
        text = text[:start] + new + text[end:]
    return text


def _follows(first: re.Match[str], last: re.Match[str], cell: re.Match[str]) -> bool:
    if cell[2] != first[2] or cell[1] != _letters(_column(last[1]) + 1) or "&" in first[4]:
        return False
    return Translator(f"={first[4]}", f"{first[1]}{first[2]}").translate_formula(f"{cell[1]}{cell[2]}") == f"={cell[4]}"


def _styles(text: str, new: bool) -> str:
    spaces = f'xmlns:mc="{_MC}" mc:Ignorable="x14ac x16r2 xr" xmlns:x14ac="{_SS}2009/9/ac" xmlns:x16r2="{_SS}2015/02/main" xmlns:xr="{_SS}2014/revision"'
    text = text.replace("<styleSheet ", f"<styleSheet {spaces} ", 1)
    text = re.sub(r"<fonts ", '<fonts x14ac:knownFonts="1" ', text)
    lists = f'<ext uri="{{EB79DEF2-80B8-43e5-95BD-54CBDDF9020C}}" xmlns:x14="{_SS}2009/9/main"><x14:slicerStyles defaultSlicerStyle="SlicerStyleLight1"/></ext>'
    if new:
        lists += f'<ext uri="{{9260A510-F301-46a8-8635-F512D64BE5F5}}" xmlns:x15="{_SS}2010/11/main"><x15:timelineStyles defaultTimelineStyle="TimeSlicerStyleLight1"/></ext>'
    return text.replace(
        "</styleSheet>",
        f'<colors><mruColors><color rgb="FFD9E2EC"/></mruColors></colors><extLst>{lists}</extLst></styleSheet>',
    )
