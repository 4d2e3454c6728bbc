"""The nearest valid name to one that does not exist, and the list of valid names, in words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

MOST_NAMES_LISTED = 40


def nearest(given: object, names: Iterable[str]) -> str | None:
    """The valid name that looks most like the one given, if any does."""
    if not isinstance(given, str) or len(given) > 100:
        return None
    by_plain_name = {_plain(name): name for name in names}
    found = difflib.get_close_matches(_plain(given), by_plain_name, n=1, cutoff=0.6)
    return by_plain_name[found[0]] if found else None


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


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(" ", "-")
