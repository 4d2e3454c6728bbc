"""The files of a case with some of its figures changed: comments, order and layout stay, tables stay tables."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from finmodel.case.load import TABLES_ALLOWED, LoadedCase
from finmodel.parsing.csv_editing import Cell, with_cells
from finmodel.parsing.places import Address, address_in_words, value_at
from finmodel.parsing.problems import Problem, ProblemsError
from finmodel.parsing.text_files import read_text
from finmodel.parsing.yaml_editing import rewritten
from finmodel.parsing.yaml_files import read_yaml

_MARK = "\ufeff".encode()


class NewFiles(Struct, frozen=True):
    """The files of a case, the case file first, and what is to be said of how they were changed."""

    contents: tuple[tuple[str, bytes], ...]
    notes: tuple[str, ...] = ()


def new_files(loaded: LoadedCase, wanted: dict[str, Any]) -> NewFiles:
    """The files of a case such that it states `wanted`, which has the shape of its data; those unchanged as they are.

    Raises ProblemsError where two places share a row of a table and would differ.
    """
    (name, content), *tables = loaded.contents
    text = read_text(content, name)
    raw = read_yaml(text, name).data
    in_yaml = copy.deepcopy(wanted)
    cells: dict[str, dict[Cell, str | None]] = {}
    for address, table in _references(raw, ()):
        _put(in_yaml, address, {"csv": table})
        _collect(loaded, wanted, address, cells.setdefault(table, {}))
    made = rewritten(text, in_yaml)
    notes = [
        f"{name}, line {line}: this shares its figures with another place, which keeps its own; what was changed is "
        "now written here."
        for line in made.unshared
    ]
    files = [(name, _as_bytes(made.text, content))]
    for table, before in tables:
        changed = {cell: text for cell, text in cells.get(table, {}).items() if text is not None}
        files.append((table, _as_bytes(with_cells(read_text(before, table), changed), before) if changed else before))
    return NewFiles(tuple(files), tuple(notes))


def _as_bytes(text: str, before: bytes) -> bytes:
    return (_MARK if before.startswith(_MARK) else b"") + text.encode()


def _references(data: Any, address: Address) -> Iterator[tuple[Address, str]]:
    """Every place that refers to a table, and its file."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in items:
        here = (*address, step)
        if TABLES_ALLOWED.is_reference(value, here):
            yield here, value["csv"]
        else:
            yield from _references(value, here)


def _put(data: Any, address: Address, value: Any) -> None:
    for step in address[:-1]:
        data = data[step]
    data[address[-1]] = value


def _collect(loaded: LoadedCase, wanted: dict[str, Any], address: Address, into: dict[Cell, str | None]) -> None:
    """The cells of a table as one of the places that refer to it wants them; None for one that stays as it is."""
    rows, now = value_at(loaded.data, address), value_at(wanted, address)
    for step in rows if isinstance(rows, dict) else range(len(rows)):
        place = loaded.places.known[(*address, step)]
        was = dict(_flat(rows[step], ()))
        for column, text in _flat(now[step], ()):
            cell = (place.line, column)
            value = None if was.get(column) == text else text
            if into.setdefault(cell, value) != value:
                raise ProblemsError([_shared(loaded, (*address, step), place.file, place.line, column)])


def _flat(row: Any, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """A row's cells by the name of the column."""
    for name, value in row.items():
        if isinstance(value, dict):
            yield from _flat(value, (*names, name))
        else:
            yield ".".join((*names, name)), value


def _shared(loaded: LoadedCase, address: Address, file: str, line: int, column: str) -> Problem:
    what = f"Several places of the case read this row, and `{column}` would no longer be the same for all of them"
    remedy = "Change it in all of them alike, or give one of them a table of its own in the case first."
    return Problem(file, line, address_in_words(address, loaded.data), what, remedy)
