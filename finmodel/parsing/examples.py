"""Examples in messages, made from the file that they are about: its own years and names, or the form alone.

A reader pastes what a message offers. So no message holds a year, an amount or a name that is not of this very file:
where the file has none to offer, the example is a form, `YYYY/YY`, or leaves the place open, `…`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Template
from typing import Any

from msgspec import Struct, field

OPEN = "…"
FORMS: Mapping[str, str] = {
    "year": "YYYY/YY",
    "price_base": "YYYY/YY",
    "month": "YYYY-MM",
    "date": "YYYY-MM-DD",
    "index": "none",
}
_NOT_IN_AN_ID = re.compile(r"[^a-z0-9]+")
_LONGEST_ID = 40


class Examples(Struct, frozen=True):
    """What a file has to offer for the places in examples, `$year` and the like; by name of the place."""

    offered: Mapping[str, str] = field(default_factory=dict)

    def fill(self, template: str, entry: Mapping[str, Any] | None = None) -> str:
        """An example with its places filled: by the entry that lacks something, by the file, or left as a form."""
        words = {**FORMS, **self.offered, **_of_an_entry(entry or {})}
        found = Template(template)
        return found.safe_substitute(dict.fromkeys(found.get_identifiers(), OPEN) | words)


def _of_an_entry(entry: Mapping[str, Any]) -> dict[str, str]:
    """An id made of what an entry is called, and the other way about."""
    called = next((entry[name] for name in ("label", "title", "what") if isinstance(entry.get(name), str)), "")
    name = name_of(called)
    given = entry.get("id")
    words = given.replace("-", " ").strip().capitalize() if isinstance(given, str) else ""
    return {**({"id": name} if name else {}), **({"label": words} if words else {})}


def name_of(words: str) -> str:
    """A short name made of what something is called, `Family workers` as `family-workers`; empty where none can be."""
    name = _NOT_IN_AN_ID.sub("-", words.casefold()).strip("-")[:_LONGEST_ID].strip("-")
    return name if name[:1].isalpha() else ""
