"""What a case asks to have solved backwards: whether it can be, and the answers."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.appraisal.solved import NotSolvableError, Solved, input_to_solve, measure_of, solve_for_options
from finmodel.case import Case
from finmodel.lines.evaluate import Results
from finmodel.lines.model import Model
from finmodel.lines.nearest import where_instead
from finmodel.parsing.faults import Fault


def compared_options(case: Case) -> list[str]:
    """The options that are a change from another: every one but the status quo, or all where there is none."""
    return [option.id for option in case.options if option.id != case.status_quo] or [
        option.id for option in case.options[:1]
    ]


def unsolvable(case: Case, model: Model) -> Iterator[Fault]:
    """A problem for each input, and for the measure, for which no figure can be looked for."""
    asked = case.break_even
    if asked is None:
        return
    for place, address in enumerate(asked.of):
        at = ("break_even", "of") if len(asked.of) == 1 else ("break_even", "of", place)
        if address not in model:
            remedy = where_instead(address, (line.address for line in model if line.is_input))
            yield Fault(at, "No line of this case has that address", remedy)
            continue
        try:
            input_to_solve(model, address)
        except NotSolvableError as error:
            yield Fault(at, error.what, error.remedy)
    try:
        measure_of(model, compared_options(case)[0], asked.measure)
    except NotSolvableError as error:
        yield Fault(("break_even", "measure"), error.what, error.remedy)


def solve_stated(case: Case, results: Results) -> tuple[Solved, ...]:
    """What the case asks, answered for each option for which it makes a difference."""
    asked = case.break_even
    if asked is None:
        return ()
    options = compared_options(case)
    return tuple(found for address in asked.of for found in solve_for_options(results, options, address, asked.measure))
