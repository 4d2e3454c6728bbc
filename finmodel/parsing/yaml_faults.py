"""What is wrong where a YAML parser stopped, said from the file itself and in our own words.

Parsers differ in what they say, from one version to the next and between the one in C and the one in Python; they agree
on where they stop. So only the place is taken from them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from finmodel.parsing.separators import colon_in_a_text
from finmodel.parsing.unseen import ODD_SPACE, odd_space

# Quoted text, whose brackets are no lists, and remarks; then a bracket, or the end of a line.
_QUOTED = r"(?<![^\s\[{,:])(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')"
_BRACKET = re.compile(
    rf"{_QUOTED}|(?<!\S)#[^\r\n]*|(?P<opens>[\[{{])|(?P<closes>[\]}}])|(?P<line>\r\n|\r|\n)", re.DOTALL
)
_CANNOT_BEGIN = {"@": "`@`", "%": "`%`", "`": "a backtick"}  # reserved, or a directive's (YAML 1.2.2, section 5.3)
_OPENING = {"[": "bracket `[`", "{": "bracket `{`", '"': "quotation mark", "'": "quotation mark"}
_LOOK = "Look here and on the line above for the indent, a missing colon, an unclosed bracket or quotation mark."
_LINES_BACK = 3  # an indent that cannot be read makes an error on its line or soon after
_HERE = "The YAML cannot be read here"


class Spot(NamedTuple):
    """A place in a file, both counted from 0."""

    line: int
    column: int


class YamlFault(NamedTuple):
    """The line, counted from 1, what is wrong there and what to do."""

    line: int
    what: str
    remedy: str


def fault_at(lines: list[str], stopped: Spot, begun: Spot | None) -> YamlFault:
    """What is wrong where a parser stopped; `begun` is where that which it was reading begins, if it says so."""
    line = min(stopped.line, len(lines) - 1)
    written = lines[line]
    if "\t" in written[: len(written) - len(written.lstrip())] or _character(lines, stopped) == "\t":
        remedy = "Replace the tab by spaces; YAML does not take tabs for indents."
        return YamlFault(line + 1, "There is a tab at the start of this line", remedy)
    for odd in range(line, max(-1, line - _LINES_BACK), -1):
        indent = lines[odd][: len(lines[odd]) - len(lines[odd].lstrip())]
        if ODD_SPACE.search(indent):
            what = f"The indent of this line cannot be read{odd_space(indent)}"
            return YamlFault(odd + 1, what, "Delete the indent, and type it again with spaces.")
    what, remedy = _in_words(lines, stopped, begun)
    return YamlFault(line + 1, f"{_HERE}{what}", remedy)


def _in_words(lines: list[str], stopped: Spot, begun: Spot | None) -> tuple[str, str]:
    character = _character(lines, stopped)
    slip = colon_in_a_text(lines[stopped.line], stopped.column) if character == ":" else None
    if slip is not None:
        return slip
    opening = _OPENING.get(_character(lines, begun)) if begun else None
    if opening and begun:
        missing = "is not closed" if "quotation" in opening else "is not closed, or a comma is missing"
        if "quotation" not in opening or stopped.line >= len(lines) - 1:
            return f": the {opening} of line {begun.line + 1} {missing}", _LOOK
    if character in _CANNOT_BEGIN and stopped.column:
        return f": text cannot begin with {_CANNOT_BEGIN[character]}", "Put the text in quotation marks."
    where = f" (begun on line {begun.line + 1})" if begun and begun.line != stopped.line else ""
    return where, _LOOK


def _character(lines: list[str], spot: Spot) -> str:
    """What stands at a place; nothing after the end of a line."""
    return "" if spot.line >= len(lines) else lines[spot.line][spot.column : spot.column + 1]


def too_deep_at(unread: str, depth: int, deepest: int) -> int | None:
    """How many lines on, in text that was not read, brackets go more than `deepest` deep; None where they do not.

    A parser reads ahead, and one with a bound of its own stops before it gives the brackets that it has seen. `depth`
    is how deep the text begins.
    """
    lines = 0
    for found in _BRACKET.finditer(unread):
        depth += (found["opens"] is not None) - (found["closes"] is not None)
        if depth > deepest:
            return lines
        lines += len(re.findall("\r\n|\r|\n", found[0]))
    return None
