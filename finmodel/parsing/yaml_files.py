"""Reading a case file: YAML to plain data, with the place of every value, and nothing that could do harm.

Every scalar stays the text that was written. The readers of the fields make numbers, years and dates of it, so
nothing is guessed on the way (`2015/16`, `1_000`, `0755` and `no` are never taken for something else) and a cell of a
CSV table is read like a value in YAML. The parser's events are used, not its objects: so tags make nothing, and depth
and size are known before anything is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any

import yaml
from msgspec import Struct, field

from finmodel.parsing.places import Address, FileLine, Places, address_in_words, as_written
from finmodel.parsing.problems import Problem
from finmodel.parsing.separators import CommaList, comma_in_a_mapping
from finmodel.parsing.text_files import (
    LINE_BREAK,
    MOST_VALUES,
    CannotReadError,
    TextFile,
    unsafe_character,
    unsafe_characters,
)
from finmodel.parsing.unseen import UNREADABLE, UNSEEN
from finmodel.parsing.yaml_faults import Spot, fault_at, too_deep_at

DEEPEST = 50  # mappings and lists inside one another

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COLON = re.compile(r"\s*:")
_BLANK = frozenset(["", "~", "null", "Null", "NULL"])


def read_yaml(text: str, file: str) -> TextFile:
    """A case file's data; raises CannotReadError when there is nothing to go on with."""
    unsafe = unsafe_characters(text, file)
    if UNREADABLE.search(text):
        raise CannotReadError(*unsafe)
    composer = _Composer(text, file)
    root = composer.document()
    if not isinstance(root, _Mapping):
        what = "The file does not begin with names and values"
        raise CannotReadError(Problem(file, root.line, "", what, "Start with lines like `title: …`."))
    builder = _Builder(file, text)
    data = builder.value(root, (), root.line)
    seen = {problem.line for problem in unsafe}
    escaped = [
        unsafe_character(file, line, character) for line, character in builder.unsafe.items() if line not in seen
    ]
    found = [
        Problem(file, line, address_in_words(address, data), what, remedy)
        for address, line, what, remedy in builder.findings
    ]
    faulty = {address for address, _, _, _ in builder.findings}
    problems = [*unsafe, *composer.problems, *escaped, *found]
    return TextFile(file, data, builder.places, problems, faulty, builder.comma_lists)


class _Node(Struct, eq=False):
    line: int
    size: int = 1  # values in it, anchors filled in
    height: int = 0  # levels below it


class _Scalar(_Node, eq=False):
    text: str = ""
    plain: bool = False  # written without quotation marks
    start: int = 0  # where it begins and ends in the text of the file
    end: int = 0


class _List(_Node, eq=False):
    items: list[_Node] = field(default_factory=list)
    in_brackets: bool = False


class _Mapping(_Node, eq=False):
    pairs: list[tuple[_Node, _Node]] = field(default_factory=list)
    in_brackets: bool = False


