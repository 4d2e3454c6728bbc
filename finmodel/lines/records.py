"""Dataclasses that cost a sixth to define: methods are shared, and `__init__` is compiled when the first is made.

A command defines some hundreds of classes before it does anything, and the standard library compiles five to eight
functions for each: a fifth of all the time of `finmodel check`. Fields, slots and `__match_args__` are still its own,
so `fields`, `replace` and `asdict` know these classes, and a type checker sees its decorator. A class in `order` is
made by it whole. It takes the others for classes that are not frozen, so what is derived from one is made here too.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls: type | None = None, /, **options: bool) -> object:
        """The decorator, with `frozen`, `eq`, `slots`, `kw_only` and `order` as in the standard library."""
        return (lambda given: _defined(given, **options)) if cls is None else _defined(cls, **options)


def _defined(
    cls: type, *, frozen: bool = False, eq: bool = True, slots: bool = False, kw_only: bool = False, order: bool = False
) -> type:
    if order:
        return dataclasses.dataclass(frozen=frozen, eq=eq, slots=slots, kw_only=kw_only, order=order)(cls)
    stated = {name for name, value in vars(cls).items() if not (name == "__hash__" and value is None)}
    made: type = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(cls)
    methods: dict[str, object] = {"__init__": _made_first(made, frozen), "__repr__": _in_words}
    if eq:
        key = _key([each.name for each in dataclasses.fields(made) if each.compare])
        methods |= {"__eq__": _equal(key), "__hash__": _hash(key) if frozen else None}
    if frozen:
        methods |= {"__setattr__": _no_assignment, "__delattr__": _no_deletion}
    if frozen and slots:
        methods |= {"__getstate__": _state, "__setstate__": _restore}
    for name, method in methods.items():
        if name not in stated:
            setattr(made, name, method)
    return made


def _made_first(cls: Any, frozen: bool) -> Callable[..., None]:
    """An `__init__` that puts the class's own in its place and goes on with that."""

    def __init__(self: object, *given: object, **named: object) -> None:  # noqa: N807
        cls.__init__ = _initialiser(cls, frozen)
        cls.__init__(self, *given, **named)

    return __init__


def _initialiser(cls: Any, frozen: bool) -> Callable[..., None]:
    """Assign each field what is given, its default, or what its factory makes; then `__post_init__`."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_LEFT_OUT": dataclasses.MISSING}
    takes: dict[bool, list[str]] = {False: ["self"], True: []}  # by whether it is taken by its name alone
    does: list[str] = []
    for each in dataclasses.fields(cls):
        name, value = each.name, each.name
        if each.default_factory is not dataclasses.MISSING:
            known[f"_make_{name}"], known[f"_or_{name}"] = each.default_factory, dataclasses.MISSING
            value = f"_make_{name}() if {name} is _LEFT_OUT else {name}" if each.init else f"_make_{name}()"
        elif each.default is not dataclasses.MISSING:
            known[f"_or_{name}"] = each.default
            value = name if each.init else f"_or_{name}"
        elif not each.init:
            continue
        if each.init:
            takes[bool(each.kw_only)].append(f"{name}=_or_{name}" if f"_or_{name}" in known else name)
        does.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        does.append("self.__post_init__()")
    lines = "\n ".join(does or ["pass"])
    given = ", ".join([*takes[False], *(["*"] if takes[True] else []), *takes[True]])
    exec(f"def __init__({given}):\n {lines}", known)  # as the standard library does; all names are fields'
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _key(names: list[str]) -> Callable[[object], tuple[object, ...]]:
    """A tuple of what is compared."""
    if not names:
        return lambda _: ()
    get: Callable[[object], Any] = attrgetter(*names)
    return get if len(names) > 1 else lambda one: (get(one),)


def _equal(key: Callable[[object], tuple[object, ...]]) -> Callable[[object, object], bool]:
    def __eq__(self: object, other: object) -> bool:  # noqa: N807
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    return __eq__


def _hash(key: Callable[[object], tuple[object, ...]]) -> Callable[[object], int]:
    def __hash__(self: object) -> int:  # noqa: N807
        return hash(key(self))

    return __hash__


@recursive_repr()
def _in_words(self: Any) -> str:
    shown = [f"{each.name}={getattr(self, each.name)!r}" for each in dataclasses.fields(self) if each.repr]
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _no_assignment(_: object, name: str, __: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _no_deletion(_: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, each.name) for each in dataclasses.fields(self)]


def _restore(self: Any, state: list[object]) -> None:
    for each, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)
