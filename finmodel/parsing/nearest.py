"""Valid names in words: the one that comes nearest to what was given, and the list of all."""

from __future__ import annotations

from collections.abc import Iterable

from finmodel.lines.nearest import nearest

MOST_NAMES_LISTED = 40


def did_you_mean(given: object, names: Iterable[str]) -> str:
    """`Did you mean …? ` with a space after it, or nothing."""
    name = nearest(given, names)
    return f"Did you mean `{name}`? " if name is not None else ""


def one_of(names: Iterable[str]) -> str:
    """`a, b or c`."""
    return _joined(names, " or ")


def all_of(names: Iterable[str]) -> str:
    """`a, b and c`."""
    return _joined(names, " and ")


def _joined(names: Iterable[str], last: str) -> str:
    listed = list(names)
    if len(listed) > MOST_NAMES_LISTED:
        listed = [*listed[:MOST_NAMES_LISTED], "others"]
    return last.join([", ".join(listed[:-1]), listed[-1]]) if len(listed) > 1 else "".join(listed)
