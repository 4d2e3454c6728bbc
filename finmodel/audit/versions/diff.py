"""Two versions of a case compared: what was changed, what moved, and which change moved it how far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from finmodel.appraisal.appraise import Appraisal, appraise, write_model
from finmodel.appraisal.worked_problems import check_figures
from finmodel.audit.versions.attribution import Changes, Shares, Worth, averaged, chain, closed, moves
from finmodel.audit.versions.editing import Edit
from finmodel.audit.versions.moves import (
    HALF_A_PENNY,
    FileMove,
    Move,
    file_moves,
    input_moves,
    is_near,
    measure_moves,
    yearly_moves,
)
from finmodel.audit.versions.staging import Stages, State, ValueStep, stages
from finmodel.audit.workbooks.as_case import load_case_or_workbook
from finmodel.case import LoadedCase, Problem, ProblemsError
from finmodel.lines.evaluate import evaluate
from finmodel.lines.mixed_versions import inputs_behind, mixed
from finmodel.lines.periods import MONTHS_IN_A_YEAR, FinancialYear

BUDGET_IMPACT, PAYBACK = "net_present_budget_impact", "payback_month_number"
ATTRIBUTED = (BUDGET_IMPACT, PAYBACK)


@dataclass(frozen=True, slots=True)
class Part:
    """What one step moved a figure by.

    edits: what was changed. structure: whether the model itself was. after: the figure once this step and all before
    it are made, None for no number. in_order: the move from the step before. averaged: over every order of the value
    steps; None where either end of the move, or for averages any figure on the way, has no number. error: the standard
    error, where orders were sampled. inputs: those of the model that it moves, where it moves values only.
    """

    edits: tuple[Edit, ...]
    structure: bool
    after: float | None
    in_order: float | None
    averaged: float | None
    error: float | None
    inputs: tuple[str, ...]

    @property
    def name(self) -> str:
        """The places in the case file."""
        return " + ".join(edit.path for edit in self.edits)


@dataclass(frozen=True, slots=True)
class Attribution:
    """The move of one figure of one option, shared among the changes; parts that make no difference are left out.

    The parts add up to the move, in both ways of counting. orders, exact: of the averages; reason: why there are none.
    """

    figure: str
    old: float | None
    new: float | None
    parts: tuple[Part, ...]
    orders: int
    exact: bool
    reason: str

    @property
    def interact(self) -> bool:
        """Whether it makes a difference in which order the changes are made."""
        return any(
            part.averaged is not None
            and part.in_order is not None
            and abs(part.averaged - part.in_order) > HALF_A_PENNY
            for part in self.parts
        )


@dataclass(frozen=True, slots=True)
class OptionMove:
    """An option in two versions. which: `both`, or the only version that has it, `old` or `new`."""

    id: str
    title: str
    which: str
    measures: tuple[Move, ...]
    years: tuple[Move, ...]
    attributions: tuple[Attribution, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What lies between two versions of a case."""

    old: Appraisal
    new: Appraisal
    files: tuple[FileMove, ...]
    stages: Stages
    inputs: tuple[Move, ...]
    options: tuple[OptionMove, ...]

    @property
    def moved(self) -> bool:
        """Whether any measure or yearly line of any option differs."""
        return any(move.kind != "same" for option in self.options for move in (*option.measures, *option.years))

    @property
    def edits(self) -> tuple[tuple[Edit, str], ...]:
        """Every change of the case file and what it is: `structure`, `value` or `words`."""
        found = [(edit, "structure") for step in self.stages.structure for edit in step.edits]
        found += [(edit, "value") for step in self.stages.values for edit in step.edits]
        return (*found, *((edit, "words") for edit in self.stages.words))


def diff(old: str | Path, new: str | Path, say: Callable[[str], None] = lambda _: None) -> Difference:
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
            check_figures(loaded, write_model(loaded.case).model)
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


