"""The committee paper in Word, in the order in which councils print one: a short body, and appendices of the tables.

The words are the service's own. Every figure is a value of `results.json`, and every table is the page's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from finmodel.document.chart_shapes import Scale
from finmodel.document.parts import Bullets, Figure, Fold, Heading, Paragraph, Part, Section, every_part
from finmodel.document.table import Table
from finmodel.document.word import RECOMMENDATION, Paper
from finmodel.document.word_chart import COUNT, Series, running
from finmodel.document.word_parts import write_parts, write_section
from finmodel.lines.display import inside, plain_number, pounds
from finmodel.report.answer import claims_a_saving
from finmodel.report.arguments import against, arguments_fold
from finmodel.report.assurance_tables import answered_for, assurance_tables
from finmodel.report.capital_words import capital_spent, spent
from finmodel.report.caseload_tables import caseload_body, caseload_fold, caseload_parts
from finmodel.report.certainty import checks_sentence
from finmodel.report.cumulative_chart import run_by_year
from finmodel.report.demand_tables import demand_body, demand_fold, demand_parts, demand_run
from finmodel.report.fan_chart import described
from finmodel.report.financial_implications import Implications, financial_implications
from finmodel.report.options_table import leads, options_table
from finmodel.report.page_budget import budget_folds, changes_to_budget
from finmodel.report.page_tables import comparison, posts, yearly, yearly_in_short
from finmodel.report.simulation_tables import SIMULATION, headlines, preferred_first, simulation_fold, simulation_found
from finmodel.report.simulation_words import moves
from finmodel.report.source_tables import assumptions, confidences, documents, rates_in_words, studies
from finmodel.report.uncertainty_tables import sensitivity_parts, what_if_parts
from finmodel.results.appraised import AppraisalResults
from finmodel.results.option import OptionResult
from finmodel.results.wording import day_words, listed, span

IMPLICATIONS = {
    "legal": "Legal implications",
    "equalities": "Equalities implications",
    "environment": "Environmental implications",
    "human_resources": "Human resources implications",
    "property": "Property implications",
    "health_and_wellbeing": "Health and wellbeing implications",
    "crime_and_disorder": "Crime and disorder implications",
    "corporate_parenting": "Corporate parenting implications",
    "privacy": "Privacy implications",
}
_IN_THE_WORKBOOK = "on the sheet Sensitivity of the workbook"
SURENESS = "sureness"  # the appendix of the simulation
_MOST_POINTS = 3  # for and against what is recommended, each; the rest stands in the first appendix
_FOLDS = {
    "figures": ("all-arguments", "value", "scores", "stages", "benefits-risks"),
    "budget": ("mtfs", "funding", "capital"),
    "posts": ("caseload",),
    "savings": ("break-even", "gains", "demand"),
    SURENESS: (SIMULATION,),
}  # what of the page's annex stands in which appendix


def paper(found: AppraisalResults, template: Path | None = None) -> bytes:
    """The paper made from what `results` gives, in the styles of a template; finmodel's own where none is named."""
    case = found.case
    made = Paper(case.title, case.council, dated(found), template)
    made.header_and_footer(f"{case.council}: {case.title}")
    made.title(case.title)
    made.facts(_title_block(found))
    if found.what_if is not None:
        made.paragraph(found.what_if.words, "Intense Quote")
    if not found.checks.all_hold:
        made.paragraph(checks_sentence(found), "Intense Quote")
    _recommendations(made, found)
    sections = tuple(body(found))
    for section in sections:
        write_section(made, section)
        if section.id == "financial":
            _chart(made, found)
        if section.id == "demand":
            _demand_chart(made, found)
    for name, title in IMPLICATIONS.items():
        text = found.paper.implications.get(name, "")
        if text:
            write_section(made, Section(name, title, _paragraphs(_as_list(text))))
    for letter, section in zip("ABCDEF", appendices(found, sections), strict=False):
        titled = replace(section, heading=f"Appendix {letter}: {section.heading}")
        made.heading(titled.heading, numbered=False, new_page=letter == "A")
        if section.id == SURENESS:
            _fan_charts(made, found)
        write_parts(made, titled.parts, "Normal")
    return made.bytes()


def dated(found: AppraisalResults) -> datetime:
    """The date that the file bears: the meeting's, or the first day of the case; never the clock's."""
    meeting = found.case.meeting
    return datetime.fromisoformat(meeting.date if meeting else f"{found.years[0][:4]}-04-01")


