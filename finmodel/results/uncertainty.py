"""What a change of the inputs would do: what-if, switching values, what matters, two at once, scenarios."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from msgspec import Struct
from msgspec.structs import replace

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.settings import words_of
from finmodel.lines.line import Line
from finmodel.results.simulated import simulation_of
from finmodel.results.spoken import bound, holds_while, spoken, spoken_exactly
from finmodel.results.wording import is_nil
from finmodel.results.written import LEFT_OUT
from finmodel.uncertainty.answers import OptionLines, TriedAnswer
from finmodel.uncertainty.grid import TwoWayGrid
from finmodel.uncertainty.simulated import Simulation
from finmodel.uncertainty.sweep import FINENESS, MovedRange, changes_over_time
from finmodel.uncertainty.switching import PENNY, Switch, Turn
from finmodel.uncertainty.tested import ScenarioTried, Tested, tested
from finmodel.uncertainty.tornado import A_TENTH, Bar
from finmodel.uncertainty.what_if import RangeEnd, WhatIfAsked

NO_TURN = "none within its possible range"
IN_STEPS = (
    "The month in which money is recovered comes in whole months, so it turns in steps: what is solved is where the "
    "net position at the end of the years shown is zero."
)
_MOST_NAMED = 4


class AnswerResult(Struct, frozen=True):
    """What an option comes to. net: cashable saving less all money spent by the end of the years shown, £ of cash.

    payback_month: `2030-08`, null where the money is not recovered within the years shown; never_out_of_pocket: there
    is nothing to recover in any month; children_needed and children: fewer in care, averages over the years shown.
    """

    option: str
    net: float | None
    net_present_budget_impact: float | None
    payback_month: str | None
    never_out_of_pocket: bool
    children_needed: float | None
    children: float | None


class WhatIfResult(Struct, frozen=True):
    """A question, the addresses of the inputs that were changed for it, and what each option comes to."""

    id: str
    label: str
    note: str
    inputs: tuple[str, ...]
    options: tuple[AnswerResult, ...]


class RangeEndResult(Struct, frozen=True):
    """An input at an end of the range that the case states, and what each option comes to there.

    label: with the figure, `Foster care, a week: £740`; figure: of the input, of its last period where it changes.
    """

    address: str
    label: str
    end: Literal["low", "high"]
    figure: float
    options: tuple[AnswerResult, ...]


class NotAsked(Struct, frozen=True):
    """A question that cannot be asked of this case, and why not."""

    label: str
    reason: str


class TurnResult(Struct, frozen=True):
    """A figure of an input at which an answer turns; measure: £ there, zero unless it jumps (step); above: whether the
    answer is the better one with more of the input."""

    figure: float
    text: str
    measure: float
    above: bool
    step: bool


class SwitchResult(Struct, frozen=True):
    """Where an answer of an option turns as one input moves; low and high: between which it was moved, in words.

    turn: `payback` (recovered within the years shown or not), `impact` (the net present budget impact crosses zero),
    `ranking` (the option is no longer the one with the highest). now: the measure as stated, £. reason: why no turn.
    holds: between which figures the answer stays what it is, rounded to that side, `at most 83.9%`; change: how far the
    nearest turn is from what is stated, as a part of it (of 1, where that is zero), null where there is none.
    stated_said: what is stated, without pennies where there are none.
    """

    address: str
    label: str
    unit: str
    option: str
    turn: Turn
    stated: float
    stated_text: str
    now: float
    low: str
    high: str
    turns: tuple[TurnResult, ...]
    reason: str
    stated_said: str
    holds: str
    change: float | None


class BarResult(Struct, frozen=True):
    """An input at its low and its high, and an option's net position at the end with each, £, and between the two.

    range: `stated` by the case, or `a tenth` either way; ends: both in a few words, `12% to 36%` or `±10%`.
    """

    address: str
    label: str
    range: Literal["stated", "a tenth"]
    low: float
    low_text: str
    high: float
    high_text: str
    ends: str
    at_low: float
    at_high: float
    between: float


class GridResult(Struct, frozen=True):
    """An option's net position at the end of the years shown, £, by children (rows) and price (columns).

    children: fewer in care on average as stated; price: of a placement as stated, in words, "" where there are more
    prices than one. steps: times what is stated, of both; changes: the same as parts more or less; children_at: the
    children of each row.
    """

    steps: tuple[float, ...]
    changes: tuple[float, ...]
    children_at: tuple[float, ...]
    children: float
    price: str
    price_stated: float | None
    price_unit: str
    values: tuple[tuple[float | None, ...], ...]


class OptionTested(Struct, frozen=True):
    """What was tried of an option. must_be_true: what it takes to pay back, in words, "" where nothing moves it.

    nearest_limit: the first of its conditions alone, in a few words; "" where no single input turns it. ranges: the
    addresses of inputs of which the case states a range that moves it, the one that moves it most first.
    """

    id: str
    title: str
    must_be_true: str
    nearest_limit: str
    ranges: tuple[str, ...]
    tornado: tuple[BarResult, ...]
    grid: GridResult | None


class SettingResult(Struct, frozen=True):
    """An input that a scenario sets, as stated and as set, in words."""

    address: str
    label: str
    was: str
    now: str


class ScenarioResult(Struct, frozen=True):
    """A named scenario, what it sets and what each option comes to."""

    id: str
    title: str
    note: str
    settings: tuple[SettingResult, ...]
    options: tuple[AnswerResult, ...]


class UncertaintyResult(Struct, frozen=True):
    """Everything that was tried on a case, one change at a time unless said.

    fineness: how finely inputs were moved. simulation, range_ends: where the case states ranges.
    """

    stated: tuple[AnswerResult, ...]
    what_if: tuple[WhatIfResult, ...]
    not_asked: tuple[NotAsked, ...]
    options: tuple[OptionTested, ...]
    switching_values: tuple[SwitchResult, ...]
    scenarios: tuple[ScenarioResult, ...]
    fineness: str
    simulation: Annotated[Simulation | None, LEFT_OUT] = None
    range_ends: Annotated[tuple[RangeEndResult, ...] | None, LEFT_OUT] = None


def uncertainty_result(appraisal: Appraisal) -> UncertaintyResult | None:
    """What was tried on an appraisal; None where the case has no option."""
    if not appraisal.written.options:
        return None
    found = tested(appraisal)
    return UncertaintyResult(
        stated=_answers(appraisal, found, found.what_if.stated),
        what_if=tuple(_asked(appraisal, found, each) for each in found.what_if.asked),
        not_asked=tuple(NotAsked(label, why) for label, why in found.what_if.not_asked),
        options=tuple(_option(appraisal, found, option) for option in found.options),
        switching_values=tuple(map(_switch, found.switches)),
        scenarios=tuple(_scenario(appraisal, found, each) for each in found.scenarios),
        fineness=FINENESS,
        simulation=simulation_of(appraisal),
        range_ends=tuple(_range_end(appraisal, found, each) for each in found.range_ends) or None,
    )


def _answers(appraisal: Appraisal, found: Tested, answers: Sequence[TriedAnswer]) -> tuple[AnswerResult, ...]:
    months = appraisal.case.horizon.months
    return tuple(
        AnswerResult(
            option=option.id,
            net=each.net,
            net_present_budget_impact=each.impact,
            payback_month=None if each.payback_month is None else str(months[each.payback_month - 1]),
            never_out_of_pocket=each.payback_month == 1,
            children_needed=each.needed,
            children=each.children,
        )
        for option, each in zip(found.options, answers, strict=True)
    )


def _asked(appraisal: Appraisal, found: Tested, each: WhatIfAsked) -> WhatIfResult:
    return WhatIfResult(each.id, each.label, each.note, each.inputs, _answers(appraisal, found, each.answers))


def _range_end(appraisal: Appraisal, found: Tested, each: RangeEnd) -> RangeEndResult:
    line = each.line
    label = f"{named(line)}: {_of_last(line, spoken(line, each.figure))}"
    return RangeEndResult(line.address, label, each.end, each.figure, _answers(appraisal, found, each.answers))


def _scenario(appraisal: Appraisal, found: Tested, each: ScenarioTried) -> ScenarioResult:
    settings = tuple(SettingResult(given.address, named(given.line), given.was, given.now) for given in each.settings)
    return ScenarioResult(each.id, each.title, each.note, settings, _answers(appraisal, found, each.answers))


def named(line: Line) -> str:
    """What an input is called, with the post, the benefit or the placement that it belongs to."""
    kind, _, of = line.section.partition(": ")
    return line.label if not kind or (of or kind) in line.label else f"{line.label} ({of or kind})"


def _text(range_: MovedRange, figure: float) -> str:
    """A figure of an input in words; of one that changes, that of its last period, the others in proportion."""
    return _of_last(range_.line, words_of(range_.line, figure))


def _of_last(line: Line, text: str) -> str:
    return f"{text} in the last {line.timeline.one}" if text and changes_over_time(line) else text


def _switch(each: Switch) -> SwitchResult:
    line = each.range.line
    turns = tuple(
        TurnResult(at, _text(each.range, at), value, above, step)
        for at, above, value, step in zip(each.figures, each.after, each.reached, each.step, strict=True)
    )
    return SwitchResult(
        address=line.address,
        label=named(line),
        unit=line.unit,
        option=each.option,
        turn=each.turn,
        stated=each.range.stated,
        stated_text=_text(each.range, each.range.stated),
        now=each.now,
        low=words_of(line, float(each.range.points[0])),
        high=words_of(line, float(each.range.points[-1])),
        turns=turns,
        reason="" if turns else NO_TURN,
        stated_said=_of_last(line, spoken_exactly(line, each.range.stated)),
        holds=_of_last(line, holds_while(line, each.range.stated, each.figures, each.range.whole)),
        change=_distance(each) if turns else None,
    )


def _option(appraisal: Appraisal, found: Tested, option: OptionLines) -> OptionTested:
    grid = found.grids.get(option.id)
    return OptionTested(
        option.id,
        option.written.option.title,
        _must_be_true(appraisal, found, option),
        _nearest_limit(_turning(found, option)),
        _ranges_in_order(found, found.options.index(option)),
        _told_apart(appraisal, [_bar(each) for each in found.bars.get(option.id, ())]),
        None if grid is None else _grid(grid),
    )


def _bar(bar: Bar) -> BarResult:
    line = bar.line
    return BarResult(
        address=line.address,
        label=named(line),
        range="stated" if bar.stated else "a tenth",
        low=bar.low,
        low_text=words_of(line, bar.low),
        high=bar.high,
        high_text=words_of(line, bar.high),
        ends=_ends(bar),
        at_low=bar.at_low,
        at_high=bar.at_high,
        between=bar.spread,
    )


def _told_apart(appraisal: Appraisal, bars: Sequence[BarResult]) -> tuple[BarResult, ...]:
    """The bars, with the option added where two inputs of different options are called alike."""
    often = Counter(bar.label for bar in bars)
    titles = {f"options.{option.id}": option.title for option in appraisal.case.options}
    owners = [titles.get(".".join(bar.address.split(".")[:2]), "") for bar in bars]
    return tuple(
        replace(bar, label=f"{bar.label} ({owner})") if owner and often[bar.label] > 1 else bar
        for bar, owner in zip(bars, owners, strict=True)
    )


def _ranges_in_order(found: Tested, place: int) -> tuple[str, ...]:
    """The inputs with a stated range that moves an option's net position, the one that moves it most first."""
    net, most = found.what_if.stated[place].net or 0.0, dict[str, float]()
    for end in found.range_ends:
        moved = abs((end.answers[place].net or 0.0) - net)
        most[end.line.address] = max(moved, most.get(end.line.address, 0.0))
    moving = [address for address, by in most.items() if not is_nil(by)]
    return tuple(sorted(moving, key=lambda address: -most[address]))


