"""The results table as a file: CSV in UTF-8, or Parquet by pandas and pyarrow."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from importlib.util import find_spec
from typing import get_type_hints

from msgspec.structs import astuple

from finmodel.batch.rows import BatchRow, headings
from finmodel.parsing.problems import CannotBeDoneError, Problem

PARQUET_LIBRARY = "pyarrow"
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: Sequence[BatchRow]) -> bytes:
    """A row an option of a case, the first row the headings; an empty cell where there is no figure.

    A figure is written in full, so that it is read again as the same number. The file begins with the mark by which
    Excel knows UTF-8, for the headings have a £.
    """
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(headings())
    writer.writerows([_cell(each) for each in astuple(row)] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def _cell(value: str | float | None) -> str | float:
    """Text of others that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(value, str) and value.startswith(_BEGINS_A_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def check_parquet(given: str) -> None:
    """CannotBeDoneError where Parquet is asked for and cannot be written; given: how it was asked for."""
    if find_spec(PARQUET_LIBRARY) is None:
        what = f"Parquet is written by {PARQUET_LIBRARY}, which is not installed"
        remedy = "Install it with `pip install 'finmodel[parquet]'`, or take --format csv, which needs nothing more."
        raise CannotBeDoneError([Problem(given, None, "", what, remedy)])


def as_parquet(rows: Sequence[BatchRow]) -> bytes:
    """The same table as Parquet, figures as floating-point numbers."""
    import pandas as pd  # noqa: PLC0415 - heavy

    table = pd.DataFrame([astuple(row) for row in rows], columns=list(headings()))
    kinds = {name: kind for name, kind in zip(headings(), _kinds(), strict=True) if kind}
    content: bytes = table.astype(kinds).to_parquet(None, engine=PARQUET_LIBRARY, index=False)
    return content


def _kinds() -> tuple[str, ...]:
    """What pandas is to take each column as, where it could be empty from end to end."""
    known = {float | None: "float64", int | None: "Int64", str | None: "object"}
    return tuple(known.get(kind, "") for kind in get_type_hints(BatchRow).values())
