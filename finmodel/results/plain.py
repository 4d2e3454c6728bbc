"""Results as plain values: what `results.json` holds. One walk over the fields of the types."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import Field, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING

from finmodel.results.written import HOW, INLINE, LEFT_OUT, Reasoned

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
REASON = "_reason"
_SIMPLE = (str, bool, int, float)  # told apart faster than a union


def plain(value: object) -> Plain:
    """A value of results for JSON: a dataclass by its fields, a tuple as a list. TypeError for any other kind."""
    if value is None or isinstance(value, _SIMPLE):
        return value
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in value]
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return dict(_keys(value))
    raise TypeError(f"{type(value).__name__} has no plain form")


def as_json(value: object) -> str:
    """The same results give the same text; NaN cannot be written."""
    return json.dumps(plain(value), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def key_of(field: Field[object]) -> str:
    """The key of a field: its name, without the underscore that keeps it from being a word of Python."""
    return field.name.removesuffix("_")


def is_inline(field: Field[object]) -> bool:
    """Whether the keys of what a field holds stand in its stead."""
    return field.metadata.get(HOW) == INLINE[HOW]


def is_left_out(field: Field[object]) -> bool:
    """Whether a field that holds nothing has no key."""
    return field.metadata.get(HOW) == LEFT_OUT[HOW]


@cache
def _written(kind: type[DataclassInstance]) -> tuple[tuple[str, str, bool, bool], ...]:
    """The fields of a type: name, key, whether it is inline, whether it is left out where it holds nothing."""
    return tuple((each.name, key_of(each), is_inline(each), is_left_out(each)) for each in fields(kind))


def _keys(value: DataclassInstance) -> Iterator[tuple[str, Plain]]:
    for name, key, inline, left_out in _written(type(value)):
        inner = getattr(value, name)
        if inline:
            yield from _inline(inner)
        elif not (left_out and inner in (None, "")):
            yield key, plain(inner)


def _inline(value: object) -> Iterator[tuple[str, Plain]]:
    if not isinstance(value, Mapping):
        yield from _keys(value)  # type: ignore[arg-type]
        return
    for name, inner in value.items():
        if not isinstance(inner, Reasoned):
            yield name, plain(inner)
            continue
        yield name, inner.value
        if inner.value is None:
            yield f"{name}{REASON}", inner.reason
