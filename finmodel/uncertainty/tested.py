"""How sure an answer is, without anybody asking: what-if, switching values, what matters, two at once, scenarios."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.scenarios import settings_in
from finmodel.appraisal.settings import Setting, changes_of
from finmodel.appraisal.stated_ranges import RangeOfInput, ranges_of
from finmodel.lines.line import Line
from finmodel.uncertainty.answers import OptionLines, TriedAnswer, answered, ends_of, judged_lines
from finmodel.uncertainty.grid import TwoWayGrid, grid
from finmodel.uncertainty.moving import movable
from finmodel.uncertainty.sweep import ranges
from finmodel.uncertainty.switching import Switch, switching_values
from finmodel.uncertainty.tornado import Bar, tornado
from finmodel.uncertainty.trials import OneByOne
from finmodel.uncertainty.what_if import RangeEnd, WhatIf, at_range_ends, what_if

_PAST_CHANGE = re.compile(r"prices\..+\.change_\d{4}_\d{2}")  # inflation of years before the first: a fact by now


class ScenarioTried(Struct, frozen=True):
    """A named scenario: what it sets, and what each option comes to with it."""

    id: str
    title: str
    note: str
    settings: tuple[Setting, ...]
    answers: tuple[TriedAnswer, ...]


class Tested(Struct, frozen=True):
    """What was tried on a case. options: whose answers there are, in order; range_ends: of the ranges that the case
    states; bars: by option; grids: likewise, of those that have one."""

    options: tuple[OptionLines, ...]
    what_if: WhatIf
    range_ends: tuple[RangeEnd, ...]
    switches: tuple[Switch, ...]
    bars: Mapping[str, tuple[Bar, ...]]
    grids: Mapping[str, TwoWayGrid]
    scenarios: tuple[ScenarioTried, ...]


def tested(appraisal: Appraisal) -> Tested:
    """Try everything on an appraisal that any report shows."""
    written = appraisal.written
    options = judged_lines(written)
    lines = doubtful(appraisal, options)
    ranged = {each.line.address: each for each in ranges_of(written.ranges, written.model)}
    alone = OneByOne(written.model, _with_ranges(lines, ranged), ends_of(options))
    grids = {option.id: grid(written, option) for option in options}
    return Tested(
        options,
        what_if(written, options),
        at_range_ends(written, options, tuple(ranged.values())),
        switching_values(written, options, ranges(written.model, lines), alone),
        tornado(options, _with_ranges(lines, ranged), ranged, alone),
        {name: found for name, found in grids.items() if found is not None},
        scenarios(appraisal, options),
    )


def doubtful(appraisal: Appraisal, options: Sequence[OptionLines]) -> list[Line]:
    """The inputs that are moved one by one: what the case states, assumes or is forecast, and no fact of the past."""
    return [
        line
        for line in movable(appraisal.written, options)
        if not _PAST_CHANGE.fullmatch(line.address) and not line.address.startswith("conventions.")
    ]


def _with_ranges(lines: Sequence[Line], ranged: Mapping[str, RangeOfInput]) -> list[Line]:
    """The inputs, and whatever else the case states a range of."""
    return [*lines, *(each.line for each in ranged.values() if each.line not in lines)]


def scenarios(appraisal: Appraisal, options: Sequence[OptionLines]) -> tuple[ScenarioTried, ...]:
    """The scenarios that a case names, in one run of its model."""
    given = [(each, settings_in(appraisal.written.model, each)) for each in appraisal.case.scenarios]
    answers = answered(appraisal.written, options, [changes_of(settings) for _, settings in given])
    return tuple(
        ScenarioTried(each.id, each.title, each.note, settings, found)
        for (each, settings), found in zip(given, answers, strict=True)
    )
