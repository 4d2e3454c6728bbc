"""The table of hostile and damaged inputs: what is written, which command is asked, and what must come of it."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CASE = (ROOT / "inputs" / "darlington-2010" / "case.yaml").read_text(encoding="utf-8")
TITLE = """title: "Safeguarding: children's social work services"\ncouncil"""
PAPER = """paper: {authority: A council, title: A paper, date: 2015-01-20}
figures:
  cost: {printed: "£500,000", unit: £, where: page 1, label: Cost}
  each: {printed: "£40,000", unit: £ per child, where: page 1, label: A placement}
  children: {printed: "thirteen", unit: children, where: page 1, label: Children}
workings:
  - {figure: children, equals: "break_even(cost, each)", why: Division.}
"""
FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", '=HYPERLINK("http://127.0.0.1/","x")')
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
TEMPLATE = "{{ 7*7 }}{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}"


@dataclass(frozen=True)
class Hostile:
    """One input. words: what the answer must hold; code: the exit code, 2 where `audit`, `reproduce` and `verify`
    cannot read it."""

    name: str
    command: str  # with {} for the input
    write: Callable[[Path], str]  # writes into a folder, gives the name of the input
    words: str
    code: int = 1


def case(text: str | bytes, **tables: str | bytes) -> Callable[[Path], str]:
    """A case in a folder, with tables by their names before `.csv`."""

    def write(folder: Path) -> str:
        (folder / "case").mkdir()
        for name, content in {"case.yaml": text, **{f"{table}.csv": each for table, each in tables.items()}}.items():
            (folder / "case" / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return "case"

    return write


def changed(old: str, new: str, text: str = CASE) -> str:
    assert old in text, old
    return text.replace(old, new, 1)


def titled(title: str) -> str:
    """The case with a title, written so that YAML gives it as it is."""
    return changed(TITLE, f"title: '{title.replace(chr(39), chr(39) * 2)}'\ncouncil")


def with_table(name: str) -> str:
    """The case with its grades in a table."""
    return f"{CASE}\ngrades: {{csv: '{name}'}}\n"


def file(name: str, content: str | bytes) -> Callable[[Path], str]:
    def write(folder: Path) -> str:
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return name

    return write


def linked(folder: Path) -> str:
    """A table that is a link out of the folder."""
    case(with_table("t.csv"))(folder)
    (folder / "secret.csv").write_text("id,label,salary\nsecret,SECRET-WORD,1\n", encoding="utf-8")
    (folder / "case" / "t.csv").symlink_to("../secret.csv")
    return "case"


def circle(folder: Path) -> str:
    case(with_table("t.csv"))(folder)
    (folder / "case" / "t.csv").symlink_to("t.csv")
    return "case"


def looped(folder: Path) -> str:
    (folder / "case").mkdir()
    (folder / "case" / "case.yaml").symlink_to("case.yaml")
    return "case"


def pipe(folder: Path) -> str:
    """A table that is a pipe, from which nothing ever comes."""
    case(with_table("t.csv"))(folder)
    os.mkfifo(folder / "case" / "t.csv")
    return "case"


@cache
def parts() -> dict[str, bytes]:
    """The parts of a small sound workbook."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Model")
    sheet.write_row(0, 0, ["Cost", 1, 2.5])
    sheet.write_formula(1, 1, "=SUM(B1:C1)", None, 3.5)
    book.close()
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def workbook(compression: int = zipfile.ZIP_DEFLATED, **changes: bytes | Callable[[bytes], bytes]) -> bytes:
    """That workbook with parts changed or added; `__` in a name stands for `/`, `_dot_` for `.`."""
    contents = dict(parts())
    for key, change in changes.items():
        name = key.replace("_dot_", ".").replace("__", "/")
        contents[name] = change if isinstance(change, bytes) else change(contents[name])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return out.getvalue()


