"""What is no mistake but worth a look: names that nothing uses, rates taken to go on, figures never seen."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.case.checks.beside import graded_of, raised_of
from finmodel.case.checks.defined_names import options_of, parts
from finmodel.case.checks.plausibility import plausibility
from finmodel.case.checks.savings import placements_of, priced_parts, savings_of
from finmodel.case.checks.vintage import vintage
from finmodel.case.schema import Case
from finmodel.case.schema_savings import InHouseHome
from finmodel.parsing.fields import Sourced
from finmodel.parsing.findings import Finding
from finmodel.parsing.quantities import Quantity


def warnings(case: Case) -> Iterator[Finding]:
    """Everything worth a look in a case without problems."""
    yield from _unused(case)
    yield from _national_insurance(case)
    yield from _homes(case)
    yield from vintage(case)
    yield from plausibility(case)


def _unused(case: Case) -> Iterator[Finding]:
    used = _used(case)
    for table in ("grades", "placements", "inflation", "sources"):
        for name in getattr(case, table):
            if name not in used[table]:
                remedy = "Remove it, or use it; it has no effect as it is."
                yield Finding((table, name), f"Nothing uses `{name}` of `{table}`", remedy, "whole")


def _used(case: Case) -> dict[str, set[str | None]]:
    """The names that something refers to, by table; None, for a reference left out, does no harm."""
    options = [option for _, option in options_of(case)]
    posts = [post for option in options for post in option.posts]
    indices: list[str | None] = [post.inflation for post in posts]
    indices += [item.inflation for item in case.placements.values()]
    indices += [cost.inflation for option in options for cost in option.costs]
    indices += [part.inflation for part in priced_parts(case)]
    indices += [raised.inflation for raised in raised_of(case)]
    indices.append(case.discounting.deflator)
    grades: list[str | None] = [post.grade for post in posts] + [use.grade for use in graded_of(case)]
    mixes: list[str | None] = [name for option in options for benefit in option.benefits for name in benefit.placements]
    mixes += [name for _, _, saving in savings_of(case) for _, name in placements_of(saving)]
    sources: list[str | None] = [part.source for _, part in parts(case) if isinstance(part, Sourced)]
    sources += [part.provenance.source for _, part in parts(case) if isinstance(part, Quantity)]
    return {
        "grades": set(grades),
        "placements": {*mixes, case.break_even_placement},
        "inflation": set(indices),
        "sources": set(sources),
    }


def _homes(case: Case) -> Iterator[Finding]:
    """A home's fixed cost may be in the placement's unit cost already, and then it is counted twice."""
    for address, _, saving in savings_of(case):
        placement = case.placements.get(saving.placement or "") if isinstance(saving, InHouseHome) else None
        if placement is not None and any(placement.unit_cost.values):
            what = "The benefit saves this placement's unit cost at once, and the home's fixed cost is saved beside it"
            remedy = "See that the unit cost holds only what stops with a child; the fixed cost would be counted twice."
            yield Finding((*address, "placement"), what, remedy)


def _national_insurance(case: Case) -> Iterator[Finding]:
    from finmodel.reference import last_published_ni  # noqa: PLC0415 - reference data only when asked for

    posts = [post for _, option in options_of(case) for post in option.posts if post.grade is not None]
    on_costs = [post.on_costs or case.on_costs for post in posts]
    bears = any(part.national_insurance and part.flat_rate is None for part in on_costs)
    last = last_published_ni()
    if bears and case.horizon.months[-1] > last:
        what = (
            f"Employer's National Insurance is published to {last.words}; the last rates are taken to go on after that"
        )
        yield Finding(("years",), what, "Nothing need be done; say so beside the figures.")
