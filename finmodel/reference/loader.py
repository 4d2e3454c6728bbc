"""The rows of a data set, read when first asked for, checked whole, and kept."""

from __future__ import annotations

from functools import cache

from finmodel.reference.datasets import find_dataset
from finmodel.reference.table import DataRow, read_table


class ReferenceDataError(ValueError):
    """A data file is not as it should be; the message lists every problem with its line."""


@cache
def load(name: str) -> tuple[DataRow, ...]:
    """Every row of a data set, in the order of the file."""
    dataset = find_dataset(name)
    table = read_table(dataset.name)
    problems = dataset.problems(table)
    if problems:
        raise ReferenceDataError("\n".join(problems))
    return table.rows
