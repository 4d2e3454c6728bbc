"""Along an address through a schema: what may be written there, and an example of it.

Pydantic puts steps of its own into addresses: the tag of the choice that was taken, and `[key]`. The schema says which
these are, so no name of a user's is ever taken for one.
"""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, Tag
from pydantic.fields import FieldInfo

from finmodel.parsing.places import Address
from finmodel.parsing.quantities import Quantity

_KEY = "[key]"  # pydantic's step for the name of an entry


def written_address(address: Address, root: type[BaseModel]) -> Address:
    """An address of pydantic's without the steps that are in no one's file."""
    return tuple(step for step, is_written, _ in _steps(address, root) if is_written)


def names_at(address: Address, root: type[BaseModel]) -> tuple[str, ...]:
    """The names that the mapping at an address may have, pydantic's own steps followed; empty for other things."""
    annotation = _mapping_of(_type_at(address, root))
    return tuple(annotation.model_fields) if _is_model(annotation) else ()


def words_at(address: Address, root: type[BaseModel]) -> tuple[str, ...]:
    """The words of which the field at an address must be one; empty for other things."""
    return _words_of(_type_at(address, root))


def example_at(address: Address, root: type[BaseModel]) -> str:
    """An example for the field at an address, its places unfilled: its own, its type's, or the first word it may be."""
    around = _mapping_of(_type_at(address[:-1], root))
    field: FieldInfo | None = around.model_fields.get(str(address[-1])) if _is_model(around) else None
    if field is None:
        return "…"
    if field.examples:
        return str(field.examples[0])
    return str(get_args(field.annotation)[0]) if get_origin(field.annotation) is Literal else "…"


def fits(address: Address, root: type[BaseModel], value: object) -> bool:
    """Whether a value has the shape of what may stand at an address: a list, a mapping, or one value."""
    annotation = _type_at(address, root)
    wanted = _mapping_of(annotation)
    if isinstance(value, list):
        return get_origin(wanted) is tuple or _is_quantity(annotation)
    if isinstance(value, dict):
        return get_origin(wanted) is dict or _is_model(wanted) or _is_quantity(annotation)
    return not (get_origin(wanted) in (tuple, dict) or _is_model(wanted)) or len(_choices(annotation)) > 1


def _is_quantity(annotation: Any) -> bool:
    """Whether one of the types between which there is a choice may be one value, a list or a mapping."""
    if annotation is Quantity:
        return True
    inner = annotation.__origin__ if hasattr(annotation, "__metadata__") else None
    return any(map(_is_quantity, (inner,) if inner is not None else get_args(annotation)))


def _type_at(address: Address, root: type[BaseModel]) -> Any:
    return [root, *(found for _, _, found in _steps(address, root))][-1]


def _steps(address: Address, root: type[BaseModel]) -> list[tuple[str | int, bool, Any]]:
    """Each step, whether it is in the user's file, and the type that it leads to."""
    result: list[tuple[str | int, bool, Any]] = []
    annotation: Any = root
    for step in address:
        choices = _choices(annotation)
        if step in choices:
            annotation = choices[step]
            result.append((step, False, annotation))
        elif step == _KEY:
            result.append((step, False, annotation))
        else:
            annotation = _below(_mapping_of(annotation), step)
            result.append((step, True, annotation))
    return result


def _choices(annotation: Any) -> dict[str | int, Any]:
    """The types between which the user chooses, by pydantic's tag for each."""
    if hasattr(annotation, "__metadata__"):
        tags = [one.tag for one in annotation.__metadata__ if isinstance(one, Tag)]
        return {tags[0]: annotation.__origin__} if tags else _choices(annotation.__origin__)
    if get_origin(annotation) in (tuple, dict) or _is_model(annotation):
        return {}
    return {tag: found for choice in get_args(annotation) for tag, found in _choices(choice).items()}


def _below(annotation: Any, step: str | int) -> Any:
    """The type of one step below a type of the schema."""
    if _is_model(annotation):
        field = annotation.model_fields.get(step)
        return field.annotation if field else None
    arguments = get_args(annotation)
    if get_origin(annotation) is tuple:
        return arguments[0]
    return arguments[1] if get_origin(annotation) is dict else None


def _mapping_of(annotation: Any) -> Any:
    """A type without `None` and without what `Annotated` adds; the mapping or the list, where there is a choice."""
    if hasattr(annotation, "__metadata__"):
        return _mapping_of(annotation.__origin__)
    if get_origin(annotation) in (tuple, dict) or _is_model(annotation) or not get_args(annotation):
        return annotation
    choices = [_mapping_of(choice) for choice in get_args(annotation)]
    structured = [choice for choice in choices if _is_model(choice) or get_origin(choice) in (tuple, dict)]
    return structured[0] if structured else choices[0]


def _words_of(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(map(str, get_args(annotation)))
    return next((words for choice in get_args(annotation) if (words := _words_of(choice))), ())


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
