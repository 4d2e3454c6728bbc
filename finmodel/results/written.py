"""Types that results share, and the two marks on how a field is written in `results.json`."""

from __future__ import annotations

from enum import Enum, auto
from functools import cache
from typing import Final, get_args, get_type_hints

from msgspec import Struct


class HowWritten(Enum):
    """How a field is written; a mark of its type, as in `Annotated[PaybackResult | None, LEFT_OUT]`."""

    LEFT_OUT = auto()
    INLINE = auto()


# A field that is None or "" is left out, key and all; without this mark None is written as null.
LEFT_OUT: Final = HowWritten.LEFT_OUT
# The keys of what a field holds stand among those of what holds the field.
INLINE: Final = HowWritten.INLINE

Yearly = tuple[float | None, ...]  # a value a period, None where there is no figure
Amounts = tuple[float, ...]  # a value a period, each of them there


class Reasoned(Struct, frozen=True):
    """A figure, or why there is none; written as `name`, and as `name_reason` where there is none."""

    value: float | None
    reason: str


class WrittenField(Struct, frozen=True):
    """A field of a type of results: its name, its type without the mark, its key, and the mark."""

    name: str
    kind: object
    key: str
    is_inline: bool
    is_left_out: bool


@cache
def written_fields(kind: type[Struct]) -> tuple[WrittenField, ...]:
    """The fields of a type of results in their order."""
    return tuple(_field(name, hint) for name, hint in get_type_hints(kind, include_extras=True).items())


def _field(name: str, hint: object) -> WrittenField:
    """A key is the name without the underscore that keeps it from being a word of Python."""
    marks = getattr(hint, "__metadata__", ())
    kind = get_args(hint)[0] if marks else hint
    return WrittenField(name, kind, name.removesuffix("_"), INLINE in marks, LEFT_OUT in marks)
