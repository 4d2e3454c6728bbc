"""The names that a case defines, also in parts that have problems: so a name is never called unknown that is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from finmodel.case.schema import Case, Option
from finmodel.parsing.fields import Stated
from finmodel.parsing.findings import Finding
from finmodel.parsing.nearest import all_of, did_you_mean
from finmodel.parsing.places import Address
from finmodel.parsing.quantities import Quantity

NO_INFLATION = "none"
_TABLES = ("posts", "benefits")


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one kind, and how to speak of them."""

    kind: str
    plural: str
    known: tuple[str, ...]
    define: str  # how to define one

    def find(self, address: Address, name: str) -> Iterator[Finding]:
        """A finding, when there is no such name."""
        if name not in self.known:
            remedy = f"{did_you_mean(name, self.known)}{self._listed()} {self.define}".strip()
            yield Finding(address, f"There is no {self.kind} called `{name}`", remedy)

    def _listed(self) -> str:
        if len(self.known) > 1:
            return f"The {self.plural} are {all_of(self.known)}."
        return f"The only {self.kind} is {self.known[0]}." if self.known else f"There are no {self.plural} yet."


@dataclass(frozen=True, slots=True)
class Known:
    """The names of each kind, read from the data as written."""

    grades: Names
    placements: Names
    inflation: Names
    sources: Names
    options: Names
    stated_figures: tuple[str, ...]  # quoted from the paper, under `stated`
    within: Mapping[tuple[str, str], tuple[str, ...]]  # ids by option and table: what an option's own parts may name

    def in_option(self, option: str, table: str, kind: str) -> Names:
        """The names of one kind in an option: `benefits`, `posts`."""
        return Names(kind, table, self.within.get((option, table), ()), "It is one of this option.")

    @classmethod
    def of(cls, data: dict[str, Any]) -> Known:
        """The names in a case's data."""
        options = data.get("options")
        each = [option for option in options if isinstance(option, dict)] if isinstance(options, list) else []
        ids = [option.get("id") for option in each]
        indices = (*_keys(data, "inflation"), NO_INFLATION)
        return cls(
            grades=Names("grade", "grades", _keys(data, "grades"), "Define a grade under `grades`."),
            placements=Names(
                "placement type", "placement types", _keys(data, "placements"), "Define one under `placements`."
            ),
            inflation=Names("inflation index", "indices", indices, "Define an index under `inflation`."),
            sources=Names("source", "sources", _keys(data, "sources"), "Define a source under `sources`."),
            options=Names("option", "options", tuple(name for name in ids if isinstance(name, str)), ""),
            stated_figures=_keys(stated, "figures") if isinstance(stated := data.get("stated"), dict) else (),
            within={(str(option.get("id")), table): _ids(option, table) for option in each for table in _TABLES},
        )


def options_of(case: Case) -> Iterator[tuple[Address, Option]]:
    """Each option with its address."""
    for place, option in enumerate(case.options):
        yield ("options", place), option


def parts(stated: Stated, address: Address = ()) -> Iterator[tuple[Address, Stated | Quantity]]:
    """A mapping of the case and everything in it, with addresses."""
    yield address, stated
    for name in type(stated).model_fields:
        yield from _parts_of(getattr(stated, name), (*address, name))


def _parts_of(value: object, address: Address) -> Iterator[tuple[Address, Stated | Quantity]]:
    if isinstance(value, Stated):
        yield from parts(value, address)
    elif isinstance(value, Quantity):
        yield address, value
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _parts_of(item, (*address, place))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _parts_of(item, (*address, name))


def _ids(option: dict[str, Any], table: str) -> tuple[str, ...]:
    items = option.get(table)
    found = [item.get("id") for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return tuple(name for name in found if isinstance(name, str))


def _keys(data: dict[str, Any], name: str) -> tuple[str, ...]:
    table = data.get(name)
    return tuple(map(str, table)) if isinstance(table, dict) else ()
