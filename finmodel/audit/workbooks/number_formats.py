"""What a number format makes of a figure: whether a reader sees the number that the cell holds, and no other.

A format is good where it can be shown to be: digits in one run, a point, thousands set apart, the sign that the number
has, as many per cent signs as the model's own format, a pound sign, spaces, and words in brackets or set apart.
Whatever else a format can do (digits of its own, scales, other signs, conditions, dates, fractions, numerals of other
scripts) shows another figure than the cell holds, or none. Source of the grammar: ECMA-376, part 1, 18.8.31.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

GENERAL = {"", "general", "@"}
HIDES = "The number format shows nothing."
_PIECES = re.compile(
    r"""
    (?P<literal>"[^"]*"|\\.)
  | (?P<gap>_.) | (?P<fill>\*.)
  | \[(?P<bracket>[^\]]*)\]
  | (?P<general>General)
  | (?P<clock>AM/PM|A/P)
  | (?P<power>E[+-])
  | (?P<digit>[0#?])
  | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<text>@)
  | (?P<date>[ymdhsbegna]+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"[<>=]")
_COLOUR = re.compile(r"(black|white|red|green|blue|yellow|magenta|cyan|colou?r ?\d+)", re.IGNORECASE)
_CURRENCY = re.compile(r"\$(?P<symbol>[^-]*)(?:-(?P<locale>[0-9A-Fa-f]*))?")
_LONGEST_LOCALE = 4  # more digits than that choose numerals and calendars of another script
_SECTIONS = re.compile(r'((?:"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[^;])*)(?:;|$)', re.DOTALL)
_MINUS = "-\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FULLWIDTH HYPHEN-MINUS}"
_ZERO = re.compile(rf"[\s£]*(?:[{_MINUS}]|nil|none|zero|0(?:\.0*)?)?[\s£]*", re.IGNORECASE)
_SET_APART = re.compile(r"\([^()0-9]*\)|\[[^\[\]0-9]*\]")
_SCALES = {"k", "m", "mn", "mln", "bn", "tn", "b", "t", "x", "hundred", "hundreds", "thousand", "thousands",
           "million", "millions", "billion", "billions", "dozen", "percent", "per", "cent", "minus", "negative",
           "less", "loss", "deficit", "dr", "cr", "pence", "p", "e", "g", "mil", "mill", "mills", "bil", "thou",
           "thous", "ths", "lakh", "lakhs", "crore", "crores", "gross", "day", "daily", "week", "weekly",
           "fortnight", "month", "monthly", "quarter", "quarterly", "year", "yearly", "annual", "annually", "each",
           "pa", "pw", "pcm", "us", "usd", "dollar", "dollars", "eur", "euro", "euros", "aud", "cad", "chf", "jpy",
           "yen", "cny", "inr", "l", "i", "o"}  # fmt: skip
_BESIDE = "£()[]%.,:;'/&*#\"†‡“”" + _MINUS
"""Signs that may stand beside a figure, each looked at where it matters."""
_WORD = re.compile(r"[^\W\d_]+")


class FormatSection(Struct, frozen=True):
    """One section of a format: what stands before, among and behind its digits, and what it does with them."""

    before: str = ""
    among: str = ""
    behind: str = ""
    noughts: int = 0  # places that are always filled, left of the point
    digits: int = 0
    decimals: int = 0
    percents: int = 0
    scaled: bool = False
    strange: str = ""  # what it does beside that shows no plain number
    colour: str = ""
    fill: str = ""
    shows_text: bool = False
    is_general: bool = False

    @property
    def shows_a_number(self) -> bool:
        """Whether any digit of the number is shown."""
        return bool(self.digits or self.is_general)

    @property
    def shows_zero(self) -> bool:
        """Whether a digit is shown of zero too."""
        return bool(self.noughts or self.decimals or self.is_general)


@lru_cache(maxsize=4096)
def sections(pattern: str) -> tuple[FormatSection, ...]:
    """The sections of a format, in order: for numbers above zero, below, zero itself, and text."""
    if pattern.strip().casefold() in GENERAL:
        return (FormatSection(is_general=True, shows_text=True),)
    found = [match[1] for match in _SECTIONS.finditer(pattern)]
    if not pattern.endswith(";") and len(found) > 1 and not found[-1]:
        found.pop()
    return tuple(_section(text) for text in found)


def colours(pattern: str) -> tuple[str, ...]:
    """The colours that the format itself gives to letters: `white`, `color 2`."""
    return tuple(section.colour for section in sections(pattern) if section.colour)


def misleads(pattern: str, models: str, value: object) -> str:
    """Why a reader does not see what a cell holds by this format; "" where it shows it, as the model's own does.

    value: what the cell holds, a number, a text, or None where that is not known.
    """
    if pattern == models or (pattern.strip().casefold() in GENERAL and models.strip().casefold() in GENERAL):
        return ""
    if sections(pattern) == sections(models):  # the same, which another program quotes otherwise
        return ""
    numeric, text = _roles(pattern)
    if isinstance(value, str):
        return _of_text(text)
    own = sections(models)[0]
    for role, section in numeric.items():
        if why := _of_number(section, role, own, len(numeric) > 1):
            return why
    if value == 0 and "zero" not in numeric and not numeric["positive"].shows_zero and not numeric["positive"].strange:
        return HIDES
    return _rounded(numeric["positive"], own, value)


def _roles(pattern: str) -> tuple[dict[str, FormatSection], FormatSection | None]:
    """The sections by what they are for; None for text where the format says nothing of it."""
    found = list(sections(pattern))
    text: FormatSection | None = None
    if len(found) > 3:
        text = found[3]
    elif len(found) > 1 and found[-1].shows_text and not found[-1].shows_a_number:
        text = found.pop()
    elif len(found) == 1 and found[0].shows_text:
        text = found[0]
        found = [found[0] if found[0].is_general or found[0].shows_a_number else FormatSection(is_general=True)]
    names = ("positive", "negative", "zero")
    return dict(zip(names, found[:3], strict=False)), text


def _of_text(section: FormatSection | None) -> str:
    if section is None or section.is_general:
        return ""
    if not section.shows_text:
        return HIDES if not (section.before + section.behind).strip() else "The number format shows other words."
    if (section.before + section.among + section.behind).strip() or section.fill.strip():
        return "The number format adds to the text."
    return ""


def _of_number(section: FormatSection, role: str, own: FormatSection, is_one_of_several: bool) -> str:
    literals = section.before + section.among + section.behind
    if role == "zero" and not section.shows_zero and literals.strip() and _ZERO.fullmatch(literals):
        return ""
    if not section.shows_a_number and not section.strange:
        return HIDES if not literals.strip() else "The number format shows its own text and not the figure."
    return _of_digits(section, own) or _of_literals(section) or _of_sign(section, role, is_one_of_several)


def _of_digits(section: FormatSection, own: FormatSection) -> str:
    if section.strange and section.strange != own.strange:
        return f"The number format shows no plain figure: {section.strange}."
    for wrong, what in (
        (section.scaled, "it leaves thousands out"),
        (section.percents != own.percents, "per cent, or none"),
        (section.noughts > max(1, own.noughts), "it adds zeros"),
        (section.among.strip(), "it puts something among the digits"),
        (section.fill.strip(), "it fills the cell with a sign of its own"),
    ):
        if wrong:
            return f"The number format shows another figure: {what}."
    return ""


def _of_literals(section: FormatSection) -> str:
    for char in section.before + section.behind:
        kind = unicodedata.category(char)
        if kind[0] == "N":
            return "The number format shows another figure: digits of its own."
        if kind in ("Cf", "Cc") or kind[0] == "M":
            return "The number format holds a sign that cannot be seen."
        if kind == "Sc" and char != "£":
            return "The number format shows another currency."
        if kind[0] in "SP" and char not in _BESIDE:
            return "The number format shows another figure: it adds a sign that reads as a part of it."
    return ""


def _of_sign(section: FormatSection, role: str, is_one_of_several: bool) -> str:
    plain = _SET_APART.sub(" ", section.before), _SET_APART.sub(" ", section.behind)
    minus = [any(char in _MINUS for char in text) for text in plain]
    bracketed = plain[0].count("(") == plain[1].count(")") == 1 and not (plain[0].count(")") + plain[1].count("("))
    signed = any(minus) or bracketed
    if role == "negative" and not signed:
        return "The number format shows another figure: a number below zero without its sign."
    if (role != "negative" or not is_one_of_several) and (signed or "(" in "".join(plain) or ")" in "".join(plain)):
        return "The number format shows another figure: a minus of its own."
    return _of_words(*plain, section)


def _of_words(before: str, behind: str, section: FormatSection) -> str:
    """Words may stand beside a figure where they are set apart from it and say nothing of its size."""
    if any(word.casefold() in _SCALES for word in _WORD.findall(section.before + " " + section.behind)):
        return "The number format adds words that speak of another size or sign."
    if before and (before[-1].isalnum() or before[-1] in ".,:/'%"):
        return "The number format adds signs that run into the figure."
    if behind and (behind[0].isalnum() or behind[0] in ".,:/'%"):
        return "The number format adds signs that run into the figure."
    if "%" in before + behind:
        return "The number format shows another figure: a per cent sign of its own."
    return ""


def _rounded(section: FormatSection, own: FormatSection, value: object) -> str:
    """Fewer decimals are a matter of taste until what is shown is another number: more than one in two hundred off."""
    if isinstance(value, bool) or not isinstance(value, int | float) or section.is_general or section.strange:
        return ""
    if not own.is_general and section.decimals >= own.decimals:
        return ""
    shown = round(value, section.decimals + 2 * section.percents)
    if abs(shown - value) > 0.005 * abs(value):
        return "The number format shows another figure: it leaves digits out."
    return ""


def _section(text: str) -> FormatSection:  # noqa: PLR0912 - one kind of piece after the other
    before, among, behind = "", "", ""
    waiting = ""  # what stands behind a digit, until another digit shows that it stood among them
    noughts = digits = decimals = percents = 0
    scaled = point = shows_text = general = False
    strange = colour = fill = ""
    for match in _PIECES.finditer(text):
        kind, piece = match.lastgroup or "other", match[0]
        if kind in ("digit", "general"):
            among += waiting
            waiting = ""
            digits += kind == "digit"
            general = general or kind == "general"
            decimals += point
            noughts += piece == "0" and not point
        elif kind == "point" and not point:
            point = True
        elif kind == "comma":
            scaled = scaled or (digits > 0 and _ends_digits(text, match.end()))
        elif kind == "percent":
            percents += 1
        elif kind == "bracket":
            said, odd, symbol = _bracket(match["bracket"])
            colour, strange = said or colour, odd or strange
            if digits or general:
                waiting += symbol
            else:
                before += symbol
        elif kind in ("date", "clock"):
            strange = "a date or a time"
        elif kind == "power":
            strange = "a power of ten"
        elif kind == "fill":
            fill += piece[1]
        elif kind == "text":
            shows_text = True
        else:
            written = " " if kind == "gap" else piece[1:-1] if piece.startswith('"') else piece[-1]
            strange = "a fraction" if piece == "/" and digits else strange
            if digits or general:
                waiting += written
            else:
                before += written
    behind = waiting
    return FormatSection(before, among, behind, noughts, digits, decimals, percents, scaled, strange, colour, fill,
                   shows_text, general)  # fmt: skip


def _ends_digits(text: str, end: int) -> bool:
    """Whether no digit follows on the commas that end here, or only those after a point."""
    return not re.match(r"[,]*[0#?]", text[end:])


def _bracket(inside: str) -> tuple[str, str, str]:
    """What is in square brackets: a colour, something strange, or a currency's sign."""
    if _COLOUR.fullmatch(inside.strip()):
        return inside.strip().casefold(), "", ""
    if (currency := _CURRENCY.fullmatch(inside)) is not None:
        if len((currency["locale"] or "").lstrip("0")) > _LONGEST_LOCALE:
            return "", "numerals or dates of another script", ""
        return "", "", currency["symbol"]
    if _CONDITION.match(inside.strip()):
        return "", "it changes with the figure, by a condition", ""
    return "", f"[{inside}]", ""
