"""What a chair of scrutiny asks: a list of questions, each with its rule; and the words in which a figure is put."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from finmodel.case.schema import Case, ExistingPost, Post
from finmodel.lines.display import inside, plain_number, pounds
from finmodel.parsing.declared_checks import parts
from finmodel.parsing.faults import Fault
from finmodel.parsing.fields import Stated
from finmodel.parsing.places import Address
from finmodel.parsing.quantities import Quantity

_About = TypeVar("_About")
_Part = TypeVar("_Part", bound=Stated)
_CLOSE = 1e-9
_MILLION = 1_000_000


class Question(Struct, Generic[_About], frozen=True):
    """A question: its name, what it asks in a sentence, and the rule that finds where it is to be asked."""

    name: str
    asks: str
    find: Callable[[_About], Iterator[Fault]]


class StatedCase:
    """A case with everything that it states, walked once for all questions."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def parts(self) -> list[tuple[Address, Stated | Quantity]]:
        """Every mapping and every quantity, with its address."""
        return list(parts(self.case))

    @cached_property
    def _mappings(self) -> list[tuple[Address, Stated]]:
        return [(address, part) for address, part in self.parts if isinstance(part, Stated)]

    def each(self, kind: type[_Part]) -> Iterator[tuple[Address, _Part]]:
        """Every mapping of a kind, with its address."""
        for address, part in self._mappings:
            if isinstance(part, kind):
                yield address, part

    @cached_property
    def posts(self) -> list[tuple[Address, Post | ExistingPost]]:
        """Every post, and every post that changes with one."""
        return [*self.each(Post), *self.each(ExistingPost)]

    def quantities(self, kind: type[_Part], *fields: str) -> Iterator[tuple[Address, _Part, Quantity]]:
        """The quantities of some fields of every mapping of a kind, each with its address and its mapping."""
        for address, part in self.each(kind):
            for field in fields:
                value = getattr(part, field)
                if isinstance(value, Quantity):
                    yield (*address, field), part, value


def named(finding: Fault, case: Case) -> Fault:
    """A finding whose words name the entry that it is in, for readers who see neither file nor line."""
    part: object = case
    name = ""
    for step in finding.address:
        part = _below(part, step)
        found = getattr(part, "label", "") or getattr(part, "title", "")
        name = found if isinstance(found, str) and found else name
    what = f"{name}: {inside(finding.what)}" if name else finding.what
    return replace(finding, what=what)


def _below(part: object, step: str | int) -> object:
    if isinstance(part, dict):
        return part.get(step)
    return part[step] if isinstance(part, tuple) and isinstance(step, int) else getattr(part, str(step), None)


def below(quantity: Quantity, least: float) -> float | None:
    """The first value under a bound; zero is none, for it says that there is nothing."""
    return next((value for value in quantity.values if 0 < value < least * (1 - _CLOSE)), None)


def above(quantity: Quantity, most: float) -> float | None:
    """The first value over a bound."""
    return next((value for value in quantity.values if value > most * (1 + _CLOSE)), None)


def money(value: float) -> str:
    """`£2.7 million`, `£52,000`, `£36.73`."""
    if value >= _MILLION:
        return f"£{plain_number(value / _MILLION, 1)} million"
    return pounds(value, 0 if value >= 100 or round(value, 2) == round(value) else 2)


def percentage(value: float) -> str:
    """`0.198%`, with a true minus sign."""
    return f"{plain_number(value * 100, 6)}%"


def either(guesses: list[str], otherwise: str) -> str:
    """A remedy: what to write for each thing that may be meant, or where nothing is guessed, what to look at."""
    return f"{'; '.join(guesses)[:1].upper()}{'; '.join(guesses)[1:]}." if guesses else otherwise
