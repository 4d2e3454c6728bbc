"""The page: the answer on one screen, the options, for and against; all else is annex, folded. One HTML file."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from finmodel.appraisal.appraise import Appraisal
from finmodel.document.html import write_html
from finmodel.document.parts import Document, Figure, Link, Markup, Pair, Part, Section
from finmodel.report.answer_panel import answer_parts
from finmodel.report.arguments import arguments_fold
from finmodel.report.caseload_tables import caseload_answer
from finmodel.report.demand_tables import demand_answer
from finmodel.report.derivations import Derivations
from finmodel.report.options_table import options_table
from finmodel.report.page_annex import annex
from finmodel.report.page_levers import levers_of_page
from finmodel.report.uncertainty_tables import what_if_parts
from finmodel.results.appraised import AppraisalResults, results
from finmodel.results.wording import day_words, span


def render_page(appraisal: Appraisal, found: AppraisalResults | None = None) -> str:
    """The page of an appraisal. The same appraisal gives the same text. found: its results, where they are at hand."""
    derivations = Derivations(appraisal)

    def explanation(figure: Figure) -> Markup:
        return Markup(derivations.html(figure.address, figure.depth))

    found = results(appraisal) if found is None else found
    return write_html(replace(page(found), levers=levers_of_page(appraisal, found)), explanation)


def page(found: AppraisalResults) -> Document:
    """The page as a document."""
    several = len(found.options) > 1
    sections = [
        Section("answer", "The answer", tuple(answer_parts(found) if found.options else _without_options(found)))
    ]
    if found.options:
        sections.append(Section("options", "The options" if several else "The option", tuple(_options(found))))
    folds = (*arguments_fold(found), *annex(found))
    sections.append(Section("annex", "Behind the answer", (Link("#everything", _ALL), *folds)))
    return Document(
        title=found.case.title,
        council=_of(found),
        sections=tuple(sections),
        summary=found.case.summary,
        facts=tuple(_facts(found)),
        foot=f"{found.case.council} · {found.case.title} · finmodel {found.provenance.finmodel}",
    )


_ALL = "Open every section, to print them all"


def _without_options(found: AppraisalResults) -> Iterator[Part]:
    """The answer where nothing is to be chosen: demand, caseloads, or both."""
    yield from demand_answer(found)
    yield from caseload_answer(found)


def _of(found: AppraisalResults) -> str:
    meeting = found.case.meeting
    return (
        found.case.council if meeting is None else f"{found.case.council} · {meeting.body}, {day_words(meeting.date)}"
    )


def _facts(found: AppraisalResults) -> Iterator[Pair]:
    yield Pair("Years shown", span(found.years))
    yield Pair("Price base", found.case.price_base)


def _options(found: AppraisalResults) -> Iterator[Part]:
    yield options_table(found)
    yield from what_if_parts(found)
