"""Whether the results of a results.json still come out of a case, and what differs from them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from finmodel.appraisal.appraise import Appraisal
from finmodel.reference import convention
from finmodel.results.appraised import results
from finmodel.results.plain import as_json

Value = float | str | bool | None
AS_REPORTED = "as reported"


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """Something that was one thing then and is another now; None where it was not there, or had no figure."""

    address: str  # options.peripatetic.cost, inputs.case.yaml, packages.numpy ...
    old: Value
    new: Value
    period: str = ""  # the year or month of a figure; AS_REPORTED for what stands outside the list of lines


@dataclass(frozen=True, slots=True)
class Reproduction:
    """Whether results come out again, and all that differs from them.

    figures: differences beyond the closeness at which two calculations of one figure agree (1 in 10⁹); words: texts
    that differ; last_digits: how many figures agree but for their last digits; figures_compared: how many there were.
    """

    inputs: tuple[FigureDifference, ...]
    versions: tuple[FigureDifference, ...]
    rates: tuple[FigureDifference, ...]
    figures: tuple[FigureDifference, ...]
    words: tuple[FigureDifference, ...]
    last_digits: int
    figures_compared: int

    @property
    def comes_out(self) -> bool:
        """Whether every figure is the same."""
        return not self.figures

    @property
    def to_the_byte(self) -> bool:
        """Whether nothing differs at all."""
        same = not (self.inputs or self.versions or self.rates or self.figures or self.words)
        return same and self.last_digits == 0

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"comes_out": self.comes_out, "to_the_byte": self.to_the_byte, **asdict(self)}


def reproduce(old: Mapping[str, Any], appraisal: Appraisal) -> Reproduction:
    """Work a case out again and compare every figure with the results in `old` (see `read_results`)."""
    new = json.loads(as_json(results(appraisal)))  # as they would be written: whole numbers and lists alike
    close = 10.0 ** -convention("decimal_places_compared").value
    then, now = _plain(old), _plain(new)
    pairs = [(key, then.get(key, _ABSENT), now.get(key, _ABSENT)) for key in dict.fromkeys([*now, *then])]
    figures: list[FigureDifference] = []
    words: list[FigureDifference] = []
    last_digits = compared = 0
    for (address, period), before, after in pairs:
        told = isinstance(before, str) or isinstance(after, str)
        compared += not told
        if _same(before, after):
            continue
        if _close(before, after, close):
            last_digits += 1
            continue
        found = FigureDifference(address, _shown(before), _shown(after), period)
        (words if told else figures).append(found)
    made, again = _mapping(old["provenance"]), new["provenance"]
    return Reproduction(
        tuple(_differences("", _files(made, "inputs"), _files(again, "inputs"))),
        tuple(_differences("", _versions(made), _versions(again))),
        tuple(_differences("", _rates(made), _rates(again))),
        tuple(figures),
        tuple(words),
        last_digits,
        compared,
    )


class _Absent:
    """Nothing there: not the same as a figure that has no value."""


_ABSENT = _Absent()
_Leaf = Value | _Absent
_Key = tuple[str, str]


def _shown(value: _Leaf) -> Value:
    return None if isinstance(value, _Absent) else value


def _same(before: _Leaf, after: _Leaf) -> bool:
    if isinstance(before, bool) or isinstance(after, bool):
        return before is after
    return before == after


def _close(before: _Leaf, after: _Leaf, close: float) -> bool:
    if isinstance(before, bool) or isinstance(after, bool):
        return False
    if not isinstance(before, int | float) or not isinstance(after, int | float):
        return False
    return abs(before - after) <= close * max(abs(before), abs(after))


def _plain(found: Mapping[str, Any]) -> dict[_Key, _Leaf]:
    """Every value by its address and period; of the lines, then of all else but the provenance."""
    years = [str(year) for year in _list(found.get("years"))]
    plain: dict[_Key, _Leaf] = {}
    for address, line in found["lines"].items():
        for name, value in line.items():
            if name == "values":
                plain.update(_periods(address, _list(value), years))
            else:
                plain.update(_leaves(value, address if name == "value" else f"{address}: {name}"))
    for name, value in found.items():
        if name not in ("lines", "provenance"):
            plain.update(((address, AS_REPORTED), leaf) for (address, _), leaf in _leaves(value, name))
    return plain


def _periods(address: str, values: list[Any], years: list[str]) -> Iterator[tuple[_Key, _Leaf]]:
    """The figures of a line, each with its year; a monthly one with its place in the year, April being 1."""
    for place, value in enumerate(values):
        if len(values) == 12 * len(years):
            period = f"{years[place // 12]}, month {place % 12 + 1}"
        else:
            period = years[place] if place < len(years) else str(place + 1)
        for (inner, _), leaf in _leaves(value, address):
            yield (inner, period), leaf


def _leaves(value: Any, address: str) -> Iterator[tuple[_Key, _Leaf]]:
    """Values inside one another, by address; those with an `id` by it. Depth is bounded by the reader of JSON."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, f"{address}.{name}")
    elif isinstance(value, list):
        ids = [inner.get("id") if isinstance(inner, dict) else None for inner in value]
        times = Counter(named for named in ids if isinstance(named, str))
        for place, (inner, named) in enumerate(zip(value, ids, strict=True)):
            own = isinstance(named, str) and times[named] == 1
            yield from _leaves(inner, f"{address}.{named}" if own else f"{address}[{place + 1}]")
    else:
        yield (address, ""), value


def _differences(root: str, then: Mapping[str, Value], now: Mapping[str, Value]) -> Iterator[FigureDifference]:
    for name in dict.fromkeys([*now, *then]):
        if then.get(name) != now.get(name):
            yield FigureDifference(f"{root}{name}", then.get(name), now.get(name))


def _files(made: Mapping[str, Any], name: str) -> dict[str, Value]:
    entries = [entry for entry in _list(made.get(name)) if isinstance(entry, dict)]
    return {str(entry.get("file")): str(entry.get("sha256")) for entry in entries}


def _versions(made: Mapping[str, Any]) -> dict[str, Value]:
    packages = {str(name): str(number) for name, number in _mapping(made.get("packages")).items()}
    own = {name: str(made[name]) for name in ("finmodel", "python") if name in made}
    return {**own, **packages}


def _rates(made: Mapping[str, Any]) -> dict[str, Value]:
    """The hash of each file of rates, and the vintage and confidence of each rate, as text."""
    found = _files(made, "rates_files")
    for rate in _list(made.get("rates")):
        if isinstance(rate, dict):
            found[str(rate.get("address"))] = _vintage_in_words(rate)
    return found


def _vintage_in_words(rate: Mapping[str, Any]) -> str:
    said = [str(rate[name]) for name in ("confidence", "as_at", "where", "source") if rate.get(name)]
    rows = [entry for entry in _list(rate.get("vintage")) if isinstance(entry, dict)]
    said += [f"{row.get('file')} line {row.get('row')} ({row.get('confidence')})" for row in rows]
    return "; ".join(said)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
