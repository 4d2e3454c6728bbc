"""The one door through which workbooks come in: a path to a `Workbook`, or a problem told plainly.

Nothing of the file is trusted, run or followed. The size is limited before anything is unpacked and while it is; a
document type, and with it every entity, is refused; macros, links, connections and embedded objects are only noted.

Cells are read by our own pass over the sheets, formulas and stored values together, because openpyxl gives one or the
other and so reads a workbook twice, and builds a tree of every row on the way.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from finmodel.audit.workbooks.archive import Archive, Limits, read_whole
from finmodel.audit.workbooks.around import Runs
from finmodel.audit.workbooks.contents import (
    Cell,
    DefinedName,
    ExternalLink,
    Sheet,
    State,
    Table,
    Workbook,
)
from finmodel.audit.workbooks.drawings import DrawingReader
from finmodel.audit.workbooks.look import Style
from finmodel.audit.workbooks.markup import read_part
from finmodel.audit.workbooks.sheet_reading import Shared, on, read_sheet, unescaped
from finmodel.audit.workbooks.styles import read_styles

__all__ = ["Cell", "DefinedName", "ExternalLink", "Limits", "Sheet", "Style", "Table", "Workbook", "open_workbook"]

_ROOT = "_rels/.rels"
_EXCEL = "Open it in Excel and save it as .xlsx."
# What else may be in a file, by the beginning of its part's name.
_NOTED = {
    "xl/connections": "data connections, which were not followed",
    "xl/querytables/": "tables filled by queries, which were not run",
    "xl/embeddings/": "embedded objects, which were not opened",
    "xl/activex/": "ActiveX controls, which were not run",
    "xl/ctrlprops/": "form controls",
    "xl/pivotcache/": "pivot tables, whose figures are copies that must be refreshed",
    "xl/macrosheets/": "macros of the old kind, on macro sheets, which were not run",
    "xl/chartsheets/": "sheets that hold only a chart",
    "xl/dialogsheets/": "dialogue sheets",
    "customxml/": "custom XML data",
    "customui/": "buttons of its own in the ribbon",
}


def open_workbook(path: str | Path, limits: Limits | None = None) -> Workbook:
    """Read a workbook, .xlsx or .xlsm; raises ProblemsError for anything that is none, is damaged or is too large."""
    limits = limits or Limits()
    content = read_whole(Path(path), limits)
    archive = Archive(str(path), content, limits)
    return _Opening(archive).workbook(hashlib.sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class _Relation:
    kind: str
    target: str
    outside: bool


@dataclass(slots=True)
class _Entry:
    """A sheet as the workbook part lists it."""

    name: str
    state: State
    relation: str


@dataclass(slots=True)
class _Listing:
    """What the workbook part says."""

    sheets: list[_Entry] = field(default_factory=list)
    names: list[tuple[Mapping[str, str], str]] = field(default_factory=list)
    external: list[str] = field(default_factory=list)
    properties: dict[str, Mapping[str, str]] = field(default_factory=dict)
    windows: list[Mapping[str, str]] = field(default_factory=list)


class _Opening:
    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.runs: dict[int, tuple[Mapping[str, Mapping[str, str]], ...]] = {}

    def workbook(self, sha256: str) -> Workbook:
        archive = self.archive
        main = self._main_part()
        relations = self._relations(main)
        listing = self._listing(main)
        strings = self._strings(relations)
        styles = read_styles(archive, _target(relations, "styles"), _target(relations, "theme"))
        shared = Shared(archive, strings, styles.cells, self.runs)
        drawings = DrawingReader(archive, self._relations, styles.palette)
        read = [(entry.name, self._sheet(shared, entry, relations, drawings)) for entry in listing.sheets]
        sheets = [sheet for _, sheet in read if sheet is not None]
        if not sheets:
            raise archive.problem(main, "The workbook has no worksheet", "Check that this is the right file.")
        calculation = listing.properties.get("calcPr", {})
        return Workbook(
            name=Path(archive.name).name,
            sha256=sha256,
            sheets=tuple(sheets),
            defined_names=tuple(_defined_names(listing)),
            external_links=tuple(self._external_links(listing, relations)),
            macros=any(part.endswith("vbaproject.bin") or part.startswith("xl/macrosheets/") for part in archive.parts),
            notes=tuple(
                note for start, note in _NOTED.items() if any(part.startswith(start) for part in archive.parts)
            ),
            chart_references=tuple(self._drawn_on()),
            chart_sheets=tuple(name for name, sheet in read if sheet is None),
            pictures=self._pictures(),
            comments=any(part.startswith(("xl/comments", "xl/threadedcomments")) for part in archive.parts),
            dates_from_1904=on(listing.properties.get("workbookPr", {}), "date1904"),
            iterates=on(calculation, "iterate"),
            precision_as_displayed=calculation.get("fullPrecision", "1") in ("0", "false"),
            properties=self._properties(),
            window=(listing.properties.get("workbookPr", {}), *listing.windows),
            palette=styles.palette,
            calculates_by_hand=calculation.get("calcMode", "auto") == "manual",
            content=archive.content,
        )

    def _main_part(self) -> str:
        """The workbook part: the one that the file begins with."""
        archive = self.archive
        if _ROOT not in archive:
            what = "This is a spreadsheet of another program" if "mimetype" in archive else "This is not a workbook"
            raise archive.problem("", what, _EXCEL)
        main = next((r.target for r in self._relations("").values() if r.kind == "officeDocument"), "")
        if main.endswith(".bin"):
            raise archive.problem("", "This is a binary workbook, .xlsb", _EXCEL)
        if not main.lower().startswith("xl/"):
            raise archive.problem("", "This is a file of another Office program", "Name a workbook, ending in .xlsx.")
        return main

    def _relations(self, part: str) -> dict[str, _Relation]:
        """What a part speaks of, by identifier; nothing where it speaks of nothing."""
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, _Relation] = {}

        def begin(element: str, attributes: Mapping[str, str]) -> None:
            if element == "Relationship":
                outside = attributes.get("TargetMode") == "External"
                target = attributes.get("Target", "")
                if not outside:
                    target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = _Relation(kind, target, outside)

        if listing in self.archive:
            read_part(self.archive, listing, begin, _nothing)
        return found

    def _listing(self, main: str) -> _Listing:
        listing = _Listing()
        begun: list[Mapping[str, str]] = []

        def begin(element: str, attributes: Mapping[str, str]) -> None:
            if element == "sheet":
                listing.sheets.append(_entry(attributes))
            elif element == "externalReference":
                listing.external.append(_relation_of(attributes))
            elif element in ("workbookPr", "calcPr"):
                listing.properties[element] = attributes
            elif element == "workbookView":
                listing.windows.append(attributes)
            elif element == "definedName":
                begun.append(attributes)

        def end(element: str, text: str) -> None:
            if element == "definedName" and begun:
                listing.names.append((begun.pop(), text))

        read_part(self.archive, main, begin, end)
        if len(listing.sheets) > self.archive.limits.sheets:
            what = f"The workbook has {len(listing.sheets):,} sheets, more than {self.archive.limits.sheets:,}"
            raise self.archive.problem(main, what, "No council model is so large: check that this is the right file.")
        if len({entry.name.casefold() for entry in listing.sheets}) < len(listing.sheets):
            raise self.archive.damaged(main, "Two sheets have the same name")
        return listing

    def _sheet(
        self, shared: Shared, entry: _Entry, relations: Mapping[str, _Relation], drawings: DrawingReader
    ) -> Sheet | None:
        """The worksheet of an entry; None for a sheet that is only a chart or a dialogue."""
        relation = relations.get(entry.relation)
        if relation is None:
            raise self.archive.damaged("", f"The sheet {entry.name} is not in the file")
        if relation.kind not in ("worksheet", "xlMacrosheet", "xlIntlMacrosheet"):
            return None
        tables = [
            self._table(inner.target, entry.name)
            for inner in self._relations(relation.target).values()
            if inner.kind == "table" and not inner.outside
        ]
        found = read_sheet(shared, relation.target, entry.name, entry.state, tuple(tables))
        return replace(found, drawn=drawings.on_sheet(relation.target))

    def _table(self, part: str, sheet: str) -> Table:
        about: dict[str, str] = {}
        columns: list[str] = []

        def begin(element: str, attributes: Mapping[str, str]) -> None:
            if element == "table":
                about.update(attributes)
            elif element == "tableColumn":
                columns.append(unescaped(attributes.get("name", "")))

        read_part(self.archive, part, begin, _nothing)
        name = about.get("displayName") or about.get("name", "")
        header, totals = int(about.get("headerRowCount", 1)), int(about.get("totalsRowCount", 0))
        return Table(name, sheet, about.get("ref", ""), tuple(columns), header, totals)

    def _strings(self, relations: Mapping[str, _Relation]) -> list[str]:
        """The texts that cells share, by number."""
        part = _target(relations, "sharedStrings")
        strings: list[str] = []
        runs: list[str] = []
        phonetic = [False]
        characters = 0

        letters = Runs()

        def begin(element: str, attributes: Mapping[str, str]) -> None:
            if element == "rPh":
                phonetic[0] = True
            elif element not in ("si", "t", "r"):
                letters.begin(element, attributes)

        def end(element: str, text: str) -> None:
            nonlocal characters
            if element == "t" and not phonetic[0]:
                runs.append(text)
            elif element == "rPh":
                phonetic[0] = False
            elif element == "rPr":
                letters.end(element)
            elif element == "si":
                if found := letters.taken():
                    self.runs[len(strings)] = found
                strings.append(unescaped("".join(runs)))
                runs.clear()
                characters += len(strings[-1])
                if characters > self.archive.limits.text_characters:
                    raise self.archive.problem(part, "The workbook holds too much text", "Check that it is a model.")

        if part:
            read_part(self.archive, part, begin, end)
        return strings

    def _external_links(self, listing: _Listing, relations: Mapping[str, _Relation]) -> list[ExternalLink]:
        links = []
        for number, identifier in enumerate(listing.external, start=1):
            part = relations[identifier].target if identifier in relations else ""
            outside = [relation.target for relation in self._relations(part).values() if relation.outside]
            links.append(ExternalLink(number, outside[0] if outside else ""))
        return links

    def _drawn_on(self) -> list[str]:
        """The ranges that charts and pivot tables read."""
        found: list[str] = []

        def begin(element: str, attributes: Mapping[str, str]) -> None:
            if element == "worksheetSource" and "sheet" in attributes:
                found.append(f"'{attributes['sheet'].replace(chr(39), chr(39) * 2)}'!{attributes.get('ref', '')}")

        def end(element: str, text: str) -> None:
            if element == "f" and text:
                found.append(text)

        for part in self.archive.parts:
            is_chart = part.startswith("xl/charts/chart") and part.endswith(".xml")
            if is_chart or part.startswith("xl/pivotcache/pivotcachedefinition"):
                read_part(self.archive, part, begin, end)
        return found

    def _properties(self) -> dict[str, str]:
        """What the file says of itself: title, subject and the like."""
        found: dict[str, str] = {}

        def end(element: str, text: str) -> None:
            if text.strip():
                found[element] = text.strip()

        for relation in self._relations("").values():
            if relation.kind in ("core-properties", "extended-properties") and not relation.outside:
                read_part(self.archive, relation.target, _nothing, end)
        return found

    def _pictures(self) -> bool:
        """Whether pictures, shapes or text boxes lie on a sheet; charts are none."""
        found = False

        def begin(element: str, _: Mapping[str, str]) -> None:
            nonlocal found
            found = found or element in ("pic", "sp")

        for part in self.archive.parts:
            if part.startswith("xl/drawings/drawing") and part.endswith(".xml"):
                read_part(self.archive, part, begin, _nothing)
        return found


def _entry(attributes: Mapping[str, str]) -> _Entry:
    states: dict[str, State] = {"hidden": "hidden", "veryHidden": "veryHidden"}
    state = states.get(attributes.get("state", "visible"), "visible")
    return _Entry(unescaped(attributes.get("name", "")), state, _relation_of(attributes))


def _relation_of(attributes: Mapping[str, str]) -> str:
    """The identifier of a relation, which stands in a namespace of its own."""
    return next((value for name, value in attributes.items() if name.endswith("relationships id")), "")


def _target(relations: Mapping[str, _Relation], kind: str) -> str:
    return next((relation.target for relation in relations.values() if relation.kind == kind), "")


def _defined_names(listing: _Listing) -> list[DefinedName]:
    names = []
    for attributes, text in listing.names:
        local = attributes.get("localSheetId", "")
        at = int(local) if local else -1
        sheet = listing.sheets[at].name if 0 <= at < len(listing.sheets) else ""
        names.append(DefinedName(attributes.get("name", ""), text, sheet, on(attributes, "hidden")))
    return names


def _nothing(*_: object) -> None:
    """Nothing to do at this end of an element."""