class _Composer:
    """Events to a tree. Anchors are shared, not copied; sizes and heights count them as if they were copied."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.lines = LINE_BREAK.split(text)
        self.events = self._events(text)
        self.anchors: dict[str, _Node] = {}
        self.composed = 0
        self.problems: list[Problem] = []

    def stop(self, line: int | None, what: str, remedy: str) -> CannotReadError:
        return CannotReadError(*self.problems, Problem(self.file, line, "", what, remedy))

    def _events(self, text: str) -> Iterator[Any]:
        """The parser's events; one problem where it stops, whatever it says."""
        depth, reached, line = 0, 0, 0
        try:
            event: Any
            for event in yaml.parse(text, Loader=_Loader):
                depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                reached, line = event.end_mark.index, event.end_mark.line
                yield event
        except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
            raise self._stopped(text[reached:], line, depth, error) from None

    def _stopped(self, unread: str, line: int, depth: int, error: Exception) -> CannotReadError:
        lines_on = too_deep_at(unread, depth, DEEPEST)
        if lines_on is not None:
            return self.too_deep(line + lines_on + 1)
        begun, stopped = (getattr(error, f"{kind}_mark", None) for kind in ("context", "problem"))
        if stopped or begun:
            return self.stop(*fault_at(self.lines, _spot(stopped or begun), _spot(begun) if begun else None))
        remedy = "Check the spacing, the quotation marks and the characters of the file."
        return self.stop(None, "The file cannot be read as YAML", remedy)

    def too_deep(self, line: int) -> CannotReadError:
        what = f"Lists and mappings are nested more than {DEEPEST} deep"
        return self.stop(line, what, "Check the indents and the brackets.")

    def document(self) -> _Node:
        root: _Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    remedy = "Keep one case in a file; remove the line `---` and what does not belong."
                    raise self.stop(_line(event), "There is more than one document in the file", remedy)
                root = self.node(next(self.events), 0)
        if root is None:
            raise self.stop(None, "The file is empty", "Start with lines like `title: …`.")
        return root

    def node(self, event: Any, depth: int) -> _Node:
        self.count(event, depth)
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event, depth)
        if event.tag not in (None, "!"):
            what, remedy = f"The tag `{as_written(event.tag)}` is not read", "Remove it; write the value alone."
            self.problems.append(Problem(self.file, _line(event), "", what, remedy))
        node: _Node
        if isinstance(event, yaml.ScalarEvent):
            node = _scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = self.list(event, depth)
        else:
            node = self.mapping(event, depth)
        if event.anchor:
            self.anchors[event.anchor] = node
        return node

    def count(self, event: Any, depth: int) -> None:
        self.composed += 1
        self.check(_line(event), self.composed, depth)

    def check(self, line: int, size: int, depth: int) -> None:
        if depth > DEEPEST:
            raise self.too_deep(line)
        if size > MOST_VALUES:
            what = f"The file has more than {MOST_VALUES:,} values, anchors filled in"
            raise self.stop(line, what, "Use fewer anchors; a case has some hundreds of values.")

    def alias(self, event: Any, depth: int) -> _Node:
        node = self.anchors.get(event.anchor)
        if node is None:
            what = f"The anchor `{as_written(event.anchor)}` is not defined above"
            raise self.stop(_line(event), what, "Define it with `&` before it is used, and outside itself.")
        self.check(_line(event), node.size, depth + node.height)
        return node

    def list(self, event: Any, depth: int) -> _List:
        result = _List(_line(event), in_brackets=event.flow_style)
        while not isinstance(following := next(self.events), yaml.SequenceEndEvent):
            item = self.node(following, depth + 1)
            result.items.append(item)
            self.grow(result, item)
        return result

    def mapping(self, event: Any, depth: int) -> _Mapping:
        result = _Mapping(_line(event), in_brackets=event.flow_style)
        while not isinstance(following := next(self.events), yaml.MappingEndEvent):
            key = self.node(following, depth + 1)
            value = self.node(next(self.events), depth + 1)
            result.pairs.append((key, value))
            self.grow(result, key)
            self.grow(result, value)
        return result

    def grow(self, parent: _Node, child: _Node) -> None:
        parent.size += child.size
        parent.height = max(parent.height, child.height + 1)
        self.check(child.line, parent.size, parent.height)


def _scalar(event: Any) -> _Scalar:
    start, end = int(event.start_mark.index), int(event.end_mark.index)
    return _Scalar(_line(event), text=event.value, plain=event.implicit[0], start=start, end=end)


def _spot(mark: Any) -> Spot:
    return Spot(int(mark.line), int(mark.column))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


