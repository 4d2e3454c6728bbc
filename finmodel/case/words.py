"""What pydantic found, as problems in plain English, each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel, ValidationError

from finmodel.case.nearest import all_of, did_you_mean, one_of
from finmodel.case.places import Address, Header, Places, address_in_words, as_written, value_at
from finmodel.case.problems import Problem
from finmodel.case.schema import PUBLISHED, STATED, Case
from finmodel.case.schema_savings import EACH, KINDS_BY_STEP, REACH

_NOT_STEPS = frozenset([STATED, PUBLISHED, REACH, EACH, "[key]", *KINDS_BY_STEP])  # pydantic's own, in no one's file
_QUOTED = re.compile(r"'([^']*)'")

EXAMPLES = {
    "title": "Investing to save",
    "council": "City of Wolverhampton Council",
    "first_year": "2015/16",
    "price_base": "2015/16",
    "years": "10",
    "rate": "3.5%",
    "date": "2015-01-20",
    "body": "Cabinet",
    "label": "Foster care",
    "text": "Posts are filled from April.",
    "unit_cost": "40000",
    "per": "year",
    "inflation": "none",
    "id": "social-workers",
    "fte": "12",
    "amount": "25000",
    "year": "2015/16",
    "deadweight": "20%",
    "optimism_bias": "15%",
    "cashable": "50%",
    "published": "cpi",
    "kind": "step_down",
    "children": "4",
    "months_earlier": "6",
    "homes": "1",
    "beds_to_close": "4",
    "leavers_avoided": "3",
    "days_avoided": "100",
    "posts": "5",
    "need": "100",
    "engagement": "60%",
    "retention": "80%",
    "impact": "25%",
    "replacement_cost": "{amount: 10000, price_base: 2015/16, inflation: none}",
    "day_cost": "{amount: 250, price_base: 2015/16, inflation: none}",
    "agency_cost": "{amount: 75000, price_base: 2015/16, inflation: none}",
    "fixed_cost": "{amount: 400000, price_base: 2015/16, inflation: none}",
    "income": "{amount: 50000, price_base: 2015/16, inflation: none}",
    "processes": "[{id: first-placement, code: SS2.1, inflation: cpi}]",
    "discounting": "{rate: 3.5%}",
    "placements": "{fostering: 100%}",
    "options": "[{id: do-nothing, title: Do nothing}]",
    "paper": "{authority: City of Wolverhampton Council, title: Investing to save, date: 2015-01-20}",
    "authority": "City of Wolverhampton Council",
    "printed": '"£500,000"',
    "unit": "£",
    "where": "paragraph 4.1",
    "figure": "children",
    "ways": "[cases / workers, all_cases / all_workers]",
}


class Finding(NamedTuple):
    """Something to put right, before its place is looked up."""

    address: Address
    what: str
    remedy: str
    kind: Literal["value", "whole", "missing", "unknown"] = "value"  # whole: a mapping, whose parts are not shown


def findings(error: ValidationError, root: type[BaseModel] = Case) -> Iterator[Finding]:
    """Each thing that pydantic found, in words; `root` is the mapping of the whole file."""
    details = error.errors(include_url=False, include_input=False)
    for detail in details:
        if detail["type"] == "too_short" and any(_is_within(other["loc"], detail["loc"]) for other in details):
            continue  # there is an entry, and pydantic does not count it because it has a problem of its own
        address = tuple(step for step in detail["loc"] if step not in _NOT_STEPS)
        context = detail.get("ctx", {})
        if detail["type"] == "unreadable":
            for fault in context["faults"]:
                yield Finding((*address, *fault.address), fault.what, fault.remedy)
        else:
            in_words = _WORDS.get(detail["type"], _as_pydantic_says)
            what, remedy = in_words(detail["loc"], {**context, "message": detail["msg"], "root": root})
            yield Finding(address, what, remedy, _KINDS.get(detail["type"], "value"))


def _is_within(address: Address, outer: Address) -> bool:
    return len(address) > len(outer) and address[: len(outer)] == outer


def problem_at(finding: Finding, data: object, places: Places) -> Problem:
    """A finding with its place and the value given."""
    place = places.find(finding.address)
    file, line = (place.file, place.line) if place else (places.file, None)
    where = address_in_words(finding.address, data)
    given = "" if finding.kind == "whole" else as_written(value_at(data, finding.address))
    header = places.headers.get(file)
    if header and finding.kind in ("missing", "unknown"):
        column = _column(finding.address, header)
        if (column is not None) == (finding.kind == "unknown"):  # a matter of the header: told once, not for every row
            line, where, given = header.line, column or str(finding.address[-1]), ""
    return Problem(file, line, where, finding.what, finding.remedy, given)


def _column(address: Address, header: Header) -> str | None:
    """The column of a table that an address ends in."""
    for length in range(1, len(address) + 1):
        column = ".".join(map(str, address[-length:]))
        if column in header.columns:
            return column
    return None


def names_at(address: Address, root: type[BaseModel] = Case) -> tuple[str, ...]:
    """The names that the mapping at an address may have; pydantic's own steps say which kind of saving it is."""
    annotation: Any = root
    for step in address:
        if step not in _NOT_STEPS:
            annotation = _below(annotation, step)
        elif step in KINDS_BY_STEP:
            annotation = KINDS_BY_STEP[str(step)]
    return tuple(annotation.model_fields) if _is_model(annotation) else ()


