"""The ranges that a case states, against its model: inputs that are there, central figures, limits, correlations."""

from __future__ import annotations

import math
from collections.abc import Collection, Container, Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from finmodel.appraisal.input_bounds import InputBounds
from finmodel.appraisal.levers import input_at
from finmodel.case import Case
from finmodel.case.figures_with_ranges import as_input_range, figures_with_ranges
from finmodel.case.schema_uncertainty import Correlation, InputRange
from finmodel.lines.display import in_unit
from finmodel.lines.evaluate import behind, evaluate
from finmodel.lines.expression import Array, Expression, LineError
from finmodel.lines.input_limits import InputLimits
from finmodel.lines.line import Line
from finmodel.lines.model import Model
from finmodel.lines.nearest import where_instead
from finmodel.parsing.faults import Fault
from finmodel.parsing.nearest import all_of
from finmodel.parsing.places import Address, address_in_words
from finmodel.parsing.quantities import StatedRange

_CLOSE = 1e-9
_CENTRE = {"factor": 1.0, "change": 0.0}
_MEASURE = ".measures.net_present_budget_impact"
_POSSIBLE = -1e-9  # an eigenvalue above this is 0 but for rounding


class RangeOfInput(Struct, frozen=True):
    """A range with the input that it is of. central, least, most: in what the range is stated as, limits included."""

    stated: InputRange
    line: Line
    central: float
    least: float
    most: float
    whole: bool

    def moved(self, drawn: float) -> Array:
        """The input's values, one or one a period, where the range has this figure."""
        values = self.line.value()[:, 0]
        by = {"figure": np.full_like(values, drawn), "factor": values * drawn, "change": values + drawn}
        moved = by[self.stated.stated_as]
        return np.rint(moved) if self.whole else moved


class RangeInCase(Struct, frozen=True):
    """A range where a case states it: under `uncertainty`, by the address of its input, or at the figure itself.

    at: its place in the case. became: of one at a figure, the inputs that the figure is in the model.
    """

    stated: InputRange
    at: Address
    at_figure: bool = False
    became: tuple[str, ...] = ()


def ranges_in_case(case: Case, ranged: Sequence[tuple[StatedRange, Line]]) -> tuple[RangeInCase, ...]:
    """Every range that a case states, those of `uncertainty` first; ranged: those at figures, and their inputs."""
    listed = () if case.uncertainty is None else case.uncertainty.ranges
    found = [RangeInCase(each, ("uncertainty", "ranges", place)) for place, each in enumerate(listed)]
    for address, quantity in figures_with_ranges(case):
        inputs = [line.stated_in or line for stated, line in ranged if stated is quantity.range]
        became = tuple(dict.fromkeys(line.address for line in inputs))
        stated = as_input_range(quantity, became[0] if became else address_in_words(address, {}))
        found.append(RangeInCase(stated, address, True, became))
    return tuple(found)


def ranges_of(stated: Sequence[RangeInCase], model: Model) -> tuple[RangeOfInput, ...]:
    """The ranges that a case states, each with its limits; of a case whose ranges have no fault."""
    bounds = InputBounds(model)
    return tuple(range_of(each.stated, input_at(model, each.stated.input), bounds) for each in stated)


def range_of(stated: InputRange, line: Line, bounds: InputBounds) -> RangeOfInput:
    """A range with its limits: what the case says, within what the input may be."""
    limits = bounds.of(line)
    least, most = _limits(stated, line, limits)
    low = least if stated.low is None else max(least, stated.low)
    high = most if stated.high is None else min(most, stated.high)
    return RangeOfInput(stated, line, _centre(stated, line), low, high, limits.whole)


