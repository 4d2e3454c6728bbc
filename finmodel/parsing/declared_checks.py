"""One walk over a file that was read: every mark and rule that its schema declares, and every id, seen to be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property
from inspect import get_annotations
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from msgspec import Struct
from pydantic.fields import FieldInfo

from finmodel.lines.periods import FinancialYear, Month
from finmodel.parsing.declared import ExactlyOne, Holds, Mark, NotAfterFirstYear, OneOf, Refers, Rule, YearlyFigure
from finmodel.parsing.examples import OPEN, Examples
from finmodel.parsing.faults import Fault
from finmodel.parsing.fields import SOURCES, Stated
from finmodel.parsing.places import Address
from finmodel.parsing.quantities import Quantity

_APRIL = 4
_OLDEST_BASE = 60  # years, over which no index can be trusted, and the steepest would leave nothing to divide by
FindName = Callable[[Refers, Address, str], Iterator[Fault]]
"""What is wrong with a name that refers, at its address: nothing where it is defined."""


class Declared(Struct, frozen=True):
    """What the type of a field declares: of the value, and of the names and the values in it."""

    marks: tuple[Mark, ...] = ()
    key: Declared | None = None
    item: Declared | None = None
    examples: tuple[str, ...] = ()

    @property
    def has_marks(self) -> bool:
        """Whether the value, or the names or the values in it, bear a mark."""
        return bool(self.marks) or any(each is not None and each.has_marks for each in (self.key, self.item))


class Marked(NamedTuple):
    """A value with a mark, and the mapping that holds it."""

    address: Address
    value: Any
    mark: Mark


Part = tuple[Address, Stated | Quantity]
"""A mapping or a quantity, with its address."""


class NamedReference(NamedTuple):
    """A name that refers to a table."""

    address: Address
    to: str
    name: str


class _Walked:
    """A mapping and all that is in it. Nothing of it changes, so one walk serves all who ask."""

    def __init__(self, root: Stated) -> None:
        self.root = root
        self.parts: list[Part] = []
        _add_parts(root, (), self.parts)

    @cached_property
    def marked(self) -> list[Marked]:
        """Every value with a mark, a value once for each."""
        return list(_marked_in(self.parts))

    @cached_property
    def references(self) -> tuple[NamedReference, ...]:
        """Every name that refers to a table."""
        found = ((marked, marked.mark) for marked in self.marked)
        return tuple(NamedReference(each.address, mark.to, each.value) for each, mark in found if type(mark) is Refers)


_LAST: list[_Walked] = []  # the file that was asked about last; two dozen checks ask about it in turn


def _walked(root: Stated) -> _Walked:
    if not _LAST or _LAST[0].root is not root:
        _LAST[:] = [_Walked(root)]
    return _LAST[0]


def parts(root: Stated) -> Sequence[Part]:
    """A mapping and every mapping and quantity in it, with addresses."""
    return _walked(root).parts


def references(root: Stated) -> Sequence[NamedReference]:
    """Every name in a file that refers to a table of it."""
    return _walked(root).references


def check_declared(
    root: Stated, first_year: FinancialYear | None, find: FindName, examples: Examples
) -> Iterator[Fault]:
    """Everything in a file that is not as its schema declares it; first_year: of its years, None where not known."""
    for address, part in parts(root):
        if isinstance(part, Stated):
            yield from rules_kept(part, address, examples)
            yield from _ids_differ(part, address)
    found: set[Address] = set()  # one problem at a place: the first mark that is not kept says enough
    for marked in _walked(root).marked:
        if marked.address not in found:
            for finding in _mark_kept(marked, first_year, find):
                found.add(marked.address)
                yield finding


def rules_kept(part: Stated, address: Address, examples: Examples) -> Iterator[Fault]:
    """Each rule of a mapping that it does not keep; what goes with one of two, once it is settled which is meant."""
    rules = rules_of(type(part))
    unsettled: set[str] = set()
    for rule in rules:
        if isinstance(rule, ExactlyOne | OneOf) and rule.count(part) != 1:
            unsettled |= {rule.first, rule.second} if isinstance(rule, ExactlyOne) else {*rule.names}

    def example(name: str) -> str:
        declared = declared_by(type(part))[name].examples
        return examples.fill(declared[0] if declared else OPEN)

    for rule in rules:
        owner = getattr(rule, "owner", "")
        if owner not in unsettled:
            yield from rule.findings(part, address, example)


@cache
def declared_by(model: type[Stated]) -> dict[str, Declared]:
    """What each field of a mapping declares, by its name."""
    hints = {name: hint for each in reversed(model.__mro__) for name, hint in get_annotations(each).items()}
    if any(isinstance(hints[name], str) for name in model.model_fields):  # a module whose annotations are texts
        hints = get_type_hints(model, include_extras=True)
    return {name: _declared(hints[name]) for name in model.model_fields}


@cache
def _bear_marks(model: type[Stated]) -> tuple[tuple[str, Declared], ...]:
    """The fields of a mapping that bear a mark, or whose names or values do."""
    return tuple((name, found) for name, found in declared_by(model).items() if found.has_marks)


@cache
def rules_of(model: type[Stated]) -> tuple[Rule, ...]:
    """The rules of a mapping and of those that it is made from."""
    return tuple(rule for each in reversed(model.__mro__) for rule in each.__dict__.get("RULES", ()))


def _declared(annotation: Any) -> Declared:
    marks: list[Mark] = []
    examples: list[str] = []
    key = item = None
    for layer in _layers(annotation):
        if isinstance(layer, Mark):
            marks.append(layer)
        elif isinstance(layer, FieldInfo):
            examples += layer.examples or ()
        elif get_origin(layer) is dict:
            key, item = (_declared(argument) for argument in get_args(layer))
        elif get_origin(layer) is tuple:
            item = _declared(get_args(layer)[0])
    return Declared(tuple(marks), key, item, tuple(map(str, examples)))


def _layers(annotation: Any) -> Iterator[Any]:
    """What an annotation is made of, the outermost first: what `Annotated` adds, and each type of a choice."""
    if hasattr(annotation, "__metadata__"):
        added = annotation.__metadata__
        yield from (one for one in added if not isinstance(one, FieldInfo))
        yield from (one for one in reversed(added) if isinstance(one, FieldInfo))
        yield from _layers(annotation.__origin__)
    elif get_origin(annotation) in (tuple, dict) or not get_args(annotation):
        yield annotation
    else:
        for choice in get_args(annotation):
            yield from _layers(choice)


def _marked_in(found: Iterable[Part]) -> Iterator[Marked]:
    for address, part in found:
        if isinstance(part, Quantity):
            if part.provenance.source:
                yield Marked((*address, "source"), part.provenance.source, SOURCES)
            continue
        for name, declared in _bear_marks(type(part)):
            yield from _marks_of(getattr(part, name), declared, (*address, name))


def _marks_of(value: Any, declared: Declared, address: Address) -> Iterator[Marked]:
    if value is None or value == "":
        return
    yield from (Marked(address, value, mark) for mark in declared.marks)
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _marks_of(name, declared.key or Declared(), (*address, name))
            yield from _marks_of(item, declared.item or Declared(), (*address, name))
    elif isinstance(value, tuple) and declared.item is not None:
        for place, item in enumerate(value):
            yield from _marks_of(item, declared.item, (*address, place))


def _mark_kept(marked: Marked, first_year: FinancialYear | None, find: FindName) -> Iterator[Fault]:
    address, value, mark = marked
    match mark:
        case Refers():
            yield from find(mark, address, value)
        case NotAfterFirstYear() if first_year is not None and value > first_year:
            what = f"The price base is later than the first year, {first_year}"
            yield Fault(address, what, f"Restate the figure at the prices of {first_year}, or of an earlier year.")
        case NotAfterFirstYear() if first_year is not None and first_year - value > _OLDEST_BASE:
            what = f"The price base is more than {_OLDEST_BASE} years before the first year, {first_year}"
            yield Fault(address, what, f"Restate the figure at the prices of {first_year}, or of a year nearer to it.")
        case Holds() if isinstance(value, Quantity) and not mark.test(value):
            yield Fault(address, mark.what, mark.remedy)
        case YearlyFigure() if first_year is not None and isinstance(value, Quantity):
            yield from _read_in_april(value, address, None if mark.from_any_year else first_year.first_month)


def _read_in_april(quantity: Quantity, address: Address, first: Month | None) -> Iterator[Fault]:
    for month, _ in quantity.steps:
        if month is not None and month.month != _APRIL and (first is None or month > first):
            what = f"The figure changes in {month.words}, and it is read once a year, in April"
            remedy = f"Write it by year, like `by_year: {{{month.financial_year}: …}}`, with the year's average."
            yield Fault(address, what, remedy, "whole")
            return


def _ids_differ(part: Stated, address: Address) -> Iterator[Fault]:
    """No id is used twice in one list."""
    for name in type(part).model_fields:
        items = getattr(part, name)
        seen: set[str] = set()
        for place, item in enumerate(items if isinstance(items, tuple) else ()):
            found = getattr(item, "id", None)
            if found in seen:
                what = f"The id `{found}` is used twice in `{name}`"
                yield Fault((*address, name, place, "id"), what, "Give each an id of its own.")
            if found is not None:
                seen.add(found)


def _add_parts(value: object, address: Address, found: list[Part]) -> None:
    if isinstance(value, Quantity):
        found.append((address, value))
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            _add_parts(item, (*address, place), found)
    elif isinstance(value, dict):
        for name, item in value.items():
            _add_parts(item, (*address, name), found)
    elif isinstance(value, Stated):
        found.append((address, value))
        for name in type(value).model_fields:
            _add_parts(getattr(value, name), (*address, name), found)
