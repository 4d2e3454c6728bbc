"""What the auditor's pages share: how they look, and folds that say what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from finmodel import __version__
from finmodel.document.html import STYLES, write_html
from finmodel.document.parts import Document, Fold, Link, Pair, Pairs, Part, Section

OPEN_ALL = Link("#everything", "Open all that is folded, to read or to print it")
_STYLES = (*STYLES, "audit.css")


def write_page(
    title: str,
    council: str,
    summary: str,
    facts: Sequence[tuple[str, str]],
    sections: Sequence[Section],
    version: str = __version__,
) -> str:
    """The page as HTML; the same sections give the same text. Facts without a value are left out."""
    document = Document(
        title=title,
        council=council,
        sections=tuple(sections),
        summary=summary,
        facts=tuple(Pair(name, text) for name, text in facts if text),
        foot=f"{council} · {title} · finmodel {version}",
    )
    return write_html(document, styles=_STYLES)


def section(name: str, heading: str, parts: Sequence[Part]) -> Section:
    """A section that the list of contents names by its heading."""
    return Section(name, heading, tuple(parts), heading)


def reading(pairs: Sequence[tuple[str, str]], prints: bool = False) -> Fold:
    """How the page is read, folded."""
    names = [name for name, _ in pairs]
    inside = f"{names[0]}, and {len(names) - 1} more" if len(names) > 1 else names[0]
    glossary = Pairs(tuple(Pair(name, text) for name, text in pairs), "reading")
    return Fold("How to read it", inside, (glossary,), prints, "reading")


def digests(files: Iterable[tuple[str, str]]) -> Pairs:
    """Files with their SHA-256."""
    return Pairs(tuple(Pair(f"{name}, SHA-256", digest, code=True) for name, digest in files), "hashes")
