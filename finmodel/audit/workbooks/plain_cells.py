"""Cells as programs write them, read by a pattern: most of a sheet, which a parser gives piece by piece.

The parser is given everything else, and what it says decides where a cell may stand: directly inside a row that is in
its place. Nothing is taken by the pattern from a part that holds comments, raw characters, instructions, another
namespace than that of its root, or another encoding than UTF-8, and no cell after a tag that may not have ended.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import NamedTuple, Protocol
from xml.parsers import expat

from finmodel.audit.workbooks.grammar import MAIN, STRICT

# Text without what XML gives a meaning to, or reads as something else (line ends), or refuses.
_PLAIN = r"[^<>&\x00-\x1f\ufffe\uffff]*"
_TEXT = rf"({_PLAIN}(?:&(?:amp|lt|gt|quot|apos);{_PLAIN})*)"
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,9})")?(?: t="(n|s|str|b|e)")?'
    r"(?:/>|>"
    rf'(?:<f(?: t="shared" ref="([A-Z0-9:]{{1,30}})" si="([0-9]{{1,9}})"| aca="(false)")?>{_TEXT}</f>'
    r'|<f t="shared" si="([0-9]{1,9})"/>)?'
    rf"(?:<v>{_TEXT}</v>)?</c>)"
)
_ROOT = re.compile(
    rf'(?:<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?(?: standalone="(?:yes|no)")? ?\?>\s*)?'
    rf'<worksheet(?: [^<>]*?)? xmlns="(?:{re.escape(MAIN)}|{re.escape(STRICT)})"(?: [^<>]*)?>'
)
_DEFAULT = re.compile(r"(?<![\w:.-])xmlns\s*=")
_WHOLE_TAG = re.compile(r'</?[\w:.-]+(?:\s+[\w:.-]+\s*=\s*"[^"<]*")*\s*/?>')
_LONGEST = 1_000_000  # of what has no end of a tag


class PlainCell(NamedTuple):
    """A cell as it is written: its column and row, its look, the kind of its value, its formula and its value.

    `about` is what the formula says of itself, None where there is no formula. Texts are read out: `&lt;` is <.
    """

    letters: str
    digits: str
    style: str | None
    kind: str | None
    about: Mapping[str, str] | None
    formula: str
    value: str | None

    def attributes(self) -> dict[str, str]:
        """What the cell says of itself."""
        said = {"r": self.letters + self.digits, "s": self.style, "t": self.kind}
        return {name: value for name, value in said.items() if value is not None}


class CellReader(Protocol):
    """Who reads cells."""

    def cell(self, plain: PlainCell) -> None:
        """A cell in a row that is in its place."""


class PlainCells:
    """Gives a part to a parser but for the plain cells, which a reader gets at once."""

    def __init__(self, parser: expat.XMLParserType, may_stand_here: Callable[[], bool], reader: CellReader) -> None:
        """may_stand_here: whether a cell that follows what the parser was given so far is a child of a row."""
        self._parser, self._may_stand_here, self._reader = parser, may_stand_here, reader
        self._by_pattern = True
        self._begun = self._ready = False
        self._rest = b""  # after the last end of a tag

    def give(self, chunk: bytes) -> int:
        """Read on; how many bytes the parser was given."""
        if not self._by_pattern:
            return self._parse(chunk)
        whole = self._rest + chunk
        end = whole.rfind(b">") + 1
        text = self._plain_text(whole[:end])
        if text is None or len(whole) - end > _LONGEST:
            self._by_pattern, self._rest = False, b""
            return self._parse(whole)
        self._rest = whole[end:]
        return self._read(text)

    def finish(self) -> int:
        """No more comes; how many bytes the parser was given."""
        rest, self._rest = self._rest, b""
        return self._parse(rest)

    def _parse(self, content: bytes) -> int:
        self._parser.Parse(content, False)
        return len(content)

    def _plain_text(self, content: bytes) -> str | None:
        """The text of a stretch of tags; None where the pattern may not be used from here on."""
        try:
            text = content.decode()
        except UnicodeDecodeError:
            return None
        start = 0
        if not self._begun:
            root = _ROOT.match(text)
            if root is None or len(_DEFAULT.findall(root[0])) != 1:
                return None
            start, self._begun = root.end(), True
        return None if _another_way(text, start) else text

    def _read(self, text: str) -> int:
        given = at = 0
        for match in _CELL.finditer(text):
            start = match.start()
            if start > at:
                given += self._between(text[at:start])
                at = start
            if self._ready:
                self._cell(match)
                at = match.end()
        if at < len(text):
            given += self._between(text[at:])
        return given

    def _between(self, text: str) -> int:
        """Give the parser what stands between plain cells, and see whether one may follow."""
        given = self._parse(text.encode())
        last = text.rfind("<")
        self._ready = last >= 0 and _WHOLE_TAG.fullmatch(text, last) is not None and self._may_stand_here()
        return given

    def _cell(self, match: re.Match[str]) -> None:
        letters, digits, style, kind, reference, index, always, formula, shared, value = match.groups()
        about: Mapping[str, str] | None = None
        if shared is not None:
            about = {"t": "shared", "si": shared}
        elif reference is not None:
            about = {"t": "shared", "ref": reference, "si": index}
        elif formula is not None:
            about = PLAIN if always is None else {"aca": always}
        text = _read_out(formula) if formula else ""
        self._reader.cell(PlainCell(letters, digits, style, kind, about, text, value and _read_out(value)))


PLAIN: Mapping[str, str] = {}
"""What a formula says of itself that stands in one cell."""


def _another_way(text: str, start: int) -> bool:
    """Whether a stretch holds a comment, raw characters, an instruction or a namespace; by what is seen at once."""
    if text.find("<!", start) >= 0 or text.find("<?", start) >= 0:
        return True
    return text.find("xmlns", start) >= 0 and _DEFAULT.search(text, start) is not None


def _read_out(text: str) -> str:
    return unescape(text) if "&" in text else text