def _ends(bar: Bar) -> str:
    """The ends of a bar as people say them."""
    stated = float(bar.line.value()[-1, 0])
    if not bar.stated and math.isclose(bar.low + bar.high, 2 * stated):  # else it would leave what a share may be
        return f"±{A_TENTH:.0%}"
    return f"{spoken(bar.line, bar.low).removesuffix(f' {bar.line.unit}')} to {spoken(bar.line, bar.high)}"


def _grid(grid: TwoWayGrid) -> GridResult:
    line = grid.price_line
    stated = None if line is None else float(line.value()[0, 0])
    text = "" if line is None or stated is None else words_of(line, stated)
    changes, children = grid.changes, grid.children_at
    unit = "" if line is None else line.unit
    return GridResult(grid.steps, changes, children, grid.children, text, stated, unit, grid.values)


def _must_be_true(appraisal: Appraisal, found: Tested, option: OptionLines) -> str:
    """What must be so for an option to pay back within the years shown, each by itself; or that nothing would do."""
    place = found.options.index(option)
    stated = found.what_if.stated[place]
    moves = [each for each in found.switches if each.option == option.id and each.turn == "payback"]
    if stated.net is None or not moves:
        return ""
    by = appraisal.case.horizon.months[-1].words
    turning = _turning(found, option)[:_MOST_NAMED]
    required = any(claim.claim.basis == "requirement" for claim in option.written.own.claims)
    given = "Even with the saving that is required, of which no forecast is made, it" if required else "It"
    if stated.net < -PENNY:
        if not turning:
            return f"{given} does not pay back by {by} whatever any single input is, within its possible range."
        conditions = "; ".join(_conditions(turning))
        return f"{given} pays back by {by} only if, all else as stated, one of these is so: {conditions}."
    if not turning:
        return f"{given} pays back by {by} whatever any single input is, within its possible range."
    met = "with the saving that is required, of which no forecast is made, and " if required else ""
    return f"To pay back by {by}, {met}each with all else as stated: {'; '.join(_conditions(turning))}."


