"""What pydantic found, as problems in plain English, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from finmodel.parsing.examples import Examples
from finmodel.parsing.faults import Fault
from finmodel.parsing.nearest import all_of, did_you_mean, one_of
from finmodel.parsing.places import Address, Header, Places, address_in_words, as_written, value_at
from finmodel.parsing.problems import Problem
from finmodel.parsing.schema_walk import example_at, fits, names_at, words_at, written_address
from finmodel.parsing.unseen import odd_space

_SHORT = 40  # characters: a name or a figure, and not a sentence


def faults_found(
    error: ValidationError, root: type[BaseModel], data: object, examples: Examples | None = None
) -> Iterator[Fault]:
    """Each thing that pydantic found, in words; `root` is the mapping of the whole file, `data` what it says."""
    details = error.errors(include_url=False, include_input=False)
    for detail in details:
        if detail["type"] == "too_short" and any(_is_within(other["loc"], detail["loc"]) for other in details):
            continue  # there is an entry, and pydantic does not count it because it has a problem of its own
        address = written_address(detail["loc"], root)
        context = detail.get("ctx", {})
        if detail["type"] == "unreadable":
            for fault in context["faults"]:
                yield Fault((*address, *fault.address), fault.what, fault.remedy)
        else:
            in_words = _WORDS.get(detail["type"], _as_pydantic_says)
            around = value_at(data, address[:-1])
            context |= {"message": detail["msg"], "root": root, "entry": around if isinstance(around, dict) else {}}
            what, remedy = in_words(detail["loc"], {**context, "examples": examples or Examples()})
            yield Fault(address, what, remedy, _KINDS.get(detail["type"], "value"))


def _is_within(address: Address, outer: Address) -> bool:
    return len(address) > len(outer) and address[: len(outer)] == outer


def problem_at(fault: Fault, data: object, places: Places) -> Problem:
    """A fault as a problem: with its place and the value given."""
    place = places.find(fault.address)
    file, line = (place.file, place.line) if place else (places.file, None)
    where = address_in_words(fault.address, data)
    given = "" if fault.kind == "whole" else as_written(value_at(data, fault.address))
    what = fault.what
    if fault.kind in ("value", "unknown"):
        written = fault.address[-1] if fault.kind == "unknown" else value_at(data, fault.address)
        what += odd_space(written) if isinstance(written, str) and len(written) <= _SHORT else ""
    header = places.headers.get(file)
    if header and fault.kind in ("missing", "unknown"):
        column = _column(fault.address, header)
        if (column is not None) == (fault.kind == "unknown"):  # a matter of the header: shown once, not for every row
            line, where, given = header.line, column or str(fault.address[-1]), ""
    if places.in_their_words is not None:
        what, remedy = places.in_their_words(fault.address, what, fault.remedy)
        words, cell = (place.words or where, place.cell) if place else (where, "")
        return Problem(file, line, words, what, remedy, given, cell)
    return Problem(file, line, where, what, fault.remedy, given)


def _column(address: Address, header: Header) -> str | None:
    """The column of a table that an address ends in."""
    for length in range(1, len(address) + 1):
        column = ".".join(map(str, address[-length:]))
        if column in header.columns:
            return column
    return None


Words = Callable[[Address, Mapping[str, Any]], tuple[str, str]]


def missing(address: Address, root: type[BaseModel], entry: dict[str, Any], examples: Examples) -> tuple[str, str]:
    """What is said of a name that is not there, and what to do."""
    return _missing(address, {"root": root, "entry": entry, "examples": examples})


def _missing(address: Address, context: Mapping[str, Any]) -> tuple[str, str]:
    name = str(address[-1])
    example = context["examples"].fill(example_at(address, context["root"]), context["entry"])
    return f"`{name}` is missing", f"Add a line like `{name}: {example}`."


def _unknown(address: Address, context: Mapping[str, Any]) -> tuple[str, str]:
    names = names_at(address[:-1], context["root"])
    name, entry = address[-1], context["entry"]
    free = [
        other for other in names if other not in entry and fits((*address[:-1], other), context["root"], entry[name])
    ]
    remedy = f"{did_you_mean(name, free)}The names are {all_of(names)}."
    return f"`{as_written(address[-1])}` is not a name known here", remedy


def _not_one_of(address: Address, context: Mapping[str, Any]) -> tuple[str, str]:
    return "This is not one of the words allowed here", f"Write {one_of(words_at(address, context['root']))}."


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