def in_sheet(xml: str) -> bytes:
    """The workbook with other rows on its sheet."""
    head = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return workbook(xl__worksheets__sheet1_dot_xml=f"{head}<sheetData>{xml}</sheetData></worksheet>".encode())


def document_type(declared: str, used: str) -> bytes:
    head = f'<?xml version="1.0"?><!DOCTYPE w [{declared}]>'
    body = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    cell = f'<c r="A1" t="inlineStr"><is><t>{used}</t></is></c></row></sheetData></worksheet>'
    return workbook(xl__worksheets__sheet1_dot_xml=(head + body + cell).encode())


def hidden_sheet(name: str) -> bytes:
    """The workbook with a second sheet that is hidden, of a name."""
    listed = f'<sheet name="{name}" sheetId="9" state="hidden" r:id="rId98"/></sheets>'.encode()
    relation = (
        b'<Relationship Id="rId98" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
        b' Target="worksheets/sheet1.xml"/></Relationships>'
    )
    return workbook(
        xl___rels__workbook_dot_xml_dot_rels=lambda content: content.replace(b"</Relationships>", relation),
        xl__workbook_dot_xml=lambda content: content.replace(b"</sheets>", listed),
    )


def external_link(content: bytes) -> bytes:
    relation = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>'
    )
    return content.replace(b"</Relationships>", relation)


def link_out(target: str) -> bytes:
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        f'externalLinkPath" Target="{target}" TargetMode="External"/></Relationships>'
    )
    listed = (
        b'<externalReferences><externalReference xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships" r:id="rId99"/></externalReferences></workbook>'
    )
    return workbook(
        xl___rels__workbook_dot_xml_dot_rels=external_link,
        xl__workbook_dot_xml=lambda content: content.replace(b"</workbook>", listed),
        xl__externalLinks__externalLink1_dot_xml=b"<externalLink/>",
        xl__externalLinks___rels__externalLink1_dot_xml_dot_rels=relations.encode(),
    )


BILLION = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 10)}]\n" for n in range(8)
)
LOLS = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
MILLION_ROWS = b"id,label,salary\n" + b"g1234,Grade,30000\n" * 1_000_000
COST = "annual_cost: 33000" if "annual_cost: 33000" in CASE else ""


def reader(name: str, text: str | bytes, words: str, **tables: str | bytes) -> list[Hostile]:
    """A case that cannot be read, asked of every command that reads one."""
    commands = ("check {}", "report {} --out out", "explain {} a.b", "diff {} {}", "reproduce results.json {}")
    return [
        Hostile(
            f"{name}: {command.split()[0]}", command, case(text, **tables), words, 1 + command.startswith("reproduce")
        )
        for command in commands
    ]


def told(name: str, text: str | bytes, words: str, **tables: str | bytes) -> Hostile:
    return Hostile(name, "report {} --out out", case(text, **tables), words)


def quoted(name: str, text: str | bytes, words: str, code: int = 2) -> Hostile:
    return Hostile(f"paper, {name}", "verify {} --out out", file("paper.yaml", text), words, code)


def audited(name: str, content: bytes, words: str, code: int = 2) -> Hostile:
    return Hostile(f"workbook, {name}", "audit {} --out out", file("book.xlsx", content), words, code)


def figure(printed: str) -> str:
    return changed('"£500,000"', printed, PAPER)


def working(text: str) -> str:
    return changed('"break_even(cost, each)"', text, PAPER)