def unfit_ranges(case: Case, model: Model, given: Sequence[RangeInCase]) -> Iterator[Fault]:
    """A problem for each range that its input cannot have, and for each matrix that no inputs can have."""
    bounds = InputBounds(model)
    taken: dict[str, RangeInCase] = {}
    sound: list[tuple[Address, RangeOfInput]] = []
    for each in given:
        stated, at = each.stated, each.at
        why = _no_input(each, model) or _why_not(each, input_at(model, stated.input), taken)
        if why:
            yield from why
            continue
        line = input_at(model, stated.input)
        taken[line.address] = each
        unfit = list(_unfit(each, line, bounds.of(line)))
        yield from unfit
        if not unfit:
            sound.append((at, range_of(stated, line, bounds)))
    yield from _without_answer(model, sound)
    yield from _unfit_correlations(case, model, taken)


def _unfit_correlations(case: Case, model: Model, ranged: Container[str]) -> Iterator[Fault]:
    """Groups of inputs of which one has no range, and matrices that no inputs can have."""
    for place, group in enumerate(() if case.uncertainty is None else case.uncertainty.correlations):
        at: Address = ("uncertainty", "correlations", place)
        for number, name in enumerate(group.inputs):
            if name not in model or input_at(model, name).address not in ranged:
                what = "This input has no range, so it moves with nothing"
                yield Fault((*at, "inputs", number), what, "Add a range for it under `ranges`, or take it out here.")
        why = impossible(group)
        if why is not None:
            yield Fault((*at, "ranks"), *why)


def _no_input(each: RangeInCase, model: Model) -> list[Fault]:
    """What is wrong where a range is of no input, or of several."""
    if not each.at_figure:
        if each.stated.input in model:
            return []
        remedy = where_instead(each.stated.input, [line.address for line in model if line.is_input])
        return [Fault((*each.at, "input"), "No line of this case has that address", remedy)]
    if not each.became:
        what = "This figure is no input of the model by itself, so a range of it would do nothing"
        return [Fault(each.at, what, "Write the figure without a range.", "whole")]
    if len(each.became) > 1:
        what = f"This figure is several inputs of the model, {all_of(each.became)}"
        return [Fault(each.at, what, "Write a range for each under `uncertainty: ranges`, by its address.", "whole")]
    return []


def _without_answer(model: Model, ranges: Sequence[tuple[Address, RangeOfInput]]) -> Iterator[Fault]:
    """The ranges at whose ends the model has no answer, each end tried by itself."""
    ends = [(at, each, end) for at, each in ranges for end in (each.least, each.most) if math.isfinite(end)]
    keep = _that_may_refuse(model, {each.line for _, each, _ in ends}) if ends else []
    if not keep:
        return
    together: dict[str, Array] = {}
    for draw, (_, each, end) in enumerate(ends):
        values = together.setdefault(each.line.address, np.repeat(each.line.value(), len(ends), axis=1))
        values[:, draw] = each.moved(end)
    if _refused(model, together, keep) is None:
        return
    for at, each, end in ends:
        why = _refused(model, {each.line.address: each.moved(end)[:, None]}, keep)
        if why is not None:
            what = f"At {_said(each.stated, each.line, end)} the model has no answer: {why}"
            yield Fault(at, what, "Write a range without it.", "whole")


def _that_may_refuse(model: Model, moved: Collection[Line]) -> list[str]:
    """The lines behind the measures that may have no value where inputs move, as a quotient that they divide by."""
    measures = [line.address for line in model if line.address.endswith(_MEASURE)]
    reached, waiting = set(moved), list(moved)
    while waiting:
        new = [reader for reader in model.readers[waiting.pop()] if reader not in reached]
        reached.update(new)
        waiting += new
    asked = reached & behind(model, measures).lines
    return [line.address for line in model if line in asked and line.expression and _checks(line.expression, reached)]


def _checks(rule: Expression, moved: Container[Line]) -> bool:
    """Whether a part of a rule has no value for some values of what moves."""
    read = (line for place in rule.check_reads for line in rule.operands[place].lines())
    if any(line in moved for line in read):
        return True
    return any(type(operand) is not Line and _checks(operand, moved) for operand in rule.operands)


def _refused(model: Model, replaced: Mapping[str, Array], keep: Sequence[str]) -> str | None:
    """Why a model has no answer to other inputs; None where it has."""
    try:
        evaluate(model, replaced, keep)
    except LineError as error:
        return str(error)
    return None


