"""The names that a case defines, also in parts that have problems: so a name is never called unknown that is there."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any

from msgspec import Struct

from finmodel import reference
from finmodel.parsing.declared import Refers
from finmodel.parsing.faults import Fault
from finmodel.parsing.nearest import all_of, did_you_mean
from finmodel.parsing.places import Address

NO_INFLATION = "none"
_WITHIN_AN_OPTION = {"posts": "post", "benefits": "benefit"}


class Names(Struct, frozen=True):
    """Names of one kind, and how to speak of them."""

    kind: str
    plural: str
    known: tuple[str, ...]
    define: str  # how to define one

    def find(self, address: Address, name: str, taken: Container[str] = ()) -> Iterator[Fault]:
        """A finding, when there is no such name; `taken`: names that would not fit there."""
        if name not in self.known:
            free = [known for known in self.known if known not in taken]
            remedy = f"{did_you_mean(name, free)}{self._listed()} {self.define}".strip()
            yield Fault(address, f"There is no {self.kind} called `{name}`", remedy)

    def _listed(self) -> str:
        if len(self.known) > 1:
            return f"The {self.plural} are {all_of(self.known)}."
        return f"The only {self.kind} is {self.known[0]}." if self.known else f"There are no {self.plural} yet."


class Known(Struct, frozen=True):
    """The names of each kind, read from the data as written.

    tables: by what a field refers to. within: ids by option and table, for what an option's own parts may name.
    """

    tables: Mapping[str, Names]
    within: Mapping[tuple[str, str], tuple[str, ...]]
    stated_figures: tuple[str, ...]  # quoted from the paper, under `stated`

    def names(self, refers: Refers, option: str) -> Names:
        """The names that a field of a case, or of an option, may refer to."""
        if refers.within:
            kind = _WITHIN_AN_OPTION[refers.to]
            return Names(kind, refers.to, self.within.get((option, refers.to), ()), "It is one of this option.")
        return _schedules() if refers.to == "schedules" else self.tables[refers.to]

    @classmethod
    def of(cls, data: dict[str, Any]) -> Known:
        """The names in a case's data."""
        options = data.get("options")
        each = [option for option in options if isinstance(option, dict)] if isinstance(options, list) else []
        ids = [option.get("id") for option in each]
        indices = (*_keys(data, "inflation"), NO_INFLATION)
        kinds = _keys(data, "placements")
        return cls(
            tables={
                "grades": Names("grade", "grades", _keys(data, "grades"), "Define a grade under `grades`."),
                "placements": Names("placement type", "placement types", kinds, "Define one under `placements`."),
                "inflation": Names("inflation index", "indices", indices, "Define an index under `inflation`."),
                "sources": Names("source", "sources", _keys(data, "sources"), "Define a source under `sources`."),
                "options": Names("option", "options", tuple(name for name in ids if isinstance(name, str)), ""),
            },
            within={
                (str(option.get("id")), table): _ids(option, table) for option in each for table in _WITHIN_AN_OPTION
            },
            stated_figures=_keys(stated, "figures") if isinstance(stated := data.get("stated"), dict) else (),
        )


def _schedules() -> Names:
    return Names("discount schedule", "schedules", tuple(reference.discount_schedules()), "Or write a `rate` instead.")


def _ids(option: dict[str, Any], table: str) -> tuple[str, ...]:
    items = option.get(table)
    found = [item.get("id") for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return tuple(name for name in found if isinstance(name, str))


def _keys(data: dict[str, Any], name: str) -> tuple[str, ...]:
    table = data.get(name)
    return tuple(map(str, table)) if isinstance(table, dict) else ()