ROWS: tuple[Hostile, ...] = (
    *reader("malformed YAML", "title: [unclosed\nyears: 3\n", "line"),
    told("a tab for an indent", "title: A\noptions:\n\t- id: a\n", "tab"),
    told("not UTF-8", CASE.encode().replace(b"\xc2\xa3", b"\xa3"), "not UTF-8"),
    told("UTF-16", CASE.encode("utf-16"), "not UTF-8"),
    told("bytes that are no text", bytes(range(256)) * 10, "not UTF-8"),
    told("a character that cannot be seen", titled("A\\x00B").replace("'A\\x00B'", '"A\\0B"'), "cannot be seen"),
    told("an empty file", "", "empty"),
    told("nested a hundred thousand deep", "title: " + "[" * 100_000, "nested"),
    told("anchors that multiply", BILLION, "values"),
    told("an anchor inside itself", "title: &a [*a]\n", "anchor"),
    told("a tag that would run a program", 'title: !!python/object/apply:os.system ["touch out/x"]\n', "tag"),
    told("a file of 6 MB", "# " + "x" * 6_000_000, "larger than"),
    told("200,000 options", "options:\n" + "- {id: a, title: A}\n" * 200_000, "values"),
    told("two documents", f"{CASE}\n---\n{CASE}", "document"),
    told("a number too large to hold", changed("33000", "1e999"), "number"),
    told("a number of 5,000 digits", changed("33000", "9" * 5_000), "not an amount of money"),
    told("a number that makes others too large", changed("33000", "9e307"), ""),
    told("not a number", changed("33000", ".nan"), "number"),
    told("a locale's commas", changed("33000", "1.234,56"), "Commas go between thousands only"),
    told("figures of another script", changed("33000", "３３０００"), "not an amount of money"),
    told("a billion years", changed("years: 4", "years: 1000000000"), "years"),
    told("a year far away", changed("first_year: 2010/11", "first_year: 9998/99"), "year"),
    told("marks that turn text around", titled("A \u202eB"), "another order"),
    told("the same marks as an escape", changed(TITLE, 'title: "A \\u202eB"\ncouncil'), "another order"),
    told("a zero-width space", titled("A \u200bB"), "U+200B"),
    told("a letter of tags as an escape", changed(TITLE, 'title: "A \\U000e0041B"\ncouncil'), "U+E0041"),
    told("a sum next to nothing", changed("33000", "1e-290"), "less than a penny"),
    told("a table by semicolons", with_table("t.csv"), "semicolons", t="id;label;salary\na;A;1\n"),
    Hostile("a case that is a link to itself", "check {}", looped, "no case.yaml"),
    told("a name that climbs", changed("options:\n  - id: ", "options:\n  - id: ../../x", CASE), "name"),
    told("a malformed table", with_table("t.csv"), "t.csv", t='id,label,salary\n"a,b\n'),
    told("a table that is not UTF-8", with_table("t.csv"), "not UTF-8", t=b"id,label,salary\na,\xff,1\n"),
    told("a table with NUL", with_table("t.csv"), "cannot be seen", t=b"id,label,salary\na,\0,1\n"),
    told("a table of a million rows", with_table("t.csv"), "larger than", t=MILLION_ROWS),
    told("a table of very many short rows", with_table("t.csv"), "values", t=b"id,b,c\n" + b"a,1,2\n" * 600_000),
    told("a table with one endless cell", with_table("t.csv"), "t.csv", t=b'id\n"' + b"x" * 4_000_000),
    told("a table up the folder", with_table("../secret.csv"), "in the folder of the case"),
    told("a table from the root", with_table("/etc/passwd"), "in the folder of the case"),
    told("a table from another drive", with_table("C:\\\\secret.csv"), "in the folder of the case"),
    told("a table from the network", with_table("\\\\\\\\server\\\\share\\\\t.csv"), "in the folder of the case"),
    Hostile("a table that is a link out", "report {} --out out", linked, "in the folder of the case"),
    Hostile("a table that is a link to itself", "report {} --out out", circle, "no such file"),
    Hostile("a table that is a pipe", "report {} --out out", pipe, "no such file"),
    Hostile("a device for a case", "check {}", lambda _: "/dev/zero", "no such file"),
    Hostile("a name too long", "check {}", lambda _: "x" * 5_000, "no such file"),
    *(Hostile(f"a title with {name}", "report {} --out out", case(titled(text)), "Wrote", 0)
      for name, text in (("HTML", SCRIPT), ("templates", TEMPLATE), *((f"formula {text[0]}{n}", text) for n, text in enumerate(FORMULAS)))),
    # Papers.
    quoted("malformed", "paper: [", "line"),
    quoted("not UTF-8", PAPER.encode().replace(b"\xc2\xa3", b"\xa3"), "not UTF-8"),
    quoted("nested deeply", "paper: " + "{a: " * 100_000, "nested"),
    quoted("anchors that multiply", BILLION, "values"),
    quoted("a tag", "paper: !!python/name:os.system\n", "tag"),
    quoted("a number of 5,000 digits", figure('"' + "9" * 5_000 + '"'), "cost"),
    quoted("a printed text of a million letters", figure('"' + "about " * 150_000 + '1"'), "cost"),
    quoted("a locale's commas", figure('"1.234,56"'), "cost"),
    quoted("a working nested deeply", working('"' + "(" * 20_000 + "cost" + ")" * 20_000 + '"'), "longer than 1000 characters"),
    quoted("a working of very many steps", working('"' + "+".join(["cost"] * 100_000) + '"'), "longer than 1000 characters"),
    quoted("a working that multiplies on", working('"' + "*".join(["cost"] * 300) + '"'), "longer than 1000 characters"),
    quoted("a working that is a program", working("""'__import__("os").system("touch out/x")'"""), "cannot be read"),
    quoted("a power", working('"9**9**9**9"'), "children"),
    quoted("a division by nil", working('"cost / (each - each)"'), "cannot be checked", 0),
    quoted("a name that climbs", changed("  cost: ", "  ../../cost: ", PAPER), "name"),
    quoted("marks that turn text around", changed("label: Cost", "label: Co\u202est", PAPER), "another order"),
    *(quoted(f"a label with {name}", changed("label: Cost", f"label: '{text.replace(chr(39), chr(39) * 2)}'", PAPER), "thirteen", 0)
      for name, text in (("HTML", SCRIPT), ("templates", TEMPLATE), *((f"formula {text[0]}{n}", text) for n, text in enumerate(FORMULAS)))),
    Hostile("paper, a device", "verify {}", lambda _: "/dev/zero", "/dev/zero", 2),
    Hostile("paper, a pipe", "verify {}", lambda folder: str(os.mkfifo(folder / "p.yaml") or "p.yaml"), "p.yaml", 2),
    # Workbooks.
    audited("empty", b"", "empty"),
    audited("text", b"a,b\n1,2\n", "not a workbook"),
    audited("cut off", workbook()[:2_000], "damaged"),
    audited("of the old kind", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2_000), "old kind"),
    audited("a bomb", workbook(xl__worksheets__sheet1_dot_xml=b"<a>" + b" " * 60_000_000), "times its size"),
    audited("a bomb of many parts", workbook(**{f"p{n}": b"x" for n in range(6_000)}), "parts"),
    audited("entities that multiply", document_type(LOLS, "&j;"), "sheet1.xml"),
    audited("an entity that reads a file", document_type('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"), "sheet1.xml"),
    audited("an entity that asks the network", document_type('<!ENTITY a SYSTEM "http://127.0.0.1:9/">', "&a;"), "sheet1.xml"),
    audited("malformed XML", workbook(xl__worksheets__sheet1_dot_xml=b"<worksheet><a>"), "sheet1.xml"),
    audited("XML nested deeply", in_sheet("<a>" * 50_000), "sheet1.xml"),
    audited("a part that climbs", workbook(**{"_dot__dot____dot__dot____tmp__x": b"x"}), "The general checks find nothing", 0),
    audited("a part without a name", workbook().replace(b"_rels/.rels", b"\0rels/.rels"), "not a workbook"),
    audited("macros", workbook(xl__vbaProject_dot_bin=b"\0" * 100), "macros, which were not run", 0),
    audited("an external link", link_out("http://127.0.0.1:9/secret.xlsx"), "127.0.0.1", 1),
    audited("a link to a share", link_out("file:///\\\\server\\share\\x.xlsx"), "server", 1),
    audited("a row far below", in_sheet('<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'), ""),
    audited("a cell that is no cell", in_sheet('<row r="1"><c r="???"><v>1</v></c></row>'), ""),
    audited("a number too large", in_sheet('<row r="1"><c r="A1"><v>1e999</v></c><c r="B1"><f>A1*2</f><v>0</v></c></row>'), ""),
    audited("a formula nested deeply", in_sheet(f'<row r="1"><c r="A1"><f>{"(" * 5_000}1{")" * 5_000}</f><v>1</v></c></row>'), "", 1),
    audited("a formula of 100,000 signs", in_sheet(f'<row r="1"><c r="A1"><f>{"-" * 100_000}1</f><v>1</v></c></row>'), "", 1),
    audited("a formula that reads everything", in_sheet('<row r="1"><c r="A2"><f>SUM(A:XFD)+SUMPRODUCT(B1:XFD1048576)</f><v>1</v></c></row>'), "", 1),
    audited("a formula that asks the network", in_sheet('<row r="1"><c r="A1"><f>WEBSERVICE("http://127.0.0.1:9/")</f><v>1</v></c></row>'), "", 1),
    audited("a circle", in_sheet('<row r="1"><c r="A1"><f>B1</f><v>1</v></c><c r="B1"><f>A1</f><v>1</v></c></row>'), "", 1),
    audited("controls of a terminal in a name", hidden_sheet("_x001B_[2J\u202eevil"), "evil", 1),
    audited("controls of a terminal in a cell", in_sheet('<row r="1"><c r="A1" t="str"><v>_x001B_[2J\u202e1</v></c><c r="B1"><f>SUM(A1:A3)+_x001B_[2J</f><v>7</v></c><c r="C1"><f>"\u202e"&amp;1</f><v>7</v></c></row>'), "Model!C1", 1),
    audited("controls of a terminal in a link", link_out("http://127.0.0.1:9/\u202eevil"), "evil", 1),
    Hostile("results, controls of a terminal", "reproduce {} good", file("r.json", '{"format": 1, "lines": {"a.\\u001b[2J\\u202e": {"value": 1, "label": "\\u001b[2J"}}, "provenance": {"packages": {"\\u001b[2J": "1"}}}'), "then"),
    Hostile("command line, controls of a terminal", "explain good options.\x1b[2J\u202e", lambda _: "good", "No line"),
    Hostile("a file name with controls", "check \x1b[2J\u202e", lambda _: "good", "no such file"),
    audited("HTML in a cell", in_sheet(f'<row r="1"><c r="A1" t="str"><f>"&lt;script&gt;alert(1)&lt;/script&gt;"&amp;A1</f><v>{SCRIPT.replace("<", "&lt;")}</v></c></row>'), "", 1),
    # Results handed in.
    Hostile("results, cut off", "reproduce {} good", file("r.json", b'{"format": 1, "li'), "JSON", 2),
    Hostile("results, nested deeply", "reproduce {} good", file("r.json", b"[" * 500_000), "nested", 2),
    Hostile("results, a device", "reproduce {} good", lambda _: "/dev/zero", "This is no file", 2),
    Hostile("results, a pipe", "reproduce {} good", lambda folder: str(os.mkfifo(folder / "r.json") or "r.json"), "This is no file", 2),
    Hostile("a pipe for a case", "check {}", lambda folder: str(os.mkfifo(folder / "c.yaml") or "c.yaml"), "no such file"),
    Hostile("a pipe for a workbook", "audit {}", lambda folder: str(os.mkfifo(folder / "w.xlsx") or "w.xlsx"), "w.xlsx", 2),
)  # fmt: skip
