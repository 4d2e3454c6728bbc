"""The JSON Schema of `results.json` (draft 2020-12), made from the types as its content is."""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from functools import partial, reduce
from operator import or_
from types import NoneType, UnionType
from typing import Literal, Union, get_args, get_origin

from msgspec import Struct

from finmodel.results.appraised import AppraisalResults
from finmodel.results.plain import REASON, Plain
from finmodel.results.published import PublicResults
from finmodel.results.written import Reasoned, written_fields
from finmodel.uncertainty.simulated import Simulation

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PRIMITIVES = {str: "string", bool: "boolean", int: "integer", float: "number", NoneType: "null"}
_Object = dict[str, Plain]


def schema_text(schema: Plain) -> str:
    """A schema as text; the same types give the same bytes."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def results_schema() -> _Object:
    """The schema of `results.json`: an object for each type, by its name, with what the type says of itself."""
    return _of(AppraisalResults, "results.json of finmodel")


def public_schema() -> _Object:
    """The same of the `results.json` of a copy to publish, which holds other things and has `public: true`."""
    return _of(PublicResults, "results.json of a copy to publish, of finmodel")


def uncertainty_schema() -> _Object:
    """The same of `uncertainty.json`, which `finmodel simulate` writes."""
    return _of(Simulation, "uncertainty.json of finmodel")


def _of(hint: type, title: str) -> _Object:
    definitions: _Object = {}
    whole = _schema(hint, definitions)
    return {
        "$schema": _DIALECT,
        "title": title,
        **whole,
        "$defs": dict(sorted(definitions.items())),
    }


def _schema(hint: object, definitions: _Object) -> _Object:
    """The schema of a type; records are defined once, by name."""
    within = partial(_schema, definitions=definitions)
    origin, inside = get_origin(hint), get_args(hint)
    if isinstance(hint, type) and issubclass(hint, Struct):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}  # so that a type within itself ends
            definitions[hint.__name__] = _object(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    if origin is Literal:
        return {"enum": list(inside)}
    if origin in (Union, UnionType):
        return _either([within(each) for each in inside])
    if origin is tuple:
        return {"type": "array", "items": within(inside[0])}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": within(inside[1])}
    if isinstance(hint, type) and hint in _PRIMITIVES:
        return {"type": _PRIMITIVES[hint]}
    raise TypeError(f"{hint} has no schema")


def _either(schemas: list[_Object]) -> _Object:
    """Alternatives; those of plain types alone as one list of types."""
    if all(schema.keys() == {"type"} for schema in schemas):
        return {"type": [schema["type"] for schema in schemas]}
    return {"anyOf": list(schemas)}


def _object(hint: type[Struct], definitions: _Object) -> _Object:
    """A record: its keys, and which of them are always there. More may be added, so none is forbidden."""
    properties, required, by_name = _keys(hint, definitions)
    about: _Object = {"type": "object", "description": _about(hint)}
    return about | {"properties": properties, "required": list(required)} | by_name


def _keys(hint: type[Struct], definitions: _Object) -> tuple[_Object, list[str], _Object]:
    """The keys of a record, the names of those that are always there, and what holds of keys that are names."""
    properties: _Object = {}
    required: list[str] = []
    by_name: _Object = {}
    for field in written_fields(hint):
        kind, key, may_lack = field.kind, field.key, field.is_left_out
        if not field.is_inline:
            properties[key] = _schema(_there(kind) if may_lack else kind, definitions)
            required += [] if may_lack else [key]
        elif isinstance(kind, type) and issubclass(kind, Struct):
            inner, always, more = _keys(kind, definitions)
            properties, required, by_name = properties | inner, required + always, by_name | more
        else:
            by_name |= _by_name(get_args(kind)[1], definitions)
    return properties, required, by_name


def _there(kind: object) -> object:
    """The type of a field that is left out where it is None."""
    kinds = tuple(each for each in get_args(kind) if each is not NoneType)
    return reduce(or_, kinds) if kinds else kind


def _by_name(value: object, definitions: _Object) -> _Object:
    """What holds of the keys of a mapping that is written inline."""
    if value is Reasoned:
        return {
            "patternProperties": {f"{REASON}$": {"type": "string"}},
            "additionalProperties": {"type": ["number", "null"]},
        }
    return {"additionalProperties": _schema(value, definitions)}


def _about(hint: type) -> str:
    """What a type says of itself, on one line."""
    return " ".join((inspect.getdoc(hint) or "").split())
