"""From one version of a case to another in steps: each edit of the case file tried, and sorted by what it does.

An edit that moves no input and no rule is words. One that changes which lines there are, or a rule, is structure: it is
made by writing the case anew, one after the other. What is left moves values of inputs only, so any number of these
can be made together or apart on one model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from finmodel.appraisal.appraise import WrittenModel, write_model
from finmodel.audit.versions.editing import Edit, edited, edits_between
from finmodel.case import ProblemsError, case_from_data
from finmodel.lines.mixing import Moved, moved_inputs
from finmodel.lines.structure import Rules, rules_of

Data = dict[str, Any]


@dataclass(frozen=True)
class State:
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


@dataclass(frozen=True, slots=True)
class StructureStep:
    """Edits that change the model itself, and the case with these and all steps before made."""

    edits: tuple[Edit, ...]
    after: State


@dataclass(frozen=True, slots=True)
class ValueStep:
    """Edits that move values of inputs, and which."""

    edits: tuple[Edit, ...]
    moved: Moved


@dataclass(frozen=True, slots=True)
class Stages:
    """The way from one version to the other.

    first: the old version. structure: made one after the other, in this order. values: made after these, in the order
    of the case file, where averages are taken over every order. words: what moves nothing.
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


@dataclass
class _Stager:
    old: Data
    new: Data
    words: list[Edit] = field(default_factory=list)
    structure: list[Edit] = field(default_factory=list)
    values: list[Edit] = field(default_factory=list)
    steps: list[StructureStep] = field(default_factory=list)

    def stages(self) -> Stages:
        first = self._state(self.old, ())
        assert first is not None
        edits = edits_between(self.old, self.new)
        self._sort(first, edits)
        self._in_file_order(edits)
        # a source that is now named must be there before the figure that names it
        state = self._state(self.old, self.words) or first
        while True:
            state = self._restructured(state)
            values, odd = self._trials(state)
            if not odd:
                break
            self.structure = odd
            self.values = [edit for edit in self.values if edit not in odd]
        return Stages(first, tuple(self.steps), self._value_steps(state, values), tuple(self.words))

    def _state(self, data: Data, edits: Sequence[Edit]) -> State | None:
        """The data with these edits made; None where that is no case."""
        made = edited(data, edits, self.new)
        try:
            return State(made, write_model(case_from_data(made)))
        except ProblemsError:
            return None

    def _sort(self, state: State, edits: Sequence[Edit]) -> None:
        """Sort edits by what they do when each is made alone; many words at once."""
        if not edits:
            return
        after = self._state(state.data, edits)
        alike = after is not None and state.is_like(after)
        if alike and after is not None and not moved_inputs(state.written.model, after.written.model):
            self.words += edits
        elif len(edits) == 1:
            (self.values if alike else self.structure).append(edits[0])
        else:
            half = len(edits) // 2
            self._sort(state, edits[:half])
            self._sort(state, edits[half:])

    def _in_file_order(self, edits: Sequence[Edit]) -> None:
        for found in (self.words, self.structure, self.values):
            found.sort(key=edits.index)

    def _restructured(self, state: State) -> State:
        """The structure changed, edit by edit. One that cannot be made yet waits; those that never can, go together."""
        waiting = self.structure
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
                state = self._together(state, later)
                later = []
            waiting = later
        self.structure = []
        return state

    def _together(self, state: State, edits: Sequence[Edit]) -> State:
        """Edits that only go together; with the values too, where it must be."""
        after = self._state(state.data, edits)
        if after is None:
            edits = [*edits, *self.values]
            self.values = []
            after = self._state(state.data, edits)
        assert after is not None  # every edit is made: this is the new version
        self.steps.append(StructureStep(tuple(edits), after))
        return after

    def _trials(self, state: State) -> tuple[dict[Edit, Moved], list[Edit]]:
        """What each value edit moves now, and those that turn out to change the structure."""
        found: dict[Edit, Moved] = {}
        odd = []
        for edit in self.values:
            after = self._state(state.data, [edit])
            if after is not None and state.is_like(after):
                found[edit] = moved_inputs(state.written.model, after.written.model)
            else:
                odd.append(edit)
        return found, odd

    def _value_steps(self, state: State, moved: dict[Edit, Moved]) -> tuple[ValueStep, ...]:
        """A step an edit; edits that move the same value, and so cannot be told apart, are one step."""
        groups = disjoint(list(moved), moved)
        steps = [ValueStep(tuple(group), self._moved_by(state, group, moved)) for group in groups]
        together = self._moved_by(state, list(moved), {})
        if together != _union([step.moved for step in steps]):
            return (ValueStep(tuple(moved), together),)
        return tuple(steps)

    def _moved_by(self, state: State, edits: Sequence[Edit], known: dict[Edit, Moved]) -> Moved:
        if len(edits) == 1 and edits[0] in known:
            return known[edits[0]]
        after = self._state(state.data, edits)
        assert after is not None
        return moved_inputs(state.written.model, after.written.model)


def disjoint(edits: Sequence[Edit], moved: dict[Edit, Moved]) -> list[list[Edit]]:
    """Edits in groups, no two of which move the same value."""
    groups: list[tuple[list[Edit], set[tuple[str, int]]]] = []
    for edit in edits:
        cells = {(address, period) for address, values in moved[edit].items() for period in values}
        members = [edit]
        apart = []
        for group, taken in groups:
            if taken & cells:
                members = [*group, *members]
                cells |= taken
            else:
                apart.append((group, taken))
        groups = [*apart, (members, cells)]
    found = [sorted(group, key=edits.index) for group, _ in groups]
    return sorted(found, key=lambda group: edits.index(group[0]))


def _union(all_moved: Sequence[Moved]) -> Moved:
    found: dict[str, dict[int, float]] = {}
    for moved in all_moved:
        for address, values in moved.items():
            found.setdefault(address, {}).update(values)
    return found
