"""What of an option is moved together when somebody asks “what if”: its children, their price, its pay, its dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from weakref import WeakKeyDictionary

import numpy as np
from msgspec import Struct

from finmodel.appraisal.appraise import WrittenModel
from finmodel.benefits.claims import WrittenBenefit, folder_of
from finmodel.lines.expression import Array, Timeline
from finmodel.lines.line import Line
from finmodel.lines.model import Model, inputs_behind
from finmodel.lines.periods import MONTHS_IN_A_YEAR
from finmodel.uncertainty.answers import OptionLines
from finmodel.uncertainty.trials import Change, work_out

CHILDREN_STEP, LARGEST_PART = 2.0, 1 / 3  # two children, or a third where there are fewer than six
DELAY = "delay_months"
_HALF = 0.5
_NEAR = 1e-9
_VOLUMES: WeakKeyDictionary[Model, dict[str, Line | None]] = WeakKeyDictionary()  # asked for by all that is tried


def scaled(lines: Iterable[Line], factor: float) -> Change:
    """Inputs by so many times what they are."""
    return {line.address: line.value()[:, 0] * factor for line in lines}


def raised(lines: Iterable[Line], by: float) -> Change:
    """Inputs by so much more in every period."""
    return {line.address: line.value()[:, 0] + by for line in lines}


class Volumes(Struct, frozen=True):
    """The inputs by which an option's children fewer in care can be made more or fewer.

    by_year: how many it has each year, an average, before deductions.
    """

    inputs: tuple[Line, ...]
    by_year: Array


def volumes(written: WrittenModel, option: OptionLines) -> Volumes | None:
    """The one input of each benefit with which its children grow in proportion; None where the option claims none."""
    found = []
    model, benefits = written.model, option.written.own.benefits
    for benefit in benefits:
        line = volume_of(model, option.id, benefit)
        if line is None:
            return None
        found.append(line)
    if not found:
        return None
    averages = [benefit.yearly["children"].address for benefit in benefits]
    values = work_out(model, [{}], averages).values
    return Volumes(tuple(dict.fromkeys(found)), np.sum([values[address][:, 0] for address in averages], axis=0))


def volume_of(model: Model, option: str, benefit: WrittenBenefit) -> Line | None:
    """The first number of people behind a benefit's children that halves them where it is halved itself."""
    own, known = f"options.{option}.{folder_of(benefit.claim)}.", _VOLUMES.setdefault(model, {})
    if own not in known:
        known[own] = _volume_of(model, own, benefit)
    return known[own]


def _volume_of(model: Model, own: str, benefit: WrittenBenefit) -> Line | None:
    counted = [
        line
        for line in _in_order(model, inputs_behind([benefit.children]))
        if line.dimension.powers and not line.unit.startswith("£") and not line.is_fact and line.counts is None
    ]
    counted.sort(key=lambda line: not line.address.startswith(own))
    if not counted:
        return None
    trials = work_out(model, [{}, *(scaled([line], _HALF) for line in counted)], [benefit.children.address])
    children = trials.values[benefit.children.address]
    for trial, line in enumerate(counted, start=1):
        if np.allclose(children[:, trial], children[:, 0] * _HALF, atol=_NEAR) and np.any(children[:, 0]):
            return line
    return None


def _in_order(model: Model, lines: set[Line]) -> list[Line]:
    return [line for line in model if line in lines]


def more_children(found: Volumes, sign: float, horizon_months: int) -> Change:
    """Two children more (sign 1) or fewer (-1) in every year that has any, or a third where there are fewer than six.

    An input with one figure for all years moves as its fullest year does, the others in proportion.
    """
    by_year = found.by_year
    step = np.minimum(CHILDREN_STEP, by_year * LARGEST_PART)
    factors = 1 + sign * np.divide(step, by_year, out=np.zeros_like(by_year), where=by_year > 0)
    fullest = float(factors[int(np.argmax(by_year))])
    change = {}
    for line in found.inputs:
        values = line.value()[:, 0]
        if line.timeline is Timeline.ONCE or values.shape[0] == 1:
            change[line.address] = values * fullest
        elif line.timeline is Timeline.YEARS:
            change[line.address] = values * factors
        else:
            change[line.address] = values * np.repeat(factors, MONTHS_IN_A_YEAR)[:horizon_months]
    return change


def all_of(options: Sequence[OptionLines], of: Callable[[OptionLines], Iterable[Line]]) -> tuple[Line, ...]:
    """What is to be moved of every option, each input once."""
    return tuple(dict.fromkeys(line for option in options for line in of(option)))


def prices_of(written: WrittenModel, option: OptionLines) -> tuple[Line, ...]:
    """The inputs in pounds that make the price of the placements that an option avoids."""
    prices = [benefit.cost_of_a_child for benefit in option.written.own.benefits]
    behind = inputs_behind(prices)
    return tuple(line for line in _in_order(written.model, behind) if line.unit.startswith("£") and not line.is_fact)


def cashable_of(written: WrittenModel, option: OptionLines) -> tuple[Line, ...]:
    """The shares of an option's savings that are taken to release cash."""
    start = tuple(f"options.{option.id}.{folder_of(claim.claim)}.cashable" for claim in option.written.own.ours)
    return _own(written, lambda line: line.address.startswith(start))


def awards_of(written: WrittenModel) -> tuple[Line, ...]:
    """The pay awards that a case assumes, as yearly changes; those of an index that is named for pay among them."""
    return _own(written, lambda line: line.unit == "rate" and _is_award(line.address))


def _is_award(address: str) -> bool:
    root, _, rest = address.partition(".")
    if root == "pay":
        return "award" in rest
    name = rest.partition(".")[0]
    return root == "prices" and "pay" in name.split("-") and rest == f"{name}.change"


def delays_of(written: WrittenModel, option: OptionLines) -> tuple[Line, ...]:
    """The months by which a whole option is late, where the model has such an input."""
    address = f"options.{option.id}.{DELAY}"
    return _own(written, lambda line: line.address == address)


def _own(written: WrittenModel, wanted: object) -> tuple[Line, ...]:
    found = [
        line.stated_in
        for line in written.model
        if line.stated_in is not None and not line.is_fact and wanted(line)  # type: ignore[operator]
    ]
    return tuple(dict.fromkeys(line for line in found if line is not None))


def together(changes: Sequence[Change]) -> Change:
    """Several changes as one; the first has its say where two name the same input."""
    made: dict[str, Array] = {}
    for change in changes:
        for address, values in change.items():
            made.setdefault(address, values)
    return made


def movable(written: WrittenModel, options: Sequence[OptionLines]) -> Iterator[Line]:
    """The inputs behind what options are judged by that somebody may doubt: no fact, no date counted out, no published
    rate that is the same for every council."""
    behind = inputs_behind(line for option in options for line in (option.net, option.impact))
    for line in written.model:
        if line in behind and not line.is_fact and line.counts is None and line.address not in written.published:
            yield line
