"""The page of a verification: the answer, what does not follow, every check, every figure. One file, layout only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from finmodel.audit.papers.sentences import (
    READING,
    VERDICTS,
    answer_sentences,
    count_sentence,
    headline,
    in_words,
    phrase,
    working_in_words,
)
from finmodel.audit.papers.verification import (
    CheckedWorking,
    How,
    Implied,
    Inconsistency,
    InconsistencyKind,
    PrintedFigure,
    Range,
    Verification,
    WorkingVerdict,
)
from finmodel.document.table import Cell, Row, Table
from finmodel.document.templating import environment
from finmodel.report.frame import ContentsEntry, Frame
from finmodel.results.wording import capital, day_words, sentence

_TEMPLATE = "verification.html.j2"
_BAR, _GAP, _LEAST = 760.0, 3.0, 12.0
_NONE = "\N{EN DASH}"
_LOOKS = {
    WorkingVerdict.AGREES: "agrees",
    WorkingVerdict.TRUNCATED: "truncated",
    WorkingVerdict.DOES_NOT_FOLLOW: "fails",
    WorkingVerdict.CANNOT_BE_CHECKED: "unchecked",
}
_GROUPS = (
    (
        WorkingVerdict.DOES_NOT_FOLLOW,
        "not-following",
        "What does not follow",
        "These printed figures cannot come from the other printed figures, however those were rounded.",
    ),
    (
        WorkingVerdict.TRUNCATED,
        "truncated",
        "Rounded the wrong way",
        "These printed figures are right to less than one in their last digit, but were cut off, or rounded up, where "
        "they should have been rounded.",
    ),
)


@dataclass(frozen=True, slots=True)
class Told:
    """A thing told of a check: its name, its text; whether that is as written in the file, whether it is stressed."""

    name: str
    text: str
    code: bool = False
    stress: bool = False


@dataclass(frozen=True, slots=True)
class Trouble:
    """A check that is told at length."""

    id: str
    label: str
    printed: str
    where: str
    verdict: str
    look: str
    sentence: str
    told: tuple[Told, ...]
    nearest: Table | None
    no_nearest: str


@dataclass(frozen=True, slots=True)
class VerdictGroup:
    """The checks of one verdict, told at length."""

    id: str
    title: str
    text: str
    troubles: tuple[Trouble, ...]


@dataclass(frozen=True, slots=True)
class BarPart:
    """The checks of one verdict in the bar, with the words that stand below it."""

    x: float
    width: float
    look: str
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar of verdicts."""

    width: float
    parts: tuple[BarPart, ...]


@dataclass(frozen=True, slots=True)
class VerificationAnswer:
    """The answer: a few words, then sentences. count: the sentence of the counts alone.

    which: the figures that do not follow, with links to where they are told at length.
    """

    title: str
    sentences: tuple[str, ...]
    count: str
    alarm: bool
    which: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class VerificationView:
    """Everything that the page of a verification prints, as text."""

    answer: VerificationAnswer
    bar: Bar | None
    troubles: tuple[VerdictGroup, ...]
    findings: tuple[Table, ...]
    checks: Table
    implied: tuple[Table, ...]
    figures: Table
    reading: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]
    note: str
    link: str
    version: str


def render_page(found: Verification) -> str:
    """The page as HTML; the same verification gives the same text."""
    return environment().get_template(_TEMPLATE).render(page=page_view(found), frame=page_frame(found))


def page_frame(found: Verification) -> Frame:
    """What stands above and below: whose paper it is, what this is, and what is in it."""
    paper, view = found.paper, page_view(found)
    facts = (
        ("Paper of", _day(paper.date)),
        ("Where", paper.reference),
        ("Figures quoted", f"{len(found.figures):,}"),
        ("Workings checked", f"{len(found.checks):,}"),
        ("File", found.file),
    )
    inside = "stated in this case follow from one another and from the model"
    if found.source == "paper":
        inside = "printed in this paper follow from one another"
    sections = [
        ContentsEntry("answer", "The answer"),
        *(ContentsEntry(group.id, group.title) for group in view.troubles),
        *([ContentsEntry("findings", "Other findings")] if view.findings else []),
        ContentsEntry("checks", "Every check"),
        ContentsEntry("figures", "Every figure"),
        ContentsEntry("reading", "How to read it"),
        ContentsEntry("provenance", "Where it comes from"),
    ]
    return Frame(
        council=paper.authority or "A council's paper",
        title=f"Verification: {paper.title or found.file}",
        summary=f"Whether the figures {inside}, allowing for rounding.",
        facts=tuple((name, text) for name, text in facts if text),
        contents=tuple(sections),
        version=found.version,
    )


