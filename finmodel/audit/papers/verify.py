"""Verifying a paper: every working judged, every finding made, for a paper's file or a case's `stated:` block."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from msgspec import Struct

from finmodel import __version__
from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.appraisal.stated import period_of
from finmodel.audit.papers.findings import findings_of
from finmodel.audit.papers.implied import implied_of
from finmodel.audit.papers.judging import Judgement, cannot, judge, judge_value, reading, with_numbers
from finmodel.audit.papers.verification import (
    CheckedWorking,
    Inconsistency,
    InconsistencyKind,
    Level,
    PaperDetails,
    PrintedFigure,
    Verification,
)
from finmodel.audit.papers.wording import EXTRA_DIGITS, as_range, decimals_of
from finmodel.audit.workbooks.as_case import is_workbook, load_case_or_workbook
from finmodel.case import Case, Problem, ProblemsError
from finmodel.case.load import CASE_FILE
from finmodel.lines.display import in_unit
from finmodel.parsing.places import Address, Places
from finmodel.quoting.paper_file import PAPER_FILE, LoadedPaper, load_paper
from finmodel.quoting.quoted import PaperHeading, QuotedFigure, QuotedWorking, StatedFigures
from finmodel.quoting.units import is_money
from finmodel.quoting.working import names_in

STATED: Address = ("stated",)


def verify(path: str | Path) -> Verification:
    """Verify a paper's file or folder, or a case's `stated:` block; ProblemsError with every problem of the inputs."""
    folder = Path(path)
    if is_workbook(folder) or _is_case(folder):
        loaded = load_case_or_workbook(folder)
        if not loaded.case.stated.figures:
            what, remedy = "The case quotes no printed figures", "Add them under `stated:`, as docs/verify.md explains."
            raise ProblemsError([Problem(CASE_FILE, None, "stated", what, remedy)])
        return verify_case(appraise(loaded))
    return verify_paper(load_paper(folder))


def verify_paper(loaded: LoadedPaper) -> Verification:
    """Verify a paper that was loaded."""
    source = _Source(loaded.paper, loaded.places, (), {})
    return source.verification(_heading(loaded.paper.paper), "paper", loaded.file, loaded.files)


def verify_case(appraisal: Appraisal) -> Verification:
    """Verify what a case quotes, also against the figures of its model."""
    case = appraisal.case
    source = _Source(case.stated, appraisal.loaded.places, STATED, _model_figures(appraisal))
    return source.verification(_of_case(case), "case", appraisal.loaded.places.file, appraisal.loaded.files)


def _is_case(path: Path) -> bool:
    """Whether a path names a case: a folder with a case.yaml and no paper.yaml, or such a file itself."""
    try:
        if path.is_dir():
            return (path / CASE_FILE).is_file() and not (path / PAPER_FILE).is_file()
    except (OSError, ValueError):
        return False
    return path.name == CASE_FILE


def _heading(heading: PaperHeading) -> PaperDetails:
    return PaperDetails(
        heading.authority, heading.title, heading.date.isoformat(), heading.reference, heading.link, heading.note
    )


def _of_case(case: Case) -> PaperDetails:
    """The case's paper: the source of that name, or else the case itself."""
    source = case.sources.get("paper")
    if source is None:
        date = case.meeting.date.isoformat() if case.meeting else ""
        return PaperDetails(case.council_name, case.title, date)
    date = source.date.isoformat() if source.date else ""
    return PaperDetails(source.publisher or case.council_name, source.title, date, source.reference, source.link)


class _ModelFigure(Struct, frozen=True):
    """A figure of the model that a printed one is tied to."""

    value: float | None
    text: str
    reason: str
    unit: str


def _model_figures(appraisal: Appraisal) -> dict[str, _ModelFigure]:
    """By the name of the printed figure."""
    found = {}
    for name, figure in appraisal.case.stated.figures.items():
        if figure.address is None:
            continue
        line = appraisal.written.model[figure.address]
        period = period_of(figure, line, appraisal.case)
        value = appraisal.results.figure(line, period)
        when = f" ({figure.year or figure.month})" if figure.year or figure.month else ""
        text = "" if value is None else f"{in_unit(value, line.unit)}{when}"
        found[name] = _ModelFigure(value, text, appraisal.results.reason(line, period), line.unit)
    return found


