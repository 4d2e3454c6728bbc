"""Ranges and correlations as they are written: in order, of the right size, within what a correlation may be."""

from __future__ import annotations

import math
from collections.abc import Iterator

from msgspec.structs import replace

from finmodel.case.checks.defined_names import Known
from finmodel.case.figures_with_ranges import as_input_range, figures_with_ranges, states_ranges
from finmodel.case.schema import Case
from finmodel.case.schema_uncertainty import Correlation, InputRange
from finmodel.parsing.declared_checks import rules_kept
from finmodel.parsing.examples import Examples
from finmodel.parsing.faults import Fault
from finmodel.parsing.places import Address, address_in_words

CLOSE = 1e-9


def uncertainty(case: Case, _: Known) -> Iterator[Fault]:
    """What can be seen of ranges and correlations without the model."""
    yield from _at_figures(case)
    if case.uncertainty is None:
        return
    at: Address = ("uncertainty",)
    if not states_ranges(case):
        yield Fault((*at, "ranges"), "There is no range", "Add one for an input, or remove `uncertainty`.")
    for place, each in enumerate(case.uncertainty.ranges):
        yield from _range(each, (*at, "ranges", place))
    seen: set[str] = set()
    for place, group in enumerate(case.uncertainty.correlations):
        here = (*at, "correlations", place)
        yield from _names(group, seen, here)
        yield from _matrix(group, (*here, "ranks"))
        seen.update(group.inputs)


def _at_figures(case: Case) -> Iterator[Fault]:
    """The same of ranges that stand beside their figures, with the rules that those under `uncertainty` keep."""
    for at, quantity in figures_with_ranges(case):
        each = as_input_range(quantity, address_in_words(at, {}))
        yield from rules_kept(each, at, Examples({}))
        for fault in _range(each, at):
            of_centre = fault.address == (*at, "central")
            yield replace(fault, address=at, kind="whole") if of_centre else fault


def _range(each: InputRange, at: Address) -> Iterator[Fault]:
    low, high = each.low, each.high
    if low is not None and high is not None and low >= high:
        yield Fault((*at, "high"), f"The range goes from {low:g} to {high:g}", "Write a `high` above `low`.")
    elif each.central is not None and not _between(low, each.central, high):
        ends = " ".join(f"{name} {end:g}" for name, end in (("from", low), ("to", high)) if end is not None)
        what = f"The central figure, {each.central:g}, is outside its own range, {ends}"
        yield Fault((*at, "central"), what, "Write one from `low` to `high`.")
    for name in ("deviation", "alpha", "beta"):
        value = getattr(each, name)
        if value is not None and value <= 0:
            yield Fault((*at, name), f"`{name}` must be above 0", "Write a number above 0.")
    if each.deviation is not None and each.shape not in ("normal", "lognormal"):
        what = f"`deviation` is not used with `shape: {each.shape}`"
        yield Fault((*at, "deviation"), what, "Remove it, or write `shape: normal` or `shape: lognormal`.")
    if each.shape == "lognormal" and each.stated_as == "change":
        what = "A lognormal figure is above 0, and a change of 0 is the central one"
        yield Fault((*at, "stated_as"), what, "Write `stated_as: factor` or `stated_as: figure`.")
    if each.shape == "discrete":
        yield from _chances(each, at)


def _between(low: float | None, figure: float, high: float | None) -> bool:
    return (low is None or low <= figure) and (high is None or figure <= high)


def _chances(each: InputRange, at: Address) -> Iterator[Fault]:
    values, chances = each.values, each.chances
    if (each.low, each.high) != (None, None):
        yield Fault(at, "`low` and `high` are not used with `shape: discrete`", "Remove them.", "whole")
    if not values or not chances:
        return  # shown as missing
    if len(set(values)) < len(values):
        yield Fault((*at, "values"), "A value is named twice", "Name each once, with its chance.")
    if len(values) != len(chances):
        what = f"{len(values)} values have {len(chances)} chances"
        yield Fault((*at, "chances"), what, "Write one chance for each value.")
    elif min(chances) < 0 or abs(math.fsum(chances) - 1) > CLOSE:
        what = f"The chances total {math.fsum(chances) * 100:.10g}%"
        what = what if min(chances) >= 0 else "A chance is below 0"
        yield Fault((*at, "chances"), what, "Write chances that are 0% or more and total 100%.")


def _names(group: Correlation, seen: set[str], at: Address) -> Iterator[Fault]:
    for place, name in enumerate(group.inputs):
        if name in group.inputs[:place] or name in seen:
            what = "This input is named before, and each is in one matrix alone"
            yield Fault((*at, "inputs", place), what, "Put what moves together into one matrix.")


def _matrix(group: Correlation, at: Address) -> Iterator[Fault]:
    """Square, 1 on the diagonal, the same both ways, from -1 to 1."""
    size, ranks = len(group.inputs), group.ranks
    if len(ranks) != size or any(len(row) != size for row in ranks):
        what = f"The matrix of {size} inputs has not {size} rows of {size} numbers"
        yield Fault(at, what, "Write a row for each input, with a number for each input.")
        return
    for row in range(size):
        for column in range(row + 1):
            there, back = ranks[row][column], ranks[column][row]
            one, other = group.inputs[row], group.inputs[column]
            if row == column and there != 1:
                yield Fault((*at, row), f"{one} has {there:g} with itself", "Write 1 there.")
            elif not -1 <= there <= 1:
                yield Fault((*at, row), f"{one} and {other} have {there:g}", "Write a number from -1 to 1.")
            elif there != back:
                what = f"{one} and {other} have {there:g} one way and {back:g} the other"
                yield Fault((*at, row), what, "Write the same number in both places.")
