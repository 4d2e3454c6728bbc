"""Tamper with a workbook as somebody might, one thing at a time, in the XML of the file itself.

Nothing of finmodel is used, so that the audit does not judge by what it also makes. Each tampering says where it was
done: the sheet, the cells (any of which will do as the place of a finding) and the kinds of finding that name it.
"""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from io import BytesIO

_ROW = re.compile(r"<row r=\"(\d+)\"([^>]*?)(/>|>(.*?)</row>)", re.DOTALL)
_CELL = re.compile(r"<c r=\"([A-Z]+)(\d+)\"([^>]*?)(/>|>(.*?)</c>)", re.DOTALL)
_FORMULA = re.compile(r"<f>(.*?)</f>", re.DOTALL)
_VALUE = re.compile(r"<v>(.*?)</v>", re.DOTALL)
_REFERENCE = re.compile(
    r"(?P<text>\"[^\"]*\")|(?P<sheet>(?:'(?:[^']|'')+'|[A-Za-z_]\w*)!)?"
    r"(?P<a>\$?[A-Z]{1,3}\$?\d+)(?::(?P<b>\$?[A-Z]{1,3}\$?\d+))?(?![\w(!])"
)
_CORNER = re.compile(r"(\$?)([A-Z]+)(\$?)(\d+)")


@dataclass(frozen=True)
class Tampered:
    """A workbook that was tampered with, and where: `cells` are those of which one must be named."""

    kind: str
    content: bytes
    sheet: str
    cells: frozenset[str]
    named_as: frozenset[str]
    what: str


@dataclass(frozen=True)
class Held:
    """A cell of the file: its sheet, place, attributes and inside."""

    sheet: str
    column: str
    row: int
    attributes: str
    inside: str
    start: int
    end: int

    @property
    def cell(self) -> str:
        return f"{self.column}{self.row}"

    @property
    def formula(self) -> str:
        match = _FORMULA.search(self.inside)
        return unescape(match[1]) if match else ""