def page_view(found: Verification) -> VerificationView:
    """What the page prints."""
    labels = {figure.name: figure.label or figure.name for figure in found.figures}
    link = found.paper.link
    return VerificationView(
        answer=VerificationAnswer(
            headline(found), answer_sentences(found), count_sentence(found), not found.follows, _which(found)
        ),
        bar=_bar(found),
        troubles=tuple(_groups(found, labels)),
        findings=tuple(_finding_tables(found)),
        checks=_checks_table(found),
        implied=tuple(_implied_table(number, each, labels) for number, each in enumerate(found.implied, start=1)),
        figures=_figures_table(found),
        reading=(*((capital(verdict.value), text) for verdict, text in VERDICTS.items()), *READING),
        files=found.files,
        note=found.paper.note,
        link=link if link.startswith(("https://", "http://")) else "",
        version=found.version,
    )


def _which(found: Verification) -> tuple[tuple[str, str], ...]:
    """The figures that do not follow, each in a line with its link."""
    lines = []
    for check in found.checks:
        if check.verdict is WorkingVerdict.DOES_NOT_FOLLOW:
            found_now = check.recomputed.value_text or check.recomputed.text if check.recomputed else "nothing"
            text = f"{check.label or check.figure}: {check.printed} printed, {found_now} worked out"
            lines.append((f"#check-{check.number}", text + _bracketed(check.where)))
    return tuple(lines)


def _day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        return text
    return day_words(text)


def _bar(found: Verification) -> Bar | None:
    """The bar, every verdict that some check has as wide as its share of the checks, but never too narrow to see."""
    present = [(verdict, found.count(verdict)) for verdict in _LOOKS if found.count(verdict)]
    if not present:
        return None
    wanted = [max(_LEAST, _BAR * many / len(found.checks)) for _, many in present]
    scale = (_BAR - _GAP * (len(present) - 1)) / sum(wanted)
    parts, x = [], 0.0
    for (verdict, many), width in zip(present, wanted, strict=True):
        text = capital(phrase(verdict, many))
        parts.append(BarPart(round(x, 1), round(width * scale, 1), f"v-{_LOOKS[verdict]}", text, VERDICTS[verdict]))
        x += width * scale + _GAP
    return Bar(_BAR, tuple(parts))


def _groups(found: Verification, labels: dict[str, str]) -> list[VerdictGroup]:
    groups = []
    for verdict, name, title, text in _GROUPS:
        checks = [check for check in found.checks if check.verdict is verdict]
        if checks:
            groups.append(VerdictGroup(name, title, text, tuple(_trouble(found, check, labels) for check in checks)))
    return groups


def _trouble(found: Verification, check: CheckedWorking, labels: dict[str, str]) -> Trouble:
    fails = check.verdict is WorkingVerdict.DOES_NOT_FOLLOW
    return Trouble(
        id=f"check-{check.number}",
        label=check.label or check.figure,
        printed=check.printed,
        where=check.where,
        verdict=check.outcome,
        look=_LOOKS[check.verdict],
        sentence=sentence(check.sentence),
        told=tuple(_told(found, check, labels)),
        nearest=_nearest_table(check) if fails and check.nearest else None,
        no_nearest="No one printed figure, changed alone, would make it true." if fails and not check.nearest else "",
    )


def _told(found: Verification, check: CheckedWorking, labels: dict[str, str]) -> list[Told]:
    printed = found.figure(check.figure)
    pairs = [
        Told("Should equal", in_words(check, labels) or check.working),
        Told("With the printed figures", check.with_numbers),
        Told("Comes to", _comes_to(check.recomputed), stress=True),
        Told("Printed", f"{check.printed}, which stands for {printed.printed_so.text}"),
        Told("Difference", check.difference_text),
        Told("Why it should", check.why),
        Told("As the file says it", check.working if check.inputs else "", code=True),
        Told("Not certain", "The range may be wider than it need be: a figure comes more than once in the working.")
        if check.too_wide
        else Told("", ""),
    ]
    return [pair for pair in pairs if pair.text]


def _comes_to(found: Range | None) -> str:
    if found is None:
        return ""
    if found.value_text and found.value_text != found.text:
        return f"{found.value_text}; with rounding, {found.text}"
    return found.text


def _nearest_table(check: CheckedWorking) -> Table:
    rows = [
        Row(
            each.label or each.figure,
            (Cell(each.printed), Cell(each.needed), Cell(each.change_text or _NONE)),
            each.where,
        )
        for each in check.nearest
    ]
    return Table(
        id=f"nearest-{check.number}",
        caption="What would make it true",
        corner="One printed figure, changed alone",
        columns=(Cell("Printed"), Cell("Would have to be"), Cell("Change")),
        rows=tuple(rows),
        note="The smallest change first.",
        figures=False,
    )


