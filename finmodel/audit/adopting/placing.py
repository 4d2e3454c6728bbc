"""Where a case states the figure that an input of its model has, found by trying.

The address of an input and the place in the case are mostly of the same words, and that says where to look first. What
decides is the trial: the place is the one that, with another figure, moves this input and no other, and no rule.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from msgspec import Struct

from finmodel.appraisal.appraise import WrittenModel, write_model
from finmodel.audit.adopting.figures import in_figures, number_of, over_periods, percentage, restated, written_like
from finmodel.basis.book import NOT_STATED
from finmodel.case import LoadedCase, ProblemsError, case_from_data
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line
from finmodel.lines.mixed_versions import moved_inputs
from finmodel.lines.periods import Horizon
from finmodel.lines.structure import rules_of
from finmodel.parsing.places import Address, address_in_words, value_at
from finmodel.parsing.quantity_forms import ALWAYS

_MOST_TRIALS = 40
_ALL = Decimal(1)
_STATED_AS = {"counts": "passed"}  # names of inputs that are a field under another name
_GENTLE = 0.9  # of a figure, for a trial where the new one itself makes no case


class Placed(Struct, frozen=True):
    """Where a case states the figure of an input, and what is to stand there."""

    line: Line
    address: Address
    new: Any


class Placer:
    """Looks for the places of inputs in one case."""

    def __init__(self, loaded: LoadedCase) -> None:
        self._loaded = loaded
        self._nodes = list(_nodes(loaded.data, ()))

    @cached_property
    def _written(self) -> WrittenModel:
        """The model in which every use of a figure is an input of its own, so that each has its place."""
        return write_model(self._loaded.case)

    @cached_property
    def _rules(self) -> Mapping[str, tuple[str, str, str]]:
        return rules_of(self._written.model)

    @property
    def _horizon(self) -> Horizon:
        return self._loaded.case.horizon

    def place(self, address: str, values: Mapping[int, float]) -> Placed | None:
        """Where an input is stated, and what states it with these values of its periods; None where nothing does."""
        line = self._written.model[address]
        if line.origin is not None and line.origin.source in NOT_STATED:  # much else of the case may have its figure
            return self._unstated(line, values) or self._stated(line, values)
        return self._stated(line, values) or self._unstated(line, values)

    def _stated(self, line: Line, values: Mapping[int, float]) -> Placed | None:
        assert line.values is not None
        old = [float(value) for value in line.values[:, 0]]
        likely = sorted(
            (address for address, node in self._nodes if self._states(node, line, old)),
            key=lambda address: -self._likeness(line, address),
        )
        for address in likely[:_MOST_TRIALS]:
            node = value_at(self._loaded.data, address)
            for tried in (values, *_gentle(old, values)):
                outcome = self._moves(line, old, tried, address, self._with(node, line, old, tried))
                if outcome:
                    return Placed(line, address, self._with(node, line, old, values))
                if outcome is False:
                    break
        return None

    def _states(self, node: Any, line: Line, old: Sequence[float]) -> bool:
        """Whether a value of the case reads as what the input has."""
        if line.timeline is Timeline.ONCE:
            found = number_of(node, self._horizon)
            return found is not None and _near(found, old[0])
        over = over_periods(node, line.timeline, self._horizon)
        return over is not None and all(map(_near, over, old))

    def _with(self, node: Any, line: Line, old: Sequence[float], values: Mapping[int, float]) -> Any:
        if line.timeline is Timeline.ONCE:
            return written_like(node, values[0], self._horizon)
        new = [values.get(period, value) for period, value in enumerate(old)]
        return restated(node, new, line.timeline, self._horizon)

    def _likeness(self, line: Line, address: Address) -> float:
        """How many words an address of the model and one of the case share, less what only the latter has."""
        own, others = _words(line.address), _words(address_in_words(address, self._loaded.data))
        shared = sum((own & others).values())
        return shared - 0.1 * (sum(others.values()) - shared)

    def _moves(
        self, line: Line, old: Sequence[float], values: Mapping[int, float], address: Address, new: Any
    ) -> bool | None:
        """Whether this change of the case moves this input alone, to these values; None where it makes no case."""
        data = changed(self._loaded.data, [(address, new)], self._horizon)
        try:
            after = write_model(case_from_data(data))
        except ProblemsError:
            return None
        if rules_of(after.model) != self._rules:
            return False
        moved = moved_inputs(self._written.model, after.model)
        wanted = {period: value for period, value in values.items() if value != old[period]}
        if set(moved) != {line.address}:
            return False
        found = moved[line.address]
        return set(found) == set(wanted) and all(_near(found[period], wanted[period]) for period in wanted)

    def _unstated(self, line: Line, values: Mapping[int, float]) -> Placed | None:
        """The field that would state an input that the case leaves to a default."""
        assert line.values is not None
        if line.timeline is not Timeline.ONCE:
            return None
        old, value = [float(line.values[0, 0])], values[0]
        for address in self._fields(line):
            for text in self._manners(line, value):
                if self._moves(line, old, values, address, text):
                    return Placed(line, address, text)
        return None

    def _fields(self, line: Line) -> Iterator[Address]:
        """Fields of the names of an input's address that the case does not state."""
        names = line.address.split(".")
        for start in range(len(names)):
            address = self._walk(names[start:-1])
            within = None if address is None else value_at(self._loaded.data, address)
            for name in (names[-1], _STATED_AS.get(names[-1], names[-1])):
                if address is not None and isinstance(within, dict) and name not in within:
                    yield (*address, name)

    def _walk(self, names: Sequence[str]) -> Address | None:
        address: Address = ()
        at: Any = self._loaded.data
        for name in names:
            step: str | int | None = name if isinstance(at, dict) and name in at else None
            if isinstance(at, list):
                step = next((n for n, item in enumerate(at) if isinstance(item, dict) and item.get("id") == name), None)
            if step is None:
                return None
            address, at = (*address, step), at[step]
        return address

    def _manners(self, line: Line, value: float) -> list[str]:
        if line.counts is Timeline.MONTHS:
            return [str(self._horizon.first_year.first_month + (round(value) - 1))]
        if line.unit == "flag":
            return ["true" if value else "false"]
        return [percentage(value)] if line.unit in ("share", "rate") else [in_figures(value)]


