"""The questions that are asked of every case: fewer children, another price, a delay, less cash, dearer pay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
from msgspec import Struct

from finmodel.appraisal.appraise import WrittenModel
from finmodel.appraisal.stated_ranges import RangeOfInput
from finmodel.lines.expression import Array, Timeline
from finmodel.lines.line import Line
from finmodel.uncertainty.answers import OptionLines, TriedAnswer, answered
from finmodel.uncertainty.by_evidence import evidence_questions
from finmodel.uncertainty.moving import (
    Volumes,
    all_of,
    awards_of,
    cashable_of,
    delays_of,
    more_children,
    prices_of,
    raised,
    scaled,
    together,
    volumes,
)
from finmodel.uncertainty.trials import Change

PRICE_STEP, HALF, POINT = 0.2, 0.5, 0.01
LATE = {"six-months-late": ("Six months late", 6), "twelve-months-late": ("Twelve months late", 12)}
IN_PROPORTION = "In the fullest year two, or a third of fewer than six; others in proportion."
A_THIRD = "By a third where fewer than six."
_CLOSE = 1e-6


class WhatIfAsked(Struct, frozen=True):
    """A question, and the answer of each option in the order of the case.

    inputs: the addresses of what was changed; reaches: by option, whether any of its own figures was; note: how.
    """

    id: str
    label: str
    note: str
    inputs: tuple[str, ...]
    answers: tuple[TriedAnswer, ...]


class WhatIf(Struct, frozen=True):
    """The case as stated, and every question that can be asked of it; not_asked: the others, with why not."""

    stated: tuple[TriedAnswer, ...]
    asked: tuple[WhatIfAsked, ...]
    not_asked: tuple[tuple[str, str], ...]


class _Question(Struct, frozen=True):
    id: str
    label: str
    change: Change
    why_not: str = ""
    note: str = ""


def what_if(written: WrittenModel, options: Sequence[OptionLines]) -> WhatIf:
    """Ask every question in one run of the model; each changes all options alike."""
    questions = [*_questions(written, options), *_by_evidence(written, options)]
    put = [question for question in questions if question.change]
    stated, *answers = answered(written, options, [{}, *(question.change for question in put)])
    asked = tuple(
        WhatIfAsked(question.id, question.label, question.note, tuple(question.change), each)
        for question, each in zip(put, answers, strict=True)
    )
    return WhatIf(stated, asked, tuple((q.label, q.why_not) for q in questions if not q.change))


class RangeEnd(Struct, frozen=True):
    """An input at the low or the high end of the range that a case states, and the answer of each option there.

    figure: of the input, of its last period.
    """

    line: Line
    end: Literal["low", "high"]
    figure: float
    answers: tuple[TriedAnswer, ...]


def at_range_ends(
    written: WrittenModel, options: Sequence[OptionLines], ranged: Sequence[RangeOfInput]
) -> tuple[RangeEnd, ...]:
    """Each input of which the case states a range at either end of it, everything else as stated; none without ends."""
    ends: list[tuple[Line, Literal["low", "high"], Array]] = []
    for each in ranged:
        moved = sorted((each.moved(each.least), each.moved(each.most)), key=lambda values: float(values[-1]))
        if all(np.isfinite(values).all() for values in moved):
            ends += [(each.line, "low", moved[0]), (each.line, "high", moved[1])]
    if not ends:
        return ()
    answers = answered(written, options, [{line.address: values} for line, _, values in ends])
    return tuple(
        RangeEnd(line, end, float(values[-1]), found) for (line, end, values), found in zip(ends, answers, strict=True)
    )


def _questions(written: WrittenModel, options: Sequence[OptionLines]) -> Iterator[_Question]:
    counted = [(option, volumes(written, option)) for option in options if option.written.own.benefits]
    known = [(option, each) for option, each in counted if each is not None]
    why = "no child fewer in care is claimed" if not counted else "no one input makes the children more or fewer"
    months = written.model.periods(Timeline.MONTHS)
    for name, label, sign in (
        ("two-fewer-children", "Two fewer children", -1.0),
        ("two-more-children", "Two more children", 1.0),
    ):
        change = together([more_children(each, sign, months) for _, each in known])
        yield _Question(name, label, change, why, _how_many([each for _, each in known]))
    priced = all_of(options, lambda option: prices_of(written, option))
    for name, label, factor in (
        ("price-lower", "Placement price 20% lower", 1 - PRICE_STEP),
        ("price-higher", "Placement price 20% higher", 1 + PRICE_STEP),
    ):
        yield _Question(name, label, scaled(priced, factor), "no placement is avoided")
    late = all_of(options, lambda option: delays_of(written, option))
    for name, (label, by) in LATE.items():
        yield _Question(name, label, raised(late, by), "the case has no delay to change")
    cashable = [
        line for line in all_of(options, lambda option: cashable_of(written, option)) if np.any(line.value() > 0)
    ]
    yield _Question("half-cashable", "Half cashable", scaled(cashable, HALF), "no saving is claimed")
    awards = awards_of(written)
    yield _Question(
        "award-point",
        "Pay awards +1 point",
        raised(awards, POINT),
        "no pay award is assumed for the years shown",
    )


def _by_evidence(written: WrittenModel, options: Sequence[OptionLines]) -> Iterator[_Question]:
    for each in evidence_questions(written, {option.id for option in options}):
        yield _Question(each.id, each.label, each.change, each.why_not, each.note)


def _how_many(known: Sequence[Volumes]) -> str:
    """Whether the number changes alike in every year; an input with one figure moves the other years in proportion."""
    alike = all(
        all(line.timeline is not Timeline.ONCE for line in each.inputs)
        or bool(np.all(np.abs(each.by_year[each.by_year > 0] - each.by_year.max()) < _CLOSE))
        for each in known
        if each.by_year.any()
    )
    return A_THIRD if alike else IN_PROPORTION
