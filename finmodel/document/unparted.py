"""Figures that no line break parts, in every medium that sets lines itself.

A line may end between a minus sign and a pound sign, both prefixes of a number (Unicode Standard Annex 14, LB25).
"""

from __future__ import annotations

from finmodel.parsing.unseen import UNSEEN, written_out

_JOINER = "\N{ZERO WIDTH JOINER}"  # Word's own "no-width non break"; after it no line ends (the same annex, LB8a)
_MINUS_POUND = "\N{MINUS SIGN}£"


_JOINED = _JOINER.join(_MINUS_POUND)


def seen_unparted(text: str) -> str:
    """Text whose minus signs stay with their pounds, for writers; what cannot be seen in it is written out (`unseen`).

    What comes out may go in again, as the text of one template does in another's.
    """
    if text.isascii() and text.isprintable():
        return text  # as nearly all are: nothing of what follows is in them
    plain = text.replace(_JOINED, _MINUS_POUND)
    return (written_out(plain) if UNSEEN.search(plain) else plain).replace(_MINUS_POUND, _JOINED)