def changed(data: dict[str, Any], changes: Sequence[tuple[Address, Any]], horizon: Horizon) -> dict[str, Any]:
    """A case's data with other values at these addresses; a last share is what the others leave, as it was."""
    new = copy.deepcopy(data)
    for address, value in changes:
        value_at(new, address[:-1])[address[-1]] = value
    for address, _ in changes:
        _settle(data, new, address, horizon)
    return new


def _settle(before: Any, data: Any, address: Address, horizon: Horizon) -> None:
    """Where a figure is one of shares that came to 100%, let the last of them be what the others leave."""
    own = address[:-1] if address and address[-1] in ALWAYS else address
    for group in _groups(before, own):
        shares = [number_of(_alone(value_at(before, each)), horizon) for each in group]
        if len(group) < 2 or any(share is None or not 0 <= share <= 1 for share in shares):
            continue
        if abs(sum(share for share in shares if share is not None) - 1) > 1e-9:
            continue
        *others, last = group
        rest = _ALL
        for each in others:
            share = number_of(_alone(value_at(data, each)), horizon)
            rest -= Decimal(repr(share if share is not None else 0.0))
        old = _alone(value_at(before, last))
        new = written_like(old, float(rest), horizon)
        holder = value_at(data, last)
        if isinstance(holder, dict):
            holder[_shape(holder)] = new
        else:
            value_at(data, last[:-1])[last[-1]] = new
        return


def _groups(data: Any, address: Address) -> Iterator[list[Address]]:
    """The figures beside one: of the same mapping, and of the same name in each item of the same list."""
    if not address:
        return
    beside = value_at(data, address[:-1])
    if isinstance(beside, dict):
        yield [(*address[:-1], name) for name in beside]
    if len(address) > 1 and isinstance(address[-2], int):
        items = value_at(data, address[:-2])
        yield [(*address[:-2], place, address[-1]) for place in range(len(items))]


def _alone(value: Any) -> Any:
    return value.get(_shape(value)) if isinstance(value, dict) else value


def _shape(stated: Mapping[str, Any]) -> str:
    """The name of the figure itself in a mapping that says more of it."""
    return next((name for name in ALWAYS if name in stated), ALWAYS[0])


def _gentle(old: Sequence[float], values: Mapping[int, float]) -> Iterator[dict[int, float]]:
    """Other values for a trial, such as one of which nearly any input may have."""
    yield {period: float(f"{old[period] * _GENTLE or 0.01:.6g}") for period in values}
    yield {period: old[period] + 1 for period in values}
    yield {period: old[period] - 1 for period in values}


def _nodes(data: Any, address: Address) -> Iterator[tuple[Address, Any]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in items:
        here = (*address, step)
        yield here, value
        yield from _nodes(value, here)


def _words(address: str) -> Counter[str]:
    return Counter(word for word in re.split(r"[._/\[\]]", address) if word)


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-12 * max(1.0, abs(one), abs(other))
