"""The levers of the page: which inputs a reader moves there, and over what range.

First the three questions of a meeting (`finmodel/uncertainty/lead_questions.py`), then those that the case names,
otherwise those that move the answer most, by what the report has tried already.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterator, Sequence

from msgspec.structs import replace

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.input_bounds import InputBounds
from finmodel.appraisal.levers import input_at
from finmodel.appraisal.settings import named_periods
from finmodel.appraisal.stated_ranges import ranges_of
from finmodel.document.live import Lever, LeverInput, Levers, LiveText
from finmodel.document.table import NO_FIGURE
from finmodel.lines.display import number, plain_number
from finmodel.lines.expression import Timeline
from finmodel.lines.input_limits import InputLimits
from finmodel.lines.line import Line
from finmodel.lines.model import Model, inputs_behind
from finmodel.lines.periods import Horizon
from finmodel.lines.script import script_of
from finmodel.report.live_words import measure, none, reading, way
from finmodel.report.options_table import leads
from finmodel.report.uncertainty_tables import live_answer
from finmodel.results.appraised import AppraisalResults
from finmodel.results.option import OptionResult
from finmodel.results.uncertainty import UncertaintyResult, named
from finmodel.uncertainty.lead_questions import CHILDREN, LATE, PRICE, LeadQuestion, lead_questions

MOST = 12
MOST_SIDE_BY_SIDE = 6  # options that the answer is for; beyond, a move would take long and move no one answer
_ASKED = {CHILDREN: "two-fewer-children", PRICE: "price-lower", LATE: "six-months-late"}  # of the what-if table
_SAYS = {CHILDREN: ("", " children"), PRICE: ("£", " a placement"), LATE: ("", " months late")}  # in the shortest form
_LATE = 12.0  # months, of the slider
_STEPS = 50  # about so many of a slider
_POINTS = 0.05  # that a yearly change is moved either way


def levers_of_page(appraisal: Appraisal, found: AppraisalResults) -> Levers | None:
    """The levers, at most twelve; None where the page has no answer that they could move.

    That is so without options, and where more options than have a panel stand side by side and none is recommended.
    """
    if found.uncertainty is None or len(leads(found)) > MOST_SIDE_BY_SIDE:
        return None
    model, option = appraisal.written.model, leads(found)[0]
    behind = inputs_behind(model[f"options.{each.id}.cumulative_net_position"] for each in found.options)
    bounds, horizon = InputBounds(model), appraisal.case.horizon
    inputs = {name: _moved_by(model, found.uncertainty, asked) for name, asked in _ASKED.items()}
    questions = lead_questions(appraisal.written, inputs, bounds)
    first = [each for each in questions if behind.intersection(each.inputs)]
    ends = {
        each.line: (float(each.moved(each.least)[-1]), float(each.moved(each.most)[-1]))
        for each in ranges_of(appraisal.written.ranges, model)
    }

    def lever(line: Line) -> Lever:
        made = _lever(line, _limits(model, bounds, line), ends.get(line), horizon)
        alone = line.unit == "FTE" and any(each.name == CHILDREN for each in first)  # fewer staff would keep as many
        return replace(made, note="the children do not follow it") if alone else made

    made = [
        replace(lever(each.shown), label=each.label, note="", name=each.name, says=_SAYS[each.name])
        if each.is_one_input
        else _lead(each, horizon)
        for each in first
    ]
    made += map(lever, _others(appraisal, found.uncertainty, option, first, behind))
    if not made:
        return None
    return Levers(
        tuple(made[:MOST]),
        _in_short(found, option),
        found.years,
        lambda figures, inputs: script_of(model, figures, inputs),
    )


def _moved_by(model: Model, given: UncertaintyResult, asked: str) -> tuple[Line, ...]:
    addresses = next((each.inputs for each in given.what_if if each.id == asked), ())
    return tuple(model[address] for address in addresses)


def _in_short(found: AppraisalResults, option: OptionResult) -> tuple[tuple[str, LiveText], ...]:
    """The answer in few figures. The children needed are those while the effect lasts, too: an average over all years,
    as forecasts are, falls as the start is later, though nothing becomes easier."""
    net, when, _ = live_answer(found, option)
    needed = measure(found, option, "break_even_children_over_horizon", "1")
    whole = reading(way(NO_FIGURE, when=(none(needed),)), way(needed))
    if option.requirement:  # which nobody forecasts
        return ("Net, if it came about", net), ("Children needed while it runs", whole)
    average = measure(found, option, "break_even_children_average", "1")
    on_average = reading(way(NO_FIGURE, when=(none(average),)), way(average))
    return ("Net", net), ("Recovered", when), ("Children needed on average", on_average), ("while it runs", whole)


def _others(
    appraisal: Appraisal,
    given: UncertaintyResult,
    option: OptionResult,
    first: Sequence[LeadQuestion],
    behind: Container[Line],
) -> list[Line]:
    """Those that the case names, else those that matter most; beside the questions that are asked first.

    What a question moves already has a lever of its own only where the case names it, and all such find a place.
    """
    model, moved = appraisal.written.model, {line for each in first for line in each.inputs}
    if appraisal.case.levers:
        wanted = [input_at(model, address) for address in appraisal.case.levers]
    else:
        bars = next(each.tornado for each in given.options if each.id == option.id)
        wanted = [model[bar.address] for bar in bars]
    wanted = [line for line in dict.fromkeys(wanted) if line in behind and _can_move(line)]
    shown = {each.inputs[0] for each in first if each.is_one_input}
    both = [line for line in wanted if line not in shown] if appraisal.case.levers else []
    return both if both and len(first) + len(both) <= MOST else [line for line in wanted if line not in moved]


def _can_move(line: Line) -> bool:
    return not line.is_fact and line.counts is None and line.unit != "flag" and math.isfinite(_last(line))


def _limits(model: Model, bounds: InputBounds, line: Line) -> InputLimits:
    """What an input may be: of FTE, no more than the people whom the case states, who fill one each."""
    limits, post = bounds.of(line), line.address.removesuffix(".fte")
    people = f"{post}.people"
    if post == line.address or people not in model:
        return limits
    return replace(limits, most=min(limits.most, max(_last(line), _last(model[people]))))


def _last(line: Line) -> float:
    return float(line.value()[-1, 0])


def _lead(lead: LeadQuestion, horizon: Horizon) -> Lever:
    """A question as a lever: of several inputs in proportion, or of all starts."""
    late = lead.name == LATE
    ends = (lead.limits.least, max(_LATE, lead.value)) if late else (0.0, 2 * lead.value)
    made = _scaled(lead.value, lead.limits, ends, _shown_in(lead.shown), in_round=not late)
    return replace(
        made,
        address=lead.shown.address,
        inputs=tuple(_moved(line, horizon) for line in lead.inputs),
        label=lead.label,
        note=lead.note,
        moves="by" if late else "in proportion",
        name=lead.name,
        says=_SAYS[lead.name],
    )


def _lever(line: Line, limits: InputLimits, ends: tuple[float, float] | None, horizon: Horizon) -> Lever:
    value, moved = _last(line), _moved(line, horizon)
    changes = bool(moved.periods)
    if changes and value:  # every period moves in proportion and stays within what it may be
        top = float(line.value().max())
        most = limits.most * value / top if top > 0 else limits.most
        limits = replace(limits, least=max(limits.least, 0.0), most=most)
    made = _scaled(value, limits, ends or _about(line, value), _shown_in(line), people=line.unit.startswith("children"))
    return replace(
        made,
        address=line.address,
        inputs=(moved,),
        label=named(line),
        note="; ".join(_notes(line, horizon, changes=changes)),
        moves="in proportion" if changes else "to",
    )


def _moved(line: Line, horizon: Horizon) -> LeverInput:
    return LeverInput(line.address, named_periods(line, horizon))


def _scaled(
    value: float,
    limits: InputLimits,
    ends: tuple[float, float],
    unit: tuple[float, str, str],
    *,
    people: bool = False,
    in_round: bool = False,
) -> Lever:
    """A lever with its figure, its limits and its slider in the unit shown, and nothing to move yet.

    in_round: the slider goes by round figures, as somebody asks for them, and not by steps from the figure as stated.
    """
    (times, before, after), shown = unit, value * unit[0]
    low, high = max(ends[0], limits.least) * times, min(ends[1], limits.most) * times
    if in_round:
        step, text = _step(high - low, whole=False), number(shown, max(0, -math.floor(math.log10(value / _STEPS))))
        first, last = (round(math.floor(end / step + 1e-9) * step, 9) for end in (low, high))
    else:
        step = _step(high - low, whole=limits.whole or (people and value >= _STEPS / 10))
        first = round(shown - math.floor((shown - low) / step + 1e-9) * step, 9)
        last = round(shown + math.floor((high - shown) / step + 1e-9) * step, 9)
        text = plain_number(shown, 4)
    return Lever(
        address="",
        inputs=(),
        label="",
        note="",
        value=value,
        times=times,
        shown=text.replace(",", "").replace("\N{MINUS SIGN}", "-"),
        least=limits.least * times,
        most=limits.most * times,
        low=first,
        high=last,
        step=step,
        low_text=_end(before, first, after),
        high_text=_end(before, last, after),
        before=before,
        after=after,
        whole=limits.whole,
    )


def _end(before: str, value: float, after: str) -> str:
    text = plain_number(value, 4)
    sign = "\N{MINUS SIGN}" if text.startswith("\N{MINUS SIGN}") else ""
    return f"{sign}{before}{text.removeprefix(sign)}{after if after == '%' else ''}"


def _about(line: Line, value: float) -> tuple[float, float]:
    """Without a stated range: from zero to twice; a share from none to all; a yearly change five points either way."""
    if line.unit == "rate":
        return value - _POINTS, value + _POINTS
    if line.unit == "FTE":  # with no staff there is no proposal
        return value / 2, 2 * value
    return (0.0, 1.0) if line.unit == "share" else (min(0.0, 2 * value), max(0.0, 2 * value))


def _shown_in(line: Line) -> tuple[float, str, str]:
    """How many of the unit shown make one of the model's, and the signs before and after it."""
    if line.unit.startswith("£"):
        return 1.0, "£", ""
    if line.unit in ("share", "rate"):
        return 100.0, "", "%"
    plain = line.unit in ("number", "factor", "ratio")
    return 1.0, "", "" if plain else f" {line.unit}"


def _step(span: float, *, whole: bool) -> float:
    """A round step: 1, 2 or 5 times a power of ten, about fifty to the span."""
    rough = max(span / _STEPS, 1e-6)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(size * power for size in (1, 2, 5, 10) if size * power >= rough * 0.999)
    return max(1.0, step) if whole else step


def _notes(line: Line, horizon: Horizon, *, changes: bool) -> Iterator[str]:
    """What the label does not say: pounds of what, and of which period."""
    if line.unit.startswith("£ "):
        yield line.unit
    if changes:
        yield f"{_last_period(line, horizon)}, other {line.timeline.value} in proportion"


def _last_period(line: Line, horizon: Horizon) -> str:
    last = horizon.months[-1].words if line.timeline is Timeline.MONTHS else horizon.years[-1]
    return f"in {last}"
