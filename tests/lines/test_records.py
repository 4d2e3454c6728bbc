"""Our dataclasses against the standard library's own: made alike, they behave alike."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import field
from typing import Any, NamedTuple

import pytest

from finmodel.lines import records


class _Made(NamedTuple):
    whole: Any
    derived: Any
    plain: Any
    one: Any
    empty: Any
    named: Any


def _classes(dataclass: Callable[..., Any]) -> _Made:
    @dataclass(frozen=True, slots=True)
    class Whole:
        a: int
        b: str = "b"
        c: list[int] = field(default_factory=list, repr=False, compare=False)

        def __post_init__(self) -> None:
            if self.a < 0:
                raise ValueError("below zero")

    @dataclass(frozen=True, slots=True)
    class Derived(Whole):
        d: float | None = None

        def __repr__(self) -> str:
            return "its own"

    @dataclass
    class Plain:
        a: object
        seen: list[int] = field(init=False, default_factory=list)
        later: int = field(init=False)

    @dataclass(frozen=True)
    class One:
        a: object

    @dataclass(frozen=True, slots=True)
    class Empty:
        pass

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Named:
        a: int = 1
        b: int

    return _Made(Whole, Derived, Plain, One, Empty, Named)


OURS, THEIRS = _classes(records.dataclass), _classes(dataclasses.dataclass)


def _said(do: Callable[[_Made], Any], made: _Made) -> Any:
    try:
        return do(made)
    except Exception as error:
        return type(error), str(error)


def _of_itself(made: _Made) -> Any:
    one = made.plain(0)
    one.a = one
    return repr(one)


WORK: dict[str, Callable[[_Made], Any]] = {
    "words": lambda m: repr([m.whole(1), m.derived(1), m.plain(1).seen, m.one([m.one(1)]), m.empty(), m.named(b=2)]),
    "words of what holds itself": _of_itself,
    "a field that is not there yet": lambda m: repr(m.plain(1)),
    "equal": lambda m: [
        m.whole(1, c=[1]) == m.whole(1),
        m.whole(1) == m.derived(1),
        m.one(1) == m.whole(1),
        m.one(float("nan")) == m.one(float("nan")),
        m.empty() == m.empty(),
    ],
    "hash": lambda m: [hash(m.whole(1)) == hash((1, "b")), hash(m.one(1)) == hash((1,)), hash(m.empty()) == hash(())],
    "no hash": lambda m: hash(m.plain(1)),
    "a hash of a list": lambda m: hash(m.one([1])),
    "each has a list of its own": lambda m: m.whole(1).c is m.whole(1).c,
    "what is made": lambda m: [(o.a, o.b, o.c, o.d) for o in [m.derived(1, d=2), m.derived(1, "x", [3], 4)]],
    "assigned": lambda m: setattr(m.whole(1), "a", 2),
    "deleted": lambda m: delattr(m.whole(1), "a"),
    "assigned to what is not frozen": lambda m: setattr(m.plain(1), "a", 2),
    "below zero": lambda m: m.derived(-1),
    "one too few": lambda m: m.whole(),
    "one too many": lambda m: m.one(1, 2),
    "a wrong name": lambda m: m.whole(1, z=2),
    "named alone": lambda m: m.named(1, 2),
    "replaced": lambda m: repr(dataclasses.replace(m.named(b=1), b=2)),
    "as a mapping": lambda m: dataclasses.asdict(m.derived(1)),
    "fields": lambda m: [[f.name for f in dataclasses.fields(each)] for each in m],
    "matched": lambda m: [each.__match_args__ for each in m],
    "slots": lambda m: [hasattr(each, "__dict__") for each in (m.whole(1), m.derived(1), m.empty(), m.one(1))],
    "copied": lambda m: copy.deepcopy(m.whole(1, "x", [2])) == m.whole(1, "x"),
}


@pytest.mark.parametrize("what", WORK)
def test_they_behave_as_those_of_the_standard_library(what: str) -> None:
    said, expected = _said(WORK[what], OURS), _said(WORK[what], THEIRS)
    assert said == expected


@records.dataclass(frozen=True, slots=True)
class Sent:
    a: int
    b: list[int] = field(default_factory=list)


def test_one_goes_to_another_process_whole() -> None:
    sent = pickle.loads(pickle.dumps(Sent(1, [2])))
    assert (sent.a, sent.b) == (1, [2])
    with pytest.raises(dataclasses.FrozenInstanceError):
        sent.a = 3
