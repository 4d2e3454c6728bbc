"""What an assumption moves: the net present budget impact of each option if the input were a tenth less.

One run of the model for all of them, a draw each, through the same rules as single figures.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.evaluate import evaluate
from finmodel.lines.expression import Array, LineError
from finmodel.lines.line import Line

MEASURE = "net_present_budget_impact"
_A_TENTH_LESS = 0.9
_SCALED = ("£", "share", "rate", "children", "FTE", "hours", "factor")  # how the units begin that can be a tenth less


def moved_by_a_tenth_less(appraisal: Appraisal, inputs: Sequence[Sequence[Line]]) -> list[dict[str, float] | None]:
    """For each group of inputs that stand for one assumption, by how much each option's figure moves, £, by its title.

    None for a group that a tenth less makes no sense of, such as a month or a number of people; an option that does not
    move is left out. None for all where the model refuses a value.
    """
    measures = {
        option.option.title: appraisal.written.measures[option.option.id][MEASURE]
        for option in appraisal.written.options
        if not option.is_business_as_usual
    }
    tried = [number for number, lines in enumerate(inputs) if all(line.unit.startswith(_SCALED) for line in lines)]
    replaced: dict[str, Array] = {}
    for draw, number in enumerate(tried):
        for line in {line.stated_in or line for line in inputs[number]}:
            values = replaced.setdefault(line.address, np.repeat(line.value(), len(tried), axis=1))
            values[:, draw] *= _A_TENTH_LESS
    found: list[dict[str, float] | None] = [None] * len(inputs)
    if not tried or not measures:
        return found
    try:
        results = evaluate(appraisal.written.model, replaced, keep=[line.address for line in measures.values()])
    except LineError:
        return found
    before = {title: appraisal.results.figure(line) for title, line in measures.items()}
    for draw, number in enumerate(tried):
        moved: dict[str, float] = {}
        for title, line in measures.items():
            after = results.figure(line, 0, draw if results[line].shape[1] > 1 else 0)
            was = before[title]
            if after is not None and was is not None and abs(after - was) >= _SMALLEST:
                moved[title] = after - was
        found[number] = moved
    return found


_SMALLEST = 0.5  # £: what rounds to nothing is no move
