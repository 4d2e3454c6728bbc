"""The frame that the auditor's pages share: masthead, contents, footer. The page of the appraisal has its own."""

from __future__ import annotations

from dataclasses import dataclass

from finmodel import __version__


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A section of a page, as its contents list names it."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands above and below a page.

    council: whose page it is; title: the heading; summary: a sentence or two, "" for none; facts: names and values;
    contents: the sections, of which the first holds the answer.
    """

    council: str
    title: str
    summary: str
    facts: tuple[tuple[str, str], ...]
    contents: tuple[ContentsEntry, ...]
    version: str = __version__
