"""Colours as they are seen: theme, tint and palette resolved, and the contrast of letters on what lies behind them."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Colour: TypeAlias = tuple[int, int, int]  # red, green, blue, each 0 to 255

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
READABLE = 3.0
"""The least contrast at which letters are read: that of large letters in WCAG 2.2, success criterion 1.4.3."""

# The Office theme, in the order in which files count: light 1, dark 1, light 2, dark 2, six accents, two links.
OFFICE_THEME = (
    "FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646", "0000FF",
    "800080",
)  # fmt: skip
THEME_PARTS = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink",
               "folHlink")  # fmt: skip
_SYSTEM = {"window": WHITE, "windowText": BLACK}
# Colours that files name by number (ECMA-376, part 1, 18.8.27): 0 to 7 are 8 to 15 again.
_HUES = """
000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF
993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF
CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300
333300 993300 993366 333399 333333
"""
_PALETTE = tuple(_HUES.split())
INDEXED = [*_PALETTE[:8], *_PALETTE]
_LETTERS, _PAPER = 64, 65  # the system's own, for letters and behind them
NAMED = {"black": BLACK, "white": WHITE, "red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255),
         "yellow": (255, 255, 0), "magenta": (255, 0, 255), "cyan": (0, 255, 255)}  # fmt: skip
_HEX = re.compile("(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")


def of_hex(text: str) -> Colour | None:
    """`FF0B5394` or `0B5394`; None for anything else."""
    match = _HEX.fullmatch(text.strip())
    if match is None:
        return None
    red, green, blue = bytes.fromhex(match[1])
    return red, green, blue


def of_system(name: str, last: str) -> Colour:
    """A colour of the system's: its window is white and its letters are black, whatever the file remembers."""
    return _SYSTEM.get(name) or of_hex(last) or BLACK


class Palette:
    """The colours that a workbook speaks of by number: those of its theme and the indexed ones."""

    def __init__(self, theme: Sequence[Colour] = (), indexed: Sequence[str] = ()) -> None:
        self._theme = list(theme) or [of_hex(text) or BLACK for text in OFFICE_THEME]
        self._indexed = list(indexed) or INDEXED

    def resolve(self, attributes: Mapping[str, str], otherwise: Colour) -> Colour:
        """The colour of a `<color>`, `<fgColor>` or `<bgColor>`, tint and all; `otherwise` where it is automatic."""
        found: Colour | None = None
        if "rgb" in attributes:
            found = of_hex(attributes["rgb"])
        elif "theme" in attributes:
            number = int(attributes["theme"])
            found = self._theme[number] if 0 <= number < len(self._theme) else None
        elif "indexed" in attributes:
            found = self.indexed(int(attributes["indexed"]))
        found = otherwise if found is None else found
        return tinted(found, float(attributes["tint"])) if "tint" in attributes else found

    def indexed(self, number: int) -> Colour | None:
        """The colour of a number of the palette; None for the automatic ones."""
        if number in (_LETTERS, _PAPER) or not 0 <= number < len(self._indexed):
            return WHITE if number == _PAPER else None
        return of_hex(self._indexed[number])

    def of_scheme(self, name: str) -> Colour | None:
        """A colour by the name that drawings give it: `tx1`, `bg1`, `accent1`."""
        part = {"tx1": "dk1", "tx2": "dk2", "bg1": "lt1", "bg2": "lt2"}.get(name, name)
        return self._theme[THEME_PARTS.index(part)] if part in THEME_PARTS else None


def tinted(colour: Colour, tint: float) -> Colour:
    """Lighter by a tint above zero, darker by one below (ECMA-376, part 1, 18.8.19)."""
    hue, light, full = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return _of_shares(colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), full))


def scaled_light(colour: Colour, by: float, more: float) -> Colour:
    """The lightness times `by` and `more` added, as drawings have it."""
    hue, light, full = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    return _of_shares(colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light * by + more)), full))


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """So much of the one, the rest of the other: what a pattern looks like from where it is read."""
    return _of_shares([(a * share + b * (1 - share)) / 255 for a, b in zip(one, other, strict=True)])


def contrast(one: Colour, other: Colour) -> float:
    """From 1, the same, to 21, black on white (WCAG 2.2, relative luminance and contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def in_words(colour: Colour) -> str:
    """`#0B5394`."""
    return "#" + bytes(colour).hex().upper()


def _luminance(colour: Colour) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _of_shares(shares: Sequence[float]) -> Colour:
    red, green, blue = (round(share * 255) for share in shares)
    return red, green, blue
