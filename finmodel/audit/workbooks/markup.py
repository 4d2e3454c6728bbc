"""Reading an XML part as it streams by: no document type, so no entities; no tree, so little memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias
from xml.parsers import expat

from finmodel.audit.workbooks.archive import Archive

Begin: TypeAlias = Callable[[str, Mapping[str, str]], None]
End: TypeAlias = Callable[[str, str], None]


class _DocumentTypeError(Exception):
    """The part declares a document type."""


class _TooDeepError(Exception):
    """Elements inside one another beyond the limit."""


def read_part(archive: Archive, part: str, begin: Begin, end: End) -> None:
    """Call `begin(name, attributes)` and `end(name, text)` for each element of a part, in its order.

    Names are without their namespace, except attributes of another namespace, which keep it before a space. The text
    is what stands between an element's last inner tag and its end. Raises ProblemsError, and whatever the two raise.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    text: list[str] = []
    names: dict[str, str] = {}
    depth, deepest = 0, archive.limits.depth

    def local(name: str) -> str:
        names[name] = found = name[name.rfind(" ") + 1 :]
        return found

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > deepest:
            raise _TooDeepError
        text.clear()
        begin(names.get(name) or local(name), attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(names.get(name) or local(name), "".join(text))
        text.clear()

    def refuse(*_: object) -> None:
        raise _DocumentTypeError

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = text.append
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        _feed(parser, archive, part)
    except _DocumentTypeError:
        what = "A part of the file declares entities, which a workbook never does"
        raise archive.problem(part, what, "Do not open it; ask whoever sent the file.") from None
    except _TooDeepError:
        raise archive.damaged(part, f"A part of the file is nested more than {deepest} deep") from None
    except expat.ExpatError as error:
        raise archive.damaged(part, f"A part of the file is not sound XML, line {error.lineno}") from None
    except (LookupError, ValueError):
        raise archive.damaged(part, "A part of the file is not sound XML, or in a strange encoding") from None


def _feed(parser: expat.XMLParserType, archive: Archive, part: str) -> None:
    fed = 0
    for chunk in archive.chunks(part):
        parser.Parse(chunk, False)
        fed += len(chunk)
        # The parser begins an unfinished tag again with every chunk: a tag without end would take for ever.
        if fed - max(parser.CurrentByteIndex, 0) > archive.limits.markup_bytes:
            raise archive.damaged(part, "A part of the file holds a tag without end")
    parser.Parse(b"", True)
