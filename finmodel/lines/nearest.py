"""The name or address that comes nearest to one that does not exist."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_LONGEST = 200  # characters: nothing as long is a name mistyped, and looking would take long
_LIKE_A_NAME, _LIKE_AN_ADDRESS = 0.6, 0.3  # shares alike; addresses are long, and so much of them may be mistyped
_A_SLIP = 0.84
_INSIDE = 8


def nearest(given: object, names: Iterable[str]) -> str | None:
    """The valid name that looks most like the one given, if any does; small and capital letters, `_`, `-` and spaces
    count alike."""
    if not isinstance(given, str) or len(given) > _LONGEST:
        return None
    by_plain_name = {_plain(name): name for name in names}
    found = difflib.get_close_matches(_plain(given), by_plain_name, n=1, cutoff=_LIKE_A_NAME)
    return by_plain_name[found[0]] if found else None


def nearly_alike(given: str, names: Iterable[str]) -> list[str]:
    """The two names that are so like the one given that it is one of them with a slip, the likest first."""
    return difflib.get_close_matches(given[:_LONGEST], list(names), n=2, cutoff=_A_SLIP)


def nearest_addresses(given: str, addresses: Iterable[str]) -> list[str]:
    """The three addresses that look most like the one given, the likest first; none where none does."""
    return difflib.get_close_matches(given[:_LONGEST], list(addresses), n=3, cutoff=_LIKE_AN_ADDRESS)


def where_instead(given: str, addresses: Iterable[str]) -> str:
    """What to do about an address that is none: the addresses that begin with it, otherwise the nearest ones."""
    known = list(addresses)
    inside = [address for address in known if address.startswith(f"{given}.")]
    if inside:
        more = " and more" if len(inside) > _INSIDE else ""
        return f"It begins the addresses of {', '.join(inside[:_INSIDE])}{more}."
    near = nearest_addresses(given, known)
    return f"The nearest are {', '.join(near)}." if near else "Addresses are listed in results.json, under lines."


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(" ", "-")
