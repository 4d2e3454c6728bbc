"""A YAML file with some of its values changed where they stand: comments, order and layout stay as they are.

What is changed is said as data: the whole file as it shall read. A value that anchors share is changed at the anchor
only if that is what is wanted there; a place that refers to it and shall read otherwise gets what differs of its own.
The file must have been read without problems (`read_yaml`), so that nothing is checked here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml
from msgspec import Struct, field

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ANCHOR = re.compile(r"&\S+\s*")
# Written without quotation marks: what no reader of YAML takes for anything but these letters.
_BARE = re.compile(r"[£A-Za-z0-9+\-.][\w£%.+/()\-]*(?: [\w£%.+/()\-]+)*")
_BLANK = frozenset(["", "~", "null", "Null", "NULL"])
_LONGEST_FLOW = 90
MERGE = "<<"


class Rewritten(Struct, frozen=True):
    """The text of a file, and what had to be taken out of what places share, by line."""

    text: str
    unshared: tuple[int, ...] = ()


def rewritten(text: str, wanted: dict[str, Any]) -> Rewritten:
    """The text with the values that differ from `wanted` changed; it then reads as `wanted`.

    text: a file that was read without problems. wanted: the data of the whole file, every scalar as text.
    """
    editor = _Editor(text)
    editor.change(_Reader(text).root(), wanted)
    return Rewritten(editor.made(), tuple(editor.unshared))


class _WrittenNode(Struct, eq=False):
    start: int  # of the value itself, after its anchor
    end: int
    line: int
    column: int
    in_brackets: bool  # written within brackets, where there are no lines and indents
    anchor: str = ""


class _WrittenScalar(_WrittenNode, eq=False):
    text: str = ""
    plain: bool = True
    style: str = ""


class _WrittenList(_WrittenNode, eq=False):
    items: list[_WrittenNode] = field(default_factory=list)
    brackets: bool = False


class _WrittenMapping(_WrittenNode, eq=False):
    pairs: list[tuple[_WrittenScalar, _WrittenNode]] = field(default_factory=list)
    brackets: bool = False


class _WrittenAlias(_WrittenNode, eq=False):
    target: _WrittenNode | None = None


class _Reader:
    """The file as a tree of what is written, in which an alias stays an alias."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._events: Iterator[Any] = yaml.parse(text, Loader=_Loader)
        self._anchors: dict[str, _WrittenNode] = {}

    def root(self) -> _WrittenNode:
        """The node of the document."""
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                return self._node(next(self._events), in_brackets=False)
        raise ValueError("the file is empty")

    def _node(self, event: Any, in_brackets: bool) -> _WrittenNode:
        start, end = int(event.start_mark.index), int(event.end_mark.index)
        line, column = int(event.start_mark.line) + 1, int(event.start_mark.column)
        anchor = str(event.anchor or "")
        if isinstance(event, yaml.AliasEvent):
            return _WrittenAlias(start, end, line, column, in_brackets, anchor, self._anchors[anchor])
        if anchor and (found := _ANCHOR.match(self._text, start)):
            start = found.end()
        node: _WrittenNode
        if isinstance(event, yaml.ScalarEvent):
            style = event.style or ""
            node = _WrittenScalar(start, end, line, column, in_brackets, anchor, event.value, event.implicit[0], style)
        else:
            node = self._collection(event, (start, end, line, column, in_brackets, anchor))
        if anchor:
            self._anchors[anchor] = node
        return node

    def _collection(self, event: Any, place: tuple[int, int, int, int, bool, str]) -> _WrittenNode:
        brackets = bool(event.flow_style)
        inside = brackets or place[4]
        if isinstance(event, yaml.SequenceStartEvent):
            made = _WrittenList(*place, brackets=brackets)
            following = next(self._events)
            while not isinstance(following, yaml.SequenceEndEvent):
                made.items.append(self._node(following, inside))
                following = next(self._events)
            made.end = _end(following) if brackets else max((i.end for i in made.items), default=made.end)
            return made
        mapping = _WrittenMapping(*place, brackets=brackets)
        following = next(self._events)
        while not isinstance(following, yaml.MappingEndEvent):
            key = self._node(following, inside)
            assert isinstance(key, _WrittenScalar)
            mapping.pairs.append((key, self._node(next(self._events), inside)))
            following = next(self._events)
        ends = [value.end for _, value in mapping.pairs]
        mapping.end = _end(following) if brackets else max(ends, default=mapping.end)
        if mapping.pairs and not brackets:
            mapping.column = mapping.pairs[0][0].column
        return mapping


