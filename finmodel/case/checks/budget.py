"""Funding, stages and scoring: names that must exist, what goes with what, weights that come to the whole."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from finmodel.case.checks.defined_names import Known, options_of
from finmodel.case.schema import Case
from finmodel.case.schema_budget import Criterion, Funding, FundingSource, Repayment, Scoring
from finmodel.parsing.findings import Finding
from finmodel.parsing.places import Address
from finmodel.parsing.quantities import Quantity

CLOSE = 1e-9
_OF_A_RULE = {"share_of_net_saving": "share", "fixed": "amount", "none": None}


def funding(case: Case, _: Known) -> Iterator[Finding]:
    """Sources that differ, one reserve at most, an account for a reserve alone, a rule with what it needs."""
    stated: list[tuple[Address, Funding | None]] = [(("funding",), case.funding)]
    stated += [((*option_at, "funding"), option.funding) for option_at, option in options_of(case)]
    for address, found in stated:
        if found is not None:
            yield from _sources(found.sources, (*address, "sources"))
            if found.repayment is not None:
                yield from _repayment(case, found, found.repayment, (*address, "repayment"))


def stages(case: Case, _: Known) -> Iterator[Finding]:
    """Ids that differ, one figure for a full year."""
    yield from _differ([stage.id for stage in case.stages], ("stages",))
    for place, stage in enumerate(case.stages):
        yield from _one_figure(stage.cost, ("stages", place, "cost"))


def scoring(case: Case, known: Known) -> Iterator[Finding]:
    """Weights that come to 100%, a score for every option on every criterion, no option that does not exist."""
    if case.scoring is None:
        return
    criteria = ("scoring", "criteria")
    yield from _differ([found.id for found in case.scoring.criteria], criteria)
    yield from _weights(case.scoring, criteria)
    for place, criterion in enumerate(case.scoring.criteria):
        yield from _scores(case, known, criterion, (*criteria, place))
    conditions = ("scoring", "critical_conditions")
    yield from _differ([found.id for found in case.scoring.critical_conditions], conditions)
    for place, condition in enumerate(case.scoring.critical_conditions):
        for name in condition.options:
            yield from known.options.find((*conditions, place, "options", name), name)


def _sources(sources: tuple[FundingSource, ...], address: Address) -> Iterator[Finding]:
    if not sources:
        yield Finding(address, "There is no source", "Add one, or remove `funding`.")
    yield from _differ([source.id for source in sources], address)
    reserves = [place for place, source in enumerate(sources) if source.kind == "reserve"]
    if len(reserves) > 1:
        what = "There is more than one reserve, and repayments would not know which to go to"
        yield Finding((*address, reserves[1], "kind"), what, "Keep one reserve; write the other as `kind: other`.")
    for place, source in enumerate(sources):
        for name in ("opening", "interest"):
            if source.kind != "reserve" and getattr(source, name) is not None:
                what = f"`{name}` belongs to a reserve, and this is of the kind `{source.kind}`"
                yield Finding((*address, place, name), what, f"Remove `{name}`, or write `kind: reserve`.")
        for name in ("opening", "limit"):
            if getattr(source, name) is not None:
                yield from _one_figure(getattr(source, name), (*address, place, name))


def _repayment(case: Case, found: Funding, repayment: Repayment, address: Address) -> Iterator[Finding]:
    needed = _OF_A_RULE[repayment.rule]
    if needed is not None and getattr(repayment, needed) is None:
        example = {"share": "50%", "amount": "25000"}[needed]
        what = f"The rule `{repayment.rule}` needs `{needed}`"
        yield Finding((*address, needed), what, f"Add a line like `{needed}: {example}`.")
    for name in ("share", "amount"):
        if name != needed and getattr(repayment, name) is not None:
            what = f"`{name}` has no effect with the rule `{repayment.rule}`"
            yield Finding((*address, name), what, f"Remove `{name}`, or change the `rule`.")
    if needed is not None and all(source.kind != "reserve" for source in found.sources):
        what = "There is no reserve to repay"
        yield Finding((*address, "rule"), what, "Add a source of `kind: reserve`, or write `rule: none`.")
    start = repayment.start
    if start is not None and start not in case.horizon.years:
        what = f"Repayment would start outside the years of the case, {_span(case)}"
        yield Finding((*address, "start"), what, "Write one of these years.")


def _span(case: Case) -> str:
    return f"{case.first_year} to {case.horizon.last_year}"


def _weights(found: Scoring, address: Address) -> Iterator[Finding]:
    faulty = [list(_one_figure(each.weight, (*address, n, "weight"))) for n, each in enumerate(found.criteria)]
    if any(faulty):
        yield from (finding for findings in faulty for finding in findings)
        return
    whole = math.fsum(criterion.weight.values[0] for criterion in found.criteria)
    if abs(whole - 1) > CLOSE:
        yield Finding(address, f"The weights come to {whole * 100:.10g}%", "Make them come to 100%.", "whole")


def _scores(case: Case, known: Known, criterion: Criterion, address: Address) -> Iterator[Finding]:
    assert case.scoring is not None
    highest, at = case.scoring.highest, (*address, "scores")
    for name, score in criterion.scores.items():
        yield from known.options.find((*at, name), name)
        yield from _one_figure(score, (*at, name))
        if any(value > highest for value in score.values):
            what = f"The score is above the highest, {highest}"
            yield Finding((*at, name), what, f"Write a score from 0 to {highest}, or raise `highest`.")
    missing = [name for name in known.options.known if name not in criterion.scores]
    if missing:
        what = f"The option `{missing[0]}` has no score on `{criterion.id}`"
        yield Finding(at, what, "Write a score for every option.", "whole")


def _one_figure(quantity: Quantity, address: Address) -> Iterator[Finding]:
    if not quantity.is_constant:
        yield Finding(address, "One figure is needed here, not one by year", "Write one figure.", "whole")


def _differ(names: Iterable[str], address: Address) -> Iterator[Finding]:
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name in seen:
            what = f"The id `{name}` is used twice in `{address[-1]}`"
            yield Finding((*address, place, "id"), what, "Give each an id of its own.")
        seen.add(name)
