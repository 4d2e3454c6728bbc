"""Characters that cannot be seen or that mislead, in one list: what no text of a user's needs, and no report shows.

Source: Unicode 15, `Default_Ignorable_Code_Point`, `Bidi_Control` and the controls (DerivedCoreProperties.txt,
PropList.txt), with the characters that are no characters, the blank of Braille and the spaces that do not break.
"""

from __future__ import annotations

import re

_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # but the tab, and the two that end a line
_LINE_BREAKS = "\u2028\u2029"  # that editors do not show
_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ZERO_WIDTH = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_NONE = "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # no characters, or half of one
UNSEEN = re.compile(f"[{_CONTROLS}{_LINE_BREAKS}{_TURNING}{_ZERO_WIDTH}{_NONE}]")
UNREADABLE = re.compile(f"[{_CONTROLS}{_LINE_BREAKS}\ufeff{_NONE}]")  # with which YAML cannot be read any further
_TURNS = re.compile(f"[{_TURNING}]")
ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")  # spaces that look like one and are another


def in_words(character: str) -> str:
    """What is wrong with a character, and which it is."""
    kind = "makes text read in another order" if _TURNS.match(character) else "cannot be seen or printed"
    return f"There is a character here that {kind} (U+{ord(character):04X})"


def written_out(text: str) -> str:
    """Text with such characters written out, `[U+200B]`, so that they are seen and do nothing."""
    return UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def odd_space(text: str) -> str:
    """Which space in a text is no ordinary one, as words to add to a message; nothing where there is none."""
    found = ODD_SPACE.search(text)
    return f"; a space in it is not an ordinary one (U+{ord(found[0]):04X})" if found else ""