class _Builder:
    """The tree to plain data, with the place of each value."""

    def __init__(self, file: str, text: str) -> None:
        self.written = text
        self.places = Places(file)
        self.comma_lists: dict[Address, CommaList] = {}  # lists whose commas may be those between thousands
        self.findings: list[tuple[Address, int, str, str]] = []  # address, line, what, remedy
        self.unsafe: dict[int, str] = {}  # line, character
        self.used: dict[_Node, Address] = {}  # where each node was used first

    def find(self, address: Address, node: _Node, what: str, remedy: str) -> None:
        self.findings.append((address, node.line, what, remedy))

    def value(self, node: _Node, address: Address, line: int) -> Any:
        """The data of a node; `line` is that of its name, when it has one."""
        self.places.known[address] = FileLine(self.places.file, line)
        if self.used.setdefault(node, address) != address:
            self.places.first[address] = self.used[node]
        if isinstance(node, _Mapping):
            return {
                name: self.value(value, (*address, name), key.line)
                for name, (key, value) in self.pairs(node, address).items()
            }
        if isinstance(node, _List):
            items = self.items(node, address)
            return [self.value(item, (*address, place), item.line) for place, item in enumerate(items)]
        assert isinstance(node, _Scalar)
        return None if _is_blank(node) else self.text(node)

    def text(self, node: _Scalar) -> str:
        """A scalar's text, looked at for what an escape such as `\\u202e` may have brought in."""
        found = UNSEEN.search(node.text)
        if found:
            self.unsafe[node.line] = found[0]
        return node.text

    def items(self, node: _List, address: Address) -> list[_Node]:
        """The items of a list; where a comma between thousands has ended one, shown and joined to go on with."""
        commas = self.commas(node)
        if commas is None or not commas.is_doubtful:
            return node.items
        slip = commas.ends_an_entry()
        if slip is None:
            self.comma_lists[address] = commas
            return node.items
        self.find(address, node, *slip)
        return [_Scalar(node.line, text=text) for text in commas.joined]

    def commas(self, node: _List) -> CommaList | None:
        """What stands between the items of a list in brackets; None where some are no plain text written there."""
        scalars = [item for item in node.items if isinstance(item, _Scalar) and item.plain]
        if not node.in_brackets or len(scalars) != len(node.items) or len(scalars) < 2:
            return None
        gaps = [self.written[one.end : other.start] for one, other in pairwise(scalars)]
        return CommaList(tuple(item.text for item in scalars), tuple(gaps))

    def without_bare_names(self, node: _Mapping, address: Address) -> list[tuple[_Node, _Node]]:
        """The pairs of a mapping in brackets; where a comma made a name of the rest of a value, shown and joined."""
        result: list[tuple[_Node, _Node]] = []
        for is_bare, group in groupby(node.pairs, lambda pair: self.is_bare(*pair)):
            pairs = list(group)
            key, value = result[-1] if result else (None, None)
            if not (is_bare and isinstance(key, _Scalar) and isinstance(value, _Scalar) and value.plain and value.text):
                result += pairs
                continue
            bare = [name for name, _ in pairs if isinstance(name, _Scalar)]
            gap = self.written[value.end : bare[0].start]
            self.find((*address, key.text), value, *comma_in_a_mapping(value.text, gap, [one.text for one in bare]))
            whole = _Scalar(value.line, text=self.written[value.start : bare[-1].end])
            result[-1] = (key, whole)
        return result

    def is_bare(self, key: _Node, value: _Node) -> bool:
        """Whether a name has no value and no colon after it."""
        if not (isinstance(key, _Scalar) and key.plain and isinstance(value, _Scalar) and value.plain):
            return False
        return not value.text and _COLON.match(self.written, key.end) is None

    def pairs(self, node: _Mapping, address: Address) -> dict[str, tuple[_Node, _Node]]:
        """Each name once: those of the mapping itself, then those that `<<` brings and it does not give."""
        result: dict[str, tuple[_Node, _Node]] = {}
        merged = []
        for key, value in self.without_bare_names(node, address) if node.in_brackets else node.pairs:
            name = self.name(key, address)
            if name == "<<" and isinstance(key, _Scalar) and key.plain:
                merged.extend(value.items if isinstance(value, _List) else [value])
            elif name in result:
                what = f"`{as_written(name)}` is already given on line {result[name][0].line}"
                self.find((*address, name), key, what, "Keep one of the two.")
            elif name is not None:
                result[name] = (key, value)
        for source in merged:
            if isinstance(source, _Mapping):
                result = self.pairs(source, address) | result
            else:
                self.find(address, source, "`<<` takes a mapping", "Write `<<: *name`, the anchor of a mapping.")
        return result

    def name(self, key: _Node, address: Address) -> str | None:
        if isinstance(key, _Scalar) and not _is_blank(key):
            return self.text(key)
        self.find(address, key, "A name is needed before the colon", "Write a name, like `title: …`.")
        return None


def _is_blank(node: _Scalar) -> bool:
    return node.plain and node.text in _BLANK
