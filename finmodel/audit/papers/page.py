"""The page of a verification: the answer, what does not follow, every check, every figure. One file, layout only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from finmodel.audit.pages import OPEN_ALL, digests, reading, section, write_page
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
    Level,
    PrintedFigure,
    Range,
    Verification,
    WorkingVerdict,
)
from finmodel.document.parts import (
    Article,
    Fold,
    Heading,
    Link,
    Notice,
    Pair,
    Pairs,
    Paragraph,
    Part,
    Portion,
    Quote,
    Section,
    Tally,
)
from finmodel.document.table import Cell, Row, Table
from finmodel.results.wording import capital, count, day_words, listed, sentence

_NONE = "\N{EN DASH}"
_LOOKS = {
    WorkingVerdict.AGREES: "sound",
    WorkingVerdict.TRUNCATED: "doubt",
    WorkingVerdict.DOES_NOT_FOLLOW: "alarm",
    WorkingVerdict.CANNOT_BE_CHECKED: "open",
}
MOST_OPEN = 8  # findings of a kind that stand open
_BESIDES = (
    "Besides the workings: figures that should be one figure, percentages whose bases differ, units that do not go "
    "together, and quantities that the paper implies in more than one way."
)
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


def render_page(found: Verification) -> str:
    """The page as HTML; the same verification gives the same text."""
    paper = found.paper
    inside = "stated in this case follow from one another and from the model"
    if found.source == "paper":
        inside = "printed in this paper follow from one another"
    return write_page(
        title=f"Verification: {paper.title or found.file}",
        council=paper.authority or "A council's paper",
        summary=f"Whether the figures {inside}, allowing for rounding.",
        facts=(
            ("Paper of", _day(paper.date)),
            ("Where", paper.reference),
            ("Figures quoted", f"{len(found.figures):,}"),
            ("Workings checked", f"{len(found.checks):,}"),
            ("File", found.file),
        ),
        sections=verification_sections(found),
        version=found.version,
    )


def verification_sections(found: Verification) -> tuple[Section, ...]:
    """What the page says, in parts: open what does not follow, folded every check and every figure."""
    labels = {figure.name: figure.label or figure.name for figure in found.figures}
    sections = [section("answer", "The answer", tuple(_answer(found))), *_troubles(found, labels)]
    if found.findings:
        sections.append(section("findings", "Other findings", (Paragraph(_BESIDES), *_by_kind(found))))
    return (*sections, section("whole", "In full", (OPEN_ALL, *_in_full(found, labels))))


def _answer(found: Verification) -> Iterator[Part]:
    yield Notice(headline(found), answer_sentences(found), not found.follows, _which(found))
    present = [(verdict, found.count(verdict)) for verdict in _LOOKS if found.count(verdict)]
    if present:
        portions = (
            Portion(many, capital(phrase(verdict, many)), VERDICTS[verdict], _LOOKS[verdict])
            for verdict, many in present
        )
        yield Tally("bar", "Verdicts of the checks", count_sentence(found), tuple(portions))


def _which(found: Verification) -> tuple[Link, ...]:
    """The figures that do not follow, each in a line with its link."""
    links = []
    for check in found.checks:
        if check.verdict is WorkingVerdict.DOES_NOT_FOLLOW:
            found_now = check.recomputed.value_text or check.recomputed.text if check.recomputed else "nothing"
            text = f"{check.label or check.figure}: {check.printed} printed, {found_now} worked out"
            links.append(Link(f"#check-{check.number}", text + _bracketed(check.where)))
    return tuple(links)


def _day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        return text
    return day_words(text)


def _troubles(found: Verification, labels: dict[str, str]) -> Iterator[Section]:
    """The checks of a verdict that is explained at length, a section for each."""
    for verdict, name, title, text in _GROUPS:
        checks = [check for check in found.checks if check.verdict is verdict]
        if checks:
            yield section(name, title, (Paragraph(text), *(_trouble(found, check, labels) for check in checks)))


def _trouble(found: Verification, check: CheckedWorking, labels: dict[str, str]) -> Article:
    fails = check.verdict is WorkingVerdict.DOES_NOT_FOLLOW
    parts: list[Part] = [
        Quote(check.printed, check.where),
        Paragraph(sentence(check.sentence)),
        Pairs(tuple(_evidence(found, check, labels))),
    ]
    if fails and check.nearest:
        parts.append(_nearest_table(check))
    elif fails:
        parts.append(Paragraph("No one printed figure, changed alone, would make it true."))
    heading = Heading(check.label or check.figure, check.outcome, looks="alarm" if fails else "")
    return Article(f"check-{check.number}", heading, tuple(parts))


def _evidence(found: Verification, check: CheckedWorking, labels: dict[str, str]) -> list[Pair]:
    printed = found.figure(check.figure)
    pairs = [
        Pair("Should equal", in_words(check, labels) or check.working),
        Pair("With the printed figures", check.with_numbers),
        Pair("Gives", _comes_to(check.recomputed), stress=True),
        Pair("Printed", f"{check.printed}, which stands for {printed.printed_so.text}"),
        Pair("Difference", check.difference_text),
        Pair("Why it should", check.why),
        Pair("As the file says it", check.working if check.inputs else "", code=True),
        Pair("Not certain", "The range may be wider than it need be: a figure comes more than once in the working.")
        if check.too_wide
        else Pair("", ""),
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
        looks="nearest fits",
    )


def _by_kind(found: Verification) -> Iterator[Part]:
    """The findings that are not of one working, a table for each thing that they are about; a long one is folded."""
    kinds = [kind for kind in InconsistencyKind if any(finding.kind is kind for finding in found.findings)]
    for number, kind in enumerate(kinds, start=1):
        findings = [finding for finding in found.findings if finding.kind is kind]
        made = Table(
            id=f"findings-{number}",
            caption=f"{capital(kind.value)}: {len(findings)}",
            corner="Figure, and where it is printed",
            columns=tuple(map(Cell, ("Level", "Finding", "Other figures concerned"))),
            rows=tuple(_finding_row(found, finding) for finding in findings),
            figures=False,
            looks="audit found",
        )
        if len(findings) <= MOST_OPEN:
            yield made
        else:
            yield Fold(capital(kind.value), f"{_levels(findings)}, the first: {made.rows[0].header}", (made,))


def _levels(findings: Sequence[Inconsistency]) -> str:
    """`17 errors and one warning`."""
    counts = [(level, sum(finding.level is level for finding in findings)) for level in Level]
    return listed([count(many, level.value) for level, many in counts if many])


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


def _in_full(found: Verification, labels: dict[str, str]) -> Iterator[Part]:
    """Every check and every figure, how they are read, and from which file they come: folded."""
    if found.checks:
        yield Fold("Every check", _checks_inside(found), (_checks_table(found),), id="checks")
    else:
        yield Paragraph("The file states no workings.")
    if found.implied:
        tables = (_implied_table(number, each, labels) for number, each in enumerate(found.implied, start=1))
        inside = f"{count(len(found.implied), 'quantity', 'quantities')}, with every way to work each out"
        yield Fold("What the figures imply", inside, tuple(tables), id="implied")
    if found.figures:
        inside = f"{count(len(found.figures), 'figure')}: where each is printed, and the values that it may stand for"
        yield Fold("Every figure", inside, (_figures_table(found),), id="figures")
    else:
        yield Paragraph("The file quotes no figures.")
    yield reading((*((capital(verdict.value), text) for verdict, text in VERDICTS.items()), *READING))
    yield Fold("Where it comes from", _made_from(found.files), tuple(_provenance(found)), prints=True, id="provenance")


def _checks_inside(found: Verification) -> str:
    return f"{count(len(found.checks), 'working')} in the order of the file, those that agree among them"


def _made_from(files: Sequence[tuple[str, str]]) -> str:
    return f"the version, and the SHA-256 of {count(len(files), 'file')}"


def _provenance(found: Verification) -> Iterator[Part]:
    yield Paragraph(
        f"Worked out by finmodel {found.version} from the file below. The same file and version give this page again, "
        "to the byte."
    )
    if found.paper.note:
        yield Paragraph(found.paper.note)
    link = found.paper.link
    if link.startswith(("https://", "http://")):
        yield Pairs((Pair("The paper", link, link=link),))
    yield digests(found.files)


def _checks_table(found: Verification) -> Table:
    explained = {check.number for check in found.checks if check.verdict in {group[0] for group in _GROUPS}}
    rows = []
    for check in found.checks:
        link = f"#check-{check.number}" if check.number in explained else ""
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
        columns=tuple(map(Cell, ("Printed", "Working", "Gives", "Difference", "Verdict"))),
        rows=tuple(rows),
        note="The working stands with the printed figures in it, and below that as the file has it.",
        figures=False,
        looks="audit checks",
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
        columns=(Cell("With the printed figures"), Cell("Gives")),
        rows=tuple(rows),
        note=" ".join(sentence(text) for text in (implied.sentence, implied.why) if text),
        figures=False,
        looks="audit",
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
        looks="audit quoted with-model" if in_model else "audit quoted",
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
