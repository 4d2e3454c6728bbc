"""Ranges for a case that states none: a tenth either way of the inputs that matter, which illustrates and no more."""

from __future__ import annotations

from finmodel.appraisal.appraise import Appraisal, WrittenModel
from finmodel.appraisal.input_bounds import InputBounds
from finmodel.appraisal.stated_ranges import RangeOfInput, range_of
from finmodel.case.schema_uncertainty import InputRange
from finmodel.lines.evaluate import evaluate
from finmodel.lines.line import Line
from finmodel.lines.model import Model
from finmodel.uncertainty.trials import work_out

TENTH = 0.1
MOST = 40
_MEASURE = "net_present_budget_impact"
_SCALED = ("£", "share", "rate", "children", "FTE", "hours", "factor", "families", "people per year", "days per year")
_SMALLEST = 0.5  # £: what rounds to nothing is no move


def may_be_scaled(line: Line, published: bool = False) -> bool:
    """Whether a tenth more or less of an input makes sense: an amount or a share, and no month, place or fact."""
    return (
        line.is_input and not line.is_fact and line.counts is None and not published and line.unit.startswith(_SCALED)
    )


def illustrated(written: WrittenModel, appraisal: Appraisal | None = None) -> tuple[RangeOfInput, ...]:
    """A tenth either way of the inputs that move some option's net present budget impact, at most 40, most first."""
    del appraisal  # the model alone says what moves, so that a worker finds the same
    model, bounds = written.model, InputBounds(written.model)
    tried = [line for line in model if may_be_scaled(line) and not bounds.of(line).whole]
    measures = [
        written.measures[option.option.id][_MEASURE].address
        for option in written.options
        if not option.is_business_as_usual
    ]
    if not tried or not measures:
        return ()
    moved = _moves(model, tried, measures)
    order = sorted((place for place in moved if moved[place] >= _SMALLEST), key=lambda place: -moved[place])
    stated = [
        (InputRange(input=line.address, stated_as="factor", low=1 - TENTH, high=1 + TENTH), line)
        for line in (tried[place] for place in order[:MOST])
    ]
    return tuple(range_of(each, line, bounds) for each, line in stated)


def _moves(model: Model, tried: list[Line], measures: list[str]) -> dict[int, float]:
    """By place, the most that a tenth less of an input moves any of the measures, £."""
    changes = [{line.address: line.value()[:, 0] * (1 - TENTH)} for line in tried]
    before = evaluate(model, keep=measures)
    found = work_out(model, changes, measures)
    moved: dict[int, float] = {}
    for place in range(len(tried)):
        for address in measures:
            was, now = before.figure(address), found.figure(address, place)
            if was is not None and now is not None:
                moved[place] = max(moved.get(place, 0.0), abs(now - was))
    return moved
