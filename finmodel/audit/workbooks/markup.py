"""Reading an XML part that holds figures: what stands where the standard has it, and a report of all else.

`read_part` (`finmodel/parsing/xml_parts.py`) gives every element by its local name, for parts that only show.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol
from xml.parsers import expat

from msgspec import Struct

from finmodel.audit.workbooks import grammar
from finmodel.audit.workbooks.grammar import Child, Element
from finmodel.audit.workbooks.plain_cells import CellReader, PlainCells
from finmodel.parsing.archive import Archive
from finmodel.parsing.xml_parts import TooDeepError, parse


class InPlace(Protocol):
    """Who reads a part: elements that stand where they belong, and a report of whatever does not."""

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str, text: str) -> None:
        """An element ends; `text` is all that it holds, and "" where it may hold none."""

    def odd(self, what: str) -> None:
        """Something is doubled, foreign, unknown or out of place."""

    def where(self) -> str:
        """The cell or row that is being read, for a reader; "" where there is none."""


def read_in_place(archive: Archive, part: str, root: str, reader: InPlace, cells: CellReader | None = None) -> None:
    """Read a part whose outermost element is `root`, of the main namespace in either of its two spellings.

    An element that does not belong where it is, or is there twice, is reported and not looked into; one that only comes
    too late in the order is reported and read. `cells` gets the cells that are written as programs write them. Raises
    ProblemsError, and whatever the reader raises.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    walk = _OpenElements(archive.limits.depth, root, reader)
    parser.StartElementHandler = walk.begin
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.characters
    parser.CommentHandler = lambda _: reader.odd("A comment in the markup, where programs read on in different ways.")
    parser.ProcessingInstructionHandler = lambda name, _: reader.odd(f"An instruction to a program ({name[:40]}).")
    parser.StartCdataSectionHandler = lambda: reader.odd("Text in a section of raw characters (CDATA).")
    parser.XmlDeclHandler = walk.declaration
    giving = None if cells is None else PlainCells(parser, walk.may_hold_a_cell, cells)
    parse(parser, archive, part, reader.where, giving)
    if not walk.main:
        raise archive.damaged(part, f"A part of the file holds no {root}")


_NONE: frozenset[str] = frozenset()


class _Open(Struct):
    """An element that is open: how far its children have come in their order, and which of them were there."""

    element: Element
    name: str
    place: int = 0
    met: int = 0  # the bits of the children that may be there once and were
    seen: frozenset[str] = _NONE  # the same of what is not read, by name

    def takes(self, child: Child) -> bool:
        """Whether a child that may be there once was not there before; it is from now on."""
        if child.many:
            return True
        was_there = self.met & child.bit
        self.met |= child.bit
        return not was_there