def _said(stated: InputRange, line: Line, figure: float) -> str:
    return in_unit(figure, line.unit) if stated.stated_as == "figure" else f"a {stated.stated_as} of {figure:g}"


def _why_not(each: RangeInCase, line: Line, taken: Mapping[str, RangeInCase]) -> list[Fault]:
    """What is wrong where a range is of something of which nothing can be drawn, or stated before."""
    found = _not_drawn(line)
    if found is None and line.address in taken:
        other = taken[line.address]
        what = f"This is the same figure as {other.stated.input}, which has a range"
        if each.at_figure:
            what = f"This figure has a range already, in {address_in_words(other.at, {})}"
        found = what, "Keep one of the two."
    if found is None:
        return []
    return [Fault(each.at, *found, "whole") if each.at_figure else Fault((*each.at, "input"), *found)]


def _not_drawn(line: Line) -> tuple[str, str] | None:
    """Why no figure of a line can be drawn; None where one can."""
    if not line.is_input:
        return "That is worked out and is no input", f"`finmodel explain` with {line.address} shows from which inputs."
    if line.is_fact:
        return "That is a fact for which the formulas are written, so nothing else can be drawn", "Name an input."
    if line.counts is not None:
        return "It is a month, of which no range can be drawn", "State the range of a figure, or leave it out."
    if line.unit == "flag":
        return "It is a yes or no, of which no range can be drawn", "State the range of a figure, or leave it out."
    return None


def _unfit(each: RangeInCase, line: Line, limits: InputLimits) -> Iterator[Fault]:
    stated, at, values = each.stated, each.at, _values(line)
    if stated.stated_as == "figure" and min(values) != max(values):
        what = f"It changes over the {line.timeline.value}, and the range is of one figure"
        remedy = "Add `stated_as: factor` or `stated_as: change`, which move every period."
        yield Fault(at, what, remedy, "whole") if each.at_figure else Fault((*at, "input"), what, remedy)
        return
    centre, is_figure = _centre(stated, line), stated.stated_as == "figure"

    def said(figure: float) -> str:
        return in_unit(figure, line.unit) if is_figure else f"{figure:g}"

    if stated.central is not None and not math.isclose(stated.central, centre, rel_tol=_CLOSE, abs_tol=_CLOSE):
        what = f"The central figure is {said(stated.central)}, and the case states {said(centre)}"
        what = what if is_figure else f"The central {stated.stated_as} is {stated.central:g}, which moves the figure"
        yield Fault((*at, "central"), what, f"Write {said(centre)}, or leave `central` out.")
        return
    if stated.central is None and not (stated.shape == "discrete" or _inside(stated, centre)):
        what = f"The range leaves out what the case states, {said(centre)}"
        yield Fault(at, what, "Write a `low` and a `high` on either side of it.", "whole")
    elif stated.shape == "discrete" and not any(math.isclose(value, centre, rel_tol=_CLOSE) for value in stated.values):
        yield Fault((*at, "values"), f"What the case states, {said(centre)}, is none of the values", "Add it.")
    if stated.shape == "lognormal" and centre <= 0:
        yield Fault((*at, "shape"), "A lognormal figure is above 0, and the case states 0", "Use another shape.")
    elif is_figure:
        yield from _beyond(stated, line, limits, at)
    elif stated.low is not None and stated.high is not None:
        least, most = _limits(stated, line, limits)
        if max(least, stated.low) >= min(most, stated.high):
            what = f"Nothing of the range is what the input may be: {limits.words(line)[9:]}"
            yield Fault(at, what, "Write another range.", "whole")


def _beyond(stated: InputRange, line: Line, limits: InputLimits, at: Address) -> Iterator[Fault]:
    """What is stated beyond what the input may be."""
    named = [(name, getattr(stated, name)) for name in ("low", "high")]
    named += [("values", value) for value in stated.values]
    for name, value in named:
        if value is not None and not limits.least <= value <= limits.most:
            what = f"{in_unit(value, line.unit)} is beyond what the input may be"
            yield Fault((*at, name), what, f"Write {_small(limits.words(line))}.")


