"""What cannot be read of a value, raised as one pydantic error that carries every fault with its place in the value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NoReturn, TypeVar

from msgspec import Struct
from pydantic_core import PydanticCustomError

from finmodel.parsing.numbers import UnreadableError
from finmodel.parsing.places import Address

T = TypeVar("T")


class Fault(Struct, frozen=True):
    """Something to put right, before its place in a file is looked up.

    address: from the top of the file, or within a value while that is being read. kind: what is at fault: a value, a
    whole mapping (whose parts are not shown), a name that is missing or one that is unknown.
    """

    address: Address
    what: str
    remedy: str
    kind: Literal["value", "whole", "missing", "unknown"] = "value"


def or_refuse(read: Callable[[object], T], given: object) -> T:
    """What a reader makes of a value; refuses the value with the reader's own words."""
    try:
        return read(given)
    except UnreadableError as error:
        refuse([Fault((), error.what, error.remedy)])


def refuse(faults: list[Fault]) -> NoReturn:
    """Raise everything that cannot be read of a value."""
    message = " ".join(f"{fault.what}. {fault.remedy}" for fault in faults)
    raise PydanticCustomError("unreadable", "{message}", {"message": message, "faults": tuple(faults)})