class _OpenElements:
    """The elements that are open, the innermost last."""

    def __init__(self, deepest: int, root: str, reader: InPlace) -> None:
        self.reader, self.deepest = reader, deepest
        self.elements = grammar.elements()
        top = Element({root: Child(root, 0, False, False, False)}, frozenset(), frozenset(), False)
        self.open = [_Open(top, "")]
        self.parted: dict[str, tuple[str, str]] = {}  # names in full, parted into namespace and name
        self.text: list[str] = []
        self.main = ""
        self.depth = self.within = 0  # within: how deep inside what is not looked into
        self.allowed: frozenset[str] | None = None

    def may_hold_a_cell(self) -> bool:
        """Whether the innermost open element is a row in its place, to which a cell and what it holds may be added."""
        row = self.open[-1]
        within_bounds = self.depth + 2 <= self.deepest
        return row.name == "row" and not row.place and not self.within and not self.text and within_bounds

    def declaration(self, version: str, encoding: str | None, _: int) -> None:
        if encoding is not None and encoding.upper() != "UTF-8":
            self.reader.odd(f"A part is written in another encoding than UTF-8 ({encoding[:40]}).")

    def characters(self, text: str) -> None:
        if not self.within:
            self.text.append(text)

    def begin(self, full: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > self.deepest:
            raise TooDeepError
        if self.within:
            self.within += 1
            if self.allowed is not None and full not in self.allowed:
                self.reader.odd(f"{_shown(full)} inside an extension that never holds it.")
                self.allowed = None
            return
        parted = self.parted.get(full)
        if parted is None:
            space, _, name = full.rpartition(" ")
            self.parted[full] = parted = (space, name)
        space, name = parted
        if not self.main and space in (grammar.MAIN, grammar.STRICT):
            self.main = space
        elif full == grammar.MACRO_SHEET and self.depth == 1:
            self.main = space = grammar.MAIN
            name = "worksheet"
        parent = self.open[-1]
        child = parent.element.children.get(name) if space == self.main else None
        if child is None or child.closed or name == "extLst" or not parent.takes(child):
            self._foreign(full, name if space == self.main else "", child, attributes)
            return
        if child.place >= parent.place:
            parent.place = child.place
        else:  # read all the same: some program may
            self._out_of_place(child)
        if self.text:
            self._no_text(parent)
            self.text.clear()
        if child.reported:
            self.reader.odd(f"{_shown(full)}, which neither finmodel nor saving a report puts there.")
        element = self.elements[name]
        self.open.append(_Open(element, name))
        self.reader.begin(name, attributes)
        if attributes:
            self._attributes(name, element, attributes)

    def _out_of_place(self, child: Child) -> None:
        self.reader.odd(f"{child.name} is out of its place in {self.open[-1].name}.")

    def _foreign(self, full: str, name: str, child: Child | None, attributes: Mapping[str, str]) -> None:
        """What is not read: an extension list, something known to be harmless, or something to report."""
        here = self.open[-1]
        parent = here.name
        if name == "extLst" and child is not None and not child.closed and here.takes(child):
            if child.place >= here.place:
                here.place = child.place
            else:
                self._out_of_place(child)
            self.open.append(_Open(Element({}, frozenset(), frozenset(), False), "extLst " + parent))
            return
        self.within, self.allowed = 1, None
        if parent.startswith("extLst "):
            uri = attributes.get("uri", "")
            self.allowed = grammar.EXTENSIONS.get((parent.removeprefix("extLst "), uri)) if name == "ext" else None
            if self.allowed is None:
                self.reader.odd(f"An extension that is not known ({uri[:60] or _shown(full)}).")
            elif uri in here.seen:
                self.reader.odd(f"An extension is there twice ({uri[:60]}).")
            here.seen |= {uri}
            return
        known = grammar.FOREIGN_ELEMENTS.get((parent, full))
        if known is not None and full not in here.seen:
            here.seen |= {full}
            self.allowed = known
        elif child is None:
            self.reader.odd(f"{_shown(full)} does not belong inside {parent or 'the file'}.")
        elif child.closed:
            self.reader.odd(f"{_shown(full)}, which neither finmodel nor saving a report puts there.")
        else:
            self.reader.odd(f"{_shown(full)} is there twice in {parent or 'the file'}.")

    def _attributes(self, name: str, element: Element, attributes: Mapping[str, str]) -> None:
        for attribute in attributes:
            if attribute in element.attributes:
                if attribute in element.reported:
                    self.reader.odd(f"{name} has {attribute}, which neither finmodel nor saving a report puts there.")
                continue
            on = grammar.FOREIGN_ATTRIBUTES.get(attribute)
            if on is None or (on and name not in on):
                self.reader.odd(f"{name} has {_shown(attribute)}, which does not belong there.")

    def _no_text(self, parent: _Open) -> None:
        if not parent.element.text and not "".join(self.text).isspace():
            self.reader.odd(f"Text between the elements of {parent.name or 'the file'}.")

    def end(self, full: str) -> None:
        self.depth -= 1
        if self.within:
            self.within -= 1
            return
        closed = self.open.pop()
        name, text = closed.name, ""
        if self.text:
            if closed.element.text:
                text = "".join(self.text)
            elif not "".join(self.text).isspace():
                self.reader.odd(f"Text between the elements of {name.removeprefix('extLst ')}.")
            self.text.clear()
        if not name.startswith("extLst "):
            self.reader.end(name, text)


def _shown(full: str) -> str:
    """An element or attribute as a reader is shown it: its local name, with its namespace where that is another."""
    space, _, name = full.rpartition(" ")
    if space in (grammar.MAIN, grammar.STRICT, ""):
        return name[:60]
    return f"{name[:60]} of {space[:80]}"
