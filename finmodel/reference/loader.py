"""The rows of a data set, read when first asked for, and kept: as they were checked, or checked whole.

`checked.json` holds the SHA-256 of every data file that has passed every check, with one fact on each line;
`tests/reference_checked.py` writes it. A file of another hash is checked whole before a row of it is used.
"""

from __future__ import annotations

import csv
import hashlib
import json
from functools import cache
from importlib.resources import files

from finmodel.reference.datasets import find_dataset
from finmodel.reference.table import DataRow, data_text, table_of


class ReferenceDataError(ValueError):
    """A data file is not as it should be; the message lists every problem with its line."""


@cache
def load(name: str) -> tuple[DataRow, ...]:
    """Every row of a data set, in the order of the file."""
    dataset = find_dataset(name)
    text = data_text(dataset.name)
    table = table_of(dataset.name, text)
    problems = [] if _passes(dataset.name, text) else dataset.problems(table)
    if problems:
        raise ReferenceDataError("\n".join(problems))
    return table.rows


@cache
def rows_with(name: str, column: str, value: str) -> tuple[DataRow, ...]:
    """The rows with `value` in a column, in the order of the file; of a checked file no others are read."""
    dataset = find_dataset(name).name
    lines = _lines(dataset)
    if lines is None:
        return tuple(row for row in load(dataset) if row[column] == value)
    header = next(csv.reader(lines[:1]))
    place = header.index(column)
    likely = [(number, line) for number, line in enumerate(lines[1:], 2) if value in line]
    read = csv.reader(line for _, line in likely)
    return tuple(
        DataRow(dataset, number, dict(zip(header, cells, strict=True)))
        for (number, _), cells in zip(likely, read, strict=True)
        if cells[place] == value
    )


def digest(text: str) -> str:
    """The SHA-256 of a file's text, whatever its line ends."""
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _lines(dataset: str) -> list[str] | None:
    """The lines of a checked file, each a fact; None for one that is not as it was checked."""
    text = data_text(dataset)
    return text.splitlines() if _passes(dataset, text) else None


def _passes(dataset: str, text: str) -> bool:
    return _checked().get(dataset) == digest(text)


@cache
def _checked() -> dict[str, str]:
    found: dict[str, str] = json.loads((files("finmodel.reference") / "checked.json").read_text(encoding="utf-8"))
    return found