def _end(event: Any) -> int:
    return int(event.end_mark.index)


class _Editor:
    """Walks what is written beside what is wanted, and collects the changes of the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._break = "\r\n" if "\r\n" in text else "\n"
        self._edits: list[tuple[int, int, str]] = []
        self._wanted: dict[int, Any] = {}  # of each node with an anchor, what is wanted where it stands
        self.unshared: list[int] = []

    def made(self) -> str:
        """The text with every change made."""
        text = self._text
        for start, end, new in sorted(self._edits, reverse=True):
            text = text[:start] + new + text[end:]
        return text

    def change(self, node: _WrittenNode, wanted: Any) -> None:
        """Make a node read as wanted."""
        if node.anchor and not isinstance(node, _WrittenAlias):
            self._wanted[id(node)] = wanted
        if isinstance(node, _WrittenAlias):
            if self._wanted.get(id(node.target)) != wanted:
                self.unshared.append(node.line)
                self._replace(node, self._own(node, wanted))
        elif isinstance(node, _WrittenMapping) and isinstance(wanted, dict) and self._names(node) <= set(wanted):
            self._change_mapping(node, wanted)
        elif isinstance(node, _WrittenList) and isinstance(wanted, list) and len(wanted) == len(node.items):
            for item, value in zip(node.items, wanted, strict=True):
                self.change(item, value)
        elif not isinstance(node, _WrittenScalar) or _data(node) != wanted:
            self._replace(node, self._anything(node, wanted))

    def _replace(self, node: _WrittenNode, new: str) -> None:
        self._edits.append((node.start, node.end, new))

    def _names(self, node: _WrittenMapping) -> set[str]:
        return {key.text for key, _ in node.pairs if key.text != MERGE or not key.plain}

    def _change_mapping(self, node: _WrittenMapping, wanted: dict[str, Any]) -> None:
        own = self._names(node)
        brought: dict[str, Any] = {}
        for key, value in node.pairs:
            if key.text == MERGE and key.plain:
                brought = self._brought(value) | brought
            else:
                self.change(value, wanted[key.text])
        added = {name: value for name, value in wanted.items() if name not in own and not _same(brought, name, value)}
        if added:
            if any(name in brought for name in added):
                self.unshared.append(node.line)
            self._add(node, added)

    def _brought(self, node: _WrittenNode) -> dict[str, Any]:
        """What `<<` brings, as it will read; the first of several to have a name wins."""
        if isinstance(node, _WrittenList):
            found: dict[str, Any] = {}
            for item in node.items:
                found = self._brought(item) | found
            return found
        target = node.target if isinstance(node, _WrittenAlias) else node
        there = self._wanted.get(id(target))
        return dict(there) if isinstance(there, dict) else dict(_data(target))

    def _add(self, node: _WrittenMapping, added: dict[str, Any]) -> None:
        if node.brackets or node.in_brackets:
            pairs = ", ".join(f"{_scalar(name)}: {_in_brackets(value)}" for name, value in added.items())
            last = node.pairs[-1][1].end if node.pairs else node.start + 1
            self._edits.append((last, last, f", {pairs}" if node.pairs else pairs))
            return
        indent = " " * node.column
        lines = [line for name, value in added.items() for line in _pair(name, value)]
        for key, value in reversed(node.pairs):
            if self._is_on_one_line(key, value):
                at = self._end_of_line(value.end)
                self._edits.append((at, at, "".join(f"{self._break}{indent}{line}" for line in lines)))
                return
        at = node.pairs[0][0].start
        self._edits.append((at, at, "".join(f"{line}{self._break}{indent}" for line in lines)))

    def _is_on_one_line(self, key: _WrittenNode, value: _WrittenNode) -> bool:
        if isinstance(value, _WrittenScalar) and value.style in ("|", ">"):
            return False
        if isinstance(value, _WrittenList | _WrittenMapping) and not value.brackets:
            return False
        return value.end >= key.end and "\n" not in self._text[key.start : value.end]

    def _end_of_line(self, at: int) -> int:
        ends = [place for mark in ("\r\n", "\n") if (place := self._text.find(mark, at)) >= 0]
        return min(ends, default=len(self._text))

    def _own(self, node: _WrittenAlias, wanted: Any) -> str:
        """What stands in the place of an alias: what differs of its own, over what it shares, where that can be."""
        shared = self._wanted.get(id(node.target))
        if not (isinstance(shared, dict) and isinstance(wanted, dict) and set(shared) <= set(wanted)):
            return self._anything(node, wanted)
        own = {name: value for name, value in wanted.items() if not _same(shared, name, value)}
        if node.in_brackets:
            pairs = [f"{MERGE}: *{node.anchor}", *(f"{_scalar(name)}: {_in_brackets(own[name])}" for name in own)]
            return "{" + ", ".join(pairs) + "}"
        return self._block(node, [f"{MERGE}: *{node.anchor}", *(line for n in own for line in _pair(n, own[n]))])

    def _anything(self, node: _WrittenNode, wanted: Any) -> str:
        """A value in the place of a node."""
        if not isinstance(wanted, dict | list):
            if (
                isinstance(node, _WrittenScalar)
                and node.style in ("'", '"')
                and wanted is not None
                and _BARE.fullmatch(wanted)
            ):
                return f"{node.style}{wanted}{node.style}"
            return _scalar(wanted)
        flow = _in_brackets(wanted)
        if node.in_brackets or len(flow) <= _LONGEST_FLOW or not wanted:
            return flow
        return self._block(node, _lines(wanted))

    def _block(self, node: _WrittenNode, lines: list[str]) -> str:
        """Lines in the place of a node: from where it stands for an item of a list, else below its name."""
        line = self._text[self._text.rfind("\n", 0, node.start) + 1 : node.start]
        dashes = re.fullmatch(r"[\s-]*-\s+", line)
        indent = len(line) if dashes else len(line) - len(line.lstrip(" -")) + 2
        between = self._break + " " * indent
        return between.join(lines) if dashes else between + between.join(lines)


def _same(data: dict[str, Any], name: str, value: Any) -> bool:
    return name in data and data[name] == value


def _data(node: _WrittenNode | None) -> Any:
    """What a node reads as, aliases and merges filled in."""
    if isinstance(node, _WrittenAlias):
        return _data(node.target)
    if isinstance(node, _WrittenList):
        return [_data(item) for item in node.items]
    if isinstance(node, _WrittenMapping):
        own: dict[str, Any] = {}
        merged: list[_WrittenNode] = []
        for key, value in node.pairs:
            if key.text == MERGE and key.plain:
                merged += value.items if isinstance(value, _WrittenList) else [value]
            else:
                own[key.text] = _data(value)
        for source in merged:
            own = _data(source) | own
        return own
    assert isinstance(node, _WrittenScalar)
    return None if node.plain and node.text in _BLANK else node.text


def _scalar(value: Any) -> str:
    if value is None:
        return "~"
    return str(value) if _BARE.fullmatch(str(value)) and value not in _BLANK else json.dumps(value, ensure_ascii=False)


def _in_brackets(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(name)}: {_in_brackets(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_in_brackets, value)) + "]"
    return _scalar(value)


def _lines(value: Any) -> list[str]:
    """A list or a mapping as lines, indented from nothing."""
    if isinstance(value, dict):
        return [line for name, item in value.items() for line in _pair(name, item)]
    lines = []
    for item in value:
        first, *rest = _lines(item) if isinstance(item, dict | list) and item else [_in_brackets(item)]
        lines += [f"- {first}", *(f"  {line}" for line in rest)]
    return lines


def _pair(name: str, value: Any) -> list[str]:
    flow = f"{_scalar(name)}: {_in_brackets(value)}"
    if not isinstance(value, dict | list) or not value or len(flow) <= _LONGEST_FLOW:
        return [flow]
    return [f"{_scalar(name)}:", *(f"  {line}" for line in _lines(value))]