class _Source(Struct, frozen=True):
    """Quoted figures, where they are written, and the model's figures beside them."""

    stated: StatedFigures
    places: Places
    at: Address
    model: Mapping[str, _ModelFigure]

    def verification(
        self, paper: PaperDetails, kind: str, file: str, files: tuple[tuple[str, str], ...]
    ) -> Verification:
        checks = self.checks()
        implied = tuple(
            implied_of(one, self.stated.figures, self.line("implied", place))
            for place, one in enumerate(self.stated.implied)
        )
        return Verification(
            paper,
            kind,
            file,
            files,
            __version__,
            self.figures(checks),
            checks,
            implied,
            findings_of(self.stated, checks, implied, self.units_of_the_model()),
        )

    def units_of_the_model(self) -> tuple[Inconsistency, ...]:
        """Printed figures tied to a figure of the model in another unit: pounds to children, say."""
        return tuple(
            Inconsistency(
                InconsistencyKind.UNITS,
                Level.ERROR,
                f"{figure.label}: the unit printed is `{figure.unit}`, and the model's is `{model.unit}`.",
                (name,),
                figure.where,
            )
            for name, model in self.model.items()
            for figure in [self.stated.figures[name]]
            if is_money(figure.unit) != is_money(model.unit)
        )

    def line(self, *address: str | int) -> int | None:
        place = self.places.find((*self.at, *address))
        return place.line if place else None

    def checks(self) -> tuple[CheckedWorking, ...]:
        """The workings in the order of the file, then the figures tied to the model in theirs."""
        found = [
            self.check(place + 1, working, self.line("workings", place))
            for place, working in enumerate(self.stated.workings)
        ]
        for name in self.model:
            found.append(self.against_the_model(len(found) + 1, name))
        return tuple(found)

    def check(self, number: int, working: QuotedWorking, line: int | None) -> CheckedWorking:
        figures = self.stated.figures
        figure = figures[working.figure]
        if working.equals is None:
            bare = _Written(why=working.why, line=line)
            return _check(number, working.figure, figure, cannot(working.cannot or ""), bare)
        tree = working.equals.tree
        inputs = tuple(dict.fromkeys(names_in(tree)))
        written = _Written(working.equals.text, with_numbers(tree, figures), inputs, working.why, line)
        return _check(number, working.figure, figure, judge(tree, figure, figures), written)

    def against_the_model(self, number: int, name: str) -> CheckedWorking:
        figure, found = self.stated.figures[name], self.model[name]
        if found.value is None:
            judgement = cannot(f"The model has no figure there: {found.reason}")
        else:
            judgement = judge_value(_as_shown(found.value), figure)
        line = self.line("figures", name, "address")
        written = _Written(f"the model's figure at {figure.address}", found.text, line=line, of_the_model=True)
        return _check(number, name, figure, judgement, written)

    def figures(self, checks: tuple[CheckedWorking, ...]) -> tuple[PrintedFigure, ...]:
        used: dict[str, list[int]] = defaultdict(list)
        for check in checks:
            for name in dict.fromkeys((check.figure, *check.inputs)):
                used[name].append(check.number)
        return tuple(self.figure(name, figure, tuple(used[name])) for name, figure in self.stated.figures.items())

    def figure(self, name: str, figure: QuotedFigure, checks: tuple[int, ...]) -> PrintedFigure:
        read = reading(figure)
        decimals = decimals_of(read.number.place, figure.unit) + EXTRA_DIGITS
        model = self.model.get(name)
        return PrintedFigure(
            name,
            figure.label,
            figure.printed.text,
            figure.unit,
            figure.where,
            figure.as_at,
            figure.of,
            figure.note,
            as_range(read.known, read.value, figure.unit, decimals),
            read.in_words,
            checks,
            figure.address or "",
            model.text if model else "",
            as_range(read.as_result, read.value, figure.unit, decimals),
            float(read.place),
        )


def _as_shown(value: float) -> Fraction:
    """A float as the 15 digits that a spreadsheet shows, so that 0.1 + 0.2 is 0.3."""
    return Fraction(f"{value:.15g}")


class _Written(Struct, frozen=True):
    """A working as it stands in the file."""

    working: str = ""
    numbers: str = ""
    inputs: tuple[str, ...] = ()
    why: str = ""
    line: int | None = None
    of_the_model: bool = False


def _check(number: int, name: str, figure: QuotedFigure, judgement: Judgement, written: _Written) -> CheckedWorking:
    return CheckedWorking(
        number=number,
        figure=name,
        label=figure.label,
        printed=figure.printed.text,
        unit=figure.unit,
        where=figure.where,
        verdict=judgement.verdict,
        how=judgement.how,
        working=written.working,
        with_numbers=written.numbers,
        inputs=written.inputs,
        why=written.why,
        recomputed=judgement.recomputed,
        difference=judgement.difference,
        difference_text=judgement.difference_text,
        sentence=judgement.sentence,
        missing=judgement.missing,
        nearest=judgement.nearest,
        too_wide=judgement.too_wide,
        rounded_to=judgement.rounded_to,
        line=written.line,
        of_the_model=written.of_the_model,
    )
