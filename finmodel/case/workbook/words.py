"""What each field is called in words, and what it holds: of the workbook's headings, and of the page on the case file.

`fields.csv` has a row for every field of the schema. `docs/case-file.md` says the same, with its links.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from msgspec import Struct
from pydantic import BaseModel


class FieldWords(Struct, frozen=True):
    """heading: what it is called. holds: what it is, in a phrase. example: as somebody might write it."""

    heading: str
    holds: str
    example: str


@cache
def field_words() -> dict[tuple[str, str], FieldWords]:
    """Every row of the file, by the name of the mapping and that of the field."""
    text = files("finmodel.case.workbook").joinpath("fields.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {(row["mapping"], row["field"]): FieldWords(row["heading"], row["holds"], row["example"]) for row in rows}


def words_of(model: type[BaseModel], field: str) -> FieldWords:
    """The words of a field, its own or those of the mapping from which it has it."""
    known = field_words()
    found = (known.get((each.__name__, field)) for each in model.__mro__)
    return next(words for words in found if words is not None)
