"""The auditor's pages as text for a terminal: the same sections, folds open, long tables cut."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from finmodel.document.parts import Article, Columns, Fold, Heading, Part, Section, nested
from finmodel.document.table import Table
from finmodel.document.text import section_text

WIDTH = 110
_MORE = "Only the first {most:,} are shown here: --out FOLDER and --json have every one."
NOT_ON_A_TERMINAL = ("reading",)  # folds by their ids: how a page is read


def sections_text(sections: Sequence[Section], most: int, leave_out: Collection[str] = NOT_ON_A_TERMINAL) -> str:
    """The sections one below the other. most: rows of a table that are shown; leave_out: ids of folds."""
    opened = (replace(each, parts=tuple(_opened(each.parts, most, leave_out))) for each in sections)
    return "\n".join(section_text(each, WIDTH).lstrip("\n") for each in opened).rstrip()


def _opened(parts: Sequence[Part], most: int, leave_out: Collection[str]) -> Iterator[Part]:
    for part in parts:
        match part:
            case Fold() if part.id in leave_out:
                pass
            case Fold():
                if not isinstance(part.parts[0], Table):  # which has a caption
                    yield Heading(part.summary)
                yield from _opened(part.parts, most, leave_out)
            case Article() | Columns():
                yield from _opened(nested(part), most, leave_out)
            case Table() if len(part.rows) > most:
                note = " ".join(text for text in (_MORE.format(most=most), part.note) if text)
                yield replace(part, rows=part.rows[:most], note=note)
            case _:
                yield part