class Original:
    """A workbook's parts, from which tampered ones are made."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        listing = self.parts["xl/workbook.xml"].decode()
        names = [unescape(name) for name in re.findall(r"<sheet name=\"([^\"]*)\"", listing)]
        self.part_of = {name: f"xl/worksheets/sheet{number}.xml" for number, name in enumerate(names, start=1)}
        self.xml = {name: self.parts[part].decode() for name, part in self.part_of.items()}
        self.cells = [held for name, xml in self.xml.items() for held in _cells(name, xml)]
        strings = self.parts["xl/sharedStrings.xml"].decode()
        self.strings = [unescape(text) for text in re.findall(r"<si><t[^>]*>(.*?)</t></si>", strings, re.DOTALL)]
        self.formulas = [held for held in self.cells if held.formula]
        text_sheets = {"Cover", "Summary", "Assurance", "Case"}
        self.lines = [name for name in self.xml if name not in text_sheets]
        self.labels = [h for h in self.texts("A", "Summary") if h.row >= 8 and self.text(h)]

    def texts(self, column: str, *more: str) -> list[Held]:
        """The cells of text in a column of the sheets of lines, and of more sheets by name."""
        sheets = {*self.lines, *more}
        return [h for h in self.cells if h.column == column and h.sheet in sheets and 't="s"' in h.attributes]

    def text(self, held: Held) -> str:
        """The text of a cell of text."""
        match = _VALUE.search(held.inside)
        return self.strings[int(match[1])] if match else ""

    def file(self, changed: dict[str, str]) -> bytes:
        """The file with some parts changed or added, by name."""
        target = BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, content in (self.parts | {name: text.encode() for name, text in changed.items()}).items():
                archive.writestr(name, content)
        return target.getvalue()

    def with_cells(self, *changes: tuple[Held, str]) -> bytes:
        """The file with cells of one sheet written anew."""
        sheet = changes[0][0].sheet
        xml = self.xml[sheet]
        for held, text in sorted(changes, key=lambda change: -change[0].start):
            xml = xml[: held.start] + text + xml[held.end :]
        return self.file({self.part_of[sheet]: xml})


def _cells(sheet: str, xml: str) -> list[Held]:
    return [
        Held(sheet, match[1], int(match[2]), match[3], match[5] or "", match.start(), match.end())
        for match in _CELL.finditer(xml)
    ]


def _written(held: Held, inside: str, kind: str = "") -> str:
    attributes = re.sub(r" t=\"\w+\"", "", held.attributes)
    return f'<c r="{held.cell}"{attributes}{f" t={chr(34)}{kind}{chr(34)}" if kind else ""}>{inside}</c>'


def _number_in(held: Held) -> float | None:
    match = _VALUE.search(held.inside)
    if match is None or 't="s' in held.attributes:
        return None
    return float(match[1])


def _one(kind: str, original: Original, held: Held, written: str, named: str, what: str) -> Tampered:
    named_as = frozenset(named.split())
    return Tampered(kind, original.with_cells((held, written)), held.sheet, frozenset([held.cell]), named_as, what)


def typed_over(original: Original, chance: random.Random) -> Tampered:
    held = chance.choice(original.formulas)
    number = _number_in(held)
    value = number if number is not None and chance.random() < 0.5 else chance.choice([0, 1, 12, 40_000, 1e6])
    written = _written(held, f"<v>{value!r}</v>")
    return _one("value typed over a formula", original, held, written, "TYPED_OVER", f"{held.formula} → {value!r}")


def _with_formula(kind: str, original: Original, held: Held, formula: str, named: str) -> Tampered:
    written = held.inside.replace(
        f"<f>{escape(held.formula, quote=False)}</f>", f"<f>{escape(formula, quote=False)}</f>"
    )
    assert written != held.inside, (held.formula, held.inside)
    whole = f'<c r="{held.cell}"{held.attributes}>{written}</c>'
    return _one(kind, original, held, whole, named, f"{held.formula} → {formula}")


_ANY_FORMULA = "NUMBER_CHANGED REFERENCE_CHANGED RANGE_CHANGED FORMULA_CHANGED"


def constant(original: Original, chance: random.Random) -> Tampered:
    """A number in a formula made another, or one written into a formula that had none."""
    held = chance.choice(original.formulas)
    outside = re.sub(r"'[^']*'|\"[^\"]*\"", lambda match: "'" * len(match[0]), held.formula)  # not in names or texts
    numbers = list(re.finditer(r"(?<![\w$.'!:])\d+(?:\.\d+)?(?![\w'!.:])", outside))
    if numbers and chance.random() < 0.7:
        match = chance.choice(numbers)
        formula = held.formula[: match.start()] + chance.choice(["7", "0.5", "100"]) + held.formula[match.end() :]
    else:
        formula = held.formula + chance.choice(["+1", "*1.05", "-1000", "*1", "+0"])
    return _with_formula("changed constant", original, held, formula, _ANY_FORMULA)


def reference(original: Original, chance: random.Random) -> Tampered:
    """A reference to one cell made one to its neighbour, or fixed where it was not."""
    held = chance.choice([h for h in original.formulas if _references(h.formula, ranges=False)])
    match = chance.choice(_references(held.formula, ranges=False))
    new = chance.choice([_nudged, _nudged, _fixed])(match["a"], chance)
    formula = held.formula[: match.start("a")] + new + held.formula[match.end("a") :]
    return _with_formula("changed reference", original, held, formula, _ANY_FORMULA)


def shifted_range(original: Original, chance: random.Random) -> Tampered:
    """A range moved, or cut short, by a cell."""
    held = chance.choice([h for h in original.formulas if _references(h.formula, ranges=True)])
    match = chance.choice(_references(held.formula, ranges=True))
    end = chance.choice(["a", "b"])
    formula = held.formula[: match.start(end)] + _nudged(match[end], chance) + held.formula[match.end(end) :]
    return _with_formula("shifted range", original, held, formula, _ANY_FORMULA)


def _references(formula: str, ranges: bool) -> list[re.Match[str]]:
    return [m for m in _REFERENCE.finditer(formula) if m["a"] and bool(m["b"]) is ranges]


def _nudged(corner: str, chance: random.Random) -> str:
    fixed_column, letters, fixed_row, row = _corner(corner)
    if chance.random() < 0.5:
        return f"{fixed_column}{letters}{fixed_row}{row + chance.choice([1, 2, 7])}"
    return f"{fixed_column}{_letters(_column(letters) + 1)}{fixed_row}{row}"


def _fixed(corner: str, _: random.Random) -> str:
    fixed_column, letters, fixed_row, row = _corner(corner)
    return f"{'' if fixed_column else '$'}{letters}{fixed_row}{row}"


def _corner(text: str) -> tuple[str, str, str, int]:
    match = _CORNER.fullmatch(text)
    assert match is not None
    return match[1], match[2], match[3], int(match[4])


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def swapped_label(original: Original, chance: random.Random) -> Tampered:
    """The labels of two lines of a sheet exchanged."""
    one = chance.choice(original.labels)
    others = [h for h in original.labels if h.sheet == one.sheet and original.text(h) != original.text(one)]
    if not others:
        return swapped_label(original, chance)
    other = chance.choice(others)
    content = original.with_cells((one, _written(one, other.inside, "s")), (other, _written(other, one.inside, "s")))
    what = f"{original.text(one)} ↔ {original.text(other)}"
    named = frozenset(["LABEL_CHANGED", "HEADING_CHANGED"] if one.sheet in original.lines else ["LABEL_CHANGED"])
    return Tampered("swapped label", content, one.sheet, frozenset([one.cell]), named, what)


def changed_text(original: Original, chance: random.Random) -> Tampered:
    """A unit, rule, address or source with another text."""
    named = {"B": "UNIT_CHANGED", "C": "RULE_CHANGED", "D": "ADDRESS_CHANGED"}
    column = chance.choice(list(named))
    held = chance.choice([h for h in original.texts(column) if h.row >= 8])
    new = original.text(held) + chance.choice([" *", "s", " per month"])
    written = _written(held, f"<is><t>{escape(new)}</t></is>", "inlineStr")
    return _one("changed unit, rule or address", original, held, written, named[column], new)


def stale(original: Original, chance: random.Random) -> Tampered:
    """A stored result that is not the formula's."""
    held = chance.choice(original.formulas)
    number = _number_in(held)
    if number is None:
        written = _VALUE.sub("<v>in the first month</v>", held.inside)
    else:
        new = chance.choice([number + 1, number * 1.001 if number else 0.01, -number if number else 1.0])
        written = _VALUE.sub(f"<v>{new!r}</v>", held.inside)
    whole = f'<c r="{held.cell}"{held.attributes}>{written}</c>'
    return _one("stale stored value", original, held, whole, "STALE", held.formula)


