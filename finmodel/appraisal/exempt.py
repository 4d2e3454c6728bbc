"""What a case marks as exempt from publication: the lines meant, and a problem where there is no such input."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.case import Case
from finmodel.lines.line import Line
from finmodel.lines.model import Model
from finmodel.lines.nearest import where_instead
from finmodel.parsing.faults import Fault


def under(model: Model, address: str) -> Iterator[Line]:
    """The line of an address, and those whose addresses begin with it and a dot."""
    return (line for line in model if line.address == address or line.address.startswith(f"{address}."))


def not_there(case: Case, model: Model) -> Iterator[Fault]:
    """A problem for each mark that meets no input: a result alone cannot be kept from those who can work it out."""
    inputs = [line.address for line in model if line.is_stated]
    places = list(dict.fromkeys(part for address in inputs for part in _beginnings(address)))
    for number, entry in enumerate(case.exempt):
        found = list(under(model, entry.of))
        if not found:
            yield Fault(("exempt", number, "of"), "No input of this case has that address", _instead(entry.of, places))
        elif not any(line.is_stated for line in found):
            what = "This figure is worked out, so it is left out only if the inputs that it is made from are"
            yield Fault(("exempt", number, "of"), what, _instead(entry.of, places))


def _instead(given: str, places: list[str]) -> str:
    return f"Name an input, or the beginning of its address. {where_instead(given, places)}"


def _beginnings(address: str) -> Iterator[str]:
    """`a.b.c` as `a.b` and `a.b.c`."""
    parts = address.split(".")
    return (".".join(parts[:length]) for length in range(min(2, len(parts)), len(parts) + 1))
