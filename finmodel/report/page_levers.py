"""The levers of the page: which inputs a reader moves there, and over what range.

Those that the case names, otherwise those that move the answer most, by what the report has tried already. The option's
children and its start are always among them, for these are what a meeting asks about first.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.input_bounds import InputBounds
from finmodel.appraisal.levers import input_at
from finmodel.appraisal.stated_ranges import ranges_of
from finmodel.document.live import Lever, Levers, LiveText
from finmodel.lines.display import plain_number
from finmodel.lines.expression import Timeline
from finmodel.lines.input_limits import InputLimits
from finmodel.lines.line import Line
from finmodel.lines.model import Model
from finmodel.lines.periods import MONTHS_IN_A_YEAR, Horizon
from finmodel.lines.script import script_of
from finmodel.report.options_table import leads
from finmodel.report.uncertainty_tables import live_answer
from finmodel.results.appraised import AppraisalResults
from finmodel.results.option import OptionResult
from finmodel.results.uncertainty import UncertaintyResult, named
from finmodel.uncertainty.moving import inputs_behind

MOST = 12
MOST_SIDE_BY_SIDE = 6  # options that the answer is for; beyond, a move would take long and move no one answer
_CHILDREN, _PRICE, _LATE = "two-fewer-children", "price-lower", "six-months-late"
_MOST_MONTHS_LATE = 24.0
_STEPS = 50  # about so many of a slider
_POINTS = 0.05  # that a yearly change is moved either way


def levers_of_page(appraisal: Appraisal, found: AppraisalResults) -> Levers | None:
    """The levers, at most twelve; None where the page has no answer that they could move.

    That is so without options, and where more options than have a panel stand side by side and none is recommended.
    """
    given = found.uncertainty
    if given is None or len(leads(found)) > MOST_SIDE_BY_SIDE:
        return None
    model, option = appraisal.written.model, leads(found)[0]
    behind = inputs_behind(model[f"options.{each.id}.cumulative_net_position"] for each in found.options)
    late = _asked(given, _LATE, option)
    chosen = [line for line in _wanted(appraisal, given, option) if line in behind and _can_move(line)]
    bounds = InputBounds(model)
    stated = {each.line.address: each for each in ranges_of(appraisal.written.ranges, model)}
    made = []
    for line in dict.fromkeys(chosen):
        together = _together(model, line, given) if line.address in late else (line.address,)
        ranged = stated.get(line.address)
        ends = None if ranged is None else (float(ranged.moved(ranged.least)[-1]), float(ranged.moved(ranged.most)[-1]))
        made.append(_lever(line, together, _limits(model, bounds, line), ends, appraisal.case.horizon))
    if not made:
        return None
    return Levers(
        tuple(made[:MOST]),
        _in_short(found, option),
        found.years,
        lambda figures, inputs: script_of(model, figures, inputs),
    )


def _in_short(found: AppraisalResults, option: OptionResult) -> tuple[tuple[str, LiveText], ...]:
    """The answer in three figures."""
    names = ("Net", "Recovered", "Children needed" if option.requirement else "Needs / forecasts")
    return tuple(zip(names, live_answer(found, option), strict=True))


def _wanted(appraisal: Appraisal, given: UncertaintyResult, option: OptionResult) -> Iterator[Line]:
    """The inputs in the order in which they are offered: children, price, start; then those named, or that matter."""
    model = appraisal.written.model
    children, price, late = (_asked(given, name, option) for name in (_CHILDREN, _PRICE, _LATE))
    named_here = [input_at(model, address) for address in appraisal.case.levers]
    first = [*children[:1], *(() if named_here else price[:2]), *late]
    yield from (model[address] for address in first)
    yield from named_here
    if named_here:
        return
    bars = next(each.tornado for each in given.options if each.id == option.id)
    yield from (model[bar.address] for bar in bars)


def _asked(given: UncertaintyResult, name: str, option: OptionResult) -> tuple[str, ...]:
    """The inputs of a question that was asked, of an option or of all."""
    inputs = next((each.inputs for each in given.what_if if each.id == name), ())
    return tuple(each for each in inputs if not each.startswith("options.") or each.startswith(f"options.{option.id}."))


def _together(model: Model, line: Line, given: UncertaintyResult) -> tuple[str, ...]:
    """A start, and those of the other options that are as late as it."""
    inputs = next(each.inputs for each in given.what_if if each.id == _LATE)
    alike = [each for each in inputs if float(model[each].value()[0, 0]) == float(line.value()[0, 0])]
    return tuple(dict.fromkeys((line.address, *alike)))


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


def _lever(
    line: Line, together: tuple[str, ...], limits: InputLimits, ends: tuple[float, float] | None, horizon: Horizon
) -> Lever:
    value, values = _last(line), tuple(map(float, line.value()[:, 0]))
    changes = any(each != value for each in values)
    least, most = limits.least, limits.most
    if changes and value:  # every period moves in proportion and stays within what it may be
        top = max(values)
        least, most = max(least, 0.0), most * value / top if top > 0 else most
    late = len(together) > 1 or line.address.endswith(".delay_months")
    if late:  # beyond the years shown nothing is left to be late
        most = min(most, float(len(horizon.months)))
    low, high = ends or _about(line, value, late=late)
    low, high = max(low, least), min(high, most)
    times, before, after = _shown_in(line)
    whole = limits.whole or late
    step = _step((high - low) * times, whole=whole or (line.unit.startswith("children") and value >= _STEPS / 10))
    shown = value * times
    first = round(shown - math.floor((shown - low * times) / step + 1e-9) * step, 9)
    last = round(shown + math.floor((high * times - shown) / step + 1e-9) * step, 9)
    return Lever(
        addresses=together,
        label=_label(line, together, late=late),
        note="; ".join(_notes(line, horizon, changes=changes)),
        value=value,
        profile=values if changes else (),
        periods=_periods(line, horizon) if changes else (),
        times=times,
        shown=plain_number(shown, 4).replace(",", "").replace("\N{MINUS SIGN}", "-"),
        least=least * times,
        most=most * times,
        low=first,
        high=last,
        step=step,
        low_text=_end(before, first, after),
        high_text=_end(before, last, after),
        before=before,
        after=after,
        whole=whole,
    )


def _label(line: Line, together: tuple[str, ...], *, late: bool) -> str:
    if late:
        return f"Start of {'every' if len(together) > 1 else 'the'} option, months late"
    return named(line)


def _end(before: str, value: float, after: str) -> str:
    text = plain_number(value, 4)
    sign = "\N{MINUS SIGN}" if text.startswith("\N{MINUS SIGN}") else ""
    return f"{sign}{before}{text.removeprefix(sign)}{after if after == '%' else ''}"


def _about(line: Line, value: float, *, late: bool) -> tuple[float, float]:
    """Without a stated range: from zero to twice; a share from none to all; a yearly change five points either way."""
    if late:
        return 0.0, max(_MOST_MONTHS_LATE, value)
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


def _periods(line: Line, horizon: Horizon) -> tuple[tuple[str, int], ...]:
    """What a scenario calls the periods of an input, and the place of each value; months that are alike are a year."""
    if line.timeline is Timeline.YEARS:
        return tuple((str(year), place) for place, year in enumerate(horizon.years))
    values = line.value()[:, 0]
    found: list[tuple[str, int]] = []
    for place, year in enumerate(horizon.years):
        first = place * MONTHS_IN_A_YEAR
        if (values[first : first + MONTHS_IN_A_YEAR] == values[first]).all():
            found.append((str(year), first))
        else:
            found += [(str(month), first + number) for number, month in enumerate(year.months)]
    return tuple(found)
