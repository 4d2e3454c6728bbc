"""What may stand in a field of the schema, as a cell must know it: text, pounds, a percentage, a month, a name."""

from __future__ import annotations

import types
from collections.abc import Callable
from datetime import date
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct
from pydantic import BaseModel, BeforeValidator

from finmodel.case import points
from finmodel.lines.periods import FinancialYear, Month
from finmodel.parsing import quantity_forms
from finmodel.parsing.declared import Refers
from finmodel.parsing.fields import Identifier, Reads


class Kind(Enum):
    """What is written in a cell; the value is what follows a heading, in brackets."""

    TEXT = ""
    MONEY = "£"
    SHARE = "%"
    CHANGE = "% a year"
    NUMBER = "number"
    WHOLE = "whole number"
    YEAR = "council year"
    MONTH = "month"
    DATE = "date"
    PART_OF_DATE = "date, or as much as is known"
    YES_NO = "yes or no"
    WORD = "choose"
    POINTS = "points"
    NAME = "name"


class FieldShape(Struct, frozen=True):
    """What a field may hold: in one cell (kind, words, refers, figure), and as mappings; lists and names if at all.

    refers: the table of which it is a name. figure: whether it may change over time and say where it comes from.
    """

    kind: Kind | None = None
    words: tuple[str, ...] = ()
    refers: str = ""
    figure: bool = False
    mappings: tuple[type[BaseModel], ...] = ()
    texts: bool = False  # a list of texts
    entries: bool = False  # a list or a mapping of entries, which have rows of their own


_BY_READER: dict[Callable[..., object], tuple[Kind, bool]] = {
    quantity_forms.read_money: (Kind.MONEY, True),
    quantity_forms.read_money_from_any_year: (Kind.MONEY, True),
    quantity_forms.read_share: (Kind.SHARE, True),
    quantity_forms.read_change: (Kind.CHANGE, True),
    quantity_forms.read_change_from_any_year: (Kind.CHANGE, True),
    quantity_forms.read_number: (Kind.NUMBER, True),
    quantity_forms.read_financial_year: (Kind.YEAR, False),
    quantity_forms.read_month: (Kind.MONTH, False),
    quantity_forms.read_date: (Kind.DATE, False),
    quantity_forms.read_partial_date: (Kind.PART_OF_DATE, False),
    quantity_forms.read_whole_number: (Kind.WHOLE, False),
    quantity_forms.read_yes_no: (Kind.YES_NO, False),
    points.read_point: (Kind.POINTS, False),
    points.read_point_range: (Kind.POINTS, False),
}
_BY_TYPE: dict[object, Kind] = {
    str: Kind.TEXT,
    int: Kind.WHOLE,
    bool: Kind.YES_NO,
    FinancialYear: Kind.YEAR,
    Month: Kind.MONTH,
    date: Kind.DATE,
}


@cache
def shapes_of(model: type[BaseModel]) -> dict[str, FieldShape]:
    """The shape of each field of a mapping, in its order."""
    hints = get_type_hints(model, include_extras=True)
    return {name: shape_of(hints[name]) for name in model.model_fields}


def shape_of(annotation: Any, marks: tuple[object, ...] = ()) -> FieldShape:
    """The shape that a type of the schema has."""
    if get_origin(annotation) is Annotated:
        return shape_of(annotation.__origin__, (*marks, *annotation.__metadata__))
    if get_origin(annotation) in (Union, types.UnionType):
        choices = [shape_of(each, marks) for each in get_args(annotation) if each is not type(None)]
        return _any_of(choices)
    if get_origin(annotation) is tuple:
        inner = shape_of(get_args(annotation)[0])
        plain = inner.kind is Kind.TEXT and not inner.figure
        read_whole = any(_reader(mark) in _BY_READER for mark in marks)
        return _one(Kind.POINTS) if read_whole else FieldShape(texts=plain, entries=not plain)
    if get_origin(annotation) is dict:
        return FieldShape(entries=True)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return FieldShape(mappings=(annotation,))
    return _in_a_cell(annotation, marks)


def _any_of(choices: list[FieldShape]) -> FieldShape:
    cell = next((choice for choice in choices if choice.kind is not None), FieldShape())
    return FieldShape(
        cell.kind,
        cell.words,
        cell.refers,
        any(choice.figure for choice in choices),
        tuple(model for choice in choices for model in choice.mappings),
        any(choice.texts for choice in choices),
        any(choice.entries for choice in choices),
    )


def _in_a_cell(annotation: Any, marks: tuple[object, ...]) -> FieldShape:
    refers = next((mark.to for mark in marks if isinstance(mark, Refers)), "")
    if get_origin(annotation) is Literal:
        return _one(Kind.WORD, tuple(map(str, get_args(annotation))))
    read = next((_BY_READER[reader] for reader in map(_reader, marks) if reader in _BY_READER), None)
    if read is not None:
        return FieldShape(kind=read[0], figure=read[1])
    if refers:
        return FieldShape(kind=Kind.WORD, refers=refers)
    named = any(mark in get_args(Identifier) for mark in marks)
    return _one(Kind.NAME if named else _BY_TYPE.get(annotation, Kind.TEXT))


def _one(kind: Kind, words: tuple[str, ...] = ()) -> FieldShape:
    return FieldShape(kind=kind, words=words)


def _reader(mark: object) -> Callable[..., object] | None:
    return mark.func if isinstance(mark, BeforeValidator | Reads) else None