def _below(annotation: Any, step: str | int) -> Any:
    """The type of one step below a type of the schema."""
    if _is_model(annotation):
        field = annotation.model_fields.get(step)
        return _plain_type(field.annotation) if field else None
    arguments = get_args(annotation)
    if get_origin(annotation) is tuple:
        return _plain_type(arguments[0])
    return _plain_type(arguments[1]) if get_origin(annotation) is dict else None


def _plain_type(annotation: Any) -> Any:
    """A type without `None` beside it and without what `Annotated` adds; the mapping, where there is a choice."""
    if hasattr(annotation, "__metadata__"):
        return _plain_type(annotation.__origin__)
    if get_origin(annotation) in (tuple, dict) or _is_model(annotation) or not get_args(annotation):
        return annotation
    choices = [_plain_type(choice) for choice in get_args(annotation)]
    structured = [choice for choice in choices if _is_model(choice) or get_origin(choice) in (tuple, dict)]
    return structured[0] if structured else choices[0]


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


Words = Callable[[Address, Mapping[str, Any]], tuple[str, str]]


def _missing(address: Address, _: Mapping[str, Any]) -> tuple[str, str]:
    name = str(address[-1])
    return f"`{name}` is missing", f"Add a line like `{name}: {EXAMPLES.get(name, '…')}`."


def _unknown(address: Address, context: Mapping[str, Any]) -> tuple[str, str]:
    names = names_at(address[:-1], context["root"])
    remedy = f"{did_you_mean(address[-1], names)}The names are {all_of(names)}."
    return f"`{as_written(address[-1])}` is not a name known here", remedy


def _not_one_of(_: Address, context: Mapping[str, Any]) -> tuple[str, str]:
    names = _QUOTED.findall(context["expected"])
    return "This is not one of the words allowed here", f"Write {one_of(names)}."


def _not_text(_: Address, __: Mapping[str, Any]) -> tuple[str, str]:
    return "Text is needed here, not a list or a mapping", "Write words; in quotation marks if they hold a colon."


def _empty(_: Address, __: Mapping[str, Any]) -> tuple[str, str]:
    return "Nothing is written here", "Write some words."


def _too_long(_: Address, context: Mapping[str, Any]) -> tuple[str, str]:
    most = context["max_length"]
    return f"This is longer than {most} characters", f"Shorten it to {most} characters."


def _not_a_name(_: Address, __: Mapping[str, Any]) -> tuple[str, str]:
    remedy = "Use small letters, figures and hyphens, beginning with a letter, 40 at most, like `social-workers`."
    return "This cannot be a name", remedy


def _not_a_list(address: Address, _: Mapping[str, Any]) -> tuple[str, str]:
    return "A list is needed here", f"Write the entries of `{address[-1]}` below it, each line beginning with `- `."


def _not_a_mapping(address: Address, context: Mapping[str, Any]) -> tuple[str, str]:
    names = names_at(address, context["root"])
    known = f" The names are {all_of(names)}." if names else ""
    return "Names with values are needed here", f"Write lines like `name: value`, indented.{known}"


def _too_few(_: Address, context: Mapping[str, Any]) -> tuple[str, str]:
    return f"At least {context['min_length']} is needed here", "Add one."


def _too_many(_: Address, context: Mapping[str, Any]) -> tuple[str, str]:
    return f"There are more than {context['max_length']}", f"Keep {context['max_length']} at most."


def _too_small(_: Address, context: Mapping[str, Any]) -> tuple[str, str]:
    return f"This is less than {context['ge']}", f"Write {context['ge']} or more."


def _too_large(_: Address, context: Mapping[str, Any]) -> tuple[str, str]:
    return f"This is more than {context['le']}", f"Write {context['le']} or less."


def _as_pydantic_says(_: Address, context: Mapping[str, Any]) -> tuple[str, str]:
    return str(context["message"]), "Change the value."


_WORDS: dict[str, Words] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "literal_error": _not_one_of,
    "string_type": _not_text,
    "string_too_short": _empty,
    "string_too_long": _too_long,
    "string_pattern_mismatch": _not_a_name,
    "tuple_type": _not_a_list,
    "model_type": _not_a_mapping,
    "model_attributes_type": _not_a_mapping,
    "dict_type": _not_a_mapping,
    "too_short": _too_few,
    "too_long": _too_many,
    "greater_than_equal": _too_small,
    "less_than_equal": _too_large,
}

_KINDS: dict[str, Literal["missing", "unknown"]] = {"missing": "missing", "extra_forbidden": "unknown"}
