"""Break-even of an input that a user names, as text for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.find_figure import problem
from finmodel.appraisal.solved import NotSolvableError, Solved, measure_of, solve_for_options
from finmodel.appraisal.stated_break_even import compared_options
from finmodel.case.schema_budget import NET_POSITION
from finmodel.lines.display import in_unit, inside
from finmodel.parsing.problems import ProblemsError
from finmodel.report.break_even_words import HOW, settled
from finmodel.report.named_figure import named_figure
from finmodel.results.break_even import solved_words
from finmodel.results.wording import sentence


def break_even_answer(
    appraisal: Appraisal, address: str, measure: str | None = None, option: str | None = None
) -> tuple[Solved, ...]:
    """Where each option breaks even; ProblemsError where the input or the measure cannot be solved for.

    measure: by its name; the net position over the years shown where none is named.
    """
    line = named_figure(appraisal, address, option).line
    options = compared_options(appraisal.case) if option is None else [option]
    if not options:
        remedy = "Break-even is of options: add one, or see what `finmodel report` says."
        raise ProblemsError([problem(line.address, "The case has no option", remedy)])
    name = NET_POSITION if measure is None else measure
    try:
        measure_of(appraisal.results.model, options[0], name)
    except NotSolvableError as error:
        raise ProblemsError([problem(name, error.what, error.remedy)]) from None
    try:
        found = tuple(solve_for_options(appraisal.results, options, line.address, name))
    except NotSolvableError as error:
        raise ProblemsError([problem(line.address, error.what, error.remedy)]) from None
    if not found:
        remedy = f"`finmodel explain CASE {line.address} --uses` shows what is made from it."
        raise ProblemsError([problem(line.address, "It makes no difference to any option", remedy)])
    return found


def solved_text(appraisal: Appraisal, found: Sequence[Solved]) -> str:
    """The answers, an option below the other, and how they were found."""
    titles = {option.id: option.title for option in appraisal.case.options}
    rows = [f"{found[0].label} ({found[0].address})", ""]
    for each in found:
        rows.append(f"{titles[each.option]}: {inside(sentence(solved_words(each)))}")
        if each.reached is not None:
            rows.append(f"  {each.measure_label} with it put in: {in_unit(settled(each.reached), each.measure_unit)}")
        rows.append("")
    return "\n".join([*rows, HOW.replace("; the last column is the measure with the figure put in", "")])
