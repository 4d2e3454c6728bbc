"""Results in their plain form, to read and to change at will, and typed results made of it again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.report.options_table import leads
from finmodel.results.appraised import AppraisalResults
from finmodel.results.appraised import results as typed_results
from finmodel.results.plain import REASON, plain
from finmodel.results.written import Reasoned, WrittenField, written_fields

_MOST = 12
_FOUND: dict[tuple[int, bool], tuple[Appraisal, AppraisalResults]] = {}  # with the appraisal, or its id may come again


def results(appraisal: Appraisal, uncertainty: bool = False) -> dict[str, Any]:
    """The results of an appraisal as `results.json` has them, to change at will.

    uncertainty: with what a change of the inputs would do, which takes longer than all the rest.
    """
    found = plain(found_once(appraisal, uncertainty))
    assert isinstance(found, dict)
    return found


def found_once(appraisal: Appraisal, uncertainty: bool = True) -> AppraisalResults:
    """The results of an appraisal, worked out once for all who ask."""
    key = id(appraisal), uncertainty
    if key not in _FOUND:
        while len(_FOUND) >= _MOST:
            del _FOUND[next(iter(_FOUND))]
        _FOUND[key] = appraisal, typed_results(appraisal, uncertainty=uncertainty)
    return _FOUND[key][1]


def typed(found: dict[str, Any]) -> AppraisalResults:
    """Plain results as typed ones."""
    return typed_as(AppraisalResults, found)


def leading(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Of plain results, the options that page and paper answer for."""
    names = {option.id for option in leads(typed(found))}
    return [option for option in found["options"] if option["id"] in names]


def typed_as(hint: Any, value: Any) -> Any:
    """A plain value as a value of a type of results; a key that is not given is blank."""
    origin, inside = get_origin(hint), get_args(hint)
    if is_record(hint):
        return _record(hint, value)
    if origin in (Union, UnionType):
        return _one_of(inside, value)
    if origin is tuple:
        return tuple(typed_as(inside[0], each) for each in value)
    if origin is Mapping:
        return {name: typed_as(inside[1], each) for name, each in value.items()}
    return value


def _one_of(kinds: tuple[Any, ...], value: Any) -> Any:
    """Of several kinds the one whose keys are there: null is no record, and a line has one figure or several."""
    if not isinstance(value, dict | list) or not any(is_record(kind) or get_origin(kind) for kind in kinds):
        return value
    return typed_as(_first_with(kinds, "value" if "value" in value else "values"), value)


@cache
def _first_with(kinds: tuple[Any, ...], key: str) -> Any:
    possible = [kind for kind in kinds if kind is not NoneType]
    return possible[0] if len(possible) == 1 else next(kind for kind in possible if key in kind.__struct_fields__)


def is_record(hint: Any) -> bool:
    """Whether a type is one of records."""
    return isinstance(hint, type) and issubclass(hint, Struct)


def _record(hint: type[Struct], value: dict[str, Any]) -> Any:
    fields = written_fields(hint)
    own = {field.key for field in fields}
    return hint(**{field.name: _given(field, value, own) for field in fields})


def _given(field: WrittenField, value: dict[str, Any], own: set[str]) -> Any:
    if not field.is_inline:
        return typed_as(field.kind, value[field.key]) if field.key in value else _blank(field.kind)
    if is_record(field.kind):
        return typed_as(field.kind, value)
    return _by_name(get_args(field.kind)[1], {key: each for key, each in value.items() if key not in own})


def _by_name(kind: Any, value: dict[str, Any]) -> dict[str, Any]:
    if kind is not Reasoned:
        return {name: typed_as(kind, each) for name, each in value.items()}
    names = [name for name in value if not name.endswith(REASON)]
    return {name: Reasoned(value[name], value.get(f"{name}{REASON}", "")) for name in names}


def _blank(kind: Any) -> Any:
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Literal:
        return inside[0]
    if NoneType in inside:
        return None
    if is_record(kind):
        return _record(kind, {})
    return {tuple: (), Mapping: {}}[origin] if origin in (tuple, Mapping) else kind()
