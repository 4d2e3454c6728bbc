"""What the page shows, as plain values made from `results.json`: words are chosen, figures are only written out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from finmodel.document.chart_shapes import Chart
from finmodel.document.table import NO_FIGURE, Table
from finmodel.lines.display import number, percent, pounds
from finmodel.report.answer import Answer, Figure
from finmodel.report.certainty import Notice, checks_sentence, warning_about
from finmodel.report.charts import by_year, ladder
from finmodel.report.cumulative_chart import cumulative
from finmodel.report.headline import answers
from finmodel.report.page_tables import alike, comparison, posts, tags, yearly
from finmodel.report.source_tables import assumptions, checks, confidences, inputs, rates
from finmodel.results.appraised import AppraisalResults
from finmodel.results.measures import reached
from finmodel.results.option import OptionResult
from finmodel.results.wording import capital, day_words, money, span

MOST_OPTIONS_IN_FULL = 6
DEPTH_BEYOND = 1


@dataclass(frozen=True, slots=True)
class Lead:
    """An option whose answers stand at the top of the page; its figures open so deep (None: to the inputs)."""

    id: str
    title: str
    tag: str
    description: str
    answers: tuple[Answer, ...]
    depth: int | None


@dataclass(frozen=True, slots=True)
class Arguments:
    """What speaks for and against an option, as the paper prints it."""

    title: str
    tag: str
    description: str
    advantages: tuple[str, ...]
    disadvantages: tuple[str, ...]
    risks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """The figures of an option that open to their derivations, and how deep these go (None: to the inputs)."""

    title: str
    tag: str
    figures: tuple[Figure, ...]
    depth: int | None


@dataclass(frozen=True, slots=True)
class PageView:
    """Everything on the page but the derivations themselves."""

    title: str
    council: str
    summary: str
    facts: tuple[tuple[str, str], ...]
    notice: Notice | None
    broken: str
    leads: tuple[Lead, ...]
    options_heading: str
    comparison: Table
    openings: tuple[Opening, ...]
    arguments: tuple[Arguments, ...]
    charts: tuple[Chart, ...]
    no_ladder: str
    yearly: tuple[Table, ...]
    posts: tuple[Table, ...]
    assumptions: Table
    confidences: Table
    inputs: tuple[Table, ...]
    checks_sentence: str
    checks: Table
    files: tuple[tuple[str, str], ...]
    rates: Table
    version: str
    basis: str
    status_quo: str


def page_view(found: AppraisalResults) -> PageView:
    """The page of an appraisal's results."""
    case, leading = found.case, leads(found)
    charts, no_ladder = _charts(found, leading)
    sentence = checks_sentence(found)
    return PageView(
        title=case.title,
        council=case.council,
        summary=case.summary,
        facts=_facts(found),
        notice=warning_about(found),
        broken="" if found.checks.all_hold else sentence,
        leads=tuple(_lead(option, found, _depth(leading)) for option in leading),
        options_heading="Options side by side" if len(found.options) > 1 else "The option in figures",
        comparison=comparison(found),
        openings=_openings(found.options, leading),
        arguments=tuple(_arguments(option) for option in found.options if _argued(option)),
        charts=charts,
        no_ladder=no_ladder,
        yearly=yearly(found),
        posts=posts(found),
        assumptions=assumptions(found),
        confidences=confidences(found, leading),
        inputs=inputs(found),
        checks_sentence=sentence,
        checks=checks(found),
        files=tuple((file.file, file.sha256) for file in found.provenance.inputs),
        rates=rates(found),
        version=found.provenance.finmodel,
        basis=found.present_value_basis,
        status_quo=next((option.title for option in found.options if option.status_quo), ""),
    )


def leads(found: AppraisalResults) -> list[OptionResult]:
    """The options that the page answers for: the recommended one, else every one but business as usual."""
    options = found.options
    recommended = [option for option in options if option.recommended]
    others = [option for option in options if not option.status_quo]
    return recommended or others or list(options)


def _facts(found: AppraisalResults) -> tuple[tuple[str, str], ...]:
    case, facts = found.case, []
    if case.meeting:
        facts.append(("Meeting", f"{case.meeting.body}, {day_words(case.meeting.date)}"))
    facts.append(("Years shown", span(found.years)))
    facts.append(("Price base", case.price_base))
    return tuple(facts)


def _depth(options: Sequence[OptionResult]) -> int | None:
    """How deep the figures of so many options open: to the inputs, unless the page would grow out of hand."""
    return None if len(options) <= MOST_OPTIONS_IN_FULL else DEPTH_BEYOND


def _lead(option: OptionResult, found: AppraisalResults, depth: int | None) -> Lead:
    return Lead(option.id, option.title, tags(option), option.description, answers(option, found), depth)


def _argued(option: OptionResult) -> bool:
    return bool(option.advantages or option.disadvantages or option.risks)


def _arguments(option: OptionResult) -> Arguments:
    return Arguments(
        option.title,
        tags(option),
        option.description,
        tuple(option.advantages),
        tuple(option.disadvantages),
        tuple(option.risks),
    )


def _openings(options: Sequence[OptionResult], leading: list[OptionResult]) -> tuple[Opening, ...]:
    return tuple(
        _opening(option, option in leading, _depth(leading if option in leading else options)) for option in options
    )


def _opening(option: OptionResult, leading: bool, depth: int | None) -> Opening:
    measures = option.measures
    impact = pounds(measures.amount("net_present_budget_impact"))
    figures = [_figure(option, "net_present_budget_impact", "Net present budget impact", impact)]
    if leading:
        ratio, rate = measures.value("cashable_saving_per_pound"), measures.value("internal_rate_of_return")
        peak = measures.peak_exposure
        ratio_text = NO_FIGURE if ratio is None else number(ratio, 2)
        public = measures.value("net_present_public_value")
        worth = NO_FIGURE if public is None else pounds(public)
        rate_text = NO_FIGURE if rate is None else percent(rate)
        figures += [
            _figure(option, "total_saving", "Total cashable saving", pounds(measures.amount("total_saving"))),
            _figure(option, "total_net_saving", "Total net saving", pounds(measures.amount("total_net_saving"))),
            _figure(option, "cashable_saving_per_pound", "Cashable saving per pound of cost", ratio_text),
            _figure(option, "internal_rate_of_return", "Internal rate of return", rate_text),
            _figure(option, "peak_exposure", "Peak cash exposure", money(peak.amount)),
            _figure(option, "net_present_public_value", "Net present public value", worth),
        ]
    else:
        payback = measures.payback
        when = NO_FIGURE if payback.month is None else capital(reached(payback))
        figures.append(_figure(option, "payback_month", "Payback", when))
    return Opening(option.title, tags(option), tuple(figures), depth)


def _figure(option: OptionResult, name: str, label: str, text: str) -> Figure:
    return Figure(label, text, f"options.{option.id}.measures.{name}")


def _charts(found: AppraisalResults, leading: list[OptionResult]) -> tuple[tuple[Chart, ...], str]:
    groups = alike(leading, lambda option: option.by_year)
    charts = [cumulative(found)]
    charts += [by_year(found, group, index + 1) for index, group in enumerate(groups)]
    ladders = [ladder(found, group, index + 1) for index, group in enumerate(groups)]
    drawn = [chart for chart in ladders if chart is not None]
    none = "" if drawn else "No saving is claimed, so there is no ladder from gross to net saving to draw."
    return (*charts, *drawn), none
