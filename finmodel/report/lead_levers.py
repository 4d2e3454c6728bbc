"""The three questions of a meeting, each one lever: how many children, at what price, how late.

Each moves all the inputs that the what-if table moves for the same question, of every option alike, and shows the one
figure that the page has of them: the children fewer in care on average, what a placement costs a year, months late.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from msgspec import Struct

from finmodel.appraisal.appraise import WrittenModel
from finmodel.lines.line import Line
from finmodel.results.appraised import AppraisalResults
from finmodel.results.option import OptionResult
from finmodel.results.uncertainty import UncertaintyResult
from finmodel.uncertainty.moving import scaled
from finmodel.uncertainty.trials import work_out

CHILDREN, PRICE, LATE = "children", "price", "late"
_ASKED = {CHILDREN: "two-fewer-children", PRICE: "price-lower", LATE: "six-months-late"}
_SAYS = {CHILDREN: ("", " children"), PRICE: ("£", " a placement"), LATE: ("", " months late")}
_HALF = 0.5


class LeadLever(Struct, frozen=True):
    """A question, and what moves together when it is asked.

    shown, value: the line whose figure the lever shows, and that figure; note: what the label does not say. says: the
    words around the figure in the shortest form.
    """

    name: str
    inputs: tuple[Line, ...]
    shown: Line
    value: float
    label: str
    note: str
    says: tuple[str, str]

    @property
    def is_one_input(self) -> bool:
        """Whether it shows the very input that it moves."""
        return self.inputs == (self.shown,) and self.name != LATE


def lead_levers(written: WrittenModel, found: AppraisalResults, option: OptionResult) -> Iterator[LeadLever]:
    """The questions that can be asked of the option for which the answer is, in the order in which they are asked."""
    given = found.uncertainty
    if given is None:
        return
    for name, of in ((CHILDREN, _children), (PRICE, _price), (LATE, _late)):
        inputs = _inputs(written, given, name)
        own = f"options.{option.id}."
        if any(not line.address.startswith("options.") or line.address.startswith(own) for line in inputs):
            yield from of(written, found, option, inputs)


def _inputs(written: WrittenModel, given: UncertaintyResult, name: str) -> tuple[Line, ...]:
    addresses = next((each.inputs for each in given.what_if if each.id == _ASKED[name]), ())
    return tuple(written.model[address] for address in addresses)


def _children(
    written: WrittenModel, found: AppraisalResults, option: OptionResult, inputs: tuple[Line, ...]
) -> Iterator[LeadLever]:
    """The children fewer in care on average, as forecast; of a requirement, those that it is costed on."""
    shown = f"options.{option.id}.measures.forecast_children"
    period, label = 0, "Children fewer in care, on average"
    if option.requirement:
        shown, period, label = f"options.{option.id}.children", len(found.years) - 1, "Children fewer in care"
    note = ("" if option.requirement else "if it starts as stated", _alike(inputs))
    yield from _in_proportion(written, found, CHILDREN, inputs, (shown, period), label, note)


def _price(
    written: WrittenModel, found: AppraisalResults, option: OptionResult, inputs: tuple[Line, ...]
) -> Iterator[LeadLever]:
    """What a placement costs a year in the first year, of the mix that the option avoids first."""
    benefits = next(each.own.benefits for each in written.options if each.option.id == option.id)
    if not benefits:
        return
    of = benefits[0].cost_of_a_child.address
    note: tuple[str, ...] = (found.years[0],)
    if len(inputs) > 1:
        note = (f"“{benefits[0].claim.label}”, {found.years[0]}", "all prices in proportion")
    yield from _in_proportion(written, found, PRICE, inputs, (of, 0), "Price of a placement, a year", note)


def _in_proportion(
    written: WrittenModel,
    found: AppraisalResults,
    name: str,
    inputs: tuple[Line, ...],
    shown: tuple[str, int],
    label: str,
    note: tuple[str, ...],
) -> Iterator[LeadLever]:
    """A lever that shows a figure, if it halves where its inputs do; a lone input that is this figure shows itself."""
    address, period = shown
    if address not in written.model:
        return
    value = found.figures(address)[period]
    if value is None or value <= 0:
        return
    half = work_out(written.model, [scaled(inputs, _HALF)], [address]).figure(address, 0, period)
    if half is None or not math.isclose(half, value * _HALF, rel_tol=1e-9):
        return
    line, says = inputs[0], _SAYS[name]
    if len(inputs) == 1 and (line.value() == value).all():
        called = f"{label.partition(',')[0]}: {line.label}" if name == PRICE else label
        yield LeadLever(name, inputs, line, value, called, "", says)
        return
    yield LeadLever(name, inputs, written.model[address], value, label, "; ".join(filter(None, note)), says)


def _late(
    written: WrittenModel, found: AppraisalResults, option: OptionResult, inputs: tuple[Line, ...]
) -> Iterator[LeadLever]:
    """The months by which every option is late, beginning from those of the option for which the answer is."""
    own = written.model[f"options.{option.id}.delay_months"]
    inputs = tuple(dict.fromkeys((own, *inputs)))
    who = "every option" if len(inputs) > 1 else "the option"
    costed = any(each.is_business_as_usual and (each.option.costs or each.option.posts) for each in written.options)
    note = "costs and savings alike" + ("; business as usual as stated" if costed else "")
    yield LeadLever(
        LATE,
        inputs,
        own,
        float(own.value()[0, 0]),
        f"Start of {who}, months late",
        note,
        _SAYS[LATE],
    )


def _alike(inputs: tuple[Line, ...]) -> str:
    options = {line.address.split(".")[1] for line in inputs if line.address.startswith("options.")}
    return "all options in proportion" if len(options) > 1 else ""
