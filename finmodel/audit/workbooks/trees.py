"""A part of a workbook as a tree, for parts that are small and must be known whole: drawings, charts, themes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from finmodel.audit.workbooks.contents import Oddity
from finmodel.parsing.archive import Archive
from finmodel.parsing.xml_parts import read_part

MOST_ELEMENTS = 200_000


class Node(Struct):
    """An element: its name without the namespace, its attributes, what is in it, and its text."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    text: str = ""

    def at(self, path: str) -> Node | None:
        """The first element at a path such as `spPr/ln`."""
        return next(self.all(path), None)

    def all(self, path: str) -> Iterator[Node]:
        """Every element at a path."""
        first, _, rest = path.partition("/")
        for child in self.children:
            if child.name == first:
                if rest:
                    yield from child.all(rest)
                else:
                    yield child

    def within(self) -> Iterator[Node]:
        """Everything in it, at any depth."""
        for child in self.children:
            yield child
            yield from child.within()

    def named(self, *names: str) -> Iterator[Node]:
        """Everything of these names in it, at any depth."""
        return (node for node in self.within() if node.name in names)

    def says(self, path: str, attribute: str = "val", otherwise: str = "") -> str:
        """An attribute of the element at a path."""
        found = self.at(path)
        return otherwise if found is None else found.attributes.get(attribute, otherwise)


class TreeReader:
    """Makes a tree of what `read_in_place` finds in its place, and keeps the rest as oddities."""

    def __init__(self, part: str, oddities: list[Oddity]) -> None:
        self.top = Node("")
        self._part, self._oddities = part, oddities
        self._open = [self.top]

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        node = Node(name, dict(attributes))
        self._open[-1].children.append(node)
        self._open.append(node)

    def end(self, name: str, text: str) -> None:
        """An element ends."""
        self._open.pop().text = text

    def odd(self, what: str) -> None:
        """Something stands where it does not belong."""
        self._oddities.append(Oddity(self._part, "", "", what))

    def where(self) -> str:
        """Nowhere in particular."""
        return ""


def read_tree(archive: Archive, part: str) -> Node:
    """The whole part; raises ProblemsError where it is damaged or has more elements than any real one."""
    top = Node("")
    open_ones = [top]
    count = 0

    def begin(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal count
        count += 1
        if count > MOST_ELEMENTS:
            raise archive.damaged(part, f"A part of the file has more than {MOST_ELEMENTS:,} elements")
        node = Node(name, dict(attributes))
        open_ones[-1].children.append(node)
        open_ones.append(node)

    def end(_: str, text: str) -> None:
        open_ones.pop().text = text

    read_part(archive, part, begin, end)
    return top.children[0] if top.children else top


def texts(node: Node) -> str:
    """The words of a title or a text box."""
    return "".join(found.text for found in node.named("t", "v")).strip()
