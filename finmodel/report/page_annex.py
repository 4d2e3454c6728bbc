"""The page's annex: all that stands behind the answer, a fold a subject with a line that says what is inside."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from finmodel.document.parts import Figure, Fold, Heading, Notice, Pair, Pairs, Paragraph, Part
from finmodel.document.table import NO_FIGURE
from finmodel.lines.display import number, percent, pounds
from finmodel.report.answer import Answer
from finmodel.report.caseload_tables import caseload_fold
from finmodel.report.certainty import checks_sentence, warning_about
from finmodel.report.charts import by_year, ladder
from finmodel.report.cumulative_chart import cumulative
from finmodel.report.demand_tables import demand_fold
from finmodel.report.headline import answers
from finmodel.report.options_table import leads
from finmodel.report.page_budget import assurance_fold, budget_folds
from finmodel.report.page_limits import FIRST_STEP, depth, listed, shortened
from finmodel.report.page_tables import alike, comparison, posts, tags, yearly
from finmodel.report.simulation_tables import simulation_fold
from finmodel.report.source_tables import assumptions, checks, confidences, inputs, rates, studies
from finmodel.report.uncertainty_tables import sensitivity_fold
from finmodel.results.appraised import AppraisalResults
from finmodel.results.measures import reached
from finmodel.results.option import OptionResult
from finmodel.results.wording import capital, money


def annex(found: AppraisalResults) -> Iterator[Fold]:
    """Every fold that the results hold something for."""
    if found.options:
        yield from (shortened(fold, len(found.years)) for fold in _of_options(found))
    else:
        yield from demand_fold(found)
        yield from caseload_fold(found)
    yield from _behind(found)


def _of_options(found: AppraisalResults) -> Iterator[Fold]:
    """What stands behind the answer for each option."""
    yield Fold(
        "The answer in sentences",
        "",
        _answers(found),
        id="in-full",
    )
    side_by_side = replace(comparison(found), looks="wide")
    yield Fold(
        "Every measure",
        "",
        (side_by_side, *_openings(found)),
        id="measures",
    )
    yield from sensitivity_fold(found)
    years = (*_charts(found), *yearly(found), *_demand(found))
    yield Fold("Year by year", "", years, id="years")
    yield from caseload_fold(found)
    yield from simulation_fold(found)
    priced = posts(found)
    if priced:
        yield Fold("Posts and costs", "", priced, id="posts")
    yield from budget_folds(found)


def _demand(found: AppraisalResults) -> Iterator[Part]:
    """The demand of a case that has options too, where the years are: what their savings are claimed against."""
    for fold in demand_fold(found):
        yield Heading(fold.summary)
        yield from fold.parts


def _behind(found: AppraisalResults) -> Iterator[Fold]:
    """What stands behind every answer: assumptions, inputs, checks, assurance, files."""
    yield Fold(
        "Assumptions",
        "",
        _assumptions(found),
        id="assumptions",
    )
    tables = tuple(replace(table, looks="inputs") for table in inputs(found))
    number_of = sum(len(table.rows) for table in tables)
    yield Fold("Inputs", f"{number_of:,}, with sources", (Paragraph(_ONLY_INPUTS), *listed(tables)), id="inputs")
    yield Fold("Checks", checks_sentence(found), (checks(found),), id="checks")
    yield from assurance_fold(found)
    yield Fold("Where it comes from", "", tuple(_provenance(found)), id="provenance")
    yield Fold("How to read it", "", (_reading(found),), id="reading")


_ONLY_INPUTS = "Everything that was put in, and nothing else, makes the figures above."
_OPENS = (
    "Each figure opens to its rule, the rule with this case’s numbers, and what it was made from, down to the source "
    "of every input. A part that is explained further up is not explained again."
)


def _answers(found: AppraisalResults) -> tuple[Part, ...]:
    """The four questions, answered in sentences for each option that leads."""
    said, leading = warning_about(found), leads(found)
    parts: list[Part] = [] if said is None else [Notice(said.title, said.sentences)]
    for option in leading:
        parts.append(Heading(option.title, tags(option)))
        for answer in answers(option, found):
            parts += _answer(answer, depth(found, leading))
    return tuple(parts)


def _answer(answer: Answer, levels: int | None) -> Iterator[Part]:
    yield Heading(answer.question, level=4)
    yield Paragraph(f"{answer.large} {answer.small}".strip(), "stress")
    yield from (Paragraph(text) for text in (answer.warning, *answer.sentences) if text)
    yield from (replace(figure, depth=levels) for figure in answer.figures)


def _openings(found: AppraisalResults) -> Iterator[Part]:
    leading = leads(found)
    yield Heading("How these figures come about")
    yield Paragraph(_OPENS)
    if any(depth(found, found.options if option not in leading else leading) for option in found.options):
        yield Paragraph(FIRST_STEP)
    for option in found.options:
        yield Heading(option.title, tags(option), level=4)
        levels = depth(found, leading if option in leading else found.options)
        yield from (replace(figure, depth=levels) for figure in _figures(option, option in leading))


def _figures(option: OptionResult, leading: bool) -> Iterator[Figure]:
    measures = option.measures

    def figure(name: str, label: str, text: str) -> Figure:
        return Figure(label, text, f"options.{option.id}.measures.{name}")

    impact = pounds(measures.amount("net_present_budget_impact"))
    yield figure("net_present_budget_impact", "Net present budget impact", impact)
    if not leading:
        payback = measures.payback
        yield figure("payback_month", "Payback", NO_FIGURE if payback.month is None else capital(reached(payback)))
        return
    ratio, rate = measures.value("cashable_saving_per_pound"), measures.value("internal_rate_of_return")
    public = measures.value("net_present_public_value")
    yield figure("total_saving", "Total cashable saving", pounds(measures.amount("total_saving")))
    yield figure("total_net_saving", "Total net saving", pounds(measures.amount("total_net_saving")))
    ratio_text = NO_FIGURE if ratio is None else number(ratio, 2)
    yield figure("cashable_saving_per_pound", "Cashable saving per pound of cost", ratio_text)
    yield figure("internal_rate_of_return", "Internal rate of return", NO_FIGURE if rate is None else percent(rate))
    yield figure("peak_exposure", "Peak cash exposure", money(measures.peak_exposure.amount))
    yield figure(
        "net_present_public_value", "Net present public value", NO_FIGURE if public is None else pounds(public)
    )


def _charts(found: AppraisalResults) -> Iterator[Part]:
    groups = alike(leads(found), lambda option: option.by_year)
    yield cumulative(found)
    yield from (by_year(found, group, index) for index, group in enumerate(groups, 1))
    ladders = [ladder(found, group, index) for index, group in enumerate(groups, 1)]
    drawn = [chart for chart in ladders if chart is not None]
    yield from drawn
    if not drawn:
        yield Paragraph("No saving is claimed, so there is no ladder from gross to net saving to draw.")


def _assumptions(found: AppraisalResults) -> tuple[Part, ...]:
    stated = assumptions(found)
    first: Part = stated if stated.rows else Paragraph("The case states no assumptions.")
    return first, confidences(found, leads(found))


def _provenance(found: AppraisalResults) -> Iterator[Part]:
    yield Paragraph(f"Made by finmodel {found.provenance.finmodel} from these files, which give this page to the byte.")
    yield Pairs(
        tuple(Pair(file.file, f"SHA-256 {file.sha256}", code=True) for file in found.provenance.inputs), "hashes"
    )
    yield replace(rates(found), looks="rates")
    quoted = studies(found)
    if quoted is not None:
        yield quoted


def _reading(found: AppraisalResults) -> Pairs:
    usual = next((option.title for option in found.options if option.status_quo), "")
    pairs = [
        ("Years", "Council financial years, 1 April to 31 March."),
        ("Signs", _SIGNS),
        ("Cash and prices", _CASH),
        ("Present values", found.present_value_basis),
        ("Payback", _PAYBACK),
        ("From gross to cashable", _LADDER),
        ("Children", _CHILDREN),
        (NO_FIGURE, "Where a measure has no honest answer, the reason stands in its place."),
        ("Printing", "What is open on the screen prints; the link above opens every section."),
    ]
    if usual:
        pairs.insert(2, ("Business as usual", _USUAL.format(usual)))
    return Pairs(tuple(Pair(name, text) for name, text in pairs), "reading")


_SIGNS = (
    "Costs and savings are both printed as positive amounts. Net is saving less cost; where an option costs more than "
    "it saves, it is below zero and has a minus sign."
)
_USUAL = "Every figure is the change from “{}”, the zero line; what that costs itself stands under “Three accounts”."
_CASH = (
    "Amounts are cash of the year in which they fall (nominal pounds), not rounded until they are printed. Parts as "
    "printed may therefore differ from their total by a pound."
)
_PAYBACK = (
    "The month after the last in which more has been spent than saved. An option that gets ahead and then falls behind "
    "again has not paid back."
)
_LADDER = (
    "Gross saving; less deadweight, which would have happened anyway; less optimism bias; and of what is left, the "
    "share that releases cash."
)
_CHILDREN = (
    "Children fewer in care than there would have been, on average over the year. They stay fractional until the "
    "number that is needed is rounded up."
)
