"""What was edited between two versions of a case file, place by place, and making some of these edits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from finmodel.parsing.places import as_written
from finmodel.parsing.quantity_forms import SHAPES

Steps = tuple[str, ...]
_QUANTITY = frozenset(SHAPES)


class _ById(dict[str, Any]):
    """A list of mappings that have ids, by id."""


class Edit(Struct, frozen=True, eq=False):
    """One place in which two case files differ; None where a version has nothing there.

    steps: names from the top, items of lists by their `id`. old, new: plain data.
    """

    steps: Steps
    old: Any
    new: Any

    @property
    def path(self) -> str:
        """`options.team.posts.workers.fte`."""
        return ".".join(self.steps)

    @property
    def kind(self) -> str:
        """`changed`, `added` or `removed`."""
        return "added" if self.old is None else "removed" if self.new is None else "changed"

    def text(self, value: Any) -> str:
        """A side of it as it is written, shortened; "" for nothing."""
        return as_written(_plain(value))


def edits_between(old: dict[str, Any], new: dict[str, Any]) -> tuple[Edit, ...]:
    """Every place in which two case files differ, in the order of the new one, what it dropped last.

    Items of lists are matched by id. A quantity that is given in another way (one number, then a list by year) is one
    edit, as is a whole list by year or month.
    """
    return tuple(_edits(_keyed(old), _keyed(new), ()))


def edited(data: dict[str, Any], edits: Iterable[Edit], order: dict[str, Any]) -> dict[str, Any]:
    """The data with these edits made; what is added takes its place in the order of another version."""
    found = _keyed(data)
    for edit in edits:
        _make(found, edit, _keyed(order))
    plain: dict[str, Any] = _plain(found)
    return plain


def _edits(old: Any, new: Any, steps: Steps) -> Iterator[Edit]:
    if old == new:
        return
    if type(old) is not type(new) or not isinstance(old, dict) or _is_restated(old, new, steps):
        yield Edit(steps, old, new)
        return
    for name in [*new, *(name for name in old if name not in new)]:
        yield from _edits(old.get(name), new.get(name), (*steps, name))


def _is_restated(old: dict[str, Any], new: dict[str, Any], steps: Steps) -> bool:
    """Whether a quantity is given in another way, or is a list of periods."""
    return bool(steps) and (steps[-1] in ("by_year", "by_month") or bool(_QUANTITY & (set(old) ^ set(new))))


def _keyed(data: Any) -> Any:
    """The data with lists of items by their ids, copied."""
    if isinstance(data, dict):
        return type(data)({name: _keyed(value) for name, value in data.items()})
    if not isinstance(data, list):
        return data
    ids = [item.get("id") if isinstance(item, dict) else None for item in data]
    if data and all(isinstance(name, str) for name in ids) and len(set(ids)) == len(ids):
        return _ById({str(name): _keyed(item) for name, item in zip(ids, data, strict=True)})
    return [_keyed(item) for item in data]


def _plain(data: Any) -> Any:
    if isinstance(data, _ById):
        return [_plain(item) for item in data.values()]
    if isinstance(data, dict):
        return {name: _plain(item) for name, item in data.items()}
    return [_plain(item) for item in data] if isinstance(data, list) else data


def _make(data: Any, edit: Edit, order: Any) -> None:
    *outer, last = edit.steps
    for step in outer:
        data = data[step]
        order = order.get(step) if isinstance(order, dict) else None
    if edit.new is None:
        del data[last]
    elif last in data:
        data[last] = edit.new
    else:
        data[last] = edit.new
        _reorder(data, list(order) if isinstance(order, dict) else [])


def _reorder(data: dict[str, Any], order: Sequence[str]) -> None:
    """Names in the order of the other version; those that it lacks after the one before them here."""
    names = [name for name in order if name in data]
    before: str | None = None
    for name in list(data):
        if name not in names:
            names.insert(0 if before is None else names.index(before) + 1, name)
        before = name
    items = {name: data[name] for name in names}
    data.clear()
    data.update(items)
