"""The parts of a workbook file as they speak of each other: relations say which part is what, and no name does."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from finmodel.audit.workbooks.contents import Oddity
from finmodel.parsing.archive import Archive
from finmodel.parsing.xml_parts import PACKAGE, read_part

TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PREFIXES = (
    _OFFICE,
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/",
    "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/",  # as LibreOffice wrote it once
    "http://schemas.microsoft.com/office/2006/relationships/",
    "http://schemas.microsoft.com/office/2011/relationships/",
    "http://schemas.microsoft.com/office/2017/10/relationships/",
    "http://schemas.microsoft.com/office/2020/02/relationships/",
)
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_DRAWING = "application/vnd.openxmlformats-officedocument."
WORKBOOKS = {
    f"{_SHEET}sheet.main+xml",
    f"{_SHEET}template.main+xml",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    "application/vnd.ms-excel.template.macroEnabled.main+xml",
    "application/vnd.ms-excel.addin.macroEnabled.main+xml",
}
# The content type that the part of a relation must have.
_TYPE_OF = {
    "worksheet": f"{_SHEET}worksheet+xml",
    "sharedStrings": f"{_SHEET}sharedStrings+xml",
    "styles": f"{_SHEET}styles+xml",
    "calcChain": f"{_SHEET}calcChain+xml",
    "theme": f"{_DRAWING}theme+xml",
    "drawing": f"{_DRAWING}drawing+xml",
    "chart": f"{_DRAWING}drawingml.chart+xml",
}
# What finmodel, Excel, LibreOffice and openpyxl put into a report of their own accord, by the kind of the part that
# speaks of it; and what is found and judged elsewhere.
_ELSEWHERE = {
    "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet", "customXml", "externalLink", "vbaProject",
    "connections", "queryTable", "oleObject", "package", "control", "activeXControlBinary", "ctrlProp",
    "pivotCacheDefinition", "pivotCacheRecords", "pivotTable", "image", "extensibility",
}  # fmt: skip
_KNOWN: Mapping[str, set[str]] = {
    "": {"officeDocument", "core-properties", "extended-properties", "extendedProperties", "custom-properties",
         "customProperties", "thumbnail", "classificationlabels"},
    "officeDocument": {"worksheet", "sharedStrings", "styles", "theme", "calcChain", "sheetMetadata", "person"},
    "worksheet": {"drawing", "printerSettings", "hyperlink", "comments", "vmlDrawing", "threadedComment"},
    "drawing": {"chart", "hyperlink"},
    "chart": {"chartStyle", "chartColorStyle", "themeOverride"},
    "externalLink": {"externalLinkPath", "xlPathMissing", "xlExternalLinkPath"},
    "customXml": {"customXmlProps"},
}  # fmt: skip
_ONCE = {"officeDocument", "core-properties", "extended-properties", "custom-properties", "sharedStrings", "styles",
         "theme", "calcChain", "sheetMetadata"}  # fmt: skip
_OUTSIDE = {"hyperlink", "externalLinkPath", "xlPathMissing"}
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


class Relation(Struct, frozen=True):
    """What a part says of another: its kind (the end of its type), where it leads, and whether out of the file."""

    identifier: str
    kind: str
    type: str
    target: str
    outside: bool


class Package(Struct):
    """The relations of a file, read once, and what about them is doubled, unknown or out of place."""

    archive: Archive
    oddities: list[Oddity] = field(default_factory=list)
    types: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, set[str]] = field(default_factory=dict)  # by part, in lower case: as what it is spoken of
    _read: dict[str, tuple[Relation, ...]] = field(default_factory=dict)
    _defaults: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the content types, and follow every relation."""
        if self.archive.has_more:
            self.odd("the file", "There are bytes between its parts that its list of parts does not speak of.")
        self._content_types()
        self._follow()
        self._left_over()

    def odd(self, part: str, what: str) -> None:
        """Report something about a part."""
        self.oddities.append(Oddity(part, "", "", what))

    def relations(self, part: str) -> tuple[Relation, ...]:
        """What a part speaks of, in its order; nothing where it speaks of nothing."""
        if part not in self._read:
            self._read[part] = tuple(self._relations(part))
        return self._read[part]

    def parts_of(self, *kinds: str) -> list[str]:
        """The parts of which others speak as one of these kinds, in order."""
        return sorted(part for part, found in self.kinds.items() if found & set(kinds))

    def type_of(self, part: str) -> str:
        """The content type of a part, as the file states it."""
        name = part.lower()
        return self.types.get(name) or self._defaults.get(name.rpartition(".")[2], "")

    def _content_types(self) -> None:
        if TYPES not in self.archive:
            self.odd(TYPES, "The list of content types is not there.")
            return

        def begin(element: str, attributes: Mapping[str, str]) -> None:
            given = attributes.get("ContentType", "")
            if element == "Default":
                into, key = self._defaults, attributes.get("Extension", "").lower()
            elif element == "Override":
                into, key = self.types, attributes.get("PartName", "").lstrip("/").lower()
            else:
                if element != "Types":
                    self.odd(TYPES, f"{element[:60]} does not belong into the list of content types.")
                return
            if into.get(key, given) != given:
                self.odd(key or TYPES, "Two content types are stated for one part.")
            into.setdefault(key, given)

        read_part(self.archive, TYPES, begin, _nothing, PACKAGE)

    def _relations(self, part: str) -> Iterator[Relation]:
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        if listing not in self.archive:
            return
        found: list[Mapping[str, str]] = []

        def begin(element: str, attributes: Mapping[str, str]) -> None:
            if element == "Relationship":
                found.append(attributes)
            elif element != "Relationships":
                self.odd(listing, f"{element[:60]} does not belong among relations.")

        read_part(self.archive, listing, begin, _nothing, PACKAGE)
        identifiers: set[str] = set()
        for attributes in found:
            outside = attributes.get("TargetMode") == "External"
            target = attributes.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            identifier, kind = attributes.get("Id", ""), attributes.get("Type", "")
            if identifier in identifiers:
                self.odd(listing, f"The relation {identifier[:60]} is there twice.")
                continue
            identifiers.add(identifier)
            yield Relation(identifier, kind.rpartition("/")[2], kind, target, outside)

    def _follow(self) -> None:
        waiting: list[tuple[str, str]] = [("", "")]
        while waiting:
            part, kind = waiting.pop()
            here: list[str] = []
            for relation in self.relations(part):
                self._judge(part, kind, relation, here)
                here.append(relation.kind)
                if relation.outside:
                    continue
                name = relation.target.lower()
                kinds = self.kinds.setdefault(name, set())
                if relation.kind not in kinds:
                    kinds.add(relation.kind)
                    waiting.append((relation.target, relation.kind))

    def _judge(self, part: str, kind: str, relation: Relation, before: list[str]) -> None:
        shown = relation.kind[:60] or relation.type[:60]
        if relation.type != f"{_prefix(relation.type)}{relation.kind}":
            self.odd(part or relation.target, f"A relation of a type that is not known ({relation.type[:120]}).")
        elif relation.kind not in _KNOWN.get(kind, set()) | _ELSEWHERE:
            self.odd(relation.target, f"A part that is not known here ({shown}, of {part or 'the file'}).")
        if relation.kind in before and relation.kind in _ONCE:
            self.odd(relation.target, f"There are two parts where one belongs ({shown}).")
        if relation.outside:
            if relation.kind not in _OUTSIDE and relation.kind != "image":
                self.odd(part or relation.target, f"A part is said to lie outside of the file ({shown}).")
            return
        if relation.target not in self.archive:
            if relation.kind != "hyperlink":
                self.odd(part or relation.target, f"A part that is spoken of is not there ({relation.target[:120]}).")
            return
        wanted = _TYPE_OF.get(relation.kind)
        stated = self.type_of(relation.target)
        if (wanted and stated != wanted) or (relation.kind == "officeDocument" and stated not in WORKBOOKS):
            self.odd(
                relation.target, f"The part is spoken of as {shown}, and stated to be {stated[:120] or 'nothing'}."
            )

    def _left_over(self) -> None:
        """Parts of which no other part speaks."""
        for part in self.archive.parts:
            if part in (TYPES.lower(), "_rels/.rels") or part in self.kinds or part.startswith("[trash]/"):
                continue
            folder, name = posixpath.split(part)
            of = posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))
            if not (posixpath.basename(folder) == "_rels" and name.endswith(".rels") and of in self.kinds):
                self.odd(part, "A part of which no other part speaks.")


def _prefix(kind: str) -> str:
    return next((prefix for prefix in _PREFIXES if kind.startswith(prefix)), "?")


def _nothing(*_: object) -> None:
    """Nothing to do at this end of an element."""
