"""Whether the results of a results.json still come out of a case, and what differs from them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from msgspec import Struct, to_builtins

from finmodel.appraisal.appraise import Appraisal
from finmodel.audit.versions.old_results import ABSENT, Absent, Leaf, Value, WrittenResults, results_in
from finmodel.reference import convention
from finmodel.results.appraised import results
from finmodel.results.plain import as_json


class FigureDifference(Struct, frozen=True):
    """Something that was one thing then and is another now; None where it was not there, or had no figure."""

    address: str  # options.peripatetic.cost, inputs.case.yaml, packages.numpy ...
    old: Value
    new: Value
    period: str = ""  # the year or month of a figure; AS_REPORTED for what stands outside the list of lines


class Reproduction(Struct, frozen=True):
    """Whether results come out again, and all that differs from them.

    figures: differences beyond the closeness at which two calculations of one figure agree (1 in 10⁹, or a billionth of
    a unit); words: texts that differ; last_digits: how many figures agree but for their last digits; figures_compared:
    how many there were. gone, come: figures that only the one or the other state of finmodel gives, where two states
    made them: these cannot be compared.
    """

    inputs: tuple[FigureDifference, ...]
    versions: tuple[FigureDifference, ...]
    rates: tuple[FigureDifference, ...]
    figures: tuple[FigureDifference, ...]
    words: tuple[FigureDifference, ...]
    last_digits: int
    figures_compared: int
    gone: tuple[FigureDifference, ...] = ()
    come: tuple[FigureDifference, ...] = ()

    @property
    def comes_out(self) -> bool:
        """Whether every figure that can be compared is the same, and there is one."""
        return not self.figures and self.figures_compared > 0

    @property
    def to_the_byte(self) -> bool:
        """Whether nothing differs at all."""
        same = not (self.inputs or self.versions or self.rates or self.figures or self.words or self.gone or self.come)
        return same and self.last_digits == 0

    def as_json(self) -> str:
        """With every difference."""
        found = {"comes_out": self.comes_out, "to_the_byte": self.to_the_byte, **to_builtins(self)}
        return json.dumps(found, indent=1, ensure_ascii=False)


def reproduce(old: WrittenResults, appraisal: Appraisal) -> Reproduction:
    """Work a case out again and compare every figure with the results in `old` (see `read_results`)."""
    new = results_in(as_json(results(appraisal)))  # as they would be written: whole numbers and lists alike
    close = 10.0 ** -convention("decimal_places_compared").value
    then, now = old.leaves, new.leaves
    pairs = [(key, then.get(key, ABSENT), now.get(key, ABSENT)) for key in dict.fromkeys([*now, *then])]
    figures: list[FigureDifference] = []
    words: list[FigureDifference] = []
    gone: list[FigureDifference] = []
    come: list[FigureDifference] = []
    last_digits = compared = 0
    one_state = all(old.versions.get(name) == new.versions[name] for name in ("finmodel", "code"))
    for (address, period), before, after in pairs:
        text = isinstance(before, str) or isinstance(after, str)
        if not text and not one_state and (isinstance(before, Absent) or isinstance(after, Absent)):
            (come if isinstance(before, Absent) else gone).append(_difference(address, period, before, after))
            continue
        compared += not text
        if _same(before, after):
            continue
        if _close(before, after, close):
            last_digits += 1
            continue
        (words if text else figures).append(_difference(address, period, before, after))
    return Reproduction(
        tuple(_differences(old.inputs, new.inputs)),
        tuple(_differences(old.versions, new.versions)),
        tuple(_differences(old.rates, new.rates)),
        tuple(figures),
        tuple(words),
        last_digits,
        compared,
        tuple(gone),
        tuple(come),
    )


def _difference(address: str, period: str, before: Leaf, after: Leaf) -> FigureDifference:
    return FigureDifference(address, _shown(before), _shown(after), period)


def _shown(value: Leaf) -> Value:
    return None if isinstance(value, Absent) else value


def _same(before: Leaf, after: Leaf) -> bool:
    if isinstance(before, bool) or isinstance(after, bool):
        return before is after
    return before == after


def _close(before: Leaf, after: Leaf, close: float) -> bool:
    if isinstance(before, bool) or isinstance(after, bool):
        return False
    if not isinstance(before, int | float) or not isinstance(after, int | float):
        return False
    return abs(before - after) <= close * max(1.0, abs(before), abs(after))


def _differences(then: Mapping[str, Value], now: Mapping[str, Value]) -> Iterator[FigureDifference]:
    for name in dict.fromkeys([*now, *then]):
        if then.get(name) != now.get(name):
            yield FigureDifference(name, then.get(name), now.get(name))
