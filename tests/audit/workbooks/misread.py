"""Tamper with a workbook so that two programs read two things, one thing at a time, in the XML and the parts of the file.

Nothing of finmodel is used. Each twin says where a finding has to be: a sheet and a cell (or row), or a part of the file.
What changes a figure or a text for some readers shows them another one than it shows the rest.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from audit.workbooks.tampering import Held, Original

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_FOREIGN = ("urn:other", "http://schemas.openxmlformats.org/spreadsheetml/2006/main2", f"{MAIN}/", MAIN.upper())


@dataclass(frozen=True)
class Twin:
    """A tampered workbook, and where it must be found: in a cell or row of a sheet, or in a part."""

    kind: str
    content: bytes
    sheet: str
    cell: str
    part: str
    what: str


def inputs(original: Original) -> list[Held]:
    """Cells with a typed number."""
    return [h for h in original.cells if re.fullmatch(r"<v>[0-9.]+</v>", h.inside) and ' t="' not in h.attributes]


def numbers(original: Original) -> list[Held]:
    """Cells with a formula that gives a number."""
    return [h for h in original.formulas if re.search(r"</f><v>-?[0-9.]+</v>$", h.inside)]


def labels(original: Original) -> list[Held]:
    """Cells with a text."""
    return [h for h in original.cells if ' t="s"' in h.attributes and original.text(h)]


def whole(held: Held, inside: str, attributes: str | None = None) -> str:
    return f'<c r="{held.cell}"{held.attributes if attributes is None else attributes}>{inside}</c>'


def without_kind(held: Held) -> str:
    return re.sub(r' t="\w+"', "", held.attributes)


def in_cell(kind: str, original: Original, held: Held, written: str, what: str) -> Twin:
    return Twin(kind, original.with_cells((held, written)), held.sheet, held.cell, "", what)


def in_part(kind: str, original: Original, part: str, text: str, what: str, more: dict[str, str] | None = None) -> Twin:
    return Twin(kind, original.file({part: text, **(more or {})}), "", "", part.lower(), what)


def another(chance: random.Random) -> str:
    return str(chance.choice([0, 1, 45_000, 99_999.5, -7, 1e6]))


def pieces(held: Held) -> tuple[str, str]:
    """The formula and the value of a cell as they are written."""
    formula = re.search(r"<f>.*?</f>", held.inside)
    value = re.search(r"<v>.*?</v>", held.inside)
    return formula[0] if formula else "", value[0] if value else ""


def extension_in_cell(original: Original, chance: random.Random) -> Twin:
    held = chance.choice(inputs(original) + numbers(original) + labels(original))
    formula, value = pieces(held)
    uri = chance.choice(["{1}", "{140A7094-0E35-4892-8432-C4D2E57EDEB5}", "{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"])
    inner = chance.choice([value, formula + value, f"<x>{value}</x>", f'<x:v xmlns:x="urn:x">{another(chance)}</x:v>'])
    shown = f"<v>{0 if ' t=' in held.attributes else another(chance)}</v>"
    inside = f'{formula}{shown}<extLst><ext uri="{uri}">{inner}</ext></extLst>'
    return in_cell("an extension in a cell", original, held, whole(held, inside), inside)


def two_values(original: Original, chance: random.Random) -> Twin:
    held = chance.choice(inputs(original) + numbers(original))
    formula, value = pieces(held)
    other = f"<v>{another(chance)}</v>"
    values = chance.choice([value + other, other + value, f"{value}<v/>", f"<v/>{value}", value + other + value])
    return in_cell("two values in a cell", original, held, whole(held, formula + values), values)


def two_formulas(original: Original, chance: random.Random) -> Twin:
    held = chance.choice(numbers(original))
    formula, value = pieces(held)
    other = chance.choice(["<f>1+1</f>", "<f/>", '<f t="shared" si="9">1</f>'])
    inside = chance.choice([formula + other + value, other + formula + value, formula + value + other])
    return in_cell("two formulas in a cell", original, held, whole(held, inside), inside)


def foreign_namespace(original: Original, chance: random.Random) -> Twin:
    held = chance.choice(inputs(original) + numbers(original))
    formula, value = pieces(held)
    space = chance.choice(_FOREIGN)
    other = chance.choice(
        [f'<x:v xmlns:x="{space}">{another(chance)}</x:v>', f'<x:f xmlns:x="{space}">1+1</x:f>', f'<v xmlns="{space}">5</v>',
         f'<x:is xmlns:x="{space}"><x:t>5</x:t></x:is>', f'<c xmlns="{space}" r="{held.cell}"><v>5</v></c>']
    )  # fmt: skip
    inside = chance.choice([other + formula + value, formula + value + other, formula + other + value])
    return in_cell("an element of another namespace", original, held, whole(held, inside), inside)


def alternate_content(original: Original, chance: random.Random) -> Twin:
    held = chance.choice(inputs(original) + numbers(original))
    formula, value = pieces(held)
    needed = chance.choice(["x14", "x15", "zz"])
    other = f"<v>{another(chance)}</v>"
    begin = f'<mc:AlternateContent {_MC} xmlns:{needed}="urn:{needed}"><mc:Choice Requires="{needed}">'
    place = chance.choice(["value", "cell", "row"])
    if place == "value":
        alternate = f"{begin}{other}</mc:Choice><mc:Fallback>{value}</mc:Fallback></mc:AlternateContent>"
        return in_cell("alternate content", original, held, whole(held, formula + alternate), place)
    changed = whole(held, other)
    if place == "cell":
        alternate = (
            f"{begin}{changed}</mc:Choice><mc:Fallback>{whole(held, held.inside)}</mc:Fallback></mc:AlternateContent>"
        )
        twin = in_cell("alternate content", original, held, alternate, place)
        return Twin(twin.kind, twin.content, held.sheet, f"{held.row}:{held.row}", "", place)
    xml = original.xml[held.sheet]
    alternate = f'{begin}<row r="{held.row}">{changed}</row></mc:Choice></mc:AlternateContent>'
    part = original.part_of[held.sheet]
    return in_part(
        "alternate content", original, part, xml.replace("</sheetData>", f"{alternate}</sheetData>", 1), place
    )


def text_in_pieces(original: Original, chance: random.Random) -> Twin:
    held = chance.choice(labels(original))
    text = escape(original.text(held), quote=False)
    run = chance.choice(['<rPr><color rgb="FFFFFFFF"/></rPr>', "<rPr><strike/></rPr>", "", '<rPr><sz val="1"/></rPr>'])
    cut = chance.randrange(len(text) + 1) if "&" not in text else len(text)
    reading = f'<rPh sb="0" eb="1"><t>{text}</t></rPh>'
    kept = 'xml:space="preserve"'
    inside = chance.choice(
        [f"<r><t {kept}>{text[:cut]}</t></r><r>{run}<t {kept}>{text[cut:]} not</t></r>", f"<t>{text}</t>{reading}",
         f"<r>{run}<t>{text}</t></r>", f"<t>{text}</t><r><t> not</t></r>", f"<t>{text}</t><t>not</t>",
         f"<r><t>{text}</t></r>{reading}", f"<t>{text}<x/></t>", f"{text}<t/>"]
    )  # fmt: skip
    if chance.random() < 0.5:
        written = whole(held, f"<is>{inside}</is>", f'{without_kind(held)} t="inlineStr"')
        return in_cell("a text in pieces", original, held, written, inside)
    strings = original.parts["xl/sharedStrings.xml"].decode()
    found = list(re.finditer(r"<si>.*?</si>", strings, re.DOTALL))
    index = int(re.search(r"<v>(\d+)</v>", held.inside)[1])  # type: ignore[index]
    match = found[index]
    changed = strings[: match.start()] + f"<si>{inside}</si>" + strings[match.end() :]
    return Twin("a text in pieces", original.file({"xl/sharedStrings.xml": changed}), held.sheet, held.cell, "", inside)


def doubled_sheet_data(original: Original, chance: random.Random) -> Twin:
    held = chance.choice(inputs(original) + numbers(original))
    xml, part = original.xml[held.sheet], original.part_of[held.sheet]
    other = f'<sheetData><row r="{held.row}">{whole(held, f"<v>{another(chance)}</v>")}</row></sheetData>'
    where = chance.choice(["<sheetData>", "</sheetData>", "<sheetFormatPr", "<pageMargins", "</worksheet>"])
    at = xml.index(where) + (len(where) if where == "</sheetData>" else 0)
    return in_part("cells twice in a sheet", original, part, xml[:at] + other + xml[at:], where)


def doubled_cell(original: Original, chance: random.Random) -> Twin:
    held = chance.choice(inputs(original) + numbers(original) + labels(original))
    other = chance.choice([f'<c r="{held.cell}"><v>{another(chance)}</v></c>', f'<c r="{held.cell}"/>',
                           f'<c r="{held.cell}"><f>1+1</f><v>2</v></c>'])  # fmt: skip
    same = whole(held, held.inside)
    written = chance.choice([same + other, other + same, same + same])
    return in_cell("a cell twice", original, held, written, other)


def rows_out_of_order(original: Original, chance: random.Random) -> Twin:
    held = chance.choice(inputs(original) + numbers(original))
    xml, part = original.xml[held.sheet], original.part_of[held.sheet]
    cell = chance.choice([whole(held, f"<v>{another(chance)}</v>"), ""])
    row = f'<row r="{held.row}">{cell}</row>'
    at = xml.index("</sheetData>")
    content = original.file({part: xml[:at] + row + xml[at:]})
    return Twin("a row twice, or out of order", content, held.sheet, f"{held.row}:{held.row}", "", row)


def address_in_doubt(original: Original, chance: random.Random) -> Twin:
    held = chance.choice(inputs(original) + numbers(original))
    says = {
        "none": "", "fixed": f' r="${held.column}${held.row}"', "small": f' r="{held.cell.lower()}"',
        "zero": f' r="{held.column}0{held.row}"', "other row": f' r="{held.column}{held.row + 1}"',
    }  # fmt: skip
    how = chance.choice(list(says))
    named = {"none": held.cell, "zero": f"{held.column}0{held.row}", "other row": f"{held.column}{held.row + 1}"}
    written = f"<c{says[how]}{held.attributes}>{held.inside}</c>"
    twin = in_cell("a cell that does not say which it is", original, held, written, how)
    if how == "none":  # counted from the cell before it, which may be elsewhere
        return Twin(twin.kind, twin.content, held.sheet, "", original.part_of[held.sheet].lower(), how)
    shown = says[how][4:-1] if how in ("fixed", "small") else named[how]
    return Twin(twin.kind, twin.content, held.sheet, shown, "", how)


def settings(original: Original, chance: random.Random) -> Twin:
    listing = original.parts["xl/workbook.xml"].decode()
    added = chance.choice(
        ['<calcPr calcId="1" iterate="1"/>', '<calcPr fullPrecision="0"/>', '<workbookPr date1904="1"/>',
         '<x:calcPr xmlns:x="urn:x" iterate="1"/>', f'<mc:AlternateContent {_MC}><mc:Choice Requires="a"><calcPr/></mc:Choice></mc:AlternateContent>',
         '<definedNames><definedName name="calendar.x">1</definedName></definedNames>', '<sheets><sheet name="Evil" sheetId="99"/></sheets>',
         '<customWorkbookViews/>', '<extLst><ext uri="{X}"><calcPr iterate="1"/></ext></extLst>', '<bookViews/>']
    )  # fmt: skip
    at = listing.index(chance.choice(["</workbook>", "<bookViews", "<calcPr", "<sheets>"]))
    changed = listing[:at] + added + listing[at:]
    return in_part("settings twice, foreign or out of place", original, "xl/workbook.xml", changed, added)


def setting_in_doubt(original: Original, chance: random.Random) -> Twin:
    listing = original.parts["xl/workbook.xml"].decode()
    new = chance.choice(['<calcPr iterate="yes" ', '<calcPr fullPrecision="off" ', '<calcPr x:iterate="1" xmlns:x="urn:x" ',
                         '<calcPr calcID="1" ', '<calcPr iterate=" 1" '])  # fmt: skip
    changed = re.sub(r"<calcPr ", new, listing)
    return in_part("a setting in doubt", original, "xl/workbook.xml", changed, new)


def _relations(original: Original) -> str:
    return original.parts["xl/_rels/workbook.xml.rels"].decode()


def relation(original: Original, chance: random.Random) -> Twin:
    """A second part of texts or looks, another part for a sheet, or a part of a kind that nobody knows."""
    strings = original.parts["xl/sharedStrings.xml"].decode()
    listing, types = _relations(original), original.parts["[Content_Types].xml"].decode()
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
    how = chance.choice(["strings", "styles", "kind", "type", "twice", "unspoken", "sheet type", "outside", "missing"])
    kind, target, kept = "sharedStrings", "other.xml", strings.replace("<t>", "<t>x", 1)
    if how == "styles":
        kind, kept = "styles", original.parts["xl/styles.xml"].decode()
    elif how == "kind":
        kind, kept = "somethingNew", "<a/>"
    spoken = f'<Relationship Id="rId900" Type="{OFFICE}/{kind}" Target="{target}"/>'
    stated = f'<Override PartName="/xl/{target}" ContentType="{sheet.format(kind)}"/>'
    more = {"xl/_rels/workbook.xml.rels": listing.replace("</Relationships>", f"{spoken}</Relationships>"),
            "[Content_Types].xml": types.replace("</Types>", f"{stated}</Types>")}  # fmt: skip
    part = "xl/other.xml"
    if how == "type":
        more["xl/_rels/workbook.xml.rels"] = more["xl/_rels/workbook.xml.rels"].replace(
            f"{OFFICE}/{kind}", "urn:x/worksheet"
        )
        part = "xl/workbook.xml"
    elif how == "twice":
        more["xl/_rels/workbook.xml.rels"] = listing.replace(
            "</Relationships>", f"{spoken.replace('rId900', 'rId1')}</Relationships>"
        )
        part = "xl/_rels/workbook.xml.rels"
    elif how == "unspoken":
        more["xl/_rels/workbook.xml.rels"] = listing
    elif how == "sheet type":
        part = "xl/worksheets/sheet1.xml"
        one = f'PartName="/{part}" ContentType="{sheet.format("worksheet")}"'
        more = {"[Content_Types].xml": types.replace(one, one.replace("worksheet+xml", "chartsheet+xml"))}
        return Twin("a part by another relation", original.file(more), "", "", part, how)
    elif how in ("outside", "missing"):
        gone = spoken.replace("/>", ' TargetMode="External"/>') if how == "outside" else spoken
        more = {"xl/_rels/workbook.xml.rels": listing.replace("</Relationships>", f"{gone}</Relationships>")}
        return Twin("a part by another relation", original.file(more), "", "", "xl/workbook.xml", how)
    return Twin("a part by another relation", with_part(original, "xl/other.xml", kept, more), "", "", part, how)


def with_part(original: Original, name: str, text: str, changed: dict[str, str]) -> bytes:
    """The file with one part more."""
    kept = dict(original.parts)
    original.parts[name] = text.encode()
    try:
        return original.file(changed)
    finally:
        original.parts.clear()
        original.parts.update(kept)


def swapped_sheets(original: Original, chance: random.Random) -> Twin:
    """Two sheets that are one part, or a sheet whose relation is named in another namespace as well."""
    listing = original.parts["xl/workbook.xml"].decode()
    sheets = list(re.finditer(r'<sheet name="[^"]*" sheetId="\d+" r:id="(rId\d+)"/>', listing))
    one, other = chance.sample(sheets, 2)
    if chance.random() < 0.5:
        changed = listing.replace(one[0], one[0].replace(f'"{one[1]}"', f'"{other[1]}"'))
    else:
        changed = listing.replace(one[0], one[0].replace("/>", f' x:id="{other[1]}" xmlns:x="urn:x/relationships"/>'))
    return in_part("a sheet by another relation", original, "xl/workbook.xml", changed, one[0])


def shared_formula(original: Original, chance: random.Random) -> Twin:
    held = chance.choice(numbers(original))
    formula, value = pieces(held)
    text = formula[3:-4]
    near = [h for h in numbers(original) if h.sheet == held.sheet and (h.row, h.start) > (held.row, held.start)]
    child = chance.choice(near) if near else None
    if child is None:
        return shared_formula(original, chance)
    true, stored = pieces(child)
    other = chance.choice([f'<f t="shared" si="90">{true[3:-4]}</f>', f'<f t="shared" ref="{child.cell}" si="90">{true[3:-4]}</f>',
                           '<f t="shared" si="90"/>'])  # fmt: skip
    reference = held.cell if other.endswith("/>") else chance.choice([held.cell, f"{held.cell}:{child.cell}"])
    master = whole(held, f'<f t="shared" ref="{reference}" si="90">{text}</f>{value}')
    content = original.with_cells((held, master), (child, whole(child, other + stored)))
    return Twin("a shared formula with a text of its own", content, held.sheet, child.cell, "", other)


def ranged_formula(original: Original, chance: random.Random) -> Twin:
    held = chance.choice(numbers(original))
    formula, value = pieces(held)
    text = formula[3:-4]
    new = chance.choice([f'<f t="array" ref="{held.cell}">{text}</f>', f'<f t="dataTable" ref="{held.cell}" r1="A1" dt2D="1">{text}</f>',
                         f'<f t="dataTable" r1="A1">{text}</f>', f'<f t="evil">{text}</f>', f'<f ref="{held.cell}">{text}</f>',
                         f'<f bx="1">{text}</f>', f'<f si="3">{text}</f>', f"<f>={text}</f>", f'<f x:t="array" xmlns:x="urn:x">{text}</f>'])  # fmt: skip
    return in_cell("a formula of another kind", original, held, whole(held, new + value), new)


def kind_of_value(original: Original, chance: random.Random) -> Twin:
    held = chance.choice(inputs(original) + numbers(original))
    formula, value = pieces(held)
    number = value[3:-4]
    kind = chance.choice(["str", "inlineStr", "d", "e", "b", "s", "x", "N", ""])
    shown = "1" if kind in ("b", "s") else number
    inside = chance.choice(
        [f"{formula}<v>{shown}</v>", f"<is><t>{shown}</t></is>", f"{formula}<v>{shown}</v><is><t>5</t></is>"]
    )
    written = whole(held, inside, f'{held.attributes} t="{kind}"')
    return in_cell("a value of another kind", original, held, written, written)


def spelling(original: Original, chance: random.Random) -> Twin:
    held = chance.choice([h for h in inputs(original) if re.fullmatch(r"<v>\d\d+</v>", h.inside)])
    number = pieces(held)[1][3:-4]
    first, rest = number[0], number[1:]
    new = chance.choice(
        [f"{first}<!-- -->{rest}", f"{first}<?x?>{rest}", f"<![CDATA[{number}]]>", f"{first}_{rest}", f" {number}", f"+{number}",
         f"{number}\n", f"{first}<x/>{rest}", "".join(chr(ord(c) + 0xFEE0) for c in number), f"{first}<![CDATA[]]>{rest}",
         f"{first}<v>{rest}</v>", f'{number}<x xmlns="urn:x">1</x>']
    )  # fmt: skip
    return in_cell("a number in another spelling", original, held, whole(held, f"<v>{new}</v>"), new)


def comment_in_text(original: Original, chance: random.Random) -> Twin:
    held = chance.choice([h for h in numbers(original) if re.fullmatch(r"[^&]{3,}", pieces(h)[0][3:-4])])
    formula, value = pieces(held)
    text = formula[3:-4]
    cut = chance.randrange(1, len(text))
    new = chance.choice(["<!---->", "<?pi x?>", "<![CDATA[]]>", "<x/>"])
    inside = f"<f>{text[:cut]}{new}{text[cut:]}</f>{value}"
    return in_cell("a comment in a formula", original, held, whole(held, inside), inside)


def text_between(original: Original, chance: random.Random) -> Twin:
    held = chance.choice(inputs(original) + numbers(original))
    inside = chance.choice([f"5{held.inside}", f"{held.inside}5", f"{held.inside}<!-- 5 -->", f"{held.inside}<is/>"])
    return in_cell("text between elements", original, held, whole(held, inside), inside)


def attributes(original: Original, chance: random.Random) -> Twin:
    held = chance.choice(inputs(original) + numbers(original))
    more = chance.choice(
        [
            ' cm="1"',
            ' vm="1"',
            ' ph="1"',
            ' x:r="A1" xmlns:x="urn:x"',
            ' value="5"',
            f' x:t="str" xmlns:x="{MAIN}"',
            ' S="1"',
        ]
    )
    return in_cell(
        "an attribute that does not belong", original, held, whole(held, held.inside, held.attributes + more), more
    )


def spaces_dropped(original: Original, chance: random.Random) -> Twin:
    held = chance.choice([h for h in labels(original) if original.text(h).strip() == original.text(h)])
    text = chance.choice([" {} ", "\n{}", "{}\t", "  {}"]).format(escape(original.text(held), quote=False))
    written = whole(held, f"<is><t>{text}</t></is>", f'{without_kind(held)} t="inlineStr"')
    return in_cell("spaces that some programs drop", original, held, written, text)


def carried_case(original: Original, chance: random.Random) -> Twin:
    """A line of the carried case that one program reads as it was and another as something else."""
    lines = [h for h in labels(original) if h.sheet == "Case" and h.column == "C" and h.row > 9]
    held = chance.choice(lines)
    true = escape(original.text(held), quote=False)
    kept = 'xml:space="preserve"'
    plain, other = f"<t {kept}>{true}</t>", f"<t {kept}>fte: 9</t>"
    inside = chance.choice(
        [f"<is>{plain}{other}</is>", f"<is>{plain}<extLst>{other}</extLst></is>", f"<is>{plain}</is><is>{other}</is>",
         f"<is><r>{plain}</r></is>", f'<is>{plain}<rPh sb="0" eb="1">{other}</rPh></is>', f"<v>0</v><is>{plain}</is>",
         f'<is>{plain}<x:t xmlns:x="urn:x">fte: 9</x:t></is>', f"<is>{plain}</is><extLst><ext uri='x'><is>{other}</is></ext></extLst>",
         f"<is><t {kept}>{true}<!-- --></t></is>", f"<f>T(1)</f><is>{plain}</is>"]
    )  # fmt: skip
    written = whole(held, inside, f'{without_kind(held)} t="inlineStr"')
    return in_cell("a carried case in doubt", original, held, written, inside)


def defined_name(original: Original, chance: random.Random) -> Twin:
    listing = original.parts["xl/workbook.xml"].decode()
    match = chance.choice(list(re.finditer(r"<definedName name=\"([^\"_]+[^\"]*)\">([^<]*)</definedName>", listing)))
    name = match[1]
    other = re.sub(r"\$(\d+)", lambda m: f"${int(m[1]) + 1}", match[2])
    new = chance.choice(
        [match[0] + match[0], match[0].replace(match[2], other) + match[0], f'{match[0]}<definedName name="{name.upper()}">{other}</definedName>',
         f'{match[0]}<definedName name="{name}" localSheetId="0">{other}</definedName>', match[0].replace(">", ' hidden="1">', 1),
         match[0].replace(">", ' xlm="1">', 1), match[0].replace(">", ' localSheetId="99">', 1),
         f'{match[0]}<definedName name="_xlnm.Auto_Open">{other}</definedName>', f"<definedName name=\"{name}\">{match[2]}<x/>1</definedName>",
         f'<definedName name="{name}">{match[2]}<!-- -->1</definedName>']
    )  # fmt: skip
    content = original.file({"xl/workbook.xml": listing.replace(match[0], new, 1)})
    named = "_xlnm.Auto_Open" if "_xlnm" in new else name.upper() if name.upper() in new else name
    return Twin("a defined name in doubt", content, "", named, "", new)


def other_content(original: Original, chance: random.Random) -> Twin:
    """Something of a sheet that the report never has, in its own place or not."""
    sheet = chance.choice(list(original.xml))
    xml, part = original.xml[sheet], original.part_of[sheet]
    after, markup = chance.choice(
        [("</sheetData>", '<scenarios><scenario name="a" locked="1"><inputCells r="E9" val="1"/></scenario></scenarios>'),
         ("</sheetData>", '<customSheetViews><customSheetView guid="{1}" hiddenRows="1"/></customSheetViews>'),
         ("</sheetData>", "<dataConsolidate/>"), ("</sheetData>", "<protectedRanges/>"), ("</sheetData>", '<dimension ref="A1"/>'),
         ("</sheetData>", f'<mc:AlternateContent {_MC}><mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent>'),
         ("</headerFooter>", "<controls/>"), ("</headerFooter>", '<oleObjects/>'), ("</headerFooter>", '<tableParts count="0"/>'),
         ("</headerFooter>", '<picture r:id="rId1"/>'), ("</headerFooter>", '<legacyDrawingHF r:id="rId1"/>'),
         ("</headerFooter>", '<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><s/></ext></extLst>'),
         ("</headerFooter>", '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><s/></ext></extLst>'),
         ("</headerFooter>", '<extLst><ext uri="{64002731-A6B0-56B0-2670-7721B7C09600}"><c r="A1"><v>5</v></c></ext></extLst>'),
         ("</headerFooter>", "<sheetData/>"), ("</headerFooter>", '<x:sheetData xmlns:x="urn:x"/>'), ("</headerFooter>", "<!-- x -->"),
         ("</headerFooter>", "<?x y?>")]
    )  # fmt: skip
    if after not in xml:
        after = "</sheetData>"
    at = xml.index(after) + len(after)
    return in_part("something else in a sheet", original, part, xml[:at] + markup + xml[at:], markup)


def encoding(original: Original, chance: random.Random) -> Twin:
    name = chance.choice([*original.part_of.values(), "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"])
    text = original.parts[name].decode()
    other = chance.choice(["ISO-8859-1", "windows-1252", "US-ASCII"])
    changed = text.replace('encoding="UTF-8"', f'encoding="{other}"', 1)
    content = original.file({name: changed.encode("ascii", "xmlcharrefreplace").decode()})
    return Twin("another encoding", content, "", "", name, other)


def drawing(original: Original, chance: random.Random) -> Twin:
    """A text box in a drawing that is spoken of under another name, or in a part of another name."""
    sheet = chance.choice([s for s in original.xml if "<drawing" not in original.xml[s]])
    part = original.part_of[sheet]
    number = re.search(r"\d+", part.rpartition("/")[2])[0]  # type: ignore[index]
    kind = chance.choice([f"{OFFICE}/drawing", f"{OFFICE}/drawing", "urn:x/drawing", f"{OFFICE}/diagramDrawing"])
    target = chance.choice(["../media/a.xml", "../shapes.xml", "/docProps/x.xml", "../drawings/vmlx.xml"])
    name = {"../media/a.xml": "xl/media/a.xml", "../shapes.xml": "xl/shapes.xml", "/docProps/x.xml": "docProps/x.xml",
            "../drawings/vmlx.xml": "xl/drawings/vmlx.xml"}[target]  # fmt: skip
    shape = "<xdr:sp><xdr:txBody/></xdr:sp>"
    text = f'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><xdr:twoCellAnchor>{shape}</xdr:twoCellAnchor></xdr:wsDr>'
    types = original.parts["[Content_Types].xml"].decode()
    stated = f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>'
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId7" Type="{kind}" Target="{target}"/></Relationships>'
    xml = original.xml[sheet].replace("</headerFooter>", '</headerFooter><drawing r:id="rId7"/>', 1)
    kept = dict(original.parts)
    original.parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = relations.encode()
    try:
        content = with_part(original, name, text, {part: xml, "[Content_Types].xml": types.replace("</Types>", stated)})
    finally:
        original.parts.clear()
        original.parts.update(kept)
    return Twin("a drawing by another relation", content, "", "", "", f"{kind} {target}")


KINDS: dict[str, Callable[[Original, random.Random], Twin]] = {
    "extension in a cell": extension_in_cell,
    "two values": two_values,
    "two formulas": two_formulas,
    "foreign namespace": foreign_namespace,
    "alternate content": alternate_content,
    "text in pieces": text_in_pieces,
    "sheet data twice": doubled_sheet_data,
    "cell twice": doubled_cell,
    "rows out of order": rows_out_of_order,
    "address in doubt": address_in_doubt,
    "settings": settings,
    "setting in doubt": setting_in_doubt,
    "relation": relation,
    "swapped sheets": swapped_sheets,
    "shared formula": shared_formula,
    "ranged formula": ranged_formula,
    "kind of value": kind_of_value,
    "spelling": spelling,
    "comment in a formula": comment_in_text,
    "text between": text_between,
    "attributes": attributes,
    "spaces dropped": spaces_dropped,
    "carried case": carried_case,
    "defined name": defined_name,
    "other content": other_content,
    "encoding": encoding,
    "drawing": drawing,
}


def misread(original: Original, kind: str, number: int) -> Twin:
    """The twin of a kind and number, the same every time."""
    return KINDS[kind](original, random.Random(f"{kind} {number}"))
