"""Commas and colons that YAML takes for its own: `[10,500, 20,600]` is four values, `a: b: c` cannot be read.

Nothing is joined in silence. Where it is clear that a comma stands within a figure it is a problem, and where it may
be, a warning; each names the figure as it stands in the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from finmodel.parsing.nearest import all_of

_HEAD = re.compile(r"(?:^|[^\d.,])[1-9]\d{0,2}$")  # what may stand before the first comma of a figure
_THREE = re.compile(r"\d{3}(?!\d)")  # and what must stand after each
_FIGURE = re.compile(r"[+-]?\s*£?\s*\d+(?:\.\d+)?")
_NAMED = re.compile(r"(?:^|[\s{\[,-])([A-Za-z_][\w-]*):\s+([^\s\"'\[{|>&*!#%@`:](?:(?!:\s).)*)$")
LONGEST_QUOTED = 60

WhatAndRemedy = tuple[str, str]
SPACE_THEM = "if they are values of their own, put a space after every comma"


class CommaList(Struct, frozen=True):
    """The items of a list in square brackets, and what stands between each and the next, without the item itself."""

    items: tuple[str, ...]
    gaps: tuple[str, ...]

    @property
    def joins(self) -> tuple[bool, ...]:
        """For each gap, whether its comma may be one between thousands."""
        found: list[bool] = []
        for place, gap in enumerate(self.gaps):
            left, right = self.items[place], self.items[place + 1]
            goes_on = bool(found) and found[-1] and re.fullmatch(r"\d{3}", left) is not None
            found.append(gap == "," and _THREE.match(right) is not None and (goes_on or _HEAD.search(left) is not None))
        return tuple(found)

    @property
    def joined(self) -> tuple[str, ...]:
        """The items, with every comma that may be one between thousands taken for one."""
        result = list(self.items[:1])
        for join, item in zip(self.joins, self.items[1:], strict=True):
            if join:
                result[-1] += f",{item}"
            else:
                result.append(item)
        return tuple(result)

    @property
    def example(self) -> str:
        """The first figure that such a comma may stand in."""
        return next(whole for whole in self.joined if whole not in self.items)

    @property
    def is_doubtful(self) -> bool:
        """Whether some comma may be one between thousands."""
        return any(self.joins)

    @property
    def is_spaced_two_ways(self) -> bool:
        """Whether some commas have a space after them and others have none; a line's end says nothing."""
        spaced = {gap != "," for gap in self.gaps if "\n" not in gap and "\r" not in gap}
        return len(spaced) == 2

    @property
    def is_of_figures(self) -> bool:
        """Whether every item is a figure and nothing else."""
        return all(_FIGURE.fullmatch(item) for item in self.items)

    @property
    def read_as(self) -> str:
        """What the list is taken for."""
        return f"A comma ends a value, so `{self.example}` is read as {all_of(self.example.split(','))}"

    @property
    def quote_it(self) -> str:
        """What to do where the comma stands within a figure."""
        return f"put {self.example} in quotation marks, or leave out the comma"

    def ends_an_entry(self) -> WhatAndRemedy | None:
        """What is wrong where a text, and not a list of figures alone, has such a comma in it."""
        if self.is_of_figures or not self.is_doubtful:
            return None
        what = f"The comma in `{_short(self.example)}` ends an entry of the list"
        return what, f"Put {_quoted(self.example)} in quotation marks."

    def may_have(self, count: int) -> bool:
        """Whether the list has so many values once some of its commas are taken for those between thousands."""
        return len(self.joined) <= count < len(self.items)


def comma_in_a_mapping(before: str, gap: str, after: Sequence[str]) -> WhatAndRemedy:
    """What is wrong with names that have no value in curly brackets, after the value `before`."""
    whole = f"{before}{gap}{', '.join(after) if gap != ',' else ','.join(after)}"
    if gap == "," and all(_THREE.match(name) for name in after):
        return f"The comma in `{_short(whole)}` ends the value there", (
            f"Put {_quoted(whole)} in quotation marks, or leave out the comma."
            if _FIGURE.fullmatch(before)
            else f"Put {_quoted(whole)} in quotation marks."
        )
    what = f"A comma ends a value, so `{_short(after[0])}` is read as a name, and nothing is written after it"
    return what, f"Put {_quoted(whole)} in quotation marks if it is one text; or write `{_short(after[0])}: …`."


def colon_in_a_text(line: str, column: int) -> WhatAndRemedy | None:
    """What is wrong where YAML cannot read a line at a colon: a text with a colon that is not in quotation marks.

    What is wrong ends a sentence that says that the line cannot be read.
    """
    before, rest = line[:column], line[column:]
    named = _NAMED.search(before)
    if rest[:1] != ":" or rest[1:2].strip() or named is None:
        return None
    name, begun = named.groups()
    in_brackets = re.search(r"[{\[]", before[: named.start(2)]) is not None
    end = re.search(r"[,}\]]", rest) if in_brackets else re.search(r"\s#", rest)
    text = (begun + (rest[: end.start()] if end else rest)).strip()
    if in_brackets and (parted := re.fullmatch(r"(.+?)\s*;\s*([\w-]+)", begun)):
        remedy = f"Write a comma between them: `{name}: {_short(parted[1])}, {parted[2]}: …`."
        return ": a semicolon stands where names in brackets are parted by a comma", remedy
    what = f": there is a second colon on this line, and the text of `{name}` is not in quotation marks"
    if '"' in text or "\\" in text or len(text) > LONGEST_QUOTED:
        return what, f"Put everything after `{name}:` in quotation marks."
    return what, f'Write `{name}: "{text}"`.'


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTED else f"{text[: LONGEST_QUOTED - 1]}…"


def _quoted(text: str) -> str:
    return _short(text) if _FIGURE.fullmatch(text.replace(",", "")) else f"“{_short(text)}”"
