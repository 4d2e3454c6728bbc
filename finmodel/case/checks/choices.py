"""Where exactly one of several must be stated, and what goes with what."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.case.checks.defined_names import Known, options_of
from finmodel.case.schema import Benefit, Case, OnCosts, Post
from finmodel.parsing.fields import Stated
from finmodel.parsing.findings import Finding
from finmodel.parsing.nearest import all_of
from finmodel.parsing.places import Address

PARTS_OF_ON_COSTS = ("national_insurance", "contracted_out", "employer_pension", "apprenticeship_levy")
ONLY_WITH_A_GRADE = ("point", "increments", "supplements", "newly_qualified")


def discounting(case: Case, _: Known) -> Iterator[Finding]:
    """Either a rate or a schedule; with a schedule, whose rates are real, an index that takes inflation out."""
    yield from _exactly_one(case.discounting, ("discounting",), ("rate", "schedule"))
    stated = case.discounting
    if stated.schedule is not None and stated.rate is None and stated.deflator is None:
        what = "`deflator` is missing: the rates of a published schedule are real, and cash holds inflation"
        remedy = "Add `deflator:` with the name of an index in `inflation`, or `none` if the figures hold no inflation."
        yield Finding(("discounting", "deflator"), what, remedy)


def grades(case: Case, _: Known) -> Iterator[Finding]:
    """Either points or a salary; a spine only with points."""
    for name, grade in case.grades.items():
        address = ("grades", name)
        yield from _exactly_one(grade, address, ("points", "salary"))
        if grade.spine is not None and grade.points is None:
            yield Finding((*address, "spine"), "A spine is given without points", "Add `points`, or remove `spine`.")


def pay_awards(case: Case, _: Known) -> Iterator[Finding]:
    """A percentage or pounds, not both."""
    if case.pay_awards.percent is not None and case.pay_awards.pounds is not None:
        what = "Both `percent` and `pounds` are given"
        yield Finding(("pay_awards",), what, "Write pay awards one way: `percent` or `pounds`.")


def on_costs(case: Case, _: Known) -> Iterator[Finding]:
    """A flat rate takes the place of the parts."""
    yield from _flat_or_parts(case.on_costs, ("on_costs",))
    for option_at, option in options_of(case):
        for place, post in enumerate(option.posts):
            if post.on_costs is not None:
                yield from _flat_or_parts(post.on_costs, (*option_at, "posts", place, "on_costs"))


def posts(case: Case, _: Known) -> Iterator[Finding]:
    """A grade or an all-in annual cost, each with what belongs to it."""
    for option_at, option in options_of(case):
        for place, post in enumerate(option.posts):
            address = (*option_at, "posts", place)
            yield from _exactly_one(post, address, ("grade", "annual_cost"))
            if post.annual_cost is None:
                yield from _needless(post, address, ("price_base", "inflation"), "annual_cost")
            elif post.grade is None:
                yield from _annual_cost(post, address)
            for number, supplement in enumerate(post.supplements):
                yield from _exactly_one(supplement, (*address, "supplements", number), ("amount", "percent"))


def pensions(case: Case, _: Known) -> Iterator[Finding]:
    """A post that is priced by grade needs a pension rate, or a flat rate for all on-costs."""
    for option_at, option in options_of(case):
        for place, post in enumerate(option.posts):
            on_costs = post.on_costs or case.on_costs
            if post.grade is not None and on_costs.flat_rate is None and on_costs.employer_pension is None:
                own = (*option_at, "posts", place, "on_costs") if post.on_costs else ("on_costs",)
                what = f"The employer's pension rate is missing, which the post `{post.id}` needs"
                remedy = "Add `employer_pension: 20%` or `employer_pension: {published: national-average}`."
                yield Finding((*own, "employer_pension"), what, f"{remedy} Or give a `flat_rate` for all on-costs.")


def benefits(case: Case, _: Known) -> Iterator[Finding]:
    """Children fewer in care, or entries avoided with a length of stay."""
    for option_at, option in options_of(case):
        for place, benefit in enumerate(option.benefits):
            address = (*option_at, "benefits", place)
            yield from _exactly_one(benefit, address, ("children", "entries_avoided"))
            yield from _stay(benefit, address)


def one_off_costs(case: Case, _: Known) -> Iterator[Finding]:
    """A cost that is met once is met in a month, and does not end."""
    for option_at, option in options_of(case):
        for place, cost in enumerate(option.costs):
            address = (*option_at, "costs", place)
            if cost.per == "once" and cost.start is None:
                what = "A cost that is met once needs its month"
                yield Finding((*address, "start"), what, f"Add a line like `start: {case.first_year.first_month}`.")
            if cost.per == "once" and cost.end is not None:
                what = "A cost that is met once has no end"
                yield Finding((*address, "end"), what, "Remove `end`, or write `per: year`.")


def _exactly_one(stated: Stated, address: Address, names: tuple[str, ...]) -> Iterator[Finding]:
    given = [name for name in names if getattr(stated, name) is not None]
    if len(given) != 1:
        both = (
            f"Both `{given[0]}` and `{given[-1]}` are given"
            if given
            else f"Neither `{names[0]}` nor `{names[1]}` is given"
        )
        yield Finding(address, both, f"Give exactly one of `{names[0]}` and `{names[1]}`.", "whole")


def _flat_or_parts(on_costs: OnCosts, address: Address) -> Iterator[Finding]:
    parts = [name for name in PARTS_OF_ON_COSTS if name in on_costs.model_fields_set]
    if on_costs.flat_rate is not None and parts:
        what = f"A flat rate is given as well as {all_of(f'`{name}`' for name in parts)}"
        yield Finding((*address, "flat_rate"), what, "Keep the flat rate, or the parts, not both.")


def _annual_cost(post: Post, address: Address) -> Iterator[Finding]:
    for name, example in (("price_base", "2015/16"), ("inflation", "none")):
        if getattr(post, name) is None:
            what = f"`{name}` is missing, which `annual_cost` needs"
            yield Finding((*address, name), what, f"Add a line like `{name}: {example}`.")
    others = any(other.grade is not None for other in (*post.replaces, *post.backfill))
    for name in (*ONLY_WITH_A_GRADE, *(() if others else ("on_costs",))):
        if name in post.model_fields_set:
            what = f"`{name}` has no effect beside `annual_cost`, which is all-in"
            yield Finding((*address, name), what, f"Remove `{name}`, or price the post by `grade`.")


def _needless(stated: Stated, address: Address, names: tuple[str, ...], owner: str) -> Iterator[Finding]:
    for name in names:
        if getattr(stated, name) is not None:
            yield Finding((*address, name), f"`{name}` is only used with `{owner}`", f"Remove it, or give `{owner}`.")


def _stay(benefit: Benefit, address: Address) -> Iterator[Finding]:
    if benefit.stay is not None:
        yield from _exactly_one(benefit.stay, (*address, "stay"), ("months", "average_months"))
    if benefit.entries_avoided is not None and benefit.stay is None:
        what = "`stay` is missing: how long would the children have stayed in care?"
        yield Finding((*address, "stay"), what, "Add `stay: {average_months: 18}` or `stay: {months: 12}`.")
    if benefit.children is not None and benefit.entries_avoided is None and benefit.stay is not None:
        what = "`stay` has no effect beside `children`, which says how many fewer there are at any time"
        yield Finding((*address, "stay"), what, "Remove `stay`, or state `entries_avoided`.")
