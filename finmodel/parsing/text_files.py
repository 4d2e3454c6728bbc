"""The text of a file from outside: bounded, in UTF-8, without characters that cannot be seen or that mislead."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from finmodel.parsing.places import Address, Places
from finmodel.parsing.problems import Problem

LARGEST_FILE = 5_000_000  # bytes
MOST_VALUES = 200_000  # values after anchors are filled in
# Controls that no text needs, line breaks that editors do not show, and marks that make text read in another order.
UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LINE_BREAK = re.compile("\r\n|\r|\n")


@dataclass(slots=True)
class Document:
    """What was read: plain data, where each part of it was, and what was wrong with it."""

    file: str
    data: dict[str, Any]
    places: Places
    problems: list[Problem] = field(default_factory=list)
    faulty: set[Address] = field(default_factory=set)  # values that a problem has already been shown for


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
        found = UNSAFE.search(line)
        if found:
            problems.append(unsafe_character(file, number, found[0]))
    return problems


def unsafe_character(file: str, line: int, character: str) -> Problem:
    """The problem with one such character."""
    kind = "makes text read in another order" if character in _REORDERING else "cannot be seen or printed"
    what = f"There is a character here that {kind} (U+{ord(character):04X})"
    return Problem(file, line, "", what, "Delete it, or type the line again.")


def read_content(path: Path, name: str) -> bytes:
    """The bytes of a file, no more than may be read."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        what = f"The file cannot be opened: {error.strerror}"
        raise CannotReadError(Problem(name, None, "", what, "Check the file and who may read it.")) from None
