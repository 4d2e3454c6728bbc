"""What a case claims to save: benefits and other savings alike, what they follow, and nothing counted twice."""

from __future__ import annotations

import math
from collections.abc import Iterator

from finmodel import reference
from finmodel.case.checks.defined_names import Known, Names
from finmodel.case.entries import (
    body_name,
    claims_of,
    figure_of_effect,
    is_peoples,
    options_of,
    price_base_of,
    savings_of,
)
from finmodel.case.fte import fte_at
from finmodel.case.schema import Case, Option
from finmodel.case.schema_savings import AgencyToPermanent, Income, InHouseHome, Process, ProcessCosts, Saving
from finmodel.parsing.faults import Fault
from finmodel.parsing.places import Address

CLOSE = 1e-9


def bodies(case: Case, _: Known) -> Iterator[Fault]:
    """Who gains has a name that can be told from others; evidence has a grade."""
    for address, claim in claims_of(case):
        if not body_name(claim.body):
            remedy = "Write who gains, or leave `body` out where this council does."
            yield Fault((*address, "body"), "This is not the name of a body", remedy)
        if claim.evidence_grade == {}:
            what = "No grade of evidence is given"
            yield Fault((*address, "evidence_grade"), what, "Write a grade from 1, the best, to 6.", "whole")


def benefits_to_people(case: Case, _: Known) -> Iterator[Fault]:
    """What people gain is counted only with a source: there is no budget in which it could be seen."""
    for address, claim in claims_of(case):
        if is_peoples(claim) and not claim.source:
            what = "A benefit to people has no source"
            remedy = "Name the study or the published value that it is taken from in `source`, or remove it."
            yield Fault((*address, "body"), what, remedy)


def placement_shares(case: Case, _: Known) -> Iterator[Fault]:
    """The mix of placements is the whole of them, at all times."""
    for option_at, option in options_of(case):
        for place, benefit in enumerate(option.benefits):
            for month in case.horizon.months:
                whole = math.fsum(share.at(month) or 0.0 for share in benefit.placements.values())
                if abs(whole - 1) > CLOSE:
                    what = f"The shares of placements total {whole * 100:.10g}% in {month.words}"
                    address = (*option_at, "benefits", place, "placements")
                    yield Fault(address, what, "Change them so that they total 100%.", "whole")
                    break


def processes(case: Case, _: Known) -> Iterator[Fault]:
    """A code is one of the published unit costs, of an entry."""
    for address, process in _coded(case):
        yield from _code(process.code or "", (*address, "code"))


def process_prices(case: Case, _: Known) -> Iterator[Fault]:
    """A published unit cost is at prices of the first year or before."""
    for address, process in _coded(case):
        base = price_base_of(process)
        if base is not None and base > case.first_year:
            what = f"The price base, {base}, is later than the first year, {case.first_year}"
            yield Fault((*address, "code"), what, "State a `cost`.")


def ties(case: Case, _: Known) -> Iterator[Fault]:
    """A saving that follows a benefit of the option finds there what it needs."""
    for address, option, saving in savings_of(case):
        if isinstance(saving, ProcessCosts | InHouseHome):
            yield from _follows_benefit(case, saving, option, address)


def permanent_posts(case: Case, _: Known) -> Iterator[Fault]:
    """No more agency posts are made permanent than the post of the option has FTE."""
    for address, option, saving in savings_of(case):
        if isinstance(saving, AgencyToPermanent):
            yield from _permanent_post(case, saving, option, address)


def counted_once(case: Case, _: Known) -> Iterator[Fault]:
    """The same homes, work or posts are not saved twice by savings of one option."""
    for option_at, option in options_of(case):
        seen: set[tuple[str, ...]] = set()
        for place, saving in enumerate(option.savings):
            for key, address, what in _saved_by(saving, (*option_at, "savings", place)):
                if key in seen:
                    yield Fault(address, what, "Keep it in one of the savings.")
                seen.add(key)


