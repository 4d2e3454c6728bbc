"""The text of a file from outside: bounded, in UTF-8, without characters that cannot be seen or that mislead."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from finmodel.parsing.places import Address, Places
from finmodel.parsing.problems import Problem
from finmodel.parsing.separators import CommaList
from finmodel.parsing.unseen import UNSEEN, in_words

LARGEST_FILE = 5_000_000  # bytes
MOST_VALUES = 200_000  # values after anchors are filled in
_LOOKED_AT = 1_000  # bytes: in UTF-16, nearly every other one of English text is nought
LINE_BREAK = re.compile("\r\n|\r|\n")


class TextFile(Struct):
    """What was read: plain data, where each part of it was, and what was wrong with it."""

    file: str
    data: dict[str, Any]
    places: Places
    problems: list[Problem] = field(default_factory=list)
    faulty: set[Address] = field(default_factory=set)  # values that a problem has already been shown for
    comma_lists: dict[Address, CommaList] = field(default_factory=dict)  # whose commas may be those between thousands


class CannotReadError(Exception):
    """A file that cannot be read any further."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(map(str, problems)))


def read_text(content: bytes, file: str) -> str:
    """The text of a file that must be UTF-8, with or without a byte order mark."""
    if len(content) > LARGEST_FILE:
        what = f"The file is larger than {LARGEST_FILE // 1_000_000} MB"
        raise CannotReadError(Problem(file, None, "", what, "A case is small: check that this is the right file."))
    if content.startswith(b"%PDF"):
        raise CannotReadError(Problem(file, None, "", "This is not a text file but a PDF", "Name a text file."))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or content[:_LOOKED_AT].count(0) > len(content[:_LOOKED_AT]) // 3:
        remedy = "Save the file again with the encoding UTF-8; a table, in Excel, as “CSV UTF-8 (Comma delimited)”."
        raise CannotReadError(Problem(file, 1, "", "The text is UTF-16, not UTF-8", remedy))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        remedy = "Save the file with the encoding UTF-8; look for a £ sign, a dash or a quotation mark on this line."
        raise CannotReadError(Problem(file, line, "", "The text is not UTF-8", remedy)) from None


def unsafe_characters(text: str, file: str) -> list[Problem]:
    """A problem for each line that holds characters which cannot be seen or which mislead."""
    problems = []
    for number, line in enumerate(LINE_BREAK.split(text), start=1):
        found = UNSEEN.search(line)
        if found:
            problems.append(unsafe_character(file, number, found[0]))
    return problems


def unsafe_character(file: str, line: int, character: str) -> Problem:
    """The problem with one such character."""
    return Problem(file, line, "", in_words(character), "Delete it, or type the line again.")


def read_content(path: Path, name: str, most: int = LARGEST_FILE) -> bytes:
    """The bytes of a file, no more than may be read, and one that shows that there are more."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        what = f"The file cannot be opened: {error.strerror}"
        raise CannotReadError(Problem(name, None, "", what, "Check the file and who may read it.")) from None
