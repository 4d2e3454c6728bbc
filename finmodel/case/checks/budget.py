"""Funding, stages and scoring: names that must exist, what goes with what, weights that total the whole."""

from __future__ import annotations

import math
from collections.abc import Iterator

from finmodel.case.checks.defined_names import Known
from finmodel.case.entries import options_of
from finmodel.case.schema import Case
from finmodel.case.schema_budget import Criterion, Funding, FundingSource, Repayment, Scoring
from finmodel.parsing.faults import Fault
from finmodel.parsing.places import Address

CLOSE = 1e-9


def funding(case: Case, _: Known) -> Iterator[Fault]:
    """Sources that differ, one reserve at most, an account for a reserve alone, a rule with what it needs."""
    stated: list[tuple[Address, Funding | None]] = [(("funding",), case.funding)]
    stated += [((*option_at, "funding"), option.funding) for option_at, option in options_of(case)]
    for address, found in stated:
        if found is not None:
            yield from _sources(found.sources, (*address, "sources"))
            if found.repayment is not None:
                yield from _repayment(case, found, found.repayment, (*address, "repayment"))


def scoring(case: Case, known: Known) -> Iterator[Fault]:
    """Weights that total 100%, a score for every option on every criterion, no option that does not exist."""
    if case.scoring is None:
        return
    criteria = ("scoring", "criteria")
    yield from _weights(case.scoring, criteria)
    for place, criterion in enumerate(case.scoring.criteria):
        yield from _scores(case.scoring.highest, known, criterion, (*criteria, place, "scores"))


def _sources(sources: tuple[FundingSource, ...], address: Address) -> Iterator[Fault]:
    if not sources:
        yield Fault(address, "There is no source", "Add one, or remove `funding`.")
    for place, source in enumerate(sources):
        yield from _receipts(source, (*address, place))
    reserves = [place for place, source in enumerate(sources) if source.kind == "reserve"]
    if len(reserves) > 1:
        what = "There is more than one reserve, and repayments would not know which to go to"
        yield Fault((*address, reserves[1], "kind"), what, "Keep one reserve; write the other as `kind: other`.")


def _receipts(source: FundingSource, address: Address) -> Iterator[Fault]:
    if source.kind == "flexible_receipts" and source.limit is None and source.limit_a_year is None:
        what = "Capital receipts pay for the set-up cost of reform alone, and how much that is is not stated"
        yield Fault((*address, "kind"), what, "Add `limit` or `limit_a_year`: what qualifies under the direction.")


def _repayment(case: Case, found: Funding, repayment: Repayment, address: Address) -> Iterator[Fault]:
    if repayment.rule != "none" and all(source.kind != "reserve" for source in found.sources):
        what = "There is no reserve to repay"
        yield Fault((*address, "rule"), what, "Add a source of `kind: reserve`, or write `rule: none`.")
    start = repayment.start
    if start is not None and start not in case.horizon.years:
        what = f"Repayment would start outside the years of the case, {_span(case)}"
        yield Fault((*address, "start"), what, "Write one of these years.")


def _span(case: Case) -> str:
    return f"{case.first_year} to {case.horizon.last_year}"


def stages(case: Case, _: Known) -> Iterator[Fault]:
    """Children of a stage, who are drawn from a baseline and must have one; months that go together."""
    for place, stage in enumerate(case.stages):
        at = ("stages", place)
        if stage.children is not None and case.demand is None:
            what = "The stage states children fewer in care, and the case no children looked after to draw them from"
            yield Fault((*at, "children"), what, "Add `demand`, with `observations`; or remove `children`.")
        if stage.start is not None and stage.end is not None and stage.end < stage.start:
            yield Fault((*at, "end"), "The last month is before the first", f"Write {stage.start} or a later month.")


def _weights(found: Scoring, address: Address) -> Iterator[Fault]:
    if not all(criterion.weight.is_constant for criterion in found.criteria):
        return  # shown where the weight is
    whole = math.fsum(criterion.weight.values[0] for criterion in found.criteria)
    if abs(whole - 1) > CLOSE:
        what = f"The weights total {whole * 100:.10g}%"
        yield Fault(address, what, "Change them so that they total 100%.", "whole")


def _scores(highest: int, known: Known, criterion: Criterion, address: Address) -> Iterator[Fault]:
    for name, score in criterion.scores.items():
        if any(value > highest for value in score.values):
            what = f"The score is above the highest, {highest}"
            yield Fault((*address, name), what, f"Write a score from 0 to {highest}, or raise `highest`.")
    missing = [name for name in known.tables["options"].known if name not in criterion.scores]
    if missing:
        what = f"The option `{missing[0]}` has no score on `{criterion.id}`"
        yield Fault(address, what, "Write a score for every option.", "whole")
