"""Reading an XML part of an office file as it streams by: no document type, so no entities; no tree, so no memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeAlias
from xml.parsers import expat

from finmodel.parsing.archive import Archive

Begin: TypeAlias = Callable[[str, Mapping[str, str]], None]
End: TypeAlias = Callable[[str, str], None]


class _DocumentTypeError(Exception):
    """The part declares a document type."""


class TooDeepError(Exception):
    """Elements inside one another beyond the limit."""


OFFICE = ("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/", "http://schemas.microsoft.com/",
          "urn:schemas-microsoft-com:", "http://purl.org/dc/", "http://schemas.libreoffice.org/")  # fmt: skip
"""How the namespaces begin that the programs which write workbooks read; what is in another they pass over."""
PACKAGE = ("http://schemas.openxmlformats.org/package/2006/",)


def read_part(archive: Archive, part: str, begin: Begin, end: End, spaces: tuple[str, ...] = OFFICE) -> None:
    """Call `begin(name, attributes)` and `end(name, text)` for each element of a part, in its order.

    Names are without their namespace, where that begins as one of `spaces` or there is none. Other elements, and
    attributes of another namespace, keep theirs before a space: nobody else reads them as what they are called. The
    text is what stands between an element's last inner tag and its end. Raises ProblemsError and what the two raise.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    text: list[str] = []
    names: dict[str, str] = {}
    depth, deepest = 0, archive.limits.depth

    def local(name: str) -> str:
        space, _, short = name.rpartition(" ")
        names[name] = found = short if not space or space.startswith(spaces) else name
        return found

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > deepest:
            raise TooDeepError
        text.clear()
        begin(names.get(name) or local(name), attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(names.get(name) or local(name), "".join(text))
        text.clear()

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = text.append
    parse(parser, archive, part)


class Giving(Protocol):
    """What gives a part to a parser, perhaps not all of it."""

    def give(self, chunk: bytes) -> int:
        """Read on; how many bytes the parser was given."""

    def finish(self) -> int:
        """No more comes; how many bytes the parser was given."""


class _GivingAll:
    def __init__(self, parser: expat.XMLParserType) -> None:
        self._parser = parser

    def give(self, chunk: bytes) -> int:
        self._parser.Parse(chunk, False)
        return len(chunk)

    def finish(self) -> int:
        return 0


def parse(
    parser: expat.XMLParserType,
    archive: Archive,
    part: str,
    where: Callable[[], str] = str,
    giving: Giving | None = None,
) -> None:
    """Parse a part with the handlers that are set; `where` names the cell that was being read."""

    def refuse(*_: object) -> None:
        raise _DocumentTypeError

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        _feed(parser, archive, part, giving or _GivingAll(parser))
    except _DocumentTypeError:
        what = "A part of the file declares entities, which a workbook never does"
        raise archive.problem(part, what, "Do not open it; ask whoever sent the file.") from None
    except TooDeepError:
        raise archive.damaged(part, f"A part of the file is nested more than {archive.limits.depth} deep") from None
    except expat.ExpatError as error:
        raise archive.damaged(part, f"A part of the file is not sound XML, line {error.lineno}") from None
    except (LookupError, ValueError):
        what = "A part of the file is not sound XML, or in a strange encoding"
        raise archive.damaged(part, f"{what}{f', at {where()}' if where() else ''}") from None


def _feed(parser: expat.XMLParserType, archive: Archive, part: str, giving: Giving) -> None:
    fed = 0
    for chunk in archive.chunks(part):
        fed += giving.give(chunk)
        # The parser begins an unfinished tag again with every chunk: a tag without end would take for ever.
        if fed - max(parser.CurrentByteIndex, 0) > archive.limits.markup_bytes:
            raise archive.damaged(part, "A part of the file holds a tag without end")
    giving.finish()
    parser.Parse(b"", True)
