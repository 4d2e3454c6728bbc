"""Two versions of a case compared: what was changed, what moved, and which change moved it how far."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from finmodel.appraisal.appraise import Appraisal, appraise, write_model
from finmodel.appraisal.measures import NEVER_EXPOSED
from finmodel.appraisal.worked_problems import check_figures
from finmodel.audit.versions.attribution import closed, moves
from finmodel.audit.versions.difference import (
    ATTRIBUTED,
    PAYBACK,
    Attribution,
    Change,
    Contribution,
    OptionMove,
    Version,
    VersionDifference,
)
from finmodel.audit.versions.edit_steps import Stages, State, ValueStep, stages
from finmodel.audit.versions.moves import (
    caseload_moves,
    demand_moves,
    file_moves,
    input_moves,
    is_near,
    measure_moves,
    yearly_moves,
)
from finmodel.audit.workbooks.as_case import load_case_or_workbook
from finmodel.case import LoadedCase, Problem, ProblemsError
from finmodel.lines.display import pounds
from finmodel.lines.evaluate import evaluate
from finmodel.lines.mixed_versions import mixed
from finmodel.lines.model import inputs_behind
from finmodel.lines.periods import MONTHS_IN_A_YEAR, FinancialYear, Month


def diff(old: str | Path, new: str | Path, say: Callable[[str], None] = lambda _: None) -> VersionDifference:
    """Two versions of a case, in their folders or workbooks, compared; ProblemsError where one of them has problems."""
    say("Reading both versions")
    before, after = _loaded(Path(old), Path(new))
    return compare(before, after, say)


def _loaded(*paths: Path) -> list[LoadedCase]:
    """The cases in these folders or workbooks; every problem of all of them at once, each with its folder."""
    cases: list[LoadedCase] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            loaded = load_case_or_workbook(path)
            written = write_model(loaded.case, loaded.places)
            check_figures(loaded, written.model, written.ranges)
            cases.append(loaded)
        except ProblemsError as error:
            folder = path if path.is_dir() else path.parent
            problems += [
                problem if problem.file == str(path) else replace(problem, file=str(folder / problem.file))
                for problem in error.problems
            ]
    if problems:
        raise ProblemsError(problems)
    return cases


def compare(old: LoadedCase, new: LoadedCase, say: Callable[[str], None] = lambda _: None) -> VersionDifference:
    """Two versions of a case compared."""
    say("Working out both versions")
    before, after = appraise(old), appraise(new)
    say("Trying each change")
    way = stages(old.data, new.data)
    say("Sharing the moves among the changes")
    ids = [option.id for option in after.case.options]
    ids += [option.id for option in before.case.options if option.id not in ids]
    return VersionDifference(
        old=_version(before),
        new=_version(after),
        files=file_moves(old.files, new.files),
        changes=tuple(_changes(way)),
        inputs=input_moves(before, after),
        options=tuple(_option(before, after, way, option) for option in ids),
        demand=demand_moves(before, after),
        caseload=caseload_moves(before, after),
    )


def _version(appraisal: Appraisal) -> Version:
    return Version(
        folder=appraisal.loaded.folder.resolve().name,
        title=appraisal.case.title,
        council=appraisal.case.council_name,
        years=tuple(map(str, appraisal.case.horizon.years)),
        present_value_basis=appraisal.written.present_value_basis,
        checks_hold=appraisal.checks_hold,
    )


def _changes(way: Stages) -> Iterator[Change]:
    """Every change of the case file and what it is."""
    for step in way.structure:
        yield from (Change(edit, "structure") for edit in step.edits)
    for value in way.values:
        yield from (Change(edit, "value", tuple(sorted(value.moved))) for edit in value.edits)
    yield from (Change(edit, "words") for edit in way.words)


def _option(old: Appraisal, new: Appraisal, way: Stages, option: str) -> OptionMove:
    titles = {each.option.id: each.option.title for each in (*old.written.options, *new.written.options)}
    which = "both"
    if option not in old.written.measures:
        which = "new"
    elif option not in new.written.measures:
        which = "old"
    shared = () if which != "both" else tuple(_attribution(old, new, way, option, figure) for figure in ATTRIBUTED)
    return OptionMove(
        id=option,
        title=titles[option],
        which=which,
        measures=measure_moves(old, new, option),
        years=yearly_moves(old, new, option),
        attributions=shared,
    )


def _attribution(old: Appraisal, new: Appraisal, way: Stages, option: str, figure: str) -> Attribution:
    address = f"options.{option}.measures.{figure}"
    origin = old.case.first_year
    start, end = (_since(origin, each.case.first_year, figure, each.results.figure(address)) for each in (old, new))
    words = partial(_state, origin, figure)
    states = [start, *(_figure(step.after, origin, figure, address) for step in way.structure)]
    parts = [
        Contribution(step.edits, True, after, words(after), by, ())
        for step, after, by in zip(way.structure, states[1:], moves(states), strict=True)
    ]
    steps = _touching(way, address)
    later = partial(_since, origin, way.base.written.case.first_year, figure)
    values = [states[-1], *map(later, _one_after_the_other(way.base, steps, address))]
    parts += [
        Contribution(step.edits, False, after, words(after), by, tuple(step.moved))
        for step, after, by in zip(steps, values[1:], moves(values), strict=True)
    ]
    parts += _unexplained(parts[-1].after if parts else start, end, words(end))
    return Attribution(figure, start, words(start), end, words(end), _that_move(parts, start, end))


def _since(origin: FinancialYear, first_year: FinancialYear, figure: str, value: float | None) -> float | None:
    """Months counted from the first month of the old version, whichever year a version begins with."""
    if value is None or figure != PAYBACK:
        return value
    return value + (first_year - origin) * MONTHS_IN_A_YEAR


def _state(origin: FinancialYear, figure: str, value: float | None) -> str:
    """A figure on the way, as readers see it; a payback by its month."""
    if figure != PAYBACK:
        return "no figure" if value is None else pounds(value)
    if value is None:
        return "not paid back"
    if value == 1:  # the first month is reached without a deficit before it
        return NEVER_EXPOSED
    month: Month = origin.first_month + (int(value) - 1)
    return month.words


def _figure(state: State, origin: FinancialYear, figure: str, address: str) -> float | None:
    found = evaluate(state.written.model, keep=[address]).figure(address)
    return _since(origin, state.written.case.first_year, figure, found)


def _touching(way: Stages, address: str) -> list[ValueStep]:
    """The value steps that move an input behind a figure; the others cannot move it."""
    behind = {line.address for line in inputs_behind([way.base.written.model[address]])}
    return [step for step in way.values if behind & set(step.moved)]


def _one_after_the_other(state: State, steps: Sequence[ValueStep], address: str) -> list[float | None]:
    """The figure after each step, those before it made too."""
    made = [frozenset(range(number + 1)) for number in range(len(steps))]
    found = mixed(state.written.model, [step.moved for step in steps], made, [address])
    return [each[address] for each in found]


def _unexplained(last: float | None, end: float | None, words: str) -> list[Contribution]:
    """What is left when every step is made, beyond rounding: named as such, and never put into another part."""
    if is_near(last, end):
        return []
    by = None if last is None or end is None else end - last
    return [Contribution((), True, end, words, by, ())]


def _that_move(parts: Sequence[Contribution], start: float | None, end: float | None) -> tuple[Contribution, ...]:
    """The parts that moved something; they add up to the whole move."""
    before, found = start, []
    for part in parts:
        if part.after != before:
            found.append(part)
        before = part.after
    shares = [part.by for part in found if part.by is not None]
    if start is None or end is None or len(shares) < len(found):
        return tuple(found)
    return tuple(replace(part, by=by) for part, by in zip(found, closed(shares, end - start), strict=True))