def _distance(each: Switch) -> float:
    """How far an input must move to turn the answer, as a part of what is stated."""
    stated, nearest = each.range.stated, each.nearest
    return float("inf") if nearest is None else abs(nearest - stated) / abs(stated or 1.0)


def _turning(found: Tested, option: OptionLines) -> list[Switch]:
    """The inputs that turn whether an option pays back, the nearest first."""
    moves = (each for each in found.switches if each.option == option.id and each.turn == "payback" and each.figures)
    return sorted(moves, key=_distance)


def _nearest_limit(turning: Sequence[Switch]) -> str:
    if not turning:
        return ""
    line, (bound_, stated) = turning[0].range.line, _limit(turning[0])
    return f"{line.label} {bound_} (stated: {stated})"


def _conditions(turning: Sequence[Switch]) -> Iterator[str]:
    for each in turning:
        bound_, stated = _limit(each)
        yield f"“{named(each.range.line)}” is {bound_} (stated: {stated})"


def _limit(each: Switch) -> tuple[str, str]:
    """Within what an input must be for an option to pay back, `at most 83.9%`, and what is stated."""
    at, range_ = each.nearest, each.range
    assert at is not None
    above = each.after[each.figures.index(at)]
    figure = at if not range_.whole or above else at - 1  # the last month on the good side
    inner = range_.stated if above == (at < range_.stated) else None  # a bound that what is stated keeps
    figure = bound(range_.line, figure, above, None if range_.whole else inner, range_.whole)
    text = _of_last(range_.line, spoken_exactly(range_.line, figure))
    stated = _of_last(range_.line, spoken_exactly(range_.line, range_.stated))
    return f"{'at least' if above else 'at most'} {text}", stated