def compare(old: LoadedCase, new: LoadedCase, say: Callable[[str], None] = lambda _: None) -> Difference:
    """Two versions of a case compared."""
    say("Working out both versions")
    before, after = appraise(old), appraise(new)
    say("Trying each change")
    way = stages(old.data, new.data)
    say("Sharing the moves among the changes")
    ids = [option.id for option in after.case.options]
    ids += [option.id for option in before.case.options if option.id not in ids]
    return Difference(
        old=before,
        new=after,
        files=file_moves(old.files, new.files),
        stages=way,
        inputs=input_moves(before, after),
        options=tuple(_option(before, after, way, option) for option in ids),
    )


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
    states = [start, *(_figure(step.after, origin, figure, address) for step in way.structure)]
    steps = _touching(way, address)
    later = partial(_since, origin, way.base.written.case.first_year, figure)
    worth = _worth(way.base, steps, address, later)
    on_the_way = worth(chain(len(steps)))
    values = [states[-1], *on_the_way[1:]]
    shares = averaged(len(steps), worth) if steps else Shares((), 1, True)
    made = [*zip(way.structure, states[1:], moves(states), strict=True)]
    parts = [Part(step.edits, True, after, by, by, None, ()) for step, after, by in made]
    for number, (step, after, by) in enumerate(zip(steps, values[1:], moves(values), strict=True)):
        share = None if shares.parts is None else shares.parts[number]
        error = shares.errors[number] if shares.errors else None
        parts.append(Part(step.edits, False, after, by, share, error, tuple(step.moved)))
    parts += _unexplained(parts[-1].after if parts else start, end)
    return Attribution(figure, start, end, _told(parts, start, end), shares.orders, shares.exact, shares.reason)


def _since(origin: FinancialYear, first_year: FinancialYear, figure: str, value: float | None) -> float | None:
    """Months counted from the first month of the old version, whichever year a version begins with."""
    if value is None or figure != PAYBACK:
        return value
    return value + (first_year - origin) * MONTHS_IN_A_YEAR


def _figure(state: State, origin: FinancialYear, figure: str, address: str) -> float | None:
    found = evaluate(state.written.model, keep=[address]).figure(address)
    return _since(origin, state.written.case.first_year, figure, found)


def _touching(way: Stages, address: str) -> list[ValueStep]:
    """The value steps that move an input behind a figure; the others cannot move it."""
    behind = inputs_behind(way.base.written.model, [address])
    return [step for step in way.values if behind & set(step.moved)]


def _worth(
    state: State, steps: Sequence[ValueStep], address: str, later: Callable[[float | None], float | None]
) -> Worth:
    known: dict[Changes, float | None] = {}

    def worth(chosen: Sequence[Changes]) -> list[float | None]:
        asked = [each for each in dict.fromkeys(chosen) if each not in known]
        if asked:
            found = mixed(state.written.model, [step.moved for step in steps], asked, [address])
            known.update(zip(asked, (later(each[address]) for each in found), strict=True))
        return [known[each] for each in chosen]

    return worth


def _unexplained(last: float | None, end: float | None) -> list[Part]:
    """What is left when every step is made, beyond rounding: named as such, and never put into another part."""
    if is_near(last, end):
        return []
    by = None if last is None or end is None else end - last
    return [Part((), True, end, by, by, None, ())]


def _told(parts: Sequence[Part], start: float | None, end: float | None) -> tuple[Part, ...]:
    """The parts that moved something, adding up to the whole move in both ways of counting."""
    before, told = start, []
    for part in parts:
        if part.after != before or part.averaged:
            told.append(part)
        before = part.after
    if start is None or end is None:
        return tuple(told)
    orders = [part.in_order for part in told if part.in_order is not None]
    shares = [part.averaged for part in told if part.averaged is not None]
    if len(orders) == len(told):
        orders = list(closed(orders, end - start))
        told = [replace(part, in_order=by) for part, by in zip(told, orders, strict=True)]
    if len(shares) == len(told):
        shares = list(closed(shares, end - start))
        told = [replace(part, averaged=by) for part, by in zip(told, shares, strict=True)]
    return tuple(told)
