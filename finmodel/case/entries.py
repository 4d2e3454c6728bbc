"""The options, posts, claims and priced figures of a case, each with its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from finmodel import reference
from finmodel.case.schema import Benefit, Case, Option, Placement, Post
from finmodel.case.schema_costs import OtherCost
from finmodel.case.schema_savings import (
    PEOPLE,
    THIS_COUNCIL,
    Claim,
    EarlierPermanence,
    Income,
    Process,
    ProcessCosts,
    Saving,
)
from finmodel.lines.periods import FinancialYear, Month
from finmodel.parsing.declared_checks import parts, references
from finmodel.parsing.fields import Stated
from finmodel.parsing.places import Address
from finmodel.parsing.quantities import Provenance, Quantity

Claims = dict[Address, Claim]
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")


class Raised(NamedTuple):
    """A figure in pounds that an index raises from the year whose prices it is at; name: what a reader calls it."""

    inflation: str
    price_base: FinancialYear
    name: str


def options_of(case: Case) -> Iterator[tuple[Address, Option]]:
    """Each option."""
    for place, option in enumerate(case.options):
        yield ("options", place), option


WORKER = ("caseload", "worker")  # where the post stands by which posts that a caseload takes are priced


def worker_post(case: Case) -> Post | None:
    """One full-time post of the kind that a caseload takes more of; None where the case prices none."""
    worker = None if case.caseload is None else case.caseload.worker
    if worker is None:
        return None
    one = Quantity.constant(1, Provenance("By definition", confidence="published", note="Posts are priced one by one."))
    stated = {name: getattr(worker, name) for name in type(worker).model_fields}
    return Post.model_construct(id="worker", fte=one, **stated)


def posts_of(case: Case) -> Iterator[tuple[Address, Post]]:
    """Each post, that of the caseload among them."""
    worker = worker_post(case)
    if worker is not None:
        yield WORKER, worker
    for option_at, option in options_of(case):
        for place, post in enumerate(option.posts):
            yield (*option_at, "posts", place), post


def costs_of(case: Case) -> Iterator[tuple[Address, OtherCost]]:
    """Each cost that is not a post."""
    for option_at, option in options_of(case):
        for place, cost in enumerate(option.costs):
            yield (*option_at, "costs", place), cost


def claims_of(case: Case) -> Iterator[tuple[Address, Claim]]:
    """Each benefit and each other saving."""
    for option_at, option in options_of(case):
        for place, benefit in enumerate(option.benefits):
            yield (*option_at, "benefits", place), benefit
        for place, saving in enumerate(option.savings):
            yield (*option_at, "savings", place), saving


def savings_of(case: Case) -> Iterator[tuple[Address, Option, Saving]]:
    """Each saving other than a placement avoided, with its option."""
    for option_at, option in options_of(case):
        for place, saving in enumerate(option.savings):
            yield (*option_at, "savings", place), option, saving


def is_ours(case: Case, claim: Claim) -> bool:
    """Whether this council gains, be it called so or by its name."""
    return body_name(claim.body) in (body_name(THIS_COUNCIL), body_name(case.council_name))


def figure_of_effect(case: Case, claim: Claim, given: Quantity, month: Month) -> float | None:
    """What a claim states of its effect in a month: a list counts from where the effect begins, zero before it."""
    if given.ends is None:
        return given.at(month)
    return given.at(month + -moved_months(case, claim)) or 0.0


def moved_months(case: Case, claim: Claim) -> int:
    """The months from the first of the case to the one in which a claim's effect begins; 0 where that began before."""
    first = case.first_year.first_month
    return max(0, (claim.start or first) + claim.lag_months - first)


def is_peoples(claim: Claim) -> bool:
    """Whether people gain and no public body, so that it counts in value to society alone."""
    return body_name(claim.body) == PEOPLE


def is_transfer(claim: Claim) -> bool:
    """Whether it is income that a public body pays, which is that body's cost: so taken where the case does not say."""
    return isinstance(claim, Income) and claim.public_body is not False and not is_peoples(claim)


def decided_by_children(case: Case, claim: Claim) -> bool:
    """Whether the case's children in care decide how much of a saving reduces today's budget: it says nothing of that
    itself, and keeps children out of care, brings them home sooner, or follows a benefit that does.
    """
    if claim.budget_reduction is not None or case.children_in_care is None:
        return False
    follows = isinstance(claim, ProcessCosts) and claim.benefit is not None
    return follows or isinstance(claim, Benefit | EarlierPermanence)


def releases_no_cash(case: Case, claim: Claim) -> bool:
    """Whether a saving would be divided by growth in children in care, had it any cash to divide."""
    divided = is_ours(case, claim) and decided_by_children(case, claim) and grows(case)
    return divided and not any(claim.cashable.values)


def grows(case: Case) -> bool:
    """Whether the case's children in care ever are more than in the first month."""
    stated = [] if case.children_in_care is None else case.children_in_care.by_month(case.horizon)
    first = stated[0] if stated else None
    return first is not None and any(number is not None and number > first for number in stated)


def body_name(body: str) -> str:
    """A body as part of an address: `NHS` and `nhs` are one, `nhs`; empty where nothing in it can be."""
    return _NOT_IN_A_NAME.sub("-", body.casefold()).strip("-")


def graded_posts(case: Case) -> Iterator[tuple[str, Address, Post]]:
    """Every grade that is named, with the post by whose on-costs it is priced."""
    posts = dict(posts_of(case))
    for found in references(case):
        if found.to == "grades":
            address = WORKER if found.address[0] == WORKER[0] else found.address[:4]
            yield found.name, address, posts[address]


def raised_figures(case: Case) -> Iterator[Raised]:
    """Everything that an index raises."""
    if case.discounting.deflator is not None:
        yield Raised(case.discounting.deflator, case.price_base, "discounting")
    for address, part in parts(case):
        inflation = getattr(part, "inflation", None)
        if isinstance(part, Stated) and isinstance(inflation, str):
            base = price_base_of(part) if isinstance(part, Process) else getattr(part, "price_base", None)
            yield Raised(inflation, base or case.price_base, _name(case, address, part))


def price_base_of(process: Process) -> FinancialYear | None:
    """The year whose prices the unit cost of a process is at: stated, or that of the published row."""
    if process.code is None:
        return process.price_base
    row = next((row for row in reference.greater_manchester_unit_costs() if row.code == process.code), None)
    return None if row is None else FinancialYear.parse(row.price_base)


def _name(case: Case, address: Address, part: Stated) -> str:
    """Its own id, or that of the saving or post that it is a part of."""
    if isinstance(part, Placement) or address[0] == WORKER[0]:
        return str(address[1])
    option = case.options[int(address[1])]
    entries = getattr(option, str(address[2]))
    entry = str(entries[int(address[3])].id)
    if address[2] == "savings":
        return entry
    return str(getattr(part, "id", f"{entry}, {str(address[-1]).replace('_', ' ')}"))
