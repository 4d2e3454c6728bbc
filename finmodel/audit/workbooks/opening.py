"""The one door through which workbooks come in: a path to a `Workbook`, or a problem in plain words.

Nothing of the file is trusted, run or followed. The size is limited before anything is unpacked and while it is; a
document type, and with it every entity, is refused; macros, links, connections and embedded objects are only noted.

Cells are read by our own pass over the sheets, formulas and stored values together, because openpyxl gives one or the
other and so reads a workbook twice, and builds a tree of every row on the way.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from finmodel.audit.workbooks.around import Runs
from finmodel.audit.workbooks.collecting import uncollected
from finmodel.audit.workbooks.contents import (
    DefinedName,
    ExternalLink,
    NamedTable,
    Oddity,
    State,
    Workbook,
    Worksheet,
)
from finmodel.audit.workbooks.drawings import DrawingReader
from finmodel.audit.workbooks.grammar import RELATIONS, SPACE
from finmodel.audit.workbooks.markup import read_in_place
from finmodel.audit.workbooks.package import WORKBOOKS, Package, Relation
from finmodel.audit.workbooks.sheet_reading import NOT_KEPT, Shared, on, read_sheet, unescaped
from finmodel.audit.workbooks.styles import Styles, read_styles
from finmodel.parsing.archive import Archive, Limits, read_whole
from finmodel.parsing.xml_parts import read_part

__all__ = ["WorkbookFile", "open_workbook", "read_workbook"]

_ROOT = "_rels/.rels"
_SHEETS = ("worksheet", "xlMacrosheet", "xlIntlMacrosheet")
_SAYS_NOTHING = ("0", "1", "true", "false")
# Names that Excel makes of its own accord; others of its own are macros that run.
_OWN_NAMES = {"print_area", "print_titles", "_filterdatabase", "criteria", "extract", "database", "sheet_title"}
_EXCEL = "Open it in Excel and save it as .xlsx."
# What else may be in a file, by the beginning of its part's name and by the kinds of relation that lead to it.
_NOTED: dict[tuple[str, ...], str] = {
    ("xl/connections", "connections"): "data connections, which were not followed",
    ("xl/querytables/", "queryTable"): "tables filled by queries, which were not run",
    ("xl/embeddings/", "oleObject", "package"): "embedded objects, which were not opened",
    ("xl/activex/", "control"): "ActiveX controls, which were not run",
    ("xl/ctrlprops/", "ctrlProp"): "form controls",
    ("xl/pivotcache/", "pivotCacheDefinition"): "pivot tables, whose figures are copies that must be refreshed",
    ("xl/macrosheets/", "xlMacrosheet", "xlIntlMacrosheet"):
        "macros of the old kind, on macro sheets, which were not run",
    ("xl/chartsheets/", "chartsheet"): "sheets that hold only a chart",
    ("xl/dialogsheets/", "dialogsheet"): "dialogue sheets",
    ("customxml/", "customXml"): "custom XML data",
    ("customui/", "extensibility"): "buttons of its own in the ribbon",
}  # fmt: skip


def open_workbook(path: str | Path, limits: Limits | None = None) -> Workbook:
    """Read a workbook, .xlsx or .xlsm; raises ProblemsError for anything that is none, is damaged or is too large."""
    limits = limits or Limits()
    return read_workbook(str(path), read_whole(Path(path), limits), limits)


@uncollected
def read_workbook(name: str, content: bytes, limits: Limits | None = None) -> Workbook:
    """The same of a file whose bytes are at hand."""
    return WorkbookFile(Archive(name, content, limits or Limits())).whole(hashlib.sha256(content).hexdigest())


class _Entry(Struct):
    """A sheet as the workbook part lists it."""

    name: str
    state: State
    relation: str


class _Listing(Struct):
    """What the workbook part says."""

    sheets: list[_Entry] = field(default_factory=list)
    names: list[tuple[Mapping[str, str], str]] = field(default_factory=list)
    external: list[str] = field(default_factory=list)
    properties: dict[str, Mapping[str, str]] = field(default_factory=dict)
    windows: list[Mapping[str, str]] = field(default_factory=list)


class _InPart:
    """A reader of a part of the main namespace that reports what is odd about it."""

    def __init__(self, part: str, oddities: list[Oddity]) -> None:
        self.part, self.oddities = part, oddities

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str, text: str) -> None:
        """An element ends."""

    def where(self) -> str:
        """Nowhere in particular."""
        return ""

    def odd(self, what: str) -> None:
        """Something stands where it does not belong."""
        self.oddities.append(Oddity(self.part, "", self.where(), what))


class WorkbookFile:
    """A workbook file that is open: read in whole, or sheet by sheet where only a few are wanted."""

    def __init__(self, archive: Archive) -> None:
        """Raises ProblemsError for what is no workbook, and where what it says of itself cannot be read."""
        self.archive = archive
        self.oddities: list[Oddity] = []
        self.runs: dict[int, tuple[Mapping[str, Mapping[str, str]], ...]] = {}
        if _ROOT not in archive:
            what = "This is a spreadsheet of another program" if "mimetype" in archive else "This is not a workbook"
            raise archive.problem("", what, _EXCEL)
        self.package = Package(archive)
        self.main = self._main_part()
        self.relations = {relation.identifier: relation for relation in self.package.relations(self.main)}
        self.listing = self._listing(self.main)

    @property
    def is_odd(self) -> bool:
        """Whether anything that was read so far could be read in another way."""
        return bool(self.package.oddities or self.oddities)

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """The names of its sheets, those that are only a chart among them, in their order."""
        return tuple(entry.name for entry in self.listing.sheets)

    @cached_property
    def _shared(self) -> Shared:
        """What its sheets share."""
        strings, odd_strings = self._strings(self.relations)
        return Shared(
            self.archive, strings, self._styles.cells, self.runs, oddities=self.oddities, odd_strings=odd_strings,
            conditional=self._styles.conditional,
        )  # fmt: skip

    @cached_property
    def _styles(self) -> Styles:
        theme = _target(self.relations, "theme")
        return read_styles(self.archive, _target(self.relations, "styles"), theme, self.oddities)

    @cached_property
    def _drawings(self) -> DrawingReader:
        return DrawingReader(self.archive, self.package.relations, self._styles.palette)

    def sheet(self, name: str) -> Worksheet | None:
        """The worksheet of a name, read anew; None where there is none. Raises ProblemsError where it is damaged."""
        entry = next((entry for entry in self.listing.sheets if entry.name == name), None)
        return None if entry is None else self._sheet(entry)

    def defined_names(self) -> tuple[DefinedName, ...]:
        """Its defined names, in their order."""
        return tuple(self._defined_names(self.main, self.listing))

    def whole(self, sha256: str) -> Workbook:
        """All that is in it."""
        archive, main, relations, listing = self.archive, self.main, self.relations, self.listing
        shared = self._shared
        read = [(entry.name, self._sheet(entry)) for entry in listing.sheets]
        sheets = [sheet for _, sheet in read if sheet is not None]
        if not sheets:
            raise archive.problem(main, "The workbook has no worksheet", "Check that this is the right file.")
        for number in shared.odd_strings.keys() - shared.seen_strings:
            shared.odd(_target(relations, "sharedStrings"), "", "", shared.odd_strings[number])
        calculation = listing.properties.get("calcPr", {})
        self._settings(main, listing)
        return Workbook(
            name=Path(archive.name).name,
            sha256=sha256,
            sheets=tuple(sheets),
            defined_names=self.defined_names(),
            external_links=tuple(self._external_links(listing, relations)),
            macros=self._macros(),
            notes=tuple(self._notes()),
            chart_references=tuple(self._drawn_on()),
            chart_sheets=tuple(name for name, sheet in read if sheet is None),
            pictures=self._pictures(),
            comments=bool(self._parts(("xl/comments", "xl/threadedcomments"), "comments", "threadedComment")),
            dates_from_1904=on(listing.properties.get("workbookPr", {}), "date1904"),
            iterates=on(calculation, "iterate"),
            precision_as_displayed=calculation.get("fullPrecision", "1") in ("0", "false"),
            properties=self._properties(),
            window=(listing.properties.get("workbookPr", {}), *listing.windows),
            palette=self._styles.palette,
            calculates_by_hand=calculation.get("calcMode", "auto") == "manual",
            oddities=(*self.package.oddities, *self.oddities),
            parts_read=frozenset(archive.read),
            content=archive.content,
        )

    def _parts(self, beginnings: tuple[str, ...], *kinds: str) -> list[str]:
        """The parts of these kinds, and those whose names begin so, in order."""
        named = {part for part in self.archive.parts if part.startswith(beginnings)}
        return sorted(named.union(part for part in self.package.parts_of(*kinds) if part in self.archive))

    def _notes(self) -> Iterator[str]:
        for (beginning, *kinds), note in _NOTED.items():
            if self._parts((beginning,), *kinds):
                yield note

    def _macros(self) -> bool:
        named = any(part.endswith("vbaproject.bin") for part in self.archive.parts)
        return named or bool(self._parts(("xl/macrosheets/",), "vbaProject", "xlMacrosheet", "xlIntlMacrosheet"))

    def _main_part(self) -> str:
        """The workbook part: the one that the file begins with."""
        archive, package = self.archive, self.package
        main = next((r.target for r in package.relations("") if r.kind == "officeDocument" and not r.outside), "")
        if main.endswith(".bin"):
            raise archive.problem("", "This is a binary workbook, .xlsb", _EXCEL)
        if package.type_of(main) not in WORKBOOKS and not main.lower().startswith("xl/"):
            raise archive.problem("", "This is a file of another Office program", "Name a workbook, ending in .xlsx.")
        return main

    def _listing(self, main: str) -> _Listing:
        listing = _Listing()
        begun: list[Mapping[str, str]] = []

        class ListingPart(_InPart):
            def begin(self, name: str, attributes: Mapping[str, str]) -> None:
                if name == "sheet":
                    listing.sheets.append(_entry(attributes))
                elif name == "externalReference":
                    listing.external.append(_relation_of(attributes))
                elif name in ("workbookPr", "calcPr"):
                    listing.properties[name] = attributes
                elif name == "workbookView":
                    listing.windows.append(attributes)
                elif name == "definedName":
                    begun.append(attributes)

            def end(self, name: str, text: str) -> None:
                if name == "definedName" and begun:
                    listing.names.append((begun.pop(), text))

            def where(self) -> str:
                return begun[-1].get("name", "") if begun else ""

        read_in_place(self.archive, main, "workbook", ListingPart(main, self.oddities))
        if len(listing.sheets) > self.archive.limits.sheets:
            what = f"The workbook has {len(listing.sheets):,} sheets, more than {self.archive.limits.sheets:,}"
            raise self.archive.problem(main, what, "No council model is so large: check that this is the right file.")
        if len({entry.name.casefold() for entry in listing.sheets}) < len(listing.sheets):
            raise self.archive.damaged(main, "Two sheets have the same name")
        for relation, number in Counter(entry.relation for entry in listing.sheets).items():
            if relation and number > 1:
                self.oddities.append(Oddity(main, "", "", f"Two sheets are one part of the file ({relation[:60]})."))
        return listing

    def _settings(self, main: str, listing: _Listing) -> None:
        """Settings of which it is not plain whether they say yes or no."""
        for element, names in (("calcPr", ("iterate", "fullPrecision")), ("workbookPr", ("date1904",))):
            for name in names:
                said = listing.properties.get(element, {}).get(name, "0")
                if said not in _SAYS_NOTHING:
                    self.oddities.append(Oddity(main, "", "", f"{name} says neither yes nor no ({said[:20]})."))

    def _sheet(self, entry: _Entry) -> Worksheet | None:
        """The worksheet of an entry; None for a sheet that is only a chart, a dialogue or an old module."""
        relation = self.relations.get(entry.relation)
        if relation is None and not entry.relation:
            return None  # a module of Excel 5: programs list it and read nothing
        if relation is None:
            raise self.archive.damaged("", f"The sheet {entry.name} is not in the file")
        if relation.kind not in _SHEETS:
            return None
        tables = [
            self._table(inner.target, entry.name)
            for inner in self.package.relations(relation.target)
            if inner.kind == "table" and not inner.outside
        ]
        found = read_sheet(self._shared, relation.target, entry.name, entry.state, tuple(tables))
        return replace(found, drawn=self._drawings.on_sheet(relation.target))

    def _table(self, part: str, sheet: str) -> NamedTable:
        about: dict[str, str] = {}
        columns: list[str] = []

        class TablePart(_InPart):
            def begin(self, name: str, attributes: Mapping[str, str]) -> None:
                if name == "table":
                    about.update(attributes)
                elif name == "tableColumn":
                    columns.append(unescaped(attributes.get("name", "")))

        read_in_place(self.archive, part, "table", TablePart(part, self.oddities))
        name = about.get("displayName") or about.get("name", "")
        header, totals = int(about.get("headerRowCount", 1)), int(about.get("totalsRowCount", 0))
        return NamedTable(name, sheet, about.get("ref", ""), tuple(columns), header, totals)

    def _strings(self, relations: Mapping[str, Relation]) -> tuple[list[str], dict[int, str]]:
        """The texts that cells share, by number, and what is odd about some of them."""
        part = _target(relations, "sharedStrings")
        reading = _Strings(part, self.oddities, self.archive)
        if part:
            read_in_place(self.archive, part, "sst", reading)
        self.runs |= reading.dressed
        return reading.strings, reading.odd_strings

    def _external_links(self, listing: _Listing, relations: Mapping[str, Relation]) -> list[ExternalLink]:
        links = []
        for number, identifier in enumerate(listing.external, start=1):
            part = relations[identifier].target if identifier in relations else ""
            outside = [relation.target for relation in self.package.relations(part) if relation.outside]
            links.append(ExternalLink(number, outside[0] if outside else ""))
        return links

    def _defined_names(self, main: str, listing: _Listing) -> list[DefinedName]:
        names: list[DefinedName] = []
        before: dict[tuple[str, str], list[str]] = {}
        for attributes, text in listing.names:
            local = attributes.get("localSheetId", "")
            at = int(local) if local else -1
            sheet = listing.sheets[at].name if 0 <= at < len(listing.sheets) else ""
            name = attributes.get("name", "")
            own = name.lower().removeprefix("_xlnm.")
            odd = ""
            areas = sorted(text.split(","))
            first = before.setdefault((sheet, name.casefold()), areas)
            # LibreOffice writes the rows and columns that are repeated in print in both orders
            if first is not areas and not (own == "print_titles" and first == areas):
                odd = "The defined name is there twice."
            elif local and not sheet:
                odd = "The defined name is for a sheet that is not there."
            elif own != name.lower() and own not in _OWN_NAMES:
                odd = "The defined name is one that programs give a meaning of their own."
            elif any(on(attributes, kind) for kind in ("function", "vbProcedure", "xlm")):
                odd = "The defined name is a macro."
            if odd:
                self.oddities.append(Oddity(main, sheet, name, odd))
            names.append(DefinedName(name, text, sheet, on(attributes, "hidden")))
        return names

    def _drawn_on(self) -> list[str]:
        """The ranges that charts and pivot tables read."""
        found: list[str] = []

        def begin(element: str, attributes: Mapping[str, str]) -> None:
            if element == "worksheetSource" and "sheet" in attributes:
                found.append(f"'{attributes['sheet'].replace(chr(39), chr(39) * 2)}'!{attributes.get('ref', '')}")

        def end(element: str, text: str) -> None:
            if element == "f" and text:
                found.append(text)

        beginnings = ("xl/charts/chart", "xl/pivotcache/pivotcachedefinition")
        for part in self._parts(beginnings, "chart", "pivotCacheDefinition"):
            if part.endswith(".xml"):
                read_part(self.archive, part, begin, end)
        return found

    def _properties(self) -> dict[str, str]:
        """What the file says of itself: title, subject and the like."""
        found: dict[str, str] = {}

        def end(element: str, text: str) -> None:
            if text.strip():
                found[element] = text.strip()

        for relation in self.package.relations(""):
            if relation.kind in ("core-properties", "extended-properties") and relation.target in self.archive:
                read_part(self.archive, relation.target, _nothing, end)
        return found

    def _pictures(self) -> bool:
        """Whether pictures, shapes or text boxes lie on a sheet; charts are none."""
        found = False

        def begin(element: str, _: Mapping[str, str]) -> None:
            nonlocal found
            found = found or element in ("pic", "sp")

        for part in self._parts(("xl/drawings/drawing",), "drawing"):
            if not part.endswith((".vml", ".rels")):
                read_part(self.archive, part, begin, _nothing)
        return found


class _Strings(_InPart):
    """The texts that cells share, in the order of the file."""

    def __init__(self, part: str, oddities: list[Oddity], archive: Archive) -> None:
        super().__init__(part, oddities)
        self.archive = archive
        self.strings: list[str] = []
        self.odd_strings: dict[int, str] = {}
        self.dressed: dict[int, tuple[Mapping[str, Mapping[str, str]], ...]] = {}
        self._letters = Runs()
        self._runs: list[str] = []
        self._within = self._phonetic = self._kept = False
        self._characters = 0

    def odd(self, what: str) -> None:
        """Kept with the text that it stands in, for the cells that hold the text."""
        if self._within:
            self.odd_strings.setdefault(len(self.strings), what)
        else:
            super().odd(what)

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "si":
            self._within = True
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._kept = attributes.get(SPACE) == "preserve"
        elif name != "r":
            self._letters.begin(name, attributes)

    def end(self, name: str, text: str) -> None:
        if name == "t":
            if not self._kept and text != text.strip(" \t\r\n"):
                self.odd(NOT_KEPT)
            if not self._phonetic:
                self._runs.append(text)
        elif name == "rPh":
            self._phonetic = False
        elif name == "rPr":
            self._letters.end(name)
        elif name == "si":
            if found := self._letters.taken():
                self.dressed[len(self.strings)] = found
            self.strings.append(unescaped("".join(self._runs)))
            self._runs.clear()
            self._within = False
            self._characters += len(self.strings[-1])
            if self._characters > self.archive.limits.text_characters:
                what = "The workbook holds too much text"
                raise self.archive.problem(self.part, what, "Check that it is a model.")


def _entry(attributes: Mapping[str, str]) -> _Entry:
    states: dict[str, State] = {"hidden": "hidden", "veryHidden": "veryHidden"}
    state = states.get(attributes.get("state", "visible"), "visible")
    return _Entry(unescaped(attributes.get("name", "")), state, _relation_of(attributes))


def _relation_of(attributes: Mapping[str, str]) -> str:
    """The identifier of a relation, which stands in a namespace of its own."""
    return next((attributes[f"{space} id"] for space in RELATIONS if f"{space} id" in attributes), "")


def _target(relations: Mapping[str, Relation], kind: str) -> str:
    return next((relation.target for relation in relations.values() if relation.kind == kind), "")


def _nothing(*_: object) -> None:
    """Nothing to do at this end of an element."""
