"""Every line of the model: its figures with their unit, and the origin of an input or the rule of any other."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.explain import rule_in_words
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line, Origin
from finmodel.lines.uses import unread_rows
from finmodel.results.figures import value, values
from finmodel.results.written import LEFT_OUT, Yearly


class OriginFacts(Struct, frozen=True):
    """Where an input comes from; "" where the case does not say. as_at: ISO."""

    source: Annotated[str, LEFT_OUT]
    where: Annotated[str, LEFT_OUT]
    link: Annotated[str, LEFT_OUT]
    owner: Annotated[str, LEFT_OUT]
    confidence: Annotated[str, LEFT_OUT]
    as_at: Annotated[str, LEFT_OUT]
    note: Annotated[str, LEFT_OUT]


NO_ORIGIN = OriginFacts("", "", "", "", "", "", "")


class FigureOnce(Struct, frozen=True):
    """A line with one figure for the whole case: an input with its origin, any other with its rule in words.

    One that repeats an input, which the case states once, has both.

    in_use: false of an input in a row of a table that nothing comes to.
    """

    label: str
    unit: str
    timeline: Literal["once"]
    value: float | None
    origin: Annotated[OriginFacts | None, LEFT_OUT]
    rule: Annotated[str | None, LEFT_OUT]
    in_use: Annotated[Literal[False] | None, LEFT_OUT]


class FiguresOverTime(Struct, frozen=True):
    """A line with a figure a year or a month: an input with its origin, any other with its rule in words.

    One that repeats an input, which the case states once, has both.

    in_use: false of an input in a row of a table that nothing comes to.
    """

    label: str
    unit: str
    timeline: Literal["years", "months"]
    values: Yearly
    origin: Annotated[OriginFacts | None, LEFT_OUT]
    rule: Annotated[str | None, LEFT_OUT]
    in_use: Annotated[Literal[False] | None, LEFT_OUT]


LineFound = FigureOnce | FiguresOverTime


def lines_found(appraisal: Appraisal) -> dict[str, LineFound]:
    """Every line by its address."""
    unread = unread_rows(appraisal.results)
    return {line.address: _line(appraisal, line, line.address in unread) for line in appraisal.written.model}


def _line(appraisal: Appraisal, line: Line, unread: bool) -> LineFound:
    origin = None if line.origin is None else origin_facts(line.origin)
    rule = None if line.is_input else rule_in_words(line)
    in_use: Literal[False] | None = False if unread else None
    if line.timeline is Timeline.ONCE:
        return FigureOnce(line.label, line.unit, "once", value(appraisal, line), origin, rule, in_use)
    timeline: Literal["years", "months"] = "years" if line.timeline is Timeline.YEARS else "months"
    return FiguresOverTime(line.label, line.unit, timeline, values(appraisal, line), origin, rule, in_use)


def origin_facts(origin: Origin) -> OriginFacts:
    """Where an input comes from."""
    return OriginFacts(
        source=origin.source,
        where=origin.where,
        link=origin.link,
        owner=origin.owner,
        confidence=origin.confidence,
        as_at=origin.as_at.isoformat() if origin.as_at else "",
        note=origin.note,
    )
