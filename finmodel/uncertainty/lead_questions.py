"""The three questions of a meeting, each one figure: how many children, at what price, how late.

Each moves all the inputs that the what-if table moves for the same question, of every option alike, and goes by the one
figure that the page has of them: the children fewer in care on average, what a placement costs a year, months late.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np
from msgspec import Struct

from finmodel.appraisal.appraise import WrittenModel
from finmodel.appraisal.input_bounds import InputBounds
from finmodel.appraisal.options import WrittenOption
from finmodel.benefits.claims import folder_of
from finmodel.lines.input_limits import InputLimits
from finmodel.lines.line import Line
from finmodel.uncertainty.answers import judged_lines
from finmodel.uncertainty.moving import all_of, delays_of, prices_of, raised, scaled, volumes
from finmodel.uncertainty.trials import Change, work_out

CHILDREN, PRICE, LATE = "children", "price", "late"
NAMES = (CHILDREN, PRICE, LATE)
MOST_LATE = 24.0  # months
_APRIL = "drop-off is taken each April, so an effect from April on can do better than one from March on"
_HALF = 0.5

Inputs = Mapping[str, tuple[Line, ...]]  # by the name of a question, what it moves


class LeadQuestion(Struct, frozen=True):
    """A question, and what moves together when it is asked.

    shown, value: the line by whose figure it is asked, and that figure; label, note: what that is, and what the label
    does not say; limits: what the figure may be.
    """

    name: str
    inputs: tuple[Line, ...]
    shown: Line
    value: float
    label: str
    note: str
    limits: InputLimits

    @property
    def is_one_input(self) -> bool:
        """Whether it goes by the very input that it moves."""
        return self.inputs == (self.shown,) and self.name != LATE

    def asked(self, figure: float) -> Change:
        """What becomes of its inputs where its figure is to be another: all in proportion, or as many months later."""
        if self.name == LATE:
            return raised(self.inputs, figure - self.value)
        if self.is_one_input:
            return {self.shown.address: np.full_like(self.shown.value()[:, 0], figure)}
        return {line.address: line.value()[:, 0] * figure / self.value for line in self.inputs}


def inputs_asked(written: WrittenModel) -> Inputs:
    """What each question moves; nothing where the case cannot be asked it."""
    options = judged_lines(written)
    counted = [volumes(written, option) for option in options if option.written.own.benefits]
    children = dict.fromkeys(line for each in counted if each is not None for line in each.inputs)
    prices = all_of(options, lambda option: prices_of(written, option))
    return {CHILDREN: tuple(children), PRICE: prices, LATE: all_of(options, lambda option: delays_of(written, option))}


def lead_questions(written: WrittenModel, inputs: Inputs, bounds: InputBounds) -> Iterator[LeadQuestion]:
    """The questions that can be asked of the option for which the answer is, in the order in which they are asked.

    That is the recommended option, or the first that is compared. inputs: what each would move.
    """
    options = [each.written for each in judged_lines(written)]
    recommended = [each for each in written.options if each.option.id == written.case.recommended]
    for option in (recommended or options)[:1]:
        own = f"options.{option.option.id}."
        for name, of in ((CHILDREN, _children), (PRICE, _price), (LATE, _late)):
            moved = inputs[name]
            if any(not line.address.startswith("options.") or line.address.startswith(own) for line in moved):
                yield from of(written, option, moved, bounds)


def _children(
    written: WrittenModel, option: WrittenOption, inputs: tuple[Line, ...], bounds: InputBounds
) -> Iterator[LeadQuestion]:
    """The children fewer in care on average, as forecast; of a requirement, those that it is costed on."""
    shown = f"options.{option.option.id}.measures.forecast_children"
    period, label, notes = 0, "Children fewer in care, on average", ["if it starts as stated", _alike(inputs)]
    if any(claim.claim.basis == "requirement" for claim in option.own.claims):
        shown, period = f"options.{option.option.id}.children", len(written.model.horizon.years) - 1
        label, notes = "Children fewer in care", [_alike(inputs)]
    yield from _in_proportion(written, CHILDREN, inputs, bounds, (shown, period), label, notes)


def _price(
    written: WrittenModel, option: WrittenOption, inputs: tuple[Line, ...], bounds: InputBounds
) -> Iterator[LeadQuestion]:
    """What a placement costs a year in the first year, of the mix that the option avoids first."""
    first = f"{written.model.horizon.years[0]}"
    for benefit in option.own.benefits[:1]:
        notes = [first] if len(inputs) == 1 else [f"“{benefit.claim.label}”, {first}", "all prices in proportion"]
        shown = (benefit.cost_of_a_child.address, 0)
        yield from _in_proportion(written, PRICE, inputs, bounds, shown, "Price of a placement, a year", notes)


def _in_proportion(
    written: WrittenModel,
    name: str,
    inputs: tuple[Line, ...],
    bounds: InputBounds,
    shown: tuple[str, int],
    label: str,
    notes: list[str],
) -> Iterator[LeadQuestion]:
    """A question that goes by a figure, if that halves where its inputs do; by a lone input that is this figure."""
    address, period = shown
    if address not in written.model:
        return
    trials = work_out(written.model, [{}, scaled(inputs, _HALF)], [address])
    value, half = (trials.figure(address, trial, period) for trial in (0, 1))
    if value is None or value <= 0 or half is None or not math.isclose(half, value * _HALF, rel_tol=1e-9):
        return
    line = inputs[0]
    if len(inputs) == 1 and (line.value() == value).all():
        called = f"{label.partition(',')[0]}: {line.label}" if name == PRICE else label
        yield LeadQuestion(name, inputs, line, value, called, "", bounds.of(line))
        return
    tops = [(bounds.of(each).most, float(each.value().max())) for each in inputs]
    most = _round_below(value * min(most / top for most, top in tops if top > 0))
    note = "; ".join(filter(None, notes))
    yield LeadQuestion(name, inputs, written.model[address], value, label, note, InputLimits(0.0, most))


def _late(
    written: WrittenModel, option: WrittenOption, inputs: tuple[Line, ...], bounds: InputBounds
) -> Iterator[LeadQuestion]:
    """The months by which every option is late, beginning from those of the option for which the answer is.

    None starts before it was meant to; beyond the years shown nothing is left to be late.
    """
    own = written.model[f"options.{option.option.id}.delay_months"]
    inputs = tuple(dict.fromkeys((own, *inputs)))
    value, late = float(own.value()[0, 0]), [float(line.value()[-1, 0]) for line in inputs]
    top = max(value, min(MOST_LATE, float(len(written.model.horizon.months) - 1)))
    limits = InputLimits(value - min(late), min(value + bounds.of(own).most - max(late), top), whole=True)
    notes = ["costs and savings alike"]
    if any(each.is_business_as_usual and (each.option.costs or each.option.posts) for each in written.options):
        notes.append("business as usual as stated")
    if _wears_off(written, option):
        notes.append(_APRIL)
    who = "every option" if len(inputs) > 1 else "the option"
    yield LeadQuestion(LATE, inputs, own, value, f"Start of {who}, months late", "; ".join(notes), limits)


def _wears_off(written: WrittenModel, option: WrittenOption) -> bool:
    """Whether an effect is lost in part from one council year to the next, within the years shown."""
    lines = [f"options.{option.option.id}.{folder_of(each.claim)}.drop_off" for each in option.own.claims]
    stated = [written.model[address].stated_in for address in lines if address in written.model]
    return len(written.model.horizon.years) > 1 and any(line is not None and line.value().any() for line in stated)


def _alike(inputs: tuple[Line, ...]) -> str:
    options = {line.address.split(".")[1] for line in inputs if line.address.startswith("options.")}
    return "all options in proportion" if len(options) > 1 else ""


def _round_below(value: float) -> float:
    """A limit that is as good as none, in two figures."""
    unit = 10.0 ** (math.floor(math.log10(value)) - 1)
    return math.floor(value / unit) * unit
