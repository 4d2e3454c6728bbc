"""What the fields and mappings of a schema declare of themselves; `declared_checks.py` walks a file and sees it kept.

Marks stand on a field's type, `Annotated[str, Refers("grades")]`; rules stand on a mapping, in its `RULES`. In rules a
name is that of a field, or a field with the value it must have, `per: once`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct
from pydantic import BaseModel

from finmodel.parsing.faults import Fault
from finmodel.parsing.nearest import all_of
from finmodel.parsing.places import Address
from finmodel.parsing.quantities import Quantity

Example = Callable[[str], str]  # of the value of a field, by its name


class Refers(Struct, frozen=True):
    """A name, or each name of a mapping, that is defined elsewhere: in the table `to`, of the same `within` if any."""

    to: str
    within: str = ""


class Holds(Struct, frozen=True):
    """What must hold of a quantity, and what to say where it does not."""

    test: Callable[[Quantity], bool]
    what: str
    remedy: str


class YearlyFigure(Struct, frozen=True):
    """A quantity that is read once a year, in April; also in years before the first one, if `from_any_year`."""

    from_any_year: bool = False


class NotAfterFirstYear(Struct, frozen=True):
    """A year that is the first of the file's years, or an earlier one."""


Mark = Refers | Holds | YearlyFigure | NotAfterFirstYear


def one_number(quantity: Quantity) -> bool:
    """Whether one number serves every period."""
    return quantity.is_constant


def whole_from_one(quantity: Quantity) -> bool:
    """Whether every value is a whole number, 1 or more."""
    return all(value >= 1 and value == int(value) for value in quantity.values)


def somewhere_above_zero(quantity: Quantity) -> bool:
    """Whether some value is above 0."""
    return any(quantity.values)


ONE_FIGURE = Holds(one_number, "One figure is needed here, not one by year", "Write one figure.")


def is_given(part: BaseModel, wanted: str) -> bool:
    """Whether a field is given, or has the value that it must have (`per: once`)."""
    name, _, value = wanted.partition(": ")
    found = getattr(part, name)
    return found == value if value else name in part.model_fields_set and found is not None


class ExactlyOne(Struct, frozen=True):
    """One of two must be given, and one alone.

    placed: the problem is shown at the first, missing, or at the second, too many; else at the mapping. unless: a name
    with which neither is needed, where the mapping has it.
    """

    first: str
    second: str
    placed: bool = False
    unless: str = ""

    def count(self, part: BaseModel) -> int:
        """How many of the two are given."""
        return is_given(part, self.first) + is_given(part, self.second)

    def findings(self, part: BaseModel, address: Address, example: Example) -> Iterator[Fault]:
        """One, where none or both are given."""
        first, second = self.first, self.second
        if self.count(part) == 0 and self.unless and getattr(part, self.unless, None) is not None:
            return
        if self.count(part) == 2:
            at = (*address, second) if self.placed else address
            yield Fault(at, f"Both `{first}` and `{second}` are given", _GIVE_ONE.format(first, second), "whole")
        elif self.count(part) == 0 and self.placed:
            what = f"`{first}` is missing, and so is `{second}`, which may take its place"
            remedy = f"Add a line like `{first}: {example(first)}` or `{second}: {example(second)}`."
            yield Fault((*address, first), what, remedy, "missing")
        elif self.count(part) == 0:
            what = f"Neither `{first}` nor `{second}` is given"
            yield Fault(address, what, _GIVE_ONE.format(first, second), "whole")


_GIVE_ONE = "Give exactly one of `{}` and `{}`."


class OneOf(Struct, frozen=True):
    """One of several must be given, and one alone; shown at the mapping."""

    names: tuple[str, ...]

    def count(self, part: BaseModel) -> int:
        """How many of them are given."""
        return sum(is_given(part, name) for name in self.names)

    def findings(self, part: BaseModel, address: Address, _: Example) -> Iterator[Fault]:
        """One, where none or several are given."""
        given = [f"`{name}`" for name in self.names if is_given(part, name)]
        named = all_of(f"`{name}`" for name in self.names)
        if len(given) > 1:
            what = f"Both {all_of(given)} are given" if len(given) == 2 else f"{all_of(given)} are given together"
            yield Fault(address, what, f"Give exactly one of {named}.", "whole")
        elif not given:
            yield Fault(address, f"None of {named} is given", f"Give exactly one of {named}.", "whole")


class NotBoth(Struct, frozen=True):
    """A name that excludes others; shown at the field `at`, or at the mapping. because: ends the sentence."""

    name: str
    others: tuple[str, ...]
    at: str = ""
    because: str = ""

    def findings(self, part: BaseModel, address: Address, _: Example) -> Iterator[Fault]:
        """One, where it is given as well as any of the others."""
        others = [name for name in self.others if is_given(part, name)]
        if others and is_given(part, self.name):
            where = (*address, self.at) if self.at else address
            named = all_of(f"`{name}`" for name in (self.name, *others))
            what = f"Both {named} are given" if len(others) == 1 else f"{named} are given together"
            remedy = f"Keep `{self.name}` or {all_of(f'`{name}`' for name in others)}, not both."
            yield Fault(where, f"{what}{self.because}", remedy, "whole")


class Needs(Struct, frozen=True):
    """What must be given where `owner` is; `what` and `remedy` where the plain words do not serve."""

    owner: str
    names: tuple[str, ...]
    what: str = ""
    remedy: str = ""

    def findings(self, part: BaseModel, address: Address, example: Example) -> Iterator[Fault]:
        """One for each name that is missing."""
        for name in self.names:
            if is_given(part, self.owner) and not is_given(part, name):
                what = self.what or f"`{name}` is missing, which `{self.owner}` needs"
                remedy = self.remedy or f"Add a line like `{name}: {example(name)}`."
                yield Fault((*address, name), what, remedy)


class OnlyWith(Struct, frozen=True):
    """What serves only where `owner` is given."""

    owner: str
    names: tuple[str, ...]

    def findings(self, part: BaseModel, address: Address, _: Example) -> Iterator[Fault]:
        """One for each name that is given without its owner."""
        for name in self.names:
            if is_given(part, name) and not is_given(part, self.owner):
                what = f"`{name}` is only used with `{self.owner}`"
                give = "write" if ": " in self.owner else "give"
                yield Fault((*address, name), what, f"Remove it, or {give} `{self.owner}`.")


class NoEffect(Struct, frozen=True):
    """What has no effect where `owner` is given. because: why; instead: what else to do than remove it."""

    owner: str
    names: tuple[str, ...]
    because: str = ""
    instead: str = ""

    def findings(self, part: BaseModel, address: Address, _: Example) -> Iterator[Fault]:
        """One for each name that is given as well as the owner."""
        for name in self.names:
            if is_given(part, self.owner) and is_given(part, name):
                what = f"`{name}` has no effect next to `{self.owner}`{self.because}"
                yield Fault((*address, name), what, f"Remove `{name}`{self.instead}.")


Rule = ExactlyOne | OneOf | NotBoth | Needs | OnlyWith | NoEffect
