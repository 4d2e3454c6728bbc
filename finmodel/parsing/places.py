"""Where each part of the inputs was written: from an address in the data to a file and a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from msgspec import Struct, field

Address = tuple[str | int, ...]
"""The way to a value: names of mappings and positions in lists, from the top."""

LONGEST_GIVEN = 60


class FileLine(Struct, frozen=True):
    """A line of a file; of a workbook a row of a sheet, with the cell and what its row and column are called."""

    file: str
    line: int
    cell: str = ""  # `Posts!C7`
    words: str = ""


class Header(Struct, frozen=True):
    """The row of a table that names its columns."""

    line: int
    columns: tuple[str, ...]


class InTheirWords(Protocol):
    """How a reader of a workbook is spoken to, who sees headings and cells and no names of fields."""

    def __call__(self, address: Address, what: str, remedy: str) -> tuple[str, str]:
        """What is wrong at an address, and what to do, in the workbook's own words."""


class Places(Struct):
    """The place of every value read, by address."""

    file: str  # the case file, for what has no place of its own
    known: dict[Address, FileLine] = field(default_factory=dict)
    headers: dict[str, Header] = field(default_factory=dict)  # of tables, by file
    in_their_words: InTheirWords | None = None  # of a workbook: a fault as its headings say it
    first: dict[Address, Address] = field(default_factory=dict)  # of what is written once and used again: its first use

    def find(self, address: Address) -> FileLine | None:
        """The place of a value, or of the nearest thing around it that has one."""
        for length in range(len(address), -1, -1):
            place = self.known.get(address[:length])
            if place is not None:
                return place
        return None


def value_at(data: object, address: Address) -> Any:
    """The value at an address; None when there is nothing."""
    for step in address:
        if isinstance(data, dict) or (isinstance(data, list) and isinstance(step, int) and step < len(data)):
            data = data.get(step) if isinstance(data, dict) else data[step]  # type: ignore[index]
        else:
            return None
    return data


def address_in_words(address: Address, data: object) -> str:
    """`options.peripatetic.posts.social-workers.fte`: by id where there is one, else by position, counted from 1."""
    words = ""
    for depth, step in enumerate(address):
        if isinstance(step, str):
            words += f".{step}" if words else step
            continue
        item = value_at(data, address[: depth + 1])
        name = item.get("id") if isinstance(item, dict) else None
        words += f".{name}" if isinstance(name, str) and name.strip() else f"[{step + 1}]"
    return words


def as_written(value: object) -> str:
    """A value as the user wrote it, shortened."""
    text = ""
    for piece in _pieces(value):
        text += piece
        if len(text) > LONGEST_GIVEN:
            return f"{text[: LONGEST_GIVEN - 1]}…"
    return text


def _pieces(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield "{"
        for number, (name, item) in enumerate(value.items()):
            yield f"{', ' if number else ''}{name}: "
            yield from _pieces(item)
        yield "}"
    elif isinstance(value, list | tuple):
        yield "["
        for number, item in enumerate(value):
            yield ", " if number else ""
            yield from _pieces(item)
        yield "]"
    elif value is not None:
        yield " ".join(str(value)[: 2 * LONGEST_GIVEN].split())