def hidden_row(original: Original, chance: random.Random) -> Tampered:
    sheet = chance.choice(list(original.xml))
    match = chance.choice(list(_ROW.finditer(original.xml[sheet])))
    attributes = re.sub(r" (ht|customHeight)=\"[^\"]*\"", "", match[2])
    how = chance.choice([' hidden="1"', ' ht="0" customHeight="1"'])
    whole = match[0].replace(f'<row r="{match[1]}"{match[2]}', f'<row r="{match[1]}"{attributes}{how}', 1)
    xml = original.xml[sheet][: match.start()] + whole + original.xml[sheet][match.end() :]
    content = original.file({original.part_of[sheet]: xml})
    return Tampered(
        "hidden row", content, sheet, frozenset([f"{match[1]}:{match[1]}"]), frozenset(["ROWS_HIDDEN"]), how
    )


def hidden_column(original: Original, chance: random.Random) -> Tampered:
    sheet = chance.choice([name for name, xml in original.xml.items() if "<col " in xml])
    match = chance.choice(
        list(re.finditer(r"<col min=\"(\d+)\" max=\"(\d+)\" width=\"([^\"]*)\"", original.xml[sheet]))
    )
    hidden = match[0] + ' hidden="1"' if chance.random() < 0.5 else match[0].replace(f'width="{match[3]}"', 'width="0"')
    xml = original.xml[sheet].replace(match[0], hidden, 1)
    cells = frozenset([f"{_letters(int(match[1]))}:{_letters(int(match[2]))}"])
    content = original.file({original.part_of[sheet]: xml})
    return Tampered("hidden column", content, sheet, cells, frozenset(["COLUMNS_HIDDEN"]), hidden)


