"""The page of an explanation: a figure down to its sources, or an input up to what it touches; it stands alone."""

from __future__ import annotations

from finmodel.appraisal.appraise import Appraisal
from finmodel.document.table import NO_FIGURE, Cell, Row, Table
from finmodel.lines.explain import Explanation, as_html
from finmodel.lines.uses import Use
from finmodel.report.frame import ContentsEntry, Frame
from finmodel.report.templating import environment
from finmodel.report.touched import Touched, level_heading
from finmodel.report.wording import sentence


def render_explanation(appraisal: Appraisal, found: Explanation) -> str:
    """The page of a figure and how it came about. The same figure gives the same text."""
    from markupsafe import Markup  # noqa: PLC0415 - the templates' library is loaded where it is used

    sources = _sources(found)
    contents = [ContentsEntry("answer", "The figure"), ContentsEntry("derivation", "How it came about")]
    contents += [ContentsEntry("sources", "What it rests on")] if sources.rows else []
    return (
        environment()
        .get_template("explain.html.j2")
        .render(
            frame=_frame(appraisal, _title(found), contents, found.address),
            found=found,
            derivation=Markup(as_html(found)),
            sources=sources,
        )
    )


def render_uses(found: Touched) -> str:
    """The page of a figure and all that it touches."""
    line = found.asked.line
    levels = [_level(distance, level) for distance, level in found.by_distance]
    measures = [_measures(title, reached, n) for n, (title, reached) in enumerate(found.measures.items())]
    contents = [ContentsEntry("answer", "The figure")]
    contents += [ContentsEntry("measures", "Measures that it reaches")] if measures else []
    contents += [ContentsEntry("lines", "Every line on the way")] if levels else []
    return (
        environment()
        .get_template("uses.html.j2")
        .render(
            frame=_frame(found.appraisal, f"What is made from “{line.label}”", contents, line.address),
            found=found,
            origin=line.origin_at(found.asked.period),
            levels=levels,
            measures=measures,
        )
    )


def _title(found: Explanation) -> str:
    return f"How “{found.label}{f', {found.period}' if found.period else ''}” came about"


def _frame(appraisal: Appraisal, title: str, contents: list[ContentsEntry], address: str) -> Frame:
    case = appraisal.case
    option = next((each for each in case.options if address.startswith(f"options.{each.id}.")), None)
    facts = [("Case", case.title), ("Address", address)]
    return Frame(
        council=case.council_name,
        title=title,
        summary="" if option is None else option.title,
        facts=tuple(facts),
        contents=tuple(contents),
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
