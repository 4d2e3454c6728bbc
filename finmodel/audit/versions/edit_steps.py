"""From one version of a case to another in steps: each edit of the case file tried, and sorted by what it does.

An edit that moves no input and no rule is words. One that changes which lines there are, or a rule, is structure: it is
made by writing the case anew, one after the other. What is left moves values of inputs only, so any number of these
can be made together or apart on one model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from finmodel.appraisal.appraise import WrittenModel, write_model
from finmodel.appraisal.worked_problems import worked_problems
from finmodel.audit.versions.editing import Edit, edited, edits_between
from finmodel.case import ProblemsError, case_from_data
from finmodel.lines.mixed_versions import Moved, moved_inputs
from finmodel.lines.structure import Rules, rules_of

Data = dict[str, Any]
Unit = tuple[Edit, ...]  # edits that are made together


class State(Struct, frozen=True, dict=True):
    """A version of the case on the way: its data and its model."""

    data: Data
    written: WrittenModel

    @cached_property
    def rules(self) -> Rules:
        """Which lines there are, and the rule of each."""
        return rules_of(self.written.model)

    def is_like(self, other: State) -> bool:
        """Whether they differ in values of inputs at most."""
        return self.written.case.horizon == other.written.case.horizon and self.rules == other.rules


class StructureStep(Struct, frozen=True):
    """Edits that change the model itself, and the case with these and all steps before made."""

    edits: tuple[Edit, ...]
    after: State


class ValueStep(Struct, frozen=True):
    """Edits that move values of inputs, and which."""

    edits: tuple[Edit, ...]
    moved: Moved


class Stages(Struct, frozen=True):
    """The way from one version to the other.

    first: the old version. structure: made one after the other, in this order. values: made after these, in the order
    of the case file. words: what moves nothing.
    """

    first: State
    structure: tuple[StructureStep, ...]
    values: tuple[ValueStep, ...]
    words: tuple[Edit, ...]

    @property
    def base(self) -> State:
        """The case with its new structure and its old values."""
        return self.structure[-1].after if self.structure else self.first


def stages(old: Data, new: Data) -> Stages:
    """The way from one case to another; both have been read without problems."""
    return _Stager(old, new).stages()


class _Stager(Struct):
    old: Data
    new: Data
    words: list[Edit] = field(default_factory=list)
    structure: list[Edit] = field(default_factory=list)
    values: list[Unit] = field(default_factory=list)
    steps: list[StructureStep] = field(default_factory=list)
    alone: dict[Unit, Moved] = field(default_factory=dict)  # what each value unit moves in the old version

    def stages(self) -> Stages:
        first = self._state(self.old, ())
        assert first is not None
        edits = edits_between(self.old, self.new)
        wordy = [edit for edit in edits if not _has_figures(edit)]
        self._sort(first, wordy)
        for edit in edits:
            if edit not in wordy:
                self._sort(first, [edit])
        self.words.sort(key=edits.index)
        self.structure.sort(key=edits.index)
        # a source that is now named must be there before the figure that names it
        state = self._state(self.old, self.words) or first
        while True:
            state = self._restructured(state)
            self.values.sort(key=lambda unit: edits.index(unit[0]))
            values, odd = self._trials(state)
            if not odd:
                break
            self.structure = [edit for unit in odd for edit in unit]
            self.values = [unit for unit in self.values if unit not in odd]
        return Stages(first, tuple(self.steps), self._value_steps(state, values), tuple(self.words))

    def _state(self, data: Data, edits: Sequence[Edit]) -> State | None:
        """The data with these edits made; None where that is no case."""
        made = edited(data, edits, self.new)
        try:
            state = State(made, write_model(case_from_data(made)))
        except ProblemsError:
            return None
        return None if any(worked_problems(state.written.case, state.written.model)) else state

    def _sort(self, state: State, edits: Sequence[Edit]) -> None:
        """Sort edits by what they do when each is made alone; many words at once."""
        if not edits:
            return
        moved = self._moved(state, edits)
        if moved is not None and not moved:
            self.words += edits
        elif len(edits) > 1:
            half = len(edits) // 2
            self._sort(state, edits[:half])
            self._sort(state, edits[half:])
        elif moved is None:
            self.structure += edits
        else:
            self._add_value(tuple(edits), moved)

    def _moved(self, state: State, edits: Sequence[Edit]) -> Moved | None:
        """The values that edits move; None where they change the model itself, or make no case."""
        after = self._state(state.data, edits)
        if after is None or not state.is_like(after):
            return None
        return moved_inputs(state.written.model, after.written.model)

    def _add_value(self, unit: Unit, moved: Moved) -> None:
        self.values.append(unit)
        self.alone[unit] = moved

    def _restructured(self, state: State) -> State:
        """The structure changed, edit by edit; one that makes no case yet waits for the others."""
        waiting, self.structure = self.structure, []
        while waiting:
            later = []
            for edit in waiting:
                after = self._state(state.data, [edit])
                if after is None:
                    later.append(edit)
                else:
                    state = after
                    self.steps.append(StructureStep((edit,), state))
            if len(later) == len(waiting):
                state, later = self._together(state, later)
            waiting = later
        return state

    def _together(self, state: State, edits: Sequence[Edit]) -> tuple[State, list[Edit]]:
        """Edits that only make a case together, those nearest each other first; the state after, and who still waits.

        Shares of a mix change together and are values all the same.
        """
        for length in range(max(len(edit.steps) for edit in edits) - 1, -1, -1):
            for unit in _by_beginning(edits, length):
                after = self._state(state.data, unit)
                if after is None:
                    continue
                if state.is_like(after):
                    self._add_value(unit, moved_inputs(state.written.model, after.written.model))
                else:
                    state = after
                    self.steps.append(StructureStep(unit, state))
                return state, [edit for edit in edits if edit not in unit]
        return self._all_the_rest(edits), []

    def _all_the_rest(self, edits: Sequence[Edit]) -> State:
        """What is left, values and words too, made in one: the new version."""
        rest = (*edits, *(edit for unit in self.values for edit in unit))
        self.values = []
        state = State(self.new, write_model(case_from_data(self.new)))
        self.steps.append(StructureStep(rest, state))
        return state

    def _trials(self, state: State) -> tuple[dict[Unit, Moved], list[Unit]]:
        """What each value unit moves now, and those that turn out to change the structure."""
        found: dict[Unit, Moved] = {}
        odd: list[Unit] = []
        if len(self.values) > 1 and self._moved(state, [edit for unit in self.values for edit in unit]) is None:
            return found, self.values  # each a value, all together not: they are made one after the other
        if not self.steps:
            return {unit: self.alone[unit] for unit in self.values}, []
        for unit in self.values:
            moved = self._moved(state, unit)
            if moved is None:
                odd.append(unit)
            else:
                found[unit] = moved
        return found, odd

    def _value_steps(self, state: State, moved: dict[Unit, Moved]) -> tuple[ValueStep, ...]:
        """A step a unit; units that move the same value, and so cannot be distinguished, are one step."""
        if not moved:
            return ()
        steps = []
        for group in disjoint(list(moved), moved):
            edits = tuple(edit for unit in group for edit in unit)
            by = moved[group[0]] if len(group) == 1 else self._moved(state, edits)
            steps.append(ValueStep(edits, by or {}))
        every = tuple(edit for unit in moved for edit in unit)
        together = self._moved(state, every) or {}
        if together != _union([step.moved for step in steps]):
            return (ValueStep(every, together),)
        return tuple(steps)


def _by_beginning(edits: Sequence[Edit], length: int) -> list[Unit]:
    """Edits in units of those whose places begin alike."""
    units: dict[tuple[str, ...], list[Edit]] = {}
    for edit in edits:
        units.setdefault(edit.steps[:length], []).append(edit)
    return [tuple(unit) for unit in units.values()]


def _has_figures(edit: Edit) -> bool:
    """Whether it may well move something: a guess that saves trials, and nothing rests on it."""
    return any(character.isdigit() for value in (edit.old, edit.new) for character in edit.text(value))


def disjoint(units: Sequence[Unit], moved: Mapping[Unit, Moved]) -> list[list[Unit]]:
    """Units in groups, no two of which move the same value."""
    groups: list[tuple[list[Unit], set[tuple[str, int]]]] = []
    for unit in units:
        cells = {(address, period) for address, values in moved[unit].items() for period in values}
        members = [unit]
        apart = []
        for group, taken in groups:
            if taken & cells:
                members = [*group, *members]
                cells |= taken
            else:
                apart.append((group, taken))
        groups = [*apart, (members, cells)]
    found = [sorted(group, key=units.index) for group, _ in groups]
    return sorted(found, key=lambda group: units.index(group[0]))


def _union(all_moved: Sequence[Moved]) -> Moved:
    found: dict[str, dict[int, float]] = {}
    for moved in all_moved:
        for address, values in moved.items():
            found.setdefault(address, {}).update(values)
    return found