def income_once(case: Case, _: Known) -> Iterator[Fault]:
    """Income that comes once comes within the case."""
    first = case.first_year.first_month
    for address, _option, saving in savings_of(case):
        once = isinstance(saving, Income) and saving.per == "once"
        if once and saving.start is not None and saving.start + saving.lag_months < first:
            what = f"The income comes before the case begins in {first.words}"
            yield Fault((*address, "start"), what, f"Write a month from April of {case.first_year} on.")


def _coded(case: Case) -> Iterator[tuple[Address, Process]]:
    """The processes whose cost is a published one."""
    for address, _option, saving in savings_of(case):
        for place, process in enumerate(saving.processes if isinstance(saving, ProcessCosts) else ()):
            if process.code is not None and process.cost is None:
                yield (*address, "processes", place), process


def _code(code: str, address: Address) -> Iterator[Fault]:
    rows = {row.code: row for row in reference.greater_manchester_unit_costs()}
    known = tuple(row.code for row in rows.values() if row.unit == "per incident")
    row = rows.get(code)
    if row is None:
        names = Names("unit cost", "unit costs of an entry", known, "Or state a `cost`.")
        yield from names.find(address, code)
    elif row.unit != "per incident":
        what = f"{code} is a cost {row.unit} of being in care, not of an entry, and a benefit's placements count it"
        yield Fault(address, what, f"Write one of {', '.join(known)}, or state a `cost`.")


def _follows_benefit(
    case: Case, saving: ProcessCosts | InHouseHome, option: Option, address: Address
) -> Iterator[Fault]:
    benefit = next((benefit for benefit in option.benefits if benefit.id == saving.benefit), None)
    if benefit is None:
        return
    if isinstance(saving, InHouseHome):
        if saving.placement in case.placements and saving.placement not in benefit.placements:
            what = f"The benefit `{benefit.id}` avoids no placement of this type"
            yield Fault((*address, "placement"), what, f"Write one of {', '.join(benefit.placements)}.")
    elif benefit.entries_avoided is None:
        what = f"The benefit `{benefit.id}` states children, not entries avoided"
        remedy = "State `entries_avoided` here, children a month, or in the benefit with its `stay`."
        yield Fault((*address, "benefit"), what, remedy)


def _permanent_post(case: Case, saving: AgencyToPermanent, option: Option, address: Address) -> Iterator[Fault]:
    post = next((post for post in option.posts if post.id == saving.permanent_post), None)
    if post is None:
        return
    for month in case.horizon.months:
        posts, fte = figure_of_effect(case, saving, saving.posts, month), fte_at(case, post, month)
        if posts is not None and posts > fte + CLOSE:
            what = f"More agency posts are made permanent than the post `{post.id}` has FTE, {fte:g}, in {month.words}"
            yield Fault((*address, "posts"), what, "Lower the number, or raise the post's `fte`.")
            return


def _saved_by(saving: Saving, address: Address) -> Iterator[tuple[tuple[str, ...], Address, str]]:
    """What a saving that follows a benefit or a post saves: what tells it apart, where, and what is wrong if twice."""
    if isinstance(saving, InHouseHome) and saving.benefit is not None:
        what = f"The homes of `{saving.placement}` are closed by another saving of the same benefit already"
        yield ("home", saving.benefit, saving.placement or ""), (*address, "benefit"), what
    elif isinstance(saving, AgencyToPermanent) and saving.permanent_post is not None:
        what = f"Another saving is of the post `{saving.permanent_post}` already"
        yield ("post", saving.permanent_post), (*address, "permanent_post"), what
    elif isinstance(saving, ProcessCosts) and saving.benefit is not None:
        for place, process in enumerate(saving.processes):
            if process.code is not None:
                what = f"{process.code} of the benefit `{saving.benefit}` is saved already"
                yield ("process", saving.benefit, process.code), (*address, "processes", place, "code"), what
