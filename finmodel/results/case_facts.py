"""What the results say of the case itself: what is asked, of whom, over which years; and the texts of the paper."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from finmodel.case.schema import Assumption, Case, Post


class MeetingFacts(Struct, frozen=True):
    """The meeting that decides; date: ISO."""

    body: str
    date: str


class AssumptionFacts(Struct, frozen=True):
    """What the authors took to be so; source: its title where the case lists it."""

    text: str
    source: str
    where: str
    owner: str
    confidence: str


class CaseFacts(Struct, frozen=True):
    """The case; status_quo and recommended: ids of options, None where the case names none."""

    title: str
    council: str
    meeting: MeetingFacts | None
    summary: str
    price_base: str
    first_year: str
    years: int
    status_quo: str | None
    recommended: str | None
    assumptions: tuple[AssumptionFacts, ...]


class SourceFacts(Struct, frozen=True):
    """A document that the case quotes; date: ISO, "" where none is stated."""

    title: str
    publisher: str
    date: str
    reference: str
    link: str


class PostPricing(Struct, frozen=True):
    """How a post is priced: `grade`, at a point of the pay spine; `salary` of a grade; or `stated` by its authors."""

    id: str
    title: str
    basis: str
    grade: str
    point: int | str | None


class PaperFacts(Struct, frozen=True):
    """The case's own texts that the committee paper prints; implications and pricing: by name, and by option."""

    report_by: str
    recommendations: tuple[str, ...]
    purpose: tuple[str, ...]
    background: tuple[str, ...]
    implications: Mapping[str, str]
    monitoring: str
    sources: tuple[SourceFacts, ...]
    pricing: Mapping[str, tuple[PostPricing, ...]]


def case_facts(case: Case) -> CaseFacts:
    """What the case says of itself."""
    meeting = case.meeting
    return CaseFacts(
        title=case.title,
        council=case.council_name,
        meeting=None if meeting is None else MeetingFacts(meeting.body, meeting.date.isoformat()),
        summary=case.summary,
        price_base=str(case.price_base),
        first_year=str(case.first_year),
        years=case.years,
        status_quo=case.status_quo,
        recommended=case.recommended,
        assumptions=tuple(_assumption(case, assumption) for assumption in case.assumptions),
    )


def _assumption(case: Case, assumption: Assumption) -> AssumptionFacts:
    source = case.sources.get(assumption.source)
    return AssumptionFacts(
        text=assumption.text,
        source=source.title if source else assumption.source,
        where=assumption.where,
        owner=assumption.owner,
        confidence=assumption.confidence or "",
    )


def paper_facts(case: Case) -> PaperFacts:
    """The texts of the paper as the case states them, and on which basis each post is priced."""
    return PaperFacts(
        report_by=case.report_by,
        recommendations=tuple(case.recommendations),
        purpose=tuple(case.purpose),
        background=tuple(case.background),
        implications={name: text for name, text in case.implications.model_dump().items() if text},
        monitoring=case.monitoring,
        sources=tuple(
            SourceFacts(
                title=source.title,
                publisher=source.publisher,
                date=source.date.isoformat() if source.date else "",
                reference=source.reference,
                link=source.link,
            )
            for source in case.sources.values()
        ),
        pricing={option.id: tuple(_pricing(case, post) for post in option.posts) for option in case.options},
    )


def _pricing(case: Case, post: Post) -> PostPricing:
    if post.annual_cost is not None or post.grade is None:
        return PostPricing(post.id, post.title, "stated", "", None)
    grade = case.grades[post.grade]
    if grade.points is None:
        return PostPricing(post.id, post.title, "salary", grade.label, None)
    return PostPricing(post.id, post.title, "grade", grade.label, post.point if post.point is not None else case.point)
