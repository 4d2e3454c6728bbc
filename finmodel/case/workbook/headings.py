"""Headings as people leave them: renamed a little, moved, without their unit, with a unit of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from finmodel.lines.nearest import nearly_alike

T = TypeVar("T")

_IN_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_NO_LETTER = re.compile(r"[^a-z0-9£%/]+")
_SCALED = re.compile(r"£\s*'?0{3}|0{3}s?\s*$|£\s*(?:k|m|bn)\b|\b(?:thousands?|millions?)\b", re.IGNORECASE)
IGNORED = frozenset(["remarks", "remark", "comment", "comments", "#"])


def bare(heading: str) -> str:
    """A heading without its unit, its star, and what two people write differently."""
    text = _IN_BRACKETS.sub(" ", heading.replace("*", " ")).casefold().replace("’", "").replace("'", "")
    return _NO_LETTER.sub(" ", text).strip()


def is_scaled(heading: str) -> bool:
    """Whether a heading says that its figures are in thousands or millions: £000, £k."""
    return bool(_SCALED.search(heading))


def recognised(heading: str, known: Mapping[str, T]) -> T | None:
    """What a heading stands for: what is headed so, or the one thing that is headed nearly so."""
    wanted = bare(heading)
    if not wanted:
        return None
    if wanted in known:
        return known[wanted]
    near = nearly_alike(wanted, known)
    found = list(dict.fromkeys(id(known[name]) for name in near))
    return known[near[0]] if len(found) == 1 else None
