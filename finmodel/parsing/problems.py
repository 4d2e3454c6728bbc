"""Something to put right in the inputs: where, what is wrong, and what to do. Problems are values, shown together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

# Controls, which a terminal obeys, and marks that turn the text after them around.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def seen(text: str) -> str:
    """Text for a terminal, with what would do something there written out: `[U+001B]`."""
    return _UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing to put right, with its place.

    `file` is the file's name as the user knows it, `line` its line (None when the whole file is meant), `where`
    the address inside the file (`options[2].posts[1].fte`), `given` the value found there as text, "" when none.
    """

    file: str
    line: int | None
    where: str
    what: str
    remedy: str
    given: str = ""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        address = f", {self.where}" if self.where else ""
        given = f" (given: {self.given})" if self.given else ""
        return seen(f"{place}{address}: {self.what}{given}\n    {self.remedy}")

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "file": self.file,
            "line": self.line,
            "where": self.where,
            "given": self.given,
            "what": self.what,
            "remedy": self.remedy,
        }


class ProblemsError(Exception):
    """The inputs have problems; `problems` holds every one of them, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.file, p.line or 0, p.where, p.what)))
        count = len(self.problems)
        heading = f"{count} problem{'' if count == 1 else 's'} in the inputs"
        super().__init__("\n".join([heading, *map(str, self.problems)]))