def _finding_tables(found: Verification) -> list[Table]:
    """The findings that are not of one working, a table for each thing that they are about."""
    tables: list[Table] = []
    for kind in InconsistencyKind:
        findings = [finding for finding in found.findings if finding.kind is kind]
        if findings:
            tables.append(
                Table(
                    id=f"findings-{len(tables) + 1}",
                    caption=f"{capital(kind.value)}: {len(findings)}",
                    corner="Figure, and where it is printed",
                    columns=tuple(map(Cell, ("Level", "Finding", "Other figures concerned"))),
                    rows=tuple(_finding_row(found, finding) for finding in findings),
                    figures=False,
                )
            )
    return tables


def _finding_row(found: Verification, finding: Inconsistency) -> Row:
    """A finding, headed by the first figure that it concerns, with the others beside it."""
    figures = [found.figure(name) for name in finding.figures]
    title = figures[0].label or figures[0].name if figures else capital(finding.kind.value)
    note = ", ".join(text for text in (figures[0].printed, figures[0].where) if text) if figures else finding.where
    others = [f"{each.label or each.name}: {each.printed}{_bracketed(each.where)}" for each in figures[1:]]
    check = "" if finding.check is None else f"In check {finding.check}"
    cells = (Cell(capital(finding.level.value)), Cell(sentence(finding.what), check), Cell("; ".join(others) or _NONE))
    return Row(title, cells, note)


def _bracketed(text: str) -> str:
    return f" ({text})" if text else ""


def _checks_table(found: Verification) -> Table:
    told = {check.number for check in found.checks if check.verdict in {group[0] for group in _GROUPS}}
    rows = []
    for check in found.checks:
        link = f"#check-{check.number}" if check.number in told else ""
        verdict = Cell(capital(check.outcome), _why_so(found, check), link)
        cells = (
            Cell(check.printed, _unit(check.unit)),
            Cell(check.with_numbers or _NONE, check.working if check.with_numbers != check.working else ""),
            Cell(*_value_and_range(check.recomputed)),
            Cell(check.difference_text or _NONE),
            verdict,
        )
        rows.append(Row(f"{check.number}. {check.label or check.figure}", cells, check.where))
    return Table(
        id="checks-table",
        caption="Every working, in the order of the file",
        corner="Figure, and where it is printed",
        columns=tuple(map(Cell, ("Printed", "Working", "Comes to", "Difference", "Verdict"))),
        rows=tuple(rows),
        note="The working stands with the printed figures in it, and below that as the file has it.",
        figures=False,
    )


def _why_so(found: Verification, check: CheckedWorking) -> str:
    """What the columns of a check do not say yet."""
    if check.how is How.EXACTLY:
        return ""
    if check.how is How.WITHIN_ROUNDING:
        return f"{check.printed} stands for {found.figure(check.figure).printed_so.text}"
    return check.missing or check.sentence


def _unit(unit: str) -> str:
    return "" if unit == "%" else unit


def _value_and_range(found: Range | None) -> tuple[str, str]:
    if found is None:
        return _NONE, ""
    if found.value_text and found.value_text != found.text:
        return found.value_text, found.text
    return found.text, ""


def _implied_table(number: int, implied: Implied, labels: dict[str, str]) -> Table:
    rows = [
        Row(
            capital(working_in_words(way.working, labels)),
            (Cell(way.with_numbers), Cell(*_value_and_range(way.recomputed)) if way.recomputed else Cell(way.missing)),
        )
        for way in implied.ways
    ]
    return Table(
        id=f"implied-{number}",
        caption=f"Implied: {implied.label or implied.name}",
        corner="Way to work it out",
        columns=(Cell("With the printed figures"), Cell("Comes to")),
        rows=tuple(rows),
        note=" ".join(sentence(text) for text in (implied.sentence, implied.why) if text),
        figures=False,
    )


def _figures_table(found: Verification) -> Table:
    in_model = any(figure.address for figure in found.figures)
    names = ("Printed", "Where", "Read as", "Values it may have", *(("In the model",) if in_model else ()), "Used in")
    return Table(
        id="figures-table",
        caption="Every quoted figure, in the order of the file",
        corner="Figure",
        columns=tuple(map(Cell, names)),
        rows=tuple(_figure_row(figure, in_model) for figure in found.figures),
        figures=False,
    )


def _figure_row(figure: PrintedFigure, in_model: bool) -> Row:
    of = f"of {figure.of}" if figure.of else ""
    used = ", ".join(str(number) for number in figure.checks)
    model = (Cell(figure.model or _NONE, figure.address),) if in_model else ()
    cells = (
        Cell(figure.printed, ", ".join(text for text in (_unit(figure.unit), of) if text)),
        Cell(figure.where or _NONE, figure.as_at),
        Cell(figure.reading, figure.note),
        Cell(
            figure.range.text,
            "" if figure.printed_so.text == figure.range.text else f"printed for {figure.printed_so.text}",
        ),
        *model,
        Cell(f"check {used}" if len(figure.checks) == 1 else f"checks {used}" if used else "no check"),
    )
    return Row(figure.label or figure.name, cells, figure.name)