def _small(text: str) -> str:
    return text[0].lower() + text[1:]


def _inside(stated: InputRange, centre: float) -> bool:
    above = stated.low is None or stated.low <= centre or math.isclose(stated.low, centre, rel_tol=_CLOSE)
    return above and (stated.high is None or centre <= stated.high or math.isclose(stated.high, centre, rel_tol=_CLOSE))


def _centre(stated: InputRange, line: Line) -> float:
    return _CENTRE.get(stated.stated_as, _values(line)[0])


def _values(line: Line) -> list[float]:
    return [float(value) for value in line.value()[:, 0]]


def _limits(stated: InputRange, line: Line, limits: InputLimits) -> tuple[float, float]:
    """Within what a range may be drawn so that the input stays within its own limits in every period."""
    values = _values(line)
    if stated.stated_as == "figure":
        return limits.least, limits.most
    if stated.stated_as == "change":
        return max(limits.least - value for value in values), min(limits.most - value for value in values)
    ends = [(limits.least / value, limits.most / value) for value in values if value]
    return max([0.0, *(min(each) for each in ends)]), min([math.inf, *(max(each) for each in ends)])


def impossible(group: Correlation) -> tuple[str, str] | None:
    """Why no inputs can have a matrix of rank correlations, naming the pair at fault; None where they can.

    It must have no eigenvalue below 0, and neither must that of the normal figures from which they are drawn.
    """
    ranks = np.asarray(group.ranks, dtype=np.float64)
    if all(float(np.linalg.eigvalsh(matrix)[0]) >= _POSSIBLE for matrix in (ranks, _normal(ranks))):
        return None
    pair = _at_fault(_normal(ranks))
    if pair is None:
        return "No inputs can move together like this", "Bring the largest numbers of the matrix nearer to 0."
    row, column, low, high = pair
    what = (
        f"No inputs can move together like this: beside the others, {group.inputs[row]} and {group.inputs[column]} "
        f"cannot have {ranks[row, column]:g}"
    )
    return what, f"Write a number from {_up(low):g} to {_down(high):g} for them, or change the others."


def _normal(ranks: Array) -> Array:
    """The correlations of the normal figures behind rank correlations."""
    return 2.0 * np.sin(ranks * (math.pi / 6.0))


def _rank(correlation: float) -> float:
    return math.asin(correlation / 2.0) * 6.0 / math.pi


def _up(value: float) -> float:
    return math.ceil(value * 100) / 100


def _down(value: float) -> float:
    return math.floor(value * 100) / 100


def _at_fault(matrix: Array) -> tuple[int, int, float, float] | None:
    """The pair that alone can be put right with the least change, and between which ranks it may be; None for none."""
    found = []
    for row in range(len(matrix)):
        for column in range(row):
            between = _possible(matrix, row, column)
            if between is not None:
                low, high = between
                nearest = min(max(matrix[row, column], low), high)
                found.append((abs(matrix[row, column] - nearest), row, column, _rank(low), _rank(high)))
    return min(found)[1:] if found else None


def _possible(matrix: Array, row: int, column: int) -> tuple[float, float] | None:
    """Between what a correlation may be beside the others: by the Schur complement of the others."""
    others: Sequence[int] = [n for n in range(len(matrix)) if n not in (row, column)]
    if not others:
        return -1.0, 1.0
    rest = matrix[np.ix_(others, others)]
    if float(np.linalg.eigvalsh(rest)[0]) < _POSSIBLE:
        return None
    inverse = np.linalg.pinv(rest, hermitian=True)
    one, two = matrix[row, others], matrix[column, others]
    left = float(1.0 - one @ inverse @ one), float(1.0 - two @ inverse @ two)
    if min(left) < _POSSIBLE:
        return None
    middle, width = float(one @ inverse @ two), math.sqrt(max(left[0], 0.0) * max(left[1], 0.0))
    return max(-1.0, middle - width), min(1.0, middle + width)