def hidden_sheet(original: Original, chance: random.Random) -> Tampered:
    sheet = chance.choice(list(original.xml))
    state = chance.choice(["hidden", "veryHidden"])
    listing = original.parts["xl/workbook.xml"].decode()
    tag = f'<sheet name="{escape(sheet)}"'
    content = original.file({"xl/workbook.xml": listing.replace(tag, f'{tag} state="{state}"')})
    return Tampered("hidden sheet", content, sheet, frozenset([""]), frozenset(["SHEET_HIDDEN"]), state)


def changed_year(original: Original, chance: random.Random) -> Tampered:
    """A year or month of a header with another name."""
    headers = [h for h in original.cells if h.sheet in original.lines and h.row in (3, 4) and h.column != "A"]
    held = chance.choice([h for h in headers if 't="s"' in h.attributes])
    written = _written(held, f"<is><t>{chance.choice(['2031/32', 'Apr 2031', '2011/12 '])}</t></is>", "inlineStr")
    return _one("changed year or month", original, held, written, "PERIOD_CHANGED", original.text(held))


def changed_input(original: Original, chance: random.Random) -> Tampered:
    inputs = [h for h in original.cells if h.sheet.startswith("Inputs") and not h.formula and "<v>" in h.inside]
    held = chance.choice([h for h in inputs if 't="' not in h.attributes])
    number = _number_in(held)
    assert number is not None
    new = chance.choice([number * 1.1, number + 1]) if number else 1.0
    written = _written(held, f"<v>{new!r}</v>")
    named = "INPUT_CHANGED CONVENTION_CHANGED FACT_CHANGED"
    return _one("changed input", original, held, written, named, f"{number!r} → {new!r}")


def broken_name(original: Original, chance: random.Random) -> Tampered:
    """A defined name that points elsewhere, nowhere, or is gone."""
    listing = original.parts["xl/workbook.xml"].decode()
    match = chance.choice(list(re.finditer(r"<definedName name=\"([^\"_]+[^\"]*)\">([^<]*)</definedName>", listing)))
    how = chance.choice(["elsewhere", "nowhere", "gone"])
    moved = re.sub(r"\$(\d+)", lambda m: f"${int(m[1]) + 1}", match[2])
    new = {"elsewhere": match[0].replace(match[2], moved), "nowhere": match[0].replace(match[2], "#REF!"), "gone": ""}[
        how
    ]
    content = original.file({"xl/workbook.xml": listing.replace(match[0], new, 1)})
    return Tampered("broken name", content, "", frozenset([match[1]]), frozenset(["NAME_CHANGED", "NAME_DELETED"]), how)


def _is_filled(xml: str, row: int) -> bool:
    match = re.search(rf"<row r=\"{row}\"[^>]*?(/>|>(.*?)</row>)", xml, re.DOTALL)
    return bool(match and match[2] and ("<v>" in match[2] or "<f>" in match[2]))


