"""The page of an explanation: a figure down to its sources, or an input up to what it touches; it stands alone."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel import __version__
from finmodel.appraisal.appraise import Appraisal
from finmodel.document.explanation import as_html
from finmodel.document.html import write_html
from finmodel.document.parts import Document, Markup, Pair, Paragraph, Part, Section
from finmodel.document.table import NO_FIGURE, Cell, Row, Table
from finmodel.lines.explain import Explanation
from finmodel.lines.uses import Use
from finmodel.report.dependents import Dependents, level_heading
from finmodel.results.wording import sentence

_HOW = (
    "Each figure stands above those that it was made from, down to the inputs and their sources. What is explained "
    "further up is not explained again; of a long row, the months that matter are shown."
)
_REACH = (
    "A line is touched where a rule leads to it. Whether a change of the figure moves it in this case is for the "
    "comparison of two versions to say."
)


def render_explanation(appraisal: Appraisal, found: Explanation) -> str:
    """The page of a figure and how it came about. The same figure gives the same text."""
    sources = _sources(found)
    sections = [
        Section("answer", "The figure", tuple(_figure(found)), "The figure"),
        Section("derivation", "How it came about", (Paragraph(_HOW), Markup(as_html(found))), "How it came about"),
    ]
    if sources.rows:
        sections.append(Section("sources", "What it rests on", (sources,), "What it rests on"))
    return write_html(_document(appraisal, _title(found), sections, found.address))


def render_uses(found: Dependents) -> str:
    """The page of a figure and all that it touches."""
    line = found.figure.line
    levels = tuple(_level(distance, level) for distance, level in found.by_distance)
    measures = tuple(_measures(title, reached, n) for n, (title, reached) in enumerate(found.measures.items()))
    sections = [Section("answer", "The figure", tuple(_input(found)), "The figure")]
    if measures:
        sections.append(Section("measures", "Measures that it reaches", measures, "Measures that it reaches"))
    if levels:
        sections.append(Section("lines", "Every line on the way", levels, "Every line on the way"))
    title = f"What is made from “{line.label}”"
    return write_html(_document(found.appraisal, title, sections, line.address))


def _figure(found: Explanation) -> Iterator[Part]:
    unit = f" ({found.unit})" if found.unit and found.unit != "number" else ""
    yield Paragraph(found.text, "large")
    yield Paragraph(f"{found.label}{f', {found.period}' if found.period else ''}{unit}", "small")
    if found.reason:
        yield Paragraph(f"No figure: {found.reason}.", "stress")
    if found.rule:
        yield Paragraph(f"It is: {found.rule}")
        if found.numbers and found.numbers != found.rule:
            yield Paragraph(f"In this case: {found.numbers}")
    if found.note:
        yield Paragraph(found.note)
    if found.ranged:
        yield Paragraph(f"Range stated: {found.ranged}")


def _input(found: Dependents) -> Iterator[Part]:
    origin = found.figure.line.origin_at(found.figure.period)
    yield Paragraph(found.heading, "verdict")
    yield Paragraph(found.sentence)
    if origin:
        where = f"; {origin.where}" if origin.where else ""
        yield Paragraph(f"Source: {origin.source}{where}; confidence: {origin.confidence or 'not stated'}.")
    yield Paragraph(_REACH)


def _title(found: Explanation) -> str:
    return f"How “{found.label}{f', {found.period}' if found.period else ''}” came about"


def _document(appraisal: Appraisal, title: str, sections: list[Section], address: str) -> Document:
    case = appraisal.case
    option = next((each for each in case.options if address.startswith(f"options.{each.id}.")), None)
    return Document(
        title=title,
        council=case.council_name,
        sections=tuple(sections),
        summary="" if option is None else option.title,
        facts=(Pair("Case", case.title), Pair("Address", address)),
        foot=f"{case.council_name} · {title} · finmodel {__version__}",
    )


def _sources(found: Explanation) -> Table:
    """The inputs at the ends of the explanation, each once."""
    rows: dict[tuple[str, str], Row] = {}
    for part in found.walk():
        if part.origin is None:
            continue
        origin = part.origin
        where = "; ".join(text for text in (origin.where, origin.note) if text)
        period = f", {part.period}" if part.period else ""
        cells = (Cell(part.text), Cell(origin.source, where), Cell(origin.confidence or "not stated"))
        rows.setdefault((part.address, part.text), Row(part.label + period, cells, part.address))
    return Table(
        "sources-table",
        "The inputs that it was made from",
        "Input",
        (Cell("Value"), Cell("Source"), Cell("Confidence")),
        tuple(rows.values()),
        figures=False,
    )


def _level(distance: int, level: list[Use]) -> Table:
    return Table(
        f"level-{distance}",
        level_heading(distance),
        "Line",
        (Cell("Value"), Cell("Rule")),
        tuple(Row(_name(use), (_value(use), Cell(use.rule)), use.address) for use in level),
        figures=False,
    )


def _measures(title: str, reached: tuple[Use, ...], number: int) -> Table:
    return Table(
        f"measures-{number + 1}",
        f"Measures of {title}",
        "Measure",
        (Cell("Value"),),
        tuple(Row(use.label, (_value(use),)) for use in reached),
    )


def _value(use: Use) -> Cell:
    return Cell(use.text) if use.value is not None else Cell(NO_FIGURE, sentence(use.reason))


def _name(use: Use) -> str:
    return f"{use.label}{f', {use.period}' if use.period else ''}"