def _as_list(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def _paragraphs(texts: Sequence[str]) -> tuple[Part, ...]:
    return tuple(map(Paragraph, texts))


def _title_block(found: AppraisalResults) -> list[tuple[str, str]]:
    case, rows = found.case, [("Council", found.case.council)]
    if case.meeting:
        rows += [("Report to", case.meeting.body), ("Date", day_words(case.meeting.date))]
    if found.paper.report_by:
        rows.append(("Report by", found.paper.report_by))
    if found.paper.implications.get("wards"):
        rows.append(("Wards affected", found.paper.implications["wards"]))
    preferred = [option.title for option in found.options if option.recommended]
    if preferred:
        rows.append(("Preferred option", listed(preferred)))
    rows.append(("Years shown", span(found.years)))
    return rows


def _recommendations(made: Paper, found: AppraisalResults) -> None:
    texts = [*found.paper.recommendations, *_capital_to_approve(found)]
    if texts:
        meeting = found.case.meeting
        whom = f"The {meeting.body.removeprefix('The ')} is" if meeting else "Members are"
        made.heading("Recommendations")
        made.paragraph(f"{whom} recommended to:")
        for text in texts:
            made.paragraph(text, RECOMMENDATION)


def _capital_to_approve(found: AppraisalResults) -> list[str]:
    """The capital that goes with what is recommended, so that nobody approves it unawares."""
    chosen = [capital_spent(option) for option in found.options if option.recommended]
    texts = [spent(capital, found.years) for capital in chosen if capital is not None]
    return [f"Note that {inside(text)}" for text in texts]


def body(found: AppraisalResults) -> Iterator[Section]:
    """The sections from the purpose to the financial implications; none for what the case leaves blank."""
    given = found.paper
    for name, heading, texts in (
        ("purpose", "Purpose", given.purpose or _as_list(found.case.summary)),
        ("background", "Background", given.background),
    ):
        if texts:
            yield Section(name, heading, _paragraphs(texts))
    if not found.options:
        if found.demand is not None:
            yield Section("demand", "Children looked after", tuple(demand_body(found)))
        if found.caseload is not None:
            yield Section("caseload", "Caseloads", tuple(caseload_body(found)))
        return
    yield Section("options", "Options" if len(found.options) > 1 else "The proposal", tuple(_options(found)))
    yield Section("financial", "Financial implications", tuple(_financial(found)))


def _options(found: AppraisalResults) -> Iterator[Part]:
    """What is recommended, what speaks for and against it, and the options side by side."""
    for option in leads(found):
        if len(leads(found)) > 1:
            yield Heading(option.title)
        if option.description:
            yield Paragraph(_described(option))
        for side, points in (("For", option.advantages), ("Against", against(option))):
            if points:
                yield Bullets(points[:_MOST_POINTS], side)
    yield options_table(found)


def _described(option: OptionResult) -> str:
    return f"{option.title}. {option.description}" if option.recommended else option.description


def _financial(found: AppraisalResults) -> Iterator[Part]:
    """The paragraphs, and two tables: cost and saving by year, changes to the budget."""
    by_group = financial_implications(found)
    for number, implications in enumerate(by_group, 1):
        if len(by_group) > 1:
            yield Heading(implications.title)
        yield from _paragraphs(implications.paragraphs)
        yield from _in_body(found, implications, number)
    yield from what_if_parts(found)
    simulation = simulation_found(found)
    if simulation is not None:
        yield from headlines(found, simulation)


def _in_body(found: AppraisalResults, implications: Implications, number: int) -> Iterator[Table]:
    option = implications.options[0]
    yield yearly_in_short(found, implications.options, number)
    if option.mtfs.lines:
        yield changes_to_budget(found, implications.options, number)


def _chart(made: Paper, found: AppraisalResults) -> None:
    """Where the money stands year by year: what is recommended is the strong line, business as usual is zero."""
    lines, bounds = run_by_year(found)
    if not lines or not any(claims_a_saving(option) for option in leads(found)):
        return
    series = [Series(line.name, line.running, line.strong) for line in lines]
    caption = f"Cumulative {found.net_name} at the end of each year, in cash"
    ends = "; ".join(f"{line.name}: {pounds(line.running[-1])} by the end of {found.years[-1]}" for line in lines)
    made.chart(running(found.years, series, bounds), caption, f"Chart. {caption}. {ends}.")


def _demand_chart(made: Paper, found: AppraisalResults) -> None:
    """Where each projection leads, month by month from the last count; the baseline is the strong line."""
    demand = found.demand
    months, paths = ([], []) if demand is None else demand_run(demand)
    if demand is None or len(months) < 2:
        return
    series = [Series(path.label, path.values, path.strong) for path in paths]
    caption = f"{demand.label} at the end of each month, by projection"
    ends = "; ".join(f"{path.label}: {plain_number(path.values[-1], 1)}" for path in paths)
    highest = max(max(path.values) for path in paths)
    bounds = (0.0, Scale.over([highest], 0.0, 1.0).high)
    made.chart(
        running(months, series, bounds, COUNT), caption, f"Chart. {caption}. By {months[-1]}, {ends}.", len(series)
    )


def _fan_charts(made: Paper, found: AppraisalResults) -> None:
    """The fan of each preferred option: the middle of the draws and their ends, year by year."""
    simulation = simulation_found(found)
    for option in () if simulation is None else preferred_first(found, simulation):
        known = [each for each in option.fan if None not in (each.p10, each.p50, each.p90)]
        if (
            not known
            or not moves(option)
            or not any(each.id == option.id and each.recommended for each in found.options)
        ):
            continue
        lines = {"Half of the draws above": "p50", "Nine tenths above": "p10", "A tenth above": "p90"}
        series = [
            Series(name, [getattr(each, share) for each in known], share == "p50") for name, share in lines.items()
        ]
        scale = Scale.over([0.0, *(value for each in series for value in each.values if value is not None)], 0.0, 1.0)
        caption = f"Cumulative {found.net_name} over the draws: {option.title}"
        years = [each.year for each in known]
        made.chart(running(years, series, (scale.low, scale.high)), caption, f"Chart. {caption}. {described(known)}")


def appendices(found: AppraisalResults, sections: Sequence[Section]) -> Iterator[Section]:
    """The figures behind the options, posts and costs, budget, savings, assumptions and sources; none that is empty.

    sections: the body, whose tables are not repeated.
    """
    if not found.options:
        made: tuple[tuple[str, str, tuple[Part, ...]], ...] = (
            ("demand-figures", "Counts, projections and costs avoided", _without_figures(demand_parts(found))),
            ("caseload-figures", "Caseloads: what stands behind them", _tables(caseload_parts(found))),
        )
        yield from (Section(name, heading, parts) for name, heading, parts in made if parts)
        yield Section("sources", "Assumptions and sources", tuple(_sources(found)))
        return
    folds = {fold.id: fold for fold in _folds(found)}
    in_body = {part.caption for section in sections for part in every_part(section.parts) if isinstance(part, Table)}

    def of(name: str) -> Iterator[Part]:
        for fold in (folds[each] for each in _FOLDS[name] if each in folds):
            parts = tuple(
                part
                for part in fold.parts
                if not (isinstance(part, Table) and part.caption in in_body)
                and not (name in ("posts", "savings") and isinstance(part, Figure))
            )
            yield from (Heading(fold.summary), *_below(parts))

    of_options = (
        ("figures", "Figures behind the options", (comparison(found), *of("figures"))),
        ("posts", "Posts, costs and caseloads" if found.caseload else "Posts and costs", (*posts(found), *of("posts"))),
        ("budget", "Budget, funding and capital", tuple(of("budget"))),
        ("savings", "Savings", (*yearly(found), *of("savings"))),
        (SURENESS, "How sure the figures are", (*_in_round_figures(sensitivity_parts(found)), *of(SURENESS))),
        ("sources", "Assumptions and sources", tuple(_sources(found))),
    )
    yield from (Section(name, heading, parts) for name, heading, parts in of_options if parts)


def _in_round_figures(parts: Iterator[Part]) -> Iterator[Part]:
    """Parts without what a page folds: that it is in the workbook is said in its place."""
    for part in parts:
        yield Paragraph(f"{part.summary}, {part.inside}: {_IN_THE_WORKBOOK}.") if isinstance(part, Fold) else part


def _without_figures(parts: Iterator[Part]) -> tuple[Part, ...]:
    """Parts but those that open on a page alone."""
    return tuple(part for part in parts if not isinstance(part, Figure))


def _folds(found: AppraisalResults) -> Iterator[Fold]:
    """The folds of the page that a paper has in its appendices."""
    yield from (*arguments_fold(found), *budget_folds(found))
    yield from (*demand_fold(found), *caseload_fold(found), *simulation_fold(found))


def _tables(parts: Iterator[Part]) -> tuple[Part, ...]:
    """The tables among parts, whose sentences stand in the body already."""
    return tuple(part for part in parts if isinstance(part, Table))


def _below(parts: Sequence[Part]) -> Iterator[Part]:
    """Parts with their headings one level further down."""
    for part in parts:
        yield replace(part, level=part.level + 1) if isinstance(part, Heading) else part


def _sources(found: AppraisalResults) -> Iterator[Part]:
    if found.case.assumptions:
        table = assumptions(found)
        yield replace(table, shares=(46, 26, 16, 16)[: 1 + len(table.columns)])
    answered = leads(found)
    counted = max(1, len(answered))
    yield replace(confidences(found, answered), shares=(16, 50, *((34 / counted,) * counted)))
    if found.paper.sources:
        yield replace(documents(found), shares=(42, 20, 16, 22))
    quoted = studies(found)
    if quoted is not None:
        yield replace(quoted, shares=(50, 32, 18))
    used = rates_in_words(found)
    if used.rows:
        yield replace(used, shares=(44, 20, 20, 16))
    said = answered_for(found.assurance)
    if said.rows:
        yield replace(said, shares=(40, 16, 22, 22))
    for log in assurance_tables(found.assurance):
        if log.id == "assurance-decisions":
            yield replace(log, shares=(22, 12, 15, 21, 16, 14))
        if log.id == "assurance-limits":
            yield Bullets(tuple(row.header for row in log.rows), log.caption)
