"""Names with nothing after them."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.parsing.faults import Fault
from finmodel.parsing.places import Address, value_at


def blanks(data: object, address: Address) -> Iterator[Fault]:
    """Names with nothing after them: a forgotten value more often than a wish for the default."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in items:
        if value is None:
            what, remedy = "Nothing is written here", "Write a value, or remove the line."
            yield Fault((*address, step), what, remedy)
        else:
            yield from blanks(value, (*address, step))


def is_blank(data: object, address: Address) -> bool:
    """Whether a value is there and empty, which has been shown already."""
    around = value_at(data, address[:-1])
    there = isinstance(around, list) or (isinstance(around, dict) and address[-1] in around)
    return bool(address) and there and value_at(data, address) is None