def _moved_by(original: Original, sheet: str, at: int, by: int) -> dict[str, str]:
    """Every part with the rows of a sheet from `at` on moved by one, and all references with them, as Excel does.

    by: 1 to make room for a row at `at`, -1 to close the gap that the row `at` leaves.
    """

    def place(row: int) -> int | None:
        if by < 0 and row == at:
            return None
        return row + by if row >= at else row

    def reference(match: re.Match[str], own: str) -> str:
        if match["text"]:
            return match[0]
        prefix = match["sheet"] or ""
        named = prefix[:-1].strip("'").replace("''", "'") if prefix else own
        if named != sheet:
            return match[0]
        corners = [_corner(match[end]) for end in ("a", "b") if match[end]]
        rows = [place(corner[3]) for corner in corners]
        if None in rows and len({corner[3] for corner in corners}) == 1:
            return f"{prefix}#REF!"
        if len(rows) == 2 and None in rows:  # a range that loses an end shrinks
            rows = [at if rows[0] is None else rows[0], at - 1 if rows[1] is None else rows[1]]
        return prefix + ":".join(f"{c[0]}{c[1]}{c[2]}{row}" for c, row in zip(corners, rows, strict=True))

    def formula(match: re.Match[str], own: str) -> str:
        moved = _REFERENCE.sub(lambda m: reference(m, own), unescape(match[1]))
        return match[0].replace(match[1], escape(moved, quote=False))

    changed = {}
    for name, xml in original.xml.items():
        new = re.sub(r"<f>(.*?)</f>", lambda m, own=name: formula(m, own), xml)
        if name == sheet:
            new = _ROW.sub(lambda m: _moved_row(m, place), new)
        changed[original.part_of[name]] = new
    listing = original.parts["xl/workbook.xml"].decode()
    changed["xl/workbook.xml"] = re.sub(r"<definedName [^>]*>(.*?)</definedName>", lambda m: formula(m, ""), listing)
    return changed


def _moved_row(match: re.Match[str], place: Callable[[int], int | None]) -> str:
    row = place(int(match[1]))
    if row is None:
        return ""
    inside = re.sub(rf"(<c r=\"[A-Z]+){match[1]}\"", rf"\g<1>{row}{chr(34)}", match[3])
    return f'<row r="{row}"{match[2]}{inside}'


def inserted_row(original: Original, chance: random.Random) -> Tampered:
    """A row put in, empty or with a text; everything below and every reference follow."""
    sheet = chance.choice(original.lines)
    rows = [int(match[1]) for match in _ROW.finditer(original.xml[sheet])]
    at = chance.randint(3, max(rows))
    changed = _moved_by(original, sheet, at, 1)
    text = chance.choice(["", "Contingency"])
    inside = f'<c r="A{at}" t="inlineStr"><is><t>{text}</t></is></c>' if text else ""
    xml = changed[original.part_of[sheet]]
    before = re.search(rf"<row r=\"{at + 1}\"", xml) or re.search(r"</sheetData>", xml)
    later = [m for m in _ROW.finditer(xml) if int(m[1]) > at]
    start = later[0].start() if later else before.start() if before else 0
    changed[original.part_of[sheet]] = f'{xml[:start]}<row r="{at}">{inside}</row>{xml[start:]}'
    # among empty rows nobody can tell which one is new
    first = last = at
    while not text and not _is_filled(original.xml[sheet], first - 1):
        first -= 1
    while not text and not _is_filled(original.xml[sheet], last) and last < max(rows):
        last += 1
    cells = frozenset(f"{row}:{row}" for row in range(first, last + 1))
    return Tampered("inserted row", original.file(changed), sheet, cells, frozenset(["ROWS_INSERTED"]), f"{at} {text}")


def deleted_row(original: Original, chance: random.Random) -> Tampered:
    """A row taken out; everything below and every reference follow."""
    sheet = chance.choice(original.lines)
    rows = [int(match[1]) for match in _ROW.finditer(original.xml[sheet]) if _is_filled(match[0], int(match[1]))]
    at = chance.choice(rows)
    content = original.file(_moved_by(original, sheet, at, -1))
    # it is told at the row that stands there now, or the last before it where nothing does
    return Tampered("deleted row", content, sheet, frozenset([f"{at}:{at}"]), frozenset(["ROWS_DELETED"]), f"row {at}")


KINDS: tuple[Callable[[Original, random.Random], Tampered], ...] = (
    typed_over, constant, reference, shifted_range, swapped_label, stale, hidden_row, changed_text, changed_year,
    hidden_column, hidden_sheet, inserted_row, deleted_row, broken_name, changed_input,
)  # fmt: skip


def tampered(original: Original, number: int, seed: int = 2026) -> Tampered:
    """The tampering of a number: kinds in turn, everything else by chance, the same each time."""
    chance = random.Random(f"{seed} {number}")
    return KINDS[number % len(KINDS)](original, chance)
