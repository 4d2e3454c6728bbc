"""Results as plain values: what `results.json` holds. One walk over the fields of the types."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BufferedWriter, BytesIO, StringIO, TextIOWrapper
from json.encoder import encode_basestring
from math import isfinite

from msgspec import Struct

from finmodel.results.written import Reasoned, written_fields

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
REASON = "_reason"
_SIMPLE = (str, bool, int, float)  # told apart faster than a union
_KINDS = {*_SIMPLE, type(None)}


def plain(value: object) -> Plain:
    """A value of results for JSON: a record by its fields, a tuple as a list. TypeError for any other kind."""
    if value is None or isinstance(value, _SIMPLE):
        return value
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in value]
    return {name: plain(inner) for name, inner in _entries(value)}


def as_json(value: object) -> str:
    """The same results give the same text; ValueError for NaN, which cannot be written."""
    text = StringIO()
    _write(value, "\n", text.write)
    return text.getvalue() + "\n"


def as_json_bytes(value: object) -> bytes:
    """The same as a file holds it; the text is never held beside it."""
    content = BytesIO()
    # what can be read too has a decoder that is set back at every write
    with TextIOWrapper(BufferedWriter(content), encoding="utf-8", newline="\n") as text:
        _write(value, "\n", text.write)
        text.write("\n")
        text.flush()
        return content.getvalue()


def _write(value: object, new_line: str, write: Callable[[str], object]) -> None:
    """Write a value as `json.dumps(plain(value), indent=1)` would, without making the plain form of it all first.

    new_line: the end of a line and the indent of the next.
    """
    if value is None or isinstance(value, _SIMPLE):
        write(_simple(value))
    elif isinstance(value, tuple | list):
        _write_list(value, new_line, write)
    else:
        deeper, before = f"{new_line} ", "{"
        for name, inner in _entries(value):
            key = f"{before}{deeper}{encode_basestring(name)}: "
            before = ","
            if inner is None or isinstance(inner, _SIMPLE):
                write(key + _simple(inner))
            else:
                write(key)
                _write(inner, deeper, write)
        write("{}" if before == "{" else f"{new_line}}}")


def _write_list(values: Sequence[object], new_line: str, write: Callable[[str], object]) -> None:
    if not values:
        write("[]")
        return
    deeper, kinds = f"{new_line} ", set(map(type, values))
    if kinds <= _KINDS:
        numbers = kinds == {float} and all(map(isfinite, values))  # type: ignore[arg-type]
        write(f"[{deeper}{f',{deeper}'.join(map(repr if numbers else _simple, values))}{new_line}]")
        return
    before = "["
    for value in values:
        write(f"{before}{deeper}")
        _write(value, deeper, write)
        before = ","
    write(f"{new_line}]")


def _simple(value: object) -> str:
    """A text, a number, true, false or null."""
    kind = type(value)
    if kind is str:
        return encode_basestring(value)  # type: ignore[arg-type]
    if kind is float and isfinite(value):  # type: ignore[arg-type]
        return repr(value)
    return "null" if value is None else _seldom(value)


def _seldom(value: object) -> str:
    """A kind of text of its own, true, false or a whole number; ValueError for a number that JSON has not."""
    return encode_basestring(value) if isinstance(value, str) else json.dumps(value, allow_nan=False)


def _entries(value: object) -> Iterator[tuple[str, object]]:
    """What a mapping or a record holds, by key, not yet in its plain form."""
    if isinstance(value, Mapping):
        return ((str(name), inner) for name, inner in value.items())
    if isinstance(value, Struct):
        return _keys(value)
    raise TypeError(f"{type(value).__name__} has no plain form")


def _keys(value: Struct) -> Iterator[tuple[str, object]]:
    for field in written_fields(type(value)):
        inner = getattr(value, field.name)
        if field.is_inline:
            yield from _inline(inner)
        elif not (field.is_left_out and inner in (None, "")):
            yield field.key, inner


def _inline(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Struct):
        yield from _keys(value)
        return
    if not isinstance(value, Mapping):
        raise TypeError(f"{type(value).__name__} has no keys")
    for name, inner in value.items():
        if not isinstance(inner, Reasoned):
            yield name, inner
            continue
        yield name, inner.value
        if inner.value is None:
            yield f"{name}{REASON}", inner.reason
