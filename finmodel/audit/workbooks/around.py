"""What a sheet says beside its cells: views, sizes, print set-up, messages, links. Kept as the file says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct, field

from finmodel.audit.workbooks.look import Style

Attributes: TypeAlias = Mapping[str, str]
# Elements of a sheet that show something which finmodel's sheets never have, as a reader sees them named.
SHOWING = {
    "picture": "a picture behind its cells",
    "legacyDrawingHF": "pictures in its header or footer",
    "oleObjects": "embedded objects",
    "controls": "form controls",
    "customSheetViews": "views of its own, which can hide rows",
    "tableParts": "a table laid over cells",
    "webPublishItems": "parts published to the web",
    "sparklineGroups": "sparklines in cells",
    "slicerList": "slicers",
    "timelineRefs": "timelines",
}
_HEADERS = {"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"}


class Around(Struct):
    """Everything about a sheet that is no cell, in the words of the file.

    rows: what is said of a row, by number, where a height or a format is; columns: runs of columns, in order.
    runs: what is said of the letters within a cell, run by run, by the cell. unstyled: cells that name no format, where
    their row or column has one, which some programs give them.
    """

    views: list[dict[str, str]] = field(default_factory=list)
    format: Attributes = field(default_factory=dict)
    columns: list[Attributes] = field(default_factory=list)
    rows: dict[int, Attributes] = field(default_factory=dict)
    validations: list[Attributes] = field(default_factory=list)
    links: dict[str, Attributes] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    header_set_up: Attributes = field(default_factory=dict)
    page: Attributes = field(default_factory=dict)
    print_options: Attributes = field(default_factory=dict)
    breaks: list[str] = field(default_factory=list)
    protection: Attributes = field(default_factory=dict)
    outline: Attributes = field(default_factory=dict)
    showing: list[str] = field(default_factory=list)
    unstyled: dict[tuple[int, int], Style] = field(default_factory=dict)
    runs: dict[tuple[int, int], tuple[Mapping[str, Attributes], ...]] = field(default_factory=dict)

    def row(self, number: int, attributes: Attributes) -> None:
        """A row begins."""
        if "ht" in attributes or "s" in attributes:
            self.rows[number] = attributes

    def format_of(self, row: int, column: int) -> int:
        """The number of the format that a row or column gives to cells; 0 for the usual one."""
        said = self.rows.get(row, {}).get("s", "0")
        for each in self.columns:
            if said == "0" and int(each.get("min", 0)) <= column <= int(each.get("max", 0)):
                said = each.get("style", "0")
        return int(said)

    def begin(self, name: str, attributes: Attributes) -> None:
        """An element that is no cell begins."""
        if name == "sheetView":
            self.views.append(dict(attributes))
        elif name == "pane" and self.views:
            self.views[-1] |= {f"pane {key}": value for key, value in attributes.items()}
        elif name == "col":
            self.columns.append(dict(attributes))
        elif name == "dataValidation":
            self.validations.append(dict(attributes))
        elif name == "hyperlink":
            self.links[attributes.get("ref", "")] = dict(attributes)
        elif name in ("rowBreaks", "colBreaks"):
            self.breaks.append(name)
        elif name in SHOWING:
            self.showing.append(name)
        elif name in _ONCE:
            setattr(self, _ONCE[name], dict(attributes))

    def end(self, name: str, text: str) -> None:
        """An element that is no cell ends."""
        if name in _HEADERS:
            self.headers[name] = text


_ONCE = {
    "sheetFormatPr": "format",
    "headerFooter": "header_set_up",
    "pageSetup": "page",
    "printOptions": "print_options",
    "sheetProtection": "protection",
    "outlinePr": "outline",
}


class Runs:
    """Reads what is said of the letters of a text, run by run: `<rPr>` and what is in it."""

    def __init__(self) -> None:
        self._found: list[dict[str, Attributes]] = []
        self._inside = False

    def begin(self, name: str, attributes: Attributes) -> None:
        """An element within a text begins."""
        if name == "rPr":
            self._found.append({})
            self._inside = True
        elif self._inside:
            self._found[-1][name] = dict(attributes)

    def end(self, name: str) -> None:
        """An element within a text ends."""
        if name == "rPr":
            self._inside = False

    def taken(self) -> tuple[Mapping[str, Attributes], ...]:
        """What was found since it was last taken."""
        if not self._found:
            return ()
        found = tuple(self._found)
        self._found = []
        return found
