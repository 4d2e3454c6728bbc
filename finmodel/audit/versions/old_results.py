"""Reading a results.json, of any version: each value by its address; what is damaged or not ours is a problem."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from msgspec import Struct

from finmodel.parsing.problems import Problem, ProblemsError

FORMAT = 1
LARGEST_FILE = 100_000_000  # bytes; the largest shipped case has 1.2 MB
_REMEDY = "Name a results.json as `finmodel report` wrote it, or write it again."


class Absent(Struct, frozen=True):
    """Nothing there: not the same as a figure that has no value."""


ABSENT = Absent()
Value = float | str | bool | None
Leaf = Value | Absent
AS_REPORTED = "as reported"
_Key = tuple[str, str]


class WrittenResults(Struct, frozen=True):
    """What a results.json holds, as flat values.

    leaves: every value by its address and its period, AS_REPORTED for what stands outside the list of lines. inputs:
    the hash of each file of the case; versions: of finmodel, Python and packages; rates: the hash of each file of
    rates, and the vintage and confidence of each rate as text.
    """

    leaves: Mapping[_Key, Leaf]
    inputs: Mapping[str, Value]
    versions: Mapping[str, Value]
    rates: Mapping[str, Value]


def read_results(path: str | Path) -> WrittenResults:
    """The results in a file; raises ProblemsError where it cannot be read or is not finmodel's."""
    path = Path(path)
    found = _parsed(_text(path), path)
    if not isinstance(found, dict) or found.get("format") != FORMAT or not _has_lines(found):
        what = "This is not a results.json of finmodel"
        if isinstance(found, dict) and _has_lines(found):
            what = f"This results.json has another format than {FORMAT}, the one that this version reads"
        _refuse(path, None, what)
    return _written(found)


def results_in(text: str) -> WrittenResults:
    """The results in the text of a results.json that this run wrote."""
    return _written(json.loads(text))


def _written(found: dict[str, Any]) -> WrittenResults:
    made = _mapping(found["provenance"])
    return WrittenResults(_plain(found), _files(made, "inputs"), _versions(made), _rates(made))


def _has_lines(found: dict[str, Any]) -> bool:
    lines = found.get("lines")
    in_order = isinstance(lines, dict) and all(isinstance(line, dict) for line in lines.values())
    return in_order and isinstance(found.get("provenance"), dict)


def _text(path: Path) -> str:
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a device may have no end
            _refuse(path, None, "This is no file")
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        _refuse(path, None, f"The file cannot be opened: {getattr(error, 'strerror', None) or 'this is not a name'}")
    if len(content) > LARGEST_FILE:
        _refuse(path, None, f"The file is larger than {LARGEST_FILE // 1_000_000} MB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse(path, content.count(b"\n", 0, error.start) + 1, "The text is not UTF-8")


def _parsed(text: str, path: Path) -> Any:
    try:
        return json.loads(text, parse_constant=_not_a_number)
    except json.JSONDecodeError as error:
        _refuse(path, error.lineno, "The JSON cannot be read here")
    except _NotANumberError as error:
        _refuse(path, None, f"The JSON cannot be read: {error}")
    except ValueError:  # more digits than Python takes
        _refuse(path, None, "The JSON cannot be read: it holds a whole number of very many digits")
    except RecursionError:
        _refuse(path, None, "The JSON is nested too deeply")


class _NotANumberError(ValueError):
    """A word in the place of a number, such as NaN."""


def _not_a_number(word: str) -> NoReturn:
    raise _NotANumberError(f"{word} is not a number")


def _refuse(path: Path, line: int | None, what: str) -> NoReturn:
    raise ProblemsError([Problem(str(path), line, "", what, _REMEDY)])


def _plain(found: Mapping[str, Any]) -> dict[_Key, Leaf]:
    """Every value by its address and period; of the lines, then of all else but the provenance."""
    years = [str(year) for year in _list(found.get("years"))]
    plain: dict[_Key, Leaf] = {}
    for address, line in found["lines"].items():
        for name, value in line.items():
            if name == "values":
                plain.update(_periods(address, _list(value), years))
            else:
                plain.update(_leaves(value, address if name == "value" else f"{address}: {name}"))
    for name, value in found.items():
        if name not in ("format", "lines", "provenance"):  # the format is the same, or nothing is read
            plain.update(((address, AS_REPORTED), leaf) for (address, _), leaf in _leaves(value, name))
    return plain


def _periods(address: str, values: list[Any], years: list[str]) -> Iterator[tuple[_Key, Leaf]]:
    """The figures of a line, each with its year; a monthly one with its place in the year, April being 1."""
    for place, value in enumerate(values):
        if len(values) == 12 * len(years):
            period = f"{years[place // 12]}, month {place % 12 + 1}"
        else:
            period = years[place] if place < len(years) else str(place + 1)
        for (inner, _), leaf in _leaves(value, address):
            yield (inner, period), leaf


def _leaves(value: Any, address: str) -> Iterator[tuple[_Key, Leaf]]:
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


def _files(made: Mapping[str, Any], name: str) -> dict[str, Value]:
    entries = [entry for entry in _list(made.get(name)) if isinstance(entry, dict)]
    return {str(entry.get("file")): str(entry.get("sha256")) for entry in entries}


def _versions(made: Mapping[str, Any]) -> dict[str, Value]:
    packages = {str(name): str(number) for name, number in _mapping(made.get("packages")).items()}
    own = {name: str(made[name]) for name in ("finmodel", "code", "python") if name in made}
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
